"""Input of a batch job: files and formats, columns, bad rows with their reasons, the stream."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.batch_samples import rows, text, write_jsonl
from toolkit.batch.columns import Columns, make_item
from toolkit.batch.lines import LINE_LIMIT
from toolkit.batch.rows import Item, Reject, Row, decode, encode
from toolkit.batch.sources import find_sources, fingerprint
from toolkit.batch.stream import check_columns, stream
from toolkit.errors import InputError, UsageError
from toolkit.reading import document_from_text


def items(*inputs: Path | str, columns: Columns | None = None, fmt: str = "auto") -> list[Item]:
    sources = find_sources([str(i) for i in inputs], fmt).sources
    return [s.item for s in stream(sources, columns or Columns())]


def reasons(found: list[Item]) -> dict[int, tuple[str, str]]:
    return {i.line: (i.kind, i.reason) for i in found if isinstance(i, Reject)}


def test_jsonl_rows_keep_id_title_and_other_columns(tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "a.jsonl",
        [{"id": 7, "text": text(1), "title": "Panen", "date": "2025-08-09T10:00", "n": 1.5}],
    )
    (row,) = items(path)
    assert row == Row(
        str(path), 1, "7", text(1), title="Panen", date="2025-08-09",
        carried={"date": "2025-08-09T10:00", "n": 1.5},
    )  # fmt: skip


@pytest.mark.parametrize(
    "head", ["sep=;\nid;text\n", "sep=;\r\nid; text\r\n", " id ; text\n", "id;text\n"]
)
def test_headers_as_spreadsheets_write_them(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.csv"
    space = " " * ("; " in head)
    path.write_bytes(f'{head}7;{space}"{text(1)}; lagi"\n'.encode())
    (row,) = items(path)
    assert isinstance(row, Row)
    assert (row.id, row.text) == ("7", f"{text(1)}; lagi")


def test_the_columns_of_a_file_with_semicolons_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id;isi\n7;{text(1)}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"columns: id, isi\)"):
        items(path)


def test_fields_within_fields_are_named_with_the_way_out(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"id": 7, "content": {"body": text(1)}}])
    sources = find_sources([str(path)], "auto").sources
    with pytest.raises(InputError, match=r"jq -c '.text = .content.body'"):
        check_columns(sources, Columns(text="content.body"))


def test_a_date_that_is_a_number_is_not_dropped_in_silence(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"id": 7, "text": text(1), "date": 1754265600}])
    (row,) = items(path)
    assert isinstance(row, Row)
    assert row.date == "1754265600"


def test_ids_that_are_whole_numbers_in_a_column_with_gaps(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    numbers = [1.0, float("nan"), 2.5]
    table = pyarrow.table({"id": numbers, "text": [text(i) for i in range(3)]})
    pyarrow.parquet.write_table(table, path)
    first, second, third = items(path)
    assert (first.id, second.id) == ("1", f"{path}:2")
    assert isinstance(third, Reject)
    assert third.reason == "Column 'id' holds a number with a fraction, not text or a whole number."
    second = items(path, columns=Columns(id="id"))[1]
    assert isinstance(second, Reject)
    assert second.reason == "Column 'id' is empty."
    path = write_jsonl(tmp_path / "a.jsonl", [{"id": ["x"], "text": text(1)}])
    assert reasons(items(path))[1][1] == "Column 'id' holds a list, not text or a whole number."


def test_rows_without_id_are_called_by_file_and_line(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": text(1)}, {"text": text(2)}])
    assert [i.id for i in items(path)] == [f"{path}:1", f"{path}:2"]


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        ("gz", gzip.compress),
        ("zst", lambda b: zstandard.compress(b[:40]) + zstandard.compress(b[40:])),
        ("xz", lzma.compress),
        ("bz2", bz2.compress),
    ],
)
def test_packed_files_read_like_plain_ones(tmp_path: Path, ending: str, pack) -> None:
    plain = write_jsonl(tmp_path / "a.jsonl", rows(20))
    packed = tmp_path / f"b.jsonl.{ending}"
    packed.write_bytes(pack(plain.read_bytes()))
    assert [(i.id, i.line) for i in items(packed)] == [(i.id, i.line) for i in items(plain)]


@pytest.mark.parametrize("ending", ["gz", "zst", "xz", "bz2"])
def test_cut_off_files_end_in_a_reject_and_the_next_file_is_read(
    tmp_path: Path, ending: str
) -> None:
    pack = {
        "gz": gzip.compress, "zst": zstandard.compress, "xz": lzma.compress, "bz2": bz2.compress,
    }[ending]  # fmt: skip
    data = pack("\n".join(json.dumps(r) for r in rows(3000)).encode())
    (tmp_path / f"a.jsonl.{ending}").write_bytes(data[: len(data) * 2 // 3])
    write_jsonl(tmp_path / "b.jsonl", rows(3, start=5000))
    found = items(tmp_path)
    assert [i.id for i in found[-3:]] == ["d5000", "d5001", "d5002"]
    bad = [i for i in found if isinstance(i, Reject)]
    assert bad[0].kind in ("unreadable", "syntax")
    assert bad[-1].kind == "unreadable"
    assert "can't be read after line" in bad[-1].reason or "at all" in bad[-1].reason


def test_each_bad_row_has_its_own_reason_and_the_others_go_on(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": text(1)}).encode(),
        b'{"id": "b", "text": "putus',
        json.dumps({"id": "c", "body": text(1)}).encode(),
        b'{"id": "d", "text": "rusak \xff\xfe"}',
        json.dumps({"id": "e", "text": "  \n "}).encode(),
        json.dumps({"id": "f", "text": "kata " * 210_000}).encode(),
        json.dumps({"id": "a", "text": text(2)}).encode(),
        b"[1, 2]",
        json.dumps({"id": "g", "text": 12}).encode(),
        json.dumps({"id": "h", "text": "x \ud800 y"}).encode(),
        json.dumps({"id": {"x": 1}, "text": text(3)}).encode(),
        b'{"id": "n", "text": "a", "x": NaN}',
        b"[" * 100_000,
        b'{"id": "l", "text": "' + b"z" * LINE_LIMIT + b'"}',
        b"",
        json.dumps({"id": "z", "text": text(4)}).encode(),
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = items(path)
    assert [i.id for i in found if isinstance(i, Row)] == ["a", "z"]
    why = reasons(found)
    assert {n: kind for n, (kind, _) in why.items()} == {
        2: "syntax", 3: "missing", 4: "encoding", 5: "empty", 6: "too-long", 7: "duplicate",
        8: "syntax", 9: "missing", 10: "encoding", 11: "missing", 12: "syntax", 13: "syntax",
        14: "too-long",
    }  # fmt: skip
    assert "columns: 'id', 'body'" in why[3][1]
    assert "0xff" in why[4][1]
    assert "1,050,000 characters" in why[6][1]
    assert "line 1" in why[7][1]
    assert found[-1].line == 16


def test_text_column_may_hold_a_list_of_lines(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"id": "a", "body": ["Satu.", "Dua."]}])
    (row,) = items(path, columns=Columns(text="body"))
    assert isinstance(row, Row)
    assert row.text == "Satu.\nDua."


def test_named_id_and_carried_columns_must_be_there(tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "a.jsonl",
        [{"key": "k", "text": "Satu dua.", "x": 1, "y": 2}, {"text": "Tiga.", "x": 1},
         {"key": "m", "text": "Empat."}],
    )  # fmt: skip
    first, second, third = items(path, columns=Columns(id="key", carry=("x",)))
    assert isinstance(first, Row)
    assert (first.id, first.carried) == ("k", {"x": 1})
    assert isinstance(second, Reject)
    assert "no column 'key'" in second.reason
    assert isinstance(third, Reject)
    assert "no column 'x'" in third.reason


def test_wrong_text_column_is_noticed_before_the_job_starts(tmp_path: Path) -> None:
    jsonl = write_jsonl(tmp_path / "a.jsonl", rows(3))
    table = tmp_path / "a.csv"
    table.write_text("id,isi\n1,x\n")
    parquet = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": [1]}), parquet)
    for path in (jsonl, table, parquet):
        found = find_sources([str(path)])
        with pytest.raises(InputError, match="column 'nope'"):
            check_columns(found.sources, Columns(text="nope"))


def test_csv_fields_may_run_over_lines_and_bad_rows_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"\xef\xbb\xbfid,text,n\r\n"
        b'1,"Satu, dua\r\ntiga",x\r\n'
        b"2,kurang\r\n"
        b'3,"tak ditutup,y\r\n'
        b"4,Empat lima.,z\r\n"
        b"5,rusak \xff,z\r\n"
        b'6,"kutip ""dalam"" teks",z\r\n'
    )
    found = items(path)
    assert {i.id: i.text for i in found if isinstance(i, Row)} == {
        "1": "Satu, dua\ntiga", "4": "Empat lima.", "6": 'kutip "dalam" teks',
    }  # fmt: skip
    why = reasons(found)
    assert {n: k for n, (k, _) in why.items()} == {4: "syntax", 5: "syntax", 7: "encoding"}
    assert "2 fields, the header 3" in why[4][1]
    assert "quote" in why[5][1] or "well-formed" in why[5][1]


def test_csv_with_semicolons_is_recognised_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;text\n1;Satu, dua.\n")
    (row,) = items(path)
    assert isinstance(row, Row)
    assert row.text == "Satu, dua."


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), min_size=1)
        .filter(lambda t: not t.isspace()),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_whatever_is_written_as_csv_or_jsonl_reads_back(tmp_path: Path, texts: list[str]) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["id", "text"])
    writer.writerows([[str(i), t] for i, t in enumerate(texts)])
    table = tmp_path / "t.csv"
    table.write_bytes(buffer.getvalue().encode())
    jsonl = write_jsonl(tmp_path / "t.jsonl", [{"id": i, "text": t} for i, t in enumerate(texts)])
    for path in (table, jsonl):
        found = items(path)
        assert [i.text for i in found if isinstance(i, Row)] == texts


def test_parquet_rows_carry_dates_and_lists_as_json(tmp_path: Path) -> None:
    import datetime

    path = tmp_path / "a.parquet"
    table = pyarrow.table(
        {
            "id": [1, 2], "text": [text(1), None], "day": [datetime.date(2025, 8, 9)] * 2,
            "raw": [b"\x00\x01", b""], "list": [[1, 2], []],
        }
    )  # fmt: skip
    pyarrow.parquet.write_table(table, path)
    first, second = items(path)
    assert isinstance(first, Row)
    assert first.carried == {"day": "2025-08-09", "raw": "AAE=", "list": [1, 2]}
    assert isinstance(second, Reject)
    assert (second.line, second.reason) == (2, "Column 'text' is empty.")


def test_parquet_numbers_that_are_none_are_carried_as_null(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = {"text": [text(1)], "n": [float("nan")], "s": [{"z": float("inf"), "y": 0.5}]}
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    (row,) = items(path)
    assert isinstance(row, Row)
    assert row.carried == {"n": None, "s": {"z": None, "y": 0.5}}
    large = tmp_path / "a.jsonl"
    large.write_text(json.dumps({"text": text(1)})[:-1] + ', "n": 1e999}\n')
    (row,) = items(large)
    assert isinstance(row, Row)
    assert row.carried == {"n": None}


def test_parquet_that_is_damaged_inside_gives_the_rows_before_and_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    count = 1000
    table = pyarrow.table({"text": [text(i) for i in range(count)]})
    pyarrow.parquet.write_table(table, path, row_group_size=250, compression="snappy")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 500] = bytes(b ^ 0x5A for b in data[middle : middle + 500])
    path.write_bytes(data)
    *good, bad = items(path)
    assert 0 < len(good) < count
    assert [row.line for row in good] == list(range(1, len(good) + 1))
    assert isinstance(bad, Reject)
    assert (bad.kind, bad.line) == ("unreadable", len(good) + 1)
    assert f"can't be read after line {len(good)}: " in bad.reason


def test_a_file_that_may_not_be_read_is_a_reject(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", rows(1))
    sources = find_sources([str(path)]).sources

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert fingerprint(sources[0]) == ""
    check_columns(sources, Columns())
    (found,) = (s.item for s in stream(sources, Columns()))
    assert isinstance(found, Reject)
    assert found.kind == "unreadable"
    assert found.reason == "The file can't be read at all: Permission denied."


def test_damaged_parquet_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 nothing")
    with pytest.raises(InputError, match="can't be read as Parquet"):
        check_columns(find_sources([str(path)]).sources, Columns())


@pytest.mark.slow
def test_saved_datasets_are_streamed(tmp_path: Path) -> None:
    import datasets

    datasets.Dataset.from_list(rows(5)).save_to_disk(str(tmp_path / "ds"))
    found = items(f"dataset:{tmp_path / 'ds'}")
    assert [i.id for i in found] == [f"d{i}" for i in range(5)]
    with pytest.raises(InputError, match="can't be opened"):
        items(f"dataset:{tmp_path / 'nowhere'}")


@pytest.mark.slow
def test_a_dataset_that_breaks_off_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datasets

    def broken(*_: object, **__: object) -> Iterator[dict[str, Any]]:
        yield from rows(3)
        raise ConnectionResetError("peer went away\nmore")

    monkeypatch.setattr(datasets, "load_dataset", broken)
    with pytest.raises(InputError, match=r"broke off after row 3 \(peer went away\); the same"):
        items("dataset:owner/name")


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.txt").write_text(text(1))
    (tmp_path / "a.html").write_text("<p>Satu dua tiga.</p>")
    (tmp_path / "c.md").write_text("# Judul\n\nIsi.")
    (tmp_path / "photo.png").write_bytes(b"x")
    (tmp_path / ".hidden.txt").write_text("x")
    found = find_sources([str(tmp_path)])
    assert [Path(s.name).name for s in found.sources] == ["a.html", "z.txt", "c.md"]
    assert [Path(n).name for n in found.skipped] == ["photo.png"]
    assert [i.form for i in items(tmp_path) if isinstance(i, Row)] == ["html", "text", "markdown"]


def test_patterns_lines_and_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Satu.\n\nDua.\n")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "c.txt").write_text("")
    found = items(str(tmp_path / "*.txt"))
    assert [type(i).__name__ for i in found] == ["Row", "Reject", "Reject"]
    lines = items(tmp_path / "a.txt", fmt="lines")
    assert [(i.id, i.line) for i in lines] == [
        (f"{tmp_path / 'a.txt'}:1", 1), (f"{tmp_path / 'a.txt'}:3", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nowhere.jsonl", "does not exist"),
        ("*.nope", "no file matches"),
        ("data.bin", "--input-format"),
    ],
)
def test_inputs_that_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data.bin").write_bytes(b"x")
    with pytest.raises(InputError, match=message):
        find_sources([given])


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", rows(1))
    with pytest.raises(InputError, match="given twice"):
        find_sources([str(path), str(tmp_path)])


def test_fingerprint_follows_content_not_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 3_000_000)
    before = fingerprint(find_sources([str(path)]).sources[0])
    path.touch()
    assert fingerprint(find_sources([str(path)]).sources[0]) == before
    path.write_bytes(b"y" + b"x" * 2_999_999)
    assert fingerprint(find_sources([str(path)]).sources[0]) != before


def test_ids_are_unique_across_files(tmp_path: Path) -> None:
    a = write_jsonl(tmp_path / "a.jsonl", rows(2))
    b = write_jsonl(tmp_path / "b.jsonl", rows(2, start=1))
    found = items(a, b)
    assert isinstance(found[2], Reject)
    assert f"{a}, line 2" in found[2].reason


def test_encoded_items_come_back_equal(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [*rows(3), {"id": "d0", "text": "x"}])
    found = items(path)
    assert list(decode([encode(i) for i in found])) == found


def test_scratch_folder_is_left_clean(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", rows(3))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    list(stream(find_sources([str(path)]).sources, Columns(), scratch))
    assert list(scratch.iterdir()) == []


def test_tsv_is_plain_cells_between_tabs(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    cells = [
        '"Kami siap," kata bupati kepada warga.',
        '"Kutipan ini tidak ditutup, kata warga.',
        'Harga "murah" kata pedagang"',
        '"Semua kalimat ini kutipan."',
        '"',
        '"Ia berkata ""halo"" lalu pulang."',
        '"""Halo,"" katanya."',
        '"Ia berkata ""halo"" lalu" pulang.',
    ]
    path.write_text("id\ttext\n" + "".join(f"{i}\t{c}\n" for i, c in enumerate(cells)))
    unquoted = {5: 'Ia berkata "halo" lalu pulang.', 6: '"Halo," katanya.'}
    found = items(path)
    assert [i.text for i in found if isinstance(i, Row)] == [
        unquoted.get(i, c) for i, c in enumerate(cells)
    ]


