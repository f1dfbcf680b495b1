"""Contracts of the summarising step: extractive rankers and whole-text summarisers.

An *extractive* summariser orders the source sentences by worth and never sees English; selection
to length, redundancy control, coherence and translation belong to ``toolkit.summarize.pipeline``.
An *abstractive* one writes English itself and is checked by ``toolkit.summarize.support``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from toolkit.types import Document, Length, Translation


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence id with its score; higher is better, scores compare only within a document."""

    sentence_id: int
    score: float


@runtime_checkable
class Extractive(Protocol):
    """Orders the story sentences of a document by worth."""

    name: str
    signature: str

    def rank(self, document: Document) -> list[Ranked]:
        """All story sentences (no headings), best first; ties in document order."""
        ...


@runtime_checkable
class Abstractive(Protocol):
    """Writes an English summary of its own."""

    name: str
    signature: str
    needs_translation: bool
    """True: reads the English translation; False: goes from Indonesian to English in one step."""

    def write(
        self, document: Document, translation: Translation | None, length: Length
    ) -> Sequence[str]:
        """English summary sentences in order."""
        ...
