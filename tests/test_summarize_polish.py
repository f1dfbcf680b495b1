"""The coherence pass: connectives, full names, dates; never a new fact."""

from __future__ import annotations

import datetime

import pytest

from tests.helpers import make_document
from toolkit.summarize.polish import complete_names, full_names, polish, resolve_weekdays
from toolkit.types import Document, Hypothesis

FRIDAY = datetime.date(2026, 9, 18)


def story(date: str = "") -> Document:
    return make_document(
        [
            ["Menteri Pertanian Rangga Wirasena pada Rabu menyatakan harga gabah naik."],
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


@pytest.mark.parametrize(
    "english",
    [
        "Goals of Wirasena Dimas Prakoso counted.",
        "Prakoso Wirasena left.",
        "Wirasena's Golkar left.",
    ],
)
def test_a_short_form_beside_another_name_is_left_alone(english: str) -> None:
    full = {"Wirasena": "Rangga Wirasena"}
    assert complete_names(english, "Wirasena pergi.", full, set()) == (english, [])


@pytest.mark.parametrize("quotes", ['""', "“”"])
def test_quoted_words_stay_as_they_were_said(quotes: str) -> None:
    full, seen = {"Wirasena": "Rangga Wirasena"}, set[str]()
    english = f"{quotes[0]}Wirasena will win,{quotes[1]} he said."
    source = "“Wirasena akan menang,” katanya."
    assert complete_names(english, source, full, seen) == (english, [])
    text, _ = complete_names(english + " Wirasena left.", source, full, seen)
    assert text == english + " Rangga Wirasena left."


def test_a_title_or_a_common_word_before_is_no_name() -> None:
    full = {"Wirasena": "Rangga Wirasena"}
    for before in ("Minister", "When"):
        text, _ = complete_names(f"{before} Wirasena left.", "Wirasena pergi.", full, set())
        assert text == f"{before} Rangga Wirasena left."


@pytest.mark.parametrize(
    "office",
    ["Direktur Utama Nusatama", "Kepala Dinas Kesehatan Kota Palu", "Ketua Umum PSQI"],
)
def test_a_body_behind_an_office_is_no_part_of_a_name(office: str) -> None:
    document = make_document(
        [[f"{office} Damar Wirasena hadir di Palu."], ["Wirasena mengatakan stok aman."]]
    )
    assert full_names(document).get("Wirasena") in (None, "Damar Wirasena")


def test_clubs_and_places_are_no_persons() -> None:
    document = make_document(
        [
            ["Bintang Samudra menang 2-0 di Palu."],
            ["Pelatih Bintang memuji timnya. Laga Bintang berikutnya digelar di Palu."],
            ["Gubernur Sulawesi Tengah menonton di Samudra."],
        ]
    )
    assert full_names(document) == {}


def test_bare_weekday_gets_its_date() -> None:
    text, added = resolve_weekdays(
        "He said on Wednesday that he agreed.", "Ia mengatakan pada Rabu bahwa ia setuju.", FRIDAY
    )
    assert text == "He said on Wednesday (September 16, 2026) that he agreed."
    assert added == ["September 16, 2026"]


def test_the_date_stands_behind_the_part_of_the_day() -> None:
    text, _ = resolve_weekdays(
        "The team will face Laos on Saturday night.",
        "Tim akan menghadapi Laos Sabtu malam.",
        FRIDAY,
    )
    assert text == "The team will face Laos on Saturday night."  # a name stands right before it
    text, _ = resolve_weekdays(
        "The team will face Laos on Monday night.",
        "Tim akan menghadapi Laos pada Senin malam.",
        FRIDAY,
    )
    assert text == "The team will face Laos on Monday night (September 21, 2026)."


def test_english_in_another_tense_or_repeating_gets_no_date() -> None:
    source = "Tim akan menghadapi Laos pada Senin."
    for english in ("The team faced Laos on Monday.", "The team will face Laos every Monday."):
        assert resolve_weekdays(english, source, FRIDAY) == (english, [])
    english = "The minister will agree on Wednesday."
    said = "Menteri pada Rabu menyatakan setuju."
    assert resolve_weekdays(english, said, FRIDAY) == (english, [])


def test_weekday_with_a_date_is_left_alone() -> None:
    for english in (
        "on Wednesday (Sept. 9)",
        "on Wednesday, Sept. 9,",
        "on Wednesday, 9 September",
    ):
        assert resolve_weekdays(english, "pada Rabu (9/9)", FRIDAY) == (english, [])
        assert resolve_weekdays(english, "Ia pada Rabu menyatakan", FRIDAY) == (english, [])


def test_without_the_articles_date_nothing_is_resolved() -> None:
    english = "The minister said on Wednesday that prices rose."
    assert texts(story(), [0], [english]) == [english]
    assert "16" in texts(story("2026-09-18"), [0], [english])[0]


def test_every_change_is_recorded() -> None:
    document = story("2026-09-18")
    (made,) = polish(document, [(document.sentences[1], Hypothesis("However, Wirasena refused."))])
    assert [c.severity for c in made.checks] == ["info", "info"]
    assert made.support == (1,)


@pytest.mark.parametrize(
    ("weekday", "slack", "added"),
    [
        ("Rabu", 2, ["August 6, 2025"]),
        ("Kamis", 2, []),
        ("Jumat", 2, []),
        ("Kamis", 0, ["July 31, 2025"]),
    ],
)
def test_a_date_that_was_only_inferred_resolves_what_it_can_not_get_wrong(
    weekday: str, slack: int, added: list[str]
) -> None:
    english = {"Rabu": "Wednesday", "Kamis": "Thursday", "Jumat": "Friday"}[weekday]
    source = f'"Kami senang," kata dia di Balai Kota, {weekday}.'
    anchor = datetime.date(2025, 8, 6)
    _, found = resolve_weekdays(f'"We are happy," he said on {english}.', source, anchor, slack)
    assert found == added


def test_a_sentence_without_a_stop_gets_one() -> None:
    made = texts(story(), [0, 2], ["The price of rice rose", 'He said "we stay"'])
    assert made == ["The price of rice rose.", 'He said "we stay"']
