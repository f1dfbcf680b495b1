"""What the renderers are given: a document with its summary or translation, and the run's facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit import __version__
from toolkit.summarize.wording import opening
from toolkit.types import Check, Document, Summary, Translation

Style = Literal["paragraph", "bullets", "headline"]


@dataclass(frozen=True, slots=True)
class Run:
    """Facts of one run: the parts' names, the signature of all that shapes the output, seconds.

    ``translator`` and ``summarizer`` are the names the user gave; ``engine`` is the backend that
    the translator runs on.
    """

    translator: str
    summarizer: str
    signature: str
    seconds: float
    version: str = __version__
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One processed document; ``summary`` is None for a plain translation."""

    document: Document
    translation: Translation
    run: Run
    summary: Summary | None = None

    def flags(self, *, headline: bool = True, body: bool = True) -> list[tuple[str, Check]]:
        """Findings about the text that is shown, each with where it stands.

        Warnings and errors, and whatever concerns the user's own glossary. Of a summary: its
        headline's (``headline``) and its sentences' own (``body``); of a plain translation:
        everything's. A place is named by the ids of the source sentences, as ``--show-sources``,
        the JSON and the page give them, and by its first words.
        """
        found: list[tuple[str, Check]] = []
        title = self.translation.title
        if headline and title is not None:
            found += [(f'headline "{opening(title.text)}"', c) for c in title.checks]
        if self.summary is not None:
            shown = self.summary.sentences
            if not body:  # without a headline of its own, the first sentence serves as one
                shown = shown[:1] if headline and not self.summary.title else ()
            for sentence in shown:
                ids = ", ".join(map(str, sentence.support))
                where = f'summary [{ids}] "{opening(sentence.text)}"'
                found += [(where, c) for c in sentence.checks]
        else:
            texts = {s.id: s.clean for s in self.document.sentences}
            for i, hypothesis in sorted(self.translation.hypotheses.items()):
                where = f'sentence [{i}] "{opening(texts[i])}"'
                found += [(where, c) for c in hypothesis.checks]
        return [(w, c) for w, c in found if matters(c)]


def matters(check: Check) -> bool:
    """Whether a reader must see a check."""
    return check.severity != "info" or check.kind == "glossary"


@dataclass(frozen=True, slots=True)
class View:
    """How a result is to look; formats ignore what does not concern them."""

    style: Style = "paragraph"
    show_sources: bool = False
