"""Finds numbers in Indonesian and English text and gives their values.

Digits with the marks of either language are read by ``number_digits``, odd shapes (clock times,
fractions, decades, Roman numerals) by ``number_special``; here are the order in which they claim
text, and numbers in words. Digits inside dates get the kind "date", digits that are part of a name
or code ("G20", "AK-47") the kind "code".
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from toolkit.text import number_special as special
from toolkit.text.date_find import find_dates
from toolkit.text.number_context import join_ranges
from toolkit.text.number_digits import Digits
from toolkit.text.number_read import and_a_half, part_of_scale, spell
from toolkit.text.number_types import Kind, Number
from toolkit.text.number_words import (
    ALIASES,
    IDIOM_AFTER,
    IDIOM_BEFORE,
    NEEDS_DIGITS,
    ORDINALS,
    PART_WORDS,
    SCALES,
    SE,
    TENS,
    UNITS,
    VAGUE,
    Language,
    tokens,
)

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

_VULGAR = "½¼¾"
_HINT = re.compile(rf"[0-9]+|[{_VULGAR}]|[^\W\d_]+")

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
    return sum(_may_begin(w, starts) or w in _VULGAR for w in words)


def _may_begin(low: str, starts: frozenset[str]) -> bool:
    """Whether a number may begin with a token, given in lower case."""
    return low in starts or low[0] in "0123456789" or low.endswith("fold")


@lru_cache(maxsize=512)
def _kept(text: str, language: Language) -> tuple[Number, ...]:
    return tuple(_Finder(text, language).run())


class _Finder(Digits):
    """One pass over one text: claims spans from the surest shape to the loosest."""

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
        self.items = tokens(text)
        if any(self.taken):
            self.items = [t for t in self.items if self._free(t.start, t.end)]
        at, starts = 0, _STARTS[language]
        while at < len(self.items):
            low = self.items[at].low
            if _may_begin(low, starts):
                at = self._at(at) or at + 1
            else:
                at += 1
        self._claim(special.romans(text, language))
        return join_ranges(text, sorted(self.found, key=lambda n: n.start))

    def _dates(self) -> None:
        for mention in find_dates(self.text, self.language):
            for digits in re.finditer(r"[0-9]+", mention.text):
                start = mention.start + digits.start()
                self._add(start, start + len(digits.group()), Decimal(digits.group()), "date")
            self._take(mention.start, mention.end)

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
