"""Time the batch job: against bare CTranslate2, transformers and argostranslate; its growth.

Usage: python scripts/benchmark_batch.py [speed] [growth] [--articles JSONL[.xz]] [--documents N]
       [--checkpoint HF_DIR] [--slow-share N] [--rounds N] [--argos-python PYTHON] [--work DIR]

``speed``: one set of articles, one set of weights (the checkpoint, converted to int8), one machine,
all cores. The job is timed as a command, process start and output files included, without a
translation memory. "bare" is ``ctranslate2.Translator.translate_batch`` on the job's distinct
sentences, tokenised beforehand, sorted by length, batched by padded tokens: the best of several
batch sizes is the limit. transformers and argostranslate, being slow, get every Nth document
(``--slow-share``). argostranslate runs from its own environment (``--argos-python``, made with
``python -m venv ENV && ENV/bin/pip install argostranslate``) with the same weights as an
.argosmodel package that this script builds; it is given sentences, so that its sentence splitter,
which would have to be downloaded, costs it nothing.
Rates are source tokens (of the same tokeniser, end of sentence included) a second of wall time, and
a second of processor time of all processes together: on a machine that does other things too, the
second is the one to go by. The job and the bare engine are timed in turns, ``--rounds`` times, and
the least of each is taken, so that what others took of the machine in one round does not count.

``growth``: wall time a document and peak memory of the whole process tree for 100 to 100,000 short
synthetic documents.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORES = len(os.sched_getaffinity(0))
BEAM = 4
BARE_BATCHES = (512, 1024, 2048)


@dataclass
class Measured:
    name: str
    tokens: int
    seconds: float
    processor: float

    @property
    def rate(self) -> float:
        return self.tokens / self.seconds

    @property
    def thrift(self) -> float:
        return self.tokens / self.processor


def least(name: str, tokens: int, times: list[tuple[float, float]]) -> Measured:
    """The least wall and the least processor time of several runs."""
    return Measured(name, tokens, min(t for t, _ in times), min(u for _, u in times))


def children_seconds() -> float:
    """Processor seconds of all child processes that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class PeakMemory(threading.Thread):
    """Samples the memory of a process and its children (proportional set size)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.over = threading.Event()

    def run(self) -> None:
        import psutil

        top = psutil.Process(self.pid)
        while not self.over.wait(0.5):
            total = 0
            try:
                processes = [top, *top.children(recursive=True)]
            except psutil.Error:
                return
            for process in processes:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)


def run_command(*arguments: str | Path) -> tuple[float, float, int]:
    """Run ``ringkas batch``; returns wall and processor seconds and peak bytes."""
    command = [sys.executable, "-m", "toolkit.cli.main", "batch", *map(str, arguments)]
    began, used = time.perf_counter(), children_seconds()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    memory = PeakMemory(process.pid)
    memory.start()
    _, stderr = process.communicate()
    seconds = time.perf_counter() - began
    memory.over.set()
    if process.returncode not in (0, 1):
        raise SystemExit(stderr)
    return seconds, children_seconds() - used, memory.peak


def read_articles(path: Path, count: int) -> list[dict[str, Any]]:
    opened = lzma.open if path.suffix == ".xz" else open
    rows = []
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            rows.append({"id": str(row["id"]), "text": row["text"]})
            if len(rows) == count:
                break
    return rows


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def paragraphs_of(out: Path) -> list[list[str]]:
    """Sentences by paragraph, as the job split them."""
    from toolkit.types import clean_text

    found: list[list[str]] = []
    with (out / "translations.jsonl").open(encoding="utf-8") as file:
        for line in file:
            last = None
            for pair in json.loads(line)["sentences"]:
                if pair["paragraph"] != last:
                    found.append([])
                    last = pair["paragraph"]
                found[-1].append(clean_text(pair["text"]))
    return found


def time_bare(backend: Any, order: list[list[str]], size: int) -> tuple[float, float]:
    """Wall and processor seconds of the bare engine in batches of ``size`` tokens."""
    began, used = time.perf_counter(), time.process_time()
    backend._engine.translate_batch(
        order, max_batch_size=size, batch_type="tokens", beam_size=BEAM,
        max_input_length=0, max_decoding_length=256, disable_unk=True,
    )  # fmt: skip
    return time.perf_counter() - began, time.process_time() - used


def best_batch(backend: Any, order: list[list[str]]) -> int:
    """The batch size that needs the least processor time, tried out on a share of the sources."""
    tried = order[::8]
    times = {s: min(time_bare(backend, tried, s)[1] for _ in range(3)) for s in BARE_BATCHES}
    rates = ", ".join(f"{s}: {sum(map(len, tried)) / t:,.0f}" for s, t in times.items())
    print(f"  bare CTranslate2, tokens a processor second by batch size, {rates}", flush=True)
    return min(times, key=times.__getitem__)


def time_transformers(checkpoint: Path, sentences: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of ``generate`` in batches of 16, in the order given."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.set_num_threads(CORES)
    tokenizer = MarianTokenizer.from_pretrained(checkpoint)
    model = MarianMTModel.from_pretrained(checkpoint).eval()
    began, used = time.perf_counter(), time.process_time()
    with torch.inference_mode():
        for start in range(0, len(sentences), 16):
            batch = tokenizer(sentences[start : start + 16], return_tensors="pt", padding=True)
            outputs = model.generate(**batch, num_beams=BEAM, max_length=256)
            tokenizer.batch_decode(outputs, skip_special_tokens=True)
    return time.perf_counter() - began, time.process_time() - used


ARGOS = """
import json, sys, time, pathlib
from argostranslate import package, translate
package.install_from_path(pathlib.Path(sys.argv[1]))
paragraphs = json.load(open(sys.argv[2]))
source = next(l for l in translate.get_installed_languages() if l.code == "id")
target = next(l for l in translate.get_installed_languages() if l.code == "en")
translation = source.get_translation(target)
inner = getattr(translation, "underlying", translation)
class Given:
    sentences = []
    def split_sentences(self, text):
        return self.sentences
