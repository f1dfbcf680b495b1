"""Makes the tables with which the reranker chooses among hypotheses.

    python scripts/build_reranker.py --clean work-files/clean \\
        --mono ../shared/data/mono/en-news.txt.xz

A model of word n-grams of English (interpolated modified Kneser-Ney, Chen & Goodman 1999) from the
English sides of cleaned pairs (``python -m scripts.corpus build``) and from ``--mono``, and the
probability of Indonesian words given English ones (IBM Model 1, Brown et al. 1993) from the pairs.
Writes ``toolkit/translate/data/rerank.npz`` and, with the probability of English words given
Indonesian ones, ``senses.tsv.xz``. N-grams of two words and more that occur once are left
out after estimation. Choose the weights with ``scripts/tune_reranker.py``.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolkit.translate.coverage import CONTENT_STOP, ENGLISH_STOP
from toolkit.translate.fluency import UNKNOWN, marked, since
from toolkit.translate.rerank import DATA, NOTHING
from toolkit.translate.senses import DATA as SENSES
from toolkit.translate.tables import (
    Floats,
    Ids,
    classed,
    ngram_bits,
    packed,
    pair_bits,
    word_ids,
    words,
)

ORDER = 4
FLUENCY_DOMAINS = ("news", "general", "prose")
LEXICON_DOMAINS = ("news", "general")
LONGEST = 50  # words of a side of a pair that the lexicon learns from
LEAST_SEEN = 3  # times that a word of the lexicon occurs
ROUNDS = 5
LEAST = 1e-3  # probability of a word given another that is worth keeping


def read_pairs(folders: Sequence[Path], domains: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of the domains out of folders that ``scripts.corpus build`` made."""
    for folder in folders:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for name, row in manifest["sources"].items():
            if "left_out" in row or row["domain"] not in domains:
                continue
            with (folder / f"{name}.tsv").open(encoding="utf-8") as lines:
                for line in lines:
                    source, _, target = line.rstrip("\n").partition("\t")
                    yield source, target


