"""A name that opens a sentence is missed where the document knows it as a name."""

from __future__ import annotations

import pytest

from toolkit.reading import document_from_text
from toolkit.summarize.firm_names import FirmNames
from toolkit.types import Hypothesis

TEXT = (
    "Pemilihan itu dimenangkan oleh Carrie Lam pada hari Minggu di kota itu.\n\n"
    "Lam dipilih oleh komite yang beranggotakan 1.194 orang dari berbagai kalangan.\n\n"
    "Warga kota menyambut hasil itu dengan unjuk rasa di depan gedung parlemen.\n"
)


@pytest.mark.parametrize(
    ("english", "kinds"),
    [
        ("The time was chosen by a committee of 1,194.", ["name"]),
        ("Lam was chosen by a committee of 1,194.", []),
        ("Lam's committee chose.", []),
    ],
)
def test_a_firm_name_is_missed(english: str, kinds: list[str]) -> None:
    document = document_from_text(TEXT, id="a")
    sentence = next(s for s in document.sentences if s.clean.startswith("Lam"))
    checked = FirmNames(document).checked(sentence, Hypothesis(english))
    assert [c.kind for c in checked.checks] == kinds


def test_a_short_form_in_brackets_is_no_first_word() -> None:
    text = TEXT.replace("Lam dipilih", "Komite Pemilihan (Lam) dipilih")
    document = document_from_text(text, id="a")
    sentence = next(s for s in document.sentences if s.clean.startswith("Komite"))
    assert FirmNames(document).checked(sentence, Hypothesis("The committee.")).checks == ()


def test_other_first_words_are_left_alone() -> None:
    document = document_from_text(TEXT, id="a")
    for sentence in document.sentences:
        if not sentence.clean.startswith("Lam"):
            assert FirmNames(document).checked(sentence, Hypothesis("X.")).checks == ()
