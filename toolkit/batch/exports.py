"""What a job writes beside its main output: sentence pairs (TMX 1.4b, TSV), a digest to read.

Of the pairs, only sentences with a translation are in; each names its document, its number and
its flags. The digests are made in ``digest``.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any, BinaryIO, Literal, Protocol

from toolkit import __version__
from toolkit.batch.digest import HtmlDigest, MarkdownDigest
from toolkit.batch.parts import Counts
from toolkit.types import clean_text

ExportFormat = Literal["tmx", "tsv", "html", "markdown"]
DIGESTS: frozenset[ExportFormat] = frozenset({"html", "markdown"})
"""Exports that show summaries: for that task only."""
FILES: dict[ExportFormat, str] = {
    "tmx": "pairs.tmx", "tsv": "pairs.tsv", "html": "digest.html", "markdown": "digest.md",
}  # fmt: skip
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_TMX_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="ringkas" creationtoolversion="{__version__}" segtype="sentence"
 o-tmf="ringkas.batch" adminlang="en" srclang="id" datatype="plaintext"/>
<body>
"""


class Exporter(Protocol):
    """Takes rows and rejects in input order; ``close`` writes the end, but leaves the file open."""

    def write(self, line: bytes) -> None:
        """Add a row (its JSON)."""
        ...

    def reject(self, line: bytes) -> None:
        """Add a reject (its JSON)."""
        ...

    def close(self) -> None:
        """Write the end."""
        ...


def open_export(format: ExportFormat, file: BinaryIO, counts: Counts) -> Exporter:
    """An exporter to ``file`` of a job whose rows and rejects are counted in ``counts``."""
    if format in DIGESTS:
        return (HtmlDigest if format == "html" else MarkdownDigest)(file, counts)
    return PairExporter(format, file)


class PairExporter:
    """Writes the sentence pairs of rows to ``file``."""

    def __init__(self, format: ExportFormat, file: BinaryIO) -> None:
        self._format = format
        self._file = file
        head = _TMX_HEAD if format == "tmx" else "document\tsentence\tid\ten\tflags\n"
        file.write(head.encode())

    def write(self, line: bytes) -> None:
        """Add the sentence pairs of a row (its JSON)."""
        record = json.loads(line)
        make = _tmx if self._format == "tmx" else _tsv
        for pair in record["sentences"]:
            if pair["translation"]:
                self._file.write(make(record["id"], pair).encode())

    def reject(self, line: bytes) -> None:
        """A reject has no pairs."""

    def close(self) -> None:
        """Write the end."""
        if self._format == "tmx":
            self._file.write(b"</body>\n</tmx>\n")


def _flags(pair: dict[str, Any]) -> str:
    return " ".join(sorted({c["kind"] for c in pair["checks"] if c["severity"] != "info"}))


def _tsv(document: str, pair: dict[str, Any]) -> str:
    fields = (document, str(pair["id"]), pair["text"], pair["translation"], _flags(pair))
    return "\t".join(clean_text(f) for f in fields) + "\n"


def _tmx(document: str, pair: dict[str, Any]) -> str:
    flags = _flags(pair)
    noted = f'<prop type="x-flags">{escape(flags)}</prop>' if flags else ""
    return (
        f'<tu tuid="{escape(_xml(document))}#{pair["id"]}">{noted}'
        f'<tuv xml:lang="id"><seg>{escape(_xml(clean_text(pair["text"])))}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{escape(_xml(clean_text(pair["translation"])))}</seg></tuv>'
        "</tu>\n"
    )


def _xml(text: str) -> str:
    """The text without characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("", text)
