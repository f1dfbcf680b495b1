"""Numbers that begin with digits: marks, scale words, currency and unit around them.

What a code or an ordinal in digits is, is decided here too; numbers in words are ``number_find``'s,
but their currency and unit are taken in here (``_finish``).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from toolkit.text.number_context import SCALE_ENDING, is_code
from toolkit.text.number_cursor import Cursor
from toolkit.text.number_read import money_reading, read_digits
from toolkit.text.number_types import Kind
from toolkit.text.number_words import CURRENCIES, CURRENCY_BEFORE, SCALES, UNIT_WORDS

_KE = re.compile(r"\b[Kk]e\s?[-–]?\s?\Z")
_ENDING = re.compile(r"(?:st|nd|rd|th)\b")
_MARATHON = Decimal("42.195")
"""Kilometres: written with a point, too, where a point marks thousands elsewhere."""
_LONGEST = 24  # characters; a longer digit group is no number of a news text


class Digits(Cursor):
    """Reads numbers in digits at a token."""

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
        if other == _MARATHON and unit == "km" and self.language == "id":
            value, other = other, value
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
