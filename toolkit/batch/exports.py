"""Sentence pairs as a translation memory (TMX 1.4b) or as TSV, in input order.

Only sentences with a translation are in; each names its document, its number and its flags.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any, BinaryIO, Literal

from toolkit import __version__
from toolkit.types import clean_text

ExportFormat = Literal["tmx", "tsv"]
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_TMX_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="ringkas" creationtoolversion="{__version__}" segtype="sentence"
 o-tmf="ringkas.batch" adminlang="en" srclang="id" datatype="plaintext"/>
<body>
"""


class Exporter:
    """Writes the pairs of rows to ``file``; ``close`` writes the end, but does not close it."""

    def __init__(self, format: ExportFormat, file: BinaryIO) -> None:
        self._format = format
        self._file = file
        self.pairs = 0
        head = _TMX_HEAD if format == "tmx" else "document\tsentence\tid\ten\tflags\n"
        file.write(head.encode())

    def write(self, line: bytes) -> None:
        """Add the sentence pairs of a row (its JSON)."""
        record = json.loads(line)
        make = _tmx if self._format == "tmx" else _tsv
        for pair in record["sentences"]:
            if pair["translation"]:
                self._file.write(make(record["id"], pair).encode())
                self.pairs += 1

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
