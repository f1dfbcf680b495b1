"""Conversion of Hugging Face seq2seq checkpoints to CTranslate2 int8, with tokenizer and card.

Needs torch and transformers (imported here when converting); running the result needs neither.
A Marian decoder starts from the embedding of ``<pad>``, which CTranslate2 takes to be zero; a
checkpoint whose row is not zero has it folded into the decoder's first position (which only that
step reads), so that both engines give the same tokens.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.errors import ModelError, UsageError
from toolkit.models.card import CARD, Card, read_card, read_json, record_files, write_card
from toolkit.models.registry import layout_of
from toolkit.translate.characters import PUNCTUATION
from toolkit.translate.frames import Family, family_of_model_type

TOKENIZER_FILES = (
    *("source.spm", "target.spm", "sentencepiece.bpe.model", "sentencepiece.model"),
    *("spiece.model", "tokenizer.json", "tokenizer_config.json"),
)
QUANTIZATIONS = ("int8", "int8_float16", "int16", "float16", "float32")


def family_of(folder: Path) -> Family:
    """The family of a checkpoint in Hugging Face layout; ModelError when Ringkas can't run it."""
    settings = read_json(folder / "config.json")
    path = folder / "tokenizer_config.json"
    tokenizer = read_json(path) if path.is_file() else {}
    tokenizer_class = tokenizer.get("tokenizer_class") or settings.get("tokenizer_class") or ""
    return family_of_model_type(str(settings.get("model_type", "")), str(tokenizer_class), folder)


def convert(
    source: Path,
    target: Path,
    *,
    quantization: str = "int8",
    card: Card | None = None,
    force: bool = False,
) -> Card:
    """Convert the checkpoint in ``source`` into the new folder ``target`` and write its card.

    ``card`` gives name, licence, source and the like; what the checkpoint itself says (family,
    positions, parameters, file hashes) is filled in. The folder appears whole or not at all; an
    existing one is replaced only with ``force``, and only when it is empty or holds a converted
    model. Returns the card written. Raises ModelError when the checkpoint can't be converted,
    UsageError for a target in use or an unknown quantization.
    """
    if quantization not in QUANTIZATIONS:
        raise UsageError(
            f"Unknown quantization '{quantization}'; known: {', '.join(QUANTIZATIONS)}."
        )
    if layout_of(source) != "huggingface":
        raise ModelError(
            f"{source} is not a checkpoint in Hugging Face layout (config.json with "
            "*.safetensors or pytorch_model.bin)."
        )
    if target.exists() and not force:
        raise UsageError(f"{target} is already there; give another folder, or --force.")
    refuse_foreign(target)
    family = family_of(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        parameters, positions = _write_model(source, work, family, quantization)
        for name in TOKENIZER_FILES:
            if (source / name).is_file():
                shutil.copyfile(source / name, work / name)
        base = card or read_card(source) or Card(name=target.name)
        normalise = base.normalise or (dict(PUNCTUATION) if family == "marian" else {})
        done = replace(
            base,
            family=family,
            quantization=quantization,
            parameters=parameters,
            max_source_tokens=base.max_source_tokens or positions,
            normalise=normalise,
            files=record_files(work),
        )
        write_card(work, done)
        install(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return done


def refuse_foreign(target: Path) -> None:
    """Raise UsageError when ``target`` is there and may not be replaced by a model.

    Only an empty folder may be, or a folder that holds a converted model (``model.bin``, or a
    card with a damaged rest) and nothing in subfolders.
    """
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise UsageError(f"{target} is no folder of its own; give another place for the model.")
    inside = list(target.iterdir())
    if not inside:
        return
    model = any((target / name).is_file() for name in (CARD, "model.bin"))
    foreign = [p for p in inside if p.is_dir() or not model or layout_of(target) == "huggingface"]
    if foreign:
        raise UsageError(
            f"{target} holds other things than a converted model (such as {foreign[0].name}), "
            "which --force would delete; give another folder, or empty this one first."
        )


def install(work: Path, target: Path) -> None:
    """Put the finished folder ``work`` in place of ``target``, which never stands half-written."""
    old = None
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent)) / "model"
        target.rename(old)
    work.chmod(0o755)
    work.rename(target)
    if old is not None:
        shutil.rmtree(old.parent, ignore_errors=True)


def fold_pad_row(model: Any) -> bool:
    """Fold a non-zero ``<pad>`` embedding of a Marian model into the decoder's first position.

    Changes ``model`` in place; returns whether there was anything to fold. The decoder's and the
    encoder's position tables must be apart, as they are in ``MarianMTModel``.
    """
    import torch

    decoder = model.model.decoder
    start = model.config.decoder_start_token_id
    with torch.no_grad():
        row = decoder.embed_tokens.weight[start].detach().clone()
        if not bool(row.any()):
            return False
        decoder.embed_positions.weight[0] += row * getattr(decoder, "embed_scale", 1.0)
    return True


def say_how_outputs_scale(model: Any) -> None:
    """Let CTranslate2's converter see whether a T5-like ``model`` scales its outputs.

    It scales them wherever embeddings are tied; ``transformers`` 5 ties them always and scales only
    where the checkpoint was trained so (T5, but not mT5 or Flan-T5). Changes the configuration.
    """
    if model.config.model_type in ("t5", "mt5"):
        scaled = getattr(model.config, "scale_decoder_outputs", False)
        model.config.tie_word_embeddings = scaled


def _write_model(source: Path, work: Path, family: Family, quantization: str) -> tuple[int, int]:
    """Convert the weights into ``work``; returns parameter count and longest source."""
    import torch
    from ctranslate2.converters.transformers import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        """The stock converter, loading fp32 from disk only and folding Marian's pad row."""

        parameters = 0
        positions = 0

        def load_model(self, model_class: Any, path: str, **kwargs: Any) -> Any:
            kwargs["dtype"] = torch.float32
            model = model_class.from_pretrained(path, local_files_only=True, **kwargs)
            if family == "marian":
                fold_pad_row(model)
            if family == "t5":
                say_how_outputs_scale(model)
            if family == "mbart":
                # Every mBART-50 is so; the stock converter reads it from the config, where
                # transformers 5 no longer writes it.
                model.config.tokenizer_class = "MBart50Tokenizer"
                for name in ("normalize_before", "normalize_embedding"):
                    if getattr(model.config, name, None) is None:
                        setattr(model.config, name, True)
            Converter.parameters = sum(
                p.numel() for n, p in model.named_parameters() if not _fixed(n, model.config)
            )
            Converter.positions = int(getattr(model.config, "max_position_embeddings", 0) or 512)
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **kwargs: Any) -> Any:
            tokenizer = tokenizer_class.from_pretrained(path, local_files_only=True, **kwargs)
            if family == "mbart" and tokenizer.bos_token is None:
                tokenizer.bos_token = "<s>"
            return tokenizer

    import transformers

    transformers.utils.logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            converter = Converter(str(source))
            converter.convert(str(work), quantization=quantization, force=True)
    except Exception as error:  # torch, safetensors and the converter raise many types
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"The checkpoint in {source} can't be converted: {lines[0].rstrip('.')}."
        ) from error
    return Converter.parameters, Converter.positions


def _fixed(parameter: str, settings: Any) -> bool:
    """Whether a parameter is a table of sines, computed and not learnt."""
    return "embed_positions" in parameter and bool(
        getattr(settings, "static_position_embeddings", False)
    )
