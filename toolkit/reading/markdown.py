"""Markdown to plain text through markdown-it: markup off, headings and lists known.

Front matter (``---`` lines with ``key: value``) gives headline, outlet and date. Images go;
links leave their text; a table gives a line a row; code and HTML blocks stay as text.
"""

from __future__ import annotations

import re
from typing import Any

from toolkit.reading.formats import Extracted
from toolkit.reading.html import join
from toolkit.reading.tables import row_text

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"^(\w[\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$", re.M)


def from_markdown(text: str) -> Extracted:
    """Plain text of a Markdown document with the kinds of its blocks."""
    from markdown_it import MarkdownIt

    facts: dict[str, str] = {}
    if front := _FRONT.match(text):
        facts = {k.lower(): v.strip("\"'") for k, v in _FIELD.findall(front.group(1))}
        text = text[front.end() :]
    blocks: list[tuple[str, str]] = []
    stack: list[str] = []
    cells: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.nesting == 1:
            stack.append(token.type + token.tag)
        elif token.nesting == -1:
            stack.pop()
            if token.type == "tr_close":
                blocks += [(row, "list")] if (row := row_text(cells)) else []
                cells.clear()
        elif token.type == "inline" and stack[-1].startswith(("td_", "th_")):
            cells.append(" ".join(_words(token.children or []).split()))
        elif token.type == "inline":
            if words := _words(token.children or []):
                blocks.append((words, _kind(stack, first=not blocks)))
        elif token.type in ("code_block", "fence") and token.content.strip():
            blocks.append((token.content.strip(), ""))
        elif token.type == "html_block":
            words = re.sub(r"<!--.*?-->|<[^<>]*>", " ", token.content, flags=re.S).strip()
            blocks += [(words, "")] if words else []
    body, marks = join(blocks)
    return Extracted(
        body,
        title=facts.get("title", ""),
        outlet=facts.get("outlet", "") or facts.get("source", ""),
        date=facts.get("date", ""),
        marks=marks,
    )


def _kind(stack: list[str], first: bool) -> str:
    if any(name.startswith("heading") for name in stack):
        return "title" if first else "heading"
    return "list" if any(name.startswith("list_item") for name in stack) else ""


def _words(children: list[Any]) -> str:
    parts: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts).strip()
