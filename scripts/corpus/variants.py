"""More pairs with numbers, dates and rare characters: real pairs with both sides changed alike.

A small model copies a number it has never seen only when it has seen very many. Each pair here is
a clean pair in which every changed fact stood on both sides in an unmistakable form: plain
numbers (``1.250`` with ``1,250``), ``(12/7)`` with ``July 12``, weekday names.
"""

from __future__ import annotations

import random
import re
import unicodedata

_NUMBER = re.compile(r"(?<![\d.,/:\w-])\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.,/:]*\d)"
                     r"|(?<![\d.,/:\w-])\d{1,6}(?:,\d{1,2})?(?![\d.,/:]*\d)")  # fmt: skip
_DATE = re.compile(r"\((\d{1,2})/(\d{1,2})(?:/(\d{4}))?\)")
_DAYS = {"Senin": "Monday", "Selasa": "Tuesday", "Rabu": "Wednesday", "Kamis": "Thursday",
         "Jumat": "Friday", "Sabtu": "Saturday", "Minggu": "Sunday"}  # fmt: skip
_LONG = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"]  # fmt: skip
_SHORT = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
          "Dec."]  # fmt: skip


def vary(indonesian: str, english: str, draw: random.Random) -> tuple[str, str] | None:
    """A variant of the pair, or None when it has no fact that can be changed safely."""
    pair = _dates(indonesian, english, draw)
    pair = _weekdays(*pair, draw)
    pair = _numbers(*pair, draw)
    return None if pair == (indonesian, english) else pair


def to_english(number: str) -> str:
    """``1.250,5`` → ``1,250.5``."""
    return number.translate(str.maketrans(".,", ",."))


def _digits(number: str, draw: random.Random) -> str:
    lead = True
    out = []
    for char in number:
        if char.isdigit():
            char = draw.choice("123456789" if lead else "0123456789")
            lead = False
        out.append(char)
    return "".join(out)


def _numbers(indonesian: str, english: str, draw: random.Random) -> tuple[str, str]:
    swaps: dict[str, str] = {}
    for match in _NUMBER.finditer(indonesian):
        old = match.group()
        if len(old) < 2 or old in swaps or indonesian.count(old) > 1:
            continue
        if re.fullmatch(r"(19|20)\d\d", old) and draw.random() < 0.5:
            continue
        there = re.findall(rf"(?<![\d.,]){re.escape(to_english(old))}(?![\d]|[.,]\d)", english)
        if len(there) == 1:
            swaps[old] = _digits(old, draw)
    for old, new in swaps.items():
        indonesian = re.sub(rf"(?<![\d.,]){re.escape(old)}(?!\d|[.,]\d)", "\0" + new, indonesian)
        pattern = rf"(?<![\d.,\0]){re.escape(to_english(old))}(?!\d|[.,]\d)"
        english = re.sub(pattern, "\0" + to_english(new), english)
    return indonesian.replace("\0", ""), english.replace("\0", "")


def _dates(indonesian: str, english: str, draw: random.Random) -> tuple[str, str]:
    found = list(_DATE.finditer(indonesian))
    if len(found) != 1:
        return indonesian, english
    day, month, year = (int(g) if g else None for g in found[0].groups())
    if not month or month > 12:
        return indonesian, english
    for names in (_SHORT, _LONG):
        old = f"{names[month - 1]} {day}"
        if len(re.findall(rf"{re.escape(old)}(?!\d)", english)) != 1:
            continue
        new_day, new_month = draw.randint(1, 28), draw.randint(1, 12)
        there = f"{names[new_month - 1]} {new_day}"
        english = re.sub(rf"{re.escape(old)}(?!\d)", there, english)
        here = f"({new_day}/{new_month}" + (f"/{year})" if year else ")")
        return indonesian.replace(found[0].group(), here), english
    return indonesian, english


def _weekdays(indonesian: str, english: str, draw: random.Random) -> tuple[str, str]:
    here = [d for d in _DAYS if re.search(rf"\b{d}\b", indonesian)]
    there = [d for d in _DAYS.values() if d in english]
    if len(here) != 1 or there != [_DAYS[here[0]]] or (here[0] == "Minggu" and "Sunday" in there):
        return indonesian, english
    new = draw.choice([d for d in _DAYS if d != "Minggu"])
    return re.sub(rf"\b{here[0]}\b", new, indonesian), english.replace(there[0], _DAYS[new])


