"""Dangling openers in Indonesian, connectives in English."""

from __future__ import annotations

import pytest

from toolkit.summarize.cohesion import (
    announces,
    drop_connective,
    loose_quote,
    opens_connected,
    opens_dangling,
    refers_back,
)


@pytest.mark.parametrize(
    "text",
    [
        "Ia menolak tuduhan itu.",
        "Menurutnya, harga akan turun.",
        "Namun, dia menolak hadir.",
        "Hal itu disampaikan juru bicara.",
        "Selain itu, mereka meminta bantuan.",
        "“Ini kabar baik bagi petani,” katanya.",
        "Keduanya bertemu di Jakarta.",
    ],
)
def test_dangling(text: str) -> None:
    assert opens_dangling(text)


@pytest.mark.parametrize(
    "text",
    [
        "Iran menolak tuduhan Israel.",
        "Diaspora Indonesia menggelar pameran.",
        "Menurut Bank Indonesia, inflasi turun.",
        "Namun, pemerintah menolak usul parlemen.",
        "Inilah lima kota terpanas di Asia.",
        "Begitu tiba di lokasi, polisi menangkap pelaku.",
    ],
)
def test_not_dangling(text: str) -> None:
    assert not opens_dangling(text)


def test_refers_back() -> None:
    assert "pertemuan" in refers_back("Dalam pertemuan tersebut, kedua pihak sepakat.")
    assert "perjanjian" in refers_back("Perjanjian itu berlaku sepuluh tahun.")
    assert "ktt" in refers_back("Menurut laporan media, KTT tersebut digelar di Wina.")
    assert not refers_back("Presiden Brasil mengunjungi pelabuhan pada Mei.")
    late = "Brasil, Peru, Cile, dan Bolivia akan mengirim menteri masing-masing ke Lima untuk itu."
    assert not refers_back(late)


def test_loose_quote() -> None:
    assert loose_quote("“Kami tidak akan mundur.”")
    assert not loose_quote("“Kami tidak akan mundur,” kata juru bicara.")
    assert not loose_quote("Kami tidak akan mundur.")


def test_announces() -> None:
    assert announces("Berikut daftarnya: ")
    assert not announces("Berikut daftarnya.")


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("However, the ministry refused.", "The ministry refused."),
        ("In addition, prices rose.", "Prices rose."),
        ("Sofia rose.", "Sofia rose."),
        ("But prices rose.", "Prices rose."),
        ("Butter prices rose.", "Butter prices rose."),
        ("However", "However"),
        ("In addition to that, prices rose.", "Prices rose."),
        ("In addition to Jakarta, Bandung flooded.", "In addition to Jakarta, Bandung flooded."),
        ("As a result of the quake, 12 died.", "As a result of the quake, 12 died."),
        ("So far, 12 people have died.", "So far, 12 people have died."),
        ("But for the rain, it went well.", "But for the rain, it went well."),
    ],
)
def test_drop_connective(english: str, expected: str) -> None:
    assert drop_connective(english) == expected


def test_connected() -> None:
    assert opens_connected("Sementara itu, Kremlin diam.")
    assert not opens_connected("Lalu lintas di Jalan Sudirman macet.")
