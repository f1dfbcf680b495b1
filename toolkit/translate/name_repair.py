"""Puts the spelling of names right that a translation garbled: "Ushakof" → "Ushakov".

A small model writes rare names piece by piece and slips in a letter. Where the source has the name,
what is meant is certain. A word of the hypothesis is replaced only when it is in use neither as an
English word nor as a name (word lists of news), nothing in the source is spelled like it, and just
one name of the source that is missing otherwise is within a letter or two of it. Names that are
missing altogether are ``text.name_compare``'s; Indonesian place names left as they are,
``text.exonyms``'.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.text.exonyms import exonyms
from toolkit.text.name_compare import key_parts
from toolkit.text.name_find import find_names, is_common
from toolkit.text.name_match import distance, plain
from toolkit.text.resources import words
from toolkit.translate.spelling import akin, is_english, sound

_WORD = re.compile(r"[^\W\d_]{4,}")
_ABBREVIATED = re.compile(r"[A-Z]{2,}s|[A-Z][a-z]+(?:[A-Z][a-z]+){2,}")
"""Plurals of abbreviations, hashtags and the like: PLBs, IsMoreThanEnough."""
_ENDINGS = ("n", "an", "ian", "i", "s", "ns", "ians", "ic", "ese", "ite", "ites", "er", "ers", "")
_OTHERS = frozenset(
    "hague surah koranic koran korans sahur alhamdulillah eucharistic ayurvedic uniparty lago "
    "panzer bavarian bavarians jakartan jakartans kazakh assen quran quranic "
    "judean greenlandic mancunian mancunians sydneysider sydneysiders sealion sealions".split()
)
"""Words and names of English news that neither list has."""
_STEM = 2
_SHORT = 5
_LONG = 8


def repair_names(source: str, hypothesis: str) -> tuple[str, list[tuple[str, str]]]:
    """Give garbled names of ``hypothesis`` the spelling of the Indonesian ``source``.

    Place names get their English form. Returns the text and the replacements made (found, put in
    its place), each named once; all occurrences are replaced.
    """
    strange = _strange(source, hypothesis)
    if not strange:
        return hypothesis, []
    there = {plain(w) for w in _WORD.findall(hypothesis)}
    several = _wanted(source)
    wanted = [w for w in several if plain(w) not in there]
    made: list[tuple[str, str]] = []
    for word in strange:
        close = [w for w in wanted if _close(plain(word), plain(w), several[w])]
        if len(close) == 1:
            made.append((word, close[0]))
    for word, right in made:
        hypothesis = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", right, hypothesis)
    return hypothesis, made


def made_up(source: str, hypothesis: str) -> list[str]:
    """Capitalised words of ``hypothesis`` that are neither words nor names of anything: what became
    of a name the model does not know ("Leisent", "Traciit").

    Abbreviations, words with accents and adjectives of the source's names ("Gazan") are left out.
    """
    strange = _strange(source, hypothesis)
    if not strange:
        return []
    known = {sound(plain(w)) for w in _WORD.findall(source)} | _places()
    return [
        word
        for word in strange
        if word.isascii()
        and plain(word) not in _OTHERS
        and not (word.isupper() and len(word) <= _LONG)
        and not re.search(rf"(?<!\w){re.escape(word)}\.(?!$)", hypothesis)
        and not any(_derived(sound(plain(word)), k) for k in known)
        and not _ABBREVIATED.fullmatch(word)
        and not (_opens(word, hypothesis) and akin(sound(plain(word)), known))
    ]


def _opens(word: str, text: str) -> bool:
    """Whether a word opens the text, where any word has a capital: "Hydroxychloroquine is …"."""
    return re.match(rf"\W*{re.escape(word)}(?!\w)", text) is not None


def _derived(word: str, name: str) -> bool:
    """Whether a word is an adjective, the plural or the stem of a name: Gazan, Bataks, Saturn."""
    if name.startswith(word) and len(name) - len(word) < len(word):
        return len(name) - len(word) <= _STEM
    return any(
        word == base + ending
        for ending in _ENDINGS
        for base in (name, name[:-1], name.removesuffix("stan"))
        if len(base) > 2
    )


def _strange(source: str, hypothesis: str) -> list[str]:
    """Capitalised words of the hypothesis that no list and no name of the source has."""
    found = dict.fromkeys(w for w in _WORD.findall(hypothesis) if w[0].isupper())
    if not found:
        return []
    known = {plain(w) for w in _WORD.findall(source)}
    return [w for w in found if plain(w) not in known and not _in_use(w)]


def _in_use(word: str) -> bool:
    low = plain(word)
    return (
        is_common(low, "en")
        or is_english(low)
        or low in words("words_upper.en.txt")
        or low in words("words_upper.id.txt")
        or low in _places()
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(plain(w) for form in exonyms().values() for w in form.split())


def _wanted(source: str) -> dict[str, bool]:
    """Words of the source's names as English spells them, from five letters on.

    Each with whether it is one of several of a name, as a person's are.
    """
    found: dict[str, bool] = {}
    for name in find_names(source, "id"):
        english = exonyms().get(name.text)
        if english is not None:
            found.update(dict.fromkeys(english.split(), False))
        elif name.kind == "name":
            parts = key_parts(name.text)
            several = len(parts) > 1 and "-" not in name.text
            found.update(dict.fromkeys(parts, several))
    return {w: s for w, s in found.items() if len(w) >= _SHORT and w not in exonyms()}


def _close(word: str, name: str, one_of_several: bool) -> bool:
    """Whether ``word`` is ``name`` with a slip, but no inflection of it (Malaysia, Malaysian)."""
    limit = 1 if len(name) < _LONG else 2
    if word[0] != name[0] or word.startswith(name):
        return False
    if name.startswith(word) and not one_of_several and name not in _places():  # Mongolia, Mongol
        return False
    return distance(word, name, limit) <= limit
