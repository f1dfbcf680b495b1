"""HTML pages to plain text through trafilatura: no scripts, no menus, headings and lists known.

Source: A. Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction", ACL 2021 (demo). What is furniture inside the text it returns (datelines,
"Baca juga" …) is left to ``toolkit.reading.furniture``.
"""

from __future__ import annotations

import logging
import re
import warnings
from typing import Any

from toolkit.errors import InputError
from toolkit.reading.formats import Extracted
from toolkit.reading.layout import Mark
from toolkit.reading.leftover import left_out
from toolkit.reading.tables import row_text

_KINDS = {"head": "heading", "item": "list"}
_CONTAINERS = frozenset(["list", "table", "quote", "div"])
_LEAVES = frozenset(["head", "item", "p", "row"])


def from_html(text: str, name: str, url: str = "") -> Extracted:
    """Plain text, headline, site name and publication date of an HTML page, and what it left out.

    Raises InputError when no running text is found in it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import trafilatura

        for logger in ("trafilatura", "htmldate", "courlan", "justext"):
            logging.getLogger(logger).addHandler(logging.NullHandler())

        page: Any = trafilatura.bare_extraction(
            text,
            url=url or None,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    if page is None or page.body is None:
        raise InputError(f"{name} is HTML without running text; give the article's own page.")
    blocks = _blocks(page.body)
    if not blocks:
        raise InputError(f"{name} is HTML without running text; give the article's own page.")
    body, marks = join(blocks)
    title = _flat_text(page.title or "")
    rest, more = left_out(text, body, title)
    return Extracted(
        body,
        title=title,
        outlet=_flat_text(page.sitename or ""),
        date=page.date or "",
        marks=marks,
        left_out=rest,
        left_out_more=more,
    )


def join(blocks: list[tuple[str, str]]) -> tuple[str, tuple[Mark, ...]]:
    """Blocks of (text, kind) to one text, parted by blank lines, with their marks."""
    marks: list[Mark] = []
    position = 0
    for block, kind in blocks:
        marks.append((position, position + len(block), kind))
        position += len(block) + 2
    return "\n\n".join(block for block, _ in blocks), tuple(marks)


def _blocks(body: Any) -> list[tuple[str, str]]:
    """The texts of trafilatura's blocks in order, each with its kind ("" when it states none)."""
    found: list[tuple[str, str]] = []
    for node in body:
        if not isinstance(node.tag, str):
            continue
        if node.tag in _CONTAINERS and any(child.tag in _LEAVES for child in node):
            found.append((node.text or "", ""))
            found += _blocks(node)
        elif node.tag == "row":
            cells = [cell for child in node if (cell := _flat(child))]
            found.append((row_text(cells), "list"))
        else:
            found.append((_flat(node), _KINDS.get(node.tag, "")))
        found.append((node.tail or "", ""))
    return [(flat, kind) for text, kind in found if (flat := _flat_text(text))]


def _flat(node: Any) -> str:
    for line_break in node.iter("lb"):
        line_break.tail = " " + (line_break.tail or "")
    return _flat_text("".join(node.itertext()))


def _flat_text(text: str) -> str:
    return re.sub(r"[^\S\u00a0]+", " ", text).strip()
