"""Collect the English vocabulary that the guard's made-up-word check holds hypotheses against.

Lower-case words of the English side of dictionaries, and those that English news and the English
side of parallel texts have at least twice, not counting where the Indonesian has them too. Common
Indonesian words are left out.

Run: python scripts/build_english_words.py [DATA FOLDER]
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter
from pathlib import Path

from scripts.corpus.sources import all_sources
from toolkit.translate.copied import indonesian_only

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data"
TARGET = ROOT / "toolkit" / "translate" / "data" / "english_words.txt.xz"
WORD = re.compile(r"[^\W\d_]+")
HELD_OUT = "newswire_translated"  # docs/translation.md reports the check's rate on it


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    counts: Counter[str] = Counter()
    with lzma.open(data / "mono" / "en-news.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            counts.update(dict.fromkeys(WORD.findall(line), 1))
    for given in all_sources(data):
        if given.name == HELD_OUT:
            continue
        worth = 2 if given.domain == "dictionary" else 1
        for indonesian, english in given.read():
            new = set(WORD.findall(english)) - set(WORD.findall(indonesian.lower()))
            counts.update(dict.fromkeys(new, worth))
    kept = sorted(
        w
        for w, c in counts.items()
        if c > 1 and w.isascii() and w.islower() and len(w) > 2 and w not in indonesian_only()
    )
    TARGET.parent.mkdir(exist_ok=True)
    content = "\n".join(kept).encode()
    TARGET.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(kept)} words, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