_RANGES = (
    (0x00C0, 0x024F, 6), (0x1E00, 0x1EFF, 2), (0x0370, 0x03FF, 2), (0x0400, 0x04FF, 3),
    (0x0621, 0x064A, 3), (0x05D0, 0x05EA, 1), (0x0905, 0x0939, 1), (0x0E01, 0x0E2E, 1),
    (0x3041, 0x30FA, 2), (0x4E00, 0x9FA5, 4), (0xAC00, 0xD7A3, 1), (0x1F300, 0x1F64F, 2),
    (0x2190, 0x25FF, 1),
)  # fmt: skip
"""First and last character of blocks, and how often to draw from each."""
_NAME = re.compile(r"(?<![\w-])[A-Z][a-z]{3,}(?![\w-])")


def foreign(indonesian: str, english: str, draw: random.Random) -> tuple[str, str] | None:
    """The pair with a name that stands once on both sides in other letters, or None without one.

    What no piece of the vocabulary has is given in bytes, which a model learns to copy from these.
    """
    here, there = _NAME.findall(indonesian), _NAME.findall(english)
    names = [n for n in dict.fromkeys(here) if here.count(n) == there.count(n) == 1]
    if not names:
        return None
    old = draw.choice(names)
    first, last, _ = draw.choices(_RANGES, weights=[r[2] for r in _RANGES])[0]
    letters = [
        c
        for c in (chr(draw.randint(first, last)) for _ in range(12))
        if unicodedata.category(c)[0] in "LS" and unicodedata.normalize("NFKC", c) == c
    ]
    if not letters:
        return None
    if first < 0x2000 and draw.random() < 0.6:  # a slip of another script within the name
        place = draw.randrange(len(old))
        new = old[:place] + letters[0] + old[place + 1 :]
    else:
        new = "".join(letters[: draw.randint(1, 4)])
    return indonesian.replace(old, new), english.replace(old, new)


_LONG_WORD = re.compile(r"(?<![\w-])[a-z]{6,}(?![\w-])")
_TWO_WORDS = re.compile(r"(?<![\w-])([a-z]{4,}) ([a-z]{4,})(?![\w-])")


def misspelt(indonesian: str, english: str, draw: random.Random) -> tuple[str, str] | None:
    """The pair with a slip of the pen on the Indonesian side, or None where there is no place.

    Two letters swapped, one left out, doubled or added, or a space lost: what newspapers' pages
    have ("ymengatakan", "kelapa negara", "dataBPS"). Words that the English side has, too, stay.
    """
    if draw.random() < 0.25 and (pairs := list(_TWO_WORDS.finditer(indonesian))):
        found = draw.choice(pairs)
        slip = found[1] + found[2]
    else:
        kept = set(_LONG_WORD.findall(english))
        words = [m for m in _LONG_WORD.finditer(indonesian) if m[0] not in kept]
        if not words:
            return None
        found = draw.choice(words)
        word, at = found[0], draw.randrange(1, len(found[0]) - 1)
        slip = draw.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                draw.choice("abdegiklmnprstuy") + word,
            )
        )
        if slip == word:
            return None
    return indonesian[: found.start()] + slip + indonesian[found.end() :], english


_SMALL = frozenset(
    "dan di ke dari yang untuk pada dengan dalam oleh atau a an the of in on at to for and or by "
    "with from as".split()
)


def headline(indonesian: str, english: str) -> tuple[str, str] | None:
    """The pair written as a headline (words capitalised, no full stop), or None for long ones.

    Pieces know case: a model that never saw these capitals copies such words untranslated.
    """
    if not 3 <= len(indonesian.split()) <= 14 or any(c in indonesian for c in '"(;'):
        return None
    return _titled(indonesian), _titled(english)


def _titled(text: str) -> str:
    words = text.rstrip(".").split()
    return " ".join(
        word if i and word.lower() in _SMALL else word[:1].upper() + word[1:]
        for i, word in enumerate(words)
    )
