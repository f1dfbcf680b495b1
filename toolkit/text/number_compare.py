"""Compares the numbers of an Indonesian source with those of its English translation.

Numbers are matched by value, whatever their spelling. What a translator may freely change is let
pass: words that often are no number, the parts of dates (``date_compare`` looks at those), codes
and file numbers, a number that is said once where the source says it twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from toolkit.text.number_durations import same_spans
from toolkit.text.number_find import find_numbers
from toolkit.text.number_read import read_english
from toolkit.text.number_signs import lost_signs, other_places
from toolkit.text.number_types import Number
from toolkit.text.number_units import (
    lost_durations,
    other_sizes,
    other_units,
    stray_currencies,
)

_MARKED = re.compile(r"[0-9]+(?:[.,][0-9]+)+")
_ENGLISH_LOOK = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])")
_SWAP = {ord(","): ".", ord("."): ","}
_UNCHECKED = frozenset(["date", "code", "roman", "approximate", "decade"])
_HALF_DAY = 12 * 60
_FOLDS = ("doubl", "tripl", "quadrupl", "quintupl")
_LARGER = {
    ("m", "km"): 1000,
    ("mm", "cm"): 10,
    ("cm", "m"): 100,
    ("g", "kg"): 1000,
    ("kg", "t"): 1000,
}
"""How many of one unit of measure make up another."""


@dataclass(frozen=True, slots=True)
class FormatError:
    """A number of the hypothesis whose marks give another value than the source has.

    ``number`` is a number of the hypothesis and ``source`` the source number it stands for;
    ``digits`` is the wrong digit group, ``start``/``end`` its span in the hypothesis, ``correct``
    what should stand there ("6.387" → "6,387").
    """

    number: Number
    source: Number
    start: int
    end: int
    digits: str
    correct: str


@dataclass(frozen=True, slots=True)
class NumberDiff:
    """What differs between the numbers of a source and of a hypothesis.

    ``missing``: source numbers without counterpart; ``added``: hypothesis numbers without source;
    ``format_errors``: right digits, wrong marks; ``unit_errors``: (source, hypothesis) pairs of
    one value in two currencies; ``lost_durations``: (source, hypothesis) pairs of a span of time
    and the number that has its value but another unit of time or none; ``stray_currencies``:
    amounts of money where the source names no currency; ``changed``: (source, hypothesis) pairs
    of one value in two units of measure or without its minus, of two words of size ("ratusan":
    "thousands"), or of two ordinals.
    """

    missing: tuple[Number, ...] = ()
    added: tuple[Number, ...] = ()
    format_errors: tuple[FormatError, ...] = ()
    unit_errors: tuple[tuple[Number, Number], ...] = ()
    lost_durations: tuple[tuple[Number, Number], ...] = ()
    stray_currencies: tuple[Number, ...] = ()
    changed: tuple[tuple[Number, Number], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether both sides say the same numbers."""
        wrong = self.missing or self.added or self.format_errors or self.unit_errors
        return not (wrong or self.lost_durations or self.stray_currencies or self.changed)


def compare_numbers(source: str, hypothesis: str) -> NumberDiff:
    """Compare the numbers of an Indonesian ``source`` with an English ``hypothesis``.

    Words that often are no number never count as missing or added, but may be a counterpart.
    """
    left, right = find_numbers(source, "id"), find_numbers(hypothesis, "en")
    free, unmatched = list(right), []
    pairs: list[tuple[Number, Number]] = []
    for number in left:
        match = next((n for n in free if _same(number, n)), None)
        if match is None:
            unmatched.append(number)
            continue
        free.remove(match)
        pairs.append((number, match))
    errors = [e for a, b in pairs if (e := _foreign_marks(a, b)) is not None]
    still: list[Number] = []
    for number in unmatched:
        error = next((e for n in free if (e := _swapped_marks(number, n)) is not None), None)
        if error is not None:
            free.remove(error.number)
            errors.append(error)
            continue
        loose = next((n for n in free if _alike(number, n)), None)
        if loose is None:
            still.append(number)
        else:
            free.remove(loose)
            errors += [e for e in [_foreign_marks(number, loose)] if e is not None]
    missing = [n for n in still if _counts(n) and not any(_alike(n, o) for o in right)]
    added = [
        n
        for n in free
        if _counts(n) and not _as_is(n, source) and not any(_alike(n, o) for o in left)
    ]
    lost = lost_durations(source, left, hypothesis, right)
    if missing or added or lost:
        ours, theirs = same_spans(source, left, hypothesis, right)
        missing = [n for n in missing if n not in ours]
        added = [n for n in added if n not in theirs]
        lost = [pair for pair in lost if pair[0] not in ours]
    return NumberDiff(
        tuple(missing),
        tuple(added),
        tuple(sorted(errors, key=lambda e: e.start)),
        tuple((a, b) for a, b in pairs if _other_currency(a, b, source)),
        tuple(lost),
        tuple(stray_currencies(source, right)),
        (
            *other_units(left, right),
            *other_sizes(left, right),
            *lost_signs(source, left, hypothesis, right),
            *other_places(left, hypothesis, right),
        ),
    )


