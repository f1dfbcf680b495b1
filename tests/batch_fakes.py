"""Translators for the batch tests: quick, exact, and failing on demand in worker processes.

A recipe's ``opener`` names ``open_fake``; its ``translator`` is ``NAME`` or ``NAME:FOLDER``, where
FOLDER keeps marks of what happened (a worker process can't tell a test otherwise).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from toolkit.batch.models import Opened
from toolkit.batch.recipe import Recipe
from toolkit.errors import ModelError
from toolkit.types import Check, Hypothesis

OPENER = "tests.batch_fakes:open_fake"


class FakeTranslator:
    """Marks each sentence; some words in it make things go wrong."""

    name = "fake"

    def __init__(self, spec: str) -> None:
        kind, _, folder = spec.partition(":")
        self.kind = kind
        self.folder = Path(folder) if folder else None
        self.signature = "fake|1"

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        if self.kind == "slow":
            time.sleep(0.01 * len(segments))
        return [self._one(s) for s in segments]

    def _one(self, segment: str) -> Hypothesis:
        if self.folder is not None and self.kind == "count":
            with (self.folder / "calls").open("a", encoding="utf-8") as file:
                file.write(segment + "\n")
        if "RAISE" in segment:
            raise ValueError("this sentence breaks the translator")
        if "DIE-ONCE" in segment and self.folder is not None:
            mark = self.folder / "died"
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if "DIE-ALWAYS" in segment:
            os.kill(os.getpid(), signal.SIGKILL)
        if "EAT-MEMORY" in segment:
            hoard = [bytearray(50_000_000) for _ in range(200)]
            return Hypothesis(str(len(hoard)))
        checks = (Check("number", "warning", "a number"),) if any(map(str.isdigit, segment)) else ()
        return Hypothesis(f"<{segment}>" if segment else "", checks)


def open_fake(recipe: Recipe) -> Opened:
    """The opener that the tests' recipes name."""
    if recipe.translator == "missing":
        raise ModelError("There is no such model.")
    if recipe.translator == "broken":
        os._exit(3)
    translator = FakeTranslator(recipe.translator)
    if recipe.task == "translate":
        return Opened(translator)
    from toolkit.summarize.pipeline import open_summarizer

    return Opened(translator, open_summarizer(recipe.summarizer))


def main(source: str, out: str, translator: str) -> int:
    """Run a job as a program of its own, to be killed from outside."""
    from toolkit.batch import Geometry, Job, Resources, run_job

    recipe = Recipe(opener=OPENER, translator=translator)
    job = Job((source,), Path(out), recipe, geometry=Geometry(3), resources=Resources(2, 1))
    return run_job(job).exit_code


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:4]))
