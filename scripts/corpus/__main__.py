"""``python -m scripts.corpus``: clean the corpora, make a vocabulary, pack token ids."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.corpus import clean, pack, vocabulary
from scripts.corpus.characters import EXTRA_CHARACTERS
from scripts.corpus.sources import all_sources


def main(arguments: list[str] | None = None) -> int:
    """Run one of the verbs; 0 when it went well, 2 when something named is not there."""
    parser = argparse.ArgumentParser(prog="python -m scripts.corpus", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("build", help="clean data/parallel into a folder")
    add.add_argument("--data", type=Path, default=Path("../shared/data"))
    add.add_argument("--out", type=Path, required=True)
    add.add_argument("--only-stated", action="store_true", help="leave out unlicensed sources")
    add.add_argument("--sources", nargs="*", help="these sources only")
    add = verbs.add_parser("vocabulary", help="train a joint SentencePiece vocabulary")
    add.add_argument("--clean", type=Path, required=True)
    add.add_argument(
        "--mono", type=Path, nargs="*", default=[], help=".txt or .txt.xz, a line each"
    )
    add.add_argument("--size", type=int, default=12000)
    add.add_argument("--threads", type=int, default=2)
    add.add_argument("--out", type=Path, required=True)
    add = verbs.add_parser("extend", help="add characters to an existing vocabulary")
    add.add_argument("--base", type=Path, required=True)
    add.add_argument("--characters", default=EXTRA_CHARACTERS)
    add.add_argument("--tags", action="store_true", help="add the tags of synthetic pairs, too")
    add.add_argument("--bytes", action="store_true", help="add byte fallback")
    add.add_argument("--out", type=Path, required=True)
    add = verbs.add_parser("pack", help="token ids of the clean pairs, compressed")
    add.add_argument("--clean", type=Path, required=True)
    add.add_argument("--vocabulary", type=Path, required=True)
    add.add_argument("--samples", type=int, default=0, help="sampled segmentations a pair")
    add.add_argument("--alpha", type=float, default=0.5)
    add.add_argument("--leave-out", nargs="*", default=[])
    add.add_argument("--largest", type=int, default=64, help="MiB that the file may have")
    add.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        _run(given)
    except (OSError, ValueError) as error:
        print(f"corpus {given.verb}: {error}", file=sys.stderr)
        return 2
    return 0


def _run(given: argparse.Namespace) -> None:
    if given.verb == "build":
        sources = all_sources(given.data)
        if given.sources:
            sources = [s for s in sources if s.name in given.sources]
        manifest = clean.build(sources, given.data, given.out, only_stated=given.only_stated)
        _report(manifest)
    elif given.verb == "vocabulary":
        texts = list(_texts(given.clean, given.mono))
        vocabulary.train(texts, given.out, size=given.size, threads=given.threads)
    elif given.verb == "extend":
        tags = vocabulary.TAGS if given.tags else ()
        characters = [*given.characters, *tags]
        vocabulary.extend(given.base, characters, given.out, fallback=given.bytes)
    else:
        meta = pack.pack(
            given.clean,
            given.vocabulary,
            given.out,
            samples=given.samples,
            alpha=given.alpha,
            limit=given.largest * 2**20,
            leave_out=frozenset(given.leave_out),
        )
        rows = meta["sources"].values()
        pairs, tokens = (sum(r[k] for r in rows) for k in ("pairs", "target_tokens"))
        print(
            f"{given.out}: {len(rows)} sources, {pairs:,} pairs, {tokens:,} target tokens, "
            f"{given.out.stat().st_size:,} bytes"
        )


_SHARE = {"ui": 0.2, "strings": 0.1, "docs": 0.3, "religious": 0.3, "dictionary": 0.3}


def _texts(folder: Path, mono: list[Path]) -> Iterator[str]:
    """Both sides of the clean pairs, domains far from news thinned, and monolingual lines."""
    import lzma

    draw = random.Random(1)
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sources"]
    for name, row in rows.items():
        if "left_out" in row:
            continue
        share = _SHARE.get(row["domain"], 1.0)
        for line in (folder / f"{name}.tsv").read_text(encoding="utf-8").split("\n"):
            if line and draw.random() < share:
                yield from line.split("\t")
    for path in mono:
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            yield from (line.strip() for line in file)


def _report(manifest: dict[str, object]) -> None:
    rows = manifest["sources"]
    assert isinstance(rows, dict)
    for name, row in rows.items():
        counts = row.get("counts", row)
        print(f"{name:32}", " ".join(f"{k}={v}" for k, v in counts.items()))


if __name__ == "__main__":
    sys.exit(main())
