"""Numbers that stand in each other's place."""

from __future__ import annotations

import pytest

from toolkit.translate.exchanged import check_exchanged
from toolkit.translate.judge import Judge


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            "Sebanyak 3 warga tewas dan 7 warga terluka.",
            "Three residents were killed and seven residents were injured.",
            "Seven residents were killed and three residents were injured.",
        ),
        (
            "Harga cabai naik 12 persen, sedangkan harga beras turun 5 persen.",
            "The price of chili rose 12 percent, while the price of rice fell 5 percent.",
            "The price of chili rose 5 percent, while the price of rice fell 12 percent.",
        ),
        (
            "Kapal itu membawa 120 penumpang dan 14 awak.",
            "The ship was carrying 120 passengers and 14 crew members.",
            "The ship was carrying 14 passengers and 120 crew members.",
        ),
        (
            "Bupati membagikan 40 traktor kepada petani, dan 300 sepeda kepada guru.",
            "The regent handed out 40 tractors to farmers and 300 bicycles to teachers.",
            "The regent handed out 300 tractors to farmers and 40 bicycles to teachers.",
        ),
        (
            "Sebanyak 20 dari 30 anggota hadir.",
            "A total of 20 of the 30 members attended.",
            "A total of 30 of the 20 members attended.",
        ),
        (
            "Kuota turun dari 3.000 ton menjadi 2.000 ton.",
            "The quota fell from 3,000 tons to 2,000 tons.",
            "The quota fell from 2,000 tons to 3,000 tons.",
        ),
    ],
)
def test_exchanged_numbers_are_reported(source: str, right: str, wrong: str) -> None:
    assert check_exchanged(source, right) == []
    (found,) = check_exchanged(source, wrong)
    assert (found.kind, found.severity) == ("number", "error")
    assert "changed places" in found.detail
    assert found in Judge()(source, wrong).checks
    assert Judge()(source, right).checks == ()


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        # another order, the same facts
        ("Ada 7 korban luka dan 3 korban tewas.", "Three were killed and seven were injured."),
        # a number of each side alone, or one that stands there twice
        ("Ada 7 korban luka.", "Seven were injured."),
        ("Skor 2-2, 2 gol dari penalti dan 3 kartu.", "The score was 2-2, 3 cards, 2 penalties."),
        # words that the lexicon does not know say nothing
        ("Ada 7 qwrt dan 3 zxvb.", "There were three of them and seven of those."),
        ("", "Three and seven."),
    ],
)
def test_other_changes_are_let_pass(source: str, hypothesis: str) -> None:
    assert check_exchanged(source, hypothesis) == []
