""" "Yesterday" and "today" get their date where nothing else can be meant."""

from __future__ import annotations

import datetime

import pytest

from toolkit.summarize.relative_days import resolve_relative_day

DAY = datetime.date(2025, 8, 9)


@pytest.mark.parametrize(
    ("source", "english", "expected"),
    [
        ("Ia tiba kemarin.", "He arrived yesterday.", "He arrived yesterday (August 8, 2025)."),
        ("Ia tiba hari ini.", "He came today.", "He came today (August 9, 2025)."),
        (
            "Sore ini hujan turun.",
            "This afternoon it rained.",
            "This afternoon (August 9, 2025) it rained.",
        ),
        ("Besok ia pulang.", "Tomorrow he goes.", "Tomorrow (August 10, 2025) he goes."),
    ],
)
def test_a_day_is_dated(source: str, english: str, expected: str) -> None:
    assert resolve_relative_day(english, source, DAY)[0] == expected


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("Hingga hari ini ia menunggu.", "Until today he is waiting."),
        ('"Saya tiba kemarin," katanya.', '"I arrived yesterday," he said.'),
        ("Senin kemarin ia tiba.", "He arrived yesterday."),
        ("Kemarin dan hari ini hujan.", "It rained yesterday and today."),
        ("Ia tiba kemarin (8/8).", "He arrived yesterday (Aug. 8)."),
        ("Ia tiba besok lusa.", "He arrives tomorrow."),
        ("Ia tiba di Solo.", "He arrived in Solo yesterday."),
        ("Koran hari ini terbit.", "Today's paper is out."),
    ],
)
def test_what_is_not_certain_stays(source: str, english: str) -> None:
    assert resolve_relative_day(english, source, DAY) == (english, "")
