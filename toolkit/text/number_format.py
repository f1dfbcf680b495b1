"""Writes numbers with the marks of a language: 1.000,5 in Indonesian, 1,000.5 in English."""

from __future__ import annotations

from decimal import Decimal

from toolkit.text.number_words import Language


def format_number(value: Decimal | int | float, language: Language) -> str:
    """Write ``value`` with grouped thousands; ``find_numbers`` reads the same value back.

    A float is written with its shortest digits. Raises ValueError for NaN and infinities.
    """
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueError(f"'{value}' is not a finite number")
    text = f"{number:,f}"
    if language == "id":
        return text.translate({ord(","): ".", ord("."): ","})
    return text
