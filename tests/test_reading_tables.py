"""Tables in plain text: bars go, cells and offsets stay, other lines are not touched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading_samples import STORY, TITLE
from tests.test_reading_document import check
from toolkit.reading import document_from_text
from toolkit.reading.tables import open_tables, row_text

PRICES = """Komoditas | Harga (Rp/kg) | Perubahan
----------|---------------|----------
Beras medium | 14.500 | +9,8%
Cabai rawit |  | -4,5%
"""


def test_rows_become_lines_of_the_same_length() -> None:
    opened = open_tables(PRICES)
    assert [" ".join(line.split()) for line in opened.split("\n")] == [
        "Komoditas; Harga (Rp/kg); Perubahan",
        "",
        "Beras medium; 14.500; +9,8%",
        "Cabai rawit; -4,5%",
        "",
    ]
    assert [len(line) for line in opened.split("\n")] == [len(li) for li in PRICES.split("\n")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_outer_bars_and_two_columns(newline: str) -> None:
    table = newline.join(("| Nama | Jabatan |", "|:---|---:|", "| Ani | Dirjen |", "|Budi|Staf|"))
    opened = open_tables(f"{STORY[0]}{newline}{table}{newline}{STORY[1]}")
    assert [" ".join(line.split()) for line in opened.split(newline)] == [
        STORY[0],
        "Nama: Jabatan",
        "",
        "Ani: Dirjen",
        "Budi:Staf",
        STORY[1],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Penulis: Ratna | Editor: Bima",
        "Selasa, 25 Februari 2025 | 04:20 WIB\nPenulis: Ratna | Editor: Bima",
        "Beranda | Daerah\n\nPenulis: Ratna | Editor: Bima\n\nSelasa | 04:20 WIB",
        "a | b\na | b | c\na | b",
        "|\n|\n|\n",
        "Warga pulang.\n---\nWarga datang.\n---\n",
        "",
    ],
)
def test_what_is_no_table_stays(text: str) -> None:
    assert open_tables(text) == text


@given(st.text(alphabet="|│-=:+ab,. \n\r\t\u00a0", max_size=80))
@settings(max_examples=300, deadline=None)
def test_nothing_but_bars_and_rulers_changes(text: str) -> None:
    opened = open_tables(text)
    assert len(opened) == len(text)
    for before, after in zip(text, opened, strict=True):
        assert before == after or before in "|│-=:+_ \t\u00a0"
        assert before not in "ab,.\n\r" or before == after


def test_a_line_of_a_hundred_thousand_bars_takes_no_time() -> None:
    text = "\n".join(["|a" * 50_000] * 3)
    started = time.process_time()
    assert len(open_tables(text)) == len(text)
    assert time.process_time() - started < 2


def test_a_price_list_in_a_story() -> None:
    text = f"{TITLE}\n\n{STORY[0]}\n\n{PRICES}\n{STORY[1]}"
    document = document_from_text(text, id="uji", check_language=False)
    check(document)
    assert [(p.kind, p.sentences[0].clean) for p in document.paragraphs] == [
        ("text", STORY[0]),
        ("list", "Komoditas; Harga (Rp/kg); Perubahan"),
        ("list", "Beras medium; 14.500; +9,8%"),
        ("list", "Cabai rawit; -4,5%"),
        ("text", STORY[1]),
    ]


def test_row_text() -> None:
    assert row_text(["Ani", "Dirjen"]) == "Ani: Dirjen"
    assert row_text(["Beras", "", "14.500", "+9,8%"]) == "Beras; 14.500; +9,8%"
    assert row_text(["", ""]) == ""
