"""Growing a model: wider feed-forward layers keep the function, new encoder layers stay near it."""

from __future__ import annotations

import pytest
import torch

from scripts.train.grow import grow
from scripts.train.weights import Shape, new_model

SAMPLES = [[5, 9, 7, 3, 0], [8, 8, 12, 0], [4, 19, 6, 11, 2, 0]]


@pytest.fixture(scope="module")
def small() -> torch.nn.Module:
    torch.manual_seed(3)
    model = new_model(Shape(2, 1, 32, 48, 2), 21).eval()
    with torch.no_grad():
        for name, value in model.named_parameters():
            if value.dim() == 1 and "embed" not in name:
                value.add_(torch.randn_like(value) * 0.05)
    return model


def logits(model: torch.nn.Module, ids: list[int]) -> torch.Tensor:
    with torch.no_grad():
        found: torch.Tensor = model.eval()(
            input_ids=torch.tensor([ids]), decoder_input_ids=torch.tensor([[20, 3, 5]])
        ).logits
    return found


def test_wider_feed_forward_layers_keep_the_function(small: torch.nn.Module) -> None:
    grown = grow(small, feed_forward=96, encoder_layers=2, samples=[])
    assert grown.config.encoder_ffn_dim == grown.config.decoder_ffn_dim == 96
    for ids in SAMPLES:
        torch.testing.assert_close(logits(grown, ids), logits(small, ids), atol=1e-5, rtol=1e-5)
    wide = grown.model.encoder.layers[0].fc1.weight[48:]
    assert wide.std() > 0, "new units differ, or they would learn the same"


def test_new_encoder_layers_start_near_what_was_there(small: torch.nn.Module) -> None:
    grown = grow(small, feed_forward=48, encoder_layers=4, samples=SAMPLES)
    assert len(grown.model.encoder.layers) == grown.config.encoder_layers == 4
    spread = logits(small, SAMPLES[0]).std()
    for ids in SAMPLES:
        assert (logits(grown, ids) - logits(small, ids)).abs().max() < 0.2 * spread


def test_the_grown_model_learns_in_its_new_parts(small: torch.nn.Module) -> None:
    grown = grow(small, feed_forward=96, encoder_layers=3, samples=SAMPLES).train()
    grown(input_ids=torch.tensor([SAMPLES[0]]), labels=torch.tensor([[3, 5, 0]])).loss.backward()
    layers = grown.model.encoder.layers
    assert layers[2].self_attn.out_proj.weight.grad.abs().sum() > 0
    assert layers[0].fc2.weight.grad[:, 48:].abs().sum() > 0


@pytest.mark.parametrize(("units", "layers"), [(24, 2), (48, 1)])
def test_a_model_is_not_made_smaller(small: torch.nn.Module, units: int, layers: int) -> None:
    with pytest.raises(ValueError, match="already"):
        grow(small, feed_forward=units, encoder_layers=layers, samples=SAMPLES)
