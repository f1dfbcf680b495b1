"""Packed pairs (see ``scripts.corpus.pack``) to shuffled, length-bucketed batches of token ids.

Batches hold about a given number of tokens, padding counted; lengths and batch sizes are multiples
of 8, so that few distinct shapes reach the kernels. The order depends on the seed alone.
"""

from __future__ import annotations

import io
import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scripts.train.parallel import Group

Array = Any


@dataclass(frozen=True, slots=True)
class Source:
    """Ids of one source: the target and one or more segmentations of the source side."""

    domain: str
    licence_stated: bool
    target: tuple[Array, Array]
    sources: tuple[tuple[Array, Array], ...]

    def __len__(self) -> int:
        return len(self.target[1]) - 1


def _rows(ids: Array, lengths: Array) -> tuple[Array, Array]:
    return ids, np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def read_pack(path: Path, *, reverse: bool = False) -> dict[str, Source]:
    """Sources of a packed file (``.npz`` or ``.npz.xz``); ``reverse``: English is the source."""
    found: dict[str, Source] = {}
    file: Any = io.BytesIO(lzma.decompress(path.read_bytes())) if path.suffix == ".xz" else path
    with np.load(file) as arrays:
        meta = json.loads(arrays["meta"].tobytes())
        for name, row in meta["sources"].items():
            target = _rows(arrays[f"{name}.t"], arrays[f"{name}.lt"])
            sides = tuple(
                _rows(arrays[f"{name}.s{k}"], arrays[f"{name}.ls{k}"])
                for k in range(meta["samples"] + 1)
            )
            if reverse:
                target, sides = sides[0], (target,)
            found[name] = Source(row["domain"], row["licence_stated"], target, sides)
    return found


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids of one batch, each [sentences, length]: source, decoder input, labels (-1: none)."""

    source: Array
    decoder: Array
    labels: Array


def _up(lengths: Array) -> Array:
    return (lengths + 7) // 8 * 8


class Round:
    """One pass over a weighted, shuffled mixture of sources: the batches of one process of a group.

    What the processes of a group take at the same time are batches of about equal length.
    """

    def __init__(
        self,
        store: dict[str, Source],
        weights: dict[str, float],
        tokens: int,
        seed: int,
        group: Group | None = None,
    ) -> None:
        self._group = group or Group()
        draw = np.random.default_rng(seed)
        self._store = [store[n] for n in sorted(store)]
        which, index = [], []
        for number, name in enumerate(sorted(store)):
            size, weight = len(store[name]), weights.get(name, 0.0)
            part = [np.arange(size)] * int(weight)
            part.append(draw.permutation(size)[: round((weight - int(weight)) * size)])
            index.append(np.concatenate(part))
            which.append(np.full(len(index[-1]), number, dtype=np.int32))
        self._which, self._index = np.concatenate(which), np.concatenate(index)
        self._view = draw.integers(0, 2**31, len(self._which))
        if len(self._which) == 0:
            raise ValueError("The mixture gives no pair any weight.")
        self._batches = self._bucket(tokens, draw)

    def _lengths(self) -> tuple[Array, Array]:
        first = np.empty(len(self._which), np.int64)
        second = np.empty(len(self._which), np.int64)
        for number, source in enumerate(self._store):
            rows = np.flatnonzero(self._which == number)
            at = self._index[rows]
            longest = np.max([o[at + 1] - o[at] for _, o in source.sources], axis=0)
            first[rows] = longest + 1
            second[rows] = source.target[1][at + 1] - source.target[1][at] + 1
        return _up(first), _up(second)

    def _bucket(self, tokens: int, draw: Any) -> list[Array]:
        a, b = self._lengths()
        longest = np.maximum(a, b)
        order = np.lexsort((draw.random(len(a)), a, longest))
        batches, start = [], 0
        while start < len(order):
            end = start + 1
            while end < len(order) and (end + 1 - start) * longest[order[end]] <= tokens:
                end += 1
            if end < len(order) and end - start > 8:
                end = start + (end - start) // 8 * 8
            batches.append(order[start:end])
            start = end
        size, rank = self._group.size, self._group.rank
        shared = len(batches) // size
        return [batches[i * size + rank] for i in draw.permutation(shared)]

    def __len__(self) -> int:
        return len(self._batches)

    def batch(self, number: int, pad: int, end: int) -> Batch:
        """Batch ``number`` with the ids of ``<pad>`` and end of sentence filled in."""
        sources, targets = [], []
        for row in self._batches[number]:
            store, at = self._store[self._which[row]], self._index[row]
            sides = store.sources
            ids, offsets = sides[self._view[row] % len(sides)]
            sources.append(ids[offsets[at] : offsets[at + 1]])
            ids, offsets = store.target
            targets.append(ids[offsets[at] : offsets[at + 1]])
        return collate(sources, targets, pad, end)


def collate(sources: Sequence[Array], targets: Sequence[Array], pad: int, end: int) -> Batch:
    """Pad rows of ids to common lengths; the decoder input starts with ``pad``, as in Marian."""
    width = int(_up(np.array(max(map(len, sources)) + 1)))
    height = int(_up(np.array(max(map(len, targets)) + 1)))
    source = np.full((len(sources), width), pad, np.int64)
    decoder = np.full((len(targets), height), pad, np.int64)
    labels = np.full((len(targets), height), -1, np.int64)
    for row, (s, t) in enumerate(zip(sources, targets, strict=True)):
        source[row, : len(s)], source[row, len(s)] = s, end
        labels[row, : len(t)], labels[row, len(t)] = t, end
        decoder[row, 1 : len(t) + 1] = t
    return Batch(source, decoder, labels)