def test_quoted_cells_of_a_tsv_row_are_all_well_formed_or_all_plain(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('id\ttext\tnote\n1\t"Ia ""pergi"" tadi."\t"tidak ditutup\n')
    (row,) = items(path)
    assert isinstance(row, Row)
    assert (row.text, row.carried["note"]) == ('"Ia ""pergi"" tadi."', '"tidak ditutup')


def test_a_tsv_with_a_quoted_header_is_csv_with_tabs(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="\t", quoting=csv.QUOTE_ALL)
    texts = ["Satu baris biasa.", "Ada\ttab di sini.", "Dua\nbaris.", '"Halo," katanya.']
    writer.writerows([["id", "text"], *([str(i), t] for i, t in enumerate(texts))])
    path.write_text(buffer.getvalue(), newline="")
    assert [i.text for i in items(path) if isinstance(i, Row)] == texts


def test_tsv_rows_with_other_fields_are_rejected_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('id\ttext\n1\t"Ada\ttab"\n2\n3\tSatu.\n')
    found = items(path)
    assert [type(i).__name__ for i in found] == ["Reject", "Reject", "Row"]
    assert "--input-format csv" in reasons(found)[2][1]
    assert reasons(found)[3][1] == "The row has 1 field, the header 2."
    assert [i.text for i in items(path, fmt="csv") if isinstance(i, Row)] == ["Ada\ttab", "Satu."]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "tsv", "parquet"])
