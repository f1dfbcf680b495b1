"""The local engine: worker processes on this machine, each with models and threads of its own.

A few shards at a time are in work, so that memory stays bounded however large the input is. A
worker that dies or runs out of memory is replaced and its shards are done again: as they are the
first time, then document by document; a document that takes a worker down twice by itself is
rejected and the others go on.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

from toolkit import config
from toolkit.batch.engine import Done, Resources
from toolkit.batch.messages import At, Failed, Finished, Message, Open, Ready, Task, Underway
from toolkit.batch.recipe import Recipe
from toolkit.batch.shards import Shard
from toolkit.errors import ModelError, RingkasError

THREADS = 4
"""Threads of one worker: more, and its Python side (reading, checks) can't feed them."""
_TICK = 0.5
_MOST_DEATHS = 12
"""Workers that may die in a row without a document being finished between them."""


@dataclass(eq=False, slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    inlet: Connection
    outlet: Connection
    tasks: dict[int, Shard] = field(default_factory=dict)
    careful: int | None = None
    document: int | None = None
    """The document that a careful shard has come to."""
    ready: bool = False

    def close(self, *, kill: bool) -> int:
        self.inlet.close()
        if kill:
            self.process.kill()
        try:
            code = self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.outlet.close()
        return code


@dataclass(slots=True)
class _Trouble:
    """What happened to a shard so far: deaths as a whole, and per document."""

    deaths: int = 0
    blamed: dict[int, int] = field(default_factory=dict)
    crashed: dict[int, str] = field(default_factory=dict)


class LocalEngine:
    """See the module's text and ``engine.Engine``."""

    def __init__(self, recipe: Recipe, resources: Resources) -> None:
        recipe = replace(recipe, device=find_device(recipe.device))
        self._gpus = 0 if recipe.device == "cpu" else max(1, count_gpus())
        if self._gpus:
            workers, threads = resources.workers or self._gpus, resources.threads or 1
        else:
            workers, threads = plan(resources, config.threads())
        self._recipe = replace(recipe, threads=threads)
        self._limit = resources.worker_memory
        self._most = workers
        self._slots = 1 if threads == 1 and recipe.device == "cpu" else 3
        self._workers: list[_Worker] = []
        self._trouble: dict[int, _Trouble] = {}
        self._signatures: dict[str, str] = {}
        self._deaths = 0
        self._started = 0
        self.incidents: list[str] = []
        self.underway: dict[int, float] = {}
        self.description = (
            f"local, {workers} worker{'s' * (workers > 1)} × {threads} thread{'s' * (threads > 1)}"
        )

    def open(self) -> dict[str, str]:
        """Start the first worker and wait until its models are loaded; others follow as needed."""
        while not self._signatures:
            if not self._workers:
                self._start()
            for worker in self._readable(None):
                self._hear(worker, deque())
        return self._signatures

    def run(self, shards: Iterator[Shard], stop: threading.Event) -> Iterator[Done | None]:
        """Work on shards; see ``engine.Engine.run``."""
        ready: deque[Shard] = deque()
        again: deque[Shard] = deque()
        more = True
        while True:
            if stop.is_set():
                ready.clear()
                again.clear()
                more = False
            reading = more and len(ready) < self._most
            if reading:
                shard = next(shards, None)
                if shard is None:
                    more = False
                else:
                    ready.append(shard)
            self._hand_out(ready, again)
            busy = any(w.tasks for w in self._workers)
            if not busy and not more and not ready and not again:
                return
            reading = more and len(ready) < self._most
            finished = False
            for worker in self._readable(0 if reading else _TICK):
                done = self._hear(worker, again)
                if done is not None:
                    finished = True
                    yield done
            if not finished:
                yield None

    def close(self) -> None:
        """End the workers: at once when they are in the midst of something."""
        for worker in self._workers:
            worker.close(kill=bool(worker.tasks) or not worker.ready)
        self._workers.clear()

    def _start(self) -> None:
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join(p or str(Path.cwd()) for p in sys.path)
        environment.setdefault("OMP_NUM_THREADS", "1")
        # glibc keeps a heap for each thread and gives little back: memory would creep up. With
        # thresholds much lower than these the engine's buffers are mapped anew for each batch,
        # which made a job three times as slow.
        environment.setdefault("MALLOC_ARENA_MAX", "2")
        environment.setdefault("MALLOC_MMAP_THRESHOLD_", str(2**25))
        environment.setdefault("MALLOC_TRIM_THRESHOLD_", str(2**26))
        if self._gpus > 1:
            environment.setdefault("CUDA_VISIBLE_DEVICES", str(self._started % self._gpus))
        self._started += 1
        # Linux ends a worker with the thread that started it: only the main one will do.
        tied = threading.current_thread() is threading.main_thread()
        parent = os.getpid() if tied else 0
        arguments = [str(n) for n in (to_read, from_write, parent, self._slots)]
        process = subprocess.Popen(
            [sys.executable, "-m", "toolkit.batch.worker", *arguments],
            stdin=subprocess.DEVNULL,
            pass_fds=(to_read, from_write),
            env=environment,
            process_group=0,
        )
        os.close(to_read)
        os.close(from_write)
        worker = _Worker(
            process, Connection(to_write, readable=False), Connection(from_read, writable=False)
        )
        self._workers.append(worker)
        with contextlib.suppress(BrokenPipeError):  # a death is noticed when it is listened to
            worker.inlet.send(Open(self._recipe, self._limit))

    def _readable(self, timeout: float | None) -> list[_Worker]:
        by_pipe = {w.outlet: w for w in self._workers}
        return [by_pipe[p] for p in wait(list(by_pipe), timeout) if isinstance(p, Connection)]

    def _hand_out(self, ready: deque[Shard], again: deque[Shard]) -> None:
        """Give shards to the workers that have least to do.

        A worker never has more shards than threads that take them: sending to it can't block on
        a worker that itself waits to be heard.
        """
        wanted = len(ready) + len(again) - sum(not w.tasks for w in self._workers)
        for _ in range(min(wanted, self._most - len(self._workers))):
            self._start()
        able = [w for w in self._workers if w.ready and w.careful is None]
        while able and (ready or again):
            worker = min(able, key=lambda w: len(w.tasks))
            if not worker.tasks and again:
                self._give(worker, again.popleft())
                if worker.careful is not None:
                    able.remove(worker)
            elif ready and len(worker.tasks) < self._slots:
                self._give(worker, ready.popleft())
            else:
                break

    def _give(self, worker: _Worker, shard: Shard) -> None:
        trouble = self._trouble.get(shard.position)
        careful = trouble is not None and trouble.deaths > 1
        worker.tasks[shard.position] = shard
        worker.careful = shard.position if careful else None
        worker.document = None
        crashed = dict(trouble.crashed) if trouble is not None else {}
        with contextlib.suppress(BrokenPipeError):
            worker.inlet.send(Task(shard.position, shard.payload, careful, crashed))

    def _hear(self, worker: _Worker, again: deque[Shard]) -> Done | None:
        """Take one message of a worker, or notice that it is dead."""
        try:
            message: Message = worker.outlet.recv()
        except (EOFError, OSError):
            self._bury(worker, again, "")
            return None
        return self._understand(worker, message, again)

    def _understand(self, worker: _Worker, message: Message, again: deque[Shard]) -> Done | None:
        match message:
            case Ready(signatures):
                worker.ready = True
                if self._signatures and signatures != self._signatures:
                    raise ModelError(
                        "The model has changed while the job was running; put it back, or begin "
                        "anew with --restart."
                    )
                self._signatures = signatures
            case Underway(shares):
                self.underway.update((p, s) for p, s in shares.items() if p in worker.tasks)
            case At(_, document):
                worker.document = document
            case Failed(_, "memory", _):
                self._bury(worker, again, "ran out of memory")
            case Failed(reason, _, error):
                raise error or RingkasError(f"A worker failed: {reason}.")
            case Finished(position, part):
                self._deaths = 0
                worker.careful = None
                self._trouble.pop(position, None)
                self.underway.pop(position, None)
                shard = worker.tasks.pop(position)
                return Done(shard, part.data, part.counts, part.usage, part.note)
        return None

    def _bury(self, worker: _Worker, again: deque[Shard], how: str) -> None:
        """Note a death, put the worker's shards back, blame the document it was at."""
        self._workers.remove(worker)
        code = worker.close(kill=False)
        how = how or (f"was killed (signal {-code})" if code < 0 else f"ended (status {code})")
        if how.endswith("(signal 9)"):
            how = "was killed (signal 9; perhaps for want of memory)"
        self._deaths += 1
        self.incidents.append(f"A worker {how}; {len(worker.tasks)} shards are done again.")
        if self._deaths > _MOST_DEATHS or (not self._signatures and self._deaths > 2):
            raise RingkasError(
                f"Workers keep dying (the last {how}): perhaps memory is short; try --workers 1 "
                "or a smaller model. What is done is kept."
            )
        for position, shard in worker.tasks.items():
            self.underway.pop(position, None)
            trouble = self._trouble.setdefault(position, _Trouble())
            trouble.deaths += 1
            if worker.careful == position and worker.document is not None:
                number = worker.document
                trouble.blamed[number] = trouble.blamed.get(number, 0) + 1
                if trouble.blamed[number] > 1:
                    self._deaths = 0
                    trouble.crashed[number] = (
                        f"A worker {how} each time it came to this document, by itself too."
                    )
            again.append(shard)


def plan(resources: Resources, cores: int) -> tuple[int, int]:
    """Workers and threads of each: as asked for, else all cores in workers of ``THREADS``."""
    workers, threads = resources.workers, resources.threads
    if threads is None:
        threads = max(1, cores // workers) if workers else min(cores, THREADS)
    if workers is None:
        workers = max(1, round(cores / threads))
    return workers, threads


def find_device(device: str) -> str:
    """``auto`` as cuda where there is a GPU that the engine can use, else cpu."""
    if device != "auto":
        return device
    if not count_gpus():
        return "cpu"
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def count_gpus() -> int:
    """Number of NVIDIA devices of this machine."""
    return len(list(Path("/dev").glob("nvidia[0-9]*")))
