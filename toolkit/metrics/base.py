"""Contract of the metrics: segment statistics apart from aggregation, a signature on every number.

A metric turns items into a matrix of *sufficient statistics* (one row an item, columns that may
be summed) once; any resample is then a weighted sum of rows and one vectorised ``aggregate``.
Resampling, intervals and tests belong to ``toolkit.compare.statistics``; reading outputs back to
``toolkit.compare.runs``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from toolkit import __version__
from toolkit.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]

Direction = Literal["higher", "lower", "none"]
"""Which way is good; "none" describes a text without judging it (length, novelty)."""

Need = Literal["references", "source", "english", "seconds", "sentences"]
"""What an item must carry for a metric: English references, the Indonesian source, the English of
the source (a reference translation or the system's own), the time it took, the sentences read."""


@dataclass(frozen=True, slots=True)
class Item:
    """One scored unit: a segment of a translation, or a document with its summary.

    ``hypothesis`` is the system's English. ``references`` are English; ``source`` is the whole
    Indonesian source of the unit. ``translation`` is its reference translation (English) or "",
    ``article`` the system's own English of the whole source or "". ``date`` (ISO) resolves
    weekdays; ``document`` groups segments of one document ("": the item is its own group).
    ``seconds`` is what the output took, ``sentences`` how many source sentences were read, None
    when not measured; ``system`` is who wrote it (imported scores are looked up by it); ``outlet``
    who published the source (a summary may name it).
    """

    id: str
    hypothesis: str
    references: tuple[str, ...] = ()
    source: str = ""
    translation: str = ""
    article: str = ""
    date: str = ""
    document: str = ""
    seconds: float | None = None
    sentences: int | None = None
    system: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """One number with everything needed to make it again.

    ``value`` is in the metric's own unit; ``ci`` the 95 % interval (low, high) or None when not
    asked for; ``per_segment`` one value an item in order, None where the metric is undefined for
    the item (no number in the source, say). ``signature`` names metric, version and settings.
    """

    metric: str
    value: float | None
    ci: tuple[float, float] | None
    signature: str
    per_segment: tuple[float | None, ...] = ()


class Metric:
    """Base of all metrics; a subclass sets the class attributes and the two methods.

    ``name`` is the registry's key, ``label`` what a person reads, ``unit`` one of "" (points on
    0–100), "%", "words", "ratio"; ``decimals`` how many a table shows.
    """

    name: ClassVar[str] = ""
    label: ClassVar[str] = ""
    unit: ClassVar[str] = ""
    direction: ClassVar[Direction] = "higher"
    needs: ClassVar[frozenset[Need]] = frozenset()
    decimals: ClassVar[int] = 1
    tested: ClassVar[bool] = True
    """Whether resampling the units says how sure a difference is; not so of times, which vary with
    what else the machine does in a run."""

    imported: ClassVar[bool] = False
    """Whether the scores come from a file rather than from texts."""

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        """Sufficient statistics: float64 of shape (items, columns); rows may be summed."""
        raise NotImplementedError

    def aggregate(self, totals: FloatArray) -> FloatArray:
        """Scores of summed statistics: (…, columns) → (…); NaN where undefined.

        The default is the ratio of the first column to the second, times 100 when ``unit`` is
        "%" or "".
        """
        import numpy as np

        factor = 100.0 if self.unit in ("", "%") else 1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = factor * totals[..., 0] / totals[..., 1]
        return np.where(totals[..., 1] > 0, scores, np.nan)

    def segment_scores(self, statistics: FloatArray) -> FloatArray:
        """One score a row; the default aggregates each row alone."""
        return self.aggregate(statistics)

    def signature(self, items: Sequence[Item]) -> str:  # noqa: ARG002
        """``name|key:value|…``: metric, settings, references, versions."""
        return signature(self.name)

    def check(self, items: Sequence[Item]) -> None:
        """Raise UsageError, naming the first item, when items lack what the metric needs."""
        for need in sorted(self.needs):
            for item in items:
                if not _has(item, need):
                    raise UsageError(
                        f"Metric '{self.name}' needs a {_NEED_WORDS[need]}; item '{item.id}' has "
                        "none."
                    )


_NEED_WORDS = {
    "references": "reference",
    "source": "source text",
    "english": "reference translation of the source (or the system's own)",
    "seconds": "measured time",
    "sentences": "count of the source sentences that were read",
}


def _has(item: Item, need: Need) -> bool:
    if need == "references":
        return any(item.references)
    if need == "source":
        return bool(item.source)
    if need in ("seconds", "sentences"):
        return getattr(item, need) is not None
    return bool(item.translation or item.article)


def signature(name: str, **settings: Any) -> str:
    """Format a signature: ``name|key:value|…|ringkas:VERSION``; None left out, booleans yes/no."""
    parts = [name]
    for key, value in {**settings, "ringkas": __version__}.items():
        if value is None:
            continue
        if isinstance(value, bool):
            value = "yes" if value else "no"
        parts.append(f"{key}:{value}")
    return "|".join(parts)


def reference_count(items: Sequence[Item]) -> str:
    """The number of references per item as a signature writes it: "1", "3" or "var"."""
    counts = {len(item.references) for item in items}
    return str(counts.pop()) if len(counts) == 1 else "var"


def optional(values: FloatArray) -> tuple[float | None, ...]:
    """Per-segment scores as Python numbers, rounded to 6 decimals, None for NaN."""
    return tuple(None if value != value else round(float(value), 6) for value in values)


def score(metric: Metric, items: Sequence[Item]) -> Score:
    """Score items with one metric, without an interval.

    Raises UsageError when an item lacks what the metric needs or there is no item.
    """
    if not items:
        raise UsageError(f"Metric '{metric.name}' was given nothing to score.")
    metric.check(items)
    rows = metric.statistics(items)
    value = float(metric.aggregate(rows.sum(axis=0)))
    return Score(
        metric=metric.name,
        value=None if value != value else value,
        ci=None,
        signature=metric.signature(items),
        per_segment=optional(metric.segment_scores(rows)),
    )
