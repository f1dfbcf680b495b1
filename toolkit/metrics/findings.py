"""Turns the fidelity comparisons into checks that a person reads, one ruler for all systems.

Translations are judged by the guard's judge, whichever system wrote them; what the guard would
repair by itself (number formats) counts as an error here, for it stands in the output. Summaries
are held against their source: numbers, dates and names it does not have, page furniture.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from toolkit.metrics.base import Item
from toolkit.metrics.fidelity import number_diff, unknown_names, wrong_dates
from toolkit.metrics.furniture import leaks
from toolkit.metrics.omission import judged
from toolkit.types import Check


def findings(item: Item, task: Literal["translation", "summary"]) -> list[Check]:
    """What is doubtful about one output.

    Without a source only emptiness and furniture can be found.
    """
    if not item.hypothesis.strip():
        return [Check("omission", "error", "The output is empty.")]
    if task == "translation":
        return _translation(item) if item.source else []
    found = [] if not item.source else [*_numbers(item), *_dates(item), *_names(item)]
    return found + [
        Check("symbols", "warning", f"Page furniture in the summary: “{text}”.")
        for text in leaks(item.hypothesis)
    ]


def _translation(item: Item) -> list[Check]:
    found = [c for c in judged(item.source, item.hypothesis) if c.severity != "info"]
    return found + _formats(item)


def _formats(item: Item) -> list[Check]:
    return [
        Check(
            "number",
            "error",
            f"The source says “{error.source.text.strip()}”, the output “"
            f"{error.number.text.strip()}”: {error.digits} should be {error.correct}.",
        )
        for error in number_diff(item.source, item.hypothesis).format_errors
    ]


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text.strip()}”" for text in texts)


def _numbers(item: Item) -> list[Check]:
    added = number_diff(item.source, item.hypothesis).added
    found = _formats(item)
    if added:
        detail = f"{_quoted(n.text for n in added)} does not stand in the source."
        found.append(Check("number", "error", detail))
    return found


def _dates(item: Item) -> list[Check]:
    wrong = wrong_dates(item)
    found = [
        Check("date", "error", f"The source says {a.name} (“{a.text}”), the output {b.name}.")
        for b, a in wrong
        if a is not None
    ]
    if added := [part.name for part, wanted in wrong if wanted is None]:
        detail = f"{_quoted(added)} does not stand in the source."
        found.append(Check("date", "error", detail))
    return found


def _names(item: Item) -> list[Check]:
    return [
        Check("name", "warning", f"“{text}” does not stand in the source.")
        for text in unknown_names(item)
    ]
