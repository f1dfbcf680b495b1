"""Files: reading with clear errors, atomic writes, JSON Lines that survive a kill.

A line is in the file whole or not at all: a torn last line (no line end) is cut off on reading
for resumption. What the lines mean is ``work``'s and ``runs``'s business.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, TextIO, TypeVar

from pydantic import BaseModel, ValidationError

from toolkit.errors import InputError

ModelT = TypeVar("ModelT", bound=BaseModel)


def write(path: Path, text: str) -> None:
    """Write a file by way of a temporary name, so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise InputError(f"Can't write {path} ({error.strerror}); choose another --out.") from error


def dump(value: Any) -> str:
    """One line of canonical JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def write_json(path: Path, value: Any) -> None:
    """Write indented JSON, keys sorted."""
    write(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write_lines(path: Path, rows: list[Any]) -> None:
    """Write JSON Lines."""
    write(path, "".join(dump(row) + "\n" for row in rows))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file; none when it is absent. Blank lines are passed over."""
    if not path.is_file():
        return []
    # Lines end at "\n" alone: texts may hold other line separators (U+2028).
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def mend(path: Path, keep: int | None = None) -> list[dict[str, Any]]:
    """Cut off a torn last line (and rows after the first ``keep``); return the whole rows."""
    if not path.is_file():
        return []
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    rows: list[dict[str, Any]] = []
    used = 0
    for line in whole.split(b"\n")[:-1]:
        if keep is not None and len(rows) == keep:
            break
        try:
            rows.append(json.loads(line))
        except ValueError:
            break
        used += len(line) + 1
    if used < len(data):
        with path.open("r+b") as stream:
            stream.truncate(used)
    return rows


def append(stream: TextIO, row: Any) -> None:
    """Append one row and bring it to the disk."""
    stream.write(dump(row) + "\n")
    stream.flush()
    os.fsync(stream.fileno())


def sha256(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


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


def read_lines(path: Path, what: str) -> list[str]:
    """The lines of a UTF-8 text file; an empty one has none."""
    text = read_text(path, what)
    return text.removesuffix("\n").split("\n") if text else []
