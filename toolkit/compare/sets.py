"""Evaluation sets: documents, reference summaries and reference translations, checked on loading.

A set is a folder with ``manifest.json`` (schema ``ringkas.set/1``), loaded here, or a single file
(``set_files``). Loading refuses what does not fit with one sentence that names the first bad
document or segment. Running systems on a set is the runner's business; reading documents is
reading's.

``python -m toolkit.compare.sets FOLDER`` checks a folder.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from toolkit.compare.files import read_text, validated
from toolkit.errors import InputError, RingkasError
from toolkit.types import clean_text

SCHEMA = "ringkas.set/1"
TITLE = "title"
"""The segment id of a headline in a reference translation."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One aligned pair of a reference translation: its id, the Indonesian, the English."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class EvalDocument:
    """One document of a set with everything it is scored against.

    ``text`` is what the system reads (Indonesian, headline first). ``references`` are English
    summaries (may be empty: no summary metrics), ``segments`` the reference translation (may be
    empty: no translation metrics), ``headline`` the reference headline or "". ``group`` names a
    slice besides the outlet (the category of an article), or "".
    """

    id: str
    text: str
    outlet: str = ""
    date: str = ""
    references: tuple[str, ...] = ()
    headline: str = ""
    segments: tuple[Segment, ...] = ()
    original: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class EvalSet:
    """A named list of documents; ``digest`` is a SHA-256 over all that is scored."""

    name: str
    description: str
    documents: tuple[EvalDocument, ...]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of ids, texts, references, headlines and segments, in order."""
        content = [
            [
                d.id,
                d.text,
                d.date,
                list(d.references),
                d.headline,
                [[s.id, s.source, s.target] for s in d.segments],
            ]
            for d in self.documents
        ]
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(data.encode()).hexdigest()


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DocumentEntry(_Strict):
    """One document of ``manifest.json``; paths are relative to the manifest's folder."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    file: Annotated[str, Field(min_length=1)]
    original: str = ""
    outlet: str
    date: str = ""
    references: list[str]
    headline: str = ""
    translation: str = ""

    @field_validator("date")
    @classmethod
    def _is_date(cls, value: str) -> str:
        if value and not is_day(value):
            raise ValueError("must be a date as YYYY-MM-DD, or empty")
        return value


class Manifest(_Strict):
    """``manifest.json`` of a set folder (schema ``ringkas.set/1``)."""

    set_schema: Literal["ringkas.set/1"] = Field(alias="schema")
    name: Annotated[str, Field(min_length=1)]
    description: str = ""
    source_language: Literal["id"]
    target_language: Literal["en"]
    documents: Annotated[list[DocumentEntry], Field(min_length=1)]


def _read_segments(path: Path, document: str, text: str) -> tuple[Segment, ...]:
    """Read a reference translation and check it character by character against the document."""
    segments: list[Segment] = []
    for number, line in enumerate(read_text(path, "reference translation").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) != 3 or not all(cell.strip() for cell in cells):
            raise InputError(
                f"{path}, line {number}: expected id, Indonesian and English split by one tab "
                f"each, none empty; found {len(cells)} columns."
            )
        segments.append(Segment(cells[0], clean_text(cells[1]), clean_text(cells[2])))
    position = 0
    story = "".join(clean_text(text).split())
    expected = 0
    for segment in segments:
        if segment.id != TITLE:
            if segment.id != str(expected):
                raise InputError(
                    f"{path}: segment id '{segment.id}' stands where '{expected}' must stand."
                )
            expected += 1
        piece = "".join(segment.source.split())
        if not story.startswith(piece, position):
            raise InputError(
                f"{path}: the Indonesian of segment '{segment.id}' is not the next text of "
                f"document '{document}'."
            )
        position += len(piece)
    if position != len(story):
        raise InputError(
            f"{path}: the last segment ends {len(story) - position} characters before the end of "
            f"document '{document}'."
        )
    return tuple(segments)


def load_folder(folder: Path) -> EvalSet:
    """Load a set folder. Raises InputError on the first fault."""
    where = folder / "manifest.json"
    try:
        data = json.loads(read_text(where, "manifest"))
    except json.JSONDecodeError as error:
        raise InputError(f"{where} is not JSON (line {error.lineno}): {error.msg}.") from None
    manifest = validated(Manifest, data, str(where))
    documents: list[EvalDocument] = []
    seen: set[str] = set()
    for entry in manifest.documents:
        if entry.id in seen:
            raise InputError(f"{where}: document id '{entry.id}' stands there twice.")
        seen.add(entry.id)
        text = read_text(folder / entry.file, "document").strip()
        if not text:
            raise InputError(f"{folder / entry.file}: document '{entry.id}' is empty.")
        references = [
            clean_text(read_text(folder / name, "reference")) for name in entry.references
        ]
        for name, reference in zip(entry.references, references, strict=True):
            if not reference:
                raise InputError(f"{folder / name}: reference of '{entry.id}' is empty.")
        segments: tuple[Segment, ...] = ()
        if entry.translation:
            segments = _read_segments(folder / entry.translation, entry.id, text)
        documents.append(
            EvalDocument(
                id=entry.id,
                text=text,
                outlet=entry.outlet,
                date=entry.date,
                references=tuple(references),
                headline=clean_text(entry.headline),
                segments=segments,
                original=entry.original,
            )
        )
    return EvalSet(manifest.name, manifest.description, tuple(documents))


def check(folder: Path) -> list[str]:
    """Load a folder and describe it: one line a document, lengths in words."""
    evaluation = load_folder(folder)
    lines = []
    for document in evaluation.documents:
        body = document.text.split("\n", 1)[-1]
        words = ", ".join(str(len(r.split())) for r in document.references)
        lines.append(
            f"{document.id}\t{document.outlet}\t{document.date}\t{len(body.split())} words\t"
            f"references: {words}\t{len(document.segments)} segments"
        )
    return lines


def main(arguments: Sequence[str]) -> int:
    """Check each folder named; print what is there or the first fault; return the exit code."""
    for folder in arguments:
        try:
            print(*check(Path(folder)), sep="\n")
        except RingkasError as error:
            print(error, file=sys.stderr)
            return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
