"""Seq2seq summarisers on tiny random checkpoints: engines agree, nothing is truncated, lengths."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.chat_fixture import make_seq2seq
from tests.helpers import make_document
from tests.marian_fixture import ENGLISH, INDONESIAN
from toolkit.errors import InputError, ModelError, UsageError
from toolkit.summarize.base import Abstractive
from toolkit.summarize.engines import (
    Bounds,
    CTranslate2Engine,
    Output,
    Search,
    TransformersEngine,
)
from toolkit.summarize.pipeline import open_summarizer
from toolkit.summarize.sections import sections
from toolkit.summarize.seq2seq import Seq2SeqSummarizer, create, trim
from toolkit.summarize.seq2seq_model import Checkpoint, open_checkpoint
from toolkit.types import Document, Hypothesis, Length, Translation

KINDS = ("bart", "pegasus", "t5", "mt5", "mbart")
STORY = make_document([INDONESIAN[i : i + 3] for i in range(0, 15, 3)], title="Kabar Desa")
TRANSLATION = Translation("doc", {i: Hypothesis(t) for i, t in enumerate(ENGLISH)})


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Folders of tiny checkpoints by kind, each made when first asked for."""
    base = tmp_path_factory.mktemp("seq2seq")
    made: dict[str, Path] = {}

    def get(kind: str) -> Path:
        if kind not in made:
            made[kind] = make_seq2seq(base / kind, kind)
        return made[kind]

    return get


# -- engines ---------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_both_engines_give_the_same_text(kind: str, checkpoints: Any) -> None:
    """Beam search with and without forbidden n-grams, with and without a shortest length."""
    model = open_checkpoint(checkpoints(kind))
    ids = [model.encode(t) for t in [*ENGLISH[:2], *INDONESIAN[:2]]]
    reference = TransformersEngine(model, Search(), device="cpu", batch_tokens=512)
    fast = CTranslate2Engine(
        model, Search(), device="cpu", batch_tokens=512, quantization="float32"
    )
    cases = (
        (Search(1), Bounds(1, 24)),
        (Search(4), Bounds(12, 20)),
        (Search(4, 2.0, 3), Bounds(1, 24)),
    )
    for search, bounds in cases:
        reference._search = fast._search = search
        assert fast.generate(ids, bounds) == reference.generate(ids, bounds), (search, bounds)


@pytest.mark.slow
def test_led_runs_on_transformers_and_reads_beyond_its_window(checkpoints: Any) -> None:
    made = create(model=str(checkpoints("led")))
    assert isinstance(made.engine, TransformersEngine)
    assert made.room == 256
    assert made.write(STORY, TRANSLATION, Length(30, "words"))
    with pytest.raises(ModelError, match="can't be converted"):
        create(model=str(checkpoints("led")), engine="ctranslate2")


def test_a_text_alone_and_in_company_gives_the_same(checkpoints: Any) -> None:
    model = open_checkpoint(checkpoints("t5"))
    ids = [model.encode(t) for t in ENGLISH[:6]]
    engine = CTranslate2Engine(model, Search(2), device="cpu", batch_tokens=4096)
    together = engine.generate(ids, Bounds(1, 24))
    assert together == [engine.generate([i], Bounds(1, 24))[0] for i in ids]


def test_the_conversion_is_kept_and_the_signature_names_the_weights(
    checkpoints: Any, tmp_path: Path
) -> None:
    folder = checkpoints("t5")
    first = create(model=str(folder))
    from toolkit import config

    kept = list((config.cache_home() / "ctranslate2").iterdir())
    assert len(kept) == 1
    stamp = (kept[0] / "model.bin").stat().st_mtime_ns
    assert create(model=str(folder)).signature == first.signature
    assert (kept[0] / "model.bin").stat().st_mtime_ns == stamp
    assert "ctranslate2:" in first.signature
    other = make_seq2seq(tmp_path / "other", "t5", seed=9)
    assert create(model=str(other)).signature != first.signature
    assert create(model=str(folder), prefix="sum: ").signature != first.signature
    assert create(model=str(folder), beam_size=2).signature != first.signature
    assert create(model=str(folder), quantization="float32").signature != first.signature


def test_languages_of_a_multilingual_checkpoint(checkpoints: Any) -> None:
    folder = checkpoints("mbart")
    model = open_checkpoint(folder)
    assert model.target_lang == "en_XX"
    assert model.forced_start == [model.tokenizer.convert_tokens_to_ids("en_XX")]
    assert not model.starts_with_language
    assert open_checkpoint(folder, target_lang="id_ID").target_lang == "id_ID"
    with pytest.raises(ModelError, match="knows no language 'fr_XX'"):
        open_checkpoint(folder, target_lang="fr_XX")


def test_what_is_no_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="No model was named"):
        open_summarizer("seq2seq")
    with pytest.raises(ModelError, match=r"has no config\.json"):
        create(model=str(tmp_path))
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="can't be loaded"):
        create(model=str(tmp_path))
    with pytest.raises(ModelError, match="no model 'nowhere'"):
        create(model="nowhere")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="not on this machine and the hub can't be reached"):
        create(model="somebody/some-model")
    with pytest.raises(UsageError, match="Unknown engine 'abacus'"):
        create(model="x", engine="abacus")  # type: ignore[arg-type]


