"""Scores computed elsewhere: read, checked, scored with their provenance."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import InputError, UsageError
from toolkit.metrics import Item, score
from toolkit.metrics.imported import read_imported

HEAD = "# metric: comet\n# label: COMET\n# provenance: model x, run by hand\nsystem\tid\tscore\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "scores.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_scores_are_means_with_provenance(tmp_path: Path) -> None:
    metric = read_imported(write(tmp_path, HEAD + "a\t1\t0.5\na\t2\t0.75\nb\t1\t1\nb\t2\t1\n"))
    found = score(metric, [Item("1", "", system="a"), Item("2", "", system="a")])
    assert found.value == 0.625
    assert found.per_segment == (0.5, 0.75)
    assert "imported:yes|provenance:model x, run by hand|sha256:" in found.signature
    assert metric.label == "COMET"
    assert metric.direction == "higher"


def test_direction_and_decimals_are_read(tmp_path: Path) -> None:
    text = "# direction: lower\n# decimals: 1\n" + HEAD + "a\t1\t2\n"
    metric = read_imported(write(tmp_path, text))
    assert (metric.direction, metric.decimals) == ("lower", 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("system\tid\tscore\na\t1\t2\n", "lacks the line '# metric"),
        (HEAD, "holds no score"),
        (HEAD + "a\t1\n", "line 5: expected system, id and score"),
        (HEAD + "a\t1\tgood\n", "line 5: 'good' is not a number"),
        (HEAD + "a\t1\tnan\n", "line 5: 'nan' is not a number"),
        (HEAD + "a\t1\t1\na\t1\t1\n", "line 6: system 'a' has a second score for id '1'"),
        (HEAD.replace("id", "segment") + "a\t1\t1\n", "expected the head"),
        ("# colour: red\n" + HEAD, "line 1: expected '# KEY: TEXT'"),
        ("# direction: up\n" + HEAD + "a\t1\t1\n", "direction must be"),
        ("# decimals: ²\n" + HEAD + "a\t1\t1\n", "decimals must be"),
        ("# decimals: 99999999999\n" + HEAD + "a\t1\t1\n", "decimals must be"),
        ("# task: poetry\n" + HEAD + "a\t1\t1\n", "task must be translation, summary or head"),
    ],
)
def test_faulty_files_are_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_imported(write(tmp_path, text))


def test_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Can't read scores"):
        read_imported(tmp_path / "none.tsv")


def test_missing_ids_and_systems_are_named(tmp_path: Path) -> None:
    metric = read_imported(write(tmp_path, HEAD + "a\t1\t0.5\n"))
    with pytest.raises(InputError, match=r"scores\.tsv has scores of 'a' but lacks id '2'"):
        metric.statistics([Item("1", "", system="a"), Item("2", "", system="a")])
    with pytest.raises(UsageError, match="no score of 'b'"):
        metric.statistics([Item("1", "", system="b")])
