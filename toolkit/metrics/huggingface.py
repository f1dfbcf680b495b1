"""What the ``evaluate``-compatible scripts in eval/metrics share: inputs, description, compute.

A script is loaded by path, offline: ``evaluate.load("eval/metrics/rouge1")``. Its result holds the
score under the metric's name, the signature and one score a segment. Counting and formulas are the
metric's own (``toolkit.metrics``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.errors import UsageError
from toolkit.metrics import METRICS, Item, open_metric, score

_COLUMNS = {
    "references": "references",
    "source": "sources",
    "english": "articles",
    "seconds": "seconds",
    "sentences": "sentences",
}
_TOLD = {
    "predictions": "predictions: list of str, English, one a segment or document.",
    "references": "references: list of str, or list of lists of str for several references.",
    "sources": "sources: list of str, the Indonesian source of each prediction.",
    "articles": "articles: list of str, the English of each source.",
    "seconds": "seconds: list of float, what each prediction took.",
    "sentences": "sentences: list of int, source sentences read for each prediction.",
}
_OPTIONAL = """Optional keyword arguments: dates (list of str, YYYY-MM-DD, to resolve weekdays),
documents (list of str, the document of each segment) and the metric's own options; how several
references are joined is called multi (for instance multi="best")."""


def columns(name: str) -> list[str]:
    """The input columns of a metric, predictions first."""
    needs = METRICS.load(name).needs
    return ["predictions", *(column for need, column in _COLUMNS.items() if need in needs)]


def info(name: str) -> Any:
    """The ``evaluate.MetricInfo`` of a metric."""
    import datasets
    import evaluate

    kinds: dict[str, Any] = {
        "seconds": datasets.Value("float64"),
        "sentences": datasets.Value("int64"),
    }
    text = datasets.Value("string")
    wanted = columns(name)
    single = datasets.Features({column: kinds.get(column, text) for column in wanted})
    features = [single]
    if "references" in wanted:
        several = dict(single)
        several["references"] = datasets.Sequence(text)
        features.insert(0, datasets.Features(several))
    factory = METRICS.load(name)
    return evaluate.MetricInfo(
        description=(factory.__doc__ or "").strip(),
        citation="",
        inputs_description="\n".join([*(_TOLD[c] for c in wanted), _OPTIONAL]),
        features=features if len(features) > 1 else single,
    )


def compute(
    name: str,
    data: Mapping[str, Sequence[Any]],
    *,
    dates: Sequence[str] | None = None,
    documents: Sequence[str] | None = None,
    multi: str | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Score columns with one metric; the result of a script's ``_compute``."""
    if multi is not None:
        options["references"] = multi
    metric = open_metric({"name": name, **options})
    count = len(data["predictions"])
    for label, extra in (("dates", dates), ("documents", documents)):
        if extra is not None and len(extra) != count:
            raise UsageError(f"{label} has {len(extra)} entries for {count} predictions.")
    items = [
        Item(
            id=str(i),
            hypothesis=data["predictions"][i],
            references=_references(data["references"][i]) if "references" in data else (),
            source=data["sources"][i] if "sources" in data else "",
            translation=data["articles"][i] if "articles" in data else "",
            date=dates[i] if dates is not None else "",
            document=documents[i] if documents is not None else "",
            seconds=data["seconds"][i] if "seconds" in data else None,
            sentences=data["sentences"][i] if "sentences" in data else None,
        )
        for i in range(count)
    ]
    found = score(metric, items)
    return {
        name: found.value,
        "signature": found.signature,
        "per_segment": list(found.per_segment),
    }


def _references(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
