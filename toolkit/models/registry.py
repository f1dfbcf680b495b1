"""Which models there are: the embedded one, those installed under the user's data folder.

Finds folders, tells CTranslate2 from Hugging Face layout, and words the error for a model that is
not there, with the command that brings it. Nothing is loaded or downloaded here.
"""

from __future__ import annotations

import difflib
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit import config
from toolkit.errors import ModelError
from toolkit.models.card import Card, read_card

EMBEDDED = "embedded"
Layout = Literal["ctranslate2", "huggingface"]

HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model on this machine: its name, folder, layout, and its card where it has one."""

    name: str
    folder: Path
    layout: Layout
    card: Card | None

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(p.stat().st_size for p in self.folder.iterdir() if p.is_file())


def models_home() -> Path:
    """The folder of installed models, one folder a model."""
    return config.data_home() / "models"


def layout_of(folder: Path) -> Layout | None:
    """The layout of a model folder, or None when it holds no model that is known."""
    if (folder / "model.bin").is_file() and (
        (folder / "config.json").is_file() or any(folder.glob("*_vocabulary.*"))
    ):
        return "ctranslate2"
    weights = ("*.safetensors", "pytorch_model*.bin")
    if (folder / "config.json").is_file() and any(any(folder.glob(w)) for w in weights):
        return "huggingface"
    return None


def embedded() -> ModelInfo | None:
    """The embedded Indonesian→English model, or None when the installation lacks it."""
    folder = config.embedded_model_dir()
    if layout_of(folder) is None:
        return None
    return ModelInfo(EMBEDDED, folder, "ctranslate2", read_card(folder))


def installed() -> list[ModelInfo]:
    """The installed models by name; a folder that holds no model is left out."""
    home = models_home()
    if not home.is_dir():
        return []
    found = []
    for folder in sorted(home.iterdir()):
        layout = layout_of(folder) if folder.is_dir() else None
        if layout is not None and not folder.name.startswith("."):
            found.append(ModelInfo(folder.name, folder, layout, read_card(folder)))
    return found


def local_name(hub_name: str) -> str:
    """The name under which a hub model or a folder is installed: its last part."""
    return hub_name.rstrip("/").rsplit("/", 1)[-1]


def valid_name(name: str) -> bool:
    """Whether a model may be installed under this name."""
    return bool(_NAME.fullmatch(name)) and name != EMBEDDED


def find(name: str) -> ModelInfo:
    """The model called ``name``: ``embedded``, or an installed one (hub names find theirs too).

    Raises ModelError, naming what is there and the command that brings the rest.
    """
    if name == EMBEDDED:
        model = embedded()
        if model is None:
            raise ModelError(
                f"The embedded model is missing from {config.embedded_model_dir()}; "
                f"{embedded_remedy()}."
            )
        return model
    folder = models_home() / local_name(name)
    layout = layout_of(folder) if valid_name(folder.name) else None
    if layout is not None:
        model = ModelInfo(folder.name, folder, layout, read_card(folder))
        if "/" not in name or model.card is None or model.card.source in ("", name):
            return model
    raise ModelError(missing_message(name))


def missing_message(name: str) -> str:
    """One sentence for a model that is not there: what there is, and what brings it."""
    there = [EMBEDDED] if layout_of(config.embedded_model_dir()) else []
    there += [m.name for m in installed()]
    sentence = f"There is no model '{name}'"
    if near := difflib.get_close_matches(name, there, n=1):
        sentence += f" (did you mean '{near[0]}'?)"
    sentence += f"; installed: {', '.join(there) or 'none'}"
    if HUB_NAME.fullmatch(name):
        return f"{sentence}. Bring it with: ringkas models pull {name}"
    return (
        f"{sentence}. Bring one with: ringkas models pull NAME, "
        "for example: ringkas models pull Helsinki-NLP/opus-mt-id-en"
    )


def pull_again(folder: Path, card: Card | None) -> str:
    """The command that brings a damaged model back to ``folder``, under the name it has there.

    A folder elsewhere than among the installed models gets no name.
    """
    source = (card.source if card else "") or "NAME_OR_DIR"
    name = f" --name {folder.name}" if folder.parent == models_home() else ""
    return f"ringkas models pull {shlex.quote(source)}{name} --force"


def embedded_remedy() -> str:
    """The command that brings the embedded model back, as part of a sentence."""
    checkout = config.PACKAGE.parent
    if (checkout / ".git").exists():
        return f"bring it back with: git -C {checkout} checkout -- toolkit/models/embedded"
    return "bring it back with: pip install --force-reinstall --no-deps ringkas"
