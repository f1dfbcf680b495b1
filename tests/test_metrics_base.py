"""The metrics' contract: registry, options, signatures, what is refused."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from toolkit import __version__
from toolkit.errors import UsageError
from toolkit.metrics import (
    METRICS,
    SUMMARY_METRICS,
    TRANSLATION_METRICS,
    Item,
    open_metric,
    parse_spec,
    score,
)
from toolkit.metrics.base import optional, reference_count, signature

ITEM = Item(
    "a",
    "The minister paid 1,500 dollars on Monday.",
    references=("The minister paid 1,500 dollars on Monday.",),
    source="Menteri membayar 1.500 dolar pada Senin.",
    translation="The minister paid 1,500 dollars on Monday.",
    seconds=2.0,
    sentences=1,
)


@pytest.mark.parametrize("name", [n for n in METRICS if n != "semantic"])
def test_every_metric_keeps_the_contract(name: str) -> None:
    metric = open_metric(name)
    assert metric.name == name
    assert metric.label
    rows = metric.statistics([ITEM, ITEM])
    assert rows.dtype == np.float64
    assert rows.shape[0] == 2
    one, two = metric.aggregate(rows[0]), metric.aggregate(rows.sum(axis=0))
    assert one == pytest.approx(two, nan_ok=True), "doubling a corpus changes no score"
    stacked = metric.aggregate(np.stack([rows[0], rows[1]]))
    assert stacked.shape == (2,)
    found = score(metric, [ITEM, ITEM])
    assert found.signature.startswith(name + "|")
    assert len(found.per_segment) == 2
    assert found.ci is None


@pytest.mark.parametrize("name", list(METRICS))
def test_names_that_are_defaults_exist(name: str) -> None:
    assert name in METRICS
    for spec in (*SUMMARY_METRICS, *TRANSLATION_METRICS):
        assert parse_spec(spec)[0] in METRICS


def test_metric_packages_load_lazily() -> None:
    code = (
        "import sys, toolkit.metrics, toolkit.compare\n"
        "heavy = {'torch', 'transformers', 'datasets', 'evaluate', 'sacrebleu', 'rouge_score', "
        "'nltk', 'numpy'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_options_come_from_text_and_tables() -> None:
    assert open_metric("rouge1:references=best,stemmer=yes").stemmer is True  # type: ignore[attr-defined]
    table = open_metric({"name": "numbers", "side": "summary"})
    assert table.side == "summary"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("blue", "did you mean 'bleu'"),
        ("rouge1:beta=2", "has no option 'beta'"),
        ("rouge1:best", "name:key=value"),
        ("rouge1:references=worst", "must be 'mean' or 'best'"),
        ("numbers:side=left", "side must be"),
        ("bleu:references=best", "must be 'joint' or 'mean'"),
        ("semantic:references=x", "must be 'mean' or 'best'"),
        ("length:words=1", "it takes none"),
    ],
)
def test_wrong_specs_are_refused(spec: str, says: str) -> None:
    with pytest.raises(UsageError, match=says.replace(".", r"\.")):
        open_metric(spec)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("bleu", "needs a reference; item 'x'"),
        ("numbers", "needs a source text; item 'x'"),
        ("unsupported", "reference translation of the source"),
        ("seconds", "measured time"),
        ("sentences-per-second", "measured time"),
    ],
)
def test_items_without_what_is_needed_are_named(name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        score(open_metric(name), [Item("x", "text")])


def test_nothing_to_score_is_refused() -> None:
    with pytest.raises(UsageError, match="nothing to score"):
        score(open_metric("length"), [])


def test_signature_leaves_none_out_and_ends_in_the_version() -> None:
    assert signature("m", a=None, b=True, c=False, d=2) == f"m|b:yes|c:no|d:2|ringkas:{__version__}"


def test_undefined_scores_are_none() -> None:
    assert optional(np.array([1.25, np.nan])) == (1.25, None)
    plain = Item("a", "no figures here", source="tanpa angka")
    found = score(open_metric("numbers"), [plain])
    assert found.value is None
    assert found.per_segment == (None,)


def test_reference_count_says_var() -> None:
    items = [Item("a", "", ("x",)), Item("b", "", ("x", "y"))]
    assert reference_count(items) == "var"
    assert reference_count(items[:1]) == "1"