# -- the summariser --------------------------------------------------------------------------


def test_from_a_spec_to_sentences(checkpoints: Any) -> None:
    made = open_summarizer(f"seq2seq:{checkpoints('t5')}")
    assert isinstance(made, Abstractive)
    assert made.needs_translation
    first = made.write(STORY, TRANSLATION, Length(20, "words"))
    assert first == made.write(STORY, TRANSLATION, Length(20, "words"))
    with pytest.raises(UsageError, match="reads a translation"):
        made.write(STORY, None, Length(20, "words"))


def test_cross_lingual_reads_indonesian(checkpoints: Any) -> None:
    made = open_summarizer(f"cross-lingual:{checkpoints('mt5')}")
    assert isinstance(made, Seq2SeqSummarizer)
    assert made.name == "cross-lingual"
    assert not made.needs_translation
    made.write(STORY, None, Length(20, "words"))
    assert "|indonesian|" in made.signature


@dataclass
class Recorder:
    """An engine that notes what it is given and answers as it is told."""

    model: Checkpoint
    answers: Any
    texts: list[str] = field(default_factory=list)
    bounds: list[Bounds] = field(default_factory=list)
    calls: int = 0
    signature: str = "recorder"

    def generate(self, sources: Sequence[Sequence[int]], bounds: Bounds) -> list[Output]:
        self.calls += 1
        out = []
        for ids in sources:
            self.texts.append(self.model.decode(ids))
            self.bounds.append(bounds)
            out.append(self.answers(self.texts[-1], bounds))
        return out


def recorded(folder: Path, answers: Any, **more: Any) -> tuple[Seq2SeqSummarizer, Recorder]:
    model = open_checkpoint(folder)
    recorder = Recorder(model, answers)
    return Seq2SeqSummarizer(model, recorder, **more), recorder


def long_story(count: int) -> tuple[Document, Translation]:
    story = make_document([[f"Kalimat ke-{i}."] for i in range(count)])
    english = {i: Hypothesis(f"Report number {i} speaks of rain.") for i in range(count)}
    return story, Translation("doc", english)


def test_every_word_of_a_long_document_is_read_once(checkpoints: Any) -> None:
    made, recorder = recorded(checkpoints("t5"), lambda t, b: Output("Rain fell.", cut=False))
    story, translation = long_story(60)
    made.write(story, translation, Length(40, "words"))
    seen = [int(n) for text in recorder.texts for n in re.findall(r"number (\d+)", text)]
    assert seen == list(range(60))
    assert len(recorder.texts) > 2
    assert all(len(made.model.encode(t)) <= made.room for t in recorder.texts)


def test_sections_that_say_too_much_are_merged(checkpoints: Any) -> None:
    def answers(text: str, bounds: Bounds) -> Output:
        if "Section" in text:
            return Output("All in all it rained.", cut=False)
        number = re.findall(r"number (\d+)", text)[0]
        return Output(f"Section {number} says that there was a lot of rain.", cut=False)

    made, recorder = recorded(checkpoints("t5"), answers)
    story, translation = long_story(60)
    assert made.write(story, translation, Length(12, "words")) == ("All in all it rained.",)
    assert "Section 0" in recorder.texts[-1]


def test_a_cross_lingual_model_is_not_fed_its_own_english(checkpoints: Any) -> None:
    def answers(text: str, bounds: Bounds) -> Output:
        number = re.findall(r"ke-(\d+)", text)[0]
        return Output(f"First of {number} is here. Second of {number} is here.", cut=False)

    made, recorder = recorded(checkpoints("mt5"), answers, source="indonesian")
    story, _ = long_story(120)
    written = made.write(story, None, Length(3, "sentences"))
    assert len(written) == 3
    assert all(s.startswith("First of") for s in written), "each section's first sentence first"
    assert all("Kalimat" in t for t in recorder.texts)


def test_lengths_become_bounds(checkpoints: Any) -> None:
    made, recorder = recorded(checkpoints("t5"), lambda t, b: Output("Rain fell.", cut=False))
    short = make_document([["a"]])
    text = Translation("doc", {0: Hypothesis(" ".join(ENGLISH[:6]))})
    made.write(short, text, Length(10, "words"))
    made.write(short, text, Length(30, "words"))
    made.write(short, text, Length(1, "sentences"))
    ten, thirty, one = recorder.bounds[:3]
    assert ten.most < thirty.most
    assert ten.least < ten.most
    assert ten.least <= thirty.least
    assert one.most > ten.most
    tiny = Translation("doc", {0: Hypothesis("Rain.")})
    made.write(short, tiny, Length(30, "words"))
    assert recorder.bounds[-1].least <= len(made.model.encode("Rain.")) // 2


