"""From one row of a table (JSONL, CSV, Parquet, dataset) to an item: which column is what.

The same rules for all formats; the ``read_*`` modules do the parsing.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from toolkit.batch.rows import Item, Reject, Row
from toolkit.errors import InputError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN = 12
_MOST = 30


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what.

    ``id`` None: the column ``id`` where there is one, else ``file:line``. ``carry`` None: all
    columns but text, id and title are carried through; otherwise those named. The title is written
    out under the name ``title``; date and outlet are used where they are there and carried like
    other columns. ``limit`` is the longest text in characters.
    """

    text: str = "text"
    id: str | None = None
    title: str = "title"
    date: str = "date"
    outlet: str = "outlet"
    carry: tuple[str, ...] | None = None
    limit: int = 500_000

    def needed(self) -> list[str]:
        """Columns that a table must have: the text, and those that were named by the user."""
        named = [self.text, *([self.id] if self.id else []), *(self.carry or ())]
        usual = Columns.__dataclass_fields__
        for role in ("title", "date", "outlet"):
            name = getattr(self, role)
            if name != usual[role].default:
                named.append(name)
        return list(dict.fromkeys(named))

    def option(self, column: str) -> str:
        """The option that named a column."""
        roles = {"text": self.text, "id": self.id, "title": self.title, "date": self.date}
        role = next((r for r, name in roles.items() if name == column), None)
        return f"--{role}-column" if role else "--carry"


def make_item(values: Mapping[str, Any], file: str, line: int, columns: Columns) -> Item:
    """A Row, or a Reject that says what is wrong with the row."""
    given = values.get(columns.id or "id")
    if isinstance(given, float):
        # A table turns a column of whole numbers with a gap into 1.0, NaN, 3.0.
        given = None if math.isnan(given) else int(given) if given.is_integer() else given
    if columns.id is not None and (given is None or given == ""):
        return Reject(file, line, f"{file}:{line}", "missing", _missing(values, columns.id))
    if given is None or given == "":
        given = f"{file}:{line}"
    if isinstance(given, bool) or not isinstance(given, (str, int)):
        return Reject(
            file, line, f"{file}:{line}", "missing",
            f"Column '{columns.id or 'id'}' holds {_what(given)}, not text or a whole number.",
        )  # fmt: skip
    name = str(given)
    text = values.get(columns.text)
    if text is None:
        return Reject(file, line, name, "missing", _missing(values, columns.text))
    if isinstance(text, list) and text and all(isinstance(part, str) for part in text):
        text = "\n".join(text)
    if not isinstance(text, str):
        return Reject(
            file, line, name, "missing", f"Column '{columns.text}' holds {_what(text)}, not text."
        )
    if problem := text_problem(text, columns.limit):
        return Reject(file, line, name, *problem)
    title = values.get(columns.title)
    skip = {columns.text, columns.id or "id"}
    if title is None or isinstance(title, str):
        skip.add(columns.title)
    names = [k for k in values if k not in skip] if columns.carry is None else columns.carry
    for missing in names if columns.carry is not None else ():
        if missing not in values:
            return Reject(file, line, name, "missing", _missing(values, missing))
    return Row(
        file,
        line,
        name,
        text,
        title=_text(title),
        outlet=_text(values.get(columns.outlet)),
        date=_day(values.get(columns.date)),
        carried={k: plain(values[k]) for k in names},
    )


def no_column(file: str, column: str, there: Iterable[str], columns: Columns) -> InputError:
    """The error to raise when a table lacks a needed column."""
    names = list(there)
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return InputError(
        f"{file} has no column '{column}' (columns: {', '.join(names[:_MOST])}{more}); name the "
        f"right one with {columns.option(column)}."
    )


def text_problem(text: str, limit: int) -> tuple[Literal["empty", "too-long"], str] | None:
    """Why a text can't be a document (kind of reject, reason), or None."""
    if not text or text.isspace():
        return "empty", "The text is empty."
    if len(text) > limit:
        return (
            "too-long",
            f"The text has {len(text):,} characters and a document may have {limit:,} at most; "
            "split it into its articles.",
        )
    return None


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates in ISO 8601, decimals as text, bytes in base64, null for
    numbers that are none (NaN) or infinite."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, decimal.Decimal):
        return str(value)
    return str(value)


def _missing(values: Mapping[str, Any], column: str) -> str:
    if column in values:
        return f"Column '{column}' is empty."
    names = [f"'{k}'" for k in values]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"There is no column '{column}' (columns: {', '.join(names[:_SHOWN]) or 'none'}{more})."


def _what(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, float):
        return "a number with a fraction" if math.isfinite(value) else "an infinite number"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, list):
        mixed = not all(isinstance(part, str) for part in value)
        return (
            "an empty list" if not value else "a list that is not all text" if mixed else "a list"
        )
    return "an object" if isinstance(value, dict) else f"a {type(value).__name__}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if not isinstance(value, str):
        return str(value)[:40]  # no date: the document says so
    match = _DAY.match(value)
    return match.group() if match else value.strip()
