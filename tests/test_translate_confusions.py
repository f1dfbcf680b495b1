"""Words of one field in each other's place, and lost qualifiers."""

from __future__ import annotations

import pytest

from toolkit.translate.confusions import check_confusions
from toolkit.translate.judge import Judge


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        (
            "Warga mengungsi karena banjir.",
            "Residents fled because of the fire.",
            "Residents fled because of the floods.",
        ),
        (
            "Gempa terjadi di sebelah barat laut kota.",
            "The quake struck east of the city.",
            "The quake struck northwest of the city.",
        ),
        (
            "Suaminya melapor ke polisi.",
            "His wife reported it to police.",
            "Her husband reported it to police.",
        ),
        (
            "Jaksa menuntut hukuman lima tahun.",
            "The judge demanded a five-year sentence.",
            "Prosecutors demanded a five-year sentence.",
        ),
        (
            "Kapal Angkatan Laut itu tiba.",
            "The Army ship arrived.",
            "The Navy ship arrived.",
        ),
        (
            "Wakil Presiden membuka pameran.",
            "The president opened the exhibition.",
            "The vice president opened the exhibition.",
        ),
        (
            "Mantan bupati itu ditahan.",
            "The regent was detained.",
            "The former regent was detained.",
        ),
        (
            "Ia diduga menerima suap.",
            "He took bribes.",
            "He allegedly took bribes.",
        ),
        (
            "Asisten Manajer itu hadir.",
            "The manager was there.",
            "The assistant manager was there.",
        ),
        (
            "Direktur Jenderal Pajak hadir.",
            "The tax director was there.",
            "The director general of taxation was there.",
        ),
        (
            "Presiden AS terpilih itu berpidato.",
            "The US president spoke.",
            "The US president-elect spoke.",
        ),
        (
            "DPR membahas Rancangan Undang-Undang Pemilu.",
            "The House debated the Election Law.",
            "The House debated the election bill.",
        ),
        (
            "Ia didakwa percobaan pembunuhan.",
            "He was charged with murder.",
            "He was charged with attempted murder.",
        ),
        (
            "Plt Gubernur Riau hadir.",
            "The governor of Riau was there.",
            "The acting governor of Riau was there.",
        ),
        (
            "Perdana menteri mengundurkan diri.",
            "The president resigned.",
            "The prime minister resigned.",
        ),
        (
            "Festival musim semi dimulai.",
            "The summer festival began.",
            "The Lunar New Year festival began.",
        ),
    ],
)
def test_a_neighbour_of_the_same_field_is_reported(source: str, wrong: str, right: str) -> None:
    assert check_confusions(source, right) == []
    (found,) = check_confusions(source, wrong)
    assert (found.kind, found.severity) == ("omission", "warning")
    assert found in Judge()(source, wrong).checks
    assert Judge()(source, right).checks == ()


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        # both are named, a looser word stands for it, or no other thing of the field is there
        ("Suami dan istri itu selamat.", "The couple and the wife were safe."),
        ("Hakim dan jaksa hadir.", "Judges attended the court."),
        ("Banjir merendam desa.", "The village was under water, and a fire followed."),
        ("Banjir merendam desa.", "The village was hit."),
        ("Palang Merah mengirim tenda.", "The relief group sent green tents."),
        ("Hal itu tidak diduga.", "Nobody foresaw it."),
        ("Toko di Jalan Pluit Selatan itu tutup.", "The shop in North Jakarta is closed."),
        ("(eks/eks)", "(eks/eks)"),
        ("", ""),
    ],
)
def test_what_may_stand_is_let_pass(source: str, hypothesis: str) -> None:
    assert check_confusions(source, hypothesis) == []
