"""A self-contained HTML page: the summary above, source and translation side by side below.

No script and no outside resource: highlighting is CSS (``:has``, ``:focus``, ``:target``), so
that pointing at, tabbing to or tapping a summary sentence marks the source sentences it rests on,
and a link leads to each. Everything that comes from the article is escaped, and the page's own
Content-Security-Policy forbids scripts. Styles stand in ``page.css`` beside this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from pathlib import Path

from toolkit.render.headline import headline
from toolkit.render.result import Result, View, matters
from toolkit.types import Check, Paragraph, Sentence

_CSS = Path(__file__).with_name("page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(result: Result, view: View) -> str:
    """The result as one HTML document; the style "headline" leaves the summary below it out."""
    title = headline(result) or result.document.title or result.document.id
    if view.style == "headline" and result.summary is not None and result.summary.title:
        result = replace(result, summary=replace(result.summary, sentences=(), notes=()))
    parts = [
        page_head(title, _highlights(result)),
        f"<main><h1>{escape(title)}</h1>{_facts(result)}",
        _summary(result, bullets=view.style == "bullets"),
        _flags(result),
        _sentences(result),
        _removed(result),
        _run(result),
        "</main></body></html>",
    ]
    return "\n".join(p for p in parts if p) + "\n"


def page_head(title: str, styles: str = "") -> str:
    """The begin of a page: it loads nothing, runs no script, and has ``page.css`` and ``styles``;
    ``title`` is plain text."""
    css = f"{_CSS.read_text(encoding='utf-8')}\n{styles}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        f"<title>{escape(title)}</title>\n<style>{css}</style></head><body>"
    )


def _highlights(result: Result) -> str:
    """One CSS rule a summary sentence: it, pointed at or focused, marks its support."""
    if result.summary is None:
        return ""
    rules = []
    for k, sentence in enumerate(result.summary.sentences):
        rows = ",".join(
            f"body:has(#k{k}:hover) #s{i},body:has(#k{k}:focus-within) #s{i}"
            for i in sentence.support
        )
        if rows:
            rules.append(f"{rows}{{background:var(--mark);box-shadow:inset 4px 0 0 var(--edge)}}")
    return "\n".join(rules)


def _facts(result: Result) -> str:
    document = result.document
    facts = [document.outlet, document.place, document.date]
    shown = " · ".join(escape(f) for f in facts if f)
    original = f'<span lang="id">{escape(document.title)}</span>' if document.title else ""
    return f'<p class="facts">{" — ".join(p for p in (original, shown) if p)}</p>'


def _summary(result: Result, *, bullets: bool) -> str:
    summary = result.summary
    if summary is None or not summary.sentences:
        return ""
    items = []
    for k, sentence in enumerate(summary.sentences):
        links = "".join(
            f'<a class="ref" href="#s{i}" aria-label="Source sentence {i}">{i}</a>'
            for i in sentence.support
        )
        items.append(
            f'<span class="sum {worst(sentence.checks)}" id="k{k}" tabindex="0">'
            f"{escape(sentence.text)}{links}</span>"
        )
    notes = "".join(f'<p class="note">{escape(n)}</p>' for n in summary.notes)
    if bullets:
        text = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    else:
        text = f"<p>{' '.join(items)}</p>"
    return (
        f'<section class="summary" aria-label="Summary">{text}{notes}'
        f'<p class="hint">{summary.words} words. Point at or tap a sentence to mark its source; '
        "the small numbers lead there.</p></section>"
    )


def worst(checks: Iterable[Check]) -> str:
    """The class of a text with these checks: error, warning or none."""
    levels = {c.severity for c in checks}
    return "error" if "error" in levels else "warning" if "warning" in levels else ""


def flag_items(flags: Iterable[tuple[str, Check]]) -> str:
    """List items for checks, each with where it stands."""
    return "".join(
        f'<li class="{c.severity}"><b>{escape(where)}</b> · {escape(c.kind)}: '
        f"{escape(c.detail)}</li>"
        for where, c in flags
    )


def _flags(result: Result) -> str:
    notes = "".join(f"<li>{escape(n)}</li>" for n in result.document.notes)
    flags = flag_items(result.flags())
    used = {i for s in result.summary.sentences for i in s.support} if result.summary else None
    others = sum(
        any(matters(c) for c in h.checks)
        for i, h in result.translation.hypotheses.items()
        if used is not None and i not in used
    )
    if others:
        few = "1 sentence below that" if others == 1 else f"{others} sentences below that"
        flags += f"<li>Flags also stand beside {few} the summary does not use.</li>"
    if not notes and not flags:
        return '<p class="clear">No check raised a flag.</p>'
    return f'<section class="flags"><h2>To check</h2><ul>{notes}{flags}</ul></section>'


def _sentences(result: Result) -> str:
    rows = "".join(_paragraph(result, p) for p in result.document.paragraphs)
    return (
        '<section><h2>Source and translation</h2><div class="pairs" role="table">'
        '<div class="row head" role="row"><span role="columnheader">No.</span>'
        '<span role="columnheader">Indonesian</span><span role="columnheader">English</span></div>'
        f"{rows}</div></section>"
    )


def _paragraph(result: Result, paragraph: Paragraph) -> str:
    rows = "".join(_row(result, s) for s in paragraph.sentences)
    return f'<div class="para {paragraph.kind}" role="rowgroup">{rows}</div>'


def _row(result: Result, sentence: Sentence) -> str:
    hypothesis = result.translation.hypotheses.get(sentence.id)
    used = [
        k
        for k, s in enumerate(result.summary.sentences if result.summary else ())
        if sentence.id in s.support
    ]
    back = "".join(
        f'<a class="back" href="#k{k}" aria-label="Back to the summary">↑ summary</a>' for k in used
    )
    if hypothesis is None:
        english = '<em class="none">not translated (not needed for the summary)</em>'
        badges = ""
    else:
        english = escape(hypothesis.text)
        badges = "".join(
            f'<span class="badge {c.severity}"><b>{escape(c.kind)}</b> {escape(c.detail)}</span>'
            for c in hypothesis.checks
        )
    return (
        f'<div class="row{" used" if used else ""}" role="row" id="s{sentence.id}">'
        f'<span class="no" role="cell">{sentence.id}</span>'
        f'<span class="src" role="cell" lang="id">{escape(sentence.clean)}{back}</span>'
        f'<span class="tgt" role="cell" lang="en">{english}{badges}</span></div>'
    )


def _removed(result: Result) -> str:
    if not result.document.removed:
        return ""
    items = "".join(
        f'<li><code>{escape(r.rule)}</code> <span lang="id">{escape(r.text.strip())}</span></li>'
        for r in result.document.removed
    )
    return (
        f"<details><summary>Taken out of the page as furniture "
        f"({len(result.document.removed)})</summary><ul>{items}</ul></details>"
    )


def _run(result: Result) -> str:
    run = result.run
    engine = f" ({run.engine})" if run.engine not in ("", run.translator) else ""
    parts = [f"Translator {run.translator}{engine}"]
    if run.summarizer:
        parts.append(f"summarizer {run.summarizer}")
    parts += [f"Ringkas {run.version}", f"{run.seconds:.1f} s"]
    return (
        f"<footer><p>{escape(' · '.join(parts))}</p>"
        f"<p><code>{escape(run.signature)}</code></p></footer>"
    )
