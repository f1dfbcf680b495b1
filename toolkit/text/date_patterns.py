"""The shapes of dates in Indonesian and English, as regular expressions by name.

Each pattern is tried over the whole text in the order given here; ``date_find`` judges the
matches. Groups: weekday or inner, day, last (second day of a range), month (a name), month_n (a
number), year, relative.
"""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.text.calendar_words import MONTHS, RELATIVE, WEEKDAYS

_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}"
_D = r"[0-3]?[0-9]"
_M = r"[01]?[0-9]"
_ISO = rf"(?<![\w/.-])(?P<year>{_YEAR})-(?P<month_n>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9])"


def _names(table: dict[str, int]) -> str:
    return "|".join(re.escape(n) for n in sorted(table, key=len, reverse=True))


def _words(phrases: dict[str, str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)


def _indonesian() -> list[tuple[str, str]]:
    month = rf"(?P<month>{_names(MONTHS['id'])})\b\.?"
    weekday = rf"(?P<weekday>{_names(WEEKDAYS['id'])})\b\.?"
    inner = weekday.replace("weekday", "inner")
    part = r"(?:\s+(?:pagi|siang|sore|malam|dini\s+hari))?"
    before = rf"(?:\b{weekday}{part}\s*,?\s*)?"
    on = r"(?:(?:tanggal|tgl\.?)\s+)?"
    joint = r"(?:[-–—/]|s\.?/?d\.?|sampai|hingga|dan|,)"
    to = rf"(?:\s?{joint}\s?(?P<last>{_D}))?"
    day = rf"(?<![0-9.,/:-])(?P<day>{_D})"
    year = rf"(?:\s*,?\s*(?:tahun\s+)?(?P<year>{_YEAR}))?(?![0-9])"
    numeric = (
        rf"(?P<day>{_D})(?:\s?[-–—]\s?(?P<last>{_D}))?\s?/\s?(?P<month_n>{_M})"
        rf"(?:\s?/\s?(?P<year>{_YEAR}|[0-9]{{2}}))?"
    )
    span = (
        rf"(?P<day>{_D})\s?/\s?(?P<month_n>{_M})\s?[-–—]\s?(?P<last>{_D})\s?/\s?{_M}"
        rf"(?:\s?/\s?(?P<year>{_YEAR}))?"
    )
    dashed = rf"(?<![\w/.-])(?P<day>{_D})\s?-\s?(?P<month_n>{_M})\s?-\s?(?P<year>{_YEAR})(?![\w/-])"
    return [
        ("full", rf"{before}{on}{day}{to}\s?{month}{year}"),
        ("numeric", rf"{before}\(\s?(?:{inner},?\s?)?{span}\s?\)"),
        ("numeric", rf"{before}\(\s?(?:{inner},?\s?)?{numeric}\s?\)"),
        ("numeric", rf"{before}(?<![\w/.,-]){numeric}(?![\w/]|[.,][0-9])"),
        ("numeric", rf"{before}{dashed}"),
        ("iso", _ISO),
        ("month", rf"\b{month}(?:\s*,?\s*(?:tahun\s+)?(?P<year>{_YEAR})(?![0-9]))?"),
        ("weekday", rf"\b{weekday}"),
        ("relative", rf"\b(?P<relative>{_words(RELATIVE['id'])})\b"),
        (
            "year",
            rf"\b(?:tahun|pada|sejak|musim|hingga|sampai)\s+(?P<year>{_YEAR})(?![\w/]|[.,-][0-9])",
        ),
    ]


def _english() -> list[tuple[str, str]]:
    month = rf"(?P<month>{_names(MONTHS['en'])})\b\.?"
    weekday = rf"(?P<weekday>{_names(WEEKDAYS['en'])})\b\.?"
    part = r"(?:\s+(?:morning|afternoon|evening|night))?"
    before = rf"(?:\b{weekday}{part}\s*,?\s*\(?(?:on\s+)?)?"
    ordinal = r"(?:st|nd|rd|th)?\b"
    joint = r"(?:[-–—/]|to|and|through|until|,)"
    to = rf"(?:\s?{joint}\s?(?P<last>{_D}){ordinal}(?![0-9]|[.,:][0-9]|\s?%))?"
    year = rf"(?:\s*,?\s*(?:of\s+)?(?P<year>{_YEAR}))?(?![0-9])"
    last = rf"(?P<day>{_D}){ordinal}(?![0-9:%]|[.,][0-9]{{1,2}}\b)"
    first = rf"(?<![0-9.,/:-])(?P<day>{_D}){ordinal}"
    slashed = rf"(?P<month_n>{_D})/(?P<day>{_D})"
    return [
        ("full", rf"{before}\b{month}\s?(?:the\s)?{last}{to}{year}"),
        ("full", rf"{before}(?:the\s+)?{first}{to}\s(?:day\s+)?(?:of\s+)?{month}{year}"),
        (
            "numeric",
            rf"{before}\(?(?<![\w/.,-]){slashed}/(?P<year>{_YEAR}|[0-9]{{2}})(?![\w/])\)?",
        ),
        ("numeric", rf"{before}\(\s?{slashed}\s?\)"),
        ("iso", _ISO),
        ("month", rf"\b{month}(?:\s*,?\s*(?:of\s+)?(?P<year>{_YEAR})(?![0-9]))?"),
        ("weekday", rf"\b{weekday}"),
        ("relative", rf"\b(?P<relative>{_words(RELATIVE['en'])})\b"),
        (
            "year",
            rf"\b(?:in|since|year|of|by|until|from|during)\s+(?P<year>{_YEAR})(?![\w/]|[.,-][0-9])",
        ),
    ]


@lru_cache(maxsize=2)
def patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return (name, pattern) pairs for "id" or "en" in the order in which they claim text."""
    shapes = _indonesian() if language == "id" else _english()
    return tuple((name, re.compile(shape, re.IGNORECASE)) for name, shape in shapes)
