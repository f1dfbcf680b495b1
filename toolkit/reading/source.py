"""Where an article comes from: a path, stdin, a URL, bytes or a string, to a Document.

Formats are told by the file name's ending or by content; their markup is taken off in
``toolkit.reading.formats``, text becomes a Document in ``toolkit.reading.document``.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from toolkit.errors import InputError
from toolkit.types import Document

MAX_BYTES = 20_000_000
"""Nothing larger is read as one article."""


def document_from_text(
    text: str,
    *,
    id: str,
    title: str = "",
    outlet: str = "",
    date: str = "",
    today: dt.date | None = None,
    keep_furniture: bool = False,
    check_language: bool = True,
) -> Document:
    """Make a Document of plain text.

    ``id`` names it; ``title``, ``outlet``, ``date`` (ISO 8601) are used when known and looked for
    on the page when empty. ``today`` is the article's day, or the one it was read: it resolves
    "3 hari lalu", and a page that states a day far from it gets a note. ``keep_furniture`` takes
    nothing out; ``check_language`` False skips the language check. Raises InputError for text that
    is empty, too long, nothing but furniture, or not Indonesian; UsageError for a ``today``
    outside 1900 to 2199.
    """
    from toolkit.reading.document import build

    return build(
        text,
        id=id,
        title=title,
        outlet=outlet,
        date=date,
        today=today,
        keep_furniture=keep_furniture,
        check_language=check_language,
    )


def document_from_bytes(
    data: bytes,
    *,
    name: str,
    kind: str = "",
    id: str | None = None,
    own_id: str = "",
    text_field: str = "text",
    title_field: str = "title",
    today: dt.date | None = None,
    keep_furniture: bool = False,
    encoding: str = "",
    url: str = "",
) -> Document:
    """Make a Document of raw bytes.

    ``name`` is how messages call the input and, by its ending, tells the format unless ``kind``
    does (text, markdown, html, json, jsonl); otherwise content decides. The document's id is
    ``id``, else the JSON object's own, else ``own_id``, else ``name``. ``encoding`` is one that
    a transport stated. Raises InputError as ``document_from_text`` does, and for binary data,
    unknown encodings and malformed JSON.
    """
    from toolkit.reading.decode import decode
    from toolkit.reading.document import build
    from toolkit.reading.formats import extract, kind_of

    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(data):,} bytes and one article may have {MAX_BYTES:,} at most; "
            "use 'ringkas batch' for collections."
        )
    text, used = decode(data, name, encoding)
    found = extract(
        text,
        kind or kind_of(name, text),
        name=name,
        text_field=text_field,
        title_field=title_field,
        url=url,
    )
    notes = [f"{name} was read as {used}."] if used not in ("utf-8", "utf-16") else []
    if found.left_out_more:
        notes.append(
            f"{found.left_out_more:,} more blocks of the page did not come into the text; the "
            f"first {len(found.left_out)} are listed."
        )
    return build(
        found.text,
        id=id or found.id or own_id or name,
        name=name,
        title=found.title,
        outlet=found.outlet,
        date=found.date,
        marks=found.marks,
        today=today,
        keep_furniture=keep_furniture,
        notes=notes,
        left_out=found.left_out,
    )


def read_document(
    source: str,
    *,
    text_field: str = "text",
    title_field: str = "title",
    id: str | None = None,
    today: dt.date | None = None,
    keep_furniture: bool = False,
) -> Document:
    """Read one article from ``source``: a path, "-" for stdin, or an http(s) URL.

    The id is ``id``, or the JSON object's own, or the file name without its ending, the URL,
    "stdin". Raises InputError, in one sentence, for everything that can't be read as one
    Indonesian article.
    """
    if not source.strip():
        raise InputError("The input's name is empty; give a file, '-' or an http(s) URL.")
    if source.startswith(("http://", "https://")):
        from toolkit.reading.fetch import fetch

        page = fetch(source)
        return document_from_bytes(
            page.data,
            name=source,
            kind=page.kind,
            id=id,
            text_field=text_field,
            title_field=title_field,
            today=today,
            keep_furniture=keep_furniture,
            encoding=page.encoding,
            url=page.url,
        )
    if source == "-":
        data, name, own_id = sys.stdin.buffer.read(MAX_BYTES + 1), "Standard input", "stdin"
    else:
        data, name, own_id = _read_file(source), source, Path(source).stem
    return document_from_bytes(
        data,
        name=name,
        id=id,
        own_id=own_id,
        text_field=text_field,
        title_field=title_field,
        today=today,
        keep_furniture=keep_furniture,
    )


def _read_file(source: str) -> bytes:
    if "://" in source[:12]:
        raise InputError(f"{source} is no http(s) URL; give a file, '-' or an http(s) URL.")
    try:
        path = Path(source)
        if path.is_dir():
            raise InputError(
                f"{source} is a directory; give one file, or use 'ringkas batch' for many."
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{source} does not exist; check the path.") from None
    except PermissionError:
        raise InputError(f"{source} may not be read; check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{source[:200]!r} can't be read: {reason}.") from None
