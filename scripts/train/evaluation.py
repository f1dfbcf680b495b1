"""Dev scores while training: greedy translations of a few lines, BLEU and chrF++.

A quick look to steer by, with the training program's own model; the figures to report come from
``scripts/score_model.py`` on the shipped form.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from scripts.corpus.characters import model_form, normalise


def read_dev(path: Path, limit: int, *, reverse: bool = False) -> tuple[list[str], list[str]]:
    """The first ``limit`` sources and references of a ``id<TAB>en`` file."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line]
    sides = [r[0] for r in rows[:limit]], [r[1] for r in rows[:limit]]
    return sides[::-1] if reverse else sides


def translate(
    model: Any, tokenizer: Path, texts: Sequence[str], *, batch: int = 64, **options: Any
) -> list[str]:
    """Translations by ``generate`` (greedy unless ``options`` say otherwise), in order.

    ``tokenizer`` is a folder with source.spm and target.spm.
    """
    import sentencepiece

    source = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer / "source.spm"))
    target = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer / "target.spm"))
    pad, end, device = model.config.pad_token_id, model.config.eos_token_id, model.device
    ids = [[*source.encode(model_form(normalise(t)))[:500], end] for t in texts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    results = [""] * len(texts)
    training = model.training
    model.eval()
    for start in range(0, len(order), batch):
        part = order[start : start + batch]
        width = max(len(ids[i]) for i in part)
        rows = torch.tensor([ids[i] + [pad] * (width - len(ids[i])) for i in part], device=device)
        settings = {"num_beams": 1, "do_sample": False, "max_length": width * 2 + 10}
        with torch.no_grad():
            out = model.generate(input_ids=rows, attention_mask=rows != pad, **settings | options)
        for i, row in zip(part, out.tolist(), strict=True):
            results[i] = target.decode([t for t in row[1:] if t not in (pad, end)])
    model.train(training)
    return results


def score(
    model: Any, tokenizer: Path, sources: list[str], references: list[str]
) -> dict[str, float]:
    """BLEU and chrF++ of greedy translations."""
    import sacrebleu

    outputs = translate(model, tokenizer, sources)
    return {
        "bleu": round(sacrebleu.corpus_bleu(outputs, [references]).score, 2),
        "chrf++": round(sacrebleu.corpus_chrf(outputs, [references], word_order=2).score, 2),
    }
