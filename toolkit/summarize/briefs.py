"""What the chat summariser sends: prompts filled with fenced text, lengths in words.

Sections, requests and replies are ``chat``'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit import prompts
from toolkit.chat.base import Schema
from toolkit.chat.fence import fence
from toolkit.chat.terms import Terms
from toolkit.prompts import Message, Prompt
from toolkit.summarize.length import band
from toolkit.types import Document, Length, clean_text

SENTENCES = Schema(
    "summary",
    {
        "type": "object",
        "properties": {"sentences": {"type": "array", "items": {"type": "string"}}},
        "required": ["sentences"],
        "additionalProperties": False,
    },
)
HEADLINE = Schema(
    "headline",
    {
        "type": "object",
        "properties": {"headline": {"type": "string"}},
        "required": ["headline"],
        "additionalProperties": False,
    },
)
COMPLAINT = (
    "That was not the JSON object asked for. Reply again with one JSON object and nothing else: "
    '{"sentences": ["first sentence", "second sentence"]}'
)
_USED = ("summarize", "merge", "revise", "headline")


class Briefs:
    """The prompts of the summarising tasks; ``language`` is how prompts name the article's."""

    def __init__(self, directory: Path | None, language: str, terms: Terms) -> None:
        self.prompts: Mapping[str, Prompt] = {name: prompts.load(name, directory) for name in _USED}
        self.language = language
        self.terms = terms
        self.signature = ",".join(self.prompts[name].signature for name in _USED) + terms.signature

    def glossary(self, document: Document) -> str:
        """The user's terms that stand in the document, one a line."""
        lines = (document.title, *(s.clean for s in document.sentences))
        return self.terms.listing("\n".join(lines))

    def article(
        self, article: str, part: int, parts: int, length: Length, glossary: str
    ) -> tuple[Message, ...]:
        """Summarise an article, or part ``part`` of ``parts``."""
        tag, blocks = fence({"article": article})
        return self.prompts["summarize"].render(
            fence=tag,
            **blocks,
            length=wording(length),
            part="a whole article" if parts == 1 else f"part {part} of {parts} of an article",
            language=self.language,
            glossary=glossary,
        )

    def merge(self, summaries: str, length: Length, glossary: str) -> tuple[Message, ...]:
        """Merge the summaries of parts."""
        tag, blocks = fence({"parts": summaries})
        return self.prompts["merge"].render(
            fence=tag, **blocks, length=wording(length), glossary=glossary
        )

    def revision(
        self,
        article: str,
        draft: Sequence[str],
        findings: Sequence[str],
        length: Length,
        glossary: str,
    ) -> tuple[Message, ...]:
        """Mend a draft after checks."""
        tag, blocks = fence(
            {
                "article": article,
                "draft": "\n".join(f"[{i}] {s}" for i, s in enumerate(draft, 1)),
                "findings": "\n".join(f"- {f}" for f in findings),
            }
        )
        return self.prompts["revise"].render(
            fence=tag,
            **blocks,
            length=wording(length),
            language=self.language,
            glossary=glossary,
        )

    def headline(self, summary: str, title: str, glossary: str) -> tuple[Message, ...]:
        """Write a headline."""
        tag, blocks = fence({"summary": summary, "title": title})
        return self.prompts["headline"].render(fence=tag, **blocks, glossary=glossary)


def head(title: str, document: Document) -> str:
    """Headline, outlet and date as the first lines of an article block, a blank line after."""
    fields = (("Headline", title), ("Outlet", document.outlet), ("Date", document.date))
    lines = [f"{name}: {clean_text(value)}" for name, value in fields if value.strip()]
    return "\n".join(lines) + "\n\n" if lines else ""


def wording(length: Length) -> str:
    """A length as the prompts say it."""
    if length.unit == "sentences":
        return "in one sentence" if length.count == 1 else f"in exactly {length.count} sentences"
    low, high = band(length)
    return f"in about {length.count} words, at least {low} and at most {high}"
