"""Turns date mentions into calendar dates, and calendar dates into words.

Nothing is guessed: a mention that does not name one day (a month, a week, a year) resolves to
None, and so does one that needs a missing anchor or names a day that does not exist.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from toolkit.text.calendar_words import (
    DAY_OFFSETS,
    MONTHS_EN,
    MONTHS_ID,
    WEEKDAYS_EN,
    WEEKDAYS_ID,
)
from toolkit.text.date_find import DateMention, Language


def resolve(mention: DateMention, anchor: datetime.date | None) -> datetime.date | None:
    """Return the day a mention means in a text written on ``anchor``, or None.

    A weekday alone is the nearest such day at or before the anchor, strictly before it with
    "lalu"/"last", strictly after it with "mendatang"/"depan"/"next". A day and month without a
    year fall in the year that brings them nearest to the anchor (and fits the weekday, when one
    is given). For a range the first day is returned.
    """
    if mention.day is not None and mention.month is not None:
        if mention.year is not None:
            return _date(mention.year, mention.month, mention.day)
        return _nearest(mention, anchor) if anchor else None
    if anchor is None or mention.month is not None or mention.year is not None:
        return None
    try:
        if mention.weekday is not None:
            back = (anchor.weekday() - mention.weekday) % 7
            if mention.relative == "next":
                return anchor + datetime.timedelta(days=7 - back)
            if mention.relative == "last" and back == 0:
                back = 7
            return anchor - datetime.timedelta(days=back)
        offset = DAY_OFFSETS.get(mention.relative)
        return None if offset is None else anchor + datetime.timedelta(days=offset)
    except OverflowError:
        return None


def _nearest(mention: DateMention, anchor: datetime.date) -> datetime.date | None:
    assert mention.month is not None
    assert mention.day is not None
    years: Iterable[int] = range(anchor.year - 1, anchor.year + 2)
    days = [d for y in years if (d := _date(y, mention.month, mention.day)) is not None]
    if mention.relative == "next":
        days = [d for d in days if d >= anchor] or days
    elif mention.relative == "last":
        days = [d for d in days if d <= anchor] or days
    fitting = [d for d in days if d.weekday() == mention.weekday]
    return min(fitting or days, key=lambda d: (abs((d - anchor).days), d > anchor), default=None)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def format_date(date: datetime.date, language: Language, *, weekday: bool = False) -> str:
    """Write a date in words: "8 Agustus 2025" or "August 8, 2025".

    With ``weekday``: "Jumat, 8 Agustus 2025", "Friday, August 8, 2025".
    """
    if language == "id":
        text = f"{date.day} {MONTHS_ID[date.month - 1]} {date.year:04d}"
        day = WEEKDAYS_ID[date.weekday()]
    else:
        text = f"{MONTHS_EN[date.month - 1]} {date.day}, {date.year:04d}"
        day = WEEKDAYS_EN[date.weekday()]
    return f"{day}, {text}" if weekday else text
