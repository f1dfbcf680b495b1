"""Batch jobs: thousands to millions of documents, resumable, on one machine or a Ray cluster.

``run_job(Job(inputs, out))`` is the way in. Reading order: rows, columns, sources, pages, lines,
read_csv, read_tables, stream, shards (input); recipe, models, process, records, coalesce, memory
(work on one shard); parts, ledger, atomic, paths, consistency (what is kept); engine, worker,
local, ray_engine (where it runs); writers, exports, digest, assemble, earlier, manifest, status
(what comes out); progress, job.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.batch.columns import Columns
    from toolkit.batch.engine import Resources
    from toolkit.batch.job import run_job
    from toolkit.batch.job_types import Job, Outcome
    from toolkit.batch.recipe import Recipe
    from toolkit.batch.shards import Geometry

__all__ = ["Columns", "Geometry", "Job", "Outcome", "Recipe", "Resources", "run_job"]

_PLACES = {
    "Columns": "columns", "Geometry": "shards", "Job": "job_types", "Outcome": "job_types",
    "Recipe": "recipe", "Resources": "engine", "run_job": "job",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import on first use: a worker process needs little of this package."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_PLACES[name]}"), name)
