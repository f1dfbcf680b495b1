"""The seq2seq summariser: BART, PEGASUS, T5, mT5, mBART or LED checkpoints by name.

Reads the English translation (``seq2seq``) or goes from Indonesian to English in one step
(``cross-lingual``). Long documents are summarised by sections and merged, never truncated; the
length asked for decides the bounds of decoding and how many sections there are. Running the model
is ``engines``'; whether the sentences are true is ``support``'s.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from toolkit.chat import checkpoint
from toolkit.errors import UsageError
from toolkit.summarize.engines import (
    CONVERTIBLE,
    Bounds,
    CTranslate2Engine,
    Engine,
    Output,
    Search,
    TransformersEngine,
)
from toolkit.summarize.length import band
from toolkit.summarize.sections import sections
from toolkit.summarize.seq2seq_model import Checkpoint, open_checkpoint
from toolkit.text.sentences import split
from toolkit.types import Document, Length, Translation, clean_text

Source = Literal["indonesian", "translation"]
EngineName = Literal["auto", "ctranslate2", "transformers"]

Parts = Sequence[Sequence[str]]
"""Summary sentences, section by section."""

VERSION = "seq2seq/1"
WORDS_A_SENTENCE = 22
SAFE_POSITIONS = 512
ROUNDS = 3
_SAMPLE = (
    "The ministry said on Monday that the bridge between the two islands will open to traffic in "
    "October, three months later than planned, after engineers found cracks in two of its pillars."
)
_ENDINGS = (".", "!", "?", "…", '"', "”", "'", "’", ")")


@dataclass(frozen=True, slots=True)
class _Job:
    """One text to summarise: source ids and the bounds of the output."""

    ids: list[int]
    bounds: Bounds


class Seq2SeqSummarizer:
    """A seq2seq checkpoint as a summariser (see ``base.Abstractive``).

    ``prefix`` goes before every section (None: the checkpoint's own, for T5 usually
    "summarize: "); ``max_source_tokens`` 0 takes the checkpoint's positions.
    """

    def __init__(
        self,
        model: Checkpoint,
        engine: Engine,
        *,
        source: Source = "translation",
        prefix: str | None = None,
        max_source_tokens: int = 0,
        marks: str = "",
    ) -> None:
        self.name = "seq2seq" if source == "translation" else "cross-lingual"
        self.needs_translation = source == "translation"
        self.model = model
        self.engine = engine
        self.prefix = str(model.value("prefix", "")) if prefix is None else prefix
        self.room = max_source_tokens or model.positions(SAFE_POSITIONS)
        self._ratio = max(1.0, len(model.encode(_SAMPLE)) / len(_SAMPLE.split()))
        self._natural = int(model.value("max_length", 0) or 0)
        if self._natural <= 20:  # the library's default, not the checkpoint's
            self._natural = 0
        longest = model.target_positions(SAFE_POSITIONS)
        self._longest = longest - 2
        overhead = len(model.encode(self.prefix + "x"))
        if self.room <= overhead + 8:
            raise UsageError(f"max_source_tokens is {self.room}; the model needs room for text.")
        self.signature = f"{VERSION}|{engine.signature}|{source}|{self.prefix!r}|{self.room}{marks}"

    def write(
        self, document: Document, translation: Translation | None, length: Length
    ) -> Sequence[str]:
        """English summary sentences in order; empty for a document without text."""
        return self.write_many([document], [translation], length)[0]

    def write_many(
        self,
        documents: Sequence[Document],
        translations: Sequence[Translation | None],
        length: Length,
    ) -> list[Sequence[str]]:
        """``write`` for many documents; sections of all of them share batches.

        Raises UsageError when a translation is needed and missing, InputError when a word is
        longer than the model takes.
        """
        results: list[Sequence[str]] = [()] * len(documents)
        waiting = {
            i: self._sections(self._paragraphs(d, t), length)
            for i, (d, t) in enumerate(zip(documents, translations, strict=True))
        }
        for last in (False,) * (ROUNDS - 1) + (True,):
            written = self._round(waiting, length)
            waiting = {}
            for i, parts in written.items():
                if last or not self._must_merge(parts, length):
                    results[i] = trim(parts, length)
                else:
                    waiting[i] = self._sections(parts, length, merging=True)
            if not waiting:
                break
        return results

    def _paragraphs(self, document: Document, translation: Translation | None) -> list[list[str]]:
        """The text the model reads: no headings, sentence by sentence."""
        story = [p for p in document.paragraphs if p.kind != "heading"]
        if not self.needs_translation:
            return [[s.clean for s in p.sentences] for p in story]
        if translation is None:
            raise UsageError(f"The summarizer '{self.name}' reads a translation; there is none.")
        found = translation.hypotheses
        return [[clean_text(found[s.id].text) for s in p.sentences if s.id in found] for p in story]

    def _cost(self, text: str) -> int:
        return len(self.model.encode(self.prefix + text))

    def _sections(
        self, paragraphs: Sequence[Sequence[str]], length: Length, *, merging: bool = False
    ) -> list[str]:
        """Sections that the model can take; more of them when one output is too short a summary."""
        found = sections(paragraphs, self._cost, self.room)
        whole = "\n\n".join(found)
        usual = min(self._natural or self._longest, self._longest)
        wanted = math.ceil(self._words(length)[0] * self._ratio / usual)
        if merging or wanted <= len(found) or not whole:
            return found
        longest = max(self._cost(s) for p in paragraphs for s in p)
        room = max(longest, math.ceil(self._cost(whole) / wanted))
        return sections(paragraphs, self._cost, min(self.room, room))

    def _round(self, texts: Mapping[int, Sequence[str]], length: Length) -> dict[int, Parts]:
        """For each document, for each of its sections, the sentences of its summary."""
        jobs = []
        for parts in texts.values():
            for text in parts:
                ids = self.model.encode(self.prefix + text)
                jobs.append(_Job(ids, self._bounds(length, len(parts), len(ids))))
        outputs = iter(self._run(jobs))
        return {i: [_whole_sentences(next(outputs)) for _ in parts] for i, parts in texts.items()}

    def _bounds(self, length: Length, parts: int, source_tokens: int) -> Bounds:
        """Fewest and most tokens of one section's summary.

        Never more than half the source is forced: what a model is forced to write beyond what it
        has read, it makes up.
        """
        low, high = self._words(length)
        most = min(self._longest, math.ceil(high * self._ratio / parts) + 8)
        least = min(math.floor(low * self._ratio / parts), source_tokens // 2, most - 4)
        if self._natural:
            least = min(least, self._natural * 2 // 3)
        return Bounds(max(1, least), max(8, most))

    def _words(self, length: Length) -> tuple[int, int]:
        """Fewest and most words of the whole summary."""
        if length.unit == "words":
            return band(length)
        return length.count * WORDS_A_SENTENCE * 2 // 3, length.count * WORDS_A_SENTENCE * 3 // 2

    def _must_merge(self, parts: Parts, length: Length) -> bool:
        """Whether the sections' summaries are too long together and the model reads English."""
        if not self.needs_translation or len(parts) < 2:
            return False
        return sum(len(s.split()) for p in parts for s in p) > self._words(length)[1]

    def _run(self, jobs: Sequence[_Job]) -> list[Output]:
        """Outputs of all jobs, those with equal bounds together.

        An output that is one sentence and was cut gets twice the room, once.
        """
        outputs: list[Output] = [Output("", cut=False)] * len(jobs)
        for bounds in dict.fromkeys(job.bounds for job in jobs):
            places = [i for i, job in enumerate(jobs) if job.bounds == bounds]
            found = self.engine.generate([jobs[i].ids for i in places], bounds)
            for place, output in zip(places, found, strict=True):
                outputs[place] = output
        for i, (job, output) in enumerate(zip(jobs, outputs, strict=True)):
            wider = Bounds(job.bounds.least, min(self._longest, 2 * job.bounds.most))
            if output.cut and len(split(output.text, "en")) < 2 and wider != job.bounds:
                outputs[i] = self.engine.generate([job.ids], wider)[0]
        return outputs


