"""JSONL, lines of text, Parquet and saved or hosted datasets as items.

JSONL and lines are read here line by line rather than through ``datasets``: its reader gives up
the whole file at the first broken row, hides line numbers, and needs 4 s and 400 MB where these
functions need 0.1 s and 10 MB (docs/batch.md). Parquet goes through pyarrow, the other things
that ``datasets`` can open through its streaming.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.batch.columns import Columns, make_item, text_problem
from toolkit.batch.lines import LINE_LIMIT, numbered_lines
from toolkit.batch.rows import Item, Reject, Row
from toolkit.batch.sources import DATASET, Source
from toolkit.errors import InputError

_ROWS = 256


def read_jsonl(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """Items of a JSONL file, one object a line, each with the bytes read by then."""
    name = source.name
    for line in numbered_lines(source):
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
                _bad(name, line.number, f"The line is not valid JSON: {_why(error)}."),
                line.offset,
            )
        else:
            if isinstance(value, dict):
                yield make_item(value, name, line.number, columns), line.offset
            else:
                yield _bad(name, line.number, "The line holds no JSON object."), line.offset


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
    """Items of a Parquet file; ``line`` is the row, from 1. Raises InputError."""
    table = open_parquet(source, columns)
    wanted = None
    if columns.carry is not None:
        there = set(table.schema_arrow.names)
        named = (columns.text, columns.id or "id", columns.title, columns.date, columns.outlet)
        wanted = [n for n in dict.fromkeys((*named, *columns.carry)) if n in there]
    total = max(1, table.metadata.num_rows)
    row = 0
    with table:
        for batch in table.iter_batches(batch_size=_ROWS, columns=wanted):
            for values in batch.to_pylist():
                row += 1
                yield make_item(values, source.name, row, columns), source.size * row // total


def open_parquet(source: Source, columns: Columns) -> Any:
    """The open Parquet file. Raises InputError when it is damaged or lacks a needed column."""
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(source.path)
    except (OSError, pyarrow.ArrowException) as error:
        raise InputError(f"{source.name} can't be read as Parquet: {error}.") from error
    names = table.schema_arrow.names
    for needed in (columns.text, columns.id, *(columns.carry or ())):
        if needed is not None and needed not in names:
            table.close()
            raise InputError(
                f"{source.name} has no column '{needed}' (columns: {', '.join(names)}); "
                "name the right ones with --text-column, --id-column, --carry."
            )
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
    for row, values in enumerate(rows, 1):
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
