"""From a ranking to the sentences of an extractive summary.

Greedy by rank among the candidates of a ``Pool``; then the length. English word counts
come from a translate function that is asked for as few sentences as possible, so that translating
everything first or only the chosen ones gives the same summary. Wording is left to ``polish``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.summarize.base import Ranked
from toolkit.summarize.length import band
from toolkit.summarize.pool import Pool
from toolkit.summarize.wording import counted, opening
from toolkit.types import Check, Document, Hypothesis, Length, Sentence

Translate = Callable[[Sequence[Sentence]], Mapping[int, Hypothesis]]

RUINOUS = frozenset({"omission", "repetition", "copied", "length"})
"""Errors of these kinds concern a whole sentence, not one of its facts."""
MAX_ROUNDS = 3
"""How often sentences with unreliable translations are passed over for the next in rank."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen sentence ids in document order, their hypotheses, and what a reader must know."""

    ids: tuple[int, ...]
    hypotheses: Mapping[int, Hypothesis]
    notes: tuple[str, ...] = ()


class _Choice:
    """One selection under way: what is translated, chosen, and passed over for another."""

    def __init__(self, pool: Pool, length: Length, translate: Translate) -> None:
        self.pool = pool
        self.length = length
        self.translate = translate
        self.done: dict[int, Hypothesis] = {}
        self.chosen: list[int] = []
        self.passed: dict[int, Check] = {}
        """Sentences given up for their translation, and the finding that did it."""
        self.kept: set[int] = set()
        """Sentences that stay whatever their translation is: nothing can stand in for them."""
        self.too_long: set[int] = set()
        self.rounds = 0
        story = sorted(pool.by_id)
        self.leads = {*pool.order[:1], *story[:1]}

    def words(self, chosen: Sequence[int] | None = None) -> int:
        """English words of what is chosen."""
        ids = self.chosen if chosen is None else chosen
        return sum(len(self.done[i].text.split()) for i in ids)

    def fulfilled(self) -> bool:
        """Whether the length asked for is reached."""
        if self.length.unit == "sentences":
            return len(self.chosen) >= self.length.count
        return self.words() >= band(self.length)[0]

    def take(self, batch: list[int]) -> None:
        """Choose a batch: translate what is new and give up what came out unreliable."""
        passed = len(self.passed)
        missing = [self.pool.by_id[i] for i in batch if i not in self.done]
        if missing:
            self.done.update(self.translate(missing))
        for i in list(batch):
            bad = self.doubt(i)
            if bad is not None and i in batch:
                self.passed[i] = bad
                batch = self.pool.without(batch, i)
        self.rounds += len(self.passed) > passed
        self.chosen = batch

    def doubt(self, sentence_id: int) -> Check | None:
        """Why a translated sentence should give way to the next in rank, or None."""
        if sentence_id in self.kept:
            return None
        checks = [c for c in self.done[sentence_id].checks if c.severity != "info"]
        if sentence_id in self.leads:
            return _ruin(checks)
        return next((c for c in checks if c.severity == "error"), checks[0] if checks else None)

    def fill(self) -> None:
        """Take sentences by rank until the length is reached or none is left."""
        if self.length.unit == "words":
            self.fill_words()
            return
        while len(self.chosen) < self.length.count and self.rounds <= MAX_ROUNDS:
            batch = list(self.chosen)
            while len(batch) < self.length.count:
                pick = self.pool.next(batch, self.passed.keys(), math.inf)
                if pick is None:
                    break
                batch.append(pick)
            if batch == self.chosen:
                return
            self.take(batch)

    def fill_words(self) -> None:
        """Take sentences until the English is as near to the length as they allow.

        Sentences are added while the text is shorter than asked and the next one is expected to
        stay within the band; one that turns out longer than expected is left out again.
        """
        _, high = band(self.length)
        pool = self.pool
        while self.rounds <= MAX_ROUNDS:
            batch = list(self.chosen)
            expected = float(self.words())
            out = self.passed.keys() | self.too_long
            while expected < self.length.count:
                pick = pool.next(batch, out, high - expected)
                if pick is None:
                    break
                batch.append(pick)
                expected += pool.estimate(pick)
            if batch == self.chosen:
                if not batch and (pick := pool.next([], out, math.inf)) is not None:
                    self.take([pick])
                return
            added = [i for i in batch if i not in self.chosen]
            self.take(batch)
            while self.words() > high and len(self.chosen) > 1:
                worst = next((i for i in reversed(added) if i in self.chosen), self.chosen[-1])
                self.too_long.add(worst)
                self.chosen = pool.without(self.chosen, worst)
            if self.words() >= self.length.count:
                return

    def complete(self) -> None:
        """Reach the length where the best sentences alone don't: flagged ones come back."""
        self.fill()
        while not self.fulfilled():
            if not self.take_back():
                if self.rounds <= MAX_ROUNDS:
                    return
                self.rounds = 0
            self.fill()

    def take_back(self) -> bool:
        """Choose the best sentence passed over, flag and all; False when none fits."""
        usable = {
            i
            for i in self.passed
            if _ruin(self.done[i].checks) is None
            and (
                self.length.unit == "sentences"
                or not self.chosen
                or self.words([*self.chosen, i]) <= band(self.length)[1]
            )
        }
        pick = self.pool.next(self.chosen, set(), math.inf, usable)
        if pick is None:
            return False
        del self.passed[pick]
        self.kept.add(pick)
        self.chosen.append(pick)
        return True

    def notes(self) -> list[str]:
        """What a reader must know about the choice."""
        found = []
        for i, check in self.passed.items():
            if i in self.chosen:
                continue
            ruined = _ruin(self.done[i].checks) is not None
            how = "was left out" if ruined else "gave way to others"
            where = f'Sentence [{i}] "{opening(self.pool.texts[i])}"'
            found.append(f"{where} {how}, its translation being flagged: {check.detail}")
        size, asked = len(self.chosen), self.length.count
        if self.length.unit == "sentences":
            if size < asked:
                found.append(
                    f"The summary has {counted(size, 'sentence')} instead of {asked}"
                    f"{self.rest() or ': the article has no more'}."
                )
            return found
        low, high = band(self.length)
        count = self.words()
        if self.chosen and count < low:
            found.append(
                f"The summary has {counted(count, 'word')} instead of about {asked}"
                f"{self.rest() or ': the article has no more'}."
            )
        elif count > high:
            found.append(
                f"The summary has {counted(count, 'word')} instead of about {asked}: one sentence "
                "alone is that long."
            )
        return found

    def rest(self) -> str:
        """What keeps the sentences that were not chosen out, for a note; "" when all were."""
        pool, chosen = self.pool, self.chosen
        left = [i for i in pool.order if i not in chosen]
        flagged = [i for i in left if i in self.passed]
        others = [i for i in left if i not in self.passed]
        alone = [i for i in others if i in pool.unfit or not pool.stands(i, chosen)]
        same = [i for i in others if i not in alone and pool.repeats(i, chosen)]
        long = [i for i in others if i not in alone and i not in same]
        parts = [
            (alone, "can't stand alone"),
            (same, "would repeat it"),
            (long, "would make it too long"),
            (flagged, "came out badly"),
        ]
        told = ", ".join(f"{len(ids)} that {what}" for ids, what in parts if ids)
        return f"; left out: {told}" if told else ""


def _ruin(checks: Sequence[Check]) -> Check | None:
    """The finding that leaves nothing of a sentence to trust, unlike a single wrong fact."""
    return next((c for c in checks if c.severity == "error" and c.kind in RUINOUS), None)


def select(
    document: Document, ranked: Sequence[Ranked], length: Length, translate: Translate
) -> Selection:
    """Choose sentences of a document for a summary of the given length.

    ``translate`` gives hypotheses for sentences; it may be called several times. A sentence whose
    hypothesis carries a warning or an error is passed over for the next in rank (in three rounds at
    most) and named in the notes. It comes back, with its flag, where the length is not reached
    without it. The best-ranked sentence and the story's first have no substitute: they only give
    way when their translation is ruined (``RUINOUS``), as does any sentence for good.
    """
    pool = Pool(document, ranked)
    choice = _Choice(pool, length, translate)
    choice.complete()
    if not choice.chosen and (pick := pool.last_resort([])) is not None:
        choice.kept.add(pick)
        choice.take([pick])
    ids = tuple(sorted(choice.chosen))
    return Selection(ids, {i: choice.done[i] for i in ids}, tuple(choice.notes()))
