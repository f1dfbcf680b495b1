"""Over-long segments: nothing is lost in cutting, cuts fall at clauses, joins read well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translate.splitting import clauses, join_parts, split_segment

SENTENCE = (
    "Kepala desa mengatakan bahwa jembatan baru, yang panjangnya 120 meter, akan dibuka pekan "
    "depan, sementara jembatan lama dibongkar; warga diminta memakai jalan lain."
)


def _words(limit: int):  # type: ignore[no-untyped-def]
    return lambda text: len(text.split()) <= limit


@pytest.mark.parametrize("limit", [30, 15, 8, 3, 1])
def test_parts_fit_and_joined_give_the_segment_back(limit: int) -> None:
    parts = split_segment(SENTENCE, _words(limit))
    assert all(len(p.split()) <= limit for p in parts)
    assert " ".join(parts) == SENTENCE


def test_cuts_fall_at_clause_boundaries() -> None:
    parts = split_segment(SENTENCE, _words(11))
    assert len(parts) > 2
    assert all(part[-1] in ",;." for part in parts)


def test_a_number_is_never_cut_at_its_comma() -> None:
    text = "Nilainya naik 3,5 persen menjadi 14.500,75 rupiah " * 8
    parts = split_segment(text, _words(10))
    assert " ".join(parts) == text.strip()
    assert all(not p.endswith(("3,", "14.")) for p in parts)


def test_amounts_stay_with_their_currency_and_unit() -> None:
    text = "nilai proyek itu Rp 3.600 triliun kata menteri " * 6
    parts = split_segment(text, _words(5))
    assert not any(p.endswith(("Rp", "3.600")) for p in parts)
    assert split_segment("1 2 3 4", _words(1)) == ["1", "2", "3", "4"]


def test_one_endless_word_is_cut_by_characters() -> None:
    parts = split_segment("a" * 1000, lambda t: len(t) <= 64)
    assert "".join(parts) == "a" * 1000
    assert max(map(len, parts)) <= 64


def test_ten_thousand_words_are_split_without_deep_recursion() -> None:
    text = " ".join(f"kata{i}" for i in range(10_000))
    parts = split_segment(text, _words(50))
    assert " ".join(parts) == text


@given(st.text(alphabet='ab ,.;"()dan\n', max_size=120), st.integers(1, 9))
def test_no_character_is_lost(text: str, limit: int) -> None:
    parts = split_segment(text, lambda t: len(t) <= limit)
    assert "".join("".join(p.split()) for p in parts) == "".join(text.split())
    assert all(0 < len(p) <= limit for p in parts)


def test_clauses_cuts_once_or_not_at_all() -> None:
    assert len(clauses(SENTENCE)) == 2
    assert " ".join(clauses(SENTENCE)) == SENTENCE
    assert clauses("Hujan turun sejak pagi.") == ["Hujan turun sejak pagi."]


def test_inner_full_stops_and_capitals_go_when_parts_are_joined() -> None:
    joined = join_parts(
        ["Jembatan baru akan dibuka,", "dan jembatan lama dibongkar."],
        ["The new bridge will open.", "And the old bridge is torn down."],
    )
    assert joined == "The new bridge will open, and the old bridge is torn down."


def test_names_keep_their_capitals_when_parts_are_joined() -> None:
    joined = join_parts(["Hujan turun", "Bandung banjir."], ["It rained.", "Bandung was flooded."])
    assert joined == "It rained Bandung was flooded."


def test_whole_sentences_keep_their_stops_when_joined() -> None:
    joined = join_parts(["Hujan turun.", "Ia pulang."], ["It rained.", "He went home."])
    assert joined == "It rained. He went home."


def test_an_empty_part_leaves_no_gap() -> None:
    assert join_parts(["a", "b", "c"], ["One", "", "two."]) == "One two."
