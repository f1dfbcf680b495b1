"""Which request fields a server takes: the body of a request, and what to change after a refusal.

Servers that speak the protocol differ: some know no ``json_schema``, some want
``max_completion_tokens``, some refuse a temperature, a seed or a system message. A refusal
(400, 422) leads to the next dialect; nothing of the prompt's text is ever left out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from toolkit.chat.base import ChatRequest
from toolkit.prompts import Message
from toolkit.types import clean_text

Format = Literal["json_schema", "json_object", "none"]

_CONTEXT = re.compile(
    r"context[ _-]?(?:length|window|size)|maximum context|prompt is too long|too many tokens|"
    r"exceed\w* the (?:available )?context|reduce the length",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"system\b.{0,60}\brole|role\b.{0,60}\bsystem|system (?:message|prompt)", re.I)
_FORMAT = re.compile(r"response_format|json_schema|json_object|grammar|schema|guided", re.I)
MESSAGE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Dialect:
    """The fields a server is sent; the default is the widest."""

    format: Format = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    seed: bool = True
    system: bool = True

    def body(self, model: str, request: ChatRequest, *, stream: bool = False) -> dict[str, Any]:
        """The JSON body of a request."""
        messages = request.messages if self.system else merge_system(request.messages)
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": m.role, "content": m.content} for m in messages],
            self.limit: request.max_tokens,
        }
        if self.temperature:
            body["temperature"] = request.temperature
        if self.seed and request.seed is not None:
            body["seed"] = request.seed
        if request.schema and self.format == "json_schema":
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {
                    "name": request.schema.name,
                    "strict": True,
                    "schema": request.schema.schema,
                },
            }
        elif request.schema and self.format == "json_object":
            body["response_format"] = {"type": "json_object"}
        if stream:
            body["stream"] = True
        return body


def merge_system(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The messages with the system text put in front of the first user message."""
    system = "\n\n".join(m.content for m in messages if m.role == "system")
    rest = [m for m in messages if m.role != "system"]
    if not system or not rest:
        return messages
    return (Message(rest[0].role, f"{system}\n\n{rest[0].content}"), *rest[1:])


def adapt(dialect: Dialect, message: str, request: ChatRequest) -> Dialect | None:
    """The dialect to try after a server refused a request with ``message``; None: give up."""
    low = message.lower()
    if "max_completion_tokens" in low and dialect.limit == "max_tokens":
        return replace(dialect, limit="max_completion_tokens")
    if _FORMAT.search(low) and request.schema and dialect.format != "none":
        return _plainer(dialect)
    if "temperature" in low and dialect.temperature:
        return replace(dialect, temperature=False)
    if re.search(r"\bseed\b", low) and dialect.seed and request.seed is not None:
        return replace(dialect, seed=False)
    if _SYSTEM.search(low) and dialect.system:
        return replace(dialect, system=False)
    if request.schema and dialect.format != "none":
        return _plainer(dialect)
    return None


def _plainer(dialect: Dialect) -> Dialect:
    return replace(dialect, format="json_object" if dialect.format == "json_schema" else "none")


def is_context_error(message: str) -> bool:
    """Whether a refusal says that prompt and reply do not fit the model's context."""
    return bool(_CONTEXT.search(message))


def error_message(body: bytes | str) -> tuple[str, str]:
    """The message and the code in an error body of any common shape; cleaned and shortened.

    Shapes: ``{"error": {"message", "code"}}``, ``{"error": "…"}``, ``{"detail": …}``,
    ``{"message": "…"}``, plain text.
    """
    raw = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return _short(raw), ""
    code: Any = ""
    while isinstance(value, dict):
        code = value.get("code") or value.get("type") or code
        inner = next((value[k] for k in ("error", "detail", "message") if k in value), None)
        if inner is None:
            break
        value = inner
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _short(text), str(code)


def _short(text: str) -> str:
    text = clean_text(text)
    return text if len(text) <= MESSAGE_LIMIT else text[:MESSAGE_LIMIT].rstrip() + " …"
