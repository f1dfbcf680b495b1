"""When, where and by whom the article was published, from what stands on the page.

The date comes from the first of these that is there, and stays empty otherwise (no guess):

1. a timestamp line ("Selasa, 25 Februari 2025 | 04:20 WIB") above or below the story;
2. with a given ``today``: "3 hari lalu" lines, and a year-less day in the dateline;
3. the latest day in brackets with weekday and year ("Jumat (8/8/2025)") in the story, when all
   such days lie within two weeks of each other; a note says so.

A copyright year alone makes no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from toolkit.reading.rules import DOMAIN, compiled
from toolkit.types import Removed

_MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari pebruari feb", "maret mar", "april apr", "mei", "juni jun",
            "juli jul", "agustus agu agt agust", "september sep sept", "oktober okt",
            "november nopember nov nop", "desember des",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ENGLISH = {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8,
            "october": 10, "december": 12, "aug": 8, "oct": 10, "dec": 12}  # fmt: skip
_WRITTEN = re.compile(r"\b(\d{1,2})\s*[-/ ]?\s*([A-Za-z]{3,9})\.?\s*[-/ ,]?\s*(\d{4})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_BRACKETED = re.compile(
    r"\b(?P<weekday>(?i:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad))\s*,?\s*"
    r"(?:(?i:pagi|siang|sore|petang|malam|dini hari)\s*)?"
    r"\(\s*(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})\s*[/-]\s*(?P<year>\d{4}|\d{2})\s*\)"
)
_WEEKDAYS = {"senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "sabtu": 5, "minggu": 6, "ahad": 6}
_AGO = re.compile(r"(\d+)\s*(menit|jam|hari|minggu|pekan)\s+(?:yang\s+)?lalu", re.I)


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None when there is no such day or the year is not a newspaper's."""
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None


def written_date(text: str) -> dt.date | None:
    """The first full date in ``text``: 25 Februari 2025, 25/02/2025 (day first), 2025-02-25."""
    if match := _ISO.search(text):
        year, month, day = map(int, match.groups())
        return make_date(year, month, day)
    for match in _WRITTEN.finditer(text):
        name = match.group(2).casefold()
        number = _MONTH_NUMBERS.get(name) or _ENGLISH.get(name)
        if number:
            return make_date(int(match.group(3)), number, int(match.group(1)))
    if match := _NUMERIC.search(text):
        day, month, year = map(int, match.groups())
        return make_date(year, month, day)
    return None


def date_from_page(
    removed: Sequence[Removed], story: str, opening_day: str = "", today: dt.date | None = None
) -> tuple[str, str]:
    """(ISO date or "", note or ""): see the module's docstring for the order of evidence."""
    for piece in removed:
        if piece.rule in ("timestamp", "byline") and (found := written_date(piece.text)):
            if today is None or found <= today + dt.timedelta(days=1):
                return found.isoformat(), ""
    if opening_day and (found := _opening_day(opening_day, today)):
        return found.isoformat(), ""
    if today is not None:
        for piece in removed:
            if piece.rule == "relative-time" and (match := _AGO.match(piece.text.strip())):
                count, unit = int(match.group(1)), match.group(2).lower()
                if unit == "hari" and count < 400:
                    return (today - dt.timedelta(days=count)).isoformat(), ""
                break
    return _from_story(story, today)


def _opening_day(written: str, today: dt.date | None) -> dt.date | None:
    parts = [int(p) for p in written.split("/")]
    if len(parts) == 3:
        return make_date(parts[2], parts[1], parts[0])
    if today is None:
        return None
    for year in (today.year, today.year - 1):
        found = make_date(year, parts[1], parts[0])
        if found and found <= today:
            return found
    return None


def _from_story(story: str, today: dt.date | None) -> tuple[str, str]:
    days: list[dt.date] = []
    for match in _BRACKETED.finditer(story):
        year = int(match["year"])
        found = make_date(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]))
        weekday = re.sub(r"['’]", "", match["weekday"].casefold())
        if found is None or found.weekday() != _WEEKDAYS[weekday]:
            continue
        days.append(found)
    if not days or (max(days) - min(days)).days > 14:
        return "", ""
    latest = max(days)
    if today is not None and latest > today:
        return "", ""
    return latest.isoformat(), (
        f"The date {latest.isoformat()} is the latest day that the story names in brackets; "
        "the page states none."
    )


def outlet_from_page(removed: Sequence[Removed], opening_outlet: str) -> str:
    """The outlet: from the dateline, an outlet line, a signature, the copyright line; or ""."""
    if opening_outlet:
        return opening_outlet
    for rule, pattern in (
        ("outlet-line", rf"({DOMAIN})"),
        ("signature", rf"[\(\[]\s*({DOMAIN})\s*/"),
        ("copyright", rf"(?i:copyright|©|hak cipta|\s|\d|[-–,:])*({DOMAIN})"),
        ("copyright", r"(?i:copyright\s*)?©\s*([A-Z][\w ]{2,30}?)\s*(?:19|20)\d\d"),
    ):
        for piece in removed:
            if piece.rule == rule and (match := compiled(pattern).match(piece.text)):
                return match.group(1).strip()
    return ""
