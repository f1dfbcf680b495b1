"""Learns which Indonesian words may stand behind an English stem, for the support check.

IBM Model 1 (Brown et al. 1993) in both directions over sentence pairs, a few rounds of EM; an
entry is kept when either direction finds it likely and the pair was seen often enough. Names
(stems that are mostly capitalised inside sentences) must be likelier. Writes
``toolkit/summarize/lexicon.tsv``: an English stem, a tab, Indonesian words, and for names a tab
and "name".

    python scripts/train_lexicon.py ../shared/data/parallel/newswire_translated.tsv.xz … --out FILE
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from toolkit.summarize.evidence import stems
from toolkit.summarize.lexical import content_words

NULL = "\0"


def pairs(paths: Sequence[Path], longest: int = 60) -> Iterator[tuple[list[str], list[str]]]:
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                indonesian, tab, english = line.rstrip("\n").partition("\t")
                if not tab:
                    continue
                source = list(dict.fromkeys(content_words(indonesian)))
                target = list(dict.fromkeys(stems(english)))
                if 0 < len(source) <= longest and 0 < len(target) <= longest:
                    yield source, target


def capitalised(paths: Sequence[Path]) -> frozenset[str]:
    """Stems of words that are capitalised four times in five when they do not open a sentence."""
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                english = line.rstrip("\n").partition("\t")[2]
                for word in re.findall(r"(?<=[\w,;:] )[^\W\d_]+", english):
                    (upper if word[0].isupper() else lower).update(stems(word))
    return frozenset(w for w, c in upper.items() if c > 4 * lower[w])


def numbered(sentences: Sequence[Sequence[str]], least: int) -> tuple[list[list[int]], list[str]]:
    counts = Counter(w for s in sentences for w in s)
    words = [NULL, *sorted(w for w, c in counts.items() if c >= least)]
    index = {w: i for i, w in enumerate(words)}
    return [[index[w] for w in s if w in index] for s in sentences], words


def model1(
    given: Sequence[Sequence[int]], made: Sequence[Sequence[int]], rounds: int
) -> dict[tuple[int, int], float]:
    """p(made word | given word) by EM; given word 0 is the empty word."""
    keys: dict[tuple[int, int], int] = {}
    cells: list[np.ndarray] = []
    shapes: list[tuple[int, int]] = []
    for g, m in zip(given, made, strict=True):
        if not m:
            continue
        row = [keys.setdefault((a, b), len(keys)) for b in m for a in (0, *g)]
        cells.append(np.array(row, dtype=np.int64).reshape(len(m), len(g) + 1))
        shapes.append((len(m), len(g) + 1))
    owner = np.fromiter((a for a, _ in keys), dtype=np.int64, count=len(keys))
    t = np.ones(len(keys))
    for _ in range(rounds):
        total = np.zeros(len(keys))
        for cell in cells:
            p = t[cell]
            p /= p.sum(axis=1, keepdims=True)
            np.add.at(total, cell.ravel(), p.ravel())
        norm = np.zeros(owner.max() + 1)
        np.add.at(norm, owner, total)
        t = total / norm[owner]
    return {key: float(t[i]) for key, i in keys.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--least", type=int, default=2, help="fewest occurrences of a word")
    parser.add_argument("--share", type=float, default=0.06, help="least probability")
    parser.add_argument("--name-share", type=float, default=0.25, help="the same for names")
    parser.add_argument("--most", type=int, default=12, help="most words an entry")
    options = parser.parse_args()
    source, target = zip(*pairs(options.corpora), strict=True)
    indonesian, id_words = numbered(source, options.least)
    english, en_words = numbered(target, options.least)
    seen = Counter((i, e) for s, t in zip(indonesian, english, strict=True) for i in s for e in t)
    forward = model1(english, indonesian, options.rounds)  # p(indonesian | english)
    backward = model1(indonesian, english, options.rounds)  # p(english | indonesian)
    names = capitalised(options.corpora)
    scored: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, e), count in seen.items():
        p, q = forward.get((e, i), 0.0), backward.get((i, e), 0.0)
        name = en_words[e] in names
        least = options.name_share if name else options.share
        if count >= 2 and max(p, q) >= least and p * q > (0.02 if name else 1e-4):
            scored[e].append((max(p, q), i))
    lines = []
    for e in sorted(scored, key=lambda e: en_words[e]):
        best = sorted(scored[e], key=lambda x: (-x[0], id_words[x[1]]))[: options.most]
        words = [id_words[i] for _, i in best]
        if en_words[e][0].isdigit() or words == [en_words[e]]:
            continue
        mark = "\tname" if en_words[e] in names else ""
        lines.append(f"{en_words[e]}\t{' '.join(words)}{mark}")
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(source)} pairs, {len(lines)} stems, {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
