"""One span of time in other units or words is the same span; another one is reported."""

from __future__ import annotations

import pytest

from toolkit.text.numbers import compare_numbers


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Vonisnya 1,5 tahun penjara.", "The sentence is a year and a half in prison."),
        ("Vonisnya 18 bulan penjara.", "The sentence is a year and a half in prison."),
        ("Vonisnya 1 tahun 6 bulan.", "The sentence is 18 months."),
        ("Vonisnya 1 tahun dan 6 bulan.", "The sentence is a year and six months."),
        ("Vonisnya 2 tahun 6 bulan.", "The sentence is two and a half years."),
        ("Jaraknya 1 jam 45 menit.", "It takes an hour and 45 minutes."),
        ("Jaraknya 90 menit.", "It takes an hour and a half."),
        ("Jaraknya 30 menit.", "It takes half an hour."),
        ("Jaraknya 2,5 jam.", "It is a two-and-a-half-hour trip."),
        ("Cutinya 14 hari.", "The leave is two weeks."),
        ("Cutinya sepekan.", "The leave is seven days."),
        ("Cutinya setengah tahun.", "The leave is six months."),
    ],
)
def test_one_span_in_other_words(source: str, hypothesis: str) -> None:
    assert compare_numbers(source, hypothesis).ok


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Vonisnya 1,5 tahun penjara.", "The sentence is a year in prison."),
        ("Vonisnya 1 tahun 6 bulan.", "The sentence is 16 months."),
        ("Vonisnya 18 bulan penjara.", "The sentence is two and a half years."),
        ("Jaraknya 45 menit.", "It takes half an hour."),
        ("Cutinya 14 hari.", "The leave is three weeks."),
        ("Cutinya 30 hari, lalu 30 jam.", "The leave is 30 days."),
    ],
)
def test_another_span(source: str, hypothesis: str) -> None:
    assert not compare_numbers(source, hypothesis).ok
