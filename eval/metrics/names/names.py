"""Names as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/names")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Names(evaluate.Metric):
    """Names."""

    def _info(self):
        return huggingface.info("names")

    def _compute(self, *, predictions, sources, **options):
        return huggingface.compute(
            "names", {"predictions": predictions, "sources": sources}, **options
        )
