"""Bringing a model in: from the hub or a local folder to an installed, verified int8 model.

A checkpoint in Hugging Face layout is converted; one that is CTranslate2 already is copied. Hash,
licence, source and date are recorded in the card.
"""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, ModelError, UsageError
from toolkit.models.card import Card, problems, read_card, record_files, write_card
from toolkit.models.conversion import convert, family_of, install, refuse_foreign
from toolkit.models.hub import fetch
from toolkit.models.registry import (
    EMBEDDED,
    HUB_NAME,
    ModelInfo,
    layout_of,
    local_name,
    models_home,
    valid_name,
)
from toolkit.translate.frames import family_of_vocabulary
from toolkit.translate.subwords import open_piece_models, read_vocabulary

_DOCUMENTS = ("README.md", "MODEL_CARD.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE")


def pull(
    source: str,
    *,
    name: str | None = None,
    revision: str | None = None,
    prefix: str | None = None,
    quantization: str = "int8",
    force: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> ModelInfo:
    """Install a model under ``name`` (default: the last part of ``source``) and return it.

    ``source`` is a hub name (``owner/model``) or a folder in Hugging Face or CTranslate2 layout;
    ``revision`` a branch, tag or commit of a hub model; ``prefix`` a T5 model's text prefix;
    ``report`` is told what is being done. Raises UsageError for a name that is taken or not
    allowed, for a prefix that the model's family doesn't read, and for a taken folder that holds
    no model; ModelError when the model can't be fetched or converted.
    """
    folder = Path(source).expanduser()
    local = folder.is_dir()
    if folder.is_file():
        raise InputError(
            f"{folder} is a file; give a folder in Hugging Face or CTranslate2 layout."
        )
    if not local and not HUB_NAME.fullmatch(source):
        raise ModelError(
            f"There is no folder {folder}, and '{source}' is no hub name such as "
            "Helsinki-NLP/opus-mt-id-en."
        )
    if local and revision is not None:
        raise UsageError("--revision is for hub models; a folder has none.")
    name = name or local_name(str(folder.resolve()) if local else source)
    if not valid_name(name):
        why = "is the built-in model's" if name == EMBEDDED else "may hold letters, digits, . _ -"
        raise UsageError(f"'{name}' can't be the name of an installed model: it {why}.")
    target = models_home() / name
    if target.exists() and not force:
        raise UsageError(
            f"A model '{name}' is already installed in {target}; give --force to replace it or "
            "--name to keep both."
        )
    refuse_foreign(target)
    if local:
        origin, commit = str(folder.resolve()), ""
    else:
        report(f"Fetching {source} from the hub.")
        folder, commit = fetch(source, revision)
        origin = source
    card = _card(folder, name, origin, commit)
    layout = layout_of(folder)
    if layout is None:
        raise ModelError(
            f"{source} holds no model that Ringkas can use: it needs config.json with "
            "*.safetensors or pytorch_model.bin (Hugging Face), or model.bin (CTranslate2)."
        )
    if prefix is not None:
        family = card.family if layout == "ctranslate2" else family_of(folder)
        family = family or family_of_vocabulary(read_vocabulary(folder))
        if family != "t5":
            raise UsageError(
                f"--prefix is for T5 models and {source} is a {family} model, which reads no text "
                "prefix; leave it out."
            )
        card = replace(card, prefix=prefix)
    target.parent.mkdir(parents=True, exist_ok=True)
    if layout == "huggingface":
        report(f"Converting to CTranslate2 {quantization}.")
        card = convert(folder, target, quantization=quantization, card=card, force=force)
    else:
        card = _copy(folder, target, card)
    for document in _DOCUMENTS:
        if (folder / document).is_file() and not (target / document).exists():
            shutil.copyfile(folder / document, target / document)
    return ModelInfo(name, target, "ctranslate2", card)


def _copy(folder: Path, target: Path, card: Card) -> Card:
    """Install a folder that is in CTranslate2 layout already."""
    found = problems(folder, card, hashes=True)
    if found:
        raise ModelError(f"{found[0]}; the folder can't be installed.")
    open_piece_models(folder)
    family = card.family or family_of_vocabulary(read_vocabulary(folder))
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for path in folder.iterdir():
            if path.is_file() and not path.name.startswith("."):
                shutil.copyfile(path, work / path.name)
        done = replace(card, family=family, files=record_files(work))
        write_card(work, done)
        install(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return done


def _card(folder: Path, name: str, origin: str, commit: str) -> Card:
    """The card to record: the folder's own, completed by what its README says."""
    base = read_card(folder) or Card()
    today = datetime.date.today().isoformat()
    return replace(
        base,
        name=name,
        source=origin,
        revision=commit or base.revision,
        date=today,
        licence=base.licence or licence_of(folder) or "none stated",
    )


def licence_of(folder: Path) -> str:
    """The licence that a model's README names in its front matter, or "" when it names none."""
    readme = folder / "README.md"
    if not readme.is_file():
        return ""
    front = _front_matter(readme.read_text(encoding="utf-8", errors="replace"))
    value: Any = front.get("license_name") or front.get("license") or front.get("licence")
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    return str(value) if value else ""


def _front_matter(text: str) -> dict[str, Any]:
    if not text.startswith("---"):
        return {}
    import yaml  # type: ignore[import-untyped]

    try:
        value = yaml.safe_load(text[3:].split("\n---", 1)[0])
    except yaml.YAMLError:
        return {}
    return value if isinstance(value, dict) else {}
