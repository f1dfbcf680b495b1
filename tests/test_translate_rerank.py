"""Reranking: tables, the n-gram model, the lexicon, and what the guard does with them."""

from __future__ import annotations

import lzma
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.build_reranker import fluency_tables, lexicon_tables
from scripts.build_reranker import main as build
from tests.test_translate_guard import Script
from toolkit.errors import ModelError, UsageError
from toolkit.translate import open_translator
from toolkit.translate import rerank as rerank_module
from toolkit.translate.base import Decoding
from toolkit.translate.fluency import BEGIN, END, UNKNOWN, NGramModel
from toolkit.translate.guard import GuardedTranslator
from toolkit.translate.opening import article_decoding, open_backend
from toolkit.translate.rerank import Reranker, default_reranker
from toolkit.translate.tables import Table, classed, keys, ngram_bits, packed, word_ids, words

TEXTS = [
    "The minister opened the new bridge.",
    "The minister opened the new market.",
    "The governor closed the old bridge in Padang.",
    "The governor opened the old market in Padang.",
    "A fisherman sold fish in the new market.",
    "A fisherman saw the minister in Padang.",
]
PAIRS = [
    ("kucing hitam tidur", "the black cat sleeps"),
    ("kucing putih makan", "the white cat eats"),
    ("anjing hitam makan", "the black dog eats"),
    ("anjing putih tidur", "the white dog sleeps"),
] * 3


def test_words_are_lower_case_marks_apart_and_numbers_alike() -> None:
    found = words("Xi's 1.5-hour call (Feb. 4), it’s “over”")
    assert " ".join(found) == "xi 's 1 . 5 - hour call ( feb . 4 ) , it 's “ over ”"
    assert " ".join(classed(found)).startswith("xi 's 0 . 0 - hour call ( feb . 0 )")


@settings(deadline=None)  # the first example loads the tables
@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_text_has_finite_features(texts: list[str]) -> None:
    for fluency, explained in default_reranker().features(["Harga naik."], [texts or [""]]):
        assert np.isfinite(fluency).all()
        assert np.isfinite(explained).all()


def test_a_table_gives_back_its_values_and_knows_what_it_lacks() -> None:
    names = [f"kata{i}" for i in range(5000)]
    bits = ngram_bits(word_ids(names), 1)
    values = np.linspace(-9, -1, 5000)
    table = Table(packed("t", bits, values), "t")
    place, found = table.find(keys(bits))
    assert found.all()
    assert np.abs(table.values(place) - values).max() <= 8 / 256
    other = keys(ngram_bits(word_ids([f"lain{i}" for i in range(5000)]), 1))
    assert table.find(other)[1].sum() <= 2


def test_an_ngram_depends_on_its_words_and_their_order() -> None:
    ids = word_ids(["a", "b", "a", "b", "c"])
    bits = ngram_bits(ids, 2)
    assert bits[0] == 0
    assert bits[1] == bits[3]
    assert len({int(b) for b in bits[1:]}) == 3


@pytest.mark.parametrize("context", [[], [BEGIN], [BEGIN, "the"], ["in", "the"], ["old", "fish"]])
def test_probabilities_of_the_next_word_sum_to_one(context: list[str]) -> None:
    model = NGramModel(fluency_tables(TEXTS, order=3, least=1))
    vocabulary = {w for t in TEXTS for w in words(t)}
    seen = [w for w in vocabulary if sum(words(t).count(w) for t in TEXTS) > 1]
    total = 0.0
    for word in [*seen, END, UNKNOWN]:
        ids = word_ids([*context, word])
        before = np.arange(len(ids)) + 3  # as if more words stood before: no edge here
        if context[:1] == [BEGIN]:
            before -= 3
        logs = model._logs(ids, np.minimum(before, np.arange(len(ids))))
        total += math.exp(logs[-1])
    assert total == pytest.approx(1.0, abs=1e-5)


def test_what_was_read_is_likelier_than_its_shuffle() -> None:
    model = NGramModel(fluency_tables(TEXTS, order=3, least=1))
    good, bad = model.mean(
        ["The minister opened the old bridge.", "Bridge old the opened minister the."]
    )
    assert good > bad + 0.5
    alone = model.mean(["The minister opened the old bridge."])
    assert alone[0] == pytest.approx(good, abs=1e-12)


def test_the_lexicon_tells_a_loss_from_a_translation() -> None:
    arrays = fluency_tables(TEXTS) | lexicon_tables(PAIRS, seen=1)
    explained = Reranker(arrays).features(
        ["kucing hitam makan"], [["the black cat eats", "the black dog eats", "the cat eats"]]
    )[0][1]
    assert explained.argmax() == 0


@pytest.mark.parametrize(
    ("source", "worse", "better"),
    [
        (
            "Presiden baru saja melakukan panggilan telepon dengan rekannya.",
            "The president has just called on a phone call with his counterpart.",
            "The president has just made a phone call with his counterpart.",
        ),
        (
            "Kedua menteri berbicara lewat telepon pada hari Kamis.",
            "The two ministers held talks on Thursday.",
            "The two ministers held talks by telephone on Thursday.",
        ),
        (
            "Bantuan itu diterima 1.250 keluarga.",
            "The aid was received by 1,520 families.",
            "The aid was received by 1,250 families.",
        ),
        (
            "Bupati meminta warga merapatkan barisan.",
            "The regent asked residents to meeting the ranks.",
            "The regent asked residents to close ranks.",
        ),
    ],
)
def test_fluent_and_whole_hypotheses_win_when_the_model_hardly_cares(
    source: str, worse: str, better: str
) -> None:
    lengths = [[len(worse.split()) + 2, len(better.split()) + 2]]
    order = default_reranker().order([source], [[worse, better]], [[-0.25, -0.27]], lengths)
    assert order == [[1, 0]]


