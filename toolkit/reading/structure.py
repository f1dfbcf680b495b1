"""Story units to paragraphs and sentences: kinds (text, heading, list) and running ids.

Sentence boundaries come from ``toolkit.text.sentences``; here they are only placed into the
document's offsets, with nothing left between them but white space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.reading.furniture import Page
from toolkit.reading.furniture_context import is_story, list_marker, title_case
from toolkit.reading.layout import Unit
from toolkit.text.sentences import sentence_spans
from toolkit.types import Paragraph, ParagraphKind, Sentence

_NUMBERED = re.compile(r"(?:\d{1,2}|[a-hA-H])[.)]\s*\S")
_CLOSED = re.compile(r"[.!?…,;:][\"'”’»)\]]*$")
_FACT = re.compile(r"(?:Pelatih|Wasit|Manajer|Stadion|Skor|Harga|Lokasi|Tanggal|Waktu)\s?:\s")
_LONGEST_LIST = 100
_LOWER_START = re.compile(r"[a-z]")


def paragraphs(text: str, page: Page) -> tuple[Paragraph, ...]:
    """The paragraphs of the story with consecutive ids for paragraphs and sentences."""
    kept = [i for i, spans in enumerate(page.stories) if spans]
    kinds = _kinds(text, [page.units[i] for i in kept])
    result: list[Paragraph] = []
    next_id = 0
    for index, kind in zip(kept, kinds, strict=True):
        sentences: list[Sentence] = []
        for start, end in page.stories[index]:
            for a, b in _covering(text, start, end):
                sentences.append(Sentence(next_id, len(result), a, b, text[a:b]))
                next_id += 1
        result.append(Paragraph(len(result), kind, tuple(sentences)))
    return tuple(result)


def _covering(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence spans of ``text[start:end]`` that leave out white space only.

    A span without a letter or digit (a lone "…") joins the sentence before it.
    """
    piece = text[start:end]
    spans: list[tuple[int, int]] = []
    position = 0
    for a, b in sentence_spans(piece):
        if piece[position:a].strip():
            a = position
        while a < b and piece[a].isspace():
            a += 1
        while b > a and piece[b - 1].isspace():
            b -= 1
        if a >= b:
            continue
        if spans and not any(c.isalnum() for c in piece[a:b]):
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
        position = b
    rest = piece[position:]
    if rest.strip():
        b = len(piece.rstrip())
        if spans and not any(c.isalnum() for c in rest):
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((position + len(rest) - len(rest.lstrip()), b))
    if len(spans) > 1 and not any(c.isalnum() for c in piece[spans[0][0] : spans[0][1]]):
        spans[:2] = [(spans[0][0], spans[1][1])]
    return [(start + a, start + b) for a, b in spans]


def _kinds(text: str, units: Sequence[Unit]) -> list[ParagraphKind]:
    kinds: list[ParagraphKind] = []
    for unit in units:
        if unit.kind == "list" or list_marker(text[unit.start : unit.end]):
            kinds.append("list")
        elif unit.kind in ("heading", "title"):
            kinds.append("heading")
        else:
            kinds.append("text")
    position = 0
    while position < len(units):
        if kinds[position] == "text" and units[position].kind == "" and _is_short(units[position]):
            position = _mark_short_lines(units, kinds, position)
        position += 1
    listed = -1
    for position, unit in enumerate(units):
        if position > listed and unit.flat.endswith(":"):
            listed = _mark_list(units, kinds, position)
    return kinds


def _is_short(unit: Unit) -> bool:
    """A line that may head what follows: short, unclosed, not in mid-sentence."""
    flat = unit.flat
    if unit.words > 14 or len(flat) > 100 or flat[:1] in '"“':
        return False
    if _LOWER_START.match(flat) or _FACT.match(flat):
        return False
    if _CLOSED.search(flat):
        return flat[-1] in "?!" and unit.words <= 10 and title_case(flat) >= 0.75
    return True


def _mark_short_lines(units: Sequence[Unit], kinds: list[ParagraphKind], start: int) -> int:
    """A single short line above running text is a heading; several in a row are a list."""
    end = start
    while (
        end + 1 < len(units)
        and kinds[end + 1] == "text"
        and units[end + 1].kind == ""
        and _is_short(units[end + 1])
        and units[end + 1].gap <= units[start + 1].gap
    ):
        end += 1
    count = end - start + 1
    heads = end + 1 < len(units) and (is_story(units[end + 1]) or units[end + 1].words >= 8)
    numbered = sum(bool(_NUMBERED.match(units[i].flat)) for i in range(start, end + 1))
    if count == 1:
        if heads or (end + 1 < len(units) and units[end + 1].flat.endswith(":")):
            kinds[start] = "heading"
        elif numbered:
            kinds[start] = "list"
    elif count == 2 and heads and not numbered:
        kinds[start] = kinds[end] = "heading"
    else:
        for i in range(start, end + 1):
            kinds[i] = "list"
        if heads and not _NUMBERED.match(units[end].flat) and _NUMBERED.match(units[start].flat):
            kinds[end] = "heading"
    return end


def _mark_list(units: Sequence[Unit], kinds: list[ParagraphKind], opener: int) -> int:
    """Items after a line that ends with a colon; returns the position of the last one.

    Numbered lines are items; unnumbered ones only when the layout shows where the list ends (a
    wider gap) or when they are no full sentences.
    """
    items: list[int] = []
    closed = False
    for i in range(opener + 1, min(len(units), opener + 1 + _LONGEST_LIST)):
        unit = units[i]
        if kinds[i] not in ("text", "list") or unit.kind not in ("", "list"):
            break
        if kinds[i] == "list" or _NUMBERED.match(unit.flat):
            items.append(i)
            closed = True
            continue
        if items and (closed or unit.gap > units[opener + 1].gap):
            closed = True
            break
        if (
            unit.flat[:1] in "\"“'‘"
            or unit.words > 35
            or len(re.findall(r"[.!?]\s+[A-Z]", unit.flat))
        ):
            break
        if unit.flat[-1] == ":" or (unit.flat[-1] == "." and unit.gap == 0):
            break
        items.append(i)
    if not closed or len(items) < 2:
        return opener
    for i in items:
        kinds[i] = "list"
    return items[-1]
