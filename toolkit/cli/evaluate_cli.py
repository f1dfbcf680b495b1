"""``ringkas evaluate``: run a suite's systems on its sets, score them, write the report.

Parses options, calls ``toolkit.compare``, writes files; nothing is computed here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.common import guarded, say, write_output
from toolkit.cli.compare_cli import Format, OutputsOption, form_of, rendered

if TYPE_CHECKING:
    from toolkit.compare.assemble import MetricSpecs
    from toolkit.compare.bench import Task
    from toolkit.compare.report import Report

_REPORTS = ("report.html", "report.md", "report.txt", "report.json")


@guarded
def evaluate(
    suite: Annotated[
        Path,
        typer.Argument(
            metavar="SUITE",
            help="A suite file (TOML), for instance eval/suites/five.toml.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Run directory; the same one again resumes an interrupted run. "
            "Default: runs/SUITE.",
            show_default=False,
        ),
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(
            "--documents",
            metavar="DIR",
            help="Run on these original articles, matched by id, against the same references.",
            show_default=False,
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away what the run directory holds.")
    ] = False,
    output_format: Annotated[
        Format, typer.Option("--format", "-f", help="Form of what is printed.")
    ] = Format.TEXT,
    output: OutputsOption = None,
    shown: Annotated[
        int,
        typer.Option(
            "--shown", min=1, help="At most so many documents in full in the HTML report."
        ),
    ] = 200,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Run the systems of a suite, score them against references, and write the report."""
    from toolkit.compare import runner
    from toolkit.compare.assemble import metrics_for, report_of_benches
    from toolkit.compare.plan import make_plan
    from toolkit.compare.render_json import timeless
    from toolkit.compare.statistics import Settings
    from toolkit.compare.suite import load_suite

    targets = [(path, form_of(path)) for path in output or ()]
    loaded = load_suite(suite)
    chosen: dict[Task, MetricSpecs] = {}
    if loaded.metrics.translation:
        chosen["translation"] = loaded.metrics.translation
    if loaded.metrics.summary:
        chosen["summary"] = loaded.metrics.summary
    if loaded.metrics.headline:
        chosen["headline"] = loaded.metrics.headline
    for task, specs in chosen.items():
        metrics_for(task, specs, timed=False)  # a wrong name or option is said before the work
    plan = make_plan(loaded, suite.resolve().parent, documents)
    name = loaded.name if documents is None else f"{loaded.name}-originals"
    run = out or Path("runs") / name
    runner.prepare(plan, run, fresh=fresh)
    progress = (lambda _: None) if quiet else say
    failures = runner.run_jobs(plan, run, progress)
    benches, manifest, skipped = runner.finish(plan, run, failures)
    progress("scoring")
    report = report_of_benches(
        benches,
        title=loaded.description or name,
        metrics=chosen,
        settings=Settings(loaded.seeds[0], loaded.resamples, loaded.trials),
        manifest=manifest,
        skipped=skipped,
    )
    write_output(timeless(report), run / "scores.json")
    _write(report, run, shown)
    for path, form in targets:
        write_output(rendered(report, form, shown), path)
    write_output(rendered(report, output_format, shown), None)
    say(f"Run, scores and report are in {run} (open {run / 'report.html'}).")
    runner.check_failed(plan, run, failures)


def _write(report: Report, run: Path, shown: int) -> None:
    for name in _REPORTS:
        path = run / name
        write_output(rendered(report, form_of(path), shown), path)
