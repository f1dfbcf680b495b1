"""Finds dates in Indonesian and English text: days, months, years, weekdays, relative words.

One mention is one expression ("Senin (12/7)", "12-14 Juli 2025", "pekan lalu"). Clock times are
``number_find``'s. Ambiguous words are taken for dates only with a cue beside them: *Minggu*
(Sunday or week), *Mei*, *May*, *March*, and month or weekday abbreviations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from toolkit.text.calendar_words import MONTHS, RELATIVE, WEEKDAYS

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date expression: ``text[start:end]`` and what it says.

    ``weekday`` is 0 (Monday) … 6; ``last_day`` the second day of a range ("12-14 Juli");
    ``relative`` a canonical English name ("yesterday", "last week"; for a weekday "last" or
    "next"); ``swapped`` is True for an English numeric date that may also be day-first; ``weak``
    for a word that may be no date at all ("Minggu" as week).
    """

    start: int
    end: int
    text: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    last_day: int | None = None
    relative: str = ""
    swapped: bool = False
    weak: bool = False


_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DASH = r"\s?[-–—/]\s?"


def _names(table: dict[str, int]) -> str:
    return "|".join(re.escape(n) for n in sorted(table, key=len, reverse=True))


@lru_cache(maxsize=2)
def _patterns(language: Language) -> list[tuple[str, re.Pattern[str]]]:
    """Patterns by name, in the order in which they claim text."""
    month = rf"(?P<month>{_names(MONTHS[language])})\b\.?"
    weekday = rf"(?P<weekday>{_names(WEEKDAYS[language])})\b\.?"
    day = r"(?<![\d.,/:-])(?P<day>[0-3]?\d)"
    relative = "|".join(
        r"\s+".join(map(re.escape, k.split()))
        for k in sorted(RELATIVE[language], key=len, reverse=True)
    )
    if language == "id":
        weekday_in = rf"(?:\b{weekday}(?:\s+(?:pagi|siang|sore|malam|dini\s+hari))?\s*,?\s*)?"
        on = r"(?:(?:tanggal|tgl\.?)\s+)?"
        to = r"(?:\s?(?:[-–—/]|s\.?/?d\.?|sampai|hingga|dan|,)\s?(?P<last>[0-3]?\d))?"
        year = rf"(?:\s*,?\s*(?:tahun\s+)?(?P<year>{_YEAR}))?(?!\d)"
        numeric = (
            rf"(?P<day>[0-3]?\d)(?:\s?[-–—]\s?(?P<last>[0-3]?\d))?\s?/\s?(?P<month_n>[01]?\d)"
            rf"(?:\s?/\s?(?P<year>{_YEAR}|\d\d))?"
        )
        raw = [
            ("full", rf"{weekday_in}{on}{day}{to}\s?{month}{year}"),
            (
                "numeric",
                rf"{weekday_in}\(\s?(?:{weekday.replace('weekday', 'inner')},?\s?)?{numeric}\s?\)",
            ),
            ("numeric", rf"{weekday_in}(?<![\w/.,-]){numeric}(?![\w/]|[.,]\d)"),
            (
                "dashed",
                rf"{weekday_in}(?<![\w/.-])(?P<day>[0-3]?\d)-(?P<month_n>[01]?\d)-(?P<year>{_YEAR})(?![\w/-])",
            ),
            ("iso", rf"(?<![\w/.-])(?P<year>{_YEAR})-(?P<month_n>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
            ("month", rf"\b{month}(?:\s*,?\s*(?:tahun\s+)?(?P<year>{_YEAR})(?!\d))?"),
            ("weekday", rf"\b{weekday}"),
            ("relative", rf"\b(?P<relative>{relative})\b"),
            (
                "year",
                rf"\b(?:tahun|pada|sejak|musim|hingga|sampai)\s+(?P<year>{_YEAR})(?![\w/]|[.,-]\d)",
            ),
        ]
    else:
        weekday_in = (
            rf"(?:\b{weekday}(?:\s+(?:morning|afternoon|evening|night))?\s*,?\s*\(?(?:on\s+)?)?"
        )
        ordinal = r"(?:st|nd|rd|th)?\b"
        to = rf"(?:\s?(?:[-–—/]|to|and|through|until|,)\s?(?P<last>[0-3]?\d){ordinal})?"
        year = rf"(?:\s*,?\s*(?:of\s+)?(?P<year>{_YEAR}))?(?!\d)"
        raw = [
            (
                "full",
                rf"{weekday_in}\b{month}\s?(?:the\s)?(?P<day>[0-3]?\d){ordinal}(?![\d:%]|[.,]\d{{1,2}}\b){to}{year}",
            ),
            (
                "full",
                rf"{weekday_in}(?:the\s+)?{day}{ordinal}{to}\s(?:day\s+)?(?:of\s+)?{month}{year}",
            ),
            (
                "numeric",
                rf"{weekday_in}\(?(?<![\w/.,-])(?P<month_n>[0-3]?\d)/(?P<day>[0-3]?\d)/(?P<year>{_YEAR}|\d\d)(?![\w/])\)?",
            ),
            ("numeric", rf"\(\s?(?P<month_n>[0-3]?\d)/(?P<day>[0-3]?\d)\s?\)"),
            ("iso", rf"(?<![\w/.-])(?P<year>{_YEAR})-(?P<month_n>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
            ("month", rf"\b{month}(?:\s*,?\s*(?:of\s+)?(?P<year>{_YEAR})(?!\d))?"),
            ("weekday", rf"\b{weekday}"),
            ("relative", rf"\b(?P<relative>{relative})\b"),
            (
                "year",
                rf"\b(?:in|since|year|of|by|until|from|during)\s+(?P<year>{_YEAR})(?![\w/]|[.,-]\d)",
            ),
        ]
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in raw]


_MONTH_CUE = {
    "id": re.compile(
        r"\b(?:pada|bulan|sejak|hingga|sampai|akhir|awal|pertengahan|medio|dan|antara|dari|per|"
        r"periode|setiap|tiap|semester|sampai dengan|di)\s*$",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:in|of|since|until|till|by|last|next|early|late|mid|mid-|this|from|through|between|"
        r"and|to|every|each|for|on|before|after|during|the)\s*-?$",
        re.IGNORECASE,
    ),
}
_AFTER_MONTH = re.compile(r"\s*(?:lalu|mendatang|depan|ini|kemarin|tahun\b)", re.IGNORECASE)
_SUNDAY_CUE = re.compile(
    r"(?:\b(?:pada|hari|sejak|hingga|sampai|malam|setiap|tiap)|[,(])\s*$", re.I
)
_SUNDAY_AFTER = re.compile(r"\s*(?:\(|pagi|siang|sore|malam|dini|kemarin|besok|[,.]|$)", re.I)
_FUTURE = {
    "id": re.compile(r"\s*(?:mendatang|depan|nanti|yang akan datang|besok)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:next|coming|upcoming|this coming)\s*$", re.IGNORECASE),
}
_PAST = {
    "id": re.compile(r"\s*(?:lalu|kemarin|silam|pekan lalu|yang lalu)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:last|past|previous)\s*$", re.IGNORECASE),
}
_AMBIGUOUS_MONTHS = {
    "id": {"mei", "mar", "des", "jul", "jun", "dec", "aug", "oct"},
    "en": {"may", "march", "mar", "dec"},
}
_SHORT_WEEKDAYS = frozenset("mon tues tue wed thurs thur thu fri sat sun".split())


def find_dates(text: str, language: Language) -> list[DateMention]:
    """Return the date mentions of ``text`` in order; they do not overlap."""
    taken = bytearray(len(text))
    found: list[DateMention] = []
    for name, pattern in _patterns(language):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            mention = _mention(text, name, match, language)
            if mention is not None:
                found.append(mention)
                taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return sorted(found, key=lambda m: m.start)


def _mention(text: str, name: str, match: re.Match[str], language: Language) -> DateMention | None:
    groups = match.groupdict()
    start, end = match.span()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,"):
        end -= 1
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    month_name = (groups.get("month") or "").lower()
    month = MONTHS[language].get(month_name)
    day = _number(groups.get("day"))
    year = _number(groups.get("year"))
    weekday_name = (groups.get("weekday") or groups.get("inner") or "").lower()
    weekday = WEEKDAYS[language].get(weekday_name)
    swapped = weak = False
    if groups.get("month_n"):
        month = int(groups["month_n"])
        if language == "en" and name == "numeric":
            if month > 12 and day is not None and day <= 12:
                month, day = day, month
            elif day is not None and day <= 12:
                swapped = month != day
        if not 1 <= month <= 12:
            return None
        if year is not None and year < 100:
            year += 2000 if year < 70 else 1900
    if day is not None and not 1 <= day <= 31:
        return None
    last = _number(groups.get("last"))
    if last is not None and not 1 <= last <= 31:
        return None
    word = match.group()
    if (
        name == "numeric"
        and language == "id"
        and "(" not in word
        and year is None
        and weekday is None
    ):
        return None
    if name == "month" and not _month_stands(word, month_name, year, before, after, language):
        return None
    if name == "weekday":
        if not word[0].isupper() and not re.search(r"\bhari\s+$", before, re.IGNORECASE):
            return None
        if weekday_name in _SHORT_WEEKDAYS:
            return None
        if weekday_name == "minggu":
            if re.match(r"\s+(?:lalu|ini|depan)\b", after, re.IGNORECASE) and not re.search(
                r"\b(?:hari|pada)\s+$", before, re.IGNORECASE
            ):
                return None
            sure = _SUNDAY_CUE.search(before) and _SUNDAY_AFTER.match(after)
            weak = not (sure or re.search(r"\bhari\s+$", before, re.IGNORECASE))
    relative = ""
    if groups.get("relative"):
        relative = RELATIVE[language][" ".join(groups["relative"].lower().split())]
    elif language == "id":
        relative = (
            "next" if _FUTURE["id"].match(after) else "last" if _PAST["id"].match(after) else ""
        )
    else:
        relative = (
            "next" if _FUTURE["en"].search(before) else "last" if _PAST["en"].search(before) else ""
        )
    return DateMention(
        start, end, text[start:end], day, month, year, weekday, last, relative, swapped, weak
    )


def _month_stands(
    word: str, name: str, year: int | None, before: str, after: str, language: Language
) -> bool:
    """Whether a month name without a day is a month."""
    if not word[0].isupper() and year is None:
        return language == "id" and len(name) > 4 and bool(_MONTH_CUE["id"].search(before))
    if year is not None:
        return True
    if len(name) <= 4 and name not in ("mei", "juni", "juli", "may", "june", "july"):
        return False
    if name in _AMBIGUOUS_MONTHS[language] or name in ("april", "juli", "june"):
        if language == "id":
            return bool(_MONTH_CUE["id"].search(before) or _AFTER_MONTH.match(after))
        return bool(_MONTH_CUE["en"].search(before))
    return True


def _number(text: str | None) -> int | None:
    return int(text) if text else None
