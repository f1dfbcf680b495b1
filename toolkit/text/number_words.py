"""Number words of Indonesian and English and the units that follow numbers.

``parse`` reads the longest number at a token position; which spans count as numbers, and of
what kind, is ``number_find``'s business.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

Language = Literal["id", "en"]


class Token(NamedTuple):
    """A word, a digit group or a sign of the text, with its span."""

    text: str
    start: int
    end: int
    low: str

    @property
    def digits(self) -> bool:
        """Whether the token starts with an ASCII digit."""
        return "0" <= self.text[0] <= "9"


TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")


def tokens(text: str) -> list[Token]:
    """Return words, digit groups (with inner stops and commas) and single signs in order."""
    return [Token(m.group(), m.start(), m.end(), m.group().lower()) for m in TOKEN.finditer(text)]


UNITS: dict[str, dict[str, int]] = {
    "id": {
        w: i
        for i, w in enumerate("nol satu dua tiga empat lima enam tujuh delapan sembilan".split())
    },
    "en": {
        w: i
        for i, w in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen".split()
        )
    },
}
TENS = {
    w: 10 * i
    for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ONES_ID = "satu dua tiga empat lima enam tujuh delapan sembilan".split()
SE = {
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    **{f"{w}belas": 10 + i for i, w in enumerate(_ONES_ID, 1)},
    **{f"{w}puluh": 10 * i for i, w in enumerate(_ONES_ID, 1)},
}
"""Indonesian numbers from ten on that are one word, also when written together by mistake."""
SCALES: dict[str, dict[str, int]] = {
    "id": {
        "ribu": 10**3,
        "rb": 10**3,
        "juta": 10**6,
        "jt": 10**6,
        "miliar": 10**9,
        "milyar": 10**9,
        "miliard": 10**9,
        "triliun": 10**12,
        "trilyun": 10**12,
        "kuadriliun": 10**15,
        "seribu": 10**3,
        "sejuta": 10**6,
        "semiliar": 10**9,
        "setriliun": 10**12,
        "lusin": 12,
        "selusin": 12,
        "kodi": 20,
    },
    "en": {
        "thousand": 10**3,
        "million": 10**6,
        "mn": 10**6,
        "mln": 10**6,
        "billion": 10**9,
        "bn": 10**9,
        "trillion": 10**12,
        "tn": 10**12,
        "trn": 10**12,
        "quadrillion": 10**15,
        "dozen": 12,
        "k": 10**3,
        "m": 10**6,
        "b": 10**9,
        "thousands": 10**3,
        "millions": 10**6,
        "billions": 10**9,
        "trillions": 10**12,
        "dozens": 12,
    },
}
NEEDS_DIGITS = frozenset("rb jt mn mln bn tn trn k m b".split())
VAGUE: dict[str, dict[str, int]] = {
    "id": {
        "belasan": 10,
        "puluhan": 10,
        "ratusan": 100,
        "ribuan": 10**3,
        "jutaan": 10**6,
        "miliaran": 10**9,
        "milyaran": 10**9,
        "triliunan": 10**12,
        "lusinan": 12,
        "puluh": 10,
        "ratus": 100,
    },
    "en": {
        "tens": 10,
        "hundreds": 100,
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "thousands": 10**3,
        "millions": 10**6,
        "billions": 10**9,
        "trillions": 10**12,
        "dozens": 12,
        "scores": 20,
    },
}
_SMALL_ID = "dua tiga empat lima enam tujuh delapan sembilan sepuluh".split()
_ORDINALS_EN = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS_ORDINALS = (
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
)
ORDINALS: dict[str, dict[str, int]] = {
    "id": {
        "pertama": 1,
        "kesatu": 1,
        "kesebelas": 11,
        "keseratus": 100,
        **{form: i for i, w in enumerate(_SMALL_ID, 2) for form in (f"ke{w}", f"ke{w}nya")},
        **{f"ke{w}belas": 10 + i for i, w in enumerate(_SMALL_ID[:8], 2)},
        **{f"ber{w}": i for i, w in enumerate(_SMALL_ID[:6], 2)},
        **{f"{w}nya": i for i, w in enumerate(_SMALL_ID, 2)},
        "bertiga": 3,
    },
    "en": {
        **{w: i for i, w in enumerate(_ORDINALS_EN, 1)},
        **{w: 10 * i for i, w in enumerate(_TENS_ORDINALS, 2)},
        "hundredth": 100,
        "thousandth": 1000,
    },
}
"""Ordinals and collectives ("ketiga", "ketiganya", "bertiga", "third"): always weak."""
PART_WORDS: dict[str, dict[str, int]] = {
    "id": {
        **{f"per{w}": i for i, w in enumerate(_SMALL_ID, 2)},
        "perseratus": 100,
    },
    "en": {
        "half": 2,
        "halves": 2,
        "quarter": 4,
        "quarters": 4,
        **{w: i for i, w in enumerate(_ORDINALS_EN[2:10], 3)},
        **{f"{w}s": i for i, w in enumerate(_ORDINALS_EN[2:10], 3)},
        "hundredths": 100,
    },
}
"""Words for the lower part of a fraction ("dua pertiga", "two thirds")."""
IDIOM_BEFORE = frozenset("segi roda kaki setali diam bahasa mata serba petak".split())
IDIOM_AFTER = frozenset("besar serangkai sekawan dimensi penjuru uang bahasa lipat sudut".split())
"""Neighbours that make an Indonesian number word part of a fixed phrase ("roda empat")."""
ALIASES: dict[str, dict[str, Decimal]] = {
    "id": {
        "setengah": Decimal("0.5"),
        "separuh": Decimal("0.5"),
        "separo": Decimal("0.5"),
        "seperempat": Decimal("0.25"),
        "sepertiga": Decimal(1) / 3,
        "seperlima": Decimal("0.2"),
        "seperenam": Decimal(1) / 6,
        "seperdelapan": Decimal("0.125"),
        "sepersepuluh": Decimal("0.1"),
        "keduanya": Decimal(2),
        "kedua-duanya": Decimal(2),
        "tanpa": Decimal(0),
        "ganda": Decimal(2),
        "sepasang": Decimal(2),
        "sekali": Decimal(1),
        "tunggal": Decimal(1),
        "seabad": Decimal(100),
        "kembar": Decimal(2),
    },
    "en": {
        "half": Decimal("0.5"),
        "quarter": Decimal("0.25"),
        "both": Decimal(2),
        "pair": Decimal(2),
        "couple": Decimal(2),
        "twice": Decimal(2),
        "once": Decimal(1),
        "single": Decimal(1),
        "thrice": Decimal(3),
        "trio": Decimal(3),
        **{
            verb + ending: Decimal(times)
            for times, verb in enumerate("doubl tripl quadrupl quintupl sextupl".split(), 2)
            for ending in ("e", "ed", "es", "ing")
        },
        "dozen": Decimal(12),
        "decade": Decimal(10),
        "century": Decimal(100),
        "noon": Decimal(12),
        "midnight": Decimal(0),
        "none": Decimal(0),
        "goalless": Decimal(0),
    },
}
"""Words that stand for a number without being one: always weak."""

UNIT_WORDS: dict[str, tuple[str, str]] = {}
"""Unit as written (lower case) → (kind, canonical English unit)."""


def _unit(kind: str, canonical: str, forms: str) -> None:
    for form in forms.split():
        UNIT_WORDS[form] = (kind, canonical)


_unit("percent", "percent", "persen % percent pct prosen")
_unit("duration", "second", "detik second seconds")
_unit("duration", "minute", "menit minute minutes min")
_unit("duration", "hour", "jam hour hours")
_unit("duration", "day", "hari day days")
_unit("duration", "week", "pekan minggu week weeks")
_unit("duration", "month", "bulan month months")
_unit("duration", "year", "tahun year years year-old")
_unit("duration", "decade", "dekade dasawarsa decade decades")
_unit("money", "IDR", "rupiah rupiahs")
_unit("money", "USD", "dolar dollar dollars")
_unit("money", "EUR", "euro euros")
_unit("money", "GBP", "poundsterling")
_unit("money", "JPY", "yen")
_unit("money", "CNY", "yuan")
_unit("money", "MYR", "ringgit")
_unit("measure", "km", "km kilometer kilometre kilometers kilometres")
_unit("measure", "m", "m meter metre meters metres")
_unit("measure", "cm", "cm sentimeter centimeter centimeters centimetre centimetres")
_unit("measure", "mm", "mm milimeter millimeter millimeters millimetre millimetres")
_unit("measure", "kg", "kg kilo kilogram kilograms")
_unit("measure", "g", "gr gram grams")
_unit("measure", "t", "ton tons tonne tonnes")
_unit("measure", "L", "liter litre liters litres")
_unit("measure", "ha", "ha hektare hektar hectare hectares")
_unit("measure", "acre", "ekar acre acres")
_unit("measure", "degree", "derajat degree degrees °")
_unit("measure", "mile", "mil mile miles")
_unit("measure", "foot", "kaki foot feet")
_unit("measure", "inch", "inci inch inches")
_unit("measure", "MW", "mw megawatt megawatts")
_unit("measure", "kWh", "kwh")
_unit("measure", "GB", "gb gigabyte gigabytes")
_unit("measure", "MB", "mb megabyte megabytes")
_unit("measure", "MP", "mp megapiksel megapixel megapixels")
_unit("measure", "point", "poin point points pts")

CURRENCIES = {
    "rp": "IDR",
    "idr": "IDR",
    "us$": "USD",
    "usd": "USD",
    "$": "USD",
    "dolar": "USD",
    "a$": "AUD",
    "s$": "SGD",
    "sin$": "SGD",
    "sgd": "SGD",
    "aud": "AUD",
    "€": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "jpy": "JPY",
    "rm": "MYR",
    "hk$": "HKD",
    "cny": "CNY",
}
"""Currency signs and codes that stand before an amount, lower case → ISO 4217 code."""

CURRENCY_BEFORE = re.compile(
    r"(?<![^\W\d_])(US\s?\$|A\$|Sin\$|S\$|HK\$|Rp\.?|USD|IDR|SGD|AUD|EUR|GBP|JPY|CNY|RM|[$€£¥])\s?\.?\s?\Z",
    re.IGNORECASE,
)
"""A currency sign or code at the end of the text before an amount."""
