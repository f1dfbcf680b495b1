"""A chat model with its cache: many requests at once, each paid once, replies whole.

Knows nothing of tasks: prompts and what a reply means are the translator's and the summariser's.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TypeVar

from toolkit.chat.base import ChatModel, ChatRequest, Reply, ReplyError, Schema, Usage
from toolkit.chat.cache import ResponseCache
from toolkit.chat.options import ChatOptions
from toolkit.errors import ModelError
from toolkit.prompts import Message

logger = logging.getLogger("ringkas.chat")
T = TypeVar("T")
DOUBLINGS = 2


class ChatSession:
    """Asks a model, remembers what it answered, counts what it cost.

    Safe for threads; equal requests that are asked at the same time are sent once.
    """

    def __init__(
        self, model: ChatModel, options: ChatOptions, cache: ResponseCache | None = None
    ) -> None:
        self.model = model
        self.options = options
        self.cache = cache
        self.usage = Usage()
        self._lock = threading.Lock()
        self._running: dict[str, Future[Reply]] = {}

    @property
    def signature(self) -> str:
        """The model's signature with the settings that change replies."""
        o = self.options
        seed = "" if o.seed is None else f"|seed {o.seed}"
        return (
            f"{self.model.signature}|temperature {o.temperature:g}{seed}"
            f"|reply {o.reply_tokens}|context {self.model.context_tokens}"
        )

    def request(self, messages: Sequence[Message], schema: Schema | None) -> ChatRequest:
        """A request with the session's settings."""
        o = self.options
        return ChatRequest(tuple(messages), o.reply_tokens, schema, o.temperature, o.seed)

    def room(self) -> int:
        """Prompt tokens that leave room for a reply."""
        return self.model.context_tokens - self.options.reply_tokens

    def fits(self, messages: Sequence[Message]) -> bool:
        """Whether a prompt leaves room for a reply."""
        return self.model.count_tokens(messages) <= self.room()

    def ask(self, request: ChatRequest) -> Reply:
        """The whole reply to one request, from the cache or the model.

        A reply that was cut at ``max_tokens`` is asked for again with twice the room as long as
        the context holds it. Raises ReplyError when it stays cut, is withheld by a filter, or the
        prompt is too long; ModelError when the model is unusable.
        """
        prompt = self.model.count_tokens(request.messages)
        context = self.model.context_tokens
        cut = 0
        for _ in range(DOUBLINGS + 1):
            if prompt + request.max_tokens > context:
                break
            reply = self._once(request)
            if reply.finish == "content_filter":
                raise ReplyError("The chat server's content filter withheld the reply.")
            if reply.finish != "length":
                return reply
            cut = request.max_tokens
            request = replace(request, max_tokens=cut * 2)
        if cut:
            raise ReplyError(
                f"The chat model '{self.model.name}' did not end its reply within {cut} tokens; "
                "set RINGKAS_CHAT_REPLY higher, or take a model that follows instructions."
            )
        raise ReplyError(
            f"A prompt of about {prompt} tokens and a reply of {request.max_tokens} do not fit the "
            f"context of {context} tokens; set RINGKAS_CHAT_CONTEXT if the model takes more."
        )

    def ask_each(self, requests: Sequence[ChatRequest]) -> list[Reply | ReplyError]:
        """``ask`` for many requests at once, in order; a ReplyError takes its reply's place.

        A ModelError, or an interrupt, stops what has not begun and is raised; whatever was
        answered is in the cache.
        """
        return self._map(self.ask, requests)

    def parsed(
        self, request: ChatRequest, parse: Callable[[str], T | None], complaint: str
    ) -> tuple[T | None, Reply]:
        """Ask, parse; on a reply that does not parse ask once more, saying what is wanted.

        Returns the parsed value, or None with the last reply.
        """
        reply = self.ask(request)
        value = parse(reply.text)
        if value is not None:
            return value, reply
        logger.info("A reply was not the JSON asked for; asking again.")
        again = replace(
            request,
            messages=(
                *request.messages,
                Message("assistant", reply.text),
                Message("user", complaint),
            ),
        )
        if self.model.count_tokens(again.messages) + again.max_tokens > self.model.context_tokens:
            return None, reply
        second = self.ask(again)
        return parse(second.text), second

    def each(
        self, work: Callable[[ChatRequest], T], requests: Sequence[ChatRequest]
    ) -> list[T | ReplyError]:
        """``work`` (which asks) for many requests at once; see ``ask_each``."""
        return self._map(work, requests)

    def close(self) -> None:
        """Close the model's connections and the cache."""
        self.model.close()
        if self.cache is not None:
            self.cache.close()

    def _map(
        self, work: Callable[[ChatRequest], T], requests: Sequence[ChatRequest]
    ) -> list[T | ReplyError]:
        def guarded(request: ChatRequest) -> T | ReplyError:
            try:
                return work(request)
            except ReplyError as error:
                return error

        workers = min(self.model.concurrency, len(requests))
        if workers <= 1:
            return [guarded(r) for r in requests]
        pool = ThreadPoolExecutor(workers, thread_name_prefix="ringkas-chat")
        try:
            futures = [pool.submit(guarded, r) for r in requests]
            wait(futures, return_when=FIRST_EXCEPTION)
            failed = next((f for f in futures if f.done() and f.exception()), None)
            if failed is not None:
                for future in futures:
                    future.cancel()
                failed.result()
            return [f.result() for f in futures]
        except KeyboardInterrupt:
            self.model.stop()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _once(self, request: ChatRequest) -> Reply:
        """One request, its reply from the cache, from a twin in flight, or from the model."""
        key = request.key(self.model.signature)
        with self._lock:
            running = self._running.get(key)
            if running is None:
                mine: Future[Reply] = Future()
                self._running[key] = mine
        if running is not None:
            reply = replace(running.result(), cached=True)
            self._count(reply)
            return reply
        try:
            reply = self._fetch(key, request)
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(reply)
            return reply
        finally:
            with self._lock:
                del self._running[key]

    def _fetch(self, key: str, request: ChatRequest) -> Reply:
        stored = self.cache.get(key) if self.cache is not None else None
        if stored is not None:
            self._count(stored)
            return stored
        reply = self.model.complete(request)
        if self.cache is not None:
            try:
                self.cache.put(key, self.model.signature, reply)
            except ModelError as error:
                logger.warning("%s", error)
                self.usage.notes.append(str(error))
        self._count(reply)
        return reply

    def _count(self, reply: Reply) -> None:
        with self._lock:
            if reply.cached:
                self.usage.cached += 1
            else:
                self.usage.requests += 1
                self.usage.prompt_tokens += reply.prompt_tokens
                self.usage.completion_tokens += reply.completion_tokens
            self.usage.retries = getattr(self.model, "retries", 0)
