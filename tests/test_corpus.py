"""Corpus preparation: normalisation, filters, dev overlap, variants, vocabulary, packs."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.corpus import clean, filters, pack, vocabulary
from scripts.corpus.__main__ import main
from scripts.corpus.characters import (
    NORMALISE,
    SOURCE_NORMALISE,
    model_form,
    normalise,
    repair_double_encoding,
)
from scripts.corpus.sources import digest, licence_stated, press_sources, read_pairs, read_sources
from scripts.corpus.variants import foreign, headline, misspelt, to_english, vary

PAIRS = [
    ("Bupati membuka pasar ikan di pelabuhan itu pada Senin (12/7).",
     "The regent opened the fish market in the port on Monday (July 12)."),
    ("Sebanyak 1.250 nelayan menerima bantuan jaring dari pemerintah.",
     "As many as 1,250 fishermen received nets from the government."),
    ("Harga cabai naik 37,5 persen sejak awal bulan di tiga kota.",
     "The price of chillies has risen 37.5 percent since the start of the month in three cities."),
    ("Hujan deras membuat jalan utama desa tergenang air.",
     "Heavy rain left the main road of the village under water."),
]  # fmt: skip


def write_sources(folder: Path, sources: dict[str, tuple[str, str, list[tuple[str, str]]]]) -> None:
    """A data folder: name → (domain, licence, pairs)."""
    parallel = folder / "parallel"
    parallel.mkdir(parents=True)
    rows = ["name\tpairs\tdomain\torigin\tlicence\tsource"]
    for name, (domain, licence, pairs) in sources.items():
        rows.append(f"{name}\t{len(pairs)}\t{domain}\thuman\t{licence}\there")
        with lzma.open(parallel / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.writelines(f"{a}\t{b}\n" for a, b in pairs)
    (parallel / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "dev").mkdir()


def test_normalise_makes_quotes_plain_and_repairs_double_encoding() -> None:
    assert normalise("“Kami\u00a0siap,”  kata\u200bnya…") == '"Kami siap," katanya...'
    broken = "Kafé “Rasa”".encode().decode("cp1252", errors="ignore")
    assert repair_double_encoding("KafÃ©") == "Kafé"
    assert repair_double_encoding("Âkosong") == "Âkosong"
    assert "Ã" in broken


@given(st.text())
def test_normalise_is_idempotent_on_text_without_double_encoding(text: str) -> None:
    if any(m in text for m in "ÃÂâ"):
        return
    once = normalise(text)
    assert normalise(once) == once
    assert not set(once) & set(NORMALISE)


@pytest.mark.parametrize("text", ['"Kami siap," katanya.', "“Siap”, kata “dia”…", "tanpa kutip"])
def test_the_cards_map_gives_what_the_encoder_was_trained_on(text: str) -> None:
    mapped = "".join(SOURCE_NORMALISE.get(c, c) for c in text)
    assert " ".join(mapped.split()) == model_form(normalise(text))


def test_headlines_keep_small_words_small_and_leave_long_sentences_out() -> None:
    assert headline("Harga cabai naik di Jakarta dan Bogor.", "Chilli prices rise in Bogor.") == (
        "Harga Cabai Naik di Jakarta dan Bogor",
        "Chilli Prices Rise in Bogor",
    )
    assert headline("kata " * 20, "word " * 20) is None
    assert headline('"Kami siap," kata dia kemarin', '"We are ready," he said') is None


@pytest.mark.parametrize(
    ("check", "pair"),
    [
        (filters.empty, ("...", "Yes.")),
        (filters.identical, ("Bank Indonesia!", "bank indonesia")),
        (filters.length_ratio, ("Ya.", "The regent opened the market and spoke at length.")),
        (filters.few_letters, ("12 345 678 / 9", "12 345 678 / 9 a")),
        (filters.number_mismatch, ("Ada 45 kapal, 99 orang.", "There are 54 ships, 89 people.")),
        (filters.sentence_count, ("Satu. Dua. Tiga.", "One only.")),
        (filters.wrong_language, ("The men were in the house for the night", "Mereka di rumah")),
        (filters.markup, ("Klik <b>di sini</b>", "Click <b>here</b>")),
        (filters.double_encoded, ("KatanyaÃ‚", "He said")),
    ],
)
def test_each_filter_drops_its_fault_and_keeps_good_pairs(
    check: filters.Filter, pair: tuple[str, str]
) -> None:
    assert check(*pair)
    assert not any(check(*good) for good in PAIRS)


def test_numbers_compare_across_separators() -> None:
    assert filters.numbers("Rp1.250.000,50 dan 37,5") == filters.numbers("Rp 1,250,000.50, 37.5")


def test_dev_overlap_catches_whole_segments_and_long_runs_on_either_side() -> None:
    overlap = clean.DevOverlap([PAIRS[0][0], PAIRS[2][1]])
    assert overlap(filters.key(PAIRS[0][0].upper() + "!"))
    assert overlap(filters.key("He said: " + PAIRS[2][1]))
    assert not overlap(filters.key(PAIRS[1][0]))


def test_build_counts_every_pair_and_reason(tmp_path: Path) -> None:
    news = [*PAIRS, PAIRS[1], ("Sama saja", "Sama saja"), ("", "Nothing")]
    write_sources(
        tmp_path,
        {"warta": ("news", "CC BY 4.0", news), "kabar": ("prose", "none stated", PAIRS[:2])},
    )
    (tmp_path / "dev" / "x-dev.tsv").write_text("\t".join(PAIRS[3]) + "\n", encoding="utf-8")
    sources = read_sources(tmp_path / "parallel")
    manifest = clean.build(sources, tmp_path, tmp_path / "clean")
    rows = manifest["sources"]
    assert isinstance(rows, dict)
    counts = rows["warta"]["counts"]
    assert counts == {"read": 7, "kept": 3, "dev_overlap": 1, "duplicate": 1, "empty": 1,
                      "identical": 1}  # fmt: skip
    assert rows["kabar"]["counts"] == {"read": 2, "duplicate": 2}
    assert rows["warta.varied"]["counts"]["kept"] > 0
    assert PAIRS[3][0] not in (tmp_path / "clean" / "warta.tsv").read_text(encoding="utf-8")
    stated = clean.build(sources, tmp_path, tmp_path / "stated", only_stated=True)["sources"]
    assert isinstance(stated, dict)
    assert "left_out" in stated["kabar"]
    assert not (tmp_path / "stated" / "kabar.tsv").exists()


@pytest.mark.parametrize(
    ("licence", "stated"),
    [("CC BY 4.0", True), ("", False), ("none stated (upstream)", False), ("MIT", True),
     ("no licence file in repo", False)],
)  # fmt: skip
def test_licence_stated(licence: str, stated: bool) -> None:
    assert licence_stated("any", licence) is stated


def test_variants_change_both_sides_alike() -> None:
    draw = random.Random(3)
    for _ in range(50):
        made = vary(*PAIRS[1], draw)
        assert made is not None
        number = made[0].split()[1]
        assert to_english(number) == made[1].split()[3]
        made = vary(*PAIRS[0], draw)
        assert made is not None
        day, month = made[0].split("(")[1].split(")")[0].split("/")
        months = "January February March April May June July August September October November"
        name = [*months.split(), "December"][int(month) - 1]
        short = {"September": "Sept."}.get(name, f"{name[:3]}.")
        assert any(f"({form} {day})" in made[1] for form in (name, short))
    assert vary(*PAIRS[3], draw) is None


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_number_forms_turn_over_exactly(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    indonesian = english.translate(str.maketrans(".,", ",."))
    assert to_english(indonesian) == english


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vocabulary")
    texts = [side for pair in PAIRS for side in pair] * 3
    vocabulary.train(texts, folder, size=400, threads=1)
    return folder


def test_vocabulary_loses_no_character_and_splits_digits(trained: Path) -> None:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(trained / "source.spm"))
    for text in ("Kafé Zürich £600 漢字 😀", "Sebanyak 1.250 nelayan"):
        assert processor.decode(processor.encode(text)) == text
    pieces = processor.encode("tahun 2025 dan 1.250", out_type=str)
    assert all(len(p.strip("▁")) == 1 for p in pieces if any(c.isdigit() for c in p))
    assert processor.encode("“Kami”") == processor.encode('"Kami"')
    table = json.loads((trained / "vocab.json").read_text(encoding="utf-8"))
    assert table["</s>"] == 0
    assert table["<unk>"] == 1
    assert table["<pad>"] == len(table) - 1 == processor.get_piece_size()
    assert set(vocabulary.TAGS) < set(table)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder with a small vocabulary without byte fallback."""
    import sentencepiece

    base = tmp_path / "base"
    base.mkdir()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([side for pair in PAIRS for side in pair] * 3),
        model_prefix=str(base / "m"), vocab_size=150, eos_id=0, unk_id=1, bos_id=-1, pad_id=-1,
        hard_vocab_limit=False, minloglevel=1,
    )  # fmt: skip
    (base / "m.model").rename(base / "source.spm")
    return base


