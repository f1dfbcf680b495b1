"""Compares the dates of an Indonesian source with those of its English translation.

Weekdays, months, days and years are compared each on its own, over the whole segment: what the
source says and the hypothesis does not is missing, the other way round is added, and one missing
beside one added of the same part is changed. Where a translator may choose (yesterday for a
weekday, a year left to the context) nothing is reported. Of relative words only those are compared
that contradict each other: "kemarin" and "tomorrow", "bulan lalu" and "last year".
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
from toolkit.text.date_find import DateMention, Language, find_dates
from toolkit.text.date_resolve import resolve

Part = Literal["weekday", "month", "day", "year"]
_EVE = re.compile(r"\bmalam\s+$", re.IGNORECASE)
_SATURDAY = 5
_WEEKEND = re.compile(r"\bweekend", re.IGNORECASE)
_RELATIVE = DAY_OFFSETS.keys() | {
    f"{which} {unit}" for which in ("last", "this", "next") for unit in ("week", "month", "year")
}
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
    """What differs: parts missing from the hypothesis, changed (source, hypothesis), added.

    ``relative`` are words of both sides, as written, that can't mean the same time.
    """

    missing: tuple[DatePart, ...] = ()
    changed: tuple[tuple[DatePart, DatePart], ...] = ()
    added: tuple[DatePart, ...] = ()
    relative: tuple[tuple[str, str], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether both sides say the same dates."""
        return not (self.missing or self.changed or self.added or self.relative)


def compare_dates(source: str, hypothesis: str, anchor: datetime.date | None = None) -> DateDiff:
    """Compare the dates of an Indonesian ``source`` with an English ``hypothesis``.

    ``anchor`` is the day the text was written; with it, "yesterday" is held against a weekday,
    without it any such word is accepted for any weekday.
    """
    left, right = find_dates(source, "id"), find_dates(hypothesis, "en")
    missing: list[DatePart] = []
    added: list[DatePart] = []
    changed: list[tuple[DatePart, DatePart]] = []
    eves = {m.weekday for m in left if m.weekday is not None and _EVE.search(source, 0, m.start)}
    for part in _PARTS:
        ours, theirs = _parts(left, part), _parts(right, part)
        if part == "weekday":
            ours = _evenings(ours, theirs, eves)
        sure = _parts([m for m in right if not m.swapped], part)
        gone = [
            p
            for v, p in ours.items()
            if v not in theirs and not _said(p, hypothesis) and not _by_word(p, right, anchor)
        ]
        new = [
            p
            for v, p in sure.items()
            if v not in ours and not _told(p, source) and not _by_word(p, left, anchor)
        ]
        if len(gone) == 1 and len(new) == 1:
            changed.append((gone[0], new[0]))
        else:
            missing += gone
            added += new
    relative = _contradiction(left, right)
    return DateDiff(tuple(missing), tuple(changed), tuple(added), relative)


def _evenings(
    ours: dict[int, DatePart], theirs: dict[int, DatePart], eves: set[int]
) -> dict[int, DatePart]:
    """The weekdays of the source, "malam Minggu" as Saturday where the hypothesis takes it so."""
    evenings = {(day - 1) % 7: day for day in eves if (day - 1) % 7 in theirs}
    kept = {day: part for day, part in ours.items() if day not in evenings.values()}
    return kept | {day: theirs[day] for day in evenings}


def _contradiction(
    left: list[DateMention], right: list[DateMention]
) -> tuple[tuple[str, str], ...]:
    """The one relative word of either side, when they name different spans of the calendar."""
    ours, theirs = _relatives(left), _relatives(right)
    if len(ours) != 1 or len(theirs) != 1:
        return ()
    (a, mine), (b, other) = *ours.items(), *theirs.items()
    (unit, side), (their_unit, their_side) = _span(a), _span(b)
    calendar = unit != "day" and their_unit != "day" and (unit, side) != (their_unit, their_side)
    return ((mine, other),) if calendar or side * their_side < 0 else ()


def _relatives(mentions: list[DateMention]) -> dict[str, str]:
    """Canonical relative words that stand alone → as written."""
    return {
        m.relative: m.text
        for m in mentions
        if m.relative in _RELATIVE and m.weekday is None and m.month is None
    }


def _span(relative: str) -> tuple[str, int]:
    """Unit of a relative word and on which side of now it lies: "last year" → ("year", -1)."""
    if relative in DAY_OFFSETS:
        offset = DAY_OFFSETS[relative]
        return "day", (offset > 0) - (offset < 0)
    which, unit = relative.split()
    return unit, {"last": -1, "this": 0, "next": 1}[which]


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


def _by_word(part: DatePart, mentions: list[DateMention], anchor: datetime.date | None) -> bool:
    """Whether a relative word of the other side ("yesterday") may stand for a weekday."""
    if part.part != "weekday":
        return False
    for mention in mentions:
        if mention.relative in DAY_OFFSETS:
            day = resolve(mention, anchor)
            if day is None or day.weekday() == part.value:
                return True
    return False


def _said(part: DatePart, hypothesis: str) -> bool:
    """Whether the hypothesis says a source part in some other way."""
    if part.part == "weekday" and part.value >= _SATURDAY and _WEEKEND.search(hypothesis):
        return True
    if part.part in ("day", "year"):
        if _digits(part.value, hypothesis):
            return True
        short = rf"['’]{part.value % 100:02d}\b|\b(?:this|last|next) year\b"
        return part.part == "year" and bool(re.search(short, hypothesis))
    return _named(part, "en", hypothesis)


def _told(part: DatePart, source: str) -> bool:
    """Whether the source tells a hypothesis part in some other way."""
    if part.part in ("day", "year"):
        if _digits(part.value, source):
            return True
        short = rf"['’]{part.value % 100:02d}\b|\btahun\b"
        return part.part == "year" and bool(re.search(short, source, re.IGNORECASE))
    if part.part == "month" and re.search(rf"[0-9]\s?[/.-]\s?0?{part.value}(?![0-9])", source):
        return True
    return _named(part, "id", source) or _named(part, "en", source)


def _named(part: DatePart, language: Language, text: str) -> bool:
    """Whether ``text`` has a name of the month or weekday, also as part of a longer word."""
    table = (WEEKDAYS if part.part == "weekday" else MONTHS)[language]
    names = [name for name, value in table.items() if value == part.value]
    return any(
        re.search(rf"\b{name}" if len(name) > 4 else rf"\b{name}\b", text, re.IGNORECASE)
        for name in names
    )


def _digits(value: int, text: str) -> bool:
    return bool(re.search(rf"(?<![0-9])0?{value}(?![0-9])", text))
