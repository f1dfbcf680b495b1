"""Glossary findings in sentences that a summariser wrote itself."""

from __future__ import annotations

from tests.helpers import FakeTranslator, make_document
from toolkit.summarize.pipeline import check_terms, summarise
from toolkit.text.glossary import Entry
from toolkit.text.names import Glossary
from toolkit.types import Document, Length, SummarySentence, Translation

DOCUMENT = make_document([["Bupati Cirebon membuka pasar ikan baru pada Senin pagi."]])
GLOSSARY = Glossary((Entry("bupati", "regent", "prefer", 1), Entry("bupati", "mayor", "forbid", 2)))


class Writer:
    """An abstractive summariser with one fixed sentence."""

    name = "writer"
    signature = "writer/1"
    needs_translation = False

    def write(
        self, document: Document, translation: Translation | None, length: Length
    ) -> list[str]:
        return ["The mayor of Cirebon opened a fish market on Monday."]


def test_a_forbidden_term_is_a_warning_and_a_left_out_one_a_note() -> None:
    checked = check_terms(SummarySentence("The mayor opened it.", (0,)), DOCUMENT, GLOSSARY)
    assert {(c.kind, c.severity) for c in checked.checks} == {
        ("glossary", "warning"),
        ("glossary", "info"),
    }
    fine = SummarySentence("The regent opened it.", (0,))
    assert check_terms(fine, DOCUMENT, GLOSSARY) is fine


def test_written_summaries_are_checked() -> None:
    summary, _ = summarise(DOCUMENT, Writer(), FakeTranslator(), glossary=GLOSSARY)
    kinds = [(c.kind, c.severity) for s in summary.sentences for c in s.checks]
    assert ("glossary", "warning") in kinds
