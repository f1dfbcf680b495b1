"""One job of a run: one system on one set, in a process of its own.

``python -m toolkit.compare.work RUN KEY`` goes on where an earlier process stopped: outputs are
appended line by line, each preceded by its time. A process of its own gives each system its own
peak memory. Which jobs there are is ``runner``'s business.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.compare import baselines
from toolkit.compare.files import append, mend, read_rows, sha256, write_json
from toolkit.compare.systems import SystemSpec, spec_from
from toolkit.errors import InputError, RingkasError
from toolkit.types import Check, Document, Hypothesis, Summary, SummarySentence, Translation

if TYPE_CHECKING:
    from toolkit.summarize.base import Abstractive, Extractive
    from toolkit.translate.base import Decoding, Translator

_CHUNK = 64
"""Segments without a document are translated so many at a time."""


class SharedTranslator:
    """A translator that keeps translations in a file for the other systems of the run.

    ``saved`` sums the seconds that reused translations took when they were made, so that a system
    is charged for them all the same. A segment's time is its share, by characters, of its call.
    """

    def __init__(self, translator: Translator, path: Path) -> None:
        self._translator = translator
        self.name = translator.name
        self.signature = translator.signature
        self.saved = 0.0
        self._kept: dict[str, tuple[Hypothesis, float]] = {}
        for row in mend(path):
            checks = tuple(Check(**check) for check in row["checks"])
            self._kept[row["source"]] = (Hypothesis(row["text"], checks), row["seconds"])
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = path.open("a", encoding="utf-8", newline="\n")

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """As ``Translator.translate``."""
        missing = [s for s in dict.fromkeys(segments) if s not in self._kept]
        for source in dict.fromkeys(segments):
            if source in self._kept:
                self.saved += self._kept[source][1]
        if missing:
            started = time.perf_counter()
            made = self._translator.translate(missing)
            taken = time.perf_counter() - started
            total = sum(map(len, missing)) or 1
            for source, hypothesis in zip(missing, made, strict=True):
                cost = taken * len(source) / total
                self._kept[source] = (hypothesis, cost)
                row = {
                    "source": source,
                    "text": hypothesis.text,
                    "checks": [asdict(check) for check in hypothesis.checks],
                    "seconds": round(cost, 6),
                }
                append(self._stream, row)
        return [self._kept[source][0] for source in segments]

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


class Worker:
    """Runs one system; opened once, then called for each document or group of segments."""

    def __init__(self, spec: SystemSpec, share: Path | None) -> None:
        from toolkit.summarize.length import parse_length
        from toolkit.translate import open_translator

        started = time.perf_counter()
        self.spec = spec
        self.length = parse_length(spec.length)
        translator = open_translator(
            spec.translator,
            decoding=_decoding(spec),
            guard=spec.settings.guard,
            retries="thorough" if spec.settings.rerank else True,
        )
        backend = getattr(translator, "backend", None)
        self.signatures = {
            "translator": translator.signature,
            "backend": str(getattr(backend, "signature", "")),
        }
        self.shared: SharedTranslator | None = None
        if share is not None:
            name = "".join(c if c.isalnum() else "-" for c in translator.signature)
            self.shared = SharedTranslator(translator, share / f"{name}.jsonl")
        self.translator: Translator = self.shared or translator
        self.summariser: Extractive | Abstractive | None = None
        if spec.summarizer:
            from toolkit.summarize.pipeline import PIPELINE_VERSION, open_summarizer

            self.summariser = open_summarizer(spec.summarizer, **dict(spec.options))
            self.signatures["summarizer"] = self.summariser.signature
            self.signatures["pipeline"] = PIPELINE_VERSION
        self.load_seconds = time.perf_counter() - started

    def timed(self) -> float:
        """A clock that also runs for reused translations."""
        return time.perf_counter() + (self.shared.saved if self.shared else 0.0)

    def summary(self, row: dict[str, Any]) -> tuple[dict[str, Any], float, int]:
        """The output line of one document, its seconds, the sentences read."""
        from toolkit.reading import document_from_text

        started = self.timed()
        try:
            document = document_from_text(
                row["text"], id=row["id"], outlet=row["outlet"], date=row["date"]
            )
            if self.summariser is not None:
                from toolkit.summarize.pipeline import summarise

                made, translation = summarise(
                    document,
                    self.summariser,
                    self.translator,
                    length=self.length,
                    order=self.spec.order,
                    strict=self.spec.settings.strict,
                )
            else:
                made, translation = self._baseline(document, row["references"])
        except InputError as error:
            return failed(row["id"], str(error)), self.timed() - started, 0
        line = output_line(row["id"], document, made, translation)
        return line, self.timed() - started, len(document.sentences)

    def _baseline(
        self, document: Document, references: Sequence[str]
    ) -> tuple[Summary, Translation]:
        name = self.spec.baseline
        sentences = {s.id: s for s in document.sentences}
        wanted = list(sentences) if name == "oracle" else _chosen(name, document, self.spec.seed)
        hypotheses = self.translator.translate([sentences[i].clean for i in wanted])
        done = dict(zip(wanted, hypotheses, strict=True))
        chosen = wanted
        if name == "oracle":
            story = [(s.id, done[s.id].text) for s in document.story_sentences]
            chosen = baselines.oracle(story, references)
        made = tuple(SummarySentence(done[i].text, (i,), done[i].checks) for i in chosen)
        return Summary("", made, name), Translation(document.id, done)

    def segments(
        self, rows: Sequence[dict[str, Any]]
    ) -> Iterator[tuple[dict[str, Any], float, int]]:
        """The output lines of a group of segments, each with its share of the time."""
        started = self.timed()
        made = self.translator.translate([row["source"] for row in rows])
        taken = self.timed() - started
        total = sum(len(row["source"]) for row in rows) or 1
        for row, hypothesis in zip(rows, made, strict=True):
            checks = [asdict(c) for c in hypothesis.checks if c.severity != "info"]
            line = {"id": row["id"], "text": hypothesis.text, "checks": checks}
            yield line, taken * len(row["source"]) / total, 1


def _decoding(spec: SystemSpec) -> Decoding:
    """The search settings of a system; reranked hypotheses come out of a beam as wide as that of
    ``ringkas summarize``, unless the suite gives its size."""
    from toolkit.translate.base import Decoding
    from toolkit.translate.opening import ARTICLE_BEAM

    values = spec.settings.decoding()
    if spec.settings.rerank:
        values = {"beam_size": ARTICLE_BEAM, **values}
    return Decoding(**values)


def _chosen(name: str, document: Document, seed: int) -> list[int]:
    return baselines.lead(document) if name == "lead-3" else baselines.draw(document, seed)


def failed(unit_id: str, reason: str) -> dict[str, Any]:
    """The output line of a document that could not be summarised."""
    check = {"kind": "omission", "severity": "error", "detail": reason}
    return {"id": unit_id, "text": "", "checks": [check], "error": reason}


def output_line(
    unit_id: str, document: Document, made: Summary, translation: Translation
) -> dict[str, Any]:
    """The output line of a summary; ``article`` only when every sentence was translated."""
    hypotheses = translation.hypotheses
    whole = all(s.id in hypotheses for s in document.sentences)
    article = " ".join(hypotheses[s.id].text for s in document.sentences) if whole else ""
    checks = [asdict(c) for s in made.sentences for c in s.checks if c.severity != "info"]
    return {
        "id": unit_id,
        "text": made.text,
        "title": made.title,
        "sentences": [{"text": s.text, "support": list(s.support)} for s in made.sentences],
        "checks": checks,
        "notes": list(made.notes),
        "article": article,
    }


def groups(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Neighbouring segments of one document; segments without a document in chunks."""
    current: list[dict[str, Any]] = []
    for row in rows:
        same = current and current[0]["document"] == row["document"]
        if current and (not same or (not row["document"] and len(current) == _CHUNK)):
            yield current
            current = []
        current.append(row)
    if current:
        yield current


