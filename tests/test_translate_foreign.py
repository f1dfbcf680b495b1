"""Other scripts and pictures come out as they went in."""

from __future__ import annotations

import pytest

from toolkit.translate import open_translator
from toolkit.translate.characters import CharacterMap
from toolkit.translate.foreign import copy_foreign, runs


@pytest.mark.parametrize(
    ("source", "hypothesis", "text"),
    [
        ("kata السلام عليكم itu", "said السلام علليكم there", "said السلام عليكم there"),
        ("Москва dan 日本", "Мосва and 日本", "Москва and 日本"),
        ("terima kasih ❤️ semua", "thanks ❤ all", "thanks ❤️ all"),
        ("keluarga 👨‍👩‍👧 itu", "family 👨👩👧 there", "family 👨‍👩‍👧 there"),
        ("tanpa apa pun", "café naïve Müller", "café naïve Müller"),
        ("dua ❤️ dan ☀️", "one ❤ only", "one ❤ only"),  # which one it is can't be told
    ],
)
def test_runs_are_put_back(source: str, hypothesis: str, text: str) -> None:
    made, checks = copy_foreign(source, hypothesis)
    assert made == text
    assert bool(checks) is (text != hypothesis)


def test_half_a_character_never_comes_out() -> None:
    made, checks = copy_foreign("Kuil itu tutup.", "The temple \ufffd\ufffd closed.")
    assert made == "The temple closed."
    assert [c.severity for c in checks] == ["warning"]
    assert copy_foreign("rusak \ufffd", "broken \ufffd")[0] == "broken \ufffd"


def test_runs_are_found() -> None:
    text = "a السلام عليكم b 日本 🍵🍵 é c"
    assert [text[a:b] for a, b in runs(text)] == ["السلام عليكم", "日本", "🍵🍵"]
    assert runs("plain") == []


def test_models_are_not_given_selectors_and_controls() -> None:
    found = CharacterMap(lambda _: False, {}, lambda _: True)
    assert found.apply("❤️ 1️⃣ a\x00b\u200dc") == ("❤ 1 abc", "")


def test_the_embedded_model_copies_them() -> None:
    source = "Ia mengucapkan السلام عليكم dan terima kasih ❤️ kepada warga desa."
    text = open_translator("embedded").translate([source])[0].text
    assert "السلام عليكم" in text
    assert "❤️" in text
