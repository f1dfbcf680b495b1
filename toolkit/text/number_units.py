"""Compares what the numbers of two sides count: spans of time, measures, and amounts of money.

``number_compare`` matches numbers by value alone. Here a value that stands on both sides is looked
at once more: "6 tahun 6 bulan" needs a 6 of years and a 6 of months, 12 kilometres are not 12
metres, and an amount that the source gives without a currency must not get one. Words of size
("ratusan", "sepertiga"), which are free to go, must not become others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from toolkit.text.number_types import Number

_TIMES = frozenset(["year", "month", "day", "hour", "minute"])
_UNIT_BEHIND = re.compile(
    r"[\s-]{0,2}(?:(?:and a half|more|full|long|whole|straight|consecutive|additional)[\s-])?"
    r"(year|month|week|day|hour|minute)s?\b",
    re.IGNORECASE,
)
_COUNTED = frozenset(["measure", "percent", "money", "duration"])
_WIDE = 10
"""Words of size so many times apart are no free renderings ("belasan" may be "dozens")."""
_JOINS = re.compile(r"\s*(?:,|dan|,\s?dan|lebih)?\s*")
_HALF = re.compile(r"\bhalf\b|½|[0-9]\.5\b", re.IGNORECASE)
_SIGN = re.compile(
    r"[$€£¥]|(?<![^\W\d_])(?:Rp|RM|USD|IDR|SGD|AUD|EUR|GBP|JPY|CNY)(?![^\W\d_])"
    r"|\b(?:dollar|euro)s?\b",
    re.IGNORECASE,
)
_MONEY_WORD = re.compile(
    r"[$€£¥]|(?<![^\W\d_])(?:Rp|RM|USD|IDR|SGD|AUD|EUR|GBP|JPY|CNY|US)(?![^\W\d_])"
    r"|dolar|dollar|rupiah|euro|pound|\b(?:yen|yuan|won|ringgit|peso|baht|ri[yi]al|dirham|franc|rupee|perak|sen)\b",
    re.IGNORECASE,
)


def lost_durations(
    source: str, left: Sequence[Number], hypothesis: str, right: Sequence[Number]
) -> list[tuple[Number, Number]]:
    """Spans of time of the source whose value stands in the hypothesis as something else only.

    ``left`` and ``right`` are the numbers of the two sides. A value that is not there at all is
    left to the comparison of values. A bare number will do ("Rina, 30 tahun": "Rina, 30") unless
    the span is one part of two ("2 tahun 3 bulan").
    """
    spans = [n for n in left if n.unit in _TIMES and n.kind == "duration" and not n.weak]
    if not spans:
        return []
    units = {n: unit_of(n, hypothesis) for n in right}
    lost: list[tuple[Number, Number]] = []
    for span in spans:
        like = [n for n in right if span.value in n.values]
        if not like or any(units[n] == span.unit for n in like):
            continue
        if span.unit == "month" and span.value == 6 and _HALF.search(hypothesis):
            continue
        others = [n for n in like if units[n]]
        if len(others) == len(like) or _in_two_parts(span, left, source):
            lost.append((span, (others or like)[0]))
    return lost


def unit_of(number: Number, hypothesis: str) -> str:
    """The unit of time that a number of the hypothesis counts, or nothing."""
    if number.kind in ("duration", "ordinal"):
        return number.unit
    if number.kind != "cardinal":
        return ""
    found = _UNIT_BEHIND.match(hypothesis, number.end)
    return found[1].lower() if found else ""


def _in_two_parts(span: Number, left: Sequence[Number], source: str) -> bool:
    """Whether another span of time stands right before or behind this one."""
    for other in left:
        if other.kind != "duration" or other.unit == span.unit or other.unit not in _TIMES:
            continue
        first, last = (other, span) if other.start < span.start else (span, other)
        if _JOINS.fullmatch(source, first.end, last.start):
            return True
    return False


def other_units(left: Sequence[Number], right: Sequence[Number]) -> list[tuple[Number, Number]]:
    """Measures and percentages of the source whose value only stands with another unit."""
    changed = []
    for number in left:
        if number.kind not in ("measure", "percent") or number.weak or number.unit == "point":
            continue
        if number.other is not None and number.other > number.value:
            continue  # of a range: `2-3 ribu kg`
        like = [n for n in right if not n.weak and number.value in n.values]
        if like and all(n.kind in _COUNTED and n.unit != number.unit for n in like):
            changed.append((number, like[0]))
    return changed


def other_sizes(left: Sequence[Number], right: Sequence[Number]) -> list[tuple[Number, Number]]:
    """A word of size or a fraction of the source in whose place the hypothesis has another one."""
    changed = []
    for kind in ("approximate", "fraction"):
        ours, theirs = ([n for n in side if n.kind == kind] for side in (left, right))
        if kind == "approximate":
            ours += [n for n in left if n.weak and n.text.lower() == "seribu"]
        lost = [n for n in ours if not any(n.value in _sizes(b) for b in right)]
        new = [n for n in theirs if not any(n.value in _sizes(a) for a in left)]
        new = [n for n in new if n.text.lower() != "quarter"]  # of a year, as often as not
        if len(ours) != 1 or len(theirs) != 1 or not lost or not new:
            continue
        small, large = sorted([lost[0].value, new[0].value])
        if kind == "fraction" or large >= _WIDE * small:
            changed.append((lost[0], new[0]))
    return changed


def _sizes(number: Number) -> tuple[Decimal, ...]:
    """The values of a number; an ordinal may be a part: "a third"."""
    part = number.kind == "ordinal" and number.value > 1
    return (*number.values, Decimal(1) / number.value) if part else number.values


def stray_currencies(source: str, right: Sequence[Number]) -> list[Number]:
    """Amounts of money in the hypothesis, of whose currency the source says nothing."""
    money = [n for n in right if n.kind == "money" and _SIGN.search(n.text)]
    if not money or _MONEY_WORD.search(source):
        return []
    return money
