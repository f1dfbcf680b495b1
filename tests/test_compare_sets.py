"""Evaluation sets: what is read, and what is refused with the first fault named."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from toolkit.compare.set_files import load_jsonl, load_tsv, with_originals
from toolkit.compare.sets import load_folder, main
from toolkit.errors import InputError, UsageError

DOCUMENT = "Pasar Baru Dibuka\n\nPasar itu dibuka pada Senin. Warga datang.\n\nHarga turun.\n"
TRANSLATION = (
    "title\tPasar Baru Dibuka\tNew Market Opens\n"
    "0\tPasar itu dibuka pada Senin.\tThe market opened on Monday.\n"
    "1\tWarga datang.\tResidents came.\n"
    "2\tHarga turun.\tPrices fell.\n"
)


def make(folder: Path, **changes: Any) -> Path:
    """A set of one document; ``changes`` replace fields of its entry."""
    (folder / "d").mkdir(parents=True, exist_ok=True)
    (folder / "d/document.txt").write_text(DOCUMENT)
    (folder / "d/a.txt").write_text("A market opened.\n")
    (folder / "d/b.txt").write_text("Residents came to a market.\n")
    (folder / "d/translation.tsv").write_text(TRANSLATION)
    entry = {
        "id": "000",
        "file": "d/document.txt",
        "original": "000_abc.txt",
        "outlet": "Kabar",
        "date": "2025-05-12",
        "references": ["d/a.txt", "d/b.txt"],
        "headline": "A market opens.",
        "translation": "d/translation.tsv",
    }
    entry.update(changes)
    manifest = {
        "schema": "ringkas.set/1",
        "name": "t",
        "source_language": "id",
        "target_language": "en",
        "documents": [entry],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_a_set_is_read_whole(tmp_path: Path) -> None:
    loaded = load_folder(make(tmp_path))
    (document,) = loaded.documents
    assert document.references == ("A market opened.", "Residents came to a market.")
    assert [s.id for s in document.segments] == ["title", "0", "1", "2"]
    assert document.segments[2].target == "Residents came."
    assert len(loaded.digest) == 64
    assert loaded.digest == load_folder(tmp_path).digest


def test_the_digest_follows_every_scored_text(tmp_path: Path) -> None:
    before = load_folder(make(tmp_path)).digest
    (tmp_path / "d/b.txt").write_text("Another reference.\n")
    assert load_folder(tmp_path).digest != before


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "red"}, "unknown key 'documents.0.colour'"),
        ({"date": "2025-02-30"}, "'documents.0.date' is not valid"),
        ({"date": "12 May"}, "must be a date as YYYY-MM-DD"),
        ({"id": "../x"}, "'documents.0.id' is not valid"),
        ({"file": "none.txt"}, "Can't read document"),
        ({"references": ["none.txt"]}, "Can't read reference"),
        ({"references": "d/a.txt"}, "'documents.0.references' is not valid"),
    ],
)
def test_faulty_manifests_are_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        load_folder(make(tmp_path, **changes))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Warga datang.", "Warga pergi.", "segment '1' is not the next text"),
        ("1\tWarga", "4\tWarga", "segment id '4' stands where '1' must stand"),
        ("2\tHarga turun.\tPrices fell.\n", "", "ends 11 characters before the end"),
        ("Residents came.", " ", "line 3: expected id, Indonesian and English"),
        ("\tResidents", " Residents", "line 3: .*found 2 columns"),
    ],
)
def test_a_translation_must_be_the_documents_own(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = make(tmp_path)
    (folder / "d/translation.tsv").write_text(TRANSLATION.replace(old, new))
    with pytest.raises(InputError, match=says):
        load_folder(folder)


def test_twice_the_same_id_and_broken_json(tmp_path: Path) -> None:
    manifest = make(tmp_path) / "manifest.json"
    data = json.loads(manifest.read_text())
    data["documents"] *= 2
    manifest.write_text(json.dumps(data))
    with pytest.raises(InputError, match="'000' stands there twice"):
        load_folder(tmp_path)
    manifest.write_text("{,")
    with pytest.raises(InputError, match="is not JSON"):
        load_folder(tmp_path)


def test_text_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "d/a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match=r"not UTF-8 \(byte 3\)"):
        load_folder(tmp_path)


def test_the_check_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(make(tmp_path))]) == 0
    assert "references: 3, 5" in capsys.readouterr().out
    assert main([str(tmp_path / "d")]) == 3
    assert "manifest.json" in capsys.readouterr().err


def test_the_shipped_set_is_sound() -> None:
    folder = Path(__file__).parent.parent / "eval" / "sets" / "five"
    loaded = load_folder(folder)
    assert [d.id for d in loaded.documents] == ["000", "001", "002", "003", "004"]
    for document in loaded.documents:
        assert len(document.references) == 3
        assert all(60 <= len(r.split()) <= 90 for r in document.references)
        assert 250 <= len(document.text.split()) <= 480
        assert document.segments


def row(**changes: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "outlet": "Kabar",
        "category": "kota",
        "sentences": ["Pasar dibuka.", "Warga datang."],
        "translations": ["A market opened.", "Residents came."],
        "summary_en": "A market opened.",
        "split": "dev",
        **changes,
    }


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    text = "".join(json.dumps(r) + "\n" for r in rows)
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text)
    return path


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.xz"])
def test_articles_are_read_by_split(tmp_path: Path, name: str) -> None:
    path = write_rows(tmp_path / name, row(), row(id="b", split="train"), row(id="c"))
    loaded = load_jsonl(path, "dev")
    assert [d.id for d in loaded.documents] == ["a", "c"]
    first = loaded.documents[0]
    assert first.text == "Pasar dibuka.\n\nWarga datang."
    assert first.references == ("A market opened.",)
    assert first.group == "kota"
    assert len(load_jsonl(path, "dev", limit=1).documents) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": 3}, "line 1: expected an object with a text 'id'"),
        ({"sentences": []}, "neither 'sentences' nor 'text'"),
        ({"translations": ["One."]}, "2 sentences and 1 translations"),
        ({"sentences": ["Satu.", 2]}, "line 1: 'sentences' of article 'a' is no list of texts"),
        ({"references": [["One."]]}, "line 1: 'references' of article 'a' is no list of texts"),
        ({"date": "9 Agustus 2025"}, "line 1: date '9 Agustus 2025' of article 'a' is not YYYY"),
    ],
)
def test_faulty_articles_are_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        load_jsonl(write_rows(tmp_path / "x.jsonl", row(**changes)))


def test_faulty_lines_are_refused(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "x.jsonl", row(), row())
    with pytest.raises(InputError, match="line 2: id 'a' stands there twice"):
        load_jsonl(path)
    with pytest.raises(InputError, match="no article of split 'test'"):
        load_jsonl(path, "test")
    path.write_text("[]\n")
    with pytest.raises(InputError, match="line 1: expected an object"):
        load_jsonl(path, "test")
    path.write_text("{\n")
    with pytest.raises(InputError, match="line 1: not JSON"):
        load_jsonl(path)


def test_sentence_pairs(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("Pasar dibuka.\tA market opened.\nHarga turun.\tPrices fell.\n")
    loaded = load_tsv(path)
    assert [d.id for d in loaded.documents] == ["1", "2"]
    assert loaded.documents[1].segments[0].target == "Prices fell."
    path.write_text("Pasar dibuka.\tA market opened.\nHarga turun.\n")
    with pytest.raises(InputError, match="line 2: expected Indonesian<TAB>English"):
        load_tsv(path)


def test_originals_take_the_documents_place(tmp_path: Path) -> None:
    loaded = load_folder(make(tmp_path / "set"))
    folder = tmp_path / "originals"
    folder.mkdir()
    (folder / "000_zzz.txt").write_text("Pasar lain.\n")
    (folder / "0001.txt").write_text("Bukan ini.\n")
    found, missing = with_originals(loaded, folder)
    assert missing == ()
    assert found.documents[0].text == "Pasar lain.\n"
    assert found.documents[0].segments == ()
    assert found.documents[0].references == loaded.documents[0].references
    (folder / "000.html").write_text("x")
    with pytest.raises(UsageError, match=r"both 000\.html and 000_zzz\.txt fit"):
        with_originals(loaded, folder)
    (folder / "000_abc.txt").write_text("Nama yang tertulis.\n")
    assert with_originals(loaded, folder)[0].documents[0].text == "Nama yang tertulis.\n"


def test_originals_that_fit_nothing_are_refused(tmp_path: Path) -> None:
    loaded = load_folder(make(tmp_path / "set"))
    (tmp_path / "other").mkdir()
    (tmp_path / "other/1.txt").write_text("x")
    with pytest.raises(UsageError, match="no file name begins with a document id"):
        with_originals(loaded, tmp_path / "other")
    with pytest.raises(UsageError, match="is not a folder"):
        with_originals(loaded, tmp_path / "nothing")
