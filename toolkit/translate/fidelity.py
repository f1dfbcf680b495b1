"""Numbers, dates, names and glossary terms of a hypothesis, held against its source.

``toolkit.text`` finds and compares; here the findings become checks, and pure format errors of
numbers are repaired. Cheap tests come first, so that a sentence without numbers or dates costs
next to nothing.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Literal

from toolkit.types import Check

if TYPE_CHECKING:
    from toolkit.text.names import Glossary

_DIGIT = re.compile(r"\d")
_DATE_LIKE = re.compile(r"\d\s?[/.–-]\s?\d|(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)|['’]\d\d\b")


class Fidelity:
    """Compares source and hypothesis by what they state.

    ``glossary`` holds the user's terms; ``anchor`` the day the text was written, if known.
    """

    def __init__(
        self, glossary: Glossary | None = None, anchor: datetime.date | None = None
    ) -> None:
        from toolkit.text import calendar_words, number_words

        self._glossary = glossary
        self._anchor = anchor
        numbers: set[str] = set()
        for table in (
            number_words.UNITS,
            number_words.SCALES,
            number_words.ORDINALS,
            number_words.VAGUE,
        ):
            numbers |= table["id"].keys() | table["en"].keys()
        for aliases in number_words.ALIASES.values():
            numbers |= {word for word, value in aliases.items() if 0 < value < 1}
        self._number_words = numbers | number_words.TENS.keys() | number_words.SE.keys()
        dates = calendar_words.MONTHS["id"].keys() | calendar_words.MONTHS["en"].keys()
        dates |= calendar_words.WEEKDAYS["id"].keys() | calendar_words.WEEKDAYS["en"].keys()
        self._date_words = {d.lower() for d in dates}
        self._relative_words = [
            {phrase.split()[0] for phrase in phrases}
            for phrases in calendar_words.RELATIVE.values()
        ]

    def check(self, source: str, hypothesis: str, words: frozenset[str]) -> tuple[str, list[Check]]:
        """The hypothesis with number formats and place names repaired, and the findings.

        ``words`` are the lower-cased words of both sides.
        """
        from toolkit.text.dates import compare_dates
        from toolkit.text.exact import lost_exact, repair_exact
        from toolkit.text.exonyms import repair_exonyms
        from toolkit.text.names import compare_names
        from toolkit.translate.name_repair import made_up, repair_names

        hypothesis, exact = repair_exact(source, hypothesis)
        checks: list[Check] = []
        digits = bool(_DIGIT.search(source) or _DIGIT.search(hypothesis))
        if digits or not self._number_words.isdisjoint(words):
            hypothesis, checks = self._numbers(source, hypothesis)
        for wrong, right in exact:
            detail = f"An address or account was garbled and put right: {wrong} → {right}"
            checks.append(Check("repaired", "info", detail))
        dates = digits and bool(_DATE_LIKE.search(source) or _DATE_LIKE.search(hypothesis))
        dates = dates or not any(heads.isdisjoint(words) for heads in self._relative_words)
        if dates or not self._date_words.isdisjoint(words):
            diff = compare_dates(source, hypothesis, self._anchor)
            checks += [_became("date", a.text, b.text) for a, b in diff.changed]
            checks += [_became("date", ours, theirs) for ours, theirs in diff.relative]
            for part in diff.missing:
                detail = f"The {part.part} {part.name} of the source ('{part.text}') is missing."
                checks.append(Check("date", "warning", detail))
            for part in diff.added:
                detail = f"The {part.part} {part.name} ('{part.text}') is not in the source."
                checks.append(Check("date", "warning", detail))
        hypothesis, exonyms = repair_exonyms(source, hypothesis)
        for left, english in exonyms:
            detail = f"A place name left in Indonesian was put right: {left} → {english}"
            checks.append(Check("repaired", "info", detail))
        hypothesis, names = repair_names(source, hypothesis)
        for wrong, right in names:
            detail = f"A name was misspelt and put right: {wrong} → {right}"
            checks.append(Check("repaired", "info", detail))
        missing = [n.text for n in compare_names(source, hypothesis).missing]
        missing += [m for m in lost_exact(source, hypothesis) if m not in missing]
        if missing:
            shown = ", ".join(f"'{name}'" for name in missing)
            detail = f"Not found in the translation: {shown}."
            checks.append(Check("name", "warning", detail))
        if strange := made_up(source, hypothesis):
            shown = ", ".join(f"'{name}'" for name in strange)
            checks.append(Check("name", "warning", f"No name or word of the source: {shown}."))
        if self._glossary is not None:
            for violation in self._glossary.check(source, hypothesis):
                severity = "info" if violation.entry.rule == "prefer" else "warning"
                checks.append(Check("glossary", severity, violation.detail))  # type: ignore[arg-type]
        return hypothesis, checks

    def repair(self, source: str, hypothesis: str) -> tuple[str, list[Check]]:
        """The hypothesis with number formats repaired, and the repairs made."""
        text, checks = self._numbers(source, hypothesis)
        return text, [c for c in checks if c.kind == "repaired"]

    def _numbers(self, source: str, hypothesis: str) -> tuple[str, list[Check]]:
        from toolkit.text.clock_times import repair_clock_times
        from toolkit.text.numbers import compare_numbers, repair_formats

        checks: list[Check] = []
        diff = compare_numbers(source, hypothesis)
        if diff.format_errors:
            repaired = repair_formats(hypothesis, diff)
            for error in diff.format_errors:
                detail = f"The number format was put right: {error.digits} → {error.correct}"
                checks.append(Check("repaired", "info", detail))
            hypothesis = repaired
        hypothesis, times, odd = repair_clock_times(source, hypothesis)
        for wrong, right in times:
            detail = f"An impossible clock time was put right: {wrong} → {right}"
            checks.append(Check("repaired", "info", detail))
        for wrong, right in odd:
            none = Check("number", "error", f"There is no such clock time: '{wrong}'.")
            checks.append(_became("number", right, wrong) if right else none)
        for ours, theirs in diff.unit_errors:
            checks.append(_became("number", ours.text, theirs.text, ": another currency"))
        for ours, theirs in diff.lost_durations:
            detail = f"'{ours.text}' of the source is missing or became '{theirs.text}'."
            checks.append(Check("number", "error", detail))
        checks += [_became("number", a.text, b.text) for a, b in diff.changed]
        for number in diff.stray_currencies:
            detail = f"The source names no currency for '{number.text}'."
            checks.append(Check("number", "warning", detail))
        if len(diff.missing) == 1 and len(diff.added) == 1:
            if _short_year(diff.missing[0].text, diff.added[0].text, hypothesis):
                return hypothesis, checks
            changed = _became("number", diff.missing[0].text, diff.added[0].text)
            return hypothesis, [*checks, changed]
        for number in diff.missing:
            detail = f"The number '{number.text}' of the source is missing."
            checks.append(Check("number", "warning", detail))
        for number in diff.added:
            detail = f"The number '{number.text}' is not in the source."
            checks.append(Check("number", "warning", detail))
        return hypothesis, checks


def _became(kind: Literal["number", "date"], ours: str, theirs: str, how: str = "") -> Check:
    """What the source says and what stands in its place."""
    return Check(kind, "error", f"'{ours}' of the source became '{theirs}'{how}.")


def _short_year(full: str, short: str, hypothesis: str) -> bool:
    """Whether a range of years was merely shortened: 2019–2020 → 2019–20, 2024/2025 → 2024/25."""
    return (
        bool(re.fullmatch(r"(?:19|20)\d\d", full))
        and full[2:] == short
        and bool(re.search(rf"\d{{4}}\s?[–—/-]\s?{short}(?!\d)", hypothesis))
    )
