"""Rewording: words that a translation has lost, and the search with them in English."""

from __future__ import annotations

import itertools
import json
import lzma
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.build_reranker import sense_lines
from tests.marian_fixture import ENGLISH, INDONESIAN, checkpoint, converted
from tests.test_translate_guard import Script
from toolkit.translate import open_translator
from toolkit.translate.base import Decoding
from toolkit.translate.ctranslate2 import CTranslate2Backend
from toolkit.translate.guard import GuardedTranslator
from toolkit.translate.opening import article_decoding
from toolkit.translate.senses import DATA, Gap, gaps, rewordings, senses, table

SOURCE = "Perbaikan jembatan dan penggantian rel menelan anggaran besar."
LOSSY = "The repair of bridges and the replacement swallowed a large budget."
WHOLE = "The repair of bridges and the replacement of the tracks swallowed a large budget."


def test_a_lost_word_is_found_and_filled_in() -> None:
    found = gaps(SOURCE, LOSSY)
    assert [SOURCE[g.start : g.end] for g in found] == ["rel"]
    assert "tracks" in found[0].senses
    assert SOURCE.replace("rel", "tracks") in rewordings(SOURCE, found)


@pytest.mark.parametrize("hypothesis", [WHOLE, WHOLE.replace("tracks", "rails")])
def test_what_is_said_in_any_known_way_is_no_gap(hypothesis: str) -> None:
    assert gaps(SOURCE, hypothesis) == []


def test_a_copied_word_counts_as_lost_unless_english_has_it() -> None:
    source = "Banjir merendam tiga kecamatan lewat saluran via bendungan."
    lost = gaps(source, "Floods inundated three kecamatan through channels via the dam.")
    assert [source[g.start : g.end] for g in lost] == ["kecamatan"]


def test_names_and_small_words_are_passed_over() -> None:
    assert gaps("Wali Kota Batu yang itu juga di sana.", "") == gaps("Wali", "")


def test_the_opening_word_keeps_its_capital() -> None:
    found = gaps("Rel rusak.", "Damaged.")
    assert rewordings("Rel rusak.", found)[0].startswith(found[0].senses[0].capitalize())


@given(st.text(max_size=60), st.text(max_size=60))
def test_gaps_are_spans_of_the_source(source: str, hypothesis: str) -> None:
    found = gaps(source, hypothesis)
    assert all(0 <= g.start < g.end <= len(source) and g.senses for g in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert len(rewordings(source, found)) <= 7


def test_all_gaps_are_filled_together_last() -> None:
    made = rewordings("aa bb.", [Gap(0, 2, ("x", "y")), Gap(3, 5, ("z",))])
    assert made == ["x bb.", "y bb.", "aa z.", "x z."]


def test_the_table_holds_lower_case_words_and_per_cent() -> None:
    assert len(table()) > 10_000
    for word in table():
        english = senses(word)
        assert word == word.lower()
        assert english
        assert all(e.isalpha() and 2 <= p <= 100 for e, p in english)
        assert [p for _, p in english] == sorted((p for _, p in english), reverse=True)
    assert len(lzma.decompress(DATA.read_bytes())) < 4_000_000


def test_the_table_can_be_built_from_pairs() -> None:
    pairs = [
        ("kucing hitam tidur", "the black cat sleeps"),
        ("kucing putih makan", "the white cat eats"),
        ("anjing hitam makan", "the black dog eats"),
        ("anjing putih tidur", "the white dog sleeps"),
    ] * 6
    made = {line.split("\t")[0]: line.split("\t")[1] for line in sense_lines(pairs)}
    assert made["kucing"].startswith("cat ")
    assert made["hitam"].startswith("black ")


def test_scores_are_those_of_the_search_and_of_the_reference_engine() -> None:
    import torch
    from transformers import MarianMTModel

    backend = CTranslate2Backend(converted("marian-pad", "float32"), compute_type="float32")
    source = backend.tokenize(INDONESIAN[:1])[0].tokens
    work = backend.submit([source], Decoding(beam_size=3, max_length=40), best=3)
    found = work.result()[0]
    assert backend.score([source] * 3, found)() == pytest.approx(work.scores[0], abs=2e-3)
    said = backend.tokenize(ENGLISH[1:2])[0].tokens
    vocabulary = json.loads((checkpoint("marian-pad") / "vocab.json").read_text(encoding="utf-8"))
    model = MarianMTModel.from_pretrained(checkpoint("marian-pad")).eval()
    read, ids = ([vocabulary[t] for t in side] for side in (source, said))
    with torch.no_grad():
        first = torch.tensor([[model.config.decoder_start_token_id, *ids[:-1]]])
        logits = model(input_ids=torch.tensor([read]), decoder_input_ids=first).logits[0]
    logits[:, model.config.pad_token_id] = -float("inf")
    mean = float(logits.log_softmax(-1)[range(len(ids)), ids].mean())
    assert backend.score([source], [said[:-1]])() == pytest.approx([mean], abs=1e-3)


class Scoring(Script):
    """Loses a word of the source unless it is in English there."""

    scores_hypotheses = True

    def __init__(self, reworded: str = WHOLE) -> None:
        super().__init__(lambda text, _: [reworded if "tracks" in text else LOSSY])
        self.certainty = -0.25

    def score(
        self, sources: Sequence[list[str]], targets: Sequence[list[str]]
    ) -> Callable[[], list[float]]:
        assert all("tracks" not in s for s in sources)
        return lambda: [-0.25] * len(targets)


THOROUGH = Decoding(beam_size=4, rerank=True)


def test_a_better_translation_of_the_reworded_source_is_taken_and_noted() -> None:
    backend = Scoring()
    found = GuardedTranslator(backend, THOROUGH, retries="thorough").translate([SOURCE, "", SOURCE])
    assert found[0] == found[2]
    assert found[0].text == WHOLE
    assert any("'rel'" in c.detail for c in found[0].checks if c.kind == "retried")


@pytest.mark.parametrize(
    ("reworded", "decoding", "retries"),
    [
        (WHOLE.replace("budget", "12 budget"), THOROUGH, "thorough"),  # flagged
        ("Tracks tracks tracks of of of the the.", THOROUGH, "thorough"),  # no better
        (WHOLE, THOROUGH, True),
        (WHOLE, Decoding(beam_size=4), "thorough"),
    ],
)
def test_otherwise_the_first_translation_stays(
    reworded: str, decoding: Decoding, retries: bool
) -> None:
    translator = GuardedTranslator(Scoring(reworded), decoding, retries=retries)
    assert translator.translate([SOURCE])[0].text == LOSSY


def test_the_embedded_model_rewords_alike_alone_and_among_others() -> None:
    sentences = [
        "Kementerian menyatakan penggantian rel sepanjang 48,5 kilometer menghabiskan anggaran.",
        "Kelompok warga meminta pemerintah menambah palang pintu di tujuh perlintasan sebidang.",
        "Nelayan di pesisir selatan menjual kerapu dan tongkol di dermaga.",
    ]
    translator = open_translator("embedded", decoding=article_decoding, retries="thorough")
    together = translator.translate(sentences)
    assert [translator.translate([s])[0] for s in sentences] == together


def test_without_the_guard_nothing_is_searched_again() -> None:
    backend = Scoring()
    translator = GuardedTranslator(backend, THOROUGH, guard=False, retries="thorough")
    assert translator.translate([SOURCE])[0].text == LOSSY
    assert len(backend.calls) == 1
