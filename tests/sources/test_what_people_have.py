"""Files as people really have them: each kind with an input of our own."""

import gzip
import json
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources import PassedOver, find_files, source_name, walk

BODY = "<h1>Xưởng mộc làng Cói đóng thuyền gỗ</h1><p>Tổ thợ đóng xong chiếc thuyền đầu tiên của năm.</p>"
PAGE = f"<!DOCTYPE html><html><head><title>Xưởng mộc</title></head><body>{BODY}</body></html>".encode()


def read(*paths: Path) -> list[RawPage | Unreadable]:
    return list(walk(paths))


def pages(*paths: Path) -> list[RawPage]:
    return [one for one in read(*paths) if isinstance(one, RawPage)]


def failures(*paths: Path) -> list[str]:
    return [one.reason for one in read(*paths) if isinstance(one, Unreadable)]


def record(kind: str, url: str, payload: bytes, media: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "\r\n".join([status, *headers, "", ""]).encode() + body


@pytest.mark.parametrize("member", ["index.html", "trang/bai.html", "anh.png"])
def test_a_page_that_is_a_zip_archive_too_is_read(tmp_path: Path, member: str) -> None:
    """SingleFileZ: HTML before the archive, the page or only its pictures inside."""
    inside = PAGE if member.endswith("html") else b"\x89PNG"
    path = tmp_path / "bai.html"
    path.write_bytes(b"<!DOCTYPE html><html><body><h1>V\xe1\xba\xa3y</h1>" + BODY.encode() + b"</body></html>\n<!--")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("anh-khac.png", b"\x89PNG")
        archive.writestr(member, inside)
    (page,) = pages(path)
    assert page.source == str(path)
    assert BODY.encode() in page.data
    assert b"PK" not in page.data


def test_an_archive_under_the_name_of_a_page_is_no_such_page(tmp_path: Path) -> None:
    path = tmp_path / "bai.html"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/x.html", PAGE)
    assert [one.source for one in read(path)] == [f"{path}#a/x.html"]


def test_a_header_is_believed_only_where_the_body_bears_it_out(tmp_path: Path) -> None:
    html, chunked = "Content-Type: text/html", "Transfer-Encoding: chunked"
    chunks = b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n"
    archive = tmp_path / "a.warc"
    archive.write_bytes(
        record("response", "https://x.vn/1", answer(PAGE, html, chunked))
        + record("response", "https://x.vn/2", answer(PAGE, html, "Content-Encoding: gzip"))
        + record("response", "https://x.vn/3", answer(gzip.compress(PAGE), html, "Content-Encoding: gzip"))
        + record(
            "response",
            "https://x.vn/4",
            answer(chunks, html, chunked),
        )
        + record("response", "https://x.vn/5", answer(PAGE, status="HTTP/2 200"))
    )
    found = pages(archive)
    assert [page.url for page in found] == [f"https://x.vn/{number}" for number in range(1, 6)]
    assert {page.data for page in found} == {PAGE}


def test_one_bad_record_costs_itself_only(tmp_path: Path) -> None:
    archive = tmp_path / "b.warc"
    bad = answer(b"\x1f\x8b\x08" + b"\xff" * 60, "Content-Type: text/html", "Content-Encoding: gzip")
    archive.write_bytes(
        b"".join(
            record("response", f"https://x.vn/{n}", bad if n == 2 else answer(PAGE, "Content-Type: text/html"))
            for n in range(1, 5)
        )
    )
    assert [page.url for page in pages(archive)] == ["https://x.vn/1", "https://x.vn/3", "https://x.vn/4"]
    assert len(failures(archive)) == 1


def test_resources_and_conversions_that_hold_html_are_pages(tmp_path: Path) -> None:
    archive = tmp_path / "c.warc"
    archive.write_bytes(
        record("resource", "https://x.vn/r", PAGE, "text/html; charset=utf-8")
        + record("resource", "https://x.vn/r.png", b"\x89PNG", "image/png")
        + record("conversion", "https://x.vn/c", PAGE, "text/html")
    )
    assert [(page.url, page.kind) for page in pages(archive)] == [
        ("https://x.vn/r", PageKind.HTML),
        ("https://x.vn/c", PageKind.HTML),
    ]


@pytest.mark.parametrize("left", [30, 200])
def test_an_archive_that_is_cut_off_is_said_to_be(tmp_path: Path, left: int) -> None:
    archive = tmp_path / "d.warc.gz"
    parts = [
        gzip.compress(record("response", f"https://x.vn/{n}", answer(PAGE, "Content-Type: text/html"))) for n in (1, 2)
    ]
    archive.write_bytes(parts[0] + parts[1][:left])
    assert [page.url for page in pages(archive)] == ["https://x.vn/1"]
    assert any("cut off" in reason for reason in failures(archive))


def test_arc_is_read(tmp_path: Path) -> None:
    head = b"1 0 Kho mau\nURL IP-address Archive-date Content-type Archive-length\n"
    arc = b"filedesc://a.arc 0.0.0.0 20080102030405 text/plain %d\n" % len(head) + head + b"\n"
    for number in (1, 2):
        payload = answer(PAGE, "Content-Type: text/html")
        arc += b"http://x.vn/%d 1.2.3.4 20080102030405 text/html %d\n" % (number, len(payload)) + payload + b"\n"
    (tmp_path / "a.arc.gz").write_bytes(gzip.compress(arc))
    assert [page.url for page in pages(tmp_path / "a.arc.gz")] == ["http://x.vn/1", "http://x.vn/2"]


def test_names_without_endings_are_judged_by_content_and_the_rest_is_named(tmp_path: Path) -> None:
    for name in ("bai-viet-17", "doc.php?id=9&trang=2", "tin.shtml"):
        (tmp_path / name).write_bytes(PAGE)
    for name, data in (
        ("bao-cao.pdf", b"%PDF-1.4"),
        ("quyet-dinh", b"%PDF-1.4"),
        ("anh.jpg", b"\xff\xd8\xff"),
        ("x.bin2", b"\0\1"),
    ):
        (tmp_path / name).write_bytes(data)
    found = list(find_files([tmp_path]))
    assert len(pages(tmp_path)) == 3
    passed = {Path(one.source).name: one.reason for one in found if isinstance(one, PassedOver)}
    assert passed["bao-cao.pdf"] == passed["quyet-dinh"] == "a PDF document (save its text)"
    assert passed["anh.jpg"] == "an image"
    assert len(passed) == 4


def test_a_name_that_is_no_utf8_is_read_and_shown_with_its_bytes(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"th\xf4")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (folder / os.fsdecode(b"\xff.html")).write_bytes(PAGE)
    (page,) = pages(tmp_path)
    assert page.source.endswith("th\\xf4/\\xff.html")
    page.source.encode()
    assert source_name("đò.html") == "đò.html"


def test_json_of_other_tools_and_arrays(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"title": "Một", "text": "Chữ."}, 3]), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        '[\n{"title": "Hai", "maintext": "Chữ."},\n{"title": "Ba"}\n]\n', encoding="utf-8"
    )
    assert [page.kind for page in pages(tmp_path)] == [PageKind.RECORD] * 3
    assert failures(tmp_path) == ["no JSON object"]


