"""Refuses outputs that do not belong line by line to what they are scored against.

Two checks: ids and counts (exact), and content (a line that says nothing of its own reference
but matches another one stands in the wrong place). One sentence names the first bad id. Reading
files is ``runs``'s business.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import InputError
from toolkit.metrics.words import words

OWN_AT_MOST = 0.2
"""A line is suspicious when its weighted overlap with its own reference is no more than this."""
OTHER_AT_LEAST = 0.35
"""… and it is out of place when another line's reference overlaps at least so much …"""
TIMES_AT_LEAST = 2.5
"""… and so many times more than its own."""
DISPLACED_AT_LEAST = 2
"""So many lines out of place make a file refused: one alone may be a translator's own fault."""


def check_ids(name: str, expected: Sequence[str], found: Sequence[str], where: str = "") -> None:
    """Raise InputError unless ``found`` are the expected ids in the expected order."""
    place = f" ({where})" if where else ""
    for position, (want, got) in enumerate(zip(expected, found, strict=False), 1):
        if want != got:
            why = "the outputs are in another order" if got in set(expected) else "it is unknown"
            raise InputError(
                f"Outputs of '{name}'{place} do not match the set: id '{got}' stands at place "
                f"{position} where '{want}' must stand ({why})."
            )
    if len(found) < len(expected):
        raise InputError(
            f"Outputs of '{name}'{place} are truncated: {len(found)} of {len(expected)}, the "
            f"first missing id is '{expected[len(found)]}'."
        )
    if len(found) > len(expected):
        raise InputError(
            f"Outputs of '{name}'{place} are too many: {len(found)} for {len(expected)}, the "
            f"first id too many is '{found[len(expected)]}'."
        )


@dataclass(frozen=True, slots=True)
class _Match:
    """A line's overlap with its own reference, and the best of the others."""

    own: float
    best: int
    overlap: float


class _Index:
    """Overlap of lines with references: Dice over distinct words weighted by rarity.

    The weight is the inverse document frequency; the references of one line count as one text.
    """

    def __init__(self, references: Sequence[Sequence[str]]) -> None:
        self.targets = [set(words(" ".join(texts))) for texts in references]
        frequency = Counter(word for target in self.targets for word in target)
        total = len(self.targets)
        self._weight = {w: math.log((total + 1) / (n + 0.5)) for w, n in frequency.items()}
        self._unseen = math.log((total + 1) / 0.5)
        self._masses = [sum(self._weight[w] for w in target) for target in self.targets]
        self._places: dict[str, list[int]] = {}
        for position, target in enumerate(self.targets):
            for word in target:
                self._places.setdefault(word, []).append(position)
        self._common = max(5, total // 20)

    def match(self, position: int, hypothesis: str, enough: float) -> _Match | None:
        """The match of a line; None when its own overlap is more than ``enough`` or a side is
        empty."""
        given = set(words(hypothesis))
        if not given or not self.targets[position]:
            return None
        mass = sum(self._weight.get(w, self._unseen) for w in given)
        own = self._dice(given, mass, position)
        if own > enough:
            return None
        near = {
            place
            for word in given
            if len(places := self._places.get(word, ())) <= self._common
            for place in places
        }
        best, overlap = position, 0.0
        for place in sorted(near - {position}):
            found = self._dice(given, mass, place)
            if found > overlap:
                best, overlap = place, found
        return _Match(own, best, overlap)

    def _dice(self, given: set[str], mass: float, place: int) -> float:
        shared = sum(self._weight[w] for w in given & self.targets[place])
        return 2 * shared / (mass + self._masses[place]) if shared else 0.0


def displaced(
    hypotheses: Sequence[str], references: Sequence[Sequence[str]]
) -> list[tuple[int, int]]:
    """Positions of lines out of place, each with the position whose reference it matches."""
    index = _Index(references)
    found: list[tuple[int, int]] = []
    for position, hypothesis in enumerate(hypotheses):
        match = index.match(position, hypothesis, OWN_AT_MOST)
        if match and match.overlap >= max(OTHER_AT_LEAST, TIMES_AT_LEAST * match.own):
            found.append((position, match.best))
    if len(found) < DISPLACED_AT_LEAST:
        return found
    # The file is out of order: earlier lines with weaker signs are then out of place too.
    earlier = []
    for position in range(found[0][0]):
        match = index.match(position, hypotheses[position], 1.0)
        if match and match.overlap > match.own:
            earlier.append((position, match.best))
    return earlier + found


def check_content(
    name: str,
    ids: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
) -> None:
    """Raise InputError when lines match other lines' references instead of their own."""
    found = displaced(hypotheses, references)
    if len(found) >= DISPLACED_AT_LEAST:
        position, best = found[0]
        raise InputError(
            f"Outputs of '{name}' are not in the set's order: id '{ids[position]}' does not match "
            f"its reference but that of id '{ids[best]}' ({len(found)} ids are out of place)."
        )
