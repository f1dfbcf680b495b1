"""Contracts of the chat layer: requests, replies, models, the API key. No input or output here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol, runtime_checkable

from toolkit.errors import ModelError
from toolkit.prompts import Message

MASK = "***"


class ReplyError(ModelError):
    """One document's reply is unusable; other documents may still succeed (exit code 4)."""


class Secret:
    """An API key that does not show itself: not in ``repr``, ``str``, pickles or copies.

    ``reveal`` is called in one place, where the request's header is written.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value.strip()

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return f"Secret({MASK!r})" if self._value else "Secret('')"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("An API key is never pickled; read it again where it is needed.")

    def reveal(self) -> str:
        """The key itself."""
        return self._value

    def scrub(self, text: str) -> str:
        """``text`` with every occurrence of the key masked (servers echo what they are sent)."""
        return text.replace(self._value, MASK) if self._value else text


@dataclass(frozen=True, slots=True)
class Schema:
    """A JSON schema that the reply should follow; ``name`` as the protocol wants one."""

    name: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """All that decides a reply besides the model: equal requests have equal replies.

    ``max_tokens`` bounds the reply in the model's tokens; ``seed`` None leaves it to the server.
    """

    messages: tuple[Message, ...]
    max_tokens: int
    schema: Schema | None = None
    temperature: float = 0.0
    seed: int | None = None

    def key(self, model: str) -> str:
        """SHA-256 (hex) over the whole request and ``model``, the signature of the model."""
        content = [
            model,
            [[m.role, m.content] for m in self.messages],
            self.max_tokens,
            [self.schema.name, self.schema.schema] if self.schema else None,
            self.temperature,
            self.seed,
        ]
        data = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered.

    ``finish`` is the protocol's finish_reason ("stop", "length", "content_filter" …) or "";
    token counts are the server's own, 0 when it gave none; ``cached``: nothing was paid for it.
    """

    text: str
    finish: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached: bool = False


@dataclass(slots=True)
class Usage:
    """What a session has spent so far; ``requests`` went to the model, ``cached`` did not."""

    requests: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    retries: int = 0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.requests} requests ({self.cached} more from the cache), "
            f"{self.prompt_tokens} + {self.completion_tokens} tokens, {self.retries} retries"
        )


@runtime_checkable
class ChatModel(Protocol):
    """One model that answers chat requests; cache and concurrency are the session's."""

    name: str
    signature: str
    """Names the model and where it runs; never holds a key."""
    context_tokens: int
    """Tokens of prompt and reply together."""
    concurrency: int
    """How many requests may be in flight at once."""

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of a prompt, template included: exact, or an estimate that errs upwards."""
        ...

    def complete(self, request: ChatRequest) -> Reply:
        """Answer one request; may be called from several threads when ``concurrency`` > 1.

        Raises ReplyError when this request can't be answered, ModelError when none can.
        """
        ...

    def stop(self) -> None:
        """Give up waiting before retries; requests in flight may finish."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
