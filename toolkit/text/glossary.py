"""The user's own terms: which English form a source term must, should or must not get.

A glossary is a UTF-8 TSV file with the columns ``source``, ``target``, ``rule``; a first line with
these names is skipped, as are empty lines and lines that start with ``#``. Rules: ``keep`` (the
target must stand in the translation; an empty target means the source term itself), ``prefer``
(the same, reported as a preference), ``forbid`` (the target must not stand there).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from toolkit.errors import InputError

Rule = Literal["keep", "prefer", "forbid"]
_RULES = ("keep", "prefer", "forbid")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a glossary; ``line`` is its number in the file."""

    source: str
    target: str
    rule: Rule
    line: int = 0


@dataclass(frozen=True, slots=True)
class Violation:
    """An entry that a translation breaks; ``detail`` is one sentence for a person."""

    entry: Entry
    detail: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms in the order of the file."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def load(cls, path: str | Path) -> Glossary:
        """Read a glossary file.

        Raises InputError, with the line number, for a file that can't be read, a line without
        three columns, an empty source, an empty target under prefer or forbid, an unknown rule,
        a term that is given twice with the same target and different rules, and no term at all.
        """
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(
                f"The glossary '{path}' is not UTF-8 text; save it as UTF-8."
            ) from error
        except OSError as error:
            raise InputError(
                f"The glossary '{path}' can't be read ({error.strerror}); check the path."
            ) from error
        entries = tuple(_parse(text, str(path)))
        if not entries:
            raise InputError(
                f"The glossary '{path}' has no terms; write one a line: source, tab, target, tab, "
                "keep, prefer or forbid."
            )
        return cls(entries)

    def check(self, source: str, hypothesis: str) -> list[Violation]:
        """Return the entries whose source term stands in ``source`` and that are broken."""
        found = []
        for entry in self.entries:
            if not _has(source, entry.source):
                continue
            there = _has(hypothesis, entry.target)
            if entry.rule == "forbid" and there:
                detail = f"'{entry.source}' must not be translated as '{entry.target}'."
            elif entry.rule == "keep" and not there:
                detail = f"'{entry.source}' must be given as '{entry.target}'."
            elif entry.rule == "prefer" and not there:
                detail = f"'{entry.source}' should be given as '{entry.target}'."
            else:
                continue
            found.append(Violation(entry, detail))
        return found


def _parse(text: str, path: str) -> list[Entry]:
    entries: list[Entry] = []
    rules: dict[tuple[str, str], Entry] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("\t")]
        if not entries and [c.lower() for c in columns] == ["source", "target", "rule"]:
            continue
        where = f"Line {number} of the glossary '{path}'"
        if len(columns) != 3:
            raise InputError(
                f"{where} has {len(columns)} column(s); write source, target and rule with tabs "
                "between them."
            )
        source, target, rule = columns
        if rule not in _RULES:
            raise InputError(f"{where} has the rule '{rule}'; use keep, prefer or forbid.")
        if not source:
            raise InputError(f"{where} has no source term; fill the first column.")
        if not target and rule != "keep":
            raise InputError(f"{where} has no target; only 'keep' may leave it empty.")
        entry = Entry(source, target or source, cast(Rule, rule), number)
        key = (entry.source.casefold(), entry.target.casefold())
        if key in rules and rules[key].rule != entry.rule:
            raise InputError(
                f"{where} contradicts line {rules[key].line} on '{source}'; keep one of them."
            )
        rules[key] = entry
        entries.append(entry)
    return entries


def _has(text: str, term: str) -> bool:
    pattern = r"\s+".join(re.escape(part) for part in term.split())
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE))
