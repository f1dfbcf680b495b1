"""The SentencePiece vocabulary: train a new one, or add characters to an existing one.

A new vocabulary is joint for both languages, unigram, with byte fallback, so that no character is
lost, and carries the tags of synthetic data. Its normaliser is NMT-NFKC followed by
``characters.NORMALISE``, so that every program that loads it reads quotes as the model learnt them.
"""

from __future__ import annotations

import json
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.corpus.characters import NORMALISE

TAGS = ("<bt>", "<ft>")
"""First source token of back-translated and of forward-translated (self-training) pairs."""


def normalisation_rules() -> Iterator[tuple[str, str]]:
    """Source and target string of each rule: NMT-NFKC's, character by character, then ours.

    Combining sequences are listed in their decomposed form, as NFKC composes them.
    """
    import sentencepiece

    nfkc = sentencepiece.SentencePieceNormalizer(
        rule_name="nmt_nfkc", add_dummy_prefix=False, escape_whitespaces=False,
        remove_extra_whitespaces=False,
    )  # fmt: skip
    seen: set[str] = set()
    for code in range(1, 0x30000):
        if 0xD800 <= code < 0xE000:
            continue
        char = chr(code)
        forms = {char, unicodedata.normalize("NFD", char)}
        target = "".join(NORMALISE.get(c, c) for c in nfkc.normalize(char))
        for form in forms:
            if form != target and form not in seen:
                seen.add(form)
                yield form, target


def write_rules(path: Path) -> None:
    """Rules as SentencePiece's TSV of hexadecimal code points."""
    lines = [
        "\t".join(" ".join(f"{ord(c):X}" for c in side) for side in rule)
        for rule in normalisation_rules()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def train(texts: Iterable[str], out: Path, *, size: int = 12000, threads: int = 2) -> None:
    """Train ``out``/source.spm (and its copy target.spm) and write vocab.json.

    ``size`` counts pieces, byte pieces and tags included; ``<pad>`` is added after the last.
    """
    import sentencepiece

    out.mkdir(parents=True, exist_ok=True)
    write_rules(out / "rules.tsv")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_prefix=str(out / "joint"),
        vocab_size=size,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=0.9998,
        split_digits=True,
        hard_vocab_limit=False,
        user_defined_symbols=list(TAGS),
        normalization_rule_tsv=str(out / "rules.tsv"),
        eos_id=0, unk_id=1, bos_id=-1, pad_id=-1,
        input_sentence_size=2_000_000, shuffle_input_sentence=True,
        num_threads=threads, minloglevel=1,
    )  # fmt: skip
    (out / "rules.tsv").unlink()
    model = (out / "joint.model").read_bytes()
    for name in ("joint.model", "joint.vocab"):
        (out / name).unlink()
    _write(out, model)


_BYTES = tuple(f"<0x{i:02X}>" for i in range(256))
_BYTE_FALLBACK = b"\x12\x03\x98\x02\x01"
"""A trainer_spec that says byte_fallback and nothing else: parsers merge it into the first one."""


def extend(base: Path, characters: Iterable[str], out: Path, *, fallback: bool = False) -> None:
    """Copy a folder's vocabulary with ``characters`` as further pieces and digits split.

    ``characters`` may hold tags (``TAGS``), too. With ``fallback`` the 256 bytes become pieces, and
    a character that no piece has is encoded as its UTF-8 bytes. The ids of existing pieces stay;
    ``<pad>`` moves to the new end. SentencePiece's file is a protocol buffer, whose repeated fields
    grow by appending (encoding per protobuf.dev, fields per sentencepiece_model.proto).
    """
    import sentencepiece

    model = (base / "source.spm").read_bytes()
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    score = min(processor.get_score(i) for i in range(len(pieces))) - 0.5
    for char in [*characters, *(_BYTES if fallback else ())]:
        if char not in pieces:
            name = char.encode()
            kind = b"\x04" if char in TAGS else b"\x06" if char in _BYTES else b"\x01"
            body = b"\x0a" + bytes([len(name)]) + name + b"\x15" + struct.pack("<f", score)
            body += b"\x18" + kind  # user-defined, byte, or normal
            model += b"\x0a" + bytes([len(body)]) + body
            pieces.append(char)
    if fallback:
        model += _BYTE_FALLBACK
    out.mkdir(parents=True, exist_ok=True)
    _write(out, split_digits(model))


def split_digits(model: bytes) -> bytes:
    """The same vocabulary with each digit always a piece of its own.

    Pieces that hold a digit and anything else but the space mark become unused (type 5): ids stay,
    the encoder no longer takes them. Numbers are then copied digit by digit, which a small model
    learns far better than "1.2" + "50".
    """
    out, at = bytearray(), 0
    while at < len(model):
        start = at
        tag, at = _varint(model, at)
        if tag & 7 != 2:
            raise ValueError("not a SentencePiece model.")
        size, at = _varint(model, at)
        body = model[at : at + size]
        at += size
        if tag >> 3 == 1 and body[:1] == b"\x0a":
            length, begin = _varint(body, 1)
            piece = body[begin : begin + length].decode()
            bare = piece.removeprefix("▁")
            if len(bare) > 1 and any(c.isdigit() for c in bare) and not bare.startswith("<0x"):
                body += b"\x18\x05"
                out += b"\x0a" + bytes([len(body)]) + body
                continue
        out += model[start:at]
    return bytes(out)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _write(out: Path, model: bytes) -> None:
    import sentencepiece

    for name in ("source.spm", "target.spm"):
        (out / name).write_bytes(model)
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    table = {processor.id_to_piece(i): i for i in range(processor.get_piece_size())}
    table["<pad>"] = len(table)
    (out / "vocab.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    settings = {
        "source_lang": "id", "target_lang": "en", "tokenizer_class": "MarianTokenizer",
        "unk_token": "<unk>", "eos_token": "</s>", "pad_token": "<pad>", "model_max_length": 512,
    }  # fmt: skip
    (out / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
