"""Segment scores computed elsewhere (COMET, MetricX, human ratings), read from TSV.

A file holds one metric. Lines that begin with ``#`` before the head say what it is::

    # metric: comet
    # label: COMET-22
    # direction: higher
    # provenance: Unbabel/wmt22-comet-da with unbabel-comet 2.2.2
    system<TAB>id<TAB>score
    google<TAB>1<TAB>0.8731

``metric`` and ``provenance`` are required; ``label``, ``direction`` (higher, lower, none; higher
when absent), ``decimals`` (3), ``set`` and ``task`` (what the scores are of, where ids alone do not
tell it) are not. The score of a system is the mean over items; intervals and tests are made as for
computed metrics. Nothing is computed here.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError, UsageError
from toolkit.metrics.base import Item, Metric, signature

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

_KEYS = ("metric", "label", "direction", "decimals", "provenance", "set", "task")
_TASKS = ("translation", "summary", "headline")
_HEAD = ["system", "id", "score"]


class Imported(Metric):
    """A metric whose scores stand in a file; columns: score, 1."""

    imported = True
    # These belong to the object here, not to the class: the file names them.
    name: str  # type: ignore[misc]
    label: str  # type: ignore[misc]
    direction: str  # type: ignore[misc,assignment]
    decimals: int  # type: ignore[misc]

    def __init__(
        self,
        about: dict[str, str],
        scores: dict[tuple[str, str], float],
        digest: str,
        origin: str = "",
    ) -> None:
        self.name = about["metric"]
        self.label = about.get("label", self.name)
        self.direction = about.get("direction", "higher")
        self.decimals = int(about.get("decimals", "3"))
        self.provenance = about["provenance"]
        self.set = about.get("set", "")
        self.task = about.get("task", "")
        self.origin = origin or f"The file of {self.name}"
        self._scores = scores
        self._digest = digest

    def rows(self) -> set[tuple[str, str]]:
        """(system, id) of every score."""
        return set(self._scores)

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: its score, and 1.

        Raises UsageError when the file has no score for the system at all (such a system is left
        out), InputError when it has some and lacks one.
        """
        import numpy as np

        systems = {system for system, _ in self._scores}
        rows = []
        for item in items:
            if item.system not in systems:
                raise UsageError(f"{self.origin} has no score of '{item.system}'.")
            value = self._scores.get((item.system, item.id))
            if value is None:
                raise InputError(
                    f"{self.origin} has scores of '{item.system}' but lacks id '{item.id}'."
                )
            rows.append((value, 1.0))
        return np.asarray(rows, dtype=np.float64)

    def aggregate(self, totals: FloatArray) -> FloatArray:
        """The mean."""
        import numpy as np

        with np.errstate(divide="ignore", invalid="ignore"):
            means: FloatArray = totals[..., 0] / totals[..., 1]
        return means

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """That it was imported, from where, and the file's digest."""
        return signature(
            self.name, imported=True, provenance=self.provenance, sha256=self._digest[:12]
        )


def read_imported(path: Path) -> Imported:
    """Read one file of scores. Raises InputError naming the first bad line."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"Can't read scores {path}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise InputError(f"Scores {path} are not UTF-8; convert them.") from None
    about: dict[str, str] = {}
    scores: dict[tuple[str, str], float] = {}
    head_seen = False
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        if line.startswith("#") and not head_seen:
            key, colon, value = line[1:].partition(":")
            key = key.strip().lower()
            if not colon or key not in _KEYS or not value.strip():
                raise InputError(f"{where}: expected '# KEY: TEXT' with KEY of {', '.join(_KEYS)}.")
            about[key] = value.strip()
            continue
        cells = line.split("\t")
        if not head_seen:
            if cells != _HEAD:
                raise InputError(f"{where}: expected the head system<TAB>id<TAB>score.")
            head_seen = True
            continue
        _add(scores, cells, where)
    for key in ("metric", "provenance"):
        if key not in about:
            raise InputError(f"{path} lacks the line '# {key}: …' above its head.")
    if about.get("direction", "higher") not in ("higher", "lower", "none"):
        raise InputError(f"{path}: direction must be higher, lower or none.")
    if about.get("decimals", "3") not in set("0123456789"):
        raise InputError(f"{path}: decimals must be a whole number from 0 to 9.")
    if about.get("task", "summary") not in _TASKS:
        raise InputError(f"{path}: task must be {', '.join(_TASKS[:-1])} or {_TASKS[-1]}.")
    if not scores:
        raise InputError(f"{path} holds no score.")
    return Imported(about, scores, hashlib.sha256(data).hexdigest(), str(path))


def _add(scores: dict[tuple[str, str], float], cells: list[str], where: str) -> None:
    if len(cells) != 3:
        raise InputError(f"{where}: expected system, id and score split by one tab each.")
    key = (cells[0], cells[1])
    try:
        value = float(cells[2])
    except ValueError:
        value = math.nan
    if math.isnan(value) or math.isinf(value):
        raise InputError(f"{where}: '{cells[2]}' is not a number.")
    if key in scores:
        raise InputError(f"{where}: system '{key[0]}' has a second score for id '{key[1]}'.")
    scores[key] = value
