"""Names of months and weekdays and words for days, weeks, months and years, in both languages.

Data only: how they are found in running text is ``date_find``'s business.
"""

from __future__ import annotations

MONTHS_ID = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
).split()
MONTHS_EN = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS_ID = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _table(*groups: str) -> dict[str, int]:
    return {name: i for i, group in enumerate(groups, 1) for name in group.split()}


MONTHS = {
    "id": _table(
        "januari jan",
        "februari pebruari feb peb",
        "maret mar mrt",
        "april apr",
        "mei",
        "juni jun",
        "juli jul",
        "agustus agu agt ags agust aug",
        "september sep sept",
        "oktober okt oct",
        "november nopember nov nop",
        "desember des dec",
    ),
    "en": _table(
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
}
"""Lower-case month names and abbreviations → 1 … 12."""

WEEKDAYS = {
    "id": {
        name: i
        for i, group in enumerate(
            ["senin", "selasa", "rabu", "kamis", "jumat jum'at jum’at", "sabtu", "minggu ahad"]
        )
        for name in group.split()
    },
    "en": {
        name: i
        for i, group in enumerate(
            [
                "monday mon",
                "tuesday tues tue",
                "wednesday wed",
                "thursday thurs thur thu",
                "friday fri",
                "saturday sat",
                "sunday sun",
            ]
        )
        for name in group.split()
    },
}
"""Lower-case weekday names and abbreviations → 0 (Monday) … 6 (Sunday)."""

RELATIVE = {
    "id": {
        "kemarin lusa": "day before yesterday",
        "kemarin": "yesterday",
        "kemaren": "yesterday",
        "hari ini": "today",
        "hari itu": "that day",
        "besok lusa": "day after tomorrow",
        "lusa": "day after tomorrow",
        "besok": "tomorrow",
        "esok hari": "tomorrow",
        "tadi malam": "last night",
        "semalam": "last night",
        "malam ini": "tonight",
        "nanti malam": "tonight",
        "pagi ini": "this morning",
        "pagi tadi": "this morning",
        "tadi pagi": "this morning",
        "siang tadi": "today",
        "sore tadi": "today",
        "pekan lalu": "last week",
        "minggu lalu": "last week",
        "pekan ini": "this week",
        "minggu ini": "this week",
        "pekan depan": "next week",
        "minggu depan": "next week",
        "bulan lalu": "last month",
        "bulan ini": "this month",
        "bulan depan": "next month",
        "tahun lalu": "last year",
        "tahun ini": "this year",
        "tahun depan": "next year",
    },
    "en": {
        "day before yesterday": "day before yesterday",
        "day after tomorrow": "day after tomorrow",
        "yesterday": "yesterday",
        "today": "today",
        "tomorrow": "tomorrow",
        "tonight": "tonight",
        "last night": "last night",
        "this morning": "this morning",
        "this afternoon": "today",
        "this evening": "tonight",
        "last week": "last week",
        "this week": "this week",
        "next week": "next week",
        "last month": "last month",
        "this month": "this month",
        "next month": "next month",
        "last year": "last year",
        "this year": "this year",
        "next year": "next year",
    },
}
"""Relative expressions in lower case → one canonical English name for both languages."""

DAY_OFFSETS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
"""Canonical relative names that mean one day → days from the anchor."""
