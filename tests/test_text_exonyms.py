"""Place names left in Indonesian are put into English; nothing else is touched."""

from __future__ import annotations

import pytest

from toolkit.text.exonyms import repair_exonyms
from toolkit.text.resources import rows


@pytest.mark.parametrize(
    ("source", "hypothesis", "expected"),
    [
        ("Ia tiba di Moskow.", "He arrived in Moskow.", "He arrived in Moscow."),
        ("Poros Moskow-Beijing", "The Moskow-Beijing axis", "The Moscow-Beijing axis"),
        ("Uji coba Korea Utara", "The Korea Utara test", "The North Korea test"),
        ("Ia tiba di Paris.", "He arrived in Kuba.", "He arrived in Kuba."),
        ("Kubah masjid di Kuba", "The dome in Kubah", "The dome in Kubah"),
        ("Turki menang.", "Turkey won.", "Turkey won."),
        ("perang Rusia-Ukraina", "the Russian-Ukraina war", "the Russian-Ukraine war"),
        ("hubungan AS–Kuba", "US–Kuba relations", "US–Cuba relations"),
        ("Syekh al-Kuba", "Sheikh al-Kuba", "Sheikh al-Kuba"),
        ("Kata Turki Alalshikh, laga", "Turki Alalshikh said", "Turki Alalshikh said"),
        ("Turki Alalshikh berkata", "Turki Alalshikh said", "Turki Alalshikh said"),
        ("kata promotor Turki Alalshikh", "Turki Alalshikh said", "Turki Alalshikh said"),
        ("Pangeran Turki bin Faisal", "Prince Turki bin Faisal", "Prince Turki bin Faisal"),
        ("Presiden Turki Erdogan", "Turki Erdogan president", "Turkey Erdogan president"),
        ("di Turki (7/8)", "in Turki (Aug. 7)", "in Turkey (Aug. 7)"),
    ],
)
def test_repair(source: str, hypothesis: str, expected: str) -> None:
    text, made = repair_exonyms(source, hypothesis)
    assert text == expected
    assert bool(made) == (text != hypothesis)


def test_table_is_sound() -> None:
    table = [tuple(row) for row in rows("exonyms.tsv")]
    assert len({indonesian for indonesian, _ in table}) == len(table)
    assert all(indonesian != english for indonesian, english in table)


def test_repair_is_stable() -> None:
    for indonesian, english in rows("exonyms.tsv"):
        source = f"Berita dari {indonesian} hari ini."
        text, _ = repair_exonyms(source, f"News from {indonesian} today.")
        assert text == f"News from {english} today."
        assert repair_exonyms(source, text)[0] == text


def test_the_guard_repairs_and_says_so() -> None:
    from toolkit.translate.judge import Judge

    verdict = Judge()(
        "Menteri tiba di Moskow pada Senin.", "The minister arrived in Moskow Monday."
    )
    assert "Moscow" in verdict.text
    assert [c.kind for c in verdict.checks] == ["repaired"]
