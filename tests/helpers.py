"""Small makers for tests: documents without the reading step, translators without a model."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.types import Check, Document, Hypothesis, Paragraph, ParagraphKind, Sentence


def make_document(
    paragraphs: Sequence[Sequence[str]],
    *,
    kinds: Sequence[ParagraphKind] = (),
    title: str = "",
    date: str = "",
    id: str = "doc",
) -> Document:
    """A document of given sentences, offsets right, paragraphs separated by blank lines."""
    text, made, number = "", [], 0
    for p, sentences in enumerate(paragraphs):
        built = []
        for k, sentence in enumerate(sentences):
            text += " " if k else ("\n\n" if p else "")
            built.append(Sentence(number, p, len(text), len(text) + len(sentence), sentence))
            text += sentence
            number += 1
        made.append(Paragraph(p, kinds[p] if kinds else "text", tuple(built)))
    return Document(id=id, text=text, paragraphs=tuple(made), title=title, date=date)


class FakeTranslator:
    """Turns a sentence into as many words "w"; records what it was asked for."""

    name = "fake"
    signature = "fake/1"

    def __init__(self, bad: frozenset[str] = frozenset(), ratio: float = 1.0) -> None:
        self.bad = bad
        self.ratio = ratio
        self.asked: list[str] = []

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        self.asked += segments
        return [
            Hypothesis(
                " ".join(f"en:{w}" for w in s.split() for _ in range(max(1, round(self.ratio)))),
                (Check("omission", "error", "half is missing"),) if s in self.bad else (),
            )
            for s in segments
        ]
