"""Over-long segments: cut at clause boundaries, never truncated; translated parts joined again.

``split_segment`` keeps every character (parts joined with the white space between them give the
segment back); ``join_parts`` makes one English sentence of the parts' translations. What counts
as too long is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_CONJUNCTIONS = (
    "sedangkan sementara sehingga supaya agar karena sebab namun tetapi melainkan meskipun "
    "walaupun meski walau setelah sebelum ketika saat jika apabila bila kalau padahal lalu "
    "kemudian serta dan atau tapi bahwa maka"
).split()
_RELATIVES = "yang untuk dengan dalam pada oleh guna dari terhadap kepada".split()

_LEVELS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1.0, re.compile(r"[.!?…][\"'”’)]*(?=\s+[\"'“‘(]*[A-Z0-9])")),
    (0.9, re.compile(r"[;:](?=\s)|\s[–—-](?=\s)")),
    (0.8, re.compile(rf",[\"'”’]*(?=\s+(?:{'|'.join(_CONJUNCTIONS)})\s)", re.IGNORECASE)),
    (0.65, re.compile(r"[,)][\"'”’]*(?=\s)|[\"”](?=\s+\w)")),
    (0.5, re.compile(rf"(?<=\w)(?=\s+(?:{'|'.join(_CONJUNCTIONS)})\s)", re.IGNORECASE)),
    (0.35, re.compile(rf"(?<=\w)(?=\s+(?:{'|'.join(_RELATIVES)})\s)", re.IGNORECASE)),
    (0.1, re.compile(r"(?<=[^\s\d])(?<!\bRp)(?<!\b[A-Z]\.)(?=\s)")),
    (0.05, re.compile(r"(?<=\S)(?=\s)")),
)
_LOWERED = frozenset(
    "a after although an and as at because before but by for from he her his if in it its of on "
    "or she so some that the their then there these they this those to until we what when where "
    "which while who with".split()
)


_RUN = re.compile(r"(?<!\S)(?!https?://)\S{80,}")
"""No word is so long: what no model can make anything of."""


def copied_runs(segment: str) -> list[tuple[str, bool]]:
    """A segment in pieces, each with whether it is a run of 80 letters and more without a space.

    Such runs (encoded data, "wkwkwk…") are copied: a model takes minutes for them and makes nothing
    of them. A segment without one is a single piece.
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for run in _RUN.finditer(segment):
        pieces += [(segment[at : run.start()].strip(), False), (run.group(), True)]
        at = run.end()
    pieces.append((segment[at:].strip(), False))
    return [piece for piece in pieces if piece[0]]


def split_segment(segment: str, fits: Callable[[str], bool], *, finest: float = 0.0) -> list[str]:
    """Cut ``segment`` into parts that fit, at the best boundary near the middle, again and again.

    ``fits`` says whether a part may stand (it must hold for a part of one character); ``finest``
    is the lowest rank of boundary to use: 0 cuts anywhere if nothing better is left, 0.3 only at
    clauses. Parts carry no outer white space; an unsplittable part stays whole when ``finest`` is
    above 0.
    """
    segment = segment.strip()
    if not segment or fits(segment):
        return [segment] if segment else []
    at = _best_cut(segment, finest)
    if at is None:
        if finest > 0 or len(segment) < 2:
            return [segment]
        at = len(segment) // 2
    left, right = segment[:at], segment[at:]
    return [*split_segment(left, fits, finest=finest), *split_segment(right, fits, finest=finest)]


def clauses(segment: str, *, smallest: int = 24) -> list[str]:
    """The clauses of a segment: cut once at its best inner boundary, or not at all.

    No part is shorter than ``smallest`` characters. Used to translate a sentence in two when the
    whole came out wrong.
    """
    at = _best_cut(segment, 0.5, smallest)
    return [segment] if at is None else [segment[:at].strip(), segment[at:].strip()]


def _best_cut(segment: str, finest: float, smallest: int = 1) -> int | None:
    """Where to cut: the boundary of the best rank, weighed by its nearness to the middle."""
    length = len(segment)
    best, best_score = None, 0.0
    closed = _protected(segment)
    for rank, pattern in _LEVELS:
        if rank < finest or rank <= best_score:
            break
        for match in pattern.finditer(segment):
            at = match.end()
            if not smallest <= at <= length - smallest or not segment[at:].strip():
                continue
            nearness = 1 - abs(2 * at / length - 1)
            score = rank * nearness * (0.5 if at < len(closed) and closed[at] else 1.0)
            if score > best_score:
                best, best_score = at, score
    return best


def _protected(segment: str) -> bytearray:
    """1 for positions inside brackets or a short quotation, where a cut does most harm."""
    flags = bytearray(len(segment) + 1)
    for match in re.finditer(r"\([^()]{1,80}\)|[\"“][^\"”]{1,80}[\"”]", segment):
        for i in range(match.start() + 1, match.end()):
            flags[i] = 1
    return flags


def join_parts(sources: Sequence[str], hypotheses: Sequence[str]) -> str:
    """One English text of the translations of consecutive parts.

    A full stop that the model put after a part that had none goes, and a common word that it
    capitalised at the start of an inner part is lowered; names keep their capitals.
    """
    joined = ""
    for i, (source, hypothesis) in enumerate(zip(sources, hypotheses, strict=True)):
        text = hypothesis.strip()
        if not text:
            continue
        last = i == len(sources) - 1
        if not last and text[-1] == "." and source.rstrip("\"'”’)")[-1:] not in ".!?…":
            text = text[:-1].rstrip()
            if source[-1:] in ",;:" and text[-1:] not in ",;:":
                text += source[-1]
        if joined and joined.rstrip("\"'”’)")[-1:] not in (".", "!", "?", "…"):
            first, _, rest = text.partition(" ")
            if first.lower() in _LOWERED and first != "I":
                text = f"{first.lower()} {rest}" if rest else first.lower()
        joined = f"{joined} {text}" if joined else text
    return joined
