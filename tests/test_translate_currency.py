"""An amount that keeps its digits but changes its currency is an error, not a detail."""

from __future__ import annotations

from toolkit.translate.judge import Judge


def test_changed_currency_is_an_error() -> None:
    verdict = Judge()(
        "Anggaran jembatan itu mencapai Rp1,2 triliun.",
        "The budget of the bridge reached $1.2 trillion.",
    )
    assert [(c.kind, c.severity) for c in verdict.checks] == [("number", "error")]
    assert "currency" in verdict.checks[0].detail


def test_same_currency_is_fine() -> None:
    verdict = Judge()(
        "Anggaran jembatan itu mencapai Rp1,2 triliun.",
        "The budget of the bridge reached Rp1.2 trillion.",
    )
    assert verdict.checks == ()