def test_a_checkpoint_that_writes_short_gets_more_sections(
    checkpoints: Any, tmp_path: Path
) -> None:
    import shutil

    folder = tmp_path / "short"
    shutil.copytree(checkpoints("t5"), folder)
    path = folder / "generation_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    path.write_text(json.dumps({**settings, "max_length": 40}), encoding="utf-8")
    made, recorder = recorded(folder, lambda t, b: Output("Rain fell.", cut=False))
    usual, plain = recorded(checkpoints("t5"), lambda t, b: Output("Rain fell.", cut=False))
    story, translation = long_story(10)
    made.write(story, translation, Length(60, "words"))
    usual.write(story, translation, Length(60, "words"))
    assert len(recorder.texts) > len(plain.texts)
    assert all(b.least <= 40 * 2 // 3 for b in recorder.bounds)


def test_a_cut_sentence_gets_more_room_or_says_so(checkpoints: Any) -> None:
    def once(text: str, bounds: Bounds) -> Output:
        first = recorder.calls == 1
        return Output("The rain" if first else "The rain fell all day.", cut=first)

    made, recorder = recorded(checkpoints("t5"), once)
    story, translation = long_story(2)
    assert made.write(story, translation, Length(10, "words")) == ("The rain fell all day.",)
    assert recorder.bounds[1].most > recorder.bounds[0].most
    never, _ = recorded(checkpoints("t5"), lambda t, b: Output("The rain", cut=True))
    assert never.write(story, translation, Length(10, "words")) == ("The rain …",)
    two, _ = recorded(checkpoints("t5"), lambda t, b: Output("It rained. The ri", cut=True))
    assert two.write(story, translation, Length(10, "words")) == ("It rained.",)


def test_many_documents_share_calls(checkpoints: Any) -> None:
    made, recorder = recorded(checkpoints("t5"), lambda t, b: Output("Rain fell.", cut=False))
    story, translation = long_story(3)
    empty = make_document([])
    written = made.write_many(
        [story, empty, story],
        [translation, Translation("doc", {}), translation],
        Length(9, "words"),
    )
    assert written == [("Rain fell.",), (), ("Rain fell.",)]
    assert recorder.calls == 1


def test_prefix_and_environment(checkpoints: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made, recorder = recorded(
        checkpoints("t5"), lambda t, b: Output("Rain.", cut=False), prefix="summarize: "
    )
    story, translation = long_story(2)
    made.write(story, translation, Length(9, "words"))
    assert recorder.texts[0].startswith("summarize: Report number 0")
    monkeypatch.setenv("RINGKAS_SEQ2SEQ_PREFIX", "tl;dr: ")
    monkeypatch.setenv("RINGKAS_SEQ2SEQ_ENGINE", "transformers")
    from_environment = create(model=str(checkpoints("t5")))
    assert from_environment.prefix == "tl;dr: "
    assert isinstance(from_environment.engine, TransformersEngine)


def test_a_word_longer_than_the_model_is_told(checkpoints: Any) -> None:
    made, _ = recorded(checkpoints("t5"), lambda t, b: Output("x", cut=False))
    text = Translation("doc", {0: Hypothesis("x" * 2000)})
    with pytest.raises(InputError, match="holds a word that is longer"):
        made.write(make_document([["a"]]), text, Length(9, "words"))


# -- trimming and sections -------------------------------------------------------------------


def test_trimming_takes_turns_and_keeps_order() -> None:
    parts = [["A one.", "A two."], ["B one.", "B two."], ["A one."]]
    assert trim(parts, Length(2, "sentences")) == ("A one.", "B one.")
    assert trim(parts, Length(3, "sentences")) == ("A one.", "A two.", "B one.")
    assert trim(parts, Length(9, "sentences")) == ("A one.", "A two.", "B one.", "B two.")
    assert trim(parts, Length(4, "words")) == ("A one.", "B one.")
    assert trim([["A very long sentence that is over."]], Length(1, "words"))
    assert trim([], Length(3, "words")) == ()


words = st.text(alphabet="abc", min_size=1, max_size=6)
paragraphs = st.lists(st.lists(st.lists(words, max_size=6).map(" ".join), max_size=4), max_size=6)


@given(paragraphs, st.integers(min_value=8, max_value=40))
def test_sections_hold_every_word_in_order_and_fit(
    given_paragraphs: list[list[str]], room: int
) -> None:
    made = sections(given_paragraphs, len, room)
    assert all(len(s) <= room for s in made)
    original = [w for p in given_paragraphs for s in p for w in s.split()]
    assert [w for s in made for w in s.split()] == original


def test_sections_are_few_and_alike_and_cut_at_paragraphs() -> None:
    ten = [["x" * 9]] * 10
    made = sections(ten, len, 50)
    assert [len(s.split()) for s in made] == [4, 3, 3] or [len(s.split()) for s in made] == [
        4,
        4,
        2,
    ]
    assert sections([["a b", "c"], ["d"]], len, 50) == ["a b c\n\nd"]
    assert sections([["one two", "three"], ["four"]], len, 9) == ["one two", "three", "four"]
