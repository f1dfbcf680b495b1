"""Reads run directories of ``evaluate`` back, and joins several.

Everything is checked before anything is scored: ids and counts against the set, the outputs'
digest against the manifest, content against the references (``alignment``). Writing run
directories is ``runner``'s business, plain output files are ``plain``'s.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.compare.alignment import check_content, check_ids
from toolkit.compare.bench import Bench, Output, System, Unit
from toolkit.compare.files import read_lines, read_text
from toolkit.errors import InputError
from toolkit.types import Check

SEVERITIES = ("error", "warning", "info")
RUN_SCHEMA = "ringkas.run/1"
MANIFEST = "manifest.json"


def is_run(path: Path) -> bool:
    """Whether a path is a run directory."""
    return (path / MANIFEST).is_file()


def digest_units(units: Sequence[Unit]) -> str:
    """SHA-256 (hex) of ids, sources, references and translations, in order."""
    content = [[u.id, u.source, list(u.references), u.translation, u.document] for u in units]
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def _json(path: Path) -> Any:
    try:
        return json.loads(read_text(path, "run file"))
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is not JSON (line {error.lineno}): {error.msg}.") from None


def read_manifest(run: Path) -> dict[str, Any]:
    """The manifest of a run directory; InputError when it is none or the run is unfinished."""
    if not run.exists():
        raise InputError(f"{run} does not exist; name a run directory or an output file.")
    if not is_run(run):
        raise InputError(
            f"{run} is not a run directory (it has no {MANIFEST}); to compare plain output files, "
            "give --references FILE."
        )
    manifest = _json(run / MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("schema") != RUN_SCHEMA:
        raise InputError(f"{run / MANIFEST} is not a manifest of schema {RUN_SCHEMA}.")
    if manifest.get("finished") is not True:
        raise InputError(
            f"The run in {run} is not finished; run 'ringkas evaluate' with it again to go on."
        )
    return manifest


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units a run was scored on (JSON Lines)."""
    units = []
    for number, line in enumerate(read_lines(path, "units file"), 1):
        try:
            row = json.loads(line)
            row["references"] = tuple(row["references"])
            units.append(Unit(**row))
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}, line {number}: not a unit of a run ({error}).") from None
    return tuple(units)


def output_from(row: Mapping[str, Any], field: str = "text") -> Output:
    """One output from a line of an outputs file; ``field`` "title" gives its headline.

    The checks of a line are about its text. Raises KeyError, TypeError or ValueError for what is
    no output.
    """
    if not isinstance(row, Mapping):
        raise TypeError("it is no object")
    checks = row.get("checks", ()) if field == "text" else ()
    output = Output(
        id=row["id"],
        text=row.get(field, "") if field == "title" else row[field],
        checks=tuple(Check(**check) for check in checks),
        article=row.get("article", ""),
    )
    if not all(isinstance(text, str) for text in (output.id, output.text, output.article)):
        raise TypeError("id, text or article is no text")
    if odd := [check.severity for check in output.checks if check.severity not in SEVERITIES]:
        raise ValueError(f"a check has the severity {odd[0]!r}")
    return output


def read_outputs(path: Path, field: str = "text") -> list[Output]:
    """The outputs of one system (JSON Lines); InputError naming the first bad line."""
    found = []
    for number, line in enumerate(read_lines(path, "outputs"), 1):
        try:
            found.append(output_from(json.loads(line), field))
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}, line {number}: not an output of a run ({error}).") from None
    return found


def run_benches(run: Path, *, check: bool = True) -> tuple[list[Bench], dict[str, Any]]:
    """The benches of a finished run directory, one a set and task, and its manifest.

    Raises InputError when an outputs file does not match its set's ids or (unless ``check`` is
    False) its digest or references, or the units are not those of the run.
    """
    manifest = read_manifest(run)
    timing = _json(run / "timing.json") if (run / "timing.json").is_file() else {}
    try:
        return _benches(run, manifest, timing, check=check), manifest
    except KeyError as error:
        raise InputError(
            f"{run / MANIFEST} lacks {error}; it was changed after the run: run it again."
        ) from None


