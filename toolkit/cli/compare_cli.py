"""``ringkas compare``: systems on the same set, with intervals and paired tests.

Parses options, calls ``toolkit.compare``, writes the report; nothing is computed here.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.common import (
    guarded,
    options_given,
    refuse_same_file,
    say,
    write_output,
)
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from toolkit.compare.report import Report


class Format(StrEnum):
    """Forms of a report."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


class TaskName(StrEnum):
    """What plain output files hold."""

    TRANSLATION = "translation"
    SUMMARY = "summary"


_SUFFIXES = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".json": Format.JSON,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}

MetricOption = Annotated[
    list[str] | None,
    typer.Option(
        "--metric",
        "-m",
        metavar="NAME[:KEY=VALUE]",
        help="Score with this metric (may be repeated), for instance bleu or "
        "rouge1:references=best. Default: those that fit the task.",
        show_default=False,
    ),
]
OutputsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the report here; the ending (.txt .md .json .html) says the form. May be "
        "repeated.",
        show_default=False,
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of all draws.")]
ResamplesOption = Annotated[
    int, typer.Option("--resamples", min=100, help="Bootstrap resamples of the intervals.")
]
TrialsOption = Annotated[
    int, typer.Option("--trials", min=100, help="Trials of the randomisation test.")
]


def form_of(path: Path) -> Format:
    """The form of a report by its file's ending; raises UsageError for another ending."""
    form = _SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"--output {path}: can't tell the form from '{path.suffix}'; end it in .txt, .md, "
            ".json or .html."
        )
    return form


def rendered(report: Report, form: Format, documents: int = 200) -> str:
    """The report in one form."""
    if form is Format.MARKDOWN:
        return report.to_markdown()
    if form is Format.JSON:
        return report.to_json()
    if form is Format.HTML:
        return report.to_html(documents)
    return report.to_text()


@guarded
def compare(
    context: typer.Context,
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN...",
            help="Run directories of 'ringkas evaluate', or plain output files (one segment a "
            "line) together with --references.",
            show_default=False,
        ),
    ],
    references: Annotated[
        list[Path] | None,
        typer.Option(
            "--references",
            "-r",
            metavar="FILE",
            help="English references, line by line (or Indonesian<TAB>English); repeat it for "
            "several references.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--source",
            "-s",
            metavar="FILE",
            help="Indonesian source, line by line.",
            show_default=False,
        ),
    ] = None,
    document_ids: Annotated[
        Path | None,
        typer.Option(
            "--document-ids",
            metavar="FILE",
            help="The document of each line: documents, not lines, are then resampled.",
            show_default=False,
        ),
    ] = None,
    task: Annotated[
        TaskName, typer.Option("--task", help="What the plain files hold.")
    ] = TaskName.TRANSLATION,
    metric: MetricOption = None,
    imported: Annotated[
        list[Path] | None,
        typer.Option(
            "--import",
            metavar="TSV",
            help="Segment scores computed elsewhere (COMET, human ratings); may be repeated.",
            show_default=False,
        ),
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", "-f", help="Form of what is printed.")
    ] = Format.TEXT,
    output: OutputsOption = None,
    title: Annotated[str, typer.Option("--title", help="Title of the report.")] = "",
    documents: Annotated[
        int,
        typer.Option("--shown", min=1, help="At most so many segments in full in an HTML report."),
    ] = 200,
    resamples: ResamplesOption = 1000,
    trials: TrialsOption = 10000,
    seed: SeedOption = 12345,
    check: Annotated[
        bool,
        typer.Option(
            "--check/--no-check",
            help="Refuse outputs whose content is out of order or changed, and references or "
            "source in the wrong language.",
        ),
    ] = True,
) -> None:
    """Compare systems on the same set: scores with intervals, paired tests, findings."""
    from toolkit.compare.assemble import report_of_files, report_of_runs
    from toolkit.compare.runs import is_run
    from toolkit.compare.statistics import Settings
    from toolkit.metrics.imported import read_imported

    targets = [(path, form_of(path)) for path in output or ()]
    own = [run / name for run in runs for name in ("manifest.json", "timing.json")]
    read = [*runs, *own, *(references or ()), *(imported or ()), source, document_ids]
    for target, _ in targets:
        for path in filter(None, read):
            refuse_same_file(str(path), target)
    settings = Settings(seed=seed, resamples=resamples, trials=trials)
    foreign = [read_imported(path) for path in imported or ()]
    for path in runs:
        if not path.exists():
            raise InputError(f"{path} does not exist; name a run directory or an output file.")
    plain = [path for path in runs if not path.is_dir()]
    if plain and len(plain) < len(runs):
        other = next(path for path in runs if path not in plain)
        raise UsageError(
            f"{plain[0]} is a file and {other} a directory: compare run directories with run "
            "directories and files with files."
        )
    if plain or references or source:
        for path in runs:
            if is_run(path):
                raise UsageError(
                    f"{path} is a run directory, which brings its own references and source; "
                    "leave --references and --source out."
                )
        report = report_of_files(
            runs,
            references=references or (),
            source=source,
            documents=document_ids,
            task=task.value,
            metrics=metric,
            imported=foreign,
            settings=settings,
            title=title,
            check=check,
        )
    elif given := options_given(context, "document_ids", "task"):
        raise UsageError(
            f"{given[0]} is for plain output files; run directories say it themselves."
        )
    else:
        report = report_of_runs(
            runs, metrics=metric, imported=foreign, settings=settings, title=title, check=check
        )
    for path, form in targets:
        write_output(rendered(report, form, documents), path)
        say(f"Report written to {path}.")
    if not targets or options_given(context, "output_format"):
        write_output(rendered(report, output_format, documents), None)
