"""Furniture rules: each example goes, no story line goes, and nothing goes unreported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reading_samples import PAGES, SECOND_PART, STORY, STORY_LINES, TITLE
from toolkit.errors import InputError
from toolkit.reading import document_from_text
from toolkit.reading.furniture import match_line
from toolkit.reading.furniture_context import CONTEXT_RULES
from toolkit.reading.furniture_lines import LINE_RULES
from toolkit.reading.furniture_pieces import (
    DATELINE_RULES,
    INLINE_RULES,
    SUFFIX_RULES,
    dateline,
    inline_pieces,
    signature,
)
from toolkit.reading.rules import Rule, compiled
from toolkit.types import Document


def read(*lines: str, separator: str = "\n") -> Document:
    return document_from_text(separator.join(lines), id="uji", check_language=False)


def story(document: Document) -> str:
    return "\n".join(" ".join(s.clean for s in p.sentences) for p in document.paragraphs)


def rules(document: Document) -> dict[str, str]:
    return {piece.text: piece.rule for piece in document.removed}


@pytest.mark.parametrize("rule", LINE_RULES, ids=lambda r: f"{r.name}:{r.example[:20]}")
def test_line_rule_takes_its_example(rule: Rule) -> None:
    assert compiled(rule.pattern).fullmatch(rule.example)
    zone = {"head": "head", "tail": "tail", "edge": "head", "end": "tail"}.get(rule.zone, "body")
    found = match_line(rule.example, zone, at_end=zone == "tail")
    assert found is not None
    assert found.name == rule.name


@pytest.mark.parametrize(
    "rule", [r for r in LINE_RULES if r.zone == "any"], ids=lambda r: r.example
)
def test_line_rule_works_in_the_middle_of_a_page(rule: Rule) -> None:
    document = read(STORY[0], STORY[1], rule.example, STORY[2], STORY[3])
    assert rules(document)[rule.example] == rule.name
    if rule.opens != "rest":
        assert story(document) == "\n".join(STORY[:4])


@pytest.mark.parametrize("line", STORY_LINES)
@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_story_lines_stay(line: str, separator: str) -> None:
    for lines in (
        (STORY[0], STORY[1], line, STORY[3]),
        (line, *STORY),
        (*STORY, line),
        (TITLE, *STORY, line),
        (TITLE, "MEDAN, KABARUTARA.com - " + STORY[0], line, STORY[3]),
    ):
        document = read(*lines, separator=separator)
        assert line in story(document)
        assert [p.kind for p in document.paragraphs] == ["text"] * len(document.paragraphs)


@pytest.mark.parametrize("name", PAGES)
def test_whole_pages(name: str) -> None:
    page, gone, facts = PAGES[name]
    document = read(page)
    text = story(document)
    for paragraph in STORY:
        if paragraph in page:
            assert text.count(paragraph) == 1
    for words in gone:
        assert words.strip() not in text
    assert {key: getattr(document, key) for key in facts} == facts


def test_keeping_the_furniture() -> None:
    page, gone, facts = PAGES["doubled-headline"]
    document = document_from_text(page, id="uji", keep_furniture=True, check_language=False)
    text = "\n".join(s.text for s in document.sentences)
    assert all(words in text for words in gone)
    assert document.title == facts["title"]
    assert document.removed == ()


def test_a_page_in_one_wrapped_column_gives_the_same_story() -> None:
    import textwrap

    page = PAGES["agency"][0]
    wrapped = "\n\n".join(
        textwrap.fill(line, 70, break_on_hyphens=False) for line in page.split("\n")
    )
    assert story(read(wrapped)) == story(read(page))


# --- datelines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outlet", "place"),
    [
        ("Tokyo (ANTARA) - Warga", "ANTARA", "Tokyo"),
        ("Jakarta (ANTARA News) - Warga", "ANTARA News", "Jakarta"),
        ("Singkil, Aceh, (ANTARA) - Warga", "ANTARA", "Singkil, Aceh"),
        ("Markas PBB, New York (ANTARA) – Warga", "ANTARA", "Markas PBB, New York"),
        ("JAKARTA (Pos Kota) -Warga", "Pos Kota", "Jakarta"),
        ("KNews.id – Moscow, Presiden", "KNews.id", "Moscow"),
        ("SinPo.id -  Presiden", "SinPo.id", ""),
        ("SERAMBINEWS.COM - Presiden", "SERAMBINEWS.COM", ""),
        ("JAKARTA, KOMPAS.com - Warga", "KOMPAS.com", "Jakarta"),
        ("JAKARTA, KOMPAS.com — Warga", "KOMPAS.com", "Jakarta"),
        ("Suara.com - Warga", "Suara.com", ""),
        ("Liputan6.com, Jakarta - Warga", "Liputan6.com", "Jakarta"),
        ("Liputan6.com, Jakarta: Warga", "Liputan6.com", "Jakarta"),
        ("Liputan6.com, Jakarta Warga", "Liputan6.com", "Jakarta"),
        ("Jakarta, CNN Indonesia -- Warga", "CNN Indonesia", "Jakarta"),
        ("Jakarta, CNN Indonesia - - warga", "CNN Indonesia", "Jakarta"),
        ("TEMPO.CO, Jakarta - “Kami", "TEMPO.CO", "Jakarta"),
        ("REPUBLIKA.CO.ID, JAKARTA -- Warga", "REPUBLIKA.CO.ID", "Jakarta"),
        ("Bisnis.com, JAKARTA — Warga", "Bisnis.com", "Jakarta"),
        ("KONTAN.CO.ID - JAKARTA. Warga", "KONTAN.CO.ID", "Jakarta"),
        ("VIVA – Warga", "VIVA", ""),
        ("JAKARTA - Warga", "", "Jakarta"),
        ("MOSKOW – Rusia", "", "Moskow"),
        ("Jakarta - Warga", "", "Jakarta"),
        ("Jakarta - Indonesia", "", "Jakarta"),
        ("Agam - Banjir", "", "Agam"),
        ("Kabupaten Agam - Banjir", "", "Kabupaten Agam"),
        ("Jakarta, 12 November 2025 - Menteri", "", "Jakarta"),
        ("JAKARTA, 12/11/2025 – Menteri", "", "Jakarta"),
        ("\u00a0".join(("Tokyo", "(ANTARA)", "-", "Warga")), "ANTARA", "Tokyo"),
    ],
)
def test_datelines(text: str, outlet: str, place: str) -> None:
    found = dateline(text)
    assert found is not None
    assert (found.outlet, found.place) == (outlet, place)
    document = read(
        text + " di kota itu berkumpul sejak pagi hari untuk menyambut tamu.", *STORY[1:]
    )
    assert (document.outlet, document.place) == (outlet, place)
    assert "dateline" in rules(document).values()


@pytest.mark.parametrize(
    "text",
    [
        "Jakarta - Bandung kini lebih dekat.",
        "RUSIA - UKRAINA bertemu lagi.",
        "Komisi Pemberantasan Korupsi (KPK) - lembaga itu - diam.",
        "Suara.com adalah situs berita.",
        "KNews.id – situs berita itu – ditutup.",
        "Suara.com - situs berita itu - ditutup.",
        "Putri-putri raja berkumpul.",
        "Spider-Man - film baru - tayang.",
        "Jakarta, Bogor, dan Depok diguyur hujan.",
        "Gubernur - yang baru dilantik - menolak.",
        "",
        "-",
    ],
)
def test_sentences_that_begin_like_datelines(text: str) -> None:
    assert dateline(text) is None


def test_a_place_before_the_dash_counts_only_where_the_story_begins() -> None:
    document = read(*STORY[:3], "Medan - kota terdekat - mengirim bantuan kepada warga.")
    assert document.place == ""
    assert "Medan - kota" in story(document)


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("Liputan6.com, Jakarta Menteri Luar Negeri Harun Wibawa tiba", "Jakarta", "Menteri Luar"),
        ("Suara.com, Jakarta Pusat Wali Kota Arunika tiba", "Jakarta Pusat", "Wali Kota"),
        ("Liputan6.com, Jakarta “Kami", "Jakarta", "“Kami"),
    ],
)
def test_a_dateline_without_a_dash_ends_after_the_place(text: str, place: str, rest: str) -> None:
    found = dateline(text)
    assert found is not None
    assert found.place == place
    assert text[found.length :].startswith(rest)


@pytest.mark.parametrize(
    "text", ["Liputan6.com, Menteri Luar Negeri tiba", "Liputan6.com, Arunika Menteri tiba"]
)
def test_no_dateline_without_a_known_place(text: str) -> None:
    assert dateline(text) is None


QUESTIONS = (
    "Bagaimana keadaan jembatan itu sekarang?",
    "Mengapa pembangunannya begitu lama?",
    "Siapa yang menanggung biayanya?",
)


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "label", ["Tempo: Anda sering dikritik warga.", "Kompas: Apakah Anda akan mundur?",
              "CNBC Indonesia: Bagaimana prospeknya?", "Reuters: Terima kasih.",
              "Kabarutara.com: Apa rencana Anda?"],
)  # fmt: skip
def test_who_asks_in_an_interview_is_no_dateline(label: str, separator: str) -> None:
    lines = [STORY[0] + " Berikut petikannya."]
    for question, answer in zip(QUESTIONS, STORY[1:4], strict=True):
        lines += [question, answer]
    lines += [label, "Harun: Saya memang begitu dan akan tetap begitu."]
    document = read(TITLE, *lines, separator=separator)
    assert story(document) == "\n".join(lines)
    assert set(rules(document).values()) == {"headline"}
    assert document.outlet == ""


def test_an_interview_may_begin_with_who_asks() -> None:
    lines = ("Tempo: Apa evaluasi Anda tahun ini?", "Harun: Kami kalah karena lini tengah lemah.")
    assert story(read(TITLE, *lines)) == "\n".join(lines)
    lines = ("Tempo: Terima kasih atas waktunya.", "Harun: Sama-sama.", STORY[1])
    assert story(read(TITLE, *lines)) == "\n".join(lines)


def test_an_outlet_and_a_colon_before_the_story_are_a_dateline() -> None:
    document = read(TITLE, "Kabarutara.com: " + STORY[0], *STORY[1:])
    assert (document.outlet, story(document)) == ("Kabarutara.com", "\n".join(STORY))


def test_lines_between_paragraphs_stay_even_when_a_dateline_comes_late() -> None:
    document = read(TITLE, STORY[1], STORY[3], "Lampu Jalan", "Warga menunggu",
                    "MEDAN, KABARUTARA.com - " + STORY[0], STORY[4])  # fmt: skip
    assert "Lampu Jalan" in story(document)
    assert "above-the-story" not in rules(document).values()


def test_sentences_without_a_full_stop_stay_below_a_notice() -> None:
    lines = (
        "Harun menambahkan, tiket penyeberangan akan dijual mulai bulan depan di balai desa",
        "Sumber dari dinas menyebut tiket itu disubsidi",
    )
    document = read(
        *STORY,
        "Disclaimer: Isi artikel ini tanggung jawab penulis",
        "Saksikan Video Pilihan di Bawah Ini:",
        *lines,
        "Reporter: Ratna",
        "Harga Cabai Turun, Pedagang Pasar Mengeluh",
        separator="\n\n",
    )
    assert story(document) == "\n".join((*STORY, *lines))
    assert rules(document)["Harga Cabai Turun, Pedagang Pasar Mengeluh"] == "below-the-story"


@pytest.mark.parametrize(
    "line",
    [
        "Ikuti Kuis Kabar Utara dan Menangkan Hadiahnya",
        "Yuk, ikuti survei pembaca dan raih hadiah menarik!",
        "* Fakta atau Hoaks? Untuk mengetahui kebenarannya, kirim ke nomor WhatsApp Cek Fakta.",
    ],
)
def test_invitations_in_mid_story_go(line: str) -> None:
    assert story(read(*STORY[:2], line, *STORY[2:])) == "\n".join(STORY)


@pytest.mark.parametrize("rule", DATELINE_RULES, ids=lambda r: r.example)
def test_dateline_examples(rule: Rule) -> None:
    found = dateline(rule.example + "Warga berkumpul.")
    assert found is not None
    assert found.length == len(rule.example)


# --- pieces ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", INLINE_RULES, ids=lambda r: r.example)
def test_inline_examples(rule: Rule) -> None:
    text = f"Warga berkumpul di balai kota. {rule.example}"
    ((start, end, name),) = inline_pieces(text)
    assert text[start:end].strip() == rule.example
    assert name == rule.name


@pytest.mark.parametrize("rule", SUFFIX_RULES, ids=lambda r: r.example)
def test_suffix_examples(rule: Rule) -> None:
    text = f"Warga berkumpul. {rule.example}"
    found = signature(text)
    assert found is not None
    assert text[found[0] : found[1]] == rule.example


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Warga pulang. (YYT/Ratna Kusuma dan Dimas).", "(YYT/Ratna Kusuma dan Dimas)."),
        ('"Kami pulang," katanya. [rnd]', "[rnd]"),
        ("Warga pulang. (Antara)", "(Antara)"),
        ("Warga pulang.(B)", "(B)"),
        ("Warga pulang. (Z-1)", "(Z-1)"),
        ("Warga ditahan Badan Narkotika Nasional (BNN)", None),
        ("Warga ditahan pada Kamis (7/8).", None),
        ("Warga ditahan pada Kamis. (Ia membantah tuduhan itu di depan hakim.)", None),
        ("Warga menang 2-0 (1-0)", None),
    ],
)
def test_signatures(text: str, piece: str | None) -> None:
    found = signature(text)
    assert (text[found[0] : found[1]] if found else None) == piece


def test_bracketed_links_go_and_the_sentence_around_stays() -> None:
    document = read(
        STORY[0],
        "Warga pulang (Baca juga: Jembatan Lama (1970) Ditutup) sebelum malam tiba, kata petugas.",
    )
    assert rules(document)["(Baca juga: Jembatan Lama (1970) Ditutup)"] == "read-also"
    assert [s.clean for s in document.sentences][1:] == [
        "Warga pulang",
        "sebelum malam tiba, kata petugas.",
    ]


def test_link_list_in_the_middle_takes_headlines_only() -> None:
    links = ("Harga Cabai Turun, Pedagang Pasar Mengeluh", "Banjir Rendam Dua Desa di Lembah Utara")
    document = read(STORY[0], "Baca Juga:", *links, STORY[1], STORY[2])
    assert story(document) == "\n".join(STORY[:3])
    assert [rules(document)[link] for link in links] == ["related-links"] * 2


def test_heading_after_a_link_list_stays() -> None:
    document = read(
        STORY[0],
        "Baca Juga:",
        "Harga Cabai Turun, Pedagang Pasar Mengeluh",
        "Lampu Jalan Menyusul",
        *SECOND_PART,
    )
    assert ("heading", "Lampu Jalan Menyusul") in [
        (p.kind, p.sentences[0].text) for p in document.paragraphs
    ]


def test_story_after_a_widget_stays() -> None:
    document = read(
        STORY[0], "Rekomendasi untuk Anda", "Banjir Rendam Dua Desa di Utara", *STORY[1:]
    )
    assert story(document) == "\n".join(STORY)


def test_byline_label_in_a_fact_box_stays() -> None:
    box = ("Judul: Jembatan di Atas Awan", "Penulis: Laksmi Dewanti", "Penerbit: Pustaka Seruni")
    document = read(STORY[0], STORY[1], *box, STORY[2])
    assert all(line in story(document) for line in box)


def test_captions_inside_the_story_need_a_credit() -> None:
    kept = "Wali kota (kiri) menyalami kepala desa (kanan) setelah pita dipotong bersama warga."
    assert kept in story(read(STORY[0], kept, STORY[1]))
    caption = "Wali kota menyalami kepala desa di jembatan. Foto: Dimas Anggoro/Kabar Utara"
    assert rules(read(STORY[0], caption, STORY[1]))[caption] == "caption"


def test_repeated_headline_anywhere_goes() -> None:
    document = read(TITLE, STORY[0], TITLE.upper(), *STORY[1:], TITLE)
    assert document.title == TITLE
    assert list(rules(document).values()).count("repeated-headline") == 2


@pytest.mark.parametrize(
    "opening",
    [
        "Pernahkah kamu mengalami sariawan?",
        "Petugas itu akhirnya mengungkapkan tekadnya untuk segera kembali pulih demi laga penting "
        "melawan tim tetangga pada Sabtu (19/11)",
    ],
)
def test_opening_sentence_without_full_stop_is_no_headline(opening: str) -> None:
    document = read(opening, *STORY)
    assert document.title == ""
    assert opening in story(document)


def test_rule_names_are_kebab_case_and_examples_are_there() -> None:
    for rule in (*LINE_RULES, *DATELINE_RULES, *INLINE_RULES, *SUFFIX_RULES, *CONTEXT_RULES):
        assert rule.name.replace("-", "").isalpha()
        assert rule.name == rule.name.lower()
        assert rule.example


# --- nothing disappears unreported -----------------------------------------------------------

_LINES = st.sampled_from(
    [
        *STORY,
        *SECOND_PART,
        *STORY_LINES,
        *(rule.example for rule in (*LINE_RULES, *CONTEXT_RULES)),
        *(rule.example + STORY[0] for rule in DATELINE_RULES),
        *(STORY[2] + " " + rule.example for rule in (*INLINE_RULES, *SUFFIX_RULES)),
        TITLE,
        "",
        "   ",
        "* * *",
        "1. Jembatan Ampera",
        "- Panjang 120 meter",
        "Rinciannya:",
        "\u200b",
        "😀",
    ]
)


@given(st.lists(_LINES, min_size=1, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n"]))
@settings(max_examples=150, deadline=None)
def test_every_character_is_in_a_sentence_or_reported(lines: list[str], separator: str) -> None:
    given_text = separator.join([*lines, STORY[4]])
    try:
        document = document_from_text(given_text, id="uji", check_language=False)
    except InputError as error:  # one sentence under nothing but notices may be one of them
        refused = str(error)
        assume("page furniture" not in refused or set(lines) & set(STORY))
        raise
    text = document.text  # tables lose their bars, never their length
    assert len(text) == len(given_text)
    seen = [0] * len(text)
    for piece in (*document.sentences, *document.removed):
        assert text[piece.start : piece.end] == piece.text
        for index in range(piece.start, piece.end):
            seen[index] += 1
    for index, character in enumerate(text):
        assert seen[index] == 1 or (character.isspace() and seen[index] == 0)


def test_the_documentation_names_every_rule() -> None:
    table = (Path(__file__).parent.parent / "docs" / "reading.md").read_text("utf-8")
    for rule in (*LINE_RULES, *DATELINE_RULES, *INLINE_RULES, *SUFFIX_RULES, *CONTEXT_RULES):
        assert f"| `{rule.name}` |" in table
