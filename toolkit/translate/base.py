"""Contracts of the translation step: decoding settings, backends, translators.

A *backend* turns segments into raw English, nothing more. A *translator* is what the rest of the
program uses: a backend wrapped by the guard (checks, retries, repairs). Backends live one a file
and are registered in ``toolkit.translate``; the guard is ``toolkit.translate.guard``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from toolkit.errors import UsageError
from toolkit.types import Hypothesis


@dataclass(frozen=True, slots=True)
class Decoding:
    """Search settings.

    beam_size ≥ 1 (1 is greedy); length_penalty is the exponent α of Wu et al. 2016;
    no_repeat_ngram_size in subword tokens (0: off); max_length in target tokens;
    batch_tokens is the padded token budget of one batch; rerank chooses among the hypotheses of
    the beam by more than the model's own score (``rerank``).
    """

    beam_size: int = 4
    length_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    repetition_penalty: float = 1.0
    max_length: int = 256
    batch_tokens: int = 2048
    rerank: bool = False

    def __post_init__(self) -> None:
        """Raises UsageError for numbers that no search has."""
        for name in ("beam_size", "max_length", "batch_tokens"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} must be at least 1, not {getattr(self, name)}.")


@dataclass(frozen=True, slots=True)
class Encoded:
    """Source tokens of one segment, and the characters of it that the model can't read."""

    tokens: list[str]
    lost: str = ""


@runtime_checkable
class Backend(Protocol):
    """Turns segments into English; no checks, no retries."""

    name: str
    signature: str
    """Names the weights (hash) and everything besides ``Decoding`` that changes the output."""
    max_source_tokens: int
    """Longest segment the model takes, in its own subword tokens."""

    def count_tokens(self, segment: str) -> int:
        """Number of source tokens of one segment, end-of-sentence included."""
        ...

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:
        """Translate non-empty segments; same length and order as given."""
        ...


class Pending(Protocol):
    """Work handed to an engine.

    A pending of an engine that knows it has, after ``result``, a list ``scores``: for each source
    the mean log-probability (natural) of a token of each hypothesis, end of sentence included; its
    backend says so by ``scores_hypotheses = True`` and can be reranked. One
    whose engine gets done bit by bit has ``arrivals``, which yields (positions, their hypotheses)
    as they come and serves instead of ``result``; the scores of what has come are there.
    """

    def result(self) -> list[list[list[str]]]:
        """Wait; for each source, in the order given, its hypotheses (target tokens), best first."""
        ...


@runtime_checkable
class TokenBackend(Backend, Protocol):
    """A backend whose three steps can be called apart, so that a pipeline overlaps them."""

    long_source_tokens: int
    """Segments longer than this are split at clauses for quality's sake."""

    def tokenize(self, segments: Sequence[str]) -> list[Encoded]:
        """Source tokens of each non-empty segment, end of sentence included."""
        ...

    def submit(self, sources: Sequence[list[str]], decoding: Decoding, *, best: int = 1) -> Pending:
        """Start translating source tokens; returns without waiting where the engine can.

        ``best`` (at most the beam size) is the number of hypotheses wanted for each source; the
        first is the same for any ``best``.
        """
        ...

    def detokenize(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        """Text of target tokens."""
        ...


@runtime_checkable
class Translator(Protocol):
    """What the pipeline calls: checked translation of sentences."""

    name: str
    signature: str
    """Backend signature, decoding settings, guard version, glossary digest: equal signatures
    give equal bytes."""

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Translate sentences (cleaned text, see ``types.clean_text``); same length and order.

        An empty or blank segment gives an empty hypothesis. The result for a segment does not
        depend on the other segments of the call.
        """
        ...
