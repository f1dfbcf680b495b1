"""Learn which English words Indonesian content words become, for the guard's lost-clause check.

IBM Model 1 (Brown et al. 1993, with an empty source word) over content words of sentence pairs
and dictionary entries; written are, for each common Indonesian word, how often (in per
cent) it is not to be found in good translations, and the stems of the English words it becomes in
at least 4 % of its uses. A clause none of whose words come back in any of
these forms was probably left out (``toolkit.translate.coverage``).

Run: python scripts/build_lexicon.py [DATA FOLDER]
"""

from __future__ import annotations

import lzma
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from toolkit.text.resources import words
from toolkit.translate.coverage import CONTENT_STOP, content_words, stems

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data"
TARGET = ROOT / "toolkit" / "translate" / "data" / "lexicon.tsv.xz"
SOURCES = (
    *("newswire_translated", "smeru_policy", "ausaid", "tatoeba", "krisna_economics_blog"),
    *("bosscha_observatory", "ud_pud_news_wiki", "talpco", "ethereum_org", "opensource_guide"),
    *("dictionary", "dictionary_muse", "open_bible_stories", "bitcoin_org", "owasp_top10"),
)
HELD_OUT = 3000  # the sample of newswire that scripts/measure_guard.py reports on
ITERATIONS = 6
PRIOR = 0.25  # share of misses assumed of a word never seen in a sentence
LEAST_COUNT, LEAST_SHARE, MOST = 3, 0.04, 12


def read_pairs(data: Path) -> Iterator[tuple[list[str], list[str]]]:
    for name in SOURCES:
        path = data / "parallel" / f"{name}.tsv.xz"
        if not path.is_file():
            sys.exit(f"{path} is missing")
        with lzma.open(path, "rt", encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t")[:2] for line in file]
        if name == "newswire_translated":
            held = set(random.Random(1).sample(range(len(rows)), HELD_OUT))
            rows = [row for i, row in enumerate(rows) if i not in held]
        for source, target in rows:
            if len(source) < 400 and len(target) < 400:
                yield content_words(source), stems(target)


def learn(pairs: list[tuple[list[str], list[str]]]) -> dict[str, list[str]]:
    source_counts = Counter(w for s, _ in pairs for w in set(s))
    target_counts = Counter(w for _, t in pairs for w in set(t))
    source_ids = {w: i for i, w in enumerate(["", *(w for w, c in source_counts.items() if c > 1)])}
    target_ids = {w: i for i, w in enumerate(w for w, c in target_counts.items() if c > 1)}
    width = len(target_ids)
    keys, groups, group = [], [], 0
    for source, target in pairs:
        s = np.array([0, *(source_ids[w] for w in source if w in source_ids)], dtype=np.int64)
        t = np.array([target_ids[w] for w in target if w in target_ids], dtype=np.int64)
        keys.append((s[None, :] * width + t[:, None]).ravel())
        groups.append(np.repeat(np.arange(group, group + len(t), dtype=np.int32), len(s)))
        group += len(t)
    key = np.concatenate(keys)
    del keys
    where = np.concatenate(groups)
    del groups
    distinct, index = np.unique(key, return_inverse=True)
    del key
    owner = distinct // width
    share = np.ones(len(distinct))
    for _ in range(ITERATIONS):
        weight = share[index]
        weight /= np.bincount(where, weight, group)[where]
        counts = np.bincount(index, weight, len(distinct))
        share = counts / np.bincount(owner, counts, len(source_ids))[owner]
    names = {i: w for w, i in target_ids.items()}
    sources = {i: w for w, i in source_ids.items()}
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for k in np.flatnonzero(share >= LEAST_SHARE):
        found[sources[int(owner[k])]].append((float(share[k]), names[int(distinct[k] % width)]))
    common = words("words_lower.id.txt") | words("words_mixed.id.txt")
    return {
        word: [t for _, t in sorted(found[word], reverse=True)[:MOST]]
        for word in sorted(found)
        if word and word in common and source_counts[word] >= LEAST_COUNT
    }


def missed(pairs: list[tuple[list[str], list[str]]], table: dict[str, list[str]]) -> dict[str, int]:
    """How often (per cent) none of a word's forms is in the translation, smoothed."""
    forms = {w: set(f) for w, f in table.items()}
    seen: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for source, target in pairs:
        there = set(target)
        for word in source:
            if word in forms:
                seen[word] += 1
                gone[word] += there.isdisjoint(forms[word]) and word not in there
    return {w: min(90, max(3, round(100 * (gone[w] + PRIOR * 10) / (seen[w] + 10)))) for w in table}


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    pairs = [p for p in read_pairs(data) if p[0] and p[1]]
    table = learn(pairs)
    sentences = [p for p in pairs if len(p[0]) > 3]
    misses = missed(sentences, table)
    text = "".join(f"{w}\t{misses[w]}\t{' '.join(forms)}\n" for w, forms in table.items())
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    size = TARGET.stat().st_size
    print(f"{len(pairs)} pairs; {len(table)} words, {len(text):,} characters, {size:,} bytes")
    assert not CONTENT_STOP & table.keys()


if __name__ == "__main__":
    main()
