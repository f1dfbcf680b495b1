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
from toolkit.text.date_patterns import patterns

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date expression: ``text[start:end]`` and what it says.

    ``weekday`` is 0 (Monday) … 6; ``last_day`` the second day of a range ("12-14 Juli");
    ``relative`` a canonical English name ("yesterday", "last week"; beside a weekday or month
    "last" or "next"); ``swapped`` is True for an English numeric date that may also be day-first;
    ``weak`` for a word that may be no date at all ("Minggu" as week).
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


_CONTEXT = 24  # characters looked at on either side of a match
_MONTH_BEFORE = {
    "id": re.compile(
        r"\b(?:pada|bulan|sejak|hingga|sampai|akhir|awal|pertengahan|medio|antara|dari|per|periode|"
        r"setiap|tiap|di|(?:januari|februari|maret|april|juni|juli)\s?(?:dan|[-–]|hingga|sampai))"
        r"\s*$",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:in|since|until|till|last|next|early|late|mid|mid-|this|from|through|between|every|"
        r"each|during|month of|start of|end of|beginning of|"
        r"(?:january|february|march|april|june|july)\s?(?:and|to|or|through|[-–]))\s*-?$",
        re.IGNORECASE,
    ),
}
_MONTH_AFTER = re.compile(
    r"\s*(?:(?:lalu|mendatang|depan|ini|kemarin|tahun|this|last|next)\b|[-–]\s?[a-z]+\s[0-9]{4})",
    re.IGNORECASE,
)
_NEEDS_CUE = {
    "id": frozenset("mei april juli".split()),
    "en": frozenset("may march".split()),
}
_SHORT_MONTHS = frozenset("mei juni juli may june july".split())
_SHORT_WEEKDAYS = frozenset("mon tues tue wed thurs thur thu fri sat sun".split())
_HARI = re.compile(r"\bhari\s+$", re.IGNORECASE)
_ON = re.compile(r"\b(?:hari|pada)\s+$", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:\b(?:satu|dua|tiga|empat|lima|enam|beberapa|one|two|three|four|few)|[0-9])\s+$", re.I
)
_SUNDAY_BEFORE = re.compile(
    r"(?:\b(?:pada|hari|sejak|hingga|sampai|malam|setiap|tiap)|[,(])\s*$", re.IGNORECASE
)
_SUNDAY_AFTER = re.compile(
    r"\s*(?:\(|pagi|siang|sore|malam|dini|kemarin|besok|[,.]|$)", re.IGNORECASE
)
_WEEK_AFTER = re.compile(r"\s+(?:lalu|ini|depan|pertama|kedua|ketiga|keempat)\b", re.IGNORECASE)
_FUTURE = {
    "id": re.compile(r"\s*(?:mendatang|depan|nanti|yang akan datang|besok)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:next|coming|upcoming)\s*$", re.IGNORECASE),
}
_PAST = {
    "id": re.compile(r"\s*(?:(?:pekan |minggu |yang )?lalu|kemarin|silam)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:last|past|previous)\s*$", re.IGNORECASE),
}


_KEPT = 600
"""Characters of a text whose mentions are kept: a sentence is looked at again and again, once for
each candidate translation and each check."""


def find_dates(text: str, language: Language) -> list[DateMention]:
    """Return the date mentions of ``text`` in order; they do not overlap."""
    if len(text) <= _KEPT:
        return list(_kept(text, language))
    return _find(text, language)


@lru_cache(maxsize=512)
def _kept(text: str, language: Language) -> tuple[DateMention, ...]:
    return tuple(_find(text, language))


def _find(text: str, language: Language) -> list[DateMention]:
    taken = bytearray(len(text))
    found: list[DateMention] = []
    shapes = _possible(text, language)
    for name, pattern in patterns(language) if shapes else ():
        if name not in shapes:
            continue
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            mention = _mention(text, name, match, language)
            if mention is not None:
                found.append(mention)
                taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return sorted(found, key=lambda m: m.start)


