"""Source text left untranslated: Indonesian words that English does not have.

In running text a lower-case word is enough. A capital makes a word a name as a rule, so that a
capitalised one counts only where its capital is that of a sentence's first word, and in headlines
and texts in capitals, where all words have one. Made-up words are ``spelling``'s.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from toolkit.types import Check

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SET_APART = re.compile(r"\([^()]*\)|[\"“][^\"“”]*[\"”]|['‘][^'‘’]*['’](?!\w)")
_INDONESIAN = frozenset(
    "yang dan dengan untuk dari pada tidak akan adalah juga telah sudah oleh karena sebagai dalam "
    "mereka kami kita bisa dapat lebih saat setelah bahwa atau tersebut menjadi serta tahun itu "
    "ini ujar jika ketika sebelum seperti antara masih belum sangat hanya tetapi namun sehingga "
    "agar hingga sampai secara merupakan terhadap tentang kepada orang ia nya mengatakan menurut "
    "sedang harus lalu kembali selama satu dua tiga hari jadi sejumlah kecamatan kabupaten "
    "kelurahan provinsi bupati gubernur walikota menteri".split()
)
_NO_NAMES = frozenset(w for w in _INDONESIAN if len(w) > 3) - {"hari", "dari", "jadi", "agar"}
_HEADING = 20  # words; longer lines are lists of names
_DETERMINERS = frozenset("the a an this that these those".split())
_BEGINS = re.compile(r"(?:^|[.!?…:;\n])[\s\"“‘'(\[•–—-]*$")
_CAPITAL_BEHIND = re.compile(r"[ -][\"“]?[^\W\d_a-z]")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_LOANS = re.compile(
    r"\b(?:wayang (?:kulit|golek|orang|wong|beber)|gado-gado|mudik|kue lapis|"
    r"nasi (?:goreng|padang|uduk|kuning|lemak|campur|tumpeng|liwet|gudeg)|mie? goreng|"
    r"batik tulis|pencak silat|gini(?= (?:ratio|coefficient|index)))\b",
    re.IGNORECASE,
)
"""Dishes, arts and customs that English news calls by their own names."""
_PIOUS = frozenset("alhamdulillah insyaallah assalamualaikum bismillah".split())


def check_copied(source: str, hypothesis: str) -> list[Check]:
    """Source text left untranslated.

    Words in quotation marks or in brackets, and names, may rightly stand as they were.
    """
    plain = _LOANS.sub(" ", _SET_APART.sub(" ", hypothesis))
    found = _WORD.findall(plain)
    lower = [w for w in found if w[0].islower()]
    originals = _WORD.findall(source)
    there = {w.lower() for w in originals}
    copied = [w for w in lower if w in there]
    left = [w for w in lower if w in _INDONESIAN or (w in there and w in indonesian_only())]
    if left and len(copied) >= 0.5 * len(lower) and len(copied) >= 3:
        return [Check("copied", "error", "The sentence was left in Indonesian.")]
    if len(left) == 1 and left[0] not in there:
        left = []
    if not left:
        left = _in_heading(source, originals, found)
    if not left:
        same = [w for w in found if w[0].isupper() and w.lower() in there]
        left = _capitalised(source, plain, same)
    if not left:
        return []
    shown = ", ".join(f"'{w}'" for w in dict.fromkeys(left))
    return [Check("copied", "warning", f"Left in Indonesian: {shown}.")]


def _in_heading(source: str, originals: list[str], found: list[str]) -> list[str]:
    """Indonesian words left in a headline whose words all have capitals, or in capitals.

    One verb or function word is enough; other words may be parts of names: two are wanted.
    """
    long = [w for w in originals if len(w) > 3]
    if (
        len(long) < 3
        or len(originals) > _HEADING
        or sum(w[0].isupper() for w in long) < 0.8 * len(long)
    ):
        return []
    loud = sum(w.isupper() for w in long) >= 0.8 * len(long)
    if source.endswith(".") and not loud:
        return []
    there = {w.lower() for w in long} if loud else set(originals)
    same = [w for w in found if (w.lower() if loud else w) in there and len(w) > 3]
    telling = _NO_NAMES | verbs()
    if any(w.lower() in telling for w in same):
        return [w for w in same if w.lower() in telling or w.lower() in indonesian_only()]
    left = [w for w in same if w.lower() in indonesian_only()]
    return left if len(left) >= 2 and len(left) >= 0.3 * len(found) else []


def _capitalised(source: str, hypothesis: str, same: list[str]) -> list[str]:
    """Words of the source left standing with a capital that is no name's."""
    left = []
    for word in same:
        low = word.lower()
        if word.isupper() or len(word) < 4:
            continue
        sure = low in indonesian_only()
        if not sure and low not in _sometimes_names():
            continue
        if low in _PIOUS or _as_name(word, low, source):
            continue
        for match in re.finditer(rf"(?<![\w-]){word}(?![\w-]|\.\w)", hypothesis):
            if _CAPITAL_BEHIND.match(hypothesis, match.end()):
                continue
            ahead = hypothesis[: match.start()].rstrip()
            head = _LAST_WORD.search(ahead)
            if head is not None and head.group().lower() in _DETERMINERS:
                opens = sure and _BEGINS.search(ahead, 0, head.start())
                wrong = bool(opens) or _pointed_at(low, source)
            else:
                wrong = sure and bool(_BEGINS.search(hypothesis, 0, match.start()))
            if wrong:
                left.append(word)
                break
    return left


