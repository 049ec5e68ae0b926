"""Files, folders and archives, good and bad."""

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources import SourceFile, find_files, read_file, walk

HTML = "<html><body><h1>Trạm bơm gió</h1><p>Nước về đồng.</p></body></html>".encode()


def read(*paths: Path) -> list[RawPage | Unreadable]:
    return list(walk(paths))


def pages(*paths: Path) -> list[RawPage]:
    found = read(*paths)
    assert not [one for one in found if isinstance(one, Unreadable)]
    return [one for one in found if isinstance(one, RawPage)]


def reason(*paths: Path) -> str:
    (found,) = read(*paths)
    assert isinstance(found, Unreadable)
    return found.reason


def test_a_folder_is_walked_in_order_and_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in (
        "b/2.htm",
        "b/1.TXT",
        "a.html",
        "c.html.gz",
        "d.xhtml",
        "anh.png",
        "style.css",
        "x.json",
        ".git/h.html",
        ".an.html",
    ):
        data = gzip.compress(HTML) if name.endswith("gz") else HTML
        (tmp_path / name).write_bytes(data)
    found = pages(tmp_path)
    assert [Path(page.source).relative_to(tmp_path).as_posix() for page in found] == [
        "a.html",
        "b/1.TXT",
        "b/2.htm",
        "c.html.gz",
        "d.xhtml",
    ]
    assert {page.data for page in found} == {HTML}
    assert [page.kind for page in found] == [PageKind.HTML, PageKind.TEXT, PageKind.HTML, PageKind.HTML, PageKind.HTML]


def test_files_are_listed_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(HTML)
    os.utime(path, ns=(5_000_000_000, 7_000_000_000))
    (found,) = find_files([tmp_path])
    assert found == SourceFile(path, len(HTML), 7_000_000_000)
    (page,) = read_file(found)
    assert isinstance(page, RawPage)
    assert page.modified == 7.0


def test_each_file_once_and_a_named_one_whatever_its_ending(tmp_path: Path) -> None:
    odd = tmp_path / "trang.luu"
    odd.write_bytes(HTML)
    assert [page.source for page in pages(odd, odd, tmp_path / "." / "trang.luu")] == [str(odd)]
    assert pages(odd)[0].kind is PageKind.HTML  # its content says so


def test_what_cannot_be_read_is_said_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "0.html").write_bytes(b"")
    (tmp_path / "1.html.gz").write_bytes(gzip.compress(HTML)[:-12])
    (tmp_path / "2.html").write_bytes(HTML)
    found = read(tmp_path, tmp_path / "nowhere")
    assert [type(one) for one in found] == [Unreadable, Unreadable, RawPage, Unreadable]
    assert [one.reason for one in found if isinstance(one, Unreadable)][::2] == ["empty", "no such file or folder"]


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(HTML)

    def refuse(*_: object) -> None:  # root may read everything, so taking the right away shows nothing
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("indexer.sources.reading.opened", refuse)
    assert "permission" in reason(path)


def test_size_is_bounded_packed_or_not(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"a" * 20_000_001)
    assert reason(tmp_path / "a.html") == "larger than 20 MB"
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(bytes(200_000_000), 9))
    assert reason(tmp_path / "b.html.gz") == "larger than 20 MB"


def test_a_file_that_vanishes_between_listing_and_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(HTML)
    (file,) = find_files([path])
    path.unlink()
    assert isinstance(file, SourceFile)
    (found,) = read_file(file)
    assert isinstance(found, Unreadable)


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"title": f"Tin {n}"}).encode() for n in range(3)]
    path.write_bytes(b"\xef\xbb\xbf" + lines[0] + b"\r\n\n" + lines[1] + b"\n" + lines[2])
    found = pages(path)
    assert [page.source for page in found] == [f"{path}#1", f"{path}#3", f"{path}#4"]
    assert [page.data for page in found] == lines
    assert {page.kind for page in found} == {PageKind.RECORD}


def test_one_monstrous_line_does_not_end_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(b'{"a":1}\n' + b"x" * 20_000_100 + b'\n{"b":2}\n')
    first, second, third = read(path)
    assert isinstance(first, RawPage)
    assert isinstance(second, Unreadable)
    assert second.source == f"{path}#2"
    assert isinstance(third, RawPage)


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://bao.example/tin-1.html
Subject: =?utf-8?Q?Tr=E1=BA=A1m?=
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----x----"

