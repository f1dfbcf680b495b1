"""Documents: offsets, ids, kinds, metadata and how the date is derived, language, limits."""

from __future__ import annotations

import contextlib
import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading_samples import SECOND_PART, STORY, TITLE
from toolkit.errors import InputError, UsageError
from toolkit.reading import document_from_bytes, document_from_text, read_document
from toolkit.reading.document import MAX_CHARACTERS
from toolkit.types import Document

MALAY = (
    "Kerajaan Malaysia mahu membina jambatan baharu kerana penduduk kampung tidak boleh "
    "menyeberang sungai ketika banjir. Beliau berkata projek itu akan bermula tahun hadapan dan "
    "menelan belanja lima juta ringgit. Penduduk pula meminta pihak berkuasa supaya "
    "mempercepatkan kerja-kerja itu."
)
ENGLISH = (
    "The city opened a new suspension bridge over the river on Monday morning. Residents said they "
    "had waited ten years for it and hoped that the road would be repaired before the rainy season."
)


def check(document: Document) -> None:
    """The contract of every document."""
    sentences = document.sentences
    assert [s.id for s in sentences] == list(range(len(sentences)))
    assert [p.id for p in document.paragraphs] == list(range(len(document.paragraphs)))
    covered = bytearray(len(document.text))
    for paragraph in document.paragraphs:
        assert paragraph.sentences
        for sentence in paragraph.sentences:
            assert sentence.paragraph == paragraph.id
    beside = [r for r in document.removed if r.rule == "page-furniture"]
    listed = document.removed[: len(document.removed) - len(beside)]
    assert list(document.removed[len(listed) :]) == beside
    assert all((r.start, r.end) == (0, 0) and r.text == r.text.strip() != "" for r in beside)
    for piece in (*sentences, *listed):
        assert document.text[piece.start : piece.end] == piece.text != ""
        assert piece.text == piece.text.strip()
        assert not any(covered[piece.start : piece.end])
        covered[piece.start : piece.end] = b"\x01" * (piece.end - piece.start)
    assert all(any(c.isalnum() for c in s.clean) for s in sentences)
    assert sorted(s.start for s in sentences) == [s.start for s in sentences]
    assert sorted(r.start for r in listed) == [r.start for r in listed]
    for index, character in enumerate(document.text):
        assert covered[index] or character.isspace()


def test_the_contract_on_a_plain_story() -> None:
    text = "\n\n".join((TITLE, *STORY))
    document = document_from_text(text, id="b-1")
    check(document)
    assert document.text == text
    assert document.id == "b-1"
    assert document.language == "id"
    assert [len(p.sentences) for p in document.paragraphs] == [1, 1, 1, 2, 1]


def test_line_breaks_and_soft_hyphens_stay_in_the_raw_sentence() -> None:
    text = f"{STORY[0][:40]}\u00ad{STORY[0][40:]}\r\n\r\n{STORY[1]}"
    document = document_from_text(text, id="x")
    check(document)
    assert "\u00ad" in document.sentences[0].text
    assert document.sentences[0].clean == STORY[0]


def test_a_lone_ellipsis_belongs_to_the_sentence_before_it() -> None:
    document = document_from_text(f"{STORY[0]} … {STORY[4]} ...", id="x")
    check(document)
    assert len(document.sentences) == 2


def test_given_facts_win_over_the_page() -> None:
    page = f"Selasa, 4 Maret 2025 | 04:20 WIB\n\nMEDAN, KABARUTARA.com - {STORY[0]}\n\n{STORY[1]}"
    document = document_from_text(
        page, id="x", title="Judul Saya", outlet="Kabar", date="2024-01-02"
    )
    assert (document.title, document.outlet, document.date) == ("Judul Saya", "Kabar", "2024-01-02")


def test_given_headline_is_taken_off_the_page() -> None:
    document = document_from_text("\n\n".join((TITLE, *STORY)), id="x", title=TITLE.upper())
    assert document.title == TITLE.upper()
    assert [r.rule for r in document.removed] == ["headline"]


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2024-01-02", "2024-01-02"),
        ("2024-01-02T10:12:00+07:00", "2024-01-02"),
        ("2 Januari 2024", "2024-01-02"),
        ("02/01/2024", "2024-01-02"),
        ("January 2, 2024", "2024-01-02"),
    ],
)
def test_stated_dates_become_iso(stated: str, date: str) -> None:
    document = document_from_text(STORY[0], id="x", date=stated)
    assert (document.date, document.notes) == (date, ())


