"""Sizes of memory as users write them: 2G, 500M, 800MiB. Knows no command."""

from __future__ import annotations

from toolkit.errors import UsageError

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_LEAST = 100 << 20


def parse_size(text: str | None) -> int | None:
    """Bytes of a worker's memory; None for None.

    Raises UsageError for what is no size, and for less than 100 MiB.
    """
    if text is None:
        return None
    value = text.strip().lower().removesuffix("b").removesuffix("i")
    number, unit = (value[:-1], value[-1]) if value[-1:] in _UNITS else (value, "")
    try:
        size = int(float(number) * _UNITS[unit])
    except (ValueError, OverflowError):
        raise UsageError(f"--worker-memory '{text}' is no size; write for example 2G.") from None
    if size < _LEAST:
        raise UsageError(f"--worker-memory '{text}' is too little; a worker needs 100M at least.")
    return size
