"""Length as an ``evaluate`` metric, loaded offline by ``evaluate.load("eval/metrics/length")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Length(evaluate.Metric):
    """Length."""

    def _info(self):
        return huggingface.info("length")

    def _compute(self, *, predictions, **options):
        return huggingface.compute("length", {"predictions": predictions}, **options)
