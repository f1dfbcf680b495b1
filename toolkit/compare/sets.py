"""Evaluation sets: documents, reference summaries and reference translations, checked on loading.

Three kinds: a *folder* with ``manifest.json`` (schema ``ringkas.set/1``), a *jsonl* file of
articles (IndoSum with English references, read from its place), and a *tsv* file of sentence
pairs. Every loader refuses what does not fit with one sentence that names the first bad document
or segment. Running systems on a set is the runner's business; reading documents is reading's.

``python -m toolkit.compare.sets FOLDER`` checks a folder.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import lzma
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from toolkit.errors import InputError, RingkasError, UsageError
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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DocumentEntry(_Strict):
    """One document of ``manifest.json``; paths are relative to the manifest's folder."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    file: Annotated[str, Field(min_length=1)]
    original: str = ""
    outlet: str
    date: str
    references: list[str]
    headline: str = ""
    translation: str = ""

    @field_validator("date")
    @classmethod
    def _is_date(cls, value: str) -> str:
        if len(value) != 10:
            raise ValueError("must be a date as YYYY-MM-DD")
        datetime.date.fromisoformat(value)
        return value


class Manifest(_Strict):
    """``manifest.json`` of a set folder (schema ``ringkas.set/1``)."""

    set_schema: Literal["ringkas.set/1"] = Field(alias="schema")
    name: Annotated[str, Field(min_length=1)]
    description: str = ""
    source_language: Literal["id"]
    target_language: Literal["en"]
    documents: Annotated[list[DocumentEntry], Field(min_length=1)]


ModelT = TypeVar("ModelT", bound=BaseModel)


def explain(error: ValidationError, where: str) -> str:
    """Turn a pydantic error into one sentence that names the first bad field."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "the top level"
    if first["type"] == "extra_forbidden":
        return f"{where}: unknown key '{field}'; remove it or mend its spelling."
    message = str(first["msg"]).removeprefix("Value error, ")
    return f"{where}: '{field}' is not valid: {message[:1].lower()}{message[1:]}."


def validated(model: type[ModelT], data: Any, where: str) -> ModelT:
    """Validate ``data``; raise InputError with one sentence on the first fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputError(explain(error, where)) from None


