"""Progress of a job on stderr: a bar that redraws itself on a terminal, else a line every 10 s.

The share done is that of the inputs' bytes, as the number of documents is not known before the
end of the stream; time left is reckoned from this run's own pace.
"""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass
from typing import TextIO

from toolkit.batch.engine import Done

_LINE_SECONDS = 10.0
_BAR_SECONDS = 0.2


@dataclass(slots=True)
class Tally:
    """What this run has done: documents, sentences, engine tokens, rejects, memory hits, bytes."""

    documents: int = 0
    rejects: int = 0
    sentences: int = 0
    tokens: int = 0
    hits: int = 0
    misses: int = 0
    bytes: int = 0

    def add(self, done: Done, size: int) -> None:
        """Add a finished shard that spans ``size`` bytes of the inputs."""
        self.documents += done.counts.documents
        self.rejects += done.counts.rejects
        self.sentences += done.counts.sentences
        self.tokens += done.usage.tokens
        self.hits += done.usage.hits
        self.misses += done.usage.misses
        self.bytes += size


class Progress:
    """Shows a tally as it grows; ``total`` is the size of all inputs in bytes (0: not known)."""

    def __init__(
        self, total: int, *, stream: TextIO | None = None, quiet: bool = False, label: str = "batch"
    ) -> None:
        self.tally = Tally()
        self.kept_documents = 0
        self.kept_bytes = 0
        self.underway = 0.0
        """Bytes of the inputs that are done within shards still in work, about."""
        self._total = total
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._bar = self._stream.isatty()
        self._label = label
        self._start = time.monotonic()
        self._shown = self._start
        self._width = 0

    def keep(self, documents: int, size: int) -> None:
        """A shard was finished by an earlier run."""
        self.kept_documents += documents
        self.kept_bytes += size

    def add(self, done: Done, size: int) -> None:
        """A shard is finished."""
        self.tally.add(done, size)
        self.tick()

    def tick(self) -> None:
        """Show how things stand, when it is time to."""
        now = time.monotonic()
        if self._quiet or now - self._shown < (_BAR_SECONDS if self._bar else _LINE_SECONDS):
            return
        self._shown = now
        text = self.line()
        if self._bar:
            columns = shutil.get_terminal_size().columns - 1
            text = text[:columns]
            self._stream.write("\r" + text.ljust(min(self._width, columns)))
            self._width = len(text)
        else:
            self._stream.write(f"ringkas: {text}\n")
        self._stream.flush()

    def clear(self) -> None:
        """Take the bar away, so that something else can be printed."""
        if self._bar and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    def line(self) -> str:
        """The state in one line; rates only when a shard is finished to reckon them from."""
        tally, seconds = self.tally, max(self.seconds, 1e-6)
        parts = []
        share = self.share()
        if share is not None:
            parts.append(f"{share:4.0%}" + (f" {_blocks(share)}" if self._bar else ""))
        if tally.documents + tally.rejects + self.kept_documents:
            parts.append(f"{tally.documents + self.kept_documents:,} documents")
        else:
            parts.append("first documents in work")
        if tally.documents:
            parts.append(f"{tally.documents / seconds:,.1f} documents/s")
            parts.append(f"{tally.sentences / seconds:,.0f} sentences/s")
        if tally.tokens:
            parts.append(f"{tally.tokens / seconds:,.0f} tokens/s")
        if tally.documents + tally.rejects:
            parts.append(f"{tally.rejects:,} rejected")
        if looked := tally.hits + tally.misses:
            parts.append(f"{tally.hits / looked:.0%} from memory")
        if (left := self.left()) is not None:
            parts.append(f"{clock(left)} left")
        return f"{self._label} " + " · ".join(parts)

    def share(self) -> float | None:
        """Share of the input that is done, 0 … 1; None when the size is not known."""
        if not self._total:
            return None
        return min(1.0, (self.tally.bytes + self.kept_bytes + self.underway) / self._total)

    def left(self) -> float | None:
        """Seconds that remain at this run's pace, or None when there is nothing to go by."""
        done = self.tally.bytes + self.underway
        if not self._total or not done:
            return None
        remaining = max(0, self._total - done - self.kept_bytes)
        return remaining / (done / self.seconds)


def clock(seconds: float) -> str:
    """Seconds as 0:42, 12:05 or 1:02:05."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _blocks(share: float, width: int = 12) -> str:
    full = int(share * width)
    return "█" * full + "░" * (width - full)
