"""Intervals and paired tests over summed segment statistics; seeded, re-computable.

Everything works on a metric's statistics matrix (units × columns) and its vectorised
``aggregate``: a bootstrap resample is a vector of counts, a whole bootstrap one matrix product
(``resampling`` makes the draws). Which systems and metrics are compared, and how it is told, belong
to ``comparison`` and ``report``.

Methods: percentile bootstrap (Efron & Tibshirani 1993); paired bootstrap (Koehn 2004); paired
approximate randomisation (Riezler & Maxwell 2005, p-value with the +1 of Phipson & Smyth 2010);
Holm (1979).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from toolkit.compare.resampling import EXACT_LIMIT, Draws, Swaps, group_rows, interval
from toolkit.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]
    Aggregate: TypeAlias = Callable[[FloatArray], FloatArray]

__all__ = [
    "EXACT_LIMIT",
    "Draws",
    "Paired",
    "Resampler",
    "Settings",
    "Swaps",
    "approximate_randomisation",
    "effect_size",
    "group_rows",
    "holm",
    "interval",
    "paired_bootstrap",
]

DEFAULT_SEED = 12345
DEFAULT_RESAMPLES = 1000
DEFAULT_TRIALS = 10000


@dataclass(frozen=True, slots=True)
class Paired:
    """A paired comparison of system A with system B on one metric.

    ``difference`` is A − B in metric points, ``ci`` its 95 % bootstrap interval. ``p_ar`` and
    ``p_bootstrap`` are two-sided; ``p_holm`` is ``p_ar`` after Holm's correction over the family
    of pairs (equal to ``p_ar`` until corrected). ``effect`` is the mean of the per-unit
    differences over their standard deviation (Cohen's d_z; None with one unit or no spread),
    ``wins`` the share of units on which A scores above B, ties counted half. ``smallest_p`` is
    the least p the test can reach with so many units, ``detectable`` the difference that a test
    at 0.05 would find four times in five. With one unit nothing can be resampled: ``ci``,
    ``p_bootstrap`` and ``detectable`` are then NaN.
    """

    a: str
    b: str
    difference: float
    ci: tuple[float, float]
    p_ar: float
    p_bootstrap: float
    p_holm: float
    effect: float | None
    wins: float
    units: int
    smallest_p: float
    detectable: float
    exact: bool


def _ratio(count: int, trials: int, *, exact: bool) -> float:
    return count / trials if exact else (count + 1) / (trials + 1)


def _at_least(values: FloatArray, bound: float) -> int:
    """How many values reach the bound; the tolerance keeps equal sums equal."""
    import numpy as np

    return int(np.sum(values >= bound - 1e-9 * max(1.0, abs(bound))))


def approximate_randomisation(
    a: FloatArray,
    b: FloatArray,
    aggregate: Aggregate,
    trials: int = DEFAULT_TRIALS,
    seed: int = DEFAULT_SEED,
    swaps: Swaps | None = None,
    variant: Literal["inclusive", "sacrebleu"] = "inclusive",
) -> float:
    """Two-sided p of "A and B are interchangeable" by swapping units between them.

    ``a`` and ``b`` are statistics (units × columns) of the same units. The share of trials whose
    absolute difference reaches the observed one, with one added to both sides unless all
    patterns were gone through; trials in which the metric is undefined are left out. Identical
    systems give 1. "sacrebleu" counts only trials that
    exceed the observed difference, as sacrebleu does: the same p without ties, a smaller one with.
    """
    import numpy as np

    _same_shape(a, b)
    drawn = swaps if swaps is not None else Swaps(len(a), trials, seed)
    # keep·A + (1 − keep)·B = B_total + keep·(A − B): one product serves both pseudo-systems.
    moved = drawn.dot(a - b)
    total_a, total_b = a.sum(axis=0), b.sum(axis=0)
    scores = np.abs(aggregate(total_b + moved) - aggregate(total_a - moved))
    observed = abs(float(aggregate(total_a) - aggregate(total_b)))
    if math.isnan(observed):
        return math.nan
    scores = scores[~np.isnan(scores)]
    if variant == "sacrebleu":
        return _ratio(int(np.sum(scores > observed)), len(scores), exact=drawn.exact)
    return _ratio(_at_least(scores, observed), len(scores), exact=drawn.exact)


def paired_bootstrap(
    a: FloatArray,
    b: FloatArray,
    aggregate: Aggregate,
    resamples: int = DEFAULT_RESAMPLES,
    seed: int = DEFAULT_SEED,
    variant: Literal["two-sided", "sacrebleu"] = "two-sided",
) -> tuple[float, tuple[float, float]]:
    """p and the 95 % interval of the difference A − B by drawing units with replacement.

    "two-sided" centres the signed differences: the share of resamples with |Δ* − mean Δ*| ≥ |Δ|.
    "sacrebleu" centres the absolute ones and compares from above, as sacrebleu and Moses do; for
    clear differences that is a one-sided p, about half the two-sided. Systems with the same
    statistics give 1.
    """
    import numpy as np

    _same_shape(a, b)
    drawn = Draws(len(a), resamples, seed)
    differences = aggregate(drawn.dot(a)) - aggregate(drawn.dot(b))
    observed = abs(float(aggregate(a.sum(axis=0)) - aggregate(b.sum(axis=0))))
    kept = differences[~np.isnan(differences)]
    if math.isnan(observed) or not len(kept):
        return math.nan, (math.nan, math.nan)
    if variant == "sacrebleu":
        spread = np.abs(kept) - np.abs(kept).mean()
        count = int(np.sum(spread > observed))
    else:
        count = _at_least(np.abs(kept - kept.mean()), observed)
    return (count + 1) / (len(kept) + 1), interval(differences)


def _same_shape(a: FloatArray, b: FloatArray) -> None:
    if a.shape != b.shape:
        raise UsageError(
            f"A paired test needs the same units on both sides; got {len(a)} and {len(b)}."
        )


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjusted p-values, in the order given; NaN stays NaN and is not counted."""
    known = sorted((p, i) for i, p in enumerate(p_values) if p == p)
    adjusted = [math.nan] * len(p_values)
    running = 0.0
    for rank, (p, index) in enumerate(known):
        running = max(running, min(1.0, (len(known) - rank) * p))
        adjusted[index] = running
    return adjusted


def effect_size(a: FloatArray, b: FloatArray) -> tuple[float | None, float]:
    """Cohen's d_z of paired per-unit scores, and the share of units A wins (ties half).

    Units undefined (NaN) on either side are left out; with none left the share is 0.5.
    """
    import numpy as np

    differences = (a - b)[~np.isnan(a - b)]
    if not len(differences):
        return None, 0.5
    wins = float((np.sum(differences > 0) + 0.5 * np.sum(differences == 0)) / len(differences))
    if len(differences) < 2:
        return None, wins
    spread = float(differences.std(ddof=1))
    return (float(differences.mean()) / spread if spread > 1e-12 else None), wins


def smallest_p(units: int, trials: int) -> float:
    """The least two-sided p that the randomisation test can give with so many units."""
    return 2.0 / 2**units if units <= EXACT_LIMIT else 1.0 / (trials + 1)


def detectable_difference(differences: FloatArray) -> float:
    """The difference that a two-sided test at 0.05 finds with power 0.8, from resampled Δ*.

    (z₀.₉₇₅ + z₀.₈) standard errors, the standard error being that of the bootstrap differences.
    """
    import numpy as np

    kept = differences[~np.isnan(differences)]
    return 2.801585 * float(kept.std(ddof=1)) if len(kept) > 1 else math.nan


@dataclass(frozen=True, slots=True)
class Settings:
    """How intervals and tests are made; written into every report."""

    seed: int = DEFAULT_SEED
    resamples: int = DEFAULT_RESAMPLES
    trials: int = DEFAULT_TRIALS

    def signature(self, unit: str, units: int) -> str:
        """The statistics' part of a signature."""
        test = f"ar-exact:{2**units}" if units <= EXACT_LIMIT else f"ar:{self.trials}"
        return f"unit:{unit}|n:{units}|bs:{self.resamples}|{test}|seed:{self.seed}|holm:pairs"


class Resampler:
    """Draws once for a set of units; then scores every metric and pair on the same draws."""

    def __init__(self, units: int, settings: Settings) -> None:
        if units < 1:
            raise UsageError("There is nothing to resample: no unit was scored.")
        self.units = units
        self.settings = settings
        self._draws = Draws(units, settings.resamples, settings.seed)
        self._swaps: Swaps | None = None

    def scores(self, rows: FloatArray, aggregate: Aggregate) -> FloatArray:
        """The metric's score of every bootstrap resample."""
        return aggregate(self._draws.dot(rows))

    def paired(
        self,
        names: tuple[str, str],
        rows: tuple[FloatArray, FloatArray],
        resampled: tuple[FloatArray, FloatArray],
        aggregate: Aggregate,
        segment_scores: Aggregate,
    ) -> Paired:
        """Compare two systems on one metric; ``resampled`` are their ``scores`` (kept by callers
        so that six systems cost six bootstraps, not thirty)."""
        import numpy as np

        a, b = rows
        differences = resampled[0] - resampled[1]
        difference = float(aggregate(a.sum(axis=0)) - aggregate(b.sum(axis=0)))
        kept = differences[~np.isnan(differences)]
        p_bootstrap = math.nan
        if self.units > 1 and len(kept) and difference == difference:
            count = _at_least(np.abs(kept - kept.mean()), abs(difference))
            p_bootstrap = (count + 1) / (len(kept) + 1)
        if self._swaps is None:
            self._swaps = Swaps(self.units, self.settings.trials, self.settings.seed)
        p_ar = approximate_randomisation(a, b, aggregate, swaps=self._swaps)
        effect, wins = effect_size(segment_scores(a), segment_scores(b))
        return Paired(
            a=names[0],
            b=names[1],
            difference=difference,
            ci=interval(differences) if self.units > 1 else (math.nan, math.nan),
            p_ar=p_ar,
            p_bootstrap=p_bootstrap,
            p_holm=p_ar,
            effect=effect,
            wins=wins,
            units=self.units,
            smallest_p=smallest_p(self.units, self.settings.trials),
            detectable=detectable_difference(differences) if self.units > 1 else math.nan,
            exact=self._swaps.exact,
        )
