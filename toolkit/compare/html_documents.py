"""The per-document view of the HTML report: source, references, outputs side by side.

Each output is set against its nearest reference word by word; findings and scores stand below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.compare import wording
from toolkit.compare.bench import System
from toolkit.compare.html_tables import anchor
from toolkit.compare.markup import Html, join, tag
from toolkit.compare.worddiff import nearest, word_diff

if TYPE_CHECKING:
    from toolkit.compare.report import Section

_SHOWN_METRICS = 4


def chosen(section: Section, limit: int) -> list[int]:
    """Positions of the units shown: worst cases, then those with errors, then in order."""
    bench = section.bench
    count = len(bench.units)
    if count <= limit:
        return list(range(count))
    places = {unit.id: i for i, unit in enumerate(bench.units)}
    wanted = dict.fromkeys(places[case.id] for case in section.worst)

    def errors(position: int) -> int:
        return sum(
            check.severity == "error"
            for system in bench.systems
            for check in section.flags.of(system.name, position)
        )

    doubtful = sorted((i for i in range(count) if errors(i)), key=lambda i: (-errors(i), i))
    wanted.update(dict.fromkeys(doubtful))
    wanted.update(dict.fromkeys(range(count)))
    return sorted(list(wanted)[:limit])


def documents(section: Section, key: str, limit: int) -> Html:
    """The units of a section, each folded."""
    bench = section.bench
    positions = chosen(section, limit)
    intro = []
    if len(positions) < len(bench.units):
        intro.append(
            tag(
                "p",
                f"{len(positions)} of {len(bench.units)} are shown, chosen in this order: worst "
                "cases, those with most errors, the rest. The JSON report has every one.",
                class_="notice",
            )
        )
    intro.append(
        tag(
            "p",
            "Each output is set against its nearest reference: ",
            tag("ins", "words the reference lacks"),
            " and ",
            tag("del", "words of the reference that are missing"),
            ".",
        )
    )
    box = tag("input", type="checkbox", checked=bench.task == "translation")
    toggle = tag("label", box, "Show missing words", class_="toggle")
    units = [_unit(section, key, position) for position in positions]
    shown = "units" if bench.task == "translation" else "units nomissing"
    return tag("div", *intro, toggle, tag("div", *units, data_filter="", class_=shown))


def _unit(section: Section, key: str, position: int) -> Html:
    bench = section.bench
    unit = bench.units[position]
    count = sum(bool(section.flags.of(system.name, position)) for system in bench.systems)
    about = " · ".join(
        part
        for part in (
            unit.outlet,
            unit.date,
            unit.group,
            f"findings on {wording.units(count, 'output')}" if count else "",
        )
        if part
    )
    opening = unit.source if bench.task == "translation" else ""
    head = [tag("b", unit.id)]
    if about:
        head.append(tag("span", f" · {about}", class_="soft"))
    if opening:
        head.append(tag("span", f" · {opening}"))
    parts = []
    if unit.source:
        source = tag("p", unit.source, class_="source", lang="id")
        folded = tag("details", tag("summary", "Source"), source)
        shown = join([tag("h4", "Source"), source])
        parts.append(folded if bench.task != "translation" else shown)
    cards = []
    for number, reference in enumerate(unit.references, 1):
        title = "Reference" if len(unit.references) == 1 else f"Reference {number}"
        text = tag("p", reference, class_="text")
        cards.append(tag("article", tag("h4", title), text, class_="output reference"))
    alike: dict[str, list[System]] = {}
    for system in section.comparison.ranked():
        if system.outputs:
            alike.setdefault(system.outputs[position].text, []).append(system)
    cards += [_output(section, systems, position) for systems in alike.values()]
    parts.append(tag("div", *cards, class_="outputs"))
    return tag("details", tag("summary", *head), *parts, id=anchor(key, unit.id))


def _output(section: Section, systems: list[System], position: int) -> Html:
    """One card for all systems that wrote the same text."""
    comparison = section.comparison
    system = systems[0]
    unit, output = section.bench.units[position], system.outputs[position]
    scores = []
    judged = [m for m in comparison.metrics if m.direction != "none"]
    for metric in judged[:_SHOWN_METRICS]:
        found = [comparison.scores[s.name].get(metric.name) for s in systems]
        values = [score.per_segment[position] if score is not None else None for score in found]
        # Equal texts need not score alike: seconds, imported scores, the article held against.
        if any(value is not None for value in values):
            shown = [wording.number(value, metric) for value in values]
            told = shown[:1] if len(set(shown)) == 1 else shown
            scores.append(f"{metric.label} {'; '.join(told)}")
    flags = [
        tag("li", f"{check.kind}: {check.detail}", class_=check.severity)
        for check in dict.fromkeys(
            check for s in systems for check in section.flags.of(s.name, position)
        )
    ]
    return tag(
        "article",
        tag("h4", "; ".join(s.name for s in systems)),
        tag("p", _marked(output.text, unit.references), class_="text"),
        tag("p", " · ".join(scores), class_="soft") if scores else Html(),
        tag("ul", *flags, class_="flags") if flags else Html(),
        class_="output",
    )


def _marked(text: str, references: tuple[str, ...]) -> Html:
    if not text.strip():
        return tag("em", "(empty)")
    if not references:
        return join([text])
    names = {"same": "", "added": "ins", "missing": "del"}
    pieces = [
        tag(names[piece.mark], piece.text) if names[piece.mark] else join([piece.text])
        for piece in word_diff(references[nearest(text, references)], text)
    ]
    return join(pieces, " ")
