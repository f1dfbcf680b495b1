"""Reads abbreviations, set phrases and figures in short as a translator knows them.

"Wamendagri" is met seldom and "Wakil Menteri Dalam Negeri" often: a model that guesses at the
first translates the second. So do "5/12/2025", "Rp 850 M", "36°C" and "800 lebih warga". Only
what has one meaning is read so; what stands for names a translation keeps is not. What is shown of
the article is never changed; this is for the translator's eyes, as in ``headlines``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from toolkit.text.calendar_words import MONTHS_ID
from toolkit.text.resources import rows

Reading = tuple[str, str]
"""What stands in the text, and what it was read as."""

_WORD = re.compile(r"\w+")
_IN_NAMES = r"(?<!Bank )(?<!Pupuk )(?<!PT )(?<!FC )(?<!PS )(?<!APK )"
"""Firms and clubs keep the short form: Bank Jatim, Pupuk Kaltim. So does what is in brackets:
"Jawa Tengah (Jateng)"."""
_DATE = re.compile(
    r"(?<![\w(/.-])(0?[1-9]|[12]\d|3[01])([/-])(0?[1-9]|1[0-2])\2((?:19|20)\d\d)(?![\w/-])"
)
_MONEY = re.compile(r"(?<=\d)\s?(T|M|[Jj]t|[Rr]b)(?![\w.,]*\w)")
_AMOUNT = re.compile(r"\b(?:Rp|IDR)\.? ?\d[\d.,]*\s?(?:T|M|[Jj]t|[Rr]b)\b")
_UNITS = {"t": "triliun", "m": "miliar", "jt": "juta", "rb": "ribu"}
_DEGREES = re.compile(r"(?<=\d) ?(?:°|º|˚)(?! ?\d) ?((?:[CFK]|LS|LU|BT|BB)\b)?(?=(\w)?)")
_SCALES = {
    "C": "derajat Celsius", "F": "derajat Fahrenheit", "K": "derajat Kelvin",
    "LS": "derajat lintang selatan", "LU": "derajat lintang utara",
    "BT": "derajat bujur timur", "BB": "derajat bujur barat", "": "derajat",
}  # fmt: skip
_COUNTED = (
    "orang warga KK kk jiwa keluarga rumah unit siswa pelajar mahasiswa peserta penumpang pasien "
    "hektare hektar ton kilometer km meter jam hari minggu pekan bulan tahun negara desa personel "
    "petugas karyawan pekerja buruh"
)
_MORE = re.compile(
    r"\b((?:[Ss]ekitar|[Kk]urang lebih) )?(\d[\d.]*(?:,\d+)?(?: (?:ratus|ribu|juta|miliar))?)"
    rf" lebih (?=(?:{'|'.join(_COUNTED.split())})\b)"
)
_NAMED = re.compile(
    r"\b((?:orang|korban|pria|wanita|perempuan|laki-laki|warga|tersangka|terdakwa|saksi|siswa|"
    r"pasien|anak|pemuda|tahanan|narapidana)) atas nama (?=[A-Z])"
)
_ROGUES = re.compile(
    r"\b((?:\d+|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sejumlah|beberapa)"
    r"(?: orang)?) oknum (?=\w)"
)


@cache
def _table() -> dict[str, str]:
    """Forms and their plain forms; phrases in lower case with a capital, too."""
    found = {row[0]: row[1] for row in rows("plain.id.tsv")}
    for form, plain in list(found.items()):
        found.setdefault(form[0].upper() + form[1:], plain[0].upper() + plain[1:])
    return found


@cache
def _by_word() -> dict[str, list[str]]:
    """A word of each form, the longest, for a quick look; and the forms that have it."""
    found: dict[str, list[str]] = {}
    for form in _table():
        found.setdefault(max(_WORD.findall(form), key=len), []).append(form)
    return found


@lru_cache(maxsize=512)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """Finds the forms that have one of the words."""
    forms = sorted((f for w in words for f in _by_word()[w]), key=len, reverse=True)
    every = "|".join(map(re.escape, forms))
    return re.compile(rf"{_IN_NAMES}(?<![\w@#/.(-])(?:{every})(?![\w-]|\.\w|/)")


def read_plain(text: str) -> tuple[str, list[Reading]]:
    """The text with short forms in full, and each form with what it was read as."""
    found: list[Reading] = []

    def noted(make: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def one(match: re.Match[str]) -> str:
            meant = make(match)
            if meant != match.group():
                found.append((match.group().strip(), meant.strip()))
            return meant

        return one

    if "/" in text or "-" in text:
        text = _DATE.sub(noted(_date), text)
    if "Rp" in text or "IDR" in text:
        text = _AMOUNT.sub(noted(_amount), text)
    if not text.isascii():
        text = _DEGREES.sub(noted(lambda m: f" {_SCALES[m[1] or '']}{' ' * bool(m[2])}"), text)
    if " lebih " in text:
        text = _MORE.sub(noted(lambda m: _cased(m, f"lebih dari {m[2]} ")), text)
    if "oknum" in text:
        text = _ROGUES.sub(noted(lambda m: f"{m[1]} "), text)
    if "atas nama" in text:
        text = _NAMED.sub(noted(lambda m: f"{m[1]} bernama "), text)
    words = frozenset(_by_word().keys() & _WORD.findall(text))
    if not words:
        return text, found
    return _pattern(words).sub(noted(lambda m: _table()[m.group()]), text), found


def _date(match: re.Match[str]) -> str:
    return f"{int(match[1])} {MONTHS_ID[int(match[3]) - 1]} {match[4]}"


def _amount(match: re.Match[str]) -> str:
    return _MONEY.sub(lambda m: f" {_UNITS[m[1].lower()]}", match.group())


def _cased(match: re.Match[str], meant: str) -> str:
    return meant[0].upper() + meant[1:] if match.group()[0].isupper() else meant
