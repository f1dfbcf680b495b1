"""A worker process of the local engine: ``python -m toolkit.batch.worker IN OUT PARENT SLOTS``.

It is told what to load and then gets shards, ``SLOTS`` of them at once: while the engine's threads
are busy with one, another is read and tokenised and a third one checked. A shard that took a
worker down before is worked on document by document, with a word before each, so that the
document at fault is known. A worker ends when its parent does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from toolkit.batch.messages import At, Failed, Finished, Message, Open, Ready, Task, Underway
from toolkit.batch.models import open_recipe
from toolkit.batch.process import Part, Processor, Work
from toolkit.errors import RingkasError

_REPORT_SECONDS = 1.0
_TIDY_SECONDS = (0.25, 2.0)
_TIDY_GROWTH = 12 * 2**20
"""Freed memory is given back after the longer time, or after the shorter one when the process has
grown by so many bytes; after every shard it would cost 5 % of the speed."""


def main() -> None:
    """Serve the parent until it closes the pipe. Arguments: pipe ends, parent (or 0), slots."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inlet, outlet, parent, slots = (int(a) for a in sys.argv[1:5])
    _end_with_parent(parent)
    Server(Connection(inlet, writable=False), Connection(outlet, readable=False)).serve(slots)


class Server:
    """Takes tasks from one pipe and gives results to the other, in several threads."""

    def __init__(self, inlet: Connection, outlet: Connection) -> None:
        self._inlet = inlet
        self._outlet = outlet
        self._taking = threading.Lock()
        self._telling = threading.Lock()
        self._underway: dict[int, Work] = {}
        self._over = threading.Event()
        self._tidied = time.monotonic()
        self._resident = 0

    def serve(self, slots: int) -> None:
        """Load the models, then work until the parent closes the pipe."""
        try:
            opened: Open = self._inlet.recv()
            if opened.memory is not None:
                _limit(opened.memory)
            processor = Processor(opened.recipe, open_recipe(opened.recipe))
            self._tell(Ready(processor.signatures))
        except BaseException as error:
            self._give_up(error)
        threads = [threading.Thread(target=self._work, args=(processor,)) for _ in range(slots - 1)]
        for thread in threads:
            thread.start()
        threading.Thread(target=self._report, daemon=True).start()
        self._work(processor)
        for thread in threads:
            thread.join()
        self._over.set()
        processor.close()

    def _report(self) -> None:
        """Say now and then how far the shards in work have come; never fails the work for it."""
        with contextlib.suppress(OSError, RuntimeError, ValueError):
            while not self._over.wait(_REPORT_SECONDS):
                flights = {p: w.flight for p, w in list(self._underway.items())}
                shares = {p: f.share() for p, f in flights.items() if f is not None}
                if shares:
                    self._tell(Underway(shares))

    def _work(self, processor: Processor) -> None:
        try:
            while (task := self._take()) is not None:
                if task.careful:
                    part = self._carefully(processor, task)
                else:
                    work = self._underway[task.position] = processor.begin(task.payload)
                    part = processor.finish(work)
                    del self._underway[task.position]
                self._tell(Finished(task.position, part))
                del part
                self._tidy()
        except BaseException as error:
            self._give_up(error)

    def _tidy(self) -> None:
        """Give freed memory back when it is time to."""
        rest, most = _TIDY_SECONDS
        waited = time.monotonic() - self._tidied
        grown = waited > rest and _resident() > self._resident + _TIDY_GROWTH
        if grown or waited > most:
            self._tidied = time.monotonic()
            _give_back()
            self._resident = _resident()

    def _carefully(self, processor: Processor, task: Task) -> Part:
        def tell(document: int) -> None:
            self._tell(At(task.position, document))

        return processor.one_by_one(task.payload, crashed=task.crashed, before=tell)

    def _take(self) -> Task | None:
        with self._taking:
            try:
                task: Task = self._inlet.recv()
            except EOFError:
                return None
            return task

    def _tell(self, message: Message) -> None:
        with self._telling:
            self._outlet.send(message)

    def _give_up(self, error: BaseException) -> None:
        """Say why, and end the process at once, whatever the other threads do."""
        with contextlib.suppress(OSError, MemoryError):
            if isinstance(error, MemoryError):
                self._tell(Failed("out of memory", "memory"))
            elif isinstance(error, RingkasError):
                self._tell(Failed(str(error), "error", type(error)(str(error))))
            elif not isinstance(error, (EOFError, BrokenPipeError)):
                traceback.print_exception(error)
                reason = " ".join(f"{type(error).__name__}: {error}".split())
                self._tell(Failed(reason, "error"))
        os._exit(1)


def _give_back() -> None:
    """Give freed memory back to the system (glibc keeps it, scattered over its heaps)."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _resident() -> int:
    """Bytes of the process that are in memory; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _limit(memory: int) -> None:
    """Let allocations beyond ``memory`` bytes fail, rather than wake the system's OOM killer."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _end_with_parent(parent: int) -> None:
    """Linux: be killed when the parent dies, however it dies. Elsewhere the closed pipe tells."""
    if parent and sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    main()
