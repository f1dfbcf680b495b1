"""Reads Indonesian headlines as running text: "KPK Tahan Bupati" as "KPK menahan Bupati".

Headlines capitalise nearly every word and leave the active prefix meN- off (Sneddon et al. 2010,
"Indonesian: A Comprehensive Grammar"); translation models, which learn from running text, take the
verbs for nouns and the words for names. Words that news writes in lower case get it back, bare
verbs their prefix (a table made by ``scripts/build_bare_verbs.py``). Names keep their capitals.
Lines all in capitals, of which models make nothing, are read the same way.
What is shown of the article is never changed; this is for the translator's eyes.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.text.name_find import TITLES, bare_verbs, find_names, is_common
from toolkit.text.resources import rows, words

_WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]+(?![\w'’-])")
_LONGER = 3
"""Words of more letters say whether a line is in headline style."""
_FEW = 3
_PLAIN = 0.25
"""The share of its longer words that are no names, at least."""
_CAPITALS = 0.85
_SPOKEN = 2
_SHORT = 5
_SAID = re.compile("(?=.*[aeiou])(?!.*[^aeiou]{3}).*")
"""What can be said as a word; other short words in capitals are abbreviations ("PSSI")."""
_BREAK = ","
_PLACE_BEFORE = frozenset(
    "di ke dari kota kabupaten kecamatan kelurahan desa provinsi jalan pulau".split()
)
"""After these a word that might be a verb is a place ("Kota Serang")."""
_NOUN_BEFORE = frozenset(
    "pada oleh dengan dalam antara para si sang rumah hak cara harga biaya juru mata uang".split()
)
"""After these no verb without its prefix stands."""
_NEGATED = frozenset("tidak tak batal".split())
_VERB_BEFORE = frozenset(
    "akan bakal ingin mau siap sepakat segera bisa dapat harus tak tidak untuk minta janji batal "
    "kembali mulai terus ikut jangan demi usai setelah sebelum saat sambil hendak diminta".split()
)
"""After these doubtful words are verbs."""
_ACTORS = TITLES | frozenset(
    "polisi polri tni kpk dpr dprd mpr pemerintah wapres menlu menkeu menko mendagri menhub menkes "
    "menhan kapolri kapolda kapolres panglima jaksa kejagung kejaksaan hakim pengadilan warga "
    "petani nelayan buruh mahasiswa pria wanita ibu ayah suami istri tim timnas pemprov pemkot "
    "pemkab satgas tentara militer pengacara korban rusia cina china tiongkok amerika as "
    "pbb".split()
)
"""Those who do what headlines tell; behind them and behind names doubtful words are verbs."""

_STANDS_FOR = {"k": "meng", "p": "mem", "t": "men", "s": "meny"}
"""First letters that give way to the prefix's nasal."""
_CAUSATIVE = re.compile(r"(?!di|me|ber|ter|ke)[a-z]{3,}[^aeiou]kan")
"""Verbs in -kan; behind a vowel the k may be the root's ("gerakan", a movement)."""


def active_forms(bare: str) -> list[str]:
    """The forms of a bare verb (lower case) with the prefix meN-, the regular one first."""
    first = bare[0]
    if first in _STANDS_FOR:
        nasal = _STANDS_FOR[first]
        forms = [nasal + bare[1:], nasal.removesuffix("y") + bare]
        return forms[::-1] if bare.startswith("per") else forms
    if first in "aiueogh":
        return ["meng" + bare]
    if first in "bfv":
        return ["mem" + bare]
    return ["men" + bare if first in "dcjz" else "me" + bare]


def is_headline(text: str) -> bool:
    """Whether a line is written in headline style: most longer words with a capital, no stop.

    A line of hardly anything but names ("Roma: Szczesny, Manolas, Juan") is no headline.
    """
    if text.rstrip("\"”'’) ").endswith("."):
        return False
    longer = [w for w in _WORD.findall(text) if len(w) > _LONGER]
    titled = sum(w[0].isupper() and w[1:].islower() for w in longer)
    if len(longer) < _FEW or titled <= 0.75 * len(longer):
        return False
    return _plain_words(longer) >= _PLAIN * len(longer)


