"""Outputs read back: truncated, shuffled, shifted and altered ones are refused by name."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from toolkit.compare.alignment import check_content, check_ids, displaced
from toolkit.compare.bench import Bench, Output, System, Unit
from toolkit.compare.plain import plain_bench, system_names
from toolkit.compare.runs import (
    digest_units,
    merge,
    read_manifest,
    read_units,
    run_benches,
    with_articles,
)
from toolkit.errors import InputError, UsageError

PLACES = (
    "Sragen Blora Ngawi Tuban Lamongan Jember Malang Kediri Blitar Madiun Pacitan Bantul".split()
)
THINGS = (
    "bridge market school harbour library clinic stadium museum canal station park mill".split()
)
REFERENCES = [
    f"Residents of {place} welcomed the new {thing} after {i + 3} years of waiting."
    for i, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True))
]
HYPOTHESES = [
    f"People in {place} greeted the {thing} that took {i + 3} years."
    for i, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True))
]
IDS = [str(i) for i in range(1, len(REFERENCES) + 1)]
REFS = [(r,) for r in REFERENCES]


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def test_outputs_in_order_pass() -> None:
    check_ids("x", IDS, IDS)
    check_content("x", IDS, HYPOTHESES, REFS)
    assert displaced(HYPOTHESES, REFS) == []


def test_identical_and_empty_references_do_not_confuse() -> None:
    same = [("The council met on Monday.",)] * 6
    assert displaced(["The council met on Monday."] * 6, same) == []
    assert displaced(["", "x"], [("a b",), ("",)]) == []


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (IDS[:7], "truncated: 7 of 12, the first missing id is '8'"),
        ([*IDS, "13"], "too many: 13 for 12, the first id too many is '13'"),
        ([*IDS[:3], "5", "4", *IDS[5:]], "id '5' stands at place 4 where '4' must stand .*order"),
        (["a", *IDS[1:]], "id 'a' stands at place 1 where '1' must stand .*unknown"),
    ],
)
def test_ids_that_do_not_match_are_named(found: list[str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        check_ids("x", IDS, found)


def test_a_shuffled_file_is_refused_with_the_first_bad_id() -> None:
    order = list(range(12))
    random.Random(3).shuffle(order)
    first = next(i for i in range(12) if order[i] != i)
    with pytest.raises(InputError, match="not in the set's order") as caught:
        check_content("x", IDS, [HYPOTHESES[i] for i in order], REFS)
    assert f"id '{IDS[first]}' does not match its reference" in str(caught.value)
    assert f"that of id '{IDS[order[first]]}'" in str(caught.value)


def test_two_swapped_lines_are_enough() -> None:
    swapped = list(HYPOTHESES)
    swapped[4], swapped[9] = swapped[9], swapped[4]
    with pytest.raises(InputError, match=r"id '5' does not match .* that of id '10' \(2 ids"):
        check_content("x", IDS, swapped, REFS)


def test_a_bad_but_aligned_system_passes() -> None:
    bad = ["Something else entirely about weather."] * 11 + [HYPOTHESES[0]]
    check_content("x", IDS, bad, REFS)


def test_plain_files_become_a_bench(tmp_path: Path) -> None:
    references = write(
        tmp_path / "set.tsv", [f"kalimat {i}\t{r}" for i, r in enumerate(REFERENCES)]
    )
    outputs = [write(tmp_path / f"set.{n}.en", HYPOTHESES) for n in ("one", "two")]
    bench = plain_bench(outputs, references=[references])
    assert [s.name for s in bench.systems] == ["set.one", "set.two"]
    assert bench.units[3].source == "kalimat 3"
    assert bench.units[3].references == (REFERENCES[3],)
    assert bench.unit_name == "segment"
    other = write(tmp_path / "more.txt", [r.upper() for r in REFERENCES])
    several = plain_bench(outputs, references=[references, other])
    assert several.units[0].references == (REFERENCES[0], REFERENCES[0].upper())


def test_document_ids_make_documents_the_unit(tmp_path: Path) -> None:
    references = write(tmp_path / "r.txt", REFERENCES)
    groups = write(tmp_path / "d.txt", [f"d{i // 4}" for i in range(12)])
    output = write(tmp_path / "o.txt", HYPOTHESES)
    bench = plain_bench([output], references=[references], documents=groups)
    assert bench.unit_name == "document"
    assert len(set(bench.groups())) == 3


@pytest.mark.parametrize("cut", [1, 7])
def test_truncated_plain_files_are_refused(tmp_path: Path, cut: int) -> None:
    references = write(tmp_path / "r.txt", REFERENCES)
    output = write(tmp_path / "o.txt", HYPOTHESES[:-cut])
    with pytest.raises(InputError, match=f"first missing id is '{13 - cut}'"):
        plain_bench([output], references=[references])


def test_references_and_source_of_different_length_are_refused(tmp_path: Path) -> None:
    references = write(tmp_path / "r.txt", REFERENCES)
    source = write(tmp_path / "s.txt", ["x"] * 11)
    output = write(tmp_path / "o.txt", HYPOTHESES)
    with pytest.raises(InputError, match="without a partner is '12'"):
        plain_bench([output], references=[references], source=source)


def test_nothing_to_hold_against_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give --references FILE"):
        plain_bench([write(tmp_path / "o.txt", HYPOTHESES)])


def test_misaligned_can_be_compared_on_demand(tmp_path: Path) -> None:
    references = write(tmp_path / "r.txt", REFERENCES)
    output = write(tmp_path / "o.txt", HYPOTHESES[1:] + HYPOTHESES[:1])
    with pytest.raises(InputError, match="not in the set's order"):
        plain_bench([output], references=[references])
    assert plain_bench([output], references=[references], check=False).units


def pairs(changes: dict[int, str]) -> list[str]:
    """Lines of a references file, some of them exchanged."""
    lines = [f"Warga kota itu menunggu selama {i} tahun\t{r}" for i, r in enumerate(REFERENCES)]
    return [changes.get(number, line) for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (pairs({4: "a\tb\tc"}), r"r\.tsv, line 4: 3 columns"),
        (pairs({1: "a\tb\tc"}), r"r\.tsv, line 1: 3 columns"),
        (pairs({5: "no tab"}), r"r\.tsv, line 5: line 1 has a tab and this line none"),
        ([*REFERENCES[:11], "a\tb"], r"r\.tsv, line 12: line 1 has no tab and this line one"),
        (pairs({6: "satu\t "}), r"r\.tsv, line 6: the English text is empty"),
        (pairs({6: "\tone"}), r"r\.tsv, line 6: the Indonesian text is empty"),
        ([*REFERENCES[:11], ""], r"r\.tsv, line 12: the text is empty"),
        ([], r"Reference file .*r\.tsv is empty"),
    ],
)
def test_malformed_reference_lines_are_refused(tmp_path: Path, lines: list[str], says: str) -> None:
    output = write(tmp_path / "o.txt", HYPOTHESES)
    for check in (True, False):
        with pytest.raises(InputError, match=says):
            plain_bench([output], references=[write(tmp_path / "r.tsv", lines)], check=check)


INDONESIAN = [
    f"Warga {place} menyambut bangunan yang baru dibuka setelah mereka menunggu {i + 3} tahun."
    for i, place in enumerate(PLACES)
]


def test_languages_on_the_wrong_side_are_refused(tmp_path: Path) -> None:
    output = write(tmp_path / "o.txt", HYPOTHESES)
    both = list(zip(INDONESIAN, REFERENCES, strict=True))
    swapped = write(tmp_path / "swapped.tsv", [f"{b}\t{a}" for a, b in both])
    with pytest.raises(InputError, match=r"columns of .*swapped\.tsv are swapped"):
        plain_bench([output], references=[swapped])
    assert plain_bench([output], references=[swapped], check=False).units
    indonesian = write(tmp_path / "id.txt", INDONESIAN)
    english = write(tmp_path / "en.txt", REFERENCES)
    with pytest.raises(InputError, match=r"references in .*id\.txt are Indonesian"):
        plain_bench([output], references=[indonesian])
    with pytest.raises(InputError, match=r"source in .*en\.txt is English"):
        plain_bench([output], references=[english], source=english)
    assert plain_bench([output], references=[english], source=indonesian).units


def test_sources_that_differ_are_refused(tmp_path: Path) -> None:
    output = write(tmp_path / "o.txt", HYPOTHESES)
    both = list(zip(INDONESIAN, REFERENCES, strict=True))
    one = write(tmp_path / "one.tsv", [f"{a}\t{b}" for a, b in both])
    same = write(tmp_path / "same.txt", [f" {a}" for a in INDONESIAN])
    other = [*INDONESIAN[:6], "Kalimat lain sama sekali.", *INDONESIAN[7:]]
    source = write(tmp_path / "other.txt", other)
    second = write(
        tmp_path / "two.tsv", [f"{a}\t{b}" for a, b in zip(other, REFERENCES, strict=True)]
    )
    assert plain_bench([output], references=[one], source=same).units[0].source.strip()
    with pytest.raises(InputError, match=r"other\.txt, line 7 is not the Indonesian that .*one"):
        plain_bench([output], references=[one], source=source)
    with pytest.raises(InputError, match=r"one\.tsv, line 7 is not the Indonesian that .*two"):
        plain_bench([output], references=[one, second])


def test_blank_and_empty_output_files_are_refused(tmp_path: Path) -> None:
    references = write(tmp_path / "r.txt", REFERENCES)
    blank = write(tmp_path / "blank.en", [" "] * 12)
    with pytest.raises(InputError, match=r"blank\.en says nothing: all of its 12 lines"):
        plain_bench([blank], references=[references])
    empty = write(tmp_path / "empty.en", [])
    with pytest.raises(InputError, match="truncated: 0 of 12, the first missing id is '1'"):
        plain_bench([empty], references=[references])


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["set.google.en"], ["set.google"]),
        (["set.google.en", "set.argos.en"], ["set.google", "set.argos"]),
        (["google.en", "google.txt", "argos.en"], ["google.en", "google.txt", "argos"]),
        (["a/google.en", "b/google.en"], ["a/google.en", "b/google.en"]),
        (["references.en"], ["references.en"]),
    ],
)
def test_systems_are_called_by_the_stems_of_their_files(paths: list[str], names: list[str]) -> None:
    assert system_names([Path(path) for path in paths]) == names


def make_run(folder: Path, **changes: Any) -> Path:
    """A finished run of one system, written by hand."""
    import hashlib

    (folder / "units").mkdir(parents=True)
    (folder / "outputs").mkdir()
    rows = [
        {
            "id": i,
            "source": "",
            "references": [r],
            "translation": "",
            "document": "",
            "date": "",
            "outlet": "",
            "group": "",
        }
        for i, r in zip(IDS, REFERENCES, strict=True)
    ]
    write(folder / "units/u.jsonl", [json.dumps(r) for r in rows])
    lines = [json.dumps({"id": i, "text": t}) for i, t in zip(IDS, HYPOTHESES, strict=True)]
    output = write(folder / "outputs/o.jsonl", lines)
    system = {
        "key": "k",
        "name": "one",
        "kind": "system",
        "info": {},
        "outputs": "outputs/o.jsonl",
        "digest": hashlib.sha256(output.read_bytes()).hexdigest(),
    }
    manifest = {
        "schema": "ringkas.run/1",
        "finished": True,
        "benches": [
            {
                "set": "s",
                "task": "translation",
                "units": "units/u.jsonl",
                "digest": digest_units(read_units(folder / "units/u.jsonl")),
                "systems": [system],
            }
        ],
        **changes,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    times = {"k": {"peak_memory": 5, "units": {"1": {"seconds": 0.5, "sentences": 1}}}}
    (folder / "timing.json").write_text(json.dumps(times))
    return folder


def test_a_run_is_read_with_its_times(tmp_path: Path) -> None:
    (bench,), _ = run_benches(make_run(tmp_path / "r"))
    (system,) = bench.systems
    assert system.outputs[0].seconds == 0.5
    assert system.outputs[1].seconds is None
    assert system.peak_memory == 5


def test_altered_outputs_are_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path / "r")
    path = run / "outputs/o.jsonl"
    path.write_text(path.read_text().replace("greeted", "met"))
    with pytest.raises(InputError, match="was changed after the run"):
        run_benches(run)
    assert run_benches(run, check=False)


def test_altered_references_are_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path / "r")
    path = run / "units/u.jsonl"
    path.write_text(path.read_text().replace("welcomed", "greeted"))
    with pytest.raises(InputError, match=r"u\.jsonl was changed after the run"):
        run_benches(run)
    (bench,), _ = run_benches(run, check=False)
    assert "greeted" in bench.units[0].references[0]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "null",
        '{"id": "3", "text": 5}',
        '{"id": "3", "text": "x", "article": null}',
        '{"id": "3", "text": "x", "checks": [{"kind": "k", "severity": "fatal", "detail": ""}]}',
    ],
)
def test_lines_that_are_no_output_are_named(tmp_path: Path, line: str) -> None:
    run = make_run(tmp_path / "r")
    path = run / "outputs/o.jsonl"
    lines = path.read_text().splitlines()
    write(path, [*lines[:2], line, *lines[3:]])
    with pytest.raises(InputError, match=r"o\.jsonl, line 3: not an output"):
        run_benches(run, check=False)


def test_shuffled_truncated_and_broken_outputs_are_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path / "r")
    path = run / "outputs/o.jsonl"
    lines = path.read_text().splitlines()
    write(path, [lines[1], lines[0], *lines[2:]])
    with pytest.raises(InputError, match="id '2' stands at place 1"):
        run_benches(run)
    write(path, lines[:-2])
    with pytest.raises(InputError, match="first missing id is '11'"):
        run_benches(run)
    write(path, [*lines[:2], "{"])
    with pytest.raises(InputError, match=r"o\.jsonl, line 3: not an output"):
        run_benches(run)


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"finished": False}, "is not finished"), ({"schema": "x"}, "not a manifest of schema")],
)
def test_other_manifests_are_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_manifest(make_run(tmp_path / "r", **changes))


def test_a_manifest_that_lacks_something_is_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path / "r")
    manifest = json.loads((run / "manifest.json").read_text())
    for entry in manifest["benches"]:
        del entry["digest"]
    (run / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=r"manifest\.json lacks 'digest'"):
        run_benches(run)
    del manifest["benches"]
    (run / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=r"manifest\.json lacks 'benches'"):
        run_benches(run)


def test_what_is_no_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none does not exist"):
        read_manifest(tmp_path / "none")
    with pytest.raises(InputError, match="not a run directory"):
        read_manifest(tmp_path)


def bench(name: str, text: str, system: str = "one") -> Bench:
    unit = Unit("1", references=("r",), source=text)
    return Bench(name, "summary", (unit,), (System(system, (Output("1", "x"),)),))


def test_runs_are_joined_by_set_and_names_kept_apart() -> None:
    (joined,) = merge([("monday", [bench("s", "t")]), ("friday", [bench("s", "t")])])
    assert [s.name for s in joined.systems] == ["one@monday", "one@friday"]
    (other,) = merge([("monday", [bench("s", "t")]), ("friday", [bench("s", "t", "two")])])
    assert [s.name for s in other.systems] == ["one", "two"]


def test_a_set_that_differs_between_runs_is_refused() -> None:
    with pytest.raises(InputError, match=r"'s' is not the same in the runs 'a' and 'b'.*'1'"):
        merge([("a", [bench("s", "t")]), ("b", [bench("s", "u")])])


def test_articles_are_shared_by_translator_signature() -> None:
    def system(name: str, signature: str, article: str) -> System:
        info = {"translator signature": signature}
        return System(name, (Output("1", "x", article=article),), info=info)

    given = [system("a", "m1", "whole"), system("b", "m1", ""), system("c", "m2", "")]
    assert [s.outputs[0].article for s in with_articles(given)] == ["whole", "whole", ""]


def test_runs_of_one_name_are_told_apart_and_one_run_is_not_compared_with_itself(
    tmp_path: Path,
) -> None:
    from toolkit.compare.assemble import report_of_runs
    from toolkit.compare.statistics import Settings

    runs = [make_run(tmp_path / day / "r") for day in ("monday", "friday")]

    def report(chosen: list[Path]) -> Any:
        return report_of_runs(
            chosen,
            metrics=["bleu"],
            imported=[],
            settings=Settings(resamples=100, trials=100),
            title="",
            check=True,
        )

    names = [s.name for s in report(runs).sections[0].bench.systems if s.kind == "system"]
    assert names == [f"one@{run}" for run in runs]
    with pytest.raises(UsageError, match="is named twice"):
        report([runs[0], runs[0]])
    assert not report(runs).skipped
    manifest = json.loads((runs[1] / "manifest.json").read_text())
    manifest["benches"][0]["set"] = "another"
    (runs[1] / "manifest.json").write_text(json.dumps(manifest))
    apart = report(runs).skipped
    assert len(apart) == 2
    assert all("no set in common" in s.reason for s in apart)
