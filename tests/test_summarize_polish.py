"""The coherence pass: connectives, full names, dates; never a new fact."""

from __future__ import annotations

import datetime

from tests.helpers import make_document
from toolkit.summarize.polish import complete_names, full_names, polish, resolve_weekdays
from toolkit.types import Document, Hypothesis

FRIDAY = datetime.date(2026, 9, 18)


def story(date: str = "") -> Document:
    return make_document(
        [
            ["Menteri Pertanian Rangga Wirasena mengunjungi sawah di Karawang pada Rabu."],
            ["Namun, Wirasena menolak menyebut harga gabah."],
            ["Bank Tirta Buana menyiapkan kredit. Tirta menjadi nama bendungan baru."],
        ],
        date=date,
    )


def texts(document: Document, ids: list[int], english: list[str]) -> list[str]:
    pairs = [(document.sentences[i], Hypothesis(e)) for i, e in zip(ids, english, strict=True)]
    return [s.text for s in polish(document, pairs)]


def test_full_name_at_first_mention_only() -> None:
    document = story()
    made = texts(document, [1, 1], ["However, Wirasena refused to name a price.", "Wirasena left."])
    assert made[0] == "Rangga Wirasena refused to name a price."
    assert made[1] == "Wirasena left."


def test_no_completion_after_the_full_name() -> None:
    made = texts(
        story(),
        [0, 1],
        ["Minister Rangga Wirasena visited rice fields.", "However, Wirasena refused."],
    )
    assert made[1] == "However, Wirasena refused.", "the partner stands right before it"


def test_only_persons_are_completed() -> None:
    assert full_names(story()) == {"Wirasena": "Rangga Wirasena"}


def test_office_and_place_are_not_part_of_a_name() -> None:
    document = make_document(
        [["Bupati Cibeureum Asmara Wijayanto datang. Wijayanto mengatakan panen berhasil."]]
    )
    assert "Cibeureum Asmara Wijayanto" not in full_names(document).values()


def test_ambiguous_names_stay() -> None:
    document = make_document(
        [["Gubernur Damar Santika dan Bupati Ratna Santika hadir. Santika mengatakan setuju."]]
    )
    assert full_names(document) == {}


def test_name_missing_from_the_source_sentence_is_not_touched() -> None:
    text, done = complete_names("Wirasena left.", "Ia pergi.", {"Wirasena": "R Wirasena"}, set())
    assert (text, done) == ("Wirasena left.", [])


def test_bare_weekday_gets_its_date() -> None:
    text, added = resolve_weekdays("He visited on Wednesday.", "Ia datang pada Rabu.", FRIDAY)
    assert "16" in text
    assert added


def test_weekday_with_a_date_is_left_alone() -> None:
    for english in (
        "on Wednesday (Sept. 9)",
        "on Wednesday, Sept. 9,",
        "on Wednesday, 9 September",
    ):
        assert resolve_weekdays(english, "pada Rabu (9/9)", FRIDAY) == (english, [])
        assert resolve_weekdays(english, "pada Rabu", FRIDAY) == (english, [])


def test_without_the_articles_date_nothing_is_resolved() -> None:
    assert texts(story(), [0], ["The minister came on Wednesday."]) == [
        "The minister came on Wednesday."
    ]
    assert "16" in texts(story("2026-09-18"), [0], ["The minister came on Wednesday."])[0]


def test_every_change_is_recorded() -> None:
    document = story("2026-09-18")
    (made,) = polish(document, [(document.sentences[1], Hypothesis("However, Wirasena refused."))])
    assert [c.severity for c in made.checks] == ["info", "info"]
    assert made.support == (1,)
