"""Sets that are single files (jsonl, tsv), and the user's originals in place of a set's documents.

Folders with a manifest are ``sets``'s business.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.compare.files import read_text
from toolkit.compare.sets import EvalDocument, EvalSet, Segment, is_day
from toolkit.errors import InputError, UsageError
from toolkit.types import clean_text


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
        if split and isinstance(row, dict) and row.get("split") != split:
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
    lists = {name: row.get(name) or [] for name in ("sentences", "translations")}
    found = row.get("references", row.get("summary_en")) or []
    lists["references"] = [found] if isinstance(found, str) else found
    for name, texts in lists.items():
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise InputError(f"{where}: '{name}' of article '{row['id']}' is no list of texts.")
    date = str(row.get("date") or "")
    if date and not is_day(date):
        raise InputError(f"{where}: date '{date}' of article '{row['id']}' is not YYYY-MM-DD.")
    sentences = [clean_text(s) for s in lists["sentences"]]
    text = "\n\n".join(sentences) or str(row.get("text") or "").strip()
    if not text:
        raise InputError(f"{where}: article '{row['id']}' has neither 'sentences' nor 'text'.")
    translations = lists["translations"]
    if translations and len(translations) != len(sentences):
        raise InputError(
            f"{where}: article '{row['id']}' has {len(sentences)} sentences and "
            f"{len(translations)} translations; they must be equal."
        )
    return EvalDocument(
        id=row["id"],
        text=text,
        outlet=str(row.get("outlet") or ""),
        date=date,
        references=tuple(clean_text(r) for r in lists["references"] if r.strip()),
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
