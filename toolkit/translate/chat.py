"""The chat backend: a chat model translates, one sentence a request or a passage at a time.

``generate`` keeps the contract that a segment's translation does not depend on its neighbours:
each is a request of its own. ``passage`` > 1 trades that for context and fewer requests, and the
signature says so. Checks and retries are the guard's; sending and caching ``toolkit.chat``'s.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import prompts
from toolkit.chat import parsing
from toolkit.chat.base import ChatRequest, ReplyError, Schema
from toolkit.chat.fence import fence
from toolkit.chat.session import ChatSession
from toolkit.chat.terms import Terms
from toolkit.errors import UsageError
from toolkit.prompts import Message
from toolkit.translate.base import Decoding

logger = logging.getLogger("ringkas.chat")

SCHEMA = Schema(
    "translation",
    {
        "type": "object",
        "properties": {"translations": {"type": "array", "items": {"type": "string"}}},
        "required": ["translations"],
        "additionalProperties": False,
    },
)
CONTEXT = 6
"""Source sentences before a passage that go along as context."""
CAREFUL = (
    "An earlier translation of this passage lost or changed something: hold every name, number "
    "and date against the passage before you reply."
)
BYTES_PER_WORD = 12


@dataclass(frozen=True, slots=True)
class _Passage:
    """Consecutive segments that go into one request, and those before them."""

    segments: tuple[str, ...]
    context: tuple[str, ...]


class ChatBackend:
    """A chat model as a translation backend (see ``translate.base.Backend``).

    Tokens are counted as white-space separated words. ``passage`` is how many consecutive
    segments of a call go into one request.
    """

    name = "chat"
    careful = True

    def __init__(
        self,
        session: ChatSession,
        *,
        passage: int = 1,
        directory: Path | None = None,
        terms: Terms | None = None,
    ) -> None:
        if passage < 1:
            raise UsageError(f"A passage has at least 1 sentence, not {passage}.")
        self.session = session
        self.passage = passage
        self.terms = terms or Terms()
        self.prompt = prompts.load("translate", directory)
        empty = self._messages(_Passage((), ()), careful=True)
        room = session.room() - session.model.count_tokens(empty)
        if room < 32:
            raise UsageError(
                f"The prompt alone leaves no room for a sentence in {session.room()} tokens; set "
                "RINGKAS_CHAT_CONTEXT to the model's size or RINGKAS_CHAT_REPLY lower."
            )
        most = min(room, session.options.reply_tokens // 2)
        word = session.model.count_tokens((Message("user", "x" * BYTES_PER_WORD),))
        self.max_source_tokens = max(4, most // word)

    @property
    def signature(self) -> str:
        """Model, settings, prompt, passage length, glossary."""
        return (
            f"{self.session.signature}|{self.prompt.signature}|passage {self.passage}"
            f"{self.terms.signature}"
        )

    def use_glossary(self, glossary: Any) -> None:
        """Quote the terms of a ``Glossary`` in every prompt whose segments hold them."""
        self.terms = Terms.of(glossary)

    def count_tokens(self, segment: str) -> int:
        """White-space separated words and one for the end."""
        return len(segment.split()) + 1

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:
        """Translate non-empty segments; same length and order.

        Search settings mean nothing to a chat model, except that a wider beam, which is how the
        guard tries again, asks it to take care. A segment that the model gives no usable reply
        to is "" (which the guard flags); when there is none for any, the first ReplyError is
        raised. Raises ModelError when the model is unusable.
        """
        careful = decoding.beam_size > Decoding().beam_size or decoding.no_repeat_ngram_size > 0
        passages = self._passages(segments)
        requests = [self._request(p, careful=careful) for p in passages]
        sizes = {id(r): len(p.segments) for r, p in zip(requests, passages, strict=True)}
        results = self.session.each(lambda r: self._ask(r, sizes[id(r)]), requests)
        alone = [
            p for p, r in zip(passages, results, strict=True) if r is None and len(p.segments) > 1
        ]
        singles = iter(self._alone(alone, careful=careful))
        out: list[str] = []
        errors: list[ReplyError] = []
        for passage, result in zip(passages, results, strict=True):
            if isinstance(result, ReplyError):
                errors.append(result)
                logger.warning(
                    "%d sentences have no translation: %s", len(passage.segments), result
                )
                out += [""] * len(passage.segments)
            elif result is not None:
                out += result
            elif len(passage.segments) > 1:
                out += next(singles)
            else:
                out.append("")
        if errors and not any(out):
            raise errors[0]
        return out

    def _passages(self, segments: Sequence[str]) -> list[_Passage]:
        """Consecutive segments in groups of ``passage``, fewer where words would not fit."""
        groups: list[list[str]] = []
        starts: list[int] = []
        words = 0
        for i, segment in enumerate(segments):
            size = self.count_tokens(segment)
            full = not groups or len(groups[-1]) >= self.passage
            if full or words + size > self.max_source_tokens:
                groups.append([])
                starts.append(i)
                words = 0
            groups[-1].append(segment)
            words += size
        if self.passage == 1:
            return [_Passage(tuple(g), ()) for g in groups]
        return [
            _Passage(tuple(g), tuple(segments[max(0, at - CONTEXT) : at]))
            for g, at in zip(groups, starts, strict=True)
        ]

    def _messages(self, passage: _Passage, *, careful: bool) -> tuple[Message, ...]:
        lines = [f"[{i}] {' '.join(s.split())}" for i, s in enumerate(passage.segments, 1)]
        tag, blocks = fence({"passage": "\n".join(lines), "context": "\n".join(passage.context)})
        count = len(passage.segments)
        return self.prompt.render(
            fence=tag,
            **blocks,
            count="one sentence" if count == 1 else f"{count} sentences",
            note=CAREFUL if careful else "",
            glossary=self.terms.listing("\n".join(passage.segments)),
        )

    def _request(self, passage: _Passage, *, careful: bool) -> ChatRequest:
        """The request for a passage; context that does not fit goes, oldest first."""
        context = passage.context
        while True:
            messages = self._messages(_Passage(passage.segments, context), careful=careful)
            if not context or self.session.fits(messages):
                return self.session.request(messages, SCHEMA)
            context = context[1:]

    def _ask(self, request: ChatRequest, count: int) -> list[str] | None:
        """Translations of a passage, or None when the reply does not have one for each."""

        def parse(text: str) -> list[str] | None:
            found = parsing.texts(text, "translations")
            if found is None:
                return None
            if count == 1 and len(found) > 1:
                return [" ".join(found)]
            return found if len(found) == count and all(found) else None

        number = "one translation" if count == 1 else f"{count} translations"
        complaint = (
            "That was not the JSON object asked for. Reply again with one JSON object and nothing "
            f'else, with {number} in order: {{"translations": ["…"]}}'
        )
        value, reply = self.session.parsed(request, parse, complaint)
        if value is None and count == 1:
            lines = parsing.prose(reply.text)
            return [" ".join(lines)] if lines else None
        return value

    def _alone(self, passages: Sequence[_Passage], *, careful: bool) -> list[list[str]]:
        """Sentence by sentence what could not be had as a passage."""
        single = [_Passage((s,), p.context) for p in passages for s in p.segments]
        requests = [self._request(p, careful=careful) for p in single]
        found = iter(self.session.each(lambda r: self._ask(r, 1), requests))
        out = []
        for passage in passages:
            texts = [next(found) for _ in passage.segments]
            out.append([t[0] if isinstance(t, list) and t else "" for t in texts])
        return out


def create(
    model: str = "",
    *,
    passage: int | None = None,
    prompts_directory: Path | None = None,
    glossary: Any = None,
    **options: Any,
) -> ChatBackend:
    """Entry point of the registry; ``options`` as in ``toolkit.chat.opening.open_chat``.

    ``passage`` (or RINGKAS_CHAT_PASSAGE, default 1) is how many sentences go into one request.
    """
    from toolkit.chat.opening import open_chat

    if passage is None:
        value = os.environ.get("RINGKAS_CHAT_PASSAGE", "").strip() or "1"
        if not value.isdigit():
            raise UsageError(f"RINGKAS_CHAT_PASSAGE must be a whole number, not '{value}'.")
        passage = int(value)
    session = open_chat(model, **options)
    return ChatBackend(
        session, passage=passage, directory=prompts_directory, terms=Terms.of(glossary)
    )