def test_worthless_lines_are_counted_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"1\n" * 5_000)
    assert len(read(tmp_path)) == 101
    assert failures(tmp_path) == ["and 4,900 more lines that hold no JSON object"]


def test_a_zip_archive_of_pages_and_a_bad_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mot.html", PAGE)
        archive.writestr("hai/ba.txt", "Chữ.")
        archive.writestr("anh.png", b"\x89PNG")
    assert [Path(page.source).name for page in pages(tmp_path)] == ["a.zip#mot.html", "ba.txt"]
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    assert "office document" in failures(tmp_path / "b.zip")[0]


def test_a_mail_is_its_html_part_under_its_subject(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Bản tin làng Cói"
    mail["From"] = "a@x.example"
    mail.set_content("Chữ trơn.")
    mail.add_alternative(BODY, subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    (page,) = pages(tmp_path)
    assert page.kind is PageKind.HTML
    assert "Bản tin làng Cói".encode() in page.data


def test_an_mhtml_file_with_a_mark_and_an_address_with_a_fragment(tmp_path: Path) -> None:
    frame = b"Content-Type: text/html\r\nContent-Location: https://x.vn/khung\r\n\r\n<p>khung</p>\r\n"
    own = b"Content-Type: text/html\r\nContent-Location: https://x.vn/tin\r\n\r\n" + PAGE + b"\r\n"
    head = b"\xef\xbb\xbfFrom: <Saved by X>\r\nSnapshot-Content-Location: https://x.vn/tin#bl\r\nMIME-Version: 1.0\r\n"
    kind = b'Content-Type: multipart/related; boundary="B"\r\n\r\n'
    (tmp_path / "a.mhtml").write_bytes(head + kind + b"--B\r\n" + frame + b"--B\r\n" + own + b"--B--\r\n")
    (page,) = pages(tmp_path)
    assert "Xưởng mộc".encode() in page.data
    nested = b'Content-Type: multipart/related; boundary="a"\n\n--a\n' * 3_000
    (tmp_path / "b.mhtml").write_bytes(b"From: <Saved by X>\n" + nested)
    assert len(failures(tmp_path / "b.mhtml")) == 1


def test_an_archivebox_snapshot_is_one_page_with_its_address(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text(
        json.dumps({"url": "https://x.vn/tin-5", "timestamp": "17.0"}), encoding="utf-8"
    )
    for name in ("singlefile.html", "output.html", "index.html"):
        (tmp_path / name).write_bytes(PAGE)
    (page,) = pages(tmp_path)
    assert (Path(page.source).name, page.url) == ("singlefile.html", "https://x.vn/tin-5")


def test_the_helpers_of_a_complete_page_are_no_pages(tmp_path: Path) -> None:
    (tmp_path / "tin.html").write_bytes(PAGE)
    (tmp_path / "tin_files").mkdir()
    (tmp_path / "tin_files" / "quang-cao.html").write_bytes(PAGE)
    assert len(pages(tmp_path)) == 1


def packed_records(count: int) -> list[bytes]:
    html = "Content-Type: text/html"
    return [gzip.compress(record("response", f"https://x.vn/{n}", answer(PAGE, html))) for n in range(1, count + 1)]


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_broken_member_of_a_packed_archive_costs_itself_only(tmp_path: Path, broken: int) -> None:
    parts = packed_records(4)
    parts[broken] = parts[broken][:70] + b"\x55" * 40 + parts[broken][110:]
    archive = tmp_path / "e.warc.gz"
    archive.write_bytes(b"".join(parts))
    whole = [f"https://x.vn/{n}" for n in range(1, 5) if n != broken + 1]
    assert [page.url for page in pages(archive)] == whole
    assert failures(archive)


def test_a_page_that_is_packed_twice_is_unpacked_twice_and_half_a_page_is_no_page(tmp_path: Path) -> None:
    import brotli

    html = "Content-Type: text/html"
    archive = tmp_path / "f.warc"
    archive.write_bytes(
        record(
            "response",
            "https://x.vn/1",
            answer(brotli.compress(gzip.compress(PAGE)), html, "Content-Encoding: gzip, br"),
        )
        + record("response", "https://x.vn/2", answer(gzip.compress(PAGE)[:90], html, "Content-Encoding: gzip"))
        + record("response", "https://x.vn/3", answer(PAGE[:120], html, f"Content-Length: {len(PAGE)}"))
        + record("response", "https://x.vn/4", answer(PAGE, html, f"Content-Length: {len(PAGE) + 9}"))
    )
    assert [page.url for page in pages(archive)] == ["https://x.vn/1", "https://x.vn/4"]
    reasons = failures(archive)
    assert all("cut off" in reason for reason in reasons)
    assert ["https://x.vn/2" in reasons[0], "https://x.vn/3" in reasons[1]] == [True, True]


def test_a_plain_archive_that_ends_in_a_header_is_said_to_be_cut_off(tmp_path: Path) -> None:
    first, second = (record("response", f"https://x.vn/{n}", answer(PAGE, "Content-Type: text/html")) for n in (1, 2))
    archive = tmp_path / "g.warc"
    archive.write_bytes(first + second[:90])
    assert [page.url for page in pages(archive)] == ["https://x.vn/1"]
    assert failures(archive) == ["the archive is cut off after 1 pages"]
    archive.write_bytes(first + second)
    assert not failures(archive)


def test_a_resource_of_no_known_type_is_judged_by_its_content(tmp_path: Path) -> None:
    archive = tmp_path / "h.warc"
    archive.write_bytes(
        record("resource", "https://x.vn/1", PAGE, "application/octet-stream")
        + record("resource", "https://x.vn/2", b"\x00\x01", "application/octet-stream")
    )
    assert [page.url for page in pages(archive)] == ["https://x.vn/1"]


@pytest.mark.parametrize(
    "envelope",
    [
        {"items": [{"title": "a", "content_html": BODY}, {"title": "b", "content_html": BODY}], "version": "1.1"},
        {"status": "ok", "articles": [{"title": "a", "content": BODY}, {"title": "b", "content": BODY}]},
        {"hits": {"total": 2, "hits": [{"_source": {"title": "a", "body": BODY}}, {"_source": {"title": "b"}}]}},
    ],
)
def test_records_in_an_envelope(tmp_path: Path, envelope: object) -> None:
    (tmp_path / "a.json").write_text(json.dumps(envelope), encoding="utf-8")
    found = pages(tmp_path)
    assert [page.source for page in found] == [f"{tmp_path / 'a.json'}#{number}" for number in (1, 2)]


def test_a_record_with_a_list_of_its_own_is_no_envelope(tmp_path: Path) -> None:
    record = {"title": "a", "content": BODY * 4, "items": [{"src": "anh.jpg"}]}
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    assert [page.source for page in pages(tmp_path)] == [str(tmp_path / "a.json")]


def test_records_deep_in_an_export_and_a_record_laid_out_over_lines(tmp_path: Path) -> None:
    posts = [{"title": "a", "html": BODY}, {"title": "b", "html": BODY}]
    (tmp_path / "a.json").write_text(json.dumps({"db": [{"data": {"posts": posts}}]}), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"title": "c", "body": BODY}, indent=2), encoding="utf-8")
    assert [Path(page.source).name for page in pages(tmp_path)] == ["a.json#1", "a.json#2", "b.jsonl"]


def test_a_body_of_several_gzip_members_is_read_whole(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]) + b"\r\n"
    archive = tmp_path / "i.warc"
    html = "Content-Type: text/html"
    archive.write_bytes(record("response", "https://x.vn/1", answer(packed, html, "Content-Encoding: gzip")))
    assert [page.data for page in pages(archive)] == [PAGE]
