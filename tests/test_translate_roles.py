"""Who did what to whom: doer and sufferer in each other's place."""

from __future__ import annotations

import pytest

from toolkit.translate.checks import words_of
from toolkit.translate.judge import Judge
from toolkit.translate.roles import check_roles


def found(source: str, hypothesis: str) -> list[str]:
    return [c.detail for c in check_roles(source, hypothesis, words_of(source))]


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            "Polisi menembak dua warga di pasar itu.",
            "Police shot two residents at the market.",
            "Two residents shot police at the market.",
        ),
        (
            "Dua warga ditembak polisi di pasar itu.",
            "Two residents were shot by police at the market.",
            "Two residents shot police officers at the market.",
        ),
        (
            "Seorang guru dipukul oleh muridnya.",
            "A teacher was hit by his student.",
            "A student was hit by his teacher.",
        ),
        (
            "Presiden menuduh parlemen menghambat reformasi.",
            "The president accused parliament of hampering reform.",
            "Parliament accused the president of hampering reform.",
        ),
        (
            "Arsenal dikalahkan Chelsea pada laga pembuka.",
            "Arsenal were beaten by Chelsea in the opening match.",
            "Chelsea were beaten by Arsenal in the opening match.",
        ),
        (
            "Sari menggantikan Darto sebagai ketua panitia.",
            "Sari replaced Darto as head of the committee.",
            "Darto replaced Sari as head of the committee.",
        ),
        (
            "Hujan lebat menyebabkan banjir di tiga desa.",
            "Heavy rain caused floods in three villages.",
            "Floods caused heavy rain in three villages.",
        ),
        (
            "Perusahaan itu digugat oleh para petani.",
            "The company was sued by the farmers.",
            "The company sued the farmers.",
        ),
        (
            "Israel menyerang Iran pada malam hari.",
            "Israel attacked Iran at night.",
            "Israel was attacked by Iran at night.",
        ),
        (
            "Gubernur mengundang bupati ke kantornya.",
            "The governor invited the regent to his office.",
            "The regent invited the governor to his office.",
        ),
    ],
)
def test_exchanged_roles_are_reported(source: str, right: str, wrong: str) -> None:
    assert found(source, right) == []
    (detail,) = found(source, wrong)
    assert "to whom" in detail
    checks = Judge()(source, wrong).checks
    assert [(c.kind, c.severity) for c in checks if c.detail == detail] == [("omission", "warning")]
    assert Judge()(source, right).checks == ()


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        # the other voice, the same facts
        ("Polisi menangkap pencuri itu.", "The thief was arrested by police."),
        ("Pencuri itu ditangkap polisi.", "Police arrested the thief."),
        ("Pencuri itu ditangkap polisi.", "The thief, arrested by police, said nothing."),
        # no doer is named
        ("Pencuri itu ditangkap karena mencuri motor.", "The thief was arrested for stealing."),
        ("Pria itu ditangkap di rumah temannya.", "The man was arrested at his friend's home."),
        # a headline without the auxiliary, a continuous form, a relative clause
        ("Pencuri Ditangkap Polisi", "Thief Arrested by Police"),
        ("KPK memeriksa menteri itu.", "The KPK is questioning the minister."),
        ("Warga yang ditembak polisi itu selamat.", "The resident whom police shot survived."),
        # a noun for the verb, the verb twice, "by" that means something else
        ("Israel menyerang Gaza.", "Gaza came under attack by Israel."),
        ("Ani memanggil Budi, lalu Budi menelepon Ani.", "Ani called Budi, then Budi called Ani."),
        ("Budi meminta Ani datang paling lambat Senin.", "Budi asked Ani to come by Monday."),
        ("Seng membantu kulit dengan mencegah jerawat.", "Zinc helps skin by preventing acne."),
        ("Ia diminta mundur oleh keluarganya.", "He was instead asked to resign by his family."),
    ],
)
def test_right_roles_pass(source: str, hypothesis: str) -> None:
    assert found(source, hypothesis) == []


def test_no_verb_no_finding() -> None:
    assert found("Presiden bertemu menteri.", "The minister met the president.") == []
