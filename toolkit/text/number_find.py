"""Finds numbers in Indonesian and English text and gives their values.

Handles digits with the marks of either language, scale words, spelled-out numbers, ordinals,
percentages, money, units, clock times, fractions, decades and Roman numerals. Digits inside dates
get the kind "date", digits that are part of a name or code ("G20", "AK-47") the kind "code".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import cast

from toolkit.text import number_special as special
from toolkit.text.date_find import find_dates
from toolkit.text.number_context import SCALE_ENDING, is_code, join_ranges
from toolkit.text.number_read import (
    and_a_half,
    money_reading,
    part_of_scale,
    read_digits,
    spell,
)
from toolkit.text.number_types import Kind, Number
from toolkit.text.number_words import (
    ALIASES,
    CURRENCIES,
    CURRENCY_BEFORE,
    IDIOM_AFTER,
    IDIOM_BEFORE,
    NEEDS_DIGITS,
    ORDINALS,
    PART_WORDS,
    SCALES,
    SE,
    TENS,
    UNIT_WORDS,
    UNITS,
    VAGUE,
    Language,
    Token,
    tokens,
)

_KE = re.compile(r"\b[Kk]e\s?[-–]?\s?\Z")
_ENDING = re.compile(r"(?:st|nd|rd|th)\b")
_FOLD = re.compile(r"([a-z]+)-?fold")
_STARTS: dict[str, frozenset[str]] = {
    "id": frozenset().union(
        *(t["id"] for t in (UNITS, SCALES, ORDINALS, VAGUE)), SE, ALIASES["id"]
    ),
    "en": frozenset().union(
        *(t["en"] for t in (UNITS, SCALES, ORDINALS, VAGUE)), TENS, ALIASES["en"]
    ),
}
"""The words that a number in words may start with."""

_HINT = re.compile(r"[0-9]+|[½¼¾]|[^\W\d_]+")
_LONGEST = 24  # characters; a longer digit group is no number of a news text

_KEPT = 600
"""Characters of a text whose numbers are kept: a sentence is looked at again and again, once for
each candidate translation and each check."""


def find_numbers(text: str, language: Language) -> list[Number]:
    """Return the numbers of ``text`` in order; they do not overlap."""
    if len(text) <= _KEPT:
        return list(_kept(text, language))
    return _Finder(text, language).run()


def number_hints(text: str, language: Language) -> int:
    """At least as many as ``text`` has numbers in digits or words; costs little to count."""
    starts = _STARTS[language]
    words = _HINT.findall(text.lower())
    return sum(w in starts or not w[0].isalpha() or w.endswith("fold") for w in words)


@lru_cache(maxsize=512)
def _kept(text: str, language: Language) -> tuple[Number, ...]:
    return tuple(_Finder(text, language).run())


class _Finder:
    """One pass over one text: claims spans from the surest shape to the loosest."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language: Language = language
        self.found: list[Number] = []
        self.taken = bytearray(len(text))
        self.items: list[Token] = []

    def run(self) -> list[Number]:
        text, language = self.text, self.language
        for start, end, inner in special.codes(text):
            self._claim(inner)
            self._take(start, end)
        self._claim(special.products(text))
        self._claim(special.clock_times(text, language))
        self._dates()
        self._claim(special.decades(text))
        self._claim(special.fractions(text))
        self.items = [t for t in tokens(text) if self._free(t.start, t.end)]
        at, starts = 0, _STARTS[language]
        while at < len(self.items):
            low = self.items[at].low
            if low in starts or low[0] in "0123456789" or low.endswith("fold"):
                at = self._at(at) or at + 1
            else:
                at += 1
        self._claim(special.romans(text, language))
        return join_ranges(text, sorted(self.found, key=lambda n: n.start))

    def _free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def _take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\x01" * (end - start)

    def _claim(self, numbers: Iterable[Number]) -> None:
        for number in numbers:
            if self._free(number.start, number.end):
                self.found.append(number)
                self._take(number.start, number.end)

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
        text = self.text[start:end]
        self._claim([Number(start, end, text, value, kind, unit, weak, other)])

    def _dates(self) -> None:
        for mention in find_dates(self.text, self.language):
            for digits in re.finditer(r"[0-9]+", mention.text):
                start = mention.start + digits.start()
                self._add(start, start + len(digits.group()), Decimal(digits.group()), "date")
            self._take(mention.start, mention.end)

    def _low(self, at: int) -> str:
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def _gap(self, at: int) -> str:
        """What stands between token ``at`` and the token before it."""
        return self.text[self.items[at - 1].end : self.items[at].start]

    def _at(self, at: int) -> int | None:
        """Read a number at token ``at``; return the position behind it, or None."""
        token = self.items[at]
        if token.digits:
            return self._digits(at)
        fold = _FOLD.fullmatch(token.low)
        if self.language == "en" and fold:
            value = UNITS["en"].get(fold[1]) or TENS.get(fold[1])
            if value:
                self._add(token.start, token.end, Decimal(value), "cardinal", weak=True)
            return at + 1
        alias = ALIASES[self.language].get(token.low)
        if alias is not None:
            kind: Kind = "fraction" if 0 < alias < 1 else "cardinal"
            if (part := part_of_scale(self.items, at, self.language)) is not None:
                scale, stop = part
                end = self.items[stop - 1].end
                self._add(token.start, end, alias * scale, "cardinal", weak=True)
                return stop
            self._add(token.start, token.end, alias, kind, weak=True)
            return at + 1
        ordinal = ORDINALS[self.language].get(token.low)
        if ordinal is not None:
            return self._ordinal_word(at, ordinal)
        return self._spelled(at) or self._vague(at)

    def _ordinal_word(self, at: int, value: int) -> int:
        token, stop = self.items[at], at + 1
        end = token.end
        if self.language == "id" and self._low(stop) in ("belas", "puluh"):
            value = value + 10 if self._low(stop) == "belas" else value * 10
            end, stop = self.items[stop].end, stop + 1
        self._add(token.start, end, Decimal(value), "ordinal", weak=True)
        return stop

    def _spelled(self, at: int) -> int | None:
        read = spell(self.items, at, self.language, self.text)
        if read is None:
            return None
        value, stop = read
        if self.language == "en" and self._tens_ordinal(at, stop, value):
            return stop + 2
        parts = self._parts(at, stop, value)
        if parts is not None:
            return parts
        value, stop = and_a_half(self.items, stop, self.language, value)
        first, last = self.items[at], self.items[stop - 1]
        inside = at > 0 and self._gap(at) in (" ", "-", " - ")
        title = (
            first.text[0].isupper()
            and inside
            and all(t.text[0].isupper() for t in self.items[at:stop])
        )
        idiom = self.language == "id" and (
            self._low(at - 1) in IDIOM_BEFORE or self._low(stop) in IDIOM_AFTER
        )
        single = stop == at + 1 and first.low in ("satu", "one", "dozen", "lusin", "seribu")
        if single:
            self._add(first.start, last.end, value, "cardinal", weak=True)
            return stop
        return self._finish(at, stop, value, None, weak=value < 3 or title or idiom)

    def _tens_ordinal(self, at: int, stop: int, value: Decimal) -> bool:
        """`twenty-first`: a number word and an ordinal joined by a hyphen."""
        if self._low(stop) != "-" or value < 20 or value % 10:
            return False
        unit = ORDINALS["en"].get(self._low(stop + 1))
        if unit is None or unit > 9 or self._gap(stop) or self._gap(stop + 1):
            return False
        start, end = self.items[at].start, self.items[stop + 1].end
        self._add(start, end, value + unit, "ordinal", weak=True)
        return True

    def _parts(self, at: int, stop: int, value: Decimal) -> int | None:
        """`dua pertiga`, `satu per lima`, `two thirds`: a spelled-out fraction."""
        bottom = PART_WORDS[self.language].get(self._low(stop))
        after = stop + 1
        if bottom is None and self.language == "id" and self._low(stop) == "per":
            read = spell(self.items, stop + 1, "id", self.text)
            if read is not None:
                bottom, after = int(read[0]), read[1]
        if bottom is None and self.language == "en" and self._low(stop) == "-":
            bottom, after = PART_WORDS["en"].get(self._low(stop + 1)), stop + 2
        if not bottom or not 0 < value < bottom:
            return None
        start, end = self.items[at].start, self.items[after - 1].end
        self._add(start, end, value / bottom, "fraction", weak=True)
        return after

    def _vague(self, at: int) -> int | None:
        first = VAGUE[self.language].get(self._low(at))
        if first is None:
            return None
        value, stop = Decimal(first), at + 1
        while stop < len(self.items):
            low = self._low(stop)
            if low == "of" and self._low(stop + 1) in SCALES["en"]:
                stop += 1
                continue
            scale = SCALES[self.language].get(low)
            if scale is None or low in NEEDS_DIGITS or scale < 100:
                break
            value *= scale
            stop += 1
        start, end = self.items[at].start, self.items[stop - 1].end
        self._add(start, end, value, "approximate", weak=True)
        return stop

    def _digits(self, at: int) -> int:
        token = self.items[at]
        before = self.text[max(0, token.start - 12) : token.start]
        after = self.text[token.end : token.end + 12]
        values = read_digits(token.text, self.language)
        listed = re.fullmatch(r"0[0-9](?:,0[0-9])+", token.text)
        if values is None or listed or len(token.text) > _LONGEST:
            for part in re.finditer(r"[0-9]+", token.text):
                start = token.start + part.start()
                self._add(start, start + len(part.group()), Decimal(part.group()), "code")
            return at + 1
        value, other = values
        if self.language == "id" and _KE.search(before) and other is None:
            self._add(token.start, token.end, value, "ordinal")
            return at + 1
        if self.language == "en" and (found := _ENDING.match(after)):
            self._add(token.start, token.end + found.end(), value, "ordinal")
            return at + 2
        if is_code(before, after, self.language):
            self._add(token.start, token.end, value, "code")
            return at + 1
        return self._finish(at, at + 1, value, other)

    def _finish(
        self, at: int, stop: int, value: Decimal, other: Decimal | None, *, weak: bool = False
    ) -> int:
        """Take in the scale, currency and unit around a number and record it."""
        currency, start = self._currency(at)
        raw = value
        if self.items[at].digits:
            value, stop = self._decimal(stop, value, currency)
            stop, scale = self._scale(stop, currency)
            value *= scale
            if other is not None:
                other *= scale
            elif scale >= 1000:
                value, stop = self._tail(stop, value, scale)
            if self.text[self.items[stop - 1].start : self.items[stop - 1].end] in ("K", "k"):
                other = raw
        end = self.items[stop - 1].end
        kind: Kind = "money" if currency else "cardinal"
        unit = currency
        plain = end == self.items[at].end
        if not currency and stop < len(self.items) and self._gap(stop) in ("", " ", "\u00a0"):
            low, last = self._low(stop), stop
            if low == "per" and self._low(stop + 1) == "cent":
                low, last = "percent", stop + 1
            known = UNIT_WORDS.get(low)
            if known is not None:
                kind, unit = cast(Kind, known[0]), known[1]
                end, stop = self.items[last].end, last + 1
        weak = weak and kind != "percent"
        if kind == "money" and plain and other is not None and self.language == "id":
            value, other = money_reading(self.text, self.items[at].text, value, other, unit)
        self._add(start, end, value, kind, unit, weak=weak, other=other)
        return stop

    def _decimal(self, stop: int, value: Decimal, currency: str) -> tuple[Decimal, int]:
        """`Rp 3, 58 juta`, `4, 93 meter`: a decimal comma with a space behind it."""
        if self.language != "id" or self._low(stop) != "," or self._gap(stop):
            return value, stop
        places, behind = self._low(stop + 1), self._low(stop + 2)
        if behind in SCALES["id"]:
            spaced = bool(re.fullmatch(r"[0-9]{1,3}", places))
        else:
            kind, unit = UNIT_WORDS.get(behind, ("", ""))
            sure = kind in ("measure", "percent") or unit == "second"
            spaced = sure and not currency and bool(re.fullmatch(r"[0-9]{2,3}", places))
        if not spaced or value != value.to_integral_value():
            return value, stop
        return Decimal(f"{int(value)}.{self._low(stop + 1)}"), stop + 2

    def _scale(self, stop: int, currency: str) -> tuple[int, int]:
        """Read scale words behind digits: the position behind them and their product."""
        product = 1
        while stop < len(self.items):
            token, gap = self.items[stop], self._gap(stop)
            scale = SCALES[self.language].get(token.low)
            if self.language == "id":
                if scale is None:
                    scale = SCALES["id"].get(SCALE_ENDING.sub("", token.low))
                if currency and token.text in ("M", "T"):
                    scale = 10**9 if token.text == "M" else 10**12
                elif token.low == "ratus":
                    scale = 100
            elif token.low == "hundred":
                scale = 100
            elif token.low in ("m", "b", "k") and not currency:
                scale = 1000 if token.text in ("K", "k") and not gap else None
            if scale is None or token.low.startswith("se") or gap.strip() or len(gap) > 2:
                break
            product, stop = product * scale, stop + 1
        return stop, product

    def _tail(self, stop: int, value: Decimal, last: int) -> tuple[Decimal, int]:
        """`1 juta 200 ribu`: a second amount of a lower scale."""
        if stop + 1 >= len(self.items) or not self.items[stop].digits or self._gap(stop) != " ":
            return value, stop
        scale = SCALES[self.language].get(self._low(stop + 1), 0)
        read = read_digits(self.items[stop].text, self.language)
        if read is None or scale < 1000 or read[0] * scale >= last:
            return value, stop
        return value + read[0] * scale, stop + 2

    def _currency(self, at: int) -> tuple[str, int]:
        """The currency that stands before token ``at``, and where it starts."""
        start = self.items[at].start
        begin = max(0, start - 8)
        match = CURRENCY_BEFORE.search(self.text[begin:start])
        if not match:
            return "", start
        code = CURRENCIES.get(re.sub(r"[\s.]", "", match.group(1)).lower(), "")
        first = begin + match.start()
        return (code, first) if self._free(first, start) else (code, start)
