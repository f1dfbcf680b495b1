"""Plain text and Markdown, for terminals, mails and notes."""

from __future__ import annotations

import re

from toolkit.render.headline import headline
from toolkit.render.result import Result, View
from toolkit.types import SummarySentence

_LEAD = {False: "    ", True: "  > "}
"""What stands before a source sentence: plain text, Markdown."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def render_text(result: Result, view: View) -> str:
    """The summary (or the translation with its paragraphs) as plain text."""
    return _body(result, view, markdown=False)


def render_markdown(result: Result, view: View) -> str:
    """The same as Markdown: headline as a heading, sources as quotations."""
    parts = []
    if view.style != "headline" and (title := headline(result)):
        parts.append(f"# {in_markdown(title)}")
    parts.append(_body(result, view, markdown=True))
    return "\n\n".join(parts)


def in_markdown(text: str) -> str:
    """The text with what Markdown would take for markup escaped."""
    return _SPECIAL.sub(r"\\\1", text)


def _body(result: Result, view: View, *, markdown: bool) -> str:
    escape = in_markdown if markdown else str
    if result.summary is None:
        return _translation(result, view, markdown=markdown)
    if view.style == "headline":
        lines = [escape(headline(result))]
        if view.show_sources:
            lines += _headline_sources(result, markdown=markdown)
        return "\n".join(lines)
    sentences = result.summary.sentences
    bullet = "- " if view.style == "bullets" else ""
    if not view.show_sources:
        if bullet:
            return "\n".join(bullet + escape(s.text) for s in sentences)
        return escape(result.summary.text)
    return "\n\n".join(
        bullet + escape(s.text) + "\n" + "\n".join(_sources(result, s, markdown=markdown))
        for s in sentences
    )


def _headline_sources(result: Result, *, markdown: bool) -> list[str]:
    """The Indonesian headline, or the sources of the sentence that serves as one."""
    assert result.summary is not None
    if not result.summary.title:
        first = result.summary.sentences[:1]
        return [line for s in first for line in _sources(result, s, markdown=markdown)]
    title = result.document.title
    return [f"{_LEAD[markdown]}[headline] {in_markdown(title) if markdown else title}"]


def _sources(result: Result, sentence: SummarySentence, *, markdown: bool) -> list[str]:
    originals = result.document.sentences
    lead = _LEAD[markdown]
    return [
        f"{lead}[{i}] {in_markdown(originals[i].clean) if markdown else originals[i].clean}"
        for i in sentence.support
    ] or [f"{lead}(no source sentence)"]


def _translation(result: Result, view: View, *, markdown: bool) -> str:
    escape = in_markdown if markdown else str
    blocks = []
    if not markdown and result.translation.title is not None:
        blocks.append(result.translation.title.text)
    for paragraph in result.document.paragraphs:
        lines = []
        for sentence in paragraph.sentences:
            hypothesis = result.translation.hypotheses.get(sentence.id)
            if hypothesis is not None:
                lines.append(escape(hypothesis.text))
            if view.show_sources:
                lines.append(f"    [{sentence.id}] {escape(sentence.clean)}")
        joined = ("\n" if view.show_sources else " ").join(lines)
        if markdown and paragraph.kind == "heading":
            joined = f"## {joined}"
        elif markdown and paragraph.kind == "list":
            joined = f"- {joined}"
        blocks.append(joined)
    return "\n\n".join(b for b in blocks if b)
