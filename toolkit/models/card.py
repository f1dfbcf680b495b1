"""The card of a model folder, ``ringkas.json``: what the model is and what its files must be.

Reads, writes and verifies cards (schema ``ringkas.model/1``, docs/models.md). A folder without a
card still works; it just can't be verified. Loading weights is the backend's.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from toolkit.errors import ModelError

CARD = "ringkas.json"
SCHEMA = "ringkas.model/1"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 (hex) of one file of a model folder."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Card:
    """What ``ringkas.json`` says; fields left out have the defaults here.

    ``max_source_tokens`` is the longest segment the positions allow, end of sentence included;
    ``long_source_tokens`` the length from which segments are split for quality's sake;
    ``normalise`` maps characters to what the model was trained to read; ``prefix`` is a T5 model's
    text prefix (None: the family's default); ``unsure_below`` the mean log-probability of a token
    under which a translation is reported as unsure (0: never); ``files`` are size and hash by file
    name; ``scores`` whatever was measured, by test set; ``extra`` all other keys.
    """

    name: str = ""
    family: str = ""
    description: str = ""
    source_language: str = "id"
    target_language: str = "en"
    licence: str = ""
    source: str = ""
    revision: str = ""
    date: str = ""
    quantization: str = ""
    parameters: int = 0
    max_source_tokens: int = 0
    long_source_tokens: int = 0
    normalise: dict[str, str] = field(default_factory=dict)
    prefix: str | None = None
    unsure_below: float = 0.0
    files: dict[str, FileRecord] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


_TYPES: dict[str, type] = {
    **dict.fromkeys(
        [
            *("name", "family", "description", "source_language", "target_language"),
            *("licence", "source", "revision", "date", "quantization", "prefix"),
        ],
        str,
    ),
    **dict.fromkeys(("parameters", "max_source_tokens", "long_source_tokens"), int),
    "unsure_below": float,
    **dict.fromkeys(("normalise", "files", "scores"), dict),
}


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a model folder; ModelError when it is missing or damaged."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        state = "damaged" if path.is_file() else "missing"
        raise ModelError(
            f"The model file {path} is {state}; install the model again (see `ringkas doctor`)."
        ) from error
    if not isinstance(value, dict):
        raise ModelError(f"The model file {path} is damaged (not a JSON object).")
    return value


def read_card(folder: Path) -> Card | None:
    """The card of a model folder, or None when it has none.

    Raises ModelError when the card is there but damaged or of the wrong shape.
    """
    path = folder / CARD
    if not path.is_file():
        return None
    value = read_json(path)
    value.pop("schema", None)
    known: dict[str, Any] = {}
    for name, kind in _TYPES.items():
        if name in value:
            item = value.pop(name)
            if item is None:
                continue
            if not isinstance(item, kind) or isinstance(item, bool):
                raise ModelError(f"{path}: '{name}' must be {_WORDS[kind]}, not {item!r}.")
            known[name] = item
    if "files" in known:
        known["files"] = {n: _file_record(path, n, r) for n, r in known["files"].items()}
    return Card(**known, extra=value)


_WORDS = {str: "a text", int: "a whole number", float: "a number with a point", dict: "an object"}


def _file_record(path: Path, name: str, record: object) -> FileRecord:
    if isinstance(record, dict):
        size, digest = record.get("bytes"), record.get("sha256")
        if isinstance(size, int) and isinstance(digest, str):
            return FileRecord(size, digest)
    raise ModelError(f"{path}: the entry of '{name}' under 'files' needs 'bytes' and 'sha256'.")


def write_card(folder: Path, card: Card) -> None:
    """Write ``card`` to the folder's ``ringkas.json`` (whole or not at all)."""
    value: dict[str, Any] = {"schema": SCHEMA}
    for item in fields(card):
        content = getattr(card, item.name)
        if item.name == "files":
            content = {n: {"bytes": r.bytes, "sha256": r.sha256} for n, r in content.items()}
        unset = content in ("", 0, {}) if item.name != "prefix" else content is None
        if item.name != "extra" and not unset:
            value[item.name] = content
    value.update(card.extra)
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    temporary = folder / f".{CARD}.new"
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(folder / CARD)


def sha256(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record_files(folder: Path) -> dict[str, FileRecord]:
    """Size and hash of every plain file of a folder but the card."""
    return {
        p.name: FileRecord(p.stat().st_size, sha256(p))
        for p in sorted(folder.iterdir())
        if p.is_file() and p.name != CARD and not p.name.startswith(".")
    }


def problems(folder: Path, card: Card, *, hashes: bool, largest: int | None = None) -> list[str]:
    """What is wrong with a model's files, one sentence each; empty when all is well.

    Sizes are always compared; with ``hashes`` the contents too, up to ``largest`` bytes a file.
    """
    found = []
    for name, record in card.files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{path} is missing")
        elif (size := path.stat().st_size) != record.bytes:
            found.append(f"{path} is damaged: it has {size:,} bytes instead of {record.bytes:,}")
        elif hashes and (largest is None or size <= largest) and sha256(path) != record.sha256:
            found.append(f"{path} is damaged: its SHA-256 is not the recorded one")
    return found
