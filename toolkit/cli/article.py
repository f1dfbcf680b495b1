"""``ringkas summarize`` and ``ringkas translate``: one article in, English out."""

from __future__ import annotations

import datetime
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.choices import Format, OrderName, StyleName
from toolkit.cli.common import guarded, refuse_same_file, say, write_output
from toolkit.errors import ChecksFailedError, UsageError

if TYPE_CHECKING:
    from toolkit.render.result import Result, Run
    from toolkit.text.names import Glossary
    from toolkit.translate.base import Translator
    from toolkit.types import Document


Input = Annotated[
    str,
    typer.Argument(
        metavar="INPUT",
        help="A file (.txt .md .html .json), - for standard input, or an http(s) address.",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Output format.")]
SourcesOption = Annotated[
    bool, typer.Option("--show-sources", help="Print the Indonesian under each sentence.")
]
TranslatorOption = Annotated[
    str,
    typer.Option(
        "--translator",
        "-t",
        metavar="NAME",
        help="embedded, an installed model, a model folder, transformers:NAME, chat:MODEL.",
    ),
]
BeamOption = Annotated[
    int | None,
    typer.Option(
        "--beam-size",
        min=1,
        help="Beam size; 1 is greedy. Default: 16 where hypotheses are reranked, else 4.",
        show_default=False,
    ),
]
RerankOption = Annotated[
    bool | None,
    typer.Option(
        "--rerank/--no-rerank",
        help="Choose among the hypotheses of the beam by fluency and by what they leave out. "
        "Default: where the translator scores them (the embedded model does).",
        show_default=False,
    ),
]
GlossaryOption = Annotated[
    Path | None,
    typer.Option("--glossary", metavar="TSV", help="Terms: source, target, keep|prefer|forbid."),
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="YYYY-MM-DD", help='The article\'s date, to resolve "Jumat", "kemarin".'
    ),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 when a check fails (output still comes).")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")
]
FieldOption = Annotated[str, typer.Option("--text-field", help="Text field of JSON input.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No warnings on stderr.")]