def trim(parts: Parts, length: Length) -> tuple[str, ...]:
    """Whole sentences of sections' summaries, at most as many as the length allows.

    Sentences are taken in turn from all sections, first sentences first, so that no section is
    left out for coming late; they stand in the order of the document. At least one is kept; a
    sentence that says the same as one before goes.
    """
    seen: set[str] = set()
    ranked: list[tuple[int, int, str]] = []
    for place, sentences in enumerate(parts):
        for turn, sentence in enumerate(sentences):
            key = " ".join(sentence.casefold().split())
            if key not in seen:
                seen.add(key)
                ranked.append((turn, place, sentence))
    ranked.sort(key=lambda item: item[:2])
    most = band(length)[1] if length.unit == "words" else 0
    kept: list[tuple[int, int, str]] = []
    words = 0
    for item in ranked:
        size = len(item[2].split())
        full = len(kept) >= length.count if length.unit == "sentences" else words + size > most
        if kept and full:
            break
        kept.append(item)
        words += size
    return tuple(sentence for _, _, sentence in sorted(kept, key=lambda i: (i[1], i[0])))


def _whole_sentences(output: Output) -> list[str]:
    """The sentences of an output; a last one that was cut off goes, or, alone, ends in "…"."""
    found = [s.strip() for s in split(clean_text(output.text), "en") if s.strip()]
    if output.cut and found and not found[-1].endswith(_ENDINGS):
        last = found.pop()
        if not found:
            found.append(f"{last} …")
    return found


