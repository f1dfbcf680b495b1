"""The embedded model keeps the quality recorded in eval/floors.json, on a fast subset."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.score_model import below_floors, main, read_set
from tests.conftest import ROOT

FLOORS = ROOT / "eval" / "floors.json"


def test_the_embedded_model_is_above_its_floors(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--data", str(shared / "data"), "--floors", str(FLOORS)])
    assert status == 0, capsys.readouterr().err


def test_a_model_below_a_floor_is_told_apart() -> None:
    results = {"flores-dev": {"model": {"bleu": 20.0, "omissions": 3.0}}}
    assert not below_floors(results, {"flores-dev": {"bleu": 19.0, "omissions": 4.0}})
    found = below_floors(results, {"flores-dev": {"bleu": 21.0, "omissions": 2.0}})
    assert len(found) == 2
    assert "bleu is 20.00" in found[0]


def test_floors_name_known_sets_and_the_dev_sets_are_read_whole(shared: Path) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    for name in floors["sets"]:
        sources, references = read_set(shared / "data", name)
        assert len(sources) == len(references) > 500
        assert all(sources)
