"""One document to one summary: the order of work, whatever the summariser and the translator.

Extractive summarisers rank the Indonesian sentences; selection, translation and the coherence
pass follow, so that both orders of work give the same sentences. Abstractive ones write from the
translation (or straight from Indonesian) and are then checked against the source, with one round
of revision where the summariser can revise. Reading and rendering are done by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from toolkit.errors import RingkasError, UsageError
from toolkit.summarize import SUMMARIZERS
from toolkit.summarize.base import Abstractive, Extractive
from toolkit.summarize.firm_names import FirmNames
from toolkit.summarize.length import NAMED
from toolkit.summarize.polish import polish
from toolkit.summarize.selection import select
from toolkit.translate.base import Translator
from toolkit.types import (
    Check,
    Document,
    Hypothesis,
    Length,
    Order,
    Sentence,
    Summary,
    SummarySentence,
    Translation,
)

if TYPE_CHECKING:
    from toolkit.text.names import Glossary

PIPELINE_VERSION = "pipeline/2"


def open_summarizer(spec: str = "ranker", **options: Any) -> Extractive | Abstractive:
    """Make a summariser from ``NAME`` or ``NAME:MODEL``; options go to its factory.

    Raises UsageError for an unknown name or for a model given to a summariser that takes none.
    """
    name, _, model = spec.partition(":")
    factory = SUMMARIZERS.load(name)
    if model:
        options["model"] = model
    try:
        made: Extractive | Abstractive = factory(**options)
    except TypeError as error:
        if "unexpected keyword" not in str(error):
            raise
        raise UsageError(f"The summarizer '{name}' takes no model or options.") from error
    return made


def translate_document(document: Document, translator: Translator) -> Translation:
    """Translate the headline and every sentence of a document."""
    sentences = document.sentences
    segments = [s.clean for s in sentences]
    if document.title:
        segments.append(document.title)
    results = translator.translate(segments)
    title = results.pop() if document.title else None
    return Translation(
        document.id, {s.id: h for s, h in zip(sentences, results, strict=True)}, title
    )


def summarise(
    document: Document,
    summariser: Extractive | Abstractive,
    translator: Translator,
    *,
    length: Length = NAMED["medium"],
    order: Order = "translate-first",
    strict: bool = False,
    glossary: Glossary | None = None,
) -> tuple[Summary, Translation]:
    """Summarise one document in English.

    Returns the summary and the translation it rests on: every sentence under translate-first,
    only those that were needed under summarize-first. ``strict`` drops the sentences of an
    abstractive summary that the source does not support. ``glossary`` is checked in sentences that
    a summariser wrote; translated ones carry the guard's findings already. Raises UsageError for an
    order there is not.
    """
    if order not in get_args(Order):
        raise UsageError(f"There is no order '{order}'; give {' or '.join(get_args(Order))}.")
    if isinstance(summariser, Extractive):
        return _extract(document, summariser, translator, length, order)
    summary, translation = _write(document, summariser, translator, length, strict)
    if glossary is not None:
        checked = tuple(check_terms(s, document, glossary) for s in summary.sentences)
        summary = replace(summary, sentences=checked)
    return summary, translation


def check_terms(
    sentence: SummarySentence, document: Document, glossary: Glossary
) -> SummarySentence:
    """Add glossary findings to a written sentence, held against the sentences it rests on.

    A forbidden term is a warning; a term that the source has and the summary does not is only
    noted, since a summary may leave it out.
    """
    by_id = {s.id: s for s in document.sentences}
    source = " ".join(by_id[i].clean for i in sentence.support)
    found = tuple(
        Check("glossary", "warning" if v.entry.rule == "forbid" else "info", v.detail)
        for v in glossary.check(source, sentence.text)
    )
    return replace(sentence, checks=(*sentence.checks, *found)) if found else sentence


def _extract(
    document: Document,
    summariser: Extractive,
    translator: Translator,
    length: Length,
    order: Order,
) -> tuple[Summary, Translation]:
    done: dict[int, Hypothesis] = {}
    title: Hypothesis | None = None
    names = FirmNames(document)
    if order == "translate-first":
        full = translate_document(document, translator)
        title = full.title
        done = {s.id: names.checked(s, full.hypotheses[s.id]) for s in document.sentences}

    def translate(sentences: Sequence[Sentence]) -> dict[int, Hypothesis]:
        missing = [s for s in sentences if s.id not in done]
        results = translator.translate([s.clean for s in missing])
        done.update({s.id: names.checked(s, h) for s, h in zip(missing, results, strict=True)})
        return {s.id: done[s.id] for s in sentences}

    ranked = summariser.rank(document)
    known = {s.id for s in document.story_sentences}
    if strange := [r.sentence_id for r in ranked if r.sentence_id not in known]:
        raise RingkasError(
            f"The summarizer '{summariser.name}' ranked a sentence {strange[0]}, which the article "
            "does not have; it is at fault."
        )
    selection = select(document, ranked, length, translate)
    if title is None and document.title:
        title = translator.translate([document.title])[0]
    by_id = {s.id: s for s in document.sentences}
    sentences = polish(document, [(by_id[i], selection.hypotheses[i]) for i in selection.ids])
    summary = Summary(
        title=title.text if title else "",
        sentences=sentences,
        method=summariser.signature,
        notes=selection.notes,
    )
    return summary, Translation(document.id, done, title)


def _write(
    document: Document,
    summariser: Abstractive,
    translator: Translator,
    length: Length,
    strict: bool,
) -> tuple[Summary, Translation]:
    from toolkit.summarize.support import examine, support

    translation = (
        translate_document(document, translator)
        if summariser.needs_translation
        else Translation(document.id, {})
    )
    basis = translation if summariser.needs_translation else None
    written = summariser.write(document, basis, length)
    if not any(text.strip() for text in written):
        raise RingkasError(
            f"The summarizer '{summariser.signature.partition('|')[0]}' wrote nothing for this "
            "article; try it again, or another one (ranker needs no model)."
        )
    sentences = support(written, document, basis)
    findings = _findings(sentences)
    revise = getattr(summariser, "revise", None)
    if findings and revise is not None:
        revised = support(
            revise(document, basis, [s.text for s in sentences], findings, length), document, basis
        )
        if len(_findings(revised)) < len(findings):
            sentences = revised
    notes: tuple[str, ...] = ()
    if strict:
        report = examine([s.text for s in sentences], document, basis, strict=True)
        sentences, notes = report.sentences, report.notes
    title = translation.title
    if title is None and document.title:
        title = translator.translate([document.title])[0]
    return (
        Summary(title.text if title else "", sentences, summariser.signature, notes),
        translation,
    )


def _findings(sentences: Sequence[SummarySentence]) -> list[str]:
    return [c.detail for s in sentences for c in s.checks if c.severity != "info"]
