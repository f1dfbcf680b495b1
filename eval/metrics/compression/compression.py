"""Compression as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/compression")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Compression(evaluate.Metric):
    """Compression."""

    def _info(self):
        return huggingface.info("compression")

    def _compute(self, *, predictions, sources, **options):
        return huggingface.compute(
            "compression", {"predictions": predictions, "sources": sources}, **options
        )