def repair_formats(hypothesis: str, diff: NumberDiff) -> str:
    """Return ``hypothesis`` with the format errors of ``diff`` put right."""
    for error in sorted(diff.format_errors, key=lambda e: -e.start):
        hypothesis = hypothesis[: error.start] + error.correct + hypothesis[error.end :]
    return hypothesis


def _counts(number: Number) -> bool:
    return not number.weak and number.kind not in _UNCHECKED


def _as_is(number: Number, source: str) -> bool:
    """Whether a hypothesis number is a word or score taken from the source ("four-seater")."""
    if number.value == 0:
        return True
    word = number.text.strip()
    return word.isalpha() and bool(re.search(rf"\b{word}\b", source, re.IGNORECASE))


def _same(a: Number, b: Number) -> bool:
    if (a.kind == "time") != (b.kind == "time"):
        return False
    if a.kind == "time":
        return (a.value - b.value) % _HALF_DAY == 0
    return a.value == b.value


def _alike(a: Number, b: Number) -> bool:
    """Whether two numbers may be one, in another reading of either."""
    if a.kind == "time" and b.kind == "time":
        return _same(a, b)
    if a.kind == b.kind == "measure":
        if a.unit == b.unit and b.value not in (a.value, *_scaled(a)):
            return False  # `2.500 meter` is not "2.5 meters"
        return _LARGER.get((a.unit, b.unit), 0) * b.value == a.value or _meet(a, b)
    return _meet(a, b) or _grown(a, b)


def _grown(a: Number, b: Number) -> bool:
    """Whether a percentage is the growth that a word of the hypothesis names (100: "doubled")."""
    return (
        a.kind == "percent" and b.text.lower().startswith(_FOLDS) and a.value == 100 * (b.value - 1)
    )


def _meet(a: Number, b: Number) -> bool:
    return not _readings(a).isdisjoint(_readings(b))


def _scaled(number: Number) -> list[Decimal]:
    """The other value of a number where it is more than a reading of its marks (`2-3 ribu kg`)."""
    other = number.other
    return [] if other is None or other < number.value else [other]


def _readings(number: Number) -> set[Decimal]:
    """All values a number may be given as on the other side."""
    values = set(number.values)
    if number.kind == "time":
        hour, minute = divmod(number.value, 60)
        values |= {hour, hour % 12, minute, hour + minute / 100, hour % 12 + minute / 100}
        values |= {number.value % _HALF_DAY, hour * 100 + minute}
    elif number.kind == "percent":
        values.add(number.value / 100)
    elif number.kind == "decade":
        values |= {number.value % 100, number.value % 100 + 1900}
    elif number.kind == "duration" and number.unit == "hour":
        values |= {number.value / 24} if number.value % 24 == 0 else set()
    return values


def _swapped_marks(number: Number, other: Number) -> FormatError | None:
    """Error when ``other`` shows the value of ``number`` in Indonesian marks ("6.387")."""
    if other.other is None or not other.other == number.value != other.value:
        return None
    if number.other is not None and _ENGLISH_LOOK.search(number.text):
        return None  # the source itself may be written with English marks
    if number.other is not None and number.other == other.value > number.value:
        return None  # `10-15 ribu`: the scale of a range, and the hypothesis has it
    if number.kind == "money" and number.other == other.value and number.value < 10_000:
        return None  # a rate ("US$1.085"), which the source may write with an English point
    return _fix(number, other)


def _foreign_marks(number: Number, other: Number) -> FormatError | None:
    """Error when ``other`` has the right value, but marks that no English number has ("2,5").

    Or those that give it another one: `10-15 ribu` as "10.000-15.000".
    """
    if other.kind in ("code", "date", "time"):
        return None
    digits = _MARKED.search(other.text)
    if digits is None:
        return None
    if other.other is not None:
        scaled = number.other == other.other > number.value and not _MARKED.search(number.text)
        return _fix(number, other) if scaled else None
    if read_english(digits.group()) is not None:
        return None
    return _fix(number, other)


def _fix(number: Number, other: Number) -> FormatError | None:
    digits = _MARKED.search(other.text)
    if digits is None:
        return None
    start, end = other.start + digits.start(), other.start + digits.end()
    correct = digits.group().translate(_SWAP)
    return FormatError(other, number, start, end, digits.group(), correct)


def _other_currency(a: Number, b: Number, source: str) -> bool:
    if a.kind != "money" or b.kind != "money" or not a.unit or not b.unit:
        return False
    dollars = {a.unit, b.unit} <= {"USD", "AUD", "SGD", "HKD"}
    return a.unit != b.unit and not dollars and b.unit not in source
