"""What a furniture rule is, and the words that several rules share. No rule is applied here.

The rules themselves: ``furniture_lines`` (whole lines), ``furniture_pieces`` (beginnings, ends and
insertions of a paragraph), ``furniture_context`` (what only its surroundings give away). The
engine that applies them is ``toolkit.reading.furniture``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Scope = Literal["line", "prefix", "suffix", "inline", "context"]
"""line: a whole unit; prefix, suffix: the beginning or end of one; inline: a piece inside;
context: recognised by its surroundings (a predicate in ``furniture_context``)."""

Zone = Literal["any", "head", "tail", "edge", "end"]
"""Where a line rule holds: anywhere; above the story's first unit; below its last; either of the
two; or above it and wherever no story follows (``end``, which holds for running text too)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of page furniture.

    ``pattern`` is matched from the beginning of the cleaned line (``line``) or searched in the
    raw text (other scopes); ``example`` is a line that the rule removes; ``zone`` limits where
    it holds; ``opens`` tells what else goes: nothing, the headlines that follow it
    (``headlines``), or all that follows it (``rest``); ``max_words`` is the longest line that
    may go.
    """

    name: str
    scope: Scope
    pattern: str
    example: str
    zone: Zone = "any"
    opens: Literal["", "headlines", "rest"] = ""
    max_words: int = 40


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern; compiled on first use, so that importing stays cheap."""
    return re.compile(pattern)


DOMAIN = (
    r"[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9-]+){0,2}"
    r"\.(?i:com|co\.id|id|co|net|org|tv|news|info|or\.id|go\.id|ac\.id|my\.id|web\.id|asia|me)"
)
"""A site's name as datelines write it: Suara.com, REPUBLIKA.CO.ID, KNews.id."""

OUTLETS = (
    r"(?:CNN Indonesia|CNBC Indonesia|IDN Times|IDNTimes|BBC News Indonesia|BBC Indonesia|"
    r"VOA Indonesia|VOA|DW|NU Online|Bloomberg Technoz|Pikiran Rakyat|PIKIRAN RAKYAT|Rimanews|"
    r"RIMANEWS|VIVA|ANTARA(?: News)?|Antara(?: News)?|Pos ?Kota|POS ?KOTA|Okezone|OKEZONE|"
    r"SINDOnews|Sindonews|detikcom|detikNews|detikFinance|Republika|REPUBLIKA|Tempo|TEMPO|"
    r"Kompas|KOMPAS|Beritasatu|BeritaSatu|Media Indonesia|Jawa Pos|JawaPos|Rakyat Merdeka|"
    r"MNC Media|Metro TV|Kabar24|Gatra|GATRA|Waspada|Harian Jogja|Suara Karya|Investor Daily|"
    r"Kontan|KONTAN|Bisnis|Liputan6|kumparan|Kumparan|MerahPutih|RRI|TVRI|tvOne)"
)
"""Outlets that write their name without a domain."""

AGENCIES = (
    r"(?:ANTARA(?: News)?|Antara(?: News)?|(?i:antara)\w{1,3}|Pos [Kk]ota|AFP|AP|Reuters|REUTERS|"
    r"Xinhua|XINHUA|Kyodo|Bernama|BERNAMA|Anadolu|AA|Sputnik|TASS|RIA Novosti|dpa|DPA|EFE|SIB|voi|"
    r"VOI|RRI|VOA|BBC|CNN|UPI|OANA|WAM|QNA|Yonhap|InfoPublik|Kemenag|Humas)"
)
"""What stands in brackets after the place: Tokyo (ANTARA) -."""

DASH = r"(?:\s*[-‐‑–—―]\s?){1,3}\s*"
MONTHS = (
    r"(?i:januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|"
    r"nopember|desember|jan|feb|mar|apr|jun|jul|agu|agt|agust|sep|sept|okt|nov|nop|des)\.?"
)
WEEKDAYS = r"(?i:senin|selasa|rabu|kamis|jum'?[’]?at|sabtu|minggu|ahad)"
PHOTO = (
    r"(?:AFP|AP Photo|AP|Reuters|REUTERS|Sputnik|Xinhua|ANTARA FOTO|Antara Foto|ANTARA|Antara|"
    r"Getty Images|Getty|EPA(?:-EFE)?|Shutterstock|Pinterest|Unsplash|Freepik|Pixabay|iStock|"
    r"Kyodo|TASS|Anadolu|ARSIP|Arsip|Istimewa|istimewa|IST|Dokumentasi|Dok|dok|Instagram|Twitter|"
    r"YouTube|Youtube|Facebook|TikTok|Tangkapan [Ll]ayar|Screenshot|Biro Pers|Humas|" + DOMAIN + ")"
)
"""Whom photo credits name."""
