"""Lost clauses: found by their words, not by the length alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.translate.coverage import (
    check_coverage,
    content_words,
    lexicon,
    lost_part,
    stem,
    stems,
)

SOURCE = (
    "Kepala desa mengatakan jembatan baru dibuka pekan depan, sedangkan petani kopi menunggu harga "
    "panen naik sebelum menjual hasil kebun mereka."
)
WHOLE = (
    "The village head said the new bridge opens next week, while coffee farmers are waiting for "
    "harvest prices to rise before selling the produce of their gardens."
)
CUT = "The village head said that the new bridge opens next week, that is to say in a few days."


def test_a_lost_clause_is_found_and_named() -> None:
    (check,) = check_coverage(SOURCE, CUT)
    assert (check.kind, check.severity) == ("omission", "warning")
    assert "petani kopi" in check.detail
    assert "jembatan" not in check.detail


@pytest.mark.parametrize("hypothesis", [WHOLE, SOURCE])
def test_a_whole_translation_is_left_alone(hypothesis: str) -> None:
    assert check_coverage(SOURCE, hypothesis) == []
    assert lost_part(SOURCE, hypothesis)[0] < 3


@pytest.mark.parametrize("text", ["", "123 456", "Budi Santoso", "yang dan di"])
def test_texts_without_content_words_say_nothing(text: str) -> None:
    assert lost_part(text, "Something else.") == (0.0, [])


def test_stems_bring_inflections_together() -> None:
    assert stem("prices") == stem("price") == stem("pricing")
    assert stem("farmers") == stem("farmer's") == "farmer"
    assert stems("The prices of rice, by the well-known Budi.")[:2] == ["pric", "ric"]


def test_function_words_go_and_reduplications_count_once() -> None:
    assert content_words("Anak-anak itu dan 3 rumah-rumahan di desa") == [
        *("anak", "rumah", "desa"),
    ]


def test_the_lexicon_is_one() -> None:
    table = lexicon()
    assert len(table) > 10_000
    for word, form in {"beras": "ric", "tewas": "kill", "harga": "pric", "kopi": "coffe"}.items():
        entry = table.get(word)
        assert entry is not None
        assert form in entry.forms
        assert entry.absent > 0 > entry.present
    assert table.get("xyzzy") is None


def test_clauses_taken_out_of_references_are_found(shared: Path) -> None:
    from scripts.measure_guard import load_sets

    sets = load_sets(300)
    kept, cut = sets["flores-dev reference"], sets["flores-dev less a clause"]
    found = sum(bool(check_coverage(s, h)) for s, h in cut) / len(cut)
    false = sum(bool(check_coverage(s, h)) for s, h in kept) / len(kept)
    assert found >= 0.5
    assert false <= 0.012
