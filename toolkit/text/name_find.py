"""Finds names in Indonesian and English text by capitals, word lists and a table of terms.

A run of capitalised words is cut at titles and at known terms (countries, offices, bodies). What
is left is a name, an acronym, or, when all its words are common words, an institution written in
plain language ("Badan Musyawarah"), which a translator will translate. The word that opens a
sentence counts only when it is no common word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from toolkit.text.calendar_words import MONTHS, WEEKDAYS
from toolkit.text.resources import rows, words

Language = Literal["id", "en"]
Kind = Literal["name", "acronym", "term", "institution"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name: ``text[start:end]``, its kind, and for a term its accepted English forms.

    ``weak`` marks a single unknown word that opens a sentence and an unknown word in a headline:
    it may be no name.
    """

    start: int
    end: int
    text: str
    kind: Kind
    english: tuple[str, ...] = ()
    weak: bool = False


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*[0-9]*(?:\.(?=[A-Z]\b)[A-Z])*")
_INITIAL = re.compile(r"(?:^|[.!?…:;\n]|[\"“”'‘’«(\[•–—-])[\s\"“‘'«(\[•–—-]*$")
_ROMAN = re.compile(r"[IVXLC]+")
_LINE = re.compile(r"[^\n]+")
_AMOUNT = re.compile(r"(?:Rp|RP|IDR|USD)[0-9]*")
_PERSONAL_MONTHS = frozenset("mei april juli juni agustus may june august jun".split())
_LINKS = {
    "id": frozenset("bin binti de da dos del della van von der den la le al el ibn of the".split()),
    "en": frozenset("of the de da dos del della van von der den la le al el ibn bin binti".split()),
}
TITLES = frozenset(
    "presiden wakil ketua umum menteri gubernur bupati wali kota walikota kepala direktur utama "
    "jenderal jendral sekretaris juru bicara bapak pak ibu bu mas mbak bang kang haji hajah dr drs "
    "ir prof profesor doktor dokter kh kyai kiai ustaz ustad habib syekh syeikh "
    "sheikh sultan raja ratu pangeran perdana kapten pelatih letnan kolonel mayor brigadir "
    "komisaris inspektur laksamana marsekal "
    "plt tuan nyonya saudara sdr tn ny almarhum mr mrs ms miss sir lady president minister "
    "governor mayor regent chief general director chairman chairwoman secretary spokesman "
    "spokesperson spokeswoman king queen prince princess senator professor doctor captain coach "
    "colonel lieutenant major brigadier commissioner inspector admiral prime vice deputy".split()
)
_WITH_OFFICE = frozenset("menteri kepala direktur sekretaris ketua".split())
"""Titles that common words follow before the person: "Menteri Pertahanan Sjafrie"."""


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


_AFFIXED = re.compile(
    r"(?:ke|per|pem|pen|peng|peny|pel)[a-z]{3,}an(?:nya)?|[a-z]{4,}(?:nya|lah|kah|pun)"
    r"|(?:mem|men|meng|meny|di|ber|ter)[a-z]{4,}(?:kan|nya)|men(?:ko|teri)[a-z]*|kemen[a-z]+"
)


@lru_cache(maxsize=4096)
def is_common(word: str, language: Language) -> bool:
    """Whether a word is no proper name: news writes it in lower case at least now and then.

    For Indonesian, words of offices and ranks and words built with Indonesian affixes count too.
    """
    low = word.lower()
    if low in words(f"words_lower.{language}.txt") or low in words(f"words_mixed.{language}.txt"):
        return True
    if language == "en":
        return False
    if low in words("translated_words.id.txt") or low in _shortened():
        return True
    return bool(_AFFIXED.fullmatch(low))


@cache
def _shortened() -> frozenset[str]:
    """Short forms that are read in full (``plain``), lower case."""
    return frozenset(row[0].lower() for row in rows("plain.id.tsv"))


def is_known(word: str) -> bool:
    """Whether Indonesian news often has the word as a name, and never otherwise."""
    return word.lower() in words("words_upper.id.txt")


def find_names(text: str, language: Language) -> list[Name]:
    """Return the names of ``text`` in order; they do not overlap.

    Weekdays and months are left to ``date_find``.
    """
    found: list[Name] = []
    for line in _LINE.finditer(text):
        names = _find(text, line.start(), line.end(), language)
        if _is_headline(line.group()):
            names = [replace(n, weak=n.weak or n.kind == "name") for n in names]
        elif _all_capitals(line.group()):
            names = [_behind_verb(n) for n in names]
        found += names
    return found


