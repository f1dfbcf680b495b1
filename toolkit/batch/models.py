"""Opens what a recipe names: translator, summariser, translation memory. One set a worker."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from toolkit.batch.memory import Memory
from toolkit.batch.recipe import Recipe
from toolkit.summarize.base import Abstractive, Extractive
from toolkit.translate.base import Translator
from toolkit.types import Hypothesis

if TYPE_CHECKING:
    from toolkit.text.names import Glossary


@dataclass(slots=True)
class Opened:
    """Loaded models; ``signatures`` name all of them (translator, and summarizer if there is).

    ``glossary`` is for sentences that a summariser writes itself; the translator has its own.
    """

    translator: Translator
    summarizer: Extractive | Abstractive | None = None
    glossary: Glossary | None = None

    @property
    def signatures(self) -> dict[str, str]:
        """Kind of model → signature."""
        found = {"translator": self.translator.signature}
        if self.summarizer is not None:
            from toolkit.summarize.pipeline import PIPELINE_VERSION

            found["summarizer"] = f"{PIPELINE_VERSION}|{self.summarizer.signature}"
        return found


def open_recipe(recipe: Recipe) -> Opened:
    """Call the recipe's opener. Raises what it raises (UsageError, ModelError)."""
    module, _, name = recipe.opener.partition(":")
    return cast(Opened, getattr(importlib.import_module(module), name)(recipe))


def open_models(recipe: Recipe) -> Opened:
    """Load what the recipe names. Raises UsageError, ModelError, InputError (glossary)."""
    from toolkit.translate import open_translator

    glossary = None
    if recipe.glossary is not None:
        from toolkit.text.names import Glossary

        glossary = Glossary.load(recipe.glossary)
    translator = open_translator(
        recipe.translator,
        decoding=recipe.decoding,
        guard=recipe.guard,
        fallback=recipe.fallback,
        device=recipe.device,
        threads=recipe.threads,
        source_lang=recipe.source_lang,
        target_lang=recipe.target_lang,
        prefix=recipe.prefix,
        glossary=glossary,
    )
    if recipe.task == "translate":
        return Opened(translator)
    from toolkit.summarize.pipeline import open_summarizer

    told = recipe.glossary is not None and recipe.summarizer.partition(":")[0] == "chat"
    options: dict[str, Any] = {"glossary": recipe.glossary} if told else {}
    return Opened(translator, open_summarizer(recipe.summarizer, **options), glossary)


@dataclass(slots=True)
class Usage:
    """What work took: source tokens of the engine, sentences from the memory and the engine."""

    tokens: int = 0
    hits: int = 0
    misses: int = 0


class Flight:
    """Sentences on their way: known ones from the memory, the others in the engine.

    ``start`` hands the others to the engine (``land`` does, where it was not called); ``land``
    waits for it, keeps what came in the memory, and returns all hypotheses.
    """

    def __init__(self, translator: Translator, memory: Memory, segments: Sequence[str]) -> None:
        distinct = list(dict.fromkeys(segments))
        self._memory = memory
        self._translator = translator
        self._known = memory.find(distinct)
        self._missing = [s for s in distinct if s not in self._known]
        self.usage = Usage(hits=len(self._known), misses=len(self._missing))
        self._job: Any = None
        self._started = False
        if self._missing and hasattr(translator, "start"):
            staged = cast(Any, translator)
            self._job = staged.prepare(self._missing)
            self.usage.tokens = self._job.tokens

    def start(self) -> None:
        """Hand what is not known to the engine; returns at once where the engine can."""
        if self._job is not None and not self._started:
            self._started = True
            cast(Any, self._translator).start(self._job)

    def share(self) -> float:
        """Share of the engine's work that is done, 0 … 1, as far as it can be told; never waits."""
        if not self._missing:
            return 1.0
        if not self._started:
            return 0.0
        pending: Any = self._job.pending
        if pending is None:  # the results are here and are being checked
            return 1.0
        return float(pending.share()) if hasattr(pending, "share") else 0.0

    def land(self) -> dict[str, Hypothesis]:
        """Hypotheses by segment."""
        if not self._missing:
            return self._known
        if self._job is not None:
            self.start()
            results = cast(Any, self._translator).finish(self._job)
        else:
            results = self._translator.translate(self._missing)
        new = dict(zip(self._missing, results, strict=True))
        self._memory.store(new)
        return {**self._known, **new}
