"""The guard: the checked translator that the rest of the program uses.

Wraps a backend; see docs/translation.md for the checks and the retry ladder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from toolkit.translate.base import Backend, Decoding
from toolkit.translate.batching import distinct
from toolkit.types import Hypothesis

GUARD_VERSION = 1


class GuardedTranslator:
    """A backend wrapped by the guard (see ``base.Translator``)."""

    def __init__(self, backend: Backend, decoding: Decoding | None = None, *, guard: bool = True):
        self.backend = backend
        self.decoding = decoding or Decoding()
        self.guard = guard
        self.name = backend.name
        settings = asdict(self.decoding)
        settings.pop("batch_tokens")
        text = json.dumps(
            [backend.signature, settings, GUARD_VERSION if guard else 0], sort_keys=True
        )
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        self.signature = f"{backend.name}|{digest}"

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Translate sentences; same length and order; blank segments give empty hypotheses."""
        texts, index = distinct([s.strip() for s in segments])
        places = [i for i, t in enumerate(texts) if t]
        results = [Hypothesis("") for _ in texts]
        outputs = self.backend.generate([texts[i] for i in places], self.decoding)
        for place, output in zip(places, outputs, strict=True):
            results[place] = Hypothesis(output.strip())
        return [results[i] for i in index]
