"""Works on one shard: items in, the bytes of its part out. The same in every engine.

``begin`` reads the documents and hands their sentences to the translator's engine, ``finish``
waits for it and makes the part; a worker begins the next shard before it finishes this one, so
that the engine's threads do not wait. What one document breaks costs that document alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.batch.coalesce import SharedTranslator
from toolkit.batch.memory import Memory
from toolkit.batch.models import Flight, Opened, Usage
from toolkit.batch.parts import Counts, pack
from toolkit.batch.recipe import BACKEND, Recipe
from toolkit.batch.records import reject_line, row_line
from toolkit.batch.rows import Item, Reject, Row, decode
from toolkit.errors import InputError, ModelError, UsageError
from toolkit.summarize.base import Extractive
from toolkit.types import Document, Hypothesis, Summary, Translation

Result = tuple[Translation, Summary | None]

FATAL = (ModelError, UsageError, MemoryError)
"""Errors that are not one document's: they end the job, or the worker."""


@dataclass(frozen=True, slots=True)
class Part:
    """A finished part: its file's bytes, what it holds, and what making it took."""

    data: bytes
    counts: Counts
    usage: Usage
    note: str = ""


@dataclass(slots=True)
class Work:
    """A shard that was begun: its items, the documents among them, their sentences on the way."""

    payload: bytes
    items: list[Item]
    documents: dict[int, Document] = field(default_factory=dict)
    flight: Flight | None = None
    error: Exception | None = None


def worker_signatures(opened: Opened) -> dict[str, str]:
    """Signatures of the loaded models, and that of the translator's backend where there is one."""
    backend = getattr(opened.translator, "steps", None)
    return opened.signatures | ({BACKEND: backend.signature} if backend is not None else {})


