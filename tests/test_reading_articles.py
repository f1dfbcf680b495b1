"""Reading of real pages in ../shared: every line of five articles, 500 articles with key sentences.

The pages are not copied here: lines are named by their number in the file.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from tests.test_reading_document import check
from toolkit.reading import document_from_text, read_document
from toolkit.types import Document

FIVE: dict[str, tuple[dict[str, str | int], dict[int, str], dict[int, str]]] = {
    # article: (facts; title is the number of the headline's line), rule of each line that goes,
    # kind of each line that stays and is no plain paragraph
    "000": ({"title": 0, "outlet": "KNews.id", "place": "Moscow", "date": ""}, {}, {}),
    "001": (
        {"title": 3, "outlet": "SERAMBINEWS.COM", "place": "", "date": "2025-08-08"},
        {
            1: "section-label",
            3: "headline",
            5: "standfirst",
            7: "byline",
            8: "photo-credit",
            9: "caption",
            11: "repeated-headline",
            23: "read-also",
            43: "signature",
            45: "follow-us",
            47: "follow-us",
            49: "related-links",
            50: "follow-us",
            51: "thumbnail-label",
            53: "related-links",
            55: "copyright",
            56: "copyright",
        },
        {},
    ),
    "002": (
        {"title": 1, "outlet": "SinPo.id", "place": "", "date": "2025-02-25"},
        {
            1: "headline",
            3: "byline",
            4: "timestamp",
            5: "repeated-caption",
            6: "repeated-caption",
            57: "related-links",
            58: "related-links",
        },
        {
            14: "heading",
            22: "heading",
            30: "heading",
            36: "list",
            38: "list",
            40: "list",
            45: "heading",
        },
    ),
    "003": (
        {"title": 1, "outlet": "kumparan.com", "place": "", "date": ""},
        {
            1: "headline",
            3: "outlet-line",
            4: "relative-time",
            5: "thumbnail-label",
            32: "related-links",
            34: "comments",
            35: "related-links",
            **dict.fromkeys(range(37, 50, 3), "thumbnail-label"),
            **dict.fromkeys(range(38, 51, 3), "related-links"),
            **dict.fromkeys(range(39, 52, 3), "relative-time"),
            52: "saved-note",
        },
        {19: "heading"},
    ),
    "004": (
        {"title": 0, "outlet": "ANTARA", "place": "Tokyo", "date": ""},
        {
            13: "source-line",
            14: "read-also",
            15: "read-also",
            16: "read-also",
            17: "byline",
            18: "byline",
            19: "copyright",
            20: "crawling-notice",
        },
        {},
    ),
}
OPENING = {"000": 1, "001": 13, "002": 8, "004": 1}
"""The line that a dateline was cut from."""


def article(shared: Path, number: str) -> tuple[Document, list[str]]:
    (path,) = (shared / "articles").glob(f"{number}_*.txt")
    return read_document(str(path)), path.read_text("utf-8").split("\n")


@pytest.mark.parametrize("number", FIVE)
def test_every_line_of_the_five_articles(shared: Path, number: str) -> None:
    document, lines = article(shared, number)
    facts, gone, special = FIVE[number]
    check(document)
    title = lines[int(facts["title"]) - 1].strip() if facts["title"] else ""
    assert " ".join(document.title.split()) == " ".join(title.split())
    assert (document.outlet, document.place, document.date) == (
        facts["outlet"],
        facts["place"],
        facts["date"],
    )
    kinds = {p.sentences[0].start: p.kind for p in document.paragraphs}
    rules = {piece.start: piece.rule for piece in document.removed}
    start = 0
    for number_of_line, line in enumerate(lines, start=1):
        begin = start + len(line) - len(line.lstrip())
        if not line.strip():
            pass
        elif number_of_line in gone:
            assert rules[begin] == gone[number_of_line], number_of_line
        elif number_of_line == OPENING.get(number):
            assert rules[begin] == "dateline"
        else:
            assert kinds[begin] == special.get(number_of_line, "text"), number_of_line
        start += len(line) + 1


def test_titles_are_looked_up_without_doubling(shared: Path) -> None:
    document, _ = article(shared, "001")
    title = document.title
    assert title not in " ".join(s.clean for s in document.sentences)


def labelled_losses(row: dict[str, object], document: Document) -> list[str]:
    """Key sentences of which more than a dateline is gone."""
    text = document.text
    gone = bytearray(len(text))
    for piece in document.removed:
        if piece.rule not in ("dateline", "list-marker"):
            gone[piece.start : piece.end] = b"\x01" * (piece.end - piece.start)
    places = [i for i, c in enumerate(text) if not c.isspace()]
    lost, position = [], 0
    for index, sentence in enumerate(row["sentences"]):  # type: ignore[arg-type]
        size = len("".join(sentence.split()))
        if index in row["ext_labels"] and any(gone[i] for i in places[position : position + size]):  # type: ignore[operator]
            lost.append(sentence)
        position += size
    return lost


def test_500_articles_lose_furniture_and_no_key_sentence(shared: Path) -> None:
    lost: list[str] = []
    rest = 0
    path = shared / "data" / "summaries" / "indosum.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for _, line in zip(range(500), file, strict=False):
            row = json.loads(line)
            document = document_from_text(row["text"], id=row["id"], check_language=False)
            lost += labelled_losses(row, document)
            assert document.title == ""  # these pages come without their headlines
            for sentence in document.story_sentences:
                flat = sentence.clean
                rest += flat.lower().startswith(("baca juga", "simak juga", "[baca", "(baca"))
                rest += "(ANTARA" in flat or "CNN Indonesia -" in flat
    assert lost == []
    assert rest <= 2
