"""Inline SVG: intervals in a row (forest plot), quality against speed (scatter plot).

Plots carry no colours of their own (CSS classes) and repeat in words what they show (title, desc);
the numbers stand in the tables beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.compare.markup import Html, tag

_WIDTH, _HEIGHT = 480, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 16, 14, 46


@dataclass(frozen=True, slots=True)
class Point:
    """One system of the scatter plot: its number, x (seconds a unit), y and y's interval."""

    number: int
    name: str
    x: float
    y: float
    ci: tuple[float, float] | None


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """About ``count`` round values (1, 2 or 5 times a power of ten apart) inside [low, high]."""
    span = high - low
    if not span > 0:
        return [low]
    raw = span / max(1, count)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(f * power for f in (1, 2, 5, 10) if f * power >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def _padded(values: Sequence[float], share: float = 0.06) -> tuple[float, float]:
    low, high = min(values), max(values)
    pad = (high - low) * share or abs(high) * 0.05 or 1.0
    return low - pad, high + pad


def interval_bar(value: float, ci: tuple[float, float] | None, low: float, high: float) -> Html:
    """One row of a forest plot: a line for the interval, a dot for the value; stretches freely."""

    def x(at: float) -> str:
        return f"{100 * (at - low) / (high - low):.2f}%"

    parts: list[Html] = []
    if ci is not None:
        parts.append(tag("line", x1=x(ci[0]), x2=x(ci[1]), y1="50%", y2="50%", class_="whisker"))
        parts += [tag("line", x1=x(e), x2=x(e), y1="30%", y2="70%", class_="whisker") for e in ci]
    parts.append(tag("circle", cx=x(value), cy="50%", r="4.5", class_="dot"))
    return tag("svg", *parts, class_="bar", aria_hidden="true", focusable="false")


def forest_range(
    values: Sequence[float], intervals: Sequence[tuple[float, float] | None]
) -> tuple[float, float]:
    """The common range of the rows of a forest plot."""
    ends = [end for ci in intervals if ci is not None for end in ci]
    return _padded([*values, *ends])


def scatter(points: Sequence[Point], y_label: str, unit: str) -> Html:
    """Quality (y, with interval) against seconds a unit (x, logarithmic when it spans tenfold)."""
    xs = [point.x for point in points]
    logarithmic = min(xs) > 0 and max(xs) / min(xs) >= 10
    scale = math.log10 if logarithmic else float
    x_low, x_high = _padded([scale(x) for x in xs], 0.1)
    y_low, y_high = forest_range([p.y for p in points], [p.ci for p in points])

    def at_x(value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (scale(value) - x_low) / (x_high - x_low)

    def at_y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (y_high - value) / (y_high - y_low)

    base = _HEIGHT - _BOTTOM
    parts = [
        tag("title", f"{y_label} against seconds a {unit}"),
        tag("desc", "; ".join(f"{p.number} {p.name}: {p.x:.3g} s, {p.y:.1f}" for p in points)),
    ]
    for value in ticks(y_low, y_high):
        y = at_y(value)
        parts.append(tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=_f(y), y2=_f(y), class_="grid"))
        parts.append(tag("text", f"{value:g}", x=_LEFT - 7, y=_f(y + 5), text_anchor="end"))
    marks = _log_ticks(min(xs), max(xs)) if logarithmic else ticks(x_low, x_high, 4)
    for value in marks:
        if (logarithmic and value <= 0) or (not logarithmic and value < 0):
            continue
        x = at_x(value)
        if not _LEFT <= x <= _WIDTH - _RIGHT:
            continue
        parts.append(tag("line", x1=_f(x), x2=_f(x), y1=_TOP, y2=base, class_="grid"))
        parts.append(tag("text", f"{value:g}", x=_f(x), y=base + 18, text_anchor="middle"))
    label = f"seconds a {unit}{' (log scale)' if logarithmic else ''}, fewer is faster"
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(tag("text", label, x=_f(middle), y=_HEIGHT - 8, text_anchor="middle"))
    placed: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda p: p.number):
        x, y = at_x(point.x), at_y(point.y)
        if point.ci is not None:
            top, bottom = at_y(point.ci[1]), at_y(point.ci[0])
            parts.append(
                tag("line", x1=_f(x), x2=_f(x), y1=_f(top), y2=_f(bottom), class_="whisker")
            )
        parts.append(tag("circle", cx=_f(x), cy=_f(y), r="4.5", class_="dot"))
        label_x, label_y = _free(x + 8, y + 5, placed)
        placed.append((label_x, label_y))
        parts.append(tag("text", str(point.number), x=_f(label_x), y=_f(label_y), class_="number"))
    return tag("svg", *parts, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", class_="scatter")


def _f(value: float) -> str:
    return f"{value:.1f}"


def _free(x: float, y: float, placed: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """A place near (x, y) that no earlier label stands on."""
    for dx, dy in ((0, 0), (0, -13), (0, 13), (-26, 0), (-26, -13), (-26, 13), (14, -6), (14, 8)):
        at = (x + dx, y + dy)
        if all(abs(at[0] - px) > 15 or abs(at[1] - py) > 12 for px, py in placed):
            return at
    return (x, y - 26)


def _log_ticks(low: float, high: float) -> list[float]:
    first = math.floor(math.log10(low))
    last = math.ceil(math.log10(high))
    fine = last - first <= 2
    return [
        factor * 10.0**power
        for power in range(first, last + 1)
        for factor in ((1, 2, 5) if fine else (1,))
        if low * 0.7 <= factor * 10.0**power <= high * 1.4
    ]
