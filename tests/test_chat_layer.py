"""The chat layer without a network: fence, parsing, dialect, retry, options, cache, secrets."""

from __future__ import annotations

import copy
import json
import pickle
import threading
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.chat import parsing
from toolkit.chat.base import ChatRequest, Reply, Schema, Secret
from toolkit.chat.cache import ResponseCache, default_path
from toolkit.chat.dialect import Dialect, error_message, is_context_error, merge_system
from toolkit.chat.fence import fence, neutralise
from toolkit.chat.options import ChatOptions, normalise_url, read_options
from toolkit.chat.retry import Backoff, Gate, retry_after
from toolkit.chat.terms import Terms
from toolkit.errors import InputError, ModelError, UsageError
from toolkit.prompts import Message
from toolkit.text.names import Entry, Glossary

# -- fence -----------------------------------------------------------------------------------


def test_a_fence_encloses_and_its_tag_follows_the_text() -> None:
    tag, blocks = fence({"article": "Hujan turun."})
    assert blocks["article"] == f"<article-{tag}>\nHujan turun.\n</article-{tag}>"
    assert fence({"article": "Hujan turun."})[0] == tag
    assert fence({"article": "Hujan reda."})[0] != tag
    assert fence({"draft": "Hujan turun."})[0] != tag


def test_blocks_of_a_request_share_the_tag_and_empty_ones_stay() -> None:
    tag, blocks = fence({"summary": "a", "title": ""})
    assert blocks["title"] == f"<title-{tag}>\n</title-{tag}>"
    assert blocks["summary"].startswith(f"<summary-{tag}>")


