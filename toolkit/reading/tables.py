"""Tables in plain text and Markdown: rows become readable lines, "Beras medium; 14.500; +9,8%".

Two cells are joined by a colon, more by semicolons (figures have commas and signs of their own).
HTML tables come as cells from ``toolkit.reading.html``; how a row is translated is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LINE = re.compile(r"[^\r\n]+")
_RULER = re.compile(r"[\s|│:+=_-]*[-=_]{3}[\s|│:+=_-]*")
_BAR = re.compile(r"(?<!<)[|│](?!>)")  # no chat control token: <|…|>
_FEWEST_ROWS = 3
"""Fewer rows with bars may be a byline, a bread crumb or a menu."""


def row_text(cells: Iterable[str]) -> str:
    """The cells of one row as a line of text; empty cells are left out."""
    there = [cell for cell in cells if cell]
    return (": " if len(there) == 2 else "; ").join(there)


def open_tables(text: str) -> str:
    """``text`` with the bars of its tables replaced, character for character.

    A table is three or more lines in a row, rulers included, that all have the same number of
    cells parted by "|". Its rulers become white space, the bars between cells ":" or ";" (see
    ``row_text``), so that the result has the length of ``text`` and offsets stay what they are.
    """
    if not _BAR.search(text):
        return text
    result: list[str] = []
    position = 0
    run: list[tuple[int, int]] = []
    columns = 0
    for match in (*_LINE.finditer(text), None):
        if match is not None:
            raw = match.group()
            ruler = _RULER.fullmatch(raw) is not None
            here = 0 if ruler else _columns(raw)
            follows = bool(run) and _next_line(text, run[-1][1], match.start())
            if (follows and ruler) or (here > 1 and (not run or (follows and here == columns))):
                columns = here or columns
                run.append(match.span())
                continue
        if len(run) >= _FEWEST_ROWS:
            for start, end in run:
                result += text[position:start], _open(text[start:end], columns)
                position = end
        run = []
        if match is not None and here > 1:
            run, columns = [match.span()], here
    return "".join(result) + text[position:]


def _next_line(text: str, end: int, start: int) -> bool:
    """Whether no blank line stands between two lines."""
    between = text[end:start]
    return between.count("\n") <= 1 and between.count("\r") <= 1


def _columns(line: str) -> int:
    """The number of cells of a line; 0 where fewer than two hold something."""
    cells = _BAR.split(line.strip().strip("|│"))
    return len(cells) if sum(bool(cell.strip()) for cell in cells) > 1 else 0


def _open(line: str, columns: int) -> str:
    if _RULER.fullmatch(line):
        return " " * len(line)
    joint = ":" if columns == 2 else ";"
    characters = list(line)
    bars = {match.start() for match in _BAR.finditer(line)}
    last = max((i for i, c in enumerate(line) if not (i in bars or c.isspace())), default=-1)
    cell = -1
    for place, character in enumerate(line):
        if place in bars:
            characters[place] = " "
            if 0 <= cell < place < last:
                characters[cell + 1] = joint
            cell = -1
        elif not character.isspace():
            cell = place
    return "".join(characters)
