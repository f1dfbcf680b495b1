"""From a translator's spec (``embedded``, a folder, an installed name …) to a translator.

``TRANSLATORS`` holds the backends by name; ``open_backend`` finds the weights, ``open_translator``
wraps the backend in the guard. Nothing is downloaded unless the spec names a hub model after
``transformers:``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toolkit import config
from toolkit.errors import InputError, ModelError, UsageError
from toolkit.models.registry import EMBEDDED, HUB_NAME, find, layout_of, missing_message
from toolkit.registry import Registry
from toolkit.translate.base import Backend, Decoding, Translator

if TYPE_CHECKING:
    from toolkit.text.names import Glossary

TRANSLATORS = Registry(
    "translator",
    {
        "ctranslate2": "toolkit.translate.ctranslate2:CTranslate2Backend",
        "transformers": "toolkit.translate.transformers:TransformersBackend",
        "echo": "toolkit.translate.echo:EchoBackend",
        "chat": "toolkit.translate.chat:create",
    },
)
"""Backends by name; a spec ``NAME:WHERE`` gives ``WHERE`` to the backend ``NAME``."""

ARTICLE_BEAM = 16
"""Beam size for single articles where hypotheses are reranked."""

_LOCAL = ("ctranslate2", "transformers")
"""Backends whose ``WHERE`` is a folder or a model's name."""


def open_translator(
    spec: str = EMBEDDED,
    *,
    decoding: Decoding | Callable[[Backend], Decoding] | None = None,
    glossary: Glossary | None = None,
    guard: bool = True,
    retries: bool | Literal["thorough"] = True,
    fallback: str | None = None,
    device: str = "cpu",
    threads: int | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
    prefix: str | None = None,
) -> Translator:
    """Open the translator that ``spec`` names.

    ``spec`` is ``embedded``, ``echo``, a model directory (CTranslate2 or Hugging Face layout), the
    name of an installed model, ``transformers:NAME_OR_DIR`` or ``ctranslate2:NAME_OR_DIR``.
    ``decoding`` are the search settings, or how to choose them for the backend that was opened
    (``article_decoding``).
    ``glossary`` is checked by the guard; ``guard=False`` leaves all checks, repairs and retries
    out, ``retries=False`` only the searches for better candidates, ``"thorough"`` searches more;
    ``fallback`` is the spec of a second model that the guard may ask when the first fails.
    ``device`` is cpu, cuda or auto; ``threads`` CPU threads (default: ``config.threads()``);
    languages and ``prefix`` as in ``translate.frames.make_frame``.

    Raises UsageError for an unknown backend or an unusable option, ModelError for a model that is
    missing or damaged.
    """
    from toolkit.translate.guard import GuardedTranslator

    backend = open_backend(
        spec,
        device=device,
        threads=threads,
        source_lang=source_lang,
        target_lang=target_lang,
        prefix=prefix,
    )
    use_glossary = getattr(backend, "use_glossary", None)
    if glossary is not None and use_glossary is not None:
        use_glossary(glossary)
    if callable(decoding):
        decoding = decoding(backend)
    second = open_backend(fallback, device=device, threads=threads) if fallback else None
    return GuardedTranslator(
        backend, decoding, glossary=glossary, guard=guard, retries=retries, fallback=second
    )


def article_decoding(
    backend: Backend, *, beam_size: int | None = None, rerank: bool | None = None
) -> Decoding:
    """The search settings for single articles, where a second matters less than the words.

    Hypotheses are reranked where the backend scores them, out of a beam of ``ARTICLE_BEAM``;
    ``rerank`` and ``beam_size`` say otherwise.
    """
    if rerank is None:
        rerank = bool(getattr(backend, "scores_hypotheses", False)) and beam_size != 1
    if beam_size is None:
        beam_size = ARTICLE_BEAM if rerank else Decoding().beam_size
    return Decoding(beam_size=beam_size, rerank=rerank)


