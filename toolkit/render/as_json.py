"""JSON by contract: schema ``ringkas.summary/1`` and ``ringkas.translation/1``.

Fields are never renamed; additions are allowed. ``document.text`` is the decoded input that the
offsets point into.
"""

from __future__ import annotations

import json
from typing import Any

from toolkit.render.result import Result, View
from toolkit.types import Check, Hypothesis


def render(result: Result, view: View) -> str:  # noqa: ARG001 - one signature for all formats
    """The result as indented JSON."""
    return json.dumps(as_dict(result), ensure_ascii=False, indent=1)


def as_dict(result: Result) -> dict[str, Any]:
    """The result as plain data (see the schema in docs/json.md)."""
    document, translation, run = result.document, result.translation, result.run
    data: dict[str, Any] = {
        "schema": "ringkas.summary/1" if result.summary else "ringkas.translation/1",
        "document": {
            "id": document.id,
            "title": document.title,
            "outlet": document.outlet,
            "place": document.place,
            "date": document.date,
            "language": document.language,
            "text": document.text,
            "notes": list(document.notes),
            "removed": [
                {"text": r.text, "rule": r.rule, "start": r.start, "end": r.end}
                for r in document.removed
            ],
        },
        "sentences": [
            {
                "id": sentence.id,
                "paragraph": sentence.paragraph,
                "kind": paragraph.kind,
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                **_translated(translation.hypotheses.get(sentence.id)),
            }
            for paragraph in document.paragraphs
            for sentence in paragraph.sentences
        ],
    }
    if result.summary is not None:
        data["summary"] = {
            "title": result.summary.title,
            "title_checks": checks(translation.title.checks if translation.title else ()),
            "text": result.summary.text,
            "sentences": [
                {"text": s.text, "support": list(s.support), "checks": checks(s.checks)}
                for s in result.summary.sentences
            ],
            "words": result.summary.words,
            "notes": list(result.summary.notes),
        }
    elif translation.title is not None:
        data["title"] = _translated(translation.title)
    data["run"] = {
        "translator": run.translator,
        "engine": run.engine,
        "summarizer": run.summarizer,
        "signature": run.signature,
        "version": run.version,
        "seconds": round(run.seconds, 3),
    }
    return data


def checks(items: tuple[Check, ...]) -> list[dict[str, str]]:
    """Checks as plain data."""
    return [{"kind": c.kind, "severity": c.severity, "detail": c.detail} for c in items]


def _translated(hypothesis: Hypothesis | None) -> dict[str, Any]:
    if hypothesis is None:
        return {"translation": None, "checks": []}
    return {"translation": hypothesis.text, "checks": checks(hypothesis.checks)}
