"""Clock times that no clock shows are put right from the source, or reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.text.clock_times import repair_clock_times
from toolkit.translate.judge import Judge


@pytest.mark.parametrize(
    ("source", "hypothesis", "repaired"),
    [
        ("Lomba mulai pukul 14.00.", "The race starts at 14 a.m.", "The race starts at 14:00."),
        ("Lomba pukul 14.00 di aula.", "It starts at 14 a.m. here.", "It starts at 14:00 here."),
        ("Lomba mulai pukul 15.45 WIB.", "It starts at 15:45 p.m.", "It starts at 15:45 WIB."),
        ("Lomba mulai pukul 15.45 WIB.", "It starts at 15:45 p.m. WIB.", "It starts at 15:45 WIB."),
        ("Buka pukul 05.00-22.00 WIB.", "Open 5:00-22:00 p.m. WIB.", "Open 5:00-22:00 WIB."),
        ("Buka pukul 16.00. Kini tutup.", "Opens at 16 p.m. Now closed.",
         "Opens at 16:00. Now closed."),
        ("Buka pukul 16.00 Senin.", "Opens at 16 p.m. Monday.", "Opens at 16:00 Monday."),
        ("Kapal tiba pukul 00.30.", "The ship came at 00:30 am.", "The ship came at 00:30."),
    ],
)  # fmt: skip
def test_impossible_times_are_put_right(source: str, hypothesis: str, repaired: str) -> None:
    text, made, wrong = repair_clock_times(source, hypothesis)
    assert text == repaired
    assert len(made) == 1
    assert wrong == []
    assert [(c.kind, c.severity) for c in Judge()(source, hypothesis).checks] == [
        ("repaired", "info")
    ]


@pytest.mark.parametrize(
    ("source", "hypothesis", "found"),
    [
        ("Kapal tiba sore hari.", "The ship came at 15:30 p.m.", "15:30 p.m."),
        ("Kapal tiba pukul 14.30.", "The ship came at 2:30 a.m.", "2:30 a.m."),
        ("Kapal tiba pukul 09.00 WIB.", "The ship came at 9 p.m.", "9 p.m."),
        ("Kapal tiba pukul 00.30.", "The ship came at 12:30 p.m.", "12:30 p.m."),
    ],
)
def test_wrong_times_without_a_repair_are_errors(source: str, hypothesis: str, found: str) -> None:
    text, made, wrong = repair_clock_times(source, hypothesis)
    assert text == hypothesis
    assert made == []
    assert [w for w, _ in wrong] == [found]
    assert ("number", "error") in {(c.kind, c.severity) for c in Judge()(source, hypothesis).checks}


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Kapal tiba pukul 14.30.", "The ship came at 2:30 p.m."),
        ("Kapal tiba pukul 00.30.", "The ship came at 12:30 a.m."),
        ("Kapal tiba pukul 12.00.", "The ship came at 12 p.m."),
        ("Kapal tiba pukul 02.30 dan 14.30.", "The ship came at 2:30 a.m. and 2:30 p.m."),
        ("Kapal tiba pukul 14.30.", "The ship came at 14:30."),
        ("Kapal tiba pukul 9 malam.", "The ship came at 9 p.m."),
        ("Sabtu malam, kapal tiba pukul 09.00.", "On Saturday night the ship came at 9 p.m."),
        ("Kapal tiba pukul 9.00.", "The ship came at 9 p.m."),
        ("Buka 09.00-21.00.", "Open 9 a.m. to 9 p.m."),
    ],
)
def test_possible_times_stay(source: str, hypothesis: str) -> None:
    assert repair_clock_times(source, hypothesis) == (hypothesis, [], [])


@settings(max_examples=100, deadline=None)
@given(
    hour=st.integers(0, 23), minute=st.integers(0, 59), half=st.sampled_from(["a.m.", "p.m.", "am"])
)
def test_no_impossible_time_of_the_source_is_left(hour: int, minute: int, half: str) -> None:
    time = f"{hour:02d}:{minute:02d}"
    text, _, _ = repair_clock_times(
        f"Kapal tiba pukul {hour:02d}.{minute:02d} di sini.",
        f"The ship came at {time} {half} here.",
    )
    assert (
        text == f"The ship came at {time} {'' if hour in (0, *range(13, 24)) else half + ' '}here."
    )
