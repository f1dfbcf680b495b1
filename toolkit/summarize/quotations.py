"""Which sentences lie within direct speech that another sentence opens or closes.

A quotation of several sentences is cut where the sentences are: one taken alone would give a
minister's words as the summary's own. Marks are put back where a cut took them, and a sentence
that is nothing but a piece of such speech leans on the one before it (``pool``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.types import Document

_OPEN, _CLOSE, _EITHER = "“„", "”", '"'


@dataclass(frozen=True, slots=True)
class Cut:
    """``before``: the quotation was opened before the sentence; ``after``: it is closed after."""

    before: bool
    after: bool

    @property
    def inside(self) -> bool:
        """Whether the sentence is a piece of a quotation and nothing else."""
        return self.before and self.after


def cuts(document: Document) -> Mapping[int, Cut]:
    """Sentences (ids) that a quotation of their paragraph goes beyond.

    Marks are counted within a paragraph. One that is opened and never closed says nothing: it may
    be a slip.
    """
    found: dict[int, Cut] = {}
    for paragraph in document.paragraphs:
        is_open = False
        pending: list[tuple[int, bool, bool]] = []
        for sentence in paragraph.sentences:
            began = is_open
            for char in sentence.clean:
                if char in _OPEN:
                    is_open = True
                elif char in _CLOSE:
                    is_open = False
                elif char in _EITHER:
                    is_open = not is_open
            pending.append((sentence.id, began, is_open))
            if not is_open:
                found |= {i: Cut(a, b) for i, a, b in pending if a or b}
                pending = []
    return found


def mend(english: str, cut: Cut, *, opened: bool, goes_on: bool) -> str:
    """A translated sentence with the marks that the cut took from it.

    ``opened``: the sentence before is there and leaves its quotation open; ``goes_on``: so is the
    one after, which closes it.
    """
    marks = sum(english.count(m) for m in (*_OPEN, *_CLOSE, *_EITHER))
    if cut.inside:
        if marks:
            return english
        return f"{'' if opened else _EITHER}{english}{'' if goes_on else _EITHER}"
    if marks % 2 == 0:
        return english
    if cut.before:
        return english if opened else _EITHER + english
    return english if goes_on else english + _EITHER
