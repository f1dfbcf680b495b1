"""A backend without a model, for tests and dry runs: it gives back the source, marked.

Deterministic and dictionary-free; each output starts with a mark, so that it can't be mistaken
for a translation. Numbers, names and dates therefore survive unless the guard repairs formats.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.translate.base import Decoding

MARK = "[id]"


class EchoBackend:
    """Gives back each segment as ``[id] segment``."""

    name = "echo"
    copies = True
    signature = "echo:1"
    max_source_tokens = 512

    def count_tokens(self, segment: str) -> int:
        """White-space separated words and one for the end of sentence."""
        return len(segment.split()) + 1

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:  # noqa: ARG002
        """The segments, marked; the settings change nothing."""
        return [f"{MARK} {s}" for s in segments]
