"""Tells whether two spellings may be the same name in Indonesian and in English.

Accents, case and possessives do not count; transliterations are folded to one form ("Yuri",
"Yury", "Iouri"); one or two letters may differ in a long word; a shared beginning is enough for
endings that a language adds ("Palestina", "Palestinian").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDS = [
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "s"),
    ("nj", "n"),
    ("ny", "n"),
    ("sy", "s"),
    ("sh", "s"),
    ("sch", "s"),
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("zh", "s"),
    ("ch", "k"),
    ("ck", "k"),
    ("qu", "k"),
    ("ou", "u"),
    ("ei", "i"),
    ("ai", "i"),
    ("ee", "i"),
    ("oo", "u"),
    ("x", "ks"),
]
_SINGLE = str.maketrans({"y": "i", "v": "f", "w": "u", "z": "s", "q": "k", "c": "k", "h": ""})


_BARRED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)
"""Letters with strokes and joined letters, which NFKD leaves whole."""

_POSSESSIVE = re.compile(r"['’]s?$")
_NO_LETTER = re.compile(r"\W")
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL = re.compile("[aeiouy]")


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """Lower case, no accents or strokes, no apostrophes, no possessive ending."""
    if word.isascii():
        text = word.lower()
    else:
        text = unicodedata.normalize("NFKD", word)
        text = "".join(c for c in text if not unicodedata.combining(c))
        text = text.casefold().translate(_BARRED)
    return text if text.isalnum() else _NO_LETTER.sub("", _POSSESSIVE.sub("", text))


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """A rough key under which transliterations of one name agree."""
    text = plain(word)
    for old, new in _FOLDS:
        text = text.replace(old, new)
    text = text.translate(_SINGLE)
    return _DOUBLED.sub(r"\1", text)


def _skeleton(word: str) -> str:
    """The consonants of a plain word, doubled ones once: "mhmd" for Muhammad and Mohammed."""
    return _DOUBLED.sub(r"\1", _VOWEL.sub("", word))


def distance(a: str, b: str, limit: int) -> int:
    """Edit distance of two words, or ``limit + 1`` when it is larger than ``limit``."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _apart(left: str, right: str) -> bool:
    """Whether names of equal consonants have too many other vowels: Khamenei, Khomeini."""
    one, two = (_DOUBLED.sub(r"\1", word) for word in (left, right))
    return distance(one, two, 2) > 2


def same_name(a: str, b: str) -> bool:
    """Whether two single words may be one name, spelled or inflected differently."""
    left, right = plain(a), plain(b)
    if left == right:
        return bool(left)
    if min(len(left), len(right)) < 3:
        return False
    if left.rstrip("s") == right.rstrip("s"):
        return True
    shared = 0
    for x, y in zip(left, right, strict=False):
        if x != y:
            break
        shared += 1
    longest = max(len(left), len(right))
    if shared >= 4 and shared >= 0.6 * longest and longest - shared <= 4:
        return True
    if left[0] == right[0] and abs(len(left) - len(right)) <= 2:
        bones = _skeleton(left)
        alike = len(bones) >= 4 and bones == _skeleton(right)
        if alike and (longest < 7 or not _apart(left, right)):
            return True
    one, two = fold(a), fold(b)
    if one == two:
        return len(one) >= 2
    size = min(len(one), len(two))
    limit = 0 if size < 5 else 1 if size < 8 else 2
    return limit > 0 and one[:1] == two[:1] and distance(one, two, limit) <= limit
