"""Words for notes and messages about sentences: how one is quoted, how several are counted."""

from __future__ import annotations


def opening(text: str, words: int = 5) -> str:
    """The first words of a sentence, to find it by; never cut off inside a bracket."""
    parts = text.lstrip("\"'“”‘’( ").split()
    if len(parts) <= words:
        return " ".join(parts)
    cut = " ".join(parts[:words])
    if cut.rfind("(") > max(cut.rfind(")"), 0):
        cut = cut[: cut.rfind("(")].rstrip(" ,;:-–—")
    return f"{cut} …"


def counted(number: int, noun: str) -> str:
    """ "1 sentence", "3 sentences"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
