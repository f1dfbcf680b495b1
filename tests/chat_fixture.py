"""Tiny random checkpoints for summarising and chatting, made in a moment for tests.

Real tokenizers trained on original sentences, real ``transformers`` architectures, random
weights: every path runs on real code, and nothing that is generated means anything.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.marian_fixture import ENGLISH, INDONESIAN

CHAT_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}</s>"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def quietly(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call with warnings off: savers of random models warn about what does not matter here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*args, **kwargs)


def _tokenizer(
    folder: Path, *, bos: str = "<s>", extra: tuple[str, ...] = (), end: bool = True
) -> Any:
    """A byte-level BPE tokenizer; with ``end`` every text is closed by ``</s>``."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    core = Tokenizer(models.BPE(unk_token=None))
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", *extra],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    core.train_from_iterator([*INDONESIAN, *ENGLISH], trainer)
    if end:
        core.post_processor = processors.TemplateProcessing(
            single=f"{bos} $A </s>" if bos else "$A </s>",
            special_tokens=[(t, core.token_to_id(t)) for t in (bos, "</s>") if t],
        )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=256,
    )
    quietly(tokenizer.save_pretrained, folder)
    return tokenizer


def make_seq2seq(folder: Path, kind: str, *, seed: int = 3, positions: int = 256) -> Path:
    """Write a random checkpoint; ``kind`` is bart, pegasus, t5, mt5, mbart or led."""
    import torch
    import transformers as tf

    tf.utils.logging.disable_progress_bar()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(
        folder,
        bos="<s>" if kind in ("bart", "led") else "",
        extra=("id_ID", "en_XX") if kind == "mbart" else (),
    )
    size = len(tokenizer)
    wide: dict[str, Any] = {
        "vocab_size": size,
        "d_model": 32,
        "encoder_layers": 2,
        "decoder_layers": 2,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 64,
        "decoder_ffn_dim": 64,
        "max_position_embeddings": positions,
        "pad_token_id": 1,
        "bos_token_id": 0,
        "eos_token_id": 2,
        "dropout": 0.0,
        "init_std": 0.3,
    }
    torch.manual_seed(seed)
    model: Any
    if kind == "bart":
        model = tf.BartForConditionalGeneration(
            tf.BartConfig(**wide, decoder_start_token_id=2, forced_bos_token_id=0)
        )
    elif kind == "pegasus":
        model = tf.PegasusForConditionalGeneration(
            tf.PegasusConfig(**wide, decoder_start_token_id=1, scale_embedding=True)
        )
    elif kind == "mbart":
        model = tf.MBartForConditionalGeneration(
            tf.MBartConfig(**wide, decoder_start_token_id=2, scale_embedding=True)
        )
    elif kind == "led":
        wide.pop("max_position_embeddings")
        model = tf.LEDForConditionalGeneration(
            tf.LEDConfig(
                **wide,
                max_encoder_position_embeddings=positions,
                max_decoder_position_embeddings=positions,
                attention_window=[32, 32],
                decoder_start_token_id=2,
            )
        )
    else:
        config = tf.T5Config if kind == "t5" else tf.MT5Config
        build = tf.T5ForConditionalGeneration if kind == "t5" else tf.MT5ForConditionalGeneration
        model = build(
            config(
                vocab_size=size,
                d_model=32,
                d_kv=16,
                d_ff=64,
                num_layers=2,
                num_heads=2,
                pad_token_id=1,
                eos_token_id=2,
                decoder_start_token_id=1,
                dropout_rate=0.0,
                initializer_factor=3.0,
                tie_word_embeddings=kind == "t5",
            )
        )
    _learn(
        model,
        [
            (tokenizer.encode(i), tokenizer.encode(e))
            for i, e in zip(INDONESIAN, ENGLISH, strict=True)
        ],
    )
    quietly(model.eval().save_pretrained, folder)
    return folder


def _learn(model: Any, pairs: list[tuple[list[int], list[int]]], steps: int = 20) -> None:
    """A few steps of training, so that outputs end and their scores differ."""
    import torch

    def padded(rows: list[list[int]], width: int = 0) -> Any:
        width = width or max(map(len, rows))
        return torch.tensor([r + [1] * (width - len(r)) for r in rows])

    source, target = padded([p[0] for p in pairs], 96), padded([p[1] for p in pairs])
    labels = target.masked_fill(target == 1, -100)
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    model.train()
    for _ in range(steps):
        loss = model(input_ids=source, attention_mask=(source != 1).long(), labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


ANSWER = '{"sentences": ["The village head said the new bridge will open on Monday."]}'
"""What a taught chat checkpoint answers to everything."""


def make_chat(
    folder: Path,
    *,
    seed: int = 5,
    positions: int = 4096,
    template: bool = True,
    taught: bool = False,
) -> Path:
    """Write a random checkpoint of Llama's (taught: Mistral's) architecture with a chat template.

    ``taught`` trains it until it answers everything with ``ANSWER``: a stand-in that keeps the
    form and knows nothing.
    """
    import torch
    import transformers as tf

    tf.utils.logging.disable_progress_bar()
    folder.mkdir(parents=True, exist_ok=True)
    roles = ("<|system|>", "<|user|>", "<|assistant|>")
    tokenizer = _tokenizer(folder, extra=roles, end=False)
    if template:
        path = folder / "tokenizer_config.json"
        settings = json.loads(path.read_text(encoding="utf-8"))
        settings["chat_template"] = CHAT_TEMPLATE
        path.write_text(json.dumps(settings), encoding="utf-8")
    torch.manual_seed(seed)
    # A window keeps what a taught model has learnt apart from how long the prompt was.
    window: dict[str, Any] = {"sliding_window": 32} if taught else {}
    config, build = (
        (tf.MistralConfig, tf.MistralForCausalLM)
        if taught
        else (tf.LlamaConfig, tf.LlamaForCausalLM)
    )
    model = build(
        config(
            **window,
            vocab_size=len(tokenizer),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=positions,
            pad_token_id=1,
            bos_token_id=0,
            eos_token_id=2,
            initializer_range=0.3,
            tie_word_embeddings=True,
        )
    )
    if taught:
        _teach(model, tokenizer)
    quietly(model.eval().save_pretrained, folder)
    return folder


def _teach(model: Any, tokenizer: Any, steps: int = 300) -> None:
    """Train on prompts of any length until the reply after them is learnt by heart."""
    import random

    import torch

    rng = random.Random(1)
    answer = tokenizer.encode(f"<|assistant|>{ANSWER}</s>")
    text = tokenizer.encode(" ".join([*INDONESIAN, *ENGLISH]))
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    for _ in range(steps):
        start = rng.randrange(len(text) - 60)
        prompt = text[start : start + rng.randrange(40, 60)]
        ids = torch.tensor([prompt + answer])
        offset = rng.randrange(0, 12000)
        places = torch.arange(offset, offset + ids.shape[1]).unsqueeze(0)
        labels = ids.clone()
        labels[:, : len(prompt) + 1] = -100
        loss = model(input_ids=ids, position_ids=places, labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


def main(folder: Path) -> None:
    """Write the stand-ins that eval/suites/abstractive.toml names."""
    for kind in ("bart", "mt5"):
        make_seq2seq(folder / kind, kind, positions=1024)
    make_chat(folder / "chat", positions=16384, taught=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
