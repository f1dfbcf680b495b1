"""Plain text, Markdown, HTML and JSON: told apart, markup off, stated facts used."""

from __future__ import annotations

import io
import json
import logging
import sys
from pathlib import Path

import pytest

from tests.reading_samples import STORY, TITLE
from tests.test_reading_document import check
from toolkit.errors import InputError
from toolkit.reading import document_from_bytes, read_document
from toolkit.reading.formats import kind_of
from toolkit.reading.leftover import MAX_BLOCKS, MAX_CHARACTERS, left_out
from toolkit.types import Document

HTML = f"""<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>{TITLE} - Kabar Utara</title>
<meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="Kabar Utara">
<meta property="article:published_time" content="2025-03-03T10:12:00+07:00">
<script>var teks = "Skrip ini tidak boleh terbaca sama sekali oleh siapa pun.";</script>
<style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Beranda</a></li><li><a href="/d">Daerah</a></li></ul></nav>
<article><h1>{TITLE}</h1>
<p>MEDAN, KABARUTARA.com - {STORY[0]}</p>
<p>{STORY[1].replace("Seruni", "<b>Seruni</b>&nbsp;")}</p>
<p><strong>Baca juga: <a href="/x">Harga Cabai Turun</a></strong></p>
<p>{STORY[2]}</p>
<h2>Biaya dan Keamanan</h2>
<p>{STORY[3]}</p>
<p><strong>Harapan Warga Seruni</strong></p>
<p>{STORY[4]}</p>
<ul><li>Panjang jembatan 120 meter</li><li>Lebar jembatan dua meter</li></ul>
<table><tr><td>Biaya</td><td>Rp 4,5 miliar</td></tr></table>
</article>
<aside><h3>Berita Terpopuler</h3>
<ul><li><a href="/p">Sinopsis sinetron malam ini</a></li></ul></aside>
<footer>© 2025 Kabar Utara</footer></body></html>"""

MARKDOWN = f"""---
title: "{TITLE}"
date: 2025-03-03
source: Kabar Utara
---

# {TITLE}

![Jembatan](a.jpg)

**MEDAN, KABARUTARA.com** - {STORY[0]}

{STORY[1].replace(", ", f",{chr(10)}", 1)}

> {STORY[2]}

## Biaya &amp; keamanan

{STORY[3]}

Rinciannya:

- Panjang jembatan 120 meter
- Lebar [jembatan](https://kabar.example) *dua* meter

Baca juga: [Harga Cabai Turun](https://kabar.example/x)

<!-- catatan redaksi -->

{STORY[4]}
"""


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(p.kind, " ".join(s.clean for s in p.sentences)) for p in document.paragraphs]


def test_html_page() -> None:
    document = document_from_bytes(HTML.encode(), name="berita.html")
    assert document.title == TITLE
    assert (document.outlet, document.place, document.date) == (
        "Kabar Utara",
        "Medan",
        "2025-03-03",
    )
    assert kinds(document) == [
        ("text", STORY[0]),
        ("text", STORY[1]),
        ("text", STORY[2]),
        ("heading", "Biaya dan Keamanan"),
        ("text", STORY[3]),
        ("heading", "Harapan Warga Seruni"),
        ("text", STORY[4]),
        ("list", "Panjang jembatan 120 meter"),
        ("list", "Lebar jembatan dua meter"),
        ("list", "Biaya: Rp 4,5 miliar"),
    ]
    for word in ("Skrip", "color", "Beranda", "sinetron", "©", "<"):
        assert word not in document.text
    beside = [r.text for r in document.removed if r.rule == "page-furniture"]
    assert [r.rule for r in document.removed][: -len(beside)] == [
        "headline",
        "dateline",
        "read-also",
    ]
    assert "Beranda" in " ".join(beside)
    assert not any("Skrip" in text or "color" in text for text in beside)


def test_what_an_html_page_leaves_out_is_listed_once() -> None:
    page = HTML.replace(
        "</body>",
        "<figure><figcaption>Warga di tepi sungai (Foto: Bima)</figcaption></figure>"
        "<div class='tags'><a>jembatan</a> <a>sungai</a></div><div> </div><div>&middot;</div>"
        "<section class='comments'><h3>Komentar</h3><p>Semoga <b>cepat</b> selesai!</p></section>"
        "<noscript>Nyalakan skrip</noscript><!-- catatan redaksi --></body>",
    )
    plain = document_from_bytes(HTML.encode(), name="berita.html")
    document = document_from_bytes(page.encode(), name="berita.html")
    check(document)
    assert document.text == plain.text
    beside = [r.text for r in document.removed if r.rule == "page-furniture"]
    for block in (
        "Warga di tepi sungai (Foto: Bima)",
        "jembatan sungai",
        "Komentar",
        "Semoga cepat selesai!",
    ):
        assert beside.count(block) == 1
    assert not any("skrip" in text.lower() or "redaksi" in text for text in beside)
    story = " ".join(s.clean for s in document.sentences)
    assert not [text for text in beside if text in story]


