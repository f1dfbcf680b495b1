"""Names, numbers and dates of a summary sentence: in which source sentences does each stand?

Looked for in the Indonesian with the comparers of ``toolkit.text``, so that a wrong translation
is no excuse; names also in the English, where a translator's form may stand. Sentences that speak
to software count for nothing.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from toolkit.summarize.evidence import Evidence, plain_word, stem, stems
from toolkit.text.calendar_words import MONTHS_EN, WEEKDAYS_EN
from toolkit.text.dates import DatePart, compare_dates, find_dates, resolve
from toolkit.text.name_find import TITLES, is_common
from toolkit.text.names import Name, find_names, same_name
from toolkit.text.numbers import compare_numbers

TITLE = -1
"""The place of what stands in the headline only."""
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\d*")
_CALENDAR = frozenset(w.lower() for w in (*MONTHS_EN, *WEEKDAYS_EN))
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d]|[.,]\d)")
_FIRST_PERSON = re.compile(r"I['’]\w+$")
_CODE = re.compile(r"\b(?:[A-Z]+-?\d+[A-Z]*|\d+[A-Z]+)\b")
NEAR = 0.15
"""Least share of a sentence's other words that a source sentence with its number must have."""
_POSSESSIVE = re.compile(r"['’]s?$")
_DEMONYM = re.compile(r"(?:ese|ian|an|ish|i|ic)$")


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, number or date of a sentence; ``places`` are the ids of sentences that hold it."""

    text: str
    places: frozenset[int]
    counted: bool = False
    """A plain number: one that must stand near the sentence's other words."""


@dataclass(frozen=True, slots=True)
class Found:
    """Facts with a place; one sentence for each that has none, or one that is far off."""

    facts: tuple[Fact, ...]
    missing: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


class Facts:
    """Looks facts up in the evidence of one document."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        sources = [s for s in evidence.sources if not s.hostile]
        self._texts = {s.id: s.indonesian for s in sources}
        if evidence.title:
            self._texts[TITLE] = evidence.title
        self._plain = {i: _plain(t) for i, t in self._texts.items()}
        self._anchor = _date(evidence.date)
        self._words = {i: _words(t) for i, t in self._texts.items()}
        for source in sources:
            self._words[source.id] |= _words(source.english)
        self._forms: dict[int, tuple[str, ...]] = {
            i: tuple(form for n in find_names(t, "id") for form in n.english)
            for i, t in self._texts.items()
        }
        self._stems = frozenset(w for s in sources for w in s.stems)
        self._days = {i: self._resolved(t) for i, t in self._texts.items()}

    def of(self, sentence: str) -> Found:
        """The facts of an English sentence."""
        facts: list[Fact] = []
        missing: list[str] = []
        for found in (self._numbers, self._years, self._codes, self._dates, self._names):
            for fact, problem in found(sentence):
                if problem:
                    missing.append(problem)
                else:
                    facts.append(fact)
        return Found(
            tuple(facts), tuple(dict.fromkeys(missing)), tuple(self._far_off(sentence, facts))
        )

    def _far_off(self, sentence: str, facts: list[Fact]) -> list[str]:
        """Numbers that stand only where nothing else of this sentence stands, nor next to it."""
        out = []
        for fact in facts:
            if not fact.counted or not fact.places:
                continue
            words = set(stems(sentence)) - set(stems(fact.text))
            near = any(
                i == TITLE
                or max(self._evidence.overlap(words, k) for k in (i - 1, i, i + 1)) >= NEAR
                for i in fact.places
            )
            if words and not near:
                out.append(
                    f"The number '{fact.text}' stands in the article, but in another context."
                )
        return out

    def _numbers(self, sentence: str) -> list[tuple[Fact, str]]:
        mine = {(n.start, n.end): n for n in compare_numbers("", sentence).added}
        places: dict[tuple[int, int], set[int]] = {span: set() for span in mine}
        misread: dict[tuple[int, int], str] = {}
        if not mine:
            return []
        for i, text in self._texts.items():
            diff = compare_numbers(text, sentence)
            gone = {(n.start, n.end) for n in diff.added}
            for error in diff.format_errors:
                span = (error.number.start, error.number.end)
                gone.add(span)
                misread[span] = error.correct
            for span in mine:
                if span not in gone:
                    places[span].add(i)
        out = []
        for span, number in mine.items():
            problem = ""
            if not places[span]:
                problem = f"The number '{number.text}' does not stand in the article."
                if span in misread:
                    problem = f"The number '{number.text}' should read {misread[span]}."
            out.append((Fact(number.text, frozenset(places[span]), number.kind != "time"), problem))
        return out

    def _years(self, sentence: str) -> list[tuple[Fact, str]]:
        """Years written with four digits, which the comparers leave to the translator's choice."""
        around = {self._anchor.year + k for k in (-1, 0, 1)} if self._anchor else set()
        out = []
        for match in _YEAR.finditer(sentence):
            places = frozenset(i for i, t in self._texts.items() if match.group() in t)
            told = int(match.group()) in around or any(
                ("year", int(match.group())) in days for days in self._days.values()
            )
            problem = ""
            if not places and not told:
                problem = f"The year '{match.group()}' does not stand in the article."
            out.append((Fact(match.group(), places), problem))
        return out

    def _codes(self, sentence: str) -> list[tuple[Fact, str]]:
        """Names with digits: "U-22", "G20", "907P"."""
        out = []
        for match in _CODE.finditer(sentence):
            places = frozenset(i for i, t in self._plain.items() if _plain(match.group()) in t)
            problem = f"'{match.group()}' does not stand in the article." if not places else ""
            out.append((Fact(match.group(), places), problem))
        return out

    def _dates(self, sentence: str) -> list[tuple[Fact, str]]:
        mine = {(p.part, p.value): p for p in compare_dates("", sentence, self._anchor).added}
        if not mine:
            return []
        places: dict[tuple[str, int], set[int]] = {key: set() for key in mine}
        for i, text in self._texts.items():
            diff = compare_dates(text, sentence, self._anchor)
            strange = {(p.part, p.value) for p in (*diff.added, *(c[1] for c in diff.changed))}
            for key in mine:
                if key not in strange or key in self._days[i]:
                    places[key].add(i)
        written = _date_parts(self._anchor)
        out = []
        for key, part in mine.items():
            problem = ""
            if not places[key] and key not in written:
                problem = f"The date '{_said(part)}' does not stand in the article."
            elif part.part == "day":
                # A day and its month belong together: one sentence must have both.
                month = [k for k, p in mine.items() if p.part == "month" and p.text == part.text]
                if (
                    month
                    and not places[key] & places[month[0]]
                    and not written.issuperset({key, month[0]})
                ):
                    problem = f"The date '{part.text}' does not stand in the article."
            out.append((Fact(part.text, frozenset(places[key])), problem))
        return out

    def _names(self, sentence: str) -> list[tuple[Fact, str]]:
        out = []
        for name in find_names(sentence, "en"):
            parts = _key_parts(name)
            if not parts or _FIRST_PERSON.match(name.text):
                continue
            places = {
                i
                for i, words in self._words.items()
                if any(_stands(p, words, self._forms[i]) for p in parts)
            }
            lost = [
                p
                for p in parts
                if not any(_stands(p, w, self._forms[i]) for i, w in self._words.items())
                and stem(p) not in self._stems
                and not (name.start == 0 and name.text == p and plain_word(stem(p)))
            ]
            problem = ""
            if lost:
                problem = f"The name '{name.text}' does not stand in the article."
                if len(lost) < len(parts):
                    problem = f"'{' '.join(lost)}' in '{name.text}' does not stand in the article."
            out.append((Fact(name.text, frozenset(places)), problem))
        return out

    def _resolved(self, text: str) -> frozenset[tuple[str, int]]:
        """Date parts of the days that a text's dates stand for ("Jumat" → day, month, year)."""
        days = [resolve(mention, self._anchor) for mention in find_dates(text, "id")]
        return frozenset(part for day in days if day for part in _date_parts(day))


