"""The candidates of an extractive summary: who may be taken next, given what is taken.

No near-repeats, no sentence that can't stand alone unless the one it leans on comes right before
it, no announcement of a list, no line of results, no direct speech without its speaker, no
sentence that only says who said it, nothing that speaks to software instead of readers. The length
and the translations are ``selection``'s.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from toolkit.summarize import cohesion
from toolkit.summarize.base import Ranked
from toolkit.summarize.hostile import addresses_software
from toolkit.summarize.lexical import content_words, cosine, overlap, tfidf
from toolkit.summarize.quotations import cuts
from toolkit.types import Document

ENGLISH_PER_INDONESIAN = 1.19
"""English words for each Indonesian word: 1.193 over the 35,411 pairs of newswire_translated."""
SAME_COSINE = 0.55
SAME_OVERLAP = 0.7
MIN_WORDS = 5


class Pool:
    """The story sentences of a document in order of rank, and what keeps each from being taken."""

    def __init__(self, document: Document, ranked: Sequence[Ranked]) -> None:
        story = document.story_sentences
        self.by_id = {s.id: s for s in story}
        self.order = [r.sentence_id for r in ranked]
        self.texts = {s.id: s.clean for s in story}
        self.bags = {i: content_words(t) for i, t in self.texts.items()}
        vectors = tfidf([self.bags[s.id] for s in story])
        self.vectors = dict(zip((s.id for s in story), vectors, strict=True))
        self.before = {b.id: a.id for a, b in pairwise(story)}
        lists = {s.id for p in document.paragraphs if p.kind == "list" for s in p.sentences}
        self.unfit = {
            i
            for i, text in self.texts.items()
            if i in lists
            or len(text.split()) < MIN_WORDS
            or text.endswith("?")
            or cohesion.announces(text)
            or cohesion.is_result(text)
            or cohesion.loose_quote(text)
            or cohesion.only_attributes(text)
            or addresses_software(text)
        }
        spoken = {i for i, cut in cuts(document).items() if cut.inside}
        self.dangling = {
            i for i, text in self.texts.items() if i in spoken or cohesion.opens_dangling(text)
        }
        self.points_at = {i: cohesion.refers_back(text) for i, text in self.texts.items()}

    def stands(self, sentence_id: int, chosen: Sequence[int]) -> bool:
        """Whether a sentence can be understood after those chosen that come before it."""
        if self.before.get(sentence_id) in chosen:
            return True
        if sentence_id in self.dangling:
            return False
        wanted = self.points_at[sentence_id]
        return not wanted or any(wanted & set(self.bags[c]) for c in chosen if c < sentence_id)

    def estimate(self, sentence_id: int) -> float:
        """Expected English words."""
        return len(self.texts[sentence_id].split()) * ENGLISH_PER_INDONESIAN

    def repeats(self, sentence_id: int, chosen: Sequence[int]) -> bool:
        """Whether a chosen sentence already says most of this one, or the other way round."""
        bag = self.bags[sentence_id]
        return any(
            cosine(self.vectors[sentence_id], self.vectors[c]) > SAME_COSINE
            or overlap(bag, self.bags[c]) > SAME_OVERLAP
            or overlap(self.bags[c], bag) > SAME_OVERLAP
            for c in chosen
        )

    def next(
        self, chosen: Sequence[int], refused: Set[int], room: float, among: Set[int] | None = None
    ) -> int | None:
        """Best candidate (of ``among``) of at most ``room`` expected words, or None."""
        for i in self.order:
            if among is not None and i not in among:
                continue
            if i in chosen or i in refused or i in self.unfit or self.estimate(i) > room:
                continue
            if self.stands(i, chosen) and not self.repeats(i, chosen):
                return i
        return None

    def without(self, chosen: Sequence[int], gone: int) -> list[int]:
        """``chosen`` less one sentence and less what leaned on it."""
        rest = [i for i in chosen if i != gone]
        while loose := [i for i in rest if not self.stands(i, rest)]:
            rest = [i for i in rest if i not in loose]
        return rest

    def last_resort(self, chosen: Sequence[int]) -> int | None:
        """Any sentence at all, best first: a thin story still gets a summary."""
        return next((i for i in self.order if i not in chosen), None)
