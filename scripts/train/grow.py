"""A trained Marian model made larger, with what it knows: wider feed-forward, deeper encoder.

New feed-forward units get random incoming and zero outgoing weights, so that the wider model starts
as exactly the same function (Net2Net, Chen et al. 2016, with zeros in place of split copies). New
encoder layers go on top as copies of the last one whose two outgoing projections are zero; their
layer norms are set to give back what reaches them, as nearly as two numbers a norm can (mean and
spread of the encoder's states over sample sentences), so the deeper model starts close to the old
one, not equal to it. Training breaks the symmetry. Width and decoder depth are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from scripts.train.weights import fix_generation

SAMPLES = Path(__file__).parent / "samples.txt"


def grow(
    model: Any,
    *,
    feed_forward: int,
    encoder_layers: int,
    samples: Sequence[Sequence[int]],
    seed: int = 1,
) -> Any:
    """A larger MarianMTModel that starts as ``model`` (fp32; not changed).

    ``feed_forward``: units of the feed-forward layers on both sides; ``encoder_layers``: how many;
    ``samples``: token ids of sentences, for the new layers' norms. Raises ValueError when a number
    is below the model's.
    """
    from transformers import MarianConfig, MarianMTModel

    old = model.config
    if feed_forward < max(old.encoder_ffn_dim, old.decoder_ffn_dim):
        raise ValueError(f"the model has {old.encoder_ffn_dim} feed-forward units already.")
    if encoder_layers < old.encoder_layers:
        raise ValueError(f"the model has {old.encoder_layers} encoder layers already.")
    values = {**old.to_dict(), "encoder_ffn_dim": feed_forward, "decoder_ffn_dim": feed_forward}
    values |= {"encoder_layers": encoder_layers, "num_hidden_layers": encoder_layers}
    grown = MarianMTModel(MarianConfig(**values))
    draw = torch.Generator().manual_seed(seed)
    table = {k: v.clone() for k, v in model.state_dict().items()}
    top = f"model.encoder.layers.{old.encoder_layers - 1}."
    mean, spread = _states(model, samples) if encoder_layers > old.encoder_layers else (0.0, 1.0)
    for layer in range(old.encoder_layers, encoder_layers):
        for name in [n for n in table if n.startswith(top)]:
            copy = table[name].clone()
            if re.search(r"(out_proj|fc2)\.", name):
                copy.zero_()
            elif name.endswith("layer_norm.weight"):
                copy.fill_(spread)
            elif name.endswith("layer_norm.bias"):
                copy.fill_(mean)
            table[name.replace(top, f"model.encoder.layers.{layer}.")] = copy
    for name, wanted in grown.state_dict().items():
        if table[name].shape != wanted.shape:
            table[name] = _wider(table[name], wanted.shape, draw, outgoing=".fc2." in name)
    grown.load_state_dict(table)
    grown.tie_weights()
    return fix_generation(grown)


def _wider(values: Any, shape: Any, draw: torch.Generator, *, outgoing: bool) -> Any:
    """``values`` in the corner of a tensor of ``shape``; elsewhere zero, or random as they are."""
    if outgoing or values.dim() == 1:
        wider = torch.zeros(shape)
    else:
        wider = torch.randn(shape, generator=draw) * values.std()
    wider[tuple(slice(0, n) for n in values.shape)] = values
    return wider


def _states(model: Any, samples: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Mean over tokens of the mean and of the standard deviation of an encoder state."""
    model.eval()
    with torch.no_grad():
        states = torch.cat(
            [
                model.model.encoder(input_ids=torch.tensor([list(s)])).last_hidden_state[0]
                for s in samples
            ]
        )
    return float(states.mean(1).mean()), float(states.std(1, correction=0).mean())


def sample_ids(folder: Path) -> list[list[int]]:
    """Ids of the sentences of ``samples.txt`` in ``folder``'s vocabulary, each with its end."""
    from transformers import MarianTokenizer

    tokenizer = MarianTokenizer.from_pretrained(folder)
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    found: list[list[int]] = [tokenizer(line)["input_ids"] for line in lines if line.strip()]
    return found
