"""Suites: what they say, what is refused, which systems and baselines they stand for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.api import Ringkas
from toolkit.compare import baselines as base
from toolkit.compare.plan import make_plan
from toolkit.compare.suite import load_set, load_suite
from toolkit.compare.systems import baselines, systems, translators
from toolkit.errors import InputError, RingkasError
from toolkit.reading import document_from_text

EVAL = Path(__file__).parent.parent / "eval" / "suites"
HEAD = 'schema = "ringkas.suite/1"\nname = "t"\n'
SET = '[[sets]]\nkind = "folder"\npath = "set"\n'


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "suite.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_product_of_systems_is_spelled_out(tmp_path: Path) -> None:
    text = (
        HEAD
        + SET
        + (
            "[[systems]]\ntranslator = 'echo'\nsummarizer = ['lead', 'ranker']\n"
            "order = ['translate-first', 'summarize-first']\n"
        )
    )
    specs = systems(load_suite(write(tmp_path, text)))
    assert [s.name for s in specs] == [
        "lead, translate-first",
        "lead, summarize-first",
        "ranker, translate-first",
        "ranker, summarize-first",
    ]
    assert len({s.key for s in specs}) == 4


def test_settings_make_translators_and_baselines_of_their_own(tmp_path: Path) -> None:
    text = (
        HEAD
        + "seeds = [1, 2]\n"
        + SET
        + (
            "[[systems]]\nname = 'greedy'\nsettings = {beam_size = 1}\n"
            "[[systems]]\nname = 'beam'\nsettings = {beam_size = 4}\n"
        )
    )
    suite = load_suite(write(tmp_path, text))
    assert len(translators(suite)) == 2
    names = [b.name for b in baselines(suite)]
    assert len(names) == len(set(names)) == 2 * 4
    assert sum(name.startswith("random-3") for name in names) == 4
    assert {b.seed for b in baselines(suite) if b.baseline == "random-3"} == {1, 2}


def test_settings_name_systems_where_nothing_else_does(tmp_path: Path) -> None:
    text = HEAD + SET + "[[systems]]\n[[systems]]\nsettings = {beam_size = 2, guard = false}\n"
    suite = load_suite(write(tmp_path, text))
    assert [s.name for s in systems(suite)] == ["ranker", "ranker, beam_size 2, unguarded"]
    names = [s.name for s in translators(suite)]
    assert names == ["embedded", "embedded, beam_size 2, unguarded"]
    other = "[[systems]]\nsummarizer = 'lead'\nsettings = {beam_size = 2}\n"
    suite = load_suite(write(tmp_path, HEAD + SET + "[[systems]]\n" + other))
    assert [s.name for s in systems(suite)] == ["ranker", "lead"]


def test_a_translator_bears_the_name_of_its_one_system(tmp_path: Path) -> None:
    greedy = "[[systems]]\nname = 'greedy'\nsettings = {beam_size = 1}\n"
    lead = "[[systems]]\nname = 'lead of it'\nsummarizer = 'lead'\n"

    def names(text: str) -> list[str]:
        return [s.name for s in translators(load_suite(write(tmp_path, HEAD + SET + text)))]

    assert names(greedy) == ["greedy"]
    assert names("[[systems]]\n" + greedy) == ["embedded", "greedy"]
    assert names("[[systems]]\n" + lead + greedy) == ["embedded", "greedy"]
    assert names(lead + "[[systems]]\nsettings = {strict = true}\n") == ["embedded"]
    clash = "[[systems]]\n[[systems]]\nname = 'embedded'\nsettings = {beam_size = 2}\n"
    assert names(clash) == ["embedded", "embedded, beam_size 2"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + SET + "[[systems]]\ncolour = 'red'\n", "unknown key 'systems.0.colour'"),
        (HEAD + "colour = 1\n" + SET + "[[systems]]\n", "unknown key 'colour'"),
        (HEAD + SET + "[[systems]]\nsettings = {beam = 2}\n", "'systems.0.settings.beam'"),
        (HEAD + SET + "[[systems]]\nsettings = {beam_size = 0}\n", "greater than or equal to 1"),
        (HEAD + SET + "[[systems]]\norder = 'first'\n", "'systems.0.order"),
        (HEAD + SET, "'systems' is not valid: field required"),
        (HEAD + "[[systems]]\n", "'sets' is not valid"),
        (SET + "[[systems]]\n", "'schema' is not valid"),
        (HEAD + SET + "[[systems]]\nlength = 'huge'\n", "'huge' is not a length"),
        (HEAD + SET + "[[systems]]\n[[systems]]\n", "systems 1 and 2 are the same"),
        (HEAD + SET + "[[systems]]\nname = 'oracle'\n", "a second system is called 'oracle'"),
        (
            HEAD + SET + "[[systems]]\nname = 'x'\nlength = ['short', 'long']\n",
            "leave its name out",
        ),
        (HEAD + SET + "[[systems]]\noptions = {api_key = 'x'}\n", "set RINGKAS_CHAT_KEY"),
        (HEAD + SET + "[[systems]]\ntranslator = []\n", "a list of a system is empty"),
        (HEAD + "seeds = [7, 8, 7]\n" + SET + "[[systems]]\n", "the seed 7 stands there twice"),
        (HEAD + "= 3", "is not TOML"),
        (HEAD.replace('"t"', '"a/b"') + SET + "[[systems]]\n", "'name' is not valid"),
    ],
)
def test_faulty_suites_are_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RingkasError) as caught:
        load_suite(write(tmp_path, text))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["five.toml", "indosum.toml", "abstractive.toml"])
def test_shipped_suites_are_sound(name: str) -> None:
    suite = load_suite(EVAL / name)
    assert {s.baseline for s in baselines(suite)} == {"lead-3", "random-3", "oracle"}
    assert len(systems(suite)) >= 3


def test_five_runs_the_systems_it_must() -> None:
    found = {(s.translator, s.summarizer, s.order) for s in systems(load_suite(EVAL / "five.toml"))}
    assert {
        ("embedded", summarizer, order)
        for summarizer in ("lead", "centrality", "ranker")
        for order in ("translate-first", "summarize-first")
    } <= found


def test_the_larger_set_is_read_from_its_place(shared: Path) -> None:
    suite = load_suite(EVAL / "indosum.toml")
    (entry,) = suite.sets
    loaded = load_set(entry, EVAL.resolve())
    assert len(loaded.documents) == 189
    assert all(d.segments for d in loaded.documents)
    assert sum(bool(d.references) for d in loaded.documents) == 144
    assert shared.is_dir()


def test_an_absent_set_is_told_apart_from_a_faulty_one(tmp_path: Path) -> None:
    suite = load_suite(write(tmp_path, HEAD + SET + "[[systems]]\n"))
    with pytest.raises(FileNotFoundError):
        load_set(suite.sets[0], tmp_path)
    (tmp_path / "set").mkdir()
    with pytest.raises(InputError, match="Can't read manifest"):
        load_set(suite.sets[0], tmp_path)


@pytest.mark.parametrize(
    ("changes", "row", "says"),
    [
        ("name = '../out'", {"references": "One."}, "a set can't be called '../out'"),
        ("", {}, "has nothing to score"),
    ],
)
def test_sets_that_no_run_can_be_made_of_are_refused(
    tmp_path: Path, changes: str, row: dict[str, str], says: str
) -> None:
    (tmp_path / "set").write_text(json.dumps({"id": "a", "text": "Satu dua tiga.", **row}) + "\n")
    text = HEAD + SET.replace("folder", "jsonl") + changes + "\n[[systems]]\ntranslator = 'echo'\n"
    with pytest.raises(InputError, match=says):
        make_plan(load_suite(write(tmp_path, text)), tmp_path)


STORY = "Pasar Pagi Dibuka Lagi\n\n" + "\n\n".join(
    f"Kalimat nomor {i} bercerita tentang pasar yang ramai oleh warga kota." for i in range(1, 9)
)


def test_baselines_choose_as_they_say() -> None:
    document = document_from_text(STORY, id="x", date="2025-05-12")
    story = [s.id for s in document.story_sentences]
    assert base.lead(document) == story[:3]
    drawn = base.draw(document, 1)
    assert len(drawn) == 3
    assert drawn == sorted(drawn)
    assert set(drawn) <= set(story)
    assert base.draw(document, 1) == drawn
    assert len({tuple(base.draw(document, seed)) for seed in range(20)}) > 3


def test_the_oracle_finds_the_references_sentences() -> None:
    sentences = [
        (0, "It rained."),
        (1, "A market opened in town."),
        (2, "Prices of rice fell."),
        (3, "Dogs bark."),
    ]
    assert base.oracle(sentences, ["A market opened in town. Prices of rice fell."]) == [1, 2]
    assert base.oracle(sentences, ["Nothing shared whatever"]) == [0]
    assert base.oracle([], ["x"]) == []
    assert (
        len(base.oracle([(i, f"w{i}") for i in range(20)], [" ".join(f"w{i}" for i in range(20))]))
        == 8
    )


def test_an_unknown_summarizer_is_refused_before_anything_runs(tmp_path: Path) -> None:
    path = tmp_path / "suite.toml"
    text = (EVAL / "five.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('"ranker"]', '"rankr"]'), encoding="utf-8")
    with pytest.raises(InputError, match=r"'rankr', which there is not; did you mean 'ranker'\?"):
        load_suite(path)


def test_a_reranked_system_searches_as_the_command_does(tmp_path: Path) -> None:
    from toolkit.compare.work import Worker

    spec = systems(load_suite(EVAL / "five.toml"))[0]
    worker = Worker(spec, None)
    assert worker.signatures["translator"] == Ringkas()._engine.signature
