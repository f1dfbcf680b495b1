"""Furniture that only its surroundings give away: headlines, standfirsts, captions, link lists.

Works on a ``View`` of the page (units, the rule that took each, which read like running text)
and fills its rules in. Careful by design: what could be story stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.reading.furniture_pieces import dateline
from toolkit.reading.layout import Unit
from toolkit.reading.rules import PHOTO, Rule

CONTEXT_RULES: tuple[Rule, ...] = (
    Rule("headline", "context", "", "Jembatan Baru Dibuka Pekan Depan"),
    Rule("repeated-headline", "context", "", "Jembatan Baru Dibuka Pekan Depan"),
    Rule("standfirst", "context", "", "Gubernur meresmikan jembatan baru di Sungai Musi kemarin."),
    Rule("caption", "context", "", "Gubernur (kiri) dan wali kota berfoto di jembatan."),
    Rule("repeated-caption", "context", "", "Gubernur dan wali kota"),
    Rule("above-the-story", "context", "", "Gubernur dan wali kota di jembatan"),
    Rule("below-the-story", "context", "", "jembatan gantung"),
    Rule("byline", "context", "", "Ratna Wulandari"),
    Rule("related-links", "context", "", "Harga Cabai Naik Menjelang Lebaran"),
    Rule("separator", "context", "", "* * *"),
    Rule("list-marker", "context", "", "• "),
)
"""What the functions here report; they have no pattern."""

_FULL_STOP = re.compile(r"[.…][\"'”’»)\]]*$")
_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_POSITION = re.compile(
    r"\((?:(?:ke)?(?:dua|tiga|empat) (?:dari )?)?(?i:kiri|kanan|tengah|depan|belakang)"
    r"(?: (?:ke|atas|bawah|depan|belakang|berkacamata|berpeci|berbaju)[^)]{0,20})?\)"
)
_MARKER = re.compile(r"(?:[•·●▪◦‣■□➢➤✓✔]\s*|[-–—*]\s+)(?=\S)")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_LABEL = re.compile(r"[A-Z][\w /-]{1,30}\s?:\s*\S")
_SPEAKER = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}\s?:\s+[A-Z\"“]")
_WORD = re.compile(r"[^\W_]+")
_PERSON = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}$")
_PICTURE = re.compile(
    rf"\(\s?(?:[^()]{{2,40}}/[^()]{{1,40}}|{PHOTO}[^()]{{0,40}})\)\.?$|"
    r"[A-Z]{4,}[A-Z ]* [-–] [A-Z]"
)
"""How captions above a dateline end or begin: "(REUTERS/Nama)", "TELEPON - Presiden"."""
_PAGE_END = frozenset(
    "signature byline tags follow-us copyright comments share-buttons republished-note source-line "
    "related-links crawling-notice about-the-outlet".split()
)
_HEADLINE_WORDS = 5
"""Shorter lines above the story are headlines only when there is no longer one."""
_HEAD_UNITS = 12
"""How far below the first running text a dateline with an outlet is looked for."""


@dataclass(slots=True)
class View:
    """The page under judgement: ``rules[i]`` is "" while unit ``i`` counts as story."""

    units: Sequence[Unit]
    rules: list[str] = field(default_factory=list)
    running: list[bool] = field(default_factory=list)
    """Whether a unit reads like a paragraph of running text."""

    def __post_init__(self) -> None:
        self.rules = [""] * len(self.units)
        self.running = [is_story(unit) for unit in self.units]

    def bounds(self) -> tuple[int, int]:
        """Positions of the first and the last story unit; (len, -1) when there is none.

        A dateline with an outlet in it marks the first one, wherever it stands near the top.
        """
        stories = [i for i, taken in enumerate(self.rules) if not taken and self.running[i]]
        if not stories:
            return len(self.units), -1
        first, seen = stories[0], 0
        for index in range(min(len(self.units), first + _HEAD_UNITS)):
            if self.rules[index]:
                continue
            seen += index >= first
            flat = self.units[index].flat
            found = dateline(flat)
            if found and found.label and (index > first or asks(self, index)):
                continue
            if found and found.strong:
                alone = found.length >= len(flat)
                if alone or self.running[index] or (index >= first and seen == 1):
                    return index, stories[-1]
        return first, stories[-1]


def normal(flat: str) -> str:
    """Words only, case-folded: for comparing lines."""
    return " ".join(_WORD.findall(flat)).casefold()


def title_case(flat: str) -> float:
    """Share of the longer words that begin with a capital or a digit."""
    words = [w for w in _WORD.findall(flat) if len(w) > 3]
    return sum(w[0].isupper() or w[0].isdigit() for w in words) / len(words) if words else 1.0


def is_story(unit: Unit) -> bool:
    """Whether a unit reads like a paragraph of running text rather than a line of page."""
    if unit.kind in ("heading", "title"):
        return False
    if _FULL_STOP.search(unit.flat):
        return unit.words >= 6
    if unit.words >= 25:
        return title_case(unit.flat) < 0.8
    return unit.words >= 8 and bool(_END.search(unit.flat)) and title_case(unit.flat) < 0.6


def asks(view: View, index: int) -> bool:
    """Whether the outlet before a colon is rather who speaks: a question, or others speak too."""
    if view.units[index].flat.endswith("?"):
        return True
    near = range(index + 1, min(len(view.units), index + 6))
    return any(not view.rules[i] and _SPEAKER.match(view.units[i].flat) for i in near)


def reads_on(unit: Unit) -> bool:
    """Whether a line without a full stop reads like a sentence rather than a headline."""
    return unit.words >= 6 and title_case(unit.flat) < 0.5 and not list_marker(unit.flat)


def in_fact_box(view: View, index: int) -> bool:
    """Whether the neighbours are "Label: value" lines too (a film's credits, a fact sheet)."""
    near = [i for i in (index - 1, index + 1) if 0 <= i < len(view.units) and not view.rules[i]]
    names = r"(?i)\W*(?:penulis|editor|reporter|pewarta|penerjemah|laporan|sumber|baca|foto)"
    flats = [view.units[i].flat for i in near]
    return any(_LABEL.match(flat) and not re.match(names, flat) for flat in flats)


def headline(view: View, given: str) -> tuple[int | None, str]:
    """(position or None, headline or ""): the page's headline above the story.

    A headline that the format gives wins; its own line on the page is looked up.
    """
    units = view.units
    first, _ = view.bounds()
    near = range(min(len(units), first + 3))
    normals = {i: normal(units[i].flat) for i in near}
    if given:
        wanted = normal(given)
        for index in near:
            if wanted and not view.rules[index] and normals[index] == wanted:
                return index, given
        return None, given
    if first >= len(units):
        return None, ""
    candidates = [i for i in range(first) if not view.rules[i] and _may_be_headline(units[i])]
    counts = list(normals.values())
    repeated = [i for i in candidates if counts.count(normals[i]) > 1 and units[i].words >= 4]
    marked = [i for i in candidates if units[i].kind == "title"]
    long = [i for i in candidates if units[i].words >= _HEADLINE_WORDS]
    single = [i for i in (long or candidates)[:1] if _is_headline(view, i)]
    for index in (*marked, *repeated, *single):
        return index, units[index].flat
    return None, ""


def _may_be_headline(unit: Unit) -> bool:
    if unit.kind == "list" or unit.flat[-1:] in ".,;:" or unit.flat[0] in "([":
        return False
    if _MARKER.match(unit.flat) or _NUMBERED.match(unit.flat) or dateline(unit.flat):
        return False
    return 2 <= unit.words <= 30 and len(unit.flat) >= 8


def _is_headline(view: View, index: int) -> bool:
    """Whether a line that stands once is a headline, not an opening sentence without full stop."""
    unit = view.units[index]
    if title_case(unit.flat) >= 0.6:
        return True
    parted = index + 1 < len(view.units) and (
        view.units[index + 1].gap > 0 or bool(view.rules[index + 1])
    )
    if unit.flat[-1] in "?!)":
        return parted and unit.words <= 16
    return unit.words <= (20 if parted else 14)


def take_repeats(view: View, title: str, position: int | None) -> None:
    """Every further line that is the headline again."""
    wanted = normal(title)
    for index, unit in enumerate(view.units):
        if not view.rules[index] and index != position and wanted and normal(unit.flat) == wanted:
            view.rules[index] = "repeated-headline"


def take_standfirst(view: View) -> None:
    """A line above the story that the story's opening repeats word for word."""
    kept = [i for i, rule in enumerate(view.rules) if not rule][:8]
    texts = {}
    for index in kept:
        flat = view.units[index].flat
        found = dateline(flat)
        texts[index] = normal(flat[found.length :] if found else flat)
    for place, index in enumerate(kept[:4]):
        mine = normal(view.units[index].flat)
        if len(mine.split()) < 6:
            continue
        for other in kept[place + 1 :]:
            if texts[other] == mine or texts[other].startswith(mine + " "):
                view.rules[index] = "standfirst"
                break


def take_above_story(view: View, has_title: bool) -> None:
    """Captions and other lines above the story.

    "(kiri)" lines, lines beside a photo credit, doubled lines; between a headline and a dateline
    that names the outlet also every other line that is no sentence.
    """
    units, rules = view.units, view.rules
    first, _ = view.bounds()
    if first >= len(units):
        return
    opening = dateline(units[first].flat)
    told = 0
    for index in range(first + 1):
        if rules[index]:
            continue
        told += view.running[index]
        flat, words = units[index].flat, units[index].words
        beside = index > 0 and rules[index - 1] in ("photo-credit", "thumbnail-label")
        if words <= 45 and _POSITION.search(flat) and (index < first or beside):
            rules[index] = "caption"
        elif index == first:
            continue
        elif words <= 45 and (
            (beside and rules[index - 1] == "photo-credit")
            or (opening and opening.strong and _PICTURE.search(flat))
        ):
            rules[index] = "caption"
        elif index + 1 < first and normal(flat) == normal(units[index + 1].flat):
            rules[index] = rules[index + 1] = "repeated-caption"
        elif index > 0 and rules[index - 1] == "byline" and _PERSON.match(flat):
            rules[index] = "byline"
        elif (
            (has_title and opening and opening.strong)
            and not (view.running[index] or units[index].kind)
            and flat[-1:] != ":"
            and not (told > 1 or (told and flat[-1:] == "?"))
        ):
            rules[index] = "above-the-story"


def take_below_story(view: View) -> None:
    """Lines that are no sentence, closed or not, below the story, once the page's end has begun."""
    _, last = view.bounds()
    ended = False
    for index in range(last + 1, len(view.units)):
        if view.rules[index] in _PAGE_END:
            ended = True
        elif ended and not (
            view.rules[index] or view.running[index] or reads_on(view.units[index])
        ):
            view.rules[index] = "below-the-story"


def take_opened(view: View, index: int, rule: Rule, last: int) -> bool:
    """What the furniture line at ``index`` opens: other articles' headlines, or the page's end.

    Returns True when all the rest of the page was looked at.
    """
    units, rules = view.units, view.rules
    if index > last or (rule.opens == "rest" and index >= 0.5 * len(units) and index > 3):
        for i in range(index + 1, len(units)):
            if not rules[i] and (rule.opens == "rest" or not view.running[i]):
                rules[i] = "related-links"
        return True
    if rule.opens != "headlines":
        return False
    taken: list[int] = []
    for i in range(index + 1, min(len(units), index + 9)):
        unit = units[i]
        if rules[i] or unit.kind == "heading" or not _is_link(unit):
            break
        if unit.gap > units[index + 1].gap or (unit.gap and title_case(unit.flat) < 0.6):
            break
        taken.append(i)
    if taken and _heads_next_part(units, taken):
        taken.pop()
    for i in taken:
        rules[i] = "related-links"
    return False


def _heads_next_part(units: Sequence[Unit], taken: list[int]) -> bool:
    """Whether the last of the lines taken for links rather heads the story's next part."""
    last = units[taken[-1]]
    if len(taken) == 1:
        return bool(last.gap) and last.words < 6
    return last.words <= (8 if last.gap else 5)


def _is_link(unit: Unit) -> bool:
    flat = unit.flat
    if _FULL_STOP.search(flat) or flat[-1:] in ":;," or not 3 <= unit.words <= 25:
        return False
    return flat[0] not in "\"“'‘" or title_case(flat) >= 0.6


def list_marker(raw: str) -> int:
    """Length of the bullet at the beginning of ``raw``; 0 when there is none."""
    match = _MARKER.match(raw)
    return match.end() if match else 0
