"""Garbled names get the spelling of the source; what may be meant so is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translate.judge import Judge
from toolkit.translate.name_repair import repair_names


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
