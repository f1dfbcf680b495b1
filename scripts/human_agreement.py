"""Correlates our summary metrics with people's ratings, beside ROUGE's, with intervals.

    python scripts/human_agreement.py ../shared/data/human [--json FILE] [--output TABLE.md]
    python scripts/human_agreement.py --read FILE.json [--read …] --compact TABLE.md

Public human judgements (SummEval, REALSumm, Newsroom-60, QAGS, GoFigure, Multi-SummEval) are read
from their place. The summaries are English (Multi-SummEval has Indonesian ones too), and so are
their sources: number, date and name checks are run with the English finders on both sides, a
monolingual stand-in for what the product does between Indonesian and English, and say so.

Two levels. *Summary*: correlation over all pairs of summary and rating, articles resampled as a
whole for the interval. *System*: systems' mean scores against their mean ratings (with six systems
or more). A metric whose 95 % interval of Kendall's τ includes 0 "does not correlate".
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from toolkit.metrics import Item
from toolkit.metrics.extractive import fragments
from toolkit.metrics.fidelity import unknown_names
from toolkit.metrics.rouge import f_measures
from toolkit.metrics.semantic import similarity
from toolkit.metrics.support import unsupported_words
from toolkit.metrics.words import words
from toolkit.text.numbers import find_numbers

SEED = 12345
RESAMPLES = 1000
LEAST_SYSTEMS = 6


@dataclass(frozen=True)
class Rated:
    """One summary with its ratings; ``source`` and ``references`` may be empty."""

    article: str
    system: str
    summary: str
    source: str
    references: tuple[str, ...]
    ratings: dict[str, float]


@dataclass(frozen=True)
class Row:
    """One line of the result: a metric against a rating at one level."""

    data: str
    rating: str
    level: str
    metric: str
    n: int
    kendall: float
    kendall_ci: tuple[float, float]
    spearman: float
    spearman_ci: tuple[float, float]
    pearson: float
    pearson_ci: tuple[float, float]

    @property
    def correlates(self) -> bool:
        """Whether the interval of Kendall's tau lies wholly above 0."""
        return self.kendall_ci[0] > 0


