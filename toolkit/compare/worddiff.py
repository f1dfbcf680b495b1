"""Word-level differences between an output and its nearest reference, for people to read.

Words are compared without case and punctuation; what is shown keeps both. Scoring is not done
here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["same", "added", "missing"]
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both, only in the output (added), or only in the reference (missing)."""

    mark: Mark
    text: str


def _key(word: str) -> str:
    return _EDGES.sub("", word).casefold() or word


def nearest(hypothesis: str, references: Sequence[str]) -> int:
    """The position of the reference that shares most words with the hypothesis; ties go first."""
    given = [_key(w) for w in hypothesis.split()]

    def likeness(position: int) -> float:
        other = [_key(w) for w in references[position].split()]
        return SequenceMatcher(None, other, given, autojunk=False).ratio()

    return max(range(len(references)), key=lambda i: (likeness(i), -i))


def word_diff(reference: str, hypothesis: str) -> list[Piece]:
    """The pieces of hypothesis and reference in reading order.

    Joining the pieces that are not "missing" gives the hypothesis with single spaces.
    """
    wanted, given = reference.split(), hypothesis.split()
    matcher = SequenceMatcher(
        None, [_key(w) for w in wanted], [_key(w) for w in given], autojunk=False
    )
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(given[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece("missing", " ".join(wanted[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", " ".join(given[j1:j2])))
    return pieces
