"""``ringkas batch``: many documents to files, resumable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.choices import (
    EngineName,
    ExportName,
    OrderName,
    OtherLanguage,
    TableFormat,
    TaskName,
)
from toolkit.cli.common import guarded, options_given, say
from toolkit.cli.sizes import parse_size
from toolkit.errors import UsageError

_INPUT = "Input"
_OUTPUT = "Output"
_MODEL = "Models"
_RUN = "Running"


def _option(*names: str, panel: str, help: str, **more: Any) -> Any:
    return typer.Option(*names, rich_help_panel=panel, help=help, **more)


@guarded
def batch(
    context: typer.Context,
    out: Annotated[
        Path, _option("--out", "-o", panel=_OUTPUT, help="Folder of the job.", show_default=False)
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, patterns: .txt .html .md, .jsonl .csv .tsv (also .gz .zst .xz "
            ".bz2), .parquet; http(s) addresses of pages; - for JSONL on standard input; "
            "dataset:NAME for a saved or hosted dataset.",
            show_default=False,
        ),
    ] = None,
    task: Annotated[
        TaskName, _option("--task", panel=_OUTPUT, help="What to do with each document.")
    ] = TaskName.TRANSLATE,
    output_format: Annotated[
        TableFormat, _option("--format", "-f", panel=_OUTPUT, help="Format of the main output.")
    ] = TableFormat.JSONL,
    export: Annotated[
        list[ExportName] | None,
        _option(
            "--export",
            panel=_OUTPUT,
            help="Also write the sentence pairs (tmx, tsv) or a digest of the summaries to read "
            "(html, markdown); may be repeated.",
            show_default=False,
        ),
    ] = None,
    input_format: Annotated[
        str,
        _option(
            "--input-format",
            panel=_INPUT,
            help="auto (by ending), text, html, markdown, jsonl, csv, tsv, parquet, lines: each "
            "line of a text file is a document, or urls: each is the address of a page.",
        ),
    ] = "auto",
    text_column: Annotated[
        str, _option("--text-column", panel=_INPUT, help="Column of the text.")
    ] = "text",
    id_column: Annotated[
        str | None,
        _option(
            "--id-column",
            panel=_INPUT,
            help="Column of the id. Default: id where there is one, else FILE:LINE.",
            show_default=False,
        ),
    ] = None,
    title_column: Annotated[
        str, _option("--title-column", panel=_INPUT, help="Column of the headline.")
    ] = "title",
    date_column: Annotated[
        str, _option("--date-column", panel=_INPUT, help="Column of the date (YYYY-MM-DD).")
    ] = "date",
    carry: Annotated[
        str | None,
        _option(
            "--carry",
            panel=_INPUT,
            metavar="NAMES",
            help='Columns to carry through, with commas; "" for none. Default: all others.',
            show_default=False,
        ),
    ] = None,
    other_language: Annotated[
        OtherLanguage,
        _option("--other-language", panel=_INPUT, help="Text that is not Indonesian."),
    ] = OtherLanguage.REJECT,
    keep_furniture: Annotated[
        bool,
        _option("--keep-furniture", panel=_INPUT, help='Keep bylines, "Baca juga" and the like.'),
    ] = False,
    translator: Annotated[
        str,
        _option(
            "--translator",
            "-t",
            panel=_MODEL,
            metavar="NAME",
            help="embedded, an installed model, a model folder, transformers:NAME.",
        ),
    ] = "embedded",
    beam_size: Annotated[
        int | None,
        _option(
            "--beam-size",
            panel=_MODEL,
            min=1,
            help="Beam size; 1 is greedy. Default: 4; 16 for reranked summaries.",
        ),
    ] = None,
    rerank: Annotated[
        bool | None,
        _option(
            "--rerank/--no-rerank",
            panel=_MODEL,
            help="Choose hypotheses by fluency and losses, too. Default: for summaries (embedded).",
        ),
    ] = None,
    batch_tokens: Annotated[
        int, _option("--batch-tokens", panel=_MODEL, min=1, help="Source tokens of one batch.")
    ] = 2048,
    glossary: Annotated[
        Path | None,
        _option(
            "--glossary",
            panel=_MODEL,
            metavar="TSV",
            help="Terms: source, target, keep|prefer|forbid.",
        ),
    ] = None,
    no_guard: Annotated[
        bool,
        _option("--no-guard", panel=_MODEL, help="Leave out checks, repairs and retries."),
    ] = False,
    summarizer: Annotated[
        str,
        _option(
            "--summarizer", "-s", panel=_MODEL, metavar="NAME", help="ranker, centrality, lead …"
        ),
    ] = "ranker",
    length: Annotated[
        str,
        _option("--length", "-l", panel=_MODEL, help='short, medium, long, "N words" …'),
    ] = "medium",
    order: Annotated[
        OrderName,
        _option(
            "--order", panel=_MODEL, help="Translate all sentences, or only what summaries need."
        ),
    ] = OrderName.SUMMARIZE_FIRST,
    engine: Annotated[
        EngineName, _option("--engine", panel=_RUN, help="This machine or a Ray cluster.")
    ] = EngineName.LOCAL,
    workers: Annotated[
        int | None,
        _option("--workers", panel=_RUN, min=1, help="Worker processes.", show_default="by cores"),
    ] = None,
    threads: Annotated[
        int | None,
        _option(
            "--threads",
            panel=_RUN,
            min=1,
            help="Threads of each worker.",
            show_default="by cores",
        ),
    ] = None,
    device: Annotated[str, _option("--device", panel=_RUN, help="auto, cpu or cuda.")] = "auto",
    address: Annotated[
        str | None,
        _option(
            "--address",
            panel=_RUN,
            help="Ray cluster to join: auto or HOST:PORT.",
            show_default=False,
        ),
    ] = None,
    worker_memory: Annotated[
        str | None,
        _option(
            "--worker-memory",
            panel=_RUN,
            metavar="SIZE",
            help="Most memory of one worker, such as 2G.",
            show_default=False,
        ),
    ] = None,
    shard_size: Annotated[
        int,
        _option(
            "--shard-size",
            panel=_RUN,
            min=1,
            help="Most documents of one shard: what is done, kept and done again as one.",
        ),
    ] = 256,
    memory: Annotated[
        Path | None,
        _option(
            "--memory",
            panel=_RUN,
            metavar="FILE",
            help="Translation memory. Default: memory.sqlite in the user's cache.",
            show_default=False,
        ),
    ] = None,
    no_memory: Annotated[
        bool, _option("--no-memory", panel=_RUN, help="Do without a translation memory.")
    ] = False,
    status: Annotated[
        bool, _option("--status", panel=_RUN, help="Say where the job in --out stands, and end.")
    ] = False,
    update: Annotated[
        bool,
        _option(
            "--update",
            panel=_RUN,
            help="Accept changed inputs or settings; keep only what still fits.",
        ),
    ] = False,
    restart: Annotated[
        bool, _option("--restart", panel=_RUN, help="Throw away what was done; begin anew.")
    ] = False,
    quiet: Annotated[
        bool, _option("--quiet", "-q", panel=_RUN, help="No progress and no summary.")
    ] = False,
) -> None:
    """Translate or summarise many documents; the same command goes on after an interruption."""
    if status:
        from toolkit.batch.status import describe, job_status

        typer.echo("\n".join(describe(job_status(out))))
        return
    if not inputs:
        raise UsageError("Give at least one INPUT: a file, a folder or a pattern.")
    if address is not None and engine is not EngineName.RAY:
        raise UsageError("--address is for --engine ray.")
    if worker_memory is not None and engine is EngineName.RAY:
        raise UsageError("--worker-memory is for --engine local.")
    unread = no_guard and task is TaskName.TRANSLATE and not translator.startswith("chat:")
    if unread and glossary is not None:
        raise UsageError("--glossary is checked by the guard; give it or --no-guard, not both.")
    if no_memory and memory is not None:
        raise UsageError("Give --memory or --no-memory, not both.")
    if update and restart:
        raise UsageError("Give --update or --restart, not both.")
    from toolkit.batch import Columns, Geometry, Job, Recipe, Resources, run_job
    from toolkit.batch.exports import DIGESTS, ExportFormat
    from toolkit.batch.memory import own_file
    from toolkit.batch.recipe import batch_decoding
    from toolkit.batch.report import report, stopping
    from toolkit.summarize.length import parse_length

    parse_length(length)
    summaries = options_given(context, "summarizer", "length", "order")
    if summaries and task is TaskName.TRANSLATE:
        raise UsageError(f"{summaries[0]} is for --task summarize.")
    exports: tuple[ExportFormat, ...] = tuple(dict.fromkeys(e.value for e in export or ()))
    if task is TaskName.TRANSLATE and (digests := [e for e in exports if e in DIGESTS]):
        raise UsageError(f"--export {digests[0]} is for --task summarize.")
    job = Job(
        inputs=tuple(inputs),
        out=out,
        recipe=Recipe(
            task=task.value,
            translator=translator,
            decoding=batch_decoding(
                task.value,
                translator,
                beam_size=beam_size,
                rerank=rerank,
                batch_tokens=batch_tokens,
            ),
            glossary=glossary,
            guard=not no_guard,
            summarizer=summarizer,
            length=length,
            order=order.value,
            keep_languages=other_language is OtherLanguage.KEEP,
            keep_furniture=keep_furniture,
            device=device,
            memory=None if no_memory else memory or own_file(),
        ),
        columns=Columns(
            text=text_column,
            id=id_column,
            title=title_column,
            date=date_column,
            carry=None
            if carry is None
            else tuple(n.strip() for n in carry.split(",") if n.strip()),
        ),
        geometry=Geometry(documents=shard_size),
        input_format=input_format,
        output_format=output_format.value,
        exports=exports,
        engine=engine.value,
        resources=Resources(workers, threads, parse_size(worker_memory), address),
        restart=restart,
        update=update,
        quiet=quiet,
    )
    with stopping(say) as stop:
        outcome = run_job(job, stop)
    for line in report(job, outcome):
        say(line)
    if outcome.exit_code:
        raise typer.Exit(outcome.exit_code)
