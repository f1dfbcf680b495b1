"""Does the model know when it is wrong? Certainty of its translations against their quality.

    python scripts/measure_certainty.py                # the embedded model on two dev sets
    python scripts/measure_certainty.py --below -0.75 --show 20

Certainty is the mean log-probability of a token of the best hypothesis (Fomicheva et al. 2020,
"Unsupervised Quality Estimation for Neural Machine Translation"), quality is sentence chrF against
the reference. Prints their rank correlation (Spearman) and, for bounds that mark 1, 2, 3, 5 and
10 % of the sentences (or ``--below``), the mean chrF of what is marked and of the rest, and how
large a part of the worst tenth is marked. The bound that a model ships with (``unsure_below`` of
its card) is chosen from this table.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.score_model import SETS, read_set
from toolkit.errors import RingkasError
from toolkit.translate.guard import UNSURE_WORDS


def certainties(model: str, sources: list[str], beam: int) -> tuple[list[float], list[str]]:
    """Certainty and text of the best hypothesis of each source (none may be over-long)."""
    from toolkit.translate.base import Decoding
    from toolkit.translate.ctranslate2 import CTranslate2Backend
    from toolkit.translate.opening import open_backend

    backend = open_backend(model)
    if not isinstance(backend, CTranslate2Backend):
        raise ValueError(
            f"'{model}' is no CTranslate2 model; only that engine gives its certainty."
        )
    work = backend.submit([e.tokens for e in backend.tokenize(sources)], Decoding(beam_size=beam))
    texts = backend.detokenize([h[0] for h in work.result()])
    return [scores[0] for scores in work.scores], texts


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 0, or 2 when model or data can't be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--model", default="embedded", help="translator spec (default: embedded)")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sets", nargs="*", default=["flores-dev", "articles-dev"], choices=SETS)
    parser.add_argument("--lines", type=int, default=1000, help="of each set")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--below", type=float, nargs="*", help="these bounds instead of shares")
    parser.add_argument("--show", type=int, default=0, help="print that many of the least certain")
    given = parser.parse_args(arguments)
    for name in given.sets:
        try:
            pairs = zip(*read_set(given.data, name, given.lines), strict=True)
            rows = [p for p in pairs if len(p[0].split()) >= UNSURE_WORDS]
            found, texts = certainties(given.model, [s for s, _ in rows], given.beam)
        except (OSError, ValueError, RingkasError) as error:
            print(f"measure_certainty: {error}", file=sys.stderr)
            return 2
        _report(name, rows, found, texts, given.below)
        order = sorted(range(len(rows)), key=found.__getitem__)
        for i in order[: given.show]:
            print(f"  {found[i]:.2f} | {rows[i][0]} | {texts[i]}")
    return 0


def _report(
    name: str,
    rows: list[tuple[str, str]],
    found: list[float],
    texts: list[str],
    bounds: list[float] | None,
) -> None:
    import sacrebleu
    from scipy.stats import spearmanr

    quality = [sacrebleu.sentence_chrf(t, [r]).score for (_, r), t in zip(rows, texts, strict=True)]
    ranked = sorted(found)
    shares = (0.01, 0.02, 0.03, 0.05, 0.1)
    bounds = bounds or [ranked[int(share * len(ranked))] for share in shares]
    worst = set(sorted(range(len(rows)), key=quality.__getitem__)[: len(rows) // 10])
    print(f"{name}: {len(rows)} sentences, rank correlation {spearmanr(found, quality)[0]:.2f}")
    heads = ("below", "marked %", "chrF marked", "chrF rest", "of worst tenth %")
    print("{:>8} {:>9} {:>12} {:>10} {:>17}".format(*heads))
    for bound in bounds:
        marked = {i for i, value in enumerate(found) if value < bound}
        low = [quality[i] for i in marked]
        rest = [q for i, q in enumerate(quality) if i not in marked]
        print(
            f"{bound:8.2f} {100 * len(marked) / len(rows):9.1f} {_mean(low):12.1f} "
            f"{_mean(rest):10.1f} {100 * len(worst & marked) / len(worst):17.0f}"
        )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


if __name__ == "__main__":
    sys.exit(main())
