"""Numbers, dates, names, omissions: what agrees, what counts against, what a person is told."""

from __future__ import annotations

import pytest

from toolkit.metrics import Item, open_metric, score
from toolkit.metrics.findings import findings
from toolkit.metrics.omission import omission

SOURCE = (
    "Bupati Sragen Hartini menyalurkan 1.250 paket sembako senilai Rp 2,5 miliar pada Senin "
    "(12/5/2025). Bantuan itu diterima warga di 14 desa."
)
GOOD = (
    "Sragen Regent Hartini distributed 1,250 food packages worth Rp 2.5 billion on Monday, "
    "May 12, 2025. The aid was received by residents of 14 villages."
)


def value(spec: str, hypothesis: str, source: str = SOURCE, **more: str) -> float | None:
    return score(open_metric(spec), [Item("a", hypothesis, source=source, **more)]).value


@pytest.mark.parametrize("name", ["numbers", "dates", "names"])
@pytest.mark.parametrize("side", ["both", "summary"])
def test_a_faithful_translation_scores_full(name: str, side: str) -> None:
    assert value(f"{name}:side={side}", GOOD) == 100


def test_a_number_in_indonesian_marks_counts_against() -> None:
    wrong = GOOD.replace("1,250", "1.250")
    assert value("numbers", wrong) == pytest.approx(100 * 2 / 3)
    kinds = {(c.kind, c.severity) for c in findings(Item("a", wrong, source=SOURCE), "translation")}
    assert ("number", "error") in kinds


def test_a_left_out_number_counts_only_against_a_translation() -> None:
    short = "Sragen Regent Hartini distributed 1,250 food packages on Monday."
    full = value("numbers", short)
    assert full is not None
    assert full < 100
    assert value("numbers:side=summary", short) == 100


def test_an_invented_number_counts_against_a_summary() -> None:
    assert value("numbers:side=summary", "Hartini gave 1,250 packages to 99 villages.") == 50
    found = findings(Item("a", "Hartini gave packages to 99 villages.", source=SOURCE), "summary")
    assert [c.kind for c in found] == ["number"]
    assert "99" in found[0].detail


def test_a_wrong_weekday_is_told_with_both_days() -> None:
    wrong = GOOD.replace("Monday", "Tuesday")
    both = value("dates", wrong)
    assert both is not None
    assert both < 100
    found = findings(Item("a", "Hartini came on Tuesday.", source=SOURCE), "summary")
    assert any(c.kind == "date" and "Monday" in c.detail for c in found) or any(
        c.kind == "date" and "Tuesday" in c.detail for c in found
    )


def test_a_resolved_date_is_not_an_invention() -> None:
    source = "Gubernur mengunjungi pasar itu pada Jumat."
    assert (
        value(
            "dates:side=summary",
            "The governor went there on Friday, May 16.",
            source,
            date="2025-05-17",
        )
        == 100
    )


def test_a_name_the_source_lacks_is_found() -> None:
    summary = "Regent Hartini and Minister Wulandari came to Sragen."
    low = value("names:side=summary", summary)
    assert low is not None
    assert low < 100
    found = findings(Item("a", summary, source=SOURCE), "summary")
    assert any("Wulandari" in c.detail for c in found)


def test_a_term_of_the_source_may_stand_in_english() -> None:
    source = "Presiden Tiongkok tiba di Belanda."
    assert value("names:side=summary", "China's president arrived in the Netherlands.", source) in (
        None,
        100,
    )


def test_omission_of_a_sentence() -> None:
    assert omission(SOURCE, "The aid was received by residents of 14 villages.")
    assert not omission(SOURCE, GOOD)
    assert omission(SOURCE, "")
    assert not omission("", "")
    assert value("omissions", GOOD) == 0
    assert value("omissions", "The aid was received.") == 100


def test_an_empty_output_is_one_error() -> None:
    for task in ("translation", "summary"):
        found = findings(Item("a", " ", source=SOURCE), task)  # type: ignore[arg-type]
        assert [(c.kind, c.severity) for c in found] == [("omission", "error")]


def test_no_source_no_findings() -> None:
    assert findings(Item("a", "Anything goes."), "translation") == []


def test_furniture_in_a_summary_is_found() -> None:
    text = "Read also: Ten beaches to visit. The regent spoke."
    found = findings(Item("a", text, source=SOURCE), "summary")
    assert any(c.kind == "symbols" and "Read also" in c.detail for c in found)
