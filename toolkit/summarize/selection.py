"""From a ranking to the sentences of an extractive summary.

Greedy by rank under constraints: no near-repeats, no sentence that can't stand alone unless the
one it leans on comes right before it, no announcement of a list, no direct speech without its
speaker, nothing that speaks to software instead of readers; then the length. English word counts
come from a translate function that is asked for as few sentences as possible, so that translating
everything first or only the chosen ones gives the same summary. Wording is left to ``polish``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.summarize import cohesion
from toolkit.summarize.base import Ranked
from toolkit.summarize.hostile import addresses_software
from toolkit.summarize.length import band
from toolkit.summarize.lexical import content_words, cosine, overlap, tfidf
from toolkit.types import Document, Hypothesis, Length, Sentence

Translate = Callable[[Sequence[Sentence]], Mapping[int, Hypothesis]]

ENGLISH_PER_INDONESIAN = 1.19
"""English words for each Indonesian word: 1.193 over the 35,411 pairs of newswire_translated."""
SAME_COSINE = 0.55
SAME_OVERLAP = 0.7
MIN_WORDS = 5
MAX_DOUBTFUL = 3
"""How many sentences with an unreliable translation are passed over for the next in rank."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen sentence ids in document order, their hypotheses, and what a reader must know."""

    ids: tuple[int, ...]
    hypotheses: Mapping[int, Hypothesis]
    notes: tuple[str, ...] = ()


class _Pool:
    """The candidates of a document: who may be taken next, given what is taken."""

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
            or cohesion.loose_quote(text)
            or addresses_software(text)
        }
        self.dangling = {i for i, text in self.texts.items() if cohesion.opens_dangling(text)}
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

    def next(self, chosen: Sequence[int], refused: set[int], room: float) -> int | None:
        """Best candidate of at most ``room`` expected words, or None."""
        for i in self.order:
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


def select(
    document: Document, ranked: Sequence[Ranked], length: Length, translate: Translate
) -> Selection:
    """Choose sentences of a document for a summary of the given length.

    ``translate`` gives hypotheses for sentences; it may be called several times. A sentence whose
    hypothesis carries a warning or an error is passed over for the next in rank (three times at
    most) and named in the notes; the best-ranked sentence only gives way to an error, since the
    summary would lose its subject.
    """
    pool = _Pool(document, ranked)
    done: dict[int, Hypothesis] = {}
    refused: set[int] = set()
    notes: list[str] = []

    def words(chosen: Sequence[int]) -> int:
        return sum(len(done[i].text.split()) for i in chosen)

    def translated(chosen: list[int]) -> list[int]:
        """Translate what is new and drop what came out unreliable."""
        missing = [pool.by_id[i] for i in chosen if i not in done]
        if missing:
            done.update(translate(missing))
        for i in list(chosen):
            grave = ("error",) if i == pool.order[0] else ("error", "warning")
            bad = [c for c in done[i].checks if c.severity in grave]
            if bad and i in chosen and len(refused) < MAX_DOUBTFUL:
                refused.add(i)
                chosen = pool.without(chosen, i)
                notes.append(f"Sentence {i} was passed over: {bad[0].detail}")
        return chosen

    chosen: list[int] = []
    if length.unit == "sentences":
        while len(chosen) < length.count:
            batch = list(chosen)
            while len(batch) < length.count:
                pick = pool.next(batch, refused, float("inf"))
                if pick is None:
                    break
                batch.append(pick)
            if batch == chosen:
                break
            chosen = translated(batch)
    else:
        chosen = _fill_words(pool, length, translated, words, refused)
    if not chosen and (pick := pool.last_resort([])) is not None:
        refused.add(pick)
        done.update({i: h for i, h in translate([pool.by_id[pick]]).items() if i not in done})
        chosen = [pick]
    if length.unit == "words" and chosen:
        low, high = band(length)
        count = words(chosen)
        if not low <= count <= high:
            notes.append(
                f"The summary has {count} words; whole sentences of this article gave nothing "
                f"nearer to {length.count}."
            )
    elif len(chosen) < length.count:
        notes.append(
            f"The summary has {len(chosen)} sentences; the article has no more that stand on "
            "their own and say something new."
        )
    ids = tuple(sorted(chosen))
    return Selection(ids, {i: done[i] for i in ids}, tuple(notes))


def _fill_words(
    pool: _Pool,
    length: Length,
    translated: Callable[[list[int]], list[int]],
    words: Callable[[Sequence[int]], int],
    refused: set[int],
) -> list[int]:
    """Take sentences by rank until the English text is as near to the length as they allow.

    Sentences are added while the text is shorter than asked and the next one is expected to stay
    within the band; one that turns out longer than expected is left out again.
    """
    _, high = band(length)
    chosen: list[int] = []
    too_long: set[int] = set()
    while True:
        batch = list(chosen)
        expected = float(words(chosen))
        while expected < length.count:
            pick = pool.next(batch, refused | too_long, high - expected)
            if pick is None:
                break
            batch.append(pick)
            expected += pool.estimate(pick)
        if batch == chosen:
            if not chosen and (pick := pool.next([], refused | too_long, float("inf"))) is not None:
                return translated([pick])
            return chosen
        added = [i for i in batch if i not in chosen]
        chosen = translated(batch)
        while words(chosen) > high and len(chosen) > 1:
            worst = next((i for i in reversed(added) if i in chosen), chosen[-1])
            too_long.add(worst)
            chosen = pool.without(chosen, worst)
        if words(chosen) >= length.count:
            return chosen
