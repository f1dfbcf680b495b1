"""Training: schedule, batches, loss, weights, and a toy run that is killed and gone on with."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.corpus import clean, pack, vocabulary
from scripts.corpus.sources import read_sources
from scripts.train.data import Round, collate, read_pack
from scripts.train.parallel import Group
from scripts.train.schedule import LearningRate, Phase, phase_at, read_mixture
from tests.conftest import ROOT
from tests.test_corpus import write_sources

FRUIT = {"mangga": "mango", "pisang": "banana", "salak": "snakefruit", "durian": "durian",
         "jambu": "guava", "nanas": "pineapple"}  # fmt: skip
PEOPLE = {"petani": "farmer", "guru": "teacher", "nelayan": "fisherman", "penjahit": "tailor"}
DEEDS = {"membeli": "bought", "menjual": "sold", "membawa": "carried", "menanam": "planted"}
PAIRS = [
    (f"Seorang {p} {d} {n} {f} kemarin.", f"A {pe} {de} {n} {fe}s yesterday.")
    for p, pe in PEOPLE.items()
    for d, de in DEEDS.items()
    for f, fe in FRUIT.items()
    for n in (3, 12, 250)
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with vocab/ and pack.npz of 288 simple pairs."""
    folder = tmp_path_factory.mktemp("corpus")
    write_sources(folder, {"pasar": ("news", "MIT", PAIRS), "lain": ("docs", "", PAIRS[:8])})
    clean.build(read_sources(folder / "parallel"), folder, folder / "clean")
    vocabulary.train([s for p in PAIRS for s in p], folder / "vocab", size=360, threads=1)
    pack.pack(folder / "clean", folder / "vocab", folder / "pack.npz", samples=1)
    return folder


@given(st.integers(0, 5000), st.floats(0, 1))
def test_rate_rises_then_falls_and_stays_within_its_peak(step: int, progress: float) -> None:
    cosine = LearningRate(1e-3, 100, "cosine", 0.2)
    assert 0 < cosine.at(step, progress) <= 1e-3
    root = LearningRate(1e-3, 100, "inverse-sqrt")
    assert root.at(99, progress) == pytest.approx(1e-3)
    assert root.at(step, progress) <= 1e-3
    assert cosine.at(5000, 1.0) == pytest.approx(1e-5)
    assert root.at(399, 0.5) == pytest.approx(5e-4)


def test_mixture_files_are_whole_and_bad_ones_refused(tmp_path: Path) -> None:
    for path in (ROOT / "scripts" / "train" / "mixtures").glob("*.json"):
        phases = read_mixture(path)
        assert phase_at(phases, 0.0) == 0
        assert phase_at(phases, 1.0) == len(phases) - 1
    bad = tmp_path / "bad.json"
    bad.write_text('[{"from": 0.5, "weights": {}}]', encoding="utf-8")
    with pytest.raises(ValueError, match="start at 0"):
        read_mixture(bad)
    assert Phase(0, {"@news": 2, "x": 5}).of("x", "news") == 5
    assert Phase(0, {"@news": 2}).of("y", "news") == 2
    assert Phase(0, {"@news": 2}).of("y", "docs") == 0
    patterns = Phase(0, {"@news": 2, "x_*": 3, "x_*.varied": 0.5, "x_1": 7})
    found = [patterns.of(name, "news") for name in ("x_1", "x_2", "x_2.varied", "y")]
    assert found == [7, 3, 0.5, 2]


def test_a_round_sees_each_pair_as_often_as_its_weight_says(corpus: Path) -> None:
    store = read_pack(corpus / "pack.npz")
    part = Round(store, {"pasar": 2.5}, 512, seed=1)
    batches = [part.batch(i, pad=9999, end=0) for i in range(len(part))]
    assert sum(len(b.source) for b in batches) == round(2.5 * len(store["pasar"]))
    for batch in batches:
        assert batch.source.shape[1] % 8 == batch.labels.shape[1] % 8 == 0
        assert batch.source.size <= 512 * 2
        assert (batch.decoder[:, 0] == 9999).all()
        kept = batch.labels >= 0
        assert (batch.labels[kept] != 9999).all()
        shifted = np.where(kept[:, :-1], batch.labels[:, :-1], 9999)
        inner = kept[:, 1:]
        assert (batch.decoder[:, 1:][inner] == shifted[inner]).all()
    again = Round(store, {"pasar": 2.5}, 512, seed=1).batch(3, 9999, 0)
    assert (again.source == batches[3].source).all()
    with pytest.raises(ValueError, match="weight"):
        Round(store, {}, 512, seed=1)


