"""Finished rows to one file: JSONL, CSV or Parquet. Rows come in input order, one at a time.

The columns of a table are known before its first row (the ledger keeps the types of carried
columns), so that nothing has to be held or read twice.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, BinaryIO, Literal, Protocol

from toolkit.batch.records import FACTS, OWN

OutputFormat = Literal["jsonl", "csv", "spreadsheet", "parquet"]
ENDINGS: dict[OutputFormat, str] = {"spreadsheet": "spreadsheet.csv"}
"""Ends of file names, where they are not the format's name."""
_ROWS = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SPREAD = {
    "summary": (
        "summary_title", "summary", "summary_words", "summary_sentences", "summary_notes",
    ),
    "document": tuple(f"document_{name}" for name in FACTS),
}  # fmt: skip
"""Objects of a row that a table has a column a value for."""


class Writer(Protocol):
    """Takes the JSON of rows; ``close`` writes what is left, but does not close the file."""

    def write(self, line: bytes) -> None:
        """Add a row."""
        ...

    def close(self) -> None:
        """Write what is left."""
        ...


def open_writer(
    format: OutputFormat, file: BinaryIO, task: str, columns: Mapping[str, list[str]]
) -> Writer:
    """A writer to ``file``; ``columns`` are the carried columns with the JSON types met there."""
    if format == "jsonl":
        return JsonlWriter(file)
    if format in ("csv", "spreadsheet"):
        return CsvWriter(file, task, columns, inert=format == "spreadsheet")
    return ParquetWriter(file, task, columns)


class JsonlWriter:
    """One JSON object a line, as it stands in the parts."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, line: bytes) -> None:
        """Add a row."""
        self._file.write(line + b"\n")

    def close(self) -> None:
        """Nothing is left."""


def table_columns(task: str, columns: Mapping[str, list[str]]) -> list[str]:
    """Columns of a CSV or Parquet output: id, title, the carried ones, ours."""
    own = OWN[task]
    names = [*own[:2], *columns]
    for name in own[2:]:
        names += _SPREAD.get(name, (name,))
    return names


def renamed(task: str, columns: Mapping[str, list[str]]) -> dict[str, str]:
    """Carried columns that are called like a column of a spread object, and what they are
    called in a table."""
    taken = {column for name in OWN[task] for column in _SPREAD.get(name, ())}
    found: dict[str, str] = {}
    for name in columns:
        free = name
        while free in taken or (free != name and free in columns):
            free = f"source_{free}"
        if free != name:
            found[name] = free
    return found


def flat(record: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A row with its summary (title, text, words …) and the document's facts spread over columns;
    ``names`` says which carried columns make room for them (``renamed``)."""
    summary, facts = record.get("summary"), record["document"]
    record = {names.get(name, name): value for name, value in record.items()}
    record |= {f"document_{name}": facts[name] for name in FACTS}
    if isinstance(summary, dict) and "text" in summary:
        record["summary_title"] = summary["title"]
        record["summary"] = summary["text"]
        record["summary_words"] = summary["words"]
        record["summary_sentences"] = summary["sentences"]
        record["summary_notes"] = summary["notes"]
    return record


class CsvWriter:
    """RFC 4180, UTF-8, with a header; lists and objects as JSON, null as an empty field.

    ``inert``: text that a spreadsheet would run as a formula has an apostrophe before it (OWASP,
    "CSV Injection"), and a byte order mark tells the encoding.
    """

    def __init__(
        self, file: BinaryIO, task: str, columns: Mapping[str, list[str]], *, inert: bool = False
    ) -> None:
        self._field = _inert if inert else _field
        self._renamed = renamed(task, columns)
        self._names = table_columns(
            task, {self._renamed.get(name, name): types for name, types in columns.items()}
        )
        encoding = "utf-8-sig" if inert else "utf-8"
        self._text = io.TextIOWrapper(file, encoding=encoding, newline="", write_through=True)
        self._csv = csv.writer(self._text, lineterminator="\r\n")
        self._csv.writerow([self._field(name) for name in self._names])

    def write(self, line: bytes) -> None:
        """Add a row."""
        record = flat(json.loads(line), self._renamed)
        self._csv.writerow([self._field(record.get(name)) for name in self._names])

    def close(self) -> None:
        """Leave the file to its owner."""
        self._text.flush()
        self._text.detach()


def _field(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def _inert(value: Any) -> Any:
    """As ``_field``; text that begins like a formula with an apostrophe before it."""
    written = _field(value)
    formula = isinstance(written, str) and written.lstrip(" ")[:1] in _FORMULA
    return f"'{written}" if formula and written else written


class ParquetWriter:
    """Parquet with a schema of its own: sentences as a list of structs, flags as JSON text.

    Carried columns keep their type where all rows agree (whole numbers and fractions become
    fractions); mixed ones become text, lists and objects JSON text.
    """

    def __init__(self, file: BinaryIO, task: str, columns: Mapping[str, list[str]]) -> None:
        import pyarrow
        import pyarrow.parquet

        self._arrow = pyarrow
        self._renamed = renamed(task, columns)
        self._types = {
            self._renamed.get(name, name): _type(types) for name, types in columns.items()
        }
        self._schema = _schema(pyarrow, task, self._types)
        self._writer = pyarrow.parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, line: bytes) -> None:
        """Add a row."""
        record = flat(json.loads(line), self._renamed)
        for name, kind in self._types.items():
            record[name] = _cast(record.get(name), kind)
        record["flags"] = json.dumps(record["flags"])
        self._rows.append({name: record.get(name) for name in self._schema.names})
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            table = self._arrow.Table.from_pylist(self._rows, schema=self._schema)
            self._writer.write_table(table)
            self._rows = []

    def close(self) -> None:
        """Write the last rows and the footer."""
        self._flush()
        self._writer.close()


def _type(types: list[str]) -> str:
    kinds = set(types) - {"null"}
    if kinds == {"int", "float"}:
        return "float"
    return kinds.pop() if len(kinds) == 1 else "str"


def _cast(value: Any, kind: str) -> Any:
    if value is None or kind in ("bool", "int"):
        return value
    if kind == "float":
        return float(value)
    if kind == "str" and isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _schema(arrow: Any, task: str, types: Mapping[str, str]) -> Any:
    text, number = arrow.string(), arrow.int64()
    known = {"bool": arrow.bool_(), "int": number, "float": arrow.float64()}
    check = arrow.struct([("kind", text), ("severity", text), ("detail", text)])
    removed = arrow.struct([("text", text), ("rule", text), ("start", number), ("end", number)])
    pair = arrow.struct(
        [
            ("id", number), ("paragraph", number), ("kind", text), ("start", number),
            ("end", number), ("text", text), ("translation", text), ("checks", arrow.list_(check)),
        ]
    )  # fmt: skip
    written = arrow.struct(
        [("text", text), ("support", arrow.list_(number)), ("checks", arrow.list_(check))]
    )
    own = {
        "sentences": arrow.list_(pair),
        "notes": arrow.list_(text),
        "removed": arrow.list_(removed),
        "summary_words": number,
        "title_checks": arrow.list_(check),
        "summary_sentences": arrow.list_(written),
        "summary_notes": arrow.list_(text),
    }
    return arrow.schema(
        [
            (name, known.get(types[name], text) if name in types else own.get(name, text))
            for name in table_columns(task, types)  # type: ignore[arg-type]
        ]
    )
