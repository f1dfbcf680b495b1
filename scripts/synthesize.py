"""Make synthetic pairs from monolingual text: back-translation and self-training.

    # English news → Indonesian by a reverse model, greedily: samples (--topk 0, Edunov et al. 2018)
    # of a weak model are too noisy (17.5 BLEU among the best 10, 27.5 by beam search; flores-dev)
    python scripts/synthesize.py back --model REVERSE --mono ../shared/data/mono/en-news.txt.xz \\
        --clean CLEAN --name bt_en_news
    # Indonesian news → English by the best model, beam search; what the guard flags is dropped
    # (He et al. 2020)
    python scripts/synthesize.py forward --model BEST --mono ../shared/data/mono/id-news.txt.xz \\
        --clean CLEAN --name ft_id_news

``--model`` is a CTranslate2 folder (CPU) or a Hugging Face one (``--device cuda``). Pairs that a
filter of ``scripts.corpus`` rejects, that repeat themselves or that overlap a dev set are dropped
and counted. The rest is added to the clean folder as one more source, domain ``synthetic``, with
the tag that ``scripts.corpus pack`` puts before the source side (Caswell et al. 2019).
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.corpus.characters import model_form, normalise
from scripts.corpus.clean import DevOverlap, dev_texts
from scripts.corpus.filters import PROSE, key
from toolkit.translate.judge import Judge

TAGS = {"back": "<bt>", "forward": "<ft>"}
CHUNK = 20_000
_WIRE = re.compile(r"\b(?:pct|dlrs?|mln|bln|cts|shr|stg)\b")
"""Abbreviations of the old news wires, which no translation should learn to write."""


def repeats(text: str) -> bool:
    """A run of four words stands three times in it, or one word four times in a row."""
    words = key(text).split()
    runs = Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))
    if runs and max(runs.values()) >= 3:
        return True
    return any(len(set(words[i : i + 4])) == 1 for i in range(len(words) - 3))


def read_lines(path: Path, limit: int | None, seed: int = 1) -> list[str]:
    """Distinct normalised lines of 4 to 80 words, or ``limit`` of them drawn at random."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        lines = (normalise(line) for line in file)
        kept = list(dict.fromkeys(line for line in lines if 4 <= len(line.split()) <= 80))
    return kept if limit is None else random.Random(seed).sample(kept, min(limit, len(kept)))


def translate(
    folder: Path, texts: Sequence[str], *, topk: int | None, device: str, threads: int, seed: int
) -> list[str]:
    """Translations of normalised lines: sampled among the ``topk`` best pieces of each step (0:
    all, 1: greedy), or by beam search (None)."""
    if not (folder / "model.bin").is_file():
        import torch

        from scripts.train.evaluation import translate as generate
        from scripts.train.weights import load_model

        torch.manual_seed(seed)
        model = load_model(folder, attention="sdpa").to(device)
        if device != "cpu":
            model = model.bfloat16()
        options = {"num_beams": 4} if topk is None else {"do_sample": topk != 1, "top_k": topk}
        return generate(model, folder, texts, batch=256 if device != "cpu" else 32, **options)
    import ctranslate2
    import sentencepiece

    ctranslate2.set_random_seed(seed)
    engine = ctranslate2.Translator(str(folder), device=device, intra_threads=threads)
    source = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    target = sentencepiece.SentencePieceProcessor(model_file=str(folder / "target.spm"))
    tokens = [[*source.encode(model_form(t), out_type=str), "</s>"] for t in texts]
    options = {"beam_size": 4} if topk is None else {"beam_size": 1, "sampling_topk": topk}
    found = engine.translate_batch(
        tokens, max_batch_size=2048, batch_type="tokens", max_decoding_length=200, **options
    )
    return [str(target.decode(r.hypotheses[0])) for r in found]


def synthesize(
    pairs: Iterator[tuple[str, str]], overlap: DevOverlap, judge: Judge | None = None
) -> tuple[list[tuple[str, str]], Counter[str]]:
    """Indonesian–English pairs that are fit for training, and what happened to the others.

    With ``judge`` the English side is repaired, and pairs with a finding are dropped.
    """
    kept, counts = [], Counter[str]()
    for indonesian, english in pairs:
        counts["made"] += 1
        reason = next((f.__name__ for f in PROSE if f(indonesian, english)), None)
        if reason is None and (repeats(indonesian) or repeats(english)):
            reason = "repetition"
        if reason is None and (overlap(key(indonesian)) or overlap(key(english))):
            reason = "dev_overlap"
        if reason is None and _WIRE.search(english):
            reason = "wire_abbreviation"
        if reason is None and judge is not None:
            verdict = judge(indonesian, english)
            reason, english = "guard" if verdict.penalty else None, verdict.text
        counts[reason or "kept"] += 1
        if reason is None:
            kept.append((indonesian, english))
    return kept, counts


def main(arguments: list[str] | None = None) -> int:
    """Make one synthetic source; 0, or 2 when a file is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("direction", choices=TAGS)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--mono", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--clean", type=Path, required=True, help="folder of scripts.corpus build")
    parser.add_argument("--name", required=True)
    parser.add_argument("--limit", type=int, help="as many lines, drawn at random")
    parser.add_argument(
        "--topk", type=int, default=1, help="back: pieces to sample from (0: all; 1: greedy)"
    )
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    try:
        manifest = json.loads((given.clean / "manifest.json").read_text(encoding="utf-8"))
        lines = read_lines(given.mono, given.limit, given.seed)
    except OSError as error:
        print(f"synthesize: {error}", file=sys.stderr)
        return 2
    back = given.direction == "back"

    def pairs() -> Iterator[tuple[str, str]]:
        for start in range(0, len(lines), CHUNK):
            part = lines[start : start + CHUNK]
            made = translate(
                given.model, part, topk=given.topk if back else None, device=given.device,
                threads=given.threads, seed=given.seed + start,
            )  # fmt: skip
            for line, output in zip(part, made, strict=True):
                yield (output, line) if back else (line, output)
            print(f"{start + len(part):,} of {len(lines):,}", flush=True)

    kept, counts = synthesize(pairs(), DevOverlap(dev_texts(given.data)), None if back else Judge())
    text = "".join(f"{a}\t{b}\n" for a, b in kept)
    (given.clean / f"{given.name}.tsv").write_text(text, encoding="utf-8")
    manifest["sources"][given.name] = {
        "domain": "synthetic",
        "origin": f"{given.direction}-translated by {given.model.name}",
        "licence": "that of the monolingual text",
        "licence_stated": False,
        "tag": TAGS[given.direction],
        "counts": dict(sorted(counts.items())),
    }
    path = given.clean / "manifest.json"
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
