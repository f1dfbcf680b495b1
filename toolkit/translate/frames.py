"""Families of seq2seq checkpoints and what each puts around the tokens of a segment.

Marian: pieces and end of sentence (a ``>>xxx<<`` token first, where a model has several target
languages). NLLB, M2M-100 and mBART-50: language codes on both sides (the first mBART knows no
Indonesian). T5: a text prefix. Sources: the models' papers and the layout of their published
checkpoints. No model is loaded here.
"""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from toolkit.errors import ModelError, UsageError

Family = Literal["marian", "nllb", "m2m", "mbart", "t5"]
FAMILIES: tuple[Family, ...] = ("marian", "nllb", "m2m", "mbart", "t5")

T5_PREFIX = "translate Indonesian to English: "

_CODES: dict[str, dict[str, str]] = {
    "nllb": {"id": "ind_Latn", "en": "eng_Latn", "ms": "zsm_Latn"},
    "mbart": {"id": "id_ID", "en": "en_XX"},
    "m2m": {},
    "marian": {"id": "ind", "en": "eng"},
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the pieces of a segment.

    ``text_prefix`` goes before the text; ``before`` and ``after`` are source tokens;
    ``target_prefix`` are target tokens that every hypothesis starts with.
    """

    text_prefix: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ("</s>",)
    target_prefix: tuple[str, ...] = ()


def as_family(name: str, where: object) -> Family:
    """The family called ``name``; ModelError for an unknown one (``where`` names the file)."""
    if name not in FAMILIES:
        raise ModelError(
            f"{where} names the model family '{name}'; known families: {', '.join(FAMILIES)}."
        )
    return name


def family_of_model_type(model_type: str, tokenizer_class: str, where: object) -> Family:
    """The family of a Hugging Face ``config.json`` (``model_type``) and its tokenizer class."""
    if model_type == "m2m_100":
        return "nllb" if tokenizer_class.startswith("Nllb") else "m2m"
    if model_type == "mbart":
        return "mbart"
    if model_type in ("t5", "mt5", "umt5", "longt5"):
        return "t5"
    if model_type == "marian":
        return "marian"
    raise ModelError(
        f"{where} holds a '{model_type or 'nameless'}' model; Ringkas runs Marian, NLLB, M2M-100, "
        "mBART and T5 translation models."
    )


def family_of_vocabulary(vocabulary: Container[str]) -> Family:
    """Guess the family of a converted model from its vocabulary's special tokens."""
    if "eng_Latn" in vocabulary:
        return "nllb"
    if "__en__" in vocabulary:
        return "m2m"
    if "en_XX" in vocabulary:
        return "mbart"
    if "<extra_id_0>" in vocabulary:
        return "t5"
    return "marian"


def language_code(family: Family, language: str, vocabulary: Iterable[str]) -> str:
    """The token of a language: ``id`` or the model's own code → the code in the vocabulary.

    Raises UsageError with the nearest codes when the model does not know the language.
    """
    known = vocabulary if isinstance(vocabulary, (set, frozenset, dict)) else set(vocabulary)
    code = _CODES.get(family, {}).get(language, language)
    token = {"m2m": f"__{code}__", "marian": f">>{code}<<"}.get(family, code)
    if code.startswith(("__", ">>")):
        token = code
    if token in known:
        return token
    codes = sorted(t for t in known if _looks_like_code(family, t))
    near = difflib.get_close_matches(token, codes, n=3, cutoff=0.5) or codes[:8]
    hint = f"it knows, among others, {', '.join(near)}" if near else "it has no language codes"
    raise UsageError(f"The model does not know the language '{language}'; {hint}.")


def special_tokens(family: Family, vocabulary: Iterable[str]) -> frozenset[str]:
    """Tokens that are no text: end marks, language codes, T5's sentinels."""
    marks = {"</s>", "<s>", "<pad>", "<unk>", "<mask>"}
    if family == "t5":
        return frozenset(marks.union(t for t in vocabulary if t.startswith("<extra_id_")))
    return frozenset(marks.union(t for t in vocabulary if _looks_like_code(family, t)))


def _looks_like_code(family: Family, token: str) -> bool:
    if family == "nllb":
        return len(token) == 8 and token[3] == "_" and token[:3].islower()
    if family == "m2m":
        return token.startswith("__") and token.endswith("__")
    if family == "marian":
        return token.startswith(">>") and token.endswith("<<")
    return len(token) == 5 and token[2] == "_" and token[3:].isupper()


def make_frame(
    family: Family,
    vocabulary: frozenset[str],
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    prefix: str | None = None,
) -> Frame:
    """The frame of a family for a language pair (default Indonesian→English).

    ``prefix`` is T5's text prefix (None: ``translate Indonesian to English: ``). Raises UsageError
    for an option that the family has no use for, or a language that the model does not know.
    """
    if family == "t5":
        if source_lang or target_lang:
            raise UsageError(
                "A T5 model takes no language codes; say the direction with --prefix instead."
            )
        return Frame(text_prefix=T5_PREFIX if prefix is None else prefix)
    if prefix is not None:
        raise UsageError(f"A text prefix is for T5 models; this is a {family} model.")
    if family == "marian":
        if source_lang not in (None, "id") and target_lang is None:
            raise UsageError("A Marian model has a fixed source language; leave it out.")
        if target_lang is None or (target_lang == "en" and ">>eng<<" not in vocabulary):
            return Frame()
        return Frame(before=(language_code(family, target_lang, vocabulary),))
    source = language_code(family, source_lang or "id", vocabulary)
    target = language_code(family, target_lang or "en", vocabulary)
    return Frame(before=(source,), target_prefix=(target,))
