"""The translation memory: what was translated once, under the same signature, is not again.

An SQLite file in the user's cache, shared by jobs and worker processes. Keys are digests of the
translator's signature and the cleaned sentence; values carry a digest of their own. The memory
can be slow, full, locked or damaged without harm: it is then left out or made anew, with a note,
and the result of the job is the same, since a translator's result for a sentence does not depend
on its neighbours. A file that is something else is never touched (``prepare_memory``).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit import config
from toolkit.errors import UsageError
from toolkit.types import Check, Hypothesis

MAX_ENTRIES = 5_000_000
"""About 2 GB; the oldest entries make room."""
_CHUNK = 500
_HEADER = b"SQLite format 3\0"
_FIELDS = {"number", "key", "value", "crc"}


def own_file() -> Path:
    """The memory that is used when the user names none, in the cache."""
    return config.cache_home() / "memory.sqlite"


def prepare_memory(path: Path) -> str:
    """Look at the memory's file before a job; returns a note for the user, or "".

    A damaged memory is put aside (the note says where to). Raises UsageError when the file is no
    translation memory: what a user has there is left as it is.
    """
    if not path.is_file() or not path.stat().st_size:
        return ""
    with path.open("rb") as file:
        header = file.read(len(_HEADER))
    if header != _HEADER:
        if path != own_file():
            raise UsageError(
                f"--memory {path} is no translation memory but some other file; name a new file, "
                "or one that ringkas made."
            )
        return _put_aside(path, "it is no SQLite database")
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=20)) as db:
            tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
            fields = {row[1] for row in db.execute("PRAGMA table_info(memory)")}
            if fields >= _FIELDS:
                db.execute("SELECT number, key, value, crc FROM memory LIMIT 1").fetchall()
    except sqlite3.OperationalError:
        return ""  # locked, no permission: Memory says so, and does without
    except sqlite3.DatabaseError as error:
        return _put_aside(path, str(error))
    if tables and not fields >= _FIELDS:
        raise UsageError(
            f"--memory {path} is an SQLite database, but no translation memory of ringkas; name a "
            "new file, or one that ringkas made."
        )
    return ""


def _put_aside(path: Path, reason: str) -> str:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):  # another process was quicker
        path.replace(aside)
    return (
        f"The translation memory {path} was damaged ({reason}); it is kept as {aside.name} and a "
        "new one is begun."
    )


class Memory:
    """The translation memory of one translator signature; see the module's text."""

    def __init__(self, path: Path | None, signature: str) -> None:
        self._salt = hashlib.blake2b(signature.encode(), digest_size=16).digest()
        self._db: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self.note = ""
        """What the user should know: the memory is not used, or was made anew; else empty."""
        if path is not None:
            self._open(path)

    def _open(self, path: Path, *, again: bool = True) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
            try:
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=NORMAL")
                db.execute("PRAGMA cache_size=-4000")
                db.execute(
                    "CREATE TABLE IF NOT EXISTS memory (number INTEGER PRIMARY KEY, "
                    "key BLOB NOT NULL UNIQUE, value TEXT NOT NULL, crc INTEGER NOT NULL)"
                )
            except BaseException:
                db.close()
                raise
            self._db = db
        except sqlite3.DatabaseError as error:
            if again and not isinstance(error, sqlite3.OperationalError):
                try:
                    self.note = prepare_memory(path)
                except (UsageError, OSError) as problem:
                    self._drop(problem)
                    return
                self._open(path, again=False)
                return
            self._drop(error)
        except OSError as error:
            self._drop(error)

    def find(self, segments: Sequence[str]) -> dict[str, Hypothesis]:
        """Known translations among ``segments``."""
        with self._lock:
            return self._find(segments)

    def _find(self, segments: Sequence[str]) -> dict[str, Hypothesis]:
        known: dict[str, Hypothesis] = {}
        if self._db is None or not segments:
            return known
        keys = {self._key(s): s for s in segments}
        every = list(keys)
        try:
            for start in range(0, len(every), _CHUNK):
                chunk = every[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                for key, value, crc in self._db.execute(
                    f"SELECT key, value, crc FROM memory WHERE key IN ({marks})", chunk
                ):
                    if zlib.crc32(value.encode(), zlib.crc32(key)) == crc:
                        known[keys[key]] = _load(value)
        except (sqlite3.Error, ValueError, TypeError) as error:
            self._drop(error)
        return known

    def store(self, pairs: Mapping[str, Hypothesis]) -> None:
        """Keep translations; one transaction."""
        with self._lock:
            self._store(pairs)

    def _store(self, pairs: Mapping[str, Hypothesis]) -> None:
        if self._db is None:
            return
        rows = []
        for segment, hypothesis in pairs.items():
            key, value = self._key(segment), _dump(hypothesis)
            rows.append((key, value, zlib.crc32(value.encode(), zlib.crc32(key))))
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(
                "INSERT INTO memory (key, value, crc) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value, crc = excluded.crc",
                rows,
            )
            low, high = self._db.execute("SELECT min(number), max(number) FROM memory").fetchone()
            if low is not None and high - low >= MAX_ENTRIES:
                self._db.execute("DELETE FROM memory WHERE number <= ?", (high - MAX_ENTRIES,))
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._drop(error)

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _key(self, segment: str) -> bytes:
        data = segment.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=16, key=self._salt).digest()

    def _drop(self, error: Exception) -> None:
        reason = str(error).rstrip(".")
        self.note = f"The translation memory is not used: {reason}."
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None


def _dump(hypothesis: Hypothesis) -> str:
    checks = [[c.kind, c.severity, c.detail] for c in hypothesis.checks]
    return json.dumps([hypothesis.text, checks], ensure_ascii=False, separators=(",", ":"))


def _load(value: str) -> Hypothesis:
    text, checks = json.loads(value)
    return Hypothesis(text, tuple(Check(*c) for c in checks))
