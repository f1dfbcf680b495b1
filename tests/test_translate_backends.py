"""The two engines: equal tokens, batch independence, families, damaged files.

Checkpoints are tiny and random (``marian_fixture``), their tokenisers and engines are real.
"""

from __future__ import annotations

import functools
import random
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.marian_fixture import ENGLISH, INDONESIAN, checkpoint, converted
from toolkit import config
from toolkit.errors import ModelError, UsageError
from toolkit.translate import open_translator
from toolkit.translate.base import Decoding, TokenBackend
from toolkit.translate.ctranslate2 import CTranslate2Backend
from toolkit.translate.transformers import TransformersBackend

LEARNT = [s for s, e in zip(INDONESIAN, ENGLISH, strict=True) if "We " not in e]
"""What the small models translate without doubt; the W of the other has no piece."""
GREEDY, BEAM = Decoding(beam_size=1, max_length=48), Decoding(beam_size=4, max_length=48)


def tokens(backend: TokenBackend, segments: list[str], decoding: Decoding) -> list[list[str]]:
    sources = [e.tokens for e in backend.tokenize(segments)]
    return [h[0] for h in backend.submit(sources, decoding).result()]


@functools.cache
def engines(kind: str, **options: Any) -> tuple[CTranslate2Backend, TransformersBackend]:
    fast = CTranslate2Backend(
        converted(kind, "float32"), compute_type="float32", threads=1, **options
    )
    return fast, TransformersBackend(checkpoint(kind), threads=1, **options)


# The random weights of T5 soon score several hypotheses alike to the last bit, above all in a beam.
@pytest.mark.parametrize(
    ("kind", "decoding"),
    [(k, GREEDY) for k in ("marian", "marian-pad", "nllb", "mbart", "t5", "mt5")]
    + [(k, BEAM) for k in ("marian", "marian-pad", "nllb", "mbart")],
)
def test_both_engines_give_equal_tokens(kind: str, decoding: Decoding) -> None:
    fast, reference = engines(kind)
    sentences = LEARNT[:8]
    if decoding is GREEDY:
        # On what the small models were not trained for, they keep several hypotheses about alike,
        # and the processor's last bits decide which of them a beam drops.
        sentences = [*sentences, "Kapal tua itu tenggelam.", "Harga kopi naik 12 persen."]
    if kind in ("t5", "mt5"):
        sentences, decoding = LEARNT[:5], replace(decoding, max_length=4)
    ours, theirs = tokens(fast, sentences, decoding), tokens(reference, sentences, decoding)
    assert ours == theirs
    assert any(ours)


def test_the_engine_says_how_far_it_has_come() -> None:
    work = engines("marian")[0].submit(
        [e.tokens for e in engines("marian")[0].tokenize(INDONESIAN)], BEAM
    )
    taking = threading.Thread(target=work.result)
    taking.start()
    while taking.is_alive():
        assert 0 <= work.share() <= 1
        time.sleep(0.001)
    assert work.share() == 1


def test_the_pad_row_is_folded_and_matters() -> None:
    """Without folding, a checkpoint whose pad row is not zero loses its first words."""
    fast, _ = engines("marian-pad")
    assert fast.generate(INDONESIAN[:3], BEAM) == ENGLISH[:3]


def test_both_engines_give_equal_texts() -> None:
    fast, reference = engines("marian")
    assert fast.generate(LEARNT, BEAM) == reference.generate(LEARNT, BEAM)
    assert fast.generate(INDONESIAN[:5], BEAM) == ENGLISH[:5]


@pytest.mark.parametrize("engine", [0, 1], ids=["ctranslate2", "transformers"])
def test_the_first_hypothesis_does_not_depend_on_how_many_are_wanted(engine: int) -> None:
    backend = engines("marian")[engine]
    sources = [e.tokens for e in backend.tokenize(INDONESIAN)]
    one = backend.submit(sources, BEAM).result()
    four = backend.submit(sources, BEAM, best=4).result()
    assert [len(h) for h in one] == [1] * len(sources)
    assert [len(h) for h in four] == [4] * len(sources)
    assert [h[0] for h in one] == [h[0] for h in four]


