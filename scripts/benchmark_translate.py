"""Time the translation step: start-up, bare engine, our batches, the guard, and transformers.

Usage: python scripts/benchmark_translate.py [--model SPEC] [--segments N] [--threads N]
       [--transformers CHECKPOINT] [--against-torch N]

All rows translate the same Indonesian sentences (../shared/data/dev/news-valid.tsv) with the same
weights, beam size and threads. "bare" is CTranslate2 on sentences tokenised beforehand, sorted by
length and cut into batches of --batch-tokens padded tokens by hand; it is the limit that the
others are held against. Target tokens a second; processor seconds are of this process.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from toolkit.translate.base import Decoding
from toolkit.translate.ctranslate2 import CTranslate2Backend
from toolkit.translate.guard import GuardedTranslator
from toolkit.translate.opening import open_backend

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"

ONE_LINE = (
    "import time; start = time.perf_counter();"
    "from toolkit.translate import open_translator;"
    "open_translator({model!r}, threads=1).translate(['Harga beras naik 5 persen.']);"
    "print(time.perf_counter() - start)"
)


def read_sentences(count: int) -> list[str]:
    lines = (SHARED / "dev" / "news-valid.tsv").read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(line.split("\t")[0].strip() for line in lines))[:count]


def start_up(model: str, runs: int = 5) -> tuple[float, float]:
    """Best of several fresh processes: whole process, and from first import to translation."""
    command = [sys.executable, "-c", ONE_LINE.format(model=model)]
    wall, inside = [], []
    for _ in range(runs):
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        wall.append(time.perf_counter() - began)
        inside.append(float(done.stdout))
    return min(wall), min(inside)


def bare(backend: CTranslate2Backend, sources: list[list[str]], decoding: Decoding) -> int:
    """CTranslate2 by hand: sorted, padded batches, nothing else; returns target tokens."""
    order = sorted(sources, key=len, reverse=True)
    batches: list[list[list[str]]] = []
    for source in order:
        if not batches or len(batches[-1][0]) * (len(batches[-1]) + 1) > decoding.batch_tokens:
            batches.append([])
        batches[-1].append(source)
    futures = []
    for batch in batches:
        futures += backend._engine.translate_batch(
            batch,
            asynchronous=True,
            beam_size=decoding.beam_size,
            max_decoding_length=decoding.max_length,
            max_input_length=0,
            disable_unk=True,
        )
    return sum(len(f.result().hypotheses[0]) for f in futures)


def timed(name: str, work: Callable[[], int], segments: int, limit: float | None) -> float:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    tokens = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rate = tokens / wall
    share = f"{rate / limit:8.1%}" if limit else f"{'100.0%':>8}"
    print(
        f"{name:42} {wall:8.2f} s {cpu:8.2f} s {segments / wall:8.0f} {rate:9.0f} {share}",
        flush=True,
    )
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--segments", type=int, default=1900)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--batch-tokens", type=int, default=2048)
    parser.add_argument("--repeat", type=int, default=1, help="rounds; the machine may be busy")
    parser.add_argument(
        "--transformers", metavar="CHECKPOINT", help="the same weights, unconverted"
    )
    parser.add_argument("--against-torch", type=int, default=160, help="segments for transformers")
    options = parser.parse_args()
    sentences = read_sentences(options.segments)
    decoding = Decoding(beam_size=options.beam, batch_tokens=options.batch_tokens)

    wall, inside = start_up(options.model)
    print(f"one line, fresh process: {wall:.2f} s in all, {inside:.2f} s from the first import")
    backend = open_backend(options.model, threads=options.threads)
    if not isinstance(backend, CTranslate2Backend):
        parser.error("--model must be a CTranslate2 model")
    sources = [e.tokens for e in backend.tokenize(sentences)]
    source_tokens = sum(map(len, sources))
    print(
        f"{len(sentences)} sentences, {source_tokens} source tokens, beam {options.beam}, "
        f"{options.threads} threads, batches of {options.batch_tokens} tokens\n"
    )
    print(f"{'':42} {'wall':>10} {'cpu':>10} {'sent/s':>8} {'tokens/s':>9} {'of bare':>8}")
    outputs = backend.submit(sources, decoding).result()
    target_tokens = sum(len(h[0]) for h in outputs)
    count = len(sentences)

    def stage(guard: bool, retries: bool = False) -> Callable[[], int]:
        translator = GuardedTranslator(backend, decoding, guard=guard, retries=retries)

        def work() -> int:
            translator.translate(sentences)
            return target_tokens

        return work

    for _ in range(options.repeat):
        limit = timed(
            "bare engine, sorted by hand", lambda: bare(backend, sources, decoding), count, None
        )
        timed(
            "equal-length batches, tokens in and out",
            lambda: sum(len(h[0]) for h in backend.submit(sources, decoding).result()),
            count,
            limit,
        )
        timed("… and tokenising, joining", stage(guard=False), count, limit)
        timed("… and the guard's checks and repairs", stage(guard=True), count, limit)
        timed("… and its retries", stage(guard=True, retries=True), count, limit)
    if options.transformers:
        against_torch(options, sentences, sources, limit)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of this process: {peak:.0f} MB")


def against_torch(
    options: argparse.Namespace, sentences: list[str], sources: list[list[str]], limit: float
) -> None:
    """transformers ``generate`` in batches of 16 in the order given, with padding."""
    from toolkit.translate.transformers import TransformersBackend

    backend = TransformersBackend(Path(options.transformers), threads=options.threads)
    count = min(options.against_torch, len(sentences))
    decoding = Decoding(beam_size=options.beam)
    generation = backend._generation(decoding, 1)
    text, torch = backend._text, backend._torch

    def work() -> int:
        tokens = 0
        for at in range(0, count, 16):
            ids = [text.to_ids(s) for s in sources[at : at + 16][: count - at]]
            width = max(map(len, ids))
            padded = torch.tensor([i + [text.pad] * (width - len(i)) for i in ids])
            with torch.inference_mode():
                output = backend._model.generate(
                    input_ids=padded,
                    attention_mask=(padded != text.pad).long(),
                    generation_config=generation,
                )
            tokens += sum(len(text.to_tokens(row[1:])) for row in output.tolist())
        return tokens

    timed(f"transformers generate, 16 a batch ({count})", work, count, limit)


if __name__ == "__main__":
    main()
