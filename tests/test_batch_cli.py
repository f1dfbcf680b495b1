"""``ringkas batch`` as a user meets it, and jobs that are killed from outside."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tests.batch_samples import read_jsonl, rows, text, write_jsonl
from toolkit.batch.recipe import Task, batch_decoding
from toolkit.cli.batch_cli import batch
from toolkit.cli.main import app as ringkas
from toolkit.translate.base import Decoding

ROOT = Path(__file__).resolve().parent.parent
app = typer.Typer()
app.command()(batch)


def call(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    return result.exit_code, result.stdout, result.stderr


def start(*command: str | Path, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        env=environment,
        cwd=ROOT,
        stderr=stderr,
        text=True,
    )


def files(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.stem != "manifest"}


def test_a_job_its_summary_and_its_state(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", [*rows(5), {"id": "bad"}])
    out = tmp_path / "out"
    code, stdout, stderr = call(
        source, "--out", out, "-t", "echo", "--format", "csv", "--export", "tmx", "--carry", "rank",
        "--workers", "1", "--threads", "1",
    )  # fmt: skip
    assert code == 1
    assert stdout == ""
    assert "5 documents, " in stderr
    assert "rejected, missing: 1" in stderr
    head = (out / "translations.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head == (
        "id,title,rank,title_translation,title_checks,document_outlet,document_place,"
        "document_date,translation,sentences,flags,notes,removed"
    )
    code, stdout, _ = call("--out", out, "--status")
    assert code == 0
    assert stdout.startswith("state: complete")
    assert "rejected: 1 (missing 1)" in stdout
    code, _, stderr = call(
        source, "--out", out, "-t", "echo", "--format", "csv", "--export", "tmx", "--carry", "rank",
    )  # fmt: skip
    assert code == 1
    assert "nothing to do" in stderr
    assert "wrote" not in stderr


def test_a_job_writes_digests_and_removes_them_when_out_of_date(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", [*rows(2), {"id": "bad"}])
    out = tmp_path / "out"
    options: list[str | Path] = [source, "--out", out, "-t", "echo", "--no-memory"]
    code, _, stderr = call(*options, "--export", "html")
    assert code == 2
    assert "--export html is for --task summarize." in stderr
    options += ["--task", "summarize", "--export", "markdown"]
    assert call(*options, "--export", "html")[0] == 1
    names = [o["name"] for o in json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]]
    assert names == ["summaries.jsonl", "rejects.jsonl", "digest.md", "digest.html"]
    first = read_jsonl(out / "summaries.jsonl")[0]
    for name in ("digest.html", "digest.md"):
        page = (out / name).read_text("utf-8")
        assert "Digest of 2 articles; 1 could not be summarised" in page
        assert first["summary"]["sentences"][0]["text"].removeprefix("[id] ") in page
    write_jsonl(source, rows(3))
    assert call(*options, "--update")[0] == 0
    assert not (out / "digest.html").exists()
    assert "Digest of 3 articles\n" in (out / "digest.md").read_text("utf-8")


def test_the_summaries_of_a_job_are_those_of_single_articles(tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "eval/samples/kereta-pesisir.txt"
    code, _, stderr = call(sample, "--out", tmp_path / "out", "--task", "summarize", "--no-memory")
    assert code == 0, stderr
    row = read_jsonl(tmp_path / "out" / "summaries.jsonl")[0]
    alone = CliRunner().invoke(ringkas, ["summarize", str(sample), "--quiet"])
    assert alone.stdout.strip() == row["summary"]["text"]


@pytest.mark.parametrize(
    ("task", "translator", "given", "expected"),
    [
        ("translate", "embedded", {}, Decoding()),
        ("summarize", "embedded", {}, Decoding(beam_size=16, rerank=True)),
        ("summarize", "embedded", {"beam_size": 8}, Decoding(beam_size=8, rerank=True)),
        ("summarize", "embedded", {"beam_size": 1}, Decoding(beam_size=1)),
        ("summarize", "embedded", {"rerank": False}, Decoding()),
        ("summarize", "echo", {}, Decoding()),
        ("translate", "embedded", {"rerank": True}, Decoding(rerank=True)),
    ],
)
def test_how_a_job_searches_where_its_user_does_not_say(
    task: Task, translator: str, given: dict[str, Any], expected: Decoding
) -> None:
    assert batch_decoding(task, translator, **given) == expected


def test_text_files_and_lines(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(text(1))
    (tmp_path / "docs" / "b.html").write_text(
        f"<html><head><title>Panen</title></head><body><p>{text(2)}</p></body></html>"
    )
    out = tmp_path / "out"
    code, _, stderr = call(tmp_path / "docs", "--out", out, "-t", "echo", "--quiet")
    assert (code, stderr) == (0, "")
    found = read_jsonl(out / "translations.jsonl")
    assert [Path(r["id"]).name for r in found] == ["a.txt", "b.html"]
    assert found[1]["title"] == "Panen"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--out", "o"], 2, "Give at least one INPUT"),
        (["a.jsonl", "--out", "o", "--update", "--restart"], 2, "not both"),
        (["a.jsonl", "--out", "o", "-l", "short"], 2, "--length is for --task summarize"),
        (["a.jsonl", "--out", "o", "--order", "translate-first"], 2, "is for --task summarize"),
        (["a.jsonl", "--out", "o", "-l", "banana"], 2, "banana"),
        (["a.jsonl", "--out", "o", "--title-column", "judull"], 3, "--title-column"),
        (["nowhere.jsonl", "--out", "o"], 3, "does not exist"),
        (["a.jsonl", "--out", "o", "--text-column", "isi"], 3, "no column 'isi'|a column 'isi'"),
        (["a.jsonl", "--out", "o", "--address", "auto"], 2, "--engine ray"),
        (["a.jsonl", "--out", "o", "--no-guard", "--glossary", "t.tsv"], 2, "or --no-guard, not"),
        (["a.jsonl", "--out", "o", "--input-format", "xls"], 2, "Unknown input format"),
        (["a.jsonl", "--out", "o", "-t", "/no/such/model"], 4, "no model"),
        (["a.jsonl", "--out", "o", "--task", "summarize", "-l", "huge"], 2, "--length"),
        (["a.jsonl", "--out", "o", "--worker-memory", "lots"], 2, "is no size"),
        (["a.jsonl", "--out", "o", "--worker-memory", "infG"], 2, "is no size"),
        (
            ["a.jsonl", "--out", "o", "--engine", "ray", "--worker-memory", "2G"],
            2,
            "--worker-memory is for --engine local",
        ),
        (["a.jsonl", "--out", "a.jsonl"], 3, "Can't write in"),
        (["a.jsonl", "--out", "o", "--memory", "a.jsonl"], 2, "is no translation memory"),
        (["--out", "nothing", "--status"], 3, "no batch job"),
    ],
)
def test_each_mistake_has_its_sentence_and_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_jsonl(Path("a.jsonl"), rows(2))
    found, stdout, stderr = call(*arguments)
    assert found == code, stderr
    assert stdout == ""
    assert re.search(message, stderr), stderr
    assert stderr.count("\n") == 1


def test_another_setting_is_refused_with_the_way_out(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(2))
    assert call(source, "--out", tmp_path / "o", "-t", "echo", "-q")[0] == 0
    code, _, stderr = call(source, "--out", tmp_path / "o", "-t", "echo", "--beam-size", "1")
    assert code == 2
    assert "was begun with other settings (beam size: 4 → 1); run with the same" in stderr
    assert "--update" in stderr
    assert "--restart" in stderr
    assert call(source, "--out", tmp_path / "o", "-t", "echo", "--restart", "-q")[0] == 0


def test_ctrl_c_finishes_what_is_in_work_and_the_same_command_goes_on(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(1500))
    out = tmp_path / "out"
    command = (
        "-m", "toolkit.cli.main", "batch", source, "--out", out, "-t", "echo", "--no-memory",
        "--shard-size", "8", "--workers", "1", "--threads", "1",
    )  # fmt: skip
    process = start(*command, stderr=subprocess.PIPE)
    parts = out / ".ringkas" / "parts"
    while process.poll() is None and len(list(parts.glob("*.zst"))) < 2:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "finishing what is in work" in stderr
    assert "the same command goes on from there" in stderr
    assert not (out / "translations.jsonl").exists()
    kept = len(list(parts.glob("*.zst")))
    assert 2 <= kept < 188
    source_rows = rows(1500)[: kept * 8 + 16]
    write_jsonl(source, source_rows)
    code, _, stderr = call(*command[3:], "--update")
    assert code == 0
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["run"]["documents_kept"] >= kept * 8
    assert manifest["documents"] == len(source_rows)


def test_the_readable_settings_behind_a_signature_are_compared(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", rows(2))
    terms = tmp_path / "terms.tsv"
    terms.write_text("rupiah\trupiah\tkeep\n")
    first = (source, "--out", tmp_path / "o", "-t", "echo", "-q")
    assert call(*first)[0] == 0
    _, _, stderr = call(*first, "--glossary", terms, "--other-language", "keep")
    changed = r"\(glossary: none → sha256 [0-9a-f]{16}; keep languages: False → True\)"
    assert re.search(changed, stderr), stderr
    _, _, stderr = call(*first, "--no-guard")
    assert "(guard: on → off)" in stderr, stderr
    manifest = json.loads((tmp_path / "o" / "manifest.json").read_text())
    assert manifest["models"]["translator"] == "echo"
    assert manifest["models"]["beam size"] == 4


def test_the_manifest_tells_the_state_when_the_working_files_are_gone(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", [*rows(3), {"id": "bad"}])
    out = tmp_path / "o"
    assert call(source, "--out", out, "-t", "echo", "-q")[0] == 1
    _, with_ledger, _ = call("--out", out, "--status")
    shutil.rmtree(out / ".ringkas")
    code, stdout, _ = call("--out", out, "--status")
    assert code == 0
    assert stdout.startswith("state: complete, 100% of the input\n")
    assert "shards: none kept" in stdout
    told = [line for line in with_ledger.splitlines() if not line.startswith(("shards", "last"))]
    assert [li for li in stdout.splitlines() if not li.startswith(("shards", "last"))] == told
    (out / "translations.jsonl").write_text("")
    assert "outputs were changed or removed" in call("--out", out, "--status")[1]
    code, _, stderr = call(source, "--out", out, "-t", "echo")
    assert code == 3
    assert "of a finished job whose working files are gone" in stderr


@pytest.mark.slow
def test_killed_at_ten_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    values = rows(150)
    values[77] = {"id": "bad", "text": ""}
    source = write_jsonl(tmp_path / "a.jsonl", values)
    whole, out = tmp_path / "whole", tmp_path / "out"
    assert start("-m", "tests.batch_fakes", source, whole, "fake").wait(60) == 1
    chance = random.Random(5)
    moments = []
    for _ in range(10):
        process = start("-m", "tests.batch_fakes", source, out, "slow")
        moment = chance.uniform(0.2, 2.0)
        moments.append(moment)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    final = start("-m", "tests.batch_fakes", source, out, "slow")
    assert final.wait(120) == 1, moments
    assert files(out) == files(whole), moments
    ids = [r["id"] for r in read_jsonl(out / "translations.jsonl")]
    assert ids == [f"d{i}" for i in range(150) if i != 77]
