"""Checkpoints: the whole training state, half-precision weights in small pieces, averages.

Everything is safetensors and JSON, written to a temporary name and renamed. Pieces are plain
slices of one safetensors file, at most 16 MiB each, so that they pass narrow doors.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load, load_file, save, save_file

from scripts.train.weights import Weights

PIECE = 16 * 2**20


def save_state(folder: Path, weights: Weights, progress: dict[str, Any]) -> None:
    """Write what ``load_state`` needs to go on as if nothing had happened."""
    held = next(iter(weights.optimiser.state.values()), None)
    tensors = {"master": weights.master.cpu()}
    if held:
        tensors |= {k: held[k].cpu() for k in ("exp_avg", "exp_avg_sq", "step")}
    temporary = folder / "state.new"
    save_file(tensors, temporary, metadata={"progress": json.dumps(progress)})
    temporary.replace(folder / "state.safetensors")


def load_state(folder: Path, weights: Weights) -> dict[str, Any] | None:
    """Restore ``save_state``'s state; None when the folder holds none."""
    from safetensors import safe_open

    path = folder / "state.safetensors"
    if not path.is_file():
        return None
    with safe_open(path, "pt") as file:
        progress: dict[str, Any] = json.loads(file.metadata()["progress"])
        tensors = {k: file.get_tensor(k) for k in file.keys()}  # noqa: SIM118
    weights.set_master(tensors["master"].to(weights.master.device))
    if "step" in tensors:
        state = weights.optimiser.state_dict()
        state["state"] = {0: {k: tensors[k] for k in ("exp_avg", "exp_avg_sq", "step")}}
        weights.optimiser.load_state_dict(state)
    return progress


def save_half(folder: Path, weights: Weights, step: int, *, piece: int = PIECE) -> list[Path]:
    """Write the weights in fp16 as ``half-STEP.NN`` pieces; returns their paths."""
    return write_pieces(folder, weights.named(torch.float16), step, piece=piece)


def write_pieces(
    folder: Path, tensors: dict[str, torch.Tensor], step: int, *, piece: int = PIECE
) -> list[Path]:
    """Write tensors in fp16 as one safetensors file cut into ``half-STEP.NN`` pieces."""
    data = save({k: v.half().contiguous() for k, v in tensors.items()})
    paths = []
    for number, start in enumerate(range(0, len(data), piece)):
        path = folder / f"half-{step:07d}.{number:02d}"
        temporary = path.with_suffix(".new")
        temporary.write_bytes(data[start : start + piece])
        temporary.replace(path)
        paths.append(path)
    return paths


def steps_of(folder: Path) -> list[int]:
    """Steps that have half-precision pieces, oldest first."""
    return sorted({int(p.name[5:12]) for p in folder.glob("half-*.[0-9][0-9]")})


def load_half(folder: Path, step: int) -> dict[str, torch.Tensor]:
    """Weights by name of the pieces of one step, in fp32. FileNotFoundError when there are none."""
    pieces = sorted(folder.glob(f"half-{step:07d}.[0-9][0-9]"))
    if not pieces:
        raise FileNotFoundError(f"{folder} has no half-precision checkpoint of step {step}.")
    tensors = load(b"".join(p.read_bytes() for p in pieces))
    return {k: v.float() for k, v in tensors.items()}


def average(folder: Path, steps: list[int]) -> dict[str, torch.Tensor]:
    """Mean of the weights of several steps, fp32."""
    total = load_half(folder, steps[0])
    for step in steps[1:]:
        for name, tensor in load_half(folder, step).items():
            total[name] += tensor
    return {k: v / len(steps) for k, v in total.items()}


def write_model(model: Any, tensors: dict[str, torch.Tensor], tokenizer: Path, out: Path) -> None:
    """Write ``tensors`` as a half-precision Hugging Face folder with the tokenizer's files.

    ``model`` is any MarianMTModel of the same shape; its weights are replaced.
    """
    import shutil

    named = dict(model.named_parameters())
    with torch.no_grad():
        for name, tensor in tensors.items():
            named[name].copy_(tensor)
        named["model.shared.weight"][model.config.pad_token_id] = 0
    model.half().save_pretrained(out)
    for name in ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json"):
        shutil.copyfile(tokenizer / name, out / name)


def read_folder(folder: Path) -> dict[str, torch.Tensor]:
    """Tensors of a Hugging Face folder's model.safetensors."""
    return dict(load_file(folder / "model.safetensors"))
