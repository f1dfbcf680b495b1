"""The tables of the HTML report that compare: leader board, pairs, slices.

Findings, what the systems are and signatures are ``html_details``'s.

Each function takes a section and returns markup; words come from ``wording``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.compare import wording
from toolkit.compare.bench import System
from toolkit.compare.comparison import MetricInfo
from toolkit.compare.markup import Html, join, tag

if TYPE_CHECKING:
    from toolkit.compare.report import Section

_ARROWS = {"higher": " ↑", "lower": " ↓", "none": ""}
SAYS = {"higher": "higher is good", "lower": "lower is good", "none": "describes only"}


def scrolling(table: Html, label: str, caption: str = "") -> Html:
    """A table that scrolls sideways on its own and can be reached by keyboard."""
    region = tag("div", table, class_="scroll", role="region", aria_label=label, tabindex="0")
    return join([tag("p", caption, class_="caption"), region]) if caption else region


def anchor(key: str, unit_id: str) -> str:
    """The fragment of a unit's details; another one for each id."""
    return f"{key}-u-{''.join(c if c.isalnum() else f'-{ord(c):x}-' for c in unit_id)}"


def name_cell(system: System) -> Html:
    """The head of a system's row, with its kind when it is no plain system."""
    kind = (
        Html() if system.kind == "system" else join([" ", tag("span", system.kind, class_="kind")])
    )
    return tag("th", system.name, kind, scope="row")


def _head(metric: MetricInfo) -> Html:
    unit = f" ({metric.unit})" if metric.unit else ""
    return tag(
        "th",
        tag("span", f"{metric.label}{_ARROWS[metric.direction]}"),
        tag("small", f"{SAYS[metric.direction]}{unit}"),
        scope="col",
    )


def _board(section: Section, metrics: Sequence[MetricInfo], caption: str) -> Html:
    comparison = section.comparison
    rows = []
    for system in comparison.ranked():
        cells = [name_cell(system)]
        for metric in metrics:
            score = comparison.scores[system.name].get(metric.name)
            if score is None:
                cells.append(tag("td", "–", data_value="nan"))
                continue
            interval = (
                tag("small", wording.bounds(score.ci, metric)) if score.ci is not None else Html()
            )
            cells.append(
                tag(
                    "td",
                    wording.number(score.value, metric),
                    interval,
                    data_value="nan" if score.value is None else f"{score.value:.6f}",
                )
            )
        rows.append(tag("tr", *cells))
    head = tag("tr", tag("th", tag("span", "System"), scope="col"), *[_head(m) for m in metrics])
    table = tag(
        "table",
        tag("thead", head),
        tag("tbody", *rows),
        data_sort="",
    )
    return scrolling(table, "Leader board", caption)


def leader_board(section: Section) -> Html:
    """Systems by the primary metric: what judges first, what only describes in a second table."""
    comparison = section.comparison
    count = wording.units(comparison.units, section.bench.unit_name)
    judged = [m for m in comparison.metrics if m.direction != "none"]
    described = [m for m in comparison.metrics if m.direction == "none"]
    parts = []
    if judged:
        caption = (
            f"Value and 95 % interval over {count} "
            f"({comparison.settings.resamples} resamples, seed {comparison.settings.seed}); "
            f"sorted by {judged[0].label}."
        )
        parts.append(_board(section, judged, caption))
    if described:
        parts.append(_board(section, described, "What the texts are like; no value is a goal."))
    return join(parts)


def pairs(section: Section) -> Html:
    """One matrix a metric; the primary one open."""
    comparison = section.comparison
    parts = []
    for metric in comparison.metrics:
        if not comparison.pairs.get(metric.name):
            continue
        unit = section.bench.unit_name
        sentences = [
            tag("li", wording.sentence(pair, metric, unit))
            for pair in comparison.pairs[metric.name]
        ]
        parts.append(
            tag(
                "details",
                tag("summary", f"{metric.label}: all pairs"),
                _matrix(section, metric),
                tag("details", tag("summary", "The same in sentences"), tag("ul", *sentences)),
                open=metric.name == comparison.primary,
            )
        )
    if not parts:
        return tag("p", "There is no pair to test.", class_="soft")
    return join(parts)


def _matrix(section: Section, metric: MetricInfo) -> Html:
    comparison = section.comparison
    systems = [s for s in comparison.ranked() if metric.name in comparison.scores[s.name]]
    first = comparison.pairs[metric.name][0]
    test = "all swaps" if first.exact else f"{comparison.settings.trials} trials"
    caption = (
        f"Row minus column in {metric.label}, 95 % interval, p after Holm's correction "
        f"(approximate randomisation, {test}), "
        f"n = {wording.units(first.units, section.bench.unit_name)}. "
        "▲ row ahead, ▼ row behind, ≈ not distinguishable at 0.05; d is the mean difference of "
        "the units over its standard deviation."
    )
    rows = []
    for a in systems:
        cells = [name_cell(a)]
        for b in systems:
            pair = comparison.pair(metric.name, a.name, b.name) if a is not b else None
            if pair is None:
                cells.append(tag("td", "", class_="self"))
                continue
            if math.isnan(pair.p_holm):
                cells.append(tag("td", "–", tag("small", wording.verdict(pair, metric))))
                continue
            shown, mark = "even", "≈"
            if wording.distinguishable(pair):
                ahead = (pair.difference > 0) == (metric.direction == "higher")
                shown, mark = ("ahead", "▲") if ahead else ("behind", "▼")
            effect = "" if pair.effect is None else f", d {pair.effect:+.2f}".replace("-", "−")
            cells.append(
                tag(
                    "td",
                    f"{mark} {wording.number(pair.difference, metric, sign=True)}",
                    tag("small", wording.bounds(pair.ci, metric, sign=True)),
                    tag("small", f"{wording.equals_p(pair.p_holm)}{effect}"),
                    class_=shown,
                )
            )
        rows.append(tag("tr", *cells))
    head = tag(
        "tr",
        tag("th", "Row − column", scope="col"),
        *[tag("th", s.name, scope="col") for s in systems],
    )
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    return scrolling(table, f"{metric.label}: all pairs", caption)


def slices(section: Section) -> Html:
    """Scores by slice, one table a metric, the primary one open."""
    comparison = section.comparison
    if not section.slices:
        return tag("p", "The set has no slices of two units or more.", class_="soft")
    parts = []
    for metric in comparison.metrics:
        if metric.direction == "none":
            continue
        systems = [s for s in comparison.ranked() if metric.name in comparison.scores[s.name]]
        rows = []
        for part in section.slices:
            cells = [tag("th", part.name, tag("small", part.by), scope="row")]
            cells.append(tag("td", str(len(part.ids))))
            for system in systems:
                found = part.scores.get((system.name, metric.name))
                cells.append(
                    tag(
                        "td",
                        wording.number(found.value if found else None, metric),
                        tag("small", wording.bounds(found.ci, metric))
                        if found and found.ci
                        else Html(),
                    )
                )
            rows.append(tag("tr", *cells))
        head = [tag("th", "Slice", scope="col"), tag("th", "n", scope="col")]
        head += [tag("th", s.name, scope="col") for s in systems]
        table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows))
        parts.append(
            tag(
                "details",
                tag("summary", f"{metric.label} by slice"),
                scrolling(table, f"{metric.label} by slice"),
                open=metric.name == comparison.primary,
            )
        )
    return join(parts)
