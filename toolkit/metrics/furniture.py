"""Furniture leakage: page furniture of an Indonesian news site that got into the English summary.

Patterns over English (and untranslated Indonesian) text: "read also" links, bylines, datelines,
social-media lines, copyright notices, advertisement marks. Taking furniture out of pages is
``toolkit.reading``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.metrics.base import Item, Metric, signature

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

_PATTERNS = (
    r"\b(?:baca|lihat|simak|tonton)\s+(?:juga|selengkapnya|artikel)\b[^.!?]*",
    r"\b(?:read|see|watch)\s+(?:also|too|more|next)\s*:[^.!?]*",
    r"\balso\s+read\s*:[^.!?]*",
    r"\b(?:penulis|pewarta|penerjemah|reporter|editor|author|writer|translator|source|photo|laporan|"
    r"report)\s*:\s*\w[^.!?]*",
    r"\b(?:scroll to (?:continue|resume)|advertisement|iklan)\b(?!s)[^.!?]*",
    r"(?:copyright\s*©|©\s*\d{4}|\ball rights? reserved\b)[^.!?]*",
    r"\b(?:follow (?:us|our)|ikuti kami|join (?:us|our)|google news|whatsapp channel|"
    r"saluran whatsapp)\b[^.!?]*",
    r"^\s*[A-Z][\w./]*(?:\.(?:com|id|co\.id|net|tv))\b\s*[-–—,][^.!?]{0,30}",
    r"^\s*[A-Z][\w .]{2,30}\((?:ANTARA|Antara|KOMPAS\.com|Reuters|AFP)\)\s*[-–—]",
    r"\b(?:dilarang keras|it is strictly prohibited|strictly forbidden) (?:to )?"
    r"(?:mengambil|take|crawl|copy)[^.!?]*",
    r"\b\d+ (?:jam|menit|hari) lalu\b|\b\d+ (?:hours?|minutes?) ago\w+\.(?:com|tv|id)\b",
    r"\b(?:latest news|berita terkini|recommendations? for you|rekomendasi untuk anda)\b",
)
_FURNITURE = re.compile("|".join(f"(?:{p})" for p in _PATTERNS), re.IGNORECASE | re.MULTILINE)


def leaks(text: str) -> list[str]:
    """The pieces of furniture found in an English text, in order, at most 60 characters each."""
    return [match.group().strip()[:60] for match in _FURNITURE.finditer(text)]


class Furniture(Metric):
    """Share of summaries with page furniture in them, in percent; columns: leaks, 1."""

    name = "furniture"
    label = "Furniture"
    unit = "%"
    direction = "lower"

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """One row an item: 1 when furniture is found, and 1."""
        import numpy as np

        return np.asarray([(float(bool(leaks(i.hypothesis))), 1.0) for i in items])

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """How many patterns are looked for."""
        return signature(self.name, patterns=len(_PATTERNS))
