"""Cuts the stream of items into shards, each known by the digest of what it holds.

The cut depends on the items alone: not on the engine, the number of workers or what was done
before. A shard is the unit that is translated, kept and, after an interruption, done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.batch.rows import Row
from toolkit.batch.stream import Streamed


@dataclass(frozen=True, slots=True)
class Geometry:
    """A shard ends at ``documents`` items or when its texts reach ``characters``.

    Larger shards fill the engine's batches better; smaller ones lose less when a run is killed
    and take less memory.
    """

    documents: int = 256
    characters: int = 200_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Items at ``position`` (0, 1, …) of the job: their encoded lines and the lines' digest.

    ``start`` and ``end`` are how many bytes of the inputs were read at the shard's ends; ``where``
    names its first item for messages.
    """

    position: int
    key: str
    payload: bytes
    items: int
    end: int
    where: str
    start: int = 0


def cut(items: Iterable[Streamed], geometry: Geometry) -> Iterator[Shard]:
    """Cut a stream of items into shards."""
    lines: list[bytes] = []
    characters = position = offset = start = 0
    where = ""
    for streamed in items:
        item = streamed.item
        if not lines:
            where = f"{item.file}, line {item.line}"
        lines.append(streamed.line)
        offset = streamed.offset
        characters += len(item.text) if isinstance(item, Row) else 0
        if len(lines) >= geometry.documents or characters >= geometry.characters:
            yield _shard(position, lines, start, offset, where)
            lines, characters, position, start = [], 0, position + 1, offset
    if lines:
        yield _shard(position, lines, start, offset, where)


def _shard(position: int, lines: list[bytes], start: int, end: int, where: str) -> Shard:
    payload = b"\n".join(lines)
    key = hashlib.blake2b(payload, digest_size=20).hexdigest()
    return Shard(position, key, payload, len(lines), end, where, start)
