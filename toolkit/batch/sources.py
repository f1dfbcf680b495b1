"""From INPUT arguments (files, folders, patterns, addresses, ``-``, ``dataset:NAME``) to a list.

Tells formats and compression by the file name's ending or by ``--input-format``, and takes a
fingerprint of each file, so that a later run notices another input. Nothing is parsed here.
"""

from __future__ import annotations

import glob
import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit, urlunsplit

from toolkit.errors import InputError, UsageError

Format = Literal[
    "text", "html", "markdown", "jsonl", "csv", "tsv", "parquet", "lines", "urls", "dataset",
    "page",
]  # fmt: skip
Compression = Literal["", "gz", "zst", "xz", "bz2"]

ENDINGS: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".md": "markdown", ".markdown": "markdown", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet",
}  # fmt: skip
PACKED: dict[str, Compression] = {".gz": "gz", ".zst": "zst", ".xz": "xz", ".bz2": "bz2"}
STDIN = "-"
DATASET = "dataset:"
ADDRESSES = ("http://", "https://")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_LIST_BYTES = 50_000_000
_CHOICES = tuple(f for f in get_args(Format) if f not in ("dataset", "page"))
_SAMPLES = 16
_SAMPLE_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Source:
    """One input file: ``name`` is how the user wrote it (and what messages and ids hold).

    A page's ``name`` is its address, ``listed`` the file and line that it stands in (the address
    itself and 1 when it was given as it is), ``problem`` why it is none, ``twin`` an address before
    it that leads to the same page.
    """

    name: str
    path: Path
    format: Format
    compression: Compression = ""
    size: int = 0
    listed: tuple[str, int] = ("", 1)
    problem: str = ""
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The inputs in order, and files of found folders that are of no known format."""

    sources: tuple[Source, ...]
    skipped: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all inputs as they lie on disk; 0 when that is not known."""
        return sum(s.size for s in self.sources)


def find_sources(inputs: Sequence[str], input_format: str = "auto") -> Found:
    """Resolve INPUT arguments in the order given; folders and patterns in the order of names.

    Raises InputError for what does not exist, matches nothing, is given twice, or has an ending
    that says nothing about its format; UsageError for an unknown ``input_format``.
    """
    if input_format != "auto" and input_format not in _CHOICES:
        known = ", ".join(("auto", *_CHOICES))
        raise UsageError(f"Unknown input format '{input_format}'; known: {known}.")
    sources: list[Source] = []
    skipped: list[str] = []
    for given in inputs:
        if is_address(given):
            sources.append(_page(given, ("", 1)))
            if problem := sources[-1].problem:
                raise InputError(problem)
        elif given == STDIN and input_format == "urls":
            sources += _pages(STDIN, sys.stdin.buffer.read())
        elif given == STDIN:
            form = "jsonl" if input_format == "auto" else _format(input_format)
            sources.append(Source(STDIN, Path("/dev/stdin"), form))
        elif given.startswith(DATASET):
            sources.append(Source(given, Path(given.removeprefix(DATASET)), "dataset"))
        elif Path(given).is_dir():
            _folder(given, input_format, sources, skipped)
        elif Path(given).is_file():
            sources += _files(given, input_format)
        else:
            matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - patterns may be absolute
            if not matches:
                raise InputError(
                    f"{given} does not exist"
                    + (", no file matches it" if glob.has_magic(given) else "")
                    + "; check the path."
                )
            for match in matches:
                if Path(match).is_dir():
                    if not any(other.startswith(f"{match}/") for other in matches):
                        _folder(match, input_format, sources, skipped)
                else:
                    sources += _files(match, input_format)
    if not sources:
        raise InputError(f"{', '.join(inputs)}: no file of a known format; {_known()}")
    names = [s.name for s in sources if s.format != "page"]
    if len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise InputError(f"{twice} is given twice; give each input once.")
    return Found(tuple(sources), tuple(skipped))


def is_address(text: str) -> bool:
    """Whether a text is meant as the address of a page."""
    return text[:8].lower().startswith(ADDRESSES)


