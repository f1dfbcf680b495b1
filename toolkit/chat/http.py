"""A chat model behind an OpenAI-compatible server: one request out, one reply in.

Does retries, pauses, refusals, streams and the key; cache and concurrency are the session's.
Every failure ends in a ModelError (no request can succeed) or a ReplyError (this one can't) with
one sentence that holds no key.
"""

from __future__ import annotations

import json
import logging
import math
import threading
import time
import weakref
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.chat.base import ChatRequest, Reply, ReplyError, Secret
from toolkit.chat.dialect import Dialect, adapt, error_message, is_context_error
from toolkit.chat.options import ChatOptions, is_loopback
from toolkit.chat.retry import RETRIABLE, Backoff, Gate, retry_after, uniform
from toolkit.chat.wire import Fault, read_body, read_stream
from toolkit.errors import ModelError
from toolkit.prompts import Message

if TYPE_CHECKING:
    import httpx

logger = logging.getLogger("ringkas.chat")

BYTES_PER_TOKEN = 2.5
"""Estimate for tokenizers we do not have; Indonesian takes 2.6 to 4 bytes a token."""
MESSAGE_TOKENS = 8
CONNECT_RETRIES = 2


class HttpChat:
    """A model on a server (see ``base.ChatModel``)."""

    def __init__(
        self,
        options: ChatOptions,
        *,
        backoff: Backoff | None = None,
        jitter: Callable[[], float] = uniform,
    ) -> None:
        import httpx

        self.options = options
        self.name = options.model
        self.signature = f"chat:{options.model}@{options.base_url}"
        self.context_tokens = options.context_tokens
        self.concurrency = options.concurrency
        self.retries = 0
        self.dialect = Dialect()
        self._backoff = backoff or Backoff(retries=options.retries)
        self._jitter = jitter
        self._gate = Gate()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        plain = options.base_url.startswith("http://") and not is_loopback(options.base_url)
        if options.key and plain:
            logger.warning(
                "The key goes to %s without encryption; use https if you can.", options.base_url
            )
        self._client = httpx.Client(
            timeout=httpx.Timeout(options.timeout, connect=min(30.0, options.timeout)),
            limits=httpx.Limits(max_connections=options.concurrency),
            auth=_bearer(options.key),
            follow_redirects=False,
            headers={"User-Agent": "ringkas"},
        )
        weakref.finalize(self, self._client.close)

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of a prompt, estimated from its bytes; errs upwards."""
        return sum(
            math.ceil(len(m.content.encode("utf-8", "replace")) / BYTES_PER_TOKEN) + MESSAGE_TOKENS
            for m in messages
        )

    def stop(self) -> None:
        """Give up waiting before retries; requests in flight may finish."""
        self._stopped.set()

    def close(self) -> None:
        """Stop waiting threads and close connections."""
        self.stop()
        self._client.close()

    def complete(self, request: ChatRequest) -> Reply:
        """Answer one request (see ``base.ChatModel``)."""
        dialect, attempt = self.dialect, 0
        while True:
            self._pause(self._gate.seconds_left())
            try:
                reply = self._send(dialect, request)
            except Fault as fault:
                fault.scrub(self.options.key)
                if fault.status in (400, 413, 422) and not is_context_error(fault.message):
                    following = adapt(dialect, fault.message, request)
                    if following is not None:
                        logger.info("The server refused a field: %s", fault.message)
                        dialect = following
                        continue
                self._wait_or_raise(fault, attempt)
                attempt += 1
                continue
            self.dialect = dialect
            return Reply(
                self.options.key.scrub(reply.text),
                reply.finish,
                reply.prompt_tokens,
                reply.completion_tokens,
            )

    def _wait_or_raise(self, fault: Fault, attempt: int) -> None:
        """Sleep before the next attempt, or raise what the user is to read."""
        limit = (
            min(self._backoff.retries, CONNECT_RETRIES)
            if fault.connect
            else (self._backoff.retries)
        )
        spent = fault.status == 429 and _out_of_quota(fault)
        patient = fault.wait is None or fault.wait <= self._backoff.longest
        if not fault.transient or spent or attempt >= limit or not patient:
            raise self._error(fault, attempt, spent=spent) from None
        wait = self._backoff.wait(attempt, fault.wait, self._jitter)
        if fault.status in (429, 503, 529):
            self._gate.close_for(wait)
        with self._lock:
            self.retries += 1
        logger.info("%s; again in %.1f s (%d of %d).", fault.message, wait, attempt + 1, limit)
        self._pause(wait)

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._stopped.wait(seconds)
        if self._stopped.is_set():
            raise ModelError("The chat client was closed while a request was waiting.")

    def _send(self, dialect: Dialect, request: ChatRequest) -> Reply:
        """One HTTP exchange. Raises Fault."""
        import httpx

        options = self.options
        body = dialect.body(options.model, request, stream=options.stream)
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json"}
        deadline = time.monotonic() + options.timeout
        url = f"{options.base_url}/chat/completions"
        try:
            with self._client.stream("POST", url, content=data, headers=headers) as response:
                if response.status_code == 200 and options.stream:
                    return read_stream(response)
                content = read_body(response, deadline)
        except httpx.ConnectError as error:
            raise Fault(f"no connection ({_plain(error)})", connect=True) from None
        except httpx.TimeoutException:
            raise Fault(f"no reply within {options.timeout:g} s", transient=True) from None
        except httpx.HTTPError as error:
            raise Fault(f"the connection broke ({_plain(error)})", transient=True) from None
        status = response.status_code
        if status == 200:
            return _read_reply(content)
        message, code = error_message(content)
        raise Fault(
            f"HTTP {status}" + (f": {message}" if message else ""),
            status=status,
            code=code,
            transient=status in RETRIABLE,
            wait=retry_after(response.headers),
        )

    def _error(self, fault: Fault, attempt: int, *, spent: bool) -> ModelError:
        """What the user reads; the fault's message holds no key any more."""
        where = f"The chat server at {self.options.base_url}"
        model = self.options.model
        said = fault.message
        tries = f" after {attempt + 1} attempts" if attempt else ""
        if fault.connect:
            return ModelError(f"{where} can't be reached{tries}: {said}.")
        if fault.status in (401, 403):
            hint = "check RINGKAS_CHAT_KEY" if self.options.key else "set RINGKAS_CHAT_KEY"
            return ModelError(f"{where} refused access ({said}); {hint}.")
        if fault.status == 404:
            return ModelError(
                f"{where} has no model '{model}' or no /chat/completions there ({said})."
            )
        if spent:
            return ModelError(f"{where} says that the quota is used up ({said}).")
        if 300 <= fault.status < 400:
            return ModelError(f"{where} redirects ({said}); give the URL it redirects to.")
        if fault.wait is not None and fault.wait > self._backoff.longest:
            return ModelError(f"{where} asks to wait {fault.wait:.0f} s ({said}); try again then.")
        if is_context_error(fault.message):
            return ReplyError(
                f"{where} says that prompt and reply do not fit its context ({said}); set "
                f"RINGKAS_CHAT_CONTEXT to the model's size (now {self.context_tokens})."
            )
        return ReplyError(f"{where} gave no usable reply{tries}: {said}.")


