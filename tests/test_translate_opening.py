"""What a translator's spec may be, and what the error says when it is not there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.marian_fixture import ENGLISH, INDONESIAN, checkpoint, converted
from toolkit import config
from toolkit.errors import InputError, ModelError, RingkasError, UsageError
from toolkit.models.registry import models_home
from toolkit.translate import TRANSLATORS, open_translator
from toolkit.translate.opening import open_backend


@pytest.fixture
def installed() -> Path:
    target = models_home() / "tiny"
    target.parent.mkdir(parents=True)
    shutil.copytree(converted("marian"), target)
    return target


@pytest.mark.parametrize(
    "spec",
    ["tiny", "someone/tiny", "ctranslate2:tiny", "ctranslate2:{folder}", "{folder}", "{folder}/"],
)
def test_an_installed_model_is_found(installed: Path, spec: str) -> None:
    translator = open_translator(spec.format(folder=installed), threads=1, guard=False)
    assert [h.text for h in translator.translate(INDONESIAN[:2])] == ENGLISH[:2]


@pytest.mark.parametrize("spec", ["{folder}", "transformers:{folder}"])
def test_a_checkpoint_folder_is_opened_with_transformers(spec: str) -> None:
    backend = open_backend(spec.format(folder=checkpoint("marian")), threads=1)
    assert backend.name == "transformers"


def test_the_embedded_model_is_the_default() -> None:
    backend = open_backend("embedded", threads=1)
    assert backend.name == "ctranslate2"
    assert open_translator(threads=1).signature == open_translator("embedded", threads=2).signature


def test_a_model_of_another_owner_is_not_taken_for_it(installed: Path) -> None:
    from dataclasses import replace

    from toolkit.models.card import read_card, write_card

    card = read_card(installed)
    assert card is not None
    write_card(installed, replace(card, source="owner/tiny"))
    assert open_backend("owner/tiny", threads=1).name == "ctranslate2"
    with pytest.raises(ModelError, match="ringkas models pull other/tiny"):
        open_backend("other/tiny")


@pytest.mark.parametrize(
    ("spec", "error", "says"),
    [
        ("nope", ModelError, "There is no model 'nope'; installed: embedded"),
        ("owner/nope", ModelError, "ringkas models pull owner/nope"),
        ("embeded", ModelError, "did you mean 'embedded'?"),
        ("ctranslate3:x", UsageError, "did you mean 'ctranslate2'?"),
        ("transformers", UsageError, "write 'transformers:NAME_OR_DIRECTORY'"),
        ("transformers:", UsageError, "incomplete"),
        ("echo:x", UsageError, "takes no model"),
        ("", UsageError, "empty"),
        ("./nowhere", ModelError, "There is no model directory"),
        ("/no/such/folder", ModelError, "There is no model directory"),
        (__file__, InputError, "is a file"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(
    spec: str, error: type[RingkasError], says: str
) -> None:
    with pytest.raises(error) as caught:
        open_translator(spec)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no model"):
        open_translator(str(tmp_path))


def test_the_wrong_backend_for_a_folder_is_named() -> None:
    with pytest.raises(ModelError, match=r"transformers:.*ringkas models convert"):
        open_translator(f"ctranslate2:{checkpoint('marian')}")
    with pytest.raises(ModelError, match="write 'ctranslate2:"):
        open_translator(f"transformers:{converted('marian')}")


def test_a_missing_embedded_model_says_how_to_bring_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "embedded_model_dir", lambda: tmp_path / "none")
    with pytest.raises(ModelError, match="bring it back with: "):
        open_translator()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"device": "tpu"}, "Unknown device 'tpu'"),
        ({"threads": 0}, "at least 1"),
        ({"source_lang": "id"}, "takes no languages"),
    ],
)
def test_unusable_options_are_refused(options: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        open_backend("echo", **options)  # type: ignore[arg-type]


def test_every_registered_backend_can_be_loaded() -> None:
    for name in TRANSLATORS:
        assert callable(TRANSLATORS.load(name))


def test_a_second_model_may_be_given() -> None:
    translator = open_translator("echo", fallback="echo")
    assert translator.signature != open_translator("echo").signature


def test_the_default_path_imports_neither_torch_nor_transformers() -> None:
    code = (
        "import sys\n"
        "from toolkit.translate import open_translator\n"
        "print(open_translator(threads=1).translate(['Harga beras naik 5 persen.'])[0].text)\n"
        "heavy = {'torch', 'transformers', 'tokenizers', 'huggingface_hub', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    text, heavy = done.stdout.splitlines()
    assert text
    assert heavy == "[]"
