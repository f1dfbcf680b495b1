"""The chat summariser and the pipeline around it, against a scripted server."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.chat_server import Answer, Body, Script, ScriptedServer, chat, serving, user_text
from tests.helpers import make_document
from toolkit.chat.base import ReplyError
from toolkit.errors import InputError, UsageError
from toolkit.summarize.base import Abstractive
from toolkit.summarize.chat import ChatSummarizer, create
from toolkit.summarize.pipeline import open_summarizer, summarise
from toolkit.translate import open_translator
from toolkit.types import Document, Hypothesis, Length, Translation

pytestmark = pytest.mark.enable_socket

STORY = make_document(
    [
        ["Gubernur Ratna Wulandari membuka Jembatan Musi Tiga di Palembang pada Jumat (14/3)."],
        ["Jembatan itu menelan biaya Rp 1,2 triliun.", "Panjangnya 1.250 meter."],
        ["Warga berharap kemacetan berkurang."],
    ],
    title="Jembatan Musi Tiga Dibuka",
    date="2025-03-14",
)
ENGLISH = [
    "Governor Ratna Wulandari opened the Musi Tiga Bridge in Palembang on Friday (March 14).",
    "The bridge cost Rp 1.2 trillion.",
    "It is 1,250 meters long.",
    "Residents hope that traffic jams will ease.",
]
TRANSLATION = Translation(
    "doc", {i: Hypothesis(t) for i, t in enumerate(ENGLISH)}, Hypothesis("Musi Tiga Bridge Opened")
)
GOOD = [
    "Governor Ratna Wulandari opened the Musi Tiga Bridge in Palembang on Friday.",
    "The bridge cost Rp 1.2 trillion and is 1,250 meters long.",
]
TWO = Length(2, "sentences")


def sentences(*texts: str) -> Answer:
    return chat(json.dumps({"sentences": list(texts)}))


def summariser(server: ScriptedServer, **more: Any) -> ChatSummarizer:
    values: dict[str, Any] = {"retries": 0, "timeout": 10.0, **more}
    return create(model="tiny", base_url=server.url, **values)


def always(*texts: str) -> Script:
    return lambda body, number: sentences(*texts)


def test_one_request_from_indonesian() -> None:
    with serving(always(*GOOD)) as server:
        made = summariser(server)
        assert isinstance(made, Abstractive)
        assert made.needs_translation is False
        assert list(made.write(STORY, None, TWO)) == GOOD
    (body,) = server.requests
    system, user = (m["content"] for m in body["messages"])
    assert "in exactly 2 sentences" in user
    assert "a whole article in Indonesian" in system
    tag = re.search(r"<article-(\w+)>", user)
    assert tag is not None
    assert f"</article-{tag[1]}>" in system
    assert "Headline: Jembatan Musi Tiga Dibuka\nDate: 2025-03-14\n\n" in user
    assert "Rp 1,2 triliun. Panjangnya 1.250 meter.\n\nWarga berharap" in user
    assert body["response_format"]["json_schema"]["name"] == "summary"


def test_it_can_read_the_translation() -> None:
    with serving(always(*GOOD)) as server:
        made = summariser(server, source="translation")
        assert made.needs_translation is True
        made.write(STORY, TRANSLATION, TWO)
        with pytest.raises(UsageError, match="reads a translation"):
            made.write(STORY, None, TWO)
    user = user_text(server.requests[0])
    assert "Headline: Musi Tiga Bridge Opened" in user
    assert ENGLISH[1] in user
    assert "Warga" not in user


def test_an_empty_document_costs_nothing() -> None:
    with serving(always("x")) as server:
        assert summariser(server).write(make_document([]), None, TWO) == ()
    assert not server.requests


def long_story(count: int = 150) -> Document:
    return make_document(
        [[f"Kalimat nomor {i} dari laporan panjang tentang banjir di kota."] for i in range(count)]
    )


def test_a_long_document_goes_by_sections_and_nothing_is_left_out() -> None:
    def script(body: Body, number: int) -> Answer:
        text = user_text(body)
        if "<parts-" in text:
            return sentences("The flood report was merged.")
        return sentences(f"Part with {len(re.findall('Kalimat nomor', text))} sentences.")

    with serving(script) as server:
        made = summariser(server, context_tokens=2400, reply_tokens=200, concurrency=1)
        assert made.write(long_story(), None, TWO) == ("The flood report was merged.",)
    sections = [b for b in server.requests if "<article-" in user_text(b)]
    merges = [b for b in server.requests if "<parts-" in user_text(b)]
    assert len(sections) >= 3
    assert len(merges) == 1
    seen = [int(n) for b in sections for n in re.findall(r"nomor (\d+)", user_text(b))]
    assert sorted(seen) == list(range(150))
    for i, body in enumerate(sections, 1):
        assert f"part {i} of {len(sections)} of an article" in body["messages"][0]["content"]
    counts = [len(re.findall("Kalimat nomor", user_text(b))) for b in sections]
    assert max(counts) - min(counts) <= 2, "sections are of like size"
    assert user_text(merges[0]).count("Part with") == len(sections)


def test_a_document_over_its_token_budget_is_refused_before_any_request() -> None:
    with (
        serving(always("x")) as server,
        pytest.raises(InputError, match=r"may cost [\d,]+ tokens, more than the 3,000 allowed"),
    ):
        summariser(server, budget_tokens=3000).write(long_story(), None, TWO)
    assert not server.requests


def test_a_context_smaller_than_the_prompt_is_told() -> None:
    with serving(always("x")) as server, pytest.raises(InputError, match="RINGKAS_CHAT_CONTEXT"):
        summariser(server, context_tokens=900, reply_tokens=200).write(STORY, None, TWO)


def test_a_word_longer_than_the_model_takes_is_told() -> None:
    story = make_document([["Kata " + "a" * 9000 + " selesai."]])
    with serving(always("x")) as server, pytest.raises(InputError, match="holds a word"):
        summariser(server, context_tokens=2400, reply_tokens=200).write(story, None, TWO)


def test_a_summary_that_is_too_long_is_shortened_then_cut_at_sentences() -> None:
    def script(body: Body, number: int) -> Answer:
        if "<parts-" in user_text(body):
            return sentences("One is kept.", "Two is kept.", "Three is not.")
        return sentences(*(f"Sentence {i} is here." for i in range(7)))

    with serving(script) as server:
        assert summariser(server).write(STORY, None, TWO) == ("One is kept.", "Two is kept.")
        words = summariser(server).write(STORY, None, Length(6, "words"))
    assert words == ("One is kept.", "Two is kept.")
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    "reply",
    [
        "```json\n" + json.dumps({"sentences": GOOD}) + "\n```",
        "<think>hm</think>" + json.dumps({"sentences": [" ".join(GOOD)]}),
        "\n".join(f"{i}. {s}" for i, s in enumerate(GOOD, 1)),
    ],
)
def test_replies_of_other_shapes(reply: str) -> None:
    with serving(lambda b, n: chat(reply)) as server:
        assert list(summariser(server).write(STORY, None, TWO)) == GOOD


@pytest.mark.parametrize(
    "reply", ["", '{"sentences": []}', '{"summary": "x"}', '{"sentences": [1]}']
)
def test_a_reply_of_the_wrong_shape_is_asked_for_again_then_told(reply: str) -> None:
    with (
        serving(lambda b, n: chat(reply)) as server,
        pytest.raises(ReplyError, match="gave no summary that can be read"),
    ):
        summariser(server).write(STORY, None, TWO)
    assert len(server.requests) == 2


def test_the_headline_prompt() -> None:
    with serving(lambda b, n: chat('{"headline": "“Governor opens bridge”."}')) as server:
        made = summariser(server)
        assert made.headline(STORY, GOOD) == "Governor opens bridge"
        assert made.headline(STORY, []) == ""
    assert "Jembatan Musi Tiga Dibuka" in user_text(server.requests[0])


def test_terms_go_into_the_prompt(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("Gubernur\tGovernor\tkeep\nbupati\tregent\tkeep\n", encoding="utf-8")
    with serving(always(*GOOD)) as server:
        made = summariser(server, glossary=path)
        made.write(STORY, None, TWO)
        assert made.signature != summariser(server).signature
    assert '- "Gubernur": always "Governor"' in user_text(server.requests[0])
    assert "bupati" not in user_text(server.requests[0])


def test_the_signature_names_prompts_model_and_settings(tmp_path: Path) -> None:
    with serving(always("x")) as server:
        base = summariser(server).signature
        own = tmp_path / "p"
        own.mkdir()
        shipped = (Path(__file__).parent.parent / "prompts" / "summarize.md").read_text("utf-8")
        (own / "summarize.md").write_text(shipped + "\nBe kind.", encoding="utf-8")
        others = [
            summariser(server, prompts_directory=own).signature,
            summariser(server, temperature=0.5).signature,
            summariser(server, source="translation").signature,
            create(model="large", base_url=server.url).signature,
        ]
    assert len({base, *others}) == 5
    assert "summarize/1:" in base
    assert "merge/1:" in base


# -- through the pipeline ---------------------------------------------------------------------


def pipeline(server: ScriptedServer, *, strict: bool = False, **more: Any) -> Any:
    translator = open_translator("embedded")
    return summarise(STORY, summariser(server, **more), translator, length=TWO, strict=strict)[0]


WRONG = "The bridge cost Rp 7.9 trillion and was praised by Budi Hartono."


def test_a_faithful_summary_is_tied_to_its_sources() -> None:
    with serving(always(*GOOD)) as server:
        summary = pipeline(server)
    assert [s.support for s in summary.sentences] == [(0,), (1, 2)]
    assert not [c for s in summary.sentences for c in s.checks]
    assert len(server.requests) == 1


def test_one_round_of_revision_mends_what_the_checks_found() -> None:
    def script(body: Body, number: int) -> Answer:
        return sentences(*GOOD) if "<draft-" in user_text(body) else sentences(GOOD[0], WRONG)

    with serving(script) as server:
        summary = pipeline(server)
    assert [s.text for s in summary.sentences] == GOOD
    assert len(server.requests) == 2
    revision = user_text(server.requests[1])
    assert f"[2] {WRONG}" in revision
    assert "'Rp 7.9 trillion' does not stand in the article" in revision
    assert "Budi Hartono" in revision.split("<findings-")[1]


def test_what_revision_does_not_mend_is_flagged_or_dropped() -> None:
    with serving(always(GOOD[0], WRONG)) as server:
        summary = pipeline(server)
        strict = pipeline(server, strict=True)
    details = [c.detail for c in summary.sentences[1].checks]
    assert any("7.9" in d for d in details)
    assert any("Budi Hartono" in d for d in details)
    assert [s.text for s in strict.sentences] == [GOOD[0]]
    assert strict.notes


def test_the_command_gives_the_same_json_as_for_extracts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.cli.main import app

    story = tmp_path / "story.txt"
    story.write_text(STORY.title + "\n\n" + STORY.text, encoding="utf-8")
    with serving(always(*GOOD)) as server:
        monkeypatch.setenv("RINGKAS_CHAT_URL", server.url)
        monkeypatch.setenv("RINGKAS_CHAT_KEY", "sk-command-line-0001")
        command = ["summarize", str(story), "--format", "json", "--length", "2 sentences"]
        runner = CliRunner()
        written = runner.invoke(app, [*command, "--summarizer", "chat:tiny"])
        extract = runner.invoke(app, [*command, "--summarizer", "lead"])
    assert written.exit_code == 0, written.stderr
    ours, theirs = json.loads(written.stdout), json.loads(extract.stdout)
    assert ours["schema"] == theirs["schema"] == "ringkas.summary/1"
    assert [s["text"] for s in ours["summary"]["sentences"]] == GOOD
    assert set(ours) == set(theirs)
    assert set(ours["summary"]) == set(theirs["summary"])
    assert all(s["support"] for s in ours["summary"]["sentences"])
    assert "sk-command-line-0001" not in written.stdout + written.stderr


def test_specs_reach_the_factory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGKAS_CHAT_URL", "http://localhost:1/v1")
    made = open_summarizer("chat:some/model:tag")
    assert isinstance(made, ChatSummarizer)
    assert made.session.options.model == "some/model:tag"


@pytest.mark.slow
def test_no_file_of_a_run_holds_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Manifest, outputs, scores, reports and cache of an evaluation with a keyed server."""
    from toolkit.cli.main import app

    key = "sk-evaluation-90817263"
    suite = tmp_path / "suite.toml"
    five = Path(__file__).parent.parent / "eval" / "sets" / "five"
    suite.write_text(
        'schema = "ringkas.suite/1"\nname = "keyed"\nresamples = 100\ntrials = 100\n'
        "share_translations = true\n"
        f'[[sets]]\nkind = "folder"\npath = "{five}"\n'
        '[[systems]]\nsummarizer = "chat:tiny"\nlength = "2 sentences"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("RINGKAS_HOME", str(tmp_path / "home"))
    with serving(lambda b, n: sentences(f"The key {key} was printed.", *GOOD)) as server:
        monkeypatch.setenv("RINGKAS_CHAT_URL", server.url)
        monkeypatch.setenv("RINGKAS_CHAT_KEY", key)
        result = CliRunner().invoke(app, ["evaluate", str(suite), "--out", str(tmp_path / "run")])
        assert server.headers[0]["authorization"] == f"Bearer {key}"
    assert result.exit_code == 0, result.stderr
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert any(p.name == "manifest.json" for p in files)
    assert any(p.name == "replies.sqlite" for p in files)
    assert not [p for p in files if key.encode() in p.read_bytes()]
    assert key not in result.stdout + result.stderr
