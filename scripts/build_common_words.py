"""Derive the lists of common words that ``toolkit.text.name_find`` reads.

Counts how often each word stands in lower case and, away from sentence starts, with a capital in
the news corpora, and writes for each language two lists: words that are mostly lower case, and
words that are so in 5 % to 50 % of cases (parts of titles and institutions: "kementerian").
Everything rarer in lower case is a name or an acronym as far as the finder is concerned. The
frequent ones of these make a third list: in Indonesian a sentence's first word is known for a name
by it, in English a spelling for one that is in use (``translate.name_repair``).
Run: python scripts/build_common_words.py [DATA FOLDER]
"""

from __future__ import annotations

import json
import lzma
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data"
TARGET = ROOT / "toolkit" / "text" / "data"
ITEM = re.compile(r"[^\W\d_]+|[.!?\"“:\n]")
LEAST = {"id": 8, "en": 16}
MOSTLY, PARTLY = 0.5, 0.05
NAMES = {"id": 20, "en": 2}  # least count of a word in the list of names


def lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        yield from stream


def texts(folder: Path, language: str) -> Iterator[str]:
    yield from lines(folder / "mono" / f"{language}-news.txt.xz")
    column = 0 if language == "id" else 1
    for line in lines(folder / "parallel" / "newswire_translated.tsv.xz"):
        yield line.rstrip("\n").split("\t")[column]
    if language == "id":
        for line in lines(folder / "summaries" / "indosum.jsonl.xz"):
            yield json.loads(line)["text"]


def count(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Occurrences in lower case, and capitalised away from sentence starts."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        initial = True
        for item in ITEM.findall(text):
            if not item[0].isalpha():
                initial = True
                continue
            if item.islower():
                lower[item] += 1
            elif not initial and not (item.isupper() and len(item) > 1):
                capital[item.lower()] += 1
            initial = False
    return lower, capital


def main(folder: Path) -> None:
    for language in ("id", "en"):
        lower, capital = count(texts(folder, language))
        mostly, partly = [], []
        names = [
            w
            for w, times in capital.items()
            if times >= NAMES[language] and lower[w] < 0.02 * times and len(w) > 3 and w.isascii()
        ]
        for word, times in lower.items():
            share = times / (times + capital[word])
            if len(word) < 2 or not word.isascii():
                continue
            if share >= MOSTLY and times >= LEAST[language]:
                mostly.append(word)
            elif MOSTLY > share >= PARTLY and times >= 5:
                partly.append(word)
        for name, found in (("lower", mostly), ("mixed", partly), ("upper", names)):
            if not found:
                continue
            path = TARGET / f"words_{name}.{language}.txt"
            head = (
                f"# Derived by scripts/build_common_words.py: words {name} in case, {language}.\n"
            )
            body = textwrap.fill(" ".join(sorted(found)), 100)
            path.write_text(head + body + "\n", encoding="utf-8")
            print(f"{path.name}: {len(found)} words, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
