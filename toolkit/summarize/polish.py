"""The coherence pass: makes chosen, translated sentences read as one text without new facts.

Takes off a leading connective whose partner is not in the summary, gives a person's name in full
at its first mention, and dates a bare weekday or "yesterday" when the article's date is known. Each
change is recorded as an info check. Selection and translation happen elsewhere.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from toolkit.summarize.cohesion import drop_connective, opens_connected
from toolkit.summarize.quotations import cuts, mend
from toolkit.summarize.relative_days import resolve_relative_day
from toolkit.summarize.weekdays import resolve_weekday
from toolkit.text.dates import find_dates, format_date
from toolkit.text.name_find import TITLES, is_common
from toolkit.text.names import find_names
from toolkit.types import Check, Document, Hypothesis, Sentence, SummarySentence

_SAYS = r"\b(?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|tambah|imbuh|papar|menurut)"
_SPEAKS = (
    r"(?:mengatakan|menyatakan|menegaskan|menyebut|menambahkan|menjelaskan|mengungkapkan|"
    r"menekankan|menuturkan|meminta|menilai|mengundang|sepakat)\b"
)
# Offices named with a place or body: "Bupati Jayawijaya Alpius Wetipo" is no name of three words.
_OFFICE = re.compile(
    r"\b(?i:bupati|gubernur|wali ?kota|kapol\w+|kajari|penasihat|ajudan|bicara|ketua|direktur|"
    r"kepala|pelatih|dubes|utusan|menteri|humas|sekretaris)(?:\s+[A-Z][\w-]*)*\s+$"
)
_OF_A_BODY = frozenset("pelatih ketua umum kepala direktur utama coach captain kapten".split())
"""Titles that a body's name follows as often as a person's: "pelatih Persib"."""
_NO_PERSON = (
    r"(?:di|ke|asal|klub|tim|skuad|gol-gol|bek|kiper|penyerang|striker|gelandang|pemain|suporter|"
    r"laga|markas|kandang|kota|kabupaten|provinsi|warga|bank|PT|partai|stadion|pulau)"
)
"""Words before a place, a club or a company; a name that ever follows one is no person's."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were|be) (?:to|due|set|going)|scheduled|expected|"
    r"planned|plans?|next|coming|upcoming)\b|['’]ll\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"\b(?:every|each|usually|always|often|regularly)\b", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\s+(?:morning|afternoon|evening|night)\b")


def polish(
    document: Document, sentences: Sequence[tuple[Sentence, Hypothesis]]
) -> tuple[SummarySentence, ...]:
    """Turn chosen sentences (document order) and their hypotheses into summary sentences."""
    full = full_names(document)
    seen: set[str] = set()
    anchor = datetime.date.fromisoformat(document.date) if document.date else None
    ids = {s.id for s, _ in sentences}
    cut = cuts(document)
    out = []
    for sentence, hypothesis in sentences:
        text, checks = hypothesis.text, list(hypothesis.checks)
        if opens_connected(sentence.clean) and sentence.id - 1 not in ids:
            shorter = drop_connective(text)
            if shorter != text:
                checks.append(_note("took off the opening connective"))
                text = shorter
        if own := cut.get(sentence.id):
            before, after = cut.get(sentence.id - 1), cut.get(sentence.id + 1)
            opened = before is not None and before.after and sentence.id - 1 in ids
            goes_on = after is not None and after.before and sentence.id + 1 in ids
            whole = mend(text, own, opened=opened, goes_on=goes_on)
            if whole != text:
                checks.append(_note("quotation marks put where the quotation was cut"))
                text = whole
        text, completed = complete_names(text, sentence.clean, full, seen)
        checks.extend(_note(f"name given in full: {name}") for name in completed)
        if anchor is not None:
            text, resolved = resolve_weekdays(text, sentence.clean, anchor, document.date_slack)
            if not document.date_slack:
                text, label = resolve_relative_day(text, sentence.clean, anchor)
                resolved += [label] if label else []
            checks.extend(_note(f"date resolved from the article's date: {d}") for d in resolved)
        if text[-1:].isalnum():
            text += "."
        out.append(SummarySentence(text, (sentence.id,), tuple(checks)))
    return tuple(out)


def _note(detail: str) -> Check:
    return Check("repaired", "info", detail)


