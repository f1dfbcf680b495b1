"""Ceilings for false alarms, and floors for what is caught, on human translations."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 400


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import measure_fidelity
    finally:
        sys.path.pop(0)
    return measure_fidelity


CEILINGS = {  # share of pairs with at least one finding
    "newswire": {"number": 0.010, "date": 0.005, "name": 0.020},
    "ud_pud": {"number": 0.020, "date": 0.010, "name": 0.020},
    "flores": {"number": 0.030, "date": 0.010, "name": 0.020},
}


@pytest.mark.parametrize("name", CEILINGS)
def test_careful_translations_are_rarely_flagged(
    shared: Path, measure: ModuleType, name: str
) -> None:
    pairs = measure.sample(shared / "data", name, "report", PAIRS)
    for kind, ceiling in CEILINGS[name].items():
        flagged = [p for p in pairs if measure.flagged(*p, kind)]
        assert len(flagged) / len(pairs) <= ceiling, flagged


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        ("number changed", 0.98),
        ("number marks", 0.93),
        ("date changed", 0.93),
        ("name", 0.70),
    ],
)
def test_damage_is_caught(shared: Path, measure: ModuleType, kind: str, floor: float) -> None:
    rng = random.Random(5)
    base = kind.split()[0]
    tried = caught = 0
    for source, target in measure.sample(shared / "data", "newswire", "report", PAIRS):
        bad = measure.damage(source, target, kind, rng)
        if bad is None or bad == target or measure.flagged(source, target, base):
            continue
        tried += 1
        caught += measure.flagged(source, bad, base)
    assert tried >= 15
    assert caught / tried >= floor
