"""Chat models of our own machine, and a real server process that speaks the protocol."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chat_fixture import ANSWER, make_chat
from tests.helpers import make_document
from toolkit.chat.base import ChatModel, ReplyError
from toolkit.chat.local import LocalChat
from toolkit.chat.opening import open_chat
from toolkit.chat.options import ChatOptions
from toolkit.compare.suite import load_suite
from toolkit.compare.systems import systems
from toolkit.errors import ModelError
from toolkit.prompts import Message
from toolkit.summarize.chat import create
from toolkit.summarize.pipeline import open_summarizer, summarise
from toolkit.translate import open_translator
from toolkit.translate.base import Decoding
from toolkit.translate.chat import create as create_translator
from toolkit.types import Length

ROOT = Path(__file__).resolve().parent.parent
STORY = make_document([["Hujan turun sejak pagi.", "Harga beras naik 5 persen."]])
HELLO = (Message("system", "Be brief."), Message("user", "Hello."))


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_chat(tmp_path_factory.mktemp("chat") / "tiny-chat")


def options(model: Path, **more: object) -> ChatOptions:
    values = {"context_tokens": 4096, "reply_tokens": 24, **more}
    return ChatOptions(f"local:{model}", **values)  # type: ignore[arg-type]


def test_a_local_model_answers_and_counts(model: Path) -> None:
    made = LocalChat(options(model))
    assert isinstance(made, ChatModel)
    session = open_chat(f"local:{model}", context_tokens=4096, reply_tokens=24, cache=False)
    request = session.request(HELLO, None)
    first, second = made.complete(request), made.complete(request)
    assert first == second, "greedy search repeats itself"
    assert first.prompt_tokens == made.count_tokens(HELLO)
    assert 0 < first.completion_tokens <= 24
    assert first.finish in ("stop", "length")
    assert made.count_tokens((Message("user", "Hello. " * 50),)) > 100


def test_sampling_follows_the_seed(model: Path) -> None:
    made = LocalChat(options(model))
    session = open_chat(
        f"local:{model}", context_tokens=4096, reply_tokens=24, temperature=1.5, seed=3, cache=False
    )
    request = session.request(HELLO, None)
    assert made.complete(request) == made.complete(request)


def test_a_folder_is_a_local_model_and_its_weights_are_in_the_signature(
    model: Path, tmp_path: Path
) -> None:
    first = open_chat(str(model), context_tokens=4096, reply_tokens=24)
    assert first.model.name == "tiny-chat"
    assert first.model.signature.startswith("local:tiny-chat:")
    other = make_chat(tmp_path / "tiny-chat", seed=6)
    second = open_chat(str(other), context_tokens=4096, reply_tokens=24)
    assert second.model.signature != first.model.signature


def test_the_contexts_of_model_and_options_both_bind(tmp_path: Path, model: Path) -> None:
    small = make_chat(tmp_path / "small", positions=128)
    assert LocalChat(options(small)).context_tokens == 128
    assert LocalChat(options(model, context_tokens=512)).context_tokens == 512
    session = open_chat(f"local:{small}", reply_tokens=24, context_tokens=4096)
    with pytest.raises(ReplyError, match="do not fit the context of 128 tokens"):
        session.ask(session.request((Message("user", "Hello. " * 60),), None))
    with pytest.raises(ModelError, match="set RINGKAS_CHAT_REPLY below"):
        LocalChat(options(small, reply_tokens=128))


def test_a_model_without_a_chat_template_is_told(tmp_path: Path) -> None:
    plain = make_chat(tmp_path / "plain", template=False)
    with pytest.raises(ModelError, match="has no chat template"):
        LocalChat(options(plain))


def test_a_template_without_a_system_role_gets_it_with_the_users(tmp_path: Path) -> None:
    folder = make_chat(tmp_path / "strict")
    path = folder / "tokenizer_config.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["chat_template"] = (
        "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system role') }}"
        "{% endif %}" + settings["chat_template"]
    )
    path.write_text(json.dumps(settings), encoding="utf-8")
    made = LocalChat(options(folder))
    merged = made.count_tokens((Message("user", "Be brief.\n\nHello."),))
    assert made.count_tokens(HELLO) == merged


def test_a_random_model_gives_a_summary_or_says_that_it_can_not(model: Path) -> None:
    """Nothing sensible comes out of random weights; it must end in sentences or one sentence."""
    summariser = create(model=f"local:{model}", reply_tokens=48, context_tokens=4096)
    try:
        said = list(summariser.write(STORY, None, Length(2, "sentences")))
    except ReplyError as error:
        said = [str(error)]
    assert 0 < len(said) <= 2
    assert summariser.session.usage.requests > 0


@pytest.mark.slow
def test_a_model_that_keeps_the_form_but_makes_things_up_is_caught(tmp_path: Path) -> None:
    """A checkpoint that answers everything with one sentence, through the whole pipeline."""
    folder = make_chat(tmp_path / "parrot", positions=16384, taught=True)
    made = open_summarizer(f"chat:local:{folder}", reply_tokens=128, context_tokens=16384)
    translator, length = open_translator("embedded"), Length(2, "sentences")
    summary, _ = summarise(STORY, made, translator, length=length)
    assert [s.text for s in summary.sentences] == json.loads(ANSWER)["sentences"]
    assert {c.kind for c in summary.sentences[0].checks} == {"support"}
    strict, _ = summarise(STORY, made, translator, length=length, strict=True)
    assert not strict.sentences
    assert strict.notes


def test_the_suite_says_which_systems_are_stand_ins() -> None:
    suite = load_suite(ROOT / "eval" / "suites" / "abstractive.toml")
    names = {spec.name: spec.summarizer for spec in systems(suite)}
    kinds = {summarizer.partition(":")[0] for summarizer in names.values()}
    assert kinds >= {"ranker", "seq2seq", "cross-lingual", "chat"}
    for name, summarizer in names.items():
        assert ("stand-in" in name) == ("standins" in summarizer)
    assert "stand-ins" in suite.description


# -- a real server ----------------------------------------------------------------------------

SERVING = ("fastapi", "uvicorn", "openai")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serving:
    """``transformers serve`` with the tiny model, started when first asked for."""

    def __init__(self, model: Path, home: Path) -> None:
        self.model, self.home = model, home
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> str:
        if self.url:
            return self.url
        port = _free_port()
        command = [
            *(sys.executable, "-m", "transformers.cli.transformers", "serve", str(self.model)),
            *("--host", "127.0.0.1", "--port", str(port), "--device", "cpu"),
        ]
        environment = {
            **os.environ,
            "HF_HOME": str(self.home),
            "HF_HUB_OFFLINE": "1",
            "OMP_NUM_THREADS": "1",
        }
        with (self.home / "log").open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        for _ in range(400):
            if self.process.poll() is not None:
                pytest.fail(f"the server ended: {(self.home / 'log').read_text()[-2000:]}")
            try:
                socket.create_connection(("127.0.0.1", port), 0.5).close()
            except OSError:
                time.sleep(0.2)
            else:
                self.url = f"http://127.0.0.1:{port}/v1"
                return self.url
        pytest.fail("the server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)


@pytest.fixture(scope="module")
def serving(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    made = Serving(model, tmp_path_factory.mktemp("server"))
    yield made
    made.stop()


@pytest.fixture
def server(serving: Serving, socket_enabled: None) -> str:
    """The base URL of a real server."""
    missing = [name for name in SERVING if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"needs transformers[serving] ({', '.join(missing)} missing)")
    return serving.start()


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.parametrize("stream", [False, True])
def test_a_real_server_answers(server: str, model: Path, stream: bool) -> None:
    """The same model behind the protocol gives what it gives here, token counts included."""
    session = open_chat(
        str(model),
        base_url=server,
        stream=stream,
        context_tokens=4096,
        reply_tokens=24,
        timeout=60,
        cache=False,
    )
    request = session.request(HELLO, None)
    there = session.model.complete(request)
    here = LocalChat(options(model)).complete(request)
    assert there.prompt_tokens == here.prompt_tokens
    assert there.completion_tokens == here.completion_tokens
    assert there.finish == here.finish
    assert there.text.strip() == here.text.strip()


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_real_server_behind_summariser_and_translator(server: str, model: Path) -> None:
    """Random weights write nonsense; the client takes it to an end and pays no request twice."""
    settings = {"base_url": server, "context_tokens": 4096, "reply_tokens": 64, "timeout": 60}
    outcomes = []
    for _ in range(2):
        summariser = create(model=str(model), **settings)
        try:
            outcomes.append(list(summariser.write(STORY, None, Length(2, "sentences"))))
        except ReplyError as error:
            outcomes.append([str(error)])
    assert outcomes[0] == outcomes[1]
    assert summariser.session.usage.requests == 0
    assert summariser.session.usage.cached > 0
    translator = create_translator(str(model), **settings)
    try:
        translated = translator.generate(["Hujan turun."], Decoding())
    except ReplyError:
        translated = [""]
    assert len(translated) == 1
    assert translator.session.usage.requests > 0


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_real_server_refuses_another_model(server: str) -> None:
    session = open_chat("another-model", base_url=server, timeout=30, retries=0, cache=False)
    with pytest.raises(ModelError, match="another-model"):
        session.ask(session.request(HELLO, None))
