"""Bare weekdays: resolved where the Indonesian says on which side they lie, and nowhere else."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.summarize.weekdays import resolve_weekday
from toolkit.text.dates import find_dates

FRIDAY = datetime.date(2026, 9, 18)
NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def days(source: str, anchor: datetime.date = FRIDAY) -> list[str]:
    """ISO dates of the weekdays of a sentence that are resolved."""
    found = [
        resolve_weekday(m, source, anchor)
        for m in find_dates(source, "id")
        if m.weekday is not None and m.day is None
    ]
    return [day[0].isoformat() for day in found if day]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Menteri akan bertemu Gubernur Damar Santika di Palu pada Senin.", "2026-09-21"),
        ("Sidang dijadwalkan berlangsung Selasa di Pengadilan Negeri Palu.", "2026-09-22"),
        ("Tim Garuda bakal menghadapi Laos pada Rabu malam.", "2026-09-23"),
        ("Perjanjian itu akan berakhir pada Kamis, kata juru bicara.", "2026-09-24"),
        ("Kementerian akan menggelar rapat kerja pada Selasa.", "2026-09-22"),
        ("Rapat itu dibuka pada Sabtu mendatang.", "2026-09-19"),
        ("Harga diumumkan pada Sabtu besok.", "2026-09-19"),
    ],
)
def test_what_is_to_come(source: str, expected: str) -> None:
    assert days(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Menteri Rangga Wirasena pada Rabu menyatakan harga naik.", "2026-09-16"),
        ("Wirasena mengatakan pada Minggu bahwa rapat digelar besok.", "2026-09-13"),
        ("“Kami siap,” kata Wirasena kepada wartawan di Palu, Jumat.", "2026-09-18"),
        ("Gubernur bertemu nelayan pada Senin lalu.", "2026-09-14"),
        ("Gubernur telah bertemu Wirasena di Palu pada Senin.", "2026-09-14"),
        ("Presiden Brasil pada Jumat membahas tarif tembaga.", "2026-09-18"),
        ("Menteri pada Rabu menyatakan harga naik sejak 2014.", "2026-09-16"),
        ("“Pada 2014, harga naik,” kata Wirasena di Palu, Jumat.", "2026-09-18"),
    ],
)
def test_what_is_past(source: str, expected: str) -> None:
    assert days(source) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "Ia datang pada Rabu.",
        "Gubernur bertolak ke Palu pada Kamis dan tiba pada Jumat pagi.",
        "Setiap Sabtu warga berolahraga di Jalan Pantai.",
        "Tiap Kamis gubernur menyatakan harga ikan.",
        "Pasar biasanya ramai pada Senin.",
        "Gubernur akan datang pada Senin pekan depan.",
        "Gubernur bertemu nelayan pada Senin pekan lalu.",
        "Gubernur akan bertemu Wirasena pada Jumat.",
        "Menteri akan membahas serangan pada Senin.",
        "Menteri semula akan bertemu Wirasena pada Senin, tetapi batal.",
        "Menteri tidak akan bertemu Wirasena pada Senin.",
        "Wirasena mengatakan rapat digelar pada Senin.",
        "Pasar Minggu akan dibuka kembali.",
        "Umat merayakan Jumat Agung.",
        "Toko buka Senin-Jumat.",
        "Pendaftaran berlangsung hingga Kamis.",
        "Gubernur datang pada Rabu depan.",
        "Jika Laos akan datang pada Senin, laga digelar.",
        "Pada 2014, Wirasena mengatakan pada Jumat bahwa harga naik.",
        "Dalam wawancara tahun lalu, Wirasena mengatakan pada Rabu bahwa harga naik.",
        "Pada 15 Agustus 2025, menteri pada Kamis menyatakan mundur.",
        "Wirasena sepekan sebelumnya mengatakan pada Rabu bahwa harga naik.",
        "Dua hari kemudian gubernur pada Rabu menyatakan mundur.",
    ],
)
def test_in_doubt_there_is_no_date(source: str) -> None:
    assert days(source) == []


def test_last_friday_on_a_saturday_is_in_doubt() -> None:
    saturday = FRIDAY + datetime.timedelta(days=1)
    assert days("Gubernur bertemu nelayan pada Jumat lalu.", saturday) == []
    assert days("Gubernur bertemu nelayan pada Jumat lalu.", FRIDAY) == ["2026-09-11"]


@given(st.sampled_from(NAMES), st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_sides_and_distances_hold(name: str, anchor: datetime.date) -> None:
    ahead = [datetime.date.fromisoformat(d) for d in days(f"Ia akan tiba pada {name}.", anchor)]
    said = days(f"Ia mengatakan pada {name} bahwa ia setuju.", anchor)
    back = [datetime.date.fromisoformat(d) for d in said]
    assert all(0 < (d - anchor).days < 7 for d in ahead)
    assert all(-7 < (d - anchor).days <= 0 for d in back)
    assert len(back) == 1
    assert bool(ahead) is (anchor.weekday() != NAMES.index(name))
    assert {d.weekday() for d in (*ahead, *back)} == {NAMES.index(name)}
