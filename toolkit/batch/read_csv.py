"""CSV (RFC 4180) and TSV as items, with line numbers and one bad row at a time.

TSV is lines of cells with tabs between them: a quotation mark is a character like others. Only
cells as CSV writers make them are unquoted (``_cells``), and a file whose header is quoted in every
cell is read as CSV with tabs.

A row that is not well-formed is reported at the line where it begins, and reading goes on with
the line after it: a quote that is never closed costs one row, not the rest of the file.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator

from toolkit.batch.columns import Columns, make_item, no_column
from toolkit.batch.lines import Line, numbered_lines
from toolkit.batch.rows import Item, Reject
from toolkit.batch.sources import Source
from toolkit.errors import InputError

RECORD_LIMIT = 4_000_000
"""Characters that one record may run over; more means that a quote is missing."""
DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR = re.compile(rb"sep=([;,|\t])\r?\n?", re.IGNORECASE)


def read_csv(source: Source, columns: Columns) -> Iterator[tuple[Item, int]]:
    """Items of a CSV or TSV file with a header, each with the bytes read by then.

    Raises InputError when the header lacks a column that the job needs.
    """
    records = _Records(source)
    header = records.header(columns)
    width = len(header)
    for line, fields, lines, offset in records:
        if isinstance(fields, str):
            yield _reject(source, line, fields), offset
        elif len(fields) != width:
            if lines > 1:
                records.again(lines - 1)
            many = "s" if len(fields) != 1 else ""
            reason = f"The row has {len(fields)} field{many}, the header {width}"
            if records.plain and any(f.startswith('"') for f in fields):
                reason += "; for cells with tabs or line ends in quotes give --input-format csv"
            yield _reject(source, line, f"{reason}."), offset
        elif bad := next((f for f in fields if _undecodable(f)), None):
            yield (
                Reject(
                    source.name, line, f"{source.name}:{line}", "encoding",
                    f"The row is not valid UTF-8 ({_where(bad)}); save the file as UTF-8.",
                ),
                offset,
            )  # fmt: skip
        else:
            values = dict(zip(header, fields, strict=True))
            yield make_item(values, source.name, line, columns), offset


def check_header(source: Source, columns: Columns) -> list[str]:
    """The header's columns. Raises InputError when one that the job needs is not there."""
    return _Records(source).header(columns)


