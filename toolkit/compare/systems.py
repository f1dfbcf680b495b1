"""The systems that a suite stands for: products spelled out, named, and their baselines.

What a suite may say is ``suite``'s; running the systems is ``runner``'s.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from dataclasses import dataclass, replace
from typing import Any

from toolkit.compare.suite import Settings, Suite, SystemEntry
from toolkit.errors import InputError
from toolkit.types import Order

BASELINE_NAMES = ("lead-3", "random-3", "oracle")
_SWITCHES = {"guard": "unguarded", "strict": "strict", "rerank": "reranked"}


@dataclass(frozen=True, slots=True)
class SystemSpec:
    """One system to run. ``baseline`` is one of BASELINE_NAMES or ""; ``seed`` is random-3's."""

    name: str
    translator: str
    summarizer: str
    order: Order
    length: str
    settings: Settings
    options: tuple[tuple[str, str | int | float | bool], ...] = ()
    baseline: str = ""
    seed: int = 0

    @property
    def key(self) -> str:
        """The name as part of a file name: readable, and unique by a digest."""
        slug = re.sub(r"[^A-Za-z0-9]+", "-", self.name).strip("-").lower()[:60]
        return f"{slug}-{hashlib.sha256(self.name.encode()).hexdigest()[:6]}"

    def as_dict(self) -> dict[str, Any]:
        """Everything that decides the output, for manifests and child processes."""
        return {
            "name": self.name,
            "translator": self.translator,
            "summarizer": self.summarizer,
            "order": self.order,
            "length": self.length,
            "settings": self.settings.model_dump(),
            "options": dict(self.options),
            "baseline": self.baseline,
            "seed": self.seed,
        }

    def described(self) -> dict[str, str]:
        """What a reader wants to know of the system; defaults left out."""
        facts = {
            "translator": self.translator,
            "summarizer": self.summarizer,
            "baseline": self.baseline,
            "order": self.order if self.summarizer else "",
            "length": self.length if self.summarizer else "",
            "seed": str(self.seed) if self.seed else "",
        }
        settings = self.settings.model_dump(exclude_defaults=True) | dict(self.options)
        return {k: v for k, v in facts.items() if v} | {k: str(v) for k, v in settings.items()}


def spec_from(data: dict[str, Any]) -> SystemSpec:
    """The inverse of ``SystemSpec.as_dict``."""
    return SystemSpec(
        **{
            **data,
            "settings": Settings(**data["settings"]),
            "options": tuple(sorted(data["options"].items())),
        }
    )


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def systems(suite: Suite) -> list[SystemSpec]:
    """The systems of a suite in order, products spelled out.

    Names that are not given are made of what differs between the systems. Raises InputError for
    two systems of one name, and for two that are the same.
    """
    return [spec for spec, _ in _named(suite)]


