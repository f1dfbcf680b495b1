"""Score a translation model on the dev sets, next to six public systems.

    python scripts/score_model.py                       # the embedded model, all sets, beam 4
    python scripts/score_model.py --model FOLDER --beam 1 --lines 300 --json out.json
    python scripts/score_model.py --floors eval/floors.json   # exit 1 below a floor

Prints sacreBLEU and chrF with their signatures, the share of numbers that agree with the source
and the share of segments that leave something out. Translates without the guard's retries unless
``--guard`` is given, so that the figures are the model's.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

SETS = ("flores-dev", "news-valid", "tico19-dev", "articles-dev")
SYSTEMS = ("google", "microsoft", "bergamot-tiny", "nllb", "opusmt", "argos")
COLUMNS = ("bleu", "chrf2", "chrf++", "numbers", "omissions")


def read_set(data: Path, name: str, lines: int | None = None) -> tuple[list[str], list[str]]:
    """Sources and references of a dev set, the first ``lines`` of them.

    ``articles-dev`` are the sentences of the articles in data/summaries kept for evaluation.
    """
    if name == "articles-dev":
        import lzma

        pairs: list[tuple[str, str]] = []
        with lzma.open(data / "summaries" / "articles_en.jsonl.xz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                if row["split"] == "dev":
                    pairs += zip(row["sentences"], row["translations"], strict=True)
        rows = [p for p in pairs if p[0].strip() and p[1].strip()]
    else:
        text = (data / "dev" / f"{name}.tsv").read_text(encoding="utf-8")
        rows = [tuple(line.split("\t")[:2]) for line in text.split("\n") if line]  # type: ignore[misc]
    rows = rows[:lines]
    return [r[0] for r in rows], [r[1] for r in rows]


def measure(
    sources: list[str], references: list[str], outputs: list[str]
) -> tuple[dict[str, float], dict[str, str]]:
    """Scores and signatures of one system's outputs."""
    import sacrebleu

    from toolkit.metrics import Item, open_metric, score

    items = [
        Item(id=str(i), hypothesis=h, references=(r,), source=s)
        for i, (s, r, h) in enumerate(zip(sources, references, outputs, strict=True))
    ]
    values: dict[str, float] = {}
    signatures: dict[str, str] = {}
    for name in ("bleu", "chrf++", "numbers", "omissions"):
        found = score(open_metric(name), items)
        values[name] = float("nan") if found.value is None else found.value
        signatures[name] = found.signature
    metric = sacrebleu.CHRF(word_order=0)
    values["chrf2"] = metric.corpus_score(outputs, [references]).score
    signatures["chrf2"] = str(metric.get_signature())
    return values, signatures


def translate(
    model: str, sources: list[str], beam: int, guard: bool, rerank: bool = False
) -> tuple[list[str], float]:
    """Outputs of ``model`` (a translator spec) and the seconds they took."""
    from toolkit.translate.base import Decoding
    from toolkit.translate.opening import open_backend, open_translator

    decoding = Decoding(beam_size=beam, rerank=rerank)
    if guard or rerank:
        translator = open_translator(model, decoding=decoding, guard=guard)
        start = time.perf_counter()
        outputs = [h.text for h in translator.translate(sources)]
    else:
        backend = open_backend(model)
        start = time.perf_counter()
        outputs = backend.generate(sources, decoding)
    return outputs, time.perf_counter() - start


def below_floors(results: dict[str, Any], floors: dict[str, dict[str, float]]) -> list[str]:
    """What fell below its floor (omissions: above its ceiling), one line each."""
    found = []
    for name, limits in floors.items():
        for metric, limit in limits.items():
            value = results[name]["model"][metric]
            if value > limit if metric == "omissions" else value < limit:
                found.append(f"{name}: {metric} is {value:.2f}, the limit is {limit}")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Score and print; 0, or 1 below a floor, or 2 when the data is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--model", default="embedded", help="translator spec (default: embedded)")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=[*SETS, "general-valid"])
    parser.add_argument("--lines", type=int, help="only the first lines of each set")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--guard", action="store_true", help="with the guard's repairs and retries")
    parser.add_argument("--rerank", action="store_true", help="with the reranker's choice")
    parser.add_argument("--alone", action="store_true", help="without the public systems")
    parser.add_argument("--floors", type=Path, help="compare with the floors in this file")
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--outputs", type=Path, help="write the translations into this folder")
    given = parser.parse_args(arguments)
    if not (given.data / "dev").is_dir():
        print(f"{given.data}/dev is not there; name the data folder with --data.", file=sys.stderr)
        return 2
    floors: dict[str, Any] = {}
    if given.floors:
        floors = json.loads(given.floors.read_text(encoding="utf-8"))
        given.sets, given.lines, given.beam = list(floors["sets"]), floors["lines"], floors["beam"]
    results: dict[str, Any] = {}
    signatures: dict[str, str] = {}
    for name in given.sets:
        sources, references = read_set(given.data, name, given.lines)
        outputs, seconds = translate(given.model, sources, given.beam, given.guard, given.rerank)
        values, signatures = measure(sources, references, outputs)
        results[name] = {"segments": len(sources), "seconds": round(seconds, 2), "model": values}
        if given.outputs:
            given.outputs.mkdir(parents=True, exist_ok=True)
            text = "".join(f"{o}\n" for o in outputs)
            (given.outputs / f"{name}.en").write_text(text, encoding="utf-8")
        for system in () if given.floors or given.alone else SYSTEMS:
            path = given.data / "dev" / "systems" / f"{name}.{system}.en"
            if path.is_file():
                theirs = path.read_text(encoding="utf-8").split("\n")[: len(sources)]
                results[name][system] = measure(sources, references, theirs)[0]
        _show(name, results[name])
    for metric in COLUMNS:
        print(f"{metric}: {signatures.get(metric, '')}")
    if given.json:
        settings = {name: getattr(given, name) for name in ("model", "beam", "guard", "rerank")}
        record = {**settings, "signatures": signatures, "results": results}
        given.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    failed = below_floors(results, floors.get("sets", {}))
    for line in failed:
        print(f"below the floor: {line}", file=sys.stderr)
    return 1 if failed else 0


def _show(name: str, result: dict[str, Any]) -> None:
    speed = result["segments"] / result["seconds"] if result["seconds"] else 0.0
    print(f"\n{name}: {result['segments']} segments, {speed:.1f} a second")
    print(f"{'':14}" + "".join(f"{c:>11}" for c in COLUMNS))
    for system, values in result.items():
        if isinstance(values, dict):
            print(f"{system:14}" + "".join(f"{values[c]:11.2f}" for c in COLUMNS), flush=True)


if __name__ == "__main__":
    sys.exit(main())
