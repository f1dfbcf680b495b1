"""Dates for "yesterday", "today" and "tomorrow" of a summary sentence, from the article's date.

Only where source and English have the same single word, outside quotation marks (what someone says
"today" may have been said on another day), and the English names no day or date besides. Bare
weekdays are ``weekdays``'.
"""

from __future__ import annotations

import datetime
import re

from toolkit.text.dates import find_dates, format_date

_DAYS = {
    -1: (r"kemar[ei]n", r"yesterday(?: (?:morning|afternoon|evening))?"),
    0: (
        r"hari ini|(?:pagi|siang|sore|malam) (?:ini|tadi)|tadi pagi|nanti malam",
        r"today|this (?:morning|afternoon|evening)|tonight",
    ),
    1: (r"besok|esok hari", r"tomorrow(?: (?:morning|afternoon|evening|night))?"),
}
_SOURCE = re.compile(
    "|".join(rf"(?P<d{day + 1}>(?<![\w-])(?:{ours})(?![\w-]))" for day, (ours, _) in _DAYS.items()),
    re.IGNORECASE,
)
_NOT_A_DAY = re.compile(
    r"\b(?:sampai|hingga|sejak|saat|dunia|zaman|generasi|minggu|pekan|bulan|tahun|hari|lusa|malam|"
    r"senin|selasa|rabu|kamis|jum'?at|sabtu)\s+$",
    re.IGNORECASE,
)
""" "hingga hari ini" is "to this day", "Senin kemarin" last Monday."""
_NOT_ALONE = re.compile(r"\s+(?:lusa|ini|atau)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"“”]*(?:[\"”]|$)")


def resolve_relative_day(english: str, source: str, anchor: datetime.date) -> tuple[str, str]:
    """Add the date in brackets after a day's word; ``anchor`` is the article's date.

    Returns the text and the date added, "" where nothing is certain.
    """
    ours = list(_SOURCE.finditer(source))
    if len(ours) != 1 or _NOT_A_DAY.search(source, 0, ours[0].start()):
        return english, ""
    if _NOT_ALONE.match(source, ours[0].end()) or _within(source, ours[0].start()):
        return english, ""
    if any(d.day or d.month or d.weekday is not None for d in find_dates(english, "en")):
        return english, ""
    day = int((ours[0].lastgroup or "d1")[1:]) - 1
    theirs = list(re.finditer(rf"\b(?:{_DAYS[day][1]})\b(?!['’])", english, re.IGNORECASE))
    if len(theirs) != 1 or _within(english, theirs[0].start()):
        return english, ""
    label = format_date(anchor + datetime.timedelta(days=day), "en")
    end = theirs[0].end()
    return f"{english[:end]} ({label}){english[end:]}", label


def _within(text: str, at: int) -> bool:
    """Whether a position lies in a quotation."""
    return any(m.start() < at < m.end() for m in _QUOTED.finditer(text))
