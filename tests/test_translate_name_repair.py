"""Garbled names get the spelling of the source; what may be meant so is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translate.judge import Judge
from toolkit.translate.name_repair import made_up, repair_names


@pytest.mark.parametrize(
    ("source", "hypothesis", "expected"),
    [
        ("Kata Yuri Ushakov kepada pers.", "Yuri Ushakof told the press.",
         "Yuri Ushakov told the press."),
        ("Keduanya membahas krisis Ukraina.", "They discussed the Ukrain crisis.",
         "They discussed the Ukraine crisis."),
        ("Warga Wonokromo menanti bantuan.", "Wonokrowo residents wait; Wonokrowo is cut off.",
         "Wonokromo residents wait; Wonokromo is cut off."),
        ("Kata Wirya Maruarar kepada pers.", "Wirya Maruar told the press.",
         "Wirya Maruarar told the press."),
        # An inflection, a demonym, a word or name in use, an English cognate: no slips.
        ("Pemerintah Malaysia menolak.", "The Malaysian government refused.", None),
        ("Ia lahir di Mongolia.", "He was born a Mongol.", None),
        ("Pasukan Tibet-Mongolia kalah.", "The Tibetan-Mongol forces lost.", None),
        ("Presiden Kolombia tiba.", "The president of Colombia arrived.", None),
        ("Badan Meteorologi memantau.", "The Meteorology agency is watching.", None),
        ("Kedutaan di Teheran ditutup.", "The embassy in Tehran is closed.", None),
        # Two names as close as each other: nothing is certain.
        ("Martono bertemu Hartono.", "Nartono met someone.", None),
        ("Markono bertemu Marsono.", "Martono met someone.", None),
        # The right name is there as well.
        ("Sungai Ciliwungan meluap.", "The Ciliwungan overflowed near Ciliwongan.", None),
    ],
)  # fmt: skip
def test_repair(source: str, hypothesis: str, expected: str | None) -> None:
    text, made = repair_names(source, hypothesis)
    assert text == (expected or hypothesis)
    assert bool(made) == (expected is not None)


def test_the_guard_says_so_and_no_warning_is_left() -> None:
    verdict = Judge()(
        "Penasihat Wirasatya Kusumanagara tiba di Jakarta.",
        "Adviser Wirasatya Kusumanegora arrived in Jakarta.",
    )
    assert verdict.text == "Adviser Wirasatya Kusumanagara arrived in Jakarta."
    assert [(c.kind, c.severity) for c in verdict.checks] == [("repaired", "info")]
    assert "Kusumanegora → Kusumanagara" in verdict.checks[0].detail


@given(st.text(max_size=80), st.text(max_size=80))
def test_only_words_of_the_source_or_the_table_come_in(source: str, hypothesis: str) -> None:
    text, made = repair_names(source, hypothesis)
    assert (text == hypothesis) == (not made)
    assert repair_names(source, text)[0] == text


@pytest.mark.parametrize(
    ("source", "hypothesis", "strange"),
    [
        ("Ia tinggal di Leisen.", "He lives in Leisen, the Leisent of old.", ["Leisent"]),
        ("Proyek MRT dimulai.", "The Mass Rapid Traciit project began.", ["Traciit"]),
        ("Warga Gaza mengungsi.", "Gazan residents fled.", []),
        ("Cincin Saturnus terlihat.", "The rings of Saturn were seen.", []),
        ("Kuil di Efesus itu tua.", "The temple in Ephesus is old.", []),
        ("Ipda Budi hadir.", "Second Insp. Budi was there.", []),
        ("Hidroksiklorokuin diuji.", "Hydroxychloroquine was tested.", []),
        ("Pengusaha kecil hadir.", "The MSMEs and PLBs were there.", []),
        ("Menteri itu tiba di Jakarta.", "The Minister arrived in Jakarta.", []),
    ],
)
def test_names_that_nothing_has_are_reported(
    source: str, hypothesis: str, strange: list[str]
) -> None:
    assert made_up(source, hypothesis) == strange


def test_the_judge_reports_a_name_that_nothing_has() -> None:
    from toolkit.translate.judge import Judge

    checks = Judge()("Proyek MRT dimulai.", "The MRT project, Traciit, began.").checks
    assert ("name", "warning") in {(c.kind, c.severity) for c in checks}