def _plain(error: Exception) -> str:
    return str(error) or type(error).__name__


def _bearer(key: Secret) -> httpx.Auth | None:
    """Authentication that writes the key into the header at the last moment."""
    if not key:
        return None
    import httpx

    class Bearer(httpx.Auth):
        def auth_flow(
            self, request: httpx.Request
        ) -> Generator[httpx.Request, httpx.Response, None]:
            request.headers["Authorization"] = f"Bearer {key.reveal()}"
            yield request

    return Bearer()


def _out_of_quota(fault: Fault) -> bool:
    text = f"{fault.code} {fault.message}".lower()
    return (
        "insufficient_quota" in text or "billing" in text or "exceeded your current quota" in text
    )


def _read_reply(content: bytes) -> Reply:
    """The reply in a 200 body. Raises Fault when it is not one."""
    try:
        value: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise Fault("the reply is not whole JSON", transient=True) from None
    if isinstance(value, dict) and value.get("error") and not value.get("choices"):
        message, code = error_message(content)
        transient = code in ("429", "500", "502", "503", "server_error", "overloaded_error")
        raise Fault(message or "an error without a message", code=code, transient=transient)
    try:
        choice = value["choices"][0]
        message = choice["message"]
        text = message.get("content")
        if isinstance(text, list):
            text = "".join(p.get("text", "") for p in text if isinstance(p, dict))
        finish = choice.get("finish_reason") or ""
        refusal = message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise Fault("the reply has no message where one belongs", transient=True) from None
    if refusal and not text:
        raise Fault(f"the model declined: {error_message(str(refusal))[0]}")
    if text is not None and not isinstance(text, str):
        raise Fault("the reply's message is not text", transient=True)
    usage = value.get("usage") if isinstance(value.get("usage"), dict) else {}
    return Reply(text or "", str(finish), _count(usage, "prompt"), _count(usage, "completion"))


def _count(usage: dict[str, Any], side: str) -> int:
    value = usage.get(f"{side}_tokens")
    return value if isinstance(value, int) and value >= 0 else 0