def full_names(document: Document) -> dict[str, str]:
    """Persons of the document: short form → full name, where that is unambiguous.

    A full name is two to four words, none of them a common word; the article uses its first or
    last word alone as well, and shows somewhere that it is a person: a title before the name or a
    verb of speaking beside it.
    """
    singles: set[str] = set()
    fulls: dict[str, set[str]] = {}
    for sentence in document.sentences:
        for name in find_names(sentence.clean, "id"):
            parts = name.text.split()
            if len(parts) == 1 and not name.text.isupper():
                singles.add(name.text)
            while name.kind == "name" and len(parts) > 1 and is_common(parts[0], "id"):
                parts = parts[1:]  # "Menteri Pertanian …": the office's words are common ones
            if not 2 <= len(parts) <= 4 or any(is_common(p, "id") for p in parts):
                continue
            if len(parts) > 2 and _OFFICE.search(sentence.clean[: name.start]):
                continue
            for part in {parts[0], parts[-1]}:
                fulls.setdefault(part, set()).add(" ".join(parts))
    text = " ".join(s.clean for s in document.sentences)
    found = {}
    for short in sorted(singles):
        names = fulls.get(short, set())
        if len(names) == 1 and _is_person(text, short, *names):
            found[short] = next(iter(names))
    return found


def _is_person(text: str, *forms: str) -> bool:
    """Whether a title or a verb of speaking stands beside one of the forms."""
    either = "|".join(map(re.escape, forms))
    spoken = rf"{_SAYS}\s+(?:{either})\b|\b(?:{either}),?\s+(?:juga\s+)?{_SPEAKS}"
    if re.search(rf"\b{_NO_PERSON}\s+(?:{either})\b", text, re.IGNORECASE):
        return False
    titles = "|".join(sorted(TITLES - _OF_A_BODY)) + "|menlu|menhan|menko|menkeu"
    titled = rf"\b(?:{titles})\b(?:\s+[\w-]+){{0,3}}\s+(?:{either})\b"
    return bool(re.search(spoken, text, re.IGNORECASE) or re.search(titled, text, re.IGNORECASE))


def complete_names(
    english: str, source: str, full: dict[str, str], seen: set[str]
) -> tuple[str, list[str]]:
    """Put full names where a person is first named by one word; returns text and what changed.

    ``seen`` collects the short names already introduced and is updated. A name is only completed
    when the source sentence itself uses the short form, and never in words that are quoted.
    """
    completed = []
    for short, name in full.items():
        mentions = re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", english)
        mention = next((m for m in mentions if not _quoted(english, m.start())), None)
        if mention is None or short in seen:
            continue
        seen.update(part for part in name.split() if full.get(part) == name)
        if name in english:
            continue
        others = [p for p in name.split() if p != short]
        near = english[max(0, mention.start() - 25) : mention.end() + 25]
        if any(p in near for p in others) or short not in source or name in source:
            continue
        if _beside_a_name(english, *mention.span()):
            continue
        english = english[: mention.start()] + name + english[mention.end() :]
        completed.append(name)
    return english, completed


def _quoted(text: str, at: int) -> bool:
    """Whether a position lies between double quotation marks."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _beside_a_name(text: str, start: int, end: int) -> bool:
    """Whether another capitalised word stands right before or after, title and common words apart.

    "Persib Ciro Alves" may be a club and a player: completing the first would make a third name.
    """
    after = re.match(r"(?:['’]s)?[\s-]+[A-Z]", text[end:])
    before = re.search(r"([A-Z][\w.'’-]*)[\s-]+$", text[:start])
    if after or before is None:
        return bool(after)
    word = before[1].rstrip(".").lower()
    return word not in TITLES and not is_common(before[1], "en")


def resolve_weekdays(
    english: str, source: str, anchor: datetime.date, slack: int = 0
) -> tuple[str, list[str]]:
    """Add the date in brackets after a bare weekday that the source has bare as well.

    Only when the source sentence mentions exactly one such weekday, leaves no doubt which day is
    meant (see ``weekdays``), and the English mentions it once and in no other tense. ``anchor`` is
    the article's date; where it may be up to ``slack`` days younger, the day must be the same
    whichever it is. Returns the text and the dates added.
    """
    bare = [
        m
        for m in find_dates(source, "id")
        if m.weekday is not None and m.day is None and m.month is None
    ]
    added = []
    for mention in bare:
        if mention.weekday is None or sum(m.weekday == mention.weekday for m in bare) != 1:
            continue
        days = [anchor + datetime.timedelta(days=k) for k in range(slack + 1)]
        resolved, *others = (resolve_weekday(mention, source, day) for day in days)
        if any(other != resolved for other in others):
            continue
        name = _WEEKDAYS[mention.weekday]
        found = list(
            re.finditer(rf"\b{name}\b(?!\s*(?:\(|,?\s*(?:\d|[A-Z][a-z]{{2,8}}\.?\s\d)))", english)
        )
        if resolved is None or len(found) != 1 or len(re.findall(name, english)) != 1:
            continue
        day, side = resolved
        clause = re.split(r"[,;:]", english[: found[0].start()])[-1]
        ahead = bool(_AHEAD.search(clause))
        if _REPEATED.search(english) or ahead is not (side == "future"):
            continue
        label = format_date(day, "en")
        part = _PART_OF_DAY.match(english, found[0].end())
        end = part.end() if part else found[0].end()
        english = f"{english[:end]} ({label}){english[end:]}"
        added.append(label)
    return english, added