def _pointed_at(low: str, source: str) -> bool:
    """Whether the source has "taman itu" and the like, as it would not of a name."""
    return bool(re.search(rf"\b{low} (?:itu|ini|tersebut)\b", source, re.IGNORECASE))


def _as_name(word: str, low: str, source: str) -> bool:
    """Whether the source writes a word with a capital that is not the sentence's."""
    for match in re.finditer(rf"(?<![\w-])(?:{word}|{low})(?![\w-])", source):
        if match.group() == low:
            continue
        if _CAPITAL_BEHIND.match(source, match.end()):
            return True
        if not _BEGINS.search(source, 0, match.start()):
            return True
    return False


@cache
def _english() -> frozenset[str]:
    """Words of English news, and those that both languages have."""
    from toolkit.text.resources import words

    path = Path(__file__).resolve().parent / "data" / "shared_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    shared = " ".join(line for line in lines if not line.startswith("#")).split()
    return words("words_lower.en.txt") | words("words_mixed.en.txt") | set(shared)


@cache
def indonesian_only() -> frozenset[str]:
    """Common Indonesian words that English does not have."""
    from toolkit.text.resources import words

    return frozenset(w for w in words("words_lower.id.txt") if len(w) > 3) - _english()


@cache
def _sometimes_names() -> frozenset[str]:
    """Indonesian words that news writes with a capital as often as not."""
    from toolkit.text.resources import words

    return frozenset(w for w in words("words_mixed.id.txt") if len(w) > 3) - _english()


_ACTIVE = (("meny", "s"), ("meng", ""), ("meng", "k"), ("mem", ""), ("mem", "p"), ("men", ""))
_BEGINNINGS = (*_ACTIVE, ("men", "t"), ("me", ""))


@cache
def verbs() -> frozenset[str]:
    """Indonesian verbs: those with me-, di-, ber- or ter-, and the bare ones of headlines.

    A bare verb ("guncang") is one of which both the active ("mengguncang") and the passive
    ("diguncang") are common words.
    """
    from toolkit.text.resources import words

    common = words("words_lower.id.txt")
    found = {w for w in common if re.fullmatch(r"(?:me[lmnrwy]|di|ber|ter)[a-z]{4,}", w)}
    for word in common:
        for beginning, letter in _BEGINNINGS:
            base = letter + word.removeprefix(beginning)
            if word.startswith(beginning) and len(base) > 3 and f"di{base}" in common:
                found.add(base)
    return frozenset(found) - _english() - _parts_of_names()


@cache
def _parts_of_names() -> frozenset[str]:
    from toolkit.text.name_find import terms
    from toolkit.text.resources import words

    places = frozenset(word for form in terms() for word in form)
    return places | words("words_upper.id.txt") | words("words_mixed.id.txt")
