"""The guard: the checked translator that the rest of the program uses.

Wraps a backend. Before the model, over-long sentences are split at clauses; after it, every
hypothesis is judged (``judge``), and what is flagged is tried again (``retry``). The best
candidate is kept and says what is still wrong with it. All decisions are made sentence by
sentence, so that a result does not depend on the other sentences of a call.

``prepare`` → ``start`` → ``finish`` are the three steps of ``translate``; a pipeline may overlap
them (tokenise the next window while the engine works on this one).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, cast

from toolkit import __version__
from toolkit.errors import UsageError
from toolkit.translate.base import Backend, Decoding, Pending, TokenBackend
from toolkit.translate.batching import distinct
from toolkit.translate.jobs import Job, put_together, set_apart, without_copied
from toolkit.translate.judge import Judge, Verdict, make_verdict
from toolkit.translate.rerank import Reranker, best_first, default_reranker
from toolkit.translate.rerank import signature as reranking
from toolkit.translate.retry import Ladder
from toolkit.translate.reword import Rewording, ScoringBackend
from toolkit.translate.source_reading import SourceReading, read_source
from toolkit.translate.splitting import split_segment
from toolkit.translate.steps import TextSteps
from toolkit.types import Check, Hypothesis, clean_text

if TYPE_CHECKING:
    from toolkit.text.names import Glossary

GUARD_VERSION = "11"
"""Part of every signature, beside the package's version: raised when the output may change."""

UNSURE_WORDS = 5
"""Translations of shorter texts are never reported as unsure."""
_UNSURE = Check(
    "unsure", "warning", "The model was unsure how to translate this; compare it with the source."
)


