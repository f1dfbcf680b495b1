"""A user's glossary as prompts quote it: only the terms that stand in the text at hand.

Reading the file and checking a translation against it are ``toolkit.text.names.Glossary``'s.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from toolkit.text.names import Entry, Glossary

NONE = "(none)"


@dataclass(frozen=True, slots=True)
class Terms:
    """The entries that a prompt may quote."""

    glossary: Glossary | None = None

    @classmethod
    def of(cls, glossary: Glossary | Path | str | None) -> Terms:
        """From a glossary, the path of one, or nothing. Raises InputError for a bad file."""
        if glossary is None or isinstance(glossary, Glossary):
            return cls(glossary)
        return cls(Glossary.load(glossary))

    @property
    def signature(self) -> str:
        """``|glossary:`` and a digest of all entries; "" without a glossary."""
        if not self.glossary or not self.glossary.entries:
            return ""
        data = "\n".join(f"{e.source}\t{e.target}\t{e.rule}" for e in self.glossary.entries)
        return f"|glossary:{hashlib.sha256(data.encode()).hexdigest()[:12]}"

    def listing(self, text: str) -> str:
        """One line a term whose source form stands in the Indonesian ``text``, or "(none)"."""
        if self.glossary is None:
            return NONE
        # An entry whose source stands in the text is broken by an empty translation (keep,
        # prefer) or by its own target (forbid); so the glossary itself says which apply.
        lines = [_line(e) for e in self.glossary.entries if _applies(e, text)]
        return "\n".join(dict.fromkeys(lines)) or NONE


def _applies(entry: Entry, text: str) -> bool:
    wrong = entry.target if entry.rule == "forbid" else ""
    return bool(Glossary((entry,)).check(text, wrong))


def _line(entry: Entry) -> str:
    if entry.rule == "forbid":
        return f'- "{entry.source}": never "{entry.target}"'
    if entry.rule == "keep":
        return f'- "{entry.source}": always "{entry.target}"'
    return f'- "{entry.source}": "{entry.target}" where it fits'
