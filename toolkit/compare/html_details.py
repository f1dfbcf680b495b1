"""The tables of the HTML report that look closer: findings and worst cases, systems, signatures.

Each function takes a section and returns markup; words come from ``wording``.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from toolkit.compare import wording
from toolkit.compare.bench import System
from toolkit.compare.html_tables import anchor, name_cell, scrolling
from toolkit.compare.markup import Html, join, tag

if TYPE_CHECKING:
    from toolkit.compare.report import Section


def findings(section: Section, key: str, shown: Set[str]) -> Html:
    """How many outputs have findings, and the worst cases of each system; those of units that are
    ``shown`` in full lead there."""
    comparison = section.comparison
    kinds = section.flags.kinds()
    parts = []
    if kinds:
        rows = [
            tag(
                "tr",
                name_cell(system),
                *[tag("td", str(section.flags.count(system.name, kind))) for kind in ("", *kinds)],
            )
            for system in comparison.ranked()
            if system.outputs
        ]
        caption = (
            f"Outputs with findings, of {len(section.bench.units)}: the same checks for all "
            "systems. A finding is a reason to look, not a proof."
        )
        head = [tag("th", tag("span", h), scope="col") for h in ("System", "any", *kinds)]
        table = tag(
            "table",
            tag("thead", tag("tr", *head)),
            tag("tbody", *rows),
            data_sort="",
        )
        parts.append(scrolling(table, "Outputs with findings", caption))
    else:
        parts.append(tag("p", "No output has a finding."))
    if section.worst:
        parts.append(_worst(section, key, shown))
    return join(parts)


def _worst(section: Section, key: str, shown: Set[str]) -> Html:
    comparison = section.comparison
    info = comparison.info(comparison.primary)
    places = {unit.id: i for i, unit in enumerate(section.bench.units)}
    outputs = {system.name: system.outputs for system in section.bench.systems}
    rows = [
        tag(
            "tr",
            tag("th", case.system, scope="row"),
            tag("td", _leading(key, case.id) if case.id in shown else case.id),
            tag("td", wording.number(case.score, info)),
            tag("td", outputs[case.system][places[case.id]].text, class_="text"),
        )
        for case in section.worst
    ]
    head = [tag("th", h, scope="col") for h in ("System", "id", info.label, "Output")]
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows))
    label = f"Worst cases by {info.label}"
    return tag("details", tag("summary", label), scrolling(table, label))


def _leading(key: str, unit_id: str) -> Html:
    return tag("a", unit_id, href=f"#{anchor(key, unit_id)}")


_FIRST = ("translator", "summarizer", "baseline", "order", "length")


def _facts(system: System) -> list[Html]:
    """A system's info: what it is in one line, its signatures in small type."""
    info = dict(system.info)
    plain = [*(k for k in _FIRST if k in info), *sorted(k for k in info if k not in _FIRST)]
    signed = [k for k in plain if k.endswith(" signature")]
    facts = "; ".join(f"{k} {info[k]}" for k in plain if k not in signed)
    small = [tag("small", f"{k}: ", tag("code", info[k])) for k in signed]
    return [join([facts]), *small]


def systems(section: Section) -> Html:
    """What each system is, as its run says, and its peak memory."""
    shown = [s for s in section.comparison.ranked() if s.info or s.peak_memory is not None]
    if not shown:
        return Html()
    rows = [
        tag(
            "tr",
            name_cell(system),
            tag("td", wording.memory(system.peak_memory)),
            tag("td", *_facts(system), class_="text"),
        )
        for system in shown
    ]
    head = [tag("th", h, scope="col") for h in ("System", "Peak memory")]
    head.append(tag("th", "Made by", scope="col", class_="text"))
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows))
    title = f"{section.title}: systems"
    return scrolling(table, title, title)


def signatures(section: Section) -> Html:
    """The signature of every number of a section; systems that share one share a row."""
    comparison = section.comparison
    rows = []
    for metric in comparison.metrics:
        owners: dict[str, list[str]] = {}
        for system in comparison.ranked():
            if (score := comparison.scores[system.name].get(metric.name)) is not None:
                owners.setdefault(score.signature, []).append(system.name)
        for signature, names in owners.items():
            who = "all systems" if len(owners) == 1 else ", ".join(names)
            rows.append(
                tag(
                    "tr",
                    tag("th", metric.label, tag("small", who), scope="row"),
                    tag("td", tag("code", signature), class_="text"),
                )
            )
    head = tag("tr", tag("th", "Metric", scope="col"), tag("th", "Signature", scope="col"))
    table = tag(
        "table",
        tag("thead", head),
        tag("tbody", *rows),
    )
    title = f"{section.title}: signatures"
    return scrolling(table, title, title)
