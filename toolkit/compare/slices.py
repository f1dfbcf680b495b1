"""Scores on parts of a set: by length, numbers, sentences, outlet, group; and the worst cases.

A slice is a set of units; its scores come from the statistics already computed of these units
alone. Where units belong to documents, the documents of a slice are what is resampled. Groupings
that put all units into one slice are left out; a slice of one unit has no interval.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from toolkit.compare.bench import Bench, Unit
from toolkit.compare.comparison import Comparison
from toolkit.compare.statistics import Resampler, group_rows, interval

_LENGTHS = {
    "translation": (("up to 12 words", 12), ("13–25 words", 25), ("over 25 words", None)),
    "summary": (("up to 200 words", 200), ("201–400 words", 400), ("over 400 words", None)),
}
_DIGIT = re.compile(r"\d")
MANY_GROUPS = 12
"""At most so many outlets or groups are shown, the largest first; the rest form "other"."""


@dataclass(frozen=True, slots=True)
class SliceScore:
    """A system's score on a slice: value and 95 % interval, None where undefined."""

    value: float | None
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Some units of a bench: what groups them, which group, and scores by (system, metric)."""

    by: str
    name: str
    ids: tuple[str, ...]
    scores: dict[tuple[str, str], SliceScore]


@dataclass(frozen=True, slots=True)
class WorstCase:
    """One of the lowest-scoring units of a system on the primary metric."""

    system: str
    id: str
    score: float


def _bounds(bench: Bench) -> tuple[tuple[str, int | None], ...]:
    return _LENGTHS["translation" if bench.task == "translation" else "summary"]


def _by_length(bench: Bench) -> Callable[[Unit], str]:
    bounds = _bounds(bench)

    def name(unit: Unit) -> str:
        count = len(unit.source.split())
        return next(label for label, most in bounds if most is None or count <= most)

    return name


def _numbers(unit: Unit) -> str:
    return "has digits" if _DIGIT.search(unit.source) else "no digits"


def _sentences(unit: Unit) -> str:
    from toolkit.text.sentences import split

    count = sum(bool(piece.strip()) for piece in split(unit.source, language="id"))
    return "several sentences" if count > 1 else "one sentence"


def _largest(bench: Bench, field: str) -> Callable[[Unit], str]:
    sizes: dict[str, int] = {}
    for unit in bench.units:
        name = getattr(unit, field)
        sizes[name] = sizes.get(name, 0) + 1
    kept = sorted(sizes, key=lambda n: (-sizes[n], n))[:MANY_GROUPS]

    def name_of(unit: Unit) -> str:
        own: str = getattr(unit, field)
        return (own or "not stated") if own in kept else "other"

    return name_of


def groupings(bench: Bench) -> dict[str, Callable[[Unit], str]]:
    """What units are sliced by, in report order."""
    found: dict[str, Callable[[Unit], str]] = {}
    if any(unit.source for unit in bench.units):
        found["source length"] = _by_length(bench)
        found["numbers"] = _numbers
        if bench.task == "translation":
            found["sentences"] = _sentences
    for label, field in (("outlet", "outlet"), ("group", "group")):
        if any(getattr(unit, field) for unit in bench.units):
            found[label] = _largest(bench, field)
    return found


def slices(comparison: Comparison) -> list[Slice]:
    """All slices with the scores of every system on every metric that judges."""
    bench = comparison.bench
    metrics = [m.name for m in comparison.metrics if m.direction != "none"]
    found: list[Slice] = []
    for by, namer in groupings(bench).items():
        names = [namer(unit) for unit in bench.units]
        if len(set(names)) < 2:
            continue
        for name in sorted(set(names), key=lambda n: _place(bench, n, names)):
            inside = [i for i, own in enumerate(names) if own == name]
            found.append(
                Slice(
                    by=by,
                    name=name,
                    ids=tuple(bench.units[i].id for i in inside),
                    scores=_scores(comparison, metrics, inside),
                )
            )
    return found


def _place(bench: Bench, name: str, names: list[str]) -> tuple[int, int, str]:
    labels = [label for label, _ in _bounds(bench)]
    known = labels.index(name) if name in labels else len(labels)
    return (known, -names.count(name), name)


def _scores(
    comparison: Comparison, metrics: list[str], inside: list[int]
) -> dict[tuple[str, str], SliceScore]:
    bench = comparison.bench
    names = bench.groups()
    count = len({names[i] for i in inside})
    resampler = Resampler(count, comparison.settings) if count > 1 else None
    scores: dict[tuple[str, str], SliceScore] = {}
    chosen = set(inside)
    for system in bench.systems:
        owners = bench.owners(system)
        rows = [row for row, owner in enumerate(owners) if owner in chosen]
        groups = [names[owners[row]] for row in rows]
        for metric in metrics:
            statistics = comparison.statistics.get((system.name, metric))
            if statistics is None:
                continue
            part = group_rows(statistics[rows], groups)
            aggregate = comparison.instances[metric].aggregate
            value = float(aggregate(part.sum(axis=0)))
            ci = interval(resampler.scores(part, aggregate)) if resampler else None
            scores[system.name, metric] = SliceScore(
                None if math.isnan(value) else value,
                None if ci is None or math.isnan(ci[0]) else ci,
            )
    return scores


def worst_cases(comparison: Comparison, count: int = 5) -> list[WorstCase]:
    """The ``count`` lowest-scoring units of each system on the primary metric, worst first."""
    metric = comparison.primary
    if not metric:
        return []
    sign = 1.0 if comparison.info(metric).direction == "higher" else -1.0
    found: list[WorstCase] = []
    for system in comparison.ranked():
        score = comparison.scores[system.name].get(metric)
        if score is None or system.kind == "human":
            continue
        pairs = [
            (sign * value, position, value)
            for position, value in enumerate(score.per_segment)
            if value is not None
        ]
        for _, position, value in sorted(pairs)[:count]:
            found.append(WorstCase(system.name, comparison.bench.units[position].id, value))
    return found
