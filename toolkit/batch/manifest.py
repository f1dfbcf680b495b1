"""The run manifest: what was done to what, with which settings, and what came out, as JSON."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from toolkit import __version__
from toolkit.batch import atomic
from toolkit.batch.parts import Counts
from toolkit.batch.paths import JobFolder
from toolkit.batch.progress import Progress
from toolkit.batch.sources import Found, fingerprint

if TYPE_CHECKING:
    from toolkit.batch.assemble import Output

SCHEMA = "ringkas.batch/1"
_LISTED = 1000


def write_manifest(
    folder: JobFolder,
    task: str,
    settings: Mapping[str, Any],
    found: Found,
    counts: Counts,
    outputs: Sequence[Output],
    engine: str,
    progress: Progress,
    notes: Sequence[str],
    *,
    described: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Write ``manifest.json``. All but ``run`` and ``other_outputs`` follows from input, settings.

    ``described`` says in words what the signatures in ``settings`` are digests of; ``others`` are
    outputs of earlier runs that are still good.
    """
    tally = progress.tally
    value = {
        "schema": SCHEMA,
        "task": task,
        "settings": dict(settings),
        "models": dict(described),
        "inputs": describe_inputs(found),
        **asdict(counts),
        "outputs": [asdict(o) for o in outputs],
        "other_outputs": [dict(o) for o in others],
        "run": {
            "version": __version__,
            "engine": engine,
            "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "seconds": round(progress.seconds, 3),
            "documents": tally.documents,
            "documents_kept": progress.kept_documents,
            "sentences": tally.sentences,
            "tokens": tally.tokens,
            "from_memory": tally.hits,
            "from_engine": tally.misses,
            "notes": list(notes),
        },
    }
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    atomic.write_bytes(folder.manifest, text.encode())


def describe_inputs(found: Found) -> dict[str, Any]:
    """The inputs as the manifest has them."""
    sources = found.sources[:_LISTED]
    return {
        "files": len(found.sources),
        "bytes": found.size,
        "listed": [{"name": s.name, "fingerprint": fingerprint(s)} for s in sources],
        "left_out": list(found.skipped[:_LISTED]),
    }


def read_manifest(folder: JobFolder) -> dict[str, Any] | None:
    """The manifest of an earlier run, or None when there is none that can be read."""
    try:
        value = json.loads(folder.manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        return None
    return value
