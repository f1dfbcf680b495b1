"""When to try again and how long to wait: exponential backoff, jitter, Retry-After.

The waiting itself and what counts as a fault are the client's.
"""

from __future__ import annotations

import datetime
import email.utils
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

RETRIABLE = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
"""HTTP statuses after which the same request may succeed."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits of ``base · 2**n`` seconds at most ``cap``, of which the upper half is random.

    "Equal jitter" (Brooker 2015, AWS Architecture Blog): never shorter than half the wait, so
    that a busy server gets its rest, and spread so that clients do not come back together.
    ``longest`` is the longest Retry-After that is obeyed; a longer one ends the attempt.
    """

    retries: int = 5
    base: float = 1.0
    cap: float = 60.0
    longest: float = 300.0

    def wait(self, attempt: int, asked: float | None, uniform: Callable[[], float]) -> float:
        """Seconds before retry number ``attempt`` (from 0); ``asked`` is the server's wish.

        ``uniform`` gives a number in [0, 1). The server's wish is a lower bound.
        """
        wait = min(self.cap, self.base * 2.0**attempt)
        wait = wait / 2 + wait / 2 * uniform()
        return max(wait, asked) if asked is not None else wait


def retry_after(headers: Mapping[str, str], now: Callable[[], float] = time.time) -> float | None:
    """Seconds the server asks to wait (Retry-After: seconds or HTTP date, RFC 9110), or None."""
    if value := headers.get("retry-after-ms"):
        try:
            return max(0.0, float(value) / 1000)
        except ValueError:
            pass
    value = headers.get("retry-after")
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=datetime.UTC)
    return max(0.0, when.timestamp() - now())


class Gate:
    """Holds all threads of a client back while a server has asked for a pause."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open_at = 0.0

    def close_for(self, seconds: float) -> None:
        """Keep the gate shut for so many seconds from now at least."""
        with self._lock:
            self._open_at = max(self._open_at, time.monotonic() + seconds)

    def seconds_left(self) -> float:
        """Seconds until the gate opens; 0 when it is open."""
        with self._lock:
            return max(0.0, self._open_at - time.monotonic())


def uniform() -> float:
    """A random number in [0, 1) for jitter; it decides when, never what."""
    return random.random()
