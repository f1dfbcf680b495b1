"""Parts to outputs: rows, rejects and exports in input order, each file whole or not there."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.batch import atomic
from toolkit.batch.exports import ExportFormat, open_export
from toolkit.batch.parts import CorruptPartError, Counts, read_part, rows_and_rejects
from toolkit.batch.paths import JobFolder
from toolkit.batch.writers import OutputFormat, open_writer


@dataclass(frozen=True, slots=True)
class Output:
    """A written file: its name, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


class DamagedPartError(Exception):
    """A part can't be used; ``position`` is its shard's."""

    def __init__(self, position: int, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.position = position


def assemble(
    folder: JobFolder,
    parts: Iterable[str],
    task: str,
    counts: Counts,
    format: OutputFormat,
    exports: Iterable[ExportFormat],
) -> list[Output]:
    """Write all outputs from the parts, in their order.

    Raises DamagedPartError when a part is missing or damaged (nothing is put in place then), and
    DiskFullError.
    """
    with contextlib.ExitStack() as stack:
        files: list[tuple[Path, _Hashing]] = []

        def begin(path: Path) -> Any:
            file = _Hashing(stack.enter_context(atomic.writing(path)))
            files.append((path, file))
            return file

        writer = open_writer(format, begin(folder.output(task, format)), task, counts.columns)
        rejects = begin(folder.rejects)
        exporters = [open_export(e, begin(folder.export(e)), counts) for e in exports]
        for position, name in enumerate(parts):
            try:
                lines, _ = read_part(folder.parts / name)
            except CorruptPartError as error:
                raise DamagedPartError(position, name, str(error)) from error
            for is_row, line in rows_and_rejects(lines):
                if not is_row:
                    rejects.write(line + b"\n")
                    for exporter in exporters:
                        exporter.reject(line)
                    continue
                writer.write(line)
                for exporter in exporters:
                    exporter.write(line)
        writer.close()
        for exporter in exporters:
            exporter.close()
    return [Output(path.name, file.size, file.digest.hexdigest()) for path, file in files]


def intact(folder: JobFolder, outputs: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the files that a manifest names are there as written."""
    for output in outputs:
        path = folder.out / output["name"]
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        except OSError:
            return False
        if digest.hexdigest() != output["sha256"]:
            return False
    return True


class _Hashing:
    """A file for writing that keeps count and digest of what goes through it."""

    closed = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self.size

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        """The file belongs to ``atomic.writing``."""
