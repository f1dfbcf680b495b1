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
        names = {s.id: find_names(s.clean, "id") for s in document.sentences}
        firm = {
            part
            for found in names.values()
            for name in found
            if name.kind == "name" and not name.weak
            for part in key_parts(name.text)
            if len(part) >= _SHORT
        }
        self._openers = {
            s.id: name.text
            for s in document.sentences
            for name in names[s.id][:1]
            if name.weak and name.text in firm
            if not any(c.isalnum() for c in s.clean[: name.start])
        }
        """The names that open a sentence, by its id."""

    def checked(self, sentence: Sentence, hypothesis: Hypothesis) -> Hypothesis:
        """The hypothesis, with a warning where such a name at the sentence's beginning is lost."""
        name = self._openers.get(sentence.id)
        if name is None or plain(name) in plain(hypothesis.text):
            return hypothesis
        if any(name in c.detail for c in hypothesis.checks if c.kind == "name"):
            return hypothesis
        check = Check("name", "warning", f"Not found in the translation: '{name}'.")
        return replace(hypothesis, checks=(*hypothesis.checks, check))
