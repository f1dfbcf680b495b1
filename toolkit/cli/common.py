"""What all commands share: errors to one sentence and an exit code, output, options.

No command logic. Library errors (``RingkasError``) end in "ringkas: <sentence>" on stderr and
their documented exit code; Ctrl-C ends in 130; a closed pipe ends quietly.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import typer

from toolkit.errors import InputError, RingkasError, UsageError

P = ParamSpec("P")
R = TypeVar("R")

INTERRUPTED = 130


def say(message: str) -> None:
    """One line on stderr; progress, warnings and flags go there, results to stdout."""
    print(f"ringkas: {message}", file=sys.stderr, flush=True)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Decorator of every command function: turns errors into a sentence and an exit code."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except RingkasError as error:
            say(str(error))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("Interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None

    return wrapper


def options_given(context: typer.Context, *names: str) -> list[str]:
    """Those of the parameters ``names`` that the command line gives, as the user writes them."""
    options = {p.name: p.opts[0] for p in context.command.params}
    return [
        options[name]
        for name in names
        if (source := context.get_parameter_source(name)) and source.name == "COMMANDLINE"
    ]


def refuse_same_file(source: str, output: Path | None) -> None:
    """Raise UsageError where ``output`` would replace the input ``source``, InputError where it
    has no folder.

    ``source`` is an input as the user gave it: a path, "-" or a URL (only a path can clash).
    """
    if output is None or str(output) == "-":
        return
    if not output.parent.is_dir():
        raise InputError(
            f"Can't write {output} (there is no folder {output.parent}); choose another place with "
            "--output."
        )
    if source == "-":
        return
    try:
        same = Path(source).samefile(output)
    except (OSError, ValueError):  # one of the two is no file that exists
        return
    if same and output.is_file():
        raise UsageError(
            f"--output {output} is the input itself and would be overwritten; give another file."
        )


def write_output(text: str, output: Path | None) -> None:
    """Print a result (``output`` None or "-"), or write it to a file by way of a temporary name.

    Raises InputError when the file can't be written.
    """
    if not text.endswith("\n"):
        text += "\n"
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    if output.is_dir():
        raise InputError(f"{output} is a folder; give a file with --output.")
    temporary = output.with_name(output.name + ".part")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(output)
    except OSError as error:
        raise InputError(
            f"Can't write {output} ({error.strerror}); choose another place with --output."
        ) from error
