"""Intervals and paired tests: pinned to sacrebleu and scipy, exact where few units allow it."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest
from scipy import stats

from toolkit.compare import resampling
from toolkit.compare.resampling import Draws, Swaps, group_rows, interval
from toolkit.compare.statistics import (
    Resampler,
    Settings,
    approximate_randomisation,
    detectable_difference,
    effect_size,
    holm,
    paired_bootstrap,
    smallest_p,
)
from toolkit.errors import UsageError
from toolkit.metrics import Item, open_metric

SEED = 12345
WORDS = "river bridge market school road village council farmer rain price night vote".split()


def corpus(count: int = 60) -> tuple[list[str], dict[str, list[str]]]:
    """References and three systems that spoil them more and more."""
    rng = random.Random(7)
    references = [" ".join(rng.choices(WORDS, k=rng.randint(6, 14))) + "." for _ in range(count)]

    def spoil(text: str, share: float) -> str:
        words = text.split()
        return " ".join(rng.choice(WORDS) if rng.random() < share else w for w in words)

    return references, {
        name: [spoil(text, share) for text in references]
        for name, share in (("a", 0.30), ("b", 0.36), ("c", 0.60))
    }


REFERENCES, SYSTEMS = corpus()
METRICS: dict[str, Any] = {"bleu": BLEU(), "chrf++": CHRF(word_order=2), "ter": TER()}


def rows(name: str, system: str) -> Any:
    items = [
        Item(str(i), h, (r,))
        for i, (h, r) in enumerate(zip(SYSTEMS[system], REFERENCES, strict=True))
    ]
    return open_metric(name).statistics(items)


@pytest.fixture(scope="module")
def theirs() -> dict[tuple[str, str], dict[str, Any]]:
    """sacrebleu's results by (test, metric): system → Result."""
    found = {}
    for test in ("bs", "ar"):
        paired = PairedTest(
            list(SYSTEMS.items()), dict(METRICS), [REFERENCES], test_type=test, n_samples=500
        )
        _, scores = paired()
        names = scores.pop("System")
        for metric, results in zip(METRICS, scores.values(), strict=True):
            found[test, metric] = dict(zip(names, results, strict=True))
    return found


@pytest.mark.parametrize("metric", list(METRICS))
@pytest.mark.parametrize("other", ["b", "c"])
def test_randomisation_p_is_sacrebleus(theirs: Any, metric: str, other: str) -> None:
    aggregate = open_metric(metric).aggregate
    a, b = rows(metric, "a"), rows(metric, other)
    expected = theirs["ar", metric][other].p_value
    strict = approximate_randomisation(a, b, aggregate, 500, SEED, variant="sacrebleu")
    assert strict == pytest.approx(expected, abs=1e-12)
    ours = approximate_randomisation(a, b, aggregate, 500, SEED)
    if metric == "ter":  # whole edits tie often, and a tie speaks for the null hypothesis
        assert ours >= expected
    else:
        assert ours == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("metric", list(METRICS))
@pytest.mark.parametrize("other", ["b", "c"])
def test_bootstrap_p_is_sacrebleus_in_its_variant(theirs: Any, metric: str, other: str) -> None:
    aggregate = open_metric(metric).aggregate
    ours, _ = paired_bootstrap(
        rows(metric, "a"), rows(metric, other), aggregate, 500, SEED, variant="sacrebleu"
    )
    assert ours == pytest.approx(theirs["bs", metric][other].p_value, abs=1e-12)


@pytest.mark.parametrize("metric", list(METRICS))
@pytest.mark.parametrize("system", ["a", "b", "c"])
def test_interval_is_sacrebleus(theirs: Any, metric: str, system: str) -> None:
    resampler = Resampler(len(REFERENCES), Settings(SEED, resamples=500))
    scores = resampler.scores(rows(metric, system), open_metric(metric).aggregate)
    low, high = interval(scores)
    result = theirs["bs", metric][system]
    # sacrebleu sums in 32-bit floats and gives mean and half-width.
    assert (high - low) / 2 == pytest.approx(result.ci, abs=2e-4)
    assert scores.mean() == pytest.approx(result.mean, abs=2e-4)


