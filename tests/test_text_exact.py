"""Addresses, accounts, hashtags and Roman numerals come out letter by letter, or are missed."""

from __future__ import annotations

import pytest

from toolkit.text.exact import lost_exact, repair_exact


@pytest.mark.parametrize(
    ("source", "hypothesis", "expected"),
    [
        ("katanya kepada suara.com,", "he told the voice.com,", "he told the suara.com,"),
        ("di akun @budi_santoso1", "on @budi_santos1", "on @budi_santoso1"),
        ("dengan tagar #SaveSungai.", "with #SaveRiver.", "with #SaveSungai."),
        ("surel info@kabar.co.id", "mail in@kabar.co.id", "mail info@kabar.co.id"),
        ("lihat https://kabar.id/a1b2.", "see https://kabar.id/ab2.", "see https://kabar.id/a1b2."),
        ("Suara.com - Hujan", "Suara.com - Rain", "Suara.com - Rain"),
        ("di a.com dan b.com", "on a.com", "on a.com"),
        ("di kota itu.", "in example.com.", "in example.com."),
    ],
)
def test_garbled_strings_get_the_spelling_of_the_source(
    source: str, hypothesis: str, expected: str
) -> None:
    text, made = repair_exact(source, hypothesis)
    assert text == expected
    assert bool(made) == (text != hypothesis)


@pytest.mark.parametrize(
    ("source", "hypothesis", "lost"),
    [
        ("Kongres XVII di Solo", "The congress in Solo", ["XVII"]),
        ("Muktamar ke-VII", "The congress", ["VII"]),
        ("Kongres XVII", "The XVII Congress", []),
        ("Kongres ke-VII", "The seventh congress", []),
        ("abad XIX", "the 19th century", []),
        ("Komisi XI.", "Commission XI.", []),
        ("Ia menonton TV.", "He watched it.", []),
        ("di a.com dan b.com", "on a.com", ["b.com"]),
        ("I dan V", "one of them", []),
    ],
)
def test_what_is_missing_is_named(source: str, hypothesis: str, lost: list[str]) -> None:
    assert lost_exact(source, hypothesis) == lost