def _benches(run: Path, manifest: dict[str, Any], timing: Any, *, check: bool) -> list[Bench]:
    benches = []
    for entry in manifest["benches"]:
        units = read_units(run / entry["units"])
        if check and digest_units(units) != entry["digest"]:
            raise InputError(
                f"{run / entry['units']} was changed after the run (its digest is not the "
                "manifest's); run it again or compare with --no-check."
            )
        ids = [unit.id for unit in units]
        systems = []
        for described in entry["systems"]:
            if described["kind"] == "human":
                systems.append(System(described["name"], (), kind="human", info=described["info"]))
                continue
            path = run / described["outputs"]
            field = "title" if entry["task"] == "headline" else "text"
            outputs = read_outputs(path, field)
            check_ids(described["name"], ids, [output.id for output in outputs], str(path))
            if check and all(unit.references for unit in units):
                texts = [output.text for output in outputs]
                check_content(described["name"], ids, texts, [u.references for u in units])
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if check and found != described["digest"]:
                raise InputError(
                    f"{path} was changed after the run (its SHA-256 is not the manifest's); run "
                    "it again or compare with --no-check."
                )
            timed = {} if entry["task"] == "headline" else timing
            systems.append(_timed(described, outputs, timed))
        if entry["task"] != "translation":
            systems = with_articles(systems)
        benches.append(
            Bench(entry["set"], entry["task"], units, tuple(systems), digest=entry["digest"])
        )
    return benches


def with_articles(systems: Sequence[System]) -> list[System]:
    """The systems with the English of the whole source filled in where they lack it.

    A system that translated only what it needed gets the translations of another one with the
    same translator signature, which would have been its own.
    """
    known: dict[tuple[str, str], str] = {}
    for system in systems:
        signature = system.info.get("translator signature", "")
        for output in system.outputs:
            if output.article and signature:
                known.setdefault((signature, output.id), output.article)
    return [
        replace(
            system,
            outputs=tuple(
                o
                if o.article
                else replace(
                    o, article=known.get((system.info.get("translator signature", ""), o.id), "")
                )
                for o in system.outputs
            ),
        )
        for system in systems
    ]


def _timed(described: Mapping[str, Any], outputs: list[Output], timing: Any) -> System:
    own = timing.get(described["key"], {})
    times = own.get("units", {})
    return System(
        name=described["name"],
        outputs=tuple(
            replace(o, seconds=times[o.id]["seconds"], sentences=times[o.id]["sentences"])
            if o.id in times
            else o
            for o in outputs
        ),
        kind=described["kind"],
        info=described["info"],
        peak_memory=own.get("peak_memory"),
    )


def merge(runs: Sequence[tuple[str, Sequence[Bench]]]) -> list[Bench]:
    """Join the benches of several runs by set and task.

    A system that stands in several runs is called ``NAME@RUN``. Raises InputError when the same
    set differs between runs.
    """
    merged: dict[tuple[str, str], Bench] = {}
    owner: dict[tuple[str, str], str] = {}
    names: dict[tuple[str, str], list[str]] = {}
    for _, benches in runs:
        for bench in benches:
            names.setdefault((bench.name, bench.task), []).extend(s.name for s in bench.systems)
    for run, benches in runs:
        for bench in benches:
            key = (bench.name, bench.task)
            systems = []
            for system in bench.systems:
                if names[key].count(system.name) > 1:
                    if system.kind == "human" and key in merged:
                        continue
                    if system.kind != "human":
                        system = replace(system, name=f"{system.name}@{run}")
                systems.append(system)
            known = merged.get(key)
            if known is None:
                merged[key], owner[key] = replace(bench, systems=tuple(systems)), run
                continue
            check_ids(
                f"run {run}", [u.id for u in known.units], [u.id for u in bench.units], bench.name
            )
            for ours, theirs in zip(known.units, bench.units, strict=True):
                if ours != theirs:
                    raise InputError(
                        f"Set '{bench.name}' is not the same in the runs '{owner[key]}' and "
                        f"'{run}': document '{ours.id}' differs."
                    )
            merged[key] = replace(known, systems=(*known.systems, *systems))
    return list(merged.values())
