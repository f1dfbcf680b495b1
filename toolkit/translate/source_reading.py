"""How a source segment is read before translation: as it was meant, and as a model knows it.

Slips of the pen are put right (``slips``) in what translations are held against; headlines are
given to the model as running text (``text.headlines``) and short forms in full (``text.plain``),
while names and numbers are looked for as the author wrote them. Every reading is noted.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.text.headlines import as_running_text
from toolkit.text.plain import read_plain
from toolkit.translate.slips import read_slips
from toolkit.types import Check


@dataclass(frozen=True, slots=True)
class SourceReading:
    """``text``: what hypotheses are held against; ``given``: what the model gets."""

    text: str
    given: str
    notes: tuple[Check, ...] = ()


def read_source(segment: str) -> SourceReading:
    """Read a segment; a ``repaired`` note (info) says each thing that was read otherwise."""
    text, slips = read_slips(segment)
    said = [f"The source's '{found}' was read as '{meant}'." for found, meant in slips]
    line = as_running_text(text)
    if line != text:
        said.append(f"The headline was read as: {line}")
    given, short = read_plain(line)
    if short:
        forms = ", ".join(f"'{a}' as '{b}'" for a, b in short)
        said.append(f"The source was read in full: {forms}")
    return SourceReading(text, given, tuple(Check("repaired", "info", s) for s in said))
