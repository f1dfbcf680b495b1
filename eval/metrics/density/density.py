"""Density as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/density")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Density(evaluate.Metric):
    """Density."""

    def _info(self):
        return huggingface.info("density")

    def _compute(self, *, predictions, articles, **options):
        return huggingface.compute(
            "density", {"predictions": predictions, "articles": articles}, **options
        )
