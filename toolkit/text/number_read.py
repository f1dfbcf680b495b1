"""Gives the value of a digit group and of a spelled-out number."""

from __future__ import annotations

import re
from decimal import Decimal

from toolkit.text.number_words import NEEDS_DIGITS, SCALES, SE, TENS, UNITS, Language, Token

_INDONESIAN = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+,[0-9]+|[0-9]+")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+|[0-9]+")
_TO_ENGLISH = {ord("."): ",", ord(","): "."}


def read_indonesian(text: str) -> Decimal | None:
    """Value of a digit group by Indonesian marks alone ("1.000,5"), or None."""
    if not _INDONESIAN.fullmatch(text):
        return None
    return Decimal(text.translate(_TO_ENGLISH).replace(",", ""))


def read_english(text: str) -> Decimal | None:
    """Value of a digit group by English marks alone ("1,000.5"), or None."""
    return Decimal(text.replace(",", "")) if _ENGLISH.fullmatch(text) else None


def read_digits(text: str, language: Language) -> tuple[Decimal, Decimal | None] | None:
    """Value of a digit group in ``language``, and a different one by the other language's marks.

    None when the group is a number in neither ("1.2.3").
    """
    own, other = read_indonesian(text), read_english(text)
    if language == "en":
        own, other = other, own
    if own is None:
        return None if other is None else (other, None)
    return own, (other if other != own else None)


_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DOTTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_RATE = re.compile(
    r"\b(?:kurs|nilai tukar|mata uang|diperdagangkan|euro|poundsterling|dolar (?:australia|as)"
    r"|greenback|franc|mmbtu|bensin|solar|diesel|gas alam"
    r"|per (?:dolar|pon|galon|liter|kwh|saham|lembar))\b",
    re.IGNORECASE,
)

_CLEAR_RATE = re.compile(
    r"\b(?:kurs|nilai tukar|diperdagangkan|mmbtu|per (?:dolar|pon|galon|liter|kwh))\b",
    re.IGNORECASE,
)
"""What must stand beside a rate with a point: elsewhere points mark thousands."""


def money_reading(
    text: str, digits: str, value: Decimal, other: Decimal, currency: str
) -> tuple[Decimal, Decimal | None]:
    """The reading of an amount in Indonesian ``text``: "US$1,250" is 1250, as is "US$1.250".

    Amounts have no three decimals, so the mark is that of thousands. For exchange rates and prices
    per litre both readings stay open, the Indonesian one first.
    """
    dotted = bool(_DOTTED.fullmatch(digits))
    if not dotted and not _GROUPED.fullmatch(digits):
        return value, other
    rate = _CLEAR_RATE if dotted else _RATE
    if len(digits) == 5 and rate.search(text) and not (dotted and currency == "IDR"):
        return value, other
    return (value if dotted else other), None


def spell(items: list[Token], at: int, language: Language, text: str) -> tuple[Decimal, int] | None:
    """Read a spelled-out number at token ``at``: its value and the position behind it."""
    whole = _whole(items, at, language, text)
    if whole is None:
        return None
    value, stop = whole
    if stop + 1 >= len(items) or items[stop].low not in ("koma", "point"):
        return Decimal(value), stop
    digits, after = "", stop + 1
    while after < len(items) and 0 <= UNITS[language].get(items[after].low, -1) < 10:
        digits += str(UNITS[language][items[after].low])
        after += 1
    return (Decimal(f"{value}.{digits}"), after) if digits else (Decimal(value), stop)


def and_a_half(
    items: list[Token], stop: int, language: Language, value: Decimal
) -> tuple[Decimal, int]:
    """A number that ends at ``stop``, with "setengah" or "and a half" and a scale behind that.

    Returns the value and the position behind it, both unchanged where there is no half.
    """
    at = stop
    for word in ["setengah"] if language == "id" else ["and", "a", "half"]:
        at += _low(items, at) == "-"
        if _low(items, at) != word:
            return value, stop
        at += 1
    value += Decimal("0.5")
    scale = _scale(items, at, language)
    return (value * scale, at + 1) if scale else (value, at)


