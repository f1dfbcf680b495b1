"""What makes a pair unfit for training: one function a reason, and the order they apply in.

A filter looks at one normalised pair and says whether it is bad. Duplicates, overlap with the
dev sets and unreadable characters need more than one pair or a vocabulary: ``clean`` does those.
Thresholds are loose for the news translated sentence by sentence and tight for crawled pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_NUMBER = re.compile(r"\d[\d.,]*")
_WORD = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"[<>{}\\]|https?://|\b\w+\(\)")
_STOP = re.compile(r"[.!?][\"')\]]*(?:\s|$)")
_INDONESIAN = frozenset(
    "yang dan di ke dari untuk dengan pada ini itu tidak akan adalah dalam atau oleh sebagai juga "
    "karena telah bisa dapat kami kita mereka anda saya ada sudah lebih tersebut bahwa jika".split()
)
_ENGLISH = frozenset(
    "the and of to in is that for with on are was be this as by from or an not it have has will "
    "they you we he she his her their which can at were been".split()
)


def key(text: str) -> str:
    """Comparison form: compatibility characters, lower case, words only."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


def numbers(text: str) -> set[str]:
    """Digit strings without separators and leading zeros; below 13 left out (written as words)."""
    found = (re.sub(r"\D", "", n).lstrip("0") for n in _NUMBER.findall(text))
    return {n for n in found if n and not (n.isdigit() and int(n) < 13)}


def empty(indonesian: str, english: str) -> bool:
    """A side has no letter and no digit."""
    return not (key(indonesian) and key(english))


def identical(indonesian: str, english: str) -> bool:
    """Both sides are the same text."""
    return key(indonesian) == key(english)


def length_ratio(indonesian: str, english: str) -> bool:
    """One side is much longer than the other (2.2 times; 3.5 times below 40 characters)."""
    short, long = sorted((len(indonesian), len(english)))
    return long > short * (2.2 if short > 40 else 3.5)


def few_letters(indonesian: str, english: str) -> bool:
    """Less than half of a side is letters."""
    return any(sum(c.isalpha() for c in s) < 0.5 * len(s) for s in (indonesian, english))


def number_mismatch(indonesian: str, english: str) -> bool:
    """More numbers stand on one side alone than rounding, clock times and units explain."""
    here, there = numbers(indonesian), numbers(english)
    return len(here ^ there) > (1 if len(here) + len(there) < 5 else 2)


def sentence_count(indonesian: str, english: str) -> bool:
    """The sides differ by two or more in their number of sentences."""
    return abs(len(_STOP.findall(indonesian)) - len(_STOP.findall(english))) >= 2


def wrong_language(indonesian: str, english: str) -> bool:
    """A side's function words are those of the other language."""
    return _leans(indonesian, _ENGLISH, _INDONESIAN) or _leans(english, _INDONESIAN, _ENGLISH)


def _leans(text: str, wrong: frozenset[str], right: frozenset[str]) -> bool:
    words = [w.lower() for w in _WORD.findall(text)]
    against = sum(w in wrong for w in words)
    return against >= 3 and against > 2 * sum(w in right for w in words)


def markup(indonesian: str, english: str) -> bool:
    """Tags, braces, code or addresses are in it."""
    return bool(_MARKUP.search(indonesian) or _MARKUP.search(english))


def double_encoded(indonesian: str, english: str) -> bool:
    """What is left of text decoded twice wrongly, or replacement characters."""
    return any(m in s for s in (indonesian, english) for m in ("Ã", "â€", "\ufffd", "Â"))


Filter = Callable[[str, str], bool]

PROSE: tuple[Filter, ...] = (
    empty, double_encoded, identical, length_ratio, few_letters, number_mismatch,
    sentence_count, wrong_language,
)  # fmt: skip
TECHNICAL: tuple[Filter, ...] = (*PROSE, markup)
TRANSLATED: tuple[Filter, ...] = (empty, double_encoded, identical, length_ratio, wrong_language)
DICTIONARY: tuple[Filter, ...] = (empty, double_encoded)
MUSE: tuple[Filter, ...] = (empty, double_encoded, identical)
RELIGIOUS: tuple[Filter, ...] = (empty, double_encoded, identical, length_ratio, wrong_language)


def filters_for(name: str, domain: str) -> tuple[Filter, ...]:
    """The filters of a source, by its name and domain."""
    if name == "newswire_translated":
        return TRANSLATED
    if name == "dictionary_muse":
        return MUSE
    if domain in ("docs", "ui", "strings"):
        return TECHNICAL
    return {"dictionary": DICTIONARY, "religious": RELIGIOUS}.get(domain, PROSE)
