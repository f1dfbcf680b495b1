"""Finds names in Indonesian and English text by capitals, word lists and a table of terms.

A run of capitalised words is cut at titles and at known terms (countries, offices, bodies). What
is left is a name, an acronym, or, when all its words are common words, an institution written in
plain language ("Badan Musyawarah"), which a translator will translate. The word that opens a
sentence counts only when it is no common word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from toolkit.text.resources import rows, words

Language = Literal["id", "en"]
Kind = Literal["name", "acronym", "term", "institution"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name: ``text[start:end]``, its kind, and for a term its accepted English forms."""

    start: int
    end: int
    text: str
    kind: Kind
    english: tuple[str, ...] = ()


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*[0-9]*(?:\.(?=[A-Z]\b)[A-Z])*")
_INITIAL = re.compile(r"(?:^|[.!?…:;\n]|[\"“”'‘’«(\[•–—-])[\s\"“‘'«(\[•–—-]*$")
_ROMAN = re.compile(r"[IVXLC]+")
_LINKS = {
    "id": frozenset("bin binti de da dos del della van von der den la le al el ibn of the".split()),
    "en": frozenset("of the de da dos del della van von der den la le al el ibn bin binti".split()),
}
TITLES = frozenset(
    "presiden wakil ketua umum menteri gubernur bupati wali kota walikota kepala direktur utama "
    "jenderal jendral sekretaris juru bicara bapak pak ibu bu mas mbak bang kang haji hajah dr drs "
    "ir prof profesor doktor dokter kh kyai kiai ustaz ustad habib sultan raja ratu pangeran "
    "perdana kapten pelatih letnan kolonel mayor brigadir komisaris inspektur laksamana marsekal "
    "plt tuan nyonya saudara sdr tn ny almarhum mr mrs ms miss sir lady president minister "
    "governor mayor regent chief general director chairman chairwoman secretary spokesman "
    "spokesperson spokeswoman king queen prince princess senator professor doctor captain coach "
    "colonel lieutenant major brigadier commissioner inspector admiral prime vice deputy".split()
)


@cache
def terms() -> dict[tuple[str, ...], tuple[str, tuple[str, ...]]]:
    """Lower-case words of each Indonesian form → (kind, accepted English forms)."""
    table = {}
    for forms, kind, english in rows("terms.tsv"):
        accepted = tuple(form.strip() for form in english.split("|"))
        for form in forms.split("|"):
            table[tuple(w.lower() for w in _split(form))] = (kind, accepted)
    return table


def _split(form: str) -> list[str]:
    return [m.group() for m in _WORD.finditer(form)]


@cache
def _longest() -> int:
    return max(map(len, terms()))


def is_common(word: str, language: Language) -> bool:
    """Whether the word is one that news writes in lower case at least now and then."""
    low = word.lower()
    return low in words(f"words_lower.{language}.txt") or low in words(
        f"words_mixed.{language}.txt"
    )


def find_names(text: str, language: Language) -> list[Name]:
    """Return the names of ``text`` in order; they do not overlap."""
    found: list[Name] = []
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        capital = word[0].isupper() or (len(word) > 2 and word[1].isupper())
        if run and not _joins(text, run[-1], match, capital, language):
            found += _names(text, run, language)
            run = []
        if capital:
            if not run and _skips(text, match, language):
                continue
            run.append(match)
        elif run:
            run.append(match)
    found += _names(text, run, language)
    return found


def _joins(
    text: str, last: re.Match[str], match: re.Match[str], capital: bool, language: Language
) -> bool:
    gap = text[last.end() : match.start()]
    if capital:
        return gap in (" ", "-", "\u00a0", ". ") and not (
            gap == ". " and (len(last.group()) > 3 or not last.group()[0].isupper())
        )
    return gap in (" ", "-") and match.group() in _LINKS[language]


def _skips(text: str, match: re.Match[str], language: Language) -> bool:
    """Whether a capital is only that of a sentence's first word."""
    word = match.group()
    if word.isupper() and len(word) > 1:
        return False
    if not _INITIAL.search(text[max(0, match.start() - 6) : match.start()]):
        return False
    return word.lower() in words(f"words_lower.{language}.txt")


def _names(text: str, run: list[re.Match[str]], language: Language) -> list[Name]:
    while run and not (run[-1].group()[0].isupper() or run[-1].group()[1:2].isupper()):
        run = run[:-1]  # a link word does not end a name
    if not run:
        return []
    found: list[Name] = []
    open_run: list[re.Match[str]] = []
    at = 0
    while at < len(run):
        size = _term_at(run, at) if language == "id" else 0
        if not size:
            open_run.append(run[at])
            at += 1
            continue
        found += _plain(text, open_run, language)
        open_run = []
        kind, english = terms()[tuple(m.group().lower() for m in run[at : at + size])]
        start, end = run[at].start(), run[at + size - 1].end()
        found.append(Name(start, end, text[start:end], "term", english))
        at += size
    return found + _plain(text, open_run, language)


def _term_at(run: list[re.Match[str]], at: int) -> int:
    for size in range(min(_longest(), len(run) - at), 0, -1):
        piece = run[at : at + size]
        key = tuple(m.group().lower() for m in piece)
        if key not in terms():
            continue
        short = size == 1 and len(key[0]) <= 4
        if short and not piece[0].group().isupper() and piece[0].group() not in _forms():
            continue
        return size
    return 0


@cache
def _forms() -> frozenset[str]:
    return frozenset(form for forms, _, _ in rows("terms.tsv") for form in forms.split("|"))


def _plain(text: str, run: list[re.Match[str]], language: Language) -> list[Name]:
    """Strip titles and links around the run and say what is left."""
    links = _LINKS[language]
    while run and (run[0].group().lower() in TITLES or run[0].group() in links):
        run = run[1:]
    while run and run[-1].group() in links:
        run = run[:-1]
    if not run:
        return []
    start, end = run[0].start(), run[-1].end()
    body = [m.group() for m in run]
    kind: Kind = "name"
    if len(body) == 1 and body[0].isupper() and 2 <= len(body[0]) <= 8:
        if _ROMAN.fullmatch(body[0]):
            return []
        kind = "acronym"
    elif all(is_common(w, language) or len(w) == 1 or _ROMAN.fullmatch(w) for w in body):
        kind = "institution"
    return [Name(start, end, text[start:end], kind)]
