"""The plots of the HTML report: quality against speed, and intervals metric by metric.

Drawing is ``plot``'s business; which systems and metrics are shown is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.compare import wording
from toolkit.compare.html_tables import SAYS
from toolkit.compare.markup import Html, tag
from toolkit.compare.plot import Point, forest_range, interval_bar, scatter

if TYPE_CHECKING:
    from toolkit.compare.report import Section


def plots(section: Section) -> Html:
    """Quality against speed where times are known, and a forest plot of each judging metric."""
    comparison = section.comparison
    figures = []
    if (speed := _speed(section)) is not None:
        figures.append(speed)
    for metric in comparison.metrics:
        if metric.direction == "none":
            continue
        scored = [
            (system, score)
            for system in comparison.ranked()
            if (score := comparison.scores[system.name].get(metric.name))
            and score.value is not None
        ]
        if not scored:
            continue
        low, high = forest_range([s.value or 0.0 for _, s in scored], [s.ci for _, s in scored])
        rows = [
            tag(
                "div",
                tag("dt", system.name),
                tag("dd", interval_bar(score.value or 0.0, score.ci, low, high)),
                tag("dd", wording.number(score.value, metric)),
            )
            for system, score in scored
        ]
        caption = f"{metric.label}: value and 95 % interval, {SAYS[metric.direction]}"
        figures.append(tag("figure", tag("figcaption", caption), tag("dl", *rows, class_="forest")))
    return tag("div", *figures, class_="plots")


def _speed(section: Section) -> Html | None:
    comparison = section.comparison
    metric = comparison.info(comparison.primary) if comparison.primary else None
    points: list[Point] = []
    for system in comparison.ranked():
        scores = comparison.scores[system.name]
        quality, seconds = scores.get(comparison.primary), scores.get("seconds")
        if quality is None or seconds is None or quality.value is None or seconds.value is None:
            continue
        points.append(Point(len(points) + 1, system.name, seconds.value, quality.value, quality.ci))
    if len(points) < 2 or metric is None or metric.name == "seconds":
        return None
    legend = [tag("li", f"{p.name}: {p.x:.3g} s, {p.y:.1f}") for p in points]
    return tag(
        "figure",
        tag("figcaption", f"{metric.label} against speed (vertical lines: 95 % interval)"),
        scatter(points, metric.label, section.bench.unit_name),
        tag("ol", *legend, class_="legend"),
    )
