"""Unsupported as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/unsupported")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Unsupported(evaluate.Metric):
    """Unsupported."""

    def _info(self):
        return huggingface.info("unsupported")

    def _compute(self, *, predictions, articles, **options):
        return huggingface.compute(
            "unsupported", {"predictions": predictions, "articles": articles}, **options
        )