def _page(written: str, listed: tuple[str, int]) -> Source:
    """An address without what follows # in it; its file is known when it is fetched."""
    problem = ""
    try:
        parts = urlsplit(written)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            problem = f"'{written[:60]}' is no http(s) address."
        elif any(c.isspace() for c in written):
            problem = f"'{written[:60]}' holds a space; write one address a line."
        else:
            written = urlunsplit(parts._replace(fragment=""))
    except ValueError:
        problem = f"'{written[:60]}' is no http(s) address."
    return Source(written, Path(), "page", listed=listed, problem=problem)


def _pages(name: str, data: bytes) -> list[Source]:
    """The addresses of a file, one a line; what follows # after a space is a comment."""
    from toolkit.reading.decode import decode

    text = decode(data, name)[0] if data.strip() else ""
    lines = ((n, _COMMENT.sub("", raw).strip()) for n, raw in enumerate(text.splitlines(), 1))
    sources = [_page(line, (name, number)) for number, line in lines if line]
    if not sources:
        raise InputError(f"{name} holds no addresses; write one http(s) address a line.")
    return sources


def fingerprint(source: Source) -> str:
    """Size and digest of samples spread over the file; "" for stdin, datasets, and files that
    can't be read (the stream rejects them).

    Copying or touching a file does not change it. Changes that the samples miss are noticed by
    the shards' own digests.
    """
    if source.name == STDIN or source.format == "dataset":
        return ""
    digest = hashlib.blake2b(digest_size=16)
    try:
        size = source.path.stat().st_size
        with source.path.open("rb") as file:
            if size <= _SAMPLES * _SAMPLE_BYTES:
                digest.update(file.read())
            else:
                for i in range(_SAMPLES):
                    file.seek((size - _SAMPLE_BYTES) * i // (_SAMPLES - 1))
                    digest.update(file.read(_SAMPLE_BYTES))
    except OSError:
        return ""
    return f"{size}:{digest.hexdigest()}"


def left_out(names: tuple[str, ...]) -> str:
    """A note on files of found folders that are of no known format."""
    some = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
    if len(names) == 1:
        return f"1 file of another format is left out ({some})."
    return f"{len(names):,} files of other formats are left out ({some})."


def _folder(given: str, input_format: str, sources: list[Source], skipped: list[str]) -> None:
    root = Path(given)
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        inner = path.relative_to(root)
        if any(part.startswith(".") for part in inner.parts):
            continue
        name = (root / inner).as_posix()
        if input_format == "auto" and _tell(path)[0] is None:
            skipped.append(name)
        else:
            sources += _files(name, input_format)


def _files(name: str, input_format: str) -> list[Source]:
    """A file as a source, or the pages of the addresses in it."""
    if input_format != "urls":
        return [_file(name, input_format)]
    from toolkit.batch.lines import DamagedError, read_all

    path = Path(name)
    try:
        data = read_all(Source(name, path, "text", _tell(path)[1]), _LIST_BYTES)
    except DamagedError as error:
        raise InputError(f"{name} can't be read: {error}.") from error
    if len(data) > _LIST_BYTES:
        raise InputError(f"{name} has more than {_LIST_BYTES:,} bytes; split the list.")
    return _pages(name, data)


def _file(name: str, input_format: str) -> Source:
    path = Path(name)
    form, compression = _tell(path)
    if input_format != "auto":
        form = _format(input_format)
    if form is None:
        raise InputError(
            f"{name}: the ending does not tell the format; name it with --input-format. {_known()}"
        )
    if compression and form == "parquet":
        raise InputError(f"{name}: unpack Parquet files first, they are compressed inside.")
    shown = path.as_posix().encode("utf-8", "backslashreplace").decode()
    return Source(shown, path, form, compression, path.stat().st_size)


def _tell(path: Path) -> tuple[Format | None, Compression]:
    suffixes = [s.lower() for s in path.suffixes]
    compression: Compression = ""
    if suffixes and suffixes[-1] in PACKED:
        compression = PACKED[suffixes.pop()]
    return (ENDINGS.get(suffixes[-1]) if suffixes else None), compression


def _format(name: str) -> Format:
    return next(f for f in get_args(Format) if f == name)


def _known() -> str:
    return f"Known endings: {' '.join(ENDINGS)}, each also with {' '.join(PACKED)}."