inner.sentencizer = Given()
Given.sentences = ["Halo dunia."]
inner.hypotheses("Halo dunia.", 1)
began, used = time.perf_counter(), time.process_time()
shown = []
for sentences in paragraphs:
    Given.sentences = sentences
    shown.append(inner.hypotheses(" ".join(sentences), 1)[0].value)
print(json.dumps([time.perf_counter() - began, time.process_time() - used, shown[:3]]))
"""


def build_argos_package(model: Path, target: Path) -> Path:
    """Our CTranslate2 model as an .argosmodel package."""
    settings = json.loads((model / "config.json").read_text(encoding="utf-8"))
    settings["add_source_eos"] = True  # Argos gives bare pieces
    metadata = {
        "package_version": "1.0", "argos_version": "1.9", "from_code": "id",
        "from_name": "Indonesian", "to_code": "en", "to_name": "English",
    }  # fmt: skip
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        root = "translate-id_en-1_0"
        archive.writestr(f"{root}/metadata.json", json.dumps(metadata))
        archive.writestr(f"{root}/model/config.json", json.dumps(settings))
        for name in ("model.bin", "shared_vocabulary.json"):
            archive.write(model / name, f"{root}/model/{name}")
        archive.write(model / "source.spm", f"{root}/sentencepiece.model")
    return target


def time_argos(
    python: Path, model: Path, paragraphs: list[list[str]], work: Path
) -> tuple[float, float]:
    archive = build_argos_package(model, work / "id_en.argosmodel")
    given = work / "argos.json"
    given.write_text(json.dumps(paragraphs), encoding="utf-8")
    home = work / "argos-home"
    environment = {
        **os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache"),
    }  # fmt: skip
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [python, "-c", ARGOS, archive, given], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    seconds, processor, shown = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"  argostranslate says, for instance: {shown[0][:120]}")
    return float(seconds), float(processor)


def speed(options: argparse.Namespace, work: Path) -> None:
    from toolkit.models.conversion import convert
    from toolkit.translate.opening import open_backend

    model = work / "model"
    if not model.exists():
        convert(options.checkpoint, model)
    source = write_rows(work / "speed.jsonl", read_articles(options.articles, options.documents))
    backend: Any = open_backend(str(model), threads=CORES)
    common = (source, "-t", model, "--no-memory", "--quiet", "--restart")
    whole: list[tuple[float, float]] = []
    plain: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    for number in range(options.rounds):
        seconds, used, memory = run_command(*common, "--out", work / "with-guard")
        whole.append((seconds, used))
        if not number:
            paragraphs = paragraphs_of(work / "with-guard")
            every = [s for p in paragraphs for s in p]
            distinct = list(dict.fromkeys(every))
            sources = [e.tokens for e in backend.tokenize(distinct)]
            order = sorted(sources, key=len, reverse=True)
            tokens = sum(map(len, sources))
            print(
                f"{options.documents:,} documents, {len(every):,} sentences ({len(distinct):,} "
                f"distinct), {tokens:,} source tokens, {CORES} cores; peak memory of the job "
                f"{memory / 1e6:,.0f} MB"
            )
            size = best_batch(backend, order)
        bare.append(time_bare(backend, order, size))
        seconds, used, _ = run_command(*common, "--out", work / "no-guard", "--no-guard")
        plain.append((seconds, used))
        rates = {"job": whole, "bare": bare, "without guard": plain}
        shown = "; ".join(f"{name} {tokens / t[-1][0]:,.0f}" for name, t in rates.items())
        print(f"  round {number + 1}, tokens/s: {shown}", flush=True)
    limit = least(f"bare CTranslate2 (batches of {size} tokens)", tokens, bare)
    results = [
        limit,
        least("ringkas batch", tokens, whole),
        least("ringkas batch --no-guard", tokens, plain),
    ]
    share = paragraphs[:: options.slow_share]
    some = [s for p in share for s in p]
    some_tokens = sum(len(e.tokens) for e in backend.tokenize(some))
    del backend
    results.append(
        Measured(
            "transformers generate, batches of 16", some_tokens,
            *time_transformers(options.checkpoint, some),
        )
    )  # fmt: skip
    if options.argos_python:
        results.append(
            Measured(
                "argostranslate, its defaults", some_tokens,
                *time_argos(options.argos_python, model, share, work),
            )
        )  # fmt: skip
    job = results[1]
    print(
        f"{'':42}{'wall':>8}{'of bare':>9}{'job is':>8}{'processor':>11}{'of bare':>9}{'job is':>8}"
    )
    for one in results:
        print(
            f"{one.name:42}{one.rate:8,.0f}{one.rate / limit.rate:9.0%}{job.rate / one.rate:7.1f}×"
            f"{one.thrift:11,.0f}{one.thrift / limit.thrift:9.0%}{job.thrift / one.thrift:7.1f}×"
        )


WORDS = (
    "petani pasar desa kota harga beras kopi jalan sungai hujan sekolah guru siswa kapal nelayan "
    "laut rumah warga pagi sore besar kecil baru lama membawa menjual membeli melihat menuju dari "
    "ke di pada untuk dengan karena ketika setelah sebelum banyak sedikit mereka kami itu ini"
).split()


def short_documents(path: Path, count: int) -> Path:
    chance = random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            words = " ".join(chance.choices(WORDS, k=chance.randint(5, 10)))
            text = f"{words.capitalize()} nomor {i}."
            file.write(json.dumps({"id": f"s{i}", "text": text}) + "\n")
    return path


def growth(options: argparse.Namespace, work: Path) -> None:
    """Cost a document and peak memory by the size of the job."""
    print(f"{'':30}{'--- wall ---':>23}{'--- processor ---':>23}")
    print(f"{'documents':>10}{'peak MB':>20}" + f"{'seconds':>10}{'ms/document':>13}" * 2)
    first: tuple[int, float] | None = None
    for count in options.sizes:
        source = short_documents(work / f"short-{count}.jsonl", count)
        seconds, used, peak = run_command(
            source, "--out", work / f"short-{count}", "--memory", work / f"m-{count}.sqlite",
            "--other-language", "keep", "--beam-size", "1", "--quiet", "--restart",
        )  # fmt: skip
        line = f"{count:10,}{peak / 1e6:20.0f}"
        line += "".join(f"{n:10.1f}{1000 * n / count:13.2f}" for n in (seconds, used))
        if first is None:
            first = (count, used)
        else:
            extra = (used - first[1]) / (count - first[0])
            line += f"   beyond the first {first[0]}: {1000 * extra:.2f}"
        print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=["speed", "growth", []], default=[])
    parser.add_argument(
        "--articles", type=Path, default=SHARED / "data" / "summaries" / "indosum.jsonl.xz"
    )
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--checkpoint", type=Path, default=SHARED / "models" / "id-en-starter")
    parser.add_argument("--slow-share", type=int, default=10)
    parser.add_argument("--rounds", type=int, choices=range(1, 21), metavar="N", default=1)
    parser.add_argument("--argos-python", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    parts = options.parts or ["speed", "growth"]
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        if "speed" in parts:
            speed(options, work)
        if "growth" in parts:
            growth(options, work)


if __name__ == "__main__":
    main()
