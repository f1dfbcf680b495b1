"""The user's glossary: reading the file, its errors, and the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.text.names import Entry, Glossary

GOOD = """source\ttarget\trule
# agencies
Kemenkeu\tFinance Ministry\tprefer

Pancasila\t\tkeep
Cina\tChinaman\tforbid
rapat kerja\tworking meeting\tkeep
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    path = tmp_path / "terms.tsv"
    path.write_text(GOOD, encoding="utf-8-sig")
    return Glossary.load(path)


def test_loading(glossary: Glossary) -> None:
    assert glossary.entries == (
        Entry("Kemenkeu", "Finance Ministry", "prefer", 3),
        Entry("Pancasila", "Pancasila", "keep", 5),
        Entry("Cina", "Chinaman", "forbid", 6),
        Entry("rapat kerja", "working meeting", "keep", 7),
    )


def test_checking(glossary: Glossary) -> None:
    source = "Kemenkeu membahas Pancasila dalam Rapat  Kerja."
    assert glossary.check(source, "The finance ministry on Pancasila in a working meeting.") == []
    broken = glossary.check(source, "The Treasury discussed the five principles in a session.")
    assert [(v.entry.line, v.entry.rule) for v in broken] == [
        (3, "prefer"),
        (5, "keep"),
        (7, "keep"),
    ]
    assert broken[0].detail == "'Kemenkeu' should be given as 'Finance Ministry'."
    assert broken[1].detail == "'Pancasila' must be given as 'Pancasila'."


def test_forbidden_targets_and_whole_words(glossary: Glossary) -> None:
    assert len(glossary.check("Warga Cina", "A Chinaman")) == 1
    assert glossary.check("Warga Cina", "Chinamania") == []
    assert glossary.check("Cinaan", "A Chinaman") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\tb\n", "Line 1 .* has 2 column"),
        ("a\tb\tkeep\textra\n", "Line 1 .* has 4 column"),
        ("# x\n\na\tb\tmust\n", "Line 3 .* rule 'must'; use keep, prefer or forbid"),
        ("\tb\tkeep\n", "Line 1 .* no source"),
        ("a\t\tforbid\n", "Line 1 .* no target"),
        ("a\tb\tkeep\na\tb\tforbid\n", "Line 2 .* contradicts line 1"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        Glossary.load(path)


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        Glossary.load(tmp_path / "missing.tsv")
    with pytest.raises(InputError, match="can't be read"):
        Glossary.load(tmp_path)
    path = tmp_path / "latin.tsv"
    path.write_bytes("caf\xe9\tcoffee\tkeep\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        Glossary.load(path)


def test_an_empty_glossary_checks_nothing() -> None:
    assert Glossary().check("apa saja", "anything") == []


def test_a_glossary_file_without_terms_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("# nothing yet\n\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no terms"):
        Glossary.load(path)
