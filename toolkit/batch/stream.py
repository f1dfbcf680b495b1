"""All inputs as one stream of items in order; ids that come twice are rejected.

Nothing is held but the item in hand: seen ids lie in a scratch database on disk.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.batch.columns import Columns, text_problem
from toolkit.batch.lines import DamagedError, numbered_lines, read_all
from toolkit.batch.pages import read_page
from toolkit.batch.read_csv import check_header, read_csv
from toolkit.batch.read_tables import (
    check_rows,
    first_lines,
    open_parquet,
    read_dataset,
    read_jsonl,
    read_lines,
    read_parquet,
)
from toolkit.batch.rows import Form, Item, Reject, Row, encode
from toolkit.batch.sources import STDIN, Source
from toolkit.errors import InputError, UsageError

FILE_LIMIT = 20_000_000
"""Largest text, HTML or Markdown file in bytes."""

_NO_COLUMNS = frozenset(["text", "html", "markdown", "lines", "page"])
Reader = Callable[[Source, Columns], Iterator[tuple[Item, int]]]


@dataclass(frozen=True, slots=True)
class Streamed:
    """An item, its encoded line, and how many bytes of all inputs were read by then."""

    item: Item
    line: bytes
    offset: int


def stream(
    sources: tuple[Source, ...], columns: Columns, scratch: Path | None = None
) -> Iterator[Streamed]:
    """The items of all sources in order.

    ``scratch`` is a folder for the database of seen ids (a temporary one by default).
    """
    base = 0
    with _SeenIds(scratch) as seen:
        for source in sources:
            line = 0
            try:
                for item, offset in READERS[source.format](source, columns):
                    line = item.line
                    yield _streamed(_unique(item, seen), base + offset)
            except DamagedError as error:
                where = f"after line {line}" if line else "at all"
                reason = f"The file can't be read {where}: {error}."
                bad = Reject(source.name, line + 1, source.name, "unreadable", reason)
                yield _streamed(bad, base + source.size)
            base += source.size


def check_columns(sources: tuple[Source, ...], columns: Columns) -> None:
    """Look at headers, schemas and first rows before the job starts.

    Raises InputError when a table lacks a needed column, when the first rows of a JSONL file all do
    or are no JSON Lines, and for text in UTF-16; UsageError for columns of files without any.
    """
    named = [c for c in columns.needed() if c != Columns().text]
    if named and all(s.format in _NO_COLUMNS for s in sources):
        raise UsageError(
            f"{columns.option(named[0])} {named[0]} is for tables (JSON Lines, CSV, TSV, Parquet, "
            "datasets); the input has plain files only, so leave it out."
        )
    for source in sources:
        if source.name == STDIN:
            continue
        try:
            if source.format in ("csv", "tsv"):
                check_header(source, columns)
            elif source.format == "parquet":
                open_parquet(source, columns).close()
            elif source.format == "jsonl":
                check_rows(source.name, first_lines(numbered_lines(source))[0], columns)
            elif source.format == "lines":
                next(numbered_lines(source), None)
        except DamagedError:
            continue  # reported as a bad row when the job comes to it


def _read_file(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """A text, HTML or Markdown file as one item."""
    from toolkit.reading.decode import decode

    name = source.name
    data = read_all(source, FILE_LIMIT)
    if len(data) > FILE_LIMIT:
        reason = f"The file has more than {FILE_LIMIT:,} bytes; a document may not."
        yield Reject(name, 1, name, "too-long", reason), source.size
        return
    if not data.strip():
        yield Reject(name, 1, name, "empty", "The file is empty."), source.size
        return
    try:
        text, _ = decode(data, name)
    except InputError as error:
        yield Reject(name, 1, name, "encoding", str(error)), source.size
        return
    forms: dict[str, Form] = {"html": "html", "markdown": "markdown"}
    form = forms.get(source.format, "text")
    if problem := text_problem(text, columns.limit if form == "text" else FILE_LIMIT):
        yield Reject(name, 1, name, *problem), source.size
    else:
        yield Row(name, 1, name, text, form), source.size


READERS: dict[str, Reader] = {
    "text": _read_file,
    "html": _read_file,
    "markdown": _read_file,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "tsv": read_csv,
    "lines": read_lines,
    "parquet": read_parquet,
    "dataset": read_dataset,
    "page": read_page,
}


def _unique(item: Item, seen: _SeenIds) -> Item:
    if isinstance(item, Reject):
        return item
    if before := seen.add(item.id, item.file, item.line):
        file, line = before
        where = f"line {line}" if file == item.file else f"{file}, line {line}"
        reason = f"The id was already used in {where}; ids must be unique."
        return Reject(item.file, item.line, item.id, "duplicate", reason)
    return item


def _streamed(item: Item, offset: int) -> Streamed:
    try:
        return Streamed(item, encode(item), offset)
    except UnicodeEncodeError as error:
        reason = f"The row holds {error.object[error.start]!r}, half of a surrogate pair."
        safe = item.id.encode("utf-8", "backslashreplace").decode()
        bad = Reject(item.file, item.line, safe, "encoding", reason)
        return Streamed(bad, encode(bad), offset)
    except RecursionError:
        item = replace(item, carried={}) if isinstance(item, Row) else item
        bad = Reject(item.file, item.line, item.id, "syntax", "The JSON is nested too deeply.")
        return Streamed(bad, encode(bad), offset)


class _SeenIds:
    """Ids seen so far and where, on disk: memory does not grow with the input."""

    def __init__(self, folder: Path | None) -> None:
        self._files: dict[str, int] = {}
        self._names: list[str] = []
        self._folder = tempfile.TemporaryDirectory(prefix="ids-", dir=folder)
        self._db = sqlite3.connect(Path(self._folder.name) / "ids.sqlite", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;"
            "CREATE TABLE seen (id BLOB PRIMARY KEY, file INTEGER, line INTEGER) WITHOUT ROWID;"
            "BEGIN"
        )

    def __enter__(self) -> _SeenIds:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, identity: str, file: str, line: int) -> tuple[str, int] | None:
        """Note an id; returns file and line of its first use when there was one."""
        key = hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        number = self._files.setdefault(file, len(self._names))
        if number == len(self._names):
            self._names.append(file)
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (key, number, line)
        )
        if cursor.rowcount:
            return None
        found = self._db.execute("SELECT file, line FROM seen WHERE id = ?", (key,)).fetchone()
        return self._names[found[0]], found[1]