def mean(totals: Any) -> Any:
    return totals[..., 0] / totals[..., 1]


def column(values: list[float]) -> Any:
    return np.array([(v, 1.0) for v in values])


def test_exact_randomisation_is_scipys_sign_flip_test() -> None:
    a, b = [3.0, 5.0, 4.5, 6.0, 2.0, 7.0, 5.5], [2.0, 4.0, 5.0, 4.0, 2.5, 5.0, 5.0]
    ours = approximate_randomisation(column(a), column(b), mean)
    flipped = stats.permutation_test(
        (np.array(a), np.array(b)),
        lambda x, y: np.mean(x - y),
        permutation_type="samples",
        n_resamples=np.inf,
    )
    assert ours == pytest.approx(flipped.pvalue)


def test_randomisation_of_many_units_is_near_the_t_test() -> None:
    rng = np.random.default_rng(3)
    a = rng.normal(0.3, 1.0, 200)
    b = rng.normal(0.0, 1.0, 200)
    ours = approximate_randomisation(column(list(a)), column(list(b)), mean, 10000, SEED)
    bootstrap, ci = paired_bootstrap(column(list(a)), column(list(b)), mean, 10000, SEED)
    paired = stats.ttest_rel(a, b)
    assert ours == pytest.approx(paired.pvalue, abs=0.01)
    assert bootstrap == pytest.approx(paired.pvalue, abs=0.01)
    low, high = paired.confidence_interval(0.95)
    assert ci == pytest.approx((low, high), abs=0.03)


def test_bootstrap_interval_is_scipys() -> None:
    rng = np.random.default_rng(5)
    values = rng.exponential(2.0, 80)
    resampler = Resampler(80, Settings(resamples=10000))
    ours = interval(resampler.scores(column(list(values)), mean))
    other = stats.bootstrap(
        (values,), np.mean, n_resamples=10000, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval
    assert ours == pytest.approx((other.low, other.high), abs=0.05)


def test_five_documents_can_never_reach_five_percent() -> None:
    a, b = column([10, 11, 12, 13, 14]), column([1, 2, 3, 4, 5])
    assert approximate_randomisation(a, b, mean) == 2 / 32 == smallest_p(5, 10000)
    assert smallest_p(1, 10000) == 1
    assert smallest_p(1000, 9999) == 1 / 10000


def test_trials_without_a_score_are_no_evidence() -> None:
    # A states a number in the first document alone, B in the second alone: swapping one of the
    # two leaves a side without any.
    a, b = np.zeros((5, 2)), np.zeros((5, 2))
    a[0], b[1] = (1, 1), (0, 1)
    assert approximate_randomisation(a, b, open_metric("numbers").aggregate) == 1


def test_identical_systems_are_never_told_apart() -> None:
    for count in (5, 40):
        a = column([float(i % 7) for i in range(count)])
        assert approximate_randomisation(a, a, mean, 200) == 1
        assert paired_bootstrap(a, a, mean, 200)[0] == 1


def test_swapping_the_systems_changes_nothing_but_the_sign() -> None:
    a, b = rows("bleu", "a"), rows("bleu", "c")
    aggregate = open_metric("bleu").aggregate
    assert approximate_randomisation(a, b, aggregate, 300) == approximate_randomisation(
        b, a, aggregate, 300
    )
    p, (low, high) = paired_bootstrap(a, b, aggregate, 300)
    q, (other_low, other_high) = paired_bootstrap(b, a, aggregate, 300)
    assert p == q
    assert (low, high) == pytest.approx((-other_high, -other_low))


def test_one_and_the_same_seed_gives_the_same_numbers_another_does_not() -> None:
    a, b = rows("chrf++", "a"), rows("chrf++", "b")
    aggregate = open_metric("chrf++").aggregate
    first = paired_bootstrap(a, b, aggregate, 300, 1)
    assert first == paired_bootstrap(a, b, aggregate, 300, 1)
    assert first != paired_bootstrap(a, b, aggregate, 300, 2)


def test_a_null_difference_is_rejected_at_about_the_level() -> None:
    rng = np.random.default_rng(11)
    rejected = sum(
        approximate_randomisation(
            column(list(rng.normal(size=30))), column(list(rng.normal(size=30))), mean, 199, seed
        )
        <= 0.05
        for seed in range(400)
    )
    assert 0.02 <= rejected / 400 <= 0.09


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_is_the_textbook_procedure(p_values: list[float]) -> None:
    ours = holm(p_values)
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    running = 0.0
    for rank, i in enumerate(order):
        running = max(running, min(1.0, p_values[i] * (len(p_values) - rank)))
        assert ours[i] == pytest.approx(running)
    assert all(a >= p for a, p in zip(ours, p_values, strict=True))


def test_holm_by_hand_and_with_an_undefined_p() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    found = holm([0.01, math.nan, 0.03])
    assert found[0] == pytest.approx(0.02)
    assert math.isnan(found[1])
    assert holm([]) == []


def test_effect_size_by_hand() -> None:
    effect, wins = effect_size(np.array([2.0, 4.0, 6.0]), np.array([1.0, 4.0, 3.0]))
    assert effect == pytest.approx(np.mean([1, 0, 3]) / np.std([1, 0, 3], ddof=1))
    assert wins == pytest.approx(2.5 / 3)
    assert effect_size(np.array([1.0]), np.array([0.0])) == (None, 1.0)
    assert effect_size(np.array([1.0, 1.0]), np.array([1.0, 1.0])) == (None, 0.5)
    assert effect_size(np.array([np.nan]), np.array([1.0])) == (None, 0.5)


def test_draws_in_blocks_are_those_of_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resampling, "_BLOCK", 5000)
    wanted = np.random.default_rng(7).integers(2, size=(500, 97), dtype=bool)
    assert (Swaps(97, 500, 7).dot(np.eye(97)) == wanted).all()
    index = np.random.default_rng(7).choice(97, size=(500, 97))
    counts = np.stack([np.bincount(row, minlength=97) for row in index])
    assert (Draws(97, 500, 7).dot(np.eye(97)) == counts).all()


