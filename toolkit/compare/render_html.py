"""A report as one self-contained HTML page: no requests, readable without JavaScript.

Layout and order of the page are here; tables are ``html_tables``'s and ``html_details``'s, plots
``html_plots``'s, the per-document view ``html_documents``'s. All text goes through ``markup``,
which escapes it. A content-security policy forbids every request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.compare import html_details, html_documents, html_plots, html_tables, wording
from toolkit.compare.markup import Html, join, tag

if TYPE_CHECKING:
    from toolkit.compare.report import Report, Section

_TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=2)
def _template(name: str) -> Html:
    return Html((_TEMPLATES / name).read_text(encoding="utf-8"))


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def render(report: Report, documents: int = 200) -> str:
    """The page; at most ``documents`` units a section are shown in full."""
    style, script = _template("report.css"), _template("report.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=f"ringkas {report.version}"),
        tag("title", report.title),
        tag("style", style),
    )
    sections = [_section(s, i, documents) for i, s in enumerate(report.sections)]
    body = tag(
        "body",
        tag("a", "Skip to the numbers", href="#main", class_="skip"),
        tag("header", tag("h1", report.title), _summary(report), _contents(report)),
        tag("main", *sections, _run(report), id="main"),
        tag(
            "footer",
            tag("p", f"Written by ringkas {report.version}. The page makes no request."),
        ),
        tag("script", script),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _summary(report: Report) -> Html:
    lines = []
    for section in report.sections:
        comparison = section.comparison
        count = wording.units(comparison.units, section.bench.unit_name)
        systems = wording.units(len(section.bench.systems), "system")
        lines.append(tag("p", f"{section.title}: {systems} on {count}."))
    return join(lines)


_PARTS = (
    ("board", "Leader board"),
    ("pairs", "Pairs"),
    ("plots", "Plots"),
    ("slices", "Slices"),
    ("findings", "Findings"),
    ("documents", "Documents"),
)


def _contents(report: Report) -> Html:
    entries = []
    several = len(report.sections) > 1
    for number, section in enumerate(report.sections):
        if several:
            entries.append(tag("li", tag("a", tag("b", section.title), href=f"#s{number}")))
        entries += [tag("li", tag("a", label, href=f"#s{number}-{part}")) for part, label in _PARTS]
    entries.append(tag("li", tag("a", "Run and signatures", href="#run")))
    return tag("nav", tag("ul", *entries), aria_label="Contents")


def _section(section: Section, number: int, documents: int) -> Html:
    key = f"s{number}"
    comparison = section.comparison
    skipped = [tag("li", tag("b", s.what), f": {s.reason}") for s in comparison.skipped]
    positions = html_documents.chosen(section, documents)
    shown = {section.bench.units[position].id for position in positions}
    return tag(
        "section",
        tag("h2", section.title, id=key),
        tag("p", wording.power(comparison), class_="notice"),
        *[tag("p", f"Note: {note}", class_="notice") for note in comparison.notes],
        tag("h3", "Leader board", id=f"{key}-board"),
        html_tables.leader_board(section),
        join([tag("h4", "Not scored"), tag("ul", *skipped)]) if skipped else Html(),
        tag("h3", "Pairs", id=f"{key}-pairs"),
        html_tables.pairs(section),
        tag("h3", "Plots", id=f"{key}-plots"),
        html_plots.plots(section),
        tag("h3", "Slices", id=f"{key}-slices"),
        html_tables.slices(section),
        tag("h3", "Findings and worst cases", id=f"{key}-findings"),
        html_details.findings(section, key, shown),
        tag(
            "h3",
            "Documents" if section.bench.task != "translation" else "Segments",
            id=f"{key}-documents",
        ),
        html_documents.documents(section, key, documents),
    )


def _run(report: Report) -> Html:
    skipped = [tag("li", tag("b", s.what), f": {s.reason}") for s in report.skipped]
    manifest = json.dumps(dict(report.manifest), ensure_ascii=False, indent=2, sort_keys=True)
    return tag(
        "section",
        tag("h2", "Run and signatures", id="run"),
        join([tag("p", "Asked for and not done:"), tag("ul", *skipped)]) if skipped else Html(),
        *[html_details.systems(section) for section in report.sections],
        *[html_details.signatures(section) for section in report.sections],
        tag(
            "details",
            tag("summary", "Run manifest"),
            tag("pre", tag("code", manifest), tabindex="0"),
        )
        if report.manifest
        else tag("p", "No run manifest: plain output files were compared.", class_="soft"),
    )
