"""What shapes a job's output, in a form that travels to worker processes and other machines.

``Recipe.settings`` is what the ledger compares: everything that can change a byte of the output,
and nothing that can't (engine, workers, memory, output format).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from toolkit import __version__
from toolkit.batch.columns import Columns
from toolkit.batch.shards import Geometry
from toolkit.errors import InputError, UsageError
from toolkit.models.registry import EMBEDDED
from toolkit.translate.base import Decoding
from toolkit.translate.opening import ARTICLE_BEAM
from toolkit.types import Order

Task = Literal["translate", "summarize"]
BACKEND = "backend"
"""Among a worker's signatures: that of the translator's backend, which the translator's own holds
already; for messages only."""
FORMAT_VERSION = 4
"""Raised whenever rows of the output change their make-up."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How each document is worked on.

    ``translator``, ``summarizer``, ``length`` are specs as on the command line; ``glossary`` is a
    path; ``keep_languages`` translates text in other languages too instead of rejecting it;
    ``keep_furniture`` takes nothing out of the text. ``device`` and ``threads`` (of one worker)
    and ``memory`` (file of the translation memory, None: none) do not change the output.
    ``opener`` names the function ``(Recipe) → Opened`` that loads the models.
    """

    task: Task = "translate"
    translator: str = "embedded"
    decoding: Decoding = field(default_factory=Decoding)
    glossary: Path | None = None
    guard: bool = True
    fallback: str | None = None
    source_lang: str | None = None
    target_lang: str | None = None
    prefix: str | None = None
    summarizer: str = "ranker"
    length: str = "medium"
    order: Order = "summarize-first"
    keep_languages: bool = False
    keep_furniture: bool = False
    device: str = "cpu"
    threads: int = 1
    memory: Path | None = None
    opener: str = "toolkit.batch.models:open_models"

    def __post_init__(self) -> None:
        """Raises UsageError for a task or an order there is not."""
        for name, given, known in (
            ("task", self.task, get_args(Task)),
            ("order", self.order, get_args(Order)),
        ):
            if given not in known:
                raise UsageError(f"There is no {name} '{given}'; known: {', '.join(known)}.")

    def settings(
        self, signatures: Mapping[str, str], columns: Columns, geometry: Geometry
    ) -> dict[str, Any]:
        """All that can change a byte of the output; ``signatures`` come from the loaded models."""
        found: dict[str, Any] = {
            "version": f"{__version__}/{FORMAT_VERSION}",
            "task": self.task,
            **signatures,
            "keep languages": self.keep_languages,
            "keep furniture": self.keep_furniture,
            "columns": asdict(columns),
            "shards": asdict(geometry),
        }
        if self.task == "summarize":
            found |= {"length": self.length, "order": self.order}
        return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def batch_decoding(
    task: Task,
    translator: str,
    *,
    beam_size: int | None = None,
    rerank: bool | None = None,
    batch_tokens: int = Decoding().batch_tokens,
) -> Decoding:
    """The search settings of a job where its user leaves them open (None).

    Summaries of the embedded model have their hypotheses reranked out of a wide beam, as
    ``ringkas summarize`` does (which also searches again for lost words): only a few sentences of
    each document are translated. Whole documents are translated with the plain, three times
    faster search.
    """
    summaries = task == "summarize"
    if rerank is None:
        rerank = summaries and translator == EMBEDDED and beam_size != 1
    if beam_size is None:
        beam_size = ARTICLE_BEAM if summaries and rerank else Decoding().beam_size
    return Decoding(beam_size=beam_size, rerank=rerank, batch_tokens=batch_tokens)


def describe_recipe(recipe: Recipe, backend: str) -> dict[str, Any]:
    """In words, what the models' signatures are digests of: for a person, not for comparing jobs.

    ``backend`` is the signature of the translator's backend ("" when it has none). Raises
    InputError when the glossary can't be read.
    """
    model, _, use = backend.partition("|")
    decoding = asdict(recipe.decoding)
    decoding.pop("batch_tokens")  # changes no byte of the output
    terms = None
    if recipe.glossary is not None:
        try:
            digest = hashlib.sha256(recipe.glossary.read_bytes()).hexdigest()
        except OSError as error:
            raise InputError(f"{recipe.glossary} can't be read: {error.strerror}.") from error
        terms = f"sha256 {digest[:16]}"
    found: dict[str, Any] = {
        "program": __version__,
        "translator": recipe.translator,
        "model": model or None,
        "model's use": use or None,
        **{name.replace("_", " "): value for name, value in decoding.items()},
        "glossary": terms,
        "guard": "on" if recipe.guard else "off",
        "fallback": recipe.fallback,
        "source language": recipe.source_lang,
        "target language": recipe.target_lang,
        "prefix": recipe.prefix,
    }
    if recipe.task == "summarize":
        found["summarizer"] = recipe.summarizer
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def settings_digest(settings: Mapping[str, Any]) -> str:
    """A digest of settings, part of every part's name."""
    text = json.dumps(settings, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What differs between two settings, each as ``name: before → now``."""
    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            found += [f"{name} {line}" for line in differences(old, new)]
        else:
            found.append(f"{name}: {_shown(old)} → {_shown(new)}")
    return found


def _shown(value: Any) -> str:
    return "none" if value is None else str(value)
