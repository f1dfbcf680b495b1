"""A report as plain text for the terminal: leader board, pairs, flags, notes. No colours.

Words and numbers come from ``wording``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.compare import wording
from toolkit.compare.comparison import Comparison, MetricInfo

if TYPE_CHECKING:
    from toolkit.compare.report import Report, Section

_ARROWS = {"higher": "↑", "lower": "↓", "none": ""}


def table(rows: Sequence[Sequence[str]], *, left: int = 1) -> list[str]:
    """Rows (the first is the head) as aligned lines; the first ``left`` columns align left."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return [lines[0], "-" * max(map(len, lines)), *lines[1:]]


def leader_board(comparison: Comparison) -> list[list[str]]:
    """Head and rows of the leader board: value and interval of every metric."""
    head = ["system", *(f"{m.label}{_ARROWS[m.direction]}" for m in comparison.metrics)]
    rows = [head]
    for system in comparison.ranked():
        label = system.name if system.kind == "system" else f"{system.name} [{system.kind}]"
        row = [label]
        for metric in comparison.metrics:
            score = comparison.scores[system.name].get(metric.name)
            if score is None:
                row.append("–")
                continue
            text = wording.number(score.value, metric)
            if score.ci is not None:
                low, high = (wording.number(end, metric) for end in score.ci)
                text += f" [{low}, {high}]"
            row.append(text)
        rows.append(row)
    return rows


def _wrapped(rows: list[list[str]], width: int) -> list[str]:
    """A wide table as several tables of at most ``width`` columns of text, system first."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines: list[str] = []
    first = 1
    while first < len(widths):
        last, used = first, widths[0]
        while last < len(widths) and (last == first or used + 2 + widths[last] <= width):
            used += 2 + widths[last]
            last += 1
        lines += table([[row[0], *row[first:last]] for row in rows])
        first = last
        if first < len(widths):
            lines.append("")
    return lines


def _pairs(comparison: Comparison, info: MetricInfo) -> list[str]:
    pairs = comparison.pairs[info.name]
    count = wording.units(pairs[0].units, comparison.bench.unit_name)
    rows = [["A − B", f"difference in {info.label}", "95 % interval", "p", "p (Holm)", ""]]
    for pair in pairs:
        rows.append(
            [
                f"{pair.a} − {pair.b}",
                wording.difference(pair.difference, info),
                wording.bounds(pair.ci, info, sign=True),
                wording.p_value(pair.p_ar),
                wording.p_value(pair.p_holm),
                wording.verdict(pair, info),
            ]
        )
    title = f"Pairs by {info.label}: approximate randomisation, n = {count}, Holm over all pairs"
    return [title, *table(rows)]


def _section(section: Section, width: int) -> list[str]:
    comparison = section.comparison
    bench = comparison.bench
    lines = [
        section.title,
        f"{wording.units(comparison.units, bench.unit_name)}; value [95 % interval], "
        f"{comparison.settings.resamples} resamples, seed {comparison.settings.seed}",
        "",
        *_wrapped(leader_board(comparison), width),
        "",
    ]
    for name in comparison.shown:
        if comparison.pairs.get(name):
            lines += [*_pairs(comparison, comparison.info(name)), ""]
    kinds = section.flags.kinds()
    if kinds:
        lines.append(f"Outputs with findings, of {len(bench.units)}:")
        rows = [["system", "any", *kinds]]
        for system in comparison.ranked():
            if system.outputs:
                counts = [section.flags.count(system.name, kind) for kind in ("", *kinds)]
                rows.append([system.name, *map(str, counts)])
        lines += table(rows)
        lines.append("")
    measured = [s for s in comparison.ranked() if s.peak_memory is not None]
    if measured:
        rows = [["system", "peak memory"]]
        rows += [[s.name, wording.memory(s.peak_memory)] for s in measured]
        lines += [*table(rows), ""]
    lines += textwrap.wrap(wording.power(comparison), width)
    for note in comparison.notes:
        lines += textwrap.wrap(f"Note: {note}", width)
    lines += [f"Skipped: {s.what}: {s.reason}" for s in comparison.skipped]
    lines += ["", "Signatures:"]
    for metric in comparison.metrics:
        lines += [f"  {line}" for line in _signatures(comparison, metric)]
    return lines


def _signatures(comparison: Comparison, metric: MetricInfo) -> list[str]:
    """The signatures of a metric's scores: the commonest, then others with their systems."""
    found: dict[str, list[str]] = {}
    for system in comparison.ranked():
        if score := comparison.scores[system.name].get(metric.name):
            found.setdefault(score.signature, []).append(system.name)
    rows = sorted(found.items(), key=lambda item: -len(item[1]))
    return [
        f"{signature} ({', '.join(names)})" if place else signature
        for place, (signature, names) in enumerate(rows)
    ]


def render(report: Report, width: int = 100) -> str:
    """The whole report as text, ending in a newline."""
    lines = [report.title, "=" * len(report.title), ""]
    for section in report.sections:
        lines += [*_section(section, width), ""]
    lines += [f"Skipped: {s.what}: {s.reason}" for s in report.skipped]
    return "\n".join(lines).rstrip() + "\n"
