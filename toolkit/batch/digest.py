"""The summaries of a job as one page to read: HTML or Markdown, in input order.

Each article has its headline, where it comes from, its summary, what to check in it and the source
sentences it rests on; what could not be summarised is named in its place. Written as the rows come,
so that a page of any length takes no memory, but for the list of headlines (``LISTED``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.batch.parts import Counts
from toolkit.batch.sources import is_address
from toolkit.render.headline import bare, shortened
from toolkit.render.html import flag_items, page_head, worst
from toolkit.render.plain import in_markdown
from toolkit.render.result import matters
from toolkit.summarize.wording import counted, opening
from toolkit.types import Check

LISTED = 1000
"""Headlines in the list at the top of the HTML page."""
_WORDS = 12
"""Of the first sentence, where it has to serve as the headline."""
_STYLES = Path(__file__).with_name("digest.css")


@dataclass(frozen=True, slots=True)
class Written:
    """A summary sentence: its text, ids of the source sentences, what to check."""

    text: str
    support: tuple[int, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One row, as a digest shows it. ``sources``: Indonesian and English by sentence id."""

    number: int
    id: str
    headline: str
    original: str
    facts: tuple[str, ...]
    sentences: tuple[Written, ...]
    sources: dict[int, tuple[str, str]]
    checks: tuple[tuple[str, Check], ...]
    """What to check, each with where it stands."""
    notes: tuple[str, ...]


def read_article(number: int, record: dict[str, Any]) -> Article:
    """Article ``number`` (from 1) from its row (``records``, task summarize)."""
    summary = record["summary"]
    sentences = tuple(
        Written(s["text"], tuple(s["support"]), _checks(s["checks"])) for s in summary["sentences"]
    )
    title = bare(summary["title"] or record["title_translation"])
    first = opening(shortened(sentences[0].text), _WORDS) if sentences else ""
    places = [("headline", c) for c in _checks(record["title_checks"])] if title else []
    for k, sentence in enumerate(sentences, 1):
        places += [(f'{k}, "{opening(sentence.text)}"', c) for c in sentence.checks]
    used = {i for s in sentences for i in s.support}
    facts = record["document"]
    return Article(
        number=number,
        id=str(record["id"]),
        headline=title or first or bare(record["title"]) or str(record["id"]),
        original=record["title"],
        facts=tuple(v for v in (facts["outlet"], facts["place"], facts["date"]) if v),
        sentences=sentences,
        sources={
            p["id"]: (" ".join(p["text"].split()), p["translation"])
            for p in record["sentences"]
            if p["id"] in used
        },
        checks=tuple((where, c) for where, c in places if matters(c)),
        notes=(*summary["notes"], *record["notes"]),
    )


def _checks(items: Iterable[dict[str, Any]]) -> tuple[Check, ...]:
    return tuple(Check(**c) for c in items)


def _title(counts: Counts) -> str:
    missing = f"; {counts.rejects:,} could not be summarised" if counts.rejects else ""
    articles = "1 article" if counts.documents == 1 else f"{counts.documents:,} articles"
    return f"Digest of {articles}{missing}"


class _Digest:
    """Writes ``file`` piece by piece; ``counts`` are those of the whole job."""

    def __init__(self, file: BinaryIO, counts: Counts) -> None:
        self._file = file
        self._number = 0
        self._begin(_title(counts))

    def write(self, line: bytes) -> None:
        """Add the article of a row (its JSON)."""
        self._number += 1
        self._add(read_article(self._number, json.loads(line)))

    def reject(self, line: bytes) -> None:
        """Add a document that could not be summarised, with the reason (the JSON of a reject)."""
        record = json.loads(line)
        file, number = record["file"], record["line"]
        where = f"{file}, line {number}" if number else file
        if is_address(record["id"]):
            where = record["id"] + (f" ({where})" if file != record["id"] else "")
        self._miss(where, record["reason"])

    def close(self) -> None:
        """Write the end."""

    def _put(self, *pieces: str) -> None:
        self._file.write("".join(pieces).encode())

    def _begin(self, title: str) -> None:
        raise NotImplementedError

    def _add(self, article: Article) -> None:
        raise NotImplementedError

    def _miss(self, where: str, reason: str) -> None:
        raise NotImplementedError