class GuardedTranslator:
    """A backend wrapped by the guard (see ``base.Translator``).

    ``guard=False`` leaves out checks, repairs and retries (splitting stays); ``retries=False``
    checks and repairs, but gives no sentence to the engine twice, ``"thorough"`` searches again for
    names and odd words too (see ``retry``); ``fallback`` is a second backend
    for sentences that all else failed on.
    """

    def __init__(
        self,
        backend: Backend,
        decoding: Decoding | None = None,
        *,
        glossary: Glossary | None = None,
        guard: bool = True,
        retries: bool | Literal["thorough"] = True,
        fallback: Backend | None = None,
    ) -> None:
        if retries not in (True, False, "thorough"):
            raise UsageError(f"retries is True, False or 'thorough', not {retries!r}.")
        self.backend = backend
        self.decoding = decoding or Decoding()
        self.guard = guard
        self.name = backend.name
        self.steps = as_steps(backend)
        self._copies = bool(getattr(backend, "copies", False))
        self._judge = Judge(glossary, copies=self._copies)
        self._ladder = Ladder(
            self.steps,
            self.decoding,
            self._judge,
            fallback=as_steps(fallback) if fallback is not None else None,
            search=bool(retries),
            thorough=retries == "thorough",
            careful=bool(getattr(backend, "careful", False)),
        )
        self._reranker: Reranker | None = None
        rewords = guard and retries == "thorough" and self.decoding.rerank
        self._scoring = backend if rewords and isinstance(backend, ScoringBackend) else None
        if self.decoding.rerank and not getattr(backend, "scores_hypotheses", False):
            raise UsageError(
                f"The {backend.name} translator does not score its hypotheses, so they can't be "
                "reranked; leave reranking out."
            )
        self._limit = min(
            self.steps.long_source_tokens,
            self.steps.max_source_tokens - 2,
            max(8, self.decoding.max_length // 2),
        )
        self._unsure_below = float(getattr(backend, "unsure_below", 0.0)) if guard else 0.0
        settings = asdict(self.decoding)
        settings.pop("batch_tokens")
        settings.pop("rerank")
        terms = [(e.source, e.target, e.rule) for e in glossary.entries] if glossary else []
        text = json.dumps(
            [
                backend.signature,
                settings,
                (GUARD_VERSION, __version__, retries) if guard else "off",
                terms,
                fallback.signature if fallback is not None else "",
                self._limit,
                *([self._unsure_below] if self._unsure_below else []),
                *([reranking()] if self.decoding.rerank else []),
            ],
            sort_keys=True,
        )
        self.signature = f"{self.name}|{hashlib.sha256(text.encode()).hexdigest()[:16]}"

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Translate sentences; same length and order; blank segments give empty hypotheses."""
        job = self.prepare(segments)
        self.start(job)
        return self.finish(job)

    def prepare(self, segments: Sequence[str]) -> Job:
        """Deduplicate, tokenise and, where over-long, split the segments; no engine work.

        Raises UsageError for anything but strings: a lone string would be taken letter by letter.
        """
        wanted = list(segments)
        if isinstance(segments, str) or not all(isinstance(s, str) for s in wanted):
            raise UsageError("Segments are a list of strings; put a single one in a list.")
        texts, index = distinct([clean_text(s) for s in wanted])
        if "" in texts:
            blank = texts.index("")
            texts.pop(blank)
            index = [-1 if i == blank else i - (i > blank) for i in index]
        readings = [SourceReading(t, t) for t in texts]
        if self.guard and not self._copies:
            readings = [read_source(t) for t in texts]
        texts, given = [r.text for r in readings], [r.given for r in readings]
        notes = [list(r.notes) for r in readings]
        job = Job(index, texts, [[t] for t in given], read=given, notes=notes)
        set_apart(job)
        encoded = self.steps.tokenize(
            [" ".join(job.parts[i]) if i in job.copied else text for i, text in enumerate(given)]
        )
        job.lost = [e.lost for e in encoded]
        job.sizes = [len(e.tokens) for e in encoded]
        for i, item in enumerate(encoded):
            if i in job.copied:
                job.split(i, lambda part: split_segment(part, self._fits))
            elif len(item.tokens) > self._limit:
                job.parts[i] = split_segment(given[i], self._fits)
            else:
                job.sources.append(item.tokens)
                continue
            job.sources += [e.tokens for e in self.steps.tokenize(job.parts[i])]
        return job

    def _fits(self, text: str) -> bool:
        return len(self.steps.tokenize([text])[0].tokens) <= self._limit

    def start(self, job: Job) -> None:
        """Hand a prepared job to the engine; returns at once where the engine can."""
        best = self.decoding.beam_size if self.guard or self.decoding.rerank else 1
        job.pending = self.steps.submit(job.sources, self.decoding, best=best)

    def finish(self, job: Job) -> list[Hypothesis]:
        """Wait for a started job; judge, retry what is flagged; hypotheses as ``translate``'s."""
        if job.pending is None:
            raise RuntimeError("finish needs a job that was started")
        if self.guard:
            self._judge.warm()
        if self.decoding.rerank and self._reranker is None:
            self._reranker = default_reranker()
        verdicts, candidates, unsure = self._first_verdicts(job, job.pending)
        job.pending = None
        if self._scoring is not None and self._reranker is not None:
            rewording = Rewording(self._scoring, self.decoding, self._reranker)
            self._reword(job, verdicts, candidates, rewording)
        if self.guard:
            self._climb(job, verdicts, candidates)
        hypotheses = [
            Hypothesis(v.text, (*self._notes(job, i), *v.checks, *([_UNSURE] if unsure[i] else [])))
            for i, v in enumerate(verdicts)
        ]
        return [hypotheses[i] if i >= 0 else Hypothesis("") for i in job.index]

    def _climb(self, job: Job, verdicts: list[Verdict], candidates: list[list[list[str]]]) -> None:
        """Retry what is flagged, but for texts with copied runs, which no search makes better."""
        those = [i for i in range(len(job.texts)) if i not in job.copied]
        texts, read = [job.texts[i] for i in those], [job.read[i] for i in those]
        before, found = [verdicts[i] for i in those], [candidates[i] for i in those]
        for i, verdict in zip(
            those, self._ladder.climb(texts, before, found, read=read), strict=True
        ):
            verdicts[i] = verdict

    def _first_verdicts(
        self, job: Job, pending: Pending
    ) -> tuple[list[Verdict], list[list[list[str]]], list[bool]]:
        """The verdict on each text's best hypothesis, all hypotheses of texts in one part (the
        best first), and whether the model was unsure.

        A text is judged as soon as its parts are there, while the engine works on the others.
        """
        owner = [i for i, parts in enumerate(job.parts) for _ in parts]
        sources = [part for parts in job.parts for part in parts]
        starts = list(accumulate((len(parts) for parts in job.parts), initial=0))[:-1]
        missing = [len(parts) for parts in job.parts]
        found: list[list[list[str]]] = [[] for _ in owner]
        outputs = [""] * len(owner)
        verdicts = {
            i: self._verdict(job, i, put_together(job, i, []), cut=False)
            for i, parts in enumerate(job.parts)
            if not parts
        }
        for positions, hypotheses in _arrivals(pending):
            if self._reranker is not None:
                scores = [pending.scores[p] for p in positions]  # type: ignore[attr-defined]
                those = [sources[p] for p in positions]
                hypotheses, texts = best_first(
                    self._reranker, self.steps, those, hypotheses, scores
                )
            else:
                texts = self.steps.detokenize([h[0] for h in hypotheses])
            for position, one, output in zip(positions, hypotheses, texts, strict=True):
                found[position], outputs[position] = one, output
                i = owner[position]
                missing[i] -= 1
                if missing[i]:
                    continue
                at, parts = starts[i], job.parts[i]
                stop = at + len(parts)
                raw = put_together(job, i, outputs[at:stop])
                cut = any(len(h[0]) >= self.decoding.max_length for h in found[at:stop])
                verdicts[i] = self._verdict(job, i, raw, cut)
        candidates = [
            found[at] if len(parts) == 1 and i not in job.copied else []
            for i, (parts, at) in enumerate(zip(job.parts, starts, strict=True))
        ]
        certainty = [s[0] for s in getattr(pending, "scores", [])]
        unsure = [
            self._unsure(text, certainty[at : at + len(parts)])
            for text, parts, at in zip(job.texts, job.parts, starts, strict=True)
        ]
        return [verdicts[i] for i in range(len(job.texts))], candidates, unsure

    def _reword(
        self,
        job: Job,
        verdicts: list[Verdict],
        candidates: list[list[list[str]]],
        rewording: Rewording,
    ) -> None:
        """Take what rewording the source brings where it is better, and flagged no worse."""
        places = [i for i, found in enumerate(candidates) if found]
        taken = [(candidates[i][0], verdicts[i].text) for i in places]
        better = rewording.better([job.read[i] for i in places], taken)
        for k, found in better.items():
            i = places[k]
            verdict = self._verdict(job, i, found.text, cut=False)
            if verdict.penalty <= verdicts[i].penalty:
                words = ", ".join(f"'{w}'" for w in found.words)
                detail = (
                    f"Nothing seemed to stand for {words}; taken: a search with such in English."
                )
                verdicts[i] = verdict.with_checks(Check("retried", "info", detail))
                candidates[i].insert(0, found.tokens)

    def _unsure(self, text: str, certainty: Sequence[float]) -> bool:
        """Whether the model itself gave its translation little probability (Fomicheva et al. 2020,
        "Unsupervised Quality Estimation for Neural Machine Translation": sequence-level
        probability). The bound is the model's own (its card); short texts are never unsure."""
        if not self._unsure_below or not certainty or len(text.split()) < UNSURE_WORDS:
            return False
        return min(certainty) < self._unsure_below

    def _verdict(self, job: Job, i: int, raw: str, cut: bool) -> Verdict:
        if not self.guard or not job.parts[i]:
            verdict = make_verdict(raw.strip(), [])
        elif i in job.copied:
            findings = self._judge(*without_copied(job, i, raw)).checks
            verdict = make_verdict(raw.strip(), [c for c in findings if c.kind != "repaired"])
        else:
            verdict = self._judge(job.texts[i], raw)
        if not cut:
            return verdict
        detail = f"The translation was cut off at {self.decoding.max_length} tokens."
        return verdict.with_checks(Check("length", "error", detail))

    def _notes(self, job: Job, i: int) -> list[Check]:
        """What happened before the model: parts made, characters lost."""
        notes: list[Check] = []
        if len(job.parts[i]) > 1 and i not in job.copied:
            detail = (
                f"The sentence is long ({job.sizes[i]} tokens) and was translated in "
                f"{len(job.parts[i])} parts."
            )
            notes.append(Check("length", "info", detail))
        for run in filter(None, job.copied.get(i, [])):
            detail = f"{len(run)} letters without a space were copied: {run[:20]}…"
            notes.append(Check("copied", "warning", detail))
        notes += job.notes[i]
        if lost := job.lost[i]:
            letters = any(c.isalpha() for c in lost)
            shown = " ".join(lost[:12]) + (" …" if len(lost) > 12 else "")
            detail = f"The model can't read these characters of the source: {shown}"
            notes.append(Check("symbols", "warning" if letters else "info", detail))
        return notes


def _arrivals(pending: Pending) -> Iterable[tuple[Sequence[int], list[list[list[str]]]]]:
    """Positions and hypotheses as they come; all at once where the engine can't do better."""
    if (arrivals := getattr(pending, "arrivals", None)) is not None:
        return cast("Iterable[tuple[Sequence[int], list[list[list[str]]]]]", arrivals())
    results = pending.result()
    return [(range(len(results)), results)]


def as_steps(backend: Backend) -> TokenBackend:
    """The backend itself when its steps can be called apart, else wrapped so that they can."""
    return backend if isinstance(backend, TokenBackend) else TextSteps(backend)