class Processor:
    """Holds the models of one worker and works on shards; see the module's text."""

    def __init__(self, recipe: Recipe, opened: Opened) -> None:
        self.recipe = recipe
        self.opened = opened
        self.signatures = worker_signatures(opened)
        self.memory = Memory(recipe.memory, opened.translator.signature)
        self._reading = threading.Lock()
        """One shard is read at a time: so the first is soon ready, and the engine starts early."""
        self._length: Any = None
        if recipe.task == "summarize":
            from toolkit.summarize.length import parse_length

            self._length = parse_length(recipe.length)

    def close(self) -> None:
        """Close the translation memory."""
        self.memory.close()

    def begin(self, payload: bytes) -> Work:
        """Read the documents of a shard and start translating what all of them need."""
        work = Work(payload, list(decode(payload.split(b"\n"))))
        try:
            with self._reading:
                for i, item in enumerate(work.items):
                    if isinstance(item, Row):
                        self._read(work, i, item)
                work.flight = self._prepare(list(work.documents.values()))
            if work.flight is not None:
                work.flight.start()
        except FATAL:
            raise
        except Exception as error:
            work.error = error
        return work

    def finish(self, work: Work) -> Part:
        """Wait for the engine and make the part."""
        try:
            if work.error is not None:
                raise work.error
            results, usage = self._results(work)
        except FATAL:
            raise
        except Exception:
            return self.one_by_one(work.payload)
        return self._part(work, results, usage)

    def one_by_one(
        self,
        payload: bytes,
        *,
        crashed: Mapping[int, str] | None = None,
        before: Callable[[int], None] = lambda _: None,
    ) -> Part:
        """Make the part document by document; those that raise become rejects.

        ``crashed`` gives documents (by position in the shard) that are rejected untried, with the
        reason; ``before`` is called with each position before its document is tried.
        """
        work = Work(payload, list(decode(payload.split(b"\n"))))
        results: dict[int, Result] = {}
        usage = Usage()
        for i, item in enumerate(work.items):
            if isinstance(item, Reject):
                continue
            if crashed and i in crashed:
                work.items[i] = Reject(item.file, item.line, item.id, "crash", crashed[i])
                continue
            before(i)
            try:
                self._read(work, i, item)
                if i not in work.documents:
                    continue
                single = Work(b"", [item], {0: work.documents[i]})
                single.flight = self._prepare([work.documents[i]])
                found, used = self._results(single)
            except FATAL:
                raise
            except Exception as error:
                reason = " ".join(str(error).split()) or type(error).__name__
                reason = f"The document could not be worked on: {reason[:300]}"
                work.items[i] = Reject(item.file, item.line, item.id, "failed", reason)
                continue
            results[i] = found[0]
            _add(usage, used)
        return self._part(work, results, usage)

    def _read(self, work: Work, i: int, row: Row) -> None:
        made = self.read(row)
        if isinstance(made, Reject):
            work.items[i] = made
        else:
            work.documents[i] = made

    def read(self, row: Row) -> Document | Reject:
        """The document of a row, or why there is none."""
        try:
            return self._document(row, check_language=not self.recipe.keep_languages)
        except InputError as error:
            reason = str(error)
        except RecursionError:
            reason = "The markup is nested too deeply."
        kind = "document"
        if not self.recipe.keep_languages:
            try:
                self._document(row, check_language=False)
            except (InputError, RecursionError):
                pass
            else:
                kind = "language"
        return Reject(
            row.file, row.line, row.id, "language" if kind == "language" else "document", reason
        )

    def _document(self, row: Row, *, check_language: bool) -> Document:
        if row.form == "text":
            from toolkit.reading import document_from_text

            return document_from_text(
                row.text,
                id=row.id,
                title=row.title,
                outlet=row.outlet,
                date=row.date,
                keep_furniture=self.recipe.keep_furniture,
                check_language=check_language,
            )
        from toolkit.batch.sources import is_address
        from toolkit.reading.document import build
        from toolkit.reading.formats import extract

        url = row.id if is_address(row.id) else ""
        found = extract(row.text, row.form, name=row.file, url=url)
        return build(
            found.text,
            id=row.id,
            title=found.title,
            outlet=found.outlet,
            date=found.date,
            marks=found.marks,
            left_out=found.left_out,
            keep_furniture=self.recipe.keep_furniture,
            check_language=check_language,
        )

    def _prepare(self, documents: Sequence[Document]) -> Flight | None:
        """All sentences ready for the engine, when the task needs all of them."""
        if self._needs_all():
            segments = [s.clean for d in documents for s in d.sentences]
            segments += [d.title for d in documents if d.title]
            return Flight(self.opened.translator, self.memory, segments)
        return None

    def _needs_all(self) -> bool:
        summarizer = self.opened.summarizer
        if summarizer is None:
            return True
        if isinstance(summarizer, Extractive):
            return self.recipe.order == "translate-first"
        return summarizer.needs_translation

    def _results(self, work: Work) -> tuple[dict[int, Result], Usage]:
        known = work.flight.land() if work.flight is not None else {}
        usage = work.flight.usage if work.flight is not None else Usage()
        summarizer = self.opened.summarizer
        if summarizer is None:
            return {i: (_translation(d, known), None) for i, d in work.documents.items()}, usage
        from toolkit.summarize.pipeline import summarise

        translator = self.opened.translator

        def translate(segments: Sequence[str]) -> dict[str, Hypothesis]:
            missing = [s for s in segments if s not in known]
            flight = Flight(translator, self.memory, missing)
            found = flight.land()
            _add(usage, flight.usage)
            return {s: known[s] if s in known else found[s] for s in segments}

        def one(document: Document) -> Result:
            summary, translation = summarise(
                document,
                summarizer,
                shared,
                length=self._length,
                order=self.recipe.order,
                glossary=self.opened.glossary,
            )
            return translation, summary

        shared = SharedTranslator(translator.name, translator.signature, translate)
        made = shared.run(one, list(work.documents.values()))
        return dict(zip(work.documents, made, strict=True)), usage

    def _part(self, work: Work, results: Mapping[int, Result], usage: Usage) -> Part:
        counts = Counts()
        lines = []
        for i, item in enumerate(work.items):
            if isinstance(item, Reject):
                lines.append(reject_line(item, counts))
            else:
                lines.append(row_line(item, work.documents[i], *results[i], counts))
        return Part(pack(lines, counts), counts, usage, self.memory.note)


def _translation(document: Document, known: Mapping[str, Hypothesis]) -> Translation:
    title = known[document.title] if document.title else None
    return Translation(document.id, {s.id: known[s.clean] for s in document.sentences}, title)


def _add(total: Usage, more: Usage) -> None:
    total.tokens += more.tokens
    total.hits += more.hits
    total.misses += more.misses
