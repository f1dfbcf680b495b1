"""Web pages as inputs: fetched once, kept in the job's folder, read from there by every later run.

So a job that is gone on with works on the pages it began with, whatever the sites show by then. A
page that can't be fetched becomes a reject. Pages of one site are asked for one after the other,
several sites at a time. How a page is fetched is ``toolkit.reading.fetch``'s business.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from toolkit.batch import atomic
from toolkit.batch.columns import Columns, text_problem
from toolkit.batch.rows import Form, Item, Reject, RejectKind, Row
from toolkit.batch.sources import Found, Source
from toolkit.errors import InputError
from toolkit.summarize.wording import counted

SITES = 8
"""Sites that are asked at a time."""
_TICK = 0.1
_LINE_SECONDS = 10.0
_FORMS: dict[str, Form] = {"html": "html", "text": "text", "markdown": "markdown"}


def fetch_pages(
    found: Found, folder: Path, *, again: str, stop: threading.Event, quiet: bool
) -> tuple[Found, list[str]]:
    """Fetch the pages among the inputs that ``folder`` does not hold yet.

    ``again`` says which of those it holds are fetched again: "all" (a page that can't be fetched
    any more stays as it was), "failed" or "" (none). Returns the inputs with the pages' files, and
    notes for the user. Raises KeyboardInterrupt as soon as ``stop`` is set (what was fetched is
    kept), DiskFullError.
    """
    wanted = [s.name for s in found.sources if s.format == "page" and not s.problem]
    if not wanted:
        return found, []
    folder.mkdir(parents=True, exist_ok=True)
    pages = {url: folder / _name(url) for url in wanted}
    missing = [url for url, path in pages.items() if again == "all" or not _holds(path, again)]
    stale = _fetch(missing, pages, stop, quiet=quiet)
    headers = {url: _header(path) for url, path in pages.items()}
    first: dict[str, str] = {}
    for url, header in headers.items():
        first.setdefault(header.get("final", url), url)
    sources = tuple(
        replace(
            s,
            path=pages[s.name],
            size=pages[s.name].stat().st_size,
            twin=first[headers[s.name].get("final", s.name)],
        )
        if s.name in pages and s.format == "page"
        else s
        for s in found.sources
    )
    lost = sum("error" in header for header in headers.values())
    kept = len(pages) - len(missing) - (0 if again else lost)
    notes = []
    if kept > 0:
        notes.append(f"{_are(kept)} as fetched before; --restart fetches all again.")
    if stale:
        notes.append(f"{_are(stale)} as fetched before: fetching again failed.")
    if lost:
        notes.append(f"{counted(lost, 'page')} could not be fetched; --update tries again.")
    return replace(found, sources=sources), notes


def _are(pages: int) -> str:
    return f"{counted(pages, 'page')} {'is' if pages == 1 else 'are'}"


def _fetch(urls: list[str], pages: dict[str, Path], stop: threading.Event, *, quiet: bool) -> int:
    """Fetch pages into their files; how many old ones stayed because that failed."""
    sites: dict[str, list[str]] = {}
    for url in urls:
        sites.setdefault(urlsplit(url).netloc, []).append(url)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for listed in sites.values():
        waiting.put(listed)
    errors: list[Exception] = []
    done: list[bool] = []

    def work() -> None:
        while not stop.is_set():
            try:
                site = waiting.get_nowait()
            except Empty:
                return
            try:
                for url in site:
                    if stop.is_set():
                        return
                    data, good = _fetched(url)
                    stays = not good and _holds(pages[url], "failed")
                    if not stays:
                        atomic.write_bytes(pages[url], data)
                    done.append(stays)
            except Exception as error:
                errors.append(error)
                return

    # Daemons: a page that hangs does not hold up the end of the program.
    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(SITES, len(sites)))]
    for thread in threads:
        thread.start()
    said = time.monotonic()
    if urls and not quiet:
        print(f"ringkas: fetching {counted(len(urls), 'page')}.", file=sys.stderr, flush=True)
    while any(t.is_alive() for t in threads) and not errors:
        if stop.wait(_TICK):
            raise KeyboardInterrupt
        if not quiet and time.monotonic() - said > _LINE_SECONDS:
            said = time.monotonic()
            print(f"ringkas: fetched {len(done)} of {len(urls)}.", file=sys.stderr, flush=True)
    if stop.is_set():
        raise KeyboardInterrupt
    if errors:
        raise errors[0]
    return sum(done)


def read_page(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """A fetched page as one item."""
    from toolkit.reading.decode import decode
    from toolkit.reading.formats import kind_of

    url = source.name
    file, line = source.listed
    file = file or url

    def bad(kind: RejectKind, reason: str) -> tuple[Item, int]:
        return Reject(file, line, url, kind, reason), source.size

    if source.problem:
        yield bad("syntax", source.problem)
        return

    try:
        header, data = _header(source.path), source.path.read_bytes().partition(b"\n")[2]
    except (OSError, ValueError):
        yield bad("unreadable", f"The fetched page {source.path} is damaged; give --restart.")
        return
    if "error" in header:
        yield bad("unreachable", header["error"])
        return
    if source.twin != url:
        yield bad("duplicate", f"The address leads to the same page as {source.twin} before it.")
        return
    if not data.strip():
        yield bad("empty", "The page is empty.")
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
        yield bad(*problem)
    else:
        yield Row(file, line, url, text, form), source.size


def _name(url: str) -> str:
    return hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _holds(path: Path, again: str) -> bool:
    """Whether a file holds a page; with ``again`` "failed", one that could be fetched."""
    try:
        header = _header(path)
    except (OSError, ValueError):
        return False
    return again != "failed" or "error" not in header


def _fetched(url: str) -> tuple[bytes, bool]:
    """A page's file (one line of JSON, then the bytes as they came), and whether it is there."""
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
    return json.dumps(header).encode() + b"\n" + data, "error" not in header


def _header(path: Path) -> dict[str, Any]:
    """The first line of a page's file. Raises OSError, ValueError (damaged)."""
    with path.open("rb") as file:
        header = json.loads(file.readline())
    if not isinstance(header, dict):
        raise ValueError("no header")
    return header
