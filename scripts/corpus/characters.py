"""Character normalisation that the model's training text and its input share.

``SOURCE_NORMALISE`` goes, as it is, into the model card (``ringkas.json``, key ``normalise``), so
that whoever runs the model rewrites its input as its training text was rewritten. Repair of
double-encoded text is for training data alone.
"""

from __future__ import annotations

import unicodedata

NORMALISE: dict[str, str] = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛´ʼ′`", "'"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u3000\t\r", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f", ""),
    **dict.fromkeys("‐‑−", "-"),
    "―": "—",
    "…": "...",
}
"""Character → replacement: straight quotes, plain spaces and hyphens, no invisible characters."""

EXTRA_CHARACTERS = "£€°<>|~\\{}^×±§©®•áéíóúüöäçñàèêôµ→≥≤÷øåâ"
"""Characters of news text that the first 12,000-piece vocabulary lacked, added as pieces."""

SOURCE_NORMALISE: dict[str, str] = {
    **NORMALISE,
    **{char: ' " ' for char, plain in NORMALISE.items() if plain == '"'},
    '"': ' " ',
}
"""The same for the Indonesian side alone, where quotes stand apart: a word that follows a quote
then has the pieces that it has everywhere else."""

_TABLE = str.maketrans(NORMALISE)


def repair_double_encoding(text: str) -> str:
    """``â€œdiaâ€`` → ``“dia”``: UTF-8 that was read as Windows-1252; other text as it is."""
    if not any(mark in text for mark in "ÃÂâ"):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def normalise(text: str) -> str:
    """Training form of a segment: repaired, composed (NFC), mapped, single spaces."""
    text = unicodedata.normalize("NFC", repair_double_encoding(text)).translate(_TABLE)
    return " ".join(text.split())


def model_form(text: str) -> str:
    """What the model reads and writes: ``normalise``'s result with double quotes set apart.

    The first word of a quotation then has the pieces it has everywhere else. The toolkit attaches
    the marks of the output again (``toolkit.translate.quotes``).
    """
    return " ".join(text.replace('"', ' " ').split())
