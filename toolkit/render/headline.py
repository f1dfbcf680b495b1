"""One English headline for a result: the translated headline, else the best sentence shortened."""

from __future__ import annotations

import re

from toolkit.render.result import Result

_TAIL = re.compile(r",\s+(?:as (?:quoted|reported|cited)|quoted|citing|reported by)\b[^,]*$")
"""Whom the outlet has it from, at the end of a sentence; who said it stays."""
_ASIDE = re.compile(
    r"\s\((?:[A-Z][A-Za-z]*[A-Z]|(?:[A-Z][a-z]+day, )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)\)"
)
"""An abbreviation or a date in brackets."""


def headline(result: Result) -> str:
    """The headline without a final stop; empty only when there is nothing at all."""
    summary, title = result.summary, result.translation.title
    if summary is None and title is not None:
        return bare(title.text)
    if summary is not None and summary.title:
        return bare(summary.title)
    if summary is not None and summary.sentences:
        return shortened(summary.sentences[0].text)
    return ""


def shortened(sentence: str) -> str:
    """A sentence as a headline: without the outlet that is quoted at its end, dates and
    abbreviations in brackets, and its stop."""
    return bare(_ASIDE.sub("", _TAIL.sub("", sentence)))


def bare(text: str) -> str:
    """The text without a final stop."""
    return text.strip().rstrip(".")
