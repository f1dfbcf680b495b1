"""Who did what to whom: "residents shot police" for a source in which police shot residents.

The words are all there, so a comparison of words sees nothing. Here the words before and after a
verb of ``data/roles.txt`` are compared, with the voice of both sides taken into account: doer first
in the active ("menembak", "shot"), sufferer first in the passive ("ditembak", "was shot by"). A
finding needs a word of the source's doer where the hypothesis has the sufferer or the other way
round, and none in its own place, or else many more in the other's. Verbs that occur twice are let
be. What is found and what is reported by mistake: docs/translation.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.translate.coverage import content_words, counterparts, stems
from toolkit.translate.opposites import word_pattern
from toolkit.types import Check

_AROUND = 6
"""Words on each side of the verb that are looked at, at most."""
_STOPS = {
    "id": re.compile(
        r"[,;:()\"“”—–]|[.!?](?=\s|$)|\b(?:yang|bahwa|karena|saat|ketika|setelah|usai|sebelum|"
        r"untuk|agar|dan|serta|tetapi|namun|lalu|kemudian|dengan|dalam|pada|di|ke|dari|atas|sebagai|"
        r"sejak|hingga|sampai|terkait|soal|tentang|jika|bila|sementara|lantaran|akibat|sehingga|"
        r"supaya|sambil|melalui|menjadi|kata|ujar)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"[,;:()\"“”—–]|[.!?](?=\s|$)|\b(?:that|who|whom|which|whose|because|when|while|after|before"
        r"|for|and|but|then|with|in|on|at|to|from|as|since|until|over|about|if|so|through|during|"
        r"into|said|says|not)\b",
        re.IGNORECASE,
    ),
}
"""What ends the surroundings of a verb."""
_TIME = frozenset(
    "tahun bulan minggu pekan hari lalu kemarin besok malam pagi siang sore senin selasa rabu "
    "kamis jumat sabtu waktu setempat kali".split()
)
"""Words behind a verb that say when."""
_BY_ID = re.compile(r"\s+(?:(?!yang\b)[^\W\d_]+\s+){0,3}?oleh\s+", re.IGNORECASE)
_BY = re.compile(r"\s+(?:by|at the hands of)\s+(?!\w+ing\b)", re.IGNORECASE)
_BY_LATER = re.compile(rf"(?:\s+[\w'’-]+){{0,4}}?{_BY.pattern}", re.IGNORECASE)
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am|got|gets?|getting|(?<=['’])(?:s|re))\s+"
    r"(?:(?:\w+ly|also|not|once|then|even|still|already|never|instead|often|first|later|of course|"
    r"all|both|twice|yet)\s+)*$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|his|her|their|its|our|my|your|any|no|more|some|under|of|"
    r"in|for|with|without|despite|after|before|against|moral|full|new|air|public|financial)"
    r"|['’]s|s['’])\s+$",
    re.IGNORECASE,
)
"""What stands before a noun: "the attack", "under attack"."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its Indonesian forms, those of them that are passive, its English forms."""

    source: re.Pattern[str]
    passive: frozenset[str]
    english: re.Pattern[str]


@cache
def verbs() -> dict[str, Verb]:
    """The verbs of the table by their Indonesian forms, lower-case."""
    path = Path(__file__).resolve().parent / "data" / "roles.txt"
    found: dict[str, Verb] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        forms, _, english = line.partition(":")
        active, _, passive = forms.partition("|")
        every = [*active.split(), *passive.split()]
        verb = Verb(
            re.compile(rf"(?<![\w-])(?:{'|'.join(every)})(?![\w-])", re.IGNORECASE),
            frozenset(passive.split()),
            word_pattern(english),
        )
        found |= dict.fromkeys(every, verb)
    return found


def check_roles(source: str, hypothesis: str, source_words: list[str]) -> list[Check]:
    """Doer and sufferer in each other's place (a warning, for the first such verb).

    ``source_words`` are the source's words, lower-cased.
    """
    table = verbs()
    for form in sorted(table.keys() & source_words):
        verb = table[form]
        here = list(verb.source.finditer(source))
        there = list(verb.english.finditer(hypothesis))
        if len(here) != 1 or len(there) != 1 or _is_noun(hypothesis, there[0]):
            continue
        doer, sufferer, sure = _source_roles(source, here[0], verb)
        if not doer or not sufferer:
            continue
        by, to = _english_roles(hypothesis, there[0])
        if _turned(doer - sufferer, sufferer - doer, by, to, sure=sure):
            detail = (
                f"'{here[0].group()}' of the source: who did it and to whom it was done seem to "
                "have changed places."
            )
            return [Check("omission", "warning", detail)]
    return []


def _turned(doer: set[str], sufferer: set[str], by: set[str], to: set[str], *, sure: bool) -> bool:
    """Whether doer and sufferer of the source are those of the hypothesis the other way round."""
    straight = counterparts(doer, by) + counterparts(sufferer, to)
    crossed = counterparts(doer, to), counterparts(sufferer, by)
    if straight or not sure:
        return min(crossed) > 0 and sum(crossed) > 2 * straight
    return max(crossed) > 0


def _source_roles(text: str, verb: re.Match[str], row: Verb) -> tuple[set[str], set[str], bool]:
    """Words of doer and of sufferer, and whether the doer is surely named: not so behind a passive
    without "oleh", where other things may stand."""
    before = _words(_before(text, verb.start(), "id"))
    if verb.group().lower() not in row.passive:
        return before, _words(_after(text, verb.end(), "id")), True
    by = _BY_ID.match(text, verb.end())
    return _words(_after(text, by.end() if by else verb.end(), "id")), before, by is not None


def _words(text: str) -> set[str]:
    return {w for w in content_words(text) if w.isalpha() and w not in _TIME}


def _english_roles(text: str, verb: re.Match[str]) -> tuple[set[str], set[str]]:
    before = set(stems(_before(text, verb.start(), "en")))
    passive = not verb.group().lower().endswith("ing") and _BE.search(text, 0, verb.start())
    by = (_BY_LATER if passive else _BY).match(text, verb.end())
    if by or passive:
        return set(stems(_after(text, by.end(), "en"))) if by else set(), before
    return before, set(stems(_after(text, verb.end(), "en").partition(" of ")[0]))


def _is_noun(text: str, word: re.Match[str]) -> bool:
    """Whether an English word of a verb's family is the noun: "his support", "condemnation"."""
    low = word.group().lower()
    if low.endswith(("tion", "tions", "ment", "ments")):
        return True
    return not low.endswith("ed") and bool(_NOUN.search(text, 0, word.start()))


def _before(text: str, at: int, language: str) -> str:
    """The last words of the clause before ``at``."""
    start = max((stop.end() for stop in _STOPS[language].finditer(text, 0, at)), default=0)
    return " ".join(text[start:at].split()[-_AROUND:])


def _after(text: str, at: int, language: str) -> str:
    """The first words of the clause after ``at``."""
    stop = _STOPS[language].search(text, at)
    return " ".join(text[at : stop.start() if stop else len(text)].split()[:_AROUND])
