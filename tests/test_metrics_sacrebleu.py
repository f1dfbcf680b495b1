"""BLEU, chrF++ and TER: every number pinned to sacrebleu's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from toolkit.metrics import Item, open_metric, score

PAIRS = [
    ("The river rose two metres overnight.", "The river rose by two metres in the night."),
    ("Officials closed the bridge.", "Officials closed the bridge at dawn."),
    ("", "Nothing was said."),
    ("No one was hurt, the mayor said.", "No one was hurt, said the mayor."),
    ("Rain", "Rain"),
    ("Ferries run again from Tuesday.", "Ferries will run again on Tuesday."),
]
ITEMS = [Item(str(i), h, (r,)) for i, (h, r) in enumerate(PAIRS)]
OURS = {"bleu": BLEU(force=True), "chrf++": CHRF(word_order=2), "ter": TER()}


@pytest.mark.parametrize("name", list(OURS))
def test_corpus_score_is_sacrebleus(name: str) -> None:
    theirs = OURS[name].corpus_score([h for h, _ in PAIRS], [[r for _, r in PAIRS]])
    found = score(open_metric(name), ITEMS)
    assert found.value == pytest.approx(theirs.score, abs=1e-9)
    assert found.signature == f"{name}|{OURS[name].get_signature().format()}"


def test_sentence_scores_are_sacrebleus() -> None:
    for name, metric in {**OURS, "bleu": BLEU(force=True, effective_order=True)}.items():
        found = score(open_metric(name), ITEMS)
        for (hypothesis, reference), value in zip(PAIRS, found.per_segment, strict=True):
            theirs = metric.sentence_score(hypothesis, [reference]).score
            assert value == pytest.approx(theirs, abs=1e-6), (name, hypothesis)


def test_several_references_count_as_in_sacrebleu() -> None:
    second = [r.upper() for _, r in PAIRS]
    items = [Item(str(i), h, (r, r.upper())) for i, (h, r) in enumerate(PAIRS)]
    for name, metric in OURS.items():
        theirs = metric.corpus_score([h for h, _ in PAIRS], [[r for _, r in PAIRS], second])
        found = score(open_metric(name), items)
        assert found.value == pytest.approx(theirs.score, abs=1e-9), name
        assert "nrefs:2" in found.signature


def test_mean_over_references_lies_between_them() -> None:
    items = [Item("a", "the cat sat down", ("the cat sat down", "a dog ran off"))]
    joint = score(open_metric("chrf++"), items).value
    mean = score(open_metric("chrf++:references=mean"), items)
    worst = score(open_metric("chrf++"), [Item("a", "the cat sat down", ("a dog ran off",))]).value
    assert joint is not None
    assert mean.value is not None
    assert worst is not None
    assert worst < mean.value < joint == pytest.approx(100.0)
    assert "refs:mean" in mean.signature


counts = st.integers(0, 60)


@given(st.lists(st.tuples(counts, counts, counts, counts), min_size=1, max_size=6), counts, counts)
@settings(max_examples=200, deadline=None)
def test_bleu_formula_is_sacrebleus(
    columns: list[tuple[int, int, int, int]], length: int, reference: int
) -> None:
    rows = []
    for column in columns:
        total = sorted(column, reverse=True)
        correct = [t // 2 for t in total]
        rows.append([length, reference, *correct, *total])
    found = open_metric("bleu").aggregate(np.asarray(rows, dtype=float))
    for row, value in zip(rows, found, strict=True):
        theirs = BLEU.compute_bleu(
            row[2:6], row[6:10], row[0], row[1], smooth_method="exp", max_ngram_order=4
        )
        assert value == pytest.approx(theirs.score, abs=1e-9)


@given(st.lists(st.lists(counts, min_size=24, max_size=24), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_chrf_formula_is_sacrebleus(raw: list[list[int]]) -> None:
    rows = [
        [v for i in range(0, 24, 3) for v in (row[i], row[i + 1], min(row[i], row[i + 1]))]
        for row in raw
    ]
    metric: Any = CHRF(word_order=2)
    found = open_metric("chrf++").aggregate(np.asarray(rows, dtype=float))
    for row, value in zip(rows, found, strict=True):
        assert value == pytest.approx(metric._compute_f_score(row), abs=1e-9)


def test_ter_of_empty_sides() -> None:
    metric = open_metric("ter")
    assert metric.aggregate(np.array([[0.0, 0.0], [3.0, 0.0], [1.0, 4.0]])).tolist() == [0, 100, 25]


def test_signature_does_not_depend_on_earlier_calls() -> None:
    metric = open_metric("bleu")
    score(metric, [Item("a", "x", ("x", "y"))])
    assert "nrefs:1" in score(metric, ITEMS).signature
