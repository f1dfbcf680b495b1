"""Is it still the same job? Compares settings and inputs with those a job was begun with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.batch.ledger import CorruptLedgerError, Ledger
from toolkit.batch.manifest import read_manifest
from toolkit.batch.paths import JobFolder
from toolkit.batch.recipe import differences
from toolkit.batch.sources import Found
from toolkit.errors import InputError, UsageError

_REMEDY = (
    "run with the same, or give --update to keep only what still fits, --restart to begin anew, "
    "or another --out"
)
_SIGNED = ("translator", "summarizer")
_SHOWN = 6


def same_settings(
    out: Path,
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    described: Mapping[str, Any] | None,
    describes: Mapping[str, Any],
) -> None:
    """Raises UsageError, naming what differs, when the settings are others.

    ``described`` (None: not known) and ``describes`` say in words what the signatures among the
    settings are digests of, before and now.
    """
    if before == now:
        return
    signed = {name for name in _SIGNED if before.get(name) != now.get(name)}
    words = differences(described, describes) if described is not None and signed else []
    if words:
        before, now = ({k: v for k, v in s.items() if k not in signed} for s in (before, now))
    changes = [*words, *differences(before, now)]
    shown = "; ".join(changes[:_SHOWN])
    if len(changes) > _SHOWN:
        shown += f"; and {len(changes) - _SHOWN} more"
    raise UsageError(f"The job in {out} was begun with other settings ({shown}); {_REMEDY}.")


def same_inputs(out: Path, before: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> None:
    """Raises UsageError when files came, went or changed; both are (name, fingerprint) lists."""
    if [tuple(item) for item in before] == [tuple(item) for item in now]:
        return
    old, new = ({item[0]: item[1] for item in items} for items in (before, now))
    where = "their order is another"
    for name, mark in new.items():
        if name not in old:
            where = f"{name} is new"
            break
        if old[name] != mark:
            where = f"the content of {name} is another"
            break
    else:
        if gone := [name for name in old if name not in new]:
            where = f"{gone[0]} is missing"
    raise input_changed(out, where)


def same_pages(folder: JobFolder, found: Found) -> None:
    """Raises UsageError when pages were listed that the job in ``folder`` was not begun with.

    To be asked before they are fetched; all else is compared when the job is opened.
    """
    if not folder.ledger.is_file() or not any(s.format == "page" for s in found.sources):
        return
    try:
        ledger = Ledger(folder.ledger, read_only=True)
    except CorruptLedgerError:
        return
    listed = ledger.get("inputs")
    ledger.close()
    if listed is not None:
        same_inputs(folder.out, [(n, "") for n, _ in listed], [(s.name, "") for s in found.sources])


def input_changed(out: Path, where: str) -> UsageError:
    """The error to raise when the input is not that of the job."""
    return UsageError(f"The input of the job in {out} has changed ({where}); {_REMEDY}.")


def not_of_others(folder: JobFolder, outputs: Sequence[Path]) -> None:
    """Raises InputError when what a new job would write (``outputs``, the rejects, the manifest)
    is there already: it is somebody else's, or of a finished job without its working files."""
    if folder.work.is_dir():
        return
    finished = read_manifest(folder) is not None
    paths = [*outputs, folder.rejects, *([] if finished else [folder.manifest])]
    for path in paths:
        if path.exists():
            raise InputError(
                f"{path} is of a finished job whose working files are gone; choose another --out, "
                "or remove the outputs to begin anew."
                if finished
                else f"{path} exists and is of no batch job; choose another --out."
            )


def without_own(found: Found, out: Path, inputs: Sequence[str]) -> Found:
    """The inputs without files of the job's own folder.

    Raises InputError when none is left, and for a file there that ``inputs`` names itself, not by
    its folder or a pattern.
    """
    if not out.exists():
        return found
    own = out.resolve()
    mine = tuple(
        s for s in found.sources if s.format == "page" or own not in s.path.resolve().parents
    )
    if not mine:
        raise InputError(f"All inputs lie in {out}, the job's own folder.")
    named = {Path(given) for given in inputs}
    if left := next((s for s in found.sources if s not in mine and s.path in named), None):
        raise InputError(f"{left.name} lies in {out}, the job's own folder; choose another --out.")
    return Found(mine, tuple(n for n in found.skipped if own not in Path(n).resolve().parents))
