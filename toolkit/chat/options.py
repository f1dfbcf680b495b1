"""Settings of a chat model: from arguments and environment to one checked object.

Environment: RINGKAS_CHAT_URL, RINGKAS_CHAT_MODEL, RINGKAS_CHAT_KEY, and, for tuning,
RINGKAS_CHAT_CONTEXT, RINGKAS_CHAT_REPLY, RINGKAS_CHAT_BUDGET (tokens), RINGKAS_CHAT_TIMEOUT
(seconds), RINGKAS_CHAT_RETRIES, RINGKAS_CHAT_CONCURRENCY, RINGKAS_CHAT_STREAM (1 or 0).
Arguments win over the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from toolkit.chat.base import Secret
from toolkit.errors import UsageError

T = TypeVar("T")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """How to reach and use a chat model.

    ``base_url`` ends in the version part (``http://localhost:8080/v1``); ``timeout`` is seconds
    for one whole reply (with ``stream``: between two pieces of it); ``context_tokens`` is what
    prompt and reply may take together; ``reply_tokens`` the bound of one reply;
    ``budget_tokens`` what one document may cost in all, 0 for no bound.
    """

    model: str
    base_url: str = ""
    key: Secret = field(default_factory=Secret)
    timeout: float = 300.0
    retries: int = 5
    concurrency: int = 4
    context_tokens: int = 8192
    reply_tokens: int = 2048
    budget_tokens: int = 0
    temperature: float = 0.0
    seed: int | None = None
    stream: bool = False

    def __post_init__(self) -> None:
        bounds: tuple[tuple[str, float, float], ...] = (
            ("timeout", self.timeout, 0.001),
            ("retries", self.retries, 0),
            ("concurrency", self.concurrency, 1),
            ("reply_tokens", self.reply_tokens, 16),
            ("budget_tokens", self.budget_tokens, 0),
            ("temperature", self.temperature, 0),
            ("context_tokens", self.context_tokens, self.reply_tokens + 1),
        )
        for name, value, least in bounds:
            if value < least:
                raise UsageError(f"Chat option {name} is {value:g}; it must be at least {least:g}.")


def normalise_url(url: str) -> str:
    """The base URL of a server: scheme, host and path up to the version, no slash at the end.

    A bare host gets ``/v1``; a trailing ``/chat/completions`` goes. Raises UsageError for another
    scheme than http(s) and for a user name, password, query or fragment (they would end up in
    logs and signatures; a key belongs in RINGKAS_CHAT_KEY).
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise UsageError("The chat server's URL is not a URL.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            "The chat server's URL must look like http://localhost:8080/v1 or "
            "https://api.example.com/v1."
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            "The chat server's URL may hold no user name, password, query or fragment; give the "
            "key in RINGKAS_CHAT_KEY."
        )
    path = parts.path.rstrip("/").removesuffix("/chat/completions").rstrip("/")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return urlunsplit((parts.scheme, f"{host}:{port}" if port else host, path or "/v1", "", ""))


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine."""
    return (urlsplit(url).hostname or "") in LOOPBACK


def _environment(name: str, read: Callable[[str], T], what: str) -> T | None:
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        return read(value)
    except ValueError:
        raise UsageError(f"{name} must be {what}, not '{value}'.") from None


def _flag(value: str) -> bool:
    if value.lower() in ("1", "true", "yes", "on"):
        return True
    if value.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError


def read_options(
    model: str = "", base_url: str = "", key: str | Secret = "", **given: Any
) -> ChatOptions:
    """Options from arguments, then from the environment, then the defaults.

    ``given`` are other fields of ``ChatOptions``; None means "not given". An explicit
    ``base_url`` never gets the environment's key when the environment names another server.
    Raises UsageError for a value that is off or an unknown option.
    """
    fields: dict[str, Any] = {
        "timeout": _environment("RINGKAS_CHAT_TIMEOUT", float, "a number of seconds"),
        "retries": _environment("RINGKAS_CHAT_RETRIES", int, "a whole number"),
        "concurrency": _environment("RINGKAS_CHAT_CONCURRENCY", int, "a whole number"),
        "context_tokens": _environment("RINGKAS_CHAT_CONTEXT", int, "a number of tokens"),
        "reply_tokens": _environment("RINGKAS_CHAT_REPLY", int, "a number of tokens"),
        "budget_tokens": _environment("RINGKAS_CHAT_BUDGET", int, "a number of tokens"),
        "stream": _environment("RINGKAS_CHAT_STREAM", _flag, "1 or 0"),
    }
    for name, value in given.items():
        if name not in ChatOptions.__dataclass_fields__:
            raise UsageError(f"Unknown chat option '{name}'.")
        if value is not None:
            fields[name] = value
    fields = {name: value for name, value in fields.items() if value is not None}
    env_url = os.environ.get("RINGKAS_CHAT_URL", "").strip()
    env_key = Secret(os.environ.get("RINGKAS_CHAT_KEY", ""))
    secret = key if isinstance(key, Secret) else Secret(key)
    url = normalise_url(base_url or env_url) if base_url or env_url else ""
    if not secret and (not base_url or not env_url or normalise_url(env_url) == url):
        secret = env_key
    return ChatOptions(
        model=model or os.environ.get("RINGKAS_CHAT_MODEL", "").strip(),
        base_url=url,
        key=secret,
        **fields,
    )
