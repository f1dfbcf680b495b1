"""The corpora of a data folder: what manifest.tsv says of each, and its pairs.

Decides nothing about quality; ``filters`` and ``clean`` do. The licence field is reduced to one
question: is a licence stated? So a model can be trained without the files that state none.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NONE_STATED = re.compile(
    r"^$|none stated|none in snapshot|not stated|no licence|not checked|\(c\) the author"
    r"|text \(c\)|MUSE|^\d+$|^(docs|general|news|prose|ui|short strings)\b",
    re.IGNORECASE,
)
# Files whose manifest row has its columns shifted; SOURCES.md states their licences.
_LICENCES = {
    "open_bible_stories": "CC BY-SA 4.0",
    "bible_tsi_bsb": "CC BY-SA 4.0 / public domain",
    "ui_strings": "as the projects listed",
    "newswire_translated": "CC BY-SA 4.0 (IndoSum) / (c) the publishers; English side ours",
}

# Names of files that hold our Indonesian of English sentences.
FROM_ENGLISH = "press_en_"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of pairs. ``origin``: human, mt-id, mt-en, mixed … ; ``stated``: has a licence.

    ``mono``: where the sentences of one side are, when the file holds only our translations;
    those are Indonesian where ``name`` begins with ``press_en_``, English elsewhere.
    """

    name: str
    domain: str
    origin: str
    licence: str
    stated: bool
    pairs: int
    path: Path
    mono: Path | None = None

    def read(self) -> Iterator[tuple[str, str]]:
        """Indonesian and English of each pair."""
        if not self.mono:
            return read_pairs(self.path)
        pairs = read_press(self.path, self.mono)
        return ((b, a) for a, b in pairs) if self.name.startswith(FROM_ENGLISH) else pairs


def licence_stated(name: str, licence: str) -> bool:
    """Whether the source states a licence (a conservative reading of a free-text field)."""
    return not _NONE_STATED.search(_LICENCES.get(name, licence).strip())


def read_sources(folder: Path) -> list[Source]:
    """Sources of ``folder``/manifest.tsv that have a file, each once, in the manifest's order.

    Raises FileNotFoundError without a manifest, ValueError when it names no file that is there.
    """
    rows: dict[str, Source] = {}
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            path = folder / f"{row['name']}.tsv.xz"
            if not path.is_file() or row["name"] in rows:
                continue
            licence = _LICENCES.get(row["name"], row["licence"] or "")
            rows[row["name"]] = Source(
                name=row["name"],
                domain=row["domain"],
                origin=row["origin"] or "",
                licence=licence or "none stated",
                stated=licence_stated(row["name"], licence),
                pairs=int(row["pairs"]),
                path=path,
            )
    if not rows:
        raise ValueError(f"{folder}/manifest.tsv names no file that is in the folder.")
    return list(rows.values())


def own_sources() -> list[Source]:
    """The bilingual sentences of our own, which lie beside this file: a source a file."""
    folder = Path(__file__).parent / "own"
    return [
        Source(path.stem, "news", "human", "MIT", True, path.read_text("utf-8").count("\n"), path)
        for path in sorted(folder.glob("*.tsv"))
    ]


def press_sources(data: Path) -> list[Source]:
    """Our translations of sentences of ``data``/mono: found there by their ``digest``.

    ``press_en_*.tsv`` beside this file hold our Indonesian of en-news, the others our English of
    id-news; a file whose sentences are not in ``data`` is left out.
    """
    sources = []
    for path in sorted((Path(__file__).parent / "press").glob("*.tsv")):
        english = path.stem.startswith(FROM_ENGLISH)
        mono = data / "mono" / ("en-news.txt.xz" if english else "id-news.txt.xz")
        ours, theirs = ("Indonesian", "English") if english else ("English", "Indonesian")
        if mono.is_file():
            licence = f"{ours}: MIT; {theirs}: the publishers"
            pairs = path.read_text("utf-8").count("\n")
            sources.append(Source(path.stem, "news", "human", licence, False, pairs, path, mono))
    return sources


def all_sources(data: Path) -> list[Source]:
    """The corpora of ``data``/parallel, the sentences of our own, ours of the press."""
    return [*read_sources(data / "parallel"), *own_sources(), *press_sources(data)]


def digest(sentence: str) -> str:
    """What stands for a sentence that is not repeated here: 10 hexadecimal digits of SHA-256."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:10]


@cache
def _by_digest(mono: Path) -> dict[str, str]:
    with lzma.open(mono, "rt", encoding="utf-8", newline="\n") as file:
        return {digest(line): line for line in (raw.rstrip("\n") for raw in file)}


def read_press(path: Path, mono: Path) -> Iterator[tuple[str, str]]:
    """Sentence of ``mono`` and ours, for each line ``digest<TAB>translation`` of ``path``.

    Lines whose sentence ``mono`` does not hold yield an empty first side.
    """
    sentences = _by_digest(mono)
    for key, translation in read_pairs(path):
        yield sentences.get(key, ""), translation


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Indonesian and English of each line; a line without a tab yields an empty English side."""
    reader = lzma.open if path.suffix == ".xz" else open
    with reader(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            yield cells[0], cells[1] if len(cells) > 1 else ""