def open_backend(
    spec: str,
    *,
    device: str = "cpu",
    threads: int | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
    prefix: str | None = None,
) -> Backend:
    """The backend that ``spec`` names, without a guard; arguments and errors as above."""
    backend: Backend
    if device not in ("cpu", "auto") and not device.startswith("cuda"):
        raise UsageError(f"Unknown device '{device}'; known: cpu, cuda, auto.")
    if threads is not None and threads < 1:
        raise UsageError(f"The number of threads must be at least 1, not {threads}.")
    if spec in TRANSLATORS and spec not in _LOCAL and _needs_nothing(TRANSLATORS.load(spec)):
        if source_lang or target_lang or prefix is not None:
            raise UsageError(f"The {spec} translator takes no languages and no prefix.")
        backend = TRANSLATORS.load(spec)()
        return backend
    head, colon, rest = spec.partition(":")
    if colon and head in TRANSLATORS and head not in _LOCAL and rest:
        factory = TRANSLATORS.load(head)
        if not inspect.signature(factory).parameters:
            raise UsageError(f"The {head} translator takes no model; write '{head}'.")
        backend = factory(rest)
        return backend
    name, folder = _locate(spec)
    backend = TRANSLATORS.load(name)(
        folder,
        device=device,
        threads=threads,
        source_lang=source_lang,
        target_lang=target_lang,
        prefix=prefix,
    )
    return backend


def _needs_nothing(factory: Callable[..., Backend]) -> bool:
    """Whether a backend is made without the name of a model."""
    values = inspect.signature(factory).parameters.values()
    return all(
        p.default is not p.empty or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in values
    )


def _locate(spec: str) -> tuple[str, Path]:
    """Backend name and model folder of a spec."""
    if not spec.strip():
        raise UsageError("The name of the translator is empty; try 'embedded'.")
    head, colon, rest = spec.partition(":")
    if colon and len(head) > 1 and "/" not in head:
        if head not in TRANSLATORS:
            TRANSLATORS.load(head)  # raises, naming the known ones
        if head == "echo" or not rest:
            raise UsageError(f"'{spec}' is incomplete; write for example '{head}:DIRECTORY'.")
        return head, _folder_for(head, rest)
    if spec in TRANSLATORS:
        raise UsageError(f"'{spec}' needs a model; write '{spec}:NAME_OR_DIRECTORY'.")
    folder = _as_folder(spec)
    if folder is None:
        folder = find(spec).folder
    layout = layout_of(folder)
    if layout is None:
        raise ModelError(_no_model(folder))
    return ("ctranslate2" if layout == "ctranslate2" else "transformers"), folder


def _folder_for(backend: str, where: str) -> Path:
    """The folder of ``backend:where``; a hub name is fetched for transformers."""
    wanted = "ctranslate2" if backend == "ctranslate2" else "huggingface"
    folder = _as_folder(where)
    if folder is None:
        if backend == "transformers" and HUB_NAME.fullmatch(where):
            from toolkit.models.hub import fetch

            return fetch(where)[0]
        folder = find(where).folder
    layout = layout_of(folder)
    if layout == wanted:
        return folder
    if wanted == "huggingface" and layout_of(folder / "hf") == wanted:
        return folder / "hf"  # the same weights before conversion, kept beside the converted ones
    if layout is None:
        raise ModelError(_no_model(folder))
    other = "transformers" if layout == "huggingface" else "ctranslate2"
    how = f"; convert it with: ringkas models convert {folder} OUT" if wanted != layout else ""
    if backend == "transformers":
        how = ""
    raise ModelError(
        f"{folder} is a model for the {other} backend, not {backend}; write '{other}:{where}'{how}."
    )


def _as_folder(text: str) -> Path | None:
    """The directory that ``text`` is a path of, or None when it is a name."""
    path = Path(text).expanduser()
    if path.is_dir():
        return path
    if path.is_file():
        raise InputError(f"{path} is a file; a model is a directory.")
    looks_like_path = text.startswith((".", "/", "~")) or text.count("/") > 1
    if looks_like_path:
        raise ModelError(f"There is no model directory {path}.")
    return None


def _no_model(folder: Path) -> str:
    if folder == config.embedded_model_dir():
        return missing_message(EMBEDDED)
    return (
        f"{folder} holds no model: neither CTranslate2 layout (model.bin, config.json) nor "
        "Hugging Face layout (config.json, *.safetensors)."
    )