def _plain_words(longer: list[str]) -> int:
    """How many of the words are no names."""
    return sum(w.lower() in bare_verbs() or is_common(w, "id") for w in longer)


def is_shouted(text: str) -> bool:
    """Whether a line is written all in capitals; names and abbreviations alone are no such line."""
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) <= _CAPITALS * len(letters):
        return False
    longer = [w for w in _WORD.findall(text) if len(w) > _LONGER]
    return len(longer) >= _SPOKEN and _plain_words(longer) >= 2 * _PLAIN * len(longer)


@cache
def _written() -> dict[str, str]:
    """How terms and short forms of one word are written ("KPK", "Jateng"), by lower case."""
    forms = [f for row in rows("terms.tsv") for f in row[0].split("|")]
    forms += [row[0] for row in rows("plain.id.tsv")]
    short = [f for f in forms if _WORD.fullmatch(f) and not is_common(f, "id")]
    return {"rp": "Rp"} | {f.lower(): f for f in short}


def _spoken(match: re.Match[str]) -> str:
    """A word of a line in capitals with a first capital only, abbreviations as they are written."""
    low = match.group().lower()
    if low in _written():
        return _written()[low]
    abbreviated = len(low) <= _SHORT and not _SAID.fullmatch(low)
    return match.group() if abbreviated else low.capitalize()


def as_running_text(text: str) -> str:
    """A headline, or a line in capitals, as a sentence would have it; other text as it is."""
    shouted = is_shouted(text)
    if shouted:
        text = _WORD.sub(_spoken, text)
    elif not is_headline(text):
        return text
    stopped = shouted and text.rstrip("\"”'’) ").endswith(".")
    kept = [(n.start, n.end) for n in find_names(text, "id") if n.kind == "term"]
    made: list[str] = []
    at, before, plain = 0, ["", ""], True
    for match in _WORD.finditer(text):
        gap = text[at : match.start()]
        if gap != " ":
            begins = not made or re.search(r"[.?!]\s", gap)
            before, plain = ["", "" if begins else _BREAK], True
        named = any(start <= match.start() < end for start, end in kept)
        word, at = match.group(), match.end()
        read = word if named or stopped else _read(word, before, text[at:], plain)
        if shouted and not named and read == word and before[1] and is_common(word, "id"):
            read = word.lower() if not word.isupper() else word
        made += [gap, read]
        before, plain = [before[1], word], made[-1].islower()
    return "".join([*made, text[at:]])


def _read(word: str, before: list[str], after: str, plain: bool) -> str:
    """A word of a headline as running text has it; ``before`` are the two words before it, _BREAK
    for a mark or a number, "" where the headline begins; ``plain`` where the last one has lost its
    capital, so that this one is not the end of a name ("Istana Merdeka")."""
    low = word.lower()
    if not before[1] or (word.isupper() and len(word) > 1):
        return word
    if low in bare_verbs() or _CAUSATIVE.fullmatch(low):
        if before[1].lower() in _PLACE_BEFORE:
            return word
        if (active := _active(low, before, after)) is not None:
            return active
    return low if _is_lower(low, after, plain) else word


def _is_lower(low: str, after: str, plain: bool) -> bool:
    """Whether running text has the word in lower case: always, or where no name is around."""
    lower = words("words_lower.id.txt")
    if low in lower:
        return True
    prefix = re.match("ber|ter|di", low)
    if prefix is not None and (low[prefix.end() :] in bare_verbs() or low[prefix.end() :] in lower):
        return True
    return plain and not re.match(r" [^\W\d_a-z]", after) and is_common(low, "id")


def _active(low: str, before: list[str], after: str) -> str | None:
    """The verb with its prefix, where a bare one is meant."""
    active, sure = bare_verbs().get(low) or (active_forms(low)[0], True)
    last = before[1].lower()
    if last in _NOUN_BEFORE or (low == "jadi" and last in _NEGATED):
        return None
    if sure:
        return active
    acts = last in _ACTORS or before[0].lower() in TITLES or not is_common(before[1], "id")
    follows = re.match(r" [^\W\d_]", after) is not None
    meant = follows and before[1] != _BREAK and (acts or last in _VERB_BEFORE)
    return active if meant else None
