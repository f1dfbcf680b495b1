"""Form of hypotheses: spacing, stray symbols, quotes, capitals."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translate.tidy import balance_quotes, tidy


def _text(source: str, hypothesis: str) -> str:
    return tidy(source, hypothesis)[0]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("It rained , then stopped .", "It rained, then stopped."),
        ("The price ( old ) rose", "The price (old) rose"),
        ("It  rained\n today.", "It rained today."),
        ("It rained..", "It rained."),
        ("it rained.", "It rained."),
        ('It rained," he said, " and will rain." ', 'It rained," he said, "and will rain."'),
        ('"Rain," he said, " is near."', '"Rain," he said, "is near."'),
        ('He called it " rain " today.', 'He called it "rain" today.'),
        ("iPhone sales rose.", "iPhone sales rose."),
        ("Prices rose .5 percent", "Prices rose .5 percent"),
        ("It opens in mid- January.", "It opens in mid-January."),
        ("Small- and medium-sized firms", "Small- and medium-sized firms"),
        ("Solo- He left.", "Solo- He left."),
        ("He left on Oct. 04, 2016.", "He left on Oct. 4, 2016."),
        ("Club Schalke 04 won.", "Club Schalke 04 won."),
    ],
)
def test_spacing_and_capitals(raw: str, wanted: str) -> None:
    assert _text("Hujan turun.", raw) == wanted


def test_a_hyphen_of_the_source_is_joined() -> None:
    assert _text("jalur Solo - Klaten macet", "the Solo- Klaten line") == "the Solo-Klaten line"


def test_a_lower_case_source_keeps_a_lower_case_hypothesis() -> None:
    assert _text("hujan turun", "it rained") == "it rained"


@pytest.mark.parametrize("raw", ["▪ It rained.", "It rained. ▪", "•■ It rained.", "It rained. ⁇"])
def test_stray_symbols_at_the_edges_are_removed_and_reported(raw: str) -> None:
    text, checks = tidy("Hujan turun.", raw)
    assert text == "It rained."
    assert [(c.kind, c.severity) for c in checks] == [("repaired", "info")]


@pytest.mark.parametrize(
    ("source", "raw", "wanted"),
    [
        ("Polisi tiba.", "The police police arrived.", "The police arrived."),
        ("Polisi tiba.", "The police police police arrived.", None),
        ("Ia ke Bora Bora.", "He went to Bora Bora.", None),
        ("Ia ke Bora-Bora.", "He went to Bora Bora.", None),
        ("Ia bilang begitu.", "He said that that was so.", None),
        ("Ia ke sana.", "He went there-there.", None),
    ],
)
def test_a_doubled_word_is_taken_out_once(source: str, raw: str, wanted: str | None) -> None:
    text, checks = tidy(source, raw)
    assert text == (wanted or raw)
    assert [c.kind for c in checks] == (["repaired", "repetition"] if wanted else [])


def test_a_doubled_function_word_is_no_loss() -> None:
    text, checks = tidy("Polisi tiba.", "The the police arrived at the the gate.")
    assert text == "The the police arrived at the gate."
    assert [c.kind for c in checks] == ["repaired"]


def test_entities_become_characters_unless_the_source_has_them() -> None:
    text, checks = tidy('"Hujan & angin."', "&quot;Rain &amp; wind&#39;s.&quot;")
    assert text == '"Rain & wind\'s."'
    assert [c.kind for c in checks] == ["repaired"]
    assert tidy("Tulis &amp; saja.", "Just write &amp; there.")[0] == "Just write &amp; there."


def test_a_bullet_of_the_source_stays() -> None:
    assert tidy("• Hujan turun.", "• It rained.") == ("• It rained.", [])


@pytest.mark.parametrize(
    ("source", "raw", "wanted"),
    [
        ('"Hujan turun," katanya.', 'It rained," he said.', '"It rained," he said.'),
        ('"Hujan turun."', '"It rained.', '"It rained."'),
        ('Katanya "hujan turun".', 'He said "it rained.', 'He said "it rained."'),
        ('"Hujan turun sejak pagi.', '"It has rained since morning.', None),
        ("Hujan turun.", 'It 5" rained.', None),
    ],
)
def test_quotes_are_balanced_only_where_the_place_is_certain(
    source: str, raw: str, wanted: str | None
) -> None:
    assert balance_quotes(source, raw) == (wanted or raw)


@given(st.text(max_size=40), st.text(max_size=40))
def test_tidying_twice_is_tidying_once_and_letters_stay(source: str, raw: str) -> None:
    once, _ = tidy(source, raw)
    assert tidy(source, once)[0] == once
    assert {w.lower() for w in _words(once)} == {w.lower() for w in _words(raw)}


def _words(text: str) -> list[str]:
    return re.findall(r"[a-zA-Z0-9]+", html.unescape(text))


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("The 1nd bridge and the 21th, 31th", "The 1st bridge and the 21st, 31st"),
        ("the 11st, 12nd, 13rd and 111st time", "the 11th, 12th, 13th and 111th time"),
        ("the 52th, 1,023th and 40rd", "the 52nd, 1,023rd and 40th"),
        ("the 2nd, 3rd, 4th and 20th B21th 1.2th", "the 2nd, 3rd, 4th and 20th B21th 1.2th"),
    ],
)
def test_ordinals_get_their_ending(written: str, right: str) -> None:
    text, checks = tidy(written, written)
    assert text == right
    assert bool(checks) == (written != right)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("It sank on Tuesday (3/2/2026) night.", "It sank on Tuesday night (3/2/2026)."),
        ("On Friday (Feb. 6) morning it rose.", "On Friday morning (Feb. 6) it rose."),
        ("On Friday (a holiday) nightlife stops.", "On Friday (a holiday) nightlife stops."),
    ],
)
def test_the_part_of_the_day_stands_beside_the_weekday(raw: str, wanted: str) -> None:
    assert tidy("Kapal itu tenggelam.", raw)[0] == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("It is a export of a old firm.", "It is an export of an old firm."),
        ("He saw a uniform, a European, a one-off.", "He saw a uniform, a European, a one-off."),
        ("See letter a of a rule.", "See letter a of a rule."),
        ("Plan a and plan b.", "Plan a and plan b."),
    ],
)
def test_an_stands_before_vowels(raw: str, wanted: str) -> None:
    assert tidy("Itu sebuah ekspor.", raw)[0] == wanted


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (
            "He backs a trilateral talks mediated by Qatar.",
            "He backs trilateral talks mediated by Qatar.",
        ),
        ("A peace talks in Doha failed.", "Peace talks in Doha failed."),
        ("They held a round of talks in Doha.", "They held a round of talks in Doha."),
        ("He led a trade talks team to Doha.", "He led a trade talks team to Doha."),
        ("A man talks to a few talks experts.", "A man talks to a few talks experts."),
        ("It came a day after talks in Doha.", "It came a day after talks in Doha."),
    ],
)
def test_talks_have_no_singular_article(raw: str, wanted: str) -> None:
    assert tidy("Perundingan itu gagal.", raw)[0] == wanted
