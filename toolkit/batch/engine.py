"""What an engine is: it turns shards into parts, somewhere, in any order.

Reading, cutting, the ledger, part files and outputs belong to the job; an engine only holds
models and computes, so that all engines give the same bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from toolkit.batch.models import Usage
from toolkit.batch.parts import Counts
from toolkit.batch.recipe import Recipe
from toolkit.batch.shards import Shard
from toolkit.errors import UsageError
from toolkit.registry import Registry


@dataclass(frozen=True, slots=True)
class Done:
    """A finished shard: the bytes of its part file, what they hold, what making them took."""

    shard: Shard
    data: bytes
    counts: Counts
    usage: Usage
    note: str = ""


@dataclass(frozen=True, slots=True)
class Resources:
    """What an engine may use.

    ``workers`` None: as many as fit (see each engine); ``threads`` of each worker, None: likewise;
    ``worker_memory`` is a limit in bytes for each local worker; ``address`` the Ray cluster.
    """

    workers: int | None = None
    threads: int | None = None
    worker_memory: int | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        """Raises UsageError for no workers or threads at all."""
        for name in ("workers", "threads"):
            given = getattr(self, name)
            if given is not None and given < 1:
                raise UsageError(f"{name} must be at least 1, not {given}.")


class Engine(Protocol):
    """Computes parts. Use: ``open``, then ``run``, then ``close`` (always)."""

    description: str
    """What computes, for people: "local, 2 workers × 1 thread"."""
    incidents: list[str]
    """Workers lost and the like, one sentence each."""
    underway: dict[int, float]
    """How far shards in work have come (position → 0 … 1), as far as the engine can tell."""

    def open(self) -> dict[str, str]:
        """Load the models; returns their signatures. Raises ModelError, UsageError."""
        ...

    def run(self, shards: Iterator[Shard], stop: threading.Event) -> Iterator[Done | None]:
        """Work on shards, a bounded number of them at a time.

        Yields finished ones in any order, and None now and then when nothing is finished. Once
        ``stop`` is set, no further shard is taken; what is in work is finished.
        """
        ...

    def close(self) -> None:
        """Let go of workers and models, finished or not."""
        ...


ENGINES = Registry(
    "engine",
    {"local": "toolkit.batch.local:LocalEngine", "ray": "toolkit.batch.ray_engine:RayEngine"},
)
"""Engines by name: factories ``(Recipe, Resources) → Engine``."""


def open_engine(name: str, recipe: Recipe, resources: Resources) -> Engine:
    """Make the engine called ``name``. Raises UsageError when there is none or it lacks a part."""
    engine: Engine = ENGINES.load(name)(recipe, resources)
    return engine
