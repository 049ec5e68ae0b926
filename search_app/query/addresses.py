"""Newspapers by any form of their address."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"^(?:(?:[a-z][a-z0-9+.-]*:)?//)?(?:[^/@\s]*@)?(?:www\d?\.)?", re.IGNORECASE)


def site_of(typed: str) -> str:
    """A newspaper's domain from its name, its address or that of a page.

    >>> site_of("https://www.Baothu.example/so-1?x"), site_of("WWW.baothu.example"), site_of("baothu.example:80")
    ('baothu.example', 'baothu.example', 'baothu.example')
    """
    return re.split(r"[/?#:]", _ADDRESS.sub("", typed.strip(), count=1), maxsplit=1)[0].lower()
