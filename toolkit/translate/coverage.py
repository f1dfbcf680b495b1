"""Lost clauses: stretches of the source of which nothing comes back in the hypothesis.

A lexicon (made by ``scripts/build_lexicon.py`` from sentence pairs) says which English stems a
common Indonesian word becomes. A word is covered when one of them, or the word itself, is in the
hypothesis. One uncovered word says nothing; a long run of them, weighed by how often each is
missed in good translations, says that this part was left out. Length alone can't show that.
"""

from __future__ import annotations

import lzma
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from toolkit.types import Check

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
ENGLISH_STOP = frozenset(
    "the a an of to in on at for and or but is are was were be been being by with from as that "
    "this these those it its he she his her him they them their there which who whom whose what "
    "when where while will would can could may might shall should must has have had do does did "
    "not no so than then also i you we us our your my me into about after before over under out up "
    "down if because all any some such more most very only other".split()
)
CONTENT_STOP = frozenset(
    "yang dan di ke dari pada untuk dengan oleh dalam itu ini tersebut akan telah sudah sedang "
    "juga adalah ialah merupakan atau tetapi tapi namun karena sebab agar supaya sehingga jika "
    "kalau apabila bila saat ketika sebagai seperti secara bahwa para sang si pun lah kah nya dia "
    "ia mereka kami kita saya anda kamu ada tidak bukan belum masih lebih sangat hanya saja lagi "
    "hal serta maupun antara hingga sampai sejak terhadap tentang kepada atas bagi bisa dapat "
    "harus mungkin menjadi jadi suatu sebuah seorang setiap tiap semua seluruh beberapa banyak "
    "lain lainnya ujar kata katanya ujarnya menurut".split()
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A crude stem of an English word: inflections go, at most six letters stay."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "s", "ly", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:6]


def stems(text: str) -> list[str]:
    """Stems of the content words of an English text."""
    found = []
    for word in _WORD.findall(text):
        for part in (word, *word.split("-")) if "-" in word else (word,):
            if part.lower() not in ENGLISH_STOP:
                found.append(stem(part))
    return found


def content_words(text: str) -> list[str]:
    """Content words of an Indonesian text, lower-cased; of a reduplication one half."""
    found = []
    for word in _WORD.findall(text):
        low = word.lower()
        first, hyphen, rest = low.partition("-")
        low = first if hyphen and (rest.startswith(first) or first == rest) else low
        if low not in CONTENT_STOP and not low.isdigit():
            found.append(low)
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source word becomes, and what its absence says.

    ``forms`` are English stems; ``absent`` and ``present`` the logarithms of the likelihood
    ratios (left out : translated) of not finding, or finding, any of them.
    """

    forms: frozenset[str]
    absent: float
    present: float


class Lexicon:
    """Common Indonesian words and what they become; entries are read when asked for."""

    def __init__(self, text: str) -> None:
        self._lines = dict(line.split("\t", 1) for line in text.splitlines())
        self._entries: dict[str, Entry] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def get(self, word: str) -> Entry | None:
        """The entry of a lower-case word, or None."""
        entry = self._entries.get(word)
        if entry is None and word in self._lines:
            if len(self._entries) >= _ENTRIES_KEPT:
                self._entries.clear()
            missed, forms = self._lines[word].split("\t")
            share = int(missed) / 100
            absent = math.log((1 - _BY_CHANCE) / share)
            present = math.log(_BY_CHANCE / (1 - share))
            entry = Entry(frozenset(forms.split()), absent, present)
            self._entries[word] = entry
        return entry


_ENTRIES_KEPT = 4096
"""Entries that are kept ready: a long job would else hold them all, in each worker."""


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    path = Path(__file__).resolve().parent / "data" / "lexicon.tsv.xz"
    return Lexicon(lzma.decompress(path.read_bytes()).decode())


def counterparts(words: set[str], there: set[str]) -> int:
    """How many source words (``content_words``) have a counterpart among the stems ``there``."""
    table = lexicon()
    count = 0
    for word in words:
        entry = table.get(word)
        count += stem(word) in there or bool(entry and not entry.forms.isdisjoint(there))
    return count


_BY_CHANCE = 0.15
"""How often a word of a part that was left out seems to be there all the same."""


def lost_part(source: str, hypothesis: str) -> tuple[float, list[str]]:
    """The stretch of the source that was most probably left out.

    Returns the logarithm of its likelihood ratio (left out : translated), 0 when there is none,
    and its content words. Words that the lexicon lacks count when they stand in the hypothesis.
    """
    table = lexicon()
    there = set(stems(hypothesis))
    plain = {w.lower() for w in _WORD.findall(hypothesis)}
    content = content_words(source)
    best, best_start, best_stop = 0.0, 0, 0
    score, start = 0.0, 0
    for i, word in enumerate(content):
        entry = table.get(word)
        if word in plain or stem(word) in there:
            gain = entry.present if entry else _NAME_PRESENT
        elif entry is None:
            gain = 0.0
        else:
            gain = entry.absent if there.isdisjoint(entry.forms) else entry.present
        if score <= 0:
            score, start = 0.0, i
        score += gain
        if score > best:
            best, best_start, best_stop = score, start, i + 1
    return best, content[best_start:best_stop]


_NAME_PRESENT = math.log(0.05)
"""A word the lexicon lacks, mostly a name, that stands in the hypothesis."""

_USUAL_RATIO = 0.95
_LENGTH_WEIGHT = 14.0
_LEAST_PART = 2.5
_THRESHOLD = 10.5


def check_coverage(source: str, hypothesis: str) -> list[Check]:
    """A part of the source that seems to be missing, by its words and by the length together.

    The weights were set on human translations with one clause taken out (docs/translation.md).
    """
    score, part = lost_part(source, hypothesis)
    if score < _LEAST_PART:
        return []
    shortness = math.log(_USUAL_RATIO * (len(source) + 5) / (len(hypothesis) + 5))
    if score + _LENGTH_WEIGHT * shortness < _THRESHOLD:
        return []
    detail = f"This part of the source seems to be missing or mistranslated: {' '.join(part)}"
    return [Check("omission", "warning", detail)]
