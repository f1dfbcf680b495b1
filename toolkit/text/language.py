"""Tells Indonesian from Malay, English, Javanese, Sundanese and other languages.

py3langid gives the base score; counts of function words that only one of Indonesian, Malay,
Javanese and Sundanese uses decide between these four. Short texts get a low confidence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.text.resources import rows

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LABELS = (
    "id ms jv su en nl de fr es pt it tl vi th zh ja ko ar ru hi tr sw ro pl fa ta bn uk el he ur "
    "la sv da fi no cs hu"
).split()
NAMES = {
    "id": "Indonesian",
    "ms": "Malay",
    "jv": "Javanese",
    "su": "Sundanese",
    "en": "English",
    "nl": "Dutch",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "tl": "Tagalog",
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
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters; more adds nothing
_CLOSE = frozenset(["id", "ms", "jv", "su"])


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
def _markers() -> dict[str, frozenset[str]]:
    return {code: frozenset(ws.split()) for code, ws in rows("markers.tsv")}


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in LABELS if code in identifier.labels])
    return identifier


def identify(text: str) -> Identified:
    """Return the most likely language of ``text`` and how sure that is.

    The confidence grows with the number of words: under ten words it stays low.
    """
    sample = text[:_SAMPLE]
    found = [w.lower() for w in _WORD.findall(sample)]
    if not found:
        return Identified("und", 0.0)
    code, share = _identifier().classify(sample)
    counts = Counter(found)
    hits = {c: sum(counts[w] for w in ws) for c, ws in _markers().items()}
    best = max(hits, key=lambda c: hits[c])
    rest = sum(hits.values()) - hits[best]
    if hits[best] >= 2 and hits[best] > 2 * rest and hits[best] / len(found) > 0.02:
        evidence = hits[best] / (hits[best] + rest + 1)
        share = max(share, evidence) if best == code else evidence
        code = best
    elif code in _CLOSE and hits["id"] >= max(1, hits["ms"], hits["jv"], hits["su"]):
        code = "id"
    length = len(found) / (len(found) + 5)
    return Identified(code, round(float(share) * length, 4))


def check_indonesian(text: str) -> str:
    """Return a warning for Malay or uncertain text, an empty string for Indonesian.

    Raises InputError when the text is clearly in another language.
    """
    found = identify(text)
    if found.code == "id":
        return ""
    if found.code == "ms":
        return "The text looks Malay rather than Indonesian; the translation may be less reliable."
    if found.confidence < 0.5:
        return "The language of the text is uncertain; it is treated as Indonesian."
    raise InputError(f"The text is in {found.name}, not Indonesian; give an Indonesian article.")
