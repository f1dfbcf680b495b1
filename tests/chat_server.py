"""A scripted server that speaks the chat protocol: counts requests, can fail in every way.

A script is a function from the request's body (and the number of the request, from 0) to an
``Answer``. Every answered request is counted by a digest of its body, so that a test can say what
was paid for twice.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass
class Answer:
    """What to send: status, headers, body text; ``delay`` seconds before it; ``cut`` sends only
    so many bytes of it and drops the connection; ``drip`` seconds between bytes."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int | None = None
    drip: float = 0.0


def chat(text: str, finish: str = "stop", **more: Any) -> Answer:
    """A well-formed reply."""
    return Answer(
        json.dumps(
            {
                "id": "x",
                "object": "chat.completion",
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": finish,
                        "message": {"role": "assistant", "content": text},
                    }
                ],
                "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
            }
        ),
        **more,
    )


def error(status: int, message: str, headers: dict[str, str] | None = None, **more: Any) -> Answer:
    """An error body of the usual shape."""
    return Answer(json.dumps({"error": {"message": message, **more}}), status, headers or {})


def stream(pieces: list[str], *, done: bool = True, usage: bool = True) -> Answer:
    """Server-sent events, one a piece; ``done`` False ends without a finish."""
    events = [
        json.dumps({"choices": [{"index": 0, "delta": {"content": p}, "finish_reason": None}]})
        for p in pieces
    ]
    if done:
        last: Body = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        if usage:
            last["usage"] = {"prompt_tokens": 11, "completion_tokens": len(pieces)}
        events += [json.dumps(last), "[DONE]"]
    text = "".join(f"data: {e}\n\n" for e in events)
    return Answer(text, headers={"Content-Type": "text/event-stream"})


Script = Callable[[Body, int], Answer]


class ScriptedServer:
    """The server; ``requests`` are the bodies seen, ``answered`` counts whole 200 answers."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.answered: Counter[str] = Counter()
        self.in_flight = 0
        self.most_in_flight = 0
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer._serve(self)

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.daemon = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        data = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        body = json.loads(data)
        with self._lock:
            number = len(self.requests)
            self.requests.append(body)
            self.headers.append({k.lower(): v for k, v in handler.headers.items()})
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            answer = self.script(body, number)
            if answer.delay:
                time.sleep(answer.delay)
            self._send(handler, answer, body)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with self._lock:
                self.in_flight -= 1

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer, body: Body) -> None:
        payload = answer.body.encode()
        handler.send_response(answer.status)
        headers = {"Content-Type": "application/json", **answer.headers}
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(payload)))
        handler.end_headers()
        if answer.cut is not None:
            handler.wfile.write(payload[: answer.cut])
            handler.wfile.flush()
            handler.close_connection = True
            handler.connection.close()
            return
        if answer.drip:
            for i in range(len(payload)):
                handler.wfile.write(payload[i : i + 1])
                handler.wfile.flush()
                time.sleep(answer.drip)
        else:
            handler.wfile.write(payload)
            handler.wfile.flush()
        if answer.status == 200:
            with self._lock:
                self.answered[digest(body)] += 1

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def digest(body: Body) -> str:
    """A short name of a request's content."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]


@contextmanager
def serving(script: Script) -> Iterator[ScriptedServer]:
    """Run a scripted server for the length of a ``with`` block."""
    server = ScriptedServer(script)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def user_text(body: Body) -> str:
    """The last user message of a request."""
    return str([m for m in body["messages"] if m["role"] == "user"][-1]["content"])