def read_text(path: Path, what: str) -> str:
    """Return a UTF-8 file's text with LF line ends; raise InputError when it can't be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"Can't read {what} {path}: {error.strerror or error}.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{what[:1].upper()}{what[1:]} {path} is not UTF-8 (byte {error.start}); convert it."
        ) from None
    return text.replace("\r\n", "\n")


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


def _open_lines(path: Path) -> Iterator[str]:
    try:
        if path.suffix == ".xz":
            with lzma.open(path, "rt", encoding="utf-8") as stream:
                yield from stream
        else:
            with path.open(encoding="utf-8") as stream:
                yield from stream
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"Can't read set {path}: {error}.") from None


def load_jsonl(path: Path, split: str = "", limit: int = 0) -> EvalSet:
    """Load articles with English references from JSON Lines (``.xz`` or plain).

    Fields read: ``id``; ``sentences`` (Indonesian) or ``text``; ``summary_en`` or ``references``
    (a string or a list); if there, ``translations`` (English, one a sentence), ``outlet``,
    ``date``, ``category``, ``title``, ``split``. ``split`` keeps lines of that split; ``limit``
    > 0 keeps the first so many. Raises InputError naming the first bad line.
    """
    documents: list[EvalDocument] = []
    seen: set[str] = set()
    for number, line in enumerate(_open_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}, line {number}: not JSON ({error.msg}).") from None
        if split and row.get("split") != split:
            continue
        document = _article(row, f"{path}, line {number}")
        if document.id in seen:
            raise InputError(f"{path}, line {number}: id '{document.id}' stands there twice.")
        seen.add(document.id)
        documents.append(document)
        if limit and len(documents) == limit:
            break
    if not documents:
        raise InputError(f"{path} holds no article{f' of split {split!r}' if split else ''}.")
    return EvalSet(path.name.split(".")[0], "", tuple(documents))


def _article(row: Any, where: str) -> EvalDocument:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise InputError(f"{where}: expected an object with a text 'id'.")
    sentences = [clean_text(s) for s in row.get("sentences") or []]
    text = "\n\n".join(sentences) or str(row.get("text") or "").strip()
    if not text:
        raise InputError(f"{where}: article '{row['id']}' has neither 'sentences' nor 'text'.")
    found = row.get("references", row.get("summary_en")) or []
    references = [found] if isinstance(found, str) else list(found)
    translations = row.get("translations") or []
    if translations and len(translations) != len(sentences):
        raise InputError(
            f"{where}: article '{row['id']}' has {len(sentences)} sentences and "
            f"{len(translations)} translations; they must be equal."
        )
    return EvalDocument(
        id=row["id"],
        text=text,
        outlet=str(row.get("outlet") or ""),
        date=str(row.get("date") or ""),
        references=tuple(clean_text(r) for r in references if r.strip()),
        segments=tuple(
            Segment(str(i), source, clean_text(target))
            for i, (source, target) in enumerate(zip(sentences, translations, strict=False))
            if source and target.strip()
        ),
        group=str(row.get("category") or ""),
    )


def load_tsv(path: Path, limit: int = 0) -> EvalSet:
    """Load sentence pairs ``Indonesian<TAB>English``, one a line, as documents of one segment.

    The id of a document is its line number, counted from 1. Raises InputError naming the first
    bad line.
    """
    documents: list[EvalDocument] = []
    for number, line in enumerate(_open_lines(path), 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != 2 or not all(cell.strip() for cell in cells):
            raise InputError(f"{path}, line {number}: expected Indonesian<TAB>English.")
        source, target = (clean_text(cell) for cell in cells)
        documents.append(
            EvalDocument(id=str(number), text=source, segments=(Segment("0", source, target),))
        )
        if limit and len(documents) == limit:
            break
    if not documents:
        raise InputError(f"{path} holds no sentence pair.")
    return EvalSet(path.name.split(".")[0], "", tuple(documents))


def with_originals(evaluation: EvalSet, folder: Path) -> tuple[EvalSet, tuple[str, ...]]:
    """Put the user's originals in place of the set's own documents, matched by id.

    A file belongs to a document when it is named as the manifest's ``original``, or its name is
    the id, or begins with the id and ``_``, ``-`` or ``.``. References and headlines stay; the
    reference translation belongs to the set's own wording and goes. Returns the new set and the
    ids of documents without a file. Raises UsageError when the folder is not one, when no file
    fits at all, or when two files fit one id.
    """
    if not folder.is_dir():
        raise UsageError(f"--documents {folder} is not a folder.")
    files = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    kept: list[EvalDocument] = []
    missing: list[str] = []
    for document in evaluation.documents:
        named = [p for p in files if document.original and p.name == document.original]
        found = named or [p for p in files if _names(p, document.id)]
        if len(found) > 1:
            raise UsageError(
                f"--documents {folder}: both {found[0].name} and {found[1].name} fit document "
                f"'{document.id}'; keep one."
            )
        if not found:
            missing.append(document.id)
            continue
        text = read_text(found[0], "document")
        kept.append(replace(document, text=text, segments=(), original=found[0].name))
    if not kept:
        wanted = ", ".join(d.id for d in evaluation.documents[:5])
        raise UsageError(
            f"--documents {folder}: no file name begins with a document id ({wanted})."
        )
    return replace(evaluation, documents=tuple(kept)), tuple(missing)


def _names(path: Path, document_id: str) -> bool:
    name = path.name
    return path.stem == document_id or (
        name.startswith(document_id) and name[len(document_id) : len(document_id) + 1] in "_-."
    )


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
