"""Extractiveness, support, furniture, length, readability, efficiency: counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.metrics import Item, open_metric, score
from toolkit.metrics.efficiency import peak_bytes, peak_memory
from toolkit.metrics.extractive import fragments
from toolkit.metrics.furniture import leaks
from toolkit.metrics.support import unsupported_words
from toolkit.metrics.words import content_words, stem, syllables, words

ARTICLE = "the mayor opened the new bridge on friday and the band played"


def value(name: str, hypothesis: str, **more: object) -> float | None:
    return score(open_metric(name), [Item("a", hypothesis, **more)]).value  # type: ignore[arg-type]


def test_fragments_are_greedy_and_longest() -> None:
    summary = "the mayor opened a bridge and the band played".split()
    assert fragments(ARTICLE.split(), summary) == [3, 1, 4]


word = st.sampled_from("a b c d e".split())


@given(st.lists(word, max_size=30), st.lists(word, max_size=20))
def test_fragments_cover_what_is_shared_and_no_more(article: list[str], summary: list[str]) -> None:
    found = fragments(article, summary)
    assert sum(found) == sum(w in set(article) for w in summary)
    assert all(n >= 1 for n in found)


def test_coverage_density_novelty() -> None:
    summary = "The mayor opened a bridge and the band played."
    assert value("coverage", summary, article=ARTICLE) == pytest.approx(100 * 8 / 9)
    assert value("density", summary, article=ARTICLE) == pytest.approx((9 + 1 + 16) / 9)
    assert value("novelty", summary, article=ARTICLE) == pytest.approx(100 * 3 / 8)
    assert value("coverage", ARTICLE, translation=ARTICLE) == 100
    assert value("novelty", ARTICLE, translation=ARTICLE) == 0


def test_own_article_comes_before_the_reference_and_the_signature_says_so() -> None:
    item = Item("a", "x y", translation="q", article="x y")
    found = score(open_metric("coverage"), [item])
    assert found.value == 100
    assert "article:own" in found.signature
    assert "article:reference" in score(open_metric("unsupported"), [item]).signature


def test_unsupported_words_by_stem_and_source() -> None:
    item = Item(
        "a",
        "The mayor opens bridges in Sragen for 90 pandas.",
        source="Wali kota Sragen",
        translation=ARTICLE,
    )
    assert unsupported_words(item) == (["90", "pandas"], 6)
    assert score(open_metric("unsupported"), [item]).value == pytest.approx(100 * 2 / 6)


@pytest.mark.parametrize(
    "text",
    [
        "Read also: Ten facts about rice",
        "Also read: More on this",
        "Editor: Sari Dewi",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Copyright © Example 2025",
        "Baca juga: Harga beras naik",
        "Follow us on the news channel",
        "KABAR.ID - The regent spoke on Monday.",
        "Sragen (ANTARA) - The regent spoke.",
    ],
)
def test_furniture_is_recognised(text: str) -> None:
    assert leaks(text)
    assert value("furniture", text) == 100


@pytest.mark.parametrize(
    "text",
    [
        "The firm is also ready to invest.",
        "The reporter said the editor had left.",
        "Advertisements were taken down by officials.",
        "He read the report and also a letter.",
        "The company's photo of the port was shown.",
        "He arrived two hours ago.",
    ],
)
def test_plain_sentences_are_no_furniture(text: str) -> None:
    assert leaks(text) == []


def test_length_and_compression() -> None:
    assert value("length", "one two three") == 3
    assert value("compression", "one two", source="a b c d e f") == 3
    assert value("compression", "", source="a b") is None


def test_flesch_by_hand() -> None:
    # 6 words, 2 sentences, 6 syllables.
    expected = 206.835 - 1.015 * 3 - 84.6 * 1
    assert value("flesch", "The cat sat. The dog ran.") == pytest.approx(expected)
    assert value("flesch", "") is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("cat", 1),
        ("minister", 3),
        ("table", 2),
        ("make", 1),
        ("opened", 2),
        ("asked", 1),
        ("wanted", 2),
        ("tree", 1),
        ("rhythm", 1),
        ("1990", 1),
    ],
)
def test_syllables(text: str, count: int) -> None:
    assert syllables(text) == count


def test_words_keep_inner_apostrophes_and_drop_the_possessive() -> None:
    assert words("Sari's dog isn’t 12-year-old") == ["sari", "dog", "isn't", "12", "year", "old"]
    assert content_words("The mayor said 12 dogs ran") == ["mayor", "dogs", "ran"]
    assert stem("bridges") == stem("bridge")


def test_efficiency() -> None:
    items = [Item("a", "x", seconds=1.0, sentences=10), Item("b", "x", seconds=3.0, sentences=10)]
    assert score(open_metric("seconds"), items).value == 2
    found = score(open_metric("sentences-per-second"), items)
    assert found.value == 5
    assert "machine:" in found.signature
    peak = peak_bytes()
    assert peak is None or peak > 1_000_000
    assert peak_memory(3 * 2**20).value == 3