def test_an_unreadable_stated_date_is_noted() -> None:
    document = document_from_text(STORY[0], id="x", date="kemarin dulu")
    assert document.date == ""
    assert "kemarin dulu" in document.notes[0]


# --- kinds -----------------------------------------------------------------------------------


def kinds(*lines: str, separator: str = "\n") -> list[str]:
    document = document_from_text(separator.join(lines), id="x", check_language=False)
    check(document)
    return [p.kind for p in document.paragraphs]


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "heading",
    [
        "Lampu Jalan Menyusul",
        "Wali Kota: Lampu Jalan Menyusul",
        "Bagaimana Nasib Jembatan Lama?",
        "Lampu jalan menyusul bulan depan",
        "2. Lampu Jalan",
    ],
)
def test_headings_inside_the_story(heading: str, separator: str) -> None:
    assert kinds(*STORY[:2], heading, *SECOND_PART, separator=separator) == [
        "text", "text", "heading", "text", "text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Warga pun bersorak.",
        "“Kami senang!”",
        "Apa kata warga soal jembatan itu?",
        "kata Harun menutup pembicaraan",
        "Pelatih: Harun Wibawa",
    ],
)
def test_short_story_lines_are_no_headings(line: str) -> None:
    assert "heading" not in kinds(*STORY[:2], line, *SECOND_PART)


def test_list_after_a_colon_ends_at_the_wider_gap() -> None:
    page = "\n\n".join(
        (
            STORY[0],
            "Dalam pertemuan itu:",
            "Warga sepakat membentuk panitia pemeliharaan jembatan.",
            "Pemerintah menanggung biaya perawatan selama lima tahun.",
            "Dinas menyiapkan rambu batas muatan.\n",
            "Warga juga sepakat bergotong royong setiap bulan untuk membersihkan jembatan.",
        )
    )
    assert kinds(page) == ["text", "text", "list", "list", "list", "text"]


def test_bullets_are_list_items_without_their_marker() -> None:
    lines = (
        STORY[0],
        "• Panjang 120 meter",
        "- Lebar dua meter",
        "* Tinggi sembilan meter",
        STORY[1],
    )
    document = document_from_text("\n".join(lines), id="x", check_language=False)
    check(document)
    assert [p.kind for p in document.paragraphs] == ["text", "list", "list", "list", "text"]
    assert document.paragraphs[1].sentences[0].text == "Panjang 120 meter"
    assert [r.text for r in document.removed] == ["•", "-", "*"]


def test_numbered_short_lines_in_a_row_are_a_list() -> None:
    lines = ("Berikut pemenangnya:", "1. Desa Seruni", "2. Desa Melati", "3. Desa Kenanga")
    assert kinds(STORY[0], *lines, STORY[1]) == ["text", "text", "list", "list", "list", "text"]


def test_speech_after_a_colon_is_no_list() -> None:
    lines = ("Harun mengatakan:", "“Kami sudah lama menunggu.”", "“Sekarang kami senang.”")
    assert kinds(STORY[0], *lines, STORY[1], separator="\n\n") == ["text"] * 5


def test_separators_are_no_paragraphs() -> None:
    document = document_from_text(f"{STORY[0]}\n* * *\n—\n😀\n{STORY[1]}", id="x")
    check(document)
    assert [r.rule for r in document.removed] == ["separator"] * 3


# --- date ------------------------------------------------------------------------------------


def dated(*lines: str, today: dt.date | None = None) -> tuple[str, tuple[str, ...]]:
    document = document_from_text("\n".join(lines), id="x", today=today, check_language=False)
    return document.date, document.notes


@pytest.mark.parametrize(
    "line",
    [
        "Selasa, 25 Februari 2025 | 04:20 WIB",
        "Kompas.com - 25/02/2025, 10:00 WIB",
        "Selasa, 25 Feb 2025 10:12 WIB",
        "Tayang: Selasa, 25 Februari 2025 10:21 WIB Diperbarui: Rabu, 26 Februari 2025 07:00 WIB",
        "25 Februari 2025",
        "2025-02-25 10:00",
    ],
)
def test_timestamp_line_gives_the_date(line: str) -> None:
    assert dated(TITLE, line, *STORY) == ("2025-02-25", ())
    assert dated(*STORY, line) == ("2025-02-25", ())