def test_equal_tokens_on_the_starter_model(shared: Path, tmp_path: Path) -> None:
    from toolkit.models.conversion import convert

    starter = shared / "models" / "id-en-starter"
    if not starter.is_dir():
        pytest.skip("needs ../shared/models/id-en-starter")
    convert(starter, tmp_path / "starter", quantization="float32")
    fast = CTranslate2Backend(tmp_path / "starter", compute_type="float32", threads=1)
    reference = TransformersBackend(starter, threads=1)
    lines = (shared / "data/dev/news-valid.tsv").read_text(encoding="utf-8").splitlines()[:6]
    sentences = [line.split("\t")[0] for line in lines]
    assert fast.tokenize(sentences) == reference.tokenize(sentences)
    decoding = Decoding(beam_size=4, max_length=80)
    assert tokens(fast, sentences, decoding) == tokens(reference, sentences, decoding)


# Languages and prefix.


def test_language_codes_frame_the_source_and_force_the_target() -> None:
    fast, reference = engines("nllb")
    assert fast.tokenize(["Hujan."])[0].tokens[0] == "ind_Latn"
    assert fast.tokenize(["Hujan."]) == reference.tokenize(["Hujan."])
    malay, _ = engines("nllb", source_lang="zsm_Latn")
    assert malay.tokenize(["Hujan."])[0].tokens[0] == "zsm_Latn"
    assert malay.signature != fast.signature
    french, french_reference = engines("nllb", target_lang="fra_Latn")
    assert tokens(french, INDONESIAN[:4], GREEDY) == tokens(
        french_reference, INDONESIAN[:4], GREEDY
    )
    with pytest.raises(UsageError, match=r"does not know the language 'ind_Latin'; .*ind_Latn"):
        engines("nllb", source_lang="ind_Latin")


def test_a_text_prefix_is_for_t5_alone() -> None:
    fast, reference = engines("t5", prefix="terjemahkan: ")
    default, _ = engines("t5")
    long, short = default.count_tokens("Hujan."), fast.count_tokens("Hujan.")
    assert long > short > 3
    assert tokens(fast, INDONESIAN[:3], GREEDY) == tokens(reference, INDONESIAN[:3], GREEDY)
    with pytest.raises(UsageError, match="for T5 models"):
        CTranslate2Backend(converted("marian"), prefix="x")
    with pytest.raises(UsageError, match="no language codes"):
        CTranslate2Backend(converted("t5"), target_lang="en")


def test_special_tokens_never_reach_the_text() -> None:
    backend = CTranslate2Backend(converted("nllb"), threads=1)
    assert not any("_Latn" in t for t in backend.generate(INDONESIAN, BEAM))


# Batches.


def _mixed(count: int) -> list[str]:
    rng = random.Random(5)
    words = " ".join(INDONESIAN).split()
    return [" ".join(rng.choices(words, k=rng.randint(3, 20))) for _ in range(count)]


@pytest.mark.parametrize("model", ["embedded", "tiny"])
def test_a_result_does_not_depend_on_its_batch(model: str) -> None:
    folder = config.embedded_model_dir() if model == "embedded" else converted("marian")
    backend = CTranslate2Backend(folder, threads=2)
    segments = _mixed(64)
    decoding = Decoding(beam_size=2, max_length=32)
    alone = [backend.generate([s], decoding)[0] for s in segments]
    for size in (8, 64):
        order = list(range(64))
        random.Random(size).shuffle(order)
        found: dict[int, str] = {}
        for at in range(0, 64, size):
            chunk = order[at : at + size]
            texts = backend.generate([segments[i] for i in chunk], decoding)
            found |= dict(zip(chunk, texts, strict=True))
        assert [found[i] for i in range(64)] == alone


@pytest.mark.parametrize("budget", [1, 16, 4096])
def test_a_result_does_not_depend_on_the_token_budget(budget: int) -> None:
    backend = CTranslate2Backend(converted("marian"), threads=1)
    segments = _mixed(24)
    wanted = backend.generate(segments, Decoding(max_length=64))
    assert backend.generate(segments, Decoding(max_length=64, batch_tokens=budget)) == wanted


