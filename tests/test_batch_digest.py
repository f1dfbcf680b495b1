"""The digest of a job's summaries: HTML and Markdown."""

from __future__ import annotations

import io

import lxml.html
import pytest

from tests.helpers import make_document
from toolkit.batch import digest
from toolkit.batch.exports import open_export
from toolkit.batch.parts import Counts
from toolkit.batch.records import reject_line, row_line
from toolkit.batch.rows import Reject, Row
from toolkit.summarize.wording import opening
from toolkit.types import Check, Hypothesis, Summary, SummarySentence, Translation

EVIL = '<script>alert("x")</script>'
WARNED = Check("number", "warning", "'3' became '8'")


def line(
    *,
    title: str = "Judul",
    english: str = "Headline.",
    checks: tuple[Check, ...] = (),
    text: str = "One & three.",
    id: str = "doc",
) -> bytes:
    document = make_document([["Satu.", "Dua."], ["Tiga."]], title=title)
    object.__setattr__(document, "outlet", "Kabar")
    object.__setattr__(document, "date", "2026-02-04")
    hypotheses = {i: Hypothesis(t) for i, t in enumerate(("One.", "Two.", "Three."))}
    headline = Hypothesis(english, (WARNED,)) if english else None
    summary = Summary(english, (SummarySentence(text, (0, 2), checks),), "lead/1", ("a note",))
    row = Row("f.jsonl", 3, id, document.text, title=title)
    translation = Translation("doc", hypotheses, headline)
    return row_line(row, document, translation, summary, Counts())[1:]


def made(format: str, *lines: bytes, counts: Counts | None = None) -> str:
    file = io.BytesIO()
    exporter = open_export(format, file, counts or Counts(documents=len(lines)))  # type: ignore[arg-type]
    for one in lines:
        exporter.write(one)
    exporter.close()
    return file.getvalue().decode()


def test_an_article_shows_where_it_comes_from_what_to_check_and_its_sources() -> None:
    page = lxml.html.fromstring(made("html", line(checks=(WARNED,)), line(english="")))
    assert page.find(".//h1").text == "Digest of 2 articles"
    first, second = page.findall(".//article")
    assert first.find("h2").text_content() == "1 Headline"
    facts = first.find("p[@class='facts']").text_content()
    assert facts == "Judul — Kabar · 2026-02-04 — doc"
    assert first.find("p[@class='text']").text_content() == "One & three.02"
    links = [a.get("href") for a in first.findall("p[@class='text']/a")]
    assert links == ["#a1s0", "#a1s2"]
    assert all(page.get_element_by_id(link[1:]) is not None for link in links)
    assert first.find(".//span[@class='sum warning']").text == "One & three."
    flags = [item.text_content() for item in first.findall(".//li")]
    assert flags == [
        "headline · number: '3' became '8'", '1, "One & three." · number: \'3\' became \'8\'',
    ]  # fmt: skip
    rows = [row.text_content() for row in first.findall(".//details//div[@class='row']")]
    assert rows == ["0Satu.One.", "2Tiga.Three."]
    assert "a note" in first.text_content()
    # without a headline, the first sentence serves; nothing to check, nothing said
    assert second.find("h2").text_content() == "2 One & three"
    assert second.find("section") is None
    listed = [item.text_content() for item in page.findall(".//nav//li")]
    assert listed == ["Headline !", "One & three"]
    assert [a.get("href") for a in page.findall(".//nav//a")] == ["#a1", "#a2"]
    assert page.find(".//nav/p").text == "! something to check"


def test_nothing_from_an_article_becomes_markup() -> None:
    text = made("html", line(title=EVIL, english=EVIL, text=EVIL, id=EVIL))
    assert "<script" not in text
    page = lxml.html.fromstring(text)
    assert page.findall(".//script") == []
    assert page.find(".//h2").text_content() == f"1 {EVIL}"
    assert "default-src 'none'" in page.find(".//meta[@http-equiv]").get("content")
    marked = made("markdown", line(english="*A* [b](c)", text="# <b>"))
    assert "## 1. \\*A\\* \\[b\\](c)" in marked
    assert "\n\\# \\<b\\>\n" in marked


def test_markdown_says_the_same() -> None:
    text = made("markdown", line(checks=(WARNED,)))
    assert text.startswith("# Digest of 1 article\n\n## 1. Headline\n\n*Judul* — Kabar")
    assert text.count("- **To check** ") == 2


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_a_document_that_was_rejected_is_named_in_its_place(format: str) -> None:
    file = io.BytesIO()
    exporter = open_export(format, file, Counts(documents=2, rejects=1))  # type: ignore[arg-type]
    exporter.write(line())
    reject = Reject("f.jsonl", 7, "x", "empty", "The text is empty.")
    exporter.reject(reject_line(reject, Counts())[1:])
    exporter.write(line(english="Last."))
    exporter.close()
    text = file.getvalue().decode()
    assert "Digest of 2 articles; 1 could not be summarised" in text
    body = text[text.index("Judul") :]
    if format == "html":
        page = lxml.html.fromstring(text)
        items = [(i.get("value"), i.text_content()) for i in page.findall(".//nav//li")]
        assert items[1:] == [(None, "Not summarised: f.jsonl, line 7"), ("2", "Last !")]
        assert page.get_element_by_id("m1").text_content().endswith("The text is empty.")
    assert body.index("f.jsonl, line 7") < body.index("The text is empty.") < body.index("Last")


def test_the_list_of_headlines_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "LISTED", 2)
    page = lxml.html.fromstring(made("html", *[line()] * 5))
    assert len(page.findall(".//article")) == 5
    assert len(page.findall(".//nav//li")) == 2
    assert page.find(".//nav/p").text == "and 3 more · ! something to check"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A b (c d) e f.", "A b …"),
        ("A b (c) d e f.", "A b (c) d …"),
        ("(A b c d e f) g.", "A b c d …"),
        ("A b c d.", "A b c d."),
    ],
)
def test_the_first_words_of_a_sentence_end_outside_of_brackets(sentence: str, words: str) -> None:
    assert opening(sentence, 3 if words == "A b …" else 4) == words