def test_dateline_with_a_day() -> None:
    assert dated("Moskow, 8/8/2025 (ANTARA) - " + STORY[0], STORY[1])[0] == "2025-08-08"
    assert dated("Moskow, 8/8 (ANTARA) - " + STORY[0], STORY[1])[0] == ""
    late = dt.date(2026, 1, 5)
    assert dated("Moskow, 8/8 (ANTARA) - " + STORY[0], STORY[1], today=late)[0] == "2025-08-08"


def test_days_ago_need_to_know_today() -> None:
    lines = (TITLE, "kabarpagi.com", "3 hari lalu", *STORY)
    assert dated(*lines) == ("", ())
    assert dated(*lines, today=dt.date(2025, 3, 2)) == ("2025-02-27", ())
    assert dated(TITLE, "9 jam lalu", *STORY, today=dt.date(2025, 3, 2)) == ("", ())


def test_latest_day_in_brackets_is_used_and_said() -> None:
    date, notes = dated(
        STORY[0],
        "Wali kota tiba pada Kamis (7/8/2025) dan bermalam di balai desa bersama rombongan.",
        "Ia pulang pada Jumat pagi (8/8/2025) setelah meresmikan jembatan itu, kata ajudannya.",
    )
    assert date == "2025-08-08"
    assert len(notes) == 1
    assert "2025-08-08" in notes[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Jembatan itu dibuka pada Rabu (4/2) oleh wali kota bersama kepala desa.",
        "Jembatan itu dibuka pada Senin (8/8/2025) oleh wali kota bersama kepala desa.",
        "Jembatan itu akan dibuka pada Jumat (8/8/2025) oleh wali kota bersama kepala desa.",
        "Jembatan itu dibuka pada Senin 11 Agustus 2025 oleh wali kota bersama kepala desa.",
        "Jembatan lama dibuka pada Jumat (8/8/2014), yang baru pada Jumat (8/8/2025) lalu.",
        "Jembatan itu dibuka pada Jumat (38/8/2025) oleh wali kota bersama kepala desa.",
    ],
)
def test_no_date_is_guessed(sentence: str) -> None:
    assert dated(STORY[0], sentence, "© 2025 Kabar Utara") == ("", ())


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2025-02-25", ""),
        ("2025-02-28", ""),
        ("2025-02-22", ""),
        ("2025-03-01", "4 days after the page's own, 2025-02-25"),
        ("2024-02-25", "366 days before the page's own, 2025-02-25"),
        ("2199-12-31", "days after the page's own, 2025-02-25"),
        ("1900-01-01", "days before the page's own, 2025-02-25"),
    ],
)
def test_a_given_date_that_contradicts_the_page_is_noted(today: str, words: str) -> None:
    day = dt.date.fromisoformat(today)
    for text, date in (
        (f"{TITLE}\nSelasa, 25 Februari 2025 | 04:20 WIB\n{STORY[0]}", ""),
        (f"{TITLE}\n{STORY[0]}", "2025-02-25"),
    ):
        document = document_from_text(text, id="uji", date=date, today=day, check_language=False)
        notes = [note for note in document.notes if note.startswith("The given date")]
        assert len(notes) == bool(words)
        assert not words or words in notes[0]


@pytest.mark.parametrize("today", [dt.date.min, dt.date.max, dt.date(2200, 1, 1)])
def test_a_date_at_the_calendar_s_end_is_refused(today: dt.date) -> None:
    with pytest.raises(UsageError, match="from 1900 to 2199"):
        document_from_text(STORY[0], id="uji", today=today)


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01", "31 Desember 9999"])
def test_a_stated_date_at_the_calendar_s_end_is_noted(date: str) -> None:
    document = document_from_text(STORY[0], id="uji", date=date, check_language=False)
    assert document.date == ""
    assert "is no date that Ringkas can read" in document.notes[0]


def test_a_date_after_today_is_not_believed() -> None:
    line = "Ia pulang pada Jumat (8/8/2025) setelah meresmikan jembatan itu, kata ajudannya."
    assert dated(STORY[0], line, today=dt.date(2025, 8, 1)) == ("", ())


# --- language and limits ---------------------------------------------------------------------


def test_english_is_refused() -> None:
    with pytest.raises(InputError, match="English") as caught:
        document_from_text(ENGLISH, id="x")
    assert caught.value.exit_code == 3


def test_malay_is_read_with_a_warning() -> None:
    document = document_from_text(MALAY, id="x")
    check(document)
    assert document.language == "ms"
    assert any("Malay" in note for note in document.notes)


