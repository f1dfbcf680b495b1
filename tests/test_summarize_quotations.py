"""Quotations of several sentences: marks that a cut took, sentences that are only a piece."""

from __future__ import annotations

import pytest

from toolkit.reading import document_from_text
from toolkit.summarize.base import Ranked
from toolkit.summarize.cohesion import drop_connective, only_attributes, opens_connected
from toolkit.summarize.pool import Pool
from toolkit.summarize.quotations import Cut, cuts, mend
from toolkit.types import Document

STORY = (
    "Menteri itu mengumumkan rencana baru di Jakarta pada hari Senin pagi. "
    'Menurut dia, "kami akan meninjau tarif itu. Kami memang sedang membahasnya bersama DPR. '
    'Harga beras harus turun segera," kata dia kepada wartawan di kantornya.\n\n'
    'Ia berkata, "Kita harus maju bersama rakyat. Pemerintah membangun jalan.'
)


def story() -> Document:
    return document_from_text(STORY, id="x")


def test_cuts_within_a_paragraph() -> None:
    assert cuts(story()) == {1: Cut(False, True), 2: Cut(True, True), 3: Cut(True, False)}


def test_a_piece_of_a_quotation_is_not_taken_alone() -> None:
    document = story()
    pool = Pool(document, [Ranked(s.id, 1.0) for s in document.sentences])
    assert not pool.stands(2, [])
    assert pool.stands(2, [1])


@pytest.mark.parametrize(
    ("english", "cut", "opened", "goes_on", "text"),
    [
        ('It must fall," he said.', Cut(True, False), False, False, '"It must fall," he said.'),
        ('It must fall," he said.', Cut(True, False), True, False, 'It must fall," he said.'),
        ('He said "we go.', Cut(False, True), False, False, 'He said "we go."'),
        ("We discuss it.", Cut(True, True), False, False, '"We discuss it."'),
        ("We discuss it.", Cut(True, True), True, True, "We discuss it."),
        ('"It falls," he said.', Cut(True, False), False, False, '"It falls," he said.'),
    ],
)
def test_marks_are_put_back(english: str, cut: Cut, opened: bool, goes_on: bool, text: str) -> None:
    assert mend(english, cut, opened=opened, goes_on=goes_on) == text


def test_sentences_that_only_say_who_said_it() -> None:
    assert only_attributes("Hal itu diungkapkan Kapolres Garut di Bandung, Senin.")
    assert only_attributes("Demikian disampaikan juru bicara itu.")
    assert not only_attributes("Hal itu memicu protes warga di tiga desa.")


def test_connectives_are_taken_off_on_both_sides() -> None:
    assert opens_connected("Sebab gol tunggal itu tak cukup.")
    assert not opens_connected("Sebab akibat itu jelas.")
    assert drop_connective("Because his goal was not enough.") == "His goal was not enough."
    assert drop_connective("So far nobody came.") == "So far nobody came."
