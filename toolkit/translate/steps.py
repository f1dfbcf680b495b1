"""Gives a backend that only knows whole texts the three steps of a token backend.

A "token" list is then the text itself; its length for splitting is what the backend counts. Used
for backends without a tokeniser of ours (echo, remote models).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import ModelError
from toolkit.translate.base import Backend, Decoding, Encoded


@dataclass(frozen=True, slots=True)
class _Texts:
    texts: list[str]

    def result(self) -> list[list[list[str]]]:
        return [[[t]] for t in self.texts]


class TextSteps:
    """A ``Backend`` as a ``TokenBackend``: the first token is the text, the rest is padding."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.name = backend.name
        self.signature = backend.signature
        self.max_source_tokens = backend.max_source_tokens
        self.long_source_tokens = int(
            getattr(backend, "long_source_tokens", backend.max_source_tokens)
        )

    def count_tokens(self, segment: str) -> int:
        """The backend's own count."""
        return self._backend.count_tokens(segment)

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:
        """The backend's own translation."""
        return self._backend.generate(segments, decoding)

    def tokenize(self, segments: Sequence[str]) -> list[Encoded]:
        """Each text followed by empty strings, as many in all as the backend counts tokens."""
        return [Encoded([s, *[""] * (max(1, self._backend.count_tokens(s)) - 1)]) for s in segments]

    def submit(
        self,
        sources: Sequence[list[str]],
        decoding: Decoding,
        *,
        best: int = 1,  # noqa: ARG002
    ) -> _Texts:
        """Translate; one hypothesis a source, done when this returns."""
        made = self._backend.generate([s[0] for s in sources], decoding)
        if not isinstance(made, list) or len(made) != len(sources):
            got = len(made) if isinstance(made, list) else type(made).__name__
            raise ModelError(
                f"The translator '{self.name}' gave {got} instead of a list of {len(sources)} "
                "translations; its backend is at fault."
            )
        return _Texts(made)

    def detokenize(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        """The texts."""
        return ["".join(h) for h in hypotheses]
