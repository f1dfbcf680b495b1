"""A word that became its opposite is reported; careful renderings are not."""

from __future__ import annotations

import pytest

from toolkit.translate.checks import words_of
from toolkit.translate.judge import Judge
from toolkit.translate.opposites import check_opposites


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Ia membantah tuduhan itu.", "He admitted the accusation."),
        ("Polisi menyangkal kabar itu.", "Police confirmed the news."),
        ("Budi mengakui perbuatannya.", "Budi denied his actions."),
        ("DPR menolak usul itu.", "The House approved the proposal."),
        ("DPR menolak rancangan itu.", "The House agreed to the bill."),
        ("DPR menyetujui usul itu.", "The House rejected the proposal."),
        ("Presiden menerima usul itu.", "The president rejected the proposal."),
        ("Persib menang 2-1.", "Persib lost 2-1."),
        ("Mereka merayakan kemenangan itu.", "They celebrated the defeat."),
        ("Persija kalah 1-2.", "Persija won 1-2."),
        ("Warga mendukung rencana itu.", "Residents opposed the plan."),
        ("Warga menentang rencana itu.", "Residents supported the plan."),
        ("Ia membeli 50 saham.", "He sold 50 shares."),
        ("Ia menjual rumahnya.", "He bought his house."),
        ("Ia pulang sebelum rapat dimulai.", "He went home after the meeting began."),
        ("Setelah pemilu, harga turun.", "Before the election, prices fell."),
        ("Setelah pergi, ia menelepon.", "Before leaving, he called."),
        ("Indonesia mengimpor beras.", "Indonesia exports rice."),
        ("Nilai ekspor tidak berubah.", "The value of imports did not change."),
    ],
)
def test_an_opposite_is_a_warning(source: str, hypothesis: str) -> None:
    found = check_opposites(words_of(source), hypothesis)
    assert [(c.kind, c.severity) for c in found] == [("omission", "warning")]
    assert found[0] in Judge()(source, hypothesis).checks


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Ia membantah tuduhan itu.", "He rejected the accusation and confirmed his alibi."),
        ("Ia tidak membantah kabar itu.", "He confirmed the news."),
        ("DPR menolak usul itu.", "The House did not accept the proposal."),
        ("DPR belum menyetujui usul itu.", "The House refused the proposal."),
        ("Sebagian menolak, sebagian menerima.", "Some accepted it."),
        ("Persib menang atas Persija.", "Persija lost to the winners, Persib."),
        ("Persib menang 2-1.", "Persib defeated its guests 2-1, a second loss for them."),
        ("Persib gagal menang.", "Persib never won; they lost."),
        ("Ia membeli rumah.", "He acquired the house that was sold."),
        ("Pedagang menjual beras.", "Traders are where people buy rice."),
        ("Setelah makan ia pergi.", "He ate before leaving."),
        ("Ia sempat membantahnya, lalu mengakui.", "He confirmed what he denied earlier."),
        ("Sebelum pergi ia makan.", "He left, having eaten earlier, after noon."),
        ("Ekspor dan impor naik.", "Imports rose."),
    ],
)
def test_free_renderings_pass(source: str, hypothesis: str) -> None:
    assert check_opposites(words_of(source), hypothesis) == []