def test_the_list_of_what_a_page_leaves_out_has_an_end() -> None:
    menu = "".join(f"<div>Menu {n}</div>" for n in range(250))
    more_story = "".join(f"<p>Pada hari ke-{n}, {STORY[3]}</p>" for n in range(40))
    page = HTML.replace("</article>", f"{more_story}</article><nav>{menu}</nav>")
    document = document_from_bytes(page.encode(), name="berita.html")
    check(document)
    beside = [r.text for r in document.removed if r.rule == "page-furniture"]
    assert len(beside) == MAX_BLOCKS
    assert any("more blocks of the page did not come into the text" in n for n in document.notes)
    ((long,), more) = left_out(f"<html><body><p>{'kata ' * 100}</p></body></html>", "lain")
    assert more == 0
    assert len(long) <= MAX_CHARACTERS
    assert long.endswith("…")


def test_short_blocks_count_as_read_only_in_their_place() -> None:
    page = (
        "<nav><a>Ekonomi</a></nav><h1>Judul</h1><p>Harga beras naik di pasar.</p>"
        "<h2>Ekonomi</h2><p>Pedagang mengeluh karena pembeli berkurang.</p><div>Pasar</div>"
    )
    text = "Harga beras naik di pasar.\n\nEkonomi\n\nPedagang mengeluh karena pembeli berkurang."
    assert left_out(page, text, "Judul") == (("Ekonomi", "Pasar"), 0)
    assert left_out("", text) == ((), 0)


def test_html_in_a_declared_legacy_encoding() -> None:
    page = HTML.replace("utf-8", "windows-1252").replace("©", "&copy;")
    document = document_from_bytes(page.encode("windows-1252"), name="berita.html")
    assert STORY[2] in document.text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><head><script>alert(1)</script></head></html>",
        "<!doctype html>",
        "<html><body><nav><a href='/'>Beranda</a></nav></body></html>",
    ],
)
def test_html_without_a_story_is_refused(page: str) -> None:
    with pytest.raises(InputError) as caught:
        document_from_bytes(page.encode(), name="kosong.html")
    assert "kosong.html" in str(caught.value)


def test_html_library_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("trafilatura").setLevel(logging.WARNING)
    with pytest.raises(InputError):
        document_from_bytes(b"<html><p></html>" * 50, name="rusak.html")
    assert capfd.readouterr() == ("", "")


def test_markdown_document() -> None:
    document = document_from_bytes(MARKDOWN.encode(), name="berita.md")
    assert document.title == TITLE
    assert (document.outlet, document.place, document.date) == (
        "Kabar Utara",
        "Medan",
        "2025-03-03",
    )
    assert kinds(document) == [
        ("text", STORY[0]),
        ("text", STORY[1]),
        ("text", STORY[2]),
        ("heading", "Biaya & keamanan"),
        ("text", STORY[3]),
        ("text", "Rinciannya:"),
        ("list", "Panjang jembatan 120 meter"),
        ("list", "Lebar jembatan dua meter"),
        ("text", STORY[4]),
    ]
    assert "catatan redaksi" not in document.text


def test_markdown_table_becomes_lines() -> None:
    table = "| Nama | Biaya | Tahun |\n|:--|--:|---|\n| *Jalan* | Rp 2 miliar | 2025 |\n"
    table += "| Pasar | | 2026 |"
    page = (
        f"{STORY[0]}\n\n{table}\n\n| Nama | Jabatan |\n|---|---|\n| Ani | Dirjen |\n\n{STORY[1]}\n"
    )
    document = document_from_bytes(page.encode(), name="b.md")
    check(document)
    assert kinds(document) == [
        ("text", STORY[0]),
        ("list", "Nama; Biaya; Tahun"),
        ("list", "Jalan; Rp 2 miliar; 2025"),
        ("list", "Pasar: 2026"),
        ("list", "Nama: Jabatan"),
        ("list", "Ani: Dirjen"),
        ("text", STORY[1]),
    ]


def test_markdown_heading_without_front_matter_is_the_headline() -> None:
    document = document_from_bytes(f"# {TITLE}\n\n{STORY[0]}\n".encode(), name="b.markdown")
    assert document.title == TITLE
    assert document.date == ""


def test_json_object_with_its_fields(tmp_path: Path) -> None:
    record = {
        "id": "b-7",
        "text": "\n".join(STORY),
        "title": TITLE,
        "outlet": "Kabar",
        "date": "2025-03-03",
    }
    document = document_from_bytes(json.dumps(record).encode(), name="b.json")
    assert document.text == record["text"]
    assert (document.id, document.title, document.outlet) == ("b-7", TITLE, "Kabar")
    path = tmp_path / "lain.json"
    path.write_text(json.dumps(record))
    assert read_document(str(path)).id == "b-7"
    assert read_document(str(path), id="x").id == "x"
    assert document.date == "2025-03-03"


