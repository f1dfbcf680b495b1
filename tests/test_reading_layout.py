"""Units of a page: one paragraph a line, hard-wrapped text, odd line breaks; offsets hold."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading_samples import SECOND_PART, STORY, TITLE
from toolkit.reading.furniture import stands_alone
from toolkit.reading.layout import units

PARAGRAPHS = (*STORY, *SECOND_PART)


def flats(text: str) -> list[str]:
    return [unit.flat for unit in units(text, (), stands_alone)]


def wrapped(paragraph: str, width: int, indent: str = "") -> str:
    return textwrap.fill(paragraph, width, initial_indent=indent, break_on_hyphens=False)


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\u2029", "\n \t\n", "\r"])
def test_one_paragraph_a_line(separator: str) -> None:
    assert flats(separator.join(PARAGRAPHS)) == list(PARAGRAPHS)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 120])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_hard_wrapped_paragraphs_between_blank_lines(width: int, newline: str) -> None:
    text = "\n\n".join(wrapped(p, width) for p in PARAGRAPHS).replace("\n", newline)
    assert flats(text) == list(PARAGRAPHS)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_paragraphs_with_indents(width: int) -> None:
    assert flats("\n".join(wrapped(p, width, "    ") for p in PARAGRAPHS)) == list(PARAGRAPHS)


def test_hard_wrapped_page_keeps_headline_bylines_and_lists_apart() -> None:
    page = "\n".join(
        (
            TITLE,
            "Penulis: Ratna Kusuma",
            "",
            wrapped(PARAGRAPHS[0], 72),
            "",
            wrapped(PARAGRAPHS[1], 72),
            "Baca juga: Harga Cabai Turun",
            "",
            wrapped(PARAGRAPHS[3], 72),
            "",
            "- Panjang jembatan gantung itu seratus dua puluh meter lebih sedikit dan",
            "  lebarnya dua meter.",
            "- Tinggi tiangnya sembilan meter.",
        )
    )
    assert flats(page) == [
        TITLE,
        "Penulis: Ratna Kusuma",
        PARAGRAPHS[0],
        PARAGRAPHS[1],
        "Baca juga: Harga Cabai Turun",
        PARAGRAPHS[3],
        "- Panjang jembatan gantung itu seratus dua puluh meter lebih sedikit dan lebarnya dua "
        "meter.",
        "- Tinggi tiangnya sembilan meter.",
    ]


def test_a_number_at_a_line_break_is_no_list_item() -> None:
    story = (
        "Petugas membawa enam orang anak ke kantor polisi wilayah yang terletak di Jalan Melati "
        "nomor 10. Dalam penanganannya polisi bekerja sama dengan dinas sosial kota dan orang "
        "tua mereka."
    )
    page = f"{wrapped(story, 94)}\n\n{wrapped(PARAGRAPHS[1], 94)}\n\n{wrapped(PARAGRAPHS[3], 94)}"
    assert "\n10. Dalam" in page
    assert flats(page)[0] == story


def test_a_wrapped_link_between_blank_lines_stays_in_one_piece() -> None:
    link = "[Baca juga: Harga Cabai Turun, Pedagang Pasar Induk di Kota Arunika Mengeluh Panjang]"
    parts = [wrapped(p, 60) for p in (PARAGRAPHS[1], link, PARAGRAPHS[3])]
    assert flats("\n\n".join(parts)) == [PARAGRAPHS[1], link, PARAGRAPHS[3]]


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    lines = ["Minyak zaitun", "Jus mangga", "Air kelapa", "Kacang tanah", "Daun kelor"]
    assert flats("\n".join(lines)) == lines


def test_gaps_count_blank_lines() -> None:
    found = units("Satu dua.\n\n\nTiga empat.\nLima enam.")
    assert [unit.gap for unit in found] == [0, 2, 0]


def test_marks_become_units_with_their_kind() -> None:
    text = "Judul\n\nIsi cerita di sini."
    found = units(text, [(0, 5, "title"), (7, len(text), "")])
    assert [(u.flat, u.kind) for u in found] == [("Judul", "title"), ("Isi cerita di sini.", "")]


@given(st.text(alphabet="ab .\n\r\t\u00a0\u2028\u2029\x0b\x0c\x85\u200b-1", max_size=300))
def test_units_cover_everything_but_white_space(text: str) -> None:
    found = units(text, (), stands_alone)
    position = 0
    for unit in found:
        assert unit.start >= position
        assert not text[position : unit.start].strip()
        assert text[unit.start : unit.end] == text[unit.start : unit.end].strip() != ""
        position = unit.end
    assert not text[position:].strip()
