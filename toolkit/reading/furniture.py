"""The furniture engine: which units of a page are story and which pieces are not.

``sort_out`` applies the rule tables in a fixed order and returns a ``Page``: for each unit the
spans that are story, all removals with their rule names, and the facts that headline and dateline
state. Nothing disappears unreported: every character of a unit that is not white space is either
in a story span or in a removal (``tests/test_reading_furniture.py`` checks it).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit.reading import furniture_context as context
from toolkit.reading.furniture_lines import LINE_RULES
from toolkit.reading.furniture_pieces import Dateline, dateline, inline_pieces, signature
from toolkit.reading.layout import Unit
from toolkit.reading.rules import Rule, compiled
from toolkit.types import Removed

_LONGEST = max(rule.max_words for rule in LINE_RULES)
_ZONES = {"head": ("any", "edge", "head", "end"), "body": ("any",), "tail": ("any", "edge", "tail")}


@dataclass(slots=True)
class Page:
    """The outcome: ``stories[i]`` are the story spans of unit ``i`` (empty when it went whole)."""

    units: list[Unit]
    stories: list[list[tuple[int, int]]]
    removed: list[Removed]
    title: str = ""
    opening: Dateline | None = None


@cache
def _line_rules(zone: str, at_end: bool) -> tuple[tuple[Rule, Callable[[str], object]], ...]:
    zones = (*_ZONES[zone], "end") if at_end else _ZONES[zone]
    return tuple((r, compiled(r.pattern).fullmatch) for r in LINE_RULES if r.zone in zones)


@lru_cache(maxsize=512)
def match_line(flat: str, zone: str = "body", at_end: bool = False) -> Rule | None:
    """The first line rule that takes the whole cleaned line ``flat``, or None.

    ``zone``: head (above the story), body, tail (below it); ``at_end``: nothing of the story
    follows.
    """
    words = flat.count(" ") + 1
    if words > _LONGEST:
        return None
    for rule, matches in _line_rules(zone, at_end):
        if words <= rule.max_words and matches(flat):
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
    view = context.View(units)
    for index, unit in enumerate(units):
        if not any(c.isalnum() for c in unit.flat):
            view.rules[index] = "separator"
    if keep:
        _, title = context.headline(view, title)
    else:
        _take_lines(view)
        position, title = context.headline(view, title)
        if position is not None:
            view.rules[position] = "headline"
        if title:
            context.take_repeats(view, title, position)
        _take_lines(view)
        context.take_standfirst(view)
        context.take_above_story(view, bool(title))
        context.take_below_story(view)
    page = Page(units, [[(u.start, u.end)] for u in units], [], title)
    _finish(page, view, text, keep)
    return page


def _take_lines(view: context.View) -> None:
    """Line rules, then what each opens; the zones come from the first and last story unit."""
    first, last = view.bounds()
    openers: list[tuple[int, Rule]] = []
    for index in range(len(view.units) - 1, -1, -1):
        if view.rules[index]:
            continue
        zone = "head" if index < first else "tail" if index > last else "body"
        rule = match_line(view.units[index].flat, zone, at_end=index >= last)
        if rule is None or (
            rule.name == "byline" and zone == "body" and context.in_fact_box(view, index)
        ):
            continue
        view.rules[index] = rule.name
        while last >= 0 and (view.rules[last] or not view.running[last]):
            last -= 1
        if rule.opens:
            openers.append((index, rule))
    swept = ""
    for index, rule in reversed(openers):
        if swept not in ("rest", rule.opens) and context.take_opened(view, index, rule, last):
            swept = rule.opens


def _finish(page: Page, view: context.View, text: str, keep: bool) -> None:
    """Cut datelines, signatures and insertions from the units that stay; list all removals."""
    seen = 0
    first, last = view.bounds()
    for index, unit in enumerate(page.units):
        raw = text[unit.start : unit.end]
        if view.rules[index]:
            page.stories[index] = []
            page.removed.append(Removed(raw, view.rules[index], unit.start, unit.end))
            continue
        if keep:
            continue
        seen += 1
        cuts = inline_pieces(raw)
        if page.opening is None and seen <= 6:
            found = dateline(raw)
            if found and found.label:
                strong = index <= first and not context.asks(view, index)
            else:
                strong = found is not None and found.strong
            if found and (strong or (not found.label and seen <= 2 and view.running[index])):
                page.opening = found
                cuts = [(0, found.length, "dateline"), *(c for c in cuts if c[0] >= found.length)]
        if (marker := context.list_marker(raw)) and (not cuts or cuts[0][0] >= marker):
            cuts.insert(0, (0, marker, "list-marker"))
        if index >= last and (closing := signature(raw)):
            cuts = [*(c for c in cuts if c[1] <= closing[0]), closing]
        if cuts:
            page.stories[index] = _cut(page, text, unit, cuts)


def _cut(
    page: Page, text: str, unit: Unit, cuts: list[tuple[int, int, str]]
) -> list[tuple[int, int]]:
    """Report ``cuts`` (offsets within the unit, in order) and return the spans that stay."""
    spans: list[tuple[int, int]] = []
    position = unit.start
    for start, end, rule in cuts:
        spans += _span(page, text, position, unit.start + start)
        begin, stop = _stripped(text, unit.start + start, unit.start + end)
        page.removed.append(Removed(text[begin:stop], rule, begin, stop))
        position = unit.start + end
    return spans + _span(page, text, position, unit.end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _span(page: Page, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without outer white space; a rest without letters is reported, not kept."""
    if not text[start:end].strip():
        return []
    start, end = _stripped(text, start, end)
    if not any(c.isalnum() for c in text[start:end]):
        page.removed.append(Removed(text[start:end], "separator", start, end))
        return []
    return [(start, end)]
