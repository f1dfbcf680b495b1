"""Web pages as inputs of a batch job, from a server on this machine."""

from __future__ import annotations

import contextlib
import gzip
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.batch_samples import read_jsonl
from tests.web import serving, without_proxy
from toolkit.batch import Job, Recipe, run_job
from toolkit.batch.sources import find_sources
from toolkit.batch.status import describe, job_status
from toolkit.errors import InputError, UsageError

pytestmark = pytest.mark.usefixtures("socket_enabled")
STORY = (
    "Wali kota meresmikan jembatan baru di atas sungai itu pada hari Senin pagi.",
    "Jembatan sepanjang 120 meter tersebut menghubungkan dua desa yang lama terpisah.",
    "Warga berharap perjalanan ke pasar menjadi lebih singkat dan lebih aman.",
)
SITE: dict[str, tuple[int, str, bytes]] = {}
ASKED: list[str] = []
RELEASE = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ASKED.append(self.path)
        status, kind, body = SITE.get(self.path, (404, "text/html", b"tidak ada"))
        if status == 301:
            self.send_response(status)
            self.send_header("Location", body.decode())
            self.end_headers()
            return
        if not status:
            RELEASE.wait(5)
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    without_proxy(monkeypatch)
    ASKED.clear()
    SITE.clear()
    RELEASE.clear()
    body = "".join(f"<p>{s}</p>" for s in STORY)
    page = f"<html><body><article><h1>Jembatan Baru</h1>{body}</article></body></html>"
    SITE["/a"] = (200, "text/html; charset=utf-8", page.encode())
    SITE["/b"] = (200, "text/plain", "\n".join(STORY[:2]).encode())
    SITE["/kosong"] = (200, "text/html", b"")
    SITE["/gambar"] = (200, "image/png", b"\x89PNG\r\n\x1a\n")
    SITE["/data"] = (200, "application/json", b'{"text": "x"}')
    with serving(_Handler) as url:
        yield url


def job(out: Path, *inputs: str, **more: object) -> Job:
    recipe = Recipe(task="summarize", translator="echo", memory=None)
    return Job(inputs, out, recipe=recipe, quiet=True, **more)  # type: ignore[arg-type]


def test_pages_are_fetched_once_and_read_from_the_folder_ever_after(
    site: str, tmp_path: Path
) -> None:
    work = job(tmp_path / "out", f"{site}/a", f"{site}/b", exports=("html",))
    first = run_job(work)
    assert first.exit_code == 0
    rows = read_jsonl(tmp_path / "out" / "summaries.jsonl")
    assert [r["id"] for r in rows] == [f"{site}/a", f"{site}/b"]
    assert rows[0]["title"] == "Jembatan Baru"
    assert any(sentence in rows[0]["summary"]["text"] for sentence in STORY)
    assert f'<a href="{site}/a">' in (tmp_path / "out" / "digest.html").read_text("utf-8")
    assert sorted(ASKED) == ["/a", "/b"]
    SITE["/a"] = (200, "text/plain", b"Lain sama sekali.")
    again = run_job(work)
    assert not again.fresh
    assert len(ASKED) == 2
    assert "2 pages are as fetched before" in " ".join(again.notes)
    anew = run_job(replace(work, restart=True))
    assert len(ASKED) == 4
    assert anew.counts.rejects + anew.counts.documents == 2
    assert "Jembatan Baru" not in (tmp_path / "out" / "digest.html").read_text("utf-8")


def test_what_can_not_be_fetched_is_rejected_and_tried_again_when_asked(
    site: str, tmp_path: Path
) -> None:
    names = ("/a", "/hilang", "/kosong", "/gambar", "/data", "/a")
    work = job(tmp_path / "out", *[site + n for n in names])
    outcome = run_job(work)
    assert (outcome.counts.documents, outcome.exit_code) == (1, 1)
    rejects = read_jsonl(tmp_path / "out" / "rejects.jsonl")
    assert [(r["id"].removeprefix(site), r["kind"]) for r in rejects] == [
        ("/hilang", "unreachable"), ("/kosong", "empty"), ("/gambar", "unreachable"),
        ("/data", "document"), ("/a", "duplicate"),
    ]  # fmt: skip
    assert "404" in rejects[0]["reason"]
    assert any("2 pages could not be fetched; --update" in n for n in outcome.notes)
    SITE["/hilang"] = SITE["/b"]
    ASKED.clear()
    assert run_job(work).counts.documents == 1
    assert ASKED == []
    mended = run_job(replace(work, update=True))
    assert sorted(ASKED) == ["/gambar", "/hilang"]
    assert mended.counts.documents == 2
    # other pages than the job was begun with are noticed before any is fetched
    ASKED.clear()
    with pytest.raises(UsageError, match="/b is new"):
        run_job(job(tmp_path / "out", f"{site}/a", f"{site}/b"))
    assert ASKED == []


def test_addresses_that_lead_to_one_page_make_one_article(site: str, tmp_path: Path) -> None:
    SITE["/lama"] = SITE["/pendek"] = (301, "", b"/a")
    work = job(tmp_path / "out", *[site + n for n in ("/b", "/lama", "/a", "/pendek", "/hilang")])
    for outcome in (run_job(work), run_job(replace(work, update=True))):
        assert outcome.counts.documents == 2
        rejects = read_jsonl(tmp_path / "out" / "rejects.jsonl")
        assert [(r["id"].removeprefix(site), r["kind"]) for r in rejects] == [
            ("/a", "duplicate"), ("/pendek", "duplicate"), ("/hilang", "unreachable"),
        ]  # fmt: skip
        assert f"same page as {site}/lama before it" in rejects[0]["reason"]


