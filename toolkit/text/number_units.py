"""Compares what the numbers of two sides count: spans of time, and amounts of money.

``number_compare`` matches numbers by value alone. Here a value that stands on both sides is looked
at once more: "6 tahun 6 bulan" needs a 6 of years and a 6 of months, and an amount that the source
gives without a currency must not get one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.text.number_types import Number

_TIMES = frozenset(["year", "month", "day", "hour", "minute"])
_UNIT_BEHIND = re.compile(
    r"[\s-]{0,2}(?:(?:and a half|more|full|long|whole|straight|consecutive|additional)[\s-])?"
    r"(year|month|day|hour|minute)s?\b",
    re.IGNORECASE,
)
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
    units = {n: _unit(n, hypothesis) for n in right}
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


def _unit(number: Number, hypothesis: str) -> str:
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


def stray_currencies(source: str, right: Sequence[Number]) -> list[Number]:
    """Amounts of money in the hypothesis, of whose currency the source says nothing."""
    money = [n for n in right if n.kind == "money" and _SIGN.search(n.text)]
    if not money or _MONEY_WORD.search(source):
        return []
    return money
