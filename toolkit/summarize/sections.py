"""Long documents in sections: as few as fit, of like size, cut at paragraphs, nothing left out.

Used by the seq2seq and the chat summariser; what a unit costs is theirs to say, and merging the
sections' summaries too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toolkit.errors import InputError

Cost = Callable[[str], int]


def sections(paragraphs: Sequence[Sequence[str]], cost: Cost, room: int) -> list[str]:
    """Pack paragraphs (each a list of sentences) into texts that cost at most ``room`` each.

    ``cost`` gives the tokens of a text. Paragraphs are joined by blank lines, sentences by
    spaces. A paragraph that is too long is cut between sentences, a sentence that is too long
    between words; every word of the input stands in exactly one section, in order. Among the
    packings with the fewest sections, the one whose largest section is smallest is taken.
    Raises InputError when a single word is longer than ``room``.
    """
    units = _units(paragraphs, cost, room)
    if not units:
        return []
    whole = _join(units)
    if cost(whole) <= room:
        return [whole]
    sizes = [cost(text) for text, _ in units]
    least = len(_pack(units, sizes, room, cost, room))
    low, high = max(sizes), room
    while low < high:
        middle = (low + high) // 2
        if len(_pack(units, sizes, middle, cost, room)) <= least:
            high = middle
        else:
            low = middle + 1
    return [_join(group) for group in _pack(units, sizes, high, cost, room)]


def _units(paragraphs: Sequence[Sequence[str]], cost: Cost, room: int) -> list[tuple[str, bool]]:
    """Texts that fit, each with whether it begins a paragraph."""
    units: list[tuple[str, bool]] = []
    for paragraph in paragraphs:
        text = " ".join(s for s in paragraph if s.strip())
        if not text:
            continue
        if cost(text) <= room:
            units.append((text, True))
            continue
        first = True
        for sentence in paragraph:
            for piece in _pieces(sentence, cost, room):
                units.append((piece, first))
                first = False
    return units


def _pieces(sentence: str, cost: Cost, room: int) -> list[str]:
    """A sentence whole when it fits, else cut between words into the longest runs that fit."""
    if not sentence.strip():
        return []
    if cost(sentence) <= room:
        return [sentence]
    words = sentence.split()
    pieces: list[str] = []
    start = 0
    while start < len(words):
        low, high = start + 1, len(words)
        if cost(words[start]) > room:
            raise InputError(
                f"The text holds a word that is longer than the model takes ({room} tokens): "
                f"'{words[start][:40]}'."
            )
        while low < high:
            middle = (low + high + 1) // 2
            if cost(" ".join(words[start:middle])) <= room:
                low = middle
            else:
                high = middle - 1
        pieces.append(" ".join(words[start:low]))
        start = low
    return pieces


def _pack(
    units: Sequence[tuple[str, bool]], sizes: Sequence[int], target: int, cost: Cost, room: int
) -> list[list[tuple[str, bool]]]:
    """Greedy packing in order: a group is closed when the next unit would pass ``target``."""
    groups: list[list[tuple[str, bool]]] = []
    total = 0
    for unit, size in zip(units, sizes, strict=True):
        if groups and total + size <= target and cost(_join([*groups[-1], unit])) <= room:
            groups[-1].append(unit)
            total += size
        else:
            groups.append([unit])
            total = size
    return groups


def _join(units: Sequence[tuple[str, bool]]) -> str:
    out = ""
    for text, begins in units:
        out += ("\n\n" if begins else " ") + text if out else text
    return out
