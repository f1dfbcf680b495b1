"""A span of time keeps its unit, and an amount gets no currency that the source lacks."""

from __future__ import annotations

import pytest

from toolkit.text.numbers import compare_numbers
from toolkit.translate.judge import Judge


@pytest.mark.parametrize(
    ("source", "hypothesis", "lost"),
    [
        ("Vonisnya 6 tahun 6 bulan.", "The sentence is 6 years.", ["6 bulan"]),
        ("Vonisnya 2 tahun 3 bulan.", "The sentence is 2 of three months.", ["2 tahun"]),
        ("Vonisnya 5 tahun penjara.", "The sentence is 5 months in prison.", ["5 tahun"]),
        ("Ia melatih 30 menit setiap 30 hari.", "He trains for 30 minutes.", ["30 hari"]),
    ],
)
def test_lost_units(source: str, hypothesis: str, lost: list[str]) -> None:
    diff = compare_numbers(source, hypothesis)
    assert [a.text for a, _ in diff.lost_durations] == lost
    assert not diff.ok


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Vonisnya 6 tahun 6 bulan.", "The sentence is six years and six months."),
        ("Vonisnya 6 tahun 6 bulan.", "The sentence is six and a half years."),
        ("Rina, 30 tahun, bekerja 8 jam sehari.", "Rina, 30, works eight hours a day."),
        ("Anak 2 tahun 3 bulan itu selamat.", "The 2-year-and-3-month-old child survived."),
        ("Ia dilarang bermain 4 sampai 6 bulan.", "He is banned for 4 to 6 months."),
        ("Gol itu lahir setelah 6 menit.", "The goal came after 6 minutes."),
    ],
)
def test_kept_units(source: str, hypothesis: str) -> None:
    assert compare_numbers(source, hypothesis).lost_durations == ()


@pytest.mark.parametrize(
    ("source", "hypothesis", "changed"),
    [
        ("Jaraknya 12 kilometer.", "It is 12 meters away.", ("12 kilometer", "12 meters")),
        ("Angin 45 km per jam.", "Winds of 45 miles per hour.", ("45 km", "45 miles")),
        ("Luasnya 12 hektare.", "It covers 12 acres.", ("12 hektare", "12 acres")),
        ("Sabu 5 kilogram disita.", "Police seized 5 tonnes.", ("5 kilogram", "5 tonnes")),
        ("Puluhan orang tewas.", "Hundreds of people died.", ("Puluhan", "Hundreds")),
        ("Ratusan ribu orang.", "Hundreds of people.", ("Ratusan ribu", "Hundreds")),
        ("Sepertiga warga setuju.", "Half the residents agreed.", ("Sepertiga", "Half")),
        ("Sepertiga warga setuju.", "Two thirds agreed.", ("Sepertiga", "Two thirds")),
    ],
)
def test_other_measures_and_words_of_size(
    source: str, hypothesis: str, changed: tuple[str, str]
) -> None:
    found = compare_numbers(source, hypothesis).changed
    assert [(a.text, b.text) for a, b in found] == [changed]
    assert ("number", "error") in {(c.kind, c.severity) for c in Judge()(source, hypothesis).checks}


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Jaraknya 12 kilometer.", "It is 12 km away."),
        ("Jaraknya 2.500 meter.", "It is 2.5 kilometers away."),
        ("Luasnya 12 meter persegi.", "It covers 12 square metres."),
        ("Naik 1,5 poin persentase.", "It rose 1.5 percentage points."),
        ("Kedalaman 10 km, 10 meter dari pantai.", "A depth of 10 km, 10 meters from the beach."),
        ("Belasan orang tewas.", "Dozens of people died."),
        ("Puluhan ribu orang.", "Tens of thousands of people."),
        ("Sepertiga naik pada kuartal itu.", "A third rose in that quarter."),
        ("Setengah tahun kemudian.", "Six months later."),
    ],
)
def test_measures_and_words_of_size_that_agree(source: str, hypothesis: str) -> None:
    assert compare_numbers(source, hypothesis).changed == ()


@pytest.mark.parametrize("amount", ["€16,100", "$16,100", "Rp16,100", "16,100 dollars"])
def test_a_currency_out_of_nowhere(amount: str) -> None:
    diff = compare_numbers("Ayam potong 16.100", f"Broiler chicken {amount}")
    assert [n.text for n in diff.stray_currencies] == [amount]


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Ayam potong 16.100", "Broiler chicken 16,100"),
        ("Ayam potong 16.100 rupiah", "Broiler chicken Rp16,100"),
        ("Harga minyak 70 dolar per barel", "Oil costs $70 a barrel"),
        ("Biayanya belasan juta per orang.", "It costs more than ten million rupiah each."),
    ],
)
def test_a_currency_of_the_source(source: str, hypothesis: str) -> None:
    assert compare_numbers(source, hypothesis).stray_currencies == ()


def test_the_guard_reports_both() -> None:
    judge = Judge()
    found = judge("Vonisnya 6 tahun 6 bulan.", "The sentence is 6 years.").checks
    assert [(c.kind, c.severity) for c in found] == [("number", "error")]
    assert "6 bulan" in found[0].detail
    found = judge("Ayam potong 16.100", "Broiler chicken €16,100").checks
    assert [(c.kind, c.severity) for c in found] == [("number", "warning")]
