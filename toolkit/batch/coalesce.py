"""Lets documents that are worked on one by one share the engine's batches.

Each document runs in a thread of its own and calls ``translate`` as if it had the translator to
itself; a call waits until every running document waits too, then all that is wanted is translated
at once. Results are the same as without, since they do not depend on neighbours.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from toolkit.types import Hypothesis

T = TypeVar("T")
R = TypeVar("R")
Translate = Callable[[Sequence[str]], dict[str, Hypothesis]]


@dataclass(slots=True)
class _Call:
    segments: Sequence[str]
    results: dict[str, Hypothesis] | None = None
    error: BaseException | None = None


class SharedTranslator:
    """A translator (see ``translate.base.Translator``) in front of a batch function."""

    def __init__(self, name: str, signature: str, translate: Translate) -> None:
        self.name = name
        self.signature = signature
        self._translate = translate
        self._changed = threading.Condition()
        self._running = 0
        self._waiting: list[_Call] = []

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Translate; waits for the other documents to want something too."""
        if not segments:
            return []
        call = _Call(segments)
        with self._changed:
            self._waiting.append(call)
            if len(self._waiting) >= self._running:
                self._serve()
            else:
                self._changed.wait_for(lambda: call.results is not None or call.error is not None)
        if call.error is not None:
            raise call.error
        results = call.results or {}
        return [results[s] for s in segments]

    def _serve(self) -> None:
        """Translate all that is waited for; the lock is held, as all others wait."""
        calls, self._waiting = self._waiting, []
        wanted = list(dict.fromkeys(s for c in calls for s in c.segments))
        try:
            results = self._translate(wanted)
        except BaseException as error:
            for call in calls:
                call.error = error
        else:
            for call in calls:
                call.results = results
        self._changed.notify_all()

    def _leave(self) -> None:
        with self._changed:
            self._running -= 1
            if self._waiting and len(self._waiting) >= self._running:
                self._serve()

    def run(self, work: Callable[[T], R], items: Sequence[T], *, at_once: int = 32) -> list[R]:
        """Call ``work`` on each item, up to ``at_once`` at a time; results in order.

        Raises the first error.
        """
        results: list[R] = []
        for start in range(0, len(items), at_once):
            group = items[start : start + at_once]
            self._running = len(group)

            def one(item: T) -> R:
                try:
                    return work(item)
                finally:
                    self._leave()

            with ThreadPoolExecutor(len(group)) as pool:
                results += [f.result() for f in [pool.submit(one, item) for item in group]]
        return results
