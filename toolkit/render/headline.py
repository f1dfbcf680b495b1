"""One English headline for a result: the translated headline, else the best sentence shortened."""

from __future__ import annotations

import re

from toolkit.render.result import Result

_TAIL = re.compile(
    r",\s+(?:according to|as (?:quoted|reported|cited)|quoted|citing|he|she|"
    r"[A-Z][\w.]+(?: [A-Z]\w+)*)"
    r"\s*(?:said|says|added|reported)?[^,]*[.]?$"
)


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
    """A sentence as a headline: without who said it at its end, and without its stop."""
    return bare(_TAIL.sub("", sentence))


def bare(text: str) -> str:
    """The text without a final stop."""
    return text.strip().rstrip(".")
