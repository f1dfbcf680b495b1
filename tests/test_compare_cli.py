"""``ringkas compare`` as a user calls it, and the six public systems it must get right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from toolkit.cli.compare_cli import compare

APP = typer.Typer(pretty_exceptions_enable=False)
APP.command("compare")(compare)


@APP.command("nothing")
def _nothing() -> None:
    """A second command, so that typer keeps the first one's name."""


def call(*arguments: object) -> Result:
    return CliRunner().invoke(APP, ["compare", *map(str, arguments)])


REFERENCES = [
    f"The council of town {i} met on the {i}th floor to plan a market." for i in range(20)
]
ONE = [f"The council of town {i} met on the {i}th floor to plan a market." for i in range(20)]
TWO = [f"Council of town {i} met in {i}th floor for a market plan." for i in range(20)]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, lines in (("ref", REFERENCES), ("one", ONE), ("two", TWO)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n")
    return tmp_path


def test_plain_files_are_compared(files: Path) -> None:
    done = call(files / "one.txt", files / "two.txt", "-r", files / "ref.txt", "-m", "bleu")
    assert done.exit_code == 0, done.output
    assert "one" in done.stdout
    assert "100.0" in done.stdout
    assert "one is ahead at 0.05" in done.stdout
    assert "n = 20 segments" in done.stdout


def test_reports_are_written_by_ending(files: Path) -> None:
    targets = [files / f"report.{end}" for end in ("html", "md", "json", "txt")]
    options = [part for target in targets for part in ("-o", target)]
    done = call(
        files / "one.txt", files / "two.txt", "-r", files / "ref.txt", "-m", "bleu", *options
    )
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert targets[0].read_text().startswith("<!doctype html>")
    assert json.loads(targets[2].read_text())["sections"][0]["units"] == 20
    assert "Report written to" in done.stderr


def test_a_form_that_is_asked_for_is_printed_beside_the_file(files: Path) -> None:
    one, reference = files / "one.txt", files / "ref.txt"
    done = call(one, "-r", reference, "-m", "ter", "-o", files / "r.json", "--format", "text")
    assert done.exit_code == 0, done.output
    assert "TER" in done.stdout


def test_json_on_standard_output(files: Path) -> None:
    done = call(files / "one.txt", "-r", files / "ref.txt", "-m", "ter", "-f", "json")
    data = json.loads(done.stdout)
    assert data["sections"][0]["systems"][0]["scores"]["ter"]["value"] == 0


def test_imported_scores_stand_beside_the_computed(files: Path) -> None:
    rows = [
        f"{s}.txt\t{i + 1}\t{0.9 if s == 'one' else 0.8}" for s in ("one", "two") for i in range(20)
    ]
    head = "# metric: comet\n# provenance: by hand\nsystem\tid\tscore\n"
    (files / "comet.tsv").write_text(head + "\n".join(rows).replace(".txt", "") + "\n")
    done = call(
        files / "one.txt",
        files / "two.txt",
        "-r",
        files / "ref.txt",
        "-m",
        "bleu",
        "--import",
        files / "comet.tsv",
        "-f",
        "json",
    )
    assert done.exit_code == 0, done.output
    scores = {s["name"]: s["scores"] for s in json.loads(done.stdout)["sections"][0]["systems"]}
    assert scores["one"]["comet"]["value"] == pytest.approx(0.9)
    assert "provenance:by hand" in scores["two"]["comet"]["signature"]
    given = [files / n for n in ("one.txt", "two.txt")]
    given += ["-r", files / "ref.txt", "-m", "bleu", "--import", files / "comet.tsv", "-f"]
    for form, title in (("text", "Pairs by comet"), ("markdown", "### comet: differences")):
        assert title in call(*given, form).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["one.txt", "-r", "short.txt"], 3, "too many: 20 for 19"),
        (["short.txt", "-r", "ref.txt"], 3, "first missing id is '20'"),
        (["turned.txt", "-r", "ref.txt"], 3, "not in the set's order: id '1'"),
        (["one.txt", "-r", "ref.txt", "-m", "blue"], 2, "did you mean 'bleu'"),
        (["one.txt", "-r", "ref.txt", "-o", "report.doc"], 2, "can't tell the form from '.doc'"),
        (["one.txt"], 2, "give --references FILE"),
        (["one.txt", "-r", "ref.txt", "-o", "one.txt"], 2, "is the input itself"),
        (["one.txt", "-r", "ref.txt", "-o", "ref.txt"], 2, "is the input itself"),
        ([".", "--document-ids", "ref.txt"], 2, "--document-ids is for plain output files"),
        ([".", "-o", "manifest.json"], 2, "is the input itself"),
        ([".", "--task", "summary"], 2, "--task is for plain output files"),
        (["pairs.txt", "-r", "ref.txt"], 3, "all of its lines hold a tab"),
        (["tab.txt", "-r", "ref.txt"], 3, "tab.txt, line 3, holds a tab"),
        (["one.txt", "-r", "ref.txt", "--document-ids", "some.txt"], 3, "line 2: it names no"),
        (["one.txt", "."], 2, "compare run directories with run directories"),
        (["none.txt"], 3, "none.txt does not exist"),
        (["one.txt", "-r", "none.txt"], 3, "Can't read reference file none.txt"),
        (["one.txt", "-r", "ref.txt", "--import", "none.tsv"], 3, "Can't read scores none.tsv"),
        (["none.txt", "one.txt", "-r", "ref.txt"], 3, "none.txt does not exist"),
        (["one.txt", "-r", "ref.txt", "-m", "rouge1:stemmer=maybe"], 2, "must be yes or no"),
        (["one.txt", "-r", "ref.txt", "-m", "ter:references=joint,references=mean"], 2, "twice"),
    ],
)
def test_faults_end_in_one_sentence_and_their_code(
    files: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
) -> None:
    (files / "short.txt").write_text("\n".join(REFERENCES[:-1]) + "\n")
    (files / "pairs.txt").write_text("".join(f"kalimat\t{r}\n" for r in REFERENCES))
    tabbed = [f"{r}\tscore" if i == 2 else r for i, r in enumerate(REFERENCES)]
    (files / "tab.txt").write_text("\n".join(tabbed) + "\n")
    (files / "manifest.json").write_text("{}")
    (files / "some.txt").write_text("3\n\n" * 10)
    names = ["Sragen bridge", "Blora school", "Ngawi library", "Tuban harbour", "Jember museum"]
    lines = [f"{name} number {i} opened." for i, name in enumerate(names * 4)]
    (files / "turned.txt").write_text("\n".join(REFERENCES[1:] + REFERENCES[:1]) + "\n")
    if "turned.txt" in arguments:
        lines = [
            f"{a} opened beside {b} number {i * 7}."
            for i, (a, b) in enumerate(
                (a, b) for a in names for b in ("mill", "park", "canal", "clinic")
            )
        ]
        (files / "ref.txt").write_text("\n".join(lines) + "\n")
        (files / "turned.txt").write_text("\n".join(lines[1:] + lines[:1]) + "\n")
    monkeypatch.chdir(files)
    done = call(*arguments)
    assert done.exit_code == code, done.output
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("metric", ["length", "flesch", "compression"])
@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_a_report_of_metrics_that_only_describe_is_written(
    files: Path, metric: str, form: str
) -> None:
    (files / "src.txt").write_text("Dewan kota rapat di lantai atas.\n" * 20)
    arguments = [files / "one.txt", files / "two.txt", "-r", files / "ref.txt"]
    done = call(*arguments, "-s", files / "src.txt", "-m", metric, "-f", form)
    assert done.exit_code == 0, done.output
    assert "two" in done.stdout


