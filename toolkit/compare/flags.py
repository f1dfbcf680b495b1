"""Findings about every output, by one ruler for all systems, and their counts.

The ruler is ``toolkit.metrics.findings`` (numbers, dates, names, omissions against the source)
together with what the system's own checks say. Counting and sorting happen here; no text is
judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.compare.bench import Bench, System
from toolkit.metrics.findings import findings
from toolkit.types import Check

_RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Flags:
    """All findings of a bench: ``by_system[system][i]`` are those of the i-th unit."""

    by_system: dict[str, tuple[tuple[Check, ...], ...]]

    def kinds(self) -> list[str]:
        """The kinds that occur, most frequent first."""
        counts: dict[str, int] = {}
        for outputs in self.by_system.values():
            for checks in outputs:
                for check in checks:
                    counts[check.kind] = counts.get(check.kind, 0) + 1
        return sorted(counts, key=lambda kind: (-counts[kind], kind))

    def count(self, system: str, kind: str = "") -> int:
        """How many units of a system have a finding (of one kind)."""
        return sum(
            any(not kind or check.kind == kind for check in checks)
            for checks in self.by_system.get(system, ())
        )

    def of(self, system: str, position: int) -> tuple[Check, ...]:
        """The findings of one unit; none for a system without outputs."""
        outputs = self.by_system.get(system)
        return outputs[position] if outputs else ()


def flag(bench: Bench) -> Flags:
    """Find what is doubtful in every output of every system."""
    return Flags({s.name: _of_system(bench, s) for s in bench.systems if s.outputs})


def _of_system(bench: Bench, system: System) -> tuple[tuple[Check, ...], ...]:
    found = []
    for item, output in zip(bench.items(system), system.outputs, strict=True):
        computed = findings(item, "translation" if bench.task == "translation" else "summary")
        seen = {check.kind for check in computed}
        own = [c for c in output.checks if c.severity != "info" and c.kind not in seen]
        found.append(tuple(_sorted([*computed, *own])))
    return tuple(found)


def _sorted(checks: Sequence[Check]) -> list[Check]:
    return sorted(dict.fromkeys(checks), key=lambda c: (_RANK[c.severity], c.kind, c.detail))
