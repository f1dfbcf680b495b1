"""Words of a source that nothing in its translation stands for, and what they mean.

A small model loses or garbles words that it met seldom, though a lexicon of the same sentence pairs
knows them well (``scripts/build_reranker.py`` makes it: IBM Model 1, Brown et al. 1993). Put into
the source in English ("penggantian tracks sepanjang 48 kilometer") such a word is mostly copied,
and the rest of the sentence comes out otherwise, too. Which translation is the best of all,
``reword`` finds out.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.translate.coverage import CONTENT_STOP, stem

DATA = Path(__file__).with_name("data") / "senses.tsv.xz"
_WORD = re.compile(r"[^\W\d_]+")
_LIKELY = 12
"""Per cent of probability from which on an English word is put in a source."""
_MOST_GAPS, _MOST_SENSES = 3, 1


@dataclass(frozen=True, slots=True)
class Gap:
    """A word of a source, ``source[start:end]``, and what is put in its place, likeliest first."""

    start: int
    end: int
    senses: tuple[str, ...]


@cache
def table() -> dict[str, str]:
    """Indonesian words (lower case) and their English ones with per cent, as the file has them."""
    text = lzma.decompress(DATA.read_bytes()).decode()
    return dict(line.split("\t", 1) for line in text.splitlines())


def senses(word: str) -> list[tuple[str, int]]:
    """The English words of an Indonesian one (lower case) with per cent, likeliest first."""
    split = (pair.rpartition(" ") for pair in table().get(word, "").split("\t") if pair)
    return [(english, int(percent)) for english, _, percent in split]


def gaps(source: str, hypothesis: str) -> list[Gap]:
    """Content words of ``source`` none of whose senses are in ``hypothesis``.

    A word that was copied counts as lost, unless English has it, too. Names are passed over:
    words with a capital that do not open the source.
    """
    there = {w.lower() for w in _WORD.findall(hypothesis)}
    stems = {stem(w) for w in there}
    found = []
    for match in _WORD.finditer(source):
        word = match.group().lower()
        if word in CONTENT_STOP or (match.group()[0].isupper() and match.start()):
            continue
        known = senses(word)
        if known and known[0][0] != word:
            known = [(english, percent) for english, percent in known if english != word]
        if any(stem(english) in stems for english, _ in known):
            continue
        likely = tuple(english for english, percent in known if percent >= _LIKELY)
        if likely:
            found.append(Gap(match.start(), match.end(), likely[:_MOST_SENSES]))
    return found


def rewordings(source: str, found: Sequence[Gap]) -> list[str]:
    """The source with one gap filled, by each of its senses, and with all of them filled."""
    made = [
        _filled(source, [(gap, english)]) for gap in found[:_MOST_GAPS] for english in gap.senses
    ]
    if len(found) > 1:
        made.append(_filled(source, [(gap, gap.senses[0]) for gap in found]))
    return made


def _filled(source: str, fillings: Sequence[tuple[Gap, str]]) -> str:
    for gap, english in reversed(fillings):
        word = english.capitalize() if source[gap.start].isupper() else english
        source = source[: gap.start] + word + source[gap.end :]
    return source
