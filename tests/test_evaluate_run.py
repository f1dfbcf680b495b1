"""Runs of a suite: outputs, resumption after a kill, equal bytes, failures that lose nothing."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from toolkit.cli.evaluate_cli import evaluate
from toolkit.compare import extend
from toolkit.compare import work as work_module
from toolkit.compare.files import mend, read_rows
from toolkit.compare.plan import make_plan, program_digest
from toolkit.compare.runner import finish, prepare, run_jobs
from toolkit.compare.suite import load_suite
from toolkit.compare.work import SharedTranslator, groups
from toolkit.errors import InputError, UsageError
from toolkit.types import Hypothesis

APP = typer.Typer(pretty_exceptions_enable=False)
APP.command("evaluate")(evaluate)


@APP.command("nothing")
def _nothing() -> None:
    """A second command, so that typer keeps the first one's name."""


STORIES = {
    "a": (
        "Pasar Pagi Sragen Dibuka Lagi\n\n"
        "Pemerintah Kabupaten Sragen membuka kembali Pasar Pagi pada Senin (12/5/2025). "
        "Pasar itu ditutup selama dua tahun karena kebakaran.\n\n"
        "Bupati mengatakan sebanyak 350 pedagang sudah kembali berjualan. "
        "Biaya pembangunannya mencapai Rp 42,5 miliar.\n\n"
        "Para pedagang berharap pembeli segera datang lagi ke pasar itu.\n"
    ),
    "b": (
        "Jembatan Baru Menghubungkan Dua Desa\n\n"
        "Warga dua desa di Kabupaten Blora kini dapat menyeberang sungai dengan aman. "
        "Jembatan sepanjang 80 meter itu dibangun dalam enam bulan.\n\n"
        "Sebelumnya anak-anak sekolah harus memutar sejauh 7 kilometer setiap hari. "
        "Kepala desa menyebut warga ikut bergotong royong sejak awal.\n\n"
        "Dana pembangunan berasal dari anggaran desa dan sumbangan warga.\n"
    ),
}
REFERENCES = {
    "a": ["Sragen reopened its morning market.", "A market in Sragen is open again."],
    "b": ["A new bridge links two villages.", "Two villages in Blora have a bridge."],
}