@pytest.mark.parametrize(
    ("columns", "option"),
    [
        (Columns(title="judull"), "--title-column"),
        (Columns(date="tgll"), "--date-column"),
        (Columns(id="kunci"), "--id-column"),
        (Columns(carry=("rank", "topicc")), "--carry"),
    ],
)
def test_a_column_that_is_named_and_not_there_is_refused(
    tmp_path: Path, ending: str, columns: Columns, option: str
) -> None:
    path = tmp_path / f"a.{ending}"
    values = [{"id": f"d{i}", "text": text(i), "rank": i} for i in range(3)]
    if ending == "jsonl":
        write_jsonl(path, values)
    elif ending == "parquet":
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(values), path)
    else:
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, values[0], delimiter="," if ending == "csv" else "\t")
            writer.writeheader()
            writer.writerows({**v, "text": str(v["text"]).replace("\n", " ")} for v in values)
    sources = find_sources([str(path)]).sources
    check_columns(sources, Columns(carry=("rank",)))
    with pytest.raises(InputError, match=f"column '.*{option}"):
        check_columns(sources, columns)


def test_a_column_of_some_of_the_first_rows_will_do(tmp_path: Path) -> None:
    values = rows(3)
    values[2]["judul"] = "Panen"
    path = write_jsonl(tmp_path / "a.jsonl", values)
    check_columns(find_sources([str(path)]).sources, Columns(title="judul"))


