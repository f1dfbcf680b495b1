"""Made-up words are found; English ones, built or borrowed ones are not."""

from __future__ import annotations

import pytest

from toolkit.translate.spelling import check_words, english_words, is_english

SOURCE = "Warga desa menanam pohon di tepi sungai."


@pytest.mark.parametrize(
    "word",
    [
        *("village", "villagers", "unvillagelike", "replanting", "happily", "stopped", "tidied"),
        *("riverbanks", "antigovernment", "carried", "hopefulness", "bigger", "globalised"),
    ],
)
def test_english_words_and_what_is_built_from_them(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize(
    "word", ["betolerir", "embassss", "thisambu", "qwertyuiop", "ridiculating"]
)
def test_made_up_words(word: str) -> None:
    assert not is_english(word)
    (check,) = check_words(SOURCE, f"The villagers {word} trees along the river.")
    assert (check.kind, check.severity) == ("word", "warning")
    assert f"'{word}'" in check.detail


def test_a_made_up_word_is_not_excused_by_a_word_it_only_resembles() -> None:
    (check,) = check_words("Ia memuji keramahan warga.", "He praised the ceramcy of residents.")
    assert "ceramcy" in check.detail


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        (SOURCE, "The villagers plant trees along the river."),
        ("Obat klorokuin diuji.", "The drug chloroquine was tested."),
        ("Ia membeli rengginang.", "He bought rengginang."),
        (SOURCE, "The Betolerir village plants trees."),
        (SOURCE, 'The village "betolerir" plants trees (thisambu).'),
        (SOURCE, "See https://betolerir.example and write to thisambu@example.org."),
        (SOURCE, "The qwert plants."[:7]),
        ("", ""),
    ],
)
def test_what_is_left_alone(source: str, hypothesis: str) -> None:
    assert check_words(source, hypothesis) == []


def test_the_vocabulary_is_lower_case_english() -> None:
    words = english_words()
    assert len(words) > 50_000
    assert all(w.isascii() and w.islower() for w in words)
    assert not {"yang", "dengan", "untuk"} & words
