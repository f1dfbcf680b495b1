"""The ``ringkas`` command: mounts the commands; each lives in its own file.

Only typer is imported here and in the mounted files, so that ``--help`` stays fast.
"""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit import __version__
from toolkit.cli import article
from toolkit.cli.batch_cli import batch
from toolkit.cli.compare_cli import compare
from toolkit.cli.doctor import doctor
from toolkit.cli.evaluate_cli import evaluate
from toolkit.cli.models_cli import models_app
from toolkit.cli.prompts_cli import prompts_app

app = typer.Typer(
    name="ringkas",
    help="Indonesian-to-English summaries with sources, batch translation, model comparison.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ringkas {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Indonesian-to-English summaries with sources, batch translation, model comparison."""


app.command("summarize")(article.summarize)
app.command("translate")(article.translate)
app.command("batch")(batch)
app.command("evaluate")(evaluate)
app.command("compare")(compare)
app.add_typer(models_app, name="models")
app.add_typer(prompts_app, name="prompts")
app.command("doctor")(doctor)


def run() -> None:
    """Entry point of the installed command."""
    app()


if __name__ == "__main__":
    run()
