"""What the local engine and its worker processes say to each other (pickled over pipes)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from toolkit.batch.process import Part
from toolkit.batch.recipe import Recipe
from toolkit.errors import RingkasError


@dataclass(frozen=True, slots=True)
class Open:
    """First message: what to load; ``memory`` limits the process's own memory, in bytes."""

    recipe: Recipe
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to work on; ``careful``: document by document, without those in ``crashed``."""

    position: int
    payload: bytes
    careful: bool = False
    crashed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """The models are loaded."""

    signatures: dict[str, str]


@dataclass(frozen=True, slots=True)
class Finished:
    """A shard is finished."""

    position: int
    part: Part


@dataclass(frozen=True, slots=True)
class At:
    """A document of a careful shard is about to be worked on."""

    position: int
    document: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker gives up: the job can't go on (usage, model), or its memory does not suffice."""

    reason: str
    kind: Literal["error", "memory"]
    error: RingkasError | None = None


@dataclass(frozen=True, slots=True)
class Underway:
    """How far shards in work have come, 0 … 1."""

    shares: Mapping[int, float]


Message = Ready | Finished | At | Failed | Underway
