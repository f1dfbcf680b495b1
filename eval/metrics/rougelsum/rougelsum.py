"""ROUGE-Lsum as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/rougelsum")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class RougeLsum(evaluate.Metric):
    """ROUGE-Lsum."""

    def _info(self):
        return huggingface.info("rougeLsum")

    def _compute(self, *, predictions, references, **options):
        return huggingface.compute(
            "rougeLsum", {"predictions": predictions, "references": references}, **options
        )
