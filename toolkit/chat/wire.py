"""Reading HTTP replies: whole bodies with a deadline, and server-sent events.

Knows nothing of prompts, retries or keys; anything off is a Fault for the client to judge.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from toolkit.chat.base import Reply, Secret
from toolkit.chat.dialect import error_message

if TYPE_CHECKING:
    import httpx

LARGEST_REPLY = 16 * 1024 * 1024


class Fault(Exception):  # noqa: N818  (internal signal, never shown as it is)
    """An exchange that brought no reply.

    ``transient``: the same request may succeed later; ``wait``: seconds the server asked for;
    ``connect``: no connection was made at all.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        code: str = "",
        transient: bool = False,
        wait: float | None = None,
        connect: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.transient = transient or connect
        self.wait = wait
        self.connect = connect

    def scrub(self, key: Secret) -> None:
        """Mask the key wherever the server's words hold it."""
        self.message = key.scrub(self.message)
        self.code = key.scrub(self.code)
        self.args = (self.message,)


def read_body(response: httpx.Response, deadline: float) -> bytes:
    """The whole body; Fault when it is too large or not there by ``deadline`` (monotonic)."""
    pieces, size = [], 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_REPLY:
            raise Fault(f"the reply is larger than {LARGEST_REPLY >> 20} MiB")
        if time.monotonic() > deadline:
            raise Fault("the reply came too slowly", transient=True)
    return b"".join(pieces)


def read_stream(response: httpx.Response) -> Reply:
    """The reply in a stream of ``data:`` events.

    A stream that ends without a finish reason or ``[DONE]`` was cut: a transient Fault.
    """
    text: list[str] = []
    finish, done, size = "", False, 0
    usage: dict[str, Any] = {}
    for line in response.iter_lines():
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        size += len(data)
        if size > LARGEST_REPLY:
            raise Fault(f"the reply is larger than {LARGEST_REPLY >> 20} MiB")
        if data == "[DONE]":
            done = True
            break
        try:
            event = json.loads(data)
        except ValueError:
            raise Fault("an event of the stream is not JSON", transient=True) from None
        if not isinstance(event, dict):
            raise Fault("an event of the stream is not an object", transient=True)
        if event.get("error"):
            raise Fault(error_message(data)[0] or "an error in the stream", transient=True)
        usage = event.get("usage") or usage
        for choice in event.get("choices") or []:
            piece = (choice.get("delta") or {}).get("content")
            if isinstance(piece, str):
                text.append(piece)
            finish = choice.get("finish_reason") or finish
    if not done and not finish:
        raise Fault("the stream was cut before its end", transient=True)
    counts = [usage.get(f"{side}_tokens") for side in ("prompt", "completion")]
    prompt, completion = (c if isinstance(c, int) else 0 for c in counts)
    return Reply("".join(text), str(finish), prompt, completion)
