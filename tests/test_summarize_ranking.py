"""Rankers: order, ties, scale, weights file."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from tests.helpers import make_document
from toolkit.errors import ModelError
from toolkit.summarize.base import Extractive
from toolkit.summarize.centrality import DENSE_LIMIT, centrality_scores
from toolkit.summarize.features import FEATURES, sentence_features
from toolkit.summarize.lexical import content_words, overlap, tfidf, words
from toolkit.summarize.pipeline import open_summarizer
from toolkit.summarize.ranker import WEIGHTS, load_weights

NAMES = ("lead", "centrality", "ranker")


@pytest.mark.parametrize("name", NAMES)
def test_contract(name: str) -> None:
    document = make_document(
        [["Judul bagian"], ["Harga beras naik di Medan.", "Harga beras turun di Aceh."]],
        kinds=["heading", "text"],
    )
    summariser = open_summarizer(name)
    assert isinstance(summariser, Extractive)
    assert summariser.name == name
    ranked = summariser.rank(document)
    assert sorted(r.sentence_id for r in ranked) == [1, 2], "headings are never ranked"
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert summariser.rank(document) == ranked
    assert summariser.rank(make_document([])) == []


def test_central_sentence_wins() -> None:
    texts = [
        "Hujan lebat mengguyur pesisir sejak subuh.",
        "Banjir merendam jalan utama kota.",
        "Banjir di jalan utama kota membuat sekolah dan pasar tutup.",
        "Sekolah dan pasar tutup dua hari.",
    ]
    scores = centrality_scores(tfidf([content_words(t) for t in texts]))
    assert max(range(4), key=scores.__getitem__) == 2
    assert max(scores) == 1.0


def test_centrality_of_long_documents_uses_the_centroid() -> None:
    bags = [[f"kata{i}", "banjir"] for i in range(DENSE_LIMIT + 5)] + [["lain"]]
    scores = centrality_scores(tfidf(bags))
    assert scores[-1] < scores[0]


def test_words_lose_clitics_and_keep_numbers() -> None:
    assert words("Pemerintahnya membeli 1.200,5 ton") == ["pemerintah", "membeli", "1.200,5", "ton"]
    assert overlap(["a", "b"], ["b"]) == 0.5


def test_features_have_one_value_each() -> None:
    document = make_document([["Satu dua tiga empat.", "Ia pergi?"]], title="Satu dua")
    _, rows = sentence_features(document)
    assert {len(row) for row in rows} == {len(FEATURES)}
    values = dict(zip(FEATURES, rows[1], strict=True))
    assert values["dangling"] == 1.0
    assert values["question"] == 1.0


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    raw = json.loads(WEIGHTS.read_text())
    raw["features"] = raw["features"][1:]
    (tmp_path / "w.json").write_text(json.dumps(raw))
    with pytest.raises(ModelError, match="other features"):
        load_weights(tmp_path / "w.json")
    (tmp_path / "w.json").write_text("{")
    with pytest.raises(ModelError, match="can't be read"):
        load_weights(tmp_path / "w.json")


def test_ranker_beats_lead_on_held_out_labels(shared: Path) -> None:
    """On IndoSum's fold dev.05 (never trained on) the ranker finds more labelled sentences."""
    path = shared / "data/summaries/indosum.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [r for r in map(json.loads, lines) if r["split"] == "dev.05"][:150]
    hits = {"lead": 0, "ranker": 0}
    for row in rows:
        document = make_document([row["sentences"]])
        labels = set(row["ext_labels"])
        for name in hits:
            top = [r.sentence_id for r in open_summarizer(name).rank(document)[: len(labels)]]
            hits[name] += len(labels & set(top))
    assert hits["ranker"] > hits["lead"]