def test_the_task_decides_which_side_is_judged(files: Path) -> None:
    (files / "src.txt").write_text("Dewan kota rapat di lantai 3 pada 2021.\n" * 20)

    def signatures(task: str, *metrics: str) -> list[str]:
        options = [part for name in metrics for part in ("-m", name)]
        arguments = [files / "one.txt", "-r", files / "ref.txt", "-s", files / "src.txt"]
        done = call(*arguments, "--task", task, *options, "-f", "json")
        assert done.exit_code == 0, done.output
        (first, *_) = json.loads(done.stdout)["sections"][0]["systems"]
        return [score["signature"].split("|")[1] for score in first["scores"].values()]

    assert signatures("summary", "numbers", "dates", "names") == ["side:summary"] * 3
    assert signatures("translation", "numbers", "names") == ["side:both"] * 2
    assert signatures("summary", "numbers:side=both") == ["side:both"]
    assert signatures("translation", "dates:side=summary") == ["side:summary"]


COMET = "# metric: comet\n# provenance: by hand\nsystem\tid\tscore\n"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("one", i) for i in range(1, 20)], "has scores of 'one' but lacks id '20'"),
        ([("One", i) for i in range(1, 21)], "of a system 'One'; the report has one, two"),
        ([("one", i) for i in range(1, 22)], "score of 'one' for id '21', which the set does not"),
        ([("references", 1)], "of a system 'references'; the report has one, two"),
    ],
)
def test_imported_scores_that_do_not_fit_are_refused(
    files: Path, rows: list[tuple[str, int]], says: str
) -> None:
    lines = [f"{system}\t{number}\t0.5" for system, number in rows]
    (files / "comet.tsv").write_text(COMET + "\n".join(lines) + "\n")
    arguments = [files / "one.txt", files / "two.txt", "-r", files / "ref.txt", "-m", "bleu"]
    done = call(*arguments, "--import", files / "comet.tsv")
    assert done.exit_code == 3, done.output
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_system_without_imported_scores_is_named(files: Path) -> None:
    (files / "comet.tsv").write_text(COMET + "".join(f"one\t{i}\t0.5\n" for i in range(1, 21)))
    arguments = [files / "one.txt", files / "two.txt", "-r", files / "ref.txt", "-m", "bleu"]
    done = call(*arguments, "--import", files / "comet.tsv")
    assert done.exit_code == 0, done.output
    assert "Skipped: metric comet of two:" in done.stdout


