"""``python -m scripts.train run|average|grow``: train a model, average its checkpoints, enlarge it.

    python -m scripts.train grow --init FOLDER --encoder-layers 8 --feed-forward 2048 --out FOLDER
    python -m scripts.train run --profile cpu --init FOLDER --pack FILE --out FOLDER --minutes 120
    python -m scripts.train average --run FOLDER --last 5 --out FOLDER

    torchrun --standalone --nproc-per-node 2 -m scripts.train run …   (on two cores or GPUs)

Running ``run`` again with the same ``--out`` goes on where the last one stopped. ``average
--pieces`` writes what a narrow door lets through; the folder they are fetched into is a ``--run``
again.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROFILES: dict[str, dict[str, Any]] = {
    "cpu": {
        "device": "cpu", "threads": 1, "tokens": 2048, "peak": 1.2e-3, "warmup": 300,
        "decay_from": 0.3, "dropout": 0.0, "layers": "6+2", "width": 256, "feed_forward": 1024,
        "heads": 4, "attention": "eager", "save_minutes": 5.0, "dev_minutes": 30.0,
        "mixture": "news.json", "precision": "auto",
    },
    "gpu": {
        "device": "cuda", "threads": 8, "tokens": 32768, "peak": 5e-4, "warmup": 2000,
        "decay_from": 0.1, "dropout": 0.2, "layers": "10+2", "width": 384, "feed_forward": 1536,
        "heads": 6, "attention": "sdpa", "save_minutes": 2.0, "dev_minutes": 4.0,
        "mixture": "broad.json", "precision": "bf16",
    },
    "toy": {
        "device": "cpu", "threads": 1, "tokens": 512, "peak": 3e-3, "warmup": 20,
        "decay_from": 0.3, "dropout": 0.0, "layers": "1+1", "width": 32, "feed_forward": 64,
        "heads": 2, "attention": "eager", "save_minutes": 1.0, "dev_minutes": 30.0,
        "mixture": "even.json", "precision": "fp32",
    },
}  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.train", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="train, or go on training")
    run.add_argument("--profile", choices=PROFILES, default="cpu")
    run.add_argument("--pack", type=Path, required=True)
    run.add_argument("--out", type=Path, required=True)
    run.add_argument("--vocabulary", type=Path, help="folder of source.spm; default: --init")
    run.add_argument("--init", type=Path, help="Hugging Face folder to go on from; default: new")
    run.add_argument("--minutes", type=float, default=math.inf)
    run.add_argument("--steps", type=int, default=10**9)
    run.add_argument("--dev", type=Path, nargs="*", default=[], help="id<TAB>en files")
    run.add_argument("--dev-lines", type=int, default=200)
    run.add_argument("--log-steps", type=int, default=50)
    run.add_argument("--accumulate", type=int, default=1, help="batches an update")
    run.add_argument("--smoothing", type=float, default=0.1)
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--schedule", choices=("cosine", "inverse-sqrt"), default="cosine")
    run.add_argument("--only-stated", action="store_true", help="no sources without a licence")
    run.add_argument("--reverse", action="store_true", help="train English→Indonesian")
    for name, kind in (
        ("device", str), ("threads", int), ("tokens", int), ("peak", float), ("warmup", int),
        ("decay_from", float), ("dropout", float), ("layers", str), ("width", int),
        ("feed_forward", int), ("heads", int), ("attention", str), ("save_minutes", float),
        ("dev_minutes", float), ("mixture", str), ("precision", str),
    ):  # fmt: skip
        run.add_argument("--" + name.replace("_", "-"), type=kind, help="default: the profile's")
    mean = verbs.add_parser("average", help="average checkpoints into a half-precision folder")
    mean.add_argument("--run", type=Path, required=True, help="the --out of a run")
    mean.add_argument("--last", type=int, default=5)
    mean.add_argument("--tokenizer", type=Path, help="default: the run's")
    mean.add_argument("--out", type=Path, help="write a Hugging Face folder here")
    mean.add_argument("--pieces", type=Path, help="write pieces of at most 16 MiB here")
    larger = verbs.add_parser("grow", help="a larger model that starts from a trained one")
    larger.add_argument("--init", type=Path, required=True, help="its Hugging Face folder")
    larger.add_argument("--encoder-layers", type=int, required=True)
    larger.add_argument("--feed-forward", type=int, required=True)
    larger.add_argument("--out", type=Path, required=True)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one of the verbs; 0 when it went well, 2 when something named is not there."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    given = _parser().parse_args(arguments)
    try:
        if given.verb == "run":
            return _run(given)
        return _average(given) if given.verb == "average" else _grow(given)
    except (OSError, ValueError) as error:
        print(f"train {given.verb}: {error}", file=sys.stderr)
        return 2


def _run(given: argparse.Namespace) -> int:
    for name, value in PROFILES[given.profile].items():
        if getattr(given, name) is None:
            setattr(given, name, value)
    if given.minutes == math.inf and given.steps == 10**9:
        raise ValueError("say how long to train: --minutes or --steps.")
    import torch

    from scripts.train import loop, parallel, schedule, weights
    from scripts.train.data import read_pack

    torch.set_num_threads(given.threads)
    if given.precision == "auto":
        given.precision = weights.faster_precision(given.device)
    torch.manual_seed(given.seed)
    mixture = Path(given.mixture)
    phases = schedule.read_mixture(mixture if mixture.is_file() else HERE / "mixtures" / mixture)
    vocabulary = given.vocabulary or given.init
    if vocabulary is None:
        raise ValueError("a new model needs --vocabulary.")
    size = len(json.loads((vocabulary / "vocab.json").read_text(encoding="utf-8")))
    if given.init:
        model = weights.load_model(given.init, attention=given.attention)
        if model.config.vocab_size != size:
            model = weights.grow_vocabulary(model, size)
            model.set_attn_implementation(given.attention)
    else:
        encoder, decoder = (int(n) for n in given.layers.split("+"))
        shape = weights.Shape(encoder, decoder, given.width, given.feed_forward, given.heads)
        model = weights.new_model(shape, size)
        model.set_attn_implementation(given.attention)
    weights.set_dropout(model, given.dropout)
    group = parallel.join(given.device)
    given.out.mkdir(parents=True, exist_ok=True)
    settings = {k: str(v) if isinstance(v, Path) else v for k, v in vars(given).items()}
    settings |= {"dev": [str(p) for p in given.dev], "tokenizer": str(vocabulary)}
    text = json.dumps(settings, indent=1, default=str) + "\n"
    if group.first:
        model.config.save_pretrained(given.out)
        (given.out / "run.json").write_text(text, encoding="utf-8")
    precision = {"bf16": torch.bfloat16, "fp32": torch.float32}[given.precision]
    trainer = loop.Trainer(
        weights.Weights(model, given.device, precision),
        read_pack(given.pack, reverse=given.reverse),
        phases,
        loop.Settings(
            out=given.out, tokenizer=vocabulary, minutes=given.minutes, steps=given.steps,
            rate=schedule.LearningRate(
                given.peak, given.warmup, given.schedule, given.decay_from
            ),
            tokens=given.tokens, accumulate=given.accumulate, smoothing=given.smoothing,
            seed=given.seed, save_minutes=given.save_minutes, log_steps=given.log_steps,
            dev=tuple(given.dev), dev_lines=given.dev_lines, dev_minutes=given.dev_minutes,
            only_stated=given.only_stated, reverse=given.reverse,
        ),
        group,
    )  # fmt: skip
    if group.first:
        print(f"parameters: {trainer.weights.master.numel():,}", flush=True)
    end = trainer.run()
    parallel.leave(group)
    if group.first:
        print(json.dumps({"step": end.step, "tokens": end.tokens, "minutes": end.seconds / 60}))
    return 0


def _average(given: argparse.Namespace) -> int:
    from transformers import MarianConfig, MarianMTModel

    from scripts.train import checkpoints, weights

    settings = json.loads((given.run / "run.json").read_text(encoding="utf-8"))
    tokenizer = given.tokenizer or Path(settings["tokenizer"])
    steps = checkpoints.steps_of(given.run)[-given.last :]
    if not steps:
        raise ValueError(f"{given.run} has no checkpoints.")
    mean = checkpoints.average(given.run, steps)
    if given.pieces:
        given.pieces.mkdir(parents=True, exist_ok=True)
        checkpoints.write_pieces(given.pieces, mean, steps[-1])
        for name in ("config.json", "run.json", "log.jsonl"):
            shutil.copyfile(given.run / name, given.pieces / name)
    if given.out:
        model = weights.fix_generation(MarianMTModel(MarianConfig.from_pretrained(given.run)))
        checkpoints.write_model(model, mean, tokenizer, given.out)
    print(json.dumps({"averaged": steps}))
    return 0


def _grow(given: argparse.Namespace) -> int:
    from scripts.train import checkpoints, grow, weights

    model = weights.load_model(given.init, attention="eager")
    grown = grow.grow(
        model,
        feed_forward=given.feed_forward,
        encoder_layers=given.encoder_layers,
        samples=grow.sample_ids(given.init),
    )
    checkpoints.write_model(grown, {}, given.init, given.out)
    print(json.dumps({"parameters": sum(p.numel() for p in grown.parameters())}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
