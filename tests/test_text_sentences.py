"""The sentence splitter: hard cases, odd Unicode, and the UD treebanks as a yardstick."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text_samples import ODD_TEXT
from toolkit.text.sentences import sentence_spans, split

ROOT = Path(__file__).resolve().parent.parent

# Each case is the list of sentences; they are joined with spaces and must come back.
INDONESIAN = {
    "titles": [
        "Dr. Ratna Wulandari, S.H., M.Si. memimpin rapat.",
        "Ia datang bersama Ir. H. Bambang S. Nugroho, M.T. dan Drs. Anwar.",
    ],
    "address": [
        "Rapat digelar di Jl. Merdeka No. 17, Kel. Sukamaju, Kab. Bandung, Prov. Jawa Barat.",
        "Warga hadir sejak pagi.",
    ],
    "clock": ["Gempa terjadi pukul 04.20 WIB.", "Warga keluar rumah pukul 04.25 WIB."],
    "time at end": ["Acara dimulai pukul 19.30.", "Pintu dibuka lebih awal."],
    "amounts": ["Biaya naik menjadi Rp 1.250,5 miliar.", "Angka itu 3,2 persen dari APBD."],
    "old rupiah": ["Tarifnya Rp. 5.000 per orang.", "Diskon s.d. 50 persen berlaku."],
    "bracket date": ["Kapal tiba pada Jumat (8/8/2025).", "Penumpang turun satu per satu."],
    "speech": [
        "“Kami akan datang.",
        "Mereka juga siap,” kata Kol. Inf. Surya.",
        "“Tidak ada kendala.”",
        "Ia lalu pergi.",
    ],
    "straight quotes": ['"Apa kabar?" tanya Sinta.', '"Baik!" jawab Doni.', "Mereka tertawa."],
    "question inside": ['Ia bertanya, "Kapan kita berangkat?"', "Doni diam saja."],
    "apart quotes": ['"Kami menolak. " kata Rudi.', '" Ini tidak adil. "', "Ia pergi."],
    "sites": [
        "SERAMBINEWS.COM - Gempa mengguncang Aceh.",
        "Situs kompas.com melaporkan hal itu.",
        "Menurut Detik.Com, tidak ada korban.",
    ],
    "company": [
        "PT Maju Jaya Tbk. (MJYA) untung besar.",
        "Saham dimiliki PT Abadi Tbk.",
        "Analis menilai wajar.",
    ],
    "letter": [
        "Surat itu ditandatangani a.n. Kepala Dinas, d.a. Jl. Kenanga No. 3.",
        "Isinya singkat.",
    ],
    "ellipsis": [
        "Harga beras naik...",
        "Warga mengeluh.",
        "Mereka berkata… entah sampai kapan.",
        "Harga telur…",
        "Pedagang pasrah.",
    ],
    "list": ["1. Siapkan air.", "2. Masukkan beras.", "3. Tutup panci."],
    "list after colon": ["Syaratnya: 1. Warga negara Indonesia.", "2. Sehat."],
    "letters": ["Ia minum vitamin C.", "Setelah itu ia tidur.", "Rencana B.", "Tidak ada."],
    "numbers": ["Ia bernomor punggung 10.", "Dia mencetak gol ke-5."],
    "religious titles": ["Ayahnya K.H. Ahmad Zaini.", "Ibunya Hj. Siti.", "Keduanya guru."],
    "rank in brackets": ["Jenderal TNI (Purn.) Wirawan hadir.", "(Antara)"],
    "initials": ["Buku itu karya J. K. Lestari.", "B.J. Santoso menulis pengantar."],
    "handles": ["Ia menulis di akun @warga.id.", "#SaveKita jadi tren."],
    "roman": ["Kapal KRI. II Sudirman berlabuh.", "Awaknya selamat."],
    "camel case": ["Ia kehilangan ponsel.", "iPhone miliknya dicuri."],
    "and so on": ["Ada beras, gula, dll.", "Pasar ramai."],
    "page": ["Lihat hal. 23.", "Di sana ada Pasal 5 ayat (2)."],
    "everyday word": ["Ia membahas berbagai hal.", "Dua tahun kemudian ia pindah."],
    "footnotes": ["Kabar itu benar.[1]", "Polisi menyelidiki.²", "Jaksa menunggu."],
    "byline": ["Korban dibawa ke rumah sakit.", "(bud/ang)"],
    "shouting": ["Apa yang terjadi?!", "Semua panik!!!", "Tidak ada yang tahu."],
    "lower-case start": ["Warga sudah pulang.", "namun petugas tetap berjaga."],
    "no end mark": ["Judul tanpa titik"],
}
ENGLISH = {
    "titles": [
        "Mr. Smith went to Washington, D.C.",
        "He met Gen. Brown at 5 p.m.",
        "The U.S. economy grew 2.5 percent.",
    ],
    "speech": ['"We won," he said.', '"Now go!"', "They left."],
    "months": ["The U.S. Senate met on Jan. 5.", "Sen. Lee spoke.", "It was over by Dec. 9."],
    "house": ["It sold 3.4 million units.", "No. 10 Downing St. was quiet.", "The answer is no."],
    "ranks": ["Gen. (ret.) Wirawan came.", "Sr. Comr. Argo and Adj. Insp. Budi left."],
    "firms": ["He works for Apple Inc. in Ohio.", "She left Banana Inc.", "It was a good year."],
}


@pytest.mark.parametrize("name", INDONESIAN)
def test_hard_cases_in_indonesian(name: str) -> None:
    sentences = INDONESIAN[name]
    assert [s.strip() for s in split(" ".join(sentences))] == sentences


@pytest.mark.parametrize("name", ENGLISH)
def test_hard_cases_in_english(name: str) -> None:
    sentences = ENGLISH[name]
    assert [s.strip() for s in split(" ".join(sentences), "en")] == sentences


def test_a_missing_space_still_ends_the_sentence() -> None:
    assert split('Gubernur hadir.Warga senang."Kami bangga," katanya.') == [
        "Gubernur hadir.",
        "Warga senang.",
        '"Kami bangga," katanya.',
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Berkas di contoh.Com atau situs.Id dibuka.",
        "Nilainya 1.000,5 dan 2.500.000 rupiah.",
        "Kirim ke Budi.Santoso@contoh.id segera.",
        "Versi 2.10.3 dirilis.",
        "Grup I.O.I dan T.O.P tampil.",
        "Gelarnya S.Kom., M.Kom., dan Sp.OG sudah lengkap.",
    ],
)
def test_inner_stops_do_not_split(text: str) -> None:
    assert split(text) == [text]


def test_blank_lines_always_end_a_sentence_and_single_breaks_do_not() -> None:
    text = "Judul berita\n\nIsi berita yang\ndibungkus baris. Lanjut\n"
    assert split(text) == ["Judul berita\n\n", "Isi berita yang\ndibungkus baris. ", "Lanjut\n"]
    broken = split(text, line_breaks=True)
    assert [s.strip() for s in broken] == [
        "Judul berita",
        "Isi berita yang",
        "dibungkus baris.",
        "Lanjut",
    ]
    assert "".join(broken) == text


def test_empty_and_blank_texts() -> None:
    assert split("") == []
    assert split(" \n\n ") == [" \n\n "]
    assert sentence_spans(" \n\n ") == []


def test_leading_white_space_stays_with_the_first_piece() -> None:
    assert split("  Satu. Dua.") == ["  Satu. ", "Dua."]
    assert sentence_spans("  Satu. Dua.") == [(2, 7), (8, 12)]


@settings(max_examples=200, deadline=None)
@given(text=ODD_TEXT, line_breaks=st.booleans(), language=st.sampled_from(["id", "en"]))
def test_pieces_joined_give_the_text_back(text: str, line_breaks: bool, language: str) -> None:
    pieces = split(text, language, line_breaks=line_breaks)  # type: ignore[arg-type]
    assert "".join(pieces) == text
    if text.strip():
        assert all(piece.strip() for piece in pieces)


@settings(max_examples=150, deadline=None)
@given(text=ODD_TEXT)
def test_spans_are_stripped_in_order_and_cover_all_ink(text: str) -> None:
    spans = sentence_spans(text)
    position = 0
    for start, end in spans:
        assert start < end
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        position = end
    assert text[position:].strip() == ""


@settings(max_examples=40, deadline=None)
@given(sentences=st.lists(st.sampled_from(["Ia pergi.", "Kami tiba!", "Siapa dia?"]), min_size=1))
def test_plain_sentences_come_back_whatever_their_number(sentences: list[str]) -> None:
    assert [s.strip() for s in split(" ".join(sentences))] == sentences


@pytest.mark.parametrize(
    "unit", ["a. ", '" ', ".", "( . ", "\n \n", "Dr. ", "kata.Kami ", " ", "1. ", '."', "'", "A."]
)
def test_long_monotonous_texts_are_split_in_linear_time(unit: str) -> None:
    # A quadratic rule would take minutes on these, not a moment.
    text = unit * (60_000 // len(unit))
    assert "".join(split(text)) == text


FLOORS = {"csui": (0.975, 0.960), "gsd": (0.915, 0.975), "pud": (0.990, 0.980)}
"""Least precision and recall on the report part of each treebank."""


@pytest.mark.parametrize("treebank", FLOORS)
def test_boundaries_of_the_treebanks(shared: Path, treebank: str) -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import measure_splitter
    finally:
        sys.path.pop(0)
    path = shared / "data" / "dev" / "sentences" / f"{treebank}.tsv"
    counts = measure_splitter.measure(measure_splitter.parts(measure_splitter.read(path))["report"])
    precision, recall = FLOORS[treebank]
    assert counts.precision >= precision
    assert counts.recall >= recall
