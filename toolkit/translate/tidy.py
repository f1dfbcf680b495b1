"""Tidies raw hypotheses: spacing, stray symbols at the edges, quotes, the first capital, numbers.

Only what can't change the meaning is done here, and what a reader should know of is reported as
an info check. Judging the hypothesis is ``checks``'.
"""

from __future__ import annotations

import html
import re

from toolkit.translate.foreign import copy_foreign
from toolkit.translate.quotes import attach_quotes
from toolkit.types import Check

_SPACE_BEFORE = re.compile(r"\s+([,.;:!?%)\]}])(?=\s|$|[\"'”’)])")
_SPACE_AFTER_OPEN = re.compile(r"([(\[{])\s+")
_SPACES = re.compile(r"\s+")
_DOUBLED = re.compile(r"(?<=[^.])\.\.(?=\s|$|[\"”])|([,;:])\1+")
_EDGE_SYMBOLS = re.compile(r"^(?:[▪■□●•◦♪♫¶§»>|*_~⁇=+#]+\s*)+|(?:\s*[▪■□●◦♪♫¶|⁇]+)+$")
_ENTITY = re.compile(r"&(?:quot|amp|apos|lt|gt|nbsp|#\d{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_DOUBLED_WORD = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})(?: \1)+(?![\w'’-])")
_MAY_DOUBLE = frozenset(
    "had that is very so many no bye far long more really ha ho yes now".split()
)
_FUNCTION = frozenset(
    "the an of to in on at by for from with as and or was were is are be been he she it they his "
    "her its their who which this these those than into over about".split()
)
_ORDINAL = re.compile(r"(?<![\w.,])(\d[\d,]*)(st|nd|rd|th)\b")
_PART_OF_DAY = re.compile(
    r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)( \([^()]{3,24}\)) "
    r"(night|evening|morning|afternoon)\b"
)
_HYPHEN = re.compile(r"(?<![\w.-])([A-Za-z]+)- (?!(?:and|or|to|nor|from|as)\b)([A-Za-z][\w-]*)")
_PREFIXES = frozenset(
    "co mid pro anti non pre post ex e re semi vice self multi inter trans sub ultra neo".split()
)
_DAY = re.compile(
    r"\b((?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.|January|February|March|April|May|June|July|"
    r"August|September|October|November|December) 0(?=[1-9]\b)"
)
_A_TALKS = re.compile(
    r"\b[Aa]n? (?P<rest>(?:(?:bi|tri|multi)lateral|(?:in)?direct|(?:in)?formal|high-level|peace"
    r"|trade|virtual|online) (?:talks|negotiations))\b(?! (?:team|process|table|round|format))"
)
_A_VOWEL = re.compile(
    r"(?<!letter )(?<!section )(?<!point )(?<!item )(?<!['’*])\ba "
    r"(?=(?:a(?!\b|nd\b|re\b|t\b|s\b|fter\b)|e(?!u|w)|i(?!s\b|n\b)|o(?!ne|nce|f\b|r\b|n\b)"
    r"|un(?!i|anim)|up|ul|um)[a-z])"
)
"""An "a" that should be "an"."""
_OPENERS = '"“'
_CLOSERS = '"”'


def tidy(source: str, hypothesis: str) -> tuple[str, list[Check]]:
    """The hypothesis with its form put in order, and what was repaired (info checks)."""
    text, checks = copy_foreign(source, _SPACES.sub(" ", hypothesis).strip())
    stripped = _EDGE_SYMBOLS.sub("", text).strip()
    if stripped != text and stripped and not _EDGE_SYMBOLS.match(source):
        symbols = " ".join(sorted(set(text) - set(stripped) - {" "})) or text[0]
        checks.append(Check("repaired", "info", f"A stray symbol was removed: {symbols}"))
        text = stripped
    if _ENTITY.search(text) and not _ENTITY.search(source):
        text = html.unescape(text)
        checks.append(Check("repaired", "info", "HTML entities were turned into characters."))
    text = _drop_doubled(source, text, checks)
    text = _ORDINAL.sub(lambda m: _ordinal(m, checks), text)
    text = _SPACE_BEFORE.sub(r"\1", text)
    text = _SPACE_AFTER_OPEN.sub(r"\1", text)
    text = _PART_OF_DAY.sub(r"\1 \3\2", text)  # Tuesday (Feb. 3) night
    text = _A_TALKS.sub(_without_article, text)
    text = _A_VOWEL.sub("an ", text)
    text = _HYPHEN.sub(lambda m: _joined(m, source), text)
    text = _DAY.sub(r"\1 ", text)  # Oct. 04
    text = attach_quotes(text)
    if ".." not in source:
        text = _DOUBLED.sub(lambda m: m.group(1) or ".", text)
    text = balance_quotes(source, text)
    return _capitalise(source, text), checks


