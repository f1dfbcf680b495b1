"""Semantic as an ``evaluate`` metric, loaded offline by ``evaluate.load("eval/metrics/semantic")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Semantic(evaluate.Metric):
    """Semantic."""

    def _info(self):
        return huggingface.info("semantic")

    def _compute(self, *, predictions, references, **options):
        return huggingface.compute(
            "semantic", {"predictions": predictions, "references": references}, **options
        )
