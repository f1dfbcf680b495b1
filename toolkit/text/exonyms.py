"""Puts Indonesian place names that a translation left as they are into English.

A copied "Moskow" or "Kuba" is a format error like a copied "6.387": what is meant is certain, so
it is put right rather than flagged. The table holds only forms that are no English words. Whether
a name is missing altogether is ``names``' question.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.text.resources import rows


@cache
def exonyms() -> dict[str, str]:
    """Indonesian place names and their English forms."""
    return {row[0]: row[1] for row in rows("exonyms.tsv")}


_WORD = re.compile(r"\w+")


@cache
def _heads() -> frozenset[str]:
    """First words of all forms, for a quick look."""
    return frozenset(_WORD.findall(form)[0] for form in exonyms())


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(exonyms(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _stands_in(source: str, form: str, after_hyphen: bool) -> bool:
    """Whether the source has the form as a word; behind a hyphen, only behind another place or
    an abbreviation ("Rusia-Ukraina", "AS-Kuba"), for "al-Kuba" is a name."""
    before = r"(?<!\w)"
    if after_hyphen:
        places = "|".join(map(re.escape, exonyms()))
        before = rf"(?<!\w)(?:{places}|[A-Z]{{2,}})[-–]"
    return re.search(rf"{before}{re.escape(form)}(?!\w)", source) is not None


_NEXT = re.compile(r" (?:(?:bin|ibn|al|el)[ -][A-Z][\w-]*|[A-Z][\w-]*)")
_LOWER_BEFORE = r"(?:^|(?<!\w)(?:[a-z]\w*|Kata|Menurut|Ujar|Oleh)\s|[^\w\s]\s*)"


def _is_person(source: str, form: str, behind: str) -> bool:
    """Whether the form is a person's first name, with what stands ``behind`` it copied too.

    "Turki Alalshikh", "Pangeran Turki al-Faisal"; but "Presiden Rusia Vladimir Putin" has a title.
    """
    following = _NEXT.match(behind)
    if following is None:
        return False
    name = re.escape(form + following.group())
    before = "" if following.group()[1].islower() else _LOWER_BEFORE
    return re.search(rf"{before}(?<!\w){name}(?!\w)", source) is not None


def repair_exonyms(source: str, hypothesis: str) -> tuple[str, list[tuple[str, str]]]:
    """Replace Indonesian place names in ``hypothesis`` that stand in ``source`` just so.

    Returns the text and the replacements made (Indonesian, English), each named once. A form the
    source does not have is left alone: it may be a person's or a firm's name.
    """
    if _heads().isdisjoint(_WORD.findall(hypothesis)):
        return hypothesis, []
    made: dict[str, str] = {}

    def english(match: re.Match[str]) -> str:
        form = match.group()
        if not _stands_in(source, form, match.string[: match.start()].endswith(("-", "–"))):
            return form
        if _is_person(source, form, match.string[match.end() :]):
            return form
        made[form] = exonyms()[form]
        return made[form]

    return _pattern().sub(english, hypothesis), list(made.items())
