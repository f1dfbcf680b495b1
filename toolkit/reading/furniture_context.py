"""Furniture that only its surroundings give away: headlines, standfirsts, captions, link lists.

Works on units and a parallel list of rule names ("" is story so far), which the functions fill
in. Careful by design: what could be story stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.reading.furniture_pieces import dateline
from toolkit.reading.layout import Unit
from toolkit.reading.rules import Rule

CONTEXT_RULES: tuple[Rule, ...] = (
    Rule("headline", "context", "", "Jembatan Baru Dibuka Pekan Depan"),
    Rule("repeated-headline", "context", "", "Jembatan Baru Dibuka Pekan Depan"),
    Rule("standfirst", "context", "", "Gubernur meresmikan jembatan baru di Sungai Musi kemarin."),
    Rule("caption", "context", "", "Gubernur (kiri) dan wali kota berfoto di jembatan."),
    Rule("repeated-caption", "context", "", "Gubernur dan wali kota"),
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
_LABEL = re.compile(r"[A-Z][\w /-]{1,30}\s?:\s*\S")
_WORD = re.compile(r"[^\W_]+")


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
    words = unit.words
    if words >= 25:
        return title_case(unit.flat) < 0.8
    if _FULL_STOP.search(unit.flat):
        return words >= 6
    return words >= 8 and bool(_END.search(unit.flat)) and title_case(unit.flat) < 0.6


def story_bounds(units: Sequence[Unit], rules: Sequence[str]) -> tuple[int, int]:
    """Positions of the first and the last story unit; (len, -1) when there is none.

    A dateline with an outlet in it marks the first one, wherever it stands near the top.
    """
    stories = [i for i, u in enumerate(units) if not rules[i] and is_story(u)]
    if not stories:
        return len(units), -1
    first = stories[0]
    for index, unit in enumerate(units[: min(len(units), first + 12)]):
        if not rules[index] and index >= first:
            found = dateline(unit.flat)
            if found and found.strong:
                first = index
                break
    return first, stories[-1]


def story_after(units: Sequence[Unit], rules: Sequence[str], index: int) -> bool:
    """Whether a story unit follows position ``index``."""
    return any(not rules[i] and is_story(units[i]) for i in range(index + 1, len(units)))


def in_fact_box(units: Sequence[Unit], index: int) -> bool:
    """Whether the neighbours are "Label: value" lines too (a film's credits, a fact sheet)."""
    near = [units[i].flat for i in (index - 1, index + 1) if 0 <= i < len(units)]
    names = r"(?i)\W*(?:penulis|editor|reporter|pewarta|penerjemah|laporan|sumber|baca|foto|copyright)"
    return any(_LABEL.match(flat) and not re.match(names, flat) for flat in near)


def headline(
    units: Sequence[Unit], rules: Sequence[str], first: int, given: str
) -> tuple[int | None, str]:
    """(position or None, headline or ""): the page's headline above the story.

    A headline that the format gives wins; its own line on the page is looked up.
    """
    if given:
        wanted = normal(given)
        for index in range(min(len(units), first + 3)):
            if wanted and not rules[index] and normal(units[index].flat) == wanted:
                return index, given
        return None, given
    candidates = [i for i in range(first) if not rules[i] and _may_be_headline(units[i])]
    marked = [i for i in candidates if units[i].kind == "title"]
    counts = [normal(u.flat) for u in units[: first + 3]]
    repeated = [i for i in candidates if counts.count(counts[i]) > 1 and units[i].words >= 4]
    for index in (*marked, *repeated, *candidates[:1]):
        return index, units[index].flat
    return None, ""


def _may_be_headline(unit: Unit) -> bool:
    if unit.kind == "list" or unit.flat[-1:] in ".,;:":
        return False
    if _MARKER.match(unit.flat) or re.match(r"\d{1,2}[.)]\s", unit.flat):
        return False
    return 2 <= unit.words <= 30 and len(unit.flat) >= 8


def take_repeats(
    units: Sequence[Unit], rules: list[str], title: str, position: int | None
) -> None:
    """Every further line that is the headline again."""
    wanted = normal(title)
    for index, unit in enumerate(units):
        if not rules[index] and index != position and wanted and normal(unit.flat) == wanted:
            rules[index] = "repeated-headline"


def take_standfirst(units: Sequence[Unit], rules: list[str]) -> None:
    """A line above the story that the story's opening repeats word for word."""
    kept = [i for i, rule in enumerate(rules) if not rule][:8]
    texts = {}
    for index in kept:
        found = dateline(units[index].flat)
        texts[index] = normal(units[index].flat[found.length :] if found else units[index].flat)
    for place, index in enumerate(kept[:4]):
        mine = normal(units[index].flat)
        if len(mine.split()) < 6:
            continue
        for other in kept[place + 1 :]:
            if texts[other] == mine or texts[other].startswith(mine + " "):
                rules[index] = "standfirst"
                break


def take_captions(units: Sequence[Unit], rules: list[str]) -> None:
    """Captions above the story: "(kiri)" lines, lines beside a photo credit, doubled lines."""
    first, _ = story_bounds(units, rules)
    for index in range(min(first + 1, len(units))):
        if rules[index]:
            continue
        flat = units[index].flat
        beside = index > 0 and rules[index - 1] == "photo-credit"
        if index < first or beside:
            if _POSITION.search(flat) and units[index].words <= 45 and (beside or index < first):
                rules[index] = "caption"
            elif beside and index < first and units[index].words <= 45:
                rules[index] = "caption"
            elif index + 1 < first and normal(flat) == normal(units[index + 1].flat):
                rules[index] = rules[index + 1] = "repeated-caption"


def take_opened(
    units: Sequence[Unit], rules: list[str], index: int, rule: Rule, last: int
) -> None:
    """What the furniture line at ``index`` opens: headlines of other articles, or the page's end."""
    if index > last or (rule.opens == "rest" and index >= 0.5 * len(units) and index > 3):
        for i in range(index + 1, len(units)):
            if not rules[i] and (rule.opens == "rest" or not is_story(units[i])):
                rules[i] = "related-links"
        return
    if rule.opens != "headlines":
        return
    taken: list[int] = []
    for i in range(index + 1, min(len(units), index + 9)):
        unit = units[i]
        if rules[i] or unit.kind == "heading" or not _is_link(unit):
            break
        if unit.gap > units[index + 1].gap or (unit.gap and (taken or unit.words < 6)):
            break
        taken.append(i)
    if len(taken) > 1 and units[taken[-1]].words <= 5:
        taken.pop()  # the last short line heads the story's next part
    for i in taken:
        rules[i] = "related-links"


def _is_link(unit: Unit) -> bool:
    flat = unit.flat
    if _FULL_STOP.search(flat) or flat[-1:] in ":;," or unit.words > 25 or unit.words < 3:
        return False
    return flat[0] not in "\"“'‘" or title_case(flat) >= 0.6


def list_marker(raw: str) -> int:
    """Length of the bullet at the beginning of ``raw``; 0 when there is none."""
    match = _MARKER.match(raw)
    return match.end() if match else 0
