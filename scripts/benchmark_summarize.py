"""Print what one summary costs on this machine: start-up, whole process, memory, both orders.

Each figure is taken from fresh processes (median of --rounds); translation time of the two orders
is measured inside one process, the model loaded before. Nothing is compared with a limit here:
the script only measures.

Usage: python scripts/benchmark_summarize.py ARTICLE [--rounds 5] [--threads 2]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RINGKAS = [sys.executable, "-m", "toolkit.cli.main"]


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds and peak resident memory (MB) of one process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("article", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    os.environ["RINGKAS_THREADS"] = str(args.threads)
    words = len(args.article.read_text(encoding="utf-8").split())
    print(f"article {args.article.name}: {words} words, {args.threads} threads")

    def row(name: str, command: list[str]) -> None:
        runs = [timed(command) for _ in range(args.rounds)]
        seconds = statistics.median(r[0] for r in runs)
        print(f"{name:44s} {seconds:6.2f} s  peak {max(r[1] for r in runs):5.0f} MB")

    row("ringkas --help", [*RINGKAS, "--help"])
    article = str(args.article)
    row("summarize (text, summarize-first)", [*RINGKAS, "summarize", "-q", article])
    row(
        "summarize (text, translate-first)",
        [*RINGKAS, "summarize", "-q", "--order", "translate-first", article],
    )
    row("summarize (html)", [*RINGKAS, "summarize", "-q", "-f", "html", article])

    from toolkit.reading import read_document
    from toolkit.summarize.pipeline import open_summarizer, summarise
    from toolkit.translate import open_translator
    from toolkit.translate.base import Translator
    from toolkit.translate.opening import article_decoding
    from toolkit.types import Hypothesis

    class Clock:
        """Adds up the seconds spent inside a translator."""

        def __init__(self, inner: Translator) -> None:
            self.inner, self.seconds = inner, 0.0
            self.name, self.signature = inner.name, inner.signature

        def translate(self, segments: list[str]) -> list[Hypothesis]:
            started = time.perf_counter()
            try:
                return self.inner.translate(segments)
            finally:
                self.seconds += time.perf_counter() - started

    document = read_document(article)
    inner = open_translator(
        "embedded", decoding=article_decoding, retries="thorough", threads=args.threads
    )
    inner.translate(["Pemanasan."])
    texts, spent = {}, {}
    for order in ("translate-first", "summarize-first"):
        seconds = []
        for _ in range(args.rounds):
            clock = Clock(inner)
            summary, _translation = summarise(document, open_summarizer(), clock, order=order)
            seconds.append(clock.seconds)
        texts[order], spent[order] = summary.text, statistics.median(seconds)
        print(f"translation time, {order:26s} {spent[order]:6.3f} s")
    ratio = spent["translate-first"] / spent["summarize-first"]
    print(f"summarize-first is {ratio:.1f} times faster in translation time")
    print(f"same summary sentences: {texts['translate-first'] == texts['summarize-first']}")


if __name__ == "__main__":
    main()
