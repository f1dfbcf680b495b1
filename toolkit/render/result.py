"""What the renderers are given: a document with its summary or translation, and the run's facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit import __version__
from toolkit.types import Check, Document, Summary, Translation

Style = Literal["paragraph", "bullets", "headline"]


@dataclass(frozen=True, slots=True)
class Run:
    """Facts of one run: the parts' names, the signature of all that shapes the output, seconds."""

    translator: str
    summarizer: str
    signature: str
    seconds: float
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Result:
    """One processed document; ``summary`` is None for a plain translation."""

    document: Document
    translation: Translation
    run: Run
    summary: Summary | None = None

    def flags(self) -> list[tuple[str, Check]]:
        """Findings a reader must see, each with where it stands ("summary 1", "sentence 4").

        Warnings and errors, and whatever concerns the user's own glossary.
        A summary's own findings come first; a sentence's findings that the summary already
        carries are not repeated.
        """
        found: list[tuple[str, Check]] = []
        covered: set[int] = set()
        if self.summary is not None:
            for number, sentence in enumerate(self.summary.sentences, 1):
                covered.update(sentence.support)
                found += [(f"summary {number}", c) for c in sentence.checks]
        if self.translation.title is not None:
            found += [("headline", c) for c in self.translation.title.checks]
        for i, hypothesis in sorted(self.translation.hypotheses.items()):
            if i not in covered:
                found += [(f"sentence {i}", c) for c in hypothesis.checks]
        return [(w, c) for w, c in found if c.severity != "info" or c.kind == "glossary"]


@dataclass(frozen=True, slots=True)
class View:
    """How a result is to look; formats ignore what does not concern them."""

    style: Style = "paragraph"
    show_sources: bool = False