def part_of_scale(items: list[Token], at: int, language: Language) -> tuple[int, int] | None:
    """The scale of "setengah juta" or "half a million", and the position behind it."""
    last = at + 1
    if language == "en":
        if _low(items, last) != "a":
            return None
        last += 1
    scale = _scale(items, last, language)
    return (scale, last + 1) if scale else None


def _low(items: list[Token], at: int) -> str:
    return items[at].low if at < len(items) else ""


def _scale(items: list[Token], at: int, language: Language) -> int:
    """The scale word at a position that may stand behind a half, or 0."""
    low = _low(items, at)
    scale = 0 if low in NEEDS_DIGITS else SCALES[language].get(low, 0)
    return scale if scale >= 1000 else 0


def _whole(items: list[Token], at: int, language: Language, text: str) -> tuple[int, int] | None:
    total = current = 0  # finished scales; what stands below the next scale
    pending: int | None = None  # a unit that may still take puluh, belas, ratus or hundred
    limit, small = 10**18, 1000  # the next scale, the next lower part must be below these
    stop = at
    while stop < len(items):
        low = items[stop].low
        if stop > at and not _adjacent(text, items[stop - 1], items[stop]):
            break
        if language == "en" and stop > at and low in ("-", "and"):
            if not _goes_on(items, stop):
                break
            stop += 1
            continue
        unit = _unit(low, language)
        if unit is not None:
            if pending is not None:
                if not (language == "en" and pending >= 20 and pending % 10 == 0 and unit < 10):
                    break
                pending += unit
            elif unit >= small:
                break
            elif language == "id" and unit >= 10:
                current += unit
                small = 100 if unit == 100 else 10 if unit > 10 and unit % 10 == 0 else 1
            else:
                pending = unit
        elif language == "id" and low in ("belas", "puluh", "ratus") and pending is not None:
            part = {"belas": pending + 10, "puluh": pending * 10, "ratus": pending * 100}[low]
            if part >= small * 10:
                break
            current, pending, small = current + part, None, {"belas": 1, "puluh": 10}.get(low, 100)
        elif language == "en" and low == "hundred" and pending is not None:
            current, pending, small = current + pending * 100, None, 100
        elif low in SCALES[language] and low not in NEEDS_DIGITS:
            scale = SCALES[language][low]
            head = current + (pending or 0)
            begins = low.startswith("se") and stop == at
            if scale >= limit or (head == 0 and not begins) or (head and low.startswith("se")):
                break
            total, current, pending = total + (head or 1) * scale, 0, None
            limit, small = scale, 1000
        else:
            break
        stop += 1
    while stop > at and items[stop - 1].low in ("-", "and"):
        stop -= 1
    return (total + current + (pending or 0), stop) if stop > at else None


def _adjacent(text: str, left: Token, right: Token) -> bool:
    gap = text[left.end : right.start]
    return len(gap) <= 2 and not gap.strip()


def _unit(low: str, language: Language) -> int | None:
    unit = UNITS[language].get(low)
    if unit is None:
        unit = SE.get(low) if language == "id" else TENS.get(low)
    return unit


def _goes_on(items: list[Token], stop: int) -> bool:
    """Whether the hyphen or "and" at ``stop`` joins two parts of one English number."""
    if stop + 1 >= len(items):
        return False
    ahead, before = items[stop + 1].low, items[stop - 1].low
    if items[stop].low == "-":
        return before in TENS and 0 < UNITS["en"].get(ahead, 0) < 10
    if ahead not in UNITS["en"] and ahead not in TENS:
        return False
    if before != "hundred" and before not in SCALES["en"]:
        return False
    behind = items[stop + 2].low if stop + 2 < len(items) else ""
    return before == "hundred" or not (behind in SCALES["en"] or behind == "hundred")