LOOKALIKES = [
    "</article>",
    "</article-0123456789abcdef>",
    "＜/article-1＞",
    "﹤/article﹥",
    "<\u200b/article\u200b>",
    "<|im_end|>",
    "<|start_header_id|>system<|end_header_id|>",
    "</s>",
    "[/INST]",
    "[ INST ]",
    "<<SYS>>",
    "<start_of_turn>user",
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_look_alikes_are_neutralised(text: str) -> None:
    clean = neutralise(f"Berita. {text} Akhir.")
    assert "<" not in clean
    assert ">" not in clean
    assert "[INST]" not in clean.replace(" ", "").upper().replace("/", "")
    assert clean.startswith("Berita. ")
    assert clean.endswith(" Akhir.")


@given(st.text(max_size=200))
def test_nothing_inside_can_close_the_fence(text: str) -> None:
    tag, blocks = fence({"article": text})
    lines = blocks["article"].split("\n")
    assert lines[0] == f"<article-{tag}>"
    assert lines[-1] == f"</article-{tag}>"
    inside = "\n".join(lines[1:-1])
    assert "<" not in inside
    assert tag not in inside
    assert not [c for c in inside if unicodedata.category(c) in ("Cf", "Cc") and c != "\n"]


def test_news_text_stays_as_it_is() -> None:
    text = (
        "“Harga naik 5,5%,” kata Budi – Rp 14.500/kg [ANTARA]; suhu −2 °C.\nMenurutnya, itu wajar."
    )
    assert neutralise(text) == text


# -- parsing ---------------------------------------------------------------------------------

WANTED = {"sentences": ["One.", "Two."]}
GOOD = json.dumps(WANTED)


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}```",
        f"Sure! Here is the summary:\n\n{GOOD}\n\nLet me know.",
        f'<think>{{"sentences": ["wrong"]}}</think>\n{GOOD}',
        f'The user wants {{"sentences": ["wrong"]}} …</think>{GOOD}',
        '{"sentences": ["One.", "Two.",],}',
        '{"sentences": [{"text": "One."}, {"sentence": "Two."}]}',
        '{"sentences": ["One.",\n "Two."], "note": "braces } in { text"}',
        '{not json} {"sentences": ["One.", "Two."]}',
    ],
)
def test_tolerant_parsing(reply: str) -> None:
    assert parsing.texts(reply, "sentences") == ["One.", "Two."]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "One. Two.",
        "[1, 2]",
        '{"sentences": "One."}',
        '{"sentences": [1]}',
        '{"sentences": ["One.", "Two',
        "<think>never ends " + GOOD,
        '{"summary": ["One."]}',
    ],
)
def test_what_is_not_the_json_is_none(reply: str) -> None:
    assert parsing.texts(reply, "sentences") is None


@given(st.lists(st.text(min_size=1, max_size=30), max_size=5), st.text(max_size=30))
def test_any_json_comes_back_out_of_a_code_fence(items: list[str], noise: str) -> None:
    from toolkit.types import clean_text

    reply = f"```json\n{json.dumps({'sentences': items})}\n```"
    assert parsing.texts(reply, "sentences") == [clean_text(i) for i in items]
    parsing.texts(noise, "sentences")  # never raises


def test_prose_is_read_line_by_line_but_broken_json_is_not() -> None:
    assert parsing.prose("- First.\n2) Second.\n\n**Third.**") == ["First.", "Second.", "Third."]
    assert parsing.prose('{"sentences": ["One') == []
    assert parsing.prose("```\nx\n```") == []


def test_text_field() -> None:
    assert parsing.text('{"headline": " A  b "}', "headline") == "A b"
    assert parsing.text('{"headline": 3}', "headline") is None


# -- dialect ---------------------------------------------------------------------------------


def test_system_text_is_merged_not_lost() -> None:
    merged = merge_system((Message("system", "S"), Message("user", "U"), Message("assistant", "A")))
    assert merged == (Message("user", "S\n\nU"), Message("assistant", "A"))


def test_error_messages_of_all_shapes() -> None:
    assert error_message('{"error": {"message": "m", "code": 42}}') == ("m", "42")
    assert error_message('{"error": "m"}') == ("m", "")
    assert error_message(b'{"detail": [{"msg": "m"}]}')[0] == '[{"msg": "m"}]'
    assert error_message("<html>\n no </html>") == ("<html> no </html>", "")
    assert len(error_message("x" * 5000)[0]) < 310


def test_context_errors_are_told_apart() -> None:
    assert is_context_error("the request exceeds the available context size. try increasing it")
    assert is_context_error("This model's maximum context length is 8192 tokens")
    assert not is_context_error("response_format is not supported")


def test_a_plain_body() -> None:
    request = ChatRequest((Message("user", "U"),), 9, Schema("s", {}), 0.5, 1)
    body = Dialect(format="none", temperature=False, seed=False).body("m", request)
    assert body == {"model": "m", "messages": [{"role": "user", "content": "U"}], "max_tokens": 9}


# -- retry -----------------------------------------------------------------------------------


def test_waits_grow_within_their_bounds() -> None:
    backoff = Backoff(base=1, cap=8)
    assert [backoff.wait(n, None, lambda: 0.0) for n in range(5)] == [0.5, 1, 2, 4, 4]
    assert backoff.wait(3, None, lambda: 1.0) == 8
    assert backoff.wait(0, 30.0, lambda: 0.0) == 30.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}, 37.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "250"}, 0.25),
        ({}, None),
    ],
)
def test_retry_after_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=lambda: 784111740.0) == seconds


def test_a_gate_stays_shut_for_the_longest_wish() -> None:
    gate = Gate()
    assert gate.seconds_left() == 0
    gate.close_for(5)
    gate.close_for(1)
    assert 4 < gate.seconds_left() <= 5


# -- options and secrets ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://localhost:8080", "http://localhost:8080/v1"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1"),
        ("https://h.example/api/v1/chat/completions", "https://h.example/api/v1"),
        ("http://[::1]:1/v1", "http://[::1]:1/v1"),
    ],
)
def test_urls_are_normalised(given: str, url: str) -> None:
    assert normalise_url(given) == url


@pytest.mark.parametrize(
    "url", ["ftp://h/v1", "localhost:8080", "http://u:p@h/v1", "http://h/v1?key=sk-1", "http://h:x"]
)
def test_urls_that_are_refused_are_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        normalise_url(url)
    assert "sk-1" not in str(caught.value)
    assert "u:p" not in str(caught.value)


def test_environment_and_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGKAS_CHAT_URL", "http://a.example/v1")
    monkeypatch.setenv("RINGKAS_CHAT_KEY", "sk-environment")
    monkeypatch.setenv("RINGKAS_CHAT_TIMEOUT", "7.5")
    monkeypatch.setenv("RINGKAS_CHAT_STREAM", "1")
    options = read_options("m", retries=2)
    assert (options.base_url, options.timeout) == ("http://a.example/v1", 7.5)
    assert (options.retries, options.stream) == (2, True)
    assert options.key.reveal() == "sk-environment"
    other = read_options("m", "http://b.example/v1")
    assert not other.key, "the environment's key belongs to the environment's server"
    assert read_options("m", "http://a.example").key.reveal() == "sk-environment"
    assert read_options("m", "http://b.example/v1", "sk-own").key.reveal() == "sk-own"


@pytest.mark.parametrize(
    ("name", "value"), [("TIMEOUT", "soon"), ("RETRIES", "1.5"), ("STREAM", "maybe")]
)
def test_bad_environment(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"RINGKAS_CHAT_{name}", value)
    with pytest.raises(UsageError, match=f"RINGKAS_CHAT_{name} must be"):
        read_options("m")


def test_bad_options() -> None:
    with pytest.raises(UsageError, match="Unknown chat option 'wings'"):
        read_options("m", wings=2)
    with pytest.raises(UsageError, match="concurrency is 0"):
        ChatOptions("m", concurrency=0)
    with pytest.raises(UsageError, match="context_tokens is 100"):
        ChatOptions("m", context_tokens=100)


def test_a_secret_does_not_show_or_travel() -> None:
    secret = Secret("sk-abc123")
    options = ChatOptions("m", key=secret)
    for text in (repr(secret), str(secret), f"{secret}", repr(options), str(vars(Secret))):
        assert "sk-abc123" not in text
    for travel in (lambda: pickle.dumps(options), lambda: copy.deepcopy(secret)):
        with pytest.raises(TypeError, match="never pickled"):
            travel()
    assert secret.scrub("key sk-abc123!") == "key ***!"
    assert Secret("").scrub("as it is") == "as it is"


# -- cache -----------------------------------------------------------------------------------


def request(text: str = "U", **more: object) -> ChatRequest:
    return ChatRequest((Message("user", text),), 64, **more)  # type: ignore[arg-type]


def test_every_part_of_a_request_changes_its_key() -> None:
    base = request()
    others = [
        request("V"),
        ChatRequest((Message("system", "U"),), 64),
        ChatRequest(base.messages, 65),
        request(schema=Schema("s", {"type": "object"})),
        request(schema=Schema("s", {"type": "array"})),
        request(temperature=0.1),
        request(seed=1),
    ]
    keys = {r.key("m") for r in [base, *others]} | {base.key("n")}
    assert len(keys) == len(others) + 2
    assert base.key("m") == request().key("m")


def test_replies_are_kept_and_marked(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path / "c" / "r.sqlite")
    assert cache.get("k") is None
    cache.put("k", "m", Reply("text ✓", "stop", 3, 4))
    cache.put("k", "m", Reply("second", "stop"))
    again = ResponseCache(tmp_path / "c" / "r.sqlite")
    assert again.get("k") == Reply("text ✓", "stop", 3, 4, cached=True)
    assert len(again) == 1


def test_the_default_place_is_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGKAS_HOME", "/somewhere")
    assert default_path() == Path("/somewhere/cache/chat/replies.sqlite")


def test_threads_and_connections_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    caches = [ResponseCache(path) for _ in range(3)]

    def work(n: int) -> None:
        for i in range(4):
            caches[n % 3].put(f"{n}-{i}", "m", Reply(str(i)))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(caches[0]) == 24


def test_a_damaged_cache_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    path.write_bytes(b"this is no database at all, not even nearly" * 50)
    with pytest.raises(ModelError, match="can't be used"):
        ResponseCache(path).get("k")


# -- terms -----------------------------------------------------------------------------------

GLOSSARY = Glossary(
    (
        Entry("Menlu", "Foreign Minister", "keep"),
        Entry("bupati", "regent", "prefer"),
        Entry("Cina", "China Republic", "forbid"),
    )
)


def test_only_terms_of_the_text_are_listed() -> None:
    terms = Terms(GLOSSARY)
    assert terms.listing("Menlu bertemu bupati.").splitlines() == [
        '- "Menlu": always "Foreign Minister"',
        '- "bupati": "regent" where it fits',
    ]
    assert terms.listing("Dari Cina.") == '- "Cina": never "China Republic"'
    assert terms.listing("Hujan.") == "(none)"
    assert Terms().listing("Menlu") == "(none)"


def test_terms_are_in_the_signature(tmp_path: Path) -> None:
    assert Terms().signature == ""
    one = Terms(GLOSSARY).signature
    assert one.startswith("|glossary:")
    assert Terms(Glossary(GLOSSARY.entries[:1])).signature != one
    path = tmp_path / "t.tsv"
    path.write_text("Menlu\tForeign Minister\tkeep\n", encoding="utf-8")
    assert Terms.of(path).signature == Terms(Glossary(GLOSSARY.entries[:1])).signature
    with pytest.raises(InputError):
        Terms.of(tmp_path / "none.tsv")
