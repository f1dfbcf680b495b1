"""Decoded text to a Document: units, furniture, metadata, paragraphs, language check.

Where the text came from (file, URL, HTML …) is ``toolkit.reading.source``'s business.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from toolkit.errors import InputError, UsageError
from toolkit.reading.fragment import without_markup
from toolkit.reading.furniture import Page, sort_out, stands_alone
from toolkit.reading.layout import Mark, units
from toolkit.reading.published import (
    SLACK,
    date_from_page,
    is_plausible,
    iso_date,
    outlet_from_page,
)
from toolkit.reading.structure import paragraphs
from toolkit.reading.tables import open_tables
from toolkit.types import Document, Removed, clean_text

MAX_CHARACTERS = 500_000
"""The longest text that counts as one article (about 70,000 words)."""

_CONTRADICTION = 3
"""A given date more days than this away from the page's own is noted."""

_ENDLESS = 250
"""A sentence of more words than this is hardly one."""

_LANGUAGE_SAMPLE = 6_000
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def build(
    text: str,
    *,
    id: str,
    name: str = "",
    title: str = "",
    outlet: str = "",
    date: str = "",
    marks: Sequence[Mark] = (),
    today: dt.date | None = None,
    keep_furniture: bool = False,
    check_language: bool = True,
    notes: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> Document:
    """Make the Document of ``text``.

    ``name`` is how messages call the input (default: the id). ``title``, ``outlet``, ``date`` are
    what the format states and win over what stands on the page; a ``date`` that is no date is
    noted and looked for on the page. ``marks`` are blocks whose kind the format states,
    ``left_out`` blocks of the page that are not in ``text`` (they are listed as removed, with
    empty spans). Raises InputError when the text is empty, too long for one article, nothing but
    furniture, or in another language; UsageError for a ``today`` outside 1900 to 2199.
    """
    name = name or id
    if today is not None and not is_plausible(today):
        raise UsageError(
            f"The date {today.isoformat()} can't be an article's; give one from 1900 to 2199."
        )
    noted = list(notes)
    language = "id"
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        noted.append("Lone surrogate characters were replaced by U+FFFD.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{name} holds {len(text):,} characters and one article may have {MAX_CHARACTERS:,} at "
            "most; put its articles one a line into a JSONL file and use 'ringkas batch'."
        )
    if not marks:
        text, note = without_markup(text)
        if note:
            noted.append(note)
        text = open_tables(text)
    title = without_markup(title)[0]
    found = units(text, marks, stands_alone)
    if not found:
        raise InputError(f"{name} holds no text, only white space; give an Indonesian article.")
    if all(_ADDRESS.fullmatch(line) for line in text.split("\n") if line.strip()):
        raise InputError(
            f"{name} holds nothing but web addresses; give the address itself, or the list to "
            "'ringkas batch' with --input-format urls."
        )
    page = sort_out(text, found, clean_text(title), keep_furniture)
    result = paragraphs(text, page)
    removed = tuple(sorted(page.removed, key=lambda piece: (piece.start, piece.end)))
    story = " ".join(text[a:b] for spans in page.stories for a, b in spans)
    if not result:
        raise InputError(
            f"{name} holds no story: everything on the page looks like page furniture "
            f"({_most_common(page)}); give the article's own text."
        )
    longest = max(len(s.text.split()) for p in result for s in p.sentences)
    if longest > _ENDLESS:
        noted.append(
            f"One sentence of {name} has {longest:,} words; without full stops its translation and "
            "the summary are less reliable."
        )
    if check_language:
        from toolkit.text.language import check_indonesian, identify

        sample = clean_text(story[:_LANGUAGE_SAMPLE])
        if note := check_indonesian(sample):
            noted.append(note)
            language = identify(sample).code
    opening = page.opening
    stated = iso_date(date)
    if date and not stated:
        noted.append(f"The stated date {date[:40]!r} is no date that Ringkas can read.")
    slack = 0
    if not stated:
        stated, note = date_from_page(removed, story, opening.day if opening else "", today)
        if note:
            noted.append(note)
            slack = SLACK
    if today is not None:
        own = iso_date(date) or date_from_page(removed, "", opening.day if opening else "")[0]
        if own and abs(apart := (today - dt.date.fromisoformat(own)).days) > _CONTRADICTION:
            noted.append(
                f"The given date {today.isoformat()} is {abs(apart):,} days "
                f"{'after' if apart > 0 else 'before'} the page's own, {own}; check it, since "
                "weekdays and words such as 'kemarin' are resolved by the given one."
            )
    removed += tuple(Removed(block, "page-furniture") for block in left_out)
    return Document(
        id=id,
        text=text,
        paragraphs=result,
        title=page.title,
        outlet=outlet or outlet_from_page(removed, opening.outlet if opening else ""),
        place=opening.place if opening else "",
        date=stated,
        language=language,
        removed=removed,
        notes=tuple(noted),
        date_slack=slack,
    )


def _most_common(page: Page) -> str:
    names = [piece.rule for piece in page.removed]
    ranked = sorted(set(names), key=lambda name: (-names.count(name), name))
    return ", ".join(ranked[:3]) or "separators"
