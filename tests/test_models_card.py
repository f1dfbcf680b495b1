"""Cards: read, written, verified; damage said in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit import config
from toolkit.errors import ModelError
from toolkit.models.card import (
    Card,
    FileRecord,
    problems,
    read_card,
    record_files,
    sha256,
    write_card,
)

CARD = Card(
    name="tiny",
    family="marian",
    description="A model → for tests",
    licence="MIT",
    source="owner/tiny",
    revision="abc",
    date="2025-01-02",
    quantization="int8",
    parameters=12,
    max_source_tokens=512,
    long_source_tokens=96,
    normalise={"“": '"'},
    prefix="",
    unsure_below=-0.75,
    files={"model.bin": FileRecord(3, "0" * 64)},
    scores={"set": {"chrF++": 50.1}},
    extra={"architecture": "6+2"},
)


def test_a_card_survives_writing_and_reading(tmp_path: Path) -> None:
    write_card(tmp_path, CARD)
    assert read_card(tmp_path) == CARD
    assert json.loads((tmp_path / "ringkas.json").read_text())["schema"] == "ringkas.model/1"


def test_a_folder_without_a_card_has_none(tmp_path: Path) -> None:
    assert read_card(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "damaged"),
        ("[]", "not a JSON object"),
        ('{"name": 3}', "'name' must be a text"),
        ('{"parameters": "many"}', "'parameters' must be a whole number"),
        ('{"unsure_below": "low"}', "must be a number with a point"),
        ('{"parameters": true}', "must be a whole number"),
        ('{"files": {"a": 1}}', "'bytes' and 'sha256'"),
    ],
)
def test_a_damaged_card_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "ringkas.json").write_text(text)
    with pytest.raises(ModelError, match=says) as caught:
        read_card(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_problems_name_each_file_that_is_not_as_recorded(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"content of " + name.encode())
    card = Card(files=record_files(tmp_path))
    assert problems(tmp_path, card, hashes=True) == []
    assert card.files["a"].sha256 == sha256(tmp_path / "a")
    (tmp_path / "a").unlink()
    (tmp_path / "b").write_bytes(b"short")
    (tmp_path / "c").write_bytes(b"CONTENT OF C")
    found = problems(tmp_path, card, hashes=True)
    assert [p.split(" ")[2] for p in found] == ["missing", "damaged:", "damaged:"]
    assert len(problems(tmp_path, card, hashes=False)) == 2
    assert len(problems(tmp_path, card, hashes=True, largest=4)) == 2


def test_the_embedded_model_is_as_its_card_says() -> None:
    folder = config.embedded_model_dir()
    card = read_card(folder)
    assert card is not None
    assert problems(folder, card, hashes=True) == []
    assert {"model.bin", "config.json", "source.spm", "target.spm"} <= card.files.keys()
    assert card.licence
    assert card.family == "marian"
