"""Tells Indonesian from Malay, English, Javanese, Sundanese and other languages.

Counts of function words decide the plain cases at once: most articles never need more. Where they
do not, py3langid is asked (its model takes about 100 MB and up to a few seconds to load), and the
function words then only decide between Indonesian and Malay. Short texts get a low confidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.text.resources import rows

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LABELS = (
    "id ms jv su tl en nl de fr es pt it vi th zh ja ko ar ru hi tr sw ro pl fa ta bn uk el he ur "
    "la sv da fi no cs hu"
).split()
"""Languages that py3langid may answer."""
NAMES = {
    "id": "Indonesian",
    "ms": "Malay",
    "jv": "Javanese",
    "su": "Sundanese",
    "tl": "Tagalog",
    "en": "English",
    "nl": "Dutch",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "vi": "Vietnamese",
    "th": "Thai",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "ar": "Arabic",
    "ru": "Russian",
    "hi": "Hindi",
    "tr": "Turkish",
    "und": "an unknown language",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SAMPLE = 20_000  # characters; more adds nothing
_SURE = 0.5  # the least confidence at which another language is refused
_DOUBTFUL = 0.3  # below it a text of some length is called uncertain even when Indonesian is best
_SHORT = 200  # characters
_PLAIN = 0.08  # share of function words at which no model is needed
_WORD_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Identified:
    """A language: ISO 639-1 code ("und" when there is nothing to go by), confidence 0 … 1."""

    code: str
    confidence: float

    @property
    def name(self) -> str:
        """The language's English name, or its code."""
        return NAMES.get(self.code, self.code)


@cache
def _markers() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Group → (words, endings)."""
    table = {}
    for group, text in rows("markers.tsv"):
        items = text.split()
        endings = tuple(item[1:] for item in items if item.startswith("-"))
        table[group] = (frozenset(i for i in items if not i.startswith("-")), endings)
    return table


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in LABELS if code in identifier.labels])
    return identifier


def _shares(words: list[str]) -> dict[str, float]:
    """Share of the words that belong to each group of markers."""
    counts = Counter(words)
    return {
        group: sum(n for w, n in counts.items() if w in known or (endings and w.endswith(endings)))
        / len(words)
        for group, (known, endings) in _markers().items()
    }


def identify(text: str) -> Identified:
    """Return the most likely language of ``text`` and how sure that is.

    The confidence grows with the length of the text: under ten words it stays below 0.6.
    """
    sample = text[:_SAMPLE]
    words = [w.lower() for w in _WORD.findall(sample)]
    if not words:
        return Identified("und", 0.0)
    dense = sum(c >= "\u3040" for c in sample)  # scripts that write words without spaces between
    amount = max(len(words), sum(map(len, words)) / _WORD_LETTERS, dense / 2)
    length = amount / (amount + 8)
    shares = _shares(words)
    plain = _plain(shares) if len(words) >= 12 else None
    if plain is not None:
        code, certainty = plain
    else:
        code, certainty = _identifier().classify(sample)
        if code in ("id", "ms"):
            code, _ = _indonesian_or_malay(shares)
    return Identified(code, round(float(certainty) * length, 4))


def _plain(shares: Mapping[str, float]) -> tuple[str, float] | None:
    """The language that the function words alone show, or None."""
    groups = {
        "id": shares["malayic"] + shares["id"] / 2 + shares["ms"] / 2,
        "en": shares["en"],
        "jv": shares["jv"],
        "su": shares["su"],
    }
    best = max(groups, key=lambda g: groups[g])
    rest = max(v for g, v in groups.items() if g != best)
    if groups[best] < _PLAIN or groups[best] < 2.5 * rest:
        return None
    certainty = 1 - rest / groups[best]
    if best != "id":
        return best, certainty
    code, margin = _indonesian_or_malay(shares)
    return (code, certainty * margin) if margin >= 0.6 else None


def _indonesian_or_malay(shares: Mapping[str, float]) -> tuple[str, float]:
    """Which of the two, and the share of its markers among both (1 when there are none)."""
    both = shares["id"] + shares["ms"]
    if not both:
        return "id", 0.6
    code = "ms" if shares["ms"] > shares["id"] else "id"
    return code, max(shares["id"], shares["ms"]) / both


def check_indonesian(text: str) -> str:
    """Return a warning for Malay or uncertain text, an empty string for Indonesian.

    Raises InputError when the text is clearly in another language.
    """
    found = identify(text)
    if found.code == "ms":
        return "The text looks Malay rather than Indonesian; the translation may be less reliable."
    if found.code == "id" and (found.confidence >= _DOUBTFUL or len(text) < _SHORT):
        return ""
    if found.code == "id" or found.confidence < _SURE:
        return "The language of the text is uncertain; it is treated as Indonesian."
    raise InputError(f"The text is in {found.name}, not Indonesian; give an Indonesian article.")
