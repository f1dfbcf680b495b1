"""``ringkas prompts list|show``: which prompts are in use, and what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.common import guarded, write_output

prompts_app = typer.Typer(
    name="prompts",
    help="The prompts that chat models are given; your own folder of prompts overrides.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


DirectoryOption = Annotated[
    Path | None,
    typer.Option(
        "--prompts",
        metavar="DIR",
        help="A folder whose prompts stand in for the shipped ones (also RINGKAS_PROMPTS).",
        show_default=False,
    ),
]


@prompts_app.command("list")
@guarded
def list_prompts(
    directory: DirectoryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the prompts in use: name, version, digest, where each comes from."""
    from toolkit import config, prompts

    found = prompts.load_all(directory)
    rows = [
        {
            "name": p.name,
            "version": p.version,
            "digest": p.digest,
            "variables": list(p.variables),
            "description": p.description,
            "path": str(p.path),
            "shipped": p.path.parent == config.prompts_dir(),
        }
        for p in found
    ]
    if as_json:
        write_output(json.dumps(rows, ensure_ascii=False, indent=2), None)
        return
    lines = [
        f"{p.name:<10} {p.version:>3}  {p.digest[:12]}  "
        f"{'shipped' if row['shipped'] else p.path}  {p.description}"
        for p, row in zip(found, rows, strict=True)
    ]
    write_output("\n".join(lines), None)


@prompts_app.command("show")
@guarded
def show_prompt(
    name: Annotated[str, typer.Argument(help="A prompt's name, see `ringkas prompts list`.")],
    directory: DirectoryOption = None,
    path: Annotated[bool, typer.Option("--path", help="Print the file's path alone.")] = False,
) -> None:
    """Print a prompt as it stands in its file."""
    from toolkit import prompts

    prompt = prompts.load(name, directory)
    write_output(str(prompt.path) if path else prompt.path.read_text(encoding="utf-8"), None)