@guarded
def summarize(
    source: Input,
    output_format: FormatOption = Format.TEXT,
    length: Annotated[
        str | None,
        typer.Option(
            "--length",
            "-l",
            help='short, medium, long, "N words" or "N sentences". Default: medium.',
            show_default=False,
        ),
    ] = None,
    style: Annotated[
        StyleName,
        typer.Option("--style", help="Shape of the summary in text, markdown and html."),
    ] = StyleName.PARAGRAPH,
    show_sources: SourcesOption = False,
    translator: TranslatorOption = "embedded",
    summarizer: Annotated[
        str,
        typer.Option(
            "--summarizer",
            "-s",
            metavar="NAME",
            help="ranker, centrality, lead, seq2seq:MODEL, chat:MODEL.",
        ),
    ] = "ranker",
    order: Annotated[
        OrderName | None,
        typer.Option(
            "--order",
            help="Translate all sentences or only the chosen ones; the summary is the same. "
            "Default: all for json and html, chosen ones for text and markdown.",
            show_default=False,
        ),
    ] = None,
    date: DateOption = None,
    glossary: GlossaryOption = None,
    beam_size: BeamOption = None,
    rerank: RerankOption = None,
    strict: StrictOption = False,
    text_field: FieldOption = "text",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Summarise one Indonesian article in English, every sentence tied to its source."""
    from toolkit.render.result import Result
    from toolkit.summarize.base import Abstractive
    from toolkit.summarize.length import parse_length
    from toolkit.summarize.pipeline import PIPELINE_VERSION, open_summarizer, summarise
    from toolkit.types import Length

    started = time.perf_counter()
    _fits(style, output_format, length)
    size = parse_length(length or "medium")
    if style is StyleName.HEADLINE:
        size = Length(1, "sentences")  # an article without a headline gets its best sentence's
    refuse_same_file(source, output)
    document = _read(source, date, text_field)
    engine = _open(translator, glossary, beam_size, rerank)
    chat = summarizer.partition(":")[0] == "chat"
    writer = open_summarizer(summarizer, **({"glossary": glossary} if chat and glossary else {}))
    if order is None:
        whole = output_format in (Format.JSON, Format.HTML)
        order = OrderName.TRANSLATE_FIRST if whole else OrderName.SUMMARIZE_FIRST
    summary, translation = summarise(
        document,
        writer,
        engine,
        length=size,
        order=order.value,
        strict=strict,
        glossary=_glossary(glossary),
    )
    parts = [PIPELINE_VERSION, writer.signature, f"length={size.count}{size.unit[0]}"]
    if strict and isinstance(writer, Abstractive):
        parts.append("strict")
    run = _run(engine, translator, summarizer, parts, date, started)
    _finish(
        Result(document, translation, run, summary),
        output_format,
        style.value,
        show_sources=show_sources,
        strict=strict,
        output=output,
        quiet=quiet,
    )


@guarded
def translate(
    source: Input,
    output_format: FormatOption = Format.TEXT,
    show_sources: SourcesOption = False,
    translator: TranslatorOption = "embedded",
    date: DateOption = None,
    glossary: GlossaryOption = None,
    beam_size: BeamOption = None,
    rerank: RerankOption = None,
    strict: StrictOption = False,
    text_field: FieldOption = "text",
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Translate one Indonesian article into English, paragraph by paragraph."""
    from toolkit.render.result import Result
    from toolkit.summarize.pipeline import translate_document

    started = time.perf_counter()
    refuse_same_file(source, output)
    document = _read(source, date, text_field)
    engine = _open(translator, glossary, beam_size, rerank)
    translation = translate_document(document, engine)
    run = _run(engine, translator, "", [], date, started)
    _finish(
        Result(document, translation, run),
        output_format,
        "paragraph",
        show_sources=show_sources,
        strict=strict,
        output=output,
        quiet=quiet,
    )


def _read(source: str, date: str | None, text_field: str) -> Document:
    from toolkit.reading import read_document
    from toolkit.reading.published import INFERRED

    day = None
    if date is not None:
        try:
            day = datetime.date.fromisoformat(date)
        except ValueError:
            raise UsageError(
                f"--date '{date}' is not a date; give it as YYYY-MM-DD, for example 2025-08-09."
            ) from None
    document = read_document(source, text_field=text_field, today=day)
    if day is None:
        return document
    notes = tuple(n for n in document.notes if not n.startswith(INFERRED))
    return replace(document, date=day.isoformat(), date_slack=0, notes=notes)


def _glossary(path: Path | None) -> Glossary | None:
    if path is None:
        return None
    from toolkit.text.names import Glossary

    return Glossary.load(path)


def _open(
    spec: str, glossary: Path | None, beam_size: int | None, rerank: bool | None
) -> Translator:
    from toolkit.translate import open_translator
    from toolkit.translate.opening import article_decoding

    return open_translator(
        spec,
        decoding=partial(article_decoding, beam_size=beam_size, rerank=rerank),
        glossary=_glossary(glossary),
        retries="thorough",
    )


def _fits(style: StyleName, output_format: Format, length: str | None) -> None:
    """Refuse choices that exclude each other. Raises UsageError."""
    if output_format is Format.JSON and style is not StyleName.PARAGRAPH:
        raise UsageError(
            f"--style {style.value} shapes text, markdown and html; JSON always holds headline, "
            "text and sentences, so leave --style out."
        )
    if style is StyleName.HEADLINE and length is not None:
        raise UsageError(
            "--length has no meaning with --style headline, which prints the headline alone; "
            "leave one of them out."
        )


def _run(
    engine: Translator,
    translator: str,
    summarizer: str,
    parts: list[str],
    date: str | None,
    started: float,
) -> Run:
    """The run's facts; ``parts`` of the signature come before the date given and the engine's."""
    from toolkit.render.result import Run

    dated = [f"date={date}"] if date is not None else []
    return Run(
        translator,
        summarizer,
        "|".join([*parts, *dated, engine.signature]),
        time.perf_counter() - started,
        engine=engine.name,
    )


def _finish(
    result: Result,
    output_format: Format,
    style: str,
    *,
    show_sources: bool,
    strict: bool,
    output: Path | None,
    quiet: bool,
) -> None:
    """Write the result, then notes and flags on stderr; under --strict flags fail the command."""
    from toolkit.render import RENDERERS
    from toolkit.render.result import View
    from toolkit.summarize.wording import counted

    view = View(style=style, show_sources=show_sources)  # type: ignore[arg-type]
    write_output(RENDERERS.load(output_format.value)(result, view), output)
    body = style != StyleName.HEADLINE
    headline = not body or output_format is not Format.TEXT or result.summary is None
    flags = result.flags(headline=headline, body=body)
    if not quiet:
        notes = result.summary.notes if result.summary and body else ()
        for note in (*result.document.notes, *notes):
            say(f"note: {note}")
        for where, check in flags:
            say(f"{check.severity}: {where}: {check.kind}: {check.detail}")
    failed = [check for _, check in flags if check.severity != "info"]
    if strict and failed:
        raise ChecksFailedError(
            f"{counted(len(failed), 'check')} failed and --strict is set; the output was written "
            "all the same."
        )