@pytest.fixture(autouse=True)
def _still_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's digest, held still while files may be edited."""
    monkeypatch.setattr("toolkit.compare.plan.program_digest", lambda: "still")


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs run in the test's own process: faster, and no memory of their own."""
    monkeypatch.setattr("toolkit.compare.runner.run_jobs", partial(run_jobs, isolate=False))


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite of two documents, two systems, three baselines, with the echo translator."""
    folder = tmp_path / "set"
    entries = []
    for key, story in STORIES.items():
        (folder / key).mkdir(parents=True)
        (folder / key / "document.txt").write_text(story)
        for number, text in enumerate(REFERENCES[key]):
            (folder / key / f"r{number}.txt").write_text(text)
        lines = [line for line in story.splitlines() if line]
        sentences = [
            s if s.endswith(".") else s + "." for line in lines[1:] for s in line.split(". ")
        ]
        rows = [f"title\t{lines[0]}\tHeadline {key}"]
        rows += [f"{i}\t{s}\tEnglish sentence {i}." for i, s in enumerate(sentences)]
        (folder / key / "translation.tsv").write_text("\n".join(rows) + "\n")
        entries.append(
            {
                "id": key,
                "file": f"{key}/document.txt",
                "original": f"{key}_x.txt",
                "outlet": "Kabar",
                "date": "2025-05-13",
                "references": [f"{key}/r0.txt", f"{key}/r1.txt"],
                "headline": "H.",
                "translation": f"{key}/translation.tsv",
            }
        )
    manifest = {
        "schema": "ringkas.set/1",
        "name": "two",
        "source_language": "id",
        "target_language": "en",
        "documents": entries,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    path = tmp_path / "suite.toml"
    path.write_text(
        'schema = "ringkas.suite/1"\nname = "tiny"\nresamples = 200\ntrials = 200\n'
        '[[sets]]\nkind = "folder"\npath = "set"\n'
        '[[sets]]\nkind = "jsonl"\npath = "absent.jsonl"\n'
        '[[systems]]\ntranslator = "echo"\nsummarizer = ["lead", "centrality"]\n'
        "order = 'summarize-first'\nlength = '2 sentences'\n"
        '[metrics]\nsummary = ["rouge1", "numbers:side=summary", "coverage", "seconds"]\n'
        'translation = ["bleu", "seconds"]\n'
    )
    return path


def run(suite: Path, out: Path, **options: Any) -> Any:
    plan = make_plan(load_suite(suite), suite.parent, options.pop("documents", None))
    prepare(plan, out, **options)
    failures = run_jobs(plan, out, lambda _: None, isolate=False)
    return plan, failures


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*.jsonl"))
        if p.parent.name in ("outputs", "units", "inputs")
    }


def call(*arguments: object) -> Result:
    return CliRunner().invoke(APP, ["evaluate", *map(str, arguments)])


def test_a_suite_runs_from_end_to_end(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    done = call(suite, "--out", out)
    assert done.exit_code == 0, done.output
    for name in (
        "report.html",
        "report.md",
        "report.txt",
        "report.json",
        "scores.json",
        "timing.json",
        "manifest.json",
    ):
        assert (out / name).is_file()
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["finished"] is True
    assert manifest["skipped"][0]["what"] == "set absent.jsonl"
    summary = manifest["benches"][0]
    names = [s["name"] for s in summary["systems"]]
    assert names == ["lead", "centrality", "lead-3", "random-3", "oracle", "references"]
    for system in summary["systems"][:-1]:
        assert system["peak_memory"] > 10_000_000
        assert system["seconds"] >= 0
        assert len(system["digest"]) == 64
        assert system["info"]["translator signature"].startswith("echo")
    assert manifest["versions"]["ringkas"]
    scores = json.loads((out / "scores.json").read_text())
    assert [s["task"] for s in scores["sections"]] == ["summary", "headline", "translation"]
    headlines = scores["sections"][1]
    assert [s["name"] for s in headlines["systems"] if s["kind"] == "system"]
    assert not any(s["kind"] == "baseline" for s in headlines["systems"])
    assert "references" in done.stdout
    assert "[1/6] two, summary: lead" in done.stderr
    again = call(suite, "--out", out, "--quiet")
    assert again.exit_code == 0
    assert json.loads((out / "scores.json").read_text()) == scores


@pytest.mark.usefixtures("one_process")
def test_equal_signatures_give_equal_bytes(suite: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    for out in (first, second):
        assert call(suite, "--out", out, "--quiet").exit_code == 0
    assert contents(first) == contents(second)
    assert (first / "scores.json").read_bytes() == (second / "scores.json").read_bytes()
    manifests = [json.loads((out / "manifest.json").read_text()) for out in (first, second)]
    assert manifests[0]["signature"] == manifests[1]["signature"]


@pytest.mark.parametrize("torn", [b"", b'{"id":"a","te', b"\n"])
def test_a_killed_job_goes_on_where_it_stopped(suite: Path, tmp_path: Path, torn: bytes) -> None:
    whole = tmp_path / "whole"
    plan, _ = run(suite, whole)
    broken = tmp_path / "broken"
    shutil.copytree(whole, broken)
    for job in plan.jobs:
        (broken / "done" / f"{job.key}.json").unlink()
        output = broken / job.outputs
        first = output.read_bytes().split(b"\n")[0] + b"\n"
        output.write_bytes(first + torn)
    before = {
        job.key: read_rows(broken / job.outputs)[:1] if torn != b'{"id":"a","te' else None
        for job in plan.jobs
    }
    run(suite, broken)
    assert contents(broken) == contents(whole)
    for job in plan.jobs:
        rows = read_rows(broken / job.outputs)
        assert before[job.key] is None or rows[:1] == before[job.key]
        times = read_rows(broken / "times" / f"{job.key}.jsonl")
        assert [r["id"] for r in times] == [r["id"] for r in rows]


@pytest.mark.parametrize("note", [b"", b"[1]", b'{"key": "x', b"\xff\xfe", None])
def test_what_is_damaged_in_a_finished_run_is_done_again(
    suite: Path, tmp_path: Path, note: bytes | None
) -> None:
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    plan, _ = run(suite, whole)
    shutil.copytree(whole, damaged)
    job = plan.jobs[0]
    if note is not None:
        (damaged / "done" / f"{job.key}.json").write_bytes(note)
    else:
        output = damaged / job.outputs
        output.write_bytes(output.read_bytes().replace(b"a", b"e"))
    run(suite, damaged)
    assert contents(damaged) == contents(whole)


def test_done_jobs_are_not_done_again(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(suite, tmp_path / "run")

    def never(*_: object) -> None:
        raise AssertionError("a finished job was started")

    monkeypatch.setattr(work_module, "work", never)
    run(suite, tmp_path / "run")


def test_another_suite_does_not_take_a_run_over(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(suite, out)
    suite.write_text(suite.read_text().replace("2 sentences", "3 sentences"))
    with pytest.raises(UsageError, match=r"outputs of 'lead', which .*; choose another --out"):
        run(suite, out)
    plan, failures = run(suite, out, fresh=True)
    assert failures == []
    assert finish(plan, out, failures)[1]["finished"]


def test_a_run_takes_further_systems_and_keeps_what_is_done(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, anew = tmp_path / "run", tmp_path / "anew"
    before, _ = run(suite, out)
    more = suite.read_text().replace('"centrality"]', '"centrality", "ranker"]')
    # A second length gives every system another name.
    suite.write_text(more.replace("'2 sentences'", "['2 sentences', '1 sentence']"))
    started: list[str] = []

    def noted(folder: Path, key: str) -> None:
        started.append(key)
        work(folder, key)

    work = work_module.work
    monkeypatch.setattr(work_module, "work", noted)
    plan, failures = run(suite, out)
    assert failures == []
    assert len(started) == len(plan.jobs) - len(before.jobs) > 0
    finish(plan, out, failures)
    plan, failures = run(suite, anew)
    finish(plan, anew, failures)
    assert contents(out) == contents(anew)
    assert {p.name for p in (out / "done").iterdir()} == {f"{j.key}.json" for j in plan.jobs}


@pytest.mark.parametrize("where", ["outputs", "times", "done"])
def test_taking_further_systems_survives_a_kill(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    out, anew = tmp_path / "run", tmp_path / "anew"
    run(suite, out)
    suite.write_text(suite.read_text().replace("'2 sentences'", "['2 sentences', '1 sentence']"))
    move = extend._move

    def killed(old: Path, new: Path) -> None:
        move(old, new)
        if old.parent.name == where:
            raise KeyboardInterrupt

    monkeypatch.setattr(extend, "_move", killed)
    with pytest.raises(KeyboardInterrupt):
        run(suite, out)
    monkeypatch.setattr(extend, "_move", move)
    for folder in (out, anew):
        plan, failures = run(suite, folder)
        finish(plan, folder, failures)
    assert contents(out) == contents(anew)


def test_a_run_scored_otherwise_is_not_run_anew(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "run"
    run(suite, out)
    suite.write_text(suite.read_text().replace('"rouge1", ', '"rouge1", "rouge2", '))

    def never(*_: object) -> None:
        raise AssertionError("a finished job was started")

    monkeypatch.setattr(work_module, "work", never)
    plan, failures = run(suite, out)
    assert "rouge2" in str(finish(plan, out, failures)[1]["metrics"])


def test_names_that_change_owners_are_refused(suite: Path, tmp_path: Path) -> None:
    named = (
        '[[systems]]\nname = "{}"\ntranslator = "echo"\nsummarizer = "lead"\n'
        '[[systems]]\nname = "{}"\ntranslator = "echo"\nsummarizer = "centrality"\n[metrics]'
    )
    text = suite.read_text()
    head, rest = text[: text.index("[[systems]]")], text[text.index("[metrics]") + 9 :]
    suite.write_text(head + named.format("one", "two") + rest)
    run(suite, tmp_path / "run")
    suite.write_text(head + named.format("two", "one") + rest)
    with pytest.raises(UsageError, match=r"outputs of 'one', which .* --fresh"):
        run(suite, tmp_path / "run")


def test_foreign_folders_are_left_alone(suite: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="not empty and not a run"):
        run(suite, tmp_path / "mine", fresh=True)
    (tmp_path / "mine/manifest.json").write_text("{}")
    with pytest.raises(UsageError, match="is not a run"):
        run(suite, tmp_path / "mine", fresh=True)
    assert (tmp_path / "mine/letter.txt").read_text() == "dear"
    with pytest.raises(UsageError, match=r"letter\.txt is a file; give a folder"):
        run(suite, tmp_path / "mine/letter.txt", fresh=True)


@pytest.mark.usefixtures("one_process")
def test_a_missing_model_fails_its_own_systems_only(suite: Path, tmp_path: Path) -> None:
    text = suite.read_text() + "\n[[systems]]\nname = 'lost'\ntranslator = '/no/such/model'\n"
    suite.write_text(
        text.replace("[metrics]", "#").replace("summary = [", "#").replace("translation = [", "#")
    )
    out = tmp_path / "run"
    done = call(suite, "--out", out)
    assert done.exit_code == 1
    assert "system runs failed" in done.stderr
    assert (out / "report.html").is_file()
    manifest = json.loads((out / "manifest.json").read_text())
    assert any(s["what"].startswith("lost on two") for s in manifest["skipped"])
    assert any("lead, summarize-first" in s["name"] for s in manifest["benches"][0]["systems"])


@pytest.mark.usefixtures("one_process")
def test_when_all_fails_the_models_code_is_given(suite: Path, tmp_path: Path) -> None:
    suite.write_text(suite.read_text().replace('"echo"', '"/no/such/model"'))
    done = call(suite, "--out", tmp_path / "run")
    assert done.exit_code == 4
    assert "/no/such/model" in done.stderr


@pytest.mark.usefixtures("one_process")
def test_originals_run_against_the_same_references(suite: Path, tmp_path: Path) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    (originals / "a_x.txt").write_text(STORIES["a"].replace("350", "351") + "\nBaca juga: Lain\n")
    done = call(suite, "--out", tmp_path / "run", "--documents", originals, "--quiet")
    assert done.exit_code == 0, done.output
    manifest = json.loads((tmp_path / "run/manifest.json").read_text())
    assert {b["set"] for b in manifest["benches"]} == {"two-originals"}
    said = " ".join(s["what"] for s in manifest["skipped"])
    assert "document b of set two" in said
    unit = read_rows(tmp_path / "run/units/two-originals.summary.jsonl")[0]
    assert "351" in unit["source"]
    assert "Baca juga" not in unit["source"]
    assert unit["references"] == REFERENCES["a"]


def test_nothing_to_run_on_is_an_input_error(suite: Path) -> None:
    shutil.rmtree(suite.parent / "set")
    with pytest.raises(InputError, match=r"no set to run on: set set: .* is not there"):
        make_plan(load_suite(suite), suite.parent)


@pytest.mark.usefixtures("one_process")
def test_a_document_that_cannot_be_read_fails_alone(suite: Path, tmp_path: Path) -> None:
    story = "The Quick News\n\n" + "This document is plain English from start to end. " * 8
    (suite.parent / "set/b/document.txt").write_text(story)
    rows = ["title\tThe Quick News\tT"]
    rows += [f"{i}\tThis document is plain English from start to end.\tX." for i in range(8)]
    (suite.parent / "set/b/translation.tsv").write_text("\n".join(rows) + "\n")
    done = call(suite, "--out", tmp_path / "run", "--quiet")
    assert done.exit_code == 1
    assert "failed on document 'b'" in done.stderr
    assert (tmp_path / "run/report.html").is_file()


def test_the_signature_follows_program_and_model(suite: Path, monkeypatch: Any) -> None:
    plan = make_plan(load_suite(suite), suite.parent)
    assert plan.signature == make_plan(load_suite(suite), suite.parent).signature
    assert len(program_digest()) == 16
    monkeypatch.setattr("toolkit.compare.plan.program_digest", lambda: "other")
    assert make_plan(load_suite(suite), suite.parent).signature != plan.signature


class Counting:
    """A translator that counts what it is asked."""

    name = signature = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, segments: Any) -> list[Hypothesis]:
        self.asked += segments
        return [Hypothesis(s.upper()) for s in segments]


def test_shared_translations_are_made_once_and_charged_each_time(tmp_path: Path) -> None:
    inner = Counting()
    path = tmp_path / "kept.jsonl"
    shared = SharedTranslator(inner, path)
    assert [h.text for h in shared.translate(["a", "b", "a"])] == ["A", "B", "A"]
    assert shared.saved == 0
    shared.close()
    path.write_bytes(path.read_bytes() + b'{"source": "torn')
    again = SharedTranslator(inner, path)
    assert [h.text for h in again.translate(["b", "c"])] == ["B", "C"]
    assert again.saved > 0
    again.close()
    assert inner.asked == ["a", "b", "c"]


def test_segments_are_grouped_by_document() -> None:
    rows = [{"id": str(i), "document": d} for i, d in enumerate(["x", "x", "y", *[""] * 130])]
    assert [len(g) for g in groups(rows)] == [2, 1, 64, 64, 2]


def test_mend_keeps_whole_lines_only(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a":1}\n{"a":2}\n{"a":')
    assert mend(path) == [{"a": 1}, {"a": 2}]
    assert path.read_bytes() == b'{"a":1}\n{"a":2}\n'
    assert mend(path, keep=1) == [{"a": 1}]
    assert path.read_bytes() == b'{"a":1}\n'
    assert mend(tmp_path / "none") == []


@pytest.mark.slow
def test_an_interrupted_run_keeps_its_work_and_goes_on(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    code = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent may ignore it\n"
        "import toolkit.compare.plan as plan\n"
        "plan.program_digest = lambda: 'still'\n"
        "from toolkit.cli.main import run\nrun()"
    )
    command = [sys.executable, "-c", code, "evaluate", str(suite), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 120
        while not list(out.glob("done/*.json")) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert said.decode().splitlines()[-1] == "ringkas: Interrupted."
    finished = {p.name for p in out.glob("done/*.json")}
    assert 1 <= len(finished) < 6
    assert json.loads((out / "manifest.json").read_text())["finished"] is False
    plan, failures = run(suite, out)
    assert failures == []
    run(suite, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")
    assert len(plan.jobs) == 6


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize("manifest", [b"", b'{"schema": "ri', b"[1]", b"\xff\xfe"])
def test_a_damaged_manifest_is_said_and_fresh_starts_anew(
    suite: Path, tmp_path: Path, manifest: bytes
) -> None:
    out = tmp_path / "run"
    plan = make_plan(load_suite(suite), suite.parent)
    prepare(plan, out)
    (out / "manifest.json").write_bytes(manifest)
    done = call(suite, "--out", out, "--quiet")
    assert done.exit_code == 3, done.output
    assert "manifest.json is damaged" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    prepare(plan, out, fresh=True)
    assert json.loads((out / "manifest.json").read_text())["signature"] == plan.signature


def test_fresh_throws_no_other_directory_away(suite: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "manifest.json").write_text("not a run's")
    (out / "letters.txt").write_text("keep me")
    plan = make_plan(load_suite(suite), suite.parent)
    for fresh in (False, True):
        with pytest.raises(UsageError, match="is not a run"):
            prepare(plan, out, fresh=fresh)
    assert (out / "letters.txt").read_text() == "keep me"


@pytest.mark.parametrize("metric", ["rouge1:stemmer=maybe", "rouge9"])
def test_a_wrong_metric_is_said_before_anything_runs(
    suite: Path, tmp_path: Path, metric: str
) -> None:
    suite.write_text(suite.read_text().replace('"coverage"', f'"{metric}"'))
    done = call(suite, "--out", tmp_path / "run")
    assert done.exit_code == 2, done.output
    assert not (tmp_path / "run").exists()


@pytest.mark.usefixtures("one_process")
def test_summaries_scored_by_length_alone_are_reported(suite: Path, tmp_path: Path) -> None:
    text = suite.read_text()
    asked = '["rouge1", "numbers:side=summary", "coverage", "seconds"]'
    assert asked in text
    suite.write_text(text.replace(asked, '["length"]'))
    done = call(suite, "--out", tmp_path / "run", "--quiet")
    assert done.exit_code == 0, done.output
    assert "Length" in (tmp_path / "run" / "report.md").read_text()
