"""Decoded text to a Document: units, furniture, metadata, paragraphs, language check.

Where the text came from (file, URL, HTML …) is ``toolkit.reading.source``'s business.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from toolkit.errors import InputError
from toolkit.reading.furniture import Page, sort_out, stands_alone
from toolkit.reading.layout import Mark, units
from toolkit.reading.published import date_from_page, outlet_from_page
from toolkit.reading.structure import paragraphs
from toolkit.types import Document, clean_text

MAX_CHARACTERS = 500_000
"""The longest text that counts as one article (about 70,000 words)."""

_LANGUAGE_SAMPLE = 6_000
_SURROGATE = re.compile("[\ud800-\udfff]")


def build(
    text: str,
    *,
    id: str,
    title: str = "",
    outlet: str = "",
    date: str = "",
    marks: Sequence[Mark] = (),
    today: dt.date | None = None,
    keep_furniture: bool = False,
    check_language: bool = True,
    notes: Sequence[str] = (),
) -> Document:
    """Make the Document of ``text``.

    ``title``, ``outlet``, ``date`` (ISO) are what the format states; the page's own wins for none
    of them. ``marks`` are blocks whose kind the format states. Raises InputError when the text is
    empty, too long for one article, nothing but furniture, or in another language.
    """
    noted = list(notes)
    language = "id"
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        noted.append("Lone surrogate characters were replaced by U+FFFD.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{id} holds {len(text):,} characters and one article may have {MAX_CHARACTERS:,} at "
            "most; put its articles one a line into a JSONL file and use 'ringkas batch'."
        )
    found = units(text, marks, stands_alone)
    if not found:
        raise InputError(f"{id} holds no text, only white space; give an Indonesian article.")
    page = sort_out(text, found, clean_text(title), keep_furniture)
    result = paragraphs(text, page)
    removed = tuple(sorted(page.removed, key=lambda piece: (piece.start, piece.end)))
    story = " ".join(text[a:b] for spans in page.stories for a, b in spans)
    if not result:
        raise InputError(
            f"{id} holds no story: all {len(found)} lines look like page furniture "
            f"({_most_common(page)}); to read them all the same, keep the furniture."
        )
    if check_language:
        from toolkit.text.language import check_indonesian, identify

        sample = clean_text(story[:_LANGUAGE_SAMPLE])
        if note := check_indonesian(sample):
            noted.append(note)
            language = identify(sample).code
    opening = page.opening
    if not date:
        date, note = date_from_page(removed, story, opening.day if opening else "", today)
        if note:
            noted.append(note)
    return Document(
        id=id,
        text=text,
        paragraphs=result,
        title=page.title,
        outlet=outlet or outlet_from_page(removed, opening.outlet if opening else ""),
        place=opening.place if opening else "",
        date=date,
        language=language,
        removed=removed,
        notes=tuple(noted),
    )


def _most_common(page: Page) -> str:
    names = [piece.rule for piece in page.removed]
    ranked = sorted(set(names), key=lambda name: (-names.count(name), name))
    return ", ".join(ranked[:3]) or "separators"
