"""The CTranslate2 backend: int8 on the CPU, no torch, only sentencepiece beside it.

Runs Marian/OPUS-MT checkpoints and, where converted, NLLB, M2M-100, mBART and T5. The steps
``tokenize`` → ``translate_tokens`` → ``detokenize`` are public, so that a pipeline can overlap
them. Checks and retries are the guard's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolkit import config
from toolkit.errors import ModelError
from toolkit.translate.base import Decoding
from toolkit.translate.batching import equal_length_batches
from toolkit.translate.subwords import Encoded, Frame, Subwords, read_vocabulary


class CTranslate2Backend:
    """A CTranslate2 model directory as a backend (see ``base.Backend``)."""

    name = "ctranslate2"

    def __init__(
        self,
        folder: Path,
        *,
        device: str = "cpu",
        compute_type: str = "default",
        threads: int | None = None,
    ) -> None:
        import ctranslate2

        self.folder = folder
        settings = _read_json(folder / "config.json")
        card = _read_json(folder / "ringkas.json") if (folder / "ringkas.json").is_file() else {}
        self.max_source_tokens = int(card.get("max_source_tokens", 512))
        frame = Frame(after=() if settings.get("add_source_eos") else ("</s>",))
        self.subwords = Subwords(
            folder / "source.spm",
            folder / "target.spm",
            read_vocabulary(folder),
            frame,
            card.get("normalise"),
        )
        if device == "cpu" and compute_type == "default":
            compute_type = "int8"
        count = threads or config.threads()
        try:
            self._engine = ctranslate2.Translator(
                str(folder),
                device=device,
                compute_type=compute_type,
                inter_threads=count,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"The model in {folder} can't be loaded: {error}") from error
        digest = card.get("sha256") or f"size:{(folder / 'model.bin').stat().st_size}"
        self.signature = f"ctranslate2:{digest}|{self._engine.compute_type}"

    def tokenize(self, segments: Sequence[str]) -> list[Encoded]:
        """Source tokens of each segment."""
        return self.subwords.encode(segments)

    def detokenize(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        """Text of each hypothesis."""
        return self.subwords.decode(hypotheses)

    def translate_tokens(
        self, sources: Sequence[Sequence[str]], decoding: Decoding
    ) -> list[list[str]]:
        """Target tokens of each source, same order; no source may exceed ``max_source_tokens``."""
        results: list[list[str]] = [[] for _ in sources]
        pending: list[tuple[list[int], list[Any]]] = []
        for batch in equal_length_batches([len(s) for s in sources], decoding.batch_tokens):
            futures = self._engine.translate_batch(
                [list(sources[i]) for i in batch],
                asynchronous=True,
                max_input_length=0,
                disable_unk=True,
                beam_size=decoding.beam_size,
                length_penalty=decoding.length_penalty,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram_size,
                max_decoding_length=decoding.max_length,
            )
            pending.append((batch, futures))
        for batch, futures in pending:
            for position, future in zip(batch, futures, strict=True):
                results[position] = future.result().hypotheses[0]
        return results

    def count_tokens(self, segment: str) -> int:
        """Number of source tokens, end of sentence included."""
        return len(self.subwords.encode([segment])[0].tokens)

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:
        """Translate non-empty segments; same length and order."""
        sources = [e.tokens for e in self.tokenize(segments)]
        return self.detokenize(self.translate_tokens(sources, decoding))


def _read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a model folder; ModelError when it is missing or damaged."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path} is missing or damaged: install the model again with `ringkas models pull`."
        ) from error
    if not isinstance(value, dict):
        raise ModelError(f"{path} is not a JSON object: install the model again.")
    return value
