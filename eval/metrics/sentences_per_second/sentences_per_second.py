"""Sentences/s as an ``evaluate`` metric.

Loaded offline by ``evaluate.load("eval/metrics/sentences_per_second")``.

A thin wrapper over ``toolkit.metrics``; inputs and options are in ``inputs_description``.
"""

import evaluate

from toolkit.metrics import huggingface


class Throughput(evaluate.Metric):
    """Sentences/s."""

    def _info(self):
        return huggingface.info("sentences-per-second")

    def _compute(self, *, predictions, seconds, sentences, **options):
        return huggingface.compute(
            "sentences-per-second",
            {"predictions": predictions, "seconds": seconds, "sentences": sentences},
            **options,
        )
