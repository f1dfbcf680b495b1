"""The Python interface gives what the command line gives, and refuses what it would refuse."""

from __future__ import annotations

import json
import re
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import toolkit
from toolkit.api import Ringkas, read, render
from toolkit.batch.engine import Resources
from toolkit.batch.recipe import Recipe
from toolkit.cli.main import app
from toolkit.errors import InputError, ModelError, RingkasError, UsageError
from toolkit.metrics import METRICS, Item, open_metric, score
from toolkit.reading import document_from_text
from toolkit.summarize import SUMMARIZERS
from toolkit.summarize.base import Ranked
from toolkit.summarize.pipeline import summarise
from toolkit.translate import TRANSLATORS, open_translator
from toolkit.translate.base import Decoding
from toolkit.translate.guard import GuardedTranslator
from toolkit.types import Document, Length, Translation

SAMPLE = Path(__file__).parent.parent / "eval/samples/banjir-demak.txt"


@pytest.fixture(scope="module")
def ringkas() -> Ringkas:
    return Ringkas()


def _without_time(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    data["run"].pop("seconds")
    return data


def test_a_summary_equals_that_of_the_command(ringkas: Ringkas) -> None:
    options = ["--format", "json", "--length", "short", "--date", "2026-02-04"]
    told = CliRunner().invoke(app, ["summarize", str(SAMPLE), *options])
    assert told.exit_code == 0, told.output
    result = ringkas.summarize(SAMPLE, length="short", order="translate-first", date="2026-02-04")
    assert _without_time(render(result, "json")) == _without_time(told.stdout)
    assert result.summary is not None
    assert result.summary.text in render(result)


def test_a_translation_equals_that_of_the_command(ringkas: Ringkas) -> None:
    told = CliRunner().invoke(app, ["translate", str(SAMPLE), "--format", "json"])
    assert told.exit_code == 0, told.output
    assert _without_time(render(ringkas.translate(SAMPLE), "json")) == _without_time(told.stdout)


def test_text_comes_in_as_a_document(ringkas: Ringkas) -> None:
    document = document_from_text(SAMPLE.read_text(encoding="utf-8"), id="demak", date="2026-02-04")
    result = ringkas.summarize(document, length=Length(1, "sentences"))
    assert result.summary is not None
    assert len(result.summary.sentences) == 1


def test_a_date_given_with_a_document_counts(ringkas: Ringkas) -> None:
    document = document_from_text(SAMPLE.read_text(encoding="utf-8"), id="demak")
    assert ringkas.translate(document, date="2026-02-05").document.date == "2026-02-05"


@pytest.mark.parametrize("source", [None, 3, b"bytes", ["article.txt"]])
def test_what_is_no_article_is_refused(source: Any) -> None:
    with pytest.raises(UsageError, match="document_from_text"):
        read(source)


def test_bad_calls_are_refused_in_one_sentence(ringkas: Ringkas, tmp_path: Path) -> None:
    bad = [
        lambda: ringkas.summarize(SAMPLE, length="huge"),
        lambda: ringkas.summarize(SAMPLE, order="backwards"),  # type: ignore[arg-type]
        lambda: ringkas.summarize(SAMPLE, date="yesterday"),
        lambda: render(ringkas.translate(SAMPLE), "pdf"),
        lambda: Length(0, "words"),
        lambda: Length(5, "chars"),  # type: ignore[arg-type]
        lambda: Decoding(beam_size=0),
        lambda: Resources(workers=0),
        lambda: Recipe(task="summarise"),  # type: ignore[arg-type]
        lambda: open_translator("echo", retries="thorugh"),  # type: ignore[arg-type]
        lambda: open_translator("echo").translate("Halo."),
        lambda: open_translator("echo").translate([None]),  # type: ignore[list-item]
    ]
    for call in bad:
        with pytest.raises(UsageError) as caught:
            call()
        assert "\n" not in str(caught.value)
    with pytest.raises(InputError):
        ringkas.summarize(tmp_path / "absent.txt")


def test_a_summariser_that_writes_nothing_is_an_error() -> None:
    class Silent:
        signature = "silent|1"
        needs_translation = False

        def write(
            self, document: Document, translation: Translation | None, length: Length
        ) -> list[str]:
            return []

    document = document_from_text(SAMPLE.read_text(encoding="utf-8"), id="demak")
    with pytest.raises(RingkasError, match="'silent' wrote nothing"):
        summarise(document, Silent(), open_translator("echo"))


def test_the_package_is_typed() -> None:
    assert (Path(toolkit.__file__).parent / "py.typed").is_file()


def test_the_examples_of_the_docs_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first block as it is; then a translator, a summariser, a metric, each registered."""
    page = (SAMPLE.parents[2] / "docs/python.md").read_text(encoding="utf-8")
    first, *parts = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(first.replace('"article.txt"', repr(str(SAMPLE))), {})
    for name, code, registry in zip(
        ("Gloss", "create", "Shout"), parts, (TRANSLATORS, SUMMARIZERS, METRICS), strict=True
    ):
        module = types.ModuleType(f"example_{name.lower()}")
        module.__dict__["look_up"] = str.upper
        exec(code, module.__dict__)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        key = {"Gloss": "gloss", "create": "newest", "Shout": "shout"}[name]
        monkeypatch.setitem(registry._entries, key, f"{module.__name__}:{name}")
    result = Ringkas("gloss", "newest").summarize(SAMPLE, length="1 sentence")
    assert result.summary is not None
    assert result.summary.sentences[0].text.isupper()
    found = score(open_metric("shout"), [Item("a", "HALO dunia"), Item("b", "abc")])
    assert found.value == pytest.approx(100 * 4 / 13)


def test_segments_may_come_from_a_generator() -> None:
    made = open_translator("echo").translate(s for s in ("Satu.", "Dua."))  # type: ignore[arg-type]
    assert [h.text for h in made] == ["[id] Satu.", "[id] Dua."]


def test_parts_at_fault_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Short:
        name, signature, max_source_tokens = "short", "short:1", 512

        def count_tokens(self, segment: str) -> int:
            return len(segment.split())

        def generate(self, segments: list[str], decoding: Decoding) -> list[str]:
            return ["One."]

    class Beyond:
        name = signature = "beyond"

        def rank(self, document: Document) -> list[Ranked]:
            return [Ranked(999, 1.0)]

    with pytest.raises(ModelError, match="'short' gave 1 instead of a list of 2"):
        GuardedTranslator(Short()).translate(["Satu dua.", "Tiga empat."])
    document = document_from_text(SAMPLE.read_text(encoding="utf-8"), id="demak")
    with pytest.raises(RingkasError, match="'beyond' ranked a sentence 999"):
        summarise(document, Beyond(), open_translator("echo"))
