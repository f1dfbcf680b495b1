"""Puts clock times right that no clock shows: "15:45 p.m." and "14 a.m.".

Indonesian news counts 24 hours. A translation that keeps the hour and adds a.m. or p.m. all the
same is put back to the 24-hour time where the source has just that time; other impossible times,
and hours that moved to the other half of the day, are reported. Whether a time is missing is
``number_compare``'s question.
"""

from __future__ import annotations

import re

from toolkit.text.number_find import find_numbers
from toolkit.text.number_types import Number

_HALVES = re.compile(
    r"(?<![0-9.,:/])(?P<first>[0-2]?[0-9](?:[.:][0-5][0-9])?\s?(?:[-–—]|to|until)\s?)?"
    r"(?P<hour>[0-2]?[0-9])(?:[.:](?P<minute>[0-5][0-9]))?\s?(?P<half>[ap])(?:\.\s?m\.?|m)(?!\w)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\"'”’)]*\s+[\"'“‘(]*[A-Z][a-z]")
_TWO_SENTENCES = re.compile(r"[^\W_][.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")
_AFTERNOON = 13 * 60
_LATE = re.compile(r"\b(?:siang|sore|petang|malam)\b", re.IGNORECASE)
_FULL_CLOCK = re.compile(r"(?<![0-9.:])[01][0-9][.:][0-5][0-9](?![0-9])")
"""A time of the 24-hour clock: "09.00"."""


def repair_clock_times(
    source: str, hypothesis: str
) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """Rewrite impossible a.m./p.m. times of ``hypothesis`` that the Indonesian ``source`` has.

    Returns the text, the repairs made (found, put in its place), and what is wrong but was left
    alone: (found, the source's time or nothing).
    """
    found = list(_HALVES.finditer(hypothesis))
    if not found:
        return hypothesis, [], []
    times = {int(n.value): n for n in find_numbers(source, "id") if n.kind == "time"}
    made: list[tuple[str, str]] = []
    wrong: list[tuple[str, str]] = []
    for match in reversed(found):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        half = match["half"].lower()
        if 1 <= hour <= 12:
            ours = _other_half(hour % 12 * 60 + minute, half, times, source)
            if ours is not None:
                wrong.insert(0, (match.group(), ours.text))
            continue
        if hour * 60 + minute not in times:
            wrong.insert(0, (match.group(), ""))
            continue
        end = match.end()
        right = f"{match['first'] or ''}{hour:02d}:{minute:02d}"
        zone = times[hour * 60 + minute].unit.upper()
        if zone and zone not in hypothesis and "time" not in hypothesis[end:].lower():
            right += f" {zone}"
        if match.group().endswith(".") and _ends_sentence(source, hypothesis[end:]):
            end -= 1  # the stop of "p.m." is the sentence's, too
        made.insert(0, (hypothesis[match.start() : end], right))
        hypothesis = hypothesis[: match.start()] + right + hypothesis[end:]
    return hypothesis, made, wrong


def _ends_sentence(source: str, behind: str) -> bool:
    """Whether a sentence ends where ``behind`` begins: at the end, or before another sentence."""
    if not behind.strip(" \"'”’)"):
        return True
    return bool(_NEXT.match(behind)) and bool(_TWO_SENTENCES.search(source))


def _other_half(minutes: int, half: str, times: dict[int, Number], source: str) -> Number | None:
    """The source's time that a time of the hypothesis puts into the other half of the day.

    ``minutes`` count from midnight or noon. A source that counts twelve hours says which half.
    """
    noon = _AFTERNOON - 60
    if half == "a":
        ours = times.get(minutes + noon)
        if minutes in times or ours is None or ours.value < _AFTERNOON:
            return None
        return ours
    ours = times.get(minutes)
    later, minute = divmod(minutes + noon, 60)
    if ours is None or minutes + noon in times or _LATE.search(source):
        return None
    if re.search(rf"(?<![0-9]){later}[.:]{minute:02d}(?![0-9])", source):
        return None
    return ours if _FULL_CLOCK.search(ours.text) else None
