"""Subword tokenisation around a model: text → source tokens, target tokens → text.

Reads SentencePiece models (``source.spm``/``target.spm``, ``sentencepiece.bpe.model``,
``spiece.model``) and, where a checkpoint has none, a ``tokenizer.json``. What stands around the
pieces is ``frames``'; unreadable characters are ``characters``'. Knows no engine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from toolkit.errors import ModelError
from toolkit.translate.base import Encoded
from toolkit.translate.characters import CharacterMap
from toolkit.translate.frames import Frame
from toolkit.translate.quotes import attach_quotes

_BYTE = re.compile(r"<0x[0-9A-F]{2}>")


class PieceModel(Protocol):
    """Splits text into pieces and joins them again; no special tokens."""

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Pieces of each text."""
        ...

    def decode(self, pieces: Sequence[list[str]]) -> list[str]:
        """Text of each list of pieces."""
        ...


class SentencePieceModel:
    """A ``.spm``/``.model`` file."""

    def __init__(self, path: Path) -> None:
        import sentencepiece

        try:
            self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(path))
        except (OSError, RuntimeError) as error:
            raise ModelError(
                f"The SentencePiece file {path} is missing or damaged; install the model again."
            ) from error

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Pieces of each text."""
        pieces: list[list[str]] = self._processor.encode(list(texts), out_type=str)
        return pieces

    def decode(self, pieces: Sequence[list[str]]) -> list[str]:
        """Text of each list of pieces."""
        texts: list[str] = self._processor.decode(list(pieces))
        return texts


class TokenizerJsonModel:
    """A ``tokenizer.json`` read with the ``tokenizers`` library."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        try:
            self._tokenizer: Any = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise ModelError(
                f"The tokenizer file {path} is missing or damaged; install the model again."
            ) from error

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Pieces of each text."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [e.tokens for e in encodings]

    def decode(self, pieces: Sequence[list[str]]) -> list[str]:
        """Text of each list of pieces."""
        ids = [[i for i in map(self._tokenizer.token_to_id, p) if i is not None] for p in pieces]
        texts: list[str] = self._tokenizer.decode_batch(ids)
        return texts


def open_piece_models(folder: Path) -> tuple[PieceModel, PieceModel]:
    """Source and target tokeniser of a model folder (often one and the same).

    Raises ModelError when the folder holds none that is known.
    """
    if (folder / "source.spm").is_file():
        source = SentencePieceModel(folder / "source.spm")
        same = not (folder / "target.spm").is_file() or (
            (folder / "target.spm").read_bytes() == (folder / "source.spm").read_bytes()
        )
        return source, source if same else SentencePieceModel(folder / "target.spm")
    for name in ("sentencepiece.bpe.model", "sentencepiece.model", "spiece.model"):
        if (folder / name).is_file():
            model = SentencePieceModel(folder / name)
            return model, model
    if (folder / "tokenizer.json").is_file():
        tokenizer = TokenizerJsonModel(folder / "tokenizer.json")
        return tokenizer, tokenizer
    raise ModelError(
        f"{folder} has no tokenizer (source.spm, sentencepiece.bpe.model, spiece.model or "
        "tokenizer.json); copy it from the model's page or install the model with "
        "`ringkas models pull`."
    )


def read_vocabulary(folder: Path) -> frozenset[str]:
    """Source vocabulary of a CTranslate2 model (JSON list, or one token a line)."""
    for stem in ("shared_vocabulary", "source_vocabulary"):
        path = folder / f"{stem}.json"
        if path.is_file():
            try:
                return frozenset(map(str, json.loads(path.read_text(encoding="utf-8"))))
            except ValueError as error:
                raise ModelError(f"{path} is damaged; install the model again.") from error
        path = folder / f"{stem}.txt"
        if path.is_file():
            return frozenset(path.read_text(encoding="utf-8").split("\n"))
    raise ModelError(f"{folder} has no vocabulary file; it is not a whole CTranslate2 model.")


class Subwords:
    """Tokeniser of one model: ``encode`` and ``decode`` in bulk; ``special`` tokens are no text."""

    def __init__(
        self,
        folder: Path,
        vocabulary: frozenset[str],
        frame: Frame,
        special: frozenset[str],
        normalise: dict[str, str] | None = None,
    ) -> None:
        self._source, self._target = open_piece_models(folder)
        self._vocabulary = vocabulary
        self.frame = frame
        self._before = list(frame.before)
        self._after = list(frame.after)
        self._drop = special
        self._characters = CharacterMap(self._readable, normalise or {}, self._spelled)

    def _readable(self, text: str) -> bool:
        return self._spelled(text) and not any(map(_BYTE.fullmatch, self._source.encode([text])[0]))

    def _spelled(self, text: str) -> bool:
        pieces = self._source.encode([text])[0]
        return bool(pieces) and all(p in self._vocabulary or p == "▁" for p in pieces)

    def encode(self, segments: Sequence[str]) -> list[Encoded]:
        """Source tokens of each segment, framed as the model wants them."""
        mapped = [self._characters.apply(s) for s in segments]
        prefix = self.frame.text_prefix
        pieces = self._source.encode([prefix + text for text, _ in mapped])
        before, after = self._before, self._after
        return [
            Encoded(before + p + after, lost) for p, (_, lost) in zip(pieces, mapped, strict=True)
        ]

    def decode(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        """Text of target tokens; special tokens are left out, loose quotation marks attached."""
        drop = self._drop
        texts = self._target.decode([[t for t in h if t not in drop] for h in hypotheses])
        return [attach_quotes(text) if '"' in text else text for text in texts]
