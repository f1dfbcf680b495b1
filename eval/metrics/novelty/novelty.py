"""Novel bigrams as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/novelty")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Novelty(evaluate.Metric):
    """Novel bigrams."""

    def _info(self):
        return huggingface.info("novelty")

    def _compute(self, *, predictions, articles, **options):
        return huggingface.compute(
            "novelty", {"predictions": predictions, "articles": articles}, **options
        )
