"""A report as JSON (schema ``ringkas.comparison/1``): every number, nothing cut, bytes repeatable.

NaN never occurs (null stands for undefined); floats are rounded to 6 decimals.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from toolkit.compare.report import SCHEMA
from toolkit.metrics.base import Score
from toolkit.metrics.efficiency import EFFICIENCY

if TYPE_CHECKING:
    from toolkit.compare.report import Report, Section


def plain(value: Any) -> Any:
    """The value with floats rounded, NaN as None, tuples as lists."""
    if isinstance(value, float):
        return None if math.isnan(value) or math.isinf(value) else round(value, 6)
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return value


def score_entry(score: Score) -> dict[str, Any]:
    """A score as the report's JSON and a run's ``scores.json`` write it."""
    entry: dict[str, Any] = plain(asdict(score))
    return entry


def _section(section: Section) -> dict[str, Any]:
    comparison = section.comparison
    bench = comparison.bench
    return {
        "set": bench.name,
        "task": bench.task,
        "digest": bench.digest,
        "unit": bench.unit_name,
        "units": comparison.units,
        "primary": comparison.primary,
        "ids": [unit.id for unit in bench.units],
        "settings": asdict(comparison.settings),
        "metrics": [asdict(metric) for metric in comparison.metrics],
        "systems": [
            {
                "name": system.name,
                "kind": system.kind,
                "info": dict(system.info),
                "peak_memory": system.peak_memory,
                "scores": {
                    name: score_entry(score)
                    for name, score in comparison.scores[system.name].items()
                },
                "findings": [
                    {"id": unit.id, **asdict(check)}
                    for i, unit in enumerate(bench.units)
                    for check in section.flags.of(system.name, i)
                ],
            }
            for system in comparison.ranked()
        ],
        "pairs": {name: [asdict(p) for p in pairs] for name, pairs in comparison.pairs.items()},
        "slices": [
            {
                "by": part.by,
                "name": part.name,
                "ids": part.ids,
                "scores": [
                    {"system": system, "metric": metric, **asdict(score)}
                    for (system, metric), score in part.scores.items()
                ],
            }
            for part in section.slices
        ],
        "worst": [asdict(case) for case in section.worst],
        "notes": comparison.notes,
        "skipped": [asdict(s) for s in comparison.skipped],
    }


def render(report: Report) -> str:
    """The whole report as JSON, ending in a newline."""
    return json.dumps(content(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def content(report: Report) -> dict[str, Any]:
    """The report as plain data of schema ``ringkas.comparison/1``."""
    whole: dict[str, Any] = plain(
        {
            "schema": SCHEMA,
            "version": report.version,
            "title": report.title,
            "sections": [_section(section) for section in report.sections],
            "skipped": [asdict(s) for s in report.skipped],
            "manifest": dict(report.manifest),
        }
    )
    return whole


def timeless(report: Report) -> str:
    """The report as JSON without times, memory and manifest: a function of the outputs alone.

    This is a run's ``scores.json``; two runs of equal signature give equal bytes.
    """
    whole = content(report)
    whole["manifest"] = {}
    for section in whole["sections"]:
        section["metrics"] = [m for m in section["metrics"] if m["name"] not in EFFICIENCY]
        for system in section["systems"]:
            del system["peak_memory"]
        for table in [section["pairs"], *(system["scores"] for system in section["systems"])]:
            for name in EFFICIENCY:
                table.pop(name, None)
        for part in section["slices"]:
            part["scores"] = [s for s in part["scores"] if s["metric"] not in EFFICIENCY]
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
