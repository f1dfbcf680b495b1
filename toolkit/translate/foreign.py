"""Letters of other scripts and pictures come out as they went in.

A model that spells Arabic, Chinese or an emoji byte by byte may slip ("عليكم" with a letter twice)
or leave half a character. They are copied, never translated, so each run of them is put back from
the source, in order, where both sides have equally many.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from toolkit.types import Check

_BROKEN = "\ufffd"


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """ "letter" of another script than Latin, "picture", "joined" to what stands before, or ""."""
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Sk", "Mc"):
        return "joined"
    if category == "So" or char == _BROKEN:
        return "picture"
    if category[0] == "L" and ord(char) > 0x24F and "LATIN" not in unicodedata.name(char, "LATIN"):
        return "letter"
    return ""


def runs(text: str) -> list[tuple[int, int]]:
    """Where runs of other letters or of pictures start and end; words of a run may be spaced."""
    if text.isascii():
        return []
    found: list[tuple[int, int]] = []
    kind = ""
    for at, char in enumerate(text):
        own = _kind(char) if ord(char) > 0x7F else ""
        if own == "joined":
            own = kind
        if not own:
            if char != " ":
                kind = ""
            continue
        if own == kind:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
            kind = own
    return found


def copy_foreign(source: str, hypothesis: str) -> tuple[str, list[Check]]:
    """The hypothesis with the source's runs in the place of its own; halves of characters that
    nothing can be put for are taken out. What was done is an info check."""
    if hypothesis.isascii():
        return hypothesis, []
    wanted, there = runs(source), runs(hypothesis)
    text, checks = hypothesis, []
    if wanted and len(wanted) == len(there):
        for (start, end), (begin, stop) in reversed(list(zip(wanted, there, strict=True))):
            own = source[start:end]
            if text[begin:stop] != own:
                text = text[:begin] + own + text[stop:]
                checks.append(Check("repaired", "info", f"Copied from the source: {own}"))
    if _BROKEN in text and _BROKEN not in source:
        text = " ".join(text.replace(_BROKEN, "").split())
        checks.append(Check("symbols", "warning", "Half a character was taken out."))
    return text, checks[::-1]
