"""What commands share: results are printed or written whole, and never over their own input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit import config, prompts
from toolkit.cli.common import refuse_same_file, write_output
from toolkit.errors import InputError, UsageError


def test_an_output_that_is_the_input_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "berita.txt"
    article.write_text("Warga berkumpul.")
    (tmp_path / "tautan.txt").symlink_to(article)
    os.link(article, tmp_path / "keras.txt")
    monkeypatch.chdir(tmp_path)
    for output in (article, Path("./berita.txt"), Path("tautan.txt"), Path("keras.txt")):
        with pytest.raises(UsageError, match="is the input itself"):
            refuse_same_file("berita.txt", output)


@pytest.mark.parametrize("source", ["berita.txt", "-", "https://kabar.example/berita.txt", "", "."])
@pytest.mark.parametrize("output", [None, "-", "lain.txt", "baru.txt", "."])
def test_other_outputs_are_free(
    source: str, output: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "berita.txt").write_text("Warga berkumpul.")
    (tmp_path / "lain.txt").write_text("Warga pulang.")
    monkeypatch.chdir(tmp_path)
    refuse_same_file(source, Path(output) if output else None)


def test_a_dash_is_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_output("Residents gathered.", Path("-"))
    write_output("They went home.\n", None)
    assert capsys.readouterr().out == "Residents gathered.\nThey went home.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    write_output("Residents gathered.", output)
    assert output.read_text() == "Residents gathered.\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("output", ["", ".", "sub"])
def test_a_folder_is_no_output(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="is a folder"):
        write_output("Residents gathered.", Path(output))


@pytest.mark.parametrize("value", ["abc", "0", "-2", "1.5"])
def test_a_number_of_threads_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("RINGKAS_THREADS", value)
    with pytest.raises(UsageError, match=f"RINGKAS_THREADS is '{value}'"):
        config.threads()


def test_prompts_of_a_folder_that_is_not_there_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RINGKAS_PROMPTS", str(tmp_path / "absent"))
    with pytest.raises(UsageError, match="no folder"):
        prompts.user_dir()


def test_an_output_without_a_folder_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        refuse_same_file("-", tmp_path / "absent/x.html")
