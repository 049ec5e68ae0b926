"""Web archives: WARC (the HTML responses in it) and WET (the texts that a crawler made of them), streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from indexer.models import PageKind, RawPage, Unreadable
from indexer.vietnamese.encodings import MAX_BYTES

_HTML_TYPES = ("text/html", "application/xhtml+xml")


def warc_pages(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """The pages of a WARC or WET file as ``source#1``, ``source#2``, ...

    Of responses, those of HTML that were answered with status 200; other records are passed over in silence.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # only here: most runs read no archive

    wanted = WarcRecordType.response | WarcRecordType.conversion
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=wanted, auto_decode="all"):
            kind = _page_kind(record)
            if kind is not None:
                number += 1
                yield _page(record, kind, f"{source}#{number}", modified)
    except (OSError, ValueError, RuntimeError) as error:
        yield Unreadable(source, f"a broken archive after {number} pages: {str(error).strip().lower() or 'cut off'}")
        return
    if number == 0:
        yield Unreadable(source, "an archive without a page")


def _page_kind(record: Any) -> PageKind | None:
    """What a record is to us; None for redirects, images and the like."""
    from fastwarc.warc import WarcRecordType

    if record.record_type == WarcRecordType.conversion:
        return PageKind.TEXT
    if record.http_headers is None or record.http_headers.status_code != 200:
        return None
    return PageKind.HTML if (record.http_content_type or "").lower() in _HTML_TYPES else None


def _page(record: Any, kind: PageKind, name: str, modified: float) -> RawPage | Unreadable:
    data = record.reader.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Unreadable(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    if not data:
        return Unreadable(name, "empty")
    charset = record.http_charset if kind is PageKind.HTML else "utf-8"
    captured = record.record_date
    url = record.headers.get("WARC-Target-URI")
    return RawPage(
        name,
        data,
        kind,
        url=url.strip("<> ") if url else None,
        charset=charset or None,
        modified=captured.timestamp() if captured else modified,
    )
