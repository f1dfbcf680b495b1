"""Encodings: each known one is read, everything else is refused with what it is."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.reading.decode import decode

TEXT = "Harga beras naik 5 persen – kata “pedagang” di pasar.\nWarga Kafé Bébé mengeluh…\n" * 5


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("windows-1252"), "windows-1252"),
        (b"Hanya huruf biasa.", "utf-8"),
    ],
)
def test_known_encodings_give_the_text_back(data: bytes, encoding: str) -> None:
    text, used = decode(data, "berita.txt")
    assert text == TEXT or data == text.encode()
    assert used == encoding
    assert not text.startswith("\ufeff")


def test_declared_encoding_is_used_and_latin_1_means_windows_1252() -> None:
    data = "“Naik”, kata dia".encode("windows-1252")
    assert decode(data, "x", "iso-8859-1") == ("“Naik”, kata dia", "iso-8859-1")
    assert decode("Ж".encode("koi8-r"), "x", "koi8-r")[0] == "Ж"


def test_wrong_declared_encoding_falls_back_to_detection() -> None:
    assert decode(TEXT.encode(), "x", "no-such-encoding")[0] == TEXT
    assert decode(TEXT.encode(), "x", "ascii")[1] in ("utf-8", "ascii")


def test_markup_declares_its_encoding() -> None:
    page = '<html><head><meta charset="windows-1252"></head><body>Caf\u00e9</body></html>'
    assert decode(page.encode("windows-1252"), "a.html") == (page, "windows-1252")
    xml = '<?xml version="1.0" encoding="iso-8859-2"?><html>Łódź</html>'
    assert decode(xml.encode("iso-8859-2"), "a.html")[0] == xml


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG image"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdftotext"),
        (b"PK\x03\x04\x14\x00", "zip archive"),
        (b"\x1f\x8b\x08\x00", "gunzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x00\x00\x00\x20ftypisom", "video or image"),
        (b"Teks biasa\x00lalu nol\x00\x00", "NUL bytes"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\xff", "binary"),
        (("Naik “lima” persen. " * 3).encode() + b"\xff tamat", "not valid UTF-8 (byte 72)"),
        ("Naik “lima” persen".encode()[:-15], "not valid UTF-8"),
        (b"kata dia \x81\x8d bohong", "not valid UTF-8"),
        (codecs.BOM_UTF16_LE + "Naik".encode("utf-16-le") + b"\x00", "claims to be UTF-16"),
        (codecs.BOM_UTF8 + b"\xff\xfe", "claims to be UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match="berita\\.bin") as caught:
        decode(data, "berita.bin")
    message = str(caught.value)
    assert words in message
    assert message.endswith(".")
    assert "\n" not in message
    assert caught.value.exit_code == 3


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data, "x")
    except InputError:
        return
    if encoding == "windows-1252":
        assert text.encode(encoding) == data
    elif encoding == "utf-8":
        assert text.encode() == data.removeprefix(codecs.BOM_UTF8)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_utf8_round_trip(text: str) -> None:
    text = "Kata: " + text
    assert decode(text.encode(), "x") == (text, "utf-8")


def test_words_that_look_like_the_beginning_of_a_media_file_are_text() -> None:
    assert decode(b"RIFF adalah nama grup musik.", "x")[0] == "RIFF adalah nama grup musik."