def test_processes_of_a_group_share_a_round_and_miss_nothing(corpus: Path) -> None:
    store = read_pack(corpus / "pack.npz")
    alone = Round(store, {"pasar": 1.0}, 256, 3)
    parts = [Round(store, {"pasar": 1.0}, 256, 3, Group(rank, 2)) for rank in (0, 1)]
    assert len(parts[0]) == len(parts[1]) == len(alone) // 2
    rows = [
        [tuple(row) for n in range(len(part)) for row in part.batch(n, 999, 0).labels.tolist()]
        for part in parts
    ]
    assert len(rows[0]) + len(rows[1]) >= len(store["pasar"]) - 256 // 8
    widths = [[part.batch(n, 999, 0).source.shape[1] for n in range(len(part))] for part in parts]
    assert max(abs(a - b) for a, b in zip(*widths, strict=True)) <= 8


def test_reverse_swaps_the_sides(corpus: Path) -> None:
    there, back = read_pack(corpus / "pack.npz"), read_pack(corpus / "pack.npz", reverse=True)
    assert (back["pasar"].target[0] == there["pasar"].sources[0][0]).all()
    assert (back["pasar"].sources[0][0] == there["pasar"].target[0]).all()


@pytest.mark.parametrize(("slow", "chosen"), [("bfloat16", "fp32"), ("float32", "bf16")])
def test_the_faster_precision_is_taken(
    slow: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from scripts.train import weights

    clock, ones = [0.0], torch.ones

    def made(*size: int, dtype: Any, device: str) -> Any:
        clock[0] += 1000
        pace[0] = 5.0 if str(dtype) == f"torch.{slow}" else 1.0
        return ones(2, 2, dtype=dtype, device=device)

    def now() -> float:
        clock[0] += pace[0]
        return clock[0]

    pace = [0.0]
    monkeypatch.setattr(weights.torch, "ones", made)
    monkeypatch.setattr(weights.time, "perf_counter", now)
    assert weights.faster_precision("cpu") == chosen


@pytest.mark.parametrize("chunk", [3, 100])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_loss_and_gradients_are_those_of_plain_cross_entropy(chunk: int, smoothing: float) -> None:
    import torch

    from scripts.train.loss import smoothed_loss

    torch.manual_seed(1)
    size, pad = 11, 10
    hidden = torch.randn(7, 4, dtype=torch.float64, requires_grad=True)
    matrix = torch.nn.Parameter(torch.randn(size, 4, dtype=torch.float64))
    labels = torch.tensor([1, 2, -1, 9, 0, 3, -1])
    ours = smoothed_loss(hidden, labels, matrix, pad, smoothing, chunk)
    ours.backward()
    mine = hidden.grad, matrix.grad
    hidden.grad = matrix.grad = None
    logits = (hidden @ matrix.T)[:, :pad]
    plain = torch.nn.functional.cross_entropy(logits, labels, ignore_index=-1)
    # PyTorch spreads the smoothing over all outcomes, the right one included: so do we
    smoothed = torch.nn.functional.cross_entropy(
        logits, labels, ignore_index=-1, label_smoothing=smoothing
    )
    smoothed.backward()
    assert ours.item() == pytest.approx(plain.item(), rel=1e-5)
    for a, b in zip(mine, (hidden.grad, matrix.grad), strict=True):
        assert a is not None
        assert b is not None
        assert torch.allclose(a, b, atol=1e-6)


def test_pad_stays_zero_and_half_checkpoints_come_back_in_pieces(tmp_path: Path) -> None:
    import torch

    from scripts.train import checkpoints, weights

    model = weights.new_model(weights.Shape(1, 1, 16, 32, 2), 40)
    held = weights.Weights(model, "cpu", torch.float32)
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad.fill_(0.5)
    before = held.master.clone()
    norm = held.step(0.01)
    assert norm > 1
    row = model.model.shared.weight[model.config.pad_token_id]
    assert not bool(row.any())
    assert not torch.equal(before, held.master)
    pieces = checkpoints.save_half(tmp_path, held, 7, piece=1000)
    assert len(pieces) > 2
    assert all(p.stat().st_size <= 1000 for p in pieces)
    back = checkpoints.load_half(tmp_path, 7)
    for name, tensor in held.named(torch.float16).items():
        assert torch.equal(back[name], tensor.float())
    held.step(0.01)
    checkpoints.save_half(tmp_path, held, 9, piece=1000)
    mean = checkpoints.average(tmp_path, checkpoints.steps_of(tmp_path))
    name = "model.shared.weight"
    wanted = (back[name] + checkpoints.load_half(tmp_path, 9)[name]) / 2
    assert torch.allclose(mean[name], wanted)
    with pytest.raises(FileNotFoundError, match="step 8"):
        checkpoints.load_half(tmp_path, 8)


def test_grown_vocabulary_keeps_the_old_rows() -> None:
    from scripts.train import weights

    old = weights.new_model(weights.Shape(1, 1, 16, 32, 2), 40)
    new = weights.grow_vocabulary(old, 48)
    assert new.config.pad_token_id == new.config.decoder_start_token_id == 47
    assert bool((new.model.shared.weight[:39] == old.model.shared.weight[:39]).all())
    assert not bool(new.model.shared.weight[47].any())
    assert new.generation_config.bad_words_ids == [[47]]


def test_collate_pads_to_multiples_of_eight() -> None:
    batch = collate([np.arange(9)], [np.arange(3)], pad=77, end=0)
    assert batch.source.shape == (1, 16)
    assert batch.labels.tolist() == [[0, 1, 2, 0, -1, -1, -1, -1]]
    assert batch.decoder.tolist() == [[77, 0, 1, 2, 77, 77, 77, 77]]


def command(corpus: Path, out: Path, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "scripts.train", "run", "--profile", "toy", "--pack",
        str(corpus / "pack.npz"), "--vocabulary", str(corpus / "vocab"), "--out", str(out),
        "--log-steps", "20", *more,
    ]  # fmt: skip


def log(out: Path) -> list[dict[str, Any]]:
    lines = (out / "log.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.mark.slow
def test_toy_run_learns_survives_a_kill_and_ships(corpus: Path, tmp_path: Path) -> None:
    """Train under a minute, kill, go on, average, convert; both engines then agree."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    out = tmp_path / "run"
    dev = tmp_path / "dev.tsv"
    dev.write_text("".join(f"{a}\t{b}\n" for a, b in PAIRS[:20]), encoding="utf-8")
    steps = ["--steps", "400", "--dev", str(dev)]
    process = subprocess.Popen(command(corpus, out, *steps), env=environment, cwd=ROOT)
    for _ in range(600):
        if (out / "log.jsonl").is_file() and any(r["step"] >= 40 for r in log(out)):
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    stopped = log(out)[-1]["step"]
    assert 40 <= stopped < 400
    subprocess.run(command(corpus, out, *steps), env=environment, cwd=ROOT, check=True)
    rows = log(out)
    resumed = next(r for r in rows if r.get("event") == "resumed")
    assert resumed["step"] >= stopped
    losses = [r["nll"] for r in rows if "nll" in r]
    assert all(math.isfinite(x) for x in losses)
    assert losses[-1] < losses[0] / 3
    gaps = [r["source_gap"] for r in rows if "source_gap" in r]
    assert gaps[-1] > 0.08 > abs(gaps[0])
    scores = next(r for r in reversed(rows) if r.get("event") == "dev")
    assert scores["chrf++"] > 45  # untrained: under 10; which batches follow the stop is chance

    average = [sys.executable, "-m", "scripts.train", "average", "--last", "1"]
    fetched = str(tmp_path / "fetched")
    for more in (
        ["--run", str(out), "--pieces", fetched],
        ["--run", fetched, "--out", str(tmp_path / "hf")],
    ):
        subprocess.run([*average, *more], env=environment, cwd=ROOT, check=True)
    _assert_engines_agree(tmp_path / "hf", [a for a, _ in PAIRS[:12]])

    _assert_synthetic_pairs_pack(corpus, tmp_path)


@pytest.mark.slow
def test_a_model_that_does_not_look_at_its_sources_is_told(corpus: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    idle = ["--steps", "8", "--log-steps", "4", "--warmup", "1", "--peak", "0"]
    subprocess.run(command(corpus, tmp_path / "run", *idle), env=environment, cwd=ROOT, check=True)
    rows = [r for r in log(tmp_path / "run") if r.get("event") == "blind"]
    assert rows
    assert "half the --peak" in rows[0]["advice"]


@pytest.mark.slow
def test_two_processes_train_one_model_as_one_process_with_twice_the_batches(
    corpus: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    more = ["--steps", "60", "--seed", "4", "--log-steps", "20"]
    two = [
        sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2",
        *command(corpus, tmp_path / "two", *more)[1:],
    ]  # fmt: skip
    subprocess.run(two, env=environment, cwd=ROOT, check=True, timeout=300)
    one = command(corpus, tmp_path / "one", *more, "--accumulate", "2")
    subprocess.run(one, env=environment, cwd=ROOT, check=True)
    rows = {name: log(tmp_path / name) for name in ("one", "two")}
    assert not any(r.get("event") == "resumed" for r in rows["two"])
    losses = {name: [r["nll"] for r in found if "nll" in r] for name, found in rows.items()}
    assert losses["two"][-1] < 0.8 * losses["two"][0]
    assert losses["two"][-1] == pytest.approx(losses["one"][-1], rel=0.15)
    assert rows["two"][-1]["tokens"] == pytest.approx(rows["one"][-1]["tokens"], rel=0.05)


def _assert_synthetic_pairs_pack(corpus: Path, work: Path) -> None:
    """Self-training with the toy model: pairs, tag, pack."""
    from scripts.synthesize import main as synthesize

    folder = work / "clean"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"sources": {}}', encoding="utf-8")
    mono = work / "mono.txt"
    mono.write_text("\n".join(a for a, _ in PAIRS[:30]), encoding="utf-8")
    arguments = ["forward", "--model", str(work / "shipped"), "--mono", str(mono), "--clean",
                 str(folder), "--data", str(corpus), "--name", "own", "--limit", "20"]  # fmt: skip
    assert synthesize(arguments) == 0
    row = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sources"]["own"]
    assert row["counts"]["made"] == 20
    assert row["counts"]["kept"] > 0
    pack.pack(folder, corpus / "vocab", work / "own.npz")
    table = json.loads((corpus / "vocab" / "vocab.json").read_text(encoding="utf-8"))
    source = read_pack(work / "own.npz")["own"]
    ids, offsets = source.sources[0]
    assert {int(ids[o]) for o in offsets[:-1]} == {table["<ft>"]}
    assert synthesize(["forward", *arguments[1:4], "nowhere.txt", *arguments[5:]]) == 2


def test_synthetic_pairs_are_filtered_and_counted() -> None:
    from scripts.synthesize import repeats, synthesize

    overlap = clean.DevOverlap([PAIRS[5][0]])
    pairs = [PAIRS[0], PAIRS[5], ("Ada 45 kapal dan 99 orang.", "There are 54 ships, 89 men."),
             ("Kapal itu pulang pergi setiap hari", "the ship goes and " * 4)]  # fmt: skip
    kept, counts = synthesize(iter(pairs), overlap)
    assert kept == [PAIRS[0]]
    assert counts == {"made": 4, "kept": 1, "dev_overlap": 1, "number_mismatch": 1,
                      "repetition": 1}  # fmt: skip
    assert repeats("no no no no")
    assert not repeats("the cat saw the dog and the dog saw the cat")


def _assert_engines_agree(folder: Path, texts: list[str]) -> None:
    import ctranslate2
    import sentencepiece
    import torch
    from transformers import MarianMTModel

    from scripts.ship_model import ship
    from toolkit.models.card import Card, problems, read_card

    shipped = folder.parent / "shipped"
    ship(folder, shipped, Card(name="toy"))
    card = read_card(shipped)
    assert card is not None
    assert not problems(shipped, card, hashes=True)
    assert (shipped / "hf" / "model.safetensors").is_file()
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    model = MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval()
    pad = model.config.pad_token_id
    from toolkit.models.conversion import convert

    convert(folder, folder.parent / "full", quantization="float32")
    engine = ctranslate2.Translator(str(folder.parent / "full"), compute_type="float32")
    table = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    for beam in (1, 4):
        for text in texts:
            tokens = [*processor.encode(text, out_type=str), "</s>"]
            theirs = engine.translate_batch(
                [tokens], beam_size=beam, length_penalty=1.0, max_decoding_length=63
            )[0].hypotheses[0]
            ids = torch.tensor([[table[t] for t in tokens]])
            with torch.no_grad():
                ours = model.generate(
                    input_ids=ids, num_beams=beam, length_penalty=1.0, max_new_tokens=63,
                    max_length=None, bad_words_ids=[[pad]], do_sample=False, early_stopping=True,
                )[0].tolist()  # fmt: skip
            assert [table[t] for t in theirs] == [i for i in ours if i not in (pad, 0)]
