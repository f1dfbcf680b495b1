"""Pages from http URLs, against a server on this machine: what works, and each failure's words."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from tests.reading_samples import STORY, TITLE
from tests.web import serving, without_proxy
from toolkit.errors import InputError
from toolkit.reading import fetch, read_document

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PAGE = f"""<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in STORY)}</article></body></html>"""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path
        if path == "/artikel":
            self._send(200, PAGE.encode(), "text/html; charset=utf-8")
        elif path == "/lama":
            body = PAGE.replace("“", "\u201c").encode("windows-1252")
            self._send(200, body, "text/html; charset=iso-8859-1")
        elif path == "/teks":
            self._send(200, "\n".join(STORY).encode(), "text/plain")
        elif path == "/tanpa-tipe":
            self._send(200, PAGE.encode(), "application/octet-stream")
        elif path == "/gzip":
            self._send(200, gzip.compress(PAGE.encode()), "text/html", ("Content-Encoding", "gzip"))
        elif path == "/rusak":
            self._send(200, b"bukan gzip", "text/html", ("Content-Encoding", "gzip"))
        elif path == "/pindah":
            self._send(302, b"", "text/html", ("Location", "/artikel"))
        elif path == "/lingkaran":
            self._send(302, b"", "text/html", ("Location", "/lingkaran"))
        elif path == "/keluar":
            self._send(302, b"", "text/html", ("Location", "file:///etc/hosts"))
        elif path == "/gambar":
            self._send(200, b"\x89PNG\r\n\x1a\n", "image/png")
        elif path == "/gambar-palsu":
            self._send(200, b"\x89PNG\r\n\x1a\n", "text/html")
        elif path == "/kosong":
            self._send(200, b"", "text/html")
        elif path == "/besar":
            self._send(200, b"", "text/html", ("Content-Length", "99000000"))
        elif path == "/tumpah":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Connection", "close")
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"<p>" + b"a" * 5_000)
        elif path == "/lambat":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Connection", "close")
            self.end_headers()
            for _ in range(20):
                self.wfile.write(b"<p>a")
                self.wfile.flush()
                time.sleep(0.1)
        elif path.startswith("/status/"):
            self._send(int(path.rsplit("/", 1)[1]), b"", "text/html")
        else:
            self._send(404, b"tidak ada", "text/html")

    def _send(self, status: int, body: bytes, kind: str, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name == "Content-Length" for name, _ in headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    without_proxy(monkeypatch)


@pytest.fixture
def site() -> Iterator[str]:
    with serving(_Handler) as url:
        yield url


@pytest.mark.parametrize("path", ["/artikel", "/lama", "/tanpa-tipe", "/gzip", "/pindah"])
def test_a_page_is_read(site: str, path: str) -> None:
    document = read_document(site + path)
    assert document.id == site + path
    assert document.title == TITLE
    assert document.sentences[0].clean == STORY[0]
    assert STORY[2] in document.text


def test_plain_text_is_read(site: str) -> None:
    assert read_document(site + "/teks", id="x").text == "\n".join(STORY)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/tiada", "404, there is no such page"),
        ("/status/403", "403, the site refuses programs"),
        ("/status/503", "503, the server failed"),
        ("/status/418", "418, check the address"),
        ("/status/204", "HTTP status 204"),
        ("/lingkaran", "redirects more than 5 times"),
        ("/keluar", "no valid http(s) URL"),
        ("/gambar", "image/png, not a page of text"),
        ("/gambar-palsu", "a PNG image"),
        ("/kosong", "is empty"),
        ("/besar", "99,000,000 bytes"),
        ("/rusak", "damaged"),
    ],
)
def test_failures_are_one_sentence(site: str, path: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(site + path)
    message = str(caught.value)
    assert words in message
    assert message.startswith(site + path)
    assert "\n" not in message
    assert caught.value.exit_code == 3


def test_body_beyond_the_limit(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 50_000)
    with pytest.raises(InputError, match="longer than 50,000 bytes"):
        fetch.fetch(site + "/tumpah")


def test_a_slow_body_is_given_up(site: str) -> None:
    started = time.monotonic()
    with pytest.raises(InputError, match=r"longer than 0.4 seconds|within 0.4 seconds"):
        fetch.fetch(site + "/lambat", timeout=0.4)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:1/a", "can't be reached"),
        ("http://", "can't be"),
        ("http://[::1", "can't be"),
        ("http://127.0.0.1:99999/a", "can't be"),
        ("https://exa mple/", "can't be"),
    ],
)
def test_unusable_addresses(url: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(url)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