def _all_capitals(line: str) -> bool:
    """Whether every word of a short headline has a capital ("Banjir Rendam Demak")."""
    found = _WORD.findall(line)
    return len(found) >= 3 and line[-1:] != "." and all(w[0].isupper() for w in found)


def _behind_verb(name: Name) -> Name:
    """A name of a headline less the bare verb it opens with: "Rendam Demak"."""
    verb, _, rest = name.text.partition(" ")
    _, sure = bare_verbs().get(verb.lower(), ("", False))
    if name.kind != "name" or not rest or not sure:
        return name
    return replace(name, start=name.end - len(rest), text=rest)


@cache
def bare_verbs() -> dict[str, tuple[str, bool]]:
    """Verbs without prefix (lower case), with it, and whether they are verbs beyond doubt."""
    return {bare: (active, sure == "sure") for bare, active, sure in rows("bare_verbs.id.tsv")}


def _is_headline(line: str) -> bool:
    """Whether most longer words of a line are capitalised, so that capitals say little.

    A line of names that ends as a sentence does is none.
    """
    if line.rstrip("\"”'’) ").endswith("."):
        return False
    longer = [w for w in _WORD.findall(line) if len(w) > 3]
    return len(longer) >= 5 and sum(w[0].isupper() for w in longer) > 0.75 * len(longer)


def _find(text: str, start: int, end: int, language: Language) -> list[Name]:
    found: list[Name] = []
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if not run and word.islower():
            continue  # most words: no name is begun or open
        capital = word[0].isupper() or (len(word) > 2 and word[1].isupper())
        inside = bool(run) and _joins(text, run[-1], match, True, language)
        if capital and (_AMOUNT.fullmatch(word) or _is_date(word, inside, language)):
            capital = False
        if run and not _joins(text, run[-1], match, capital, language):
            found += _names(text, run, language)
            run = []
        if capital:
            if not run and _skips(text, match, language):
                continue
            run.append(match)
        elif run:
            run.append(match)
    return found + _names(text, run, language)


def _is_date(word: str, inside: bool, language: Language) -> bool:
    low = word.lower()
    if low in WEEKDAYS[language]:
        return len(low) > (3 if language == "id" else 5)
    return low in MONTHS[language] and not (inside and low in _PERSONAL_MONTHS) and len(low) > 2


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
    if not _initial(text, match.start()):
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
        _, english = terms()[tuple(m.group().lower() for m in run[at : at + size])]
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
    titled = False
    while run and (run[0].group().lower() in TITLES or run[0].group() in links):
        titled = titled or run[0].group().lower() in _WITH_OFFICE
        run = run[1:]
    while run and run[-1].group() in links:
        run = run[:-1]
    offices = words("translated_words.id.txt") if language == "id" else frozenset[str]()
    plain = (
        m.group().lower() in offices or (titled and is_common(m.group(), language)) for m in run
    )
    first = next((i for i, skipped in enumerate(plain) if not skipped), len(run))
    if first < len(run) and not all(is_common(m.group(), language) for m in run[first:]):
        run = run[first:]
        while run[0].group().lower() in TITLES and len(run) > 1:
            run = run[1:]
    if not run:
        return []
    start, end = run[0].start(), run[-1].end()
    body = [m.group() for m in run]
    kind: Kind = "name"
    if len(body) == 1 and body[0].isupper() and 2 <= len(body[0]) <= 8:
        if _ROMAN.fullmatch(body[0]):
            return []
        shouted = len(body[0]) > 3 and body[0].lower() in words(f"words_lower.{language}.txt")
        kind = "institution" if shouted or body[0].lower() in offices else "acronym"
    elif all(is_common(w, language) or len(w) == 1 or _ROMAN.fullmatch(w) for w in body):
        kind = "institution"
    weak = kind == "name" and len(body) == 1 and _initial(text, start)
    if weak and language == "id":
        weak = not is_known(body[0])
    return [Name(start, end, text[start:end], kind, weak=weak)]


def _initial(text: str, at: int) -> bool:
    return bool(_INITIAL.search(text[max(0, at - 6) : at]))
