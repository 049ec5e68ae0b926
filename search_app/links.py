"""What of an article's origin may be shown to others: links that a reader can follow safely, names without paths."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def web_address(url: str | None) -> str | None:
    """The address if a reader may be sent there: http or https with a host, nothing hidden in it.

    >>> web_address("https://bao.example/1"), web_address("javascript:alert(1)"), web_address("https://x y/")
    ('https://bao.example/1', None, None)
    """
    if not url or " " in url or not url.isprintable():  # no other white space is printable
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def file_name(source: str) -> str:
    """The last part of a source's name: readers need not know where this machine keeps its files.

    >>> file_name("/home/an/kho/bao.jsonl:12"), file_name(r"D:\\kho\\1.html")
    ('bao.jsonl:12', '1.html')
    """
    return re.split(r"[/\\]", source.rstrip("/\\"))[-1]