def test_extend_keeps_ids_and_adds_characters(tmp_path: Path, base: Path) -> None:
    import sentencepiece

    old = sentencepiece.SentencePieceProcessor(model_file=str(base / "source.spm"))
    vocabulary.extend(base, "£é", tmp_path / "out")
    new = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "out" / "source.spm"))
    size = old.get_piece_size()
    assert new.get_piece_size() == size + 2
    assert [new.id_to_piece(i) for i in range(size)] == [old.id_to_piece(i) for i in range(size)]
    assert new.unk_id() not in new.encode("kafé £5")
    assert new.decode(new.encode("Harga £1.250")) == "Harga £1.250"
    assert old.encode(PAIRS[3][0]) == new.encode(PAIRS[3][0])


def test_extend_gives_byte_fallback(tmp_path: Path, base: Path) -> None:
    import sentencepiece

    old = sentencepiece.SentencePieceProcessor(model_file=str(base / "source.spm"))
    text = "Wali kota Łódź 習近平 menjual 习 😀 ke Erdoğan"
    assert old.unk_id() in old.encode(text)
    vocabulary.extend(base, "£é", tmp_path / "out", fallback=True)
    new = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "out" / "source.spm"))
    assert new.get_piece_size() == old.get_piece_size() + 2 + 256
    assert new.unk_id() not in new.encode(text)
    assert new.decode(new.encode(text)) == text
    assert old.encode(PAIRS[3][0]) == new.encode(PAIRS[3][0])


