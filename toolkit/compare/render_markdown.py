"""A report as Markdown: leader board, pairwise matrix, slices, findings, worst cases, signatures.

Text of systems and documents is escaped; words and numbers come from ``wording``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.compare import wording
from toolkit.compare.render_text import leader_board

if TYPE_CHECKING:
    from toolkit.compare.report import Report, Section

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def escape(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _code(text: str) -> str:
    """Text as a code span, whatever backticks it holds."""
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    rule = ["---", *("---:" for _ in head[1:])]
    return ["| " + " | ".join(row) + " |" for row in (head, rule, *body)]


def _matrix(section: Section, metric: str) -> list[str]:
    comparison = section.comparison
    if not comparison.pairs.get(metric):
        return []
    info = comparison.info(metric)
    names = [s.name for s in comparison.ranked() if metric in comparison.scores[s.name]]
    rows = [["row − column", *map(escape, names)]]
    for a in names:
        row = [escape(a)]
        for b in names:
            pair = comparison.pair(metric, a, b) if a != b else None
            row.append(
                f"{wording.number(pair.difference, info, sign=True)} "
                f"({wording.p_value(pair.p_holm)})"
                if pair
                else ""
            )
        rows.append(row)
    lines = [
        f"### {escape(info.label)}: differences (p after Holm's correction)",
        "",
        *_table(rows),
        "",
    ]
    lines += [
        f"- {escape(wording.sentence(pair, info, comparison.bench.unit_name))}"
        for pair in comparison.pairs[metric]
    ]
    return [*lines, ""]


def _memory(section: Section) -> list[str]:
    measured = [s for s in section.comparison.ranked() if s.peak_memory is not None]
    if not measured:
        return []
    rows = [["system", "peak memory"]]
    rows += [[escape(s.name), wording.memory(s.peak_memory)] for s in measured]
    return [*_table(rows), ""]


def _slices(section: Section) -> list[str]:
    comparison = section.comparison
    metric = comparison.primary
    if not section.slices or not metric:
        return []
    info = comparison.info(metric)
    names = [s.name for s in comparison.ranked() if metric in comparison.scores[s.name]]
    rows = [["slice", "n", *map(escape, names)]]
    for part in section.slices:
        row = [escape(f"{part.by}: {part.name}"), str(len(part.ids))]
        for name in names:
            found = part.scores.get((name, metric))
            row.append(wording.number(found.value if found else None, info))
        rows.append(row)
    return [f"### {escape(info.label)} by slice", "", *_table(rows), ""]


def _findings(section: Section) -> list[str]:
    kinds = section.flags.kinds()
    if not kinds:
        return []
    rows = [["system", "any", *map(escape, kinds)]]
    for system in section.comparison.ranked():
        if system.outputs:
            counts = [section.flags.count(system.name, kind) for kind in ("", *kinds)]
            rows.append([escape(system.name), *map(str, counts)])
    return [f"### Outputs with findings, of {len(section.bench.units)}", "", *_table(rows), ""]


def _worst(section: Section) -> list[str]:
    if not section.worst:
        return []
    bench, comparison = section.bench, section.comparison
    info = comparison.info(comparison.primary)
    places = {unit.id: i for i, unit in enumerate(bench.units)}
    outputs = {system.name: system.outputs for system in bench.systems}
    lines = [f"### Worst cases by {escape(info.label)}", ""]
    for case in section.worst:
        text = outputs[case.system][places[case.id]].text
        lines.append(
            f"- {escape(case.system)}, {escape(case.id)}: {wording.number(case.score, info)}: "
            f"{escape(text)}"
        )
    return [*lines, ""]


def _section(section: Section) -> list[str]:
    comparison = section.comparison
    rows = [[escape(cell) for cell in row] for row in leader_board(comparison)]
    lines = [
        f"## {escape(section.title)}",
        "",
        f"{wording.units(comparison.units, comparison.bench.unit_name)}; value [95 % interval]; "
        f"{comparison.settings.resamples} resamples, seed {comparison.settings.seed}.",
        "",
        *_table(rows),
        "",
        escape(wording.power(comparison)),
        "",
        *_memory(section),
        *(line for m in section.comparison.shown for line in _matrix(section, m)),
        *_slices(section),
        *_findings(section),
        *_worst(section),
    ]
    lines += [f"- Note: {escape(note)}" for note in comparison.notes]
    lines += [f"- Skipped: {escape(s.what)}: {escape(s.reason)}" for s in comparison.skipped]
    lines += ["### Signatures", ""]
    seen = dict.fromkeys(
        score.signature for scores in comparison.scores.values() for score in scores.values()
    )
    return [*lines, *(f"- {_code(signature)}" for signature in seen), ""]


def render(report: Report) -> str:
    """The whole report as Markdown, ending in a newline."""
    lines = [f"# {escape(report.title)}", ""]
    for section in report.sections:
        lines += _section(section)
    lines += [f"- Skipped: {escape(s.what)}: {escape(s.reason)}" for s in report.skipped]
    if report.manifest:
        text = json.dumps(report.manifest, ensure_ascii=False, indent=2, sort_keys=True)
        fence = "`" * (3 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        lines += ["## Manifest", "", f"{fence}json", text, fence, ""]
    return "\n".join(lines).rstrip() + "\n"