------x----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://quangcao.example/khung.html

<p>qu=E1=BA=A3ng c=C3=A1o</p>
------x----
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://bao.example/tin-1.html

<h1>Tr=E1=BA=A1m b=C6=A1m</h1>
------x----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://bao.example/a.png

iVBORw0KGgo=
------x------
"""


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html"])
def test_mhtml_gives_its_own_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MHTML.replace("\n", "\r\n").encode())
    (page,) = pages(path)
    assert page.data.decode().strip() == "<h1>Trạm bơm</h1>"
    assert (page.url, page.charset, page.kind) == ("https://bao.example/tin-1.html", "utf-8", PageKind.HTML)


def test_mhtml_without_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nabc")
    assert "without an HTML part" in reason(path)


def record(kind: str, content: bytes, url: str = "https://bao.example/1", date: str = "2023-02-08T02:58:00Z") -> bytes:
    form = "application/http; msgtype=response" if kind == "response" else "text/plain"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"Content-Type: {form}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def response(body: bytes, status: str = "200 OK", form: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {form}\r\n{extra}\r\n".encode() + body


ARCHIVE = (
    record("warcinfo", b"software: test\r\n")
    + record("response", response(HTML))
    + record("response", response(b"", "301 Moved"), "https://bao.example/2")
    + record("response", response(b"\x89PNG", form="image/png"), "https://bao.example/a.png")
    + record(
        "response",
        response(gzip.compress(HTML), extra="Content-Encoding: gzip\r\n"),
        "https://bao.example/3",
        "2024-02-08T02:58:00Z",
    )
    + record("response", response(b"not found", "404 Not Found"), "https://bao.example/4")
)


@pytest.mark.parametrize("packed", [False, True])
def test_warc_gives_its_html_responses(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(gzip.compress(ARCHIVE) if packed else ARCHIVE)
    first, second = pages(path)
    assert (first.source, second.source) == (f"{path}#1", f"{path}#2")
    assert (first.url, second.url) == ("https://bao.example/1", "https://bao.example/3")
    assert first.data == second.data == HTML
    assert first.charset == "utf-8"
    assert second.modified - first.modified == 365 * 86_400


def test_warc_with_a_gzip_member_a_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        b"".join(gzip.compress(record("response", response(HTML), f"https://bao.example/{n}")) for n in range(5))
    )
    assert [page.url for page in pages(path)] == [f"https://bao.example/{n}" for n in range(5)]


def test_wet_gives_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.wet.gz"
    path.write_bytes(gzip.compress(record("conversion", "Trạm bơm gió\nNước về đồng.\n".encode())))
    (page,) = pages(path)
    assert (page.kind, page.charset, page.url) == (PageKind.TEXT, "utf-8", "https://bao.example/1")
    assert page.data.decode() == "Trạm bơm gió\nNước về đồng.\n"


def test_a_broken_archive_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    whole = b"".join(gzip.compress(record("response", response(HTML))) for _ in range(3))
    path.write_bytes(whole[: len(whole) - 60])
    assert [one.source for one in read(path)[:2]] == [f"{path}#1", f"{path}#2"]
    (tmp_path / "b.warc").write_bytes(b"rubbish " * 100)
    assert isinstance(read(tmp_path / "b.warc")[-1], Unreadable)


def test_an_archive_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    with path.open("wb") as out:
        for number in range(500):
            out.write(record("response", response(HTML * 20), f"https://bao.example/{number}"))
    stream = walk([path])
    first = next(stream)
    assert isinstance(first, RawPage)
    assert sum(1 for _ in stream) == 499


def test_importing_sources_is_cheap() -> None:
    import subprocess
    import sys

    heavy = ("trafilatura", "lxml", "fastwarc", "bs4")
    code = f"import sys, indexer.sources, indexer.extract; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_gzip_members_are_read_through(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    for part in (HTML[:30], HTML[30:]):
        buffer.write(gzip.compress(part))
    (tmp_path / "a.html.gz").write_bytes(buffer.getvalue())
    assert pages(tmp_path)[0].data == HTML
