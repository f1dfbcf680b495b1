"""Clean pairs as token ids in one compressed file: what travels to the training machine.

``pack`` writes an ``.npz`` (``.npz.xz``: a fifth smaller, slow) of 16-bit ids without end tokens:
for each source ``NAME.t``/``NAME.lt`` (target ids, lengths) and ``NAME.s0``/``NAME.ls0`` (source
ids, best segmentation), then ``NAME.s1`` … for sampled segmentations (subword regularisation, Kudo
2018). ``meta`` holds JSON: domains, licences, hash of the vocabulary.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path
from typing import Any

import numpy as np

from scripts.corpus.characters import model_form

LIMIT = 64 * 2**20


def pack(
    clean: Path,
    vocabulary: Path,
    out: Path,
    *,
    samples: int = 0,
    alpha: float = 0.5,
    longest: int = 160,
    limit: int = LIMIT,
    leave_out: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Tokenise the sources of ``clean``/manifest.json into ``out``; returns counts per source.

    Pairs with a side longer than ``longest`` tokens or with an unknown token are left out and
    counted. Raises ValueError when the file exceeds ``limit`` bytes (take fewer samples).
    """
    import sentencepiece

    manifest = json.loads((clean / "manifest.json").read_text(encoding="utf-8"))
    sentencepiece.set_random_generator_seed(1)
    model = (vocabulary / "source.spm").read_bytes()
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    unknown = processor.unk_id()
    arrays: dict[str, Any] = {}
    counts: dict[str, Any] = {}
    for name, row in manifest["sources"].items():
        if "left_out" in row or name in leave_out:
            continue
        text = (clean / f"{name}.tsv").read_text(encoding="utf-8")
        pairs = [line.split("\t") for line in text.split("\n") if line]
        tag = _tag(processor, row.get("tag"), name)
        sources = [tag + s for s in processor.encode([model_form(p[0]) for p in pairs])]
        targets = processor.encode([model_form(p[1]) for p in pairs])
        fit = [
            i
            for i, (s, t) in enumerate(zip(sources, targets, strict=True))
            if 0 < len(s) <= longest and 0 < len(t) <= longest and unknown not in s + t
        ]
        _put(arrays, f"{name}.t", f"{name}.lt", [targets[i] for i in fit])
        _put(arrays, f"{name}.s0", f"{name}.ls0", [sources[i] for i in fit])
        for sample in range(1, samples + 1):
            drawn = processor.encode(
                [model_form(pairs[i][0]) for i in fit],
                enable_sampling=True,
                alpha=alpha,
                nbest_size=-1,
            )
            rows = [tag + d for d in drawn]
            _put(arrays, f"{name}.s{sample}", f"{name}.ls{sample}", rows)
        counts[name] = {
            "domain": row["domain"],
            "licence_stated": row["licence_stated"],
            "pairs": len(fit),
            "left_out": len(pairs) - len(fit),
            "target_tokens": sum(len(targets[i]) + 1 for i in fit),
        }
    digest = hashlib.sha256(model).hexdigest()
    meta = {"vocabulary_sha256": digest, "samples": samples, "sources": counts}
    arrays["meta"] = np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8)
    if out.suffix == ".xz":
        with lzma.open(out, "wb", preset=2) as file:
            np.savez(file, **arrays)
    else:
        with out.open("wb") as file:
            np.savez_compressed(file, **arrays)
    if (size := out.stat().st_size) > limit:
        out.unlink()
        raise ValueError(
            f"{out} has {size:,} bytes, over the limit of {limit:,}: take fewer --samples, "
            "leave sources out with --leave-out, or say --largest MIB if it need not travel."
        )
    return meta


def _tag(processor: Any, tag: str | None, name: str) -> list[int]:
    """Ids that mark a synthetic source; none for a vocabulary without tags is an error."""
    if tag is None:
        return []
    number = int(processor.piece_to_id(tag))
    if number == processor.unk_id():
        raise ValueError(
            f"The vocabulary has no piece {tag} for {name}: train one with `vocabulary`, or add it "
            f"with `extend --tags`."
        )
    return [number]


def _put(arrays: dict[str, Any], ids: str, lengths: str, rows: list[list[int]]) -> None:
    arrays[ids] = np.fromiter((t for r in rows for t in r), dtype=np.uint16)
    arrays[lengths] = np.fromiter((len(r) for r in rows), dtype=np.uint16, count=len(rows))
