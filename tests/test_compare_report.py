"""Comparisons and reports: numbers agree in all renderings, text is escaped, pages stand alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.compare import wording
from toolkit.compare.assemble import MetricSpecs, report_of_benches, with_human
from toolkit.compare.bench import Bench, Output, System, Task, Unit
from toolkit.compare.comparison import MetricInfo, compare
from toolkit.compare.html_documents import chosen
from toolkit.compare.html_tables import anchor
from toolkit.compare.markup import Html, join, tag
from toolkit.compare.plot import Point, scatter, ticks
from toolkit.compare.render_json import timeless
from toolkit.compare.report import Report, section
from toolkit.compare.slices import slices, worst_cases
from toolkit.compare.statistics import Paired, Settings
from toolkit.compare.worddiff import nearest, word_diff
from toolkit.errors import InputError, UsageError
from toolkit.metrics import Item, Metric, open_metric
from toolkit.types import Check

if TYPE_CHECKING:
    from toolkit.metrics.base import FloatArray

EVIL = '<script>alert("x")</script> & *bold* | `code`'
SETTINGS = Settings(resamples=200, trials=200)
METRICS = ["rouge1", "chrf++", "numbers:side=summary", "length"]


def make(count: int = 16, evil: str = "") -> Bench:
    units = tuple(
        Unit(
            id=f"d{i}",
            source=f"Wali kota membuka pasar ke-{i} pada Senin. Harga beras {i + 2} ribu rupiah. "
            + "Warga datang. " * (60 * (i % 3)),
            references=(f"The mayor opened market number {i}.", f"A mayor opens market {i} today."),
            outlet="Kabar" if i % 2 else "Warta",
            date="2025-05-12",
        )
        for i in range(count)
    )

    def system(name: str, template: str, seconds: float) -> System:
        outputs = tuple(
            Output(u.id, template.format(i) + evil, seconds=seconds, sentences=3)
            for i, u in enumerate(units)
        )
        return System(name, outputs, info={"file": evil})

    return Bench(
        f"set {evil}",
        "summary",
        units,
        (
            system(f"good{evil}", "The mayor opened market number {}.", 0.5),
            system("fair", "The mayor opened 77 markets, number {}.", 2.0),
            system("poor", "Something happened somewhere {}.", 9.0),
        ),
    )


def report(bench: Bench, metrics: list[str] | None = None) -> Report:
    return report_of_benches(
        [bench], title="Report", metrics={"summary": metrics or METRICS}, settings=SETTINGS
    )


def test_scores_pairs_and_ranking() -> None:
    comparison = compare(make(), [open_metric(m) for m in METRICS], SETTINGS)
    assert [s.name for s in comparison.ranked()] == ["good", "fair", "poor"]
    assert comparison.primary == "rouge1"
    assert len(comparison.pairs["rouge1"]) == 3
    assert "length" not in comparison.pairs, "what only describes is not tested"
    pair = comparison.pair("rouge1", "poor", "good")
    assert pair is not None
    assert pair.difference < 0
    assert pair.ci[0] <= pair.difference <= pair.ci[1]
    back = comparison.pair("rouge1", "good", "poor")
    assert back is not None
    assert back.difference == -pair.difference
    assert back.p_holm == pair.p_holm >= pair.p_ar
    assert back.wins == pytest.approx(1 - pair.wins)
    score = comparison.scores["good"]["rouge1"]
    assert score.ci is not None
    assert score.ci[0] <= score.value <= score.ci[1]  # type: ignore[operator]
    assert "unit:document|n:16|bs:200|ar:200|seed:12345|holm:pairs" in score.signature


def test_times_are_shown_and_not_tested() -> None:
    made = make()
    found = compare(made, [open_metric(m) for m in ("rouge1", "seconds")], SETTINGS)
    assert "seconds" not in found.pairs
    assert found.scores["good"]["seconds"].value == pytest.approx(0.5)
    assert any("Times are not tested" in note for note in found.notes)
    assert not compare(made, [open_metric("rouge1")], SETTINGS).notes


def test_references_are_scored_against_one_another() -> None:
    bench = with_human(make())
    comparison = compare(
        bench, [open_metric("rouge1"), open_metric("numbers:side=summary")], SETTINGS
    )
    person = comparison.scores["references"]["rouge1"]
    assert "nrefs:1" in person.signature
    assert len(person.per_segment) == 2 * 16
    assert comparison.units == 16
    assert with_human(bench) is bench


class Written(Metric):
    """The number that the text is."""

    name = "written"
    label = "Written"
    unit = "words"

    def statistics(self, items: Sequence[Item]) -> FloatArray:
        return np.asarray([(float(item.hypothesis), 1.0) for item in items])


def test_a_unit_weighs_as_much_for_people_as_for_systems() -> None:
    levels = [30.0 + 2 * i for i in range(16)]
    units = tuple(Unit(str(i), references=(str(x),) * 3) for i, x in enumerate(levels))
    lower = System("lower", tuple(Output(str(i), str(x - 5)) for i, x in enumerate(levels)))
    bench = with_human(Bench("b", "summary", units, (lower,)))
    (pair,) = compare(bench, [Written()]).pairs["written"]
    # What tells documents apart must not hide what tells the two apart.
    assert pair.difference == pytest.approx(-5)
    assert pair.p_ar == pair.smallest_p


def test_units_with_more_references_count_no_more_for_people() -> None:
    units = (Unit("1", references=("10", "10", "10", "10")), Unit("2", references=("20", "20")))
    same = System("same", (Output("1", "10"), Output("2", "20")))
    comparison = compare(with_human(Bench("b", "summary", units, (same,))), [Written()])
    assert comparison.scores["references"]["written"].value == 15
    assert comparison.pairs["written"][0].difference == 0


def test_a_section_that_the_metrics_do_not_fit_is_left_out_with_its_reason() -> None:
    made = make(4)
    untimed = tuple(
        replace(s, outputs=tuple(replace(o, seconds=None) for o in s.outputs)) for s in made.systems
    )
    headlines = Bench("h", "headline", made.units, untimed)
    metrics: dict[Task, MetricSpecs] = {"summary": ["seconds"], "headline": ["seconds"]}
    found = report_of_benches([made, headlines], title="t", metrics=metrics, settings=SETTINGS)
    assert [part.bench.task for part in found.sections] == ["summary"]
    assert found.skipped[0].what == "h, headline"
    assert "needs a measured time" in found.skipped[0].reason
    with pytest.raises(UsageError, match="Nothing could be scored"):
        report_of_benches([headlines], title="t", metrics=metrics, settings=SETTINGS)


def test_one_reference_is_held_against_the_source_only() -> None:
    units = (Unit("1", source="Ada 5 desa.", references=("There are 5 villages.",)),)
    bench = with_human(
        Bench("s", "translation", units, (System("a", (Output("1", "There are 6 villages."),)),))
    )
    comparison = compare(bench, [open_metric("bleu"), open_metric("numbers")], SETTINGS)
    assert set(comparison.scores["references"]) == {"numbers"}
    assert comparison.scores["references"]["numbers"].value == 100
    assert comparison.skipped == ()


def test_a_metric_that_does_not_apply_is_skipped_with_its_reason() -> None:
    units = (Unit("1", references=("a b",)), Unit("2", references=("c d",)))
    outputs = (Output("1", "a b"), Output("2", "c"))
    bench = Bench("s", "translation", units, (System("a", outputs),))
    comparison = compare(bench, [open_metric("bleu"), open_metric("numbers")], SETTINGS)
    assert [m.name for m in comparison.metrics] == ["bleu"]
    assert comparison.skipped[0].what == "metric numbers"
    assert "needs a source text; item '1'" in comparison.skipped[0].reason
    with pytest.raises(UsageError, match="Nothing could be scored: Metric 'numbers'"):
        compare(bench, [open_metric("numbers")], SETTINGS)


def test_people_on_unequal_terms_are_not_tested_and_the_report_says_so() -> None:
    for asked, tested in (
        (["bleu", "chrf++", "numbers"], {"numbers"}),
        (["rouge1:references=best", "chrf++:references=mean", "numbers"], {"chrf++", "numbers"}),
    ):
        made = report(make(), asked)
        comparison = made.sections[0].comparison
        for metric, pairs in comparison.pairs.items():
            people = any("references" in (pair.a, pair.b) for pair in pairs)
            assert people is (metric in tested), metric
            assert len(pairs) == (6 if metric in tested else 3)
            assert comparison.scores["references"][metric].value is not None
        (note,) = comparison.notes
        assert "not on equal terms" in note
        for text in (made.to_text(200), made.to_markdown(), made.to_html(), made.to_json()):
            assert "left out of the pairs by" in text


def test_one_reference_or_means_of_several_leave_no_note() -> None:
    assert report(make(), ["rouge1", "numbers"]).sections[0].comparison.notes == ()


def test_empty_outputs_are_noted_in_every_form() -> None:
    bench = make(4)
    first, second, third = bench.systems
    gaps = System("gaps", (Output("d0", ""), *first.outputs[1:3], Output("d3", " \n")))
    one = System("gap", (Output("d0", "x"), Output("d1", ""), *first.outputs[2:]))
    made = report(Bench("s", "summary", bench.units, (gaps, one, second, third)))
    assert made.sections[0].comparison.notes[:2] == (
        "2 outputs of 'gaps' are empty (the first id 'd0').",
        "1 output of 'gap' is empty (id 'd1').",
    )
    assert "Note: 2 outputs of 'gaps' are empty" in made.to_text()
    assert "2 outputs of 'gaps' are empty" in made.to_markdown()
    assert "2 outputs of &#x27;gaps&#x27; are empty" in made.to_html()
    assert json.loads(made.to_json())["sections"][0]["notes"][1].startswith("1 output of 'gap'")


def test_one_unit_has_no_interval_of_a_difference() -> None:
    made = report(make(1))
    for pair in made.sections[0].comparison.pairs["rouge1"]:
        assert pair.ci[0] != pair.ci[0]
        assert pair.p_bootstrap != pair.p_bootstrap
    assert "–  1.000     1.000  too few units" in made.to_text(200)
    data = json.loads(made.to_json())["sections"][0]["pairs"]["rouge1"][0]
    assert data["ci"] == [None, None]


def test_identical_systems_give_no_detectable_difference() -> None:
    bench = make()
    twin = System("twin", bench.systems[0].outputs)
    comparison = compare(
        Bench("s", "summary", bench.units, (bench.systems[0], twin)),
        [open_metric("rouge1")],
        SETTINGS,
    )
    assert wording.power(comparison).endswith("can give is 0.005.")
    texts = [o.text + " It rained." * (i % 4) for i, o in enumerate(bench.systems[0].outputs)]
    longer = tuple(Output(u.id, t) for u, t in zip(bench.units, texts, strict=True))
    systems = (bench.systems[0], twin, System("longer", longer))
    different = Bench("s", "summary", bench.units, systems)
    other = compare(different, [open_metric("rouge1")], SETTINGS)
    assert "would be found four times in five" in wording.power(other)


def test_imported_scores_of_another_bench_leave_this_one_with_a_note() -> None:
    from toolkit.metrics.imported import Imported

    rows = {(name, f"d{i}"): 0.5 for name in ("good", "fair", "poor") for i in range(4)}
    scores = Imported({"metric": "comet", "provenance": "x"}, rows, "0" * 12, "c.tsv")
    mine, other = make(4), make(3)
    units = tuple(Unit(f"x{u.id}", references=u.references) for u in other.units)
    systems = tuple(
        System(s.name, tuple(Output(f"x{o.id}", o.text) for o in s.outputs)) for s in other.systems
    )
    made = report_of_benches(
        [mine, Bench("t", "summary", units, systems)],
        title="t",
        metrics={"summary": ["rouge1"]},
        imported=[scores],
        settings=SETTINGS,
    )
    with_scores, without = (part.comparison for part in made.sections)
    assert "comet" in with_scores.scores["good"]
    assert "comet" not in without.scores["good"]
    assert [s.what for s in made.skipped] == ["metric comet on t, summary"]


def test_imported_scores_go_to_the_section_that_is_meant() -> None:
    from toolkit.metrics.imported import Imported

    made = make(4)
    summaries = Bench("s", "summary", made.units, made.systems)
    headlines = Bench("s", "headline", made.units, made.systems)
    rows = {(name, f"d{i}"): 0.5 for name in ("good", "fair", "poor") for i in range(4)}

    def compared(**about: str) -> Report:
        scores = Imported({"metric": "human", "provenance": "x", **about}, rows, "0" * 12, "h.tsv")
        return report_of_benches(
            [summaries, headlines],
            title="t",
            metrics={"summary": ["rouge1"], "headline": ["rouge1"]},
            imported=[scores],
            settings=SETTINGS,
        )

    with pytest.raises(InputError, match=r"id 'd0', which both s summary and s headline have"):
        compared()
    with pytest.raises(InputError, match=r"h\.tsv is of translation; the report has s summary, s"):
        compared(task="translation")
    first, second = (part.comparison for part in compared(task="summary").sections)
    assert "human" in first.scores["good"]
    assert "human" not in second.scores["good"]


def test_doubles_are_refused() -> None:
    bench = make()
    with pytest.raises(UsageError, match="'rouge1' is asked for twice"):
        compare(bench, [open_metric("rouge1"), open_metric("rouge1")], SETTINGS)
    twice = Bench("s", "summary", bench.units, (bench.systems[0], bench.systems[0]))
    with pytest.raises(UsageError, match="Two systems are called 'good'"):
        compare(twice, [open_metric("rouge1")], SETTINGS)


def test_slices_cover_all_units_and_worst_cases_are_sorted() -> None:
    comparison = compare(make(), [open_metric("rouge1")], SETTINGS)
    found = slices(comparison)
    by: dict[str, list[str]] = {}
    for part in found:
        by.setdefault(part.by, []).extend(part.ids)
        assert ("good", "rouge1") in part.scores
    assert set(by) == {"source length", "outlet"}
    for ids in by.values():
        assert sorted(ids) == sorted(u.id for u in comparison.bench.units)
    worst = [case for case in worst_cases(comparison, 3) if case.system == "fair"]
    assert len(worst) == 3
    assert [case.score for case in worst] == sorted(case.score for case in worst)


def test_slices_of_segments_hold_no_other_segments_of_their_documents() -> None:
    units = tuple(
        Unit(str(i), source="Ada 5 desa." if i % 2 else "Ada desa.", document=f"d{i // 4}")
        for i in range(16)
    )
    outputs = tuple(Output(u.id, "10" if i % 2 else "20") for i, u in enumerate(units))
    bench = Bench("s", "translation", units, (System("a", outputs),))
    found = {part.name: part for part in slices(compare(bench, [Written()], SETTINGS))}
    assert found["has digits"].scores["a", "written"].value == 10
    assert found["no digits"].scores["a", "written"].value == 20
    assert found["has digits"].scores["a", "written"].ci == (10, 10)


def test_slices_of_people_hold_their_own_units() -> None:
    units = tuple(
        Unit(str(i), references=("10", "10") if i < 4 else ("20",) * 3, outlet="ab"[i >= 4])
        for i in range(8)
    )
    same = System("same", tuple(Output(u.id, u.references[0]) for u in units))
    comparison = compare(with_human(Bench("s", "summary", units, (same,))), [Written()], SETTINGS)
    for part in slices(comparison):
        assert len({score.value for score in part.scores.values()}) == 1


def test_flags_use_one_ruler_and_keep_the_systems_own() -> None:
    bench = make(4)
    own = Check("support", "warning", "No source sentence says so.")
    first = bench.systems[0]
    outputs = (Output("d0", first.outputs[0].text, checks=(own,)), *first.outputs[1:])
    bench = Bench("s", "summary", bench.units, (System("good", outputs), bench.systems[1]))
    flags = section(bench, [open_metric("rouge1")], SETTINGS).flags
    assert flags.count("fair", "number") == 4
    assert flags.count("good", "number") == 0
    assert flags.of("good", 0) == (own,)
    assert flags.of("references", 0) == ()


def test_json_is_complete_and_repeatable() -> None:
    made = report(make())
    assert made.to_json() == report(make()).to_json()
    data = json.loads(made.to_json())
    assert data["schema"] == "ringkas.comparison/1"
    part = data["sections"][0]
    assert part["ids"] == [f"d{i}" for i in range(16)]
    assert {s["name"] for s in part["systems"]} == {"references", "good", "fair", "poor"}
    good = next(s for s in part["systems"] if s["name"] == "good")
    assert len(good["scores"]["rouge1"]["per_segment"]) == 16
    assert good["scores"]["rouge1"]["signature"].startswith("rouge1|nrefs:2|refs:mean")
    assert part["pairs"]["rouge1"][0]["p_holm"] <= 1
    assert part["settings"] == {"seed": 12345, "resamples": 200, "trials": 200}


def test_scores_file_leaves_times_and_manifest_out() -> None:
    bench = make()
    timed = report_of_benches(
        [bench],
        title="t",
        metrics={"summary": ["rouge1", "seconds"]},
        settings=SETTINGS,
        manifest={"machine": "m"},
    )
    assert "seconds|machine" in timed.to_json()
    assert "seconds|" not in timeless(timed)
    assert json.loads(timeless(timed))["manifest"] == {}


def test_text_and_markdown_hold_estimate_interval_p_and_n() -> None:
    made = report(make())
    text, markdown = made.to_text(), made.to_markdown()
    for word in ("good", "fair", "poor", "references [human]", "p (Holm)", "n = 16 documents"):
        assert word in text
    assert "good − poor" in text
    assert "(Holm), n = 16 documents" in markdown
    assert max(map(len, text.splitlines())) < 200
    signatures = [line for line in text.splitlines() if line.startswith("  rouge1|")]
    assert len(signatures) == 2, "people are scored against one another"
    assert "nrefs:2|refs:mean" in signatures[0]
    assert "(" not in signatures[0]
    assert signatures[1].endswith(" (references)")


def test_markdown_escapes_what_systems_say() -> None:
    markdown = report(make(4, EVIL)).to_markdown()
    assert "<script>" not in markdown
    assert "\\*bold\\*" in markdown
    board = [line for line in markdown.splitlines() if line.startswith("| ")][:5]
    assert len({line.replace("\\|", "").count("|") for line in board}) == 1


def test_markdown_escapes_entities_labels_and_signatures() -> None:
    from toolkit.metrics.imported import Imported

    rows = {("fair", f"d{i}"): 0.5 for i in range(4)}
    about = {"metric": "x", "label": "<img src=y>", "provenance": "a `b` | ``c"}
    made = report_of_benches(
        [make(4, "fish &amp; chips")],
        title="t",
        metrics={"summary": ["length"]},
        imported=[Imported(about, rows, "0" * 12, "c.tsv")],
        settings=SETTINGS,
    )
    markdown = made.to_markdown()
    assert "&amp;" not in markdown.replace("\\&", "")
    assert "<img" not in markdown.replace("\\<", "")
    assert "- ``` x|imported:yes|provenance:a `b` | ``c|" in markdown


class Page(HTMLParser):
    """Collects what a page would fetch, its ids and links, and checks that tags balance."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in ("meta", "input", "link", "br", "img"):
            self.stack.append(tag)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "a":
            self.links.append(values.get("href") or "")
        self.fetched += [v or "" for k, v in attrs if k in ("src", "data", "poster", "srcset")]
        if tag == "link":
            self.fetched.append(values.get("href") or "")
        self.scripts += tag == "script"
        assert not any(k.startswith("on") for k, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def page(html: str) -> Page:
    parser = Page()
    parser.feed(html)
    parser.close()
    assert parser.stack == []
    return parser


def test_the_page_stands_alone_and_its_links_lead_somewhere() -> None:
    html = report(make()).to_html()
    found = page(html)
    assert found.fetched == []
    assert len(found.ids) == len(set(found.ids))
    for link in found.links:
        assert link.startswith("#")
        assert link[1:] in found.ids
    assert 'lang="en"' in html
    assert "default-src &#x27;none&#x27;" in html
    assert "prefers-color-scheme: dark" in html
    assert "width=device-width" in html


def test_everything_on_the_page_is_escaped() -> None:
    html = report(make(4, EVIL)).to_html()
    assert page(html).scripts == 1
    assert "alert(&quot;x&quot;)" in html
    assert 'alert("x")' not in html


def test_the_page_says_how_many_units_it_shows() -> None:
    made = report(make())
    assert "are shown" not in made.to_html()
    html = made.to_html(documents=5)
    assert "5 of 16 are shown" in html
    assert html.count('<details id="s0-u-') == 5
    found = page(html)
    assert {link[1:] for link in found.links} <= set(found.ids)
    positions = chosen(made.sections[0], 5)
    assert positions == sorted(set(positions))


def test_equal_outputs_share_a_card() -> None:
    bench = make(2)
    first = bench.systems[0]
    both = Bench("s", "summary", bench.units, (first, System("copy", first.outputs)))
    html = report(both).to_html()
    assert "copy; good" in html or "good; copy" in html


def test_a_shared_card_tells_scores_apart() -> None:
    units = (Unit("1", references=("a",)), Unit("2", references=("b",)))
    slow, fast = (
        System(name, tuple(Output(u.id, "a b", seconds=seconds, sentences=1) for u in units))
        for name, seconds in (("slow", 9.0), ("fast", 2.0))
    )
    html = report(Bench("s", "summary", units, (slow, fast)), ["seconds"]).to_html()
    assert "fast; slow" in html
    assert "Seconds 2.00; 9.00" in html


def test_pairs_that_are_undefined_are_not_called_alike() -> None:
    units = tuple(Unit(str(i), source="Ada 5 desa.", references=("x",)) for i in range(8))
    says, silent = (
        System(name, tuple(Output(u.id, text) for u in units))
        for name, text in (("says", "There are 5 villages."), ("silent", "There are villages."))
    )
    made = report(Bench("s", "summary", units, (says, silent)), ["numbers:side=summary"])
    html = made.to_html()
    assert "≈ –" not in html
    assert "not tested: the metric is undefined here" in html


def test_ids_that_differ_have_fragments_that_differ() -> None:
    ids = ("a.b", "a-b", "a:b", "a b", "ab", "a-2d-b", "a")
    assert len({anchor("s0", unit_id) for unit_id in ids}) == len(ids)


def test_five_documents_are_said_to_show_nothing() -> None:
    comparison = compare(make(5), [open_metric("rouge1")], SETTINGS)
    text = wording.power(comparison)
    assert "With 5 documents the smallest p this test can give is 0.062" in text
    assert "no difference whatever its size can be shown at 0.05" in text
    assert all(
        "too few units" in wording.verdict(pair, comparison.info("rouge1"))
        for pair in comparison.pairs["rouge1"]
    )


INFO = MetricInfo("m", "Metric", "", "higher", 1)


def paired(**changes: Any) -> Paired:
    values: dict[str, Any] = {
        "a": "A",
        "b": "B",
        "difference": 1.25,
        "ci": (0.5, 2.0),
        "p_ar": 0.01,
        "p_bootstrap": 0.01,
        "p_holm": 0.02,
        "effect": 0.3,
        "wins": 0.6,
        "units": 100,
        "smallest_p": 0.0001,
        "detectable": 1.0,
        "exact": False,
        **changes,
    }
    return Paired(**values)


def test_a_pair_in_words() -> None:
    assert wording.sentence(paired(), INFO, "segment") == (
        "A − B: +1.2 Metric (95 % interval +0.5 to +2.0), p = 0.010, p = 0.020 (Holm), "
        "n = 100 segments: A is ahead at 0.05."
    )
    assert "not distinguishable" in wording.verdict(paired(p_holm=0.06), INFO)
    assert wording.verdict(paired(a="references"), INFO) == "references are ahead at 0.05"
    lower = MetricInfo("m", "Metric", "%", "lower", 1)
    assert wording.verdict(paired(), lower) == "B is ahead at 0.05"
    assert "undefined" in wording.verdict(paired(p_holm=float("nan")), INFO)


def test_numbers_in_words() -> None:
    assert wording.number(None, INFO) == "–"
    assert wording.number(-0.04, INFO, sign=True) == "+0.0"
    assert wording.number(-0.04, INFO) == "0.0"
    assert wording.number(-1.26, INFO) == "−1.3"
    assert wording.p_value(0.0004) == "<0.001"
    assert wording.units(1, "document") == "1 document"


def test_word_differences() -> None:
    pieces = word_diff("The mayor opened a bridge.", "the Mayor closed a bridge")
    assert [(p.mark, p.text) for p in pieces] == [
        ("same", "the Mayor"),
        ("missing", "opened"),
        ("added", "closed"),
        ("same", "a bridge"),
    ]
    assert nearest("c d", ["a b", "c d e"]) == 1


words = st.lists(st.sampled_from("a b c d, e.".split()), max_size=12).map(" ".join)


@given(words, words)
def test_differences_lose_no_word(reference: str, hypothesis: str) -> None:
    pieces = word_diff(reference, hypothesis)
    kept = " ".join(p.text for p in pieces if p.mark != "missing").split()
    assert kept == hypothesis.split()
    assert len(" ".join(p.text for p in pieces if p.mark != "added").split()) == len(
        reference.split()
    )


@given(st.text())
def test_markup_never_lets_text_through(text: str) -> None:
    found = tag("p", text, title=text)
    inner = found[found.index(">") + 1 : -4]
    assert "<" not in inner
    assert isinstance(join([text]), Html)


def test_markup_by_hand() -> None:
    assert tag("p", "a < b", tag("b", "c"), class_="x") == '<p class="x">a &lt; b<b>c</b></p>'
    assert tag("input", checked=True, disabled=False, value=None) == "<input checked>"
    assert tag("svg", viewBox="0 0 1 1") == '<svg viewBox="0 0 1 1"></svg>'


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4))
def test_ticks_lie_inside_and_rise(low: float, span: float) -> None:
    found = ticks(low, low + span)
    assert found == sorted(found)
    assert all(low - 1e-6 * span <= t <= low + span * (1 + 1e-6) for t in found)
    assert len(found) <= 12


def test_scatter_repeats_its_numbers_in_words() -> None:
    points = [Point(1, "<a>", 0.1, 40.0, (38.0, 42.0)), Point(2, "b", 30.0, 45.0, None)]
    svg = scatter(points, "BLEU", "document")
    assert "log scale" in svg
    assert "1 &lt;a&gt;: 0.1 s, 40.0; 2 b: 30 s, 45.0" in svg
    page(svg)


def test_differences_of_percentages_are_points() -> None:
    found = compare(make(), [open_metric(m) for m in ("rouge1", "numbers")], SETTINGS)
    pair = found.pairs["numbers"][0]
    assert " points Numbers " in wording.sentence(pair, found.info("numbers"), "document")
    assert "%" not in wording.difference(pair.difference, found.info("numbers"))
