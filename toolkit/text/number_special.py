"""Finds the numbers that have a shape of their own: codes, clock times, decades, fractions.

Each function yields candidates in the order of the text; ``number_find`` decides which of them
stand, by the order in which it asks. Roman numerals are here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.text.number_types import Kind, Number
from toolkit.text.number_words import UNITS, Language

_WEB = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w+|(?<!\w)[@#]\w+"
    r"|\b[A-Z]{1,4}[-/.]?[0-9][\w-]{0,20}/[\w./-]+|\b[HD]\s?[-+]\s?[0-9]{1,3}\b",
    re.IGNORECASE,
)
_SPOKEN = "|".join(w for w in UNITS["id"] if w != "nol")
_ZONE = r"WIB|WITA|WIT|GMT|UTC"
_CLOCK = {
    "id": re.compile(
        r"\b(?:pukul|pkl\.?|jam)\s+(?P<half>setengah\s+)?"
        rf"(?:(?P<h1>[0-2]?[0-9])(?:\s?[.:]\s?(?P<m1>[0-5][0-9]))?|(?P<word>{_SPOKEN}))"
        r"(?![0-9\w]|[.,][0-9])"
        rf"(?P<z1>\s*(?:{_ZONE}|pagi|siang|sore|petang|malam|dini hari)\b)?"
        rf"|(?<![0-9.,:/])(?P<h2>[0-2]?[0-9])[.:]?(?P<m2>[0-5][0-9])?(?P<z2>\s*(?:{_ZONE})\b)"
        r"|(?<![0-9.,:/])(?P<h3>[0-2]?[0-9]):(?P<m3>[0-5][0-9])(?![0-9:])"
        r"|(?<![0-9.,:/])(?P<h4>[0-2]?[0-9])\.(?P<m4>[0-5][0-9])"
        r"(?=\s?(?:[-–—]|hingga|sampai|s/?d)\s?[0-2]?[0-9][.:][0-5][0-9]\s*(?:WIB|WITA|WIT)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?P<half>half[ -]past\s+)"
        rf"(?:(?P<h1>[0-2]?[0-9])|(?P<word>{'|'.join(list(UNITS['en'])[1:13])}))\b"
        r"|(?<![0-9.,:/])(?P<h4>[0-2]?[0-9])(?:[.:](?P<m4>[0-5][0-9]))?\s?(?P<z1>[ap]\.?\s?m\b\.?)"
        rf"|(?<![0-9.,:/])(?P<h2>[0-2]?[0-9])[.:]?(?P<m2>[0-5][0-9])(?P<z2>\s*(?:{_ZONE}|hours)\b)"
        r"|(?<![0-9.,:/])(?P<h3>[0-2]?[0-9]):(?P<m3>[0-5][0-9])(?![0-9:])",
        re.IGNORECASE,
    ),
}
_DECADE = re.compile(
    r"(?:['’]\s?(?P<a>[0-9]0)(?:s|\s?-?\s?an)\b|(?<![\w.,])(?P<b>[0-9]{1,3}0)(?:s\b|\s?-?\s?an\b))",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\w/.,-])(?P<n>[0-9]{1,2})\s?/\s?(?P<d>[0-9]{1,3})(?![\w/]|[.,][0-9])")
_PRODUCT = re.compile(
    r"\b(?P<a>[0-9]{1,2}|dua|tiga|two)\s?(?:x|kali|times)\s?(?P<b>24)(?=[\s-](?:jam|hour))",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\b(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b(?![.'’-]?\w)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_VULGAR_SIGN = re.compile("[½¼¾]")
_DIGITS = re.compile(r"[0-9]+")


def _number(
    match: re.Match[str], value: Decimal, kind: Kind, unit: str = "", *, weak: bool = False
) -> Number:
    return Number(match.start(), match.end(), match.group(), value, kind, unit, weak)


def codes(text: str) -> Iterator[tuple[int, int, list[Number]]]:
    """Yield spans of addresses, tags and file numbers, each with the digit groups in it."""
    for match in _WEB.finditer(text):
        inner = [
            Number(match.start() + d.start(), match.start() + d.end(), d.group(), value, "code")
            for d in _DIGITS.finditer(match.group())
            for value in [Decimal(d.group())]
        ]
        yield match.start(), match.end(), inner


def clock_times(text: str, language: Language) -> Iterator[Number]:
    """Yield clock times; the value is minutes after midnight, am and pm the unit if given."""
    for match in _CLOCK[language].finditer(text):
        g = match.groupdict()
        spoken = (g.get("word") or "").lower()
        hour = UNITS[language].get(spoken, 0)
        hour = int(g.get("h1") or g.get("h2") or g.get("h3") or g.get("h4") or hour)
        minute = int(g.get("m1") or g.get("m2") or g.get("m3") or g.get("m4") or 0)
        if g.get("half"):
            hour, minute = (hour - 1, 30) if language == "id" else (hour, 30)
        zone = re.sub(r"[\s.]", "", g.get("z1") or g.get("z2") or "").lower()
        if not 0 <= hour <= 24:
            continue
        # "Jam 2 malam" is in the small hours.
        late = zone in ("pm", "sore", "petang") or (zone == "malam" and hour > 3)
        late = late or (zone == "siang" and hour < 6)
        if late and hour < 12:
            hour += 12
        if zone in ("am", "malam") and hour == 12:
            hour = 0
        known = zone in ("am", "pm") or zone in _ZONE.lower().split("|")
        weak = bool(spoken) and not g.get("half")
        yield _number(match, Decimal(hour * 60 + minute), "time", zone if known else "", weak=weak)


def decades(text: str) -> Iterator[Number]:
    """Yield decades: "1990s", "'70s", "era 60-an"."""
    for match in _DECADE.finditer(text):
        value = int(match["a"] or match["b"])
        if value < 100 or 1000 <= value <= 2100:
            yield _number(match, Decimal(value), "decade")


def fractions(text: str) -> Iterator[Number]:
    """Yield "3/4" and "½"; other slashed pairs ("27/11", "2/1") are codes."""
    for match in _SLASHED.finditer(text):
        top, bottom = int(match["n"]), int(match["d"])
        if bottom and top < bottom <= 100:
            yield _number(match, Decimal(top) / Decimal(bottom), "fraction")
        else:
            yield _number(match, Decimal(top), "code")
    for match in _VULGAR_SIGN.finditer(text):
        yield _number(match, Decimal(_VULGAR[match.group()]), "fraction", weak=True)


def products(text: str) -> Iterator[Number]:
    """Yield "2x24 jam" as 48."""
    for match in _PRODUCT.finditer(text):
        word = match["a"].lower()
        times = UNITS["id"].get(word) or UNITS["en"].get(word) or int(word)
        yield _number(match, Decimal(times * 24), "duration", "hour", weak=True)


def romans(text: str, language: Language) -> Iterator[Number]:
    """Yield Roman numerals; a single letter only in Indonesian and only behind a word."""
    for match in _ROMAN.finditer(text):
        word = match.group()
        if not word:
            continue
        if len(word) == 1:
            before = text[max(0, match.start() - 2) : match.start()]
            if language == "en" or not (before[:1].isalpha() and before[1:] == " "):
                continue
        total = 0
        for a, b in zip(word, word[1:] + " ", strict=True):
            value = _ROMAN_DIGITS[a]
            total += -value if value < _ROMAN_DIGITS.get(b, 0) else value
        yield _number(match, Decimal(total), "roman", weak=True)
