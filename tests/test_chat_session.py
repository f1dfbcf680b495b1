"""The session: cache, concurrency, cut replies, kill and resume. No request is paid twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.chat_server import Answer, Body, ScriptedServer, chat, error, serving, user_text
from toolkit.chat.base import ReplyError
from toolkit.chat.opening import open_chat
from toolkit.chat.session import ChatSession
from toolkit.errors import ModelError, UsageError
from toolkit.prompts import Message

pytestmark = pytest.mark.enable_socket

ROOT = Path(__file__).resolve().parent.parent
KEY = "sk-test-77aa1b2c3d4e5f60"


def session(server: ScriptedServer, **more: Any) -> ChatSession:
    values: dict[str, Any] = {
        "retries": 0,
        "timeout": 10.0,
        "context_tokens": 4096,
        "reply_tokens": 256,
        "key": KEY,
        **more,
    }
    return open_chat("tiny", base_url=server.url, **values)


def ask(made: ChatSession, *texts: str) -> list[Any]:
    requests = [made.request((Message("user", t),), None) for t in texts]
    return made.ask_each(requests)


def echo(body: Body, number: int) -> Answer:
    return chat(f"re: {user_text(body)}")


def test_a_second_run_pays_nothing() -> None:
    with serving(echo) as server:
        first = session(server)
        assert [r.text for r in ask(first, "a", "b", "a")] == ["re: a", "re: b", "re: a"]
        assert (first.usage.requests, first.usage.cached) == (2, 1)
        assert (first.usage.prompt_tokens, first.usage.completion_tokens) == (22, 14)
        second = session(server)
        assert [r.text for r in ask(second, "b", "a")] == ["re: b", "re: a"]
        assert (second.usage.requests, second.usage.cached) == (0, 2)
        assert "0 requests (2 more from the cache)" in str(second.usage)
    assert len(server.requests) == 2


def test_without_a_cache_everything_is_asked_again() -> None:
    with serving(echo) as server:
        for _ in range(2):
            ask(session(server, cache=False), "a")
    assert len(server.requests) == 2


def test_other_settings_are_other_requests() -> None:
    with serving(echo) as server:
        ask(session(server), "a")
        ask(session(server, temperature=0.7), "a")
        ask(session(server, reply_tokens=300), "a")
        ask(session(server, seed=3), "a")
    assert len(server.requests) == 4


def test_concurrency_is_bounded_and_order_kept() -> None:
    texts = [str(i) for i in range(12)]
    with serving(lambda b, n: chat(user_text(b), delay=0.05)) as server:
        assert [r.text for r in ask(session(server, concurrency=3), *texts)] == texts
        assert server.most_in_flight == 3


def test_equal_requests_at_the_same_time_are_sent_once() -> None:
    with serving(lambda b, n: chat("x", delay=0.1)) as server:
        made = session(server)
        threads = [threading.Thread(target=ask, args=(made, "same")) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    assert len(server.requests) == 1


def test_a_failed_reply_takes_its_place_and_the_rest_goes_on() -> None:
    def script(body: Body, number: int) -> Answer:
        return error(400, "no") if user_text(body) == "bad" else echo(body, number)

    with serving(script) as server:
        first, bad, last = ask(session(server), "a", "bad", "c")
    assert (first.text, last.text) == ("re: a", "re: c")
    assert isinstance(bad, ReplyError)


def test_a_dead_server_stops_everything() -> None:
    with (
        serving(lambda b, n: error(401, "no key")) as server,
        pytest.raises(ModelError, match="refused access"),
    ):
        ask(session(server, concurrency=2), *map(str, range(20)))
    assert len(server.requests) < 20


def test_a_cut_reply_gets_more_room_and_is_not_paid_twice() -> None:
    def script(body: Body, number: int) -> Answer:
        return chat("half", "length") if body["max_tokens"] < 1000 else chat("whole")

    with serving(script) as server:
        assert ask(session(server), "a")[0].text == "whole"
        assert ask(session(server), "a")[0].text == "whole"
    assert [b["max_tokens"] for b in server.requests] == [256, 512, 1024]


def test_a_reply_that_stays_cut_is_an_error_not_a_half_summary() -> None:
    with serving(lambda b, n: chat("half", "length")) as server:
        (result,) = ask(session(server), "a")
    assert isinstance(result, ReplyError)
    assert "did not end its reply within 1024 tokens" in str(result)


def test_a_prompt_that_is_too_long_is_never_sent() -> None:
    with serving(echo) as server:
        (result,) = ask(session(server), "kata " * 4000)
    assert isinstance(result, ReplyError)
    assert not server.requests


def test_a_withheld_reply_is_an_error() -> None:
    with serving(lambda b, n: chat("", "content_filter")) as server:
        (result,) = ask(session(server), "a")
    assert "content filter" in str(result)


def test_one_more_request_when_the_reply_does_not_parse() -> None:
    with serving(lambda b, n: chat("no json" if n == 0 else "7")) as server:
        made = session(server)
        request = made.request((Message("user", "a number"),), None)

        def parse(text: str) -> int | None:
            return int(text) if text.isdigit() else None

        assert made.parsed(request, parse, "A number, please.")[0] == 7
    sent = server.requests[1]["messages"]
    assert [m["role"] for m in sent] == ["user", "assistant", "user"]
    assert sent[1]["content"] == "no json"
    assert sent[2]["content"] == "A number, please."


def test_no_key_and_no_text_of_the_article_in_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    secret_text = "Kalimat rahasia dari artikel."
    with serving(lambda b, n: chat(f"ok {KEY}")) as server:
        ask(session(server, cache=path), secret_text)
    stored = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert KEY.encode() not in stored
    assert secret_text.encode() not in stored
    assert b"ok ***" in stored


def test_what_must_be_said_to_open_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="set RINGKAS_CHAT_MODEL"):
        open_chat()
    with pytest.raises(UsageError, match="set RINGKAS_CHAT_URL"):
        open_chat("gpt")
    monkeypatch.setenv("RINGKAS_CHAT_URL", "http://localhost:1/v1")
    monkeypatch.setenv("RINGKAS_CHAT_MODEL", "from-environment")
    assert open_chat().model.name == "from-environment"
    with pytest.raises(ModelError, match="no model 'nowhere'"):
        open_chat("local:nowhere")


WORKER = """
    import sys
    from tests.helpers import make_document
    from toolkit.summarize.chat import create
    from toolkit.types import Length

    summariser = create(model="tiny", base_url=sys.argv[1], concurrency=1, retries=0)
    for i in range(8):
        document = make_document([[f"Jembatan nomor {i} dibuka pada hari Senin."]], id=str(i))
        print(" ".join(summariser.write(document, None, Length(1, "sentences"))), flush=True)
    print(summariser.session.usage.requests, file=sys.stderr)
