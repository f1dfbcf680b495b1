"""One worked-on document as a row of the output.

Field names follow ``ringkas.summary/1`` (``toolkit.render.as_json``); rows of a table are flat
where that schema is nested, and hold pairs of the sentences that were translated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from toolkit.batch.parts import Counts, column_types
from toolkit.batch.rows import Reject, Row
from toolkit.types import Check, Document, Hypothesis, Summary, Translation

OWN = {
    "translate": (
        "id", "title", "title_translation", "title_checks", "document", "translation", "sentences",
        "flags", "notes", "removed",
    ),
    "summarize": (
        "id", "title", "title_translation", "title_checks", "document", "summary", "sentences",
        "flags", "notes", "removed",
    ),
}  # fmt: skip
"""Fields of a row that are ours, by task; a carried column of such a name is written as
``source_NAME``."""
FACTS = ("outlet", "place", "date")
"""What ``document`` of a row holds, each empty text where the page does not say it."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def row_line(
    row: Row,
    document: Document,
    translation: Translation,
    summary: Summary | None,
    counts: Counts,
) -> bytes:
    """The part line of a document (``r`` and JSON); adds what it holds to ``counts``."""
    own = OWN["summarize" if summary is not None else "translate"]
    record: dict[str, Any] = {"id": row.id, "title": document.title}
    for name, value in row.carried.items():
        free = name
        while free in own or free in record:
            free = f"source_{free}"
        record[free] = value
        types = counts.columns.setdefault(free, [])
        if (kind := column_types(value)) not in types:
            types.append(kind)
    title = translation.title
    record["title_translation"] = title.text if title is not None else ""
    record["title_checks"] = _checks(title.checks) if title is not None else []
    record["document"] = {name: getattr(document, name) for name in FACTS}
    if summary is None:
        record["translation"] = translated_text(document, translation.hypotheses)
    else:
        record["summary"] = {
            "title": summary.title,
            "text": summary.text,
            "sentences": [
                {"text": s.text, "support": list(s.support), "checks": _checks(s.checks)}
                for s in summary.sentences
            ],
            "words": summary.words,
            "notes": list(summary.notes),
        }
    found = [h.checks for h in translation.hypotheses.values()]
    if title is not None:
        found.append(title.checks)
    if summary is not None:
        found += [s.checks for s in summary.sentences]
    record["sentences"] = _pairs(document, translation.hypotheses)
    record["flags"] = _count(found, counts)
    record["notes"] = list(document.notes)
    record["removed"] = [
        {"text": r.text, "rule": r.rule, "start": r.start, "end": r.end} for r in document.removed
    ]
    counts.documents += 1
    counts.sentences += len(record["sentences"])
    counts.characters += len(row.text)
    return b"r" + _json(record)


def reject_line(reject: Reject, counts: Counts) -> bytes:
    """The part line of a reject (``x`` and JSON); counts it."""
    counts.rejects += 1
    counts.rejected[reject.kind] = counts.rejected.get(reject.kind, 0) + 1
    fields = ("file", "line", "id", "kind", "reason")
    return b"x" + _json({name: getattr(reject, name) for name in fields})


def translated_text(document: Document, hypotheses: Mapping[int, Hypothesis]) -> str:
    """The translation with the paragraphs of the source: a blank line where it has one."""
    pieces: list[str] = []
    end = -1
    for paragraph in document.paragraphs:
        if not paragraph.sentences:
            continue
        if end >= 0:
            gap = document.text[end : paragraph.sentences[0].start]
            pieces.append("\n\n" if _BLANK_LINE.search(gap.replace("\r\n", "\n")) else "\n")
        end = paragraph.sentences[-1].end
        texts = (hypotheses[s.id].text for s in paragraph.sentences if s.id in hypotheses)
        pieces.append(" ".join(t for t in texts if t))
    return "".join(pieces)


def _pairs(document: Document, hypotheses: Mapping[int, Hypothesis]) -> list[dict[str, Any]]:
    return [
        {
            "id": s.id,
            "paragraph": s.paragraph,
            "kind": p.kind,
            "start": s.start,
            "end": s.end,
            "text": s.text,
            "translation": hypotheses[s.id].text,
            "checks": _checks(hypotheses[s.id].checks),
        }
        for p in document.paragraphs
        for s in p.sentences
        if s.id in hypotheses
    ]


def _checks(items: tuple[Check, ...]) -> list[dict[str, str]]:
    return [{"kind": c.kind, "severity": c.severity, "detail": c.detail} for c in items]


def _count(found: list[tuple[Check, ...]], counts: Counts) -> dict[str, int]:
    flags: dict[str, int] = {}
    for checks in found:
        for check in checks:
            name = f"{check.kind}/{check.severity}"
            counts.flags[name] = counts.flags.get(name, 0) + 1
            if check.severity != "info":
                flags[check.kind] = flags.get(check.kind, 0) + 1
    return dict(sorted(flags.items()))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
