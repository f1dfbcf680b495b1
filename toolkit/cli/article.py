"""``ringkas summarize`` and ``ringkas translate``: one article in, English out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.choices import Format, OrderName, StyleName
from toolkit.cli.common import guarded, refuse_same_file, say, write_output
from toolkit.errors import ChecksFailedError, UsageError

if TYPE_CHECKING:
    from toolkit.render.result import Result, Style


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
            help="ranker, centrality, lead, seq2seq:MODEL, cross-lingual:MODEL, chat:MODEL.",
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
    from toolkit.api import Ringkas
    from toolkit.summarize.length import parse_length
    from toolkit.types import Length

    _fits(style, output_format, length)
    size = parse_length(length or "medium")
    if style is StyleName.HEADLINE:
        size = Length(1, "sentences")  # an article without a headline gets its best sentence's
    refuse_same_file(source, output)
    ringkas = Ringkas(translator, summarizer, glossary=glossary, beam_size=beam_size, rerank=rerank)
    if order is None:
        whole = output_format in (Format.JSON, Format.HTML)
        order = OrderName.TRANSLATE_FIRST if whole else OrderName.SUMMARIZE_FIRST
    result = ringkas.summarize(
        source, length=size, order=order.value, strict=strict, date=date, text_field=text_field
    )
    _finish(
        result,
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
    from toolkit.api import Ringkas

    refuse_same_file(source, output)
    ringkas = Ringkas(translator, glossary=glossary, beam_size=beam_size, rerank=rerank)
    result = ringkas.translate(source, date=date, text_field=text_field)
    _finish(
        result,
        output_format,
        "paragraph",
        show_sources=show_sources,
        strict=strict,
        output=output,
        quiet=quiet,
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


def _finish(
    result: Result,
    output_format: Format,
    style: Style,
    *,
    show_sources: bool,
    strict: bool,
    output: Path | None,
    quiet: bool,
) -> None:
    """Write the result, then notes and flags on stderr; under --strict flags fail the command."""
    from toolkit.api import render
    from toolkit.summarize.wording import counted

    form = output_format.value
    write_output(render(result, form, style=style, show_sources=show_sources), output)
    body = style != "headline"
    headline = not body or output_format is not Format.TEXT or result.summary is None
    flags = result.flags(headline=headline, body=body)
    if not quiet:
        notes = result.summary.notes if result.summary and body else ()
        for note in (*result.document.notes, *notes):
            say(f"note: {note}")
        for where, check in flags:
            say(f"{check.severity}: {where}: {check.kind}: {check.detail}")
    if result.summary is not None and not result.summary.sentences:
        raise ChecksFailedError("Nothing is left of the summary; the notes say why.")
    failed = [check for _, check in flags if check.severity != "info"]
    if strict and failed:
        raise ChecksFailedError(
            f"{counted(len(failed), 'check')} failed and --strict is set; the output was written "
            "all the same."
        )