def test_json_field_names_can_be_given() -> None:
    record = {"isi": list(STORY), "judul": TITLE}
    document = document_from_bytes(
        json.dumps(record).encode(), name="b.json", text_field="isi", title_field="judul", id="saya"
    )
    assert document.text == "\n".join(STORY)
    assert (document.id, document.title) == ("saya", TITLE)


def test_json_lone_surrogate_becomes_a_replacement_character() -> None:
    data = ('{"text": "' + STORY[0] + ' \\ud83d."}').encode()
    document = document_from_bytes(data, name="b.json")
    assert "\ufffd" in document.text
    assert any("U+FFFD" in note for note in document.notes)
    document.text.encode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("b.json", '[{"text": "a"}, {"text": "b"}]', "2 JSON values"),
        ("b.json", "[]", "0 JSON values"),
        ("b.jsonl", '{"text": "a"}\n{"text": "b"}\n', "ringkas batch"),
        ("b.json", '{"isi": "a", "judul": "b"}', "'isi', 'judul'"),
        ("b.json", '{"text": 5}', "no text in field 'text'"),
        ("b.json", '{"text": "a"', "not valid JSON (line 1)"),
        ("b.json", "7", "no object"),
        ("b.json", '{"text": "  "}', "no text, only white space"),
        ("b.json", "[" * 100_000, "JSON"),
        ("b.csv", "id,text\n1,a\n", "ringkas batch"),
        ("b.parquet", "PAR1", "ringkas batch"),
    ],
)
def test_json_and_tables_that_are_no_single_article(name: str, content: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        document_from_bytes(content.encode(), name=name)
    message = str(caught.value)
    assert words in message
    assert name in message
    assert "\n" not in message


def test_single_jsonl_line_and_single_list_are_one_article() -> None:
    line = json.dumps({"text": STORY[0]})
    assert document_from_bytes(f"{line}\n".encode(), name="b.jsonl").text == STORY[0]
    assert document_from_bytes(f"[{line}]".encode(), name="b.json").text == STORY[0]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", "<!DOCTYPE html><p>x", "html"),
        ("a.txt", "# Judul", "text"),
        ("a", "  <html lang='id'>", "html"),
        ("a", "<div><p>Satu</p><p>Dua</p></div>", "html"),
        ("a", "Harga < 5 dan > 3", "text"),
        ("a", '{"text": "x"}', "json"),
        ("a", '{"text": "x"}\n{"text": "y"}', "jsonl"),
        ("a", "[Gambas:Video] Lalu cerita.", "text"),
        ("a", "{tidak json}", "text"),
        ("a", "# Judul\n\nIsi", "markdown"),
        ("a", "---\ntitle: X\n---\nIsi", "markdown"),
        ("a", "Cerita biasa.", "text"),
        ("A.HTML", "x", "html"),
        ("a.ndjson", "x", "jsonl"),
    ],
)
def test_format_by_name_or_content(name: str, content: str, kind: str) -> None:
    assert kind_of(name, content) == kind


@pytest.mark.parametrize(
    "content", ["\n".join(STORY), HTML, json.dumps({"text": "\n".join(STORY)})]
)
def test_stdin_is_detected(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(content.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    document = read_document("-")
    assert document.id == "stdin"
    assert STORY[4] in document.text
    assert "<p>" not in document.text


def test_files_by_path(tmp_path: Path) -> None:
    path = tmp_path / "berita pagi.txt"
    path.write_text("\n\n".join((TITLE, *STORY)), encoding="utf-16")
    document = read_document(str(path))
    assert document.id == "berita pagi"
    assert document.title == TITLE
    assert document.notes == ()


def test_legacy_encoding_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "lama.txt"
    path.write_bytes("\n".join(STORY).encode("windows-1252"))
    assert any("windows-1252" in note for note in read_document(str(path)).notes)


def test_file_errors(tmp_path: Path) -> None:
    binary = tmp_path / "gambar.txt"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n")
    empty = tmp_path / "kosong.txt"
    empty.touch()
    for source, words in (
        (str(tmp_path / "tiada.txt"), "does not exist"),
        (str(tmp_path), "is a directory"),
        (str(binary), "PNG"),
        (str(empty), "is empty"),
        ("a\0b", "can't be read"),
        ("x" * 5000, "can't be read"),
        ("", "name is empty"),
        ("ftp://kabar.example/a", "no http(s) URL"),
        ("file:///etc/hosts", "no http(s) URL"),
    ):
        with pytest.raises(InputError) as caught:
            read_document(source)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)
        assert caught.value.exit_code == 3
