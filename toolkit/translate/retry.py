"""The retry ladder: other candidates for the sentences that the guard flagged.

Rungs, cheapest first: the other hypotheses of the same search (free); a search without repeated
3-grams (after a loop only); the sentence in two clauses; a wider beam (``thorough`` only); another
backend. Each rung is one batched call for all sentences still flagged; a sentence leaves the ladder
as soon as a candidate is clean. A missing name, a made-up word or one left in Indonesian alone is
worth the free rung only: searching again mends about one in eight. Unless ``thorough``, searches
are greedy: they come in small batches, and a beam of four doubles their cost and mends as many.
Choices depend on the sentence, never on its batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from toolkit.translate.base import Decoding, TokenBackend
from toolkit.translate.judge import Judge, Verdict
from toolkit.translate.splitting import clauses, join_parts
from toolkit.types import Check

WIDEST = 32
"""No beam is made wider than this to find a better candidate."""

_RETRYABLE = frozenset(
    "omission length repetition copied symbols word number date name glossary".split()
)
_SEVERE = frozenset("omission length repetition number date".split())
_PHRASES = {
    "n-best": "another hypothesis of the same search",
    "no-repeat": "a search without repeated phrases",
    "wider": "a wider beam",
    "clauses": "the sentence in two parts",
    "fallback": "the second model",
}


class Ladder:
    """Finds better candidates for flagged sentences of one backend.

    Without ``search`` only the free rung is climbed: no sentence is given to the engine twice.
    ``thorough`` searches again for names and odd words too, and with a beam four times as wide:
    worth it for one article, not for an archive. ``careful`` is set for backends that take the
    wider beam as a request for more care (chat models).
    """

    def __init__(
        self,
        steps: TokenBackend,
        decoding: Decoding,
        judge: Judge,
        *,
        fallback: TokenBackend | None = None,
        search: bool = True,
        thorough: bool = False,
        careful: bool = False,
    ) -> None:
        self._careful = careful
        self._search = search
        self._thorough = thorough
        self._steps = steps
        self._decoding = decoding
        self._judge = judge
        self._fallback = fallback

    def climb(
        self,
        sources: Sequence[str],
        verdicts: Sequence[Verdict],
        candidates: Sequence[list[list[str]]],
        *,
        read: Sequence[str] | None = None,
    ) -> list[Verdict]:
        """The best verdict for each source.

        ``sources`` are what hypotheses are held against, ``read`` what is given to the engine (the
        same where it is left out). ``verdicts`` judge the first hypotheses; ``candidates`` are all
        hypotheses (target tokens, best first) of the same search, empty where there are none.
        """
        best = list(verdicts)
        tried: dict[int, str] = {}
        flagged = [i for i, v in enumerate(best) if _needs_retry(v)]
        if not flagged:
            return best
        self._alternatives(flagged, sources, best, candidates, tried)
        for name, applies, decoding, steps in self._rungs(best) if self._search else []:
            flagged = [i for i in flagged if _needs_retry(best[i])]
            wanted = [i for i in flagged if applies(i)]
            if wanted:
                self._rung(name, wanted, sources, read or sources, best, decoding, steps, tried)
        return [_noted(v, verdicts[i], tried.get(i)) for i, v in enumerate(best)]

    def _rungs(
        self, best: Sequence[Verdict]
    ) -> list[tuple[str, Callable[[int], bool], Decoding, TokenBackend]]:
        """Name, which sentences, settings and engine of each rung beyond the free one."""
        rungs: list[tuple[str, Callable[[int], bool], Decoding, TokenBackend]] = []
        everything = self._thorough
        beam = self._decoding.beam_size if everything else 1
        narrow = replace(self._decoding, no_repeat_ngram_size=3, beam_size=beam)
        beam_size = self._decoding.beam_size
        wide = replace(self._decoding, beam_size=max(beam_size, min(4 * beam_size, WIDEST)))
        rungs.append(("no-repeat", lambda i: _has(best[i], "repetition"), narrow, self._steps))
        rungs.append(("clauses", lambda i: everything or _severe(best[i]), narrow, self._steps))
        if everything or self._careful:
            rungs.append(("wider", lambda i: everything or _severe(best[i]), wide, self._steps))
        if self._fallback is not None:
            rungs.append(("fallback", lambda _: True, self._decoding, self._fallback))
        return rungs

    def _alternatives(
        self,
        flagged: Sequence[int],
        sources: Sequence[str],
        best: list[Verdict],
        candidates: Sequence[list[list[str]]],
        tried: dict[int, str],
    ) -> None:
        """Judge the other hypotheses of the same search."""
        places = [(i, h) for i in flagged for h in candidates[i][1:]]
        texts = self._steps.detokenize([h for _, h in places])
        for (i, hypothesis), text in zip(places, texts, strict=True):
            if len(hypothesis) < self._decoding.max_length and best[i].penalty > 0:
                self._keep_better(i, "n-best", sources[i], text, best, tried)

    def _rung(
        self,
        name: str,
        wanted: Sequence[int],
        sources: Sequence[str],
        read: Sequence[str],
        best: list[Verdict],
        decoding: Decoding,
        steps: TokenBackend,
        tried: dict[int, str],
    ) -> None:
        parts = [clauses(read[i]) if name == "clauses" else [read[i]] for i in wanted]
        encoded = steps.tokenize([p for group in parts for p in group])
        if name == "clauses":
            keep = [k for k, group in enumerate(parts) if len(group) > 1]
        else:
            keep = list(range(len(parts)))
        tokens, at = [], 0
        units = []
        for k, group in enumerate(parts):
            chunk = [e.tokens for e in encoded[at : at + len(group)]]
            at += len(group)
            if k in set(keep) and all(len(t) <= steps.max_source_tokens - 2 for t in chunk):
                units.append((wanted[k], group))
                tokens += chunk
        if not units:
            return
        found = steps.submit(tokens, decoding, best=1).result()
        outputs = steps.detokenize([h[0] for h in found])
        at = 0
        for i, group in units:
            stop = at + len(group)
            if all(len(h[0]) < decoding.max_length for h in found[at:stop]):
                text = join_parts(group, outputs[at:stop])
                self._keep_better(i, name, sources[i], text, best, tried)
            at = stop

    def _keep_better(
        self,
        i: int,
        name: str,
        source: str,
        text: str,
        best: list[Verdict],
        tried: dict[int, str],
    ) -> None:
        verdict = self._judge(source, text)
        if verdict.penalty < best[i].penalty:
            best[i] = verdict
            tried[i] = name


def _needs_retry(verdict: Verdict) -> bool:
    return any(c.severity != "info" and c.kind in _RETRYABLE for c in verdict.checks)


def _severe(verdict: Verdict) -> bool:
    """Whether more is at stake than a name or a word, which seldom get better by searching."""
    return any(
        (c.severity != "info" and c.kind in _SEVERE)
        or (c.severity == "error" and c.kind in _RETRYABLE)
        for c in verdict.checks
    )


def _has(verdict: Verdict, kind: str) -> bool:
    return any(c.kind == kind for c in verdict.checks)


def _noted(verdict: Verdict, first: Verdict, rung: str | None) -> Verdict:
    """The verdict with a note on what was wrong at first and what mended it."""
    if rung is None:
        return verdict
    reasons = dict.fromkeys(c.kind for c in first.checks if c.severity != "info")
    detail = f"The first translation was flagged ({', '.join(reasons)}); taken: {_PHRASES[rung]}."
    return Verdict(
        verdict.text, (Check("retried", "info", detail), *verdict.checks), verdict.penalty
    )
