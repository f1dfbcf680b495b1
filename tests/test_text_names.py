"""Finding names and terms, matching spellings, and looking for names in a translation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text_samples import ODD_TEXT
from toolkit.text.name_find import terms
from toolkit.text.name_match import distance
from toolkit.text.names import compare_names, find_names, same_name
from toolkit.text.resources import rows


def names(text: str, language: str = "id") -> list[tuple[str, str]]:
    return [(n.text, n.kind) for n in find_names(text, language)]  # type: ignore[arg-type]


def test_titles_terms_and_names_are_cut_apart() -> None:
    assert names("Kemarin Presiden Rusia Vladimir Putin bertemu Menlu Belanda.") == [
        ("Rusia", "term"),
        ("Vladimir Putin", "name"),
        ("Menlu", "term"),
        ("Belanda", "term"),
    ]
    assert names("Kata Kombes Pol Wahyu Nirmala, dua orang ditahan.") == [("Wahyu Nirmala", "name")]


@pytest.mark.parametrize(
    ("one", "other"), [("Łódź", "Lódz"), ("Sørensen", "Sorensen"), ("Đoković", "Dokovic")]
)
def test_letters_with_strokes_are_spelt_without_too(one: str, other: str) -> None:
    assert same_name(one, other)
    assert not same_name(one, "Wright")


def test_pairs_with_a_hyphen_or_slash_are_two_names() -> None:
    assert names("hubungan AS-Rusia dan ganda Wirya/Sanusi") == [
        ("AS", "term"),
        ("Rusia", "term"),
        ("Wirya", "name"),
        ("Sanusi", "name"),
    ]


def test_plain_institutions_are_marked_as_such() -> None:
    found = dict(names("Rapat di Badan Musyawarah dan Pengadilan Tinggi itu usai."))
    assert set(found.values()) == {"institution"}


def test_the_first_word_of_a_sentence_counts_only_when_it_is_no_common_word() -> None:
    assert names("Menurut warga, air surut. Namun hujan turun.") == []
    (name,) = find_names("Wirasaba mengatakan hujan turun.", "id")
    assert name.weak
    (name,) = find_names("Putin mengatakan perundingan berlanjut.", "id")
    assert not name.weak


def test_weekdays_and_months_are_no_names() -> None:
    assert names("pada Rabu, Agustus lalu, dan Senin malam") == []


def test_acronyms_and_roman_numerals() -> None:
    assert names("menurut BMKG dan XQZ pada masa Hamengkubuwono IX") == [
        ("BMKG", "term"),
        ("XQZ", "acronym"),
        ("Hamengkubuwono IX", "name"),
    ]


def test_a_headline_in_capitals_gives_weak_names() -> None:
    found = find_names("Warga Desa Sukamaju Gelar Panen Raya Bersama Zulkarnaen", "id")
    assert all(n.weak for n in found if n.kind == "name")


def test_of_a_headline_only_well_known_names_are_looked_for() -> None:
    source = "Persija Jakarta Bungkam Nusakambira Raya Lewat Adu Penalti"
    lost = compare_names(source, "Miami Jakarta Beats Them on Penalties").missing
    assert [n.text for n in lost] == ["Persija"]
    assert source[lost[0].start : lost[0].end] == "Persija"


def test_english_names() -> None:
    assert names("However, President Joko Widodo met Xi Jinping at the Bank of Japan.", "en") == [
        ("Joko Widodo", "name"),
        ("Xi Jinping", "name"),
        ("Bank of Japan", "name"),
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Yuri", "Yury"),
        ("Zelenskyy", "Zelensky"),
        ("Gorbachev", "Gorbachov"),
        ("Lukashenko", "Lukashenka"),
        ("Soeharto", "Suharto"),
        ("Djakarta", "Jakarta"),
        ("Muhammad", "Mohammed"),
        ("Erdoğan", "Erdogan"),
        ("Palestina", "Palestinian"),
        ("Islam", "Islamic"),
        ("Putin", "Putin's"),
        ("Özil", "Ozil"),
    ],
)
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("Budi", "Badu"), ("Putin", "Xi"), ("Anwar", "Answer"), ("Rina", "Rome"), ("", "")]
)
def test_different_names(a: str, b: str) -> None:
    assert not same_name(a, b)


WORDS = st.text(alphabet="abcdefgh", max_size=8)


@settings(max_examples=100, deadline=None)
@given(a=WORDS, b=WORDS, limit=st.integers(0, 3))
def test_edit_distance_is_symmetric_and_bounded(a: str, b: str, limit: int) -> None:
    assert distance(a, b, limit) == distance(b, a, limit)
    assert distance(a, a, limit) == 0
    assert (distance(a, b, limit) == 0) == (a == b)
    assert distance(a, b, limit) <= limit + 1


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Presiden Tiongkok Xi Jinping tiba.", "Chinese President Xi Jinping arrived."),
        ("Warga Inggris menolak.", "Britons refused."),
        ("Timnas Inggris menang.", "The England team won."),
        ("Menlu Belanda hadir.", "The Dutch foreign minister attended."),
        ("Utusan AS di Moskow.", "The American envoy in Moscow."),
        ("Korut menembakkan rudal.", "Pyongyang fired missiles."),
        ("Kata Yuri Ushakov kepada wartawan.", "Yury Ushakov told reporters."),
        ("Anggota DPR bertanya.", "House members asked."),
        ("Mahkamah Konstitusi memutuskan.", "The Constitutional Court ruled."),
        ("Rapat di Pengadilan Negeri Sukamaju.", "A hearing at the Sukamaju District Court."),
        ("Perserikatan Bangsa-Bangsa mengecam.", "The United Nations condemned it."),
        ("Kata Kapolres AKBP Wirya Sanusi.", "Police chief Adj. Sr. Comr. Wirya Sanusi said."),
        ("Alhasil mereka pulang.", "As a result they went home."),
        ("Presiden Joko Widodo tiba.", "President Jokowi arrived."),
        ("Presiden Joko Widodo tiba.", "President Widodo arrived."),
        ("Warga menyambut Raden Wirya Sanusi.", "Residents welcomed Raden Sanusi."),
        ("Pasukan Tibet-Mongolia kalah.", "The Tibetan-Mongol forces lost."),
        ("Kongres XVII Muslimat Nusakambira dibuka.", "The 17th Muslimat Nusakambira congress."),
        ("Pahlawan itu Moh. Wiryasena.", "The hero is Mohammad Wiryasena."),
        ("Syekh Wirya Nusakambira hadir.", "Sheikh Wirya Nusakambira attended."),
        ("Bima Nusakambira (BN) hadir.", "Bima Nusakambira attended."),
        ("Kasus DBD dan TPPO naik.", "Cases of dengue and human trafficking rose."),
        ("Dayanya 1.200 MW.", "It has a capacity of 1,200 megawatts."),
        ("Firma itu merugi 25 juta dolar AS.", "The firm lost $25 million."),
        ("Firma itu merugi 25 juta dolar Singapura.", "The firm lost S$25 million."),
        ("Utangnya 5 miliar yen Jepang.", "Its debt is 5 billion yen."),
        ("Pemerintah Korea Selatan menolak.", "The Korean government refused."),
        ("Gubernur Papua Barat Daya hadir.", "The governor of Southwest Papua attended."),
        ("Presiden Turki hadir.", "The president of Türkiye attended."),
        ("Kapal tiba pukul 00.00 WIB.", "The ship came at midnight."),
    ],
)
def test_names_with_a_counterpart_pass(source: str, hypothesis: str) -> None:
    assert compare_names(source, hypothesis).ok


@pytest.mark.parametrize(
    ("source", "hypothesis", "missing"),
    [
        ("Utusan Steve Witkoff tiba.", "Envoy Steve Witch arrived.", ["Steve Witkoff"]),
        ("Presiden Rusia bertemu warga.", "The president met residents.", ["Rusia"]),
        ("Menurut BMKG, hujan turun.", "It rained.", ["BMKG"]),
        ("Gempa di Nusakambira terasa.", "The earthquake was felt.", ["Nusakambira"]),
        ("Putin menolak.", "He refused.", ["Putin"]),
        ("Laporan XQZ terbit.", "The report came out.", ["XQZ"]),
        ("Persija Jakarta menang.", "Miami Jakarta won.", ["Persija"]),
        (
            "Menteri Wirya Lahadalia pulang.",
            "Minister Lahadalia Jakarta went home.",
            ["Wirya Lahadalia"],
        ),
        (
            "Persija menurunkan Ryo Matsumura, Gustavo Almeida, dan Witan Sulaeman.",
            "Persija fielded Ryo Mats, Gusta alms, and Witan Sulaeman.",
            ["Ryo Matsumura", "Gustavo Almeida"],
        ),
        ("Kata Wirya Nusakambira.", "Wirya Nusakam said.", ["Wirya Nusakambira"]),
        ("Laporan Wirya Nusakambira (XQZ).", "The report by Wirya Nusakambira.", ["XQZ"]),
        ("Tim Korea Selatan menang.", "The North Korean team won.", ["Korea Selatan"]),
        ("Rugi 25 juta dolar Singapura.", "A loss of $25 million.", ["Singapura"]),
        ("Menteri Pertahanan Wiryasena hadir.", "The defence minister came.", ["Wiryasena"]),
        ("Wakil Kepala Staf Wiryasena hadir.", "The deputy chief of staff came.", ["Wiryasena"]),
    ],
)
def test_lost_names_are_reported(source: str, hypothesis: str, missing: list[str]) -> None:
    assert [n.text for n in compare_names(source, hypothesis).missing] == missing


@settings(max_examples=150, deadline=None)
@given(text=ODD_TEXT, language=st.sampled_from(["id", "en"]))
def test_spans_are_exact_and_in_order(text: str, language: str) -> None:
    position = 0
    for name in find_names(text, language):  # type: ignore[arg-type]
        assert position <= name.start < name.end
        assert text[name.start : name.end] == name.text
        position = name.end


@settings(max_examples=80, deadline=None)
@given(source=ODD_TEXT, hypothesis=ODD_TEXT)
def test_comparing_odd_texts_never_fails(source: str, hypothesis: str) -> None:
    for name in compare_names(source, hypothesis).missing:
        assert source[name.start : name.end] == name.text


def test_every_term_is_found_and_accepts_its_own_english_forms() -> None:
    for forms, kind, english in rows("terms.tsv"):
        assert kind in {"place", "body", "title", "event", "people", "person", "term"}
        for form in forms.split("|"):
            source = f"menurut {form} itu"
            found = find_names(source, "id")
            assert [n.kind for n in found] == ["term"], form
            assert found[0].text == form
            for wanted in english.split("|"):
                answer = f"the {wanted.strip().removesuffix('*')} here"
                assert compare_names(source, answer).ok, (form, wanted)


def test_the_table_of_terms_holds_each_form_once() -> None:
    forms = [form.lower() for row in rows("terms.tsv") for form in row[0].split("|")]
    assert sorted(forms) == sorted(set(forms))
    assert len(terms()) == len(forms)  # no two forms are one once split into words


def test_a_short_headline_has_its_names_without_the_bare_verb() -> None:
    assert [n.text for n in find_names("Banjir Rendam Demak", "id")] == ["Demak"]
    assert [n.text for n in find_names("Banjir Rendam Demak.", "id")] == ["Rendam Demak"]