def work(run: Path, key: str) -> None:
    """Do one job of a run, or what is left of it. Raises RingkasError when it can't be done."""
    from toolkit.metrics.efficiency import peak_bytes

    job = next(j for j in read_rows(run / "jobs.jsonl") if j["key"] == key)
    rows = read_rows(run / job["input"])
    worker = Worker(spec_from(job["spec"]), run / "translations" if job["share"] else None)
    outputs, times = run / job["outputs"], run / "times" / f"{key}.jsonl"
    for path in (outputs, times):
        path.parent.mkdir(parents=True, exist_ok=True)
    done = mend(outputs)
    mend(times, keep=len(done))
    left = rows[len(done) :]
    with (
        outputs.open("a", encoding="utf-8", newline="\n") as out,
        times.open("a", encoding="utf-8", newline="\n") as clock,
    ):
        for line, seconds, sentences in _results(worker, job["task"], left):
            row = {"id": line["id"], "seconds": round(seconds, 6), "sentences": sentences}
            append(clock, row)
            append(out, line)
    if worker.shared is not None:
        worker.shared.close()
    errors = [line["id"] for line in read_rows(outputs) if "error" in line]
    summary = {
        "digest": sha256(outputs),
        "signatures": worker.signatures,
        "load_seconds": round(worker.load_seconds, 6),
        "peak_memory": peak_bytes(),
        "failed": errors,
    }
    write_json(run / "done" / f"{key}.json", summary)


def _results(
    worker: Worker, task: str, rows: Sequence[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], float, int]]:
    if task == "summary":
        for row in rows:
            yield worker.summary(row)
    else:
        for group in groups(rows):
            yield from worker.segments(group)


def main(arguments: Sequence[str]) -> int:
    """Run one job; one sentence on stderr and the error's exit code when it fails."""
    run, key = arguments
    try:
        work(Path(run), key)
    except RingkasError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
