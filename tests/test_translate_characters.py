"""Characters a vocabulary lacks: replaced by what it has, or reported as lost."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from toolkit.translate.characters import CharacterMap

ASCII = frozenset(string.printable)


def _ascii_only() -> CharacterMap:
    return CharacterMap(lambda text: all(c in ASCII for c in text), {})


def test_typographic_marks_become_ascii_marks() -> None:
    text, lost = _ascii_only().apply("“Harga naik” – kata Budi… ‘ya’")
    assert text == "\"Harga naik\" - kata Budi... 'ya'"
    assert lost == ""


def test_marks_that_the_model_has_are_kept() -> None:
    text, _ = CharacterMap(lambda _: True, {}).apply("“Harga” – é ½")
    assert text == "“Harga” – é ½"


def test_the_card_may_force_a_replacement() -> None:
    text, _ = CharacterMap(lambda _: True, {"—": "-"}).apply("a — b")
    assert text == "a - b"


def test_accents_fall_back_to_base_letters() -> None:
    assert _ascii_only().apply("Kafé José ﬁ ①") == ("Kafe Jose fi 1", "")


def test_a_sign_becomes_a_word_of_its_own() -> None:
    no_sign = CharacterMap(lambda text: all(c in ASCII - {"%", "&"} for c in text), {})
    assert no_sign.apply("naik 5% & turun") == ("naik 5 persen dan turun", "")


def test_letters_without_a_counterpart_stay_and_are_reported() -> None:
    text, lost = _ascii_only().apply("Tokyo 日本 ok")
    assert text == "Tokyo 日本 ok"
    assert lost == "日本"


def test_what_nothing_stands_for_is_spelled_in_bytes_where_the_model_has_them() -> None:
    characters = CharacterMap(
        lambda s: all(c in ASCII for c in s), {}, spelled=lambda s: "☺" not in s
    )
    assert characters.apply("Erdoğan di Tokyo 日本 ☺") == ("Erdogan di Tokyo 日本", "☺")


def test_pictures_are_left_out_and_reported() -> None:
    text, lost = _ascii_only().apply("Selamat ☺ pagi")
    assert text == "Selamat pagi"
    assert lost == "☺"


def test_invisible_marks_go_quietly() -> None:
    assert _ascii_only().apply("a\u200bb\u0301") == ("ab", "")


@given(st.text(max_size=60))
def test_a_second_pass_changes_nothing_and_only_readable_characters_are_left(text: str) -> None:
    characters = _ascii_only()
    once, lost = characters.apply(text)
    assert all(c in ASCII or c in lost or c.isspace() for c in once)
    again, _ = characters.apply(once)
    assert again == once
