"""Fidelity to the Indonesian source: numbers, dates, names, and sentences left out.

``side="both"`` (translations): what the source says and the hypothesis lacks counts against it,
and what it adds. ``side="summary"``: a summary may leave things out, so only what it says is held
against the source. The comparison of both languages is ``toolkit.text``'s; ``findings`` turns it
into checks that a person reads.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from toolkit.errors import UsageError
from toolkit.metrics.base import Item, Metric, signature

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray
    from toolkit.text.dates import DateDiff, DatePart
    from toolkit.text.names import Name
    from toolkit.text.numbers import NumberDiff

Side = Literal["both", "summary"]


class _Fidelity(Metric):
    unit = "%"
    needs = frozenset({"source"})

    def __init__(self, side: Side = "both") -> None:
        if side not in ("both", "summary"):
            raise UsageError(f"Metric '{self.name}': side must be 'both' or 'summary'.")
        self.side = side

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """Columns: facts that agree, facts that were checked (0, 0 where there is none)."""
        import numpy as np

        return np.asarray([self._row(item) for item in items], dtype=np.float64)

    def _row(self, item: Item) -> tuple[float, float]:
        stated, missing, wrong, added = self._counts(item)
        if self.side == "summary":
            total = stated
            right = total - wrong - added
        else:
            total = stated + added
            right = stated - missing - wrong
        return float(max(0, right)), float(total)

    def _counts(self, item: Item) -> tuple[int, int, int, int]:
        """Facts of the judged side, missing ones, wrong ones, added ones."""
        raise NotImplementedError

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """Which side is judged."""
        return signature(self.name, side=self.side)


@lru_cache(maxsize=100_000)
def number_diff(source: str, hypothesis: str) -> NumberDiff:
    """``compare_numbers``, kept for metric and findings alike."""
    from toolkit.text.numbers import compare_numbers

    return compare_numbers(source, hypothesis)


@lru_cache(maxsize=100_000)
def date_diff(source: str, hypothesis: str, date: str) -> DateDiff:
    """``compare_dates`` with the document's day, kept for metric and findings alike."""
    from toolkit.text.dates import compare_dates

    return compare_dates(source, hypothesis, anchor(date))


@lru_cache(maxsize=100_000)
def missing_names(source: str, hypothesis: str) -> tuple[Name, ...]:
    """The names of the source that the hypothesis lacks, kept for metric and findings alike."""
    from toolkit.text.names import compare_names

    return compare_names(source, hypothesis).missing


_NOT_COUNTED = frozenset({"date", "code", "roman", "approximate", "decade"})


class Numbers(_Fidelity):
    """Share of numbers with the same value on both sides (dates and codes are not numbers)."""

    name = "numbers"
    label = "Numbers"

    def _counts(self, item: Item) -> tuple[int, int, int, int]:
        from toolkit.text.numbers import find_numbers

        text, language = (item.hypothesis, "en") if self.side == "summary" else (item.source, "id")
        stated = sum(
            not n.weak and n.kind not in _NOT_COUNTED
            for n in find_numbers(text, "en" if language == "en" else "id")
        )
        diff = number_diff(item.source, item.hypothesis)
        return stated, len(diff.missing), len(diff.format_errors), len(diff.added)


class Dates(_Fidelity):
    """Share of weekdays, days, months and years that agree."""

    name = "dates"
    label = "Dates"

    def _counts(self, item: Item) -> tuple[int, int, int, int]:
        from toolkit.text.dates import find_dates

        mentions = (
            find_dates(item.hypothesis, "en")
            if self.side == "summary"
            else find_dates(item.source, "id")
        )
        parts = {
            (part, value)
            for mention in mentions
            if not mention.weak
            for part in ("weekday", "month", "day", "year")
            if (value := getattr(mention, part)) is not None
        }
        if self.side == "summary":
            return len(parts), 0, 0, len(wrong_dates(item))
        diff = date_diff(item.source, item.hypothesis, item.date)
        return len(parts), len(diff.missing), len(diff.changed), len(diff.added)


def wrong_dates(item: Item) -> list[tuple[DatePart, DatePart | None]]:
    """Parts of dates in a summary that its source does not give, each with the part it replaces.

    A part is given too when a date of the source resolves to it on the item's day: "Jumat" in an
    article of Saturday, May 17, gives Friday, May 16.
    """
    from toolkit.text.dates import find_dates, resolve

    diff = date_diff(item.source, item.hypothesis, item.date)
    wrong: list[tuple[DatePart, DatePart | None]] = [(p, None) for p in diff.added]
    wrong += [(given, wanted) for wanted, given in diff.changed]
    if not wrong:
        return []
    day = anchor(item.date)
    resolved = [resolve(mention, day) for mention in find_dates(item.source, "id")]
    given = {
        pair
        for found in resolved
        if found is not None
        for pair in (
            ("weekday", found.weekday()),
            ("day", found.day),
            ("month", found.month),
            ("year", found.year),
        )
    }
    return [(part, wanted) for part, wanted in wrong if (part.part, part.value) not in given]


def anchor(date: str) -> datetime.date | None:
    """The day of an item's ISO date, or None."""
    return datetime.date.fromisoformat(date) if date else None


class Names(_Fidelity):
    """Share of names, acronyms and terms with a counterpart on the other side.

    ``side="summary"``: names of the English summary that the source (or its English) lacks count
    against it.
    """

    name = "names"
    label = "Names"

    def _counts(self, item: Item) -> tuple[int, int, int, int]:
        from toolkit.text.names import find_names

        if self.side == "summary":
            names = {n.text for n in find_names(item.hypothesis, "en") if n.kind in _CHECKED}
            return len(names), 0, 0, len(unknown_names(item))
        names = {n.text for n in find_names(item.source, "id") if n.kind != "institution"}
        return len(names), len(missing_names(item.source, item.hypothesis)), 0, 0


_CHECKED = frozenset({"name", "acronym"})
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*[0-9]*")


def unknown_names(item: Item) -> list[str]:
    """Names and acronyms of the English summary that neither the source nor its English has.

    A name is known when each of its words of three letters or more that is no common English word
    is spelled (nearly) so in the Indonesian source, in its reference translation or the system's
    own, or is an English form of a term of the source ("China" for "Tiongkok").
    """
    from toolkit.text.name_find import is_common
    from toolkit.text.names import find_names, same_name

    forms = [form for n in find_names(item.source, "id") for form in n.english]
    there = set(
        _PART.findall(" ".join((item.source, item.translation, item.article, item.outlet, *forms)))
    )
    exact = {word.casefold() for word in there}
    unknown: list[str] = []
    for name in find_names(item.hypothesis, "en"):
        if name.kind not in _CHECKED or name.text in unknown:
            continue
        for part in _PART.findall(name.text):
            if len(part) < 3 or part.casefold() in exact or is_common(part, "en"):
                continue
            if not any(same_name(word, part) for word in there):
                unknown.append(name.text)
                break
    return unknown
