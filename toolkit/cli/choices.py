"""What the command line lets the user choose among: one enumeration an option."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """Output formats."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


class StyleName(StrEnum):
    """Shapes of a text summary."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    HEADLINE = "headline"


class TaskName(StrEnum):
    """What is done to each document."""

    TRANSLATE = "translate"
    SUMMARIZE = "summarize"


class TableFormat(StrEnum):
    """Formats of the main output."""

    JSONL = "jsonl"
    CSV = "csv"
    SPREADSHEET = "spreadsheet"
    PARQUET = "parquet"


class ExportName(StrEnum):
    """What a batch job can write beside its main output."""

    TMX = "tmx"
    TSV = "tsv"
    HTML = "html"
    MARKDOWN = "markdown"


class EngineName(StrEnum):
    """Where the work is done."""

    LOCAL = "local"
    RAY = "ray"


class OrderName(StrEnum):
    """Whether all sentences are translated for a summary, or only those it needs."""

    TRANSLATE_FIRST = "translate-first"
    SUMMARIZE_FIRST = "summarize-first"


class OtherLanguage(StrEnum):
    """What becomes of text that is not Indonesian."""

    REJECT = "reject"
    KEEP = "keep"
