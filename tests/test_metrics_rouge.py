"""ROUGE against rouge-score itself, with several references and pinned sentences."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rouge_score.rouge_scorer import RougeScorer

from toolkit.errors import UsageError
from toolkit.metrics import Item, open_metric, score

REFERENCE = "The ferry sank near the harbour. All forty passengers were rescued by fishermen."
OTHER = "Fishermen rescued everyone when a ferry went down."
HYPOTHESIS = "Fishermen rescued all forty passengers. The ferry sank near the port."


def value(spec: str, *references: str, hypothesis: str = HYPOTHESIS) -> float:
    found = score(open_metric(spec), [Item("a", hypothesis, references)]).value
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["rouge1", "rouge2", "rougeLsum"])
@pytest.mark.parametrize("stemmer", [False, True])
def test_scores_are_rouge_scores_own(name: str, stemmer: bool) -> None:
    scorer = RougeScorer([name], use_stemmer=stemmer)
    lines = [t.replace(". ", ".\n") for t in (REFERENCE, HYPOTHESIS)]
    theirs = scorer.score(*lines)[name].fmeasure
    spec = f"{name}:stemmer={'yes' if stemmer else 'no'}"
    assert value(spec, REFERENCE) == pytest.approx(100 * theirs)


@pytest.mark.parametrize("spec", ["rouge1:stemmer=maybe", "rouge2:references=all"])
def test_options_of_other_values_are_refused(spec: str) -> None:
    with pytest.raises(UsageError, match="must be"):
        open_metric(spec)
    with pytest.raises(UsageError, match="gives 'stemmer' twice"):
        open_metric("rouge1:stemmer=yes,stemmer=no")


def test_lsum_is_split_into_sentences_without_help() -> None:
    swapped = "The dam broke. Rain fell all night."
    straight = "Rain fell all night. The dam broke."
    assert value("rougeLsum", straight, hypothesis=swapped) == 100
    one = value("rougeLsum", straight.replace(". The", " and the"), hypothesis=swapped)
    assert one < 100, "a sentence in one piece is matched in order"


def test_best_and_mean_over_references() -> None:
    a, b = value("rouge1", REFERENCE), value("rouge1", OTHER)
    assert value("rouge1", REFERENCE, OTHER) == pytest.approx((a + b) / 2)
    assert value("rouge1:references=best", REFERENCE, OTHER) == pytest.approx(max(a, b))


def test_signature_says_how_references_are_joined() -> None:
    items = [Item("a", HYPOTHESIS, (REFERENCE, OTHER))]
    for how in ("mean", "best"):
        found = score(open_metric(f"rougeLsum:references={how}"), items)
        assert f"|nrefs:2|refs:{how}|" in found.signature
        assert "split:ringkas-en" in found.signature
        assert "agg:mean" in found.signature


def test_corpus_score_is_the_plain_mean() -> None:
    items = [Item("a", HYPOTHESIS, (REFERENCE,)), Item("b", OTHER, (OTHER,))]
    found = score(open_metric("rouge1"), items)
    first, second = found.per_segment
    assert first is not None
    assert second == pytest.approx(100)
    assert found.value == pytest.approx((first + 100) / 2, abs=1e-5)


def test_empty_hypothesis_scores_zero() -> None:
    assert value("rougeLsum", REFERENCE, hypothesis="") == 0


def test_two_processes_give_the_same_digits() -> None:
    code = (
        "from toolkit.metrics import Item, open_metric, score\n"
        f"items = [Item('a', {HYPOTHESIS!r}, ({REFERENCE!r}, {OTHER!r}))]\n"
        "print([score(open_metric(n), items) for n in ('rouge1', 'rouge2', 'rougeLsum', 'bleu')])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
