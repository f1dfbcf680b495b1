"""A seq2seq checkpoint for summarising: its configuration, its tokenizer, its limits.

Reads what the checkpoint says of itself (generation settings, task settings, languages,
positions). Running it is ``engines``'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.chat import checkpoint
from toolkit.errors import ModelError
from toolkit.models.card import read_json

_LANGUAGE_CODE = re.compile(r"[a-z]{2}_[A-Z]{2}")
LANGUAGE_FAMILIES = ("mbart", "m2m_100")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A seq2seq checkpoint: where it lies, what kind it is, how its text is tokenised."""

    folder: Path
    model_type: str
    settings: dict[str, Any]
    generation: dict[str, Any]
    tokenizer: Any
    limit: int
    """Longest source in tokens that the tokenizer knows of; 0 where it knows of none."""
    target_lang: str = ""

    def encode(self, text: str) -> list[int]:
        """Source ids, special tokens included; never truncated."""
        ids: list[int] = self.tokenizer(text, truncation=False)["input_ids"]
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Text of output ids; PEGASUS writes line breaks as ``<n>``."""
        text: str = self.tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return " ".join(text.replace("<n>", " ").split())

    def value(self, name: str, default: Any = None) -> Any:
        """A setting of the checkpoint: for generation, for the task, then of its configuration."""
        tasks = self.settings.get("task_specific_params") or {}
        for source in (self.generation, tasks.get("summarization") or {}, self.settings):
            if source.get(name) is not None:
                return source[name]
        return default

    def positions(self, default: int) -> int:
        """Longest source in tokens: the encoder's positions, else the tokenizer's own limit."""
        names = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
        found = next((int(self.settings[n]) for n in names if self.settings.get(n)), 0)
        return found or self.limit or default

    def target_positions(self, default: int) -> int:
        """Longest output in tokens."""
        names = ("max_decoder_position_embeddings", "max_position_embeddings")
        return next((int(self.settings[n]) for n in names if self.settings.get(n)), default)

    @property
    def starts_with_language(self) -> bool:
        """Whether the decoder starts from the language code itself (mBART-25, not mBART-50)."""
        start = self.value("decoder_start_token_id")
        if self.model_type != "mbart" or start is None:
            return self.model_type == "mbart"
        return bool(_LANGUAGE_CODE.fullmatch(self.tokenizer.convert_ids_to_tokens(int(start))))

    @property
    def forced_start(self) -> list[int]:
        """Ids that every output begins with: the target language, or a forced first token."""
        if self.target_lang:
            return [int(self.tokenizer.convert_tokens_to_ids(self.target_lang))]
        forced = self.value("forced_bos_token_id")
        return [int(forced)] if forced is not None else []


def open_checkpoint(folder: Path, source_lang: str = "", target_lang: str = "") -> Checkpoint:
    """Read a checkpoint's configuration and tokenizer. Raises ModelError.

    Languages are for multilingual checkpoints (mBART: ``id_ID``, ``en_XX``); a wrong code is an
    error, as is one for a checkpoint that has none.
    """
    settings = read_json(folder / "config.json")
    path = folder / "generation_config.json"
    generation = read_json(path) if path.is_file() else {}
    model_type = str(settings.get("model_type") or "")
    tokenizer = checkpoint.load_tokenizer(folder)
    known = tokenizer.get_vocab()
    for code in (source_lang, target_lang):
        if code and code not in known:
            raise ModelError(f"The model in {folder} knows no language '{code}'.")
    if source_lang and hasattr(tokenizer, "src_lang"):
        tokenizer.src_lang = source_lang
    if model_type in LANGUAGE_FAMILIES and not target_lang:
        task = settings.get("task_specific_params") or {}
        if generation.get("forced_bos_token_id") is None and not task:
            target_lang = next((c for c in ("en_XX", "eng_Latn") if c in known), "")
    limit = int(tokenizer.model_max_length)
    tokenizer.model_max_length = 1 << 30  # lengths are the summariser's to check
    if not 0 < limit < 1_000_000:
        limit = 0
    return Checkpoint(folder, model_type, settings, generation, tokenizer, limit, target_lang)