PACKERS = {
    "gz": gzip.compress, "zst": zstandard.compress, "xz": lzma.compress, "bz2": bz2.compress,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["", *PACKERS])
def test_standard_input_and_misnamed_files_are_unpacked_by_their_first_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    data = write_jsonl(tmp_path / "plain", rows(5)).read_bytes()
    data = PACKERS[kind](data) if kind else data
    for name in ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst"):
        (tmp_path / name).write_bytes(data)
        assert [i.id for i in items(tmp_path / name)] == [f"d{i}" for i in range(5)]
        with (tmp_path / name).open() as file:
            monkeypatch.setattr("sys.stdin", file)
            assert [i.id for i in items("-")] == [f"d{i}" for i in range(5)]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [i.id for i in items("-")] == [f"d{i}" for i in range(5)]


def test_standard_input_is_looked_at_like_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, message in (
        (b'[\n{"id": 1}\n]', "standard input is a JSON array"),
        (b'{"id": 1, "isi": "x"}\n', "none of the first rows has a column 'text'"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(InputError, match=message):
            items("-")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", "id,text\n1,Satu.\n".encode("utf-16"), "is in UTF-16; save it as UTF-8"),
        ("a.csv", "id,text\n1,Satu.\n".encode("utf-16-le"), "is in UTF-16; save it as UTF-8"),
        ("a.jsonl", '{"text": "Satu."}\n'.encode("utf-16"), "is in UTF-16; save it as UTF-8"),
        ("a.csv", b"id,text\r1,Satu.\r2,Dua.\r", "bare CR line ends"),
        ("a.tsv", b"id\ttext\r1\tSatu.\r", "bare CR line ends"),
        ("a.csv", b"id,text,caf\xe9\n", "the header row is not valid UTF-8"),
        ("a.jsonl", b'[\n {"id": 1, "text": "Satu."}\n]\n', r"JSON array.*jq -c '\.\[\]'"),
        ("a.jsonl", b'[{"id": 1, "text": "Satu."},\n {"id": 2}]', "JSON array"),
        ("a.jsonl", b'[{"id": 1, "text": "Satu."}]', "JSON array"),
        ("a.jsonl", b'{\n "id": 1,\n "text": "Satu."\n}\n', r"over several lines.*jq -c '\.'"),
    ],
)
def test_files_of_another_kind_get_one_sentence_with_the_remedy(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message):
        check_columns(find_sources([str(tmp_path / name)]).sources, Columns())


