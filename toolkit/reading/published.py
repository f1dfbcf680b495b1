"""When and by whom the article was published, from what stands on the page.

The date comes from the first of these that is there, and stays empty otherwise (no guess):

1. a timestamp line ("Selasa, 25 Februari 2025 | 04:20 WIB") or a date in a byline;
2. the day in the dateline ("Moskow, 8/8/2025 (ANTARA) -"; without a year only with ``today``);
3. with ``today``, a line such as "3 hari lalu";
4. the latest day with weekday and year that the story names in brackets ("Jumat (8/8/2025)"),
   when the weekday is right and all such days lie within two weeks of each other. The article is
   of that day or a day or two younger, which a note says; years and weekdays resolve rightly.

A year-less day in brackets ("Rabu (4/2)") and the year of a copyright line make no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from toolkit.reading.rules import DOMAIN, OUTLETS, compiled
from toolkit.text.dates import DateMention, find_dates
from toolkit.types import Removed

_AGO = re.compile(r"\W*(\d{1,3})\s*hari\s+(?:yang\s+)?lalu", re.I)
_BRACKETED = re.compile(r"\(\s*\d{1,2}\s*[/-]\s*\d{1,2}\s*[/-]\s*\d{2,4}\s*\)")
_FUTURE = re.compile(r"\b(?:akan|bakal|mendatang|besok|depan|rencananya|dijadwalkan)\b", re.I)
INFERRED = "The page states no date;"
"""How the note begins that says the date was inferred from the story."""
SLACK = 2
"""Days by which an article may be younger than a date inferred from its story."""
_SPREAD = 14
"""Days in brackets further apart than this (in days) say nothing about the article's own."""


def is_plausible(day: dt.date) -> bool:
    """Whether an article may be of this day; far beyond, calendars end and weekdays can't be."""
    return 1900 <= day.year <= 2199


def iso_date(written: str) -> str:
    """A stated date (ISO 8601 with or without time, or written out) as YYYY-MM-DD, or ""."""
    try:
        day = dt.date.fromisoformat(written.strip()[:10])
    except ValueError:
        found = _full_date(written)
        return found.isoformat() if found else ""
    return day.isoformat() if is_plausible(day) else ""


def date_from_page(
    removed: Sequence[Removed], story: str, opening_day: str = "", today: dt.date | None = None
) -> tuple[str, str]:
    """(ISO date or "", note or ""): see the module's docstring for the order of evidence."""
    stated = (_full_date(p.text) for p in removed if p.rule in ("timestamp", "byline"))
    ago = (_days_ago(p.text, today) for p in removed if p.rule == "relative-time")
    for found in (*stated, _opening_day(opening_day, today), *ago):
        if found and (today is None or found <= today + dt.timedelta(days=1)):
            return found.isoformat(), ""
    latest = _latest_in_story(story)
    if latest is None or (today is not None and latest > today):
        return "", ""
    return latest.isoformat(), (
        f"{INFERRED} {latest.isoformat()} is the latest day that the story names "
        "in brackets, and the article may be a day or two younger."
    )


def _day(mention: DateMention) -> dt.date | None:
    if mention.day is None or mention.month is None or mention.year is None:
        return None
    try:
        day = dt.date(mention.year, mention.month, mention.day)
    except ValueError:
        return None
    return day if is_plausible(day) else None


def _full_date(text: str) -> dt.date | None:
    mentions: Iterable[DateMention] = (*find_dates(text, "id"), *find_dates(text, "en"))
    return next((day for mention in mentions if (day := _day(mention))), None)


def _opening_day(written: str, today: dt.date | None) -> dt.date | None:
    if re.search("[A-Za-z]", written):
        return _full_date(written)
    parts = [int(p) for p in written.split("/") if p]
    try:
        if len(parts) == 3:
            return dt.date(parts[2], parts[1], parts[0])
        if len(parts) == 2 and today is not None:
            years = (today.year, today.year - 1)
            days = (dt.date(year, parts[1], parts[0]) for year in years)
            return next((day for day in days if day <= today), None)
    except ValueError:
        return None
    return None


def _days_ago(text: str, today: dt.date | None) -> dt.date | None:
    match = _AGO.match(text)
    return today - dt.timedelta(days=int(match.group(1))) if today and match else None


def _latest_in_story(story: str) -> dt.date | None:
    days: list[dt.date] = []
    for match in _BRACKETED.finditer(story):
        start = max(0, match.start() - 30)
        clause = story[max(story.rfind(".", 0, start), start - 120, 0) : match.start()]
        for mention in find_dates(story[start : match.end()], "id"):
            day = _day(mention)
            if (
                day is not None
                and mention.weekday is not None
                and start + mention.end == match.end()
                and day.weekday() == mention.weekday
                and not _FUTURE.search(clause)
            ):
                days.append(day)
    if not days or (max(days) - min(days)).days > _SPREAD:
        return None
    return max(days)


def outlet_from_page(removed: Sequence[Removed], opening_outlet: str) -> str:
    """The outlet: from dateline, outlet line, byline, signature or copyright line; or ""."""
    if opening_outlet:
        return opening_outlet
    for rule, pattern in (
        ("outlet-line", rf"^({DOMAIN}|detik\w+|[A-Z][\w ]+)"),
        ("byline", rf"\s[-|,]\s+(detik\w+|{OUTLETS}|{DOMAIN})$"),
        ("signature", rf"^[\(\[]\s*({DOMAIN})\s*/"),
        ("copyright", rf"^(?i:copyright|©|hak cipta|\s|\d|[-–,:])*({DOMAIN})"),
        ("copyright", r"^(?i:copyright\s*)?©\s*([A-Z][\w ]{2,30}?)\s*(?:19|20)\d\d"),
    ):
        for piece in removed:
            if piece.rule == rule and (match := compiled(pattern).search(piece.text)):
                return match.group(1).strip(" -,")
    return ""