def _named(suite: Suite) -> list[tuple[SystemSpec, bool]]:
    """The systems of a suite, each with whether the suite gives its name."""
    from toolkit.summarize import SUMMARIZERS
    from toolkit.summarize.length import parse_length

    rows: list[tuple[SystemEntry, str, str, Order, str]] = []
    for entry in suite.systems:
        fields = (entry.translator, entry.summarizer, entry.order, entry.length)
        if entry.name and any(isinstance(f, list) and len(f) > 1 for f in fields):
            raise InputError(
                f"Suite '{suite.name}': system '{entry.name}' stands for several systems; leave "
                "its name out."
            )
        for translator, summarizer, order, length in itertools.product(*map(_listed, fields)):
            rows.append((entry, translator, summarizer, order, length))
        if not all(map(_listed, fields)):
            raise InputError(f"Suite '{suite.name}': a list of a system is empty; fill it.")
    differing = [len({row[i] for row in rows}) > 1 for i in (1, 2, 3, 4)]
    found: list[SystemSpec] = []
    for entry, translator, summarizer, order, length in rows:
        parts = [
            p for p, d in zip((translator, summarizer, order, length), differing, strict=True) if d
        ]
        parse_length(length)
        if (name := summarizer.partition(":")[0]) not in SUMMARIZERS:
            raise InputError(
                f"Suite '{suite.name}' names the summarizer '{summarizer}', which there is not; "
                f"{SUMMARIZERS.hint(name)}"
            )
        found.append(
            SystemSpec(
                name=entry.name or ", ".join(parts) or summarizer,
                translator=translator,
                summarizer=summarizer,
                order=order,
                length=length,
                settings=entry.settings,
                options=tuple(sorted(entry.options.items())),
            )
        )
    given = [bool(row[0].name) for row in rows]
    made = [spec.name for spec in found]
    # What else differs is said only where the names would be the same without it.
    found = [
        spec
        if is_given or made.count(spec.name) == 1
        else replace(spec, name=", ".join([spec.name, *_settings(spec)]))
        for spec, is_given in zip(found, given, strict=True)
    ]
    names = [spec.name for spec in found]
    for place, (name, is_given) in enumerate(zip(names, given, strict=True)):
        first = names.index(name)
        if first < place and not (is_given or given[first]):
            raise InputError(
                f"Suite '{suite.name}': systems {first + 1} and {place + 1} are the same; remove "
                "one, or give each a 'name'."
            )
        if first < place or name in (*BASELINE_NAMES, "references"):
            raise InputError(
                f"Suite '{suite.name}': a second system is called '{name}'; name it otherwise."
            )
    return list(zip(found, given, strict=True))


def _settings(spec: SystemSpec) -> list[str]:
    """Settings and options that are no defaults, for a name: "beam_size 2", "unguarded"."""
    values = spec.settings.model_dump(exclude_defaults=True)
    marks = [word for key, word in _SWITCHES.items() if key in values]
    values = {k: v for k, v in values.items() if k not in _SWITCHES} | dict(spec.options)
    return [*(f"{key} {value}" for key, value in values.items()), *marks]


def translators(suite: Suite) -> list[SystemSpec]:
    """One translation system for each distinct translator and decoding of the suite.

    It bears the name that the suite gives to its one system; where several systems share it, or
    none is named, it is called as its translator, with its settings where they tell two apart.
    """
    shared: dict[str, list[tuple[SystemSpec, bool]]] = {}
    for spec, given in _named(suite):
        settings = json.dumps(spec.settings.decoding(), sort_keys=True)
        key = f"{spec.translator}|{settings}|{spec.settings.guard}"
        shared.setdefault(key, []).append((spec, given))
    firsts = [specs[0][0] for specs in shared.values()]
    described = []
    for spec in firsts:
        several = sum(other.translator == spec.translator for other in firsts) > 1
        plain = replace(spec, settings=spec.settings.model_copy(update={"strict": False}))
        parts = _settings(replace(plain, options=())) if several else []
        described.append(", ".join([spec.translator, *parts]))
    found = []
    for specs, name in zip(shared.values(), described, strict=True):
        (spec, given), alone = specs[0], len(specs) == 1
        if alone and given and spec.name not in described:
            name = spec.name
        found.append(
            SystemSpec(name, spec.translator, "", "translate-first", "medium", spec.settings)
        )
    return found


def baselines(suite: Suite) -> list[SystemSpec]:
    """lead-3, random-3 (one a seed) and the oracle, once for each distinct translator."""
    found = []
    bases = translators(suite)
    for base in bases:
        suffix = f" ({base.name})" if len(bases) > 1 else ""
        for baseline in BASELINE_NAMES:
            seeds = suite.seeds if baseline == "random-3" else suite.seeds[:1]
            for number, seed in enumerate(seeds, 1):
                mark = f"#{number}" if number > 1 else ""
                found.append(
                    SystemSpec(
                        name=f"{baseline}{mark}{suffix}",
                        translator=base.translator,
                        summarizer="",
                        order="translate-first" if baseline == "oracle" else "summarize-first",
                        length="3 sentences",
                        settings=base.settings,
                        baseline=baseline,
                        seed=seed if baseline == "random-3" else 0,
                    )
                )
    return found
