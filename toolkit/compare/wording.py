"""Plain sentences about numbers: estimate, interval, p (Holm), n; never a bare "better".

All renderings of a report take their words from here, so that terminal, Markdown and page say the
same.
"""

from __future__ import annotations

import math

from toolkit.compare.comparison import Comparison, MetricInfo
from toolkit.compare.statistics import Paired

ALPHA = 0.05
SHOWN_P = 0.001
PEOPLE = "references"
"""The name of the references' own row, which is a plural."""


def number(value: float | None, info: MetricInfo, *, sign: bool = False) -> str:
    """A score with the metric's decimals; "–" when undefined."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:+.{info.decimals}f}" if sign else f"{value:.{info.decimals}f}"
    # No minus sign before a zero that rounding made.
    if float(text) == 0:
        text = text.replace("-", "+" if sign else "")
    return text.replace("-", "−")


def with_unit(text: str, info: MetricInfo) -> str:
    """The number followed by its unit, where it has one."""
    if not info.unit or text == "–":
        return text
    return f"{text}{'' if info.unit == '%' else ' '}{info.unit}"


def difference(value: float, info: MetricInfo) -> str:
    """A difference with its sign and unit; of percentages in points."""
    text = number(value, info, sign=True)
    if info.unit == "%" and text != "–":
        return f"{text} points"
    return with_unit(text, info)


def bounds(ci: tuple[float, float] | None, info: MetricInfo, *, sign: bool = False) -> str:
    """An interval as "low to high", "–" when there is none."""
    if ci is None or any(math.isnan(end) for end in ci):
        return "–"
    return f"{number(ci[0], info, sign=sign)} to {number(ci[1], info, sign=sign)}"


def p_value(p: float) -> str:
    """A p-value with three decimals, "<0.001" below, "–" when undefined."""
    if math.isnan(p):
        return "–"
    return f"<{SHOWN_P}" if p < SHOWN_P else f"{p:.3f}"


def equals_p(p: float) -> str:
    """ "p = 0.023" or "p <0.001"."""
    shown = p_value(p)
    return f"p {shown}" if shown.startswith("<") else f"p = {shown}"


def memory(peak: int | None) -> str:
    """Peak memory in MiB, "–" when it was not measured."""
    return "–" if peak is None else f"{peak / 2**20:.0f} MiB"


def units(count: int, name: str) -> str:
    """ "1 document", "997 segments"."""
    return f"{count} {name}{'' if count == 1 else 's'}"


def distinguishable(pair: Paired) -> bool:
    """Whether the pair differs at 0.05 after Holm's correction."""
    return pair.p_holm < ALPHA


def verdict(pair: Paired, info: MetricInfo) -> str:
    """What the test says, in words that do not go beyond it."""
    if math.isnan(pair.p_holm):
        return "not tested: the metric is undefined here"
    if pair.smallest_p > ALPHA:
        return "too few units for this test to tell"
    if not distinguishable(pair):
        return "not distinguishable at 0.05"
    first = (pair.difference > 0) == (info.direction == "higher")
    winner = pair.a if first else pair.b
    return f"{winner} {'are' if winner == PEOPLE else 'is'} ahead at 0.05"


def sentence(pair: Paired, info: MetricInfo, unit: str) -> str:
    """One whole sentence: both names, estimate, interval, p (Holm), n, verdict."""
    return (
        f"{pair.a} − {pair.b}: {difference(pair.difference, info)} {info.label} (95 % interval "
        f"{bounds(pair.ci, info, sign=True)}), {equals_p(pair.p_ar)}, "
        f"{equals_p(pair.p_holm)} (Holm), n = {units(pair.units, unit)}: {verdict(pair, info)}."
    )


def power(comparison: Comparison) -> str:
    """What so many units can and can't show, on the primary metric."""
    metric = comparison.primary
    pairs = comparison.pairs.get(metric, ())
    unit = comparison.bench.unit_name
    count = units(comparison.units, unit)
    if not pairs:
        return f"n = {count}."
    info = comparison.info(metric)
    # Identical systems have no spread: nothing is known of what would be found.
    known = sorted(pair.detectable for pair in pairs if pair.detectable > 1e-9)
    floor = pairs[0].smallest_p
    tested = sum(not math.isnan(pair.p_ar) for pair in pairs)
    text = f"With {count} the smallest p this test can give is {floor:.2g}"
    if floor > ALPHA:
        text += (
            ", so no difference whatever its size can be shown at 0.05; "
            "read estimates and intervals as description only"
        )
    elif floor * tested > ALPHA:
        text += (
            f", and {p_value(min(1.0, floor * tested))} after Holm's correction over "
            f"{tested} pairs, so a single pair cannot be shown to differ at 0.05"
        )
    text += "."
    if known and floor <= ALPHA:
        middle = known[len(known) // 2]
        size = number(middle, info)
        about = f"about {size}" if float(size) else f"less than {10.0**-info.decimals:g}"
        text += (
            f" A difference of {with_unit(about, info)} {info.label} (median "
            "pair) would be found four times in five by a single test at 0.05; smaller ones mostly "
            "go unseen."
        )
    return text
