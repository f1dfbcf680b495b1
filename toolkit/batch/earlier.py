"""Outputs of an earlier run that this one does not make: kept while they are good, else removed.

Another ``--format`` or ``--export`` leaves the old ones right; another input or setting does not.
Only files that the last manifest names are touched, and only while they are as it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit.batch.assemble import intact
from toolkit.batch.parts import Counts
from toolkit.batch.paths import JobFolder


def unchanged(
    before: Mapping[str, Any] | None,
    settings: Mapping[str, Any],
    inputs: Mapping[str, Any],
    counts: Counts,
) -> bool:
    """Whether the last manifest is of the same settings, inputs and counts."""
    return (
        before is not None
        and before.get("settings") == settings
        and before.get("inputs") == inputs
        and all(before.get(name) == value for name, value in asdict(counts).items())
    )


def see_to_earlier(
    folder: JobFolder, before: Mapping[str, Any] | None, made: set[str], *, same: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    """See to outputs of the manifest ``before`` that are not among those ``made`` now.

    ``same``: they hold what this run's outputs hold, and stay. Else they are removed; one that
    was changed since is left. Returns those that stay good, and notes for the user.
    """
    if before is None:
        return [], []
    good, notes = [], []
    for output in [*before["outputs"], *before.get("other_outputs", ())]:
        name = Path(output["name"]).name
        path = folder.out / name
        if name in made or name != output["name"] or not path.is_file():
            continue
        if not intact(folder, [output]):
            notes.append(
                f"{name} was made by an earlier run and changed since; it is left as it is."
            )
        elif same:
            good.append(dict(output))
            notes.append(f"{name}, made by an earlier run of the same job, stays.")
        else:
            path.unlink()
            notes.append(f"{name} of an earlier run is out of date and removed.")
    return good, notes
