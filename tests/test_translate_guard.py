"""The guarded translator: order, blanks, repeats, splitting, the retry ladder, signatures."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.glossary import Entry
from toolkit.text.names import Glossary
from toolkit.translate.base import Decoding, Encoded, TokenBackend, Translator
from toolkit.translate.echo import EchoBackend
from toolkit.translate.guard import GuardedTranslator
from toolkit.types import clean_text

SOURCE = "Kepala desa mengatakan jembatan baru, yang panjangnya 120 meter, akan dibuka hari Senin."
GOOD = "The village head said the new bridge, which is 120 metres long, will open on Monday."
LOOP = "The village head said the new bridge the new bridge the new bridge will open."
WRONG = "The village head said the new bridge, which is 210 metres long, will open on Monday."
LEFT = "Kepala desa mengatakan jembatan baru,"
RIGHT = "yang panjangnya 120 meter, akan dibuka hari Senin."


class Script:
    """A token backend (tokens are words) that answers from a script and records its calls."""

    name = "script"
    signature = "script/1"
    max_source_tokens = 100
    long_source_tokens = 40

    def __init__(self, answer: Callable[[str, Decoding], list[str]]) -> None:
        self.answer = answer
        self.unsure_below = self.certainty = 0.0
        self.calls: list[tuple[str, Decoding, int]] = []

    def count_tokens(self, segment: str) -> int:
        return len(segment.split()) + 1

    def generate(self, segments: Sequence[str], decoding: Decoding) -> list[str]:
        return [self.answer(s, decoding)[0] for s in segments]

    def tokenize(self, segments: Sequence[str]) -> list[Encoded]:
        return [Encoded([*s.split(), "</s>"], "☺" if "☺" in s else "") for s in segments]

    def submit(
        self, sources: Sequence[list[str]], decoding: Decoding, *, best: int = 1
    ) -> Script.Work:
        found = []
        for tokens in sources:
            text = " ".join(tokens[:-1])
            self.calls.append((text, decoding, best))
            found.append([h.split() for h in self.answer(text, decoding)[:best]])
        return Script.Work(found, self.certainty)

    def detokenize(self, hypotheses: Sequence[Sequence[str]]) -> list[str]:
        return [" ".join(h) for h in hypotheses]

    class Work:
        def __init__(self, found: list[list[list[str]]], certainty: float) -> None:
            self.found = found
            self.scores = [[certainty] * len(hypotheses) for hypotheses in found]

        def result(self) -> list[list[list[str]]]:
            return self.found


def always(*hypotheses: str) -> Callable[[str, Decoding], list[str]]:
    return lambda _text, _decoding: list(hypotheses)


def test_the_contracts_hold() -> None:
    translator = GuardedTranslator(EchoBackend())
    assert isinstance(translator, Translator)
    assert isinstance(Script(always("")), TokenBackend)


def test_order_blanks_and_repeats() -> None:
    backend = Script(lambda text, _: [f"A good day for {text.lower()}."])
    translator = GuardedTranslator(backend, guard=False)
    found = translator.translate(["Budi", "  ", "Ani", "", "Budi", " Budi \n"])
    assert [h.text for h in found] == [
        *("A good day for budi.", "", "A good day for ani.", ""),
        *("A good day for budi.", "A good day for budi."),
    ]
    assert [text for text, _, _ in backend.calls] == ["Budi", "Ani"]
    assert translator.translate([]) == []


def test_a_clean_sentence_costs_one_search() -> None:
    backend = Script(always(GOOD))
    (found,) = GuardedTranslator(backend).translate([SOURCE])
    assert (found.text, found.checks) == (GOOD, ())
    assert len(backend.calls) == 1


def test_another_hypothesis_of_the_same_search_is_taken_first() -> None:
    backend = Script(always(WRONG, LOOP, GOOD))
    (found,) = GuardedTranslator(backend).translate([SOURCE])
    assert found.text == GOOD
    assert [(c.kind, c.severity) for c in found.checks] == [("retried", "info")]
    assert "number" in found.checks[0].detail
    assert len(backend.calls) == 1


@pytest.mark.parametrize(
    ("certainty", "guard", "unsure"),
    [(-0.9, True, True), (-0.3, True, False), (-0.9, False, False)],
)
def test_the_reader_is_told_what_the_model_was_unsure_of(
    certainty: float, guard: bool, unsure: bool
) -> None:
    backend = Script(always(GOOD))
    backend.unsure_below, backend.certainty = -0.6, certainty
    translator = GuardedTranslator(backend, guard=guard)
    long, short = translator.translate([SOURCE, "Belum jelas."])
    assert [(c.kind, c.severity) for c in long.checks] == [("unsure", "warning")] * unsure
    assert long.text == GOOD, "it is told, nothing else"
    assert not any(c.kind == "unsure" for c in short.checks), "two words say too little"
    assert len(backend.calls) >= 2


def test_a_slip_that_its_neighbour_gives_away_is_read_as_meant_and_told() -> None:
    backend = Script(always("The heads of state met on the oil palm estate."))
    source = "Para kelapa negara bertemu di kebun kepala sawit."
    (found,) = GuardedTranslator(backend).translate([source])
    assert backend.calls[0][0] == "Para kepala negara bertemu di kebun kelapa sawit."
    assert [c.detail for c in found.checks if c.kind == "repaired"] == [
        "The source's 'kelapa negara' was read as 'kepala negara'.",
        "The source's 'kepala sawit' was read as 'kelapa sawit'.",
    ]
    GuardedTranslator(backend, guard=False).translate([source])
    assert backend.calls[-1][0] == source, "without the guard the model gets what stands there"
    backend.calls.clear()
    GuardedTranslator(backend).translate(["Kelapa muda dan kepala desa."])
    assert backend.calls[0][0] == "Kelapa muda dan kepala desa."


def test_a_bound_of_certainty_is_part_of_the_signature() -> None:
    plain, bounded = Script(always(GOOD)), Script(always(GOOD))
    bounded.unsure_below = -0.6
    assert GuardedTranslator(plain).signature != GuardedTranslator(bounded).signature
    bare = [GuardedTranslator(b, guard=False).signature for b in (plain, bounded)]
    assert bare[0] == bare[1], "without the guard nothing is told"


def test_a_loop_is_searched_again_without_repeats() -> None:
    backend = Script(lambda _, d: [GOOD if d.no_repeat_ngram_size else LOOP])
    (found,) = GuardedTranslator(backend).translate([SOURCE])
    assert found.text == GOOD
    assert [d.no_repeat_ngram_size for _, d, _ in backend.calls] == [0, 3]


def test_a_wrong_number_is_tried_in_clauses() -> None:
    answers = {
        SOURCE: WRONG,
        LEFT: "The village head said the new bridge.",
        RIGHT: "Which is 120 metres long, will open on Monday.",
    }
    backend = Script(lambda text, _: [answers[text]])
    (found,) = GuardedTranslator(backend).translate([SOURCE])
    assert found.text == GOOD
    assert not found.flagged


def test_an_error_that_stays_is_tried_with_a_wider_beam_only_where_asked_to_be_thorough() -> None:
    backend = Script(lambda _, d: [GOOD if d.beam_size == 16 else WRONG])
    (found,) = GuardedTranslator(backend, retries="thorough").translate([SOURCE])
    assert found.text == GOOD
    assert [d.beam_size for _, d, _ in backend.calls][-1] == 16
    (kept,) = GuardedTranslator(backend).translate([SOURCE])
    assert kept.text == WRONG
    assert kept.flagged


def test_a_word_left_in_indonesian_alone_starts_no_new_search() -> None:
    text = "Kelima pendaki itu mengalami hipotermia ringan di puncak."
    backend = Script(always("The five climbers suffered mild hypothermia at the puncak itu."))
    (found,) = GuardedTranslator(backend).translate([text])
    assert [c.kind for c in found.checks if c.severity == "warning"] == ["copied"]
    assert len(backend.calls) == 1


def test_the_second_model_comes_last() -> None:
    first, second = Script(always(WRONG)), Script(always(GOOD))
    (found,) = GuardedTranslator(first, fallback=second).translate([SOURCE])
    assert found.text == GOOD
    assert "second model" in found.checks[0].detail
    assert len(second.calls) == 1


def test_the_best_candidate_is_kept_and_flagged() -> None:
    backend = Script(always(LOOP))
    (found,) = GuardedTranslator(backend).translate([SOURCE])
    assert found.text == LOOP
    assert "repetition" in {c.kind for c in found.checks if c.severity == "error"}
    assert len(backend.calls) <= 5


def test_a_missing_name_alone_starts_no_new_search() -> None:
    backend = Script(always("The regent opened the boat race.", "Regent opened a boat race."))
    (found,) = GuardedTranslator(backend).translate(
        ["Bupati Wirasena Pratomo membuka lomba perahu."]
    )
    assert found.flagged
    assert len(backend.calls) == 1


def test_without_the_guard_nothing_is_checked_or_searched_again() -> None:
    backend = Script(always(LOOP, GOOD))
    (found,) = GuardedTranslator(backend, guard=False).translate([SOURCE])
    assert (found.text, found.checks) == (LOOP, ())
    assert [best for _, _, best in backend.calls] == [1]


def test_without_retries_only_the_same_search_is_used() -> None:
    backend = Script(always(WRONG, GOOD))
    (found,) = GuardedTranslator(backend, retries=False).translate([SOURCE])
    assert found.text == GOOD
    backend = Script(always(WRONG))
    (found,) = GuardedTranslator(backend, retries=False, fallback=Script(always(GOOD))).translate(
        [SOURCE]
    )
    assert found.flagged
    assert len(backend.calls) == 1


def test_a_translation_cut_off_is_flagged() -> None:
    backend = Script(always("the " * 12))
    (found,) = GuardedTranslator(backend, Decoding(max_length=12), guard=False).translate(
        ["Hujan."]
    )
    assert [(c.kind, c.severity) for c in found.checks] == [("length", "error")]


def test_a_cut_off_translation_is_tried_again() -> None:
    long = " ".join(f"word{i}" for i in range(40))
    answers = {SOURCE: long, LEFT: f"{GOOD[:38]}.", RIGHT: f"Which{GOOD[43:]}"}
    backend = Script(lambda text, _: [answers[text]])
    (found,) = GuardedTranslator(backend, Decoding(max_length=40)).translate([SOURCE])
    assert found.text == GOOD
    assert not any("cut off" in c.detail for c in found.checks)


def test_an_over_long_sentence_is_split_and_said_to_be() -> None:
    source = ", ".join(f"warga desa nomor {n} menanam pohon mangga" for n in range(1, 20)) + "."
    backend = Script(lambda text, _: [f"{len(text.split())} words."])
    (found,) = GuardedTranslator(backend, guard=False).translate([source])
    parts = [text for text, _, _ in backend.calls]
    assert " ".join(parts) == source
    assert all(len(p.split()) < backend.long_source_tokens for p in parts)
    assert [(c.kind, c.severity) for c in found.checks] == [("length", "info")]
    assert f"in {len(parts)} parts" in found.checks[0].detail


def test_unreadable_characters_are_reported() -> None:
    backend = Script(always("Good morning."))
    (found,) = GuardedTranslator(backend).translate(["Selamat pagi ☺."])
    assert [(c.kind, c.severity) for c in found.checks] == [("symbols", "info")]


def test_the_steps_apart_give_what_translate_gives() -> None:
    backend = Script(lambda text, _: [WRONG if "120" in text else f"It is {text}."])
    translator = GuardedTranslator(backend)
    segments = [SOURCE, "", "Hujan turun.", SOURCE]
    first = translator.prepare(segments)
    second = translator.prepare(segments[::-1])
    translator.start(first)
    translator.start(second)
    assert translator.finish(first) == translator.translate(segments)
    assert translator.finish(second) == translator.translate(segments)[::-1]
    assert first.tokens == sum(map(len, first.sources))


def test_finishing_a_job_that_was_not_started_is_an_error() -> None:
    translator = GuardedTranslator(EchoBackend())
    with pytest.raises(RuntimeError, match="started"):
        translator.finish(translator.prepare(["a"]))


def test_signatures_differ_where_the_output_may() -> None:
    terms = Glossary((Entry("desa", "village", "keep"),))
    signatures = [
        GuardedTranslator(EchoBackend()).signature,
        GuardedTranslator(EchoBackend(), Decoding(beam_size=2)).signature,
        GuardedTranslator(EchoBackend(), guard=False).signature,
        GuardedTranslator(EchoBackend(), retries=False).signature,
        GuardedTranslator(EchoBackend(), glossary=terms).signature,
        GuardedTranslator(EchoBackend(), fallback=Script(always(""))).signature,
        GuardedTranslator(Script(always(""))).signature,
    ]
    assert all(a != b for a, b in itertools.combinations(signatures, 2))
    batch = GuardedTranslator(EchoBackend(), Decoding(batch_tokens=64)).signature
    assert batch == signatures[0]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_echo_gives_one_hypothesis_a_segment_whatever_the_text(segments: list[str]) -> None:
    translator = GuardedTranslator(EchoBackend())
    found = translator.translate(segments)
    assert len(found) == len(segments)
    for segment, hypothesis in zip(segments, found, strict=True):
        assert bool(hypothesis.text) == bool(clean_text(segment))
        assert hypothesis == translator.translate([segment])[0]


def test_thorough_retries_search_again_for_a_lost_name() -> None:
    source = "Menteri bertemu Presiden Rusia Vladimir Putin di Kremlin."
    lost = "The minister met the president at the Kremlin."
    kept = "The minister met Russian President Vladimir Putin at the Kremlin."

    def answer(text: str, decoding: Decoding) -> list[str]:
        return [kept if decoding.beam_size > 4 else lost] if text == source else [text]

    plain = GuardedTranslator(Script(answer))
    thorough = GuardedTranslator(Script(answer), retries="thorough")
    assert plain.translate([source])[0].flagged
    (found,) = thorough.translate([source])
    assert found.text == kept
    assert not found.flagged
    assert plain.signature != thorough.signature
