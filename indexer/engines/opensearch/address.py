"""Where a cluster is and how it is entered: ``http://host1:9200,http://host2:9200/NAME`` and credentials beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from indexer.errors import SettingsError

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_PORTS = {"http": 9200, "https": 443}
EXAMPLE = "http://host1:9200,http://host2:9200/NAME"


@dataclass(frozen=True, slots=True)
class Credentials:
    """How a cluster is entered. Never shown: neither in a message nor in the text of this record."""

    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """The hosts of a cluster (``https://host:port`` each) and the name of an index on it."""

    hosts: tuple[str, ...]
    name: str

    def __str__(self) -> str:
        """As it is given to ``--index``, and as it may be shown: it holds no credentials."""
        return f"{','.join(self.hosts)}/{self.name}"


def parse(text: str) -> Address:
    """Read an address; hosts after the first may leave their scheme out.

    >>> str(parse("https://one.example,two.example:9201/bao"))
    'https://one.example:443,https://two.example:9201/bao'

    Raises:
        SettingsError: it is none, or holds a password, which would end up in lists of processes and histories.
    """
    places, _, name = text.rpartition("/")
    if "@" in text:
        raise SettingsError(
            "an address of a cluster holds no user and no password: "
            "set TIMBAO_OPENSEARCH_USER and TIMBAO_OPENSEARCH_PASSWORD"
        )
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{text}: the name of an index is small letters, digits, - and _, as in {EXAMPLE}")
    scheme = places.split(":")[0].lower()
    hosts = tuple(_host(one.strip(), scheme, text) for one in places.split(",") if one.strip())
    if not hosts:
        raise SettingsError(f"{text} names no host, as in {EXAMPLE}")
    return Address(tuple(dict.fromkeys(hosts)), name)


def _host(text: str, scheme: str, whole: str) -> str:
    parts = urlsplit(text if "://" in text else f"{scheme}://{text}")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise SettingsError(f"{whole}: {text} is no address of a host, as in {EXAMPLE}") from None
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingsError(f"{whole}: {text} is no address of a host, as in {EXAMPLE}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}"
