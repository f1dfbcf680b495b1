"""Runs a plan: every system on every set, each in its own process; resumes; reads all back.

A run directory holds units/, inputs/, outputs/, times/, done/, jobs.jsonl, scores.json,
timing.json, manifest.json and the report. Outputs and scores.json are a function of the run's
signature: equal signatures give equal bytes. Times and memory stand apart, in timing.json and the
manifest. What the jobs are is ``plan``'s business, scoring ``assemble``'s.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit import config
from toolkit.compare import runs
from toolkit.compare.bench import Bench, Task, human
from toolkit.compare.comparison import Skipped
from toolkit.compare.extend import can_extend, carry_over, changed_parts, lost_systems
from toolkit.compare.files import read_rows, sha256, write_json, write_lines
from toolkit.compare.plan import Job, Plan, program_digest, units_path, versions
from toolkit.compare.suite import Suite
from toolkit.errors import ChecksFailedError, InputError, RingkasError, UsageError
from toolkit.metrics.efficiency import machine

Progress = Callable[[str], None]


def prepare(plan: Plan, run: Path, *, fresh: bool = False) -> None:
    """Make the run directory, or take up one of the same signature, or one that lacks systems only.

    Raises UsageError when the directory holds something else, InputError when its manifest can't
    be read (unless ``fresh``).
    """
    manifest = run / runs.MANIFEST
    if run.exists() and not run.is_dir():
        raise UsageError(f"{run} is a file; give a folder with --out.")
    if run.exists() and any(run.iterdir()):
        if not manifest.is_file():
            raise UsageError(f"{run} is not empty and not a run; choose another --out.")
        known = _known(run)
        if known is None:
            if not fresh:
                raise InputError(
                    f"{manifest} is damaged, so the run in {run} can't be taken up; throw it away "
                    "with --fresh, or choose another --out."
                )
        elif known.get("schema") != runs.RUN_SCHEMA:
            raise UsageError(f"{run} is not a run; choose another --out.")
        elif known.get("signature") != plan.signature and not fresh:
            _extend(plan, run, known)
            return
        elif not fresh:
            return
        shutil.rmtree(run)
    _lay_out(plan, run)


def _lay_out(plan: Plan, run: Path) -> None:
    for (name, task), units in plan.units.items():
        write_lines(run / units_path(name, task), [asdict(unit) for unit in units])
    for path, rows in plan.inputs.items():
        write_lines(run / path, rows)
    write_lines(run / "jobs.jsonl", [job.as_row() for job in plan.jobs])
    write_json(
        run / runs.MANIFEST,
        {
            "schema": runs.RUN_SCHEMA,
            "signature": plan.signature,
            "made_of": plan.made_of,
            "models": plan.models,
            "finished": False,
        },
    )


def _extend(plan: Plan, run: Path, known: Mapping[str, Any]) -> None:
    """Take up a run of which the plan keeps all systems. Raises UsageError for any other."""
    way_out = "choose another --out, or throw it away with --fresh."
    if not can_extend(plan, known):
        parts = changed_parts(plan, known) if known.get("made_of") else []
        other = ", ".join(parts) or "systems, sets, models or program"
        raise UsageError(f"{run} holds a run of other {other}; {way_out}")
    if lost := lost_systems(plan, run):
        raise UsageError(
            f"{run} holds outputs of '{lost[0]}', which the suite has no longer as it was; "
            + way_out
        )
    carry_over(plan, run)
    _lay_out(plan, run)


def _known(run: Path) -> dict[str, Any] | None:
    """The manifest of a run directory, None when it is damaged.

    Raises UsageError when the rest of the directory does not look like a run either: such a one
    is never thrown away.
    """
    try:
        known = json.loads((run / runs.MANIFEST).read_text(encoding="utf-8"))
    except ValueError:
        known = None
    if isinstance(known, dict):
        return known
    names = {path.name for path in run.iterdir()}
    if names != {runs.MANIFEST} and "jobs.jsonl" not in names:
        raise UsageError(f"{run} is not a run; choose another --out.")
    return None


def run_jobs(
    plan: Plan, run: Path, progress: Progress, *, isolate: bool = True
) -> list[tuple[Job, RingkasError]]:
    """Do every job that is not done; return those that failed, with the reason.

    ``isolate`` False runs the jobs in this process (no memory of their own). Ctrl-C stops after
    the line that is being written; what is done stays.
    """
    failures: list[tuple[Job, RingkasError]] = []
    for number, job in enumerate(plan.jobs, 1):
        label = f"[{number}/{len(plan.jobs)}] {job.set_name}, {job.task}: {job.spec.name}"
        if _done(job, run) is not None:
            progress(f"{label}: done before")
            continue
        progress(label)
        error = _isolated(job, run, label, progress) if isolate else _here(job, run)
        if error is not None:
            failures.append((job, error))
            progress(f"{label}: failed: {error}")
    return failures


def _done(job: Job, run: Path) -> dict[str, Any] | None:
    """What a finished job left, or None when it is to be done (on, or again).

    A damaged note is thrown away, and outputs that are no longer what it says with it.
    """
    path = run / "done" / f"{job.key}.json"
    if not path.is_file():
        return None
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        if entry["digest"] == sha256(run / job.outputs):
            return dict(entry)
        changed = [run / job.outputs, run / "times" / path.with_suffix(".jsonl").name]
    except (ValueError, KeyError, TypeError, FileNotFoundError):
        changed = []
    for each in (path, *changed):
        each.unlink(missing_ok=True)
    return None


def _here(job: Job, run: Path) -> RingkasError | None:
    from toolkit.compare.work import work

    try:
        work(run, job.key)
    except RingkasError as error:
        return error
    return None


def _isolated(job: Job, run: Path, label: str, progress: Progress) -> RingkasError | None:
    environment = dict(os.environ)
    path = [str(config.PACKAGE.parent), environment.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    command = [sys.executable, "-m", "toolkit.compare.work", str(run), job.key]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        waited = 0
        while True:
            try:
                _, said = process.communicate(timeout=10)
                break
            except subprocess.TimeoutExpired:
                waited += 10
                outputs = run / job.outputs
                count = outputs.read_bytes().count(b"\n") if outputs.is_file() else 0
                progress(f"{label}: {count} done after {waited} s")
            except KeyboardInterrupt:
                process.terminate()
                process.wait()
                raise
    if process.returncode == 0:
        return None
    if process.returncode in (130, -2):
        raise KeyboardInterrupt
    lines = said.strip().splitlines()
    error = RingkasError(lines[-1] if lines else f"process ended with {process.returncode}")
    error.exit_code = process.returncode if process.returncode in (1, 2, 3, 4) else 1
    return error


def finish(
    plan: Plan, run: Path, failures: Sequence[tuple[Job, RingkasError]]
) -> tuple[list[Bench], dict[str, Any], list[Skipped]]:
    """Read all outputs back, write timing.json and the manifest; return benches to score.

    Raises the first failure's error when no system of the run could be run.
    """
    broken = {job.key for job, _ in failures}
    done = {
        job.key: entry
        for job in plan.jobs
        if job.key not in broken and (entry := _done(job, run)) is not None
    }
    if not done:
        raise failures[0][1]
    timing = {
        key: {
            "peak_memory": entry["peak_memory"],
            "load_seconds": entry["load_seconds"],
            "units": {
                row["id"]: {"seconds": row["seconds"], "sentences": row["sentences"]}
                for row in read_rows(run / "times" / f"{key}.jsonl")
            },
        }
        for key, entry in done.items()
    }
    write_json(run / "timing.json", timing)
    skipped = [
        *plan.skipped,
        *(Skipped(f"{j.spec.name} on {j.set_name}, {j.task}", str(e)) for j, e in failures),
    ]
    manifest = {
        "schema": runs.RUN_SCHEMA,
        "finished": True,
        "signature": plan.signature,
        "made_of": plan.made_of,
        "suite": plan.suite.model_dump(mode="json", by_alias=True),
        "sets": {
            name: {"digest": s.digest, "documents": len(s.documents)}
            for name, s in plan.sets.items()
        },
        "metrics": _specs(plan.suite),
        "benches": [_bench_entry(plan, key, done, timing) for key in plan.units],
        "skipped": [asdict(s) for s in skipped],
        "versions": versions(),
        "program": program_digest(),
        "models": plan.models,
        "machine": machine(),
    }
    write_json(run / runs.MANIFEST, manifest)
    benches, _ = runs.run_benches(run, check=False)
    return benches, manifest, skipped


def _specs(suite: Suite) -> dict[str, Any]:
    chosen = suite.metrics.model_dump(exclude_none=True)
    return {task: specs for task, specs in chosen.items() if specs}


def _bench_entry(
    plan: Plan, key: tuple[str, Task], done: dict[str, Any], timing: dict[str, Any]
) -> dict[str, Any]:
    name, task = key
    # Headlines stand beside the summaries; a baseline writes none.
    written: Task = "summary" if task == "headline" else task
    described = []
    for job in plan.jobs:
        if (job.set_name, job.task) != (name, written) or job.key not in done:
            continue
        if task == "headline" and job.spec.baseline:
            continue
        entry, spec = done[job.key], job.spec
        info = spec.described()
        info |= {f"{k} signature": v for k, v in entry["signatures"].items() if v}
        seconds = sum(row["seconds"] for row in timing[job.key]["units"].values())
        described.append(
            {
                "key": job.key,
                "name": spec.name,
                "kind": "baseline" if spec.baseline else "system",
                "info": info,
                "outputs": job.outputs,
                "digest": entry["digest"],
                "failed": entry["failed"],
                "seconds": round(seconds, 3),
                "load_seconds": round(entry["load_seconds"], 3),
                "peak_memory": entry["peak_memory"],
            }
        )
    units = plan.units[key]
    if (person := human(units)) is not None:
        described.append({"name": person.name, "kind": "human", "info": dict(person.info)})
    return {
        "set": name,
        "task": task,
        "units": units_path(name, task),
        "digest": runs.digest_units(units),
        "systems": described,
    }


def check_failed(plan: Plan, run: Path, failures: Sequence[tuple[Job, RingkasError]]) -> None:
    """Raise ChecksFailedError when a system or a document failed."""
    if failures:
        job, error = failures[0]
        raise ChecksFailedError(
            f"{len(failures)} of {len(plan.jobs)} system runs failed; the first, "
            f"'{job.spec.name}' on {job.set_name}: {error}"
        )
    for job in plan.jobs:
        for row in read_rows(run / job.outputs):
            if "error" in row:
                raise ChecksFailedError(
                    f"'{job.spec.name}' on {job.set_name} failed on document '{row['id']}': "
                    f"{row['error']}"
                )
