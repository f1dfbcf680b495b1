"""Denials that are lost and rises that became falls are reported; free renderings are not."""

from __future__ import annotations

import pytest

from toolkit.translate.judge import Judge
from toolkit.translate.polarity import check_polarity


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Tidak ada korban jiwa dalam insiden itu.", "There were fatalities in the incident."),
        ("Pemerintah tidak akan menaikkan tarif.", "The government will raise tariffs."),
        ("Ia belum menerima laporan itu.", "He has received the report."),
        ("Warga jangan membuang sampah ke sungai.", "Residents are to throw rubbish in the river."),
        ("Jalan di AS itu tidak bisa dilewati.", "The road in the United States can be used."),
        ("Menteri itu tidak hadir dalam rapat.", "The minister attended the meeting."),
        ("Ia tidak setuju dengan rencana itu.", "He agreed with the plan."),
        ("Tersangka bukan anggota partai.", "The suspect is a member of the party."),
        ("Kapal itu belum terlihat.", "The ship has been seen."),
        ("Selain tak tepat sasaran, bantuan itu lambat.", "Besides being targeted, it was slow."),
        ("Pengelolaan itu tidak cermat.", "It is the management."),
        ("Penyakit yang tidak menular itu ditakuti.", "The contagious disease is feared."),
        ("Massa tidak melaksanakan salat.", "The crowd carried out the prayer."),
        ("Ia tidak hadir dan tidak membayar.", "He did not come and paid."),
        (
            "Kereta itu berhenti beroperasi empat tahun.",
            "The train began operating for four years.",
        ),
    ],
)
def test_a_lost_denial_is_a_warning(source: str, hypothesis: str) -> None:
    assert [(c.kind, c.severity) for c in check_polarity(source, hypothesis)] == [
        ("omission", "warning")
    ]
    assert ("omission", "warning") in {
        (c.kind, c.severity) for c in Judge()(source, hypothesis).checks
    }


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Harga turun 5 persen.", "Prices rose 5 percent."),
        ("Rupiah melemah 0,5 persen.", "The rupiah strengthened 0.5 percent."),
        ("Indeks naik tipis 1,2 persen.", "The index fell slightly by 1.2 percent."),
        ("Korban tewas bertambah menjadi 12 orang.", "The death toll dropped to 12."),
    ],
)
def test_a_rise_that_became_a_fall_is_an_error(source: str, hypothesis: str) -> None:
    assert [(c.kind, c.severity) for c in check_polarity(source, hypothesis)] == [
        ("number", "error")
    ]


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("Ia tidak hanya menyanyi.", "He also sings."),
        ("Dana itu tak layak dipakai.", "The fund is unfit for use."),
        (
            "Film Surga yang Tak Dirindukan diputar.",
            "The film Surga yang Tak Dirindukan was shown.",
        ),
        ("Bukan main ramainya pasar itu.", "The market was bustling."),
        ("Semua ikut, tidak terkecuali gubernur.", "Everyone joined, including the governor."),
        ("Alasannya tidak terlihat jelas.", "The reason is unclear."),
        ("Pabrik itu berhenti beroperasi.", "The plant has been idle since the strike began."),
        ("Ia berhenti bekerja dan mulai berdagang.", "He started to trade."),
        ("Pelaku belum ditangkap.", "The perpetrator remains at large."),
        ("Presiden belum menerima laporan.", "The president has yet to receive a report."),
        ("Jalan itu tidak bisa dilewati.", "The road is impassable."),
        ("Pelakunya orang tidak dikenal.", "The perpetrator is unidentified."),
        ("Ia tidak memenuhi syarat.", "He was declared ineligible."),
        ("Peserta turun ke jalan pukul 10.00.", "Participants rose up at 10 a.m."),
        ("Harga turun 5 persen.", "Prices are 5 percent lower."),
        ("Saham anjlok 3 persen.", "Shares dived 3 percent, wiping out gains."),
        ("Suhu naik 2 derajat.", "It is 2 degrees warmer, and the ice shrank."),
        ("Ekspor naik 5 persen dan impor turun 3.", "Imports fell 3 percent."),
        ("Sebanyak 300 orang naik 2 bus.", "As many as 300 people took two buses."),
    ],
)
def test_free_renderings_pass(source: str, hypothesis: str) -> None:
    assert check_polarity(source, hypothesis) == []
