"""The data that flows through the pipeline: frozen, slotted dataclasses and nothing else.

Document → Translation → Summary. Ids and offsets are made once, at reading, and never
recomputed from text; every derived object points back to sentence ids. This module does no
parsing and no input/output: reading makes documents, translate makes hypotheses, summarize makes
summaries, cli.render writes them out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from toolkit.errors import UsageError

Severity = Literal["info", "warning", "error"]
"""info: repaired or merely noted; warning: a reader must look; error: do not trust the sentence."""

ParagraphKind = Literal["text", "heading", "list"]
"""What a paragraph is; headings are translated but never chosen for a summary."""

Order = Literal["translate-first", "summarize-first"]

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_SPACE = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Return text for models and people: NFC, no invisible characters, single spaces, stripped.

    Soft hyphens, zero-width and bidirectional control characters go; every run of white space
    (line breaks and no-break spaces included) becomes one space.
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text.translate(_INVISIBLE))).strip()


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of page furniture taken out of the story.

    ``text`` is the piece as it stood, ``rule`` the name of the furniture rule, ``start`` and
    ``end`` its character offsets in ``Document.text``.
    """

    text: str
    rule: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document; ``document.text[start:end] == text`` holds exactly."""

    id: int
    paragraph: int
    start: int
    end: int
    text: str

    @property
    def clean(self) -> str:
        """The sentence as models and people read it (see ``clean_text``)."""
        return clean_text(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its id, its kind and its sentences in order."""

    id: int
    kind: ParagraphKind
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A story as read: the decoded text, what it is, its paragraphs, and what was taken out.

    ``text`` is the whole decoded input (for HTML, the extracted text); all offsets point into it.
    ``date`` is ISO 8601 (YYYY-MM-DD) or empty; ``language`` an ISO 639 code or "" when unknown.
    ``notes`` are warnings of the reading step (for instance "the text may be Malay").
    """

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    outlet: str = ""
    place: str = ""
    date: str = ""
    language: str = "id"
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()
    date_slack: int = 0
    """Days by which the article may be younger than ``date``, where that was only inferred."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order; the sentence with id ``i`` stands at position ``i``."""
        return tuple(s for p in self.paragraphs for s in p.sentences)

    @property
    def story_sentences(self) -> tuple[Sentence, ...]:
        """The sentences that may stand in a summary: all but headings."""
        return tuple(s for p in self.paragraphs if p.kind != "heading" for s in p.sentences)


@dataclass(frozen=True, slots=True)
class Check:
    """One finding about a translated or summarised sentence.

    ``kind`` is one of number, date, name, omission, repetition, copied, symbols, word, length,
    unsure, glossary, support, repaired, retried; ``detail`` is one plain sentence for a person.
    """

    kind: str
    severity: Severity
    detail: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translated segment: the text and what the guard found."""

    text: str
    checks: tuple[Check, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether a warning or an error stands against the segment."""
        return any(c.severity != "info" for c in self.checks)


@dataclass(frozen=True, slots=True)
class Translation:
    """Hypotheses by sentence id; a sentence that was not translated is absent.

    ``title`` is the translated headline, or None when there was none or it was not asked for.
    """

    document_id: str
    hypotheses: dict[int, Hypothesis]
    title: Hypothesis | None = None


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One English summary sentence and the ids of the source sentences it rests on."""

    text: str
    support: tuple[int, ...]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary: an English headline, its sentences in order, and the method that made it."""

    title: str
    sentences: tuple[SummarySentence, ...]
    method: str
    notes: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The summary as one paragraph."""
        return " ".join(s.text for s in self.sentences)

    @property
    def words(self) -> int:
        """Number of white-space separated words of the text."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary is to be: ``count`` words or sentences (count ≥ 1)."""

    count: int
    unit: Literal["words", "sentences"]

    def __post_init__(self) -> None:
        """Raises UsageError for a count below 1 and for another unit."""
        if self.count < 1 or self.unit not in ("words", "sentences"):
            raise UsageError(
                f"A length is at least 1 words or sentences, not {self.count} {self.unit}."
            )
