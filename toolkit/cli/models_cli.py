"""``ringkas models list|show|pull|convert``: parses, calls ``toolkit.models``, prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.common import guarded, say, write_output

if TYPE_CHECKING:
    from toolkit.models.registry import ModelInfo

models_app = typer.Typer(
    name="models",
    help="See, bring in and convert translation models.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
QuantizationOption = Annotated[
    str,
    typer.Option("--quantization", help="int8, int8_float16, int16, float16 or float32."),
]


@models_app.command("list")
@guarded
def list_models(as_json: JsonOption = False) -> None:
    """List the embedded model and the installed ones."""
    from toolkit.models.registry import embedded, installed, models_home

    built_in = embedded()
    models = ([built_in] if built_in else []) + installed()
    if as_json:
        write_output(json.dumps([_facts(m) for m in models], ensure_ascii=False, indent=2), None)
        return
    rows = [("NAME", "FAMILY", "LAYOUT", "SIZE", "LICENCE", "SOURCE")]
    for model in models:
        card = model.card
        rows.append(
            (
                model.name,
                (card.family if card else "") or "?",
                model.layout + (f" {card.quantization}" if card and card.quantization else ""),
                megabytes(model.size),
                _short(card.licence if card else ""),
                _short(card.source if card else "", 48),
            )
        )
    write_output(table(rows), None)
    if len(models) == (1 if built_in else 0):
        say(
            f"No model is installed in {models_home()}; bring one with, for example: "
            "ringkas models pull Helsinki-NLP/opus-mt-id-en"
        )


@models_app.command("show")
@guarded
def show_model(
    name: Annotated[str, typer.Argument(help="embedded, or an installed model's name.")],
    as_json: JsonOption = False,
) -> None:
    """Show one model: licence, source, sizes, hashes (verified), scores."""
    from toolkit.errors import ModelError
    from toolkit.models.card import problems
    from toolkit.models.registry import find

    model = find(name)
    found = problems(model.folder, model.card, hashes=True) if model.card else []
    facts = _facts(model)
    facts["problems"] = found
    if as_json:
        write_output(json.dumps(facts, ensure_ascii=False, indent=2), None)
    else:
        write_output("\n".join(_lines(model, found)), None)
    if found:
        raise ModelError(f"{found[0]}; bring the model again (`ringkas doctor` says how).")


@models_app.command("pull")
@guarded
def pull_model(
    source: Annotated[
        str, typer.Argument(metavar="NAME_OR_DIR", help="A hub name (owner/model) or a folder.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="Install under this name.", show_default=False)
    ] = None,
    revision: Annotated[
        str | None,
        typer.Option(
            "--revision", help="Branch, tag or commit of a hub model.", show_default=False
        ),
    ] = None,
    prefix: Annotated[
        str | None,
        typer.Option("--prefix", help="Text prefix of a T5 model.", show_default=False),
    ] = None,
    quantization: QuantizationOption = "int8",
    force: ForceOption = False,
) -> None:
    """Bring in a model from the hub or a folder; convert it to CTranslate2 int8."""
    from toolkit.models.pulling import pull

    model = pull(
        source,
        name=name,
        revision=revision,
        prefix=prefix,
        quantization=quantization,
        force=force,
        report=say,
    )
    write_output("\n".join(_lines(model, [])), None)
    say(f"Use it with: --translator {model.name}")


@models_app.command("convert")
@guarded
def convert_model(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="A Hugging Face checkpoint.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to make.")],
    quantization: QuantizationOption = "int8",
    force: ForceOption = False,
) -> None:
    """Convert a checkpoint folder to CTranslate2, without installing it."""
    from toolkit.errors import InputError
    from toolkit.models.conversion import convert
    from toolkit.models.registry import ModelInfo

    if not source.is_dir():
        raise InputError(f"There is no folder {source}; give a checkpoint in Hugging Face layout.")
    card = convert(source, target, quantization=quantization, force=force)
    write_output("\n".join(_lines(ModelInfo(target.name, target, "ctranslate2", card), [])), None)
    say(f"Use it with: --translator {target}")


def _facts(model: ModelInfo) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": model.name,
        "folder": str(model.folder),
        "layout": model.layout,
        "bytes": model.size,
    }
    if model.card is not None:
        card = asdict(model.card)
        card.pop("name")
        card.pop("extra")
        facts.update(card)
    return facts


def _lines(model: ModelInfo, found: list[str]) -> list[str]:
    card = model.card
    rows = [("name", model.name), ("folder", str(model.folder)), ("layout", model.layout)]
    rows.append(("size", megabytes(model.size)))
    if card is None:
        return [*table(rows).split("\n"), "This folder has no card (ringkas.json)."]
    rows += [
        ("description", card.description),
        ("family", card.family),
        ("languages", f"{card.source_language} → {card.target_language}"),
        ("parameters", f"{card.parameters:,}" if card.parameters else ""),
        ("quantization", card.quantization),
        ("licence", card.licence),
        ("source", card.source),
        ("revision", card.revision),
        ("date", card.date),
    ]
    for test_set, scores in card.scores.items():
        shown = scores
        if isinstance(scores, dict):
            shown = ", ".join(f"{metric} {value}" for metric, value in scores.items())
        rows.append((f"scores {test_set}", str(shown)))
    lines = table([r for r in rows if r[1]]).split("\n")
    if card.files:
        lines += ["", "files"]
        lines += [f"  {n:<28} {r.bytes:>13,}  sha256 {r.sha256}" for n, r in card.files.items()]
    lines += [f"problem: {p}" for p in found] or ["All files are as recorded."]
    return lines


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows of text in aligned columns; the last column is not padded."""
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def megabytes(size: int) -> str:
    """A size in bytes for people: "11.4 MB"."""
    return f"{size / 1e6:,.1f} MB" if size >= 50_000 else f"{size / 1e3:,.1f} kB"


def _short(text: str, width: int = 32) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
