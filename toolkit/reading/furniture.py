"""The furniture engine: which units of a page are story and which pieces are not.

``sort_out`` applies the rule tables in a fixed order and returns a ``Page``: for each unit the
spans that are story and the kind the reader should give it, all removals with their rule names,
and the facts that headline and dateline state. Nothing disappears unreported: every character of
a unit is either in a story span or in a removal (``tests/test_reading_furniture.py`` checks it).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.reading import furniture_context as context
from toolkit.reading.furniture_lines import LINE_RULES
from toolkit.reading.furniture_pieces import Dateline, dateline, inline_pieces, signature
from toolkit.reading.layout import Unit
from toolkit.reading.rules import Rule, compiled
from toolkit.types import Removed


@dataclass(slots=True)
class Page:
    """The outcome: ``stories[i]`` are the story spans of unit ``i`` (empty when it went whole)."""

    units: list[Unit]
    stories: list[list[tuple[int, int]]]
    removed: list[Removed]
    title: str = ""
    opening: Dateline | None = None
    rules: list[str] = field(default_factory=list)
    """For each unit the rule that took it whole, or ""."""


def match_line(flat: str, zone: str = "any") -> Rule | None:
    """The first line rule that takes the cleaned line ``flat`` in ``zone``, or None.

    Zones: head (before the story), tail (after it), body (within it).
    """
    words = flat.count(" ") + 1
    for rule in LINE_RULES:
        if words > rule.max_words:
            continue
        if rule.zone != "any" and not (
            zone == rule.zone or (rule.zone == "edge" and zone in ("head", "tail"))
        ):
            continue
        if _whole_line(rule, flat):
            return rule
    return None


def stands_alone(flat: str) -> bool:
    """Whether a physical line is surely furniture by itself (for joining wrapped lines)."""
    return match_line(flat) is not None


def sort_out(text: str, units: list[Unit], title: str = "", keep: bool = False) -> Page:
    """Part the units of a page into story and furniture.

    ``title`` is the headline when the format states it; ``keep`` leaves everything that holds a
    letter or a digit in the story (the headline is recognised all the same).
    """
    page = Page(units, [[(u.start, u.end)] for u in units], [], title, rules=[""] * len(units))
    for index, unit in enumerate(units):
        if not any(c.isalnum() for c in unit.flat):
            page.rules[index] = "separator"
    if not keep:
        _take_lines(page)
    _find_headline(page, keep)
    if not keep:
        _take_lines(page)
        context.take_standfirst(page.units, page.rules)
        context.take_captions(page.units, page.rules)
    _finish(page, text, keep)
    return page


def _whole_line(rule: Rule, flat: str) -> bool:
    match = compiled(rule.pattern).match(flat)
    return match is not None and match.end() >= len(flat.rstrip())


def _take_lines(page: Page) -> None:
    """Line rules, with what each opens; the zones come from the first and last story unit."""
    first, last = context.story_bounds(page.units, page.rules)
    openers: list[tuple[int, Rule]] = []
    for index, unit in enumerate(page.units):
        if page.rules[index]:
            continue
        zone = "head" if index < first else "tail" if index > last else "body"
        rule = match_line(unit.flat, zone)
        if rule is None or (
            rule.name == "byline" and zone == "body" and context.in_fact_box(page.units, index)
        ):
            continue
        page.rules[index] = rule.name
        if rule.opens:
            openers.append((index, rule))
    for index, rule in openers:
        context.take_opened(page.units, page.rules, index, rule, last)


def _find_headline(page: Page, keep: bool) -> None:
    first, _ = context.story_bounds(page.units, page.rules)
    index, title = context.headline(page.units, page.rules, first, page.title)
    page.title = title
    if keep or not title:
        return
    if index is not None:
        page.rules[index] = "headline"
    context.take_repeats(page.units, page.rules, title, index)


def _finish(page: Page, text: str, keep: bool) -> None:
    """Cut datelines, signatures and insertions from the units that stay; list all removals."""
    kept = [i for i, rule in enumerate(page.rules) if not rule]
    last = kept[-1] if kept else -1
    seen = 0
    for index, unit in enumerate(page.units):
        if page.rules[index]:
            page.stories[index] = []
            page.removed.append(
                Removed(text[unit.start : unit.end], page.rules[index], unit.start, unit.end)
            )
            continue
        if keep:
            continue
        seen += 1
        cuts: list[tuple[int, int, str]] = []
        raw = text[unit.start : unit.end]
        found = dateline(raw) if seen <= 6 and page.opening is None else None
        if found and (found.strong or (seen <= 2 and context.is_story(unit))):
            page.opening = found
            cuts.append((0, found.length, "dateline"))
        cuts += [p for p in inline_pieces(raw) if not cuts or p[0] >= cuts[0][1]]
        if index == last or not context.story_after(page.units, page.rules, index):
            closing = signature(raw)
            if closing and not any(start < closing[1] and closing[0] < end for start, end, _ in cuts):
                cuts.append(closing)
        if marker := context.list_marker(raw):
            if not any(start < marker for start, _, _ in cuts):
                cuts.insert(0, (0, marker, "list-marker"))
        _cut(page, text, index, cuts)


def _cut(page: Page, text: str, index: int, cuts: list[tuple[int, int, str]]) -> None:
    if not cuts:
        return
    unit = page.units[index]
    spans: list[tuple[int, int]] = []
    position = 0
    pieces = sorted(cuts)
    for start, end, rule in [*pieces, (unit.end - unit.start, unit.end - unit.start, "")]:
        spans += _tidy_span(page, text, unit.start + position, unit.start + start)
        if rule:
            begin, stop = _stripped(text, unit.start + start, unit.start + end)
            page.removed.append(Removed(text[begin:stop], rule, begin, stop))
        position = end
    page.stories[index] = spans


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _tidy_span(page: Page, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without outer white space; a rest without letters is reported, not kept."""
    start, end = _stripped(text, start, end)
    if start >= end:
        return []
    if not any(c.isalnum() for c in text[start:end]):
        page.removed.append(Removed(text[start:end], "separator", start, end))
        return []
    return [(start, end)]
