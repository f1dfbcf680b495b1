"""Telling Indonesian from its neighbours; the texts were written for these tests."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.text_samples import ODD_TEXT
from toolkit.errors import InputError
from toolkit.text.language import check_indonesian, identify

TEXTS = {
    "id": "Pemerintah kota akan membangun jembatan baru karena jembatan lama rusak akibat banjir. "
    "Warga berharap pembangunan itu bisa selesai sebelum musim hujan, kata seorang pejabat.",
    "ms": "Kerajaan negeri akan membina jambatan baharu kerana jambatan lama rosak akibat banjir. "
    "Penduduk berharap projek itu siap sebelum Disember, kata seorang pegawai polis kelmarin "
    "sambil memaklumkan bahawa pelbagai syarikat telah menyertai mesyuarat berkenaan.",
    "en": "The city government will build a new bridge because the old one was damaged by floods. "
    "Residents hope that it will be finished before the rainy season, an official said.",
    "jv": "Pamarentah kutha arep mbangun kreteg anyar amarga kreteg lawas wis rusak kena banjir. "
    "Wong-wong ing desa kono ngarep-arep supaya kreteg iku bisa rampung sadurunge rendheng.",
    "su": "Pamarentah kota bakal ngawangun sasak anyar ku sabab sasak nu heubeul geus ruksak ku "
    "caah. Warga miharep éta sasak téh anggeus saméméh usum hujan, ceuk pajabat nu aya di dinya.",
    "fr": "La ville va construire un nouveau pont parce que l'ancien a été détruit par la crue, a "
    "déclaré lundi un responsable du conseil municipal devant les habitants du quartier.",
    "ja": "市は洪水で古い橋が壊れたため、新しい橋を建設すると発表した。"
    "住民は雨季の前に完成することを望んでいる。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_paragraphs_are_told_apart(code: str) -> None:
    found = identify(TEXTS[code])
    assert found.code == code
    assert found.confidence > 0.5


def test_indonesian_passes_without_a_note() -> None:
    assert check_indonesian(TEXTS["id"]) == ""


def test_malay_gets_a_warning() -> None:
    assert "Malay" in check_indonesian(TEXTS["ms"])


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "English"), ("jv", "Javanese"), ("su", "Sundanese"), ("fr", "French")],
)
def test_another_language_is_refused_in_one_sentence(code: str, name: str) -> None:
    with pytest.raises(InputError) as caught:
        check_indonesian(TEXTS[code])
    assert str(caught.value) == (
        f"The text is in {name}, not Indonesian; give an Indonesian article."
    )
    assert caught.value.exit_code == 3


def test_short_texts_are_never_sure() -> None:
    assert identify("Jakarta").confidence < 0.2
    assert identify("The bridge is closed").confidence < 0.5
    assert "uncertain" in check_indonesian("The bridge")


def test_texts_without_words() -> None:
    assert identify("").code == "und"
    assert identify("12345 !!! \u200b").confidence == 0
    assert "uncertain" in check_indonesian("123 456")


@settings(max_examples=60, deadline=None)
@given(text=ODD_TEXT)
def test_odd_texts_get_an_answer(text: str) -> None:
    found = identify(text)
    assert 0 <= found.confidence <= 1
    assert found.name


def test_a_plain_article_needs_no_model() -> None:
    code = (
        "import sys; from toolkit.text.language import check_indonesian;"
        f"assert check_indonesian({TEXTS['id'] * 3!r}) == '';"
        "assert 'py3langid' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)


def test_news_articles_are_indonesian(shared: Path) -> None:
    path = shared / "data" / "summaries" / "indosum.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 400)]
    assert [t[:60] for t in texts if check_indonesian(t)] == []


def test_english_news_is_refused(shared: Path) -> None:
    with lzma.open(shared / "data" / "mono" / "en-news.txt.xz", "rt", encoding="utf-8") as lines:
        sentences = list(islice(lines, 500))
    for at in range(0, 500, 10):
        with pytest.raises(InputError, match="English"):
            check_indonesian(" ".join(sentences[at : at + 10]))


def test_a_short_malay_report_is_noticed() -> None:
    text = (
        "Pihak kerajaan negeri itu membelanjakan RM20 juta untuk membaiki jalan daif di kawasan "
        "pedalaman, kata ketua jabatan tersebut semalam. Kerja-kerja itu disiapkan sebelum hujung "
        "tahun depan supaya penduduk boleh bergerak dengan selesa."
    )
    assert "Malay" in check_indonesian(text)
