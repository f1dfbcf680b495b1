"""Train the sentence ranker on IndoSum's extractive labels and write toolkit/summarize/ranker.json.

Reads indosum.jsonl.xz (folds dev.01–dev.04 for training, dev.05 for validation); documents that
also stand in the `dev` split of articles_en.jsonl.xz are left out of training, since that split
is for evaluation only. The scorer is features → tanh layer → score with a linear skip, trained
with a softmax over the sentences of each document (listwise: ListNet, Cao et al. 2007), averaged
over seeds at the level of scores is not needed: one seed, fixed. Titles are taken from the
article's address slug, on half of the documents, so that the ranker works with and without one.

Usage: python scripts/train_ranker.py --data ../shared/data/summaries [--out FILE] [--epochs 40]
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rouge_score import rouge_scorer

from toolkit.summarize.centrality import Centrality
from toolkit.summarize.features import FEATURES, sentence_features
from toolkit.types import Document, Paragraph, Sentence

DATELINE = re.compile(r"^(?:[A-Z][\w.]*(?:,? [A-Z][\w.]*){0,3}\s*(?:\([^)]*\))?\s*[-–—]+\s+)")


def load(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def as_document(row: dict[str, Any], with_title: bool) -> Document:
    """Rebuild paragraphs from the text's lines and the given sentence segmentation."""
    lines = row.get("text", "").split("\n")
    paragraphs: list[list[Sentence]] = [[]]
    line = 0
    seen = ""
    for i, text in enumerate(row["sentences"]):
        squeezed = re.sub(r"\s", "", text)
        if line < len(lines) and len(seen) >= len(re.sub(r"\s", "", lines[line])):
            line, seen = line + 1, ""
            if paragraphs[-1]:
                paragraphs.append([])
        seen += squeezed
        text = DATELINE.sub("", text, count=1) if i == 0 else text
        paragraphs[-1].append(Sentence(i, len(paragraphs) - 1, 0, len(text), text))
    title = " ".join(row["id"].split("-")[1:]) if with_title else ""
    return Document(
        id=row["id"],
        text="",
        paragraphs=tuple(Paragraph(k, "text", tuple(p)) for k, p in enumerate(paragraphs)),
        title=title,
    )


class Scorer(torch.nn.Module):
    def __init__(self, size: int, hidden: int) -> None:
        super().__init__()
        self.hidden = torch.nn.Linear(size, hidden)
        self.output = torch.nn.Linear(hidden, 1, bias=False)
        self.skip = torch.nn.Linear(size, 1, bias=False)
        torch.nn.init.zeros_(self.output.weight)
        torch.nn.init.zeros_(self.skip.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (self.output(torch.tanh(self.hidden(x))) + self.skip(x)).squeeze(-1)


def rouge_of(order: list[int], row: dict[str, Any], count: int, scorer: Any) -> tuple[float, float]:
    chosen = " ".join(row["sentences"][i] for i in sorted(order[:count]))
    score = scorer.score(row["summary"].lower(), chosen.lower())
    return score["rouge1"].fmeasure, score["rougeL"].fmeasure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/summaries"))
    parser.add_argument("--out", type=Path, default=Path("toolkit/summarize/ranker.json"))
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--hidden", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    rows = load(args.data / "indosum.jsonl.xz")
    held_out = {r["id"] for r in load(args.data / "articles_en.jsonl.xz") if r["split"] == "dev"}

    def prepare(row: dict[str, Any], with_title: bool) -> tuple[np.ndarray, np.ndarray]:
        _, features = sentence_features(as_document(row, with_title))
        labels = np.zeros(len(features), dtype=np.float32)
        labels[[i for i in row["ext_labels"] if i < len(features)]] = 1
        return np.asarray(features, dtype=np.float32), labels

    train = [
        prepare(r, rng.random() < 0.5)
        for r in rows
        if r["split"] != "dev.05" and r["id"] not in held_out and len(r["sentences"]) <= 120
    ]
    train = [(x, y) for x, y in train if y.sum() and len(x) > 3]
    stacked = np.concatenate([x for x, _ in train])
    mean, scale = stacked.mean(0), np.maximum(stacked.std(0), 1e-3)
    model = Scorer(len(FEATURES), args.hidden)
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=1e-2)
    data = [(torch.tensor((x - mean) / scale), torch.tensor(y / y.sum())) for x, y in train]
    steps = args.epochs * (len(data) // 16 + 1)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for epoch in range(args.epochs):
        rng.shuffle(data)
        total = 0.0
        for start in range(0, len(data), 16):
            batch = data[start : start + 16]
            loss = torch.stack(
                [-(y * torch.log_softmax(model(x), 0)).sum() for x, y in batch]
            ).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(batch)
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: listwise loss {total / len(data):.4f}")

    def rounded(values: Any) -> Any:
        return [rounded(v) if isinstance(v, list) else round(float(v), 5) for v in values]

    args.out.write_text(
        json.dumps(
            {
                "features": list(FEATURES),
                "mean": rounded(mean.tolist()),
                "scale": rounded(scale.tolist()),
                "hidden": rounded(model.hidden.weight.tolist()),
                "hidden_bias": rounded(model.hidden.bias.tolist()),
                "output": rounded(model.output.weight[0].tolist()),
                "skip": rounded(model.skip.weight[0].tolist()),
                "trained_on": f"IndoSum dev.01–dev.04, {len(train)} documents, seed {args.seed}",
            }
        )
        + "\n",
        encoding="utf-8",
    )
    report(rows, args.out)


def report(rows: list[dict[str, Any]], weights: Path) -> None:
    """Print ROUGE F1 of three-sentence extracts on dev.05 against the Indonesian references."""
    from toolkit.summarize.ranker import Ranker, load_weights

    ranker, centrality = Ranker(load_weights(weights)), Centrality()
    scorer = rouge_scorer.RougeScorer(["rouge1", "rougeL"])
    validation = [r for r in rows if r["split"] == "dev.05" and 3 < len(r["sentences"]) <= 120]
    results: dict[str, list[tuple[float, float]]] = {}
    for row in validation:
        for titled in (False, True):
            document = as_document(row, titled)
            order = [r.sentence_id for r in ranker.rank(document)]
            name = "ranker (slug as title)" if titled else "ranker"
            results.setdefault(name, []).append(rouge_of(order, row, 3, scorer))
        central = [r.sentence_id for r in centrality.rank(document)]
        results.setdefault("centrality", []).append(rouge_of(central, row, 3, scorer))
        lead = list(range(len(row["sentences"])))
        results.setdefault("lead-3", []).append(rouge_of(lead, row, 3, scorer))
        labels = [i for i in row["ext_labels"] if i < len(row["sentences"])]
        results.setdefault("labels (oracle)", []).append(rouge_of(labels, row, len(labels), scorer))
    print(f"dev.05, {len(validation)} documents, three sentences")
    for name, scores in results.items():
        one, longest = np.mean(scores, axis=0) * 100
        print(f"{name:24s} ROUGE-1 {one:.1f}  ROUGE-L {longest:.1f}")


if __name__ == "__main__":
    main()
