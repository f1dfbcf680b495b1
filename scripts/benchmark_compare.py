"""Times our comparison against sacrebleu's own paired test on the same input, in the same run.

    python scripts/benchmark_compare.py REFERENCES SYSTEM SYSTEM … [--segments 1000]

REFERENCES and SYSTEM are line-by-line files (references may be ``Indonesian<TAB>English``). Ours
scores BLEU, chrF++ and TER with intervals and tests all pairs by approximate randomisation and
paired bootstrap; sacrebleu tests the first system against the others by paired bootstrap, then by
approximate randomisation. Fewer lines than asked for are filled up by repeating from the top.
Exit code 1 when ours takes longer than LIMIT seconds or longer than the faster of sacrebleu's.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

LIMIT = 30.0


def lines_of(path: Path, count: int) -> list[str]:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return (lines * (count // len(lines) + 1))[:count]


def ours(references: Sequence[str], systems: dict[str, list[str]], resamples: int) -> Any:
    from toolkit.compare.bench import Bench, Output, System, Unit
    from toolkit.compare.comparison import compare
    from toolkit.compare.statistics import Settings
    from toolkit.metrics import open_metric

    units = tuple(Unit(str(i), references=(text,)) for i, text in enumerate(references, 1))
    made = tuple(
        System(name, tuple(Output(u.id, text) for u, text in zip(units, lines, strict=True)))
        for name, lines in systems.items()
    )
    settings = Settings(resamples=resamples, trials=resamples)
    return compare(
        Bench("benchmark", "translation", units, made),
        [open_metric(name) for name in ("bleu", "chrf++", "ter")],
        settings,
    )


def theirs(
    references: Sequence[str], systems: dict[str, list[str]], resamples: int, test: str
) -> Any:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER
    from sacrebleu.significance import PairedTest

    metrics = {"BLEU": BLEU(), "chrF++": CHRF(word_order=2), "TER": TER()}
    return PairedTest(
        list(systems.items()), metrics, [references], test_type=test, n_samples=resamples
    )()


def timed(label: str, function: Callable[[], Any]) -> tuple[float, Any]:
    started, used = time.perf_counter(), time.process_time()
    result = function()
    taken, used = time.perf_counter() - started, time.process_time() - used
    print(f"{label:56} {taken:7.2f} s ({used:.2f} s of processor)", flush=True)
    return taken, result


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("references", type=Path)
    parser.add_argument("systems", type=Path, nargs="+")
    parser.add_argument("--segments", type=int, default=1000)
    parser.add_argument("--resamples", type=int, default=1000)
    arguments = parser.parse_args()
    count = arguments.segments
    references = [line.split("\t")[-1] for line in lines_of(arguments.references, count)]
    systems = {path.name: lines_of(path, count) for path in arguments.systems}
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(
        f"{len(systems)} systems, {count} segments, 3 metrics, {arguments.resamples} resamples; "
        f"{cores} cores, Python {platform.python_version()}"
    )
    pairs = len(systems) * (len(systems) - 1) // 2
    resamples = arguments.resamples
    mine, comparison = timed(
        f"ringkas: {pairs} pairs, both tests, intervals",
        lambda: ours(references, systems, resamples),
    )
    other = [
        timed(
            f"sacrebleu: {len(systems) - 1} pairs, {label}",
            lambda test=test: theirs(references, systems, resamples, test),
        )[0]
        for label, test in (("paired bootstrap", "bs"), ("approximate randomisation", "ar"))
    ]
    for name in systems:
        scores = comparison.scores[name]
        print(name, *(f"{m} {scores[m].value:.1f}" for m in ("bleu", "chrf++", "ter")))
    if mine > LIMIT or mine > min(other):
        print(f"too slow: the limit is {LIMIT:.0f} s and sacrebleu's {min(other):.2f} s")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
