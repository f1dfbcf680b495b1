"""Tags and entities in fields of exported databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch_samples import read_jsonl, write_jsonl
from toolkit.batch import Job, Recipe, run_job
from toolkit.reading import document_from_text
from toolkit.reading.fragment import without_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ditutup.<br>Warga marah.<BR/>Selesai.", "Ditutup.\n\nWarga marah.\n\nSelesai."),
        ('<p class="a">Satu &amp; dua.</p><p>Tiga</p>', "Satu & dua.\n\nTiga"),
        ("kata <b>tidak</b> itu", "kata tidak itu"),
        ("<p>a<script>var x = 1 < 2;</script>b<!-- c -->d</p>", "abd"),
        ('<p>satu <img src="x.png" alt="y"> dua</p>', "satu  dua"),
        ("beras &amp; gula&nbsp;naik &#8220;x&#8221;", "beras & gula naik “x”"),
        ("<tr><td>a</td><td>b</td></tr>", "a b"),
    ],
)
def test_markup_is_taken_off(text: str, plain: str) -> None:
    made, note = without_markup(text)
    assert made == plain
    assert note


@pytest.mark.parametrize(
    "text",
    ["3 < 5 dan 7 > 2", "AT&T; R&D", "<nama> Anda", "a & b", "", "</article> x", "<img src='x'> y"],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert without_markup(text) == (text, "")


def test_unknown_tags_beside_known_ones_stay() -> None:
    assert without_markup("<nama> dan <b>x</b>")[0] == "<nama> dan x"


def test_a_document_says_so() -> None:
    story = "Pemerintah menutup jembatan tua di Garut pada hari Senin.<br>Warga desa mengeluh."
    document = document_from_text(story, id="x", title="Jembatan &amp; Jalan")
    assert [s.clean for s in document.sentences] == [
        "Pemerintah menutup jembatan tua di Garut pada hari Senin.", "Warga desa mengeluh.",
    ]  # fmt: skip
    assert document.title == "Jembatan & Jalan"
    assert "HTML tags" in " ".join(document.notes)


def test_a_batch_lists_what_a_page_left_out(tmp_path: Path) -> None:
    story = "<p>Wali kota meresmikan jembatan baru di atas sungai itu pada hari Senin pagi.</p>" * 3
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><nav>Beranda Ekonomi Olahraga</nav><article><h1>Jembatan Baru</h1>{story}"
        "</article><footer>Hak cipta Kabar Utara</footer></body></html>",
        encoding="utf-8",
    )
    rows = write_jsonl(tmp_path / "in.jsonl", [{"id": 1, "text": "Hujan &amp; angin.<br>Reda."}])
    recipe = Recipe(translator="echo", memory=None, keep_languages=True)
    run_job(Job((str(page), str(rows)), tmp_path / "out", recipe=recipe, quiet=True))
    first, second = read_jsonl(tmp_path / "out" / "translations.jsonl")
    assert any("Beranda" in piece["text"] for piece in first["removed"])
    assert "&amp;" not in second["translation"]
    assert "<br>" not in second["translation"]
