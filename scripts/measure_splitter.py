"""Measure the sentence splitter on the UD treebank sentences: join them, split again, compare.

A gold boundary is the offset at which a treebank sentence ends (the end of the text, which no
splitter can miss, is left out). Every fifth block of 20 sentences is the tuning part; the rest is
the report part. Run: python scripts/measure_splitter.py [FOLDER]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from toolkit.text.sentences import sentence_spans

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev" / "sentences"
BLOCK = 20


@dataclass(frozen=True, slots=True)
class Counts:
    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[2].strip() for line in lines if line.strip()]


def parts(sentences: list[str]) -> dict[str, list[str]]:
    """Tuning part: blocks 0, 5, 10, … of 20 sentences; report part: all the others."""
    tune = [s for i, s in enumerate(sentences) if (i // BLOCK) % 5 == 0]
    report = [s for i, s in enumerate(sentences) if (i // BLOCK) % 5 != 0]
    return {"tune": tune, "report": report, "all": sentences}


def boundaries(sentences: list[str]) -> tuple[str, set[int]]:
    """The joined text and the offsets at which its sentences end, but for the last."""
    text = " ".join(sentences)
    ends, position = set(), 0
    for sentence in sentences:
        position += len(sentence)
        ends.add(position)
        position += 1
    ends.discard(len(text))
    return text, ends


def measure(sentences: list[str]) -> Counts:
    text, gold = boundaries(sentences)
    found = {end for _, end in sentence_spans(text)} - {len(text)}
    return Counts(len(gold), len(found), len(gold & found))


def main(folder: Path) -> None:
    print("treebank  part    boundaries  precision  recall     F1")
    for path in sorted(folder.glob("*.tsv")):
        for part, sentences in parts(read(path)).items():
            c = measure(sentences)
            shares = f"{c.precision:>9.4f}  {c.recall:.4f}  {c.f1:.4f}"
            print(f"{path.stem:<9} {part:<8} {c.gold:>8}  {shares}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