def _key_parts(name: Name) -> list[str]:
    """The words of a name that must stand in the article: no titles, no common words."""
    parts = [_POSSESSIVE.sub("", p) for p in _PART.findall(name.text)]
    if name.kind == "acronym":
        return [p for p in parts if len(p) > 1]
    return [
        p
        for p in parts
        if len(p) > 2
        and p.lower() not in TITLES
        and p.lower() not in _CALENDAR
        and not is_common(p, "en")
    ]


def _plain(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def _stands(part: str, words: frozenset[str], forms: tuple[str, ...]) -> bool:
    """Whether a word of a name has a counterpart among words or accepted English forms."""
    low = part.lower()
    if low in words:
        return True
    for form in forms:
        for piece in form.split():
            body = piece.rstrip("*").lower()
            if low == body or (piece.endswith("*") and low.startswith(body)):
                return True
    if any(same_name(part, word) for word in words):
        return True
    root = _DEMONYM.sub("", low)
    return len(root) >= 4 and any(w.startswith(root) for w in words)


def _words(text: str) -> frozenset[str]:
    """Lower-case words of a text, those joined by a hyphen or an apostrophe also joined."""
    found = {w.lower() for w in _PART.findall(text)}
    found |= {re.sub(r"['’.-]", "", w).lower() for w in re.findall(r"\w+(?:['’.-]\w+)+", text)}
    return frozenset(found | {_POSSESSIVE.sub("", w) for w in found})


def _date(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _date_parts(day: datetime.date | None) -> frozenset[tuple[str, int]]:
    if day is None:
        return frozenset()
    return frozenset(
        {("weekday", day.weekday()), ("day", day.day), ("month", day.month), ("year", day.year)}
    )


def _said(part: DatePart) -> str:
    return part.text if part.part in ("day", "year") else part.name
