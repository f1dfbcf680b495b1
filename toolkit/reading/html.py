"""HTML pages to plain text through trafilatura: no scripts, no menus, headings and lists known.

Source: A. Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction", ACL 2021 (demo). What is furniture inside the text it returns (datelines,
"Baca juga" …) is left to ``toolkit.reading.furniture``.
"""

from __future__ import annotations

import re
from typing import Any

from toolkit.errors import InputError
from toolkit.reading.formats import Extracted
from toolkit.reading.layout import Mark

_KINDS = {"head": "heading", "item": "list", "p": "text", "quote": "text", "code": "text"}


def from_html(text: str, name: str, url: str = "") -> Extracted:
    """Plain text, headline, site name and publication date of an HTML page.

    Raises InputError when no running text is found in it.
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import trafilatura

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
    blocks = [(_flat(node), kind) for node, kind in _blocks(page.body)]
    blocks = [(block, kind) for block, kind in blocks if block]
    if not blocks:
        raise InputError(f"{name} is HTML without running text; give the article's own page.")
    body, marks = join(blocks)
    return Extracted(
        body,
        title=_flat_text(page.title or ""),
        outlet=_flat_text(page.sitename or ""),
        date=page.date or "",
        marks=marks,
    )


def join(blocks: list[tuple[str, str]]) -> tuple[str, tuple[Mark, ...]]:
    """Blocks of (text, kind) to one text, parted by blank lines, with their marks."""
    marks: list[Mark] = []
    position = 0
    for block, kind in blocks:
        marks.append((position, position + len(block), kind))
        position += len(block) + 2
    return "\n\n".join(block for block, _ in blocks), tuple(marks)


def _blocks(body: Any) -> list[tuple[Any, str]]:
    """The leaf blocks of trafilatura's tree, in order."""
    found: list[tuple[Any, str]] = []
    for node in body:
        if not isinstance(node.tag, str):
            continue
        if node.tag in ("list", "table", "row") or (
            node.tag in ("quote", "div") and any(child.tag in _KINDS for child in node)
        ):
            if node.text and node.text.strip():
                found.append((node.text, "text"))
            found += _blocks(node)
        else:
            found.append((node, _KINDS.get(node.tag, "text")))
        if node.tail and node.tail.strip():
            found.append((node.tail, "text"))
    return found


def _flat(node: Any) -> str:
    if isinstance(node, str):
        return _flat_text(node)
    for brk in node.iter("lb"):
        brk.tail = "\n" + (brk.tail or "")
    return _flat_text("".join(node.itertext()))


def _flat_text(text: str) -> str:
    return re.sub(r"[^\S\u00a0]+", " ", text).strip()
