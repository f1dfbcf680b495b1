"""Words that are no English: what a small model makes up when it is out of its depth.

A word is known when the vocabulary (made by ``scripts/build_english_words.py``) has it, or has it
less a usual ending or beginning, or both halves of a compound. Words of the source, and words
close in spelling to one of the source (names of substances and the like), are never reported, nor
are capitalised ones, quoted ones or ones in brackets.
"""

from __future__ import annotations

import difflib
import lzma
import re
from functools import cache, lru_cache
from pathlib import Path

from toolkit.types import Check

_CANDIDATE = re.compile(r"(?<![\w'’.@/-])[a-z]{5,60}(?![\w@/-]|\.\w)")
_SET_APART = re.compile(
    r"\([^()]*\)|[\"“][^\"“”]*[\"”]|(?<!\w)['‘][^'‘’]*['’](?!\w)|https?://\S+|\S+@\S+"
)
_SOURCE_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDINGS = (
    "ically ations ation ingly edly ising izing ised ized ises izes ise ize able ably ible ity "
    "ities ness less like ment ments ship ward wards wise fold ful ish ist ists ism isms ian ians "
    "ally ily ly ies ied ier iest ers er est ing ings ed es al ic ous ive y s d"
).split()
_BEGINNINGS = (
    "un re non pre over under anti inter multi co de dis mis sub super micro mid out semi self "
    "bio geo cyber pro post counter extra ultra mega im in mono poly neuro hydro photo electro "
    "thermo agro eco socio psycho tele auto trans intra"
).split()
_SIMILAR = 0.8
_LARGE = frozenset(
    "quadrillion quadrillions quintillion quintuple quintupled quintuples quintupling sextuple "
    "sextupled sextupling septupled octupled".split()
)
"""Number words that news seldom has."""


@cache
def english_words() -> frozenset[str]:
    """The vocabulary that ships with the package, lower case."""
    path = Path(__file__).resolve().parent / "data" / "english_words.txt.xz"
    return frozenset(lzma.decompress(path.read_bytes()).decode().split())


@lru_cache(maxsize=4096)
def is_english(word: str) -> bool:
    """Whether a lower-case word is, or is built like, an English word."""
    known = english_words()
    if word in known or word in _LARGE:
        return True
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and _base_known(base, known):
            return True
    for beginning in _BEGINNINGS:
        rest = word.removeprefix(beginning)
        if rest != word and len(rest) > 2 and is_english(rest):
            return True
    return any(word[:i] in known and word[i:] in known for i in range(4, len(word) - 3))


def _base_known(base: str, known: frozenset[str]) -> bool:
    if base in known or base + "e" in known or base + "y" in known:
        return True
    return len(base) > 3 and base[-1] == base[-2] and base[:-1] in known


def check_words(source: str, hypothesis: str) -> list[Check]:
    """Made-up words in a hypothesis."""
    words = set(_CANDIDATE.findall(_SET_APART.sub(" ", hypothesis))) - english_words()
    strange = sorted(w for w in words if not is_english(w)) if words else []
    if not strange:
        return []
    originals = {sound(w) for w in _SOURCE_WORD.findall(source.lower())}
    left = [w for w in strange if not akin(sound(w), originals)]
    if not left:
        return []
    shown = ", ".join(f"'{w}'" for w in left)
    return [Check("word", "warning", f"No English word: {shown}.")]


def sound(word: str) -> str:
    """A spelling that Indonesian and English cognates share more of."""
    for a, b in (("ph", "f"), ("ch", "k"), ("qu", "k"), ("x", "ks"), ("c", "k"), ("y", "i")):
        word = word.replace(a, b)
    return re.sub(r"(.)\1", r"\1", word)


def akin(word: str, originals: set[str]) -> bool:
    """Whether some source word begins alike and is similar on the whole (all as by ``sound``)."""
    return any(
        word[:2] == other[:2]
        and difflib.SequenceMatcher(None, word, other, autojunk=False).ratio() >= _SIMILAR
        for other in originals
    )
