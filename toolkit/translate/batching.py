"""Batches of tokenised segments: deduplicated, sorted, within a token budget, order restored.

Batches hold segments of *equal length* only. CTranslate2's attention sums over padded positions
in blocks whose size follows the longest segment, so that padding changes the last bits of a score
and now and then a word; without padding a segment's result is the same alone and in any batch.
This module knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

H = TypeVar("H", bound=Hashable)


def distinct(items: Sequence[H]) -> tuple[list[H], list[int]]:
    """The distinct items in order of first appearance, and for each item the index of its like."""
    places: dict[H, int] = {}
    index = [places.setdefault(item, len(places)) for item in items]
    return list(places), index


def equal_length_batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Yield batches of positions whose lengths are equal, longest first.

    ``lengths`` are token counts; a batch holds at most ``budget`` tokens and at least one segment.
    """
    groups: dict[int, list[int]] = {}
    for position, length in enumerate(lengths):
        groups.setdefault(length, []).append(position)
    for length in sorted(groups, reverse=True):
        size = max(1, budget // max(1, length))
        group = groups[length]
        for start in range(0, len(group), size):
            yield group[start : start + size]
