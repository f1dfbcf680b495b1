"""The report: one object with everything, which renders itself to text, Markdown, JSON, HTML.

A report holds one section a bench (a set and a task). Numbers come from ``comparison``, words
from ``wording``; each rendering is a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit import __version__
from toolkit.compare.bench import Bench
from toolkit.compare.comparison import Comparison, Skipped, compare
from toolkit.compare.flags import Flags, flag
from toolkit.compare.slices import Slice, WorstCase, slices, worst_cases
from toolkit.compare.statistics import Settings
from toolkit.metrics.base import Metric

SCHEMA = "ringkas.comparison/1"


@dataclass(frozen=True, slots=True)
class Section:
    """One bench with its numbers, slices, findings and worst cases."""

    comparison: Comparison
    slices: tuple[Slice, ...]
    flags: Flags
    worst: tuple[WorstCase, ...]

    @property
    def bench(self) -> Bench:
        """The bench that was compared."""
        return self.comparison.bench

    @property
    def title(self) -> str:
        """ "five: summaries"."""
        names = {"translation": "translations", "summary": "summaries", "headline": "headlines"}
        task = names[self.bench.task]
        return f"{self.bench.name}: {task}"


@dataclass(frozen=True, slots=True)
class Report:
    """Sections, what was skipped, and the manifest of the run."""

    title: str
    sections: tuple[Section, ...]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    version: str = __version__

    def to_text(self, width: int = 100) -> str:
        """A table for the terminal."""
        from toolkit.compare.render_text import render

        return render(self, width)

    def to_markdown(self) -> str:
        """Markdown for an issue or a README."""
        from toolkit.compare.render_markdown import render

        return render(self)

    def to_json(self) -> str:
        """JSON of schema ``ringkas.comparison/1``; equal reports give equal bytes."""
        from toolkit.compare.render_json import render

        return render(self)

    def to_html(self, documents: int = 200) -> str:
        """A self-contained page; at most ``documents`` units a section are shown in full."""
        from toolkit.compare.render_html import render

        return render(self, documents)


def section(
    bench: Bench,
    metrics: Sequence[Metric],
    settings: Settings | None = None,
    imported: Sequence[Metric] = (),
) -> Section:
    """Compare the systems of a bench and gather everything a report tells of it."""
    comparison = compare(bench, metrics, settings, imported)
    return Section(
        comparison=comparison,
        slices=tuple(slices(comparison)),
        flags=flag(bench),
        worst=tuple(worst_cases(comparison)),
    )
