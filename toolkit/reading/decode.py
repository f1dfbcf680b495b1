"""Bytes to text: encoding detection, and refusal of what is not text.

Knows UTF-8 (with or without BOM), UTF-16 LE/BE (BOM or detected), Windows-1252. It never replaces
or drops a character: bytes that fit none of these are refused. What the text means (HTML, JSON,
Markdown) is decided in ``toolkit.reading.formats``.
"""

from __future__ import annotations

import codecs
import re

from toolkit.errors import InputError

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "give the article's text"),
    (b"\xff\xd8\xff", "a JPEG image", "give the article's text"),
    (b"GIF8", "a GIF image", "give the article's text"),
    (b"%PDF", "a PDF document", "turn it into text first, for instance with 'pdftotext FILE'"),
    (b"PK\x03\x04", "a zip archive (perhaps .docx, .xlsx, .epub)", "unpack or export it as text"),
    (b"PK\x05\x06", "an empty zip archive", "give a text file"),
    (b"\x1f\x8b", "a gzip file", "unpack it first with 'gunzip'"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it first with 'unxz'"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it first with 'unzstd'"),
    (b"BZh", "a bzip2 file", "unpack it first with 'bunzip2'"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)", "export it as text"),
    (b"{\\rtf", "an RTF document", "export it as text"),
    (b"%!PS", "a PostScript document", "turn it into text first, for instance with 'ps2ascii'"),
    (b"PAR1", "a Parquet file", "use 'ringkas batch' for tables"),
    (b"SQLite format 3\x00", "an SQLite database", "give a text file"),
    (b"\x7fELF", "a program", "give a text file"),
    (b"RIFF", "a media file", "give the article's text"),
    (b"ID3", "an MP3 recording", "give the article's text"),
    (b"OggS", "an Ogg recording", "give the article's text"),
)
_TEXTUAL = (b"%PDF", b"{\\rtf", b"%!PS")
"""Formats that begin in plain characters; other plain beginnings need a control byte nearby."""
_HIGH_UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
    rb"|[\xe0-\xf4][\x80-\xbf]{1,2}\Z"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I
)
_XML_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I
)
_TYPOGRAPHIC = frozenset("‘’“”–—…•€™‚„†‡‰‹›")


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Decode ``data`` and return (text without BOM, encoding name).

    ``name`` is how messages call the input; ``declared`` is an encoding that a transport stated
    (an HTTP header), tried first after a BOM. Raises InputError for empty input, binary data and
    bytes in no known encoding.
    """
    if not data:
        raise InputError(f"{name} is empty; give an Indonesian article.")
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return _strict(data, encoding, name)
    refuse_binary(data, name)
    if guessed := _utf16_without_bom(data):
        return _strict(data, guessed, name)
    if b"\x00" in data:
        raise InputError(f"{name} is a binary file (it holds NUL bytes); give a text file.")
    for stated in (declared, _declared_in_markup(data)):
        if stated and (decoded := _try(data, stated)) is not None:
            return decoded, stated.lower()
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _windows_1252(data, name, error), "windows-1252"


def refuse_binary(data: bytes, name: str) -> None:
    """Raise InputError, with what it is and what to do, when ``data`` starts like a binary file."""
    for magic, what, todo in _MAGIC:
        telling = magic in _TEXTUAL or not magic.isalnum() or _CONTROL.search(data[:1024])
        if data.startswith(magic) and telling:
            raise InputError(f"{name} is {what}, not text; {todo}.")
    if data[4:8] == b"ftyp":
        raise InputError(f"{name} is a video or image file, not text; give the article's text.")


def _strict(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} claims to be {encoding.removesuffix('-sig').upper()} but byte {error.start} "
            "does not fit; save it again as UTF-8."
        ) from None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        if codecs.lookup(encoding).name in ("iso8859-1", "ascii"):
            encoding = "windows-1252"  # as browsers do (WHATWG Encoding Standard)
        text = data.decode(encoding)
    except (LookupError, UnicodeError):
        return None
    return text if isinstance(text, str) else None


def _declared_in_markup(data: bytes) -> str:
    match = _XML_ENCODING.match(data[:200]) or _META_CHARSET.search(data[:4096])
    return match.group(1).decode("ascii") if match else ""


def _utf16_without_bom(data: bytes) -> str:
    """UTF-16 shows as a NUL in nearly every second byte of Latin text."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return ""
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _windows_1252(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    """Windows-1252, unless the bytes are broken UTF-8 or no text at all."""
    broken = InputError(
        f"{name} is not valid UTF-8 (byte {error.start}) nor another encoding that Ringkas reads; "
        "save it again as UTF-8."
    )
    if len(_CONTROL.findall(data)) > len(data) // 500:
        raise InputError(f"{name} is a binary file, not text; give a text file.")
    if _HIGH_UTF8.search(data):
        raise broken
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        raise broken from None
    high = [c for c in text if ord(c) > 0x7F]
    letters = sum(c.isalpha() or c in _TYPOGRAPHIC or c in "\u00a0\u00ad°«»·½§©®" for c in high)
    if len(high) > 0.2 * len(text) or letters < 0.8 * len(high):
        raise broken
    return text