"""


@pytest.mark.slow
def test_kill_and_resume_pays_no_request_twice(tmp_path: Path) -> None:
    """SIGKILL while the sixth request is in flight; the second run asks only what is missing."""
    hold = threading.Event()
    reached = threading.Event()

    def script(body: Body, number: int) -> Answer:
        if number == 5:
            reached.set()
            hold.wait(20)
            return Answer("", cut=0)  # nobody is there any more; nothing is answered
        words = user_text(body).split("nomor ")[1].split()[0]
        return chat(f'{{"sentences": ["Bridge {words} opened on Monday."]}}')

    worker = tmp_path / "worker.py"
    worker.write_text(textwrap.dedent(WORKER), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RINGKAS_HOME": str(tmp_path / "home"),
        "RINGKAS_CHAT_KEY": KEY,
    }
    with serving(script) as server:
        command = [sys.executable, str(worker), server.url]
        first = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            assert reached.wait(60)
            first.send_signal(signal.SIGKILL)
            out, _ = first.communicate(timeout=20)
        finally:
            first.kill()
        assert first.returncode == -signal.SIGKILL
        assert len(out.splitlines()) == 5
        assert sum(server.answered.values()) == 5
        hold.set()
        second = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=True
        )
    expected = [f"Bridge {i} opened on Monday." for i in range(8)]
    assert second.stdout.splitlines() == expected
    assert second.stderr.strip().splitlines()[-1] == "3"
    assert len(server.requests) == 6 + 3
    assert len(server.answered) == 8
    assert set(server.answered.values()) == {1}
    everything = b"".join(p.read_bytes() for p in (tmp_path / "home").rglob("*") if p.is_file())
    assert KEY.encode() not in everything
