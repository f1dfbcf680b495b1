"""``ringkas models`` and ``ringkas doctor``: output, exit codes, remedies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from tests.marian_fixture import checkpoint, converted
from toolkit import config
from toolkit.cli.doctor import Finding, doctor, examine, render
from toolkit.cli.models_cli import megabytes, models_app, table
from toolkit.models.registry import models_home

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
app.add_typer(models_app)
app.command("doctor")(doctor)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def tiny() -> Path:
    target = models_home() / "tiny"
    target.parent.mkdir(parents=True)
    shutil.copytree(converted("marian"), target)
    return target


def test_list_shows_the_embedded_model_and_what_brings_others() -> None:
    done = run("models", "list")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].startswith("embedded  marian  ctranslate2 int8")
    assert "ringkas models pull Helsinki-NLP/opus-mt-id-en" in done.stderr


def test_list_shows_installed_models(tiny: Path) -> None:
    assert run("models", "list").stdout.splitlines()[2].startswith("tiny")
    rows = json.loads(run("models", "list", "--json").stdout)
    assert [r["name"] for r in rows] == ["embedded", "tiny"]
    assert rows[1]["folder"] == str(tiny)


def test_show_verifies_the_files(tiny: Path) -> None:
    done = run("models", "show", "tiny")
    assert done.exit_code == 0
    assert "All files are as recorded." in done.stdout
    assert "quantization  int8" in done.stdout
    content = bytearray((tiny / "model.bin").read_bytes())
    content[-1] ^= 1
    (tiny / "model.bin").write_bytes(content)
    done = run("models", "show", "tiny")
    assert done.exit_code == 4
    assert "its SHA-256 is not the recorded one" in done.stderr
    facts = json.loads(run("models", "show", "tiny", "--json").stdout)
    assert len(facts["problems"]) == 1


def test_show_of_an_unknown_model_says_what_there_is() -> None:
    done = run("models", "show", "nothing")
    assert (done.exit_code, done.stdout) == (4, "")
    assert "installed: embedded" in done.stderr


def test_pull_installs_a_folder(tmp_path: Path) -> None:
    done = run("models", "pull", str(checkpoint("marian")), "--name", "mine")
    assert done.exit_code == 0
    assert "licence       none stated" in done.stdout
    assert "Use it with: --translator mine" in done.stderr
    again = run("models", "pull", str(checkpoint("marian")), "--name", "mine")
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert run("models", "pull", str(tmp_path / "none")).exit_code == 4
    assert run("models", "pull", str(tmp_path)).exit_code == 4


def test_convert_writes_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "out"
    done = run("models", "convert", str(checkpoint("nllb")), str(target))
    assert done.exit_code == 0
    assert (target / "model.bin").is_file()
    assert run("models", "convert", str(checkpoint("nllb")), str(target)).exit_code == 2
    assert run("models", "convert", str(tmp_path / "none"), str(tmp_path / "x")).exit_code == 3


def _findings(parts: Sequence[Finding]) -> dict[str, Finding]:
    return {f.part: f for f in parts}


def test_doctor_finds_a_whole_installation_fine() -> None:
    done = run("doctor")
    assert done.exit_code == 0, done.output
    lines = {line.split()[1]: line for line in done.stdout.splitlines() if line[:1].strip()}
    assert lines["embedded"].startswith("ok")
    assert "hashes verified" in lines["embedded"]
    assert {"ringkas", "Python", "packages", "prompts", "processor", "data", "cache"} <= set(lines)
    assert not (config.data_home() / "models").exists()
    parts = json.loads(run("doctor", "--json").stdout)
    assert all(p["state"] in ("ok", "optional") for p in parts)


def test_doctor_names_a_damaged_model_and_the_command_that_mends_it(tiny: Path) -> None:
    (tiny / "source.spm").write_bytes(b"")
    done = run("doctor")
    assert done.exit_code == 4
    assert "damaged" in done.stdout
    assert "--name tiny --force" in done.stdout
    assert "1 of " in done.stderr


def test_doctor_names_a_missing_embedded_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "embedded_model_dir", lambda: tmp_path / "none")
    found = _findings(list(examine()))["embedded model"]
    assert found.state == "missing"
    assert found.remedy.startswith("bring it back with: ")


def test_doctor_names_missing_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name in ("sacrebleu", "ray"):
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)
    found = _findings(list(examine()))
    assert found["sacrebleu"].remedy == "pip install sacrebleu"
    assert found["sacrebleu"].state == "missing"


def test_doctor_names_folders_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RINGKAS_HOME", str(tmp_path / "file"))
    found = _findings(list(examine()))
    assert found["data folder"].state == "missing"
    assert "mkdir -p" in found["data folder"].remedy


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a /proc file system")
def test_doctor_believes_no_permissions_where_nothing_can_be_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RINGKAS_HOME", "/proc/nope")
    found = _findings(list(examine()))
    assert [found[f"{part} folder"].state for part in ("data", "cache")] == ["missing"] * 2


def test_doctor_leaves_the_folders_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_HOME", str(tmp_path / "a" / "b"))
    assert _findings(list(examine()))["data folder"].state == "ok"
    assert list(tmp_path.iterdir()) == []


def test_the_report_aligns_parts_and_remedies() -> None:
    text = render([Finding("a", "ok", "fine"), Finding("long", "missing", "x", "do this")])
    assert text.splitlines() == [
        "ok        a     fine",
        "missing   long  x",
        "                → do this",
    ]


def test_tables_and_sizes() -> None:
    assert table([("a", "bb"), ("ccc", "d")]) == "a    bb\nccc  d"
    assert megabytes(11_443_000) == "11.4 MB"
    assert megabytes(1_200) == "1.2 kB"