def test_bytes_that_are_no_utf8_are_named_in_csv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,Bupati minum di caf\xe9 baru.\n2,Dua.\n")
    found = items(tmp_path / "a.csv")
    assert reasons(found) == {
        2: (
            "encoding",
            "The row is not valid UTF-8 (byte 0xe9 after 'Bupati minum di caf'); save the file as "
            "UTF-8.",
        )
    }


def test_damage_in_the_first_lines_of_standard_input_costs_no_row_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"".join(gzip.compress(json.dumps(row).encode() + b"\n") for row in rows(4))
    (tmp_path / "a.jsonl.gz").write_bytes(data[:-12])
    with (tmp_path / "a.jsonl.gz").open() as file:
        monkeypatch.setattr("sys.stdin", file)
        found = items("-")
    assert [i.id for i in found] == [
        i.id if i.id != str(tmp_path / "a.jsonl.gz") else "-"
        for i in items(tmp_path / "a.jsonl.gz")
    ]
    assert [i.id for i in found][:3] == ["d0", "d1", "d2"]
    assert isinstance(found[-1], Reject)
    assert found[-1].kind == "unreadable"
    with pytest.raises(InputError, match="none of the first rows has a column 'isi'"):
        check_columns(find_sources([str(tmp_path / "a.jsonl.gz")]).sources, Columns(text="isi"))


def test_columns_of_files_without_any_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Satu.", encoding="utf-8")
    sources = find_sources([str(tmp_path)]).sources
    check_columns(sources, Columns())
    with pytest.raises(UsageError, match=r"^--text-column isi is for tables"):
        check_columns(sources, Columns(text="isi"))
    (tmp_path / "b.jsonl").write_text('{"isi": "Dua."}\n', encoding="utf-8")
    check_columns(find_sources([str(tmp_path)]).sources, Columns(text="isi"))


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2025-08-07T09:00:00+07:00", "2025-08-07"),
        ("7 Agustus 2025", "2025-08-07"),
        ("kemarin", ""),
    ],
)
def test_a_date_column_is_read_or_noted(written: str, date: str) -> None:
    values = {"text": "Pemerintah membuka jalan baru di desa itu.", "date": written}
    row = make_item(values, "a.jsonl", 1, Columns())
    assert isinstance(row, Row)
    document = document_from_text(row.text, id="x", date=row.date)
    assert document.date == date
    assert any("is no date that Ringkas can read" in n for n in document.notes) is not bool(date)
