"""Numbers that changed places: "three dead, seven hurt" for a source with seven dead, three hurt.

Every number is there, so a comparison by value sees nothing. Here the words around two numbers are
compared by means of the lexicon (``coverage``): an exchange is reported only when more of the words
around each number come back around the other one than around its own. How many exchanges are found,
and that no careful translation is reported: docs/translation.md.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal

from toolkit.text.number_words import Language
from toolkit.text.numbers import Number, find_numbers, number_hints
from toolkit.translate.coverage import content_words, counterparts, stems
from toolkit.types import Check

_EDGE = {
    "id": re.compile(
        r"[,;:()\"“”—–]|[.!?](?=\s|$)|\b(?:dan|serta|sementara|sedangkan|tetapi|tapi|namun|atau|"
        r"menjadi|dari|hingga|sampai|dibanding\w*|dengan|termasuk)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"[,;:()\"“”—–]|[.!?](?=\s|$)|\b(?:and|while|whereas|but|or|to|from|with|including|than|"
        r"compared|plus)\b",
        re.IGNORECASE,
    ),
}
"""What ends the surroundings of a number."""
_OF = (
    re.compile(r"(?:\s+[^\W\d]+){0,2}\s+dari(?:\s+[^\W\d]+){0,2}\s+", re.IGNORECASE),
    re.compile(r"(?:\s+[^\W\d]+){0,2}\s+(?:out\s+)?of(?:\s+[^\W\d]+){0,2}\s+", re.IGNORECASE),
)
"""What stands between a part and its whole: "20 orang dari 30"."""
_FROM = (
    re.compile(r"\bdari\s+(?:[^\W\d]+\s+)?$", re.IGNORECASE),
    re.compile(r"\bfrom\s+(?:[^\W\d]+\s+)?$", re.IGNORECASE),
)
_TO = (
    re.compile(
        r"\s+(?:[^\W\d]+\s+){0,3}(?:menjadi|ke|hingga|sampai)\s+(?:[^\W\d]+\s+)?", re.IGNORECASE
    ),
    re.compile(r"\s+(?:[^\W\d]+\s+){0,3}(?:to|until)\s+(?:[^\W\d]+\s+)?", re.IGNORECASE),
)
"""What stands before and between two ends: "dari 30 menjadi 20"."""
_KINDS = frozenset(["cardinal", "money", "percent", "measure", "duration", "ordinal"])


def check_exchanged(source: str, hypothesis: str) -> list[Check]:
    """Two numbers that stand in each other's place (an error, for the first such pair)."""
    if number_hints(source, "id") < 2 or number_hints(hypothesis, "en") < 2:
        return []
    left, right = find_numbers(source, "id"), find_numbers(hypothesis, "en")
    ours, theirs = _single(left), _single(right)
    values = [v for v in ours if v in theirs]
    if len(values) < 2:
        return []
    bound = set(_bound(hypothesis, right, 1))
    for one, other in _bound(source, left, 0):
        if one in values and other in values and (other, one) in bound:
            return [_check(ours[one], ours[other])]
    here = {v: _around(source, left, ours[v], "id") for v in values}
    there = {v: _around(hypothesis, right, theirs[v], "en") for v in values}
    for at, one in enumerate(values):
        for other in values[at + 1 :]:
            if _exchanged(here[one], here[other], there[one], there[other]):
                return [_check(ours[one], ours[other])]
    return []


def _check(one: Number, other: Number) -> Check:
    detail = (
        f"'{one.text}' and '{other.text}' of the source seem to have changed places in the "
        "translation."
    )
    return Check("number", "error", detail)


def _bound(text: str, numbers: Sequence[Number], side: int) -> list[tuple[Decimal, Decimal]]:
    """Neighbours that words put in an order: a part of a whole, from one to the other."""
    found = []
    for one, other in itertools.pairwise(numbers):
        between = text[one.end : other.start]
        ends = _TO[side].fullmatch(between) and _FROM[side].search(text[: one.start])
        if ends or _OF[side].fullmatch(between):
            found.append((one.value, other.value))
    return found


def _single(numbers: Sequence[Number]) -> dict[Decimal, Number]:
    """The numbers whose value stands once, by value; 0 and 1 say too little, years are dates."""
    values = [n.value for n in numbers]
    return {
        n.value: n
        for n in numbers
        if n.kind in _KINDS
        and n.value > 1
        and values.count(n.value) == 1
        and not (n.kind == "cardinal" and 1900 <= n.value <= 2100)
    }


def _around(text: str, numbers: Sequence[Number], number: Number, language: Language) -> set[str]:
    """Content words (of English their stems) between the nearest edges and other numbers."""
    first = max((n.end for n in numbers if n.end <= number.start), default=0)
    last = min((n.start for n in numbers if n.start >= number.end), default=len(text))
    before, after = text[first : number.start], text[number.end : last]
    for edge in _EDGE[language].finditer(before):
        first = number.start - len(before) + edge.end()
    before = text[first : number.start]
    if behind := _EDGE[language].search(after):
        after = after[: behind.start()]
    words = stems if language == "en" else content_words
    return {*words(before), *words(after)}


def _exchanged(one: set[str], other: set[str], own: set[str], others: set[str]) -> bool:
    """Whether what surrounds each number comes back around the other one rather than its own.

    ``one`` and ``other`` are source words, ``own`` and ``others`` stems around the same values.
    """
    first, second = one - other, other - one
    crossed = counterparts(first, others), counterparts(second, own)
    straight = counterparts(first, own), counterparts(second, others)
    return crossed[0] > straight[0] and crossed[1] > straight[1]
