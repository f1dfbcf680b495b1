"""What a batch job keeps: shards, part files, ledger, translation memory, whole files."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.batch import atomic
from toolkit.batch.ledger import CorruptLedgerError, Entry, Ledger, put_aside
from toolkit.batch.memory import Memory, own_file, prepare_memory
from toolkit.batch.parts import CorruptPartError, Counts, pack, part_name, unpack
from toolkit.batch.recipe import Recipe, differences, settings_digest
from toolkit.batch.rows import Row, encode
from toolkit.batch.shards import Geometry, cut
from toolkit.batch.stream import Streamed
from toolkit.errors import UsageError
from toolkit.types import Check, Hypothesis


def streamed(count: int, size: int = 100) -> list[Streamed]:
    rows = [Row("f", i + 1, str(i), "x" * size) for i in range(count)]
    return [Streamed(r, encode(r), 10 * (i + 1)) for i, r in enumerate(rows)]


def test_shards_end_at_documents_or_characters() -> None:
    by_count = list(cut(streamed(10), Geometry(4, 10_000)))
    assert [s.items for s in by_count] == [4, 4, 2]
    assert [(s.start, s.end) for s in by_count] == [(0, 40), (40, 80), (80, 100)]
    assert [s.where for s in by_count] == ["f, line 1", "f, line 5", "f, line 9"]
    by_size = list(cut(streamed(10), Geometry(100, 250)))
    assert [s.items for s in by_size] == [3, 3, 3, 1]


def test_a_shard_is_known_by_its_content() -> None:
    one, two = (list(cut(streamed(6), Geometry(3))) for _ in range(2))
    assert [s.key for s in one] == [s.key for s in two]
    changed = streamed(6)
    changed[4] = Streamed(changed[4].item, changed[4].line.replace(b"xx", b"xy", 1), 50)
    other = list(cut(changed, Geometry(3)))
    assert other[0].key == one[0].key
    assert other[1].key != one[1].key


def test_parts_of_other_settings_have_other_names() -> None:
    assert part_name("k", "a") != part_name("k", "b") != part_name("j", "b")


LINES = [b'r{"id":"a"}', b'x{"file":"f"}', b'r{"id":"b\\n="}']


def test_parts_come_back_as_written() -> None:
    counts = Counts(2, 1, 5, 99, {"number/warning": 2}, {"empty": 1}, {"n": ["int", "null"]})
    assert unpack(pack(LINES, counts)) == (LINES, counts)
    assert pack(LINES, counts) == pack(LINES, counts)
    assert unpack(pack([], Counts())) == ([], Counts())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_to_a_part_is_noticed(data: st.DataObject) -> None:
    good = pack(LINES * 20, Counts(40, 20))
    kind = data.draw(st.sampled_from(["cut", "flip", "insert"]))
    at = data.draw(st.integers(0, len(good) - 1))
    if kind == "cut":
        bad = good[:at]
    elif kind == "flip":
        bad = good[:at] + bytes([good[at] ^ (1 << data.draw(st.integers(0, 7)))]) + good[at + 1 :]
    else:
        bad = good[:at] + b"\x00" + good[at:]
    try:
        lines, counts = unpack(bad)
    except CorruptPartError:
        return
    assert (lines, counts) == (LINES * 20, Counts(40, 20))  # a bit that zstd does not use


def entry(position: int, transient: int = 0, end: int | None = None) -> Entry:
    counts = Counts(2, 1, 4, 9, {"x/info": 1}, {"empty": 1}, {"n": ["int"]})
    end = 100 * (position + 1) if end is None else end
    return Entry(position, f"k{position}", f"p{position}", 7, 3, end, transient, counts)


def test_ledger_keeps_shards_and_settings(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.sqlite")
    ledger.put(settings={"a": 1}, bytes=300)
    for position in (1, 0, 2):
        ledger.done(entry(position, transient=position))
    ledger.close()
    ledger = Ledger(tmp_path / "l.sqlite")
    assert ledger.get("settings") == {"a": 1}
    assert ledger.get("nothing") is None
    assert ledger.find(2) == entry(2, transient=2)
    assert ledger.parts() == ["p0", "p1", "p2"]
    assert (ledger.totals().documents, ledger.totals().flags) == (6, {"x/info": 3})
    assert (ledger.transient(), ledger.read_bytes(), ledger.count()) == (3, 300, 3)
    ledger.forget(1)
    assert ledger.find(1) is None
    ledger.forget_from(2)
    assert ledger.parts() == ["p0"]
    ledger.close()


def test_each_shard_counts_its_own_bytes_only(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.sqlite")
    ledger.done(replace(entry(7), start=700))
    assert ledger.read_bytes() == 100
    ledger.done(replace(entry(0), start=0))
    assert ledger.read_bytes() == 200
    assert ledger.find(7) == replace(entry(7), start=700)
    ledger.done(entry(3))  # noted by an earlier version: its start is not known
    assert ledger.read_bytes() == 200
    ledger.close()


def test_ledgers_of_the_first_version_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    ledger = Ledger(path)
    for position in range(3):
        ledger.done(entry(position))
    ledger.put(version=1)
    ledger.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE shards DROP COLUMN start")
    for read_only in (True, False):
        ledger = Ledger(path, read_only=read_only)
        assert ledger.read_bytes() == 300
        ledger.close()
    ledger = Ledger(path)
    ledger.done(replace(entry(5), start=500))
    assert (ledger.find(1), ledger.read_bytes()) == (entry(1), 400)
    ledger.close()


def test_damaged_ledgers_are_noticed_and_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    ledger = Ledger(path)
    for position in range(300):
        ledger.done(entry(position))
    ledger.close()
    good = path.read_bytes()
    for bad in (
        b"nonsense" * 100,
        good[: len(good) // 2],
        good[:4096] + os.urandom(len(good) - 4096),
    ):
        path.write_bytes(bad)
        with pytest.raises(CorruptLedgerError):
            Ledger(path)
    assert put_aside(path).name == "l.sqlite.damaged-1"
    path.write_bytes(b"again")
    assert put_aside(path).name == "l.sqlite.damaged-2"
    assert not path.exists()


def test_memory_gives_back_what_it_was_given(tmp_path: Path) -> None:
    known = {
        "Satu.": Hypothesis("One.", (Check("number", "warning", "why"),)),
        "Dua \ud800.": Hypothesis(""),
    }
    memory = Memory(tmp_path / "sub" / "m.sqlite", "sig")
    memory.store(known)
    assert memory.find(["Satu.", "Tiga.", "Dua \ud800."]) == known
    memory.close()
    assert Memory(tmp_path / "sub" / "m.sqlite", "other").find(["Satu."]) == {}
    assert Memory(None, "sig").find(["Satu."]) == {}


def test_memory_does_not_give_back_what_was_damaged(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    memory = Memory(path, "sig")
    memory.store({"Satu.": Hypothesis("One."), "Dua.": Hypothesis("Two.")})
    memory.close()
    with sqlite3.connect(path) as db:
        db.execute("""UPDATE memory SET value = replace(value, 'One', 'Won')""")
    db.close()
    memory = Memory(path, "sig")
    assert memory.find(["Satu.", "Dua."]) == {"Dua.": Hypothesis("Two.")}
    memory.close()


def damaged_memory(path: Path) -> bytes:
    """Make a memory whose first page has a good header and nothing else that is."""
    memory = Memory(path, "sig")
    memory.store({"Satu.": Hypothesis("One.")})
    memory.close()
    data = path.read_bytes()
    data = data[:100] + b"\xff" * (len(data) - 100)
    path.write_bytes(data)
    return data


def test_a_damaged_memory_is_put_aside_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    for number in (1, 2):
        data = damaged_memory(path)
        if number == 1:
            assert "kept as m.sqlite.damaged-1" in prepare_memory(path)
            assert prepare_memory(path) == ""
        memory = Memory(path, "sig")
        memory.store({"Dua.": Hypothesis("Two.")})
        assert memory.find(["Satu.", "Dua."]) == {"Dua.": Hypothesis("Two.")}
        assert ("kept as m.sqlite.damaged-2" in memory.note) == (number == 2)
        memory.close()
        assert path.with_name(f"m.sqlite.damaged-{number}").read_bytes() == data


@pytest.mark.parametrize("kind", ["text", "database"])
def test_a_file_that_is_no_memory_is_never_touched(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "corpus.jsonl"
    if kind == "text":
        path.write_bytes(b"this is no database" * 500)
    else:
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE notes (text TEXT)")
    data = path.read_bytes()
    with pytest.raises(UsageError, match="no translation memory"):
        prepare_memory(path)
    if kind == "text":
        memory = Memory(path, "sig")
        assert "not used" in memory.note
        assert memory.find(["Satu."]) == {}
    assert path.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir()] == ["corpus.jsonl"]


def test_an_empty_file_becomes_a_memory(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    path.touch()
    assert prepare_memory(path) == ""
    memory = Memory(path, "sig")
    memory.store({"Satu.": Hypothesis("One.")})
    assert memory.find(["Satu."]) == {"Satu.": Hypothesis("One.")}
    memory.close()


def test_the_memory_of_the_cache_is_ours_even_without_its_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = own_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\0" * 4096)
    assert "kept as memory.sqlite.damaged-1" in prepare_memory(path)
    assert not path.exists()


def test_a_memory_that_can_not_be_written_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    memory = Memory(tmp_path / "file" / "m.sqlite", "sig")
    memory.store({"Satu.": Hypothesis("One.")})
    assert memory.find(["Satu."]) == {}
    assert "not used" in memory.note


def test_old_entries_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.batch.memory.MAX_ENTRIES", 10)
    memory = Memory(tmp_path / "m.sqlite", "sig")
    for i in range(25):
        memory.store({f"s{i}": Hypothesis(str(i))})
    found = memory.find([f"s{i}" for i in range(25)])
    assert "s24" in found
    assert "s0" not in found
    assert len(found) <= 11
    memory.close()


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "out"
    atomic.write_bytes(path, b"old")

    def fail() -> None:
        with atomic.writing(path) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_leftovers_of_killed_runs_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".out.123.tmp").write_bytes(b"half")
    (tmp_path / "keep.tmp").write_bytes(b"")
    assert atomic.remove_leftovers(tmp_path) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["keep.tmp"]


def test_settings_name_what_shapes_the_output_and_nothing_else() -> None:
    from toolkit.batch.columns import Columns

    signatures = {"translator": "t"}
    base = Recipe().settings(signatures, Columns(), Geometry())
    same = Recipe(device="cuda", threads=9, memory=Path("x")).settings(
        signatures, Columns(), Geometry()
    )
    assert base == same
    other = Recipe(keep_languages=True).settings({"translator": "u"}, Columns(text="t"), Geometry())
    assert settings_digest(base) != settings_digest(other)
    assert differences(base, other) == [
        "columns text: text → t",
        "keep languages: False → True",
        "translator: t → u",
    ]
