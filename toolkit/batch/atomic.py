"""Files that are there whole or not at all: temporary name, fsync, rename, fsync of the folder.

A process killed at any moment leaves the old file, the new one, or a ``*.tmp`` that the next run
removes. A full disk ends in one sentence (``DiskFullError``) and leaves no temporary file.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from toolkit.errors import RingkasError

SUFFIX = ".tmp"


class DiskFullError(RingkasError):
    """No space is left where the job writes (exit code 1); what is done is kept."""


def disk_full(place: Path) -> DiskFullError:
    """The error to raise when nothing more can be written at ``place``."""
    return DiskFullError(
        f"No space is left for {place}; free some and run the same command again: "
        "what is done is kept."
    )


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for writing under a temporary name; put it in place when the block ends.

    When the block raises, the temporary file goes and ``path`` stays as it was. Raises
    DiskFullError on a full disk or quota.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{SUFFIX}")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(path) from error
        raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_bytes(path: Path, data: bytes) -> None:
    """Put ``data`` in place as ``path`` (see ``writing``)."""
    with writing(path) as file:
        file.write(data)


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_leftovers(folder: Path) -> int:
    """Remove temporary files that a killed run left in ``folder``; returns how many."""
    leftovers = [p for p in folder.glob(f".*{SUFFIX}") if p.is_file()]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)
