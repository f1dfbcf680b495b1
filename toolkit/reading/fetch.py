"""Fetches one page from an http(s) URL: with limits, and one clear sentence for each failure.

Called only when the user gives a URL. Follows at most five redirects, reads at most ten
megabytes, gives up after thirty seconds in all. Nothing is interpreted here beyond headers.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import InputError

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 30.0

_KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "jsonl",
}
_ADVICE = {
    401: "it asks for a login",
    402: "it asks for payment",
    403: "the site refuses programs; save the page in a browser and give the file",
    404: "there is no such page; check the address",
    410: "the page is gone",
    429: "the site asks to slow down; try again later",
    451: "the page is blocked for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its bytes, format ("" when content must decide), stated encoding, final address."""

    data: bytes
    kind: str
    encoding: str
    url: str


def fetch(url: str, *, timeout: float = TOTAL_SECONDS) -> Fetched:
    """Get ``url`` (http or https).

    ``timeout`` is the limit for the whole transfer in seconds. Raises InputError when the address
    is malformed, the server can't be reached or answers with an error, redirects go in a circle,
    the answer is too large, too slow, or no text.
    """
    import httpx

    from toolkit import __version__

    headers = {
        "User-Agent": f"ringkas/{__version__}",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.8",
        "Accept-Language": "id, en;q=0.5",
    }
    limits = httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS))
    deadline = time.monotonic() + timeout
    try:
        with (
            httpx.Client(
                headers=headers, timeout=limits, follow_redirects=True, max_redirects=MAX_REDIRECTS
            ) as client,
            client.stream("GET", url) as response,
        ):
            kind = _check(response, url)
            data = _body(response, url, deadline, timeout)
            return Fetched(data, kind, response.charset_encoding or "", str(response.url))
    except httpx.TooManyRedirects:
        problem = f"it redirects more than {MAX_REDIRECTS} times, perhaps in a circle"
    except httpx.TimeoutException:
        problem = f"the server did not answer within {timeout:g} seconds"
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        problem = "the address (or one it redirects to) is no valid http(s) URL"
    except httpx.ConnectError as error:
        problem = f"the server can't be reached ({_short(error)})"
    except httpx.DecodingError:
        problem = "the server's answer is damaged (its compression does not unpack)"
    except httpx.HTTPError as error:
        problem = f"the connection failed ({_short(error)})"
    except (ValueError, OSError) as error:
        problem = f"the address can't be used ({_short(error)})"
    raise InputError(f"{url} can't be fetched: {problem}.")


def _check(response: httpx.Response, url: str) -> str:
    status = response.status_code
    if status != 200:
        advice = _ADVICE.get(status)
        if advice is None:
            advice = "the server failed; try again later" if status >= 500 else "check the address"
        raise InputError(f"{url} can't be fetched: HTTP status {status}, {advice}.")
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > MAX_BYTES:
        raise InputError(f"{url} is {int(stated):,} bytes long; the limit is {MAX_BYTES:,}.")
    content_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type in ("", "application/octet-stream"):
        return ""
    if content_type not in _KINDS:
        raise InputError(
            f"{url} is {content_type[:60]}, not a page of text; give the article's own page."
        )
    return _KINDS[content_type]


def _body(response: httpx.Response, url: str, deadline: float, timeout: float) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > MAX_BYTES:
            raise InputError(f"{url} is longer than {MAX_BYTES:,} bytes, the limit for one page.")
        if time.monotonic() > deadline:
            raise InputError(f"{url} can't be fetched: it took longer than {timeout:g} seconds.")
    return bytes(data)


def _short(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text.rstrip(".")[:120]
