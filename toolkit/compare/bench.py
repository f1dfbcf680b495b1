"""What is compared: units of a set, and the outputs of systems for each of them, in order.

A *bench* is one set and one task (translations of segments, summaries or headlines of documents).
It makes the items that metrics score. Reading outputs from disk is ``runs``'s business, checking
their order ``alignment``'s, scoring ``comparison``'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from toolkit.metrics.base import Item
from toolkit.types import Check

Task = Literal["translation", "summary", "headline"]
Kind = Literal["system", "baseline", "human"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing every system has an output for.

    ``document`` names the document a segment belongs to ("" when the unit stands alone);
    ``translation`` is the reference translation of the whole source of a summary, or "".
    """

    id: str
    source: str = ""
    references: tuple[str, ...] = ()
    translation: str = ""
    document: str = ""
    date: str = ""
    outlet: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """What a system wrote for one unit.

    ``checks`` are its own findings (the guard's); ``article`` its English of the whole source, or
    "". ``seconds`` and ``sentences`` (source sentences read) are None when not measured.
    """

    id: str
    text: str
    checks: tuple[Check, ...] = ()
    article: str = ""
    seconds: float | None = None
    sentences: int | None = None


@dataclass(frozen=True, slots=True)
class System:
    """A named list of outputs, one a unit, in the units' order.

    ``info`` is what the run says of the system (translator, summariser, order, signature …).
    A system of kind "human" holds no outputs: each reference is scored against the others.
    ``peak_memory`` is in bytes, None when not measured.
    """

    name: str
    outputs: tuple[Output, ...]
    kind: Kind = "system"
    info: Mapping[str, str] = field(default_factory=dict)
    peak_memory: int | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """Units and systems of one set and task; all systems have one output a unit."""

    name: str
    task: Task
    units: tuple[Unit, ...]
    systems: tuple[System, ...]
    digest: str = ""

    @property
    def grouped(self) -> bool:
        """Whether units belong to documents, which are then what is resampled."""
        return any(unit.document for unit in self.units)

    @property
    def unit_name(self) -> str:
        """What is resampled: "document" or "segment"."""
        return "document" if self.task != "translation" or self.grouped else "segment"

    def groups(self) -> list[str]:
        """For each unit the name of what it is resampled with."""
        return [unit.document or unit.id for unit in self.units]

    def items(self, system: System) -> list[Item]:
        """The items of a system in the units' order (for "human": one a reference and unit)."""
        if system.kind == "human":
            return [item for unit in self.units for item in _leave_one_out(unit)]
        return [
            Item(
                id=unit.id,
                hypothesis=output.text,
                references=unit.references,
                source=unit.source,
                translation=unit.translation,
                article=output.article,
                date=unit.date,
                document=unit.document or unit.id,
                seconds=output.seconds,
                sentences=output.sentences,
                system=system.name,
                outlet=unit.outlet,
            )
            for unit, output in zip(self.units, system.outputs, strict=True)
        ]

    def owners(self, system: System) -> list[int]:
        """For each of a system's ``items`` the position of its unit."""
        if system.kind != "human":
            return list(range(len(self.units)))
        return [i for i, unit in enumerate(self.units) for _ in unit.references]

    def weights(self, system: System) -> list[float]:
        """What each of a system's ``items`` counts: the references of a unit share its one vote,
        so that a unit weighs as much for people as for systems."""
        if system.kind != "human":
            return [1.0] * len(self.units)
        return [1.0 / len(self.units[i].references) for i in self.owners(system)]


def _leave_one_out(unit: Unit) -> list[Item]:
    return [
        Item(
            id=f"{unit.id}#{number}",
            hypothesis=text,
            references=unit.references[:number] + unit.references[number + 1 :],
            source=unit.source,
            translation=unit.translation,
            date=unit.date,
            document=unit.document or unit.id,
            outlet=unit.outlet,
        )
        for number, text in enumerate(unit.references)
    ]


def human(units: Sequence[Unit]) -> System | None:
    """The references as a system, or None when some unit has none.

    With several references a unit each is scored against the others (the human ceiling); a single
    one can only be held against the source.
    """
    if not units or not all(unit.references for unit in units):
        return None
    several = all(len(unit.references) > 1 for unit in units)
    method = "each against the others" if several else "one a unit: held against the source only"
    return System("references", (), kind="human", info={"method": method})
