"""Strings that mean nothing unless every letter is right: addresses, accounts, Roman numerals.

A translation copies them or garbles them; it never has another form for them. Where both sides have
equally many of a kind, garbled ones are given the source's spelling; otherwise they are missing.
"""

from __future__ import annotations

import re
from collections import Counter

_END = r"(?<![.,;:!?)\]}\"'’”])"
_KINDS = (
    re.compile(rf"https?://\S+{_END}"),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<![\w.])@\w{3,}"),
    re.compile(r"(?<![\w&])#[^\W\d]\w{2,}"),
    re.compile(
        r"(?<![\w@/.-])(?:[A-Za-z0-9-]+\.)+(?:com|net|org|info|tv|news|(?:co|go|ac|or|web)\.id|id)"
        r"(?![\w/-]|\.\w)",
        re.IGNORECASE,
    ),
)
"""Addresses, mail addresses, accounts, hashtags, names of sites."""
_MARKED = re.compile(r"[@#]|://|\w\.[^\W\d_]")
"""What all of these have in them."""
_ROMAN = re.compile(r"(?:(?<![\w.&/-])|(?<=\bke-))(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![\w&/-])")
_ROMAN_THERE = re.compile(r"(?<![A-Za-z])(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?=s?(?![A-Za-z]))")
_VALUES = {"I": 1, "V": 5, "X": 10}
_WORDS = (
    "two|second three|third four|fourth five|fifth six|sixth seven|seventh eight|eighth nine|ninth "
    "ten|tenth eleven|eleventh twelve|twelfth thirteen|thirteenth fourteen|fourteenth "
    "fifteen|fifteenth sixteen|sixteenth seventeen|seventeenth eighteen|eighteenth "
    "nineteen|nineteenth twenty|twentieth"
).split()


def repair_exact(source: str, hypothesis: str) -> tuple[str, list[tuple[str, str]]]:
    """Give garbled addresses, accounts and hashtags of ``hypothesis`` the source's spelling.

    Returns the text and the replacements made (found, put in its place).
    """
    made: list[tuple[str, str]] = []
    for kind in _KINDS if _MARKED.search(source) else ():
        ours = kind.findall(source)
        if not ours:
            continue
        theirs = kind.findall(hypothesis)
        lost = [s for s in ours if s.lower() not in hypothesis.lower()]
        strange = [s for s in theirs if s.lower() not in source.lower()]
        if len(lost) != len(strange) or len(ours) != len(theirs):
            continue
        for wrong, right in zip(strange, lost, strict=True):
            hypothesis = hypothesis.replace(wrong, right, 1)
            made.append((wrong, right))
    return hypothesis, made


def lost_exact(source: str, hypothesis: str) -> list[str]:
    """Strings of ``source`` that ``hypothesis`` lacks, in order; a Roman numeral may be there as a
    figure or in words."""
    low = hypothesis.lower()
    kinds = _KINDS if _MARKED.search(source) else ()
    lost = [s for kind in kinds for s in kind.findall(source) if s.lower() not in low]
    romans = Counter(_ROMAN.findall(source))
    if romans:
        there = Counter(_ROMAN_THERE.findall(hypothesis))
        lost += [r for r in romans if not there[r] and not _in_figures(r, low)]
    return list(dict.fromkeys(lost))


def _in_figures(roman: str, low: str) -> bool:
    digits = [_VALUES[c] for c in roman]
    value = sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
    words = _WORDS[value - 2] if value - 2 < len(_WORDS) else "-"
    return (
        re.search(rf"(?<![a-z\d])(?:{value}(?:st|nd|rd|th)?|{words})(?![a-z\d])", low) is not None
    )
