"""Furniture inside a paragraph: datelines before it, signatures after it, links within it.

Everything here works on raw text and returns character spans; the surrounding words stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from toolkit.reading.places import is_country, is_place
from toolkit.reading.rules import AGENCIES, DASH, DOMAIN, OUTLETS, Rule, compiled

_PLACE = (
    r"[A-Z][\w.'’-]*(?:[ ][A-Z(][\w.'’)-]*|[ ](?:de|di|al|el|la|le))*"
    r"(?:\s*,\s*[A-Z][\w.'’ -]{1,30}?)?"
)
_DAY = (
    r"\(?\d{1,2}(?:[/-]\d{1,2}(?:[/-]\d{4})?|\s+(?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Ag|Sep|Okt|Nov|Des)"
    r"[a-z]{0,7}\.?(?:\s+\d{4})?)\)?"
)
_OUTLET = rf"(?:{DOMAIN}|{OUTLETS})"

DATELINE_RULES: tuple[Rule, ...] = (
    Rule(
        "dateline",
        "prefix",
        rf"(?:(?P<place>{_PLACE})\s*,?\s*(?P<day>\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?)?\s*,?\s*)?"
        rf"\((?P<outlet>{AGENCIES}|{DOMAIN})(?:/[\w .]{{2,30}})?\){DASH}",
        "Tokyo (ANTARA) - ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<place>[A-Z][^()\n]{{1,60}}?)\s*,?\s*\((?P<outlet>(?i:antara)(?: News)?)\){DASH}",
        "Markas PBB, New York (ANTARA) - ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<place>{_PLACE})\s*,\s*(?P<outlet>{_OUTLET}){DASH}",
        "JAKARTA, KABARUTARA.com - ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<outlet>{_OUTLET})\s*[,|/]\s*(?P<place>{_PLACE})\s*(?:{DASH}|:\s+)",
        "Kabarutara.com, Jakarta - ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<outlet>{DOMAIN}),\s+(?P<leading>{_PLACE})\s+(?=[A-Z\"“])",
        "Kabarutara.com, Jakarta ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<outlet>{_OUTLET}){DASH}(?P<known>{_PLACE})\s*(?:[.,]\s+|{DASH})",
        "KNews.id – Moscow, ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<outlet>{_OUTLET})(?:{DASH}|:\s+)",
        "KabarUtara.com - ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<capitals>[A-Z][A-Z.'’]{{3,}}(?: [A-Z.'’]{{2,}}){{0,3}}(?:, [A-Z .]{{3,20}})?){DASH}",
        "MOSKOW – ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<known>{_PLACE}),\s*(?P<day>{_DAY}){DASH}",
        "Jakarta, 12 November 2025 - ",
    ),
    Rule(
        "dateline",
        "prefix",
        rf"(?P<known>{_PLACE})\s+{DASH}",
        "Jakarta - ",
    ),
)
"""Tried in order at the beginning of the story's first paragraph."""

INLINE_RULES: tuple[Rule, ...] = (
    Rule(
        "read-also",
        "inline",
        r"[\(\[]\s*(?i:baca|simak|lihat|tonton)(?i:[ _]?juga)?\s*(?i:artikel|berita)?\s*[:\-–]"
        r"(?:[^()\[\]]|\([^()]*\)){3,220}[\)\]]\.?",
        "(Baca juga: Jembatan Baru Dibuka)",
    ),
    Rule(
        "read-also",
        "inline",
        r"(?<=[.!?\"”])\s+(?i:baca|simak|lihat) ?(?i:juga)\s*[:\-–]\s*[^.!?]{5,140}[?!]?\s*$",
        "Baca juga: Jembatan Baru Dibuka",
    ),
    Rule(
        "embed-placeholder",
        "inline",
        r"\[(?i:gambas|embed|video|galeri)\s*:[^\]]{1,80}\]",
        "[Gambas:Video Kabar]",
    ),
    Rule(
        "advertisement",
        "inline",
        r"\b(?:ADVERTISEMENT\s+)?SCROLL TO CONTINUE(?: WITH CONTENT)?\b|\bADVERTISEMENT\b",
        "ADVERTISEMENT",
    ),
    Rule(
        "photo-credit",
        "inline",
        r"\(\s*(?i:foto|kredit foto|photo|ilustrasi/foto)\s*[:/][^()]{2,80}\)",
        "(Foto: Kabar Utara)",
    ),
)
"""Searched anywhere in a paragraph."""

