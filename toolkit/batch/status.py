"""Where a job stands, for ``--status``, also while a run is at work.

From its ledger; when the working files were removed, from the manifest.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.batch.assemble import intact
from toolkit.batch.ledger import CorruptLedgerError, Ledger
from toolkit.batch.manifest import read_manifest
from toolkit.batch.parts import Counts
from toolkit.batch.paths import JobFolder
from toolkit.errors import InputError
from toolkit.summarize.wording import counted

State = str
"""running, complete, or stopped (the same command goes on with it)."""


@dataclass(frozen=True, slots=True)
class Status:
    """A job's state. ``share`` is the done share of the input's bytes; None when not known."""

    state: State
    task: str
    shards: int | None
    """Finished shards; None when the working files are gone and the manifest alone tells."""
    counts: Counts
    share: float | None
    last: float | None
    settings: dict[str, object]


def job_status(out: Path) -> Status:
    """Read the state of the job in ``out``. Raises InputError when there is none to be read."""
    folder = JobFolder(out)
    if not folder.ledger.is_file():
        if folder.active():
            return _beginning(folder)
        manifest = read_manifest(folder)
        if manifest is None:
            raise InputError(f"{out} holds no batch job; name the folder that was given as --out.")
        return _finished(folder, manifest)
    try:
        ledger = Ledger(folder.ledger, read_only=True)
        try:
            size = ledger.get("bytes") or 0
            running = folder.active()
            complete = bool(ledger.get("complete"))
            return Status(
                "running" if running else "complete" if complete else "stopped",
                ledger.get("task") or "",
                ledger.count(),
                ledger.totals(),
                1.0 if complete else ledger.read_bytes() / size if size else None,
                ledger.last(),
                ledger.get("settings") or {},
            )
        finally:
            ledger.close()
    except (CorruptLedgerError, sqlite3.Error) as error:
        raise InputError(
            f"The ledger of {out} can't be read ({error}); the next run makes it again."
        ) from error


def _beginning(folder: JobFolder) -> Status:
    """The state of a job that has a run and no ledger yet: it fetches pages."""
    fetched = sum(1 for p in folder.pages.glob("*") if not p.name.startswith("."))
    doing = f"running, {counted(fetched, 'page')} fetched so far" if fetched else "running"
    return Status(doing, "", 0, Counts(), None, None, {})


def _finished(folder: JobFolder, manifest: dict[str, Any]) -> Status:
    """The state of a job whose working files are gone, from its manifest."""
    names = [f.name for f in fields(Counts)]
    counts = Counts(**{name: manifest[name] for name in names if name in manifest})
    try:
        last = datetime.fromisoformat(manifest["run"]["finished"]).timestamp()
    except (KeyError, TypeError, ValueError):
        last = None
    state = "complete" if intact(folder, manifest.get("outputs", ())) else "complete, but outputs "
    if state != "complete":
        state += "were changed or removed since"
    settings = manifest.get("settings") or {}
    task = manifest.get("task") or ""
    return Status(state, task, None, counts, 1.0, last, settings)


def describe(status: Status, now: float | None = None) -> list[str]:
    """Lines for a person."""
    counts = status.counts
    share = "" if status.share is None else f", {status.share:.0%} of the input"
    lines = [
        f"state: {status.state}{share}",
        f"task: {status.task or 'not known yet'}",
        f"documents: {counts.documents:,} done",
        f"rejected: {counts.rejects:,}{_by_kind(counts.rejected)}",
        f"sentences: {counts.sentences:,}",
        f"flags:{_by_kind(counts.flags) or ' none'}",
        f"shards: {status.shards:,}"
        if status.shards is not None
        else "shards: none kept (the working files are gone; this is what manifest.json says)",
    ]
    if status.last is not None:
        ago = (now or time.time()) - status.last
        lines.append(f"last shard finished: {ago:,.0f} s ago")
    if translator := status.settings.get("translator"):
        lines.append(f"translator: {translator}")
    return lines


def _by_kind(counts: dict[str, int]) -> str:
    if not counts:
        return ""
    return " (" + ", ".join(f"{kind} {n:,}" for kind, n in sorted(counts.items())) + ")"
