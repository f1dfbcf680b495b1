"""The chat client against a scripted server: every fault, the dialects, the key."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.chat_server import Answer, Body, ScriptedServer, chat, error, serving, stream
from toolkit.chat.base import ChatRequest, ReplyError, Schema, Secret
from toolkit.chat.http import HttpChat
from toolkit.chat.options import ChatOptions
from toolkit.chat.retry import Backoff
from toolkit.errors import ModelError
from toolkit.prompts import Message

pytestmark = pytest.mark.enable_socket

KEY = "sk-test-3f9a7c1e5b8d2046"
SCHEMA = Schema("s", {"type": "object", "properties": {"a": {"type": "string"}}})
QUICK = Backoff(retries=3, base=0.01, cap=0.05, longest=2.0)


def request(schema: Schema | None = SCHEMA, **more: Any) -> ChatRequest:
    messages = (Message("system", "Be brief."), Message("user", "Hello."))
    return ChatRequest(messages, 64, schema, **more)


def client(server: ScriptedServer, *, backoff: Backoff = QUICK, **more: Any) -> HttpChat:
    values: dict[str, Any] = {"key": Secret(KEY), "timeout": 5.0, **more}
    return HttpChat(ChatOptions("tiny", server.url, **values), backoff=backoff)


def test_a_reply_and_what_was_sent() -> None:
    with serving(lambda b, n: chat('{"a": "b"}')) as server:
        reply = client(server, seed=None).complete(request(seed=4))
    assert (reply.text, reply.finish) == ('{"a": "b"}', "stop")
    assert (reply.prompt_tokens, reply.completion_tokens) == (11, 7)
    body = server.requests[0]
    assert body["model"] == "tiny"
    assert body["max_tokens"] == 64
    assert body["temperature"] == 0
    assert body["seed"] == 4
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA.schema
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_without_a_key_no_header_is_sent() -> None:
    with serving(lambda b, n: chat("x")) as server:
        client(server, key=Secret()).complete(request())
    assert "authorization" not in server.headers[0]


FAULTS: dict[str, Callable[[], Answer]] = {
    "429": lambda: error(429, "slow down"),
    "500": lambda: error(500, "oops"),
    "503 without a body": lambda: Answer("", 503),
    "502 html": lambda: Answer("<html>Bad gateway</html>", 502),
    "truncated JSON": lambda: Answer(chat("hello").body[:40]),
    "connection cut": lambda: Answer(chat("hello").body, cut=30),
    "no bytes at all": lambda: Answer(chat("hello").body, cut=0),
    "wrong shape": lambda: Answer('{"choices": []}'),
    "content is a number": lambda: Answer('{"choices": [{"message": {"content": 3}}]}'),
    "error in a 200": lambda: Answer('{"error": {"message": "overloaded", "code": 503}}'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_passing_faults_are_retried(fault: str) -> None:
    with serving(lambda b, n: FAULTS[fault]() if n < 2 else chat("fine")) as server:
        made = client(server)
        assert made.complete(request()).text == "fine"
        assert made.retries == 2
    assert len(server.requests) == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_lasting_faults_end_in_one_sentence(fault: str) -> None:
    with (
        serving(lambda b, n: FAULTS[fault]()) as server,
        pytest.raises(ReplyError, match="gave no usable reply after 4 attempts") as caught,
    ):
        client(server).complete(request())
    assert len(server.requests) == 4
    assert str(caught.value).endswith(".")
    assert caught.value.__cause__ is None


def test_a_slow_server_times_out_and_is_asked_again() -> None:
    with serving(lambda b, n: chat("late", delay=0.6 if n == 0 else 0)) as server:
        started = time.monotonic()
        assert client(server, timeout=0.2).complete(request()).text == "late"
    assert time.monotonic() - started < 2
    assert len(server.requests) == 2


def test_a_dripping_server_meets_the_deadline() -> None:
    answer = chat("drop by drop")
    answer.drip = 0.02
    with (
        serving(lambda b, n: answer) as server,
        pytest.raises(ReplyError, match=r"too slowly|no reply within"),
    ):
        client(server, timeout=0.3, backoff=Backoff(retries=0)).complete(request())


def test_retry_after_is_obeyed() -> None:
    first = error(429, "wait", {"Retry-After": "0.4"})
    with serving(lambda b, n: first if n == 0 else chat("ok")) as server:
        started = time.monotonic()
        client(server).complete(request())
    assert time.monotonic() - started >= 0.4


def test_a_long_retry_after_is_told_not_waited_for() -> None:
    with (
        serving(lambda b, n: error(429, "quota resets", {"Retry-After": "3600"})) as server,
        pytest.raises(ModelError, match="asks to wait 3600 s"),
    ):
        client(server).complete(request())
    assert len(server.requests) == 1


def test_used_up_quota_is_not_retried() -> None:
    refused = error(429, "You exceeded your current quota", code="insufficient_quota")
    with (
        serving(lambda b, n: refused) as server,
        pytest.raises(ModelError, match="quota is used up"),
    ):
        client(server).complete(request())
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "check RINGKAS_CHAT_KEY"), (403, "refused access"), (404, "no model 'tiny'")],
)
def test_what_no_retry_mends(status: int, said: str) -> None:
    with (
        serving(lambda b, n: error(status, "no")) as server,
        pytest.raises(ModelError, match=said) as caught,
    ):
        client(server).complete(request())
    assert not isinstance(caught.value, ReplyError)
    assert len(server.requests) == 1


def test_redirects_are_not_followed() -> None:
    moved = Answer("", 307, {"Location": "http://127.0.0.1:1/v1/chat/completions"})
    with serving(lambda b, n: moved) as server, pytest.raises(ModelError, match="redirects"):
        client(server).complete(request())


def test_no_server_at_all() -> None:
    options = ChatOptions("tiny", "http://127.0.0.1:9/v1", timeout=2)
    with pytest.raises(ModelError, match=r"can't be reached after 3 attempts"):
        HttpChat(options, backoff=QUICK).complete(request())


def test_a_server_without_json_schema_gets_plainer_requests() -> None:
    def script(body: Body, number: int) -> Answer:
        kind = body.get("response_format", {}).get("type")
        return error(400, f"response_format {kind} is not supported") if kind else chat("plain")

    with serving(script) as server:
        made = client(server)
        assert made.complete(request()).text == "plain"
        assert made.complete(request()).text == "plain"
    kinds = [b.get("response_format", {}).get("type") for b in server.requests]
    assert kinds == ["json_schema", "json_object", None, None]


def test_a_422_on_unknown_fields_is_a_refusal_too() -> None:
    def script(body: Body, number: int) -> Answer:
        if "response_format" in body:
            return Answer(json.dumps({"detail": "Unexpected fields: {'response_format'}"}), 422)
        return chat("plain")

    with serving(script) as server:
        assert client(server).complete(request()).text == "plain"


def test_fields_that_a_model_refuses_are_changed_or_left_out() -> None:
    def script(body: Body, number: int) -> Answer:
        if "max_tokens" in body:
            return error(400, "Use 'max_completion_tokens' instead of 'max_tokens'.")
        if "temperature" in body:
            return error(400, "'temperature' does not support 0 with this model.")
        if "seed" in body:
            return error(400, "Unknown parameter: seed.")
        if body["messages"][0]["role"] == "system":
            return error(400, "System role not supported")
        return chat("fine")

    with serving(script) as server:
        made = client(server)
        assert made.complete(request(seed=1)).text == "fine"
        count = len(server.requests)
        assert made.complete(request(seed=1)).text == "fine"
    assert count == 5
    assert len(server.requests) == 6
    last = server.requests[-1]
    assert last["max_completion_tokens"] == 64
    assert last["messages"] == [{"role": "user", "content": "Be brief.\n\nHello."}]
    assert "response_format" in last


def test_a_refusal_that_stays_is_told() -> None:
    with (
        serving(lambda b, n: error(400, "nonsense")) as server,
        pytest.raises(ReplyError, match="nonsense"),
    ):
        client(server).complete(request())
    assert len(server.requests) == 3


def test_a_context_that_is_too_small_is_told_at_once() -> None:
    said = "This model's maximum context length is 512 tokens, 'max_tokens' is too large"
    with (
        serving(lambda b, n: error(400, said)) as server,
        pytest.raises(ReplyError, match="set RINGKAS_CHAT_CONTEXT"),
    ):
        client(server).complete(request())
    assert len(server.requests) == 1


def test_a_declined_request_is_not_retried() -> None:
    body = {"choices": [{"message": {"content": None, "refusal": "I can't."}}]}
    with (
        serving(lambda b, n: Answer(json.dumps(body))) as server,
        pytest.raises(ReplyError, match="declined: I can't"),
    ):
        client(server).complete(request())
    assert len(server.requests) == 1


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": "one "}, {"type": "text", "text": "two"}]
    body = {"choices": [{"message": {"content": parts}, "finish_reason": None}]}
    with serving(lambda b, n: Answer(json.dumps(body))) as server:
        assert client(server).complete(request()).text == "one two"


def test_streams_are_put_together() -> None:
    with serving(lambda b, n: stream(["Hel", "lo ", "é"])) as server:
        reply = client(server, stream=True).complete(request())
    assert (reply.text, reply.finish, reply.completion_tokens) == ("Hello é", "stop", 3)
    assert server.requests[0]["stream"] is True


def test_a_stream_that_is_cut_is_asked_for_again() -> None:
    whole = stream(["Hel", "lo"])
    cases = [stream(["Hel"], done=False), Answer(whole.body, headers=whole.headers, cut=60), whole]
    with serving(lambda b, n: cases[min(n, 2)]) as server:
        assert client(server, stream=True).complete(request()).text == "Hello"
    assert len(server.requests) == 3


def test_an_error_inside_a_stream_is_retried() -> None:
    bad = Answer('data: {"error": "boom"}\n\n', headers={"Content-Type": "text/event-stream"})
    with serving(lambda b, n: bad if n == 0 else stream(["ok"])) as server:
        assert client(server, stream=True).complete(request()).text == "ok"


def test_a_429_holds_all_threads_back() -> None:
    from concurrent.futures import ThreadPoolExecutor

    times: list[float] = []

    def script(body: Body, number: int) -> Answer:
        times.append(time.monotonic())
        if number == 0:
            return error(429, "wait", {"Retry-After": "0.5"})
        return chat("ok", delay=0.02)

    with serving(script) as server:
        made = client(server)
        with ThreadPoolExecutor(4) as pool:
            first = pool.submit(made.complete, request())
            time.sleep(0.15)
            rest = [pool.submit(made.complete, request()) for _ in range(3)]
            assert [f.result().text for f in [first, *rest]] == ["ok"] * 4
    assert all(t - times[0] >= 0.45 for t in times[1:])


def test_the_key_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """Logs of all libraries, exceptions and their chains, replies that echo it."""
    caplog.set_level(logging.DEBUG)

    def script(body: Body, number: int) -> Answer:
        if number == 0:
            return error(500, f"bad token {KEY}")
        if number == 1:
            return chat(f"your key is {KEY}")
        return error(401, f"Incorrect API key provided: {KEY}")

    with serving(script) as server:
        made = client(server)
        reply = made.complete(request())
        assert KEY not in reply.text
        assert "***" in reply.text
        with pytest.raises(ModelError) as caught:
            made.complete(request())
    shown = [caplog.text, str(caught.value), repr(caught.value), repr(made.options), made.signature]
    link: BaseException | None = caught.value
    while link is not None:
        shown += [str(link), repr(getattr(link, "__dict__", ""))]
        link = link.__context__
    shown += [repr(r.__dict__) for r in caplog.records]
    assert not [s for s in shown if KEY in s]


def test_the_key_over_plain_http_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    HttpChat(ChatOptions("m", "http://192.0.2.1:8000/v1", key=Secret(KEY)))
    assert "without encryption" in caplog.text
    caplog.clear()
    HttpChat(ChatOptions("m", "https://192.0.2.1/v1", key=Secret(KEY)))
    HttpChat(ChatOptions("m", "http://localhost:8000/v1", key=Secret(KEY)))
    assert not caplog.text


def test_a_closed_client_does_not_wait() -> None:
    with serving(lambda b, n: error(503, "later", {"Retry-After": "2"})) as server:
        made = client(server)
        import threading

        threading.Timer(0.2, made.stop).start()
        started = time.monotonic()
        with pytest.raises(ModelError, match="closed"):
            made.complete(request())
    assert time.monotonic() - started < 1.5
