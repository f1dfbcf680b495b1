"""How long a summary is to be: named lengths, words or sentences, with the band that counts."""

from __future__ import annotations

import re

from toolkit.errors import UsageError
from toolkit.types import Length

NAMED = {
    "short": Length(40, "words"),
    "medium": Length(75, "words"),
    "long": Length(150, "words"),
}
"""medium, the default, gives 60–90 words."""
_COUNTED = re.compile(r"(\d+)\s*(w(?:ords?)?|s(?:entences?)?)?", re.IGNORECASE)
_TOLERANCE = 0.2


def parse_length(value: str) -> Length:
    """Read ``short``, ``medium``, ``long``, ``N words``, ``N sentences`` (or ``N``: words).

    Raises UsageError for anything else and for N = 0.
    """
    text = value.strip().lower()
    if text in NAMED:
        return NAMED[text]
    match = _COUNTED.fullmatch(text)
    if match is None or int(match[1]) < 1:
        raise UsageError(
            f"--length '{value}' is not a length; give short, medium, long, or a count of at "
            "least 1 such as '80 words' or '3 sentences'."
        )
    unit = (match[2] or "w")[0]
    return Length(int(match[1]), "sentences" if unit == "s" else "words")


def band(length: Length) -> tuple[int, int]:
    """The smallest and largest number of words that still honour a length in words (±20 %)."""
    spread = round(length.count * _TOLERANCE)
    return max(1, length.count - spread), length.count + spread
