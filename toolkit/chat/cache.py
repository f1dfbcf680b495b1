"""Replies kept on disk, keyed by the whole request: a killed run pays no request twice.

One SQLite file; every reply is its own durable transaction. Stored: the SHA-256 of the request,
the model's signature, the reply's text and token counts. Never stored: the prompt, the article,
the API key.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from pathlib import Path

from toolkit import config
from toolkit.chat.base import Reply
from toolkit.errors import ModelError

_TABLE = """
CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY, model TEXT NOT NULL, text TEXT NOT NULL, finish TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, stored REAL NOT NULL
) WITHOUT ROWID
"""


def default_path() -> Path:
    """Where replies are kept unless told otherwise."""
    return config.cache_home() / "chat" / "replies.sqlite"


class ResponseCache:
    """Replies by key; safe for threads, for several processes and after a fork."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._process == os.getpid():
            return self._connection
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=60, check_same_thread=False)
            connection.execute("PRAGMA synchronous=FULL")
            with connection:
                connection.execute(_TABLE)
        except (OSError, sqlite3.Error) as error:
            raise ModelError(
                f"The reply cache {self.path} can't be used ({error}); move it away or mend its "
                "permissions."
            ) from None
        self._connection, self._process = connection, os.getpid()
        weakref.finalize(self, connection.close)
        return connection

    def get(self, key: str) -> Reply | None:
        """The stored reply, marked ``cached``, or None."""
        with self._lock:
            try:
                row = (
                    self._open()
                    .execute(
                        "SELECT text, finish, prompt_tokens, completion_tokens FROM replies "
                        "WHERE key = ?",
                        (key,),
                    )
                    .fetchone()
                )
            except sqlite3.Error as error:
                raise ModelError(
                    f"The reply cache {self.path} is damaged ({error}); move it away."
                ) from None
        return Reply(row[0], row[1], row[2], row[3], cached=True) if row else None

    def put(self, key: str, model: str, reply: Reply) -> None:
        """Store a reply durably; an equal key keeps its first reply. Raises ModelError."""
        values = (
            key,
            model,
            reply.text,
            reply.finish,
            reply.prompt_tokens,
            reply.completion_tokens,
            time.time(),
        )
        with self._lock:
            connection = self._open()
            try:
                with connection:
                    connection.execute(
                        "INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?)", values
                    )
            except sqlite3.Error as error:
                raise ModelError(
                    f"A reply could not be stored in {self.path} ({error}); free some space."
                ) from None

    def __len__(self) -> int:
        with self._lock:
            return int(self._open().execute("SELECT COUNT(*) FROM replies").fetchone()[0])

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None