SUFFIX_RULES: tuple[Rule, ...] = (
    Rule(
        "signature",
        "suffix",
        r"(?:(?<=[.!?\"”’…)\]])|^)\s*(?P<piece>[\(\[]\s*"
        r"(?:[\w*.'’-]{0,12}\s?/\s?[\w .,'’&*-]{0,60}|"
        rf"[A-Za-z]{{1,12}}|[a-z]{{2}}\s?-\s?\d{{1,3}}|[A-Z]{{1,3}}-\d{{1,2}}|{AGENCIES}|{DOMAIN})"
        r"\s*[\)\]]\.?)\s*$",
        "(bud/ang)",
    ),
    Rule(
        "signature",
        "suffix",
        r"(?<=\s)(?P<piece>[\(\[][a-z]{3}(?:/[a-z]{3})*[\)\]])\s*$",
        "(bud)",
    ),
)
"""Searched at the end of a paragraph, after its last full stop."""

_INLINE_HINT = re.compile(r"[(\[]|ADVERTISEMENT|SCROLL|(?i:juga) ?[:\-–]")
_DATELINE_HINT = re.compile(r"[-‐‑–—―:]|\.\w+,")
_LEADS_ON = re.compile(r"[\s\"'“‘(\[]*[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's length in characters and the facts it states."""

    length: int
    outlet: str = ""
    place: str = ""
    day: str = ""
    strong: bool = True
    """Whether an outlet or an agency stands in it, not only a place."""
    label: bool = False
    """Whether it is an outlet and a colon, as who asks in an interview is also written."""


def dateline(text: str) -> Dateline | None:
    """The dateline at the beginning of ``text``, or None.

    What follows it must look like the beginning of a sentence (or nothing follows at all); a
    bare place counts only when the gazetteer knows it or it is written in capitals.
    """
    return _dateline(text[:240])


@lru_cache(maxsize=512)
def _dateline(text: str) -> Dateline | None:
    head = text[:160]
    if not _DATELINE_HINT.search(head[:110]):
        return None
    for rule in DATELINE_RULES:
        match = compiled(rule.pattern).match(head)
        if match is None:
            continue
        groups = match.groupdict()
        end = match.end()
        outlet, place = groups.get("outlet") or "", groups.get("place") or ""
        if leading := groups.get("leading"):
            place = _leading_place(leading)
            if not place:
                continue
            begin = match.start("leading") + len(place)
            end = begin + len(head[begin:]) - len(head[begin:].lstrip())
        rest = text[end : end + 60]
        if rest.strip() and not (place and outlet) and not _LEADS_ON.match(rest):
            continue
        if known := groups.get("known"):
            if not is_place(known) or _is_range(known, rest):
                continue
            place = known
        if capitals := groups.get("capitals"):
            if not rest.strip() or _is_range(capitals, rest):
                continue
            if not is_place(capitals) and rest.split()[0].isupper():
                continue
            place = capitals if is_place(capitals) else ""
        if not outlet and not rest.strip():
            continue
        if place and len(place.split()) > 6:
            continue
        label = bool(outlet) and not place and ":" in match.group()
        return Dateline(
            end, outlet.strip(), _tidy(place), _bare(groups.get("day")), bool(outlet), label
        )
    return None


def _bare(day: str | None) -> str:
    """A day without brackets, "12/11/2025" for "12-11-2025"."""
    return re.sub(r"(?<=\d)-(?=\d)", "/", (day or "").strip("()"))


def _leading_place(words: str) -> str:
    """The longest known place that ``words`` begins with ("Jakarta Menteri …"), or ""."""
    ends = [m.start() for m in re.finditer(r"\s+|\Z", words)]
    return next((words[:end] for end in reversed(ends) if is_place(words[:end])), "")


def _is_range(place: str, rest: str) -> bool:
    """Jakarta - Bandung, RUSIA - UKRAINA: two places joined by a dash are no dateline.

    A country after a town ("Jakarta - Indonesia akan …"), or a word in other case than the place
    ("MOSKOW – Rusia …"), begins the story.
    """
    words = re.split(r"[\s,.–—-]+", rest.strip())
    for count in (2, 1):
        name = " ".join(words[:count])
        if is_place(name):
            return is_country(name) == is_country(place) and name.isupper() == place.isupper()
    return False


def _tidy(place: str) -> str:
    place = re.sub(r"\s+", " ", place).strip(" ,")
    if place.isupper() and not (len(place) <= 3):
        return place.title()
    return place


def inline_pieces(text: str) -> list[tuple[int, int, str]]:
    """(start, end, rule name) of insertions in ``text``, in order, not overlapping."""
    found: list[tuple[int, int, str]] = []
    if _INLINE_HINT.search(text):
        for rule in INLINE_RULES:
            for match in compiled(rule.pattern).finditer(text):
                if not any(match.start() < end and start < match.end() for start, end, _ in found):
                    found.append((match.start(), match.end(), rule.name))
    return sorted(found)


def signature(text: str) -> tuple[int, int, str] | None:
    """(start, end, rule name) of the signature that closes ``text``, or None."""
    if text.rstrip(" .\u200b")[-1:] not in (")", "]"):
        return None
    for rule in SUFFIX_RULES:
        if match := compiled(rule.pattern).search(text, max(0, len(text) - 90)):
            return match.start("piece"), match.end("piece"), rule.name
    return None
