"""Headlines read as running text: bare verbs get their prefix, common words their lower case."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.build_bare_verbs import main, table
from tests.test_translate_guard import Script
from toolkit.text.headlines import active_forms, as_running_text, is_headline
from toolkit.text.name_find import bare_verbs
from toolkit.translate import open_translator
from toolkit.translate.guard import GuardedTranslator


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        (
            "Banjir Rendam Tiga Kecamatan di Demak, 4.200 Warga Mengungsi",
            "Banjir merendam tiga kecamatan di Demak, 4.200 warga mengungsi",
        ),
        (
            "DPR Minta Pemerintah Tunda Kenaikan Tarif Listrik",
            "DPR meminta pemerintah menunda kenaikan tarif listrik",
        ),
        (
            "Gempa Magnitudo 6,1 Guncang Maluku Tengah, Tidak Berpotensi Tsunami",
            "Gempa magnitudo 6,1 mengguncang Maluku Tengah, tidak berpotensi tsunami",
        ),
        # Words that are as often nouns: verbs behind names, actors and helping verbs only.
        (
            "Bank Indonesia Tahan Suku Bunga Acuan di Level 5,5 Persen",
            "Bank Indonesia menahan suku bunga acuan di level 5,5 persen",
        ),
        (
            "Nilai Tukar Rupiah Melemah ke Rp16.400 per Dolar AS",
            "Nilai tukar rupiah melemah ke Rp16.400 per dolar AS",
        ),
        (
            "Harga Jual Emas Naik Rp12.000 per Gram",
            "Harga jual emas naik Rp12.000 per gram",
        ),
        # Places, names and acronyms stay.
        (
            "Pria Tewas Tertabrak Kereta di Kota Serang",
            "Pria tewas tertabrak kereta di Kota Serang",
        ),
        (
            "Mahkamah Konstitusi Tolak Gugatan Hasil Pilkada",
            "Mahkamah Konstitusi menolak gugatan hasil Pilkada",
        ),
        (
            "Presiden Terima Kunjungan Menteri Malaysia di Istana Merdeka",
            "Presiden menerima kunjungan Menteri Malaysia di Istana Merdeka",
        ),
        (
            "Pemkot Padang Gencarkan Pasar Murah. Apa Kata Warga?",
            "Pemkot Padang menggencarkan pasar murah. Apa kata warga?",
        ),
        ("Festival Film Tidak Jadi Digelar", "Festival film tidak jadi digelar"),
        ("Korban Longsor Jadi 12 Orang", "Korban longsor menjadi 12 orang"),
    ],
)
def test_headlines_are_read_as_running_text(headline: str, read: str) -> None:
    assert as_running_text(headline) == read


@pytest.mark.parametrize(
    "text",
    [
        "KPK menahan Bupati Probolinggo terkait suap.",
        "Wali Kota Bandung Ridwan Kamil Tiba.",
        "Joko Widodo",
        "Roma: Szczesny, Ruediger, Manolas, Juan Jesus, Peres, Paredes, Mohamed Salah",
        "Perkuat kemitraan strategis",
        "",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert as_running_text(text) == text


@given(st.text(max_size=80))
def test_any_text_keeps_all_but_letters(text: str) -> None:
    found = as_running_text(text)
    assert [c for c in found if not c.isalpha()] == [c for c in text if not c.isalpha()]
    if not is_headline(text):
        assert found == text


@given(st.lists(st.sampled_from(sorted(bare_verbs())), min_size=3, max_size=8))
def test_reading_twice_changes_no_more(verbs: list[str]) -> None:
    once = as_running_text(" ".join(v.capitalize() for v in verbs))
    assert as_running_text(once) == once


def test_the_prefix_takes_its_form_from_the_first_letter() -> None:
    first = {b: active_forms(b)[0] for b in "tahan sebut pukul perkuat kirim ambil lihat".split()}
    assert first == {
        "tahan": "menahan",
        "sebut": "menyebut",
        "pukul": "memukul",
        "perkuat": "memperkuat",
        "kirim": "mengirim",
        "ambil": "mengambil",
        "lihat": "melihat",
    }


def test_only_verbs_with_both_voices_come_into_the_table() -> None:
    counts = Counter({"menolak": 9, "ditolak": 5, "tolak": 2, "mereka": 99, "reka": 2, "rumah": 50})
    counts |= Counter({"menilai": 9, "dinilai": 5, "nilai": 80, "merumah": 4, "dirumah": 3})
    found = table(counts)
    assert found["tolak"] == ("menolak", "sure")
    assert found["nilai"] == ("menilai", "doubtful")
    assert not {"reka", "rumah"} & found.keys()


def test_the_shipped_table_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(bare_verbs()) > 500
    for bare, (active, _) in bare_verbs().items():
        assert active.startswith("me")
        assert active != bare
    text = tmp_path / "a.xz"
    text.write_bytes(lzma.compress(b"polisi menolak ditolak menolak tolak\n"))
    assert main([str(text), "--out", str(tmp_path / "t.tsv")]) == 0
    assert "tolak\tmenolak\tsure" in (tmp_path / "t.tsv").read_text(encoding="utf-8")
    assert main([str(tmp_path / "none.xz")]) == 2
    assert "none.xz" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("KPK SITA ASET RP 1,5 TRILIUN DARI MANTAN DIRUT BUMN",
         "KPK menyita aset Rp 1,5 triliun dari mantan Dirut BUMN"),
        ("PSSI UMUMKAN PELATIH BARU TIMNAS", "PSSI mengumumkan pelatih baru timnas"),
        ("HARGA BERAS NAIK 5 PERSEN.", "Harga beras naik 5 persen."),
        ("WARGA MENGELUH.", "Warga mengeluh."),
        ("BANJIR DEMAK: 2.000 WARGA MENGUNGSI", "Banjir Demak: 2.000 warga mengungsi"),
    ],
)  # fmt: skip
def test_lines_in_capitals_are_read_as_running_text(line: str, read: str) -> None:
    assert as_running_text(line) == read


@pytest.mark.parametrize("line", ["JUSUF KALLA", "BANDUNG", "DPR RI, MPR RI, DPD RI", "KPK", "A B"])
def test_names_and_abbreviations_in_capitals_stay(line: str) -> None:
    assert as_running_text(line) == line


def test_the_translator_reads_headlines_so_and_says_it() -> None:
    found = open_translator("embedded").translate(["Polisi Tangkap Pelaku Pembunuhan di Bekasi"])[0]
    assert "arrest" in found.text
    assert any("Polisi menangkap pelaku" in c.detail for c in found.checks)


def test_what_is_read_is_searched_and_what_stands_is_checked() -> None:
    """Unknown words with a capital in a headline are no names that must come back."""
    backend = Script(lambda _text, _decoding: ["A new dance for three young singers."])
    found = GuardedTranslator(backend).translate(["Goyangan Heboh Baru untuk Tiga Biduan Muda"])[0]
    assert backend.calls[0][0] == as_running_text("Goyangan Heboh Baru untuk Tiga Biduan Muda")
    assert backend.calls[0][0] != "Goyangan Heboh Baru untuk Tiga Biduan Muda"
    assert not [c for c in found.checks if c.kind == "name"]
