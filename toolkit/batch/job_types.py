"""What a batch job is asked to do, and how a run of it ended; ``job`` does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from toolkit.batch.assemble import Output
from toolkit.batch.columns import Columns
from toolkit.batch.engine import Resources
from toolkit.batch.exports import ExportFormat
from toolkit.batch.parts import Counts
from toolkit.batch.progress import Progress
from toolkit.batch.recipe import Recipe
from toolkit.batch.shards import Geometry
from toolkit.batch.writers import OutputFormat


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is asked for.

    ``restart`` throws away what an earlier run did; ``update`` accepts other inputs or settings
    and keeps the shards that still fit them. ``quiet`` shows no progress.
    """

    inputs: tuple[str, ...]
    out: Path
    recipe: Recipe = field(default_factory=Recipe)
    columns: Columns = field(default_factory=Columns)
    geometry: Geometry = field(default_factory=Geometry)
    input_format: str = "auto"
    output_format: OutputFormat = "jsonl"
    exports: tuple[ExportFormat, ...] = ()
    engine: str = "local"
    resources: Resources = field(default_factory=Resources)
    restart: bool = False
    update: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. ``counts`` are of the whole job, ``tally``-like numbers of this run."""

    counts: Counts
    outputs: tuple[Output, ...]
    interrupted: bool
    fresh: bool
    """False when everything was done already and the outputs stood as written."""
    notes: tuple[str, ...]
    progress: Progress
    share: float | None = None
    """Share of the input's bytes that is done; None when their number is not known."""

    @property
    def exit_code(self) -> int:
        """0 fine, 1 with rejects, 130 when interrupted."""
        if self.interrupted:
            return 130
        return 1 if self.counts.rejects else 0
