"""``ringkas summarize`` and ``translate`` as a user calls them: output, flags, exit codes."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.helpers import FakeTranslator
from toolkit.api import Ringkas
from toolkit.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "eval/samples/kereta-pesisir.txt"
ENGLISH = (
    "The harbour authority said on Monday that the new ferry terminal would open in June, after "
    "two years of delays caused by funding disputes between the province and the city council."
)
MALAY = (
    "Perdana Menteri berkata kerajaan akan memperuntukkan RM50 juta bagi membaiki jalan raya di "
    "luar bandar. Beliau berkata projek itu dijangka siap menjelang hujung tahun depan kerana "
    "kontraktor telah dilantik minggu lepas. Menurutnya, pihak polis dan pejabat daerah akan "
    "bekerjasama memastikan lalu lintas lancar sewaktu kerja-kerja dijalankan."
)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def call(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args], input=stdin)


def assert_one_sentence(result: Result, code: int) -> None:
    assert result.exit_code == code, result.output
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("ringkas: ")
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_summary_alone_on_stdout() -> None:
    result = call("summarize", SAMPLE)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("\n") == 1
    assert 50 <= len(result.stdout.split()) <= 100
    for furniture in ("Baca juga", "Museum", "Copyright", "WhatsApp", "Redaksi"):
        assert furniture.lower() not in result.stdout.lower()


def test_json_has_offsets_support_and_signature() -> None:
    data = json.loads(call("summarize", SAMPLE, "--format", "json").stdout)
    raw = SAMPLE.read_text(encoding="utf-8")
    assert data["document"]["date"] == "2026-09-14"
    for sentence in data["sentences"]:
        assert raw[sentence["start"] : sentence["end"]] == sentence["text"]
        assert sentence["translation"]
    assert all(s["support"] for s in data["summary"]["sentences"])
    again = json.loads(call("summarize", SAMPLE, "--format", "json").stdout)
    del data["run"]["seconds"], again["run"]["seconds"]
    assert data == again


@pytest.mark.parametrize("name", ["lead", "centrality", "ranker"])
def test_orders_agree_with_the_embedded_model(name: str) -> None:
    texts = {
        call("summarize", SAMPLE, "-s", name, "--order", order).stdout
        for order in ("translate-first", "summarize-first")
    }
    assert len(texts) == 1


def test_styles_and_sources() -> None:
    bullets = call("summarize", SAMPLE, "--style", "bullets", "--length", "3 sentences")
    assert [line[:2] for line in bullets.stdout.splitlines()] == ["- "] * 3
    headline = call("summarize", SAMPLE, "--style", "headline").stdout
    assert headline.count("\n") == 1
    sources = call("summarize", SAMPLE, "--show-sources").stdout
    assert "    [0] Kereta api lintas pesisir" in sources


def test_translate_keeps_paragraphs() -> None:
    result = call("translate", SAMPLE, "--translator", "echo", "--format", "json")
    data = json.loads(result.stdout)
    assert data["schema"] == "ringkas.translation/1"
    paragraphs = {s["paragraph"] for s in data["sentences"]}
    text = call("translate", SAMPLE, "--translator", "echo").stdout
    assert text.count("\n\n") == len(paragraphs)  # the headline is one block more


def test_stdin_and_output_file(tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    result = call(
        "summarize", "-", "-f", "html", "-o", target, stdin=SAMPLE.read_text(encoding="utf-8")
    )
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [target]


def test_unwritable_output() -> None:
    assert_one_sentence(call("summarize", SAMPLE, "-q", "-o", "/nowhere/at/all.txt"), 3)


BAD_BYTES = {
    "empty": b"",
    "blank": b"\n" * 10_000,
    "png": png(),
    "encoding": b"Pemerintah \x81\x8d\x8f\x90\x9d menaikkan \xff\xfe\xfa harga \x81\x81 beras.",
    "english": ENGLISH.encode(),
    "furniture": b"Baca juga: Harga Cabai Turun\nEditor: Tim Redaksi\nCopyright 2026 Pers\n",
}


@pytest.mark.parametrize("name", list(BAD_BYTES))
def test_bad_input_is_one_sentence_and_exit_3(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_bytes(BAD_BYTES[name])
    assert_one_sentence(call("summarize", path), 3)


def test_missing_file_and_directory(tmp_path: Path) -> None:
    assert_one_sentence(call("summarize", tmp_path / "none.txt"), 3)
    assert_one_sentence(call("summarize", tmp_path), 3)


@pytest.mark.enable_socket
def test_unreachable_url() -> None:
    assert_one_sentence(call("summarize", "http://127.0.0.1:9/berita"), 3)


def test_malay_is_summarised_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "malay.txt"
    path.write_text(MALAY, encoding="utf-8")
    result = call("summarize", path)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()
    assert "Malay" in result.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--length", "0"], 2),
        (["--date", "kemarin"], 2),
        (["--summarizer", "rankr"], 2),
        (["--translator", "no-such-model"], 4),
    ],
)
def test_bad_options(options: list[str], code: int) -> None:
    assert_one_sentence(call("summarize", SAMPLE, *options), code)


def test_unknown_option_and_format_are_usage_errors() -> None:
    assert call("summarize", SAMPLE, "--formt", "json").exit_code == 2
    assert call("summarize", SAMPLE, "--format", "pdf").exit_code == 2


def test_corrupt_model_is_exit_4(tmp_path: Path) -> None:
    import shutil

    from toolkit import config

    broken = tmp_path / "model"
    shutil.copytree(config.embedded_model_dir(), broken, ignore=shutil.ignore_patterns("hf"))
    weights = broken / "model.bin"
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    assert_one_sentence(call("summarize", SAMPLE, "--translator", broken), 4)


def test_one_endless_sentence(tmp_path: Path) -> None:
    words = "pemerintah daerah menyalurkan bantuan beras kepada warga pesisir, dan".split()
    text = " ".join(words[i % len(words)] for i in range(2000)).capitalize() + " selesai."
    path = tmp_path / "long.txt"
    path.write_text(text, encoding="utf-8")
    result = call("summarize", path)
    assert result.exit_code in (0, 3)
    assert "Traceback" not in result.output
    assert result.stderr.strip(), "a summary far over the length is not given silently"


def test_strict_fails_when_a_flag_stands() -> None:
    flagged = call("summarize", SAMPLE, "--format", "json")
    summary = json.loads(flagged.stdout)["summary"]
    checks = [*summary["title_checks"], *(c for s in summary["sentences"] for c in s["checks"])]
    has_flags = any(c["severity"] != "info" for c in checks)
    strict = call("summarize", SAMPLE, "--format", "json", "--strict")
    assert strict.exit_code == (1 if has_flags else 0)
    assert json.loads(strict.stdout)["summary"]


def test_strict_counts_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same summary gives the same exit code, whatever else was translated on the way."""
    lead = "Harga beras naik 12 persen di Jakarta menurut dinas perdagangan."
    other = "Warga membeli ikan asin di pasar setiap pagi dengan harga murah."
    path = tmp_path / "harga.txt"
    path.write_text(f"Harga Beras Naik\n\n{lead} {other}\n", encoding="utf-8")
    fake = FakeTranslator(bad=frozenset([other]))
    monkeypatch.setattr(Ringkas, "_engine", fake)
    one: list[str | Path] = ["summarize", path, "-s", "lead", "-l", "1 sentence", "--strict"]
    for order in ("translate-first", "summarize-first"):
        for form in ("json", "text"):
            assert call(*one, "--order", order, "-f", form).exit_code == 0
    translated = call("translate", path, "--strict")
    assert translated.exit_code == 1
    assert 'error: sentence [1] "Warga membeli ikan asin di …": omission' in translated.stderr
    assert "ringkas: 1 check failed and --strict is set" in translated.stderr
    fake.bad = frozenset(["Harga Beras Naik"])
    assert call(*one).exit_code == 0, "the text does not show the headline"
    assert call(*one, "--style", "headline").exit_code == 2
    assert call("summarize", path, "--style", "headline", "--strict").exit_code == 1
    shown = call(*one, "-f", "json")
    assert shown.exit_code == 1
    assert json.loads(shown.stdout)["summary"]["title_checks"][0]["kind"] == "omission"


