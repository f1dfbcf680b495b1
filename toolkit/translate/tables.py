"""Compact tables from words and n-grams of words to numbers, for the reranker.

A word becomes 64 bits of BLAKE2b, an n-gram a mixture of its words' bits, of which a table keeps
the upper 32: their upper half is the bucket, their lower half is stored. A word or n-gram that is
not in a table of a million is found there by accident once in some 4,000 look-ups. Values are
stored as one byte, the place in a list of 256. What the tables hold is for ``fluency`` and
``rerank`` to say; ``scripts/build_reranker.py`` fills them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint64]
Keys = NDArray[np.uint32]
Floats = NDArray[np.float64]

LEVELS = 256
_WORD = re.compile(r"(?<=\w)'\w+|\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_BUCKETS = 1 << 16
_PLACES = tuple(
    np.uint64(x)
    for x in (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    )
)
"""A factor for each place of an n-gram, from its last word backwards."""


def words(text: str) -> list[str]:
    """Words, endings after an apostrophe ("'s") and marks of ``text``, in lower case."""
    found: list[str] = _WORD.findall(text.lower().replace("’", "'"))
    return found


def classed(tokens: Sequence[str]) -> list[str]:
    """The same tokens, but "0" for those with a digit in them."""
    return ["0" if _DIGIT.search(w) else w for w in tokens]


@lru_cache(maxsize=65536)
def _bits(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def word_ids(tokens: Sequence[str]) -> Ids:
    """64 bits for each word."""
    return np.fromiter(map(_bits, tokens), dtype=np.uint64, count=len(tokens))


def mixed(x: Ids) -> Ids:
    """The bits of each number stirred (the finaliser of SplitMix64, Steele et al. 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def ngram_bits(ids: Ids, n: int) -> Ids:
    """64 bits for the n-gram that ends at each word; the first n − 1 have none (0)."""
    size = max(0, len(ids) - n + 1)
    total = np.full(size, n, dtype=np.uint64)
    for k in range(n):
        total += mixed(ids[k : k + size] + np.uint64(1)) * _PLACES[n - 1 - k]
    return np.concatenate([np.zeros(len(ids) - size, dtype=np.uint64), mixed(total)])


def pair_bits(first: Ids, second: Ids) -> Ids:
    """64 bits for each pair; the two are broadcast against each other."""
    return mixed(mixed(first) * _PLACES[3] + mixed(second) * _PLACES[4])


def keys(bits: Ids) -> Keys:
    """What a table knows of 64 bits."""
    return (bits >> np.uint64(32)).astype(np.uint32)


class Table:
    """Values by key; made from what ``packed`` stored under ``name`` in an ``.npz`` file."""

    def __init__(self, arrays: Mapping[str, Any], name: str) -> None:
        counts = arrays[f"{name}.counts"]
        upper = np.repeat(np.arange(_BUCKETS, dtype=np.uint32) << np.uint32(16), counts)
        self._keys = upper | arrays[f"{name}.lower"]
        self._codes: list[NDArray[np.uint8]] = []
        self._levels: list[Floats] = []
        while (at := f"{name}.codes{len(self._codes)}") in arrays:
            self._levels.append(arrays[f"{name}.levels{len(self._codes)}"].astype(np.float64))
            self._codes.append(arrays[at])

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, wanted: Keys) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """The place of each key, and whether it is there at all."""
        place = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return place, self._keys[place] == wanted

    def values(self, place: NDArray[np.intp], column: int = 0) -> Floats:
        """The values of a column at places that ``find`` gave."""
        return self._levels[column][self._codes[column][place]]


def packed(name: str, bits: Ids, *columns: Floats) -> dict[str, Any]:
    """The arrays of a table, for ``Table``; of keys that fall together the first given stays."""
    found, first = np.unique(keys(bits), return_index=True)
    arrays: dict[str, Any] = {
        f"{name}.counts": np.bincount(found >> np.uint32(16), minlength=_BUCKETS).astype(np.uint16),
        f"{name}.lower": (found & np.uint32(0xFFFF)).astype(np.uint16),
    }
    for number, column in enumerate(columns):
        kept = column[first]
        levels = np.unique(kept)
        if len(levels) > LEVELS:
            levels = np.quantile(kept, (np.arange(LEVELS) + 0.5) / LEVELS)
        bounds = (levels[1:] + levels[:-1]) / 2
        arrays[f"{name}.codes{number}"] = np.searchsorted(bounds, kept).astype(np.uint8)
        arrays[f"{name}.levels{number}"] = levels.astype(np.float32)
    return arrays
