"""From paths to a report: the steps that ``compare`` and ``evaluate`` share.

Reading is ``runs``'s business, scoring ``comparison``'s, telling ``report``'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from toolkit.compare import wording
from toolkit.compare.bench import Bench, Task, human
from toolkit.compare.comparison import NothingScoredError, Skipped
from toolkit.compare.plain import plain_bench
from toolkit.compare.report import Report, section
from toolkit.compare.runs import merge, run_benches
from toolkit.compare.statistics import Settings
from toolkit.errors import InputError, UsageError
from toolkit.metrics import (
    HEADLINE_METRICS,
    SUMMARY_METRICS,
    TRANSLATION_METRICS,
    Metric,
    open_metric,
)
from toolkit.metrics.efficiency import EFFICIENCY
from toolkit.metrics.imported import Imported

_DEFAULTS: dict[Task, tuple[str, ...]] = {
    "translation": TRANSLATION_METRICS,
    "summary": SUMMARY_METRICS,
    "headline": HEADLINE_METRICS,
}
MetricSpecs = Sequence[str | Mapping[str, Any]]


def with_human(bench: Bench) -> Bench:
    """The bench with its references as a system of their own, once."""
    if any(system.kind == "human" for system in bench.systems):
        return bench
    system = human(bench.units)
    return replace(bench, systems=(*bench.systems, system)) if system else bench


def metrics_for(task: Task, specs: MetricSpecs | None, *, timed: bool) -> list[Metric]:
    """The metrics asked for, or those of the task; times only where there are any.

    The task decides which side numbers, dates and names judge, unless the metric says so itself.
    Raises UsageError for a metric or an option that does not exist, or a metric named twice.
    """
    chosen: list[str | Mapping[str, Any]] = list(specs) if specs else list(_DEFAULTS[task])
    if not specs and timed:
        chosen += EFFICIENCY
    side = "both" if task == "translation" else "summary"
    made = [open_metric(spec, {"side": side}) for spec in chosen]
    names = [metric.name for metric in made]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"Metric '{name}' is asked for twice.")
    return made


def _timed(bench: Bench) -> bool:
    return any(o.seconds is not None for system in bench.systems for o in system.outputs)


def report_of_benches(
    benches: Sequence[Bench],
    *,
    title: str,
    metrics: Mapping[Task, MetricSpecs] | None = None,
    imported: Sequence[Imported] = (),
    settings: Settings | None = None,
    manifest: Mapping[str, Any] | None = None,
    skipped: Sequence[Skipped] = (),
) -> Report:
    """Compare the systems of each bench; ``metrics`` by task, the task's own when absent.

    A bench that no metric applies to is left out with its reason; NothingScoredError when that
    leaves none.
    """
    _check_imported(benches, imported)
    sections = []
    left = list(skipped)
    unscored: list[NothingScoredError] = []
    for bench in benches:
        chosen = metrics_for(bench.task, (metrics or {}).get(bench.task), timed=_timed(bench))
        fitting = []
        for scores in imported:
            if _meant(scores, bench) and scores.rows() & _rows(bench):
                fitting.append(scores)
            else:
                what = f"metric {scores.name} on {bench.name}, {bench.task}"
                left.append(Skipped(what, f"{scores.origin} has no score for it."))
        try:
            sections.append(section(with_human(bench), chosen, settings, fitting))
        except NothingScoredError as error:
            unscored.append(error)
            left.append(Skipped(f"{bench.name}, {bench.task}", str(error)))
    if unscored and not sections:
        raise unscored[0]
    return Report(title, tuple(sections), dict(manifest or {}), tuple(left))


def _rows(bench: Bench) -> set[tuple[str, str]]:
    """(system, id) of every output."""
    return {(system.name, o.id) for system in bench.systems for o in system.outputs}


def _meant(scores: Imported, bench: Bench) -> bool:
    """Whether the file does not name another set or task."""
    return scores.set in ("", bench.name) and scores.task in ("", bench.task)


def _check_imported(benches: Sequence[Bench], imported: Sequence[Imported]) -> None:
    """Raise InputError for scores of a system or an id that no bench has, or several have."""
    names = list(dict.fromkeys(s.name for b in benches for s in b.systems if s.kind != "human"))
    for scores in imported:
        meant = [bench for bench in benches if _meant(scores, bench)]
        if not meant:
            what = " ".join(filter(None, (scores.set, scores.task)))
            there = ", ".join(f"{bench.name} {bench.task}" for bench in benches)
            raise InputError(f"{scores.origin} is of {what}; the report has {there}.")
        known = set[tuple[str, str]]().union(*map(_rows, meant))
        for system, row_id in sorted(scores.rows() - known):
            if system not in names:
                raise InputError(
                    f"{scores.origin} has scores of a system '{system}'; the report has "
                    f"{', '.join(names)}."
                )
            raise InputError(
                f"{scores.origin} has a score of '{system}' for id '{row_id}', which the set "
                "does not have."
            )
        fitting = [bench for bench in meant if scores.rows() & _rows(bench)]
        for first, second in combinations(fitting, 2):
            if shared := scores.rows() & _rows(first) & _rows(second):
                system, row_id = min(shared)
                raise InputError(
                    f"{scores.origin} has a score of '{system}' for id '{row_id}', which both "
                    f"{first.name} {first.task} and {second.name} {second.task} have; say which "
                    f"is meant above its head: '# set: {first.name}', '# task: {first.task}'."
                )


def report_of_files(
    outputs: Sequence[Path],
    *,
    references: Sequence[Path],
    source: Path | None,
    documents: Path | None,
    task: Task,
    metrics: Sequence[str] | None,
    imported: Sequence[Imported],
    settings: Settings,
    title: str,
    check: bool,
) -> Report:
    """A report on plain line-by-line output files (see ``plain.plain_bench``)."""
    bench = plain_bench(
        outputs,
        references=references,
        source=source,
        task=task,
        documents=documents,
        check=check,
    )
    return report_of_benches(
        [bench],
        title=title or f"{wording.units(len(outputs), 'system')} on {bench.name}",
        metrics={task: list(metrics)} if metrics else None,
        imported=imported,
        settings=settings,
    )


def report_of_runs(
    runs: Sequence[Path],
    *,
    metrics: Sequence[str] | None,
    imported: Sequence[Imported],
    settings: Settings,
    title: str,
    check: bool,
) -> Report:
    """A report on run directories, joined by set and task.

    Without ``metrics`` each task is scored with the metrics of the first run that has it.
    """
    places = [run.resolve() for run in runs]
    for run, place in zip(runs, places, strict=True):
        if places.count(place) > 1:
            raise UsageError(f"The run {run} is named twice; name each once.")
    read = [(run, *run_benches(run, check=check)) for run in runs]
    short = [place.name for place in places]
    labels = [n if short.count(n) == 1 else str(r) for n, r in zip(short, runs, strict=True)]
    benches = merge([(n, found) for n, (_, found, _) in zip(labels, read, strict=True)])
    chosen: dict[Task, MetricSpecs] = {}
    for bench in benches:
        if metrics:
            chosen[bench.task] = list(metrics)
            continue
        for _, _, manifest in read:
            if specs := manifest.get("metrics", {}).get(bench.task):
                chosen.setdefault(bench.task, specs)
    skipped = [
        Skipped(entry["what"], entry["reason"])
        for _, _, manifest in read
        for entry in manifest.get("skipped", ())
    ]
    sets = [{bench.name for bench in found} for _, found, _ in read]
    for number, (label, own) in enumerate(zip(labels, sets, strict=True)):
        others = set().union(*sets[:number], *sets[number + 1 :])
        if len(sets) > 1 and not own & others:
            reason = "it has no set in common with the others: its systems stand apart from theirs."
            skipped.append(Skipped(f"comparison of run {label}", reason))
    manifests = {str(run): manifest for run, _, manifest in read}
    return report_of_benches(
        benches,
        title=title or " and ".join(run.name for run in runs),
        metrics=chosen,
        imported=imported,
        settings=settings,
        manifest=manifests,
        skipped=skipped,
    )
