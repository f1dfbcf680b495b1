"""Source normalisation: characters a vocabulary lacks become ones it has, visibly.

``CharacterMap`` learns, character by character, what a model can read and caches the answer, so
that it costs next to nothing per segment. What can't be expressed at all is reported, never
dropped in silence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

PUNCTUATION: dict[str, str] = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "＂": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "`": "'", "ʼ": "'", "ʻ": "'",
    "–": "-", "—": "-", "‒": "-", "―": "-", "−": "-", "‐": "-", "‑": "-",
    "…": "...",
}  # fmt: skip
"""Typographic quotes, dashes and dots with their ASCII forms."""

FALLBACKS: dict[str, str] = {
    **PUNCTUATION,
    "•": "-", "·": "-", "▪": "-", "●": "-", "×": "x", "÷": "/",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "²": "2", "³": "3", "°": " derajat ", "№": "No.",
    "€": "EUR ", "£": "GBP ", "¥": "JPY ", "$": "USD ", "%": " persen", "&": " dan ",
    "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", "_": " ", "~": "-", "|": ",",
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d",
    "Đ": "D", "ł": "l", "Ł": "L", "ı": "i", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
}  # fmt: skip
"""What stands in for a character when a vocabulary lacks it (Indonesian side)."""

_SELECTORS = frozenset("\ufe0e\ufe0f\u20e3")
"""How the picture before is to be shown; a model garbles them, ``foreign`` puts them back."""


class CharacterMap:
    """Rewrites the characters of a segment that a model can't read.

    ``readable`` says whether the model's vocabulary has pieces for a string; ``spelled`` whether
    it can at least be given byte by byte; ``forced`` are replacements to make in any case (a model
    card's ``normalise``). A character is kept when readable; else its fallback, compatibility form
    or base letter is tried; then it is spelled in bytes, where the model has them. Otherwise marks
    and pictures that nothing stands for are left out; letters that nothing stands for stay and
    are reported as lost, as are pictures.
    """

    def __init__(
        self,
        readable: Callable[[str], bool],
        forced: Mapping[str, str],
        spelled: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._readable = readable
        self._spelled = spelled
        self._forced = dict(forced)
        self._known: set[str] = set()
        self._replace: dict[str, str] = {}
        self._lost: set[str] = set()

    def _learn(self, char: str) -> None:
        if char in self._forced:
            self._replace[char] = self._forced[char]
            return
        if char.isspace() or self._readable(char):
            self._known.add(char)
            return
        decomposed = unicodedata.normalize("NFKD", char)
        base = "".join(c for c in decomposed if not unicodedata.combining(c))
        for option in (FALLBACKS.get(char), unicodedata.normalize("NFKC", char), base):
            if option and option != char and self._readable(option):
                self._replace[char] = option
                return
        category = unicodedata.category(char)
        if category in ("Cc", "Cf") or char in _SELECTORS:
            self._replace[char] = ""
            return
        if self._spelled(char):
            self._known.add(char)
            return
        if category in ("Mn", "Me", "Sk", "So", "Co", "Cn"):
            self._replace[char] = " " if category in ("So", "Co", "Cn") else ""
            if category != "Mn":
                self._lost.add(char)
            return
        self._known.add(char)
        self._lost.add(char)

    def apply(self, text: str) -> tuple[str, str]:
        """The text as the model can read it, and the characters that were lost (sorted)."""
        characters = set(text)
        unknown = characters - self._known
        if not unknown and not self._lost:
            return text, ""
        for char in unknown - self._replace.keys():
            self._learn(char)
        lost = "".join(sorted(self._lost & characters)) if self._lost else ""
        if not unknown.isdisjoint(self._replace):
            text = "".join(self._replace.get(c, c) for c in text)
            text = " ".join(text.split())
        return text, lost
