"""Metrics of translations and summaries, one file a metric, each with a signature.

``open_metric("rouge1:references=best")`` is the way in; ``base`` holds the contract. Reading
order: base, bleu, chrf, ter, rouge, semantic (minilm), fidelity, omission, findings, support,
furniture, extractive, surface (words), efficiency, imported.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from toolkit.errors import UsageError
from toolkit.metrics.base import Item, Metric, Score, score
from toolkit.registry import Registry

METRICS = Registry(
    "metric",
    {
        "bleu": "toolkit.metrics.bleu:Bleu",
        "chrf++": "toolkit.metrics.chrf:Chrf",
        "ter": "toolkit.metrics.ter:Ter",
        "rouge1": "toolkit.metrics.rouge:Rouge1",
        "rouge2": "toolkit.metrics.rouge:Rouge2",
        "rougeLsum": "toolkit.metrics.rouge:RougeLsum",
        "semantic": "toolkit.metrics.semantic:Semantic",
        "numbers": "toolkit.metrics.fidelity:Numbers",
        "dates": "toolkit.metrics.fidelity:Dates",
        "names": "toolkit.metrics.fidelity:Names",
        "omissions": "toolkit.metrics.omission:Omissions",
        "unsupported": "toolkit.metrics.support:Unsupported",
        "furniture": "toolkit.metrics.furniture:Furniture",
        "coverage": "toolkit.metrics.extractive:Coverage",
        "density": "toolkit.metrics.extractive:Density",
        "novelty": "toolkit.metrics.extractive:Novelty",
        "compression": "toolkit.metrics.surface:Compression",
        "flesch": "toolkit.metrics.surface:Flesch",
        "length": "toolkit.metrics.surface:Length",
        "seconds": "toolkit.metrics.efficiency:Seconds",
        "sentences-per-second": "toolkit.metrics.efficiency:Throughput",
    },
)

TRANSLATION_METRICS = ("bleu", "chrf++", "ter", "numbers", "dates", "names", "omissions")
"""What a comparison of translations scores unless told otherwise."""

SUMMARY_METRICS = (
    "rouge1",
    "rouge2",
    "rougeLsum",
    "chrf++:references=mean",
    "semantic",
    "numbers:side=summary",
    "dates:side=summary",
    "names:side=summary",
    "unsupported",
    "furniture",
    "coverage",
    "density",
    "novelty",
    "compression",
    "flesch",
    "length",
)
"""What a comparison of summaries scores unless told otherwise."""


HEADLINE_METRICS = (
    "rouge1",
    "rougeLsum",
    "chrf++:references=mean",
    "semantic",
    "numbers:side=summary",
    "dates:side=summary",
    "names:side=summary",
    "length",
)
"""What a comparison of headlines scores unless told otherwise."""


def parse_spec(spec: str) -> tuple[str, dict[str, Any]]:
    """Split ``name:key=value,key=value``; "yes" and "no" become booleans."""
    name, _, rest = spec.partition(":")
    options: dict[str, Any] = {}
    for part in filter(None, rest.split(",")):
        key, equals, value = part.partition("=")
        if not equals or not key or not value:
            raise UsageError(
                f"Metric '{spec}': write options as name:key=value, for instance "
                "rouge1:references=best."
            )
        if key in options:
            raise UsageError(f"Metric '{spec}' gives '{key}' twice.")
        options[key] = {"yes": True, "no": False}.get(value, value)
    return name, options


def open_metric(spec: str | Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> Metric:
    """Make a metric from ``name``, ``name:key=value,…`` or a table with ``name`` and options.

    ``defaults`` are options for metrics that have them and do not name them.

    Raises UsageError for an unknown name or option.
    """
    if isinstance(spec, str):
        name, options = parse_spec(spec)
    else:
        options = dict(spec)
        name = str(options.pop("name", ""))
    factory = METRICS.load(name)
    known = [p for p in inspect.signature(factory).parameters if p != "self"]
    for key in options:
        if key not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise UsageError(f"Metric '{name}' has no option '{key}'; {takes}.")
    made: Metric = factory(**{k: v for k, v in (defaults or {}).items() if k in known} | options)
    return made


__all__ = [
    "HEADLINE_METRICS",
    "METRICS",
    "SUMMARY_METRICS",
    "TRANSLATION_METRICS",
    "Item",
    "Metric",
    "Score",
    "open_metric",
    "parse_spec",
    "score",
]
