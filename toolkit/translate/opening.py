"""From a translator's spec (``embedded``, a folder, an installed name …) to a translator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toolkit import config
from toolkit.errors import ModelError
from toolkit.registry import Registry
from toolkit.translate.base import Backend, Decoding, Translator

TRANSLATORS = Registry(
    "translator",
    {
        "ctranslate2": "toolkit.translate.ctranslate2:CTranslate2Backend",
        "transformers": "toolkit.translate.transformers:TransformersBackend",
        "echo": "toolkit.translate.echo:EchoBackend",
    },
)


def open_translator(
    spec: str = "embedded",
    *,
    decoding: Decoding | None = None,
    glossary: Any = None,  # noqa: ARG001
    guard: bool = True,
    device: str = "cpu",
    threads: int | None = None,
    source_lang: str | None = None,  # noqa: ARG001
    target_lang: str | None = None,  # noqa: ARG001
    prefix: str | None = None,  # noqa: ARG001
) -> Translator:
    """Open the translator that ``spec`` names."""
    from toolkit.translate.guard import GuardedTranslator

    backend: Backend
    if spec == "echo":
        backend = TRANSLATORS.load("echo")()
    else:
        if spec == "embedded":
            folder = config.embedded_model_dir()
        else:
            folder = Path(spec.removeprefix("ctranslate2:"))
        if not (folder / "model.bin").is_file():
            raise ModelError(f"No translation model at {folder}.")
        backend = TRANSLATORS.load("ctranslate2")(folder, device=device, threads=threads)
    return GuardedTranslator(backend, decoding, guard=guard)
