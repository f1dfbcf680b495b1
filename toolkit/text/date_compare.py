"""Compares the dates of an Indonesian source with those of its English translation.

Weekdays, months, days and years are compared each on its own, over the whole segment: what the
source says and the hypothesis does not is missing, the other way round is added, and one missing
beside one added of the same part is changed. Where a translator may choose (yesterday for a
weekday, a year left to the context) nothing is reported.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from toolkit.text.calendar_words import (
    DAY_OFFSETS,
    MONTHS,
    MONTHS_EN,
    WEEKDAYS,
    WEEKDAYS_EN,
)
from toolkit.text.date_find import DateMention, find_dates
from toolkit.text.date_resolve import resolve

Part = Literal["weekday", "month", "day", "year"]
_PARTS: tuple[Part, ...] = ("weekday", "month", "day", "year")


@dataclass(frozen=True, slots=True)
class DatePart:
    """One part of a date: ``value`` is 0 … 6 for a weekday, else the calendar number.

    ``text`` is the mention it comes from, as written.
    """

    part: Part
    value: int
    text: str

    @property
    def name(self) -> str:
        """The part in English words: "Monday", "July", "12", "2025"."""
        if self.part == "weekday":
            return WEEKDAYS_EN[self.value]
        if self.part == "month":
            return MONTHS_EN[self.value - 1]
        return str(self.value)


@dataclass(frozen=True, slots=True)
class DateDiff:
    """What differs: parts missing from the hypothesis, changed (source, hypothesis), added."""

    missing: tuple[DatePart, ...] = ()
    changed: tuple[tuple[DatePart, DatePart], ...] = ()
    added: tuple[DatePart, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether both sides say the same dates."""
        return not (self.missing or self.changed or self.added)


def compare_dates(source: str, hypothesis: str, anchor: datetime.date | None = None) -> DateDiff:
    """Compare the dates of an Indonesian ``source`` with an English ``hypothesis``.

    ``anchor`` is the day the text was written; with it, "yesterday" is held against a weekday,
    without it any such word is accepted for any weekday.
    """
    left, right = find_dates(source, "id"), find_dates(hypothesis, "en")
    missing: list[DatePart] = []
    added: list[DatePart] = []
    changed: list[tuple[DatePart, DatePart]] = []
    for part in _PARTS:
        ours, theirs = _parts(left, part), _parts(right, part)
        allowed = _allowed(part, left, right, source, hypothesis, anchor)
        gone = [p for v, p in ours.items() if v not in theirs and not _said(p, hypothesis, allowed)]
        new = [p for v, p in theirs.items() if v not in ours and not _told(p, source, left, anchor)]
        if len(gone) == 1 and len(new) == 1:
            changed.append((gone[0], new[0]))
        else:
            missing += gone
            added += new
    return DateDiff(tuple(missing), tuple(changed), tuple(added))


def _parts(mentions: list[DateMention], part: Part) -> dict[int, DatePart]:
    found: dict[int, DatePart] = {}
    for mention in mentions:
        if mention.weak:
            continue
        values = [getattr(mention, part)]
        if part == "day":
            values.append(mention.last_day)
        if mention.swapped and part in ("day", "month"):
            values += [mention.day, mention.month]
        for value in values:
            if value is not None:
                found.setdefault(value, DatePart(part, value, mention.text))
    return found


def _allowed(
    part: Part,
    left: list[DateMention],
    right: list[DateMention],
    source: str,
    hypothesis: str,
    anchor: datetime.date | None,
) -> set[int] | None:
    """Values of ``part`` that relative words of the hypothesis stand for; None: any value."""
    if part in ("day", "month", "year"):
        return set()
    values: set[int] = set()
    for mention in right:
        if mention.relative in DAY_OFFSETS:
            day = resolve(mention, anchor)
            if day is None:
                return None
            values.add(day.weekday())
    return values


def _said(part: DatePart, hypothesis: str, allowed: set[int] | None) -> bool:
    """Whether the hypothesis says a source part in some other way."""
    if allowed is None or part.value in allowed:
        return True
    if part.part in ("day", "year"):
        return _digits(part.value, hypothesis) or (
            part.part == "year"
            and bool(
                re.search(rf"['’]{part.value % 100:02d}\b|\b(?:this|last|next) year\b", hypothesis)
            )
        )
    table = WEEKDAYS["en"] if part.part == "weekday" else MONTHS["en"]
    names = [n for n, v in table.items() if v == part.value]
    return bool(re.search(rf"\b(?:{'|'.join(names)})", hypothesis, re.IGNORECASE))


def _told(
    part: DatePart, source: str, left: list[DateMention], anchor: datetime.date | None
) -> bool:
    """Whether the source tells a hypothesis part in some other way."""
    if part.part in ("day", "year"):
        if _digits(part.value, source):
            return True
        return part.part == "year" and (
            bool(re.search(rf"['’]{part.value % 100:02d}\b|\btahun\b", source, re.IGNORECASE))
        )
    table = WEEKDAYS["id"] if part.part == "weekday" else MONTHS["id"]
    names = [n for n, v in table.items() if v == part.value]
    if re.search(rf"\b(?:{'|'.join(names)})", source, re.IGNORECASE):
        return True
    if part.part == "month":
        return bool(re.search(rf"\d\s?[/.-]\s?0?{part.value}(?!\d)", source))
    for mention in left:
        if mention.relative in DAY_OFFSETS:
            day = resolve(mention, anchor)
            if day is None or day.weekday() == part.value:
                return True
    return False


def _digits(value: int, text: str) -> bool:
    return bool(re.search(rf"(?<!\d)0?{value}(?!\d)", text))
