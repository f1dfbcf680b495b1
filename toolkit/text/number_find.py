"""Finds numbers in Indonesian and English text and gives their values.

Handles digits with the marks of either language, scale words, spelled-out numbers, ordinals,
percentages, money, units, clock times, fractions, decades and Roman numerals. Digits inside dates
get the kind "date", digits that are part of a name or code ("G20", "AK-47") the kind "code".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from toolkit.text.date_find import find_dates
from toolkit.text.number_words import (
    ALIASES,
    CURRENCIES,
    NEEDS_DIGITS,
    ORDINALS,
    SCALES,
    SE,
    TENS,
    TENS_ORDINALS,
    UNIT_WORDS,
    UNITS,
    VAGUE,
    Language,
    Token,
    tokens,
)

Kind = Literal[
    "cardinal",
    "ordinal",
    "percent",
    "money",
    "measure",
    "duration",
    "time",
    "fraction",
    "decade",
    "roman",
    "approximate",
    "date",
    "code",
]


@dataclass(frozen=True, slots=True)
class Number:
    """One number: ``text[start:end]``, its value and what it counts.

    ``value`` of a clock time is minutes after midnight. ``unit`` is a canonical English name
    ("percent", "IDR", "km", "year") or empty. ``weak`` marks words that often are no number
    ("satu", "kedua", "one", "both"). ``other`` is a second possible value: the same digits read
    with the other language's marks, or the first number of a range with the scale of the second.
    """

    start: int
    end: int
    text: str
    value: Decimal
    kind: Kind
    unit: str = ""
    weak: bool = False
    other: Decimal | None = None

    @property
    def values(self) -> tuple[Decimal, ...]:
        """``value``, and ``other`` when there is one."""
        return (self.value,) if self.other is None else (self.value, self.other)


_WEB = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#]\w+|\b[A-Z]{1,4}[-/.]?\d[\w-]*/[\w./-]+",
    re.IGNORECASE,
)
_CLOCK = {
    "id": re.compile(
        r"(?:\b(?:pukul|pkl\.?|jam)\s+)(?P<h1>[0-2]?\d)(?:\s?[.:]\s?(?P<m1>[0-5]\d))?(?![\d,]|\.\d)"
        r"(?P<z1>\s*(?:WIB|WITA|WIT|GMT|pagi|siang|sore|malam|dini hari))?"
        r"|(?<![\d.,:/])(?P<h2>[0-2]?\d)(?:[.:](?P<m2>[0-5]\d))?(?P<z2>\s*(?:WIB|WITA|WIT|GMT)\b)"
        r"|(?<![\d.,:/])(?P<h3>[0-2]?\d):(?P<m3>[0-5]\d)(?![\d:])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<![\d.,:/])(?P<h1>[0-2]?\d)(?:[.:](?P<m1>[0-5]\d))?\s?(?P<z1>[ap]\.?\s?m\b\.?)"
        r"|(?<![\d.,:/])(?P<h2>[0-2]?\d)[.:]?(?P<m2>[0-5]\d)(?P<z2>\s*(?:WIB|WITA|WIT|GMT|hours|UTC)\b)"
        r"|(?<![\d.,:/])(?P<h3>[0-2]?\d):(?P<m3>[0-5]\d)(?![\d:])",
        re.IGNORECASE,
    ),
}
_DECADE = re.compile(
    r"(?:['’]\s?(?P<a>\d0)(?:s|\s?-?\s?an)\b|\b(?P<b>\d{1,3}0)(?:s\b|\s?-?\s?an\b))", re.IGNORECASE
)
_FRACTION = re.compile(r"(?<![\w/.,-])(?P<n>\d{1,2})\s?/\s?(?P<d>\d{1,3})(?![\w/]|[.,]\d)")
_ROMAN = re.compile(r"\b(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b(?![.'’-]?\w)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75"}


def find_numbers(text: str, language: Language) -> list[Number]:
    """Return the numbers of ``text`` in order; they do not overlap."""
    return _Finder(text, language).run()


class _Finder:
    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language: Language = language
        self.found: list[Number] = []
        self.taken = bytearray(len(text))

    def run(self) -> list[Number]:
        self._codes()
        self._clock_times()
        self._dates()
        self._decades()
        self._fractions()
        self._words()
        self._romans()
        found = sorted(self.found, key=lambda n: n.start)
        return self._ranges(found)

    def _free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def _add(
        self,
        start: int,
        end: int,
        value: Decimal,
        kind: Kind,
        unit: str = "",
        *,
        weak: bool = False,
        other: Decimal | None = None,
    ) -> None:
        self.found.append(Number(start, end, self.text[start:end], value, kind, unit, weak, other))
        self.taken[start:end] = b"\x01" * (end - start)

    def _codes(self) -> None:
        for match in _WEB.finditer(self.text):
            if self._free(*match.span()):
                for digits in re.finditer(r"\d+", match.group()):
                    start = match.start() + digits.start()
                    self._add(start, match.start() + digits.end(), Decimal(digits.group()), "code")
                self.taken[match.start() : match.end()] = b"\x01" * len(match.group())

    def _clock_times(self) -> None:
        for match in _CLOCK[self.language].finditer(self.text):
            g = match.groupdict()
            hour = int(g["h1"] or g["h2"] or g["h3"])
            minute = int(g["m1"] or g["m2"] or g["m3"] or 0)
            zone = (
                (g.get("z1") or g.get("z2") or "").strip().lower().replace(".", "").replace(" ", "")
            )
            if hour > 24 or not self._free(*match.span()):
                continue
            if (
                zone in ("pm", "malam", "sore", "siang")
                and hour < 12
                and not (zone == "siang" and hour > 9)
            ):
                hour += 12
            if zone == "am" and hour == 12:
                hour = 0
            unit = zone.upper() if zone in ("wib", "wita", "wit", "gmt", "utc") else ""
            if zone in ("am", "pm"):
                unit = zone
            self._add(*match.span(), Decimal(hour * 60 + minute), "time", unit)

    def _dates(self) -> None:
        for mention in find_dates(self.text, self.language):
            for digits in re.finditer(r"\d+", mention.text):
                start, end = mention.start + digits.start(), mention.start + digits.end()
                if self._free(start, end):
                    self._add(start, end, Decimal(digits.group()), "date")
            self.taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)

    def _decades(self) -> None:
        for match in _DECADE.finditer(self.text):
            value = int(match["a"] or match["b"])
            if self._free(*match.span()) and (value < 100 or 1000 <= value <= 2100):
                self._add(*match.span(), Decimal(value), "decade")

    def _fractions(self) -> None:
        for match in _FRACTION.finditer(self.text):
            n, d = int(match["n"]), int(match["d"])
            if d and n < d and self._free(*match.span()):
                self._add(*match.span(), Decimal(n) / Decimal(d), "fraction", other=None)
        for at, sign in enumerate(self.text):
            if sign in _VULGAR and self._free(at, at + 1):
                self._add(at, at + 1, Decimal(_VULGAR[sign]), "fraction", weak=True)

    def _romans(self) -> None:
        for match in _ROMAN.finditer(self.text):
            word = match.group()
            if not word or not self._free(*match.span()):
                continue
            before = self.text[: match.start()].rstrip()[-1:]
            alone = len(word) == 1
            if alone and (self.language == "en" or not before.isalpha()):
                continue
            total = 0
            for a, b in zip(word, word[1:] + "\0", strict=True):
                value = _ROMAN_DIGITS[a]
                total += -value if value < _ROMAN_DIGITS.get(b, 0) else value
            self._add(*match.span(), Decimal(total), "roman", weak=True)

    def _words(self) -> None:
        items = [t for t in tokens(self.text) if self._free(t.start, t.end)]
        at = 0
        while at < len(items):
            at = self._at(items, at) or at + 1

    def _gap(self, left: Token, right: Token) -> str:
        return self.text[left.end : right.start]

    def _at(self, items: list[Token], at: int) -> int | None:
        """Read a number at token ``at``; return the position behind it, or None."""
        token = items[at]
        if token.digits:
            return self._digits(items, at)
        alias = ALIASES[self.language].get(token.low)
        if alias is not None:
            self._add(
                token.start, token.end, alias, "fraction" if alias < 1 else "cardinal", weak=True
            )
            return at + 1
        ordinal = ORDINALS[self.language].get(token.low) or TENS_ORDINALS.get(token.low)
        if ordinal is not None:
            return self._ordinal_word(items, at, ordinal)
        parsed = self._spelled(items, at)
        if parsed is not None:
            return parsed
        return self._vague(items, at)

    def _ordinal_word(self, items: list[Token], at: int, value: int) -> int:
        token = items[at]
        end, stop = token.end, at + 1
        if self.language == "id" and stop < len(items) and items[stop].low in ("belas", "puluh"):
            value = value + 10 if items[stop].low == "belas" else value * 10
            end, stop = items[stop].end, stop + 1
        self._add(token.start, end, Decimal(value), "ordinal", weak=True)
        return stop

    def _spelled(self, items: list[Token], at: int) -> int | None:
        read = spell(items, at, self.language, self.text)
        if read is None:
            return None
        value, stop = read
        first, last = items[at], items[stop - 1]
        word = first.low if stop == at + 1 else ""
        if self.language == "id" and word in ("satu", "kodi", "lusin") or word in ("one", "dozen"):
            self._add(first.start, last.end, value, "cardinal", weak=True)
            return stop
        if self.language == "id" and first.low == "per":
            return None
        return self._finish(items, at, stop, value, None, weak=value < 3)

    def _vague(self, items: list[Token], at: int) -> int | None:
        vague = VAGUE[self.language]
        token = items[at]
        if token.low not in vague:
            return None
        value, stop = Decimal(vague[token.low]), at + 1
        while stop < len(items):
            low = items[stop].low
            if low == "of" and stop + 1 < len(items) and items[stop + 1].low in SCALES["en"]:
                stop += 1
                continue
            scale = SCALES[self.language].get(low)
            if scale is None or low in NEEDS_DIGITS or scale < 100:
                break
            value *= scale
            stop += 1
        self._add(token.start, items[stop - 1].end, value, "approximate", weak=True)
        return stop

    def _digits(self, items: list[Token], at: int) -> int:
        token = items[at]
        before = self.text[max(0, token.start - 12) : token.start]
        after = self.text[token.end : token.end + 12]
        values = read_digits(token.text, self.language)
        if values is None:
            for part in re.finditer(r"\d+", token.text):
                start = token.start + part.start()
                self._add(start, token.start + part.end(), Decimal(part.group()), "code")
            return at + 1
        value, other = values
        if self.language == "id" and re.search(r"\b[Kk]e\s?[-–]?\s?$", before) and other is None:
            self._add(token.start, token.end, value, "ordinal")
            return at + 1
        if self.language == "en" and (found := re.match(r"(?:st|nd|rd|th)\b", after)):
            self._add(token.start, token.end + found.end(), value, "ordinal")
            return at + 2 if at + 1 < len(items) and items[at + 1].start == token.end else at + 1
        if _is_code(before, after):
            self._add(token.start, token.end, value, "code")
            return at + 1
        return self._finish(items, at, at + 1, value, other)

    def _finish(
        self,
        items: list[Token],
        at: int,
        stop: int,
        value: Decimal,
        other: Decimal | None,
        *,
        weak: bool = False,
    ) -> int:
        """Take in the scale, currency and unit around a number and record it."""
        first = items[at]
        scales = SCALES[self.language]
        currency, start = self._currency(items, at)
        if first.digits:
            while stop < len(items):
                low = items[stop].low
                gap = self._gap(items[stop - 1], items[stop])
                scale = scales.get(low)
                if self.language == "id" and currency and items[stop].text in ("M", "T"):
                    scale = 10**9 if items[stop].text == "M" else 10**12
                elif self.language == "en" and low in ("m", "b", "k") and not currency:
                    scale = 1000 if items[stop].text == "K" and not gap else None
                elif self.language == "id" and low == "ratus":
                    scale = 100
                elif self.language == "en" and low == "hundred":
                    scale = 100
                if scale is None or low.startswith("se") or gap.strip() or len(gap) > 2:
                    break
                value, stop = value * scale, stop + 1
                if other is not None:
                    other *= scale
            if stop > at + 1 and other is None and value >= 1000:
                read = self._tail(items, stop, value)
                if read is not None:
                    value, stop = read
        end = items[stop - 1].end
        kind: Kind = "money" if currency else "cardinal"
        unit = currency
        if stop < len(items) and len(self._gap(items[stop - 1], items[stop])) <= 1:
            low = items[stop].low
            if low == "per" and stop + 1 < len(items) and items[stop + 1].low == "cent":
                low, stop = "percent", stop + 1
            found = UNIT_WORDS.get(low)
            if self._gap(items[stop - 1], items[stop]) == "-":
                found = None
            if found is not None and not currency:
                kind, unit = found[0], found[1]  # type: ignore[assignment]
                end, stop = items[stop].end, stop + 1
        self._add(start, end, value, kind, unit, weak=weak and kind != "percent", other=other)
        return stop

    def _tail(self, items: list[Token], stop: int, value: Decimal) -> tuple[Decimal, int] | None:
        """`1 juta 200 ribu`: a second amount of a lower scale."""
        if stop + 1 >= len(items) or not items[stop].digits:
            return None
        scale = SCALES[self.language].get(items[stop + 1].low)
        low_value = read_digits(items[stop].text, self.language)
        if (
            scale is None
            or low_value is None
            or scale < 1000
            or self._gap(items[stop - 1], items[stop]) != " "
        ):
            return None
        amount = low_value[0] * scale
        last_scale = SCALES[self.language].get(items[stop - 1].low, 0)
        return (value + amount, stop + 2) if amount < last_scale else None

    def _currency(self, items: list[Token], at: int) -> tuple[str, int]:
        start = items[at].start
        match = re.search(
            r"(?<![^\W\d_])(US\s?\$|A\$|S\$|HK\$|Rp\.?|USD|IDR|SGD|AUD|EUR|GBP|JPY|CNY|RM|[$€£¥])\s?\.?\s?$",
            self.text[max(0, start - 8) : start],
        )
        if not match:
            return "", start
        code = CURRENCIES.get(match.group(1).rstrip(".").replace(" ", "").lower(), "")
        begin = start - (min(8, start) - match.start())
        return (code, begin) if self._free(begin, start) else (code, start)

    def _ranges(self, found: list[Number]) -> list[Number]:
        """Give the first number of a range the unit, and as other value the scale, of the second."""
        for i in range(len(found) - 1):
            a, b = found[i], found[i + 1]
            gap = self.text[a.end : b.start].strip().lower()
            if gap not in (
                "-",
                "–",
                "—",
                "to",
                "sampai",
                "hingga",
                "s/d",
                "and",
                "dan",
                "or",
                "atau",
            ):
                continue
            if a.kind == "cardinal" and b.kind in (
                "percent",
                "money",
                "measure",
                "duration",
                "cardinal",
            ):
                scale = _scale_of(b)
                other = a.other
                if scale > 1 and a.value < 1000:
                    other = a.value * scale
                found[i] = replace(a, kind=b.kind, unit=a.unit or b.unit, other=other)
            elif a.kind == "money" and b.kind in ("money", "cardinal") and a.other is None:
                scale = _scale_of(b)
                if scale > 1 and a.value < 1000:
                    found[i] = replace(a, other=a.value * scale)
        return found


def _scale_of(number: Number) -> int:
    words = re.findall(r"[^\W\d_]+", number.text.lower())
    scale = 1
    for word in words:
        scale *= SCALES["id"].get(word, SCALES["en"].get(word, 1)) if len(word) > 1 else 1
    return scale


def _is_code(before: str, after: str) -> bool:
    if re.search(r"[^\W\d_]$", before) and not re.search(
        r"(?<![^\W\d_])(?:Rp|RM|USD|IDR|SGD|AUD|EUR|GBP|JPY|CNY)$", before, re.I
    ):
        return True
    if re.search(r"[^\W\d_]\s?[-–]\s?$", before) and not re.search(
        r"\b(?:ke|per|se|usia|umur)\s?[-–]\s?$", before, re.I
    ):
        head = re.search(r"([^\W\d_]+)\s?[-–]\s?$", before)
        if (
            head
            and (head.group(1).isupper() or head.group(1)[0].isupper())
            and " " not in before[-2:]
        ):
            return True
    letters = re.match(r"[^\W\d_]+", after)
    if not letters:
        return bool(re.match(r"[-–][A-Z]{2,}\b", after))
    low = letters.group().lower()
    known = (
        low in UNIT_WORDS
        or low in SCALES["id"]
        or low in SCALES["en"]
        or low in ("an", "s", "x", "rb", "jt", "cc", "gb", "am", "pm")
    )
    return not known


def read_digits(text: str, language: Language) -> tuple[Decimal, Decimal | None] | None:
    """Value of a digit group in ``language``, and the value in the other language's marks.

    None when the group is a number in neither ("1.2.3").
    """
    thousand, decimal = (".", ",") if language == "id" else (",", ".")
    own = _read(text, thousand, decimal)
    other = _read(text, decimal, thousand)
    if own is None and other is None:
        return None
    if own is None:
        assert other is not None
        return other, None
    return own, (other if other != own else None)


def read_english(text: str) -> Decimal | None:
    """Value of a digit group by English marks alone, or None ("2,5")."""
    return _read(text, ",", ".")


def _read(text: str, thousand: str, decimal: str) -> Decimal | None:
    if thousand not in text and decimal not in text:
        return Decimal(text)
    t, d = re.escape(thousand), re.escape(decimal)
    if re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{t}[0-9]{{3}})+(?:{d}[0-9]+)?", text):
        return Decimal(text.replace(thousand, "").replace(decimal, "."))
    if re.fullmatch(rf"[0-9]+{d}[0-9]+", text):
        return Decimal(text.replace(decimal, "."))
    return None


def spell(items: list[Token], at: int, language: Language, text: str) -> tuple[Decimal, int] | None:
    """Read a spelled-out number at token ``at``: its value and the position behind it."""
    total, current, pending = 0, 0, None
    limit = 10**18  # the next scale must be lower
    small = 1000  # the next part below a scale must be lower
    stop = at
    while stop < len(items):
        low = items[stop].low
        gap = text[items[stop - 1].end : items[stop].start] if stop > at else ""
        if stop > at and (gap.strip() or len(gap) > 2):
            break
        if low in ("-", "and") and language == "en" and stop > at:
            ahead = items[stop + 1].low if stop + 1 < len(items) else ""
            known = ahead in UNITS["en"] or ahead in TENS
            if low == "-" and not (ahead in UNITS["en"] and items[stop - 1].low in TENS):
                break
            if low == "and" and not (
                known and (items[stop - 1].low == "hundred" or items[stop - 1].low in SCALES["en"])
            ):
                break
            stop += 1
            continue
        unit = UNITS[language].get(low)
        if unit is None and language == "id":
            unit = SE.get(low)
        if unit is None and language == "en":
            unit = TENS.get(low)
        if unit is not None:
            if pending is not None and not (
                pending in range(20, 100, 10) and unit < 10 and language == "en"
            ):
                break
            if pending is None and unit >= small:
                break
            pending = unit if pending is None else pending + unit
            if language == "id" and unit >= 10:
                current, pending, small = current + unit, None, {10: 1, 11: 1, 100: 100}[unit]
        elif language == "id" and low in ("belas", "puluh", "ratus") and pending is not None:
            value = {"belas": pending + 10, "puluh": pending * 10, "ratus": pending * 100}[low]
            small = {"belas": 1, "puluh": 10, "ratus": 100}[low]
            current, pending = current + value, None
        elif (
            language == "en"
            and low == "hundred"
            and (pending is not None or _article(items, stop, at))
        ):
            current, pending, small = current + (pending or 1) * 100, None, 100
        elif low in SCALES[language] and low not in NEEDS_DIGITS:
            scale = SCALES[language][low]
            if low.startswith("se") and stop > at:
                break
            head = current + (pending or 0)
            if head == 0:
                if not low.startswith("se"):
                    break
                head = 1
            if scale >= limit:
                break
            total, current, pending, limit, small = total + head * scale, 0, None, scale, 1000
        else:
            break
        stop += 1
    if stop == at or (stop == at + 1 and items[at].low in ("ratus", "puluh", "belas")):
        return None
    while items[stop - 1].low in ("-", "and"):
        stop -= 1
    value = Decimal(total + current + (pending or 0))
    if stop + 1 < len(items) and items[stop].low in ("koma", "point"):
        digits = []
        after = stop + 1
        while after < len(items) and 0 <= UNITS[language].get(items[after].low, -1) < 10:
            digits.append(str(UNITS[language][items[after].low]))
            after += 1
        if digits:
            return value + Decimal("0." + "".join(digits)), after
    return value, stop


def _article(items: list[Token], stop: int, at: int) -> bool:
    return False
