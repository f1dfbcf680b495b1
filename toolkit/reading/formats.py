"""Formats: tells plain text, Markdown, HTML and JSON apart and takes their markup off.

What comes out is plain text with marks (blocks whose kind the format states) and the facts that
the format states: headline, outlet, date, id.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from toolkit.errors import InputError
from toolkit.reading.layout import Mark

_ENDINGS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".csv": "table", ".tsv": "table", ".parquet": "table",
}  # fmt: skip
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.I | re.S
)
_HTML_TAGS = re.compile(
    r"</?(?:p|div|body|head|article|section|h[1-6]|ul|li|br|span|meta)\b[^>]*>", re.I
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """Plain text and what its format states; ``marks`` are offsets into ``text``.

    ``left_out`` are blocks of a page that did not come into ``text``, ``left_out_more`` how many
    more there are.
    """

    text: str
    title: str = ""
    outlet: str = ""
    date: str = ""
    id: str = ""
    marks: tuple[Mark, ...] = ()
    left_out: tuple[str, ...] = ()
    left_out_more: int = 0


def kind_of(name: str, text: str) -> str:
    """The format: text, markdown, html, json, jsonl or table, by name, else by content."""
    by_name = _ENDINGS.get(PurePath(name).suffix.lower(), "")
    if by_name and by_name != "text":
        return by_name
    if _HTML_START.match(text[:2000]):
        return "html"
    if by_name:
        return by_name
    return _by_content(text)


def _by_content(text: str) -> str:
    start = text.lstrip()[:1]
    if start in ("{", "["):
        try:
            json.loads(text)
        except ValueError:
            first = text.lstrip().split("\n", 1)[0]
            try:
                if isinstance(json.loads(first), dict):
                    return "jsonl"
            except ValueError:
                pass
        except RecursionError:
            return "text"
        else:
            return "json"
    if start == "<" and len(_HTML_TAGS.findall(text[:20_000])) >= 4:
        return "html"
    if re.match(r"\s*#{1,3} \S", text) or re.match(r"---\r?\n(?:[\w-]+:.*\r?\n)+---\r?\n", text):
        return "markdown"
    return "text"


def extract(
    text: str, kind: str, *, name: str, text_field: str = "text", title_field: str = "title",
    url: str = "",
) -> Extracted:  # fmt: skip
    """Take the markup of format ``kind`` off ``text``. Raises InputError where it can't be done."""
    if kind == "html":
        from toolkit.reading.html import from_html

        return from_html(text, name, url)
    if kind == "markdown":
        from toolkit.reading.markdown import from_markdown

        return from_markdown(text)
    if kind in ("json", "jsonl"):
        return _from_json(text, kind, name, text_field, title_field)
    if kind == "table":
        raise InputError(
            f"{name} is a table of many articles; use 'ringkas batch {name} --out DIR'."
        )
    return Extracted(text)


def _from_json(text: str, kind: str, name: str, text_field: str, title_field: str) -> Extracted:
    value = _parse_json(text, kind, name)
    if isinstance(value, list):
        if len(value) != 1:
            raise InputError(
                f"{name} holds {len(value)} JSON values and this command reads one article; "
                f"use 'ringkas batch {name} --out DIR'."
            )
        value = value[0]
    if isinstance(value, str):
        return Extracted(value)
    if not isinstance(value, dict):
        raise InputError(f'{name} is JSON but no object with a text field; give {{"text": …}}.')
    body = value.get(text_field)
    if isinstance(body, list) and body and all(isinstance(line, str) for line in body):
        body = "\n".join(body)
    if not isinstance(body, str):
        fields = ", ".join(f"'{key}'" for key in list(value)[:12]) or "none"
        raise InputError(
            f"{name} has no text in field '{text_field}' (fields: {fields}); name the right one "
            "with --text-field."
        )
    return Extracted(
        body,
        title=_string(value, title_field),
        outlet=_string(value, "outlet") or _string(value, "source"),
        date=_string(value, "date") or _string(value, "published"),
        id=_string(value, "id"),
    )


def _parse_json(text: str, kind: str, name: str) -> Any:
    try:
        if kind == "jsonl":
            lines = [line for line in text.split("\n") if line.strip()]
            if len(lines) > 1:
                return [json.loads(lines[0]), *lines[1:]]
        return json.loads(text)
    except RecursionError:
        raise InputError(f"{name} is JSON nested too deeply; give a flat object.") from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{name} is not valid JSON{where}: {error}.") from None


def _string(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return str(found) if isinstance(found, (str, int)) and not isinstance(found, bool) else ""
