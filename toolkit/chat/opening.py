"""From a model's name and settings to a chat session with its cache."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.chat.base import ChatModel, Secret
from toolkit.chat.cache import ResponseCache
from toolkit.chat.options import read_options
from toolkit.chat.session import ChatSession
from toolkit.errors import UsageError

LOCAL = "local:"


def open_chat(
    model: str = "",
    *,
    base_url: str = "",
    key: str | Secret = "",
    device: str = "cpu",
    cache: bool | Path = True,
    **given: Any,
) -> ChatSession:
    """Open a chat model.

    ``model`` is a name the server knows, or ``local:`` and a folder, an installed model or a hub
    name; a bare folder is local too. What is left out comes from the environment (see
    ``options.read_options``, also for ``given``). ``cache`` False keeps nothing, a path names the
    file. Raises UsageError when model or server is not said, ModelError when it can't be used.
    """
    options = read_options(model, base_url, key, **given)
    if not options.model:
        raise UsageError("No chat model was named; write chat:MODEL or set RINGKAS_CHAT_MODEL.")
    kept: ResponseCache | None = None
    if cache is not False:
        kept = ResponseCache(cache if isinstance(cache, Path) else None)
    opened: ChatModel
    if options.model.startswith(LOCAL) or (
        not options.base_url and (Path(options.model).expanduser() / "config.json").is_file()
    ):
        from toolkit.chat.local import LocalChat

        local = LocalChat(options, device=device)
        opened = local
        options = replace(options, context_tokens=local.context_tokens)
    elif not options.base_url:
        raise UsageError(
            f"No chat server was named for the model '{options.model}'; set RINGKAS_CHAT_URL (for "
            "example http://localhost:8080/v1), or write chat:local:MODEL for a checkpoint here."
        )
    else:
        from toolkit.chat.http import HttpChat

        opened = HttpChat(options)
    return ChatSession(opened, options, kept)
