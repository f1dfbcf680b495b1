"""Lines of plain and compressed files with their numbers, in bounded memory.

A line over the limit is reported as such and skipped, never held. Damage in a compressed file
ends its lines with ``DamagedError``, after everything that could be read. Compression is told by
the first bytes, whatever the name says: standard input and misnamed files are read, too.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

from toolkit.batch.sources import STDIN, Compression, Source
from toolkit.errors import InputError

LINE_LIMIT = 8_000_000
"""Longest line in bytes; a longer one is a bad row."""
_MAGIC: dict[Compression, re.Pattern[bytes]] = {
    "gz": re.compile(rb"\x1f\x8b\x08"),
    "zst": re.compile(rb"\x28\xb5\x2f\xfd"),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "bz2": re.compile(rb"BZh[1-9](1AY&SY|\x17rE8P\x90)"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end; ``data`` is None when it is longer than the limit.

    ``offset`` is how many bytes of the file on disk were read by then.
    """

    number: int
    data: bytes | None
    length: int
    offset: int


class DamagedError(Exception):
    """The rest of a file can't be read; the message says why."""


def open_source(source: Source) -> tuple[IO[bytes], BinaryIO]:
    """Open a source; returns the unpacked stream and the raw file (for its position)."""
    raw = cast(BinaryIO, sys.stdin.buffer if source.name == STDIN else source.path.open("rb"))
    try:
        compression = _compression(_head(raw), source.compression)
    except BaseException:
        if source.name != STDIN:
            raw.close()
        raise
    if compression == "gz":
        return cast(IO[bytes], gzip.GzipFile(fileobj=raw)), raw
    if compression == "zst":
        return io.BufferedReader(_Zstandard(raw), 1 << 18), raw
    if compression == "xz":
        return cast(IO[bytes], lzma.LZMAFile(raw)), raw
    if compression == "bz2":
        return cast(IO[bytes], bz2.BZ2File(raw)), raw
    return raw, raw


def _head(raw: BinaryIO) -> bytes:
    """The first bytes, which stay to be read."""
    if isinstance(raw, io.BufferedReader):
        return raw.peek(16)[:16]
    head = raw.read(16)
    raw.seek(-len(head), io.SEEK_CUR)
    return head


def _compression(head: bytes, named: Compression) -> Compression:
    """How a file that begins with ``head`` is packed; ``named`` is what its name says."""
    for compression, magic in _MAGIC.items():
        if magic.match(head):
            return compression
    if named and head and all(byte >= 32 or byte in b"\t\r\n" for byte in head):
        return ""  # plain text under a name that says otherwise
    return named


def numbered_lines(source: Source, limit: int = LINE_LIMIT) -> Iterator[Line]:
    """The lines of ``source`` (ends \\n or \\r\\n), numbered from 1, a BOM taken off.

    Raises DamagedError after the last line that can be read, InputError for UTF-16.
    """
    number = 0
    try:
        stream, raw = open_source(source)
    except OSError as error:
        raise DamagedError(error.strerror or str(error)) from error
    try:
        while True:
            data = stream.readline(limit + 2)
            if not data:
                return
            number += 1
            if len(data) > limit + 1 and not data.endswith(b"\n"):
                length = len(data)
                while data and not data.endswith(b"\n"):
                    data = stream.readline(1 << 20)
                    length += len(data)
                yield Line(number, None, length, _offset(raw))
                continue
            data = data.rstrip(b"\r\n") if data.endswith(b"\n") else data
            if number == 1:
                if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
                    raise InputError(
                        f"{source.name} is in UTF-16; save it as UTF-8, for example: "
                        "iconv -f UTF-16 -t UTF-8 OLD > NEW."
                    )
                data = data.removeprefix(b"\xef\xbb\xbf")
            yield Line(number, data, len(data), _offset(raw))
    except (OSError, EOFError, lzma.LZMAError, zlib.error, _zstd_error()) as error:
        raise DamagedError(f"{error}".rstrip(".") or type(error).__name__) from error
    finally:
        if source.name != STDIN:
            stream.close()
            raw.close()


def read_all(source: Source, limit: int) -> bytes:
    """The unpacked content, at most ``limit`` + 1 bytes of it. Raises DamagedError."""
    try:
        stream, raw = open_source(source)
        with raw, stream:
            return stream.read(limit + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error, _zstd_error()) as error:
        raise DamagedError(getattr(error, "strerror", None) or f"{error}") from error


def _offset(raw: BinaryIO) -> int:
    try:
        return raw.tell()
    except (OSError, ValueError):
        return 0


def _zstd_error() -> type[Exception]:
    """zstandard's error class, without importing the library for files that do not need it."""
    module = sys.modules.get("zstandard")
    return cast(type[Exception], module.ZstdError) if module else EOFError


class _Zstandard(io.RawIOBase):
    """Unpacks zstd frames one after the other; a cut-off frame raises EOFError.

    (``zstandard``'s own stream reader ends quietly in the middle of a frame.)
    """

    def __init__(self, raw: BinaryIO) -> None:
        import zstandard

        self._raw = raw
        self._new = zstandard.ZstdDecompressor().decompressobj
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            packed = self._packed or self._raw.read(1 << 14)
            self._packed = b""
            if not packed:
                if self._frame is not None:
                    raise EOFError("the compressed data ends in the middle")
                return 0
            if self._frame is None:
                self._frame = self._new()
            self._ready = memoryview(self._frame.decompress(packed))
            if self._frame.eof:
                self._packed = self._frame.unused_data
                self._frame = None
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size
