"""chrF++ as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/chrf_pp")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Chrf(evaluate.Metric):
    """chrF++."""

    def _info(self):
        return huggingface.info("chrf++")

    def _compute(self, *, predictions, references, **options):
        return huggingface.compute(
            "chrf++", {"predictions": predictions, "references": references}, **options
        )
