"""Rows of the output, and how they are written: JSONL, CSV, Parquet, TMX, TSV; progress."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from tests.helpers import make_document
from toolkit.batch.coalesce import SharedTranslator
from toolkit.batch.engine import Done
from toolkit.batch.exports import PairExporter
from toolkit.batch.models import Opened, Usage, open_models
from toolkit.batch.parts import Counts
from toolkit.batch.process import Processor
from toolkit.batch.progress import Progress, clock
from toolkit.batch.recipe import Recipe
from toolkit.batch.records import reject_line, row_line, translated_text
from toolkit.batch.rows import Reject, Row, encode
from toolkit.batch.shards import Shard
from toolkit.batch.writers import open_writer
from toolkit.types import Check, Hypothesis, Summary, SummarySentence, Translation

DOCUMENT = make_document([["Satu.", "Dua."], ["Tiga."]], title="Judul")
HYPOTHESES = {
    0: Hypothesis("One."),
    1: Hypothesis("Two.", (Check("number", "warning", "w"), Check("repaired", "info", "i"))),
    2: Hypothesis("Three."),
}
TRANSLATION = Translation("doc", HYPOTHESES, Hypothesis("Headline"))
SUMMARY = Summary("Headline", (SummarySentence("One.", (0, 2)),), "lead/1", ("a note",))


def row(carried: dict[str, Any]) -> Row:
    return Row("f.jsonl", 3, "doc", DOCUMENT.text, title="Judul", carried=carried)


def record(carried: dict[str, Any], summary: Summary | None = None) -> tuple[dict, Counts, bytes]:
    counts = Counts()
    line = row_line(row(carried), DOCUMENT, TRANSLATION, summary, counts)
    assert line[:1] == b"r"
    return json.loads(line[1:]), counts, line[1:]


def test_a_row_holds_translation_pairs_and_checks() -> None:
    found, counts, _ = record({"n": 1})
    assert list(found) == [
        "id", "title", "n", "title_translation", "title_checks", "document", "translation",
        "sentences", "flags", "notes", "removed",
    ]  # fmt: skip
    assert found["translation"] == "One. Two.\n\nThree."
    assert found["title_translation"] == "Headline"
    assert found["title_checks"] == []
    assert found["document"] == {"outlet": "", "place": "", "date": ""}
    assert found["flags"] == {"number": 1}
    pair = found["sentences"][1]
    assert DOCUMENT.text[pair["start"] : pair["end"]] == pair["text"] == "Dua."
    assert pair["checks"][0] == {"kind": "number", "severity": "warning", "detail": "w"}
    assert counts == Counts(
        1, 0, 3, len(DOCUMENT.text), {"number/warning": 1, "repaired/info": 1}, {}, {"n": ["int"]}
    )


def test_carried_columns_never_take_the_place_of_ours() -> None:
    found, counts, _ = record({"translation": "mine", "sentences": [1], "source_sentences": "x"})
    assert found["source_translation"] == "mine"
    assert found["source_sentences"] == [1]
    assert found["source_source_sentences"] == "x"
    assert found["translation"].startswith("One.")
    assert list(counts.columns) == [
        "source_translation", "source_sentences", "source_source_sentences",
    ]  # fmt: skip


def test_a_summary_row_holds_its_support() -> None:
    found, _, _ = record({}, SUMMARY)
    assert found["summary"] == {
        "title": "Headline",
        "text": "One.",
        "sentences": [{"text": "One.", "support": [0, 2], "checks": []}],
        "words": 1,
        "notes": ["a note"],
    }
    assert "translation" not in found


def test_paragraphs_stay_as_they_are() -> None:
    document = make_document([["Satu."], ["Dua."]])
    single = make_document([["Satu."], ["Dua."]])
    object.__setattr__(single, "text", document.text.replace("\n\n", "\n "))
    hypotheses = {0: Hypothesis("One."), 1: Hypothesis("Two.")}
    assert translated_text(document, hypotheses) == "One.\n\nTwo."
    assert translated_text(single, hypotheses) == "One.\nTwo."


def written(fmt: str, lines: list[bytes], columns: dict[str, list[str]], task: str) -> bytes:
    buffer = io.BytesIO()
    buffer.close = lambda: None  # type: ignore[method-assign]
    writer = open_writer(fmt, buffer, task, columns)  # type: ignore[arg-type]
    for line in lines:
        writer.write(line)
    writer.close()
    return buffer.getvalue()


def test_csv_has_all_columns_and_json_for_lists() -> None:
    total = Counts()
    lines = []
    for carried in ({"n": 1}, {"tags": ["a", "b"], "ok": True}):
        _, counts, line = record(carried)
        total.add(counts)
        lines.append(line)
    data = written("csv", lines, total.columns, "translate").decode()
    first, second = csv.DictReader(io.StringIO(data, newline=""))
    assert (first["n"], first["tags"], second["tags"]) == ("1", "", '["a","b"]')
    assert second["ok"] == "true"
    assert first["translation"] == "One. Two.\n\nThree."
    assert json.loads(first["sentences"])[2]["translation"] == "Three."


def test_a_spreadsheet_runs_no_formula_of_an_article() -> None:
    carried = {"=a": '=HYPERLINK("http://x")', "b": "-2+3", "c": "  @SUM(1)", "d": -2, "e": "5%"}
    _, counts, line = record(carried)
    data = written("spreadsheet", [line], counts.columns, "translate")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert data.startswith(b"\xef\xbb\xbf")
    assert row["'=a"] == '\'=HYPERLINK("http://x")'
    assert [row[k] for k in "bcde"] == ["'-2+3", "'  @SUM(1)", "-2", "5%"]
    plain = written("csv", [line], counts.columns, "translate").decode()
    assert '=HYPERLINK(""http://x"")' in plain


def test_parquet_types_follow_the_values(tmp_path: Path) -> None:
    total = Counts()
    lines = []
    for carried in ({"n": 1, "m": 1, "o": {"a": 1}}, {"n": 2.5, "m": "x", "big": 2**70}):
        _, counts, line = record(carried)
        total.add(counts)
        lines.append(line)
    path = tmp_path / "a.parquet"
    path.write_bytes(written("parquet", lines, total.columns, "translate"))
    table = pyarrow.parquet.read_table(path)
    assert str(table.schema.field("n").type) == "double"
    assert table.column("m").to_pylist() == ["1", "x"]
    assert table.column("o").to_pylist() == ['{"a":1}', None]
    assert table.column("big").to_pylist() == [None, str(2**70)]
    pairs = table.column("sentences").to_pylist()[0]
    assert pairs[1]["checks"][0]["kind"] == "number"


def test_summaries_are_flat_in_tables(tmp_path: Path) -> None:
    _, counts, line = record({}, SUMMARY)
    path = tmp_path / "a.parquet"
    path.write_bytes(written("parquet", [line], counts.columns, "summarize"))
    (found,) = pyarrow.parquet.read_table(path).to_pylist()
    assert (found["summary"], found["summary_words"]) == ("One.", 1)
    assert found["summary_sentences"] == [{"text": "One.", "support": [0, 2], "checks": []}]
    assert (found["title_checks"], found["document_outlet"]) == ([], "")
    rows = list(csv.DictReader(io.StringIO(written("csv", [line], {}, "summarize").decode())))
    assert rows[0]["summary_title"] == "Headline"
    assert rows[0]["document_date"] == ""


def test_a_carried_column_makes_room_for_the_documents_facts() -> None:
    _, counts, line = record({"document_date": "mine", "document": "too"})
    data = written("csv", [line], counts.columns, "translate").decode()
    (row,) = csv.DictReader(io.StringIO(data, newline=""))
    assert (row["document_date"], row["source_document_date"]) == ("", "mine")
    assert row["source_document"] == "too"


def test_a_carried_column_makes_room_for_the_spread_summary(tmp_path: Path) -> None:
    _, counts, line = record({"summary_words": "mine", "source_summary_words": 7}, SUMMARY)
    data = written("csv", [line], counts.columns, "summarize").decode()
    head = data.splitlines()[0].split(",")
    assert len(set(head)) == len(head)
    (row,) = csv.DictReader(io.StringIO(data, newline=""))
    assert (row["summary_words"], row["source_source_summary_words"]) == ("1", "mine")
    assert row["source_summary_words"] == "7"
    path = tmp_path / "a.parquet"
    path.write_bytes(written("parquet", [line], counts.columns, "summarize"))
    (found,) = pyarrow.parquet.read_table(path).to_pylist()
    assert (found["summary_words"], found["source_source_summary_words"]) == (1, "mine")


def test_tmx_is_well_formed_whatever_the_text_holds() -> None:
    line = json.dumps(
        {
            "id": 'a"<&\x01',
            "sentences": [
                {"id": 0, "text": "A & <b>\x0b", "translation": "\x00B > c", "checks": []},
                {"id": 1, "text": "C", "translation": "", "checks": []},
                {"id": 2, "text": "D", "translation": "E",
                 "checks": [{"kind": "name", "severity": "warning", "detail": ""}]},
            ],
        }
    ).encode()  # fmt: skip
    buffer = io.BytesIO()
    exporter = PairExporter("tmx", buffer)
    exporter.write(line)
    exporter.close()
    root = ET.fromstring(buffer.getvalue())
    units = root.findall("./body/tu")
    assert len(units) == 2
    assert [s.text for s in units[0].iter("seg")] == ["A & <b>", "B > c"]
    assert units[0].get("tuid") == 'a"<&#0'
    assert units[1].findtext("prop") == "name"
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [t.get(lang) for t in units[0].findall("tuv")] == ["id", "en"]


def test_tsv_has_one_line_a_pair() -> None:
    _, _, line = record({})
    buffer = io.BytesIO()
    exporter = PairExporter("tsv", buffer)
    exporter.write(line)
    exporter.close()
    assert buffer.getvalue().decode().split("\n")[2] == "doc\t1\tDua.\tTwo.\tnumber"


def test_rejects_are_counted_by_kind() -> None:
    counts = Counts()
    line = reject_line(Reject("f", 2, "x", "empty", "The text is empty."), counts)
    assert json.loads(line[1:])["line"] == 2
    assert counts.rejected == {"empty": 1}


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def done(documents: int) -> Done:
    counts = Counts(documents=documents, sentences=3 * documents)
    return Done(Shard(0, "", b"", 0, 0, ""), b"", counts, Usage(50, 1, 3))


def test_progress_reckons_share_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("toolkit.batch.progress.time.monotonic", lambda: now[0])
    stream = io.StringIO()
    progress = Progress(1000, stream=stream)
    progress.keep(5, 200)
    now[0] = 105.0
    progress.add(done(10), 200)
    assert stream.getvalue() == ""
    now[0] = 110.5
    progress.tick()
    line = stream.getvalue()
    assert line.startswith("ringkas: batch  40% · 15 documents")
    assert "25% from memory" in line
    assert f"{clock(600 / (200 / 10.5))} left" in line
    assert clock(3725) == "1:02:05"


def test_progress_redraws_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("toolkit.batch.progress.time.monotonic", lambda: now[0])
    monkeypatch.setenv("COLUMNS", "100")
    stream = _Terminal()
    progress = Progress(1000, stream=stream)
    now[0] = 1.0
    progress.add(done(10), 500)
    assert stream.getvalue().startswith("\rbatch  50% ██████░░░░░░")
    assert "\n" not in stream.getvalue()
    progress.clear()
    assert stream.getvalue().endswith("\r")


def test_progress_counts_what_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("toolkit.batch.progress.time.monotonic", lambda: now[0])
    progress = Progress(1000, stream=io.StringIO())
    assert progress.left() is None
    now[0] = 10.0
    progress.underway = 250.0
    assert progress.line().startswith("batch  25% · first documents in work · ")
    assert "/s" not in progress.line()
    assert progress.left() == pytest.approx(30.0)


def test_documents_share_batches_and_get_their_own_results() -> None:
    calls: list[int] = []

    def translate(segments):
        calls.append(len(segments))
        return {s: Hypothesis(s.upper()) for s in segments}

    shared = SharedTranslator("x", "s", translate)

    def work(n: int) -> list[str]:
        texts = [h.text for h in shared.translate([f"a{n}", "b"])]
        for k in range(n % 3):
            texts += [h.text for h in shared.translate([f"c{n}.{k}"])]
        return texts

    results = shared.run(work, list(range(20)), at_once=8)
    assert results[5] == ["A5", "B", "C5.0", "C5.1"]
    assert calls[0] == 9
    assert len(calls) <= 9


def test_the_glossary_is_checked_in_summaries_that_are_written(tmp_path: Path) -> None:
    from tests.helpers import FakeTranslator
    from tests.test_summarize_glossary import GLOSSARY, Writer

    item = Row("f", 1, "a", "Bupati Cirebon membuka pasar ikan baru pada Senin pagi di kota itu.")
    recipe = Recipe(task="summarize", memory=None)
    processor = Processor(recipe, Opened(FakeTranslator(), Writer(), GLOSSARY))
    part = processor.finish(processor.begin(encode(item)))
    assert "glossary/warning" in part.counts.flags
    terms = tmp_path / "terms.tsv"
    terms.write_text("bupati\tregent\tprefer\n")
    opened = open_models(
        Recipe(task="summarize", translator="echo", summarizer="lead", glossary=terms)
    )
    assert opened.glossary is not None


def test_an_error_in_one_document_reaches_the_caller_and_blocks_none() -> None:
    def translate(segments):
        return {s: Hypothesis(s) for s in segments}

    shared = SharedTranslator("x", "s", translate)

    def work(n: int) -> int:
        if n == 2:
            raise ValueError("no")
        shared.translate([str(n)])
        return n

    with pytest.raises(ValueError, match="no"):
        shared.run(work, list(range(5)))
    assert shared.run(work, [0, 1]) == [0, 1]