class HtmlDigest(_Digest):
    """A self-contained page without scripts; all that comes from the articles is escaped."""

    def _begin(self, title: str) -> None:
        self._listed: list[str] = []
        self._unlisted = 0
        self._flagged = False
        self._missed = 0
        head = page_head(title, _STYLES.read_text(encoding="utf-8"))
        self._put(head, f'\n<main class="digest"><h1>{escape(title)}</h1>\n')

    def _list(self, item: str) -> None:
        if len(self._listed) < LISTED:
            self._listed.append(item)
        else:
            self._unlisted += 1

    def _add(self, article: Article) -> None:
        number, heading = article.number, escape(article.headline)
        mark = ' <b title="something to check">!</b>' if article.checks else ""
        self._flagged = self._flagged or bool(article.checks)
        self._list(f'<li value="{number}"><a href="#a{number}">{heading}</a>{mark}</li>')
        original = f'<span lang="id">{escape(article.original)}</span>' if article.original else ""
        facts = " · ".join(map(escape, article.facts))
        origin = " — ".join(p for p in (original, facts, _link(article.id)) if p)
        self._put(
            f'<article id="a{number}"><h2><span class="no">{number}</span> {heading}</h2>',
            f'<p class="facts">{origin}</p><p class="text">',
            " ".join(_sentence(s, article) for s in article.sentences),
            "</p>",
            *(f'<p class="note">{escape(n)}</p>' for n in article.notes),
            _to_check(article.checks),
            _sources(article),
            "</article>\n",
        )

    def _miss(self, where: str, reason: str) -> None:
        self._missed += 1
        name = f"m{self._missed}"
        self._list(
            f'<li class="missing"><a href="#{name}">Not summarised: {escape(where)}</a></li>'
        )
        self._put(
            f'<article class="missing" id="{name}"><p><b>Not summarised:</b> ',
            f"<code>{escape(where)}</code> — {escape(reason)}</p></article>\n",
        )

    def close(self) -> None:
        """Write the list of headlines, which the page's style puts at the top."""
        hints = [f"and {self._unlisted:,} more"] if self._unlisted else []
        hints += ["! something to check"] if self._flagged else []
        rest = f'<p class="hint">{" · ".join(hints)}</p>' if hints else ""
        if self._number + self._missed > 1:
            items = "\n".join(self._listed)
            self._put(f'<nav aria-label="Headlines"><ol>{items}</ol>{rest}</nav>\n')
        self._put("</main></body></html>\n")


def _link(name: str) -> str:
    """Where the article is from: an address can be followed."""
    shown = f"<code>{escape(name)}</code>"
    return f'<a href="{escape(name)}">{shown}</a>' if is_address(name) else shown


def _sentence(sentence: Written, article: Article) -> str:
    links = "".join(
        f'<a class="ref" href="#a{article.number}s{i}" aria-label="Source sentence {i}">{i}</a>'
        for i in sentence.support
        if i in article.sources
    )
    level, text = worst(sentence.checks), escape(sentence.text)
    return (f'<span class="sum {level}">{text}</span>' if level else text) + links


def _to_check(checks: Iterable[tuple[str, Check]]) -> str:
    items = flag_items(checks)
    return f'<section class="flags"><ul>{items}</ul></section>' if items else ""


def _sources(article: Article) -> str:
    if not article.sources:
        return ""
    rows = "".join(
        f'<div class="row" role="row" id="a{article.number}s{i}">'
        f'<span class="no" role="cell">{i}</span>'
        f'<span class="src" role="cell" lang="id">{escape(source)}</span>'
        f'<span class="tgt" role="cell">{escape(translation)}</span></div>'
        for i, (source, translation) in article.sources.items()
    )
    return (
        f"<details><summary>What it rests on ({counted(len(article.sources), 'sentence')})"
        f'</summary><div class="pairs" role="table">{rows}</div></details>'
    )


class MarkdownDigest(_Digest):
    """The same without the source sentences, for mails and notes."""

    def _begin(self, title: str) -> None:
        self._put(f"# {in_markdown(title)}\n")

    def _add(self, article: Article) -> None:
        original = f"*{in_markdown(article.original)}*" if article.original else ""
        facts = " · ".join(map(in_markdown, article.facts))
        linked = is_address(article.id) and not any(c in "<>" or c.isspace() for c in article.id)
        name = f"<{article.id}>" if linked else in_markdown(article.id)
        origin = " — ".join(p for p in (original, facts, name) if p)
        text = " ".join(s.text for s in article.sentences)
        self._put(f"\n## {article.number}. {in_markdown(article.headline)}\n\n{origin}\n")
        self._put(f"\n{in_markdown(text)}\n" if text else "")
        for note in article.notes:
            self._put(f"\n*{in_markdown(note)}*\n")
        if article.checks:
            self._put("\n")
        for where, check in article.checks:
            found = in_markdown(f"{where}: {check.kind}: {check.detail}")
            self._put(f"- **To check** {found}\n")

    def _miss(self, where: str, reason: str) -> None:
        self._put(f"\n**Not summarised:** {in_markdown(where)} — {in_markdown(reason)}\n")
