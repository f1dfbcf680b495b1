"""Suites: which systems run on which sets, scored how. TOML, validated, unknown keys an error.

A ``[[systems]]`` entry may give lists for translator, summarizer, order and length; each
combination is a system (``systems``). Running a suite is ``runner``'s business.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from toolkit.compare.files import read_text, validated
from toolkit.compare.set_files import load_jsonl, load_tsv
from toolkit.compare.sets import EvalSet, load_folder
from toolkit.errors import InputError, UsageError
from toolkit.types import Order

ORDERS: tuple[Order, ...] = ("translate-first", "summarize-first")
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
    """Decoding and guard settings of a system (the translator's defaults where left out).

    ``rerank`` is the search of ``ringkas summarize``: a wide beam, reranked, flagged sentences
    searched for longer.
    """

    beam_size: Annotated[int, Field(ge=1)] | None = None
    length_penalty: float | None = None
    no_repeat_ngram_size: Annotated[int, Field(ge=0)] | None = None
    repetition_penalty: Annotated[float, Field(gt=0)] | None = None
    max_length: Annotated[int, Field(ge=1)] | None = None
    rerank: bool = False
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

    @field_validator("seeds")
    @classmethod
    def _no_seed_twice(cls, value: list[int]) -> list[int]:
        if twice := sorted({seed for seed in value if value.count(seed) > 1}):
            raise ValueError(f"the seed {twice[0]} stands there twice; give each seed once")
        return value


def load_suite(path: Path) -> Suite:
    """Read and validate a suite file. Raises InputError with one sentence on the first fault."""
    try:
        data = tomllib.loads(read_text(path, "suite"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not TOML: {error}.") from None
    from toolkit.compare.systems import systems

    suite = validated(Suite, data, str(path))
    systems(suite)
    return suite


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
