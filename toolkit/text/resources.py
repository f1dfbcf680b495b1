"""Reads the small data files beside this module; keeps each in memory after first use.

The files are UTF-8, one record a line, tab-separated; empty lines and lines that start with ``#``
are comments. What the columns mean stands at the head of each file. Nothing here interprets them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the records of data file ``name`` as tuples of stripped columns."""
    result = []
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            result.append(tuple(column.strip() for column in line.split("\t")))
    return tuple(result)


@cache
def words(name: str) -> frozenset[str]:
    """Return all white-space separated words of data file ``name``."""
    return frozenset(word for row in rows(name) for column in row for word in column.split())