class _Records:
    """Records of a CSV file; ``again`` gives lines of the last record back."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = numbered_lines(source)
        self._returned: deque[Line] = deque()
        self._taken: list[Line] = []
        self._delimiter = "\t" if source.format == "tsv" else ","
        self._spaced = False
        self.plain = False
        """Whether rows are plain cells between tabs, without CSV's quoting."""

    def header(self, columns: Columns) -> list[str]:
        """Read the header; a file with another delimiter than its ending says is recognised."""
        name = self._source.name
        csv.field_size_limit(RECORD_LIMIT)
        first = self._first()
        if stated := _SEPARATOR.fullmatch(first):  # Excel's own line before the header
            self._delimiter = stated[1].decode()
            first = self._first()
        needed = columns.needed()
        fields: list[str] = []
        for delimiter in (self._delimiter, *DELIMITERS):
            try:
                text = first.decode()
                found = next(csv.reader([text], delimiter=delimiter, strict=True), [])
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{name}: the header row is not valid UTF-8; save the file as UTF-8."
                ) from error
            except csv.Error as error:
                raise InputError(f"{name}: the header row can't be read: {error}.") from error
            self._spaced = any(f[:1] == " " for f in found)
            found = [f.strip() for f in found]
            if len(found) > len(fields):
                fields = found
            if all(n in found for n in needed):
                self._delimiter = delimiter
                fields = found
                break
        if lacking := [n for n in needed if n not in fields]:
            raise no_column(name, lacking[0], fields, columns)
        if len(set(fields)) < len(fields):
            twice = next(f for f in fields if fields.count(f) > 1)
            raise InputError(f"{name}: the header names column '{twice}' twice.")
        if self._source.format == "tsv" and self._delimiter == "\t":
            cells = first.decode().split("\t")
            self.plain = not all(c[:1] == c[-1:] == '"' and len(c) > 1 for c in cells)
        return fields

    def _first(self) -> bytes:
        """The next line, as a header."""
        name = self._source.name
        line = next(self._lines, None)
        if line is None:
            raise InputError(f"{name} is empty; a header row is needed.")
        if line.data is None:
            raise InputError(f"{name}: the header row is too long to be one.")
        if b"\r" in line.data:
            raise InputError(
                f"{name} has bare CR line ends, so all of it is one line; convert them: "
                "tr '\\r' '\\n' < OLD > NEW."
            )
        return line.data

    def __iter__(self) -> Iterator[tuple[int, list[str] | str, int, int]]:
        """Line where the record begins, its fields or what is wrong, lines taken, bytes read."""
        if self.plain:
            for line in self._lines:
                fields = (
                    _explain(_TooLongError(line.length))
                    if line.data is None or line.length > RECORD_LIMIT
                    else _cells(line.data.decode("utf-8", "surrogateescape"))
                )
                if line.length:
                    yield line.number, fields, 1, line.offset
            return
        yield from self._quoted()

    def _quoted(self) -> Iterator[tuple[int, list[str] | str, int, int]]:
        while True:
            self._taken = []
            fields: list[str] | str | None
            try:
                reader = csv.reader(
                    self._feed(), delimiter=self._delimiter, strict=True,
                    skipinitialspace=self._spaced,
                )  # fmt: skip
                fields = next(reader, None)
            except (csv.Error, _TooLongError) as error:
                fields = _explain(error)
                if self._taken:
                    self.again(len(self._taken) - 1)
            if fields is None:
                return
            taken = self._taken
            if not fields and not taken[0].length:
                continue  # an empty line holds nothing
            yield taken[0].number, fields, len(taken), taken[-1].offset

    def again(self, count: int) -> None:
        """Give the last ``count`` lines back."""
        if count:
            self._returned.extendleft(reversed(self._taken[-count:]))

    def _feed(self) -> Iterator[str]:
        total = 0
        while True:
            line = self._returned.popleft() if self._returned else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            total += line.length
            if line.data is None or total > RECORD_LIMIT:
                raise _TooLongError(line.length if len(self._taken) == 1 else 0)
            yield line.data.decode("utf-8", "surrogateescape") + "\n"


def _cells(line: str) -> list[str]:
    """Cells of a line of TSV.

    A cell like ``"Ia berkata ""halo"" lalu pergi."``, in quotes and with each quote inside doubled,
    is what a CSV writer makes of a text with quotes: it is unquoted, provided that all cells of the
    line that begin with a quote are whole in this way. Else quotes are part of the text.
    """
    cells = line.split("\t")
    if '""' not in line or not all(_whole(c) for c in cells if c.startswith('"')):
        return cells
    return [c[1:-1].replace('""', '"') if c[:1] == '"' and '"' in c[1:-1] else c for c in cells]


def _whole(cell: str) -> bool:
    return len(cell) > 1 and cell.endswith('"') and '"' not in cell[1:-1].replace('""', "")


class _TooLongError(Exception):
    """A record that runs over the limit; the argument is the line's length if it is one line."""


def _explain(error: Exception) -> str:
    if isinstance(error, _TooLongError):
        if length := error.args[0]:
            return f"The line has {length:,} bytes, which is too long for a row."
        return "A quoted field opens here and is not closed; a quote may be missing."
    if "unexpected end of data" in str(error):
        return "A quoted field opens here and is not closed before the file ends."
    return f"The row is not well-formed CSV: {error}."


def _reject(source: Source, line: int, reason: str) -> Reject:
    kind = "too-long" if "too long" in reason else "syntax"
    return Reject(
        source.name, line, f"{source.name}:{line}", "too-long" if kind == "too-long" else "syntax",
        reason,
    )  # fmt: skip


def _where(text: str) -> str:
    """The first byte of a field that is no UTF-8, and what stands before it."""
    at = next(i for i, c in enumerate(text) if "\ud800" <= c <= "\udfff")
    before = text[max(0, at - 30) : at]
    return f"byte 0x{ord(text[at]) - 0xDC00:02x}" + (f" after '{before}'" if before else "")


def _undecodable(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)
