"""Derive the words that Indonesian and English share ("malaria", "drone", "anime").

The guard flags common Indonesian words that stand in a translation as they stood in the source
(``toolkit.translate.checks``); words that English has as well must not count. Of the common
Indonesian words (toolkit/text/data/words_lower.id.txt) that are not common in English, those are
written that English news uses, that translators used twice without finding them in the source,
or that they kept three times as they were; in all at least once for every twenty times that the
Indonesian texts have them, so that a word left over here and there does not count.

Run: python scripts/build_shared_words.py [DATA FOLDER]
"""

from __future__ import annotations

import lzma
import re
import sys
import textwrap
from collections import Counter
from pathlib import Path

from scripts.corpus.sources import all_sources
from toolkit.text.resources import words

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data"
TARGET = ROOT / "toolkit" / "translate" / "data" / "shared_words.txt"
LEAST_SHARE = 0.05
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
HELD_OUT = "newswire_translated"  # docs/translation.md reports the check's rate on it


def lower_words(text: str) -> set[str]:
    return {w for w in WORD.findall(text) if w[0].islower()}


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    english: Counter[str] = Counter()
    used: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    indonesian: Counter[str] = Counter()
    with lzma.open(data / "mono" / "en-news.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            english.update(lower_words(line))
    for given in all_sources(data):
        if given.name == HELD_OUT:
            continue
        for columns in given.read():
            source = {w.lower() for w in WORD.findall(columns[0])}
            target = lower_words(columns[1])
            indonesian.update(source)
            used.update(target - source)
            kept.update(target & source)
    common = words("words_lower.en.txt") | words("words_mixed.en.txt")
    candidates = {w for w in words("words_lower.id.txt") if len(w) > 3} - common
    shared = sorted(
        w
        for w in candidates
        if (english[w] or used[w] >= 2 or kept[w] >= 3)
        and english[w] + used[w] + kept[w] >= LEAST_SHARE * indonesian[w]
    )
    TARGET.parent.mkdir(exist_ok=True)
    head = "# Words of both languages, made by scripts/build_shared_words.py.\n"
    TARGET.write_text(head + textwrap.fill(" ".join(shared), 100) + "\n", encoding="utf-8")
    print(f"{len(shared)} of {len(candidates)} words in {TARGET}")


if __name__ == "__main__":
    main()
