"""Compares the numbers of an Indonesian source with those of its English translation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.text.number_find import Number, find_numbers, read_english
from toolkit.text.number_format import format_number

_MARKED = re.compile(r"\d+(?:[.,]\d+)+")
_SWAP = {ord(","): ".", ord("."): ","}


@dataclass(frozen=True, slots=True)
class FormatError:
    """A number of the hypothesis whose marks give another value than meant.

    ``number`` is a span of the hypothesis, ``source`` the source number, ``digits`` the wrong
    digit group and ``start``/``end`` its span in the hypothesis, ``correct`` what should stand
    there ("6.387" → "6,387").
    """

    number: Number
    source: Number
    start: int
    end: int
    digits: str
    correct: str


@dataclass(frozen=True, slots=True)
class NumberDiff:
    """Source numbers without counterpart, hypothesis numbers without source, wrong marks."""

    missing: tuple[Number, ...] = ()
    added: tuple[Number, ...] = ()
    format_errors: tuple[FormatError, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether both sides say the same numbers."""
        return not (self.missing or self.added or self.format_errors)


def compare_numbers(source: str, hypothesis: str) -> NumberDiff:
    """Compare the numbers of an Indonesian ``source`` with an English ``hypothesis``.

    Words that often are no number never count as missing or added, but may be a counterpart.
    """
    left, right = find_numbers(source, "id"), find_numbers(hypothesis, "en")
    free = list(right)
    open_left: list[Number] = []
    errors: list[FormatError] = []
    for number in left:
        match = _take(number, free, exact=True)
        if match is None:
            open_left.append(number)
        elif number.kind not in ("code", "date", "time") and (
            wrong := _foreign_marks(number, match)
        ):
            errors.append(wrong)
    still: list[Number] = []
    for number in open_left:
        error = _format_error(number, free, hypothesis)
        if error is not None:
            errors.append(error)
            free.remove(error.number)
            continue
        if _take(number, free, exact=False) is None:
            still.append(number)
    spoken = {v for n in right for v in _readings(n)}
    told = {v for n in left for v in _readings(n)}
    missing = [n for n in still if _counts(n) and not spoken.intersection(_readings(n))]
    added = [n for n in free if _counts(n) and not told.intersection(_readings(n))]
    return NumberDiff(tuple(missing), tuple(added), tuple(errors))


def _counts(number: Number) -> bool:
    return not number.weak and number.kind not in ("date", "code", "roman", "approximate", "decade")


def _take(number: Number, free: list[Number], *, exact: bool) -> Number | None:
    for other in free:
        if (number.kind == "time") != (other.kind == "time"):
            continue
        if exact:
            same = number.value == other.value or (
                number.kind == "time" and _same_time(number, other)
            )
        else:
            same = bool(_readings(number) & _readings(other))
        if same:
            free.remove(other)
            return other
    return None


def _same_time(a: Number, b: Number) -> bool:
    return (a.value - b.value) % 720 == 0


def _readings(number: Number) -> set[Decimal]:
    values = set(number.values)
    if number.kind == "time":
        values |= (
            {v % 720 for v in values} | {v // 60 for v in values} | {v // 60 % 12 for v in values}
        )
        values |= {v % 60 for v in values}
        values.add((number.value // 60) + (number.value % 60) / 100)
    if number.kind == "percent":
        values.add(number.value / 100)
    return values


def _format_error(number: Number, free: Sequence[Number], hypothesis: str) -> FormatError | None:
    """The free hypothesis number that shows the value of ``number`` in Indonesian marks."""
    for other in free:
        if other.other is not None and other.other == number.value != other.value:
            return _fix(number, other)
    return None


def _foreign_marks(number: Number, other: Number) -> FormatError | None:
    """A number of the right value whose marks no English number has ("2,5")."""
    digits = _MARKED.search(other.text)
    if digits and other.other is None and read_english(digits.group()) is None:
        return _fix(number, other)
    return None


def _fix(number: Number, other: Number) -> FormatError | None:
    digits = _MARKED.search(other.text)
    if not digits:
        return None
    correct = digits.group().translate(_SWAP)
    start = other.start + digits.start()
    return FormatError(other, number, start, start + len(correct), digits.group(), correct)


def repair_formats(hypothesis: str, diff: NumberDiff) -> str:
    """Return ``hypothesis`` with the format errors of ``diff`` put right."""
    for error in sorted(diff.format_errors, key=lambda e: -e.start):
        hypothesis = hypothesis[: error.start] + error.correct + hypothesis[error.end :]
    return hypothesis
