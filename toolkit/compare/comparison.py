"""Scores every system on every metric with intervals, and every pair with paired tests.

Statistics are computed once a system and metric; all intervals and tests resample the same draws
(``statistics``). Slices and worst cases are ``slices``'s business, telling it ``report``'s.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toolkit.compare.bench import Bench, System
from toolkit.compare.statistics import Paired, Resampler, Settings, group_rows, holm, interval
from toolkit.errors import ModelError, UsageError
from toolkit.metrics.base import Item, Metric, Score, optional

if TYPE_CHECKING:
    from toolkit.compare.statistics import FloatArray


class NothingScoredError(UsageError):
    """None of the metrics applies to a bench."""


@dataclass(frozen=True, slots=True)
class MetricInfo:
    """What a report says of a metric: name, label, unit, direction, decimals."""

    name: str
    label: str
    unit: str
    direction: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was asked for and not done, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All numbers of one bench.

    ``scores[system][metric]``; ``pairs[metric]`` holds every pair of systems in the order of the
    leader board's columns; ``skipped`` names metrics that did not apply. ``units`` is how many
    documents (or segments) were resampled; ``notes`` are sentences a reader must know.
    """

    bench: Bench
    metrics: tuple[MetricInfo, ...]
    scores: dict[str, dict[str, Score]]
    pairs: dict[str, tuple[Paired, ...]]
    settings: Settings
    units: int
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    statistics: dict[tuple[str, str], FloatArray] = field(default_factory=dict, repr=False)
    """Weighted statistics by (system, metric): (items, columns); not part of any output."""
    instances: dict[str, Metric] = field(default_factory=dict, repr=False)

    @property
    def shown(self) -> list[str]:
        """The metrics whose pairs every report shows: the primary one, and imported scores."""
        imported = [n for n, m in self.instances.items() if m.imported and n in self.pairs]
        return list(dict.fromkeys([self.primary, *imported]))

    @property
    def primary(self) -> str:
        """The metric the leader board is sorted by: the first that judges, or ""."""
        return next((m.name for m in self.metrics if m.direction != "none"), "")

    def ranked(self) -> list[System]:
        """Systems by the primary metric, best first; those without a score last."""
        name = self.primary
        if not name:
            return list(self.bench.systems)
        sign = -1.0 if self.info(name).direction == "higher" else 1.0

        def key(system: System) -> tuple[float, str]:
            score = self.scores[system.name].get(name)
            value = score.value if score is not None else None
            return (math.inf if value is None else sign * value, system.name)

        return sorted(self.bench.systems, key=key)

    def info(self, name: str) -> MetricInfo:
        """The metric's description."""
        return next(m for m in self.metrics if m.name == name)

    def pair(self, metric: str, a: str, b: str) -> Paired | None:
        """The comparison of A with B, turned round when it was made as B with A."""
        for pair in self.pairs.get(metric, ()):
            if (pair.a, pair.b) == (a, b):
                return pair
            if (pair.a, pair.b) == (b, a):
                return turned(pair)
        return None


def turned(pair: Paired) -> Paired:
    """The same comparison seen from the other side."""
    return replace(
        pair,
        a=pair.b,
        b=pair.a,
        difference=-pair.difference,
        ci=(-pair.ci[1], -pair.ci[0]),
        effect=None if pair.effect is None else -pair.effect,
        wins=1.0 - pair.wins,
    )


def compare(
    bench: Bench,
    metrics: Sequence[Metric],
    settings: Settings | None = None,
    imported: Sequence[Metric] = (),
) -> Comparison:
    """Score and test all systems of a bench.

    ``imported`` are metrics whose segment scores come from files (``metrics.imported``); they are
    treated like computed ones. A metric that the bench cannot feed (no references, no source, a
    package missing) is skipped with its reason; NothingScoredError when nothing at all can be
    scored, UsageError when two systems have one name.
    """
    import numpy as np

    settings = settings or Settings()
    names = [system.name for system in bench.systems]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise UsageError(f"Two systems are called '{twice}'; give them different names.")
    items = {system.name: bench.items(system) for system in bench.systems}
    weights = {system.name: np.asarray([bench.weights(system)]).T for system in bench.systems}
    units = len(dict.fromkeys(bench.groups()))
    resampler = Resampler(units, settings)
    scores: dict[str, dict[str, Score]] = {name: {} for name in names}
    pairs: dict[str, tuple[Paired, ...]] = {}
    kept: dict[tuple[str, str], FloatArray] = {}
    done: dict[str, Metric] = {}
    skipped: list[Skipped] = []
    unequal: list[Metric] = []
    for metric in (*metrics, *imported):
        if metric.name in done:
            raise UsageError(f"Metric '{metric.name}' is asked for twice.")
        found = _statistics(metric, bench, items, skipped)
        if not found:
            continue
        done[metric.name] = metric
        resampled: dict[str, FloatArray] = {}
        grouped: dict[str, FloatArray] = {}
        for name, rows in found.items():
            groups = [item.document for item in items[name]]
            weighted = kept[name, metric.name] = rows * weights[name]
            grouped[name] = group_rows(weighted, groups)
            resampled[name] = resampler.scores(grouped[name], metric.aggregate)
            scores[name][metric.name] = _score(
                metric, items[name], rows, grouped[name], resampled[name], bench, settings
            )
        if metric.direction != "none" and metric.tested:
            tested = grouped
            if _unequal_terms(metric, bench) and (people := _people(bench) & set(grouped)):
                tested = {name: rows for name, rows in grouped.items() if name not in people}
                unequal.append(metric)
            pairs[metric.name] = _pairs(resampler, metric, tested, resampled)
    if not done:
        reason = skipped[0].reason if skipped else "no metric was named."
        raise NothingScoredError(f"Nothing could be scored: {reason}")
    return Comparison(
        bench=bench,
        metrics=tuple(_describe(metric) for metric in done.values()),
        scores=scores,
        pairs=pairs,
        settings=settings,
        units=units,
        skipped=tuple(skipped),
        notes=(*_empty_outputs(bench), *_untested(unequal), *_times(done.values())),
        statistics=kept,
        instances=done,
    )


