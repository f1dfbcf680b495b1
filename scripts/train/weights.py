"""The model being trained: MarianMTModel in bfloat16 beside an fp32 master copy and AdamW.

All trained parameters are views of one flat tensor, so that a step is one fused kernel and one
copy each way, with no cast per tensor. ``<pad>``'s embedding stays zero: CTranslate2's Marian
converter starts the decoder from a zero vector, and only so both programs give equal tokens.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from scripts.train.parallel import Group


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of a new model."""

    encoder_layers: int = 10
    decoder_layers: int = 2
    width: int = 384
    feed_forward: int = 1536
    heads: int = 6


def faster_precision(device: str) -> str:
    """ "bf16" or "fp32": in which of the two ``device`` multiplies matrices faster.

    Processors without instructions for bf16 imitate it, several times slower than fp32.
    """
    seconds = {}
    for name, dtype in (("bf16", torch.bfloat16), ("fp32", torch.float32)):
        matrix = torch.ones(512, 512, dtype=dtype, device=device)
        times = []
        for _ in range(5):
            start = time.perf_counter()
            (matrix @ matrix)[0, 0].item()
            times.append(time.perf_counter() - start)
        seconds[name] = min(times)
    return min(seconds, key=lambda name: seconds[name])


def new_model(shape: Shape, vocabulary: int) -> Any:
    """A MarianMTModel with random weights; ``vocabulary`` counts ``<pad>``, its last entry."""
    from transformers import MarianConfig, MarianMTModel

    pad = vocabulary - 1
    config = MarianConfig(
        vocab_size=vocabulary, decoder_vocab_size=vocabulary, d_model=shape.width,
        encoder_layers=shape.encoder_layers, decoder_layers=shape.decoder_layers,
        encoder_ffn_dim=shape.feed_forward, decoder_ffn_dim=shape.feed_forward,
        encoder_attention_heads=shape.heads, decoder_attention_heads=shape.heads,
        activation_function="relu", attention_dropout=0.0, activation_dropout=0.0,
        max_position_embeddings=512, scale_embedding=True, share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True, pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0,
        bos_token_id=0, forced_eos_token_id=None,
    )  # fmt: skip
    return fix_generation(MarianMTModel(config))


def fix_generation(model: Any) -> Any:
    """Set what ``generate`` needs to agree with CTranslate2: ``<pad>`` is never generated."""
    pad = model.config.pad_token_id
    model.generation_config.update(
        pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, bad_words_ids=[[pad]],
        forced_eos_token_id=None, max_length=512, num_beams=4, length_penalty=1.0,
        early_stopping=True,
    )  # fmt: skip
    return model


def load_model(folder: Path, *, attention: str) -> Any:
    """A MarianMTModel from a Hugging Face folder, in fp32."""
    from transformers import MarianMTModel

    model = MarianMTModel.from_pretrained(
        folder, dtype=torch.float32, attn_implementation=attention
    )
    return fix_generation(model)


def grow_vocabulary(model: Any, size: int, seed: int = 1) -> Any:
    """The same model for a vocabulary of ``size`` that adds pieces after all others.

    New rows are near the mean of the old ones; ``<pad>`` moves to the end and becomes zero.
    """
    from transformers import MarianConfig, MarianMTModel

    old = model.config.vocab_size - 1
    values = {**model.config.to_dict(), "vocab_size": size, "decoder_vocab_size": size}
    values |= {"pad_token_id": size - 1, "decoder_start_token_id": size - 1}
    values["forced_eos_token_id"] = None
    grown = MarianMTModel(MarianConfig(**values))
    table = model.state_dict()
    rows = table["model.shared.weight"][:old]
    draw = torch.Generator().manual_seed(seed)
    fresh = torch.zeros(size, rows.shape[1])
    fresh[:old] = rows
    noise = torch.randn(size - 1 - old, rows.shape[1], generator=draw)
    fresh[old : size - 1] = rows.mean(0) + noise * rows.std() * 0.5
    for name in list(table):
        if table[name].dim() == 2 and table[name].shape[0] == old + 1:
            table[name] = fresh.clone()
    bias = torch.zeros(1, size)
    bias[:, :old] = table["final_logits_bias"][:, :old]
    table["final_logits_bias"] = bias
    grown.load_state_dict(table)
    grown.tie_weights()
    return fix_generation(grown)


class Weights:
    """A model's trained parameters: bf16 (or fp32) to compute with, fp32 master, AdamW.

    ``model`` is changed in place: its parameters become views of one flat tensor.
    """

    def __init__(self, model: Any, device: str, dtype: torch.dtype = torch.bfloat16) -> None:
        model.to(device)
        pad = model.config.pad_token_id
        with torch.no_grad():
            model.model.shared.weight[pad] = 0
        self.shapes = {
            n: p.shape
            for n, p in model.named_parameters()
            if p.requires_grad and "embed_positions" not in n
        }
        named = dict(model.named_parameters())
        self.master = torch.cat([named[n].detach().float().reshape(-1) for n in self.shapes])
        model.to(dtype)
        self._flat = self.master.to(dtype)
        self._grad = torch.zeros_like(self._flat)
        named, start = dict(model.named_parameters()), 0
        for name, shape in self.shapes.items():
            end = start + math.prod(shape)
            named[name].data = self._flat[start:end].view(shape)
            named[name].grad = self._grad[start:end].view(shape)
            if name == "model.shared.weight":
                width = shape[1]
                self._pad_row = slice(start + pad * width, start + (pad + 1) * width)
            start = end
        self.model = model
        self._parameter = torch.nn.Parameter(self.master)
        self._parameter.grad = torch.zeros_like(self.master)
        self.optimiser = torch.optim.AdamW(
            [self._parameter], lr=0.0, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True
        )

    def step(self, rate: float, clip: float = 1.0, group: Group | None = None) -> float:
        """Apply the gathered gradients and clear them; returns their norm before clipping.

        The gradients are those of all processes of ``group``, their mean. A step whose gradients
        are not finite is skipped.
        """
        grad = self._parameter.grad
        assert grad is not None
        self._grad[self._pad_row] = 0
        if group is not None:
            group.mean_(self._grad)
        grad.copy_(self._grad)
        self._grad.zero_()
        norm = float(grad.norm())
        if math.isfinite(norm):
            if norm > clip:
                grad.mul_(clip / norm)
            for group in self.optimiser.param_groups:
                group["lr"] = rate
            self.optimiser.step()
            self._flat.copy_(self._parameter.data)
        return norm

    def set_master(self, values: torch.Tensor) -> None:
        """Replace the parameters (flat, fp32) and refresh the copy that computes."""
        self._parameter.data.copy_(values)
        self._flat.copy_(self._parameter.data)

    def named(self, dtype: torch.dtype = torch.float16) -> dict[str, torch.Tensor]:
        """Trained parameters by name, on the CPU."""
        found, start = {}, 0
        for name, shape in self.shapes.items():
            end = start + math.prod(shape)
            found[name] = self._parameter.data[start:end].view(shape).to("cpu", dtype).clone()
            start = end
        return found


def set_dropout(model: Any, rate: float) -> None:
    """Set dropout on embeddings and sublayer outputs; none on attention or activations."""
    model.config.dropout = rate
    for module in model.modules():
        if isinstance(getattr(module, "dropout", None), float):
            module.dropout = 0.0 if "Attention" in type(module).__name__ else rate
        if isinstance(getattr(module, "activation_dropout", None), float):
            module.activation_dropout = 0.0