def read_mono(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from (line.strip() for line in lines)


def fluency_tables(texts: Iterable[str], order: int = ORDER, least: int = 2) -> dict[str, Any]:
    """The arrays of ``fluency.NGramModel``; n-grams (n > 1) seen less than ``least`` times are
    left out after estimation."""
    tokens, begins = marked(list(dict.fromkeys(t for t in texts if t)))
    seen = Counter(tokens)
    ids = word_ids([w if seen[w] > 1 else UNKNOWN for w in tokens])
    before = since(begins, len(tokens))
    first = before == 0
    bits = {n: ngram_bits(ids, n) for n in range(1, order + 1)}
    unique: dict[int, Ids] = {}
    where: dict[int, NDArray[np.intp]] = {}
    often: dict[int, NDArray[np.intp]] = {}
    for n in range(1, order + 1):
        ends = np.flatnonzero((before >= n - 1) & (~first | (n == 1)))
        unique[n], at, often[n] = np.unique(bits[n][ends], return_index=True, return_counts=True)
        where[n] = ends[at]

    def shorter(n: int, back: int) -> NDArray[np.intp]:
        """The (n − 1)-gram that ends ``back`` words before the end of each n-gram."""
        return np.searchsorted(unique[n - 1], bits[n - 1][where[n] - back])

    counts: dict[int, Floats] = {order: often[order].astype(np.float64)}
    for n in range(order, 1, -1):
        # How many words stand before it; at the begin of a text, how often it stands there.
        different = np.bincount(shorter(n, 0), minlength=len(unique[n - 1]))
        opening = first[where[n - 1] - (n - 2)]
        counts[n - 1] = np.where(opening, often[n - 1], different).astype(np.float64)
    counts[1][np.searchsorted(unique[1], bits[1][0])] = 0  # BEGIN is never predicted
    chance: dict[int, Floats] = {}
    back_off: dict[int, Floats] = {}
    for n in range(1, order + 1):
        cut = _discounts(counts[n])
        if n == 1:
            total = counts[1].sum()
            chance[1] = (counts[1] - cut) / total + cut.sum() / total / (len(unique[1]) - 1)
            continue
        context = shorter(n, 1)
        size = len(unique[n - 1])
        total = np.bincount(context, weights=counts[n], minlength=size)
        saved = np.bincount(context, weights=cut, minlength=size)
        back_off[n - 1] = np.where(total > 0, saved / np.maximum(total, 1), 1.0)
        lower = chance[n - 1][shorter(n, 0)]
        chance[n] = (counts[n] - cut) / total[context] + back_off[n - 1][context] * lower
    arrays: dict[str, Any] = {"lm.order": np.array(order)}
    for n in range(1, order + 1):
        kept = (often[n] >= least) | (n == 1)
        columns = [np.log(chance[n][kept])]
        if n < order:
            columns.append(np.log(np.maximum(back_off[n][kept], 1e-9)))
        arrays |= packed(f"lm{n}", unique[n][kept], *columns)
        print(f"{n}-grams: {kept.sum():,} of {len(kept):,}", file=sys.stderr)
    return arrays


def _discounts(counts: Floats) -> Floats:
    """What is taken from each count: D1, D2 or D3+ of Chen & Goodman (1999, eq. 26)."""
    n1, n2, n3, n4 = ((counts == k).sum() for k in (1, 2, 3, 4))
    if not (n1 and n2 and n3 and n4):
        return np.where(counts > 0, 0.5, 0.0)  # too little text to estimate them
    y = n1 / (n1 + 2 * n2)
    d1, d2, d3 = 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3
    return np.select([counts == 0, counts == 1, counts == 2], [0.0, d1, d2], default=d3)


def lexicon_tables(
    pairs: Iterable[tuple[str, str]], seen: int = LEAST_SEEN, least: float = LEAST
) -> dict[str, Any]:
    """The array of ``Reranker``'s lexicon: log P(Indonesian word | English word) over ``least``."""
    source, target, unique, behind, chance = ibm1(_tokens(pairs), seen)
    kept = chance > least
    print(f"lexicon: {kept.sum():,} of {len(kept):,} pairs of words", file=sys.stderr)
    left, right = word_ids(source), word_ids(target)
    bits = pair_bits(left[unique[kept]], right[behind[kept]])
    return packed("lexicon", bits, np.log(chance[kept]))


def sense_lines(
    pairs: Iterable[tuple[str, str]], seen: int = 5, least: float = 0.02
) -> Iterator[str]:
    """The lines of ``senses.DATA``: Indonesian content words, their English ones with per cent."""
    english, source, unique, behind, chance = ibm1(((t, s) for s, t in _tokens(pairs)), seen)
    found: dict[str, list[tuple[float, str]]] = {}
    for e, f, p in zip(unique, behind, chance, strict=True):
        if p >= least and _is_content(english[e], ENGLISH_STOP):
            found.setdefault(source[f], []).append((-p, english[e]))
    for word in sorted(found):
        if _is_content(word, CONTENT_STOP) and sum(-p for p, _ in found[word]) > 0.3:
            shown = (f"{e} {round(-100 * p)}" for p, e in sorted(found[word]))
            yield "\t".join([word, *shown])


def _tokens(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[list[str], list[str]]]:
    return ((classed(words(s)), classed(words(t))) for s, t in pairs)


def _is_content(word: str, stop: frozenset[str]) -> bool:
    return len(word) > 2 and word.isalpha() and word not in stop


def ibm1(
    pairs: Iterable[tuple[Sequence[str], Sequence[str]]], seen: int
) -> tuple[list[str], list[str], NDArray[np.int64], NDArray[np.int64], Floats]:
    """IBM Model 1 of the first sides given the second ones (words seen at least ``seen`` times).

    Returns the words of both sides, and for each pair of words that meets their places, the
    probability of the first given the second.
    """
    split = [(s, t) for s, t in pairs if 2 < len(s) <= LONGEST and 2 < len(t) <= LONGEST]
    source = _numbered((s for s, _ in split), seen)
    target = {NOTHING: 0} | {w: i + 1 for w, i in _numbered((t for _, t in split), seen).items()}
    links, places, at = [], [], 0
    for s, t in split:
        left = np.array([source[w] for w in s if w in source], dtype=np.int64)
        right = np.unique(np.array([0, *(target[w] for w in t if w in target)], dtype=np.int64))
        links.append((left[:, None] * len(target) + right).ravel())
        places.append(np.repeat(np.arange(at, at + len(left), dtype=np.int32), len(right)))
        at += len(left)
    place = np.concatenate(places)
    unique, link = np.unique(np.concatenate(links), return_inverse=True)
    link = link.astype(np.int32)
    behind = unique % len(target)
    chance = np.full(len(unique), 1 / len(source))
    for step in range(ROUNDS):
        value = chance[link]
        total = np.bincount(place, weights=value, minlength=at)
        counts = np.bincount(link, weights=value / total[place], minlength=len(unique))
        chance = counts / np.bincount(behind, weights=counts, minlength=len(target))[behind]
        print(f"round {step + 1}: {np.log(total).mean():.4f} nats a word", file=sys.stderr)
    return list(source), list(target), unique // len(target), behind, chance


def _numbered(sentences: Iterable[Sequence[str]], seen: int) -> dict[str, int]:
    counts = Counter(w for s in sentences for w in s)
    return {w: i for i, w in enumerate(sorted(w for w, c in counts.items() if c >= seen))}


def main(arguments: list[str] | None = None) -> int:
    """Build; 0 when it went well."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clean", type=Path, nargs="+", required=True)
    parser.add_argument("--mono", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--senses", type=Path, default=SENSES)
    args = parser.parse_args(arguments)
    english = [t for _, t in read_pairs(args.clean, FLUENCY_DOMAINS)]
    arrays = fluency_tables([*english, *read_mono(args.mono)])
    pairs = list(read_pairs(args.clean, LEXICON_DOMAINS))
    arrays |= lexicon_tables(pairs)
    np.savez(args.out, **arrays)
    text = "".join(line + "\n" for line in sense_lines(pairs))
    args.senses.write_bytes(lzma.compress(text.encode(), preset=9))
    for path in (args.out, args.senses):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