def create(
    *,
    model: str = "",
    source: Source = "translation",
    engine: EngineName | None = None,
    prefix: str | None = None,
    device: str = "cpu",
    quantization: str = "int8",
    beam_size: int | None = None,
    length_penalty: float | None = None,
    no_repeat_ngram_size: int | None = None,
    repetition_penalty: float | None = None,
    source_lang: str = "",
    target_lang: str = "",
    max_source_tokens: int = 0,
    batch_tokens: int = 4096,
) -> Seq2SeqSummarizer:
    """Entry point of the registry: a summariser that reads the English translation.

    ``model`` is a folder, an installed model or a hub name. ``engine`` (or
    RINGKAS_SEQ2SEQ_ENGINE): auto takes CTranslate2 with ``quantization`` for the types it
    converts, else transformers. ``prefix`` (or RINGKAS_SEQ2SEQ_PREFIX) and search settings left
    out are the checkpoint's own. Raises UsageError and ModelError.
    """
    name = engine or os.environ.get("RINGKAS_SEQ2SEQ_ENGINE", "") or "auto"
    if name not in ("auto", "ctranslate2", "transformers"):
        raise UsageError(f"Unknown engine '{name}'; known: auto, ctranslate2, transformers.")
    if source not in ("translation", "indonesian"):
        raise UsageError(f"A summarizer reads 'indonesian' or 'translation', not '{source}'.")
    if prefix is None:
        prefix = os.environ.get("RINGKAS_SEQ2SEQ_PREFIX")
    folder = checkpoint.resolve(model)
    opened = open_checkpoint(folder, source_lang, target_lang)
    search = Search(beam_size, length_penalty, no_repeat_ngram_size, repetition_penalty)
    made: Engine
    if name == "ctranslate2" or (name == "auto" and opened.model_type in CONVERTIBLE):
        made = CTranslate2Engine(
            opened, search, device=device, batch_tokens=batch_tokens, quantization=quantization
        )
    else:
        made = TransformersEngine(opened, search, device=device, batch_tokens=batch_tokens)
    marks = f"|{search}" + (f"|{source_lang}>{opened.target_lang}" if opened.target_lang else "")
    return Seq2SeqSummarizer(
        opened,
        made,
        source=source,
        prefix=prefix,
        max_source_tokens=max_source_tokens,
        marks=marks,
    )


def create_crosslingual(
    *, model: str = "", source_lang: str = "", target_lang: str = "", **options: Any
) -> Seq2SeqSummarizer:
    """Entry point of the registry: Indonesian text to English summary in one step."""
    return create(
        model=model,
        source="indonesian",
        source_lang=source_lang,
        target_lang=target_lang,
        **options,
    )
