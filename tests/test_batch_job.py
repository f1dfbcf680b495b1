"""Batch jobs from end to end with worker processes: resuming, refusing, and what goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.batch_fakes import OPENER
from tests.batch_samples import read_jsonl, rows, text, write_jsonl
from toolkit.batch import Columns, Geometry, Job, Outcome, Recipe, Resources, run_job
from toolkit.batch.paths import JobFolder
from toolkit.batch.status import describe, job_status
from toolkit.errors import InputError, ModelError, RingkasError, UsageError

FAKE = Recipe(opener=OPENER, translator="fake")


def make(tmp_path: Path, values: list[dict[str, Any]], **changes: Any) -> Job:
    path = write_jsonl(tmp_path / "in.jsonl", values)
    base = Job(
        inputs=(str(path),), out=tmp_path / "out", recipe=FAKE, geometry=Geometry(4),
        resources=Resources(1, 1), quiet=True,
    )  # fmt: skip
    return replace(base, **changes)


def outputs(job: Job) -> dict[str, bytes]:
    return {
        p.name: p.read_bytes()
        for p in job.out.iterdir()
        if p.is_file() and p.name != "manifest.json"
    }


def test_rows_come_out_in_order_with_what_was_carried(tmp_path: Path) -> None:
    job = make(tmp_path, rows(11), resources=Resources(2, 1), exports=("tmx", "tsv"))
    outcome = run_job(job)
    found = read_jsonl(job.out / "translations.jsonl")
    assert [r["id"] for r in found] == [f"d{i}" for i in range(11)]
    assert found[3]["rank"] == 3
    assert found[3]["tags"] == ["a", "t0"]
    source = text(3)
    assert found[3]["translation"].count("\n\n") == 1
    assert [p["text"] for p in found[3]["sentences"]] == [
        source[p["start"] : p["end"]] for p in found[3]["sentences"]
    ]
    assert all(p["translation"] == f"<{p['text']}>" for p in found[3]["sentences"])
    assert outcome.exit_code == 0
    manifest = json.loads((job.out / "manifest.json").read_text())
    assert manifest["documents"] == 11
    assert manifest["flags"] == {"number/warning": 11}
    assert {o["name"] for o in manifest["outputs"]} == set(outputs(job))
    assert (job.out / "pairs.tsv").read_text().count("\n") == 1 + manifest["sentences"]


def test_the_same_call_again_finds_nothing_to_do(tmp_path: Path) -> None:
    job = make(tmp_path, rows(9))
    run_job(job)
    before = outputs(job)
    again = run_job(job)
    assert not again.fresh
    assert again.progress.tally.documents == 0
    assert outputs(job) == before
    (job.out / "translations.jsonl").write_bytes(b"damaged")
    assert run_job(job).fresh
    assert outputs(job) == before


def test_another_format_or_export_does_not_translate_again(tmp_path: Path) -> None:
    job = make(tmp_path, rows(9))
    run_job(job)
    again = run_job(replace(job, output_format="csv", exports=("tsv",)))
    assert again.progress.tally.documents == 0
    assert {"translations.csv", "pairs.tsv"} <= set(outputs(job))


def test_outputs_of_earlier_runs_stay_while_they_are_good_and_go_when_they_are_not(
    tmp_path: Path,
) -> None:
    job = make(tmp_path, rows(9), exports=("tmx",))
    run_job(job)
    other = replace(job, output_format="csv", exports=("tsv",))
    again = run_job(other)
    assert sum("of the same job, stays" in n for n in again.notes) == 2
    assert {"translations.jsonl", "translations.csv", "pairs.tmx"} <= set(outputs(job))
    manifest = json.loads((job.out / "manifest.json").read_text())
    assert [o["name"] for o in manifest["outputs"]] == [
        "translations.csv", "rejects.jsonl", "pairs.tsv",
    ]  # fmt: skip
    assert [o["name"] for o in manifest["other_outputs"]] == ["translations.jsonl", "pairs.tmx"]
    (job.out / "pairs.tmx").write_text("my own work")
    (job.out / "mine.txt").write_text("also mine")
    write_jsonl(tmp_path / "in.jsonl", rows(12))
    updated = run_job(replace(other, update=True, exports=()))
    assert set(outputs(job)) == {"translations.csv", "rejects.jsonl", "pairs.tmx", "mine.txt"}
    assert sum("is out of date and removed" in n for n in updated.notes) == 2
    assert "pairs.tmx was made by an earlier run and changed since; it is left as it is." in (
        updated.notes
    )
    assert (job.out / "pairs.tmx").read_text() == "my own work"


def test_a_foreign_memory_file_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"text": "Data milik pengguna."}\n')
    job = make(tmp_path, rows(3), recipe=replace(FAKE, memory=path))
    with pytest.raises(UsageError, match="no translation memory"):
        run_job(job)
    assert path.read_text() == '{"text": "Data milik pengguna."}\n'
    assert not job.out.exists()


def test_changed_settings_are_refused_and_can_be_accepted(tmp_path: Path) -> None:
    job = make(tmp_path, rows(9))
    run_job(job)
    other = replace(job, recipe=replace(FAKE, keep_furniture=True))
    with pytest.raises(UsageError, match="keep furniture: False → True"):
        run_job(other)
    with pytest.raises(UsageError, match="columns limit"):
        run_job(replace(job, columns=Columns(limit=999)))
    assert run_job(replace(other, update=True)).progress.tally.documents == 9
    assert run_job(replace(job, restart=True)).progress.tally.documents == 9
    assert len(list((job.out / ".ringkas" / "parts").iterdir())) == 3


def test_an_update_that_is_interrupted_counts_nothing_of_the_old_settings(tmp_path: Path) -> None:
    job = make(tmp_path, rows(9))
    run_job(job)
    other = replace(job, recipe=replace(FAKE, keep_furniture=True), update=True)
    stop = threading.Event()
    stop.set()
    halted = run_job(other, stop)
    assert halted.interrupted
    assert (halted.counts.documents, halted.share) == (0, 0)
    assert job_status(job.out).counts.documents == 0
    back = run_job(replace(job, update=True))
    assert (back.progress.tally.documents, back.counts.documents) == (0, 9), "parts were kept"


def test_changed_input_is_refused_and_an_update_redoes_only_what_changed(tmp_path: Path) -> None:
    job = make(tmp_path, rows(12))
    run_job(job)
    values = rows(14)
    values[5]["text"] = text(99)
    write_jsonl(tmp_path / "in.jsonl", values)
    with pytest.raises(UsageError, match=r"the content of .*in\.jsonl is another"):
        run_job(job)
    updated = run_job(replace(job, update=True))
    assert updated.progress.tally.documents == 4 + 2
    fresh = run_job(replace(job, out=tmp_path / "fresh"))
    assert fresh.counts == updated.counts
    assert outputs(replace(job, out=tmp_path / "fresh")) == outputs(job)
    write_jsonl(tmp_path / "in.jsonl", rows(6))
    assert run_job(replace(job, update=True)).counts.documents == 6
    (tmp_path / "more.jsonl").write_text("")
    with pytest.raises(UsageError, match=r"more\.jsonl is new"):
        run_job(replace(job, inputs=(*job.inputs, str(tmp_path / "more.jsonl"))))


def test_a_change_that_the_fingerprint_misses_is_noticed_by_the_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.batch.job.fingerprint", lambda _: "same")
    job = make(tmp_path, rows(12))
    run_job(job)
    write_jsonl(tmp_path / "in.jsonl", [*rows(8), *rows(4, start=50)])
    with pytest.raises(UsageError, match=r"near .*in\.jsonl, line 9"):
        run_job(job)
    write_jsonl(tmp_path / "in.jsonl", rows(8))
    with pytest.raises(UsageError, match="it ends where 4 more rows were"):
        run_job(job)


def test_memory_changes_nothing_but_the_work(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    recipe = replace(FAKE, translator=f"count:{tmp_path / 'log'}", memory=tmp_path / "m.sqlite")
    job = make(tmp_path, rows(12), recipe=recipe)
    without = run_job(replace(job, out=tmp_path / "plain", recipe=replace(recipe, memory=None)))
    calls = (tmp_path / "log" / "calls").read_text().count("\n")
    run_job(job)
    again = run_job(replace(job, out=tmp_path / "again"))
    assert again.progress.tally.misses == 0
    assert again.progress.tally.hits > 0
    total = (tmp_path / "log" / "calls").read_text().count("\n")
    assert total - calls < calls  # sentences that come in several shards were free
    assert without.counts == again.counts
    plain = outputs(replace(job, out=tmp_path / "plain"))
    assert plain == outputs(job) == outputs(replace(job, out=tmp_path / "again"))


def test_bad_rows_are_rejected_with_reasons_and_the_rest_is_done(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    english = (
        "The farmers on the mountain began to harvest their coffee this week, and the prices at "
        "the central market fell because there was so much of it. The children walked to school."
    )
    lines = [
        json.dumps(rows(1)[0]),
        '{"id": "x", "text": ',
        json.dumps({"id": "y"}),
        json.dumps({"id": "en", "text": english}),
        json.dumps({"id": "long", "text": "kata " * 210_000}),
        json.dumps({"id": "d0", "text": text(5)}),
        json.dumps({"id": "boom", "text": "Kalimat ini RAISE galat di penerjemah kami."}),
        json.dumps(rows(1, start=7)[0]),
    ]
    path.write_text("\n".join(lines))
    job = make(tmp_path, [], inputs=(str(path),), geometry=Geometry(3))
    outcome = run_job(job)
    assert outcome.exit_code == 1
    assert [r["id"] for r in read_jsonl(job.out / "translations.jsonl")] == ["d0", "d7"]
    rejects = read_jsonl(job.out / "rejects.jsonl")
    assert [(r["line"], r["kind"]) for r in rejects] == [
        (2, "syntax"), (3, "missing"), (4, "language"), (5, "too-long"), (6, "duplicate"),
        (7, "failed"),
    ]  # fmt: skip
    assert "English" in rejects[2]["reason"]
    assert "breaks the translator" in rejects[5]["reason"]
    assert outcome.counts.rejected["failed"] == 1
    kept = run_job(replace(job, out=tmp_path / "kept", recipe=replace(FAKE, keep_languages=True)))
    assert "language" not in kept.counts.rejected


def test_rejects_of_the_machine_are_tried_again_by_the_next_run(tmp_path: Path) -> None:
    values = rows(6)
    values[4]["text"] += " Kalimat RAISE."
    job = make(tmp_path, values)
    assert run_job(job).counts.rejected == {"failed": 1}
    again = run_job(job)
    assert again.progress.tally.rejects == 1
    assert again.counts.rejected == {"failed": 1}


def test_a_damaged_part_is_done_again(tmp_path: Path) -> None:
    job = make(tmp_path, rows(12))
    run_job(job)
    before = outputs(job)
    parts = sorted((job.out / ".ringkas" / "parts").iterdir())
    parts[0].write_bytes(parts[0].read_bytes()[:-9])
    parts[1].unlink()
    again = run_job(job)
    assert again.progress.tally.documents == 8
    assert sum("damaged" in n for n in again.notes) == 2
    assert outputs(job) == before


def test_a_part_that_is_damaged_while_outputs_are_made_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import toolkit.batch.job as module

    job = make(tmp_path, rows(12))
    real, first = module.assemble, []

    def damage(folder: JobFolder, parts: list[str], *rest: Any) -> Any:
        if not first:
            first.append(parts[1])
            (folder.parts / parts[1]).write_bytes(b"x")
        return real(folder, parts, *rest)

    monkeypatch.setattr(module, "assemble", damage)
    outcome = run_job(job)
    assert outcome.progress.tally.documents == 16
    assert len(read_jsonl(job.out / "translations.jsonl")) == 12


def test_a_damaged_ledger_is_made_again_from_the_parts(tmp_path: Path) -> None:
    job = make(tmp_path, rows(12))
    run_job(job)
    before = outputs(job)
    ledger = job.out / ".ringkas" / "ledger.sqlite"
    data = ledger.read_bytes()
    for damaged in (b"no database at all" * 99, data[: len(data) // 2], b""):
        ledger.write_bytes(damaged)
        again = run_job(job)
        assert again.progress.tally.documents == 0
        assert again.progress.kept_documents == 12
        assert outputs(job) == before
    assert (job.out / ".ringkas" / "ledger.sqlite.damaged-1").exists()


def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    values = rows(12)
    values[6]["text"] += " Pekerja DIE-ONCE mati sekali."
    recipe = replace(FAKE, translator=f"fake:{tmp_path}")
    job = make(tmp_path, values, recipe=recipe, resources=Resources(2, 1))
    outcome = run_job(job)
    assert (tmp_path / "died").exists()
    assert outcome.counts.documents == 12
    assert any("signal 9" in n for n in outcome.notes)
    plain = run_job(replace(job, out=tmp_path / "plain"))
    assert plain.notes == ()
    assert outputs(replace(job, out=tmp_path / "plain")) == outputs(job)


@pytest.mark.parametrize(
    ("word", "limit", "reason"),
    [("DIE-ALWAYS", None, "signal 9"), ("EAT-MEMORY", 600 << 20, "ran out of memory")],
)
def test_a_document_that_breaks_its_worker_is_rejected_alone(
    tmp_path: Path, word: str, limit: int | None, reason: str
) -> None:
    values = rows(8)
    values[5]["text"] += f" Kalimat {word} ini buruk."
    job = make(tmp_path, values, resources=Resources(1, 1, limit))
    outcome = run_job(job)
    assert outcome.counts.documents == 7
    (reject,) = read_jsonl(job.out / "rejects.jsonl")
    assert (reject["id"], reject["kind"]) == ("d5", "crash")
    assert reason in reject["reason"]


def test_workers_that_can_not_start_end_the_job(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such model"):
        run_job(make(tmp_path, rows(3), recipe=replace(FAKE, translator="missing")))
    with pytest.raises(RingkasError, match="keep dying"):
        run_job(make(tmp_path, rows(3), recipe=replace(FAKE, translator="broken")))


def test_stopping_finishes_what_is_in_work(tmp_path: Path) -> None:
    recipe = replace(FAKE, translator="slow")
    job = make(tmp_path, rows(60), recipe=recipe)
    stop = threading.Event()
    box: list[Outcome] = []
    thread = threading.Thread(target=lambda: box.append(run_job(job, stop)))
    thread.start()
    parts = job.out / ".ringkas" / "parts"
    while thread.is_alive() and not (parts.is_dir() and any(parts.glob("*.zst"))):
        time.sleep(0.02)
    stop.set()
    thread.join()
    (outcome,) = box
    assert outcome.interrupted
    assert outcome.exit_code == 130
    assert 0 < outcome.counts.documents < 60
    assert not (job.out / "translations.jsonl").exists()
    state = job_status(job.out)
    assert (state.state, state.counts.documents) == ("stopped", outcome.counts.documents)
    assert 0 < (state.share or 0) < 1
    rest = run_job(job)
    assert rest.progress.kept_documents == outcome.counts.documents
    assert rest.counts.documents == 60
    assert job_status(job.out).state == "complete"
    assert describe(job_status(job.out))[0] == "state: complete, 100% of the input"


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    job = make(tmp_path, rows(3))
    folder = JobFolder(job.out)
    folder.acquire()
    try:
        with pytest.raises(UsageError, match="Another run is working"):
            run_job(job)
        assert folder.active()
    finally:
        folder.release()
    assert run_job(job).exit_code == 0


def test_files_of_others_are_not_overwritten(tmp_path: Path) -> None:
    job = make(tmp_path, rows(3))
    job.out.mkdir()
    (job.out / "translations.jsonl").write_text("mine")
    with pytest.raises(InputError, match="of no batch job"):
        run_job(job)
    assert (job.out / "translations.jsonl").read_text() == "mine"


@pytest.mark.parametrize("name", ["pairs.tsv", "manifest.json", "rejects.jsonl"])
def test_neither_are_those_beside_the_main_output(tmp_path: Path, name: str) -> None:
    job = make(tmp_path, rows(3), exports=("tsv",))
    job.out.mkdir()
    (job.out / name).write_text('{"schema": "ringkas.set/1"}')
    with pytest.raises(InputError, match=f"{name} exists and is of no batch job"):
        run_job(job)
    assert (job.out / name).read_text() == '{"schema": "ringkas.set/1"}'


def test_a_named_input_is_never_left_out_as_the_jobs_own(tmp_path: Path) -> None:
    job = make(tmp_path, rows(3))
    job.out.mkdir()
    inside = write_jsonl(job.out / "more.jsonl", rows(2, 3))
    with pytest.raises(InputError, match=r"more\.jsonl lies in .*, the job's own folder"):
        run_job(replace(job, inputs=(*job.inputs, str(inside))))
    assert not (job.out / "translations.jsonl").exists()


def test_the_jobs_own_outputs_are_no_input(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", rows(3))
    job = Job((str(tmp_path),), tmp_path / "out", FAKE, resources=Resources(1, 1), quiet=True)
    run_job(job)
    assert not run_job(job).fresh
    with pytest.raises(InputError, match="own folder"):
        run_job(replace(job, inputs=(str(job.out),)))


def test_summaries_in_either_order_and_the_same_ones(tmp_path: Path) -> None:
    values = [{"id": f"s{i}", "text": f"{text(i)}\n\n{text(i + 3)}"} for i in range(5)]
    recipe = replace(FAKE, task="summarize", summarizer="lead", length="2 sentences")
    job = make(tmp_path, values, recipe=recipe)
    run_job(job)
    found = read_jsonl(job.out / "summaries.jsonl")
    assert len(found) == 5
    for row in found:
        ids = {s["id"] for s in row["sentences"]}
        assert len(row["summary"]["sentences"]) == 2
        assert {i for s in row["summary"]["sentences"] for i in s["support"]} <= ids
    full = replace(job, out=tmp_path / "full", recipe=replace(recipe, order="translate-first"))
    run_job(full)
    others = read_jsonl(full.out / "summaries.jsonl")
    assert [r["summary"] for r in others] == [r["summary"] for r in found]
    assert len(others[0]["sentences"]) > len(found[0]["sentences"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 KB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = os.geteuid() == 0 and shutil.which("mount") is not None
    if mounted:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)], check=False,
            capture_output=True,
        )  # fmt: skip
        mounted = done.returncode == 0
    if not mounted:
        pytest.skip("needs the right to mount a small tmpfs")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_full_disk_loses_nothing(tmp_path: Path, small_disk: Path) -> None:
    job = make(tmp_path, rows(60), out=small_disk / "out")
    filler = small_disk / "filler"
    whole = replace(job, out=tmp_path / "whole")
    run_job(whole)
    failures: list[RingkasError] = []
    for free in (40, 90, 130, None):
        filler.unlink(missing_ok=True)
        if free is not None:
            stat = os.statvfs(small_disk)
            size = max(0, stat.f_bavail * stat.f_frsize - free * 1024)
            filler.write_bytes(b"x" * size)
        try:
            run_job(job)
        except RingkasError as error:
            failures.append(error)
    assert failures
    assert all("No space is left" in str(e) and e.exit_code == 1 for e in failures)
    assert outputs(job) == outputs(whole)
    assert not list(job.out.rglob("*.tmp"))
