"""One pass over a text: which characters are taken, which numbers were found.

Keeps the state that the readers of digits (``number_digits``) and of words (``number_find``) share.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from toolkit.text.number_types import Kind, Number
from toolkit.text.number_words import Language, Token


class Cursor:
    """The text, its tokens, the numbers found so far and the characters that they took."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language: Language = language
        self.found: list[Number] = []
        self.taken = bytearray(len(text))
        self.items: list[Token] = []

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

    def _low(self, at: int) -> str:
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def _gap(self, at: int) -> str:
        """What stands between token ``at`` and the token before it."""
        return self.text[self.items[at - 1].end : self.items[at].start]
