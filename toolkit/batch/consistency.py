"""Is it still the same job? Compares settings and inputs with those a job was begun with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.batch.recipe import differences
from toolkit.batch.sources import Found
from toolkit.errors import InputError, UsageError

_REMEDY = (
    "run with the same, or give --update to keep only what still fits, --restart to begin anew, "
    "or another --out"
)
_SIGNED = ("translator", "summarizer")
_SHOWN = 6


def same_settings(
    out: Path,
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    described: Mapping[str, Any] | None,
    describes: Mapping[str, Any],
) -> None:
    """Raises UsageError, naming what differs, when the settings are others.

    ``described`` (None: not known) and ``describes`` say in words what the signatures among the
    settings are digests of, before and now.
    """
    if before == now:
        return
    signed = {name for name in _SIGNED if before.get(name) != now.get(name)}
    words = differences(described, describes) if described is not None and signed else []
    if words:
        before, now = ({k: v for k, v in s.items() if k not in signed} for s in (before, now))
    changes = [*words, *differences(before, now)]
    shown = "; ".join(changes[:_SHOWN])
    if len(changes) > _SHOWN:
        shown += f"; and {len(changes) - _SHOWN} more"
    raise UsageError(f"The job in {out} was begun with other settings ({shown}); {_REMEDY}.")


def same_inputs(out: Path, before: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> None:
    """Raises UsageError when files came, went or changed; both are (name, fingerprint) lists."""
    if [tuple(item) for item in before] == [tuple(item) for item in now]:
        return
    old, new = ({item[0]: item[1] for item in items} for items in (before, now))
    where = "their order is another"
    for name, mark in new.items():
        if name not in old:
            where = f"{name} is new"
            break
        if old[name] != mark:
            where = f"the content of {name} is another"
            break
    else:
        if gone := [name for name in old if name not in new]:
            where = f"{gone[0]} is missing"
    raise input_changed(out, where)


def input_changed(out: Path, where: str) -> UsageError:
    """The error to raise when the input is not that of the job."""
    return UsageError(f"The input of the job in {out} has changed ({where}); {_REMEDY}.")


def without_own(found: Found, out: Path) -> Found:
    """The inputs without files of the job's own folder. Raises InputError when none is left."""
    if not out.exists():
        return found
    own = out.resolve()
    mine = tuple(s for s in found.sources if own not in s.path.resolve().parents)
    if not mine:
        raise InputError(f"All inputs lie in {out}, the job's own folder.")
    return Found(mine, tuple(n for n in found.skipped if own not in Path(n).resolve().parents))
