"""Put a trained model in its place: int8 CTranslate2 form, half-precision form, card.

    python scripts/ship_model.py --model HF_FOLDER --name ringkas-id-en-10m --revision 2026-11

``--model`` is a half-precision Hugging Face folder as ``scripts.train average`` writes it. The
int8 form goes to the embedded model's folder, the folder itself into its ``hf`` subfolder (unless
``--no-hf``), and ``ringkas.json`` gets sizes, hashes and the character normalisation that the
model was trained with. MODEL_CARD.md stays as it is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from scripts.corpus.characters import SOURCE_NORMALISE
from toolkit import config
from toolkit.models.card import Card, record_files, write_card
from toolkit.models.conversion import convert

HF_FILES = ("config.json", "generation_config.json", "model.safetensors")
TOKENIZER = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
LIMIT = 90 * 2**20


def ship(model: Path, out: Path, card: Card, *, half: bool = True) -> int:
    """Convert ``model`` into ``out``; returns the bytes that lie there now.

    Raises ValueError when they are more than the repository takes.
    """
    with tempfile.TemporaryDirectory() as work:
        made = Path(work) / "id-en"
        full = convert(model, made, quantization="int8", card=card)
        out.mkdir(parents=True, exist_ok=True)
        for path in made.iterdir():
            shutil.copyfile(path, out / path.name)
    if half:
        (out / "hf").mkdir(exist_ok=True)
        for name in (*HF_FILES, *TOKENIZER):
            shutil.copyfile(model / name, out / "hf" / name)
        write_card(
            out / "hf",
            replace(full, quantization="float16", files=record_files(out / "hf")),
        )
    else:
        shutil.rmtree(out / "hf", ignore_errors=True)
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    if size > LIMIT:
        raise ValueError(f"{out} has {size:,} bytes, more than {LIMIT:,}; take --no-hf.")
    return size


def main(arguments: list[str] | None = None) -> int:
    """Ship and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=config.embedded_model_dir())
    parser.add_argument("--name", default="ringkas-id-en")
    parser.add_argument("--revision", default="")
    parser.add_argument("--date", default="")
    parser.add_argument("--description", default="")
    parser.add_argument("--licence", default="MIT (weights); for the data see MODEL_CARD.md")
    parser.add_argument("--scores", type=Path, help="scores by set, from score_model.py --json")
    parser.add_argument(
        "--unsure-below", type=float, default=0.0, help="from measure_certainty.py; 0: never unsure"
    )
    parser.add_argument("--no-hf", action="store_true", help="the int8 form alone")
    given = parser.parse_args(arguments)
    scores = {}
    if given.scores:
        record = json.loads(given.scores.read_text(encoding="utf-8"))
        scores = {
            name: {k: round(v, 2) for k, v in row["model"].items()}
            for name, row in record["results"].items()
        }
    card = Card(
        name=given.name, family="marian", description=given.description, licence=given.licence,
        source="scripts/train (docs/training.md)", revision=given.revision, date=given.date,
        normalise=dict(SOURCE_NORMALISE), unsure_below=given.unsure_below, scores=scores,
        extra={"architecture": "marian", "source_lang": "id", "target_lang": "en"},
    )  # fmt: skip
    size = ship(given.model, given.out, card, half=not given.no_hf)
    print(f"{given.out}: {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
