"""Names that open a sentence, known as names from elsewhere in the document.

A capital at the beginning says little, so that the guard, which sees one sentence, lets such a word
be translated: "Lam dipilih" may become "The time was chosen". Where another sentence has "Carrie
Lam", it is a name, and missing it is worth a warning.
"""

from __future__ import annotations

from dataclasses import replace

from toolkit.text.name_compare import key_parts
from toolkit.text.name_find import find_names
from toolkit.text.name_match import plain
from toolkit.types import Check, Document, Hypothesis, Sentence

_SHORT = 3


class FirmNames:
    """The names of one document that stand inside a sentence, and what became of them elsewhere."""

    def __init__(self, document: Document) -> None:
        self._firm = {
            part
            for sentence in document.sentences
            for name in find_names(sentence.clean, "id")
            if name.kind == "name" and not name.weak
            for part in key_parts(name.text)
            if len(part) >= _SHORT
        }

    def checked(self, sentence: Sentence, hypothesis: Hypothesis) -> Hypothesis:
        """The hypothesis, with a warning where such a name at the sentence's beginning is lost."""
        lost = [
            name.text
            for name in find_names(sentence.clean, "id")
            if name.weak
            and name.text in self._firm
            and not any(c.isalnum() for c in sentence.clean[: name.start])
            and plain(name.text) not in plain(hypothesis.text)
            and not any(name.text in c.detail for c in hypothesis.checks if c.kind == "name")
        ]
        if not lost:
            return hypothesis
        shown = ", ".join(f"'{name}'" for name in lost)
        check = Check("name", "warning", f"Not found in the translation: {shown}.")
        return replace(hypothesis, checks=(*hypothesis.checks, check))
