"""The folder of a job: what lies where, and the lock that keeps a second run out."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

from toolkit.batch.exports import FILES, ExportFormat
from toolkit.batch.writers import ENDINGS, OutputFormat
from toolkit.errors import InputError, UsageError


class JobFolder:
    """``DIR`` given by ``--out``: outputs in it, working files in ``DIR/.ringkas``."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.work = out / ".ringkas"
        self.parts = self.work / "parts"
        self.pages = self.work / "pages"
        self.ledger = self.work / "ledger.sqlite"
        self.rejects = out / "rejects.jsonl"
        self.manifest = out / "manifest.json"
        self._lock: BinaryIO | None = None

    def output(self, task: str, format: OutputFormat) -> Path:
        """The main output: translations.jsonl, summaries.csv …"""
        stem = "translations" if task == "translate" else "summaries"
        return self.out / f"{stem}.{ENDINGS.get(format, format)}"

    def export(self, format: ExportFormat) -> Path:
        """What is exported: pairs.tmx, digest.html …"""
        return self.out / FILES[format]

    def acquire(self) -> None:
        """Make the folders and lock them. Raises InputError, UsageError when a run is active."""
        try:
            self.parts.mkdir(parents=True, exist_ok=True)
            lock = (self.work / "lock").open("ab")
        except OSError as error:
            raise InputError(
                f"Can't write in {self.out} ({error.strerror}); choose another --out."
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise UsageError(
                f"Another run is working in {self.out}; wait for it or stop it."
            ) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n".encode())
        lock.flush()
        self._lock = lock

    def release(self) -> None:
        """Let go of the lock."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def active(self) -> bool:
        """Whether some run holds the lock."""
        try:
            with (self.work / "lock").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False
