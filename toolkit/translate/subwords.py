"""SentencePiece tokenisation around a CTranslate2 model: text → pieces → text.

Knows what each family of checkpoints puts around the pieces (end of sentence, language codes, a
text prefix) and maps characters that the vocabulary lacks to ones it has before they are lost.
Needs sentencepiece only. Batching and search are left to ``ctranslate2`` and ``batching``.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from toolkit.errors import ModelError

Family = Literal["marian", "nllb", "m2m", "mbart", "t5"]

FALLBACKS: dict[str, str] = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "`": "'", "ʼ": "'", "ʻ": "'",
    "–": "-", "—": "-", "‒": "-", "―": "-", "−": "-", "‐": "-", "‑": "-",
    "…": "...", "•": "-", "·": "-", "▪": "-", "●": "-", "×": "x", "÷": "/",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "²": "2", "³": "3", "°": " derajat ", "№": "No.",
    "€": "EUR ", "£": "GBP ", "¥": "JPY ", "$": "USD ", "%": " persen ", "&": " dan ",
    "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", "_": " ", "~": "-", "|": ",",
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d",
    "Đ": "D", "ł": "l", "Ł": "L", "ı": "i", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
}  # fmt: skip
"""What stands in for a character when a vocabulary lacks it (Indonesian side)."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Source tokens of one segment, what the model reads, and characters it can't read."""

    tokens: list[str]
    lost: str = ""


class CharacterMap:
    """Rewrites characters that a SentencePiece vocabulary can't express.

    A character is kept when the vocabulary has it (after the model's own normalisation); else the
    card's or the built-in fallback, its compatibility form or its base letter is tried; what still
    can't be read is left alone and reported as lost.
    """

    def __init__(self, processor: Any, vocabulary: frozenset[str], extra: dict[str, str]) -> None:
        self._processor = processor
        self._vocabulary = vocabulary
        self._extra = extra
        self._known: set[str] = set()
        self._replace: dict[str, str] = {}
        self._lost: set[str] = set()

    def _readable(self, text: str) -> bool:
        pieces = self._processor.encode(text, out_type=str)
        return all(p in self._vocabulary or p == "▁" for p in pieces)

    def _learn(self, char: str) -> None:
        if char.isspace() or (char not in self._extra and self._readable(char)):
            self._known.add(char)
            return
        options = [self._extra.get(char), FALLBACKS.get(char)]
        options.append(unicodedata.normalize("NFKC", char))
        base = "".join(
            c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)
        )
        options.append(base)
        for option in options:
            if option and option != char and self._readable(option):
                self._replace[char] = option
                return
        if unicodedata.category(char) in ("Mn", "Cf", "Cc", "So", "Sk"):
            self._replace[char] = ""
            return
        self._lost.add(char)
        self._known.add(char)

    def apply(self, text: str) -> tuple[str, str]:
        """The text with unreadable characters replaced, and those that stay unreadable."""
        unknown = set(text) - self._known
        if unknown:
            for char in unknown - self._replace.keys():
                self._learn(char)
            if not unknown.isdisjoint(self._replace):
                text = "".join(self._replace.get(c, c) for c in text)
        if self._lost and not self._lost.isdisjoint(text):
            return text, "".join(sorted(self._lost.intersection(text)))
        return text, ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the pieces: text prefix, tokens before and after, forced first tokens."""

    text_prefix: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ("</s>",)
    target_prefix: tuple[str, ...] = ()


class Subwords:
    """Tokeniser of one model: ``encode`` and ``decode`` in bulk."""

    def __init__(
        self,
        source: Path,
        target: Path,
        vocabulary: Sequence[str],
        frame: Frame,
        normalise: dict[str, str] | None = None,
    ) -> None:
        import sentencepiece

        try:
            self._source = sentencepiece.SentencePieceProcessor(model_file=str(source))
            self._target = (
                self._source
                if target == source
                else sentencepiece.SentencePieceProcessor(model_file=str(target))
            )
        except (OSError, RuntimeError) as error:
            raise ModelError(
                f"The SentencePiece model in {source.parent} can't be read; "
                "the file is damaged: install the model again."
            ) from error
        self.frame = frame
        self._before = list(frame.before)
        self._after = list(frame.after)
        self._special = frozenset({"</s>", "<s>", "<pad>", *frame.target_prefix, *frame.before})
        self.characters = CharacterMap(self._source, frozenset(vocabulary), normalise or {})

    def encode(self, segments: Sequence[str]) -> list[Encoded]:
        """Source tokens of each segment, framed as the model wants them."""
        mapped = [self.characters.apply(s) for s in segments]
        prefix = self.frame.text_prefix
        pieces = self._source.encode([prefix + text for text, _ in mapped], out_type=str)
        before, after = self._before, self._after
        return [
            Encoded(before + p + after, lost) for p, (_, lost) in zip(pieces, mapped, strict=True)
        ]

    def decode(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        """Text of target tokens; special tokens are left out."""
        special = self._special
        kept = [[t for t in h if t not in special] for h in hypotheses]
        texts: list[str] = self._target.decode(kept)
        return texts


def read_vocabulary(folder: Path) -> list[str]:
    """Source vocabulary of a CTranslate2 model (JSON list or one token a line)."""
    for stem in ("shared_vocabulary", "source_vocabulary"):
        path = folder / f"{stem}.json"
        if path.is_file():
            try:
                tokens = json.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise ModelError(f"{path} is damaged: install the model again.") from error
            return [str(t) for t in tokens]
        path = folder / f"{stem}.txt"
        if path.is_file():
            return path.read_text(encoding="utf-8").split("\n")
    raise ModelError(f"{folder} has no vocabulary file; it is not a whole CTranslate2 model.")
