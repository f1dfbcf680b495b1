"""What a number found in text is: its span, value, kind and unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

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
