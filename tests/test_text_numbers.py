"""Finding, writing and comparing numbers in both languages."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text_samples import ODD_TEXT
from toolkit.text.numbers import (
    compare_numbers,
    find_numbers,
    format_number,
    number_hints,
    repair_formats,
)

D = Decimal


def values(text: str, language: str) -> list[tuple[Decimal, str]]:
    return [(n.value, n.kind) for n in find_numbers(text, language)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("1.000,5", "1000.5", "cardinal", ""),
        ("2.500.000 orang", "2500000", "cardinal", ""),
        ("Rp42,03 triliun", "42030000000000", "money", "IDR"),
        ("Rp. 5.000", "5000", "money", "IDR"),
        ("Rp 5 M", "5000000000", "money", "IDR"),
        ("Rp 3, 58 juta", "3580000", "money", "IDR"),
        ("42.195 km", "42.195", "measure", "km"),
        ("47.017 km", "47017", "measure", "km"),
        ("4, 93 meter", "4.93", "measure", "m"),
        ("29, 48 detik", "29.48", "duration", "second"),
        ("Rp 1, 888 miliar", "1888000000", "money", "IDR"),
        ("2, 2 juta hektar", "2200000", "measure", "ha"),
        ("jam 2 malam", "120", "time", ""),
        ("jam 12 malam", "0", "time", ""),
        ("US$ 1,5 miliar", "1500000000", "money", "USD"),
        ("1 juta 200 ribu rupiah", "1200000", "money", "IDR"),
        ("Rp 2,9 triliunan", "2900000000000", "money", "IDR"),
        ("17,8 persen", "17.8", "percent", "percent"),
        ("60%", "60", "percent", "percent"),
        ("25 kilometer", "25", "measure", "km"),
        ("90 menit", "90", "duration", "minute"),
        ("dua puluh lima", "25", "cardinal", ""),
        ("sebelas ribu lima ratus", "11500", "cardinal", ""),
        ("seratus dua puluh tiga juta", "123000000", "cardinal", ""),
        ("tiga belas", "13", "cardinal", ""),
        ("dua koma lima persen", "2.5", "percent", "percent"),
        ("ke-80", "80", "ordinal", ""),
        ("ke - 9", "9", "ordinal", ""),
        ("pukul 04.20 WIB", "260", "time", "wib"),
        ("pukul 8 malam", "1200", "time", ""),
        ("jam setengah 11 malam", "1350", "time", ""),
        ("pukul 9.30", "570", "time", ""),
        ("era 60-an", "60", "decade", ""),
        ("3/4", "0.75", "fraction", ""),
        ("dua pertiga", str(D(2) / 3), "fraction", ""),
        ("satu per lima", "0.2", "fraction", ""),
        ("puluhan ribu", "10000", "approximate", ""),
        ("ratusan juta", "100000000", "approximate", ""),
        ("KTT G20", "20", "code", ""),
        ("senapan AK-47", "47", "code", ""),
        ("Timnas U-19", "19", "code", ""),
        ("abad ke-XX", "20", "roman", ""),
        ("Perang Dunia II", "2", "roman", ""),
        ("2x24 jam", "48", "duration", "hour"),
    ],
)
def test_indonesian_numbers(text: str, value: str, kind: str, unit: str) -> None:
    number = find_numbers(text, "id")[-1 if kind in ("code", "roman") else 0]
    assert (number.value, number.kind, number.unit) == (D(value), kind, unit)


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("1,000.5", "1000.5", "cardinal", ""),
        ("twenty-five", "25", "cardinal", ""),
        ("two hundred and fifty thousand", "250000", "cardinal", ""),
        ("three million and five million", "3000000", "cardinal", ""),
        ("$1.5bn", "1500000000", "money", "USD"),
        ("Rp 42.03 trillion", "42030000000000", "money", "IDR"),
        ("5 per cent", "5", "percent", "percent"),
        ("80th", "80", "ordinal", ""),
        ("twenty-first", "21", "ordinal", ""),
        ("4 p.m.", "960", "time", "pm"),
        ("12 a.m.", "0", "time", "am"),
        ("04:20", "260", "time", ""),
        ("half past 10", "630", "time", ""),
        ("the 1990s", "1990", "decade", ""),
        ("two thirds", str(D(2) / 3), "fraction", ""),
        ("tens of thousands", "10000", "approximate", ""),
        ("tenfold", "10", "cardinal", ""),
        ("three dozen", "36", "cardinal", ""),
        ("2.5 million people", "2500000", "cardinal", ""),
    ],
)
def test_english_numbers(text: str, value: str, kind: str, unit: str) -> None:
    number = find_numbers(text, "en")[0]
    assert (number.value, number.kind, number.unit) == (D(value), kind, unit)


def test_digits_on_a_new_line_are_not_glued_to_the_line_before() -> None:
    assert values("contoh.com\n9 jam lalu", "id") == [(D(9), "duration")]


def test_a_range_shares_unit_and_scale() -> None:
    low, high = find_numbers("10-15 juta", "id")
    assert (low.value, low.other, high.value) == (10, 10_000_000, 15_000_000)
    low, high = find_numbers("5-10 persen", "id")
    assert (low.kind, high.kind) == ("percent", "percent")


def test_marks_of_the_other_language_are_kept_as_a_second_reading() -> None:
    (number,) = find_numbers("6.387", "en")
    assert number.values == (D("6.387"), 6387)
    (number,) = find_numbers("6,387", "id")
    assert number.values == (D("6.387"), 6387)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("hanya satu orang", "id", 1),
        ("kedua pihak", "id", 2),
        ("sepeda roda empat", "id", 4),
        ("babak delapan besar", "id", 8),
        ("Pasar Petak Sembilan", "id", 9),
        ("no one came", "en", 1),
        ("both sides", "en", 2),
        ("the hotel Four Seasons", "en", 4),
    ],
)
def test_words_that_may_be_no_number_are_weak(text: str, language: str, value: int) -> None:
    (number,) = find_numbers(text, language)  # type: ignore[arg-type]
    assert number.value == value
    assert number.weak


def test_digits_of_dates_addresses_and_file_numbers_are_no_quantities() -> None:
    text = "Senin (12/7) pukul 10.00, surat No.23/2017, a1@contoh.id, http://contoh.id/p/99, 27/11"
    assert {n.kind for n in find_numbers(text, "id")} == {"date", "time", "code"}


NUMBERS = st.decimals(
    min_value=0, max_value=D("999999999999"), allow_nan=False, allow_infinity=False, places=3
) | st.integers(min_value=0, max_value=10**15)


@settings(max_examples=150, deadline=None)
@given(value=NUMBERS, language=st.sampled_from(["id", "en"]))
def test_a_written_number_is_read_back(value: Decimal | int, language: str) -> None:
    (number,) = find_numbers(f"ada {format_number(value, language)} buah", language)  # type: ignore[arg-type]
    assert number.value == value


def test_format_number_by_example() -> None:
    assert format_number(D("1234567.50"), "id") == "1.234.567,50"
    assert format_number(1234567.5, "en") == "1,234,567.5"
    assert format_number(-1500, "id") == "-1.500"
    with pytest.raises(ValueError, match="finite"):
        format_number(float("nan"), "en")


@settings(max_examples=150, deadline=None)
@given(text=ODD_TEXT, language=st.sampled_from(["id", "en"]))
def test_spans_are_exact_and_in_order(text: str, language: str) -> None:
    position = 0
    for number in find_numbers(text, language):  # type: ignore[arg-type]
        assert number.start >= position
        assert number.end > number.start
        assert text[number.start : number.end] == number.text
        assert number.value.is_finite()
        position = number.end


@settings(max_examples=200, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            "12 3.500 2,5 1/2 2½ tiga puluh dua-tiga seribu ketiga dozen twenty-five threefold "
            "half Rp5M 10x20 dua, ribuan setengah kedua second hundreds , dan of".split()
        ),
        max_size=8,
    ),
    language=st.sampled_from(["id", "en"]),
)
def test_no_number_is_without_a_hint(parts: list[str], language: str) -> None:
    text = " ".join(parts)
    found = find_numbers(text, language)  # type: ignore[arg-type]
    assert number_hints(text, language) >= len(found)  # type: ignore[arg-type]


def test_a_text_without_numbers_has_no_hint() -> None:
    assert number_hints("Presiden bertemu para menteri di istana.", "id") == 0
    assert number_hints("The president met the ministers.", "en") == 0


@settings(max_examples=100, deadline=None)
@given(source=ODD_TEXT, hypothesis=ODD_TEXT)
def test_comparing_odd_texts_repairs_within_bounds(source: str, hypothesis: str) -> None:
    diff = compare_numbers(source, hypothesis)
    for error in diff.format_errors:
        assert hypothesis[error.start : error.end] == error.digits
    assert len(repair_formats(hypothesis, diff)) == len(hypothesis)


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Sebanyak 6.387 warga mengungsi.", "As many as 6,387 residents fled."),
        ("Harga naik 2,5 persen.", "Prices rose 2.5%."),
        ("Anggaran Rp 1,02 triliun.", "A budget of Rp 1,020 billion."),
        (
            "Rapat pada Senin (12/7) pukul 16.00 WIB.",
            "The meeting was on Monday, July 12, at 4 p.m.",
        ),
        ("Ketiganya ditahan.", "The three were detained."),
        ("Separuh dari 12 kursi kosong.", "Half of the dozen seats were empty."),
        ("Penjualan naik dua kali lipat.", "Sales doubled."),
        ("Dua pertiga warga setuju.", "Two thirds of residents agreed."),
        ("Peringatan ke-80 kemerdekaan.", "The eightieth anniversary of independence."),
        ("Penduduknya 5-10 juta.", "It has 5 million to 10 million inhabitants."),
        ("Mereka menang 3-1.", "They won 3-1."),
        ("Tim menang 2 gol tanpa balas.", "The team won 2-0."),
        ("Puluhan ribu orang datang.", "Tens of thousands of people came."),
        ("Layar 4 K itu mahal.", "The 4K screen is expensive."),
        ("Ia diberi waktu 2x24 jam.", "He was given 48 hours."),
        ("Film dari era 90-an.", "A film from the 1990s."),
        ("Pada abad ke-19.", "In the nineteenth century."),
        ("Presiden ke-7 RI.", "Indonesia's seventh president."),
        ("Uji coba tahun 2015-2016 usai.", "The 2015-16 trials ended."),
        ("Buka 07.00-09.00 atau 17.00-19.00 WIB.", "Open 7:00-9:00 a.m. or 5:00-7:00 p.m."),
        ("Mobil itu seharga US$5,503.", "The car costs US$5,503."),
        ("Luasnya seperempat hektare.", "It covers a quarter of a hectare."),
        ("Konferensi berlangsung 7-9 Mei (7/5 - 9/5).", "The conference ran from May 7 to 9."),
        ("Ada 10-15 ribu orang.", "There were 10,000-15,000 people."),
        ("Ada dua hingga tiga ribu orang.", "There were 2,000 to 3,000 people."),
        ("Perjalanan 3,5 jam.", "A trip of three and a half hours."),
        ("Perjalanan tiga setengah jam.", "A three-and-a-half-hour trip."),
        ("Ada 3,5 juta orang.", "There are three and a half million people."),
        ("Dana Rp500 juta cair.", "Half a billion rupiah was paid."),
        ("Tol sepanjang 1.000-an km.", "Some 1,000 km of toll roads."),
        ("Abu setinggi 18 ribu meter.", "Ash 18 kilometers high."),
        ("Beratnya 3.200 gram.", "It weighs 3.2 kilograms."),
        ("Beratnya 2-3 ribu kg.", "It weighs 2,000 to 3,000 kg."),
        ("Cabai Rp80-90 ribu per kg.", "Chillies cost Rp 80,000 to Rp 90,000 a kg."),
    ],
)
def test_free_but_right_renderings_pass(source: str, hypothesis: str) -> None:
    assert compare_numbers(source, hypothesis).ok


@pytest.mark.parametrize(
    ("source", "hypothesis", "missing", "added"),
    [
        ("Ada 250 korban.", "There were 520 victims.", ["250"], ["520"]),
        ("Dana Rp 5 miliar.", "Funds of Rp 5 million.", ["Rp 5 miliar"], ["Rp 5 million"]),
        ("Ada 34 korban luka.", "There were injured victims.", ["34"], []),
        ("Banyak korban.", "There were 17 victims.", [], ["17"]),
        ("Tiga belas warga tewas.", "Thirty residents died.", ["Tiga belas"], ["Thirty"]),
        ("Pukul 16.00 WIB.", "At 3 p.m.", ["Pukul 16.00 WIB"], ["3 p.m."]),
        ("Naik 12,8 persen.", "It rose 11.8 percent.", ["12,8 persen"], ["11.8 percent"]),
        ("Tingginya 2.500 meter.", "It is 2.5 meters.", ["2.500 meter"], ["2.5 meters"]),
        ("Tiga setengah jam.", "Three hours.", ["Tiga setengah jam"], ["Three hours"]),
    ],
)
def test_wrong_numbers_are_reported(
    source: str, hypothesis: str, missing: list[str], added: list[str]
) -> None:
    diff = compare_numbers(source, hypothesis)
    assert [n.text for n in diff.missing] == missing
    assert [n.text for n in diff.added] == added


@pytest.mark.parametrize(
    ("source", "hypothesis", "repaired"),
    [
        ("Ada 6.387 orang.", "There are 6.387 people.", "There are 6,387 people."),
        ("Senilai 2,3 miliar.", "Worth 2,3 billion.", "Worth 2.3 billion."),
        ("Ada 5.000.000 orang.", "There are 5.000.000 people.", "There are 5,000,000 people."),
        ("Harga 1.250,75 euro.", "The price is 1.250,75 euros.", "The price is 1,250.75 euros."),
        ("Naik 9.000 lalu 2,5 kali.", "Up 9.000, then 2,5 times.", "Up 9,000, then 2.5 times."),
        ("Ada 10-15 ribu ekor.", "There are 10.000-15.000.", "There are 10,000-15,000."),
        ("Ada 1,5-2 juta.", "From 1.500.000 to 2.000.000.", "From 1,500,000 to 2,000,000."),
    ],
)
def test_wrong_marks_are_found_and_put_right(source: str, hypothesis: str, repaired: str) -> None:
    diff = compare_numbers(source, hypothesis)
    assert diff.format_errors
    assert not diff.missing
    assert not diff.added
    assert repair_formats(hypothesis, diff) == repaired
    assert compare_numbers(source, repaired).ok


def test_the_length_of_a_marathon_is_not_rewritten() -> None:
    assert compare_numbers("Maraton sejauh 42.195 km.", "A marathon of 42.195 km.").ok
    assert compare_numbers("Maraton sejauh 42,195 km.", "A marathon of 42.195 km.").ok


def test_english_marks_in_the_source_are_no_format_error() -> None:
    assert not compare_numbers("Ada 16,500 pengungsi.", "There are 16,500 refugees.").format_errors


@pytest.mark.parametrize(
    ("source", "hypothesis", "repaired"),
    [
        ("Gajinya RM1,700 sebulan.", "The pay is RM1.700 a month.", "The pay is RM1,700 a month."),
        ("Mobil itu US$125,000.", "The car is US$125.000.", "The car is US$125,000."),
        ("Dendanya Rp 16,500.", "The fine is Rp 16.500.", "The fine is Rp 16,500."),
        ("Hadiahnya 2.500 dolar AS.", "The prize is $2.500.", "The prize is $2,500."),
        ("Bantuan 1.500 euro cair.", "Aid of 1.500 euros.", "Aid of 1,500 euros."),
        ("Kurs Rp9.395 per dolar AS.", "It is Rp 9.395 a dollar.", "It is Rp 9,395 a dollar."),
        (
            "Dendanya RM1,700 (Rp6.200.000).",
            "The fine is RM1.700 (Rp6,200,000).",
            "The fine is RM1,700 (Rp6,200,000).",
        ),
    ],
)
def test_english_thousands_of_an_amount_are_no_decimals(
    source: str, hypothesis: str, repaired: str
) -> None:
    diff = compare_numbers(source, hypothesis)
    assert repair_formats(hypothesis, diff) == repaired
    assert compare_numbers(source, repaired).ok


def test_an_amount_a_thousand_times_too_small_is_missing() -> None:
    diff = compare_numbers("Gajinya RM1,700 sebulan.", "The pay is RM1.70 a month.")
    assert [n.text for n in diff.missing] == ["RM1,700"]
    assert [n.text for n in diff.added] == ["RM1.70"]
    diff = compare_numbers("Tarifnya Rp2.500.", "The fare is Rp 2.5.")
    assert [n.text for n in diff.missing] == ["Rp2.500"]
    assert [n.text for n in diff.added] == ["Rp 2.5"]


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Kurs euro US$1,085.", "The euro stood at US$1.085."),
        ("Dananya US$ 1,250 miliar.", "The fund is US$1.250 billion."),
        ("Mobil itu US$5,503.", "The car is US$5,503."),
        ("Gas dijual US$2.755 per MMBtu.", "Gas is sold at US$2.755 per MMBtu."),
        ("Gas dijual US$2.755 per MMBtu.", "Gas is sold at US$2,755 per MMBtu."),
        ("Kurs euro US$1.085.", "The euro stood at US$1.085."),
    ],
)
def test_decimals_of_rates_and_scaled_amounts_stay(source: str, hypothesis: str) -> None:
    assert compare_numbers(source, hypothesis).ok


def test_a_changed_currency_is_a_unit_error() -> None:
    diff = compare_numbers("Harganya Rp 5 juta.", "It costs US$5 million.")
    assert [(a.unit, b.unit) for a, b in diff.unit_errors] == [("IDR", "USD")]
    assert not diff.missing


@settings(max_examples=80, deadline=None)
@given(value=st.integers(min_value=0, max_value=10**12) | st.decimals(0, 10**6, places=2))
def test_the_same_number_in_both_languages_is_never_reported(value: Decimal | int) -> None:
    source = f"Jumlahnya {format_number(value, 'id')} unit."
    hypothesis = f"The total is {format_number(value, 'en')} units."
    assert compare_numbers(source, hypothesis).ok


def test_numbers_have_plain_fields() -> None:
    number = find_numbers("Rp 5 juta", "id")[0]
    assert json.dumps([number.start, number.end, number.text, str(number.value), number.unit])


@pytest.mark.parametrize("unit", ["1.", "1/", "9", "dua ", "-", "I", "a@", "Rp ", "ke-", "1 juta "])
def test_long_monotonous_texts_end(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert all(n.value.is_finite() for n in find_numbers(text, "id"))
