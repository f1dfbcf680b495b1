"""What the guard looks for in one hypothesis: each finding a ``Check`` in plain English.

Form (length, loops, stray symbols) is judged here, words left in Indonesian in ``copied``;
numbers, dates, names and the glossary by ``toolkit.text``, whose findings are put into words in
``fidelity``. Thresholds come from careful translations (docs/translation.md,
scripts/measure_guard.py): a check that would flag more than a few of a thousand of those is not
worth its warning. Nothing is repaired here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from toolkit.types import Check

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

# Source length in characters up to which a row holds → shortest and longest ratio of lengths
# (hypothesis + 5) / (source + 5) that careful translations reach in about one of 1,000 cases.
_RATIOS: tuple[tuple[float, float, float], ...] = (
    (25, 0.38, 3.5),
    (50, 0.48, 2.6),
    (80, 0.54, 2.0),
    (160, 0.60, 1.85),
    (float("inf"), 0.65, 1.6),
)
_HALF = 0.45

_PUNCTUATION = frozenset(
    " !\"#$%&'()*+,-./:;<=>?@[]^_`{}~\\" + "“”‘’«»–—…·•°′″§©®™±×÷½¼¾€£¥²³ªº¿¡" + "\u00a0"
)


def words_of(text: str) -> list[str]:
    """The words of a text, lower-cased; hyphenated words are one."""
    return [w.lower() for w in _WORD.findall(text)]


def check_length(
    source: str, hypothesis: str, source_sentences: int, sentences: int
) -> list[Check]:
    """Omission by length, lost sentences, and runaway length.

    ``source_sentences`` and ``sentences`` are the numbers of sentences on the two sides.
    """
    if not hypothesis.strip():
        return [Check("omission", "error", "The sentence has no translation.")]
    ratio = (len(hypothesis) + 5) / (len(source) + 5)
    low, high = next((lo, hi) for limit, lo, hi in _RATIOS if len(source) <= limit)
    if ratio < low:
        severity = "error" if ratio < _HALF and len(source) > 50 else "warning"
        detail = (
            "A part of the sentence seems to be missing: the translation has "
            f"{len(hypothesis)} characters, the source {len(source)}."
        )
        return [Check("omission", severity, detail)]  # type: ignore[arg-type]
    lost = source_sentences - sentences
    if lost > 0 and ratio < _LOST_SENTENCE and sentences <= source_sentences / 2:
        detail = f"The source has {source_sentences} sentences, the translation {sentences}."
        return [Check("omission", "warning", detail)]
    if ratio > high:
        detail = (
            "The translation says more than the source: it has "
            f"{len(hypothesis)} characters, the source {len(source)}."
        )
        return [Check("length", "warning", detail)]
    return []


_LOST_SENTENCE = 0.8


_QUOTED = re.compile(r"[\"“][^\"“”]{15,}[\"”]")
_QUOTE_MARK = re.compile(r"[\"“”„«»]|(?<!\w)['‘]|['’](?!\w)")


def check_quotes(source: str, hypothesis: str) -> list[Check]:
    """A quotation that is no longer marked as one."""
    if _QUOTED.search(source) and not _QUOTE_MARK.search(hypothesis):
        detail = "The source quotes someone; the translation has no quotation marks."
        return [Check("omission", "warning", detail)]
    return []


_TWICE = re.compile(
    r"(?<![\w'’-])(\w+ (?:\w+ )?\w+),? (?:and |or |with |of )?\1(?![\w'’-])", re.IGNORECASE
)

_SAID_TWICE = re.compile(
    r"\b(said|says|stated|added|explained|revealed)\b[^.,;:\"“”]{3,90} \1\b", re.IGNORECASE
)
"""Careful translations have it once in 35,000 sentences."""


def check_repetition(source_words: Sequence[str], words: Sequence[str], text: str) -> list[Check]:
    """A loop: words or phrases said again and again that the source does not repeat."""
    phrase = _running(words)
    if phrase is not None and _running(source_words) is not None:
        phrase = None
    if phrase is None:
        phrase, times = _recurring(words)
        if times <= _most(source_words, 2) + 1:
            phrase = None
    if phrase is not None:
        quoted = " ".join(phrase)
        return [Check("repetition", "error", f"The words '{quoted}' are repeated in a loop.")]
    if told := _SAID_TWICE.search(text):
        detail = f"'{told[1]}' stands twice in one clause: '{told.group()[:60]}'."
        return [Check("repetition", "warning", detail)]
    twice = _TWICE.search(text)
    if twice and _most(source_words, 2) < 2 and not twice.group(1)[0].isdigit():
        detail = f"The words '{twice.group(1)}' stand twice in a row."
        return [Check("repetition", "warning", detail)]
    if (stutter := re.search(r"(\w{1,6}?)\1{5,}", text)) and not stutter.group(1).isdigit():
        short = stutter.group(0)[:24]
        return [Check("repetition", "error", f"A syllable is repeated in a loop: '{short}'.")]
    return []


def _running(words: Sequence[str]) -> tuple[str, ...] | None:
    """A phrase said three times running, or twice from four words on."""
    count = len(words)
    spare = count - len(set(words))
    # A phrase of n words said k times leaves at least n × (k − 1) words beyond the distinct.
    for size in range(1, min(12, count // 2, spare) + 1):
        times = 3 if size < 4 else 2
        if spare < size * (times - 1):
            continue
        run = 0
        for i in range(size, count):
            run = run + 1 if words[i] == words[i - size] else 0
            if run >= size * (times - 1):
                phrase = tuple(words[i - size + 1 : i + 1])
                if not all(w.isdigit() for w in phrase):
                    return phrase
    return None


def _recurring(words: Sequence[str]) -> tuple[tuple[str, ...] | None, int]:
    """The four words that occur most often, wherever they stand, and how often; (None, 0) when
    none occur three times."""
    if len(words) < 12 or len(words) - len(set(words)) < 8:
        return None, 0
    grams = Counter(zip(*(words[k:] for k in range(4)), strict=False))
    gram, times = max(grams.items(), key=lambda item: item[1])
    return (gram, times) if times >= 3 else (None, 0)


def _most(words: Sequence[str], size: int) -> int:
    if len(words) < size:
        return 0
    return max(Counter(zip(*(words[k:] for k in range(size)), strict=False)).values())


def check_symbols(source: str, hypothesis: str) -> list[Check]:
    """Characters that English text does not have and the source does not give."""
    strange = set[str]()
    if not hypothesis.isascii():
        strange = {c for c in hypothesis if not c.isascii()} - _PUNCTUATION - set(source)
        strange = {c for c in strange if not _letter(c)}
    if "\ufffd" in hypothesis and "\ufffd" not in source:
        strange.add("\ufffd")
    if "<unk>" in hypothesis and "<unk>" not in source:
        strange.add("<unk>")
    if not strange:
        return []
    shown = " ".join(sorted(strange))
    return [Check("symbols", "warning", f"The translation has symbols the source lacks: {shown}")]


def _letter(char: str) -> bool:
    """Whether a letter of the Latin script, or a mark on one."""
    if unicodedata.category(char)[0] == "M":
        return True
    return char.isalpha() and "LATIN" in unicodedata.name(char, "")
