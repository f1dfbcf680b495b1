"""What a number says beside its value: a minus, a scale of temperature, a place in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from toolkit.text.number_types import Number

_I = re.IGNORECASE
_MINUS = re.compile(r"\bminus\b|(?:^|\s)[-−–](?=[0-9])", _I)
_MINUS_BEFORE = re.compile(r"(?:(?<!plus )\bminus\s|(?<![^\s(])(?<![0-9] )[-−–])\Z", _I)
_BELOW = re.compile(
    r"\b(?:minus|negative|below|under|sub-?zero|deficit|contract\w*|shr[aiu]nk\w*|f[ae]ll\w*|"
    r"declin\w+|decreas\w+|drop\w*|down|los[ts]\w*|los(?:e|ing)|short\w*|lower|less|freez\w+|"
    r"reduc\w+|cut|slump\w*|plung\w+|recession\w*|near-?sighted|weak\w*|slid\w*|in the red)\b|"
    r"(?<![\w)])[-−–]\s?[0-9]|[0-9][-−–]minus",
    _I,
)
_SIGNED = frozenset(["percent", "measure"])
_FAHRENHEIT = re.compile(r"[\s-]{0,2}(?:°|º)?\s?(?:Fahrenheit\b|F\b)", _I)
_CELSIUS = re.compile(r"[\s-]{0,2}(?:°|º)?\s?(?:Cel[sc]ius\b|C\b)", _I)
_ORDER = re.compile(r"(?:ke[a-z]+(?<!nya)|pertama)(?: (?:belas|puluh))?", _I)
_COLLECTIVE = re.compile(
    r"\b(?:both|two|three|four|five|pair|trio|all|either|neither|each|runners?|duo|couple)\b", _I
)


def lost_signs(
    source: str, left: Sequence[Number], hypothesis: str, right: Sequence[Number]
) -> list[tuple[Number, Number]]:
    """Numbers that lost their minus, or whose degrees are those of another scale."""
    lost = []
    if _MINUS.search(source) and not _BELOW.search(hypothesis):
        for number in left:
            sign = _MINUS_BEFORE.search(source, max(0, number.start - 8), number.start)
            if not sign or (sign.group() != "minus " and number.kind not in _SIGNED):
                continue
            like = [n for n in right if number.value in n.values]
            shown = sign.group() + number.text
            lost += [(replace(number, text=shown), n) for n in like[:1]]
    lost += _scales(source, left, hypothesis, right)
    return lost


def _scales(
    source: str, left: Sequence[Number], hypothesis: str, right: Sequence[Number]
) -> list[tuple[Number, Number]]:
    found = []
    for number in left:
        if number.unit != "degree":
            continue
        like = [n for n in right if n.unit == "degree" and number.value in n.values]
        for ours, theirs in ((_CELSIUS, _FAHRENHEIT), (_FAHRENHEIT, _CELSIUS)):
            scale = ours.match(source, number.end)
            wrong = [theirs.match(hypothesis, n.end) for n in like]
            if scale and wrong and wrong[0] and all(wrong):
                a, b = number.text + scale.group(), like[0].text + wrong[0].group()
                found.append((replace(number, text=a), replace(like[0], text=b)))
    return found


def other_places(
    left: Sequence[Number], hypothesis: str, right: Sequence[Number]
) -> list[tuple[Number, Number]]:
    """The one ordinal word of the source, where the only one of the hypothesis is another."""
    ours, theirs = ([n for n in side if n.kind == "ordinal"] for side in (left, right))
    if len(ours) != 1 or len(theirs) != 1:
        return []
    a, b = ours[0], theirs[0]
    if a.value == b.value or not (a.weak and b.weak) or not _ORDER.fullmatch(a.text):
        return []
    if any(a.value in n.values for n in right) or any(b.value in n.values for n in left):
        return []
    if a.text.lower() != "pertama" and _COLLECTIVE.search(hypothesis):
        return []  # `kedua negara`: both
    return [(a, b)]
