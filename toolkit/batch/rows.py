"""What the readers hand to the job: rows to translate and rows that can't be, one a document.

Rows travel between processes as one JSON line each, and these lines are what a shard's digest is
made of. Where rows come from is ``sources`` and the ``read_*`` modules' business; what becomes of
them is ``process``'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Form = Literal["text", "html", "markdown"]

RejectKind = Literal[
    "syntax", "encoding", "missing", "empty", "too-long", "duplicate", "unreadable",
    "unreachable", "language", "document", "failed", "crash",
]  # fmt: skip
"""syntax: no JSON object or no well-formed CSV row; encoding: bytes or characters that are no text;
missing: the row lacks a column; unreadable: the file (or the rest of it) can't be read;
unreachable: the page could not be fetched; language: not Indonesian; document: no story in it;
failed: the translator raised; crash: the row took a worker process down with it each time it was
tried."""

TRANSIENT: frozenset[str] = frozenset({"failed", "crash"})
"""Kinds that lie in the machine rather than in the row: tried again by the next run."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document as read: where it stands, its id, its text, and the columns carried along.

    ``line`` is the 1-based line of a text file or the row of a table; ``form`` says which markup
    ``text`` holds.
    """

    file: str
    line: int
    id: str
    text: str
    form: Form = "text"
    title: str = ""
    outlet: str = ""
    date: str = ""
    carried: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is left out of the output, with the reason in one sentence."""

    file: str
    line: int
    id: str
    kind: RejectKind
    reason: str


Item = Row | Reject


def encode(item: Item) -> bytes:
    """One line of JSON, without line end; the first character tells rows (r) from rejects (x).

    Raises UnicodeEncodeError when a string holds a lone surrogate.
    """
    tag = "r" if isinstance(item, Row) else "x"
    return (tag + json.dumps(asdict(item), ensure_ascii=False, separators=(",", ":"))).encode()


def decode(lines: Iterable[bytes]) -> Iterator[Item]:
    """The items of encoded lines."""
    for line in lines:
        value = json.loads(line[1:])
        yield Row(**value) if line[:1] == b"r" else Reject(**value)