def test_slips_of_the_pen_are_small_and_on_the_indonesian_side_only() -> None:
    draw = random.Random(1)
    pair = (
        "Gubernur mengatakan restoran baru itu dibuka.",
        "The governor said the restoran opened.",
    )
    made = {m for _ in range(200) if (m := misspelt(*pair, draw))}
    assert len(made) > 20
    for indonesian, english in made:
        assert english == pair[1]
        assert indonesian != pair[0]
        assert abs(len(indonesian) - len(pair[0])) <= 1
        assert "restoran" in indonesian, "what the English has, too, is copied"
        assert indonesian.startswith("Gubernur")
    assert any("Gubernur " in i and i.count(" ") == 4 for i, _ in made), "a lost space"
    assert misspelt("Ia ada di sini.", "He is here.", draw) is None


def test_foreign_changes_one_name_alike_on_both_sides() -> None:
    draw = random.Random(3)
    pair = ("Walikota Semarang bertemu petani.", "The mayor of Semarang met farmers.")
    made = [m for _ in range(60) if (m := foreign(*pair, draw))]
    assert len(made) > 40
    assert len({m[0] for m in made}) > 30
    for indonesian, english in made:
        assert "Semarang" not in indonesian + english
        start, end = len("Walikota "), len(" bertemu petani.")
        name = indonesian[start:-end]
        assert english == f"The mayor of {name} met farmers."
        assert any(not c.isascii() for c in name)
    assert foreign("Petani itu menanam padi.", "The farmer planted rice.", draw) is None


