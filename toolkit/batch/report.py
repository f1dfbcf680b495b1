"""What a run says to a person: how to stop it, and the summary at its end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from toolkit.batch.job_types import Job, Outcome
from toolkit.batch.progress import clock


@contextmanager
def stopping(say: Callable[[str], None]) -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets; a second signal raises KeyboardInterrupt at once.

    For the main thread only.
    """
    stop = threading.Event()

    def ask(number: int, frame: object) -> None:  # noqa: ARG001
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        say("finishing what is in work, then stopping; once more to stop at once.")

    before = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def number(count: int, what: str) -> str:
    """1 document, 2,000 documents."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def report(job: Job, outcome: Outcome) -> list[str]:
    """The summary at the end, line by line; under ``quiet`` only what went wrong."""
    lines = [f"note: {note}" for note in outcome.notes]
    if job.quiet:
        return lines
    counts, progress = outcome.counts, outcome.progress
    tally, seconds = progress.tally, max(progress.seconds, 1e-6)
    if outcome.interrupted:
        share = outcome.share
        done = "" if share is None else f" ({share:.0%} of the input)"
        lines.append(
            f"interrupted: {number(counts.documents, 'document')} done{done}; "
            "the same command goes on from there."
        )
        return lines
    if not outcome.fresh:
        lines.append("nothing to do: the job is complete and its outputs are as written.")
    lines.append(
        f"{number(counts.documents, 'document')}, {number(counts.sentences, 'sentence')}, "
        f"{counts.rejects:,} rejected."
    )
    if outcome.fresh:
        looked = max(1, tally.hits + tally.misses)
        lines.append(
            f"this run: {number(tally.documents, 'document')} in {clock(seconds)} "
            f"({tally.documents / seconds:,.1f} documents/s, {tally.sentences / seconds:,.0f} "
            f"sentences/s, {tally.tokens / seconds:,.0f} tokens/s), "
            f"{tally.hits / looked:.0%} of the sentences from memory."
        )
    for kind, count in sorted(counts.flags.items()):
        lines.append(f"flag {kind}: {count:,}")
    for kind, count in sorted(counts.rejected.items()):
        lines.append(f"rejected, {kind}: {count:,} (see {job.out / 'rejects.jsonl'})")
    for output in outcome.outputs:
        done = "wrote" if outcome.fresh else "up to date:"
        lines.append(f"{done} {job.out / output.name} ({output.size:,} bytes)")
    return lines