@pytest.mark.parametrize(
    "options",
    [
        ["--style", "bullets", "-f", "json"],
        ["--style", "headline", "-f", "json"],
        ["--style", "headline", "--length", "1000 words"],
    ],
)
def test_choices_that_exclude_each_other_are_refused(options: list[str]) -> None:
    assert_one_sentence(call("summarize", SAMPLE, *options), 2)


def test_headline_alone_brings_no_notes_of_a_summary() -> None:
    result = call("summarize", SAMPLE, "--style", "headline", "--show-sources")
    first, second = result.stdout.splitlines()
    assert first
    assert second.startswith("    [headline] ")
    assert "summary" not in result.stderr
    page = call("summarize", SAMPLE, "--style", "bullets", "-f", "html").stdout
    assert "<li><span" in page


def test_provenance_names_translator_engine_and_the_date_given() -> None:
    runs = [
        json.loads(call("summarize", SAMPLE, "-f", "json", *more).stdout)["run"]
        for more in ([], ["--date", "2026-09-14"], ["--date", "2026-09-15"])
    ]
    assert {(r["translator"], r["engine"]) for r in runs} == {("embedded", "ctranslate2")}
    assert len({r["signature"] for r in runs}) == 3
    assert "|date=2026-09-15|" in runs[2]["signature"]


def test_default_path_loads_no_heavy_library() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from toolkit.cli.main import app; "
        f"r = CliRunner().invoke(app, ['summarize', {str(SAMPLE)!r}]); assert r.exit_code == 0, r; "
        "bad = {'torch', 'transformers', 'datasets', 'evaluate', 'ray', 'trafilatura'} "
        "& set(sys.modules); assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_help_imports_next_to_nothing() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from toolkit.cli.main import app; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; "
        "bad = {'ctranslate2', 'numpy', 'pydantic', 'httpx', 'sacrebleu', 'torch'} "
        "& set(sys.modules); assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_glossary_adherence_is_told(tmp_path: Path) -> None:
    terms = tmp_path / "terms.tsv"
    terms.write_text("Padang\tXylonburg\tprefer\n", encoding="utf-8")
    result = call("summarize", SAMPLE, "--glossary", terms)
    assert result.exit_code == 0
    assert "glossary" in result.stderr
    assert "Xylonburg" in result.stderr


def test_reranking_is_the_default_where_it_can_be_and_refused_where_not() -> None:
    def signature(*args: str) -> str:
        result = call("translate", SAMPLE, "--format", "json", "--quiet", *args)
        assert result.exit_code == 0, result.stderr
        return str(json.loads(result.stdout)["run"]["signature"])

    assert signature() == signature("--rerank", "--beam-size", "16")
    assert signature("--no-rerank") == signature("--no-rerank", "--beam-size", "4") != signature()
    assert signature("-t", "echo")
    refused = call("summarize", SAMPLE, "-t", "echo", "--rerank")
    assert refused.exit_code == 2
    assert "does not score its hypotheses" in refused.stderr
