"""The chat translation backend against a scripted server, alone and under the guard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.chat_server import Answer, Body, ScriptedServer, chat, error, serving, user_text
from toolkit.chat.base import ReplyError
from toolkit.errors import ModelError, UsageError
from toolkit.text.names import Glossary
from toolkit.translate import open_translator
from toolkit.translate.base import Backend, Decoding
from toolkit.translate.chat import ChatBackend, create

pytestmark = pytest.mark.enable_socket

WORDS = {
    "Hujan turun sejak pagi.": "It has rained since morning.",
    "Harga beras naik 5 persen.": "The price of rice rose 5 percent.",
    "Bupati Siti Rahma menutup jalan itu.": "Regent Siti Rahma closed the road.",
    "Warga diminta tetap tenang.": "Residents were asked to stay calm.",
}
SEGMENTS = list(WORDS)
ENGLISH = list(WORDS.values())


def numbered(body: Body) -> list[str]:
    """The segments of a request's passage."""
    text = "\n".join(m["content"] for m in body["messages"])
    block = re.search(r"<passage-\w+>\n(.*?)\n</passage-", text, re.DOTALL)
    assert block is not None
    return [re.sub(r"^\[\d+\] ", "", line) for line in block[1].splitlines()]


def translations(*texts: str) -> Answer:
    return chat(json.dumps({"translations": list(texts)}))


def honest(body: Body, number: int) -> Answer:
    return translations(*(WORDS[s] for s in numbered(body)))


def backend(server: ScriptedServer, **more: Any) -> ChatBackend:
    return create("tiny", base_url=server.url, **{"retries": 0, "timeout": 10.0, **more})


def test_each_segment_is_a_request_of_its_own() -> None:
    with serving(honest) as server:
        made = backend(server)
        assert isinstance(made, Backend)
        assert made.generate(SEGMENTS, Decoding()) == ENGLISH
        assert made.generate([SEGMENTS[2]], Decoding()) == [ENGLISH[2]]
    assert len(server.requests) == 4, "alone and in a batch it is the same request"
    assert all(len(numbered(b)) == 1 for b in server.requests)
    assert "Translate the one sentence of the passage" in user_text(server.requests[0])


def test_passages_bring_context_and_fewer_requests() -> None:
    with serving(honest) as server:
        made = backend(server, passage=2, concurrency=1)
        assert made.generate(SEGMENTS, Decoding()) == ENGLISH
        assert "passage 2" in made.signature
    assert [len(numbered(b)) for b in server.requests] == [2, 2]
    first, second = (user_text(b) for b in server.requests)
    assert re.search(r"<context-(\w+)>\n</context-\1>", first)
    assert f"{SEGMENTS[0]}\n{SEGMENTS[1]}\n</context-" in second


@pytest.mark.parametrize("count", [1, 3])
def test_a_passage_with_the_wrong_count_is_done_sentence_by_sentence(count: int) -> None:
    def script(body: Body, number: int) -> Answer:
        found = numbered(body)
        return honest(body, number) if len(found) == 1 else translations(*["x"] * count)

    with serving(script) as server:
        assert backend(server, passage=2).generate(SEGMENTS[:2], Decoding()) == ENGLISH[:2]
    assert len(server.requests) == 4, "the passage, once more, then two alone"


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ('{"translations": ["It", "rained."]}', "It rained."),
        ('```json\n{"translations": ["It rained."]}\n```', "It rained."),
        ("It rained.", "It rained."),
        ('{"translations": [{"text": "It rained."}]}', "It rained."),
    ],
)
def test_replies_of_other_shapes(reply: str, text: str) -> None:
    with serving(lambda b, n: chat(reply)) as server:
        assert backend(server).generate(["Hujan."], Decoding()) == [text]


def test_what_has_no_usable_reply_is_empty_and_flagged_by_the_guard() -> None:
    def script(body: Body, number: int) -> Answer:
        bad = numbered(body) == [SEGMENTS[1]]
        return error(400, "content policy") if bad else honest(body, number)

    with serving(script) as server:
        assert backend(server).generate(SEGMENTS[:2], Decoding()) == [ENGLISH[0], ""]
        with pytest.raises(ReplyError, match="content policy"):
            backend(server).generate([SEGMENTS[1]], Decoding())


def test_a_dead_server_is_an_error_not_empty_translations() -> None:
    with (
        serving(lambda b, n: error(401, "no")) as server,
        pytest.raises(ModelError, match="access"),
    ):
        backend(server).generate(SEGMENTS, Decoding())


def test_the_guard_asks_again_with_care(monkeypatch: pytest.MonkeyPatch) -> None:
    def script(body: Body, number: int) -> Answer:
        careful = "hold every name, number and date" in user_text(body)
        found = [WORDS[s] for s in numbered(body)]
        return translations(*(found if careful else [f.replace("5", "50") for f in found]))

    with serving(script) as server:
        monkeypatch.setenv("RINGKAS_CHAT_URL", server.url)
        translator = open_translator("chat:tiny")
        (result,) = translator.translate([SEGMENTS[1]])
    assert result.text == ENGLISH[1]
    assert [c.kind for c in result.checks] == ["retried"]
    assert translator.name == "chat"


def test_terms_reach_prompt_and_guard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("Bupati\tHead of Regency\tkeep\n", encoding="utf-8")
    with serving(honest) as server:
        monkeypatch.setenv("RINGKAS_CHAT_URL", server.url)
        translator = open_translator("chat:tiny", glossary=Glossary.load(path))
        flagged, clean = translator.translate([SEGMENTS[2], SEGMENTS[0]])
    prompts = {numbered(b)[0]: user_text(b) for b in server.requests}
    assert '- "Bupati": always "Head of Regency"' in prompts[SEGMENTS[2]]
    assert prompts[SEGMENTS[0]].endswith("(none)")
    assert "glossary" in [c.kind for c in flagged.checks]
    assert not clean.checks


def test_long_sentences_are_whole_and_context_gives_way() -> None:
    long = " ".join(["kata"] * 100) + "."
    with serving(lambda b, n: translations(*["word"] * len(numbered(b)))) as server:
        made = backend(server, passage=2, context_tokens=1400, reply_tokens=300)
        made.generate([long, long + "?", long + "!", long + ";"], Decoding())
        assert made.max_source_tokens > 4
    for body in server.requests:
        assert all(line.count("kata") == 100 for line in numbered(body))


def test_bad_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGKAS_CHAT_URL", "http://localhost:1/v1")
    with pytest.raises(UsageError, match="at least 1 sentence"):
        create("m", passage=0)
    with pytest.raises(UsageError, match="leaves no room"):
        create("m", context_tokens=700, reply_tokens=100)
    monkeypatch.setenv("RINGKAS_CHAT_PASSAGE", "many")
    with pytest.raises(UsageError, match="RINGKAS_CHAT_PASSAGE"):
        create("m")


def test_the_signature_follows_prompt_and_terms(tmp_path: Path) -> None:
    with serving(honest) as server:
        base = backend(server)
        assert base.signature == backend(server).signature
        own = tmp_path / "p"
        own.mkdir()
        shipped = (Path(__file__).parent.parent / "prompts" / "translate.md").read_text("utf-8")
        (own / "translate.md").write_text(shipped + "\nThank you.", encoding="utf-8")
        path = tmp_path / "t.tsv"
        path.write_text("a\tb\tkeep\n", encoding="utf-8")
        signatures = {
            base.signature,
            backend(server, prompts_directory=own).signature,
            backend(server, passage=3).signature,
            backend(server, glossary=path).signature,
        }
    assert len(signatures) == 4
