"""Tunes and measures the weights of the reranker on the dev sets.

    python scripts/tune_reranker.py --lines 400                # BLEU and chrF2 with and without
    python scripts/tune_reranker.py --lines 400 --search 200   # and looks for better weights
    python scripts/tune_reranker.py --weights 0.2 0.35 -0.65 --beam 4

"first" is the model's own order. The search (random, then finer around the best; Och 2003 chooses
weights by the final metric, too) sees the even lines of each set and maximises the mean of
BLEU + chrF2; the odd lines show what it is worth.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scripts.score_model import SETS, read_set
from toolkit.errors import RingkasError
from toolkit.translate.rerank import WEIGHTS, default_reranker, preference

LOW, HIGH = np.array([0.0, 0.0, -1.2]), np.array([0.5, 0.8, 0.2])
Features = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Set:
    """Hypotheses of one dev set: features (hypothesis × feature) and what the metrics count."""

    name: str
    features: list[Features]
    bleu: list[Any]
    chrf: list[Any]


def prepare(name: str, pairs: Sequence[tuple[str, str]], backend: Any, beam: int) -> Set:
    """Search once; features and statistics of all hypotheses. No source may be over-long."""
    from toolkit.translate.base import Decoding

    reranker, bleu, chrf = default_reranker(), *_metrics()
    encoded = backend.tokenize([s for s, _ in pairs])
    fit = [i for i, e in enumerate(encoded) if len(e.tokens) <= backend.long_source_tokens]
    work = backend.submit([encoded[i].tokens for i in fit], Decoding(beam_size=beam), best=beam)
    found = Set(name, [], [], [])
    for i, hypotheses, scores in zip(fit, work.result(), work.scores, strict=True):
        source, reference = pairs[i]
        texts = backend.detokenize(hypotheses)
        fluency, explained = reranker.features([source], [texts])[0]
        lengths = np.log([len(h) + 1 for h in hypotheses])
        found.features.append(np.stack([np.array(scores), fluency, explained, lengths], axis=1))
        references = [[reference] * len(texts)]
        found.bleu.append(bleu._extract_corpus_statistics(texts, references))
        found.chrf.append(chrf._extract_corpus_statistics(texts, references))
    return found


def _metrics() -> tuple[Any, Any]:
    from sacrebleu.metrics import BLEU, CHRF

    return BLEU(), CHRF()


def choose(features: Sequence[Features], weights: NDArray[np.float64]) -> list[int]:
    """The hypothesis taken of each source; weights of fluency, explanation, length."""
    return [preference(*f.T, weights)[0] for f in features]


def scored(data: Set, picks: Sequence[int], lines: slice) -> tuple[float, float]:
    """BLEU and chrF2 of the lines."""
    bleu, chrf = _metrics()
    rows = list(range(len(picks)))[lines]
    b = np.sum([data.bleu[i][picks[i]] for i in rows], axis=0).tolist()
    c = np.sum([data.chrf[i][picks[i]] for i in rows], axis=0).tolist()
    return bleu._compute_score_from_stats(b).score, chrf._compute_score_from_stats(c).score


def search(sets: Sequence[Set], tries: int, seed: int = 1) -> NDArray[np.float64]:
    """Weights with the highest mean BLEU + chrF2 on the even lines."""
    rng = np.random.default_rng(seed)
    best, value = np.array(WEIGHTS), -np.inf
    for k in range(tries):
        wide = k < tries / 2
        new = rng.uniform(LOW, HIGH) if wide else best + rng.normal(size=3) * (HIGH - LOW) * 0.08
        weights = best if k == 0 else new
        found = np.mean(
            [sum(scored(s, choose(s.features, weights), slice(0, None, 2))) for s in sets]
        )
        if found > value:
            best, value = weights, float(found)
    return best


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 0, or 2 when model or data can't be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=SETS)
    parser.add_argument("--lines", type=int, default=400, help="of each set")
    parser.add_argument("--beam", type=int, default=16)
    parser.add_argument("--weights", type=float, nargs=3, default=list(WEIGHTS))
    parser.add_argument("--search", type=int, default=0, metavar="TRIES")
    args = parser.parse_args(arguments)
    from toolkit.translate.opening import open_backend

    try:
        backend = open_backend(args.model)
        sets = [
            prepare(
                n, list(zip(*read_set(args.data, n, args.lines), strict=True)), backend, args.beam
            )
            for n in args.sets
        ]
    except (OSError, RingkasError) as error:
        print(f"tune_reranker: {error}", file=sys.stderr)
        return 2
    rows = {"first": np.zeros(3), "given": np.array(args.weights)}
    if args.search:
        rows["found"] = search(sets, args.search)
    print(f"{'':34}" + "".join(f"{s.name:>16}" for s in sets))
    for label, weights in rows.items():
        shown = " ".join(f"{w:.3f}" for w in weights)
        for part, lines in (("all", slice(None)), ("odd", slice(1, None, 2))):
            values = [scored(s, choose(s.features, weights), lines) for s in sets]
            cells = "".join(f"{f'{b:.2f} / {c:.2f}':>16}" for b, c in values)
            print(f"{label:6}{shown:>22} {part:4} {cells}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
