"""What stands around a number: names and codes it is part of, ranges it opens."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.text.number_types import Number
from toolkit.text.number_words import SCALES, UNIT_WORDS, Language

_RANGE = frozenset(["-", "–", "—", "to", "sampai", "hingga", "s/d", "and", "dan", "or", "atau"])
_UNITLESS_KINDS = frozenset(["cardinal", "money"])
SCALE_ENDING = re.compile(r"(?:nya|an)$")
"""Endings of Indonesian scale words: "triliunan", "jutanya"."""


def join_ranges(text: str, found: list[Number]) -> list[Number]:
    """Give the first number of a range the second one's unit and, as other value, scale."""
    for i in range(len(found) - 1):
        a, b = found[i], found[i + 1]
        gap = text[a.end : b.start]
        if len(gap) > 10 or gap.strip().lower() not in _RANGE or a.kind not in _UNITLESS_KINDS:
            continue
        if 1500 <= a.value < 2200 and len(b.text) == 2 and b.text.isdigit():
            century = a.value - a.value % 100  # `2019-20`: two years
            found[i + 1] = replace(b, other=century + b.value)
            continue
        scale = _scale_of(b)
        other = a.value * scale if scale > 1 and a.value < 1000 else a.other
        if a.kind == "cardinal" and b.kind in ("percent", "money", "measure", "duration"):
            found[i] = replace(a, kind=b.kind, unit=b.unit, other=other)
        elif b.kind in ("money", "cardinal"):
            found[i] = replace(a, other=other)
    return found


def _scale_of(number: Number) -> int:
    scale = 1
    for word in re.findall(r"[^\W\d_]{2,}", number.text.lower()):
        scale *= SCALES["id"].get(word, SCALES["en"].get(word, 1))
    return scale


_LETTER_BEFORE = re.compile(r"[^\W\d_]\Z")
_CURRENCY_LETTERS = re.compile(
    r"(?<![^\W\d_])(?:Rp|RM|USD|IDR|SGD|AUD|EUR|GBP|JPY|CNY)\Z", re.IGNORECASE
)
_HYPHENED = re.compile(r"([^\W\d_]+)[-–]\Z")
_HYPHEN_WORDS = frozenset("ke per se usia umur".split())
_LETTERS_AFTER = re.compile(r"[^\W\d_]+")
_NO_CODE = frozenset("an s x rb jt cc am pm nya".split())
_CODE_AFTER = re.compile(r"[-–][A-Z]{2,}\b| K\b")


def is_code(before: str, after: str, language: Language) -> bool:
    """Whether digits with these neighbours are part of a name ("G20", "AK-47", "4G")."""
    if _LETTER_BEFORE.search(before) and not _CURRENCY_LETTERS.search(before):
        return True
    head = _HYPHENED.search(before)
    if head and head[1][0].isupper() and head[1].lower() not in _HYPHEN_WORDS:
        return True
    letters = _LETTERS_AFTER.match(after)
    if not letters:
        return bool(_CODE_AFTER.match(after)) and (language == "id" or after[0] != " ")
    low = letters.group().lower()
    known = low in UNIT_WORDS or low in SCALES["id"] or low in SCALES["en"] or low in _NO_CODE
    return not known and SCALE_ENDING.sub("", low) not in SCALES["id"]
