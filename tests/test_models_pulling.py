"""Converting and installing models, from folders and from a hub that runs on the loopback."""

from __future__ import annotations

import hashlib
import http.server
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.marian_fixture import ENGLISH, INDONESIAN, checkpoint, converted
from toolkit.errors import InputError, ModelError, UsageError
from toolkit.models.card import Card, problems, read_card
from toolkit.models.conversion import convert
from toolkit.models.hub import fetch, wanted_files
from toolkit.models.pulling import licence_of, pull
from toolkit.models.registry import (
    embedded,
    find,
    installed,
    layout_of,
    models_home,
    pull_again,
)
from toolkit.translate import open_translator

README = """---
language: [id, en]
license: apache-2.0
---
# Tiny
A model for tests.
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "opus-tiny"
    shutil.copytree(checkpoint("marian"), folder)
    (folder / "README.md").write_text(README)
    return folder


def test_a_folder_is_converted_and_recorded(source: Path) -> None:
    model = pull(str(source))
    assert model.folder == models_home() / "opus-tiny"
    card = read_card(model.folder)
    assert card is not None
    assert (card.name, card.family, card.quantization) == ("opus-tiny", "marian", "int8")
    assert (card.licence, card.source) == ("apache-2.0", str(source))
    assert len(card.date) == 10
    assert card.parameters > 10_000
    assert card.normalise["“"] == '"'
    assert problems(model.folder, card, hashes=True) == []
    assert (model.folder / "README.md").read_text() == README
    translator = open_translator("opus-tiny", threads=1, guard=False)
    assert [h.text for h in translator.translate(INDONESIAN[:2])] == ENGLISH[:2]


def test_a_folder_in_ctranslate2_layout_is_copied() -> None:
    model = pull(str(converted("nllb")), name="n1")
    assert model.card is not None
    assert model.card.family == "nllb"
    assert open_translator("n1", threads=1, guard=False).translate([INDONESIAN[0]])


def test_a_folder_in_ctranslate2_layout_without_a_card_gets_one(tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    shutil.copytree(converted("mbart"), folder)
    (folder / "ringkas.json").unlink()
    model = pull(str(folder))
    assert model.card is not None
    assert (model.card.family, model.card.licence) == ("mbart", "none stated")


def test_a_t5_prefix_is_kept_with_the_model() -> None:
    pull(str(checkpoint("t5")), name="t5", prefix="terjemahkan: ")
    backend = open_translator("t5", threads=1).backend  # type: ignore[attr-defined]
    assert backend.subwords.frame.text_prefix == "terjemahkan: "


def test_a_name_in_use_is_replaced_only_with_force(source: Path) -> None:
    pull(str(source))
    with pytest.raises(UsageError, match="--force"):
        pull(str(source))
    pull(str(source), force=True, quantization="float32")
    card = find("opus-tiny").card
    assert card is not None
    assert card.quantization == "float32"
    assert [m.name for m in installed()] == ["opus-tiny"]
    assert [p.name for p in models_home().iterdir()] == ["opus-tiny"]


@pytest.mark.parametrize("name", ["embedded", "../evil", "a/b", "", ".hidden", "-x"])
def test_names_that_lead_elsewhere_are_refused(source: Path, name: str) -> None:
    if name == "":
        assert pull(str(source), name=name).name == "opus-tiny"
        return
    with pytest.raises(UsageError, match="can't be the name"):
        pull(str(source), name=name)


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("/no/such/folder", ModelError, "There is no folder"),
        ("not a name", ModelError, "no hub name"),
        (__file__, InputError, "is a file"),
    ],
)
def test_a_source_that_is_not_there_is_refused(
    text: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        pull(text)


def test_a_revision_is_for_hub_models(source: Path) -> None:
    with pytest.raises(UsageError, match="hub models"):
        pull(str(source), revision="main")


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.json", "config.json"])
def test_a_damaged_checkpoint_leaves_nothing_behind(source: Path, name: str) -> None:
    (source / name).write_bytes(b"{ not whole")
    with pytest.raises(ModelError) as caught:
        pull(str(source))
    assert "\n" not in str(caught.value)
    assert installed() == []
    assert not models_home().is_dir() or list(models_home().iterdir()) == []


def test_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match="'bert' model; Ringkas runs Marian"):
        pull(str(tmp_path), name="x")
    with pytest.raises(ModelError, match="not a checkpoint in Hugging Face layout"):
        convert(tmp_path / "none", tmp_path / "out")


def test_convert_refuses_an_existing_folder_and_unknown_quantization(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="already there"):
        convert(checkpoint("marian"), tmp_path)
    with pytest.raises(UsageError, match="Unknown quantization 'int4'; known: int8"):
        convert(checkpoint("marian"), tmp_path / "x", quantization="int4")


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("kind", ["notes", "subfolder", "checkpoint", "file", "link"])
def test_force_replaces_nothing_but_a_model(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "proyek"
    if kind == "file":
        target.write_text("catatan")
    elif kind == "checkpoint":
        shutil.copytree(checkpoint("marian"), target)
    elif kind == "link":
        (tmp_path / "lain").mkdir()
        target.symlink_to(tmp_path / "lain")
    else:
        target.mkdir()
        (target / "catatan.txt").write_text("jangan dihapus")
        if kind == "subfolder":
            shutil.copytree(converted("marian"), target / "model")
            (target / "ringkas.json").write_text("{}")
    before = _tree(tmp_path)
    with pytest.raises(UsageError, match=r"which --force would delete|is no folder of its own"):
        convert(checkpoint("marian"), target, force=True)
    assert _tree(tmp_path) == before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_force_replaces_an_empty_folder_and_a_damaged_model(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    convert(checkpoint("marian"), target, force=True)
    (target / "model.bin").unlink()
    convert(checkpoint("marian"), target, force=True)
    assert layout_of(target) == "ctranslate2"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_pull_replaces_no_folder_that_is_no_model(source: Path) -> None:
    folder = models_home() / "opus-tiny"
    folder.mkdir(parents=True)
    (folder / "catatan.txt").write_text("jangan dihapus")
    with pytest.raises(UsageError, match=r"such as catatan\.txt"):
        pull(str(source), force=True)
    assert (folder / "catatan.txt").read_text() == "jangan dihapus"


@pytest.mark.parametrize("folder", [checkpoint, converted])
def test_a_prefix_is_for_t5_models(folder: Callable[[str], Path]) -> None:
    with pytest.raises(UsageError, match="is a marian model, which reads no text prefix"):
        pull(str(folder("marian")), name="mine", prefix="x: ")
    assert installed() == []


def test_the_command_that_brings_a_model_back_names_it(source: Path, tmp_path: Path) -> None:
    model = pull(str(source), name="mine")
    assert pull_again(model.folder, model.card) == (
        f"ringkas models pull {source} --name mine --force"
    )
    spaced = Card(source="/data/my models/tiny")
    assert pull_again(tmp_path / "out", spaced) == (
        "ringkas models pull '/data/my models/tiny' --force"
    )
    assert pull_again(models_home() / "x", None) == (
        "ringkas models pull NAME_OR_DIR --name x --force"
    )


def test_layouts_are_told_apart(tmp_path: Path) -> None:
    assert layout_of(checkpoint("marian")) == "huggingface"
    assert layout_of(converted("marian")) == "ctranslate2"
    assert layout_of(tmp_path) is None
    model = embedded()
    assert model is not None
    assert model.size > 1_000_000


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        (README, "apache-2.0"),
        ("---\nlicense: [mit, cc-by-4.0]\n---\n", "mit, cc-by-4.0"),
        ("---\nlicense: other\nlicense_name: nllb-licence\n---\n", "nllb-licence"),
        ("# No front matter\nlicense: mit\n", ""),
        ("---\n: [broken\n---\n", ""),
    ],
)
def test_the_licence_is_read_from_the_readme(tmp_path: Path, text: str, licence: str) -> None:
    (tmp_path / "README.md").write_text(text)
    assert licence_of(tmp_path) == licence


def test_only_the_files_that_matter_are_fetched() -> None:
    names = ["config.json", "source.spm", "pytorch_model.bin", "tf_model.h5", "rust_model.ot"]
    names += ["flax_model.msgpack", "onnx/model.onnx", ".gitattributes", "README.md", "vocab.json"]
    assert wanted_files(names) == sorted(
        ["README.md", "config.json", "pytorch_model.bin", "source.spm", "vocab.json"]
    )
    assert "pytorch_model.bin" not in wanted_files([*names, "model.safetensors"])


# A hub on the loopback: the few calls of its interface that fetching a model makes.

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def _sha1(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Hub(http.server.BaseHTTPRequestHandler):
    """Serves the files of ``folder`` as the repository owner/opus-tiny."""

    folder: Path
    asked: list[str]

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        self.asked.append(path)
        if path == f"/api/models/owner/opus-tiny/tree/{COMMIT}":
            files = [
                {"type": "file", "path": p.name, "size": p.stat().st_size, "oid": _sha1(p)}
                for p in sorted(self.folder.iterdir())
            ]
            self._send(200, json.dumps(files).encode(), {"Content-Type": "application/json"}, body)
            return
        if path.startswith("/api/models/owner/opus-tiny"):
            revision = path.partition("/revision/")[2]
            if revision not in ("", "main", COMMIT):
                self._send(404, b"{}", {"X-Error-Code": "RevisionNotFound"}, body)
                return
            files = [{"rfilename": p.name} for p in sorted(self.folder.iterdir())]
            info = {"id": "owner/opus-tiny", "sha": COMMIT, "siblings": files}
            self._send(200, json.dumps(info).encode(), {"Content-Type": "application/json"}, body)
            return
        prefix = f"/owner/opus-tiny/resolve/{COMMIT}/"
        if path.startswith(prefix):
            content = (self.folder / path.removeprefix(prefix)).read_bytes()
            tag = hashlib.sha256(content).hexdigest()
            self._send(200, content, {"ETag": f'"{tag}"', "X-Repo-Commit": COMMIT}, body)
            return
        self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"}, body)

    def _send(self, status: int, content: bytes, headers: dict[str, str], body: bool) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)


@pytest.fixture
def hub(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hub]]:
    from huggingface_hub import constants

    class Served(Hub):
        folder = source
        asked: list[str] = []  # noqa: RUF012

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Served)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub-cache"))
    yield Served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_hub_model_is_fetched_converted_and_recorded(source: Path, hub: type[Hub]) -> None:
    (source / "tf_model.h5").write_bytes(b"not wanted")
    said: list[str] = []
    model = pull("owner/opus-tiny", report=said.append)
    card = model.card
    assert card is not None
    assert (card.source, card.revision, card.licence) == ("owner/opus-tiny", COMMIT, "apache-2.0")
    assert not any("tf_model" in path for path in hub.asked)
    assert said == ["Fetching owner/opus-tiny from the hub.", "Converting to CTranslate2 int8."]
    translator = open_translator("owner/opus-tiny", threads=1, guard=False)
    assert [h.text for h in translator.translate(INDONESIAN[:2])] == ENGLISH[:2]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_hub_name_may_be_opened_with_transformers(hub: type[Hub]) -> None:
    translator = open_translator("transformers:owner/opus-tiny", threads=1, guard=False)
    assert [h.text for h in translator.translate(INDONESIAN[:1])] == ENGLISH[:1]


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(
    ("name", "revision", "says"),
    [
        ("owner/nothing", None, "no model 'owner/nothing' on the hub"),
        ("owner/opus-tiny", "v9", "no revision 'v9'"),
    ],
)
def test_what_the_hub_lacks_is_one_sentence(
    hub: type[Hub], name: str, revision: str | None, says: str
) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        fetch(name, revision)
    assert "\n" not in str(caught.value)


def test_without_a_network_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"the hub can't be reached.*local folder"):
        pull("owner/opus-tiny")
    with pytest.raises(ModelError, match="the hub can't be reached"):
        open_translator("transformers:owner/opus-tiny")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_hub_that_is_down_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match="the hub can't be reached") as caught:
        fetch("owner/opus-tiny")
    assert "\n" not in str(caught.value)
