"""Part files: the finished output of one shard, whole or not there, checked before use.

A part is zstd-compressed lines: ``r`` and the JSON of an output row, ``x`` and that of a reject,
in input order, and last ``=`` and the JSON of the part's counts and the digest of what stands
before. Its name is made of the shard's digest and the job's settings, so that a part can never
be taken for that of another input or setting.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from toolkit.batch import atomic

ENDING = ".part.zst"
_LEVEL = 3


@dataclass(slots=True)
class Counts:
    """What a part holds. All of it follows from input and settings alone.

    ``flags`` counts findings by ``kind/severity``, ``rejected`` rejects by kind; ``columns`` maps
    carried columns to the JSON types met there, in order of appearance.
    """

    documents: int = 0
    rejects: int = 0
    sentences: int = 0
    characters: int = 0
    flags: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)

    def add(self, other: Counts) -> None:
        """Add the counts of another part that comes after this one."""
        self.documents += other.documents
        self.rejects += other.rejects
        self.sentences += other.sentences
        self.characters += other.characters
        for mine, theirs in ((self.flags, other.flags), (self.rejected, other.rejected)):
            for kind, count in theirs.items():
                mine[kind] = mine.get(kind, 0) + count
        for name, types in other.columns.items():
            known = self.columns.setdefault(name, [])
            known.extend(t for t in types if t not in known)


class CorruptPartError(Exception):
    """A part file is not what was written; its shard has to be done again."""


def part_name(key: str, settings: str) -> str:
    """File name of the part of the shard ``key`` under the settings digest ``settings``."""
    return hashlib.blake2b(f"{settings}:{key}".encode(), digest_size=16).hexdigest() + ENDING


def pack(lines: Sequence[bytes], counts: Counts) -> bytes:
    """The bytes of a part file."""
    import zstandard

    body = b"".join(line + b"\n" for line in lines)
    trailer = {"counts": asdict(counts), "digest": _digest(body)}
    end = b"=" + json.dumps(trailer, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(body + end)


def unpack(data: bytes) -> tuple[list[bytes], Counts]:
    """Lines and counts of a part file's bytes. Raises CorruptPartError."""
    import zstandard

    try:
        text = zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError as error:
        raise CorruptPartError(str(error)) from error
    cut = text.rfind(b"\n=") + 1
    if not text.endswith(b"\n") or text[cut : cut + 1] != b"=":
        raise CorruptPartError("it has no end")
    try:
        trailer = json.loads(text[cut + 1 :])
        counts = Counts(**trailer["counts"])
        digest = trailer["digest"]
    except (ValueError, TypeError, KeyError) as error:
        raise CorruptPartError("its end can't be read") from error
    if digest != _digest(text[:cut]):
        raise CorruptPartError("its content does not match its digest")
    return text[:cut].split(b"\n")[:-1], counts


def write_part(folder: Path, name: str, data: bytes) -> None:
    """Put a part in place. Raises DiskFullError when it does not fit."""
    atomic.write_bytes(folder / name, data)


def read_part(path: Path) -> tuple[list[bytes], Counts]:
    """Lines and counts of a part file. Raises CorruptPartError, also when it is not there."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorruptPartError(error.strerror or str(error)) from error
    return unpack(data)


def rows_and_rejects(lines: Sequence[bytes]) -> Iterator[tuple[bool, bytes]]:
    """(is it a row, its JSON) for each line of a part."""
    for line in lines:
        yield line[:1] == b"r", line[1:]


def column_types(value: Any) -> str:
    """The JSON type of a carried value: null, bool, int, float, str or json (list or object)."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if -(2**63) <= value < 2**63 else "str"
    if isinstance(value, float):
        return "float"
    return "str" if isinstance(value, str) else "json"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