def _people(bench: Bench) -> set[str]:
    return {system.name for system in bench.systems if system.kind == "human"}


def _unequal_terms(metric: Metric, bench: Bench) -> bool:
    """Whether more references make a higher score: systems have one more than people then."""
    several = any(len(unit.references) > 1 for unit in bench.units)
    return several and getattr(metric, "references", "mean") != "mean"


def _untested(metrics: Sequence[Metric]) -> list[str]:
    if not metrics:
        return []
    return [
        f"The references are left out of the pairs by {', '.join(m.label for m in metrics)}: "
        "systems are scored against all references together, each reference against one fewer, "
        "so their scores are not on equal terms (with references=mean they are)."
    ]


def _times(metrics: Iterable[Metric]) -> list[str]:
    if all(metric.tested for metric in metrics):
        return []
    return [
        "Times are not tested: they differ from run to run with what else the machine does, which "
        "no resampling of the units can see."
    ]


def _empty_outputs(bench: Bench) -> list[str]:
    notes = []
    for system in bench.systems:
        empty = [output.id for output in system.outputs if not output.text.strip()]
        if empty:
            verb, first = ("is", "") if len(empty) == 1 else ("are", "the first ")
            count = f"{len(empty)} output{'' if len(empty) == 1 else 's'}"
            notes.append(f"{count} of '{system.name}' {verb} empty ({first}id '{empty[0]}').")
    return notes


def _describe(metric: Metric) -> MetricInfo:
    return MetricInfo(metric.name, metric.label, metric.unit, metric.direction, metric.decimals)


def _statistics(
    metric: Metric, bench: Bench, items: dict[str, list[Item]], skipped: list[Skipped]
) -> dict[str, FloatArray]:
    """Statistics of each system that the metric applies to; what it does not goes to skipped."""
    found: dict[str, FloatArray] = {}
    reasons: list[tuple[str, str]] = []
    for system in bench.systems:
        try:
            metric.check(items[system.name])
            found[system.name] = metric.statistics(items[system.name])
        except (UsageError, ModelError) as error:
            if system.kind != "human":
                reasons.append((system.name, str(error)))
    if reasons and all(system.kind == "human" for system in bench.systems if system.name in found):
        found = {}
        skipped.append(Skipped(f"metric {metric.name}", reasons[0][1]))
    elif reasons:
        skipped.extend(
            Skipped(f"metric {metric.name} of {name}", reason) for name, reason in reasons
        )
    return found


def _score(
    metric: Metric,
    items: Sequence[Item],
    rows: FloatArray,
    grouped: FloatArray,
    resampled: FloatArray,
    bench: Bench,
    settings: Settings,
) -> Score:
    value = float(metric.aggregate(grouped.sum(axis=0)))
    low, high = interval(resampled)
    statistics = settings.signature(bench.unit_name, len(grouped))
    return Score(
        metric=metric.name,
        value=None if math.isnan(value) else value,
        ci=None if math.isnan(low) or len(grouped) < 2 else (low, high),
        signature=f"{metric.signature(items)}|{statistics}",
        per_segment=optional(metric.segment_scores(rows)),
    )


def _pairs(
    resampler: Resampler,
    metric: Metric,
    grouped: dict[str, FloatArray],
    resampled: dict[str, FloatArray],
) -> tuple[Paired, ...]:
    made = [
        resampler.paired(
            (a, b),
            (grouped[a], grouped[b]),
            (resampled[a], resampled[b]),
            metric.aggregate,
            metric.segment_scores,
        )
        for a, b in itertools.combinations(grouped, 2)
    ]
    corrected = holm([pair.p_ar for pair in made])
    return tuple(replace(pair, p_holm=p) for pair, p in zip(made, corrected, strict=True))