def test_language_check_can_be_left_out() -> None:
    assert document_from_text(ENGLISH, id="x", check_language=False).notes == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no text"),
        (" \n\t\u00a0\n", "no text"),
        ("\n" * 10_000, "no text"),
        ("Baca juga: Harga Cabai Naik\nADVERTISEMENT\n© 2025 Kabar", "looks like page furniture"),
        ("* * *\n—\n", "no story"),
        ("a" * (MAX_CHARACTERS + 1), "500,000 at most"),
    ],
)
def test_texts_without_a_story(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        document_from_text(text, id="berita.txt")
    message = str(caught.value)
    assert message.startswith("berita.txt")
    assert "\n" not in message


def test_ten_thousand_blank_lines_and_five_megabytes_in_files(tmp_path: object) -> None:
    with pytest.raises(InputError, match="no text"):
        document_from_bytes(b"\n" * 10_000, name="kosong.txt")
    started = time.perf_counter()
    with pytest.raises(InputError, match="ringkas batch"):
        document_from_bytes((" ".join(STORY) + "\n").encode() * 9_000, name="besar.txt")
    assert time.perf_counter() - started < 2


def test_the_longest_article_is_read_in_reasonable_time() -> None:
    body = "\n".join(STORY)
    text = "\n".join([body] * (MAX_CHARACTERS // (len(body) + 1)))
    started = time.perf_counter()
    document = document_from_text(text, id="panjang")
    assert time.perf_counter() - started < 20
    assert len(document.sentences) > 3_000


def test_an_article_of_one_endless_sentence() -> None:
    words = " ".join(STORY[1].rstrip(".").split() * 100)
    document = document_from_text(words + ".", id="x")
    check(document)
    assert len(document.sentences) == 1
    assert len(words.split()) > 1_900
    assert any("words" in note for note in document.notes)


def test_only_furniture_in_a_file_names_the_rules() -> None:
    with pytest.raises(InputError, match="read-also"):
        document_from_bytes(b"Baca juga: Harga Cabai Naik\n", name="a.txt")


# --- odd Unicode -----------------------------------------------------------------------------

ODD = (
    "a\u0301 \u00a0\u00ad\u200b\u200d\u202e\u2066\ufeff“”‘’«»…–—。！？"
    "\n\r\u2028\x85\x0c\x00\x1b😀👩‍🚀🇮🇩ﷺÅﬁ½Ⅳ१Ａ.!?,;:()[]-•1aA\"'/"
)


@given(
    st.lists(
        st.one_of(
            st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters()), max_size=40),
            st.sampled_from(
                ["Baca juga: ", "(ANTARA) - ", "Jakarta", "Kamis (7/8/2025)", "\n\n", ". "]
            ),
        ),
        max_size=12,
    )
)
@settings(max_examples=250, deadline=None)
def test_odd_unicode_keeps_the_contract(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        document = document_from_text(text, id="x", check_language=False)
    except InputError:
        assert not any(c.isalnum() for c in text) or "furniture" in _message(text)
        return
    check(document)
    assert len(document.text) == len(text)
    "".join(s.text for s in document.sentences).encode()
    kept = document_from_text(text, id="x", keep_furniture=True, check_language=False)
    check(kept)


def _message(text: str) -> str:
    with pytest.raises(InputError) as caught:
        document_from_text(text, id="x", check_language=False)
    return str(caught.value)


@given(st.text(alphabet=st.sampled_from(ODD + "<>{}#*_`&;="), max_size=120))
@settings(max_examples=120, deadline=None)
def test_odd_unicode_in_every_format(text: str) -> None:
    for name in ("a.txt", "a.md", "a.html", "a.json", "a"):
        data = text.encode("utf-8", "surrogatepass")
        with contextlib.suppress(InputError):
            check(document_from_bytes(data, name=name))
    with pytest.raises(InputError):
        read_document("tidak-ada-" + "".join(c for c in text if c not in "/\x00")[:20] + ".txt")


@pytest.mark.parametrize(
    "text", ["https://kabar.id/1\n\n  http://kabar.id/2  \n", "https://kabar.id/berita"]
)
def test_a_list_of_addresses_is_no_article(text: str) -> None:
    with pytest.raises(InputError, match="holds nothing but web addresses"):
        document_from_text(text, id="links.txt")
    with_story = document_from_text(f"{STORY}\n\n{text}", id="story.txt", check_language=False)
    assert with_story.paragraphs