_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\W\d_]+['’][^\W\d_]+")  # Jum'at
_RELATIVE_HEADS = {
    language: frozenset(phrase.split()[0] for phrase in phrases)
    for language, phrases in RELATIVE.items()
}


def _possible(text: str, language: Language) -> set[str]:
    """Names of the patterns that may match, by a quick look at the digits and words there are."""
    shapes: set[str] = set()
    low = text.lower()
    words = {*_WORD.findall(low), *_MARKED.findall(low)}
    if not words.isdisjoint(MONTHS[language]):
        shapes.add("month")
    if not words.isdisjoint(WEEKDAYS[language]):
        shapes.add("weekday")
    if not words.isdisjoint(_RELATIVE_HEADS[language]):
        shapes.add("relative")
    if _DIGIT.search(text):
        shapes |= {"numeric", "iso", "year"}
        if "month" in shapes:
            shapes.add("full")
    return shapes


def _mention(text: str, name: str, match: re.Match[str], language: Language) -> DateMention | None:
    groups = match.groupdict()
    start, end = match.span()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,"):
        end -= 1
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    day, month, year, last = (_int(groups.get(k)) for k in ("day", "month_n", "year", "last"))
    month_name = (groups.get("month") or "").lower()
    weekday_name = (groups.get("weekday") or groups.get("inner") or "").lower()
    weekday = WEEKDAYS[language].get(weekday_name)
    swapped = weak = False
    if month is None:
        month = MONTHS[language].get(month_name)
    elif language == "en" and name == "numeric":
        if month > 12 and day is not None:
            month, day = day, month
        else:
            swapped = day is not None and day <= 12 and month != day
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    if not _in_range(day, last, month):
        return None
    word = match.group()
    if name == "numeric" and "(" not in word and year is None and weekday is None:
        return None
    if name == "month" and not _month_stands(word, month_name, year, before, after, language):
        return None
    if name == "relative" and _COUNT.search(before):
        return None  # `dua minggu lalu`
    if name == "weekday":
        if weekday_name in _SHORT_WEEKDAYS or not (word[0].isupper() or _HARI.search(before)):
            return None
        if weekday_name == "minggu":
            if _WEEK_AFTER.match(after) and not _ON.search(before):
                return None
            sure = _SUNDAY_BEFORE.search(before) and _SUNDAY_AFTER.match(after)
            weak = not (sure or _HARI.search(before))
    return DateMention(
        start,
        end,
        text[start:end],
        day,
        month,
        year,
        weekday,
        last,
        _relative(groups.get("relative"), before, after, language),
        swapped,
        weak,
    )


def _in_range(day: int | None, last: int | None, month: int | None) -> bool:
    days = all(d is None or 1 <= d <= 31 for d in (day, last))
    return days and (month is None or 1 <= month <= 12)


def _relative(word: str | None, before: str, after: str, language: Language) -> str:
    if word:
        return RELATIVE[language][" ".join(word.lower().split())]
    if language == "id":
        future, past = _FUTURE["id"].match(after), _PAST["id"].match(after)
    else:
        future, past = _FUTURE["en"].search(before), _PAST["en"].search(before)
    return "next" if future else "last" if past else ""


def _month_stands(
    word: str, name: str, year: int | None, before: str, after: str, language: Language
) -> bool:
    """Whether a month name without a day is a month."""
    if year is not None:
        return True
    cue = bool(_MONTH_BEFORE[language].search(before))
    if not word[0].isupper():
        return language == "id" and len(name) > 4 and cue
    if len(name) <= 4 and name not in _SHORT_MONTHS:
        return False
    if name in _NEEDS_CUE[language]:
        return cue or bool(_MONTH_AFTER.match(after))
    return True


def _int(text: str | None) -> int | None:
    return int(text) if text else None