def test_the_status_while_pages_are_fetched(site: str, tmp_path: Path) -> None:
    SITE["/lambat"] = (0, "", b"")
    stop = threading.Event()
    work = job(tmp_path / "out", f"{site}/a", f"{site}/lambat")

    def run() -> None:
        with contextlib.suppress(KeyboardInterrupt):
            run_job(work, stop)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        end = time.monotonic() + 30
        while "/lambat" not in ASKED:
            assert time.monotonic() < end
            time.sleep(0.02)
        lines = describe(job_status(work.out))
    finally:
        stop.set()
        RELEASE.set()
        thread.join()
    assert lines[0] == "state: running, 1 page fetched so far"
    with pytest.raises(InputError, match="holds no batch job"):
        job_status(work.out)


def test_a_damaged_page_is_fetched_again_and_a_stop_keeps_what_is_there(
    site: str, tmp_path: Path
) -> None:
    work = job(tmp_path / "out", f"{site}/a", f"{site}/b")
    stop = threading.Event()
    stop.set()
    with pytest.raises(KeyboardInterrupt):
        run_job(work, stop)
    assert run_job(work).counts.documents == 2
    for path in (tmp_path / "out" / ".ringkas" / "pages").iterdir():
        path.write_bytes(b"no header")
    ASKED.clear()
    assert run_job(work).counts.documents == 2
    assert sorted(ASKED) == ["/a", "/b"]


def test_addresses_come_from_a_file(site: str, tmp_path: Path) -> None:
    listed = tmp_path / "links.txt"
    listed.write_text(f"# pagi ini\n{site}/a\n\n  {site}/b\r\n", encoding="utf-8")
    outcome = run_job(job(tmp_path / "out", str(listed), input_format="urls"))
    assert outcome.counts.documents == 2
    with pytest.raises(InputError, match="holds no addresses"):
        run_job(job(tmp_path / "none", str(_list(tmp_path, "# x\n")), input_format="urls"))
    with pytest.raises(UsageError, match="Unknown input format 'page'"):
        find_sources([str(listed)], "page")


def _list(folder: Path, text: str, name: str = "list.txt", encoding: str = "utf-8") -> Path:
    path = folder / name
    opened = gzip.open if path.suffix == ".gz" else Path.open
    with opened(path, "wb") as file:  # type: ignore[operator]
        file.write(text.encode(encoding))
    return path


def test_a_bad_line_of_a_list_costs_that_line_alone(site: str, tmp_path: Path) -> None:
    upper = site.replace("http", "HTTP")
    text = f"{site}/a  # café\nftp://x\nhttp://\n{site}/b x\n{upper}/b#bawah\n{site}/a#atas\n"
    outcome = run_job(job(tmp_path / "o", str(_list(tmp_path, text)), input_format="urls"))
    assert outcome.counts.documents == 2
    rejects = read_jsonl(tmp_path / "o" / "rejects.jsonl")
    assert [(Path(r["file"]).name, r["line"], r["kind"]) for r in rejects] == [
        ("list.txt", 2, "syntax"), ("list.txt", 3, "syntax"), ("list.txt", 4, "syntax"),
        ("list.txt", 6, "duplicate"),
    ]  # fmt: skip
    assert "'ftp://x' is no http(s) address" in rejects[0]["reason"]
    assert "holds a space" in rejects[2]["reason"]
    assert "already used in line 1" in rejects[3]["reason"]
    with pytest.raises(InputError, match="is no http"):
        find_sources(["http://"])


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.txt", "cp1252"), ("b.txt", "utf-16"), ("c.txt.gz", "utf-8-sig")]
)
def test_lists_may_be_packed_and_in_other_encodings(
    name: str, encoding: str, tmp_path: Path
) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    text = "https://contoh.id/“kafé”\r\nhttps://contoh.id/b\r\n"
    path = _list(lists, text, name, encoding)
    for given in (path, lists, lists / "*"):
        found = find_sources([str(given)], "urls")
        assert [s.name for s in found.sources] == text.split()


def test_a_restart_keeps_pages_that_can_not_be_fetched_any_more(site: str, tmp_path: Path) -> None:
    work = job(tmp_path / "out", f"{site}/a", f"{site}/b")
    run_job(work)
    before = (tmp_path / "out" / "summaries.jsonl").read_bytes()
    SITE.clear()
    again = run_job(replace(work, restart=True))
    assert "2 pages are as fetched before: fetching again failed." in again.notes
    assert (tmp_path / "out" / "summaries.jsonl").read_bytes() == before


def test_a_page_that_hangs_does_not_hold_up_a_stop(site: str, tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    SITE["/lambat"] = (0, "", b"")
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_job(job(tmp_path / "out", f"{site}/lambat"), stop)
    assert time.monotonic() - start < 4
    RELEASE.set()


def test_the_manifest_names_the_addresses(site: str, tmp_path: Path) -> None:
    run_job(job(tmp_path / "out", f"{site}/a"))
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    (listed,) = manifest["inputs"]["listed"]
    assert listed["name"] == f"{site}/a"
    assert listed["fingerprint"]
