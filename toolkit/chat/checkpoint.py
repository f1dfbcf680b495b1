"""A ``transformers`` checkpoint by name: a folder, an installed model, or one on the hub.

Shared by the local chat models and the seq2seq summariser. Finds, loads and identifies
checkpoints; what is generated with them is their owners' business. torch and transformers are
imported by the functions that need them.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from pathlib import Path
from typing import Any

from toolkit.errors import ModelError
from toolkit.models import registry
from toolkit.models.card import sha256

_FILES = (
    *("*.json", "*.model", "*.txt", "*.spm", "*.jinja", "*.safetensors"),
    *("vocab.*", "merges.*", "tokenizer*"),
)
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin", "model.bin")


def resolve(name: str) -> Path:
    """The folder of checkpoint ``name``.

    Looked for as a folder, among the installed models, in the hub's local cache, and last on the
    hub itself: naming ``owner/model`` is asking for it. Raises ModelError when it is nowhere.
    """
    if not name:
        raise ModelError("No model was named; write NAME:MODEL, with a folder or owner/model.")
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not (folder / "config.json").is_file():
            raise ModelError(f"{folder} holds no model: it has no config.json.")
        return folder
    try:
        return registry.find(name).folder
    except ModelError:
        if not registry.HUB_NAME.fullmatch(name):
            raise ModelError(
                f"There is no model '{name}': it is no folder, no installed model, and no hub "
                "name such as owner/model."
            ) from None
    return _from_hub(name)


def _from_hub(name: str) -> Path:
    import httpx
    from huggingface_hub import HfApi, constants, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        cached = Path(snapshot_download(name, allow_patterns=list(_FILES), local_files_only=True))
        if registry.layout_of(cached) is not None:
            return cached
    except (LocalEntryNotFoundError, OSError):
        pass
    try:
        if constants.is_offline_mode():
            raise OSError("offline mode is on")
        patterns = list(_FILES)
        files = [s.rfilename for s in HfApi().model_info(name).siblings or []]
        if not any(f.endswith(".safetensors") and "/" not in f for f in files):
            patterns.append("pytorch_model*.bin")
        return Path(snapshot_download(name, allow_patterns=patterns))
    except HfHubHTTPError as error:
        status = getattr(error.response, "status_code", "an error")
        raise ModelError(
            f"The hub answers {status} for '{name}': check the name, or accept its licence there "
            "and run `hf auth login`."
        ) from None
    except (LocalEntryNotFoundError, httpx.HTTPError, OSError):
        raise ModelError(
            f"The model '{name}' is not on this machine and the hub can't be reached; connect to "
            "the network, or give a local folder."
        ) from None


def digest(folder: Path) -> str:
    """SHA-256 (hex) over config, tokenizer files and weights of a checkpoint.

    The hub's cache names weight files by their hash already; others are read once.
    """
    found = hashlib.sha256()
    names = {p for pattern in (*_WEIGHTS, *_FILES) for p in folder.glob(pattern) if p.is_file()}
    for path in sorted(names):
        if path.name == "ringkas.json":
            continue
        real = path.resolve().name
        value = real if re.fullmatch(r"[0-9a-f]{64}", real) else sha256(path)
        found.update(f"{path.name}\0{value}\n".encode())
    return found.hexdigest()


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer, through ``AutoTokenizer``. Raises ModelError."""
    import transformers

    return _load(transformers.AutoTokenizer.from_pretrained, folder, "tokenizer")


def load_model(folder: Path, kind: str, device: str) -> Any:
    """The model in evaluation mode; ``kind`` is "causal" or "seq2seq". Raises ModelError.

    fp32 on the CPU; on a GPU the checkpoint's own type.
    """
    import torch
    import transformers

    transformers.utils.logging.disable_progress_bar()
    auto = (
        transformers.AutoModelForCausalLM
        if kind == "causal"
        else transformers.AutoModelForSeq2SeqLM
    )
    dtype: Any = torch.float32 if device == "cpu" else "auto"
    return _load(auto.from_pretrained, folder, "model", dtype=dtype).to(device).eval()


def pick_device(device: str) -> str:
    """``cpu``, ``cuda`` … as asked; ``auto`` takes a GPU where torch sees one."""
    import torch

    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise ModelError(f"The device '{device}' can't be used: torch sees no GPU here.")
    return device


def _load(loader: Any, folder: Path, what: str, **options: Any) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return loader(folder, local_files_only=True, **options)
    except Exception as error:  # missing and damaged files surface as many types here
        lines = str(error).strip().splitlines()
        reason = (lines[0] if lines else type(error).__name__).rstrip(".")
        raise ModelError(f"The {what} in {folder} can't be loaded: {reason}.") from error
