"""Coverage as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/coverage")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Coverage(evaluate.Metric):
    """Coverage."""

    def _info(self):
        return huggingface.info("coverage")

    def _compute(self, *, predictions, articles, **options):
        return huggingface.compute(
            "coverage", {"predictions": predictions, "articles": articles}, **options
        )
