"""Refuses outputs that do not belong line by line to what they are scored against.

Two checks: ids and counts (exact), and content (a line that says nothing of its own reference
but matches another one stands in the wrong place). One sentence names the first bad id. Reading
files is ``runs``'s business.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

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


def displaced(
    hypotheses: Sequence[str], references: Sequence[Sequence[str]]
) -> list[tuple[int, int]]:
    """Positions of lines out of place, each with the position whose reference it matches.

    Overlap is Dice over distinct words weighted by inverse document frequency; the references of
    one line count as one text.
    """
    targets = [set(words(" ".join(texts))) for texts in references]
    frequency = Counter(word for target in targets for word in target)
    total = len(targets)
    weight = {word: math.log((total + 1) / (count + 0.5)) for word, count in frequency.items()}
    unseen = math.log((total + 1) / 0.5)
    masses = [sum(weight[w] for w in target) for target in targets]
    index: dict[str, list[int]] = {}
    for position, target in enumerate(targets):
        for word in target:
            index.setdefault(word, []).append(position)
    common = max(5, total // 20)
    found: list[tuple[int, int]] = []
    for position, hypothesis in enumerate(hypotheses):
        given = set(words(hypothesis))
        mass = sum(weight.get(w, unseen) for w in given)
        if not given or not targets[position]:
            continue
        shared = sum(weight[w] for w in given & targets[position])
        own = 2 * shared / (mass + masses[position])
        if own > OWN_AT_MOST:
            continue
        sums: dict[int, float] = {}
        for word in given:
            places = index.get(word, ())
            if len(places) <= common:
                for place in places:
                    sums[place] = sums.get(place, 0.0) + weight[word]
        best, overlap = position, 0.0
        for place in sorted(sums):
            exact = sum(weight[w] for w in given & targets[place])
            dice = 2 * exact / (mass + masses[place])
            if dice > overlap:
                best, overlap = place, dice
        if best != position and overlap >= max(OTHER_AT_LEAST, TIMES_AT_LEAST * own):
            found.append((position, best))
    return found


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
