"""Measures reading on IndoSum: what is removed, whether key sentences suffer, how fast it is.

    python scripts/measure_reading.py ../shared/data/summaries/indosum.jsonl.xz [ARTICLES]

A key sentence is one that the data set's extractive labels name. Datelines and list markers are
meant to be cut from key sentences and are not counted as losses.
"""

from __future__ import annotations

import json
import lzma
import sys
import textwrap
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from toolkit.reading import document_from_text
from toolkit.types import Document

HARMLESS = ("dateline", "list-marker")


def losses(row: dict[str, Any], document: Document) -> tuple[int, list[str]]:
    """Number of key sentences, and those of which more than a dateline is gone."""
    gone: dict[int, str] = {}
    for piece in document.removed:
        if piece.rule not in HARMLESS:
            gone.update(dict.fromkeys(range(piece.start, piece.end), piece.rule))
    places = [i for i, c in enumerate(document.text) if not c.isspace()]
    lost, position = [], 0
    for index, sentence in enumerate(row["sentences"]):
        size = len("".join(sentence.split()))
        rules = {gone[i] for i in places[position : position + size] if i in gone}
        if index in row["ext_labels"] and rules:
            lost.append(f"{', '.join(sorted(rules))}: {sentence}")
        position += size
    return len(row["ext_labels"]), lost


def same_when_wrapped(text: str, width: int) -> bool:
    """Whether the text, hard-wrapped at ``width``, gives the sentences of the unwrapped one."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    wrapped = "\n\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in lines)
    read = (
        document_from_text(t, id="x", check_language=False) for t in ("\n\n".join(lines), wrapped)
    )
    first, second = ([s.clean for s in document.sentences] for document in read)
    return first == second


def main() -> None:
    path = Path(sys.argv[1])
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else None
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, limit)]
    seconds = 0.0
    removed: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    keys, lost, titled = 0, [], 0
    for row in rows:
        started = time.process_time()
        document = document_from_text(row["text"], id=row["id"])
        seconds += time.process_time() - started
        removed.update(piece.rule for piece in document.removed)
        kinds.update(p.kind for p in document.paragraphs)
        count, gone = losses(row, document)
        keys += count
        lost += gone
        titled += bool(document.title)
    print(
        f"{len(rows)} articles, {len(rows) / seconds:.0f} per CPU second (language check included)"
    )
    print(f"{sum(removed.values())} pieces removed: {dict(removed.most_common())}")
    print(f"paragraphs: {dict(kinds)}; articles given a headline (none has one): {titled}")
    print(f"{keys} key sentences, {len(lost)} touched by more than a dateline:")
    print(*(f"  {line}" for line in lost), sep="\n")
    sample = rows[:: max(1, len(rows) // 200)]
    for width in (60, 72, 80, 100):
        same = sum(same_when_wrapped(row["text"], width) for row in sample)
        print(f"hard-wrapped at {width}: same sentences in {same} of {len(sample)} articles")


if __name__ == "__main__":
    main()
