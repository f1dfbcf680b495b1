"""Running seq2seq checkpoints for summarising: ``transformers`` or, where it converts, CTranslate2.

Token ids in, text out; batches hold texts of equal length, so that a text's summary does not
depend on the others. Sections, lengths and prompts are the summariser's business.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from toolkit import config
from toolkit.chat import checkpoint
from toolkit.errors import ModelError
from toolkit.summarize.seq2seq_model import Checkpoint
from toolkit.translate.batching import equal_length_batches

logger = logging.getLogger("ringkas.summarize")

CONVERTIBLE: dict[str, dict[str, bool]] = {
    "bart": {"normalize_before": False, "normalize_embedding": True},
    "pegasus": {"normalize_before": True, "normalize_embedding": False},
    "mbart": {"normalize_before": True, "normalize_embedding": True},
    "t5": {},
    "mt5": {},
    "umt5": {},
}
"""Model types that CTranslate2 runs, with settings that its converter reads from old configs."""


@dataclass(frozen=True, slots=True)
class Search:
    """Beam search: None leaves a value to the checkpoint's own generation settings."""

    beam_size: int | None = None
    length_penalty: float | None = None
    no_repeat_ngram_size: int | None = None
    repetition_penalty: float | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Fewest and most tokens of one output."""

    least: int
    most: int


class Engine(Protocol):
    """Turns token ids into summaries."""

    signature: str

    def generate(self, sources: Sequence[Sequence[int]], bounds: Bounds) -> list[Output]:
        """One output for each source, same order."""
        ...


@dataclass(frozen=True, slots=True)
class Output:
    """A generated text; ``cut``: it ran into the bound instead of ending."""

    text: str
    cut: bool


class TransformersEngine:
    """Reference engine: fp32 ``generate`` of any seq2seq architecture, LED included."""

    def __init__(self, source: Checkpoint, search: Search, *, device: str, batch_tokens: int):
        import torch

        torch.set_num_threads(config.threads())
        self._torch: Any = torch
        self._source = source
        self._search = search
        self._device = checkpoint.pick_device(device)
        self._batch_tokens = batch_tokens
        self._model = checkpoint.load_model(source.folder, "seq2seq", self._device)
        self.signature = f"transformers:{checkpoint.digest(source.folder)[:16]}|{self._device}"

    def generate(self, sources: Sequence[Sequence[int]], bounds: Bounds) -> list[Output]:
        """See ``Engine``."""
        torch, model = self._torch, self._model
        settings = self._settings(bounds)
        ends = settings.eos_token_id
        end_ids = {ends} if isinstance(ends, int) else set(ends or ())
        results: list[Output | None] = [None] * len(sources)
        for batch in equal_length_batches([len(s) for s in sources], self._batch_tokens):
            ids = torch.tensor([list(sources[i]) for i in batch], device=self._device)
            more: dict[str, Any] = {}
            if self._source.model_type == "led":
                mask = torch.zeros_like(ids)
                mask[:, 0] = 1  # LED reads the whole text through its first token
                more["global_attention_mask"] = mask
            with torch.inference_mode(), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.generation_config = settings
                output = model.generate(
                    input_ids=ids,
                    attention_mask=torch.ones_like(ids),
                    generation_config=settings,
                    **more,
                )
            for place, row in zip(batch, output.tolist(), strict=True):
                new = row[1:]
                cut = not any(i in end_ids for i in new)
                results[place] = Output(self._source.decode(new), cut)
        return [r for r in results if r is not None]

    def _settings(self, bounds: Bounds) -> Any:
        from transformers import GenerationConfig

        source, search = self._source, self._search
        start = source.value("decoder_start_token_id")
        forced = source.forced_start
        if source.starts_with_language and forced:
            start, forced = forced[0], []
        beams = search.beam_size or int(source.value("num_beams", 4))
        pick = {
            "no_repeat_ngram_size": search.no_repeat_ngram_size,
            "repetition_penalty": search.repetition_penalty,
        }
        values = {k: v if v is not None else source.value(k) for k, v in pick.items()}
        if beams > 1:
            penalty = search.length_penalty
            values["length_penalty"] = (
                penalty if penalty is not None else source.value("length_penalty", 1.0)
            )
            values["early_stopping"] = True
        if forced:
            values["forced_bos_token_id"] = forced[0]
        return GenerationConfig(
            num_beams=beams,
            do_sample=False,
            renormalize_logits=True,  # as CTranslate2 does after forbidding tokens
            min_new_tokens=bounds.least,
            max_new_tokens=bounds.most,
            decoder_start_token_id=start,
            eos_token_id=source.value("eos_token_id", source.tokenizer.eos_token_id),
            pad_token_id=source.value("pad_token_id", source.tokenizer.pad_token_id),
            bad_words_ids=_forbidden(source),
            **{k: v for k, v in values.items() if v is not None},
        )


class CTranslate2Engine:
    """int8 engine for the types in ``CONVERTIBLE``; converted once, kept in the cache folder."""

    def __init__(
        self,
        source: Checkpoint,
        search: Search,
        *,
        device: str,
        batch_tokens: int,
        quantization: str = "int8",
    ):
        import ctranslate2

        folder = converted(source, quantization)
        count = config.threads()
        try:
            self._engine = ctranslate2.Translator(
                str(folder),
                device="cuda" if device.startswith("cuda") else "cpu",
                compute_type=quantization,
                inter_threads=1,
                intra_threads=count,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"The model in {folder} can't be loaded: {error}") from error
        self._source = source
        self._search = search
        self._batch_tokens = batch_tokens
        digest = checkpoint.digest(source.folder)[:16]
        self.signature = f"ctranslate2:{digest}|{self._engine.compute_type}"

    def generate(self, sources: Sequence[Sequence[int]], bounds: Bounds) -> list[Output]:
        """See ``Engine``."""
        source, search = self._source, self._search
        names = source.tokenizer.convert_ids_to_tokens
        prefix = names(source.forced_start) if source.forced_start else []

        def chosen(name: str, value: Any, default: Any) -> Any:
            return value if value is not None else source.value(name, default)

        results: list[Output | None] = [None] * len(sources)
        for batch in equal_length_batches([len(s) for s in sources], self._batch_tokens):
            done = self._engine.translate_batch(
                [names(list(sources[i])) for i in batch],
                target_prefix=[prefix] * len(batch) if prefix else None,
                max_input_length=0,
                disable_unk=True,
                suppress_sequences=[names(list(i)) for i in _forbidden(source) or []],
                beam_size=int(chosen("num_beams", search.beam_size, 4)),
                length_penalty=float(chosen("length_penalty", search.length_penalty, 1.0)),
                repetition_penalty=float(
                    chosen("repetition_penalty", search.repetition_penalty, 1.0)
                ),
                no_repeat_ngram_size=int(
                    chosen("no_repeat_ngram_size", search.no_repeat_ngram_size, 0)
                ),
                min_decoding_length=bounds.least,
                max_decoding_length=bounds.most,
                return_end_token=True,
            )
            end = source.tokenizer.eos_token
            for place, result in zip(batch, done, strict=True):
                tokens = result.hypotheses[0]
                ids = source.tokenizer.convert_tokens_to_ids(tokens)
                results[place] = Output(source.decode(ids), end not in tokens)
        return [r for r in results if r is not None]


def _forbidden(source: Checkpoint) -> list[list[int]] | None:
    """Tokens that no output may hold: padding and the unknown token."""
    tokenizer = source.tokenizer
    ids = {tokenizer.pad_token_id, tokenizer.unk_token_id} - {None, tokenizer.eos_token_id}
    return [[i] for i in sorted(ids)] or None


def converted(source: Checkpoint, quantization: str) -> Path:
    """The CTranslate2 form of a checkpoint, made on first use in the cache folder.

    Appears whole or not at all. Raises ModelError when the checkpoint can't be converted.
    """
    name = f"{checkpoint.digest(source.folder)[:24]}-{quantization}"
    target = config.cache_home() / "ctranslate2" / name
    if (target / "model.bin").is_file():
        return target
    from ctranslate2.converters.transformers import TransformersConverter

    from toolkit.models.conversion import say_how_outputs_scale

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, path: str, **kwargs: Any) -> Any:
            model = model_class.from_pretrained(path, local_files_only=True, **kwargs)
            for key, value in CONVERTIBLE[source.model_type].items():
                setattr(model.config, key, value)
            say_how_outputs_scale(model)
            if source.model_type == "mbart":  # decides what the converter starts decoders from
                first = "MBartTokenizer" if source.starts_with_language else "MBart50Tokenizer"
                model.config.tokenizer_class = first
            return model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **kwargs: Any) -> Any:
            return tokenizer_class.from_pretrained(path, local_files_only=True, **kwargs)

    logger.info("Converting %s for CTranslate2 (once).", source.folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=target.parent))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Converter(str(source.folder)).convert(str(work), quantization=quantization, force=True)
        if not (target / "model.bin").is_file():
            work.rename(target)
    except OSError as error:
        raise ModelError(f"The converted model can't be kept in {target}: {error}.") from error
    except Exception as error:  # torch and the converter raise many types
        reason = str(error).strip().splitlines()[:1] or [type(error).__name__]
        raise ModelError(
            f"The model in {source.folder} can't be converted ({reason[0].rstrip('.')}); use "
            "engine 'transformers'."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target
