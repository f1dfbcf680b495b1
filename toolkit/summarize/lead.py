"""Lead baseline: sentences in document order. Strong on news, and always there to compare with."""

from __future__ import annotations

from toolkit.summarize.base import Ranked
from toolkit.types import Document


class Lead:
    """Ranks story sentences by position."""

    name = "lead"
    signature = "lead/1"

    def rank(self, document: Document) -> list[Ranked]:
        """Story sentences in document order (see ``Extractive.rank``)."""
        sentences = document.story_sentences
        return [Ranked(s.id, float(len(sentences) - i)) for i, s in enumerate(sentences)]


def create() -> Lead:
    """Entry point of the registry."""
    return Lead()
