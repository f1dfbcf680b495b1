"""Ties each sentence of an abstractive summary to its source sentences and says what has none.

Names, numbers and dates are looked for in the Indonesian; the remaining words in its translation
and among what its words may mean. Text that speaks to software is no evidence (``hostile``). What
is found are checks of kind "support"; the pipeline decides what becomes of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.summarize.evidence import (
    FUNCTION_WORDS,
    Evidence,
    Source,
    gather,
    stems,
)
from toolkit.summarize.facts import Fact, Facts
from toolkit.summarize.lexical import STOPWORDS as INDONESIAN
from toolkit.text.language import identify
from toolkit.types import Check, Document, SummarySentence, Translation, clean_text

COVERED = 0.5
"""Least share of a sentence's weighted words that its sources must have."""
HOSTILE = 0.15
"""Share of words that only text which speaks to software has, from which it is blamed."""
WORTH = 0.08
"""Least share of new words for which another source sentence is added."""
MOST_SOURCES = 5

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.\w{2,}|\b[\w-]+\.(?:com|net|org|io|ru|xyz|id)/\S*",
    re.I,
)
_MARKUP = re.compile(
    r"</?[a-z][^>]{0,200}>|!?\[[^\]]{0,120}\]\([^)]{0,300}\)|```|\bjavascript:|[<‹]\|",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{14,}\b|\bsk-[\w-]{6,}")
_ENGLISH = ("en", "und")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Report:
    """What ``examine`` found: the sentences kept, those dropped, and notes for the summary."""

    sentences: tuple[SummarySentence, ...]
    dropped: tuple[SummarySentence, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each dropped sentence."""
        return tuple(
            f"Dropped, without support in the article: {s.text!r} "
            f"({'; '.join(c.detail for c in s.checks if c.severity != 'info')})"
            for s in self.dropped
        )


def support(
    sentences: Sequence[str],
    document: Document,
    translation: Translation | None,
    *,
    strict: bool = False,
) -> tuple[SummarySentence, ...]:
    """Tie English summary sentences to source sentence ids; flag what has no support.

    Blank sentences go. ``strict`` drops sentences with a warning or an error; ``examine`` tells
    which.
    """
    return examine(sentences, document, translation, strict=strict).sentences


def examine(
    sentences: Sequence[str],
    document: Document,
    translation: Translation | None,
    *,
    strict: bool = False,
) -> Report:
    """``support`` with the dropped sentences."""
    texts = [t for t in (clean_text(s) for s in sentences) if t]
    if not texts:
        return Report(())
    evidence = gather(document, translation)
    facts = Facts(evidence)
    judged = [_judge(text, evidence, facts) for text in texts]
    if not strict:
        return Report(tuple(judged))
    return Report(
        tuple(s for s in judged if not _unsupported(s)),
        tuple(s for s in judged if _unsupported(s)),
    )


def _unsupported(sentence: SummarySentence) -> bool:
    return any(c.kind == "support" and c.severity != "info" for c in sentence.checks)


def _judge(text: str, evidence: Evidence, facts: Facts) -> SummarySentence:
    """One summary sentence: its sources and its checks."""
    found = facts.of(text)
    clean = [s for s in evidence.sources if not s.hostile]
    chosen, share = _cover(text, evidence, clean, found.facts)
    errors = [*found.missing, *_strange(text, evidence)]
    warnings = list(found.doubtful)
    everything, whole = _cover(text, evidence, evidence.sources, found.facts)
    hostile = [s for s in everything if s.hostile]
    if hostile and whole - share > HOSTILE:
        chosen = everything
        errors.append(f"It rests on text that {hostile[0].hostile}, not on what is reported.")
    elif share == 0:
        errors.append("No word of this sentence stands in the article.")
    elif share < COVERED / 2:
        errors.append(f"Only {share:.0%} of its words stand in the article.")
    elif share < COVERED:
        warnings.append(f"Only {share:.0%} of its words stand in the article.")
    if chosen and all(s.foreign for s in chosen):
        warnings.append("It rests on English text in an Indonesian article.")
    checks = [Check("support", "error", detail) for detail in errors]
    checks += [Check("support", "warning", detail) for detail in warnings]
    return SummarySentence(text, tuple(sorted(s.id for s in chosen)), tuple(checks))


def _cover(
    text: str, evidence: Evidence, sources: Sequence[Source], facts: Sequence[Fact]
) -> tuple[list[Source], float]:
    """The fewest source sentences that have a sentence's words and facts, and their share.

    Greedy: the source with the most new weight first, as long as it is worth it; then, for each
    fact that none of them holds, the source with most words in common among those that hold it.
    The share is that of the weighted words which the chosen sources have.
    """
    words = set(stems(text))
    total = sum(evidence.weight(w) for w in words)
    gain = {s.id: {w for w in words if w in s.stems} for s in sources}
    order = {s.id: (s.heading, s.id) for s in sources}
    by_id = {s.id: s for s in sources}
    chosen: list[int] = []
    left = set(words)
    while len(chosen) < MOST_SOURCES and gain:
        best = min(gain, key=lambda i: (-_weigh(gain[i] & left, evidence), order[i]))
        new = _weigh(gain[best] & left, evidence)
        if not new or (chosen and new < WORTH * total):
            break
        chosen.append(best)
        left -= gain[best]
    for fact in facts:
        places = [i for i in fact.places if i in by_id]
        if places and not fact.places.intersection(chosen):
            best = min(places, key=lambda i: (-_weigh(gain[i], evidence), order[i]))
            chosen.append(best)
            left -= gain[best]
    share = 1 - _weigh(left, evidence) / total if total else 0.0
    return [by_id[i] for i in chosen], share


def _weigh(words: set[str], evidence: Evidence) -> float:
    return sum(evidence.weight(w) for w in sorted(words))


def _strange(text: str, evidence: Evidence) -> list[str]:
    """What no news summary holds: links, markup, key-like strings, another language."""
    article = "\n".join(
        [evidence.title, *(s.indonesian for s in evidence.sources if not s.hostile)]
    )
    found = []
    for pattern, what in ((_LINK, "link"), (_TOKEN, "string"), (_MARKUP, "markup")):
        match = pattern.search(text)
        if match and (what == "markup" or match.group() not in article):
            found.append(f"It holds a {what} that the article does not report: '{match.group()}'.")
    words = [w.lower() for w in _WORD.findall(text)]
    english = sum(w in FUNCTION_WORDS for w in words)
    indonesian = sum(w in INDONESIAN for w in words)
    if indonesian > english and indonesian >= 2:
        found.append("It is not in English but in Indonesian.")
    elif len(words) >= 5 and english < 0.15 * len(words) and identify(text).code not in _ENGLISH:
        found.append("It is not in English.")
    elif not words:
        found.append("It holds no words.")
    return found
