"""The transformers backend: any seq2seq checkpoint of Marian, NLLB, M2M-100, mBART or T5.

The reference implementation (fp32 ``generate``) that CTranslate2 is compared with, and the way to
models that were not converted. torch and transformers are imported when a backend is made. The
settings are aligned with CTranslate2's: the search ends when ``beam_size`` hypotheses are
finished, the end of sentence is never forced, ``<pad>`` and ``<unk>`` are never produced.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import config
from toolkit.errors import ModelError
from toolkit.models.card import Card, read_card, read_json, sha256
from toolkit.translate.base import Decoding, Encoded
from toolkit.translate.batching import equal_length_batches
from toolkit.translate.characters import CharacterMap
from toolkit.translate.frames import Frame, family_of_model_type, make_frame, special_tokens
from toolkit.translate.subwords import Subwords

_LONG = 128
_SAFE_POSITIONS = 512


@dataclass(frozen=True, slots=True)
class _Done:
    tokens: list[list[list[str]]]

    def result(self) -> list[list[list[str]]]:
        return self.tokens


class TransformersBackend:
    """A Hugging Face checkpoint directory as a backend (see ``base.TokenBackend``).

    ``folder`` is a directory in Hugging Face layout; ``device`` cpu, cuda or auto; languages and
    prefix as in ``frames.make_frame``. Raises ModelError when the checkpoint can't be used.
    """

    name = "transformers"

    def __init__(
        self,
        folder: Path,
        *,
        device: str = "cpu",
        threads: int | None = None,
        source_lang: str | None = None,
        target_lang: str | None = None,
        prefix: str | None = None,
    ) -> None:
        settings = read_json(folder / "config.json")
        tokenizer_file = folder / "tokenizer_config.json"
        tokenizer_settings = read_json(tokenizer_file) if tokenizer_file.is_file() else {}
        self.folder = folder
        self.family = family_of_model_type(
            str(settings.get("model_type", "")),
            str(tokenizer_settings.get("tokenizer_class") or settings.get("tokenizer_class") or ""),
            folder,
        )
        self.card = read_card(folder) or Card()
        import torch

        self._torch: Any = torch
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        if device.startswith("cuda") and not torch.cuda.is_available():
            raise ModelError(f"The device '{device}' can't be used: torch sees no GPU here.")
        torch.set_num_threads(threads or config.threads())
        self._device = device
        self._model = _load_model(folder).to(device)
        self._text = (
            _MarianText(folder, self.card, target_lang, source_lang, prefix)
            if self.family == "marian" and (folder / "source.spm").is_file()
            else _TokenizerText(folder, self.family, self.card, source_lang, target_lang, prefix)
        )
        positions = int(settings.get("max_position_embeddings") or 0) or _SAFE_POSITIONS
        self.max_source_tokens = self.card.max_source_tokens or positions
        self.long_source_tokens = self.card.long_source_tokens or _LONG
        self.signature = f"transformers:{_weights_digest(folder)[:16]}|fp32|{self._text.frame!r}"

    def tokenize(self, segments: Sequence[str]) -> list[Encoded]:
        """Source tokens of each segment, end of sentence included."""
        return self._text.encode(segments)

    def detokenize(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        """Text of each hypothesis."""
        return self._text.decode(hypotheses)

    def count_tokens(self, segment: str) -> int:
        """Number of source tokens, end of sentence included."""
        return len(self.tokenize([segment])[0].tokens)

    def submit(self, sources: Sequence[list[str]], decoding: Decoding, *, best: int = 1) -> _Done:
        """Translate source tokens; the work is done when this returns."""
        torch, text = self._torch, self._text
        best = min(best, decoding.beam_size)
        generation = self._generation(decoding, best)
        results: list[list[list[str]]] = [[] for _ in sources]
        for positions in equal_length_batches([len(s) for s in sources], decoding.batch_tokens):
            ids = torch.tensor([text.to_ids(sources[i]) for i in positions], device=self._device)
            with torch.inference_mode():
                output = self._model.generate(
                    input_ids=ids,
                    attention_mask=torch.ones_like(ids),
                    generation_config=generation,
                )
            rows = [text.to_tokens(row[1:]) for row in output.tolist()]
            for k, position in enumerate(positions):
                results[position] = rows[k * best : (k + 1) * best]
        return _Done(results)

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:
        """Translate non-empty segments; same length and order."""
        sources = [e.tokens for e in self.tokenize(segments)]
        return self.detokenize([h[0] for h in self.submit(sources, decoding).result()])

    def _generation(self, decoding: Decoding, best: int) -> Any:
        from transformers import GenerationConfig

        text, model = self._text, self._model.config
        forced = None
        if text.frame.target_prefix:
            forced = text.to_ids(list(text.frame.target_prefix))[0]
        beams = decoding.beam_size
        generation = GenerationConfig(
            num_beams=beams,
            num_return_sequences=best,
            do_sample=False,
            max_new_tokens=decoding.max_length + (1 if forced is not None else 0),
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            repetition_penalty=decoding.repetition_penalty,
            bad_words_ids=[[i] for i in text.forbidden],
            decoder_start_token_id=model.decoder_start_token_id,
            eos_token_id=text.end,
            pad_token_id=text.pad,
            **({"forced_bos_token_id": forced} if forced is not None else {}),
            **({"early_stopping": True} if beams > 1 else {}),
            **({"length_penalty": decoding.length_penalty} if beams > 1 else {}),
        )
        # What a generation config leaves open is filled in from the checkpoint's own.
        self._model.generation_config = generation
        return generation


class _MarianText:
    """Marian's own SentencePiece files and vocabulary, without ``MarianTokenizer``.

    That class changes punctuation when the sacremoses package happens to be installed; here the
    same text gives the same tokens on every machine, and the same as the CTranslate2 backend's.
    """

    def __init__(
        self,
        folder: Path,
        card: Card,
        target_lang: str | None,
        source_lang: str | None,
        prefix: str | None,
    ) -> None:
        source = read_json(folder / "vocab.json")
        target_file = folder / "target_vocab.json"
        target = read_json(target_file) if target_file.is_file() else source
        vocabulary = frozenset(source)
        self.frame = make_frame(
            "marian", vocabulary, source_lang=source_lang, target_lang=target_lang, prefix=prefix
        )
        special = special_tokens("marian", vocabulary)
        self._subwords = Subwords(folder, vocabulary, self.frame, special, card.normalise)
        self._ids = source
        self._unknown = source["<unk>"]
        self._tokens = {i: t for t, i in target.items()}
        self.pad: int = target["<pad>"]
        self.end: int = target["</s>"]
        self.forbidden = [self.pad, target["<unk>"]]

    def encode(self, segments: Sequence[str]) -> list[Encoded]:
        return self._subwords.encode(segments)

    def decode(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        return self._subwords.decode(hypotheses)

    def to_ids(self, tokens: Sequence[str]) -> list[int]:
        return [self._ids.get(t, self._unknown) for t in tokens]

    def to_tokens(self, ids: Sequence[int]) -> list[str]:
        stop = (self.pad, self.end)
        return [self._tokens[i] for i in ids if i not in stop]


class _TokenizerText:
    """Any other checkpoint's tokenizer, through ``AutoTokenizer``."""

    def __init__(
        self,
        folder: Path,
        family: Any,
        card: Card,
        source_lang: str | None,
        target_lang: str | None,
        prefix: str | None,
    ) -> None:
        self._tokenizer = load_tokenizer(folder)
        vocabulary = frozenset(self._tokenizer.get_vocab())
        self.frame: Frame = make_frame(
            family, vocabulary, source_lang=source_lang, target_lang=target_lang, prefix=prefix
        )
        if family not in ("t5", "marian"):
            source = self.frame.before[0]
            self._tokenizer.src_lang = source.strip("_") if family == "m2m" else source
        self._characters = CharacterMap(self._readable, card.normalise)
        self.pad: int = self._tokenizer.pad_token_id
        self.end: int = self._tokenizer.eos_token_id
        unknown = self._tokenizer.unk_token_id
        self.forbidden = [self.pad] if unknown is None else [self.pad, unknown]

    def _readable(self, text: str) -> bool:
        pieces = self._tokenizer.tokenize(text)
        return bool(pieces) and self._tokenizer.unk_token not in pieces

    def encode(self, segments: Sequence[str]) -> list[Encoded]:
        mapped = [self._characters.apply(s) for s in segments]
        texts = [self.frame.text_prefix + text for text, _ in mapped]
        ids = self._tokenizer(texts, add_special_tokens=True, truncation=False)["input_ids"]
        return [
            Encoded(self._tokenizer.convert_ids_to_tokens(i), lost)
            for i, (_, lost) in zip(ids, mapped, strict=True)
        ]

    def decode(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        return [
            self._tokenizer.decode(
                self.to_ids(h), skip_special_tokens=True, clean_up_tokenization_spaces=False
            ).strip()
            for h in hypotheses
        ]

    def to_ids(self, tokens: Sequence[str]) -> list[int]:
        ids: list[int] = self._tokenizer.convert_tokens_to_ids(list(tokens))
        return ids

    def to_tokens(self, ids: Sequence[int]) -> list[str]:
        special = {self.pad, self.end, *self.to_ids(self.frame.target_prefix)}
        tokens: list[str] = self._tokenizer.convert_ids_to_tokens(
            [i for i in ids if i not in special]
        )
        return tokens


def load_tokenizer(folder: Path) -> Any:
    """The checkpoint's tokenizer through ``AutoTokenizer``; ModelError when it can't be read."""
    import transformers

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except Exception as error:  # missing files surface as many types here
        raise ModelError(f"The tokenizer in {folder} can't be read: {_reason(error)}") from error


def _load_model(folder: Path) -> Any:
    import torch
    import transformers

    transformers.utils.logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                folder, local_files_only=True, dtype=torch.float32
            )
    except Exception as error:  # damaged weights surface as many types here
        raise ModelError(f"The model in {folder} can't be loaded: {_reason(error)}") from error
    return model.eval()


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".") + "."


def _weights_digest(folder: Path) -> str:
    """One hash over the weight files; the hub cache names its files by their hash already."""
    names = sorted([*folder.glob("*.safetensors"), *folder.glob("pytorch_model*.bin")])
    digest = hashlib.sha256()
    for path in names:
        real = path.resolve().name
        digest.update((real if re.fullmatch(r"[0-9a-f]{64}", real) else sha256(path)).encode())
    return digest.hexdigest()
