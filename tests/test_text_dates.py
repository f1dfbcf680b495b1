"""Finding, resolving, writing and comparing dates in both languages."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text_samples import ODD_TEXT
from toolkit.text.dates import DateMention, compare_dates, find_dates, format_date, resolve
from toolkit.translate.judge import Judge

ANCHOR = datetime.date(2025, 8, 9)  # a Saturday


def only(text: str, language: str = "id") -> DateMention:
    (mention,) = find_dates(text, language)  # type: ignore[arg-type]
    return mention


@pytest.mark.parametrize(
    ("text", "day", "month", "year", "weekday"),
    [
        ("pada Jumat (8/8/2025) lalu", 8, 8, 2025, 4),
        ("pada Rabu (4/2).", 4, 2, None, 2),
        ("(4/2)", 4, 2, None, None),
        ("Senin 24 Februari 2025", 24, 2, 2025, 0),
        ("Selasa, 25 Februari 2025", 25, 2, 2025, 1),
        ("tanggal 17 Agustus", 17, 8, None, None),
        ("17 Agt 1945", 17, 8, 1945, None),
        ("Kamis (16/3 / 2017)", 16, 3, 2017, 3),
        ("sejak Februari 2022", None, 2, 2022, None),
        ("pada Januari", None, 1, None, None),
        ("bulan Mei tahun 2010", None, 5, 2010, None),
        ("Jum'at malam", None, None, None, 4),
        ("tahun 2019", None, None, 2019, None),
        ("2025-08-09", 9, 8, 2025, None),
        ("09-08-2025", 9, 8, 2025, None),
        ("hari minggu", None, None, None, 6),
    ],
)
def test_indonesian_dates(
    text: str, day: int | None, month: int | None, year: int | None, weekday: int | None
) -> None:
    mention = only(text)
    assert (mention.day, mention.month, mention.year) == (day, month, year)
    assert mention.weekday == weekday


@pytest.mark.parametrize(
    ("text", "day", "month", "year", "weekday"),
    [
        ("on Friday, August 8, 2025", 8, 8, 2025, 4),
        ("on Monday (July 12)", 12, 7, None, 0),
        ("on Friday (Nov. 11)", 11, 11, None, 4),
        ("on the 12th of October", 12, 10, None, None),
        ("8 August 2025", 8, 8, 2025, None),
        ("in May 2010", None, 5, 2010, None),
        ("in March", None, 3, None, None),
        ("in 2019", None, None, 2019, None),
        ("Sunday", None, None, None, 6),
        ("8/25/2025", 25, 8, 2025, None),
    ],
)
def test_english_dates(
    text: str, day: int | None, month: int | None, year: int | None, weekday: int | None
) -> None:
    mention = only(text, "en")
    assert (mention.day, mention.month, mention.year) == (day, month, year)
    assert mention.weekday == weekday


def test_ranges_keep_both_days() -> None:
    assert (only("12-14 Juli").day, only("12-14 Juli").last_day) == (12, 14)
    assert (only("(12-13/7)").day, only("(12-13/7)").last_day) == (12, 13)
    assert (only("(7/5 - 9/5)").day, only("(7/5 - 9/5)").last_day) == (7, 9)
    assert (only("July 12-14", "en").day, only("July 12-14", "en").last_day) == (12, 14)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("dua minggu lalu", "id"),
        ("skor 2-1 dan 3/4 bagian", "id"),
        ("seluas 1.000,5 meter", "id"),
        ("may he rest", "en"),
        ("He may go. They march on.", "en"),
        ("Theresa May said", "en"),
        ("It sat in the sun.", "en"),
        ("Surat nomor 12/7/XII", "id"),
        ("Rapat mar itu", "id"),
    ],
)
def test_no_dates(text: str, language: str) -> None:
    assert find_dates(text, language) == []  # type: ignore[arg-type]


def test_minggu_is_a_week_unless_something_says_sunday() -> None:
    assert only("Minggu (3/8)").weekday == 6
    assert only("pada Minggu,").weak is False
    assert only("Minggu lalu").relative == "last week"
    assert all(m.weak for m in find_dates("Program Minggu Bersih digelar", "id"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jumat (8/8/2025)", datetime.date(2025, 8, 8)),
        ("Jumat", datetime.date(2025, 8, 8)),
        ("Sabtu", datetime.date(2025, 8, 9)),
        ("Sabtu lalu", datetime.date(2025, 8, 2)),
        ("Senin mendatang", datetime.date(2025, 8, 11)),
        ("Sabtu depan", datetime.date(2025, 8, 16)),
        ("kemarin", datetime.date(2025, 8, 8)),
        ("kemarin lusa", datetime.date(2025, 8, 7)),
        ("besok", datetime.date(2025, 8, 10)),
        ("hari ini", datetime.date(2025, 8, 9)),
        ("tadi malam", datetime.date(2025, 8, 8)),
        ("Kamis (7/8)", datetime.date(2025, 8, 7)),
        ("(31/12)", datetime.date(2025, 12, 31)),
        ("(15/2)", datetime.date(2025, 2, 15)),
        ("Rabu (4/2)", datetime.date(2026, 2, 4)),
        ("12-14 Juli", datetime.date(2025, 7, 12)),
        ("Februari 2022", None),
        ("pekan lalu", None),
        ("(30/2)", None),
    ],
)
def test_mentions_become_days(text: str, day: datetime.date | None) -> None:
    assert resolve(only(text), ANCHOR) == day


def test_nothing_is_guessed_without_an_anchor() -> None:
    assert resolve(only("Jumat"), None) is None
    assert resolve(only("(8/8)"), None) is None
    assert resolve(only("8 Agustus 2025"), None) == datetime.date(2025, 8, 8)


def test_the_edges_of_the_calendar_do_not_break() -> None:
    assert resolve(only("besok"), datetime.date.max) is None
    assert resolve(only("kemarin"), datetime.date.min) is None
    assert resolve(only("Senin mendatang"), datetime.date.max) is None
    assert resolve(only("(1/1)"), datetime.date.min) == datetime.date(1, 1, 1)
    assert resolve(only("(31/12)"), datetime.date.max) == datetime.date(9999, 12, 31)


@settings(max_examples=150, deadline=None)
@given(
    date=st.dates(datetime.date(1500, 1, 1), datetime.date(2199, 12, 31)),
    weekday=st.booleans(),
    language=st.sampled_from(["id", "en"]),
)
def test_a_written_date_is_read_back(date: datetime.date, weekday: bool, language: str) -> None:
    text = format_date(date, language, weekday=weekday)  # type: ignore[arg-type]
    mention = only(f"pada {text} itu" if language == "id" else f"on {text} they", language)
    assert resolve(mention, None) == date
    assert mention.weekday == (date.weekday() if weekday else None)


def test_format_date_by_example() -> None:
    date = datetime.date(2025, 8, 8)
    assert format_date(date, "id", weekday=True) == "Jumat, 8 Agustus 2025"
    assert format_date(date, "en", weekday=True) == "Friday, August 8, 2025"
    assert format_date(date, "en") == "August 8, 2025"


@settings(max_examples=150, deadline=None)
@given(text=ODD_TEXT, language=st.sampled_from(["id", "en"]))
def test_spans_are_exact_and_in_order(text: str, language: str) -> None:
    position = 0
    for mention in find_dates(text, language):  # type: ignore[arg-type]
        assert position <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        position = mention.end
        resolve(mention, ANCHOR)


@settings(max_examples=80, deadline=None)
@given(source=ODD_TEXT, hypothesis=ODD_TEXT)
def test_comparing_odd_texts_never_fails(source: str, hypothesis: str) -> None:
    diff = compare_dates(source, hypothesis, ANCHOR)
    wrong = diff.missing or diff.changed or diff.added or diff.relative
    assert diff.ok == (not wrong)


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Senin (12/7)", "Monday, July 12"),
        ("Senin (12/7/2021)", "Monday (7/12/2021)"),
        ("Senin (12/7/2021)", "Monday (12/7/2021)"),
        ("Jumat (8/8/2025)", "Friday (Aug. 8, 2025)"),
        ("pada Februari 2022", "in February 2022"),
        ("12-14 Juli", "July 12 to 14"),
        ("kemarin, Jumat", "yesterday"),
        ("Minggu ini ada rapat.", "There is a meeting this week."),
        ("Rabu pagi", "Wednesday morning"),
        ("tahun 2019", "2019"),
        ("musim 2017/2018", "the 2017/18 season"),
        ("Perayaan May Day", "The May Day celebration"),
        ("Theresa May berpidato.", "Theresa May spoke."),
        ("Malam Minggu ramai.", "Saturday night was busy."),
        ("Doa digelar malam Jumat.", "The prayer is held on Thursday night."),
        ("Doa digelar malam Jumat.", "The prayer is held on the eve of Friday."),
        ("Hari Sabtu dan Minggu libur.", "Weekends are off."),
        ("Ia tiba minggu lalu.", "He arrived last Sunday."),
        ("Ia tiba tadi malam.", "He arrived yesterday."),
        ("Tahun ini lebih baik daripada tahun lalu.", "It is better than last year."),
    ],
)
def test_right_renderings_pass(source: str, hypothesis: str) -> None:
    assert compare_dates(source, hypothesis).ok


def test_changed_missing_and_added_parts_are_told_apart() -> None:
    diff = compare_dates("Senin (12/7)", "Tuesday, July 12")
    assert [(a.name, b.name) for a, b in diff.changed] == [("Monday", "Tuesday")]
    diff = compare_dates("Rapat pada Senin (12/7).", "The meeting was on July 12.")
    assert [p.name for p in diff.missing] == ["Monday"]
    diff = compare_dates("Rapat itu berjalan lancar.", "The meeting in July 2020 went well.")
    assert [p.name for p in diff.added] == ["July", "2020"]
    diff = compare_dates("Rapat digelar Jumat malam.", "The meeting was on Thursday night.")
    assert [(a.name, b.name) for a, b in diff.changed] == [("Friday", "Thursday")]
    diff = compare_dates("pada 12 Maret 2019", "on March 21, 2019")
    assert [(a.part, a.value, b.value) for a, b in diff.changed] == [("day", 12, 21)]


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Ia tiba kemarin.", "He will arrive tomorrow."),
        ("Harga naik bulan lalu.", "Prices rose last year."),
        ("Harga naik pekan ini.", "Prices rose last week."),
        ("Ia pensiun tahun depan.", "He retired last month."),
    ],
)
def test_relative_words_that_contradict_each_other(source: str, hypothesis: str) -> None:
    diff = compare_dates(source, hypothesis)
    assert len(diff.relative) == 1
    assert not diff.ok
    assert ("date", "error") in {(c.kind, c.severity) for c in Judge()(source, hypothesis).checks}


def test_yesterday_is_held_against_the_anchor() -> None:
    assert compare_dates("pada Jumat", "yesterday").ok
    assert compare_dates("pada Jumat", "yesterday", ANCHOR).ok
    assert not compare_dates("pada Senin", "yesterday", ANCHOR).ok
