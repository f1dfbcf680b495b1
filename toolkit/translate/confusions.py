"""Words of one field in each other's place: flood for fire, north for south, judge for prosecutor.

A model that does not know a word often takes a neighbour of the same field, and the sentence still
reads well. A row of a field (``data/confusions.txt``) has the Indonesian forms of one thing and the
English words for it. A finding needs the source to name the thing, the hypothesis to have no word
that may stand for it, and to have a word for another thing of the field that the source does not
name. Also here: qualifiers that may not be lost ("mantan", "wakil", "diduga"). Nothing is repaired.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.translate.opposites import word_pattern
from toolkit.types import Check

_WORD = re.compile(r"[^\W\d_]+")
_STREET = re.compile(r"\b(?:Jalan|Jl\.?)(?: [A-Z]\w*)+")
"""Names of streets stay as they are."""
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")


@dataclass(frozen=True, slots=True)
class _Thing:
    kept: re.Pattern[str]
    """English that may stand for it."""
    named: re.Pattern[str]
    """English that can hardly stand for anything else."""


def _read(field: str) -> dict[str, _Thing]:
    """The things of a field by their Indonesian forms."""
    found: dict[str, _Thing] = {}
    for line in field.strip().splitlines():
        forms, _, words = line.partition(":")
        named, _, more = words.partition("|")
        thing = _Thing(word_pattern(f"{named} {more}"), word_pattern(named))
        found |= dict.fromkeys(forms.split(), thing)
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    joined: re.Pattern[str]
    """Compounds, to be written together."""
    by_form: dict[str, tuple[dict[str, _Thing], _Thing]]
    """The field and the thing of each Indonesian form."""


@cache
def _table() -> _Table:
    path = Path(__file__).resolve().parent / "data" / "confusions.txt"
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    compounds, *fields = "\n".join(lines).strip().split("\n\n")
    joined = "|".join(compounds.split()).replace("_", r"\s+")
    by_form = {f: (field, thing) for field in map(_read, fields) for f, thing in field.items()}
    return _Table(re.compile(rf"\b({joined})\b"), by_form)


_QUALIFIERS = (
    (
        r"\b(?:mantan|eks)(?=[- ][a-z])",
        "former* would-be ex ex-* one-time onetime past previous* once then old retired late "
        "erstwhile used ago graduat* alum* deposed ousted outgoing veteran* emeritus "
        "no_longer convict* predecessor*",
        "is or was no longer",
    ),
    (
        r"(?<!tidak )(?<!tak )\b(?:diduga|terduga pelaku|dugaan)\b",
        "alleg* suspect* believ* thought presum* purport* apparent* report* accus* seem* "
        "possib* suspicio* claim* probabl* said suppos* likely may might appear* could think* "
        "assum* estimat* charg* indicat* sign* guess* putativ* potential* expect* susp* "
        "would-be fear* conject* hypothes* speculat* imput* feel felt considered anticipat* "
        "unexpected* suggest* rumor* implicat* tentative* unproven allude* evidently",
        "it is not certain",
    ),
    (
        r"\bwakil (?:presiden|gubernur|bupati|wali kota|walikota|menteri|ketua|perdana|direktur)\b",
        "vice* deput* associate* representative* wagub wapres cawapres assistant* under-* "
        "undersecretary wamen* second v-p vp lieutenant running_mate* co-chair* pence harris "
        "biden kalla ma'ruf jk gibran number_two",
        "the office of a deputy",
    ),
    (
        r"\basisten (?:manajer|pelatih|direktur|deputi|menteri|sutradara|wasit|gubernur|bupati|"
        r"dosen|profesor|redaktur)",
        "assistant* deput* aide* helper* vice* associate* undersecretary",
        "the office of an assistant",
    ),
    (
        r"\b(?:direktur|sekretaris|inspektur) jend[ae]ral\b",
        "general dg dg's gen* sg secretary-general",
        "the office of a director or secretary general",
    ),
    (
        r"\b(?:pelaksana tugas|plt\.?|penjabat|pj\.?|pjs\.?|plh\.?) (?:gubernur|bupati|wali|kepala|"
        r"ketua|direktur|dirjen|menteri|sekretaris)",
        "acting caretaker* interim care-taker plt pj temporar* ad_interim daily substitute "
        "stand-in official",
        "in office for a time",
    ),
    (
        r"\b(?:presiden|gubernur|bupati|wali ?kota|pemimpin|ketua|wapres|kepala daerah) "
        r"(?:\w+ ){0,3}terpilih\b",
        "elect elected *-elect newly winn* win won chos* incoming re-elect* reelect* select* "
        "elect* victor* poll* vot*",
        "not yet in office",
    ),
    (
        r"\bcalon (?:presiden|gubernur|bupati|wali ?kota|wakil|legislatif|pembeli|penumpang|jemaah|"
        r"korban|pengantin|hakim|ketua|kepala|menteri)",
        "candidate* prospect* would-be contend* hopeful* potential* nomin* future aspir* pair* "
        "soon-to-be bride* running ticket* intend* fianc* designate* applicant* trainee* elect* "
        "to_be cadet* capres cawapres cagub presidential gubernatorial pilgrim* passeng* next bid* "
        "run* ran successor*",
        "not yet",
    ),
    (
        r"\brancangan (?:undang|peraturan|kitab)",
        "bill* draft* ruu rapbn rkuhp plan* design* proposed",
        "not yet a law",
    ),
    (
        r"\bpercobaan (?:pembunuhan|pencurian|pemerkosaan|perampokan|suap|bunuh)",
        "attempt* try tried tries bid trying",
        "it was tried only",
    ),
)
"""What the source says, the English that keeps it, and what its loss means."""
_LOST = tuple((re.compile(said), word_pattern(kept), why) for said, kept, why in _QUALIFIERS)


def check_confusions(source: str, hypothesis: str) -> list[Check]:
    """Words of one field in each other's place, lost qualifiers (warnings)."""
    table, low = _table(), _STREET.sub(" ", source).lower()
    joined = table.joined.sub(lambda m: re.sub(r"\s+", "", m[0]), low)
    words = set(_WORD.findall(joined))
    words |= {w.removesuffix(e) for w in words for e in _ENDINGS if w.endswith(e) and len(w) > 6}
    checks: list[Check] = []
    for form in sorted(table.by_form.keys() & words):
        field, thing = table.by_form[form]
        if thing.kept.search(hypothesis):
            continue
        said = {id(t) for f, t in field.items() if f in words}
        others = (t.named.search(hypothesis) for t in field.values() if id(t) not in said)
        if found := next((match for match in others if match), None):
            detail = f"'{form}' of the source may have become '{found.group()}'."
            checks.append(Check("omission", "warning", detail))
            break
    for words_of, kept, why in _LOST:
        if (match := words_of.search(low)) and not kept.search(hypothesis):
            detail = f"'{match.group()}' of the source ({why}) seems to be lost."
            checks.append(Check("omission", "warning", detail))
            break
    return checks
