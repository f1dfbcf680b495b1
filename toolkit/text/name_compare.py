"""Looks for the names of an Indonesian source in its English translation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from toolkit.text.name_find import TITLES, Name, find_names, is_common, is_known
from toolkit.text.name_match import plain, same_name
from toolkit.text.number_words import UNIT_WORDS


@dataclass(frozen=True, slots=True)
class NameDiff:
    """Source names without a counterpart in the hypothesis."""

    missing: tuple[Name, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every checked name was found."""
        return not self.missing


_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*[0-9]*")
_GARBLED = re.compile(r"[œÃâ€]")  # bytes of UTF-8 read as Windows-1252
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*[0-9]*")
_SHORT_NAMES = {
    "Joko Widodo": "Jokowi",
    "Susilo Bambang Yudhoyono": "SBY",
    "Basuki Tjahaja Purnama": "Ahok",
    "Abdurrahman Wahid": "Gus",
    "Jusuf Kalla": "JK",
}
_FIGURE = re.compile(r"[0-9]\s?$")
_COMPASS = ("North", "South", "East", "West")
_CURRENCIES = {
    "yen": r"\byen\b|¥|\bJPY",
    "yuan": r"\byuan\b|\brenminbi\b|¥|\b(?:RMB|CNY)",
    "won": r"\bwon\b|₩|\bKRW",
    "ringgit": r"\bringgit|\b(?:RM|MYR)",
    "baht": r"\bbaht\b|\bTHB",
    "rubel": r"\brou?bles?\b|\bRUB",
    "rupee": r"\brupees?\b|\bINR",
    "poundsterling": r"\bpounds?\b|£|\bGBP",
    "lira": r"\blira\b|\bTRY",
}
"""Currency words of the source and how a translation may write them, without their country."""
_DOLLARS = {
    "AS": r"\$|\bUSD|\bdollar",
    "Amerika Serikat": r"\$|\bUSD|\bdollar",
    "Singapura": r"(?<!U)S\$|\bSGD",
    "Australia": r"(?<!\w)A\$|\bAUD",
    "Hong Kong": r"HK\$|\bHKD",
    "Kanada": r"(?<!\w)(?:C|Can)\$|\bCAD",
    "Selandia Baru": r"NZ\$|\bNZD",
}
_CURRENCY = re.compile(rf"\b(dolar|{'|'.join(_CURRENCIES)})\s+$", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+")
_MARK = re.compile(r"['’.-]")


def compare_names(source: str, hypothesis: str) -> NameDiff:
    """Return the names of the Indonesian ``source`` that the English ``hypothesis`` lacks.

    Institutions in plain words are not looked for; a term counts as found when any accepted
    English form, or the Indonesian one, stands in the hypothesis.
    """
    there = _words(hypothesis)
    missing = []
    seen: set[str] = set()
    for name in find_names(source, "id"):
        if name.kind == "institution" or name.text in seen:
            continue
        if _is_unit(name, source) or _introduced(name, source):
            continue
        seen.add(name.text)
        if name.weak:
            missing += _lost_known(name, there)
        elif not found_in(name, hypothesis, there) and not _in_currency(name, source, hypothesis):
            missing.append(name)
    return NameDiff(tuple(missing))


def _is_unit(name: Name, source: str) -> bool:
    """Whether an acronym is a unit behind a number: "1.200 MW"."""
    return name.text.lower() in UNIT_WORDS and bool(_FIGURE.search(source, 0, name.start))


def _introduced(name: Name, source: str) -> bool:
    """Whether an acronym in brackets only repeats the name before it: "Ridwan Kamil (RK)"."""
    if name.kind != "acronym" or source[name.end : name.end + 1] != ")":
        return False
    before = source[: name.start]
    if not before.endswith("(") or source.count(name.text) > 1:
        return False
    words = re.findall(r"[^\W\d_]+", before)[-len(name.text) :]
    return "".join(w[0] for w in words if w[0].isupper()) == name.text


def _lost_known(name: Name, there: list[str]) -> list[Name]:
    """The words of what may be no name that are known as names, and missing."""
    lost = []
    for part in key_parts(name.text):
        if is_known(part) and not _part_in(part, there, one_of_several=False):
            start = name.start + name.text.index(part)
            lost.append(replace(name, start=start, end=start + len(part), text=part))
    return lost


def _words(text: str) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        found.append(word)
        if _MARK.search(word):
            found += _PART.findall(word)
            found.append(_MARK.sub("", word))
    return found


def found_in(name: Name, hypothesis: str, there: list[str]) -> bool:
    """Whether a source name has a counterpart among the words of the hypothesis."""
    if name.kind == "term":
        forms = (*name.english, name.text)
        return any(_form_in(form, hypothesis, _barred(form, forms)) for form in forms)
    if name.kind == "acronym":
        return _acronym_in(name.text, there)
    parts = key_parts(name.text)
    several = len(parts) > 1 and "-" not in name.text
    missing = [part for part in parts if not _part_in(part, there, several)]
    missing = [part for part in missing if not _spelt_out(part, name.text, there)]
    return not missing or _shortened(parts, missing, there)


def _part_in(part: str, there: list[str], one_of_several: bool) -> bool:
    """Whether a word of a name is there; of a person's name no stump will do ("Maruar")."""
    if part in there or _joined(part, there):
        return True
    return any(
        same_name(part, word) and not (one_of_several and _is_stump(word, part)) for word in there
    )


def _spelt_out(part: str, name: str, there: list[str]) -> bool:
    """Whether a part is an abbreviation ("Moh. Hatta") that stands in full ("Mohammad")."""
    return f"{part}." in name and any(plain(w).startswith(plain(part)) for w in there)


def _is_stump(word: str, part: str) -> bool:
    short, full = plain(word), plain(part)
    return full.startswith(short) and len(full) - len(short) > 1


def _shortened(parts: list[str], missing: list[str], there: list[str]) -> bool:
    """Whether a full name was shortened as English news does.

    A middle name may go, and all but the last behind a title ("President Widodo"); some
    people have a short name of their own.
    """
    short = _SHORT_NAMES.get(" ".join(parts))
    if short is not None and short in there:
        return True
    if len(parts) > 2 and set(missing) <= set(parts[1:-1]):
        return True
    if len(parts) < 2 or parts[-1] in missing:
        return False
    return any(
        a.lower() in TITLES and b == parts[-1] and not c[:1].isupper()
        for a, b, c in zip(there, there[1:], [*there[2:], ""], strict=False)
    )


def key_parts(text: str) -> list[str]:
    """The words of a name that a translator keeps: no common words, titles, initials.

    A name that opens with an office or common word and is mostly made of such words is an
    institution; of the rest of it only words known as names count.
    """
    parts = [p for p in _PART.findall(text) if len(p) > 2 and not _GARBLED.search(p)]
    parts = [p for p in parts if not _ROMAN.fullmatch(p)]
    kept = [p for p in parts if p.lower() not in TITLES and not is_common(p, "id")]
    if parts and len(kept) * 2 <= len(parts) and parts[0] not in kept:
        return [p for p in kept if is_known(p)]
    return kept


def _joined(part: str, there: list[str]) -> bool:
    """Whether two neighbouring words of the hypothesis make up the part, or one holds it."""
    key = plain(part)
    if len(key) < 4:
        return False
    if any(plain(a) + plain(b) == key for a, b in pairwise(there)):
        return True
    return any(key in plain(word) for word in there)


def _form_in(form: str, text: str, barred: tuple[str, ...] = ()) -> bool:
    return bool(_form(form, barred).search(text))


def _barred(form: str, forms: tuple[str, ...]) -> tuple[str, ...]:
    """Compass words that may not stand before a form: South Korea is "Korea", not "North Korea"."""
    own = [c for c in _COMPASS if f"{c} {form}" in forms]
    return tuple(c for c in _COMPASS if c not in own) if own else ()


@lru_cache(maxsize=1024)
def _form(form: str, barred: tuple[str, ...]) -> re.Pattern[str]:
    body, star = (form[:-1], True) if form.endswith("*") else (form, False)
    ending = r"\w*" if star else ""
    ahead = "".join(rf"(?<!\b{word} )" for word in barred)
    return re.compile(rf"(?<!\w){ahead}{re.escape(body)}{ending}(?!\w)", re.IGNORECASE)


def _in_currency(name: Name, source: str, hypothesis: str) -> bool:
    """Whether a country stands behind its currency, which English names without it or signs."""
    currency = _CURRENCY.search(source, 0, name.start)
    if currency is None:
        return False
    word = currency[1].lower()
    written = _DOLLARS.get(name.text) if word == "dolar" else _CURRENCIES[word]
    return written is not None and bool(re.search(written, hypothesis, re.IGNORECASE))


def _acronym_in(acronym: str, there: list[str]) -> bool:
    key = plain(acronym)
    if any(plain(word).rstrip("s") in (key, key.rstrip("s")) for word in there):
        return True
    initials = "".join(word[0].lower() for word in there if word[0].isupper())
    return len(key) > 2 and key in initials
