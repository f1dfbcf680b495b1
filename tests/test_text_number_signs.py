"""A lost minus, another scale of temperature and another ordinal are reported."""

from __future__ import annotations

import pytest

from toolkit.text.names import compare_names
from toolkit.text.numbers import compare_numbers
from toolkit.translate.judge import Judge


@pytest.mark.parametrize(
    ("source", "hypothesis", "ours", "theirs"),
    [
        ("Suhu minus 20 derajat.", "It was 20 degrees.", "minus 20 derajat", "20 degrees"),
        ("Suhu mencapai -20 derajat.", "It reached 20 degrees.", "-20 derajat", "20 degrees"),
        ("Ekonomi minus 2,5 persen.", "Growth: 2.5 percent.", "minus 2,5 persen", "2.5 percent"),
        (
            "Suhu 30 derajat Celsius.",
            "It was 30 degrees Fahrenheit.",
            "30 derajat Celsius",
            "30 degrees Fahrenheit",
        ),
        ("Suhu 30°C.", "It was 30°F.", "30°C", "30°F"),
        ("Seribu orang hadir.", "A million people came.", "Seribu", "million"),
        ("Ratusan warga mengungsi.", "Millions fled.", "Ratusan", "Millions"),
        ("Pertemuan ketiga mereka.", "Their fourth meeting.", "ketiga", "fourth"),
        ("Ia anak pertama.", "He is the second child.", "pertama", "second"),
        ("Presiden kedua belas.", "The eleventh president.", "kedua belas", "eleventh"),
    ],
)
def test_a_changed_sign_scale_or_place(
    source: str, hypothesis: str, ours: str, theirs: str
) -> None:
    changed = compare_numbers(source, hypothesis).changed
    assert [(a.text, b.text) for a, b in changed] == [(ours, theirs)]
    checks = Judge()(source, hypothesis).checks
    assert ("number", "error") in {(c.kind, c.severity) for c in checks}


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Suhu minus 20 derajat.", "It was -20 degrees."),
        ("Suhu minus 20 derajat.", "It was 20 degrees below zero."),
        ("Ekonomi minus 2,5 persen.", "The economy contracted 2.5 percent."),
        ("Usia 10 -20 tahun.", "Aged 10 to 20."),
        ("Sasaran lima plus minus satu.", "A target of five plus/one."),
        ("Suhu 30 derajat Celsius.", "It was 30 degrees C."),
        ("Suhu 30 derajat Celsius.", "It was 30 degrees."),
        ("Kepulauan Seribu dihuni.", "The Thousand Islands are inhabited."),
        ("Kedua negara bertemu.", "The two countries met for the first time."),
        ("Ketiga anak itu pulang.", "The three children were home first."),
        ("Ketiganya pulang.", "They were home first."),
        ("Korban pertama dan kedua.", "The second victim."),
        ("Harga naik 100 persen.", "Prices doubled."),
        ("Harga naik 200 persen.", "Prices tripled."),
        ("Produksi naik lima kali lipat.", "Production quintupled."),
    ],
)
def test_what_passes(source: str, hypothesis: str) -> None:
    assert compare_numbers(source, hypothesis).changed == ()
    assert compare_numbers(source, hypothesis).missing == ()


def test_a_percentage_is_no_other_growth() -> None:
    assert compare_numbers("Harga naik 100 persen.", "Prices tripled.").missing


@pytest.mark.parametrize(
    ("source", "hypothesis", "lost"),
    [
        ("Pemimpin Iran Ali Khamenei hadir.", "Iran's leader Ali Khomeini came.", True),
        ("Pemimpin Iran Ali Khamenei hadir.", "Iran's leader Ali Khamenei came.", False),
        ("Petinju Muhammad Ali hadir.", "Boxer Mohammed Ali came.", False),
        ("Presiden Soeharto hadir.", "President Suharto came.", False),
    ],
)
def test_names_of_equal_consonants(source: str, hypothesis: str, lost: bool) -> None:
    assert bool(compare_names(source, hypothesis).missing) is lost


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Ia menonton wayang kulit.", "He watched wayang kulit."),
        ("Ia makan nasi goreng.", "He ate nasi goreng."),
        ("Ia makan gado-gado.", "He ate gado-gado."),
        ("Arus mudik padat.", "The mudik traffic is heavy."),
        ("Rasio gini naik.", "The gini ratio rose."),
        ("Utang itu Rp2.000 triliun.", "The debt is Rp 2 quadrillion."),
        ("Produksi naik 5 kali lipat.", "Production quintupled."),
    ],
)
def test_loans_and_rare_number_words_pass(source: str, hypothesis: str) -> None:
    assert [c for c in Judge()(source, hypothesis).checks if c.severity != "info"] == []


def test_a_word_of_a_dish_alone_is_left_in_indonesian() -> None:
    checks = Judge()("Ia merawat kulit wajahnya.", "She cares for her facial kulit.").checks
    assert [c.kind for c in checks] == ["copied"]
