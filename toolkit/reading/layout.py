"""Text to units: physical lines joined into the paragraphs and lines a reader sees.

Reads one-paragraph-per-line text as well as hard-wrapped text (lines of one width, paragraphs
parted by blank lines, indents or short last lines). Every unit keeps its offsets in the text;
nothing is judged here: what is furniture is decided in ``toolkit.reading.furniture``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from toolkit.types import clean_text

Mark = tuple[int, int, str]
"""(start, end, kind) of a block that the format states; kind is heading, list, title or ""."""

_LINE = re.compile(r"([^\n\r\u2028\u2029\x0b\x0c\x85]*)(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]|\Z)")
_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_ITEM = re.compile(r"[-*•–]\s|\d{1,2}[.)]\s")
_WIDEST = 160
"""Hard-wrapped text is narrower than this (characters)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, heading or other line of the page.

    ``text[start:end]`` is the raw piece without outer white space, ``flat`` the same cleaned for
    matching, ``gap`` the number of blank lines before it, ``kind`` what the format says it is
    ("" when the format says nothing), ``words`` the number of its words.
    """

    start: int
    end: int
    flat: str
    gap: int
    kind: Literal["", "heading", "list", "title"] = ""
    words: int = 0


def units(
    text: str, marks: Sequence[Mark] = (), stands_alone: Callable[[str], bool] | None = None
) -> list[Unit]:
    """Units of ``text`` in order; white space outside them is all that is left out.

    ``marks`` are blocks known from the format (each becomes one unit); ``stands_alone`` tells of
    a cleaned line whether it is never part of a hard-wrapped paragraph.
    """
    if marks:
        return _marked(text, marks)
    lines = _lines(text)
    if width := _wrap_width(lines, text):
        return _unwrap(lines, text, width, stands_alone or (lambda _: False))
    return [_unit(text, start, end, gap) for start, end, gap, _ in lines]


_Line = tuple[int, int, int, int]
"""Start, end (both without outer white space), blank lines before, indent in columns."""


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    gap = 0
    for match in _LINE.finditer(text):
        raw = match.group(1)
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        indent = len(text[match.start() : start].expandtabs(4))
        found.append((start, start + len(stripped), gap, indent))
        gap = 0
    return found


def _unit(text: str, start: int, end: int, gap: int, kind: str = "") -> Unit:
    flat = clean_text(text[start:end])
    return Unit(start, end, flat, gap, kind, flat.count(" ") + 1)  # type: ignore[arg-type]


def _marked(text: str, marks: Sequence[Mark]) -> list[Unit]:
    result = []
    for start, end, kind in marks:
        raw = text[start:end]
        stripped = raw.strip()
        if stripped:
            start += len(raw) - len(raw.lstrip())
            result.append(_unit(text, start, start + len(stripped), 1, kind))
    return result


def _wrap_width(lines: list[_Line], text: str) -> int:
    """The width that the text was wrapped at, or 0 when it was not.

    Wrapped text has lines that could not have taken the next line's first word, and that mostly
    stop in mid-sentence.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if b[2] == 0]
    if len(pairs) < 2:
        return 0
    lengths = sorted(end - start for start, end, _, _ in lines)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
    if not 24 <= width <= _WIDEST or lengths[-1] > 2 * _WIDEST:
        return 0
    full = run_on = 0
    for (start, end, _, _), (next_start, next_end, _, _) in pairs:
        first_word = text[next_start:next_end].split(None, 1)[0]
        if end - start + 1 + len(first_word) >= 0.8 * width:
            full += 1
            run_on += not _ENDS.search(text[start:end])
    if full < 0.5 * len(pairs) or run_on < 0.5 * full or run_on < 2:
        return 0
    return width


def _unwrap(
    lines: list[_Line], text: str, width: int, stands_alone: Callable[[str], bool]
) -> list[Unit]:
    result: list[Unit] = []
    indents = _opens_with_indent(lines)
    parted = indents or sum(line[2] > 0 for line in lines[1:]) > 1
    start, end, gap, indent = lines[0]
    previous = lines[0]
    for line in lines[1:]:
        last = text[previous[0] : previous[1]]
        here = text[line[0] : line[1]]
        full = len(last) + 1 + len(here.split(None, 1)[0]) >= 0.75 * width
        closed = _ENDS.search(last) is not None
        goes_on = not closed and here[0].islower()
        in_item = _ITEM.match(text, start, end) is not None
        deeper = line[3] >= previous[3] + 2 and previous[3] <= indent
        hanging = in_item and line[3] > indent
        indented = (deeper or (indents and line[3] >= 2)) and not hanging
        new_item = _ITEM.match(here) is not None and (in_item or closed or not full)
        alone = not goes_on and (
            stands_alone(clean_text(here))
            or (previous[0] == start and not (full and parted) and stands_alone(clean_text(last)))
        )
        if line[2] == 0 and (full or goes_on) and not (indented or new_item or alone):
            end = line[1]
        else:
            result.append(_unit(text, start, end, gap))
            start, end, gap, indent = line
        previous = line
    result.append(_unit(text, start, end, gap))
    return result


def _opens_with_indent(lines: list[_Line]) -> bool:
    """Whether paragraphs open with an indent and their other lines stand at the margin."""
    at_margin = sum(line[3] == 0 for line in lines)
    return at_margin >= 0.4 * len(lines) and len(lines) - at_margin >= 2
