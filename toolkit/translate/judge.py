"""Judges one hypothesis: tidies it, runs all checks, weighs what they found. Knows no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.translate.checks import (
    check_length,
    check_quotes,
    check_repetition,
    check_symbols,
    words_of,
)
from toolkit.translate.confusions import check_confusions
from toolkit.translate.copied import check_copied
from toolkit.translate.coverage import check_coverage
from toolkit.translate.exchanged import check_exchanged
from toolkit.translate.fidelity import Fidelity
from toolkit.translate.opposites import check_opposites
from toolkit.translate.polarity import check_polarity
from toolkit.translate.roles import check_roles
from toolkit.translate.spelling import check_words
from toolkit.translate.tidy import tidy
from toolkit.types import Check

if TYPE_CHECKING:
    from toolkit.text.names import Glossary

_WEIGHTS = {"error": 10.0, "warning": 3.0, "info": 0.0}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judged hypothesis: its text as repaired, the findings, and how bad they are (0: fine)."""

    text: str
    checks: tuple[Check, ...]
    penalty: float

    def with_checks(self, *more: Check) -> Verdict:
        """The verdict with further findings."""
        return make_verdict(self.text, [*more, *self.checks])


def make_verdict(text: str, checks: list[Check]) -> Verdict:
    """A verdict whose penalty follows from its checks."""
    return Verdict(text, tuple(checks), sum(_WEIGHTS[c.severity] for c in checks))


class Judge:
    """Tidies and checks hypotheses.

    ``glossary`` are the user's terms; ``copies`` is set for a backend that gives the source back
    on purpose: its output is only put in order, not compared.
    """

    def __init__(self, glossary: Glossary | None = None, *, copies: bool = False) -> None:
        self._fidelity = Fidelity(glossary)
        self._copies = copies
        self._warm = False

    def warm(self) -> None:
        """Load vocabularies and compile patterns now rather than at the first sentence.

        Called while the engine is at work on another thread, so that it costs no time.
        """
        if not self._warm:
            self._warm = True
            self(
                "Pada Senin (5/5/2025) Budi melihat 3 kapal rusak.", "On Monday Budi saw qx ships."
            )

    def __call__(self, source: str, hypothesis: str) -> Verdict:
        """Judge ``hypothesis`` as the translation of ``source`` (both cleaned text)."""
        text, checks = tidy(source, hypothesis)
        if not text:
            return make_verdict(text, checks + check_length(source, text, 1, 0))
        if self._copies:
            text, repaired = self._fidelity.repair(source, text)
            return make_verdict(text, checks + repaired)
        source_words, words = words_of(source), words_of(text)
        omission = check_length(source, text, *_sentences(source, text))
        checks += omission or check_coverage(source, text)
        checks += check_polarity(source, text)
        checks += check_opposites(source_words, text)
        checks += check_exchanged(source, text)
        checks += check_confusions(source, text)
        checks += check_roles(source, text, source_words)
        checks += check_quotes(source, text)
        checks += check_repetition(source_words, words, text)
        checks += check_copied(source, text)
        checks += check_symbols(source, text)
        checks += check_words(source, text)
        text, found = self._fidelity.check(source, text, frozenset(source_words).union(words))
        return make_verdict(text, checks + found)


def _sentences(source: str, text: str) -> tuple[int, int]:
    """Numbers of sentences of both sides; counted with care only where they may differ."""
    from toolkit.text.sentences import split

    if sum(source.count(c) for c in ".!?") < 2:
        return 1, 1
    return len(split(source, "id")), len(split(text, "en"))
