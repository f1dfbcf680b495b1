"""Tells whether both sides name one span of time in other units or words.

"18 bulan" is "a year and a half", "1 jam 45 menit" "an hour and 45 minutes", "7 hari" "a week".
Years are counted in months, weeks in days; a month is no number of days. What is lost or added is
``number_compare``'s question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.text.number_types import Number
from toolkit.text.number_units import unit_of
from toolkit.text.number_words import Language

_LENGTHS = {
    "decade": ("month", 120),
    "year": ("month", 12),
    "month": ("month", 1),
    "week": ("minute", 7 * 24 * 60),
    "day": ("minute", 24 * 60),
    "hour": ("minute", 60),
    "minute": ("minute", 1),
}
_WORDS = {
    "dekade": "decade",
    "dasawarsa": "decade",
    "tahun": "year",
    "bulan": "month",
    "pekan": "week",
    "minggu": "week",
    "hari": "day",
    "jam": "hour",
    "menit": "minute",
}
_UNITS = {"id": "|".join(_WORDS), "en": "|".join(_LENGTHS)}
_SINGLE = {
    "id": re.compile(rf"\b(?:(?P<half>setengah) |se-?)(?P<unit>{_UNITS['id']})\b", re.IGNORECASE),
    "en": re.compile(
        rf"\b(?:(?P<half>half)[ -](?:an?[ -])?|an?[ -])(?P<unit>{_UNITS['en']})\b", re.IGNORECASE
    ),
}
"""Spans without a number: "sepekan", "setengah jam", "an hour", "half a year"."""
_AND_A_HALF = {"id": re.compile(r" setengah\b"), "en": re.compile(r" and a half\b")}
_JOINT = re.compile(r"\s*,?\s*(?:(?:dan|and|lebih)\s+)?")
_UNIT_TEXT = re.compile(r"[\s-]{0,2}(?:[^\W\d_]+)")


@dataclass(slots=True)
class _Span:
    """Neighbouring parts of one span of time: ``total`` in months or minutes."""

    start: int
    end: int
    base: str
    total: Decimal
    least: int
    numbers: tuple[Number, ...]


def same_spans(
    source: str, left: Sequence[Number], hypothesis: str, right: Sequence[Number]
) -> tuple[set[Number], set[Number]]:
    """The numbers of either side that stand in spans of time which the other side has as well."""
    ours, theirs = _spans(source, left, "id"), _spans(hypothesis, right, "en")
    agreed_left: set[Number] = set()
    agreed_right: set[Number] = set()
    for a in ours:
        for b in theirs:
            if a.base == b.base and a.total == b.total:
                agreed_left.update(a.numbers)
                agreed_right.update(b.numbers)
    return agreed_left, agreed_right


def _spans(text: str, numbers: Sequence[Number], language: Language) -> list[_Span]:
    parts = [part for n in numbers if (part := _part(n, text, language)) is not None]
    for match in _SINGLE[language].finditer(text):
        if not any(p.start < match.end() and match.start() < p.end for p in parts):
            unit = match["unit"].lower()
            value = Decimal("0.5") if match["half"] else Decimal(1)
            inside = tuple(n for n in numbers if match.start() <= n.start < match.end())
            parts.append(_sized(match.start(), match.end(), value, unit, inside, text, language))
    parts.sort(key=lambda p: p.start)
    spans: list[_Span] = []
    for part in parts:
        last = spans[-1] if spans else None
        joined = (
            last is not None
            and last.base == part.base
            and last.least > part.least
            and _JOINT.fullmatch(text, last.end, part.start)
        )
        if last is not None and joined:
            total, numbers_of = last.total + part.total, (*last.numbers, *part.numbers)
            spans[-1] = _Span(last.start, part.end, part.base, total, part.least, numbers_of)
        else:
            spans.append(part)
    return spans


def _part(number: Number, text: str, language: Language) -> _Span | None:
    """A number with the unit of time that it counts."""
    unit, end = number.unit, number.end
    if number.kind != "duration":
        unit = unit_of(number, text) if language == "en" else ""
        behind = _UNIT_TEXT.match(text, end)
        end = behind.end() if behind else end
    if unit not in _LENGTHS:
        return None
    return _sized(number.start, end, number.value, unit, (number,), text, language)


def _sized(
    start: int,
    end: int,
    value: Decimal,
    unit: str,
    numbers: tuple[Number, ...],
    text: str,
    language: Language,
) -> _Span:
    base, length = _LENGTHS[_WORDS.get(unit, unit)]
    half = _AND_A_HALF[language].match(text, end)
    if half is not None:
        value, end = value + Decimal("0.5"), half.end()
    return _Span(start, end, base, value * length, length, numbers)
