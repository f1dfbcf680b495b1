"""The chat summariser: any chat model writes the English summary, straight from Indonesian or
from a translation.

Renders prompts, keeps to the token budget (long documents by sections with a merge step), reads
the reply, holds it to the length, and can revise after failed checks. The checks are
``support``'s; sending, caching and repeating are ``toolkit.chat``'s.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, cast

from toolkit.chat import parsing
from toolkit.chat.base import ChatRequest, ReplyError
from toolkit.chat.session import ChatSession
from toolkit.chat.terms import Terms
from toolkit.errors import InputError, UsageError
from toolkit.prompts import Message
from toolkit.summarize.briefs import COMPLAINT, HEADLINE, SENTENCES, Briefs, head
from toolkit.summarize.length import band
from toolkit.summarize.sections import sections
from toolkit.text.sentences import split
from toolkit.types import Document, Length, Translation, clean_text

Source = Literal["indonesian", "translation"]

_LANGUAGE = {"indonesian": "Indonesian", "translation": "English (a machine translation)"}
_ABBREVIATION = re.compile(r"\b[A-Z]\.$")
LEAST_ROOM = 64


class ChatSummarizer:
    """Writes summaries with a chat model (see ``base.Abstractive``)."""

    name = "chat"

    def __init__(
        self,
        session: ChatSession,
        *,
        source: Source = "indonesian",
        directory: Path | None = None,
        terms: Terms | None = None,
    ) -> None:
        if source not in _LANGUAGE:
            raise UsageError(f"A chat summary reads 'indonesian' or 'translation', not '{source}'.")
        self.session = session
        self.needs_translation = source == "translation"
        self.briefs = Briefs(directory, _LANGUAGE[source], terms or Terms())
        self.signature = f"{session.signature}|{source}|{self.briefs.signature}"

    def write(
        self, document: Document, translation: Translation | None, length: Length
    ) -> Sequence[str]:
        """English summary sentences in order; empty for a document without story sentences.

        Raises InputError when the document costs more than the token budget, ReplyError when the
        model gives no usable reply.
        """
        paragraphs = self._paragraphs(document, translation)
        if not any(s.strip() for p in paragraphs for s in p):
            return ()
        glossary = self.briefs.glossary(document)
        parts = self._sections(self._head(document, translation), paragraphs, length, glossary)
        self._check_budget(parts, length, glossary)
        if len(parts) == 1:
            request = self._summarize(parts[0], 1, 1, length, glossary)
            return self._fit(self._sentences(request), length, glossary)
        share = _share(length, len(parts))
        requests = [
            self._summarize(part, i, len(parts), share, glossary) for i, part in enumerate(parts, 1)
        ]
        written: list[list[str]] = []
        for result in self.session.each(self._sentences, requests):
            if isinstance(result, ReplyError):
                raise result
            written.append(result)
        merged = self._merge([" ".join(w) for w in written], length, glossary)
        return self._fit(merged, length, glossary)

    def revise(
        self,
        document: Document,
        translation: Translation | None,
        sentences: Sequence[str],
        findings: Sequence[str],
        length: Length,
    ) -> Sequence[str]:
        """The summary set right after checks; the sentences as they were when none were found.

        The article goes along whole; a summary of an article that does not fit is returned as it
        was, its findings standing.
        """
        if not findings or not sentences:
            return sentences
        glossary = self.briefs.glossary(document)
        paragraphs = self._paragraphs(document, translation)
        article = self._head(document, translation) + "\n\n".join(
            " ".join(p) for p in paragraphs if p
        )
        messages = self.briefs.revision(article, sentences, findings, length, glossary)
        if not self.session.fits(messages):
            return sentences
        revised = self._sentences(self.session.request(messages, SENTENCES))
        return self._fit(revised, length, glossary, again=False)

    def headline(self, document: Document, sentences: Sequence[str]) -> str:
        """An English headline for summary sentences; "" when there are none."""
        if not sentences:
            return ""
        glossary = self.briefs.glossary(document)
        messages = self.briefs.headline(" ".join(sentences), document.title, glossary)
        value, reply = self.session.parsed(
            self.session.request(messages, HEADLINE),
            lambda text: parsing.text(text, "headline"),
            'Reply with one JSON object and nothing else: {"headline": "the headline"}',
        )
        if value is None:
            lines = parsing.prose(reply.text)
            value = lines[0] if len(lines) == 1 else ""
        line = value.strip().strip('"“”')
        return line if _ABBREVIATION.search(line) else line.rstrip(".").strip('"“”')

    def _paragraphs(self, document: Document, translation: Translation | None) -> list[list[str]]:
        """The text the model reads, sentence by sentence."""
        if not self.needs_translation:
            return [[s.clean for s in p.sentences] for p in document.paragraphs]
        if translation is None:
            raise UsageError("This chat summarizer reads a translation, but there is none.")
        found = translation.hypotheses
        return [
            [clean_text(found[s.id].text) for s in p.sentences if s.id in found]
            for p in document.paragraphs
        ]

    def _head(self, document: Document, translation: Translation | None) -> str:
        """Headline, outlet and date as the first lines of the article block."""
        title = document.title
        if self.needs_translation and translation is not None and translation.title:
            title = translation.title.text
        return head(title, document)

    def _sections(
        self, top: str, paragraphs: Sequence[Sequence[str]], length: Length, glossary: str
    ) -> list[str]:
        """The article whole, or in sections that fit; ``top`` stands above each."""
        empty = self.briefs.article(top, 99, 99, length, glossary)
        room = self.session.room() - self.session.model.count_tokens(empty)
        if room < LEAST_ROOM:
            raise InputError(
                f"The prompt alone leaves no room for an article in {self.session.room()} tokens; "
                "set RINGKAS_CHAT_CONTEXT to the model's size or RINGKAS_CHAT_REPLY lower."
            )
        return [top + text for text in sections(paragraphs, self._cost, room)]

    def _cost(self, text: str) -> int:
        return self.session.model.count_tokens((Message("user", text),)) if text else 0

    def _summarize(
        self, article: str, part: int, parts: int, length: Length, glossary: str
    ) -> ChatRequest:
        messages = self.briefs.article(article, part, parts, length, glossary)
        return self.session.request(messages, SENTENCES)

    def _merge(self, summaries: Sequence[str], length: Length, glossary: str) -> list[str]:
        """One summary of several; merged in groups, and again, when they do not fit at once."""
        texts = list(summaries)
        while True:
            empty = self.briefs.merge("", length, glossary)
            room = self.session.room() - self.session.model.count_tokens(empty)
            groups = sections([[t] for t in texts], self._cost, max(1, room))
            if len(groups) > 1 and len(groups) >= len(texts):
                raise ReplyError("The summaries of the sections are too long to be merged.")
            requests = [
                self.session.request(self.briefs.merge(g, length, glossary), SENTENCES)
                for g in groups
            ]
            merged = [self._sentences(request) for request in requests]
            if len(merged) == 1:
                return merged[0]
            texts = [" ".join(m) for m in merged]

    def _sentences(self, request: ChatRequest) -> list[str]:
        """The sentences a model answered with; each item may hold several.

        A reply that is no JSON even when asked again is read as prose if it is plain text.
        """
        value, reply = self.session.parsed(
            request, lambda text: parsing.texts(text, "sentences") or None, COMPLAINT
        )
        if value is None:
            value = parsing.prose(reply.text)
        out = [s.strip() for item in value for s in split(item, "en") if s.strip()]
        if not out:
            raise ReplyError(
                f"The chat model '{self.session.model.name}' gave no summary that can be read."
            )
        return out

    def _fit(
        self, sentences: list[str], length: Length, glossary: str, *, again: bool = True
    ) -> Sequence[str]:
        """Hold a summary to its length: one request to shorten it, then whole sentences go."""
        if _excess(sentences, length) and again:
            shorter = self._merge([" ".join(sentences)], length, glossary)
            if len(" ".join(shorter).split()) < len(" ".join(sentences).split()):
                sentences = shorter
        while len(sentences) > 1 and _excess(sentences, length):
            sentences = sentences[:-1]
        return tuple(sentences)

    def _check_budget(self, parts: Sequence[str], length: Length, glossary: str) -> None:
        """Refuse a document that would cost more than ``budget_tokens``."""
        budget, reply = self.session.options.budget_tokens, self.session.options.reply_tokens
        if not budget:
            return
        count, number = self.session.model.count_tokens, len(parts)
        need = sum(
            count(self.briefs.article(p, 1, number, length, glossary)) + reply for p in parts
        )
        if number > 1:
            need += count(self.briefs.merge("", length, glossary)) + (number + 1) * reply
        if need > budget:
            raise InputError(
                f"Summarising this document may cost {need:,} tokens, more than the {budget:,} "
                "allowed; raise RINGKAS_CHAT_BUDGET or shorten the text."
            )


def _share(length: Length, parts: int) -> Length:
    """The length of one section's summary: more than its share, so that merging can choose."""
    if length.unit == "sentences":
        return Length(max(2, -(-2 * length.count // parts)), "sentences")
    return Length(max(40, -(-2 * length.count // parts)), "words")


def _excess(sentences: Sequence[str], length: Length) -> bool:
    if length.unit == "sentences":
        return len(sentences) > length.count
    return sum(len(s.split()) for s in sentences) > band(length)[1]


def create(
    *,
    model: str = "",
    source: Source | None = None,
    prompts_directory: Path | str | None = None,
    glossary: Any = None,
    **options: Any,
) -> ChatSummarizer:
    """Entry point of the registry; ``options`` as in ``toolkit.chat.opening.open_chat``.

    ``source`` (or RINGKAS_CHAT_SOURCE) is what the model reads: "indonesian", the default, or
    "translation"; ``prompts_directory`` a folder whose prompts stand in for the shipped ones;
    ``glossary`` a ``Glossary`` or the path of one.
    """
    from toolkit.chat.opening import open_chat

    session = open_chat(model, **options)
    return ChatSummarizer(
        session,
        source=source or cast(Source, os.environ.get("RINGKAS_CHAT_SOURCE") or "indonesian"),
        directory=Path(prompts_directory) if prompts_directory else None,
        terms=Terms.of(glossary),
    )
