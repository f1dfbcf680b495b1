"""The ledger: which shards are done, in an SQLite file beside the parts.

The parts are the truth and the ledger their index: when it is damaged it is put aside, and made
again from the parts while the input is read. It also holds the job's settings and the inputs'
fingerprints, so that another setting or input is noticed before anything is mixed.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from toolkit.batch.atomic import disk_full
from toolkit.batch.parts import Counts

_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS shards (
  position INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  part TEXT NOT NULL,
  size INTEGER NOT NULL,
  items INTEGER NOT NULL,
  end INTEGER NOT NULL,
  transient INTEGER NOT NULL,
  counts TEXT NOT NULL,
  finished REAL NOT NULL,
  start INTEGER
);
"""
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished shard. ``transient`` counts rejects that another run may do better; ``start`` and
    ``end`` are bytes of the inputs (``start`` None: noted by an earlier version)."""

    position: int
    key: str
    part: str
    size: int
    items: int
    end: int
    transient: int
    counts: Counts
    start: int | None = None


class Ledger:
    """The ledger file; every call is one transaction, safe against a kill at any moment."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or make the ledger. Raises CorruptLedgerError when it is damaged."""
        self.path = path
        uri = f"file:{_quote(path)}?mode={'ro' if read_only else 'rwc'}"
        try:
            self._db = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)
            if not read_only:
                # Safe against a kill; after a power cut it may be damaged, and is made again.
                self._db.execute("PRAGMA synchronous=OFF")
                self._db.executescript(_SCHEMA)
                if not self._has_start():
                    self._db.execute("ALTER TABLE shards ADD COLUMN start INTEGER")
            self._check()
        except sqlite3.Error as error:
            raise _translate(error, path) from error

    def _check(self) -> None:
        try:
            found = self._db.execute("PRAGMA quick_check").fetchone()[0]
            self._db.execute("SELECT name, value FROM job LIMIT 1").fetchall()
            self._db.execute("SELECT key, counts FROM shards LIMIT 1").fetchall()
            version = self.get("version")
        except (sqlite3.Error, ValueError) as error:
            self._db.close()
            raise CorruptLedgerError(str(error)) from error
        if found != "ok" or version not in (None, VERSION):
            self._db.close()
            raise CorruptLedgerError(f"{found} (version {version})")

    def _has_start(self) -> bool:
        """Whether the table has the column that the first version lacked."""
        return any(row[1] == "start" for row in self._db.execute("PRAGMA table_info(shards)"))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def get(self, name: str) -> Any:
        """A value of the job (settings, inputs, state …), or None."""
        row = self._db.execute("SELECT value FROM job WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, **values: Any) -> None:
        """Set values of the job. Raises DiskFullError."""
        rows = [(name, json.dumps(value, sort_keys=True)) for name, value in values.items()]
        self._write("INSERT OR REPLACE INTO job VALUES (?, ?)", rows)

    def done(self, entry: Entry) -> None:
        """Note a finished shard. Raises DiskFullError."""
        counts = json.dumps(asdict(entry.counts), ensure_ascii=False)
        row = (
            entry.position, entry.key, entry.part, entry.size, entry.items, entry.end,
            entry.transient, counts, time.time(), entry.start,
        )  # fmt: skip
        self._write("INSERT OR REPLACE INTO shards VALUES (?,?,?,?,?,?,?,?,?,?)", [row])

    def find(self, position: int) -> Entry | None:
        """The finished shard at ``position``, or None. Raises CorruptLedgerError."""
        try:
            row = self._db.execute(
                "SELECT position, key, part, size, items, end, transient, counts, start "
                "FROM shards WHERE position = ?",
                (position,),
            ).fetchone()
            if row is None:
                return None
            position, key, part, size, items, end, transient, counts, start = row
            made = Counts(**json.loads(counts))
            return Entry(position, key, part, size, items, end, transient, made, start)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise CorruptLedgerError(str(error)) from error

    def forget(self, position: int) -> None:
        """Take a shard back: its part turned out to be missing or damaged."""
        self._write("DELETE FROM shards WHERE position = ?", [(position,)])

    def forget_from(self, position: int) -> None:
        """Take back all shards from ``position`` on (the input has become shorter)."""
        self._write("DELETE FROM shards WHERE position >= ?", [(position,)])

    def count(self) -> int:
        """Number of finished shards."""
        return int(self._db.execute("SELECT count(*) FROM shards").fetchone()[0])

    def totals(self) -> Counts:
        """Counts over all finished shards, in order."""
        total = Counts()
        for (text,) in self._db.execute("SELECT counts FROM shards ORDER BY position"):
            total.add(Counts(**json.loads(text)))
        return total

    def transient(self) -> int:
        """Rejects that another run may do better."""
        return int(self._db.execute("SELECT coalesce(sum(transient), 0) FROM shards").fetchone()[0])

    def last(self) -> float | None:
        """When the last shard was finished (seconds since 1970), or None."""
        found = self._db.execute("SELECT max(finished) FROM shards").fetchone()[0]
        return None if found is None else float(found)

    def read_bytes(self) -> int:
        """Bytes of the inputs that lie in finished shards."""
        start = "s.start" if self._has_start() else "NULL"
        before = "(SELECT end FROM shards p WHERE p.position = s.position - 1)"
        first = "CASE s.position WHEN 0 THEN 0 ELSE s.end END"
        sql = f"SELECT sum(s.end - coalesce({start}, {before}, {first})) FROM shards s"
        return int(self._db.execute(sql).fetchone()[0] or 0)

    def parts(self) -> list[str]:
        """Names of all finished parts, in the order of the input."""
        return [r[0] for r in self._db.execute("SELECT part FROM shards ORDER BY position")]

    def _write(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(sql, rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.rollback()
            raise _translate(error, self.path) from error


class CorruptLedgerError(Exception):
    """The ledger file is damaged."""


def put_aside(path: Path) -> Path:
    """Rename a damaged ledger (and its journal) out of the way; returns the new name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for ending in ("", "-journal", "-wal", "-shm"):
        old = path.with_name(path.name + ending)
        if old.exists():
            old.replace(aside.with_name(aside.name + ending))
    return aside


def _translate(error: sqlite3.Error, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith("SQLITE_FULL") or "disk is full" in str(error):
        return disk_full(path)
    if code.startswith("SQLITE_IOERR"):
        return disk_full(path) if _no_space(path) else error
    return CorruptLedgerError(str(error)) if _damaged(code, error) else error


def _damaged(code: str, error: sqlite3.Error) -> bool:
    if code in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return True
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError
    )


def _no_space(path: Path) -> bool:
    import shutil

    return shutil.disk_usage(path.parent).free < 1 << 16


def _quote(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))
