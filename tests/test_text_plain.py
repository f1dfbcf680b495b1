"""Short forms read in full: the table, figures in short, what keeps its short form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.name_compare import compare_names
from toolkit.text.plain import read_plain
from toolkit.text.resources import rows
from toolkit.translate import open_translator
from toolkit.translate.slips import read_slips
from toolkit.translate.source_reading import read_source


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Kapolda Sulsel meminta maaf.", "Kapolda Sulawesi Selatan meminta maaf."),
        ("Pj. Wali Kota Palopo", "Penjabat Wali Kota Palopo"),
        ("Wamendagri Bima Arya", "Wakil Menteri Dalam Negeri Bima Arya"),
        ("dibawa ke meja hijau", "dibawa ke pengadilan"),
        ("Adu mulut terjadi", "Bertengkar terjadi"),
        ("pada 5/12/2025 di Jakarta", "pada 5 Desember 2025 di Jakarta"),
        ("pada 22-11-2025", "pada 22 November 2025"),
        ("merugi Rp 1,2 T dan Rp850 M", "merugi Rp 1,2 triliun dan Rp850 miliar"),
        ("gaji Rp 5 jt", "gaji Rp 5 juta"),
        ("36°C dan 21 °C", "36 derajat Celsius dan 21 derajat Celsius"),
        ("7,5° LS", "7,5 derajat lintang selatan"),
        ("miring 30° ke kiri", "miring 30 derajat ke kiri"),
        ("Sekitar 800 lebih KK mengungsi", "Lebih dari 800 KK mengungsi"),
        ("100 lebih rumah rusak", "lebih dari 100 rumah rusak"),
        ("dua oknum guru", "dua guru"),
        ("satu orang atas nama Sakdiyah", "satu orang bernama Sakdiyah"),
    ],
)
def test_short_forms_are_read_in_full(text: str, plain: str) -> None:
    made, found = read_plain(text)
    assert made == plain
    assert found
    assert all(short in text for short, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "Bank Jatim dan Pupuk Kaltim menang.",  # firms and clubs
        "Jawa Tengah (Jateng)",  # explained already
        "Sulsel-Sulbar, @Jabar, #Jateng, jabarprov.go.id, Jabar.go.id",
        "Rabu (5/12/2025)",  # models know dates in brackets
        "skor 5/12, pasal 22/11/7, nomor 5/12/20256, 2025-11-22",
        "Ia lahir pada 31 T dan tinggal di Jalan M.",
        "Ia lebih suka 5 orang lain.",
        "KPK, BUMN, DPR dan Polri hadir.",
        "atas nama rakyat Indonesia",
        "46°39′50″",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert read_plain(text) == (text, [])


@given(st.text(alphabet="SulseljabrRp0123456789 ,.°C/-()MT", max_size=60))
def test_what_is_read_names_every_change(text: str) -> None:
    made, found = read_plain(text)
    assert (made == text) is (not found)


def test_the_table_is_sound() -> None:
    table = [(row[0], row[1]) for row in rows("plain.id.tsv")]
    forms = [form for form, _ in table]
    assert len(forms) == len(set(forms))
    assert all(form != plain and plain for form, plain in table)
    for form, plain in table:  # nothing is expanded twice
        assert read_plain(f"kata {plain} itu")[0] == f"kata {plain} itu", form


def test_names_read_in_full_are_not_looked_for_in_short() -> None:
    for source, english in (
        ("KSAU dan Kajari hadir.", "The Air Force chief of staff and the chief prosecutor came."),
        ("THR naik.", "The holiday bonus rose."),
        ("Menko PMK hadir.", "The coordinating minister for human development came."),
        ("Titik itu 7,5 LS dan 110 BT.", "The point is 7.5 degrees south and 110 east."),
    ):
        assert not compare_names(source, english).missing


def test_a_reading_is_noted_and_checks_hold_what_stands() -> None:
    read = read_source("KPK Tahan Kajari Jateng")
    assert read.text == "KPK Tahan Kajari Jateng"
    assert read.given == "KPK menahan Kepala Kejaksaan Negeri Jawa Tengah"
    said = " ".join(c.detail for c in read.notes)
    assert "headline was read as" in said
    assert "'Jateng' as 'Jawa Tengah'" in said
    assert {c.severity for c in read.notes} == {"info"}


@pytest.mark.parametrize(
    ("source", "wanted", "never"),
    [
        ("Hetifah meminta Kemendikdasmen memperbaiki sekolah itu.", "Secondary", "Communications"),
        ("Wamendagri Bima Arya meninjau lokasi banjir.", "Deputy", "The Home Affairs Minister"),
        ("Suhu udara di Jakarta mencapai 30 °C pada Senin siang.", "30 degrees Celsius", "°"),
        ("Kasus itu segera dibawa ke meja hijau.", "court", "table"),
        ("Rapat berikutnya pada 5/12/2025 di Jakarta.", "5, 2025", "5/12"),
    ],
)
def test_the_embedded_model_has_them_right(source: str, wanted: str, never: str) -> None:
    found = open_translator("embedded").translate([source])[0]
    assert wanted in found.text
    assert never not in found.text
    assert not [c for c in found.checks if c.severity != "info"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Rp 64,3 trilun", "Rp 64,3 triliun"),
        ("Rp 2 Triliyun", "Rp 2 Triliun"),
        ("5 milliar rupiah", "5 miliar rupiah"),
        ("Rp 3 miliar", "Rp 3 miliar"),
        ("Desa Trilun", "Desa Trilun"),
    ],
)
def test_sizes_that_are_misspelt_are_read_as_meant(written: str, meant: str) -> None:
    assert read_slips(written)[0] == meant
