"""Words left in Indonesian behind a capital: where they are found, and where they are names."""

from __future__ import annotations

import pytest

from toolkit.translate.copied import check_copied, verbs


@pytest.mark.parametrize(
    ("source", "hypothesis", "left"),
    [
        ("Makan ikan baik untuk jantung.", "Makan fish is good for the heart.", ["Makan"]),
        ("Taman itu dibuka kemarin.", "The Taman was opened yesterday.", ["Taman"]),
        ("Antrean mencapai dua kilometer.", "Antrean reaches two kilometres.", ["Antrean"]),
        ("Hujan turun. Banjir datang.", "It rained. Banjir came.", ["Banjir"]),
        (
            "GUBERNUR JAWA BARAT MENGATAKAN BAHWA BANJIR SUDAH SURUT",
            "GUBERNUR WEST JAVA MENGATA BAHWA FLOOD HAS RECEDED",
            ["GUBERNUR", "BAHWA"],
        ),
        (
            "Gempa M 6,2 Guncang Nusakambira, Tak Berpotensi Tsunami",
            "M 6.2 Guncang Nusakambira, Didn't Steam tsunami",
            ["Guncang"],
        ),
        ("Warga Wonokromo Tolak Hotel Baru", "Wonokromo Residents Tolak New Hotel", ["Tolak"]),
    ],
)
def test_left_in_indonesian(source: str, hypothesis: str, left: list[str]) -> None:
    found = check_copied(source, hypothesis)
    assert [(c.kind, c.severity) for c in found] == [("copied", "warning")]
    assert found[0].detail == f"Left in Indonesian: {', '.join(repr(w) for w in left)}."


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Taman Mini dibuka kemarin.", "Taman Mini opened yesterday."),
        ("Pasar Wonokromo terbakar.", "Pasar Wonokromo caught fire."),
        ("Kebakaran Pasar Senen, Kios Hangus", "Fire at Pasar Senen, Stalls Burned"),
        ("Suara.com - Hujan turun.", "Suara.com - It rained."),
        ("Kasus virus zika bertambah.", "Cases of the Zika virus rose."),
        ('"Alhamdulillah kami selamat," katanya.', '"Alhamdulillah, we are safe," he said.'),
        ("Ia membaca Kompas di rumah.", "He read Kompas at home."),
        ("Ia tiba di Taman Rasuna.", "He arrived at Taman Rasuna."),
        ("Garis Batas Jawa Tengah Berubah", "The Border of Jawa Tengah Changes"),
    ],
)
def test_names_stay(source: str, hypothesis: str) -> None:
    assert check_copied(source, hypothesis) == []


def test_bare_verbs_of_headlines_are_known() -> None:
    assert {"guncang", "tolak", "desak", "kecam", "ringkus", "minta"} <= verbs()
    assert verbs().isdisjoint({"pasar", "taman", "rumah", "tengah", "barat", "plan", "set"})