def test_the_gate_of_the_documentation_works(files: Path) -> None:
    report = files / "report.json"
    arguments = [files / "one.txt", files / "two.txt", "-r", files / "ref.txt", "-m", "bleu"]
    assert call(*arguments, "-o", report).exit_code == 0
    text = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text()
    code = text.split("```python\n# gate.py: ", 1)[1].split("\n", 1)[1].split("```", 1)[0]

    def gate(new: str, old: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, str(report), new, old]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert gate("one", "two").returncode == 0
    worse = gate("two", "one")
    assert worse.returncode == 1
    assert "two is behind one" in worse.stderr


def test_two_processes_give_the_same_bytes(files: Path) -> None:
    code = (
        "import sys\nfrom toolkit.cli.compare_cli import compare\nimport typer\n"
        "app = typer.Typer()\napp.command()(compare)\napp()"
    )
    outputs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, "one.txt", "two.txt", "-r", "ref.txt", "-f", "json"],
            cwd=files,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


SIX = {
    "google": 47.5,
    "microsoft": 47.0,
    "bergamot-tiny": 39.5,
    "nllb": 39.2,
    "opusmt": 35.1,
    "argos": 29.5,
}


@pytest.mark.slow
def test_six_public_systems(shared: Path) -> None:
    folder = shared / "data" / "dev"
    systems = [folder / "systems" / f"flores-dev.{name}.en" for name in SIX]
    done = call(
        *systems,
        "-r",
        folder / "flores-dev.tsv",
        "-m",
        "bleu",
        "-m",
        "numbers",
        "-m",
        "omissions",
        "--trials",
        2000,
        "-f",
        "json",
    )
    assert done.exit_code == 0, done.output
    part = json.loads(done.stdout)["sections"][0]
    assert part["units"] == 997
    found = {
        s["name"].removeprefix("flores-dev."): s for s in part["systems"] if s["kind"] == "system"
    }
    assert list(found) == list(SIX), "ranked by BLEU"
    for name, expected in SIX.items():
        assert round(found[name]["scores"]["bleu"]["value"], 1) == expected
        assert "tok:13a" in found[name]["scores"]["bleu"]["signature"]

    def flagged(name: str, kind: str) -> set[str]:
        return {f["id"] for f in found[name]["findings"] if f["kind"] == kind}

    # OPUS-MT and NLLB drop whole sentences of unsplit input; the others hardly ever do.
    for name in ("opusmt", "nllb"):
        assert len(flagged(name, "omission")) >= 25
        assert found[name]["scores"]["omissions"]["value"] > 2
    for name in ("google", "microsoft", "bergamot-tiny", "argos"):
        assert len(flagged(name, "omission")) <= 3
    # Argos leaves dotted thousands as they are.
    assert len(flagged("argos", "number")) >= 15
    assert len(flagged("google", "number")) <= 6
    assert any("9.000 should be 9,000" in f["detail"] for f in found["argos"]["findings"])
    pairs = {
        (p["a"].removeprefix("flores-dev."), p["b"].removeprefix("flores-dev.")): p
        for p in part["pairs"]["bleu"]
    }
    assert pairs["google", "microsoft"]["p_holm"] > 0.05
    assert pairs["bergamot-tiny", "nllb"]["p_holm"] > 0.05
    assert pairs["google", "argos"]["p_holm"] < 0.05
    assert pairs["google", "argos"]["ci"][0] > 15
