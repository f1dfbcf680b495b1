"""Batches: every position once, equal lengths, within the budget, order restored."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translate.base import Decoding
from toolkit.translate.batching import distinct, equal_length_batches


@given(st.lists(st.integers(1, 40), max_size=200), st.integers(1, 300))
def test_every_position_stands_in_one_batch_of_equal_lengths(
    lengths: list[int], budget: int
) -> None:
    batches = list(equal_length_batches(lengths, budget))
    assert sorted(p for batch in batches for p in batch) == list(range(len(lengths)))
    for batch in batches:
        sizes = {lengths[p] for p in batch}
        assert len(sizes) == 1
        assert len(batch) == 1 or len(batch) * sizes.pop() <= budget


def test_longest_batches_come_first_and_are_filled() -> None:
    batches = list(equal_length_batches([5, 9, 5, 9, 9, 5], 18))
    assert batches == [[1, 3], [4], [0, 2, 5]]


@given(st.lists(st.text(max_size=3)))
def test_distinct_items_give_the_list_back(items: list[str]) -> None:
    found, index = distinct(items)
    assert len(set(found)) == len(found)
    assert [found[i] for i in index] == items


@pytest.mark.parametrize("rerank", [False, True])
def test_runs_without_a_space_are_copied_as_they_are(rerank: bool) -> None:
    """Encoded data takes no time and comes out letter by letter, at its place."""
    from toolkit.translate import open_translator

    run = "aGFsbw" * 2000
    engine = open_translator(
        "embedded", decoding=Decoding(beam_size=2, rerank=rerank), retries="thorough"
    )
    began = time.perf_counter()
    whole, within, plain = engine.translate(
        [run, f"Pasar itu dibuka {run} pada hari Senin.", "Pasar itu dibuka."]
    )
    assert time.perf_counter() - began < 20
    assert whole.text == run
    assert [c.kind for c in whole.checks] == ["copied"]
    assert within.text.count(run) == 1
    assert not within.text.startswith(run)
    assert "Monday" in within.text.partition(run)[2]
    assert "copied" in [c.kind for c in within.checks]
    assert "market" in plain.text.lower()