def test_the_guard_keeps_results_independent_of_the_batch() -> None:
    translator = open_translator("embedded", threads=1, decoding=Decoding(max_length=64))
    segments = [*_mixed(6), *INDONESIAN[:6]]
    together = translator.translate(segments)
    assert [translator.translate([s])[0] for s in segments] == together


def test_a_2000_word_sentence_is_translated_whole() -> None:
    translator = open_translator("embedded", threads=1, decoding=Decoding(beam_size=1))
    sentence = " ".join(INDONESIAN * 14)
    (found,) = translator.translate([sentence])
    assert len(sentence.split()) > 2000
    assert any("parts" in c.detail for c in found.checks)
    assert len(found.text.split()) > 1000


# Missing and damaged files.


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(converted("marian"), folder)
    return folder


@pytest.mark.parametrize(
    "name", ["model.bin", "source.spm", "config.json", "shared_vocabulary.json"]
)
@pytest.mark.parametrize("how", ["cut", "changed", "missing"])
def test_a_damaged_file_is_named_in_one_sentence(broken: Path, name: str, how: str) -> None:
    path = broken / name
    content = bytearray(path.read_bytes())
    if how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "changed":
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    else:
        path.unlink()
    with pytest.raises(ModelError) as caught:
        CTranslate2Backend(broken)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert ("missing" if how == "missing" else "damaged") in message


@pytest.mark.parametrize(
    "name", ["model.bin", "source.spm", "config.json", "shared_vocabulary.json"]
)
def test_damage_is_found_without_a_card(broken: Path, name: str) -> None:
    (broken / "ringkas.json").unlink()
    path = broken / name
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(ModelError) as caught:
        CTranslate2Backend(broken)
    assert str(broken) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_card_works(broken: Path) -> None:
    (broken / "ringkas.json").unlink()
    backend = CTranslate2Backend(broken, threads=1)
    assert backend.generate(INDONESIAN[:2], BEAM) == ENGLISH[:2]


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.json", "source.spm", "config.json"])
def test_a_damaged_checkpoint_is_one_sentence(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "checkpoint"
    shutil.copytree(checkpoint("marian"), folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:40])
    with pytest.raises(ModelError) as caught:
        TransformersBackend(folder)
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_gpu_that_is_not_there_is_one_sentence() -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(ModelError, match="device 'cuda' can't be used"):
        CTranslate2Backend(converted("marian"), device="cuda")
    with pytest.raises(ModelError, match="device 'cuda' can't be used"):
        TransformersBackend(checkpoint("marian"), device="cuda")


@pytest.mark.parametrize(
    "decoding",
    [GREEDY, BEAM, replace(BEAM, length_penalty=0.6), replace(BEAM, length_penalty=0.0)],
    ids=["greedy", "beam", "penalty-0.6", "no-penalty"],
)
def test_scores_are_mean_log_probabilities_of_a_token(decoding: Decoding) -> None:
    import torch

    fast, reference = engines("marian")
    sources = [e.tokens for e in fast.tokenize(INDONESIAN[:4])]
    work = fast.submit(sources, decoding, best=decoding.beam_size)
    found = [
        (source, hypothesis, score)
        for source, group, scores in zip(sources, work.result(), work.scores, strict=True)
        for hypothesis, score in zip(group, scores, strict=True)
    ]
    assert len(found) == len(sources) * decoding.beam_size
    text, model = reference._text, reference._model
    for source, hypothesis, score in found:
        wanted = torch.tensor([*text.to_ids(hypothesis), text.end])
        start = torch.tensor([[model.config.decoder_start_token_id, *wanted[:-1].tolist()]])
        with torch.no_grad():
            logits = model(
                input_ids=torch.tensor([text.to_ids(source)]), decoder_input_ids=start
            ).logits[0]
        logits[:, text.forbidden] = float("-inf")
        each = logits.log_softmax(-1)[torch.arange(len(wanted)), wanted]
        assert score == pytest.approx(float(each.mean()), rel=1e-3)
