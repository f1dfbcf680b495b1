"""Suites: which systems run on which sets, scored how. TOML, validated, unknown keys an error.

A ``[[systems]]`` entry may give lists for translator, summarizer, order and length; each
combination is a system. Running a suite is ``runner``'s business.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from toolkit.compare.files import read_text, validated
from toolkit.compare.set_files import load_jsonl, load_tsv
from toolkit.compare.sets import EvalSet, load_folder
from toolkit.errors import InputError, UsageError
from toolkit.types import Order

ORDERS: tuple[Order, ...] = ("translate-first", "summarize-first")
BASELINE_NAMES = ("lead-3", "random-3", "oracle")
_SWITCHES = {"guard": "unguarded", "strict": "strict"}
MetricSpec = str | dict[str, str | bool]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SetEntry(_Strict):
    """One set: ``path`` is relative to the suite's file.

    "folder": a manifest (``ringkas.set/1``); "jsonl": articles with English references; "tsv":
    sentence pairs. ``split`` and ``limit`` choose lines; ``translation`` False leaves its
    reference translation unscored (it still serves as the English of the source).
    """

    kind: Literal["folder", "jsonl", "tsv"]
    path: Annotated[str, Field(min_length=1)]
    name: str = ""
    split: str = ""
    limit: Annotated[int, Field(ge=0)] = 0
    translation: bool = True


class Settings(_Strict):
    """Decoding and guard settings of a system (the translator's defaults where left out)."""

    beam_size: Annotated[int, Field(ge=1)] | None = None
    length_penalty: float | None = None
    no_repeat_ngram_size: Annotated[int, Field(ge=0)] | None = None
    repetition_penalty: Annotated[float, Field(gt=0)] | None = None
    max_length: Annotated[int, Field(ge=1)] | None = None
    guard: bool = True
    strict: bool = False

    def decoding(self) -> dict[str, Any]:
        """The fields of ``translate.base.Decoding`` that are set."""
        values = self.model_dump(exclude_none=True)
        return {k: v for k, v in values.items() if k not in ("guard", "strict")}


class SystemEntry(_Strict):
    """One system, or a product of systems where a field is a list.

    ``options`` go to the summariser (temperature of a chat model, say).
    """

    name: str = ""
    translator: str | list[str] = "embedded"
    summarizer: str | list[str] = "ranker"
    order: Order | list[Order] = "translate-first"
    length: str | list[str] = "medium"
    settings: Settings = Settings()
    options: dict[str, str | int | float | bool] = Field(default_factory=dict)

    @field_validator("options")
    @classmethod
    def _no_secrets(
        cls, value: dict[str, str | int | float | bool]
    ) -> dict[str, str | int | float | bool]:
        """Suites are shared and reach the manifest of every run: a key must not stand in one."""
        for name in value:
            if name.lower() in ("key", "api_key", "apikey", "password", "secret"):
                raise ValueError(
                    f"'{name}' must not stand in a suite; set RINGKAS_CHAT_KEY in the environment"
                )
        return value


class MetricsEntry(_Strict):
    """Metrics by task; the task's own when left out."""

    translation: list[MetricSpec] | None = None
    summary: list[MetricSpec] | None = None
    headline: list[MetricSpec] | None = None


class Suite(_Strict):
    """A suite file (schema ``ringkas.suite/1``).

    ``seeds``: the first seeds all resampling; each one draws a random-3 baseline.
    ``share_translations``: a sentence is translated once a translator and its time counted for
    every system that uses it, instead of being translated anew for each system.
    """

    suite_schema: Literal["ringkas.suite/1"] = Field(alias="schema")
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    description: str = ""
    seeds: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1)] = [12345]
    resamples: Annotated[int, Field(ge=100)] = 1000
    trials: Annotated[int, Field(ge=100)] = 10000
    share_translations: bool = False
    sets: Annotated[list[SetEntry], Field(min_length=1)]
    systems: Annotated[list[SystemEntry], Field(min_length=1)]
    metrics: MetricsEntry = MetricsEntry()


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


def load_suite(path: Path) -> Suite:
    """Read and validate a suite file. Raises InputError with one sentence on the first fault."""
    try:
        data = tomllib.loads(read_text(path, "suite"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not TOML: {error}.") from None
    suite = validated(Suite, data, str(path))
    systems(suite)
    return suite


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


def load_set(entry: SetEntry, base: Path) -> EvalSet:
    """Load one set of a suite whose file lies in ``base``.

    Raises FileNotFoundError when it is not there (the suite then skips it), InputError when it is
    there and faulty.
    """
    path = (base / entry.path).resolve()
    if not path.exists():
        raise FileNotFoundError(path)
    if entry.kind != "jsonl" and entry.split:
        raise UsageError(f"Set {entry.path}: only a jsonl set has splits.")
    if entry.kind == "folder":
        loaded = load_folder(path)
        documents = loaded.documents[: entry.limit] if entry.limit else loaded.documents
    elif entry.kind == "jsonl":
        loaded = load_jsonl(path, entry.split, entry.limit)
        documents = loaded.documents
    else:
        loaded = load_tsv(path, entry.limit)
        documents = loaded.documents
    return EvalSet(entry.name or loaded.name, loaded.description, documents)
