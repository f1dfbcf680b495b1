"""Takes a run up for a suite that has gained systems or scores differently: what is done is kept.

Only where sets, program and packages are the same and the models of kept systems are, too, so that
outputs stay what the new signature would give; and only where no output would be lost. Whether a
directory is a run at all is ``runner``'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.compare.files import dump, read_rows
from toolkit.compare.plan import Job, Plan

_MAY_DIFFER = frozenset({"systems", "settings or metrics", "models"})


def changed_parts(plan: Plan, known: Mapping[str, Any]) -> list[str]:
    """The parts of a run, in words, that the plan has otherwise."""
    before = known.get("made_of") or {}
    return [name for name, digest in plan.made_of.items() if before.get(name) != digest]


def can_extend(plan: Plan, known: Mapping[str, Any]) -> bool:
    """Whether outputs of a run with the manifest ``known`` may serve the plan at all."""
    parts = changed_parts(plan, known)
    models = known.get("models")
    return (
        isinstance(models, dict)
        and _MAY_DIFFER.issuperset(parts)
        and all(models.get(name, digest) == digest for name, digest in plan.models.items())
    )


def lost_systems(plan: Plan, run: Path) -> list[str]:
    """Names of systems that have outputs in ``run`` and no job in the plan."""
    _, lost = _pairs(plan, run)
    return list(dict.fromkeys(lost))


def carry_over(plan: Plan, run: Path) -> None:
    """Give the outputs of ``run`` the names that they have in the plan.

    Adding a system may rename the others, as names say what differs. May be interrupted and
    called again. Nothing is to be lost (``lost_systems``).
    """
    pairs, _ = _pairs(plan, run)
    for row, job in pairs:
        if row["key"] == job.key:
            continue
        _move(run / row["outputs"], run / job.outputs)
        for folder, kind in (("times", "jsonl"), ("done", "json")):
            _move(run / folder / f"{row['key']}.{kind}", run / folder / f"{job.key}.{kind}")


def _pairs(plan: Plan, run: Path) -> tuple[list[tuple[dict[str, Any], Job]], list[str]]:
    """Jobs of the run that have outputs, each with its job in the plan; names of those without."""
    jobs = {_same(job.as_row()): job for job in plan.jobs}
    rows = [r for r in read_rows(run / "jobs.jsonl") if (run / r["outputs"]).is_file()]
    taken = {row["key"] for row in rows}
    pairs, lost = [], []
    for row in rows:
        job = jobs.get(_same(row))
        # A name that now stands for another system can't be given before that one has moved.
        if job is None or (job.key != row["key"] and job.key in taken):
            lost.append(row["spec"]["name"])
        else:
            pairs.append((row, job))
    return pairs, lost


def _same(row: Mapping[str, Any]) -> str:
    """What decides a job's outputs: all but names."""
    spec = {k: v for k, v in row["spec"].items() if k != "name"}
    return dump([row["set"], row["task"], row["input"], row["share"], spec])


def _move(old: Path, new: Path) -> None:
    if old.is_file():
        old.replace(new)