def test_equal_hypotheses_stay_in_order_and_the_model_is_heard() -> None:
    reranker = default_reranker()
    text = "The price of rice rose."
    assert reranker.order(["Harga beras naik."], [[text] * 3], [[-0.3] * 3], [[7] * 3]) == [
        [0, 1, 2]
    ]
    far = reranker.order(
        ["Harga beras naik."], [[text, "The rice price rose."]], [[-0.2, -3]], [[7, 7]]
    )
    assert far == [[0, 1]]


def test_the_tables_can_be_built_from_cleaned_pairs(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        '{"sources": {"a": {"domain": "news"}, "b": {"domain": "ui"}, '
        '"c": {"domain": "news", "left_out": "x"}}}',
        encoding="utf-8",
    )
    lines = [f"{s}\t{t}" for s, t in PAIRS] + [f"{t}\t{t}" for t in TEXTS]
    (tmp_path / "a.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "tables.npz"
    senses = tmp_path / "senses.tsv.xz"
    assert build(["--clean", str(tmp_path), "--out", str(out), "--senses", str(senses)]) == 0
    assert "kucing\tcat" in lzma.decompress(senses.read_bytes()).decode()
    with np.load(out, allow_pickle=False) as arrays:
        assert Reranker(dict(arrays)).features(["kucing"], [["cat"]])


class Scored(Script):
    """Answers with two hypotheses that the model finds nearly alike."""

    scores_hypotheses = True

    def __init__(self, first: str, second: str) -> None:
        super().__init__(lambda _text, _decoding: [first, second])
        self.certainty = -0.25


SOURCE = "Menteri baru saja melakukan panggilan telepon."
ODD, PLAIN = (
    "The minister has just called on a phone call.",
    "The minister has just made a phone call.",
)


@pytest.mark.parametrize("guard", [True, False])
def test_the_guard_takes_the_reranked_hypothesis(guard: bool) -> None:
    plain = GuardedTranslator(Scored(ODD, PLAIN), Decoding(beam_size=2), guard=guard)
    chosen = GuardedTranslator(Scored(ODD, PLAIN), Decoding(beam_size=2, rerank=True), guard=guard)
    assert plain.translate([SOURCE])[0].text == ODD
    assert chosen.translate([SOURCE, "", SOURCE])[2].text == PLAIN
    assert plain.signature != chosen.signature


def test_a_flagged_choice_gives_way_to_a_clean_hypothesis() -> None:
    class Sure(Scored):
        def submit(
            self, sources: Sequence[list[str]], decoding: Decoding, *, best: int = 1
        ) -> Script.Work:
            work = super().submit(sources, decoding, best=best)
            work.scores = [[-0.1, -4.0][:best] for _ in sources]
            return work

    wrong, right = "The minister made 13 phone calls.", "Ministers make 12 telephone call."
    translator = GuardedTranslator(Sure(wrong, right), Decoding(beam_size=2, rerank=True))
    found = translator.translate(["Menteri melakukan 12 panggilan telepon."])[0]
    assert found.text == right
    assert "retried" in {c.kind for c in found.checks}


def test_reranking_needs_scores() -> None:
    with pytest.raises(UsageError, match="echo translator does not score"):
        open_translator("echo", decoding=Decoding(rerank=True))


def test_articles_are_reranked_where_that_can_be_done() -> None:
    echo, embedded = open_backend("echo"), open_backend("embedded")
    assert article_decoding(echo) == Decoding()
    assert article_decoding(embedded) == Decoding(beam_size=16, rerank=True)
    assert article_decoding(embedded, beam_size=1) == Decoding(beam_size=1)
    assert article_decoding(embedded, beam_size=6) == Decoding(beam_size=6, rerank=True)
    assert article_decoding(embedded, rerank=False) == Decoding()


def test_the_embedded_model_translates_alike_alone_and_among_others() -> None:
    sentences = [
        "Harga beras naik 5 persen.",
        "Gubernur membuka pasar ikan yang baru di Padang.",
        "Menteri Luar Negeri bertemu dengan utusan khusus Amerika Serikat pada hari Rabu.",
    ]
    translator = open_translator("embedded", decoding=article_decoding)
    together = translator.translate(sentences)
    assert [translator.translate([s])[0] for s in sentences] == together


def test_missing_tables_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerank_module, "DATA", tmp_path / "rerank.npz")
    default_reranker.cache_clear()
    try:
        with pytest.raises(ModelError, match="--no-rerank"):
            default_reranker()
        (tmp_path / "rerank.npz").write_bytes(b"PK\x03\x04 broken")
        with pytest.raises(ModelError, match=r"rerank\.npz is missing or damaged"):
            default_reranker()
    finally:
        default_reranker.cache_clear()
