"""Web pages as inputs: fetched once, kept in the job's folder, read from there by every later run.

So a job that is gone on with works on the pages it began with, whatever the sites show by then. A
page that can't be fetched becomes a reject. Pages of one site are asked for one after the other,
several sites at a time. How a page is fetched is ``toolkit.reading.fetch``'s business.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from toolkit.batch import atomic
from toolkit.batch.columns import Columns, text_problem
from toolkit.batch.rows import Form, Item, Reject, RejectKind, Row
from toolkit.batch.sources import Found, Source
from toolkit.errors import InputError

SITES = 8
"""Sites that are asked at a time."""
_FORMS: dict[str, Form] = {"html": "html", "text": "text", "markdown": "markdown"}


def fetch_pages(
    found: Found, folder: Path, *, again: str, stop: threading.Event
) -> tuple[Found, list[str]]:
    """Fetch the pages among the inputs that ``folder`` does not hold yet.

    ``again`` says which it holds are fetched again: "all", "failed" or "" (none). Returns the
    inputs with the pages' files, and notes for the user. Raises KeyboardInterrupt once ``stop`` is
    set (what was fetched is kept), DiskFullError.
    """
    pages = {s.name: folder / _name(s.name) for s in found.sources if s.format == "page"}
    if not pages:
        return found, []
    folder.mkdir(parents=True, exist_ok=True)
    missing = [url for url, path in pages.items() if _wanted(path, again)]
    sites: dict[str, list[str]] = {}
    for url in missing:
        sites.setdefault(urlsplit(url).netloc, []).append(url)

    def get(urls: list[str]) -> None:
        for url in urls:
            if stop.is_set():
                return
            atomic.write_bytes(pages[url], _fetched(url))

    with ThreadPoolExecutor(SITES) as pool:
        for _ in pool.map(get, sites.values()):
            pass
    if stop.is_set():
        raise KeyboardInterrupt
    lost = sum("error" in _header(path)[0] for path in pages.values())
    sources = tuple(
        replace(s, path=pages[s.name], size=pages[s.name].stat().st_size)
        if s.format == "page"
        else s
        for s in found.sources
    )
    notes = []
    if kept := len(pages) - len(missing):
        pages_are = "1 page is" if kept == 1 else f"{kept:,} pages are"
        notes.append(f"{pages_are} as fetched before; --restart fetches all again.")
    if lost:
        pages_were = "1 page" if lost == 1 else f"{lost:,} pages"
        notes.append(f"{pages_were} could not be fetched; --update tries again.")
    return replace(found, sources=sources), notes


def read_page(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """A fetched page as one item."""
    from toolkit.reading.decode import decode
    from toolkit.reading.formats import kind_of

    url = source.name

    def bad(kind: RejectKind, reason: str) -> tuple[Item, int]:
        return Reject(url, 1, url, kind, reason), source.size

    try:
        header, data = _header(source.path)
    except (OSError, ValueError):
        yield bad("unreadable", f"The fetched page {source.path} is damaged; give --restart.")
        return
    if "error" in header:
        yield bad("unreachable", header["error"])
        return
    try:
        text, _ = decode(data, url, header["encoding"])
    except InputError as error:
        yield bad("encoding", str(error))
        return
    form = _FORMS.get(header["kind"] or kind_of(url, text))
    if form is None:
        yield bad("document", "The address gives JSON; give the article's own page.")
    elif problem := text_problem(text, columns.limit if form == "text" else len(text)):
        yield bad("empty" if problem[0] == "empty" else "too-long", problem[1])
    else:
        yield Row(url, 1, url, text, form), source.size


def _name(url: str) -> str:
    return hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _wanted(path: Path, again: str) -> bool:
    if again == "all":
        return True
    try:
        header, _ = _header(path)
    except (OSError, ValueError):
        return True
    return again == "failed" and "error" in header


def _fetched(url: str) -> bytes:
    """A page's file: one line of JSON, then the bytes as they came."""
    from toolkit.reading.fetch import fetch

    header: dict[str, Any] = {"url": url}
    data = b""
    try:
        page = fetch(url)
    except InputError as error:
        header["error"] = str(error)
    else:
        header |= {"final": page.url, "kind": page.kind, "encoding": page.encoding}
        data = page.data
    return json.dumps(header).encode() + b"\n" + data


def _header(path: Path) -> tuple[dict[str, Any], bytes]:
    head, _, data = path.read_bytes().partition(b"\n")
    header = json.loads(head)
    if not isinstance(header, dict):
        raise ValueError("no header")
    return header, data
