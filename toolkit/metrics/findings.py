"""Turns the fidelity comparisons into checks that a person reads, one ruler for all systems.

The same comparisons feed the metrics ``numbers``, ``dates``, ``names`` and ``omissions``; the
guard of a translator may find more (it knows the model), and says so in its own checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from toolkit.metrics.base import Item
from toolkit.metrics.fidelity import date_diff, missing_names, number_diff, unknown_names
from toolkit.metrics.furniture import leaks
from toolkit.metrics.omission import omission
from toolkit.types import Check

_OMITTED = {
    "empty": "The output is empty.",
    "sentence": "A sentence of the source is missing.",
    "part": "A good part of the source is missing.",
}


def findings(item: Item, task: Literal["translation", "summary"]) -> list[Check]:
    """What is doubtful about one output: omissions, numbers, dates, names, furniture.

    For a summary only what it says is held against the source; for a translation also what it
    leaves out. Without a source only furniture and emptiness can be found.
    """
    whole = task == "translation"
    found: list[Check] = []
    if not item.hypothesis.strip():
        return [Check("omission", "error", _OMITTED["empty"])]
    if item.source:
        if whole and (kind := omission(item.source, item.hypothesis)):
            found.append(Check("omission", "error", _OMITTED[kind]))
        found += _numbers(item, whole)
        found += _dates(item, whole)
        found += _names(item, whole)
    if not whole:
        found += [
            Check("symbols", "warning", f"Page furniture in the summary: “{text}”.")
            for text in leaks(item.hypothesis)
        ]
    return found


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text.strip()}”" for text in texts)


def _numbers(item: Item, whole: bool) -> list[Check]:
    diff = number_diff(item.source, item.hypothesis)
    found = [
        Check(
            "number",
            "error",
            f"The source says “{error.source.text.strip()}”, the output “"
            f"{error.number.text.strip()}”: {error.digits} should be {error.correct}.",
        )
        for error in diff.format_errors
    ]
    if diff.added and whole and diff.missing:
        found.append(
            Check(
                "number",
                "error",
                f"The source says {_quoted(n.text for n in diff.missing)}, the output "
                f"{_quoted(n.text for n in diff.added)}.",
            )
        )
    elif diff.added:
        found.append(
            Check(
                "number",
                "error",
                f"{_quoted(n.text for n in diff.added)} does not stand in the source.",
            )
        )
    elif diff.missing and whole:
        found.append(
            Check(
                "number",
                "warning",
                f"{_quoted(n.text for n in diff.missing)} of the source is missing.",
            )
        )
    return found


def _dates(item: Item, whole: bool) -> list[Check]:
    diff = date_diff(item.source, item.hypothesis, item.date)
    found = [
        Check("date", "error", f"The source says {a.name} (“{a.text}”), the output {b.name}.")
        for a, b in diff.changed
    ]
    if diff.added:
        names = ", ".join(part.name for part in diff.added)
        found.append(Check("date", "error", f"{names} does not stand in the source."))
    if diff.missing and whole:
        names = ", ".join(part.name for part in diff.missing)
        found.append(Check("date", "warning", f"{names} of the source is missing."))
    return found


def _names(item: Item, whole: bool) -> list[Check]:
    if whole:
        missing = missing_names(item.source, item.hypothesis)
        if not missing:
            return []
        return [
            Check(
                "name", "warning", f"{_quoted(n.text for n in missing)} of the source is missing."
            )
        ]
    return [
        Check("name", "warning", f"“{text}” does not stand in the source.")
        for text in unknown_names(item)
    ]
