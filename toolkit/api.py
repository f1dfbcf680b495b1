"""Ringkas from Python: what ``ringkas summarize`` and ``ringkas translate`` do, with equal output.

    from toolkit.api import Ringkas, render

    ringkas = Ringkas()                               # models are loaded at the first article
    result = ringkas.summarize("article.txt", date="2025-08-09")
    print(result.summary.text, result.flags())
    page = render(result, "html")

Reading text or bytes into a Document is ``toolkit.reading``'s, archives are ``toolkit.batch``'s.
"""

from __future__ import annotations

import datetime
import time
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.types import Document, Length, Order

if TYPE_CHECKING:
    from toolkit.render.result import Result, Run, Style
    from toolkit.summarize.base import Abstractive, Extractive
    from toolkit.text.names import Glossary
    from toolkit.translate.base import Translator

__all__ = ["Ringkas", "read", "render"]


def read(source: str | Path, *, date: str | None = None, text_field: str = "text") -> Document:
    """Read one article.

    ``source`` is a file (text, Markdown, HTML, JSON), "-" for standard input, or an http(s)
    address; ``date`` (YYYY-MM-DD) is the day the article was written, where the page does not say
    it; ``text_field`` names the text of a JSON object. Raises InputError for what can't be read,
    UsageError for a date that is none.
    """
    from toolkit.reading import read_document

    if not isinstance(source, str | Path):
        raise UsageError(
            f"An article is a path, an address or a Document, not {type(source).__name__}; for "
            "text take toolkit.reading.document_from_text."
        )
    day = None if date is None else _day(date)
    document = read_document(str(source), text_field=text_field, today=day)
    return document if day is None else _dated(document, day)


def render(
    result: Result, form: str = "text", *, style: Style = "paragraph", show_sources: bool = False
) -> str:
    """A result as text, markdown, json (docs/json.md) or html. Raises UsageError for others."""
    from toolkit.render import RENDERERS
    from toolkit.render.result import View

    view = View(style=style, show_sources=show_sources)
    shown: str = RENDERERS.load(form)(result, view)
    return shown


class Ringkas:
    """A translator and a summariser, loaded once and used for any number of articles.

    ``translator``, ``summarizer``: as on the command line; ``glossary``: a file or a loaded
    ``text.names.Glossary``; ``beam_size``, ``rerank``: the translator's own choice when None;
    ``threads`` of the processor, all when None. Several threads may use one instance.
    Methods raise InputError, UsageError and ModelError (``toolkit.errors``), each one sentence.
    """

    def __init__(
        self,
        translator: str = "embedded",
        summarizer: str = "ranker",
        *,
        glossary: str | Path | Glossary | None = None,
        beam_size: int | None = None,
        rerank: bool | None = None,
        threads: int | None = None,
    ) -> None:
        self.translator, self.summarizer = translator, summarizer
        self._glossary_given = glossary
        self._beam_size, self._rerank, self._threads = beam_size, rerank, threads

    def summarize(
        self,
        source: str | Path | Document,
        *,
        length: str | Length = "medium",
        order: Order = "summarize-first",
        strict: bool = False,
        date: str | None = None,
        text_field: str = "text",
    ) -> Result:
        """Summarise one article in English.

        ``source``, ``date``, ``text_field``: as for ``read``, or a Document; ``length``: short,
        medium, long, "N words", "N sentences" or a Length; ``order``: whether all sentences are
        translated or only those that are chosen (an extract is the same); ``strict`` drops written
        sentences that the article does not support. The result has the document, the summary with
        its sources and checks, and the translation.
        """
        from toolkit.render.result import Result
        from toolkit.summarize.base import Abstractive
        from toolkit.summarize.length import parse_length
        from toolkit.summarize.pipeline import PIPELINE_VERSION, summarise

        started = time.perf_counter()
        size = parse_length(length) if isinstance(length, str) else length
        document = _document(source, date, text_field)
        engine = self._engine
        writer = self._writer
        summary, translation = summarise(
            document, writer, engine, length=size, order=order, strict=strict,
            glossary=self._glossary,
        )  # fmt: skip
        parts = [PIPELINE_VERSION, writer.signature, f"length={size.count}{size.unit[0]}"]
        if strict and isinstance(writer, Abstractive):
            parts.append("strict")
        run = self._run(self.summarizer, parts, date, started)
        return Result(document, translation, run, summary)

    def translate(
        self, source: str | Path | Document, *, date: str | None = None, text_field: str = "text"
    ) -> Result:
        """Translate one article, sentence by sentence; paragraphs stay as they are."""
        from toolkit.render.result import Result
        from toolkit.summarize.pipeline import translate_document

        started = time.perf_counter()
        document = _document(source, date, text_field)
        translation = translate_document(document, self._engine)
        return Result(document, translation, self._run("", [], date, started))

    @cached_property
    def _glossary(self) -> Glossary | None:
        from toolkit.text.names import Glossary

        given = self._glossary_given
        return Glossary.load(Path(given)) if isinstance(given, str | Path) else given

    @cached_property
    def _engine(self) -> Translator:
        from toolkit.translate import open_translator
        from toolkit.translate.opening import article_decoding

        return open_translator(
            self.translator,
            decoding=partial(article_decoding, beam_size=self._beam_size, rerank=self._rerank),
            glossary=self._glossary,
            retries="thorough",
            threads=self._threads,
        )

    @cached_property
    def _writer(self) -> Extractive | Abstractive:
        from toolkit.summarize.pipeline import open_summarizer

        chat = self.summarizer.partition(":")[0] == "chat"
        given = self._glossary_given
        return open_summarizer(self.summarizer, **({"glossary": given} if chat and given else {}))

    def _run(self, summarizer: str, parts: list[str], date: str | None, started: float) -> Run:
        """The run's facts; ``parts`` of the signature come before the date and the engine's."""
        from toolkit.render.result import Run

        dated = [f"date={date}"] if date is not None else []
        return Run(
            self.translator,
            summarizer,
            "|".join([*parts, *dated, self._engine.signature]),
            time.perf_counter() - started,
            engine=self._engine.name,
        )


def _document(source: str | Path | Document, date: str | None, text_field: str) -> Document:
    if not isinstance(source, Document):
        return read(source, date=date, text_field=text_field)
    return source if date is None else _dated(source, _day(date))


def _dated(document: Document, day: datetime.date) -> Document:
    """The document with the date that the user gives, instead of one inferred."""
    from toolkit.reading.published import INFERRED

    notes = tuple(n for n in document.notes if not n.startswith(INFERRED))
    return replace(document, date=day.isoformat(), date_slack=0, notes=notes)


def _day(date: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(date)
    except (TypeError, ValueError):
        raise UsageError(
            f"'{date}' is not a date; give it as YYYY-MM-DD, for example 2025-08-09."
        ) from None
