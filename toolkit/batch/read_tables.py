"""JSONL, lines of text, Parquet and saved or hosted datasets as items.

JSONL and lines are read here line by line rather than through ``datasets``: its reader gives up
the whole file at the first broken row, hides line numbers, and needs 4 s and 400 MB where these
functions need 0.1 s and 10 MB (docs/batch.md). Parquet goes through pyarrow, the other things
that ``datasets`` can open through its streaming.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from toolkit.batch.columns import Columns, make_item, no_column, text_problem
from toolkit.batch.lines import LINE_LIMIT, DamagedError, Line, numbered_lines
from toolkit.batch.rows import Item, Reject, Row
from toolkit.batch.sources import DATASET, STDIN, Source
from toolkit.errors import InputError

_ROWS = 256
_PEEK = 50


def read_jsonl(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """Items of a JSONL file, one object a line, each with the bytes read by then.

    Raises InputError when the input is standard input and ``check_rows`` finds it amiss (files are
    looked at before the job).
    """
    name = source.name
    lines = numbered_lines(source)
    if name == STDIN:
        first, damage = first_lines(lines)
        check_rows(name, first, columns)
        lines = chain(first, lines if damage is None else _raising(damage))
    for line in lines:
        if line.data is None:
            yield _overlong(name, line.number, line.length), line.offset
            continue
        if not line.data or line.data.isspace():
            continue
        try:
            value = json.loads(line.data.decode(), parse_constant=_no_constant)
        except UnicodeDecodeError as error:
            yield _not_utf8(name, line.number, error), line.offset
        except RecursionError:
            yield _bad(name, line.number, "The JSON is nested too deeply."), line.offset
        except ValueError as error:
            yield (
                _bad(name, line.number, f"The line is not valid JSON: {_why(error)}{_cr(line)}."),
                line.offset,
            )
        else:
            if isinstance(value, dict):
                yield make_item(value, name, line.number, columns), line.offset
            else:
                yield _bad(name, line.number, "The line holds no JSON object."), line.offset


def first_lines(lines: Iterator[Line]) -> tuple[list[Line], DamagedError | None]:
    """The first lines of a file, to be looked at before a job, and the damage that ends them."""
    first: list[Line] = []
    length = 0
    try:
        for line in islice(lines, _PEEK):
            first.append(line)
            length += line.length
            if length > LINE_LIMIT:
                break
    except DamagedError as error:
        return first, error
    return first, None


def _raising(error: Exception) -> Iterator[Line]:
    raise error
    yield


def check_rows(name: str, lines: Iterable[Line], columns: Columns) -> None:
    """Look at the first rows of JSONL.

    Raises InputError when none of them has a needed column, or when they are the beginning of a
    JSON document rather than JSON Lines.
    """
    seen: dict[str, None] = {}
    first = True
    for line in lines:
        data = (line.data or b"").strip()
        if not data:
            continue
        try:
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            if first and data[:1] == b"[" and isinstance(error, ValueError):
                raise _not_lines(name, "a JSON array", ".[]") from error
            if first and data == b"{":
                raise _not_lines(name, "a JSON object over several lines", ".") from error
            value = None
        if first and isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            raise _not_lines(name, "a JSON array", ".[]")
        first = False
        if isinstance(value, dict):
            seen.update(dict.fromkeys(value))
    lacking = [n for n in columns.needed() if n not in seen]
    if seen and lacking:
        within = lacking[0].partition(".")[0]
        remedy = f"name the right one with {columns.option(lacking[0])}"
        if within != lacking[0] and within in seen:
            remedy = (
                "fields within fields are no columns; lift it first: "
                f"jq -c '.text = .{lacking[0]}' OLD > NEW"
            )
        raise InputError(
            f"{name}: none of the first rows has a column '{lacking[0]}' (columns: "
            f"{', '.join(seen)}); {remedy}."
        )


def _not_lines(name: str, what: str, query: str) -> InputError:
    shown = "standard input" if name == STDIN else name
    return InputError(
        f"{shown} is {what}, not JSON Lines (one object a line); convert it: "
        f"jq -c '{query}' OLD.json > NEW.jsonl."
    )


def _cr(line: Line) -> str:
    return "; a bare CR is no line end" if b"\r" in (line.data or b"") else ""


def read_lines(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """Items of a text file in which each line is a document; blank lines hold none."""
    name = source.name
    for line in numbered_lines(source):
        if line.data is None:
            yield _overlong(name, line.number, line.length), line.offset
            continue
        try:
            text = line.data.decode()
        except UnicodeDecodeError as error:
            yield _not_utf8(name, line.number, error), line.offset
            continue
        if not text or text.isspace():
            continue
        identity = f"{name}:{line.number}"
        if problem := text_problem(text, columns.limit):
            yield Reject(name, line.number, identity, "too-long", problem[1]), line.offset
        else:
            yield Row(name, line.number, identity, text), line.offset


def read_parquet(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """Items of a Parquet file; ``line`` is the row, from 1.

    Raises InputError when it can't be opened or lacks a column, DamagedError after the last rows
    that can be read.
    """
    import pyarrow

    table = open_parquet(source, columns)
    wanted = None
    if columns.carry is not None:
        there = set(table.schema_arrow.names)
        named = (columns.text, columns.id or "id", columns.title, columns.date, columns.outlet)
        wanted = [n for n in dict.fromkeys((*named, *columns.carry)) if n in there]
    total = max(1, table.metadata.num_rows)
    row = 0
    with table:
        batches = table.iter_batches(batch_size=_ROWS, columns=wanted)
        while True:
            try:
                batch = next(batches, None)
                values_of_rows = batch.to_pylist() if batch is not None else []
            except (OSError, ValueError, pyarrow.ArrowException) as error:
                raise DamagedError(str(error).split("\n")[0].rstrip(". ")) from error
            if batch is None:
                return
            for values in values_of_rows:
                row += 1
                yield make_item(values, source.name, row, columns), source.size * row // total


def open_parquet(source: Source, columns: Columns) -> Any:
    """The open Parquet file. Raises InputError when it is damaged or lacks a needed column."""
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(source.path)
    except (OSError, pyarrow.ArrowException) as error:
        reason = str(error).split("\n")[0].rstrip(". ")
        raise InputError(f"{source.name} can't be read as Parquet: {reason}.") from error
    names = table.schema_arrow.names
    for needed in columns.needed():
        if needed not in names:
            table.close()
            raise no_column(source.name, needed, names, columns)
    return table


def read_dataset(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """Items of ``dataset:NAME[#SPLIT]``: a folder made by ``save_to_disk``, or a hub dataset.

    Rows are streamed, so that a dataset larger than the memory is no matter. Raises InputError.
    """
    name, _, split = source.name.removeprefix(DATASET).partition("#")
    split = split or "train"
    import datasets

    try:
        if Path(name).is_dir() and any(
            (Path(name) / f).is_file() for f in ("state.json", "dataset_dict.json")
        ):
            saved: Any = datasets.load_from_disk(name)
            rows = saved[split] if isinstance(saved, datasets.DatasetDict) else saved
        else:
            rows = datasets.load_dataset(name, split=split, streaming=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = str(error).split("\n")[0].rstrip(".")
        raise InputError(f"{source.name} can't be opened: {reason}.") from error
    stream, row = iter(rows), 0
    while True:
        try:
            values = next(stream)
        except StopIteration:
            return
        except Exception as error:  # a lost connection surfaces as many types here
            reason = (str(error).split("\n")[0] or type(error).__name__).rstrip(".")
            raise InputError(
                f"{source.name} broke off after row {row:,} ({reason}); the same command goes on "
                "from what is done."
            ) from error
        row += 1
        yield make_item(values, source.name, row, columns), 0


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (column {error.colno})"
    return str(error)


def _bad(file: str, line: int, reason: str) -> Reject:
    return Reject(file, line, f"{file}:{line}", "syntax", reason)


def _overlong(file: str, line: int, length: int) -> Reject:
    return Reject(
        file, line, f"{file}:{line}", "too-long",
        f"The line has {length:,} bytes and a row may have {LINE_LIMIT:,} at most.",
    )  # fmt: skip


def _not_utf8(file: str, line: int, error: UnicodeDecodeError) -> Reject:
    return Reject(
        file, line, f"{file}:{line}", "encoding",
        f"The line is not valid UTF-8 (byte 0x{error.object[error.start]:02x} at position "
        f"{error.start + 1}); save the file as UTF-8.",
    )  # fmt: skip
