"""From the raw files to clean ones: normalise, filter, drop dev overlap and repeats, count all.

Writes one ``NAME.tsv`` a source (``id<TAB>en``) and ``manifest.json`` with, for each source, the
pairs read, dropped by each reason and kept, the licence, and SHA-256 of input and output. Which
share of a source a training step sees is ``weights``' in the training mixture, not decided here.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from scripts.corpus.characters import normalise
from scripts.corpus.filters import filters_for, key
from scripts.corpus.sources import Source
from scripts.corpus.variants import foreign, headline, misspelt, vary

SHINGLE = 12
"""A run of this many equal words shared with a dev segment counts as overlap."""


class DevOverlap:
    """Knows the segments that must never be trained on.

    A text overlaps when, normalised, it equals a dev segment of more than 12 characters, or
    shares ``SHINGLE`` words in a row with one.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._shingles: set[str] = set()
        for text in texts:
            if len(form := key(text)) > 12:
                self._whole.add(form)
                self._shingles.update(_shingles(form))

    def __call__(self, form: str) -> bool:
        """Whether a text (already in ``key`` form) overlaps."""
        if form in self._whole:
            return True
        return any(s in self._shingles for s in _shingles(form))


def _shingles(form: str) -> Iterable[str]:
    words = form.split()
    return (" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def dev_texts(data: Path) -> list[str]:
    """Both sides of data/dev/*.tsv and of the dev articles of data/summaries, where there."""
    texts: list[str] = []
    for path in sorted((data / "dev").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            texts += line.split("\t")[:2]
    articles = data / "summaries" / "articles_en.jsonl.xz"
    if articles.is_file():
        import lzma

        with lzma.open(articles, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if row["split"] == "dev":
                    texts += [*row["sentences"], *row["translations"]]
    return texts


def clean_source(
    source: Source, overlap: DevOverlap, seen: set[bytes]
) -> tuple[list[tuple[str, str]], Counter[str]]:
    """Pairs of one source that are fit for training, and how many went for which reason.

    ``seen`` holds digests of all pairs kept so far, over all sources; it is added to.
    """
    checks = filters_for(source.name, source.domain)
    kept: list[tuple[str, str]] = []
    counts: Counter[str] = Counter()
    for raw_indonesian, raw_english in source.read():
        counts["read"] += 1
        pair = normalise(raw_indonesian), normalise(raw_english)
        reason = next((f.__name__ for f in checks if f(*pair)), None)
        if reason is None:
            forms = key(pair[0]), key(pair[1])
            digest = hashlib.blake2b("\t".join(forms).encode(), digest_size=12).digest()
            if overlap(forms[0]) or overlap(forms[1]):
                reason = "dev_overlap"
            elif digest in seen:
                reason = "duplicate"
            else:
                seen.add(digest)
        if reason:
            counts[reason] += 1
        else:
            kept.append(pair)
            counts["kept"] += 1
    return kept, counts


def variants(pairs: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """Two variants (other numbers, dates, weekdays) of each pair that allows it."""
    draw = random.Random(seed)
    made = [vary(*pair, draw) for pair in pairs for _ in range(2)]
    return list(dict.fromkeys(v for v in made if v))


def _write(
    source: Source, out: Path, name: str, domain: str, pairs: list[tuple[str, str]]
) -> dict[str, object]:
    text = "".join(f"{a}\t{b}\n" for a, b in pairs).encode()
    (out / f"{name}.tsv").write_bytes(text)
    return {
        "domain": domain,
        "origin": source.origin,
        "licence": source.licence,
        "licence_stated": source.stated,
        "sha256_out": hashlib.sha256(text).hexdigest(),
    }


def build(
    sources: list[Source], data: Path, out: Path, *, only_stated: bool = False
) -> dict[str, object]:
    """Clean ``sources`` into ``out``; returns (and writes) the manifest.

    With ``only_stated`` the sources that state no licence are left out. Sources come in an order
    that keeps the better copy of a pair found twice: news first, strings last.
    """
    rank = ["news", "general", "prose", "religious", "docs", "ui", "strings", "dictionary"]
    overlap, seen = DevOverlap(dev_texts(data)), set[bytes]()
    out.mkdir(parents=True, exist_ok=True)
    rows: dict[str, object] = {}
    for source in sorted(sources, key=lambda s: (rank.index(s.domain), s.name)):
        if only_stated and not source.stated:
            rows[source.name] = {"left_out": "no licence stated", "licence": source.licence}
            continue
        kept, counts = clean_source(source, overlap, seen)
        digest = hashlib.sha256(source.path.read_bytes()).hexdigest()
        rows[source.name] = _write(source, out, source.name, source.domain, kept) | {
            "counts": dict(sorted(counts.items())), "sha256_in": digest,
        }  # fmt: skip
        if source.domain in ("news", "general"):
            made = {"varied": variants(kept, seed=len(rows))}
            made["headlines"] = list(dict.fromkeys(h for p in kept if (h := headline(*p))))
            if source.domain == "news":
                draw = random.Random(len(rows))
                for kind, change in (("foreign", foreign), ("misspelt", misspelt)):
                    few = [p for p in kept if draw.random() < 0.25]
                    made[kind] = [c for p in few if (c := change(*p, draw))]
            for kind, pairs in made.items():
                name = f"{source.name}.{kind}"
                rows[name] = _write(source, out, name, f"{source.domain}-{kind}", pairs) | {
                    "counts": {"kept": len(pairs)},
                }  # fmt: skip
    manifest: dict[str, object] = {"only_stated": only_stated, "sources": rows}
    (out / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return manifest