def test_pack_holds_the_pairs_and_refuses_to_grow(tmp_path: Path, trained: Path) -> None:
    import sentencepiece

    write_sources(tmp_path, {"warta": ("news", "CC BY 4.0", PAIRS)})
    clean.build(read_sources(tmp_path / "parallel"), tmp_path, tmp_path / "clean")
    out = tmp_path / "pack.npz"
    meta = pack.pack(tmp_path / "clean", trained, out, samples=2)
    assert meta["sources"]["warta"]["pairs"] == 4
    processor = sentencepiece.SentencePieceProcessor(model_file=str(trained / "target.spm"))
    with np.load(out) as arrays:
        lengths = arrays["warta.lt"]
        ids = arrays["warta.t"]
        assert ids.dtype == np.uint16
        first = [int(i) for i in ids[: lengths[0]]]
        assert processor.decode(first) == PAIRS[0][1]
        for sample in (0, 1, 2):
            rows = arrays[f"warta.s{sample}"][: arrays[f"warta.ls{sample}"][0]]
            assert processor.decode([int(i) for i in rows]) == PAIRS[0][0]
    from scripts.train.data import read_pack

    pack.pack(tmp_path / "clean", trained, tmp_path / "pack.npz.xz", samples=2)
    plain, packed = read_pack(out)["warta"], read_pack(tmp_path / "pack.npz.xz")["warta"]
    assert (plain.target[0] == packed.target[0]).all()
    assert len(packed.sources) == 3
    with pytest.raises(ValueError, match="over the limit"):
        pack.pack(tmp_path / "clean", trained, out, limit=100)
    assert not out.exists()


def test_command_line_builds_and_reports_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(tmp_path, {"warta": ("news", "CC BY 4.0", PAIRS)})
    arguments = ["build", "--data", str(tmp_path), "--out", str(tmp_path / "clean")]
    assert main(arguments) == 0
    assert "kept=4" in capsys.readouterr().out
    assert main(["build", "--data", str(tmp_path / "no"), "--out", str(tmp_path)]) == 2
    assert "manifest.tsv" in capsys.readouterr().err


def test_sources_of_the_shared_data_have_a_licence_or_say_so(shared: Path) -> None:
    sources = {s.name: s for s in read_sources(shared / "data" / "parallel")}
    assert not sources["panl_bppt_news"].stated
    assert not sources["dictionary_muse"].stated
    assert sources["tatoeba"].stated
    first = next(iter(read_pairs(sources["newswire_translated"].path)))
    assert all(first)


def test_our_english_finds_its_indonesian_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sources(tmp_path, {"warta": ("news", "CC BY 4.0", PAIRS[:1])})
    assert press_sources(tmp_path) == [], "without the sentences there are no pairs"
    (tmp_path / "mono").mkdir()
    with lzma.open(tmp_path / "mono" / "id-news.txt.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"{a}\n" for a, _ in PAIRS)
    (tmp_path / "press").mkdir()
    lines = [f"{digest(a)}\t{b}\n" for a, b in PAIRS[2:]] + ["0123456789\tOf no sentence.\n"]
    (tmp_path / "press" / "press_x.tsv").write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr("scripts.corpus.sources.__file__", str(tmp_path / "sources.py"))
    (source,) = press_sources(tmp_path)
    assert not source.stated, "the sentences are the publishers'"
    assert list(source.read()) == [*PAIRS[2:], ("", "Of no sentence.")]
    rows = clean.build([source], tmp_path, tmp_path / "clean")["sources"]
    assert isinstance(rows, dict)
    assert rows["press_x"]["counts"] == {"empty": 1, "kept": 2, "read": 3}


def test_our_indonesian_finds_its_english_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mono").mkdir()
    with lzma.open(tmp_path / "mono" / "en-news.txt.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"{b}\n" for _, b in PAIRS)
    (tmp_path / "press").mkdir()
    lines = [f"{digest(b)}\t{a}\n" for a, b in PAIRS]
    (tmp_path / "press" / "press_en_x.tsv").write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr("scripts.corpus.sources.__file__", str(tmp_path / "sources.py"))
    (source,) = press_sources(tmp_path)
    assert list(source.read()) == PAIRS, "the Indonesian side comes first"
    assert source.licence == "Indonesian: MIT; English: the publishers"
    assert not source.stated