def rows_of(path: Path) -> Iterable[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def with_systems(path: Path) -> list[Rated]:
    """SummEval, REALSumm, Newsroom-60, QAGS: an article with the summaries of several systems."""
    found = []
    for row in rows_of(path):
        references = tuple(row["refs"] or ()) or (row["ref"],)
        # QAGS has no references of its own: its "ref" is the article.
        references = tuple(r for r in references if r and r != row["text"])
        for system, entry in row["systems"].items():
            if entry["summary"].strip():
                found.append(
                    Rated(
                        str(row["id"]),
                        system,
                        entry["summary"],
                        row["text"],
                        references,
                        entry["scores"],
                    )
                )
    return found


def multi_summeval(path: Path) -> list[Rated]:
    return [
        Rated(
            str(row["id"]),
            row["model"],
            row["pred"],
            "",
            (row["gold"],),
            {"focus": row["focus"], "coverage": row["coverage"]},
        )
        for row in rows_of(path)
    ]


def gofigure(path: Path) -> list[Rated]:
    """A label for a rating: 1 factual, 0 factually incorrect; "too incoherent" is left out."""
    values = {"factual": 1.0, "factually incorrect": 0.0}
    articles: dict[str, str] = {}
    found = []
    for row in rows_of(path):
        if row["label"] not in values:
            continue
        article = articles.setdefault(row["article"], str(len(articles)))
        summary = row["summary"].replace("<br/>", " ").strip()
        rating = {"factual": values[row["label"]]}
        found.append(Rated(article, "-", summary, row["article"], (), rating))
    return found


SETS: tuple[tuple[str, str, Callable[[Path], list[Rated]]], ...] = (
    ("SummEval", "summeval_en.jsonl.xz", with_systems),
    ("REALSumm", "realsumm_cnndm_en.jsonl.xz", with_systems),
    ("Newsroom-60", "newsroom60_en.jsonl.xz", with_systems),
    ("Multi-SummEval en", "multi_summeval_en.jsonl.xz", multi_summeval),
    ("Multi-SummEval id", "multi_summeval_id.jsonl.xz", multi_summeval),
    ("QAGS CNN/DM", "qags_cnndm_en.jsonl.xz", with_systems),
    ("QAGS XSum", "qags_xsum_en.jsonl.xz", with_systems),
    ("GoFigure XSum", "gofigure_human_xsum_en.jsonl.xz", gofigure),
)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def rouge(index: int) -> Callable[[Rated], float]:
    return lambda r: _mean([f_measures(ref, r.summary)[index] for ref in r.references])


def semantic(rated: Rated) -> float:
    return 100 * _mean([similarity(ref, rated.summary) for ref in rated.references])


def supported(rated: Rated) -> float:
    missing, count = unsupported_words(Item("", rated.summary, article=rated.source))
    return 100 * (1 - len(missing) / count) if count else math.nan


def numbers(rated: Rated) -> float:
    """Share of the summary's numbers that the source has; NaN without a number."""
    known = {v for n in find_numbers(rated.source, "en") for v in n.values}
    own = [n for n in find_numbers(rated.summary, "en") if not n.weak]
    return 100 * _mean([bool(known & set(n.values)) for n in own]) if own else math.nan


def names(rated: Rated) -> float:
    """100 when every name of the summary stands in the source, less for each that does not."""
    unknown = unknown_names(Item("", rated.summary, source=rated.source, article=rated.source))
    return 100.0 / (1 + len(unknown))


def coverage(rated: Rated) -> float:
    own = words(rated.summary)
    return 100 * sum(fragments(words(rated.source), own)) / max(1, len(own))


def length(rated: Rated) -> float:
    return float(len(rated.summary.split()))


WITH_REFERENCES: dict[str, Callable[[Rated], float]] = {
    "ROUGE-1": rouge(0),
    "ROUGE-2": rouge(1),
    "ROUGE-Lsum": rouge(2),
    "semantic": semantic,
}
WITH_SOURCE: dict[str, Callable[[Rated], float]] = {
    "supported (100 − unsupported)": supported,
    "numbers (monolingual)": numbers,
    "names (monolingual)": names,
    "coverage": coverage,
}
ALWAYS: dict[str, Callable[[Rated], float]] = {"length (control)": length}


def correlations(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    """Kendall's tau-b, Spearman's rho, Pearson's r; NaN when one side does not vary."""
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return (math.nan,) * 3
    return (
        float(stats.kendalltau(x, y).statistic),
        float(stats.spearmanr(x, y).statistic),
        float(stats.pearsonr(x, y).statistic),
    )


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Percentile interval; a resample in which the metric is constant counts as 0."""
    kept = sorted(0.0 if math.isnan(v) else v for v in values)
    cut = len(kept) // 40
    return kept[cut], kept[-cut - 1]


def summary_level(
    scores: np.ndarray, ratings: np.ndarray, articles: Sequence[str], resamples: int
) -> tuple[int, tuple[float, ...], list[tuple[float, float]]]:
    """All pairs; articles drawn with replacement for the interval."""
    kept = ~np.isnan(scores)
    index: dict[str, list[int]] = {}
    for i in np.flatnonzero(kept):
        index.setdefault(articles[i], []).append(int(i))
    groups = [np.asarray(g) for g in index.values()]
    rng = np.random.default_rng(SEED)
    drawn = []
    for _ in range(resamples):
        chosen = np.concatenate([groups[g] for g in rng.integers(len(groups), size=len(groups))])
        drawn.append(correlations(scores[chosen], ratings[chosen]))
    point = correlations(scores[kept], ratings[kept])
    return int(kept.sum()), point, [interval([d[k] for d in drawn]) for k in range(3)]


def system_level(
    scores: np.ndarray,
    ratings: np.ndarray,
    articles: Sequence[str],
    systems: Sequence[str],
    resamples: int,
) -> tuple[int, tuple[float, ...], list[tuple[float, float]]]:
    """Means by system; articles (not systems) drawn with replacement for the interval."""
    names_ = sorted(set(systems))
    places = {a: i for i, a in enumerate(dict.fromkeys(articles))}
    columns = {s: j for j, s in enumerate(names_)}
    shape = (len(places), len(names_))
    x, y, n = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for i, (article, system) in enumerate(zip(articles, systems, strict=True)):
        if not math.isnan(scores[i]):
            at = places[article], columns[system]
            x[at] += scores[i]
            y[at] += ratings[i]
            n[at] += 1
    rng = np.random.default_rng(SEED)
    drawn = []
    for _ in range(resamples):
        rows = rng.integers(len(places), size=len(places))
        total = np.maximum(n[rows].sum(axis=0), 1)
        drawn.append(correlations(x[rows].sum(axis=0) / total, y[rows].sum(axis=0) / total))
    total = np.maximum(n.sum(axis=0), 1)
    point = correlations(x.sum(axis=0) / total, y.sum(axis=0) / total)
    return len(names_), point, [interval([d[k] for d in drawn]) for k in range(3)]


def agreement(name: str, rated: Sequence[Rated], resamples: int) -> list[Row]:
    metrics = dict(ALWAYS)
    if all(r.references for r in rated):
        metrics |= WITH_REFERENCES
    if all(r.source for r in rated):
        metrics |= WITH_SOURCE
    articles = [r.article for r in rated]
    systems = [r.system for r in rated]
    found = []
    for label, metric in metrics.items():
        scores = np.asarray([metric(r) for r in rated])
        print(f"{name}: {label} scored", file=sys.stderr, flush=True)
        for rating in rated[0].ratings:
            wanted = np.asarray([r.ratings[rating] for r in rated])
            levels = {"summary": summary_level(scores, wanted, articles, resamples)}
            if len(set(systems)) >= LEAST_SYSTEMS:
                levels["system"] = system_level(scores, wanted, articles, systems, resamples)
            for level, (n, point, cis) in levels.items():
                found.append(
                    Row(
                        name,
                        rating,
                        level,
                        label,
                        n,
                        point[0],
                        cis[0],
                        point[1],
                        cis[1],
                        point[2],
                        cis[2],
                    )
                )
    return found


def table(rows: Sequence[Row]) -> str:
    """Markdown: one line a metric, rating and level."""

    def cell(value: float, ci: tuple[float, float]) -> str:
        if math.isnan(value):
            return "–"
        return f"{value:.2f} [{ci[0]:.2f}, {ci[1]:.2f}]"

    lines = [
        "| data | rating | level | metric | n | Kendall τ | Spearman ρ | Pearson r | correlates |",
        "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        says = "–" if math.isnan(row.kendall) else "yes" if row.correlates else "**no**"
        lines.append(
            f"| {row.data} | {row.rating} | {row.level} | {row.metric} | {row.n} | "
            f"{cell(row.kendall, row.kendall_ci)} | {cell(row.spearman, row.spearman_ci)} | "
            f"{cell(row.pearson, row.pearson_ci)} | {says} |"
        )
    return "\n".join(lines) + "\n"


SYMBOLS = {"kendall": "Kendall's τ", "spearman": "Spearman's ρ", "pearson": "Pearson's r"}


def compact(rows: Sequence[Row], statistic: str = "kendall") -> str:
    """Markdown: one table a level, one correlation, data and rating by metric."""
    metrics = list(dict.fromkeys(row.metric for row in rows))
    lines: list[str] = []
    for level in ("summary", "system"):
        chosen = [row for row in rows if row.level == level]
        if not chosen:
            continue
        shown = [m for m in metrics if any(row.metric == m for row in chosen)]
        lines += [f"{level.capitalize()} level, {SYMBOLS[statistic]} [95 % interval]:", ""]
        lines.append("| data: rating | n | " + " | ".join(shown) + " |")
        lines.append("| --- | ---: |" + " ---: |" * len(shown))
        for data, rating in dict.fromkeys((row.data, row.rating) for row in chosen):
            found = {r.metric: r for r in chosen if (r.data, r.rating) == (data, rating)}
            cells = []
            for metric in shown:
                row = found.get(metric)
                if row is None or math.isnan(row.kendall):
                    cells.append("")
                    continue
                low, high = getattr(row, f"{statistic}_ci")
                cell = f"{getattr(row, statistic):.2f} [{low:.2f}, {high:.2f}]"
                cells.append(cell if low > 0 else f"{cell} **no**")
            count = max(row.n for row in found.values())
            lines.append(f"| {data}: {rating} | {count} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def read_rows(path: Path) -> list[Row]:
    """Rows that an earlier run wrote with --json."""
    found = []
    for entry in json.loads(path.read_text(encoding="utf-8")):
        entry.pop("correlates")
        for key in ("kendall_ci", "spearman_ci", "pearson_ci"):
            entry[key] = tuple(entry[key])
        found.append(Row(**entry))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="the folder of human judgements")
    parser.add_argument("--read", type=Path, action="append", help="rows of an earlier --json")
    parser.add_argument("--only", action="append", help="name of a data set; may be repeated")
    parser.add_argument("--resamples", type=int, default=RESAMPLES)
    parser.add_argument("--output", type=Path, help="write the Markdown table here")
    parser.add_argument("--compact", type=Path, help="write one table a correlation and level here")
    parser.add_argument("--json", type=Path, help="write all rows as JSON here")
    arguments = parser.parse_args()
    rows: list[Row] = [row for path in arguments.read or () for row in read_rows(path)]
    for name, file, reader in SETS if arguments.folder else ():
        path = arguments.folder / file
        if arguments.only and name not in arguments.only:
            continue
        if not path.is_file():
            print(f"{name}: {path} is not there; left out", file=sys.stderr)
            continue
        rows += agreement(name, reader(path), arguments.resamples)
    if not rows:
        print(f"No judgements in {arguments.folder}.", file=sys.stderr)
        return 3
    text = table(rows)
    if arguments.compact:
        tables = [compact(rows, statistic) for statistic in SYMBOLS]
        arguments.compact.write_text("\n".join(tables), encoding="utf-8")
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    elif not arguments.compact:
        print(text, end="")
    if arguments.json:
        data = [asdict(row) | {"correlates": row.correlates} for row in rows]
        arguments.json.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