def _drop_doubled(source: str, text: str, checks: list[Check]) -> str:
    """Take out the second of two equal words, where the source has no such pair.

    Three and more are a loop, which is left for the checks to see.
    """
    if not _DOUBLED_WORD.search(text) or _DOUBLED_WORD.search(source):
        return text

    def single(match: re.Match[str]) -> str:
        word: str = match.group(1)
        if match.group().count(" ") > 1 or word.lower() in _MAY_DOUBLE:
            return match.group()
        if f"{word}-{word}".lower() in source.lower():  # Bora-Bora
            return match.group()
        checks.append(Check("repaired", "info", f"A doubled word was removed: '{match.group()}'"))
        if word.lower() not in _FUNCTION:
            detail = f"Where '{word}' stood twice, another word may be missing."
            checks.append(Check("repetition", "warning", detail))
        return word

    return _DOUBLED_WORD.sub(single, text)


def _joined(match: re.Match[str], source: str) -> str:
    """A word with its hyphen, where it is a beginning ("mid- January") or the source has the same
    two ("Jakarta-Cikampek"); elsewhere the hyphen may be a dash."""
    left, right = match.groups()
    same = f"{left}-{right}" in source or f"{left} - {right}" in source
    return f"{left}-{right}" if same or left.lower() in _PREFIXES else match.group()


def _without_article(match: re.Match[str]) -> str:
    """A plural without its "a" ("a trilateral talks")."""
    rest: str = match["rest"]
    return rest[0].upper() + rest[1:] if match.group()[0] == "A" else rest


def _ordinal(match: re.Match[str], checks: list[Check]) -> str:
    """An ordinal in figures with the ending that its last figures ask for: 21st, not 21th."""
    figures = match.group(1)
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(figures[-1], "th")
    if figures[-2:-1] == "1":
        ending = "th"
    right = figures + ending
    if right != match.group():
        checks.append(Check("repaired", "info", f"'{match.group()}' was written '{right}'."))
    return right


def balance_quotes(source: str, text: str) -> str:
    """Put back an outer quotation mark that the source has and the hypothesis lacks.

    Only when the hypothesis has an odd number of marks and the source an even one, and only at
    the edges, where the place is certain.
    """
    if _marks(text) % 2 == 0 or _marks(source) % 2 == 1:
        return text
    if source[:1] in _OPENERS and text[:1] not in _OPENERS + "'‘":
        return '"' + text
    if source[-1:] in _CLOSERS and text[-1:] not in _CLOSERS + "'’":
        return text + '"'
    if source[-2:-1] in _CLOSERS and text[-2:-1] not in _CLOSERS and text[-1:] in ".!?":
        return text + '"'
    return text


def _marks(text: str) -> int:
    return sum(text.count(c) for c in '"“”')


def _capitalise(source: str, text: str) -> str:
    """Start with a capital where the source does; "iPhone" and the like are left alone."""
    first = next((i for i, c in enumerate(text) if c.isalnum()), None)
    head = next((c for c in source if c.isalnum()), "")
    if first is None or "[" in text[:first] or not head.isupper() or not text[first].islower():
        return text
    if len(text[first].upper()) > 1:  # ß has no capital of its own
        return text
    word = re.match(r"\w+", text[first:])
    if word and any(c.isupper() for c in word.group()):
        return text
    return text[:first] + text[first].upper() + text[first + 1 :]
