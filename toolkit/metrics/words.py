"""Words, stop words, stems and syllables of English text, as the surface metrics count them.

Plain and pinned: no data files, no downloads. Numbers, dates and names have parsers of their own
in ``toolkit.text``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_VOWELS = re.compile(r"[aeiouy]+")

STOP_WORDS = frozenset(
    """a about above according added after again against all also although am among amid an and
    any are around as at be became because become been before being below between both but by can
    cannot could did do does doing done down during each either even ever every few following for
    from further had has have having he her here hers herself him himself his how however i if in
    including into is it its itself just last later may me meanwhile might more moreover most much
    must my myself near neither new next no nor not now of off on once one only onto or other
    others our ours ourselves out over own per rather said same say saying says several shall she
    should since so some still stated such than that the their theirs them themselves then there
    therefore these they this those though through thus to told too toward towards two under until
    up upon us very via was we were what when where whether which while who whom whose why will
    with within without would year years yet you your yours yourself""".split()
)
"""Function words and reporting words that carry no fact of a story."""


def words(text: str) -> list[str]:
    """Lower-case words (letters and digits, inner apostrophes kept)."""
    return [w.lower().replace("’", "'").removesuffix("'s") for w in _WORD.findall(text)]


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from nltk.stem.porter import PorterStemmer  # type: ignore[import-untyped]

    return PorterStemmer()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Porter stem of a lower-case word."""
    stemmed: str = _stemmer().stem(word)
    return stemmed


def content_words(text: str) -> list[str]:
    """Lower-case words that are neither stop words nor numbers nor single letters."""
    return [w for w in words(text) if w not in STOP_WORDS and len(w) > 1 and not w[0].isdigit()]


def syllables(word: str) -> int:
    """Estimated syllables of an English word: vowel groups, silent final e, at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ye")) and groups > 1:
        groups -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(1, groups)
