"""What of an HTML page did not come into its text: menus, captions, tags, comments and the like.

The page's blocks of text (what a reader would see as one line or paragraph) are laid beside the
extracted text in order; those that are not in it are listed. Scripts, styles and forms are no
text. Which blocks belong to the story is the extraction's decision, not made or changed here.
"""

from __future__ import annotations

import re
from typing import Any

MAX_BLOCKS = 200
"""More blocks than this are counted, not listed."""
MAX_CHARACTERS = 300
"""Longer blocks are listed by their beginning."""

_NO_TEXT = frozenset(
    "script style noscript template head svg math iframe object canvas select option textarea "
    "datalist audio video map meta link title".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img input ins kbd label "
    "mark q s samp small span strike strong sub sup time tt u var wbr br".split()
)
_WORD = re.compile(r"[^\W_]+")
_LONG = 4
"""Blocks of as many words are found anywhere in the text; shorter ones only in their place."""


def left_out(html: str, text: str, title: str = "") -> tuple[tuple[str, ...], int]:
    """The blocks of the page ``html`` that are not in ``text``, and how many more there were.

    ``text`` is what was extracted, ``title`` the headline that was (it need not be in the text).
    Blocks are cleaned of superfluous white space and stand in the page's order.
    """
    blocks = _blocks(html)
    body = _words(text)
    places = _places([_words(block) for block in blocks], f" {body} ")
    heading = _words(title)
    found = [
        block if len(block) <= MAX_CHARACTERS else block[: MAX_CHARACTERS - 1].rstrip() + "…"
        for block, place in zip(blocks, places, strict=True)
        if place < 0 and _words(block) != heading
    ]
    return tuple(found[:MAX_BLOCKS]), max(0, len(found) - MAX_BLOCKS)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


def _places(blocks: list[str], body: str) -> list[int]:
    """Where each block's words stand in ``body``; -1 for those that do not.

    Long blocks are looked up first; short ones ("Ekonomi") must stand between their neighbours.
    """
    places = [-1] * len(blocks)
    words = body.split()
    runs = {tuple(words[i : i + n]) for n in range(1, _LONG + 1) for i in range(len(words))}
    near = [tuple(block.split(None, _LONG)[:_LONG]) in runs for block in blocks]
    position = 0
    for index, block in enumerate(blocks):
        if near[index] and block.count(" ") + 1 >= _LONG:
            place = body.find(f" {block} ", position)
            places[index] = place if place >= 0 else body.find(f" {block} ")
            if place >= 0:
                position = place + len(block)
    ends = _next_places(places, blocks, len(body))
    position = 0
    for index, block in enumerate(blocks):
        if not block:
            places[index] = 0
        elif near[index] and block.count(" ") + 1 < _LONG:
            places[index] = body.find(f" {block} ", position, ends[index] + 1)
        if places[index] >= position and block:
            position = places[index] + len(block)
    return places


def _next_places(places: list[int], blocks: list[str], end: int) -> list[int]:
    """For each block, where the next long block that goes on in order begins in the text."""
    result = [end] * len(places)
    for index in range(len(places) - 1, -1, -1):
        result[index] = end
        if 0 <= places[index] < end and blocks[index].count(" ") + 1 >= _LONG:
            end = places[index]
    return result


def _blocks(html: str) -> list[str]:
    """The blocks of visible text of a page in order, white space made single."""
    import trafilatura
    from lxml import etree  # type: ignore[import-untyped]

    tree: Any = trafilatura.load_html(html)
    if tree is None:
        return []
    blocks: list[str] = []
    parts: list[str] = []

    def close() -> None:
        flat = " ".join("".join(parts).split())
        parts.clear()
        if any(c.isalnum() for c in flat):
            blocks.append(flat)

    hidden: Any = None
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if hidden is None:
                parts.append(node.tail or "")
            continue
        block = node.tag not in _INLINE
        if event == "start":
            if hidden is not None:
                continue
            if block:
                close()
            if node.tag in _NO_TEXT:
                hidden = node
                continue
            parts.append(" " if node.tag == "br" else node.text or "")
            continue
        if node is hidden:
            hidden = None
        if hidden is None:
            if block:
                close()
            parts.append(node.tail or "")
    close()
    return blocks