def test_all_swaps_of_few_units_are_gone_through() -> None:
    swaps = Swaps(4, 10000, 1)
    patterns = swaps.dot(np.eye(4))
    assert swaps.exact
    assert len(patterns) == 16 == len({tuple(p) for p in patterns})


def test_groups_are_summed_in_order_and_nameless_rows_stay_alone() -> None:
    summed = group_rows(np.array([[1.0], [2.0], [4.0], [8.0]]), ["x", "", "x", ""])
    assert summed.ravel().tolist() == [5, 2, 8]


def test_undefined_resamples_are_left_out() -> None:
    assert interval(np.array([np.nan, 1.0, 2.0])) == (1, 2)
    assert all(map(math.isnan, interval(np.array([np.nan]))))


def test_different_units_are_refused() -> None:
    with pytest.raises(UsageError, match="same units on both sides; got 3 and 2"):
        approximate_randomisation(column([1, 2, 3]), column([1, 2]), mean)
    with pytest.raises(UsageError, match="nothing to resample"):
        Resampler(0, Settings())


def test_detectable_difference_is_that_of_the_power_formula() -> None:
    rng = np.random.default_rng(2)
    found = detectable_difference(rng.normal(0, 2.0, 20000))
    assert found == pytest.approx((stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * 2.0, rel=0.02)


def test_resampler_agrees_with_the_single_tests() -> None:
    settings = Settings(SEED, resamples=300, trials=300)
    resampler = Resampler(len(REFERENCES), settings)
    metric = open_metric("bleu")
    a, b = rows("bleu", "a"), rows("bleu", "b")
    resampled = tuple(resampler.scores(r, metric.aggregate) for r in (a, b))
    pair = resampler.paired(("a", "b"), (a, b), resampled, metric.aggregate, metric.segment_scores)  # type: ignore[arg-type]
    p, ci = paired_bootstrap(a, b, metric.aggregate, 300, SEED)
    assert pair.p_bootstrap == p
    assert pair.ci == ci
    assert pair.p_ar == approximate_randomisation(a, b, metric.aggregate, 300, SEED)
    assert pair.units == len(REFERENCES)
    assert "ar:300" in settings.signature("segment", 60)
    assert "ar-exact:32" in settings.signature("document", 5)
