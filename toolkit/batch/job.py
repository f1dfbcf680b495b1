"""The batch job: reads, cuts, skips what is done, lets an engine do the rest, puts it together.

The order of writing makes it safe against a kill at any moment: a part file is in place before
the ledger names it, outputs are made from the parts alone, the manifest comes last. The same call
goes on where the last one ended.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Generator
from typing import Any

from toolkit.batch import atomic
from toolkit.batch.assemble import DamagedPartError, Output, assemble, intact
from toolkit.batch.consistency import (
    input_changed,
    not_of_others,
    same_inputs,
    same_pages,
    same_settings,
    without_own,
)
from toolkit.batch.earlier import see_to_earlier, unchanged
from toolkit.batch.engine import Done, Engine, open_engine
from toolkit.batch.job_types import Job, Outcome
from toolkit.batch.ledger import CorruptLedgerError, Entry, Ledger, put_aside
from toolkit.batch.manifest import describe_inputs, read_manifest, write_manifest
from toolkit.batch.memory import prepare_memory
from toolkit.batch.pages import fetch_pages
from toolkit.batch.parts import CorruptPartError, Counts, part_name, read_part, write_part
from toolkit.batch.paths import JobFolder
from toolkit.batch.progress import Progress
from toolkit.batch.recipe import BACKEND, describe_recipe, settings_digest
from toolkit.batch.rows import TRANSIENT
from toolkit.batch.shards import Shard, cut
from toolkit.batch.sources import Found, find_sources, fingerprint, left_out
from toolkit.batch.stream import check_columns, stream
from toolkit.errors import InputError

_MOST_ROUNDS = 3


def run_job(job: Job, stop: threading.Event | None = None) -> Outcome:
    """Run a job, or go on with it.

    ``stop``, once set, lets what is in work finish and ends the run (``Outcome.interrupted``).
    Raises InputError, UsageError (other input or settings than the job was begun with), ModelError,
    DiskFullError; what is done is kept then.
    """
    found = find_sources(job.inputs, job.input_format)
    folder = JobFolder(job.out)
    found = without_own(found, folder.out, job.inputs)
    check_columns(found.sources, job.columns)
    exports = [folder.export(e) for e in job.exports]
    not_of_others(folder, [folder.output(job.recipe.task, job.output_format), *exports])
    note = prepare_memory(job.recipe.memory) if job.recipe.memory is not None else ""
    folder.acquire()
    try:
        stop = stop or threading.Event()
        again = "all" if job.restart else "failed" if job.update else ""
        if not again:
            same_pages(folder, found)
        found, notes = fetch_pages(found, folder.pages, again=again, stop=stop, quiet=job.quiet)
        run = _Run(job, folder, found, stop)
        run.notes += [note, *notes] if note else notes
        return run.run()
    except sqlite3.Error as error:
        if "full" in str(error):
            raise atomic.disk_full(folder.work) from error
        raise
    finally:
        folder.release()


class _Run:
    """One run of a job in its locked folder."""

    def __init__(self, job: Job, folder: JobFolder, found: Found, stop: threading.Event) -> None:
        self.job = job
        self.folder = folder
        self.found = found
        self.stop = stop
        self.notes: list[str] = []
        self.progress = Progress(found.size, quiet=job.quiet)
        self._sizes: dict[int, int] = {}
        self._exhausted = False
        self._digest = ""
        if found.skipped:
            self.notes.append(left_out(found.skipped))

    def run(self) -> Outcome:
        """Run; see ``run_job``."""
        self._tidy()
        self.ledger = self._open_ledger()
        engine = self.engine = open_engine(self.job.engine, self.job.recipe, self.job.resources)
        try:
            signatures = dict(engine.open())
            job = self.job
            self.described = describe_recipe(job.recipe, signatures.pop(BACKEND, ""))
            self.settings = job.recipe.settings(signatures, job.columns, job.geometry)
            self._digest = settings_digest(self.settings)
            retry = self._transient()
            self._compare()
            for _ in range(_MOST_ROUNDS):
                total = self._round(engine, retry)
                retry = set()
                if total is None:
                    return self._outcome((), interrupted=True)
                try:
                    return self._put_together(engine, total)
                except DamagedPartError as error:
                    self.notes.append(f"A part was damaged and is done again ({error}).")
                    self.ledger.forget(error.position)
            raise InputError(
                f"Parts in {self.folder.parts} are damaged again and again; check the disk."
            )
        finally:
            self.progress.clear()
            engine.close()
            self.ledger.close()

    def _tidy(self) -> None:
        """Remove what killed runs left, and all that was done when it is to be done anew."""
        if self.job.restart:
            shutil.rmtree(self.folder.parts)
            self.folder.parts.mkdir()
            for path in self.folder.work.glob("ledger.sqlite*"):
                path.unlink()
        for place in (self.folder.out, self.folder.work, self.folder.parts, self.folder.pages):
            atomic.remove_leftovers(place)
        for path in self.folder.work.glob("ids-*"):
            shutil.rmtree(path, ignore_errors=True)

    def _open_ledger(self) -> Ledger:
        path = self.folder.ledger
        try:
            ledger = Ledger(path)
        except CorruptLedgerError as error:
            aside = put_aside(path)
            self.notes.append(
                f"The ledger was damaged ({error}); it is kept as {aside.name} and made again "
                "from the finished parts."
            )
            ledger = Ledger(path)
        ledger.put(version=1)
        return ledger

    def _compare(self) -> None:
        """Refuse other settings or inputs than the job was begun with, unless told to update."""
        inputs = [[s.name, fingerprint(s)] for s in self.found.sources]
        before, listed = self.ledger.get("settings"), self.ledger.get("inputs")
        if not self.job.update:
            if before is not None:
                described = self.ledger.get("described")
                same_settings(self.folder.out, before, self.settings, described, self.described)
            if listed is not None:
                same_inputs(self.folder.out, listed, inputs)
        else:
            # What still fits is entered again from its part while the input is read.
            self.ledger.forget_from(0)
        self.ledger.put(
            settings=self.settings, described=self.described, inputs=inputs,
            task=self.job.recipe.task, bytes=self.found.size, complete=False,
        )  # fmt: skip

    def _transient(self) -> set[int]:
        """Shards with rejects that another run may do better."""
        if not self.ledger.transient():
            return set()
        return {p for p in range(self.ledger.count()) if (e := self.ledger.find(p)) and e.transient}

    def _round(self, engine: Engine, retry: set[int]) -> int | None:
        """Do all shards that are not done; their number, or None when interrupted."""
        self._exhausted = False
        self._total = 0
        shards = self._to_do(retry)
        try:
            for done in engine.run(shards, self.stop):
                self.progress.underway = sum(
                    self._sizes.get(p, 0) * share for p, share in engine.underway.items()
                )
                if done is None:
                    self.progress.tick()
                else:
                    self._keep(done)
        finally:
            shards.close()
        return self._total if self._exhausted else None

    def _to_do(self, retry: set[int]) -> Generator[Shard]:
        """Cut the input; pass on the shards that are not done."""
        end = 0
        for shard in cut(
            stream(self.found.sources, self.job.columns, self.folder.work), self.job.geometry
        ):
            size, end = shard.end - end, shard.end
            self._total = shard.position + 1
            counts = None if shard.position in retry else self._finished(shard)
            if counts is not None:
                self.progress.keep(counts.documents, size)
                continue
            self._sizes[shard.position] = size
            yield shard
        last = self.ledger.find(self._total)
        if last is not None:
            raise input_changed(self.folder.out, f"it ends where {last.items} more rows were")
        self._exhausted = True

    def _finished(self, shard: Shard) -> Counts | None:
        """Counts of a shard that is done and whose part is whole, else None."""
        name = part_name(shard.key, self._digest)
        entry = self.ledger.find(shard.position)
        if entry is not None and entry.key != shard.key:
            raise input_changed(self.folder.out, f"near {shard.where}")
        path = self.folder.parts / name
        if entry is None and not path.exists():
            return None
        try:
            _, counts = read_part(path)
        except CorruptPartError as error:
            if entry is not None and entry.part == name:
                self.notes.append(f"A part was damaged and is done again ({name}: {error}).")
            if entry is not None:
                self.ledger.forget(shard.position)
            return None
        if entry is None or (entry.part, entry.start, entry.end) != (name, shard.start, shard.end):
            self._enter(shard, name, path.stat().st_size, counts)
        return counts

    def _keep(self, done: Done) -> None:
        name = part_name(done.shard.key, self._digest)
        write_part(self.folder.parts, name, done.data)
        self._enter(done.shard, name, len(done.data), done.counts)
        self.progress.add(done, self._sizes.pop(done.shard.position, 0))
        if done.note and done.note not in self.notes:
            self.notes.append(done.note)

    def _enter(self, shard: Shard, name: str, size: int, counts: Counts) -> None:
        transient = sum(n for kind, n in counts.rejected.items() if kind in TRANSIENT)
        self.ledger.done(
            Entry(
                shard.position, shard.key, name, size, shard.items, shard.end, transient, counts,
                shard.start,
            )
        )  # fmt: skip

    def _put_together(self, engine: Engine, total: int) -> Outcome:
        parts = self.ledger.parts()
        if len(parts) != total:
            raise InputError(f"The ledger in {self.folder.work} lacks shards; run again.")
        job = self.job
        counts = self.ledger.totals()
        before = read_manifest(self.folder)
        names = [self.folder.output(job.recipe.task, job.output_format).name, "rejects.jsonl"]
        names += [self.folder.export(e).name for e in job.exports]
        if (
            before is not None
            and not self.progress.tally.documents + self.progress.tally.rejects
            and before.get("settings") == self.settings
            and [o["name"] for o in before["outputs"]] == names
            and intact(self.folder, before["outputs"])
        ):
            self.ledger.put(complete=True)
            return self._outcome([Output(**o) for o in before["outputs"]], fresh=False)
        outputs = assemble(
            self.folder, parts, job.recipe.task, counts, job.output_format, job.exports
        )
        tally = self.progress.tally
        same = not tally.documents + tally.rejects and unchanged(
            before, self.settings, describe_inputs(self.found), counts
        )
        others, said = see_to_earlier(self.folder, before, {o.name for o in outputs}, same=same)
        self.notes += said
        write_manifest(
            self.folder, job.recipe.task, self.settings, self.found, counts, outputs,
            engine.description, self.progress, [*self.notes, *engine.incidents],
            described=self.described, others=others,
        )  # fmt: skip
        self.ledger.put(complete=True)
        self._sweep(set(parts))
        return self._outcome(outputs)

    def _sweep(self, wanted: set[str]) -> None:
        """Remove parts of earlier inputs or settings."""
        for path in self.folder.parts.iterdir():
            if path.name not in wanted:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _outcome(self, outputs: Any, *, interrupted: bool = False, fresh: bool = True) -> Outcome:
        return Outcome(
            self.ledger.totals(), tuple(outputs), interrupted, fresh,
            (*self.notes, *self.engine.incidents), self.progress,
            min(1.0, self.ledger.read_bytes() / size) if (size := self.found.size) else None,
        )  # fmt: skip
