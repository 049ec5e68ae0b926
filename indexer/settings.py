"""One frozen Settings, read once and passed down: defaults < TOML file < TIMBAO_* environment < options."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import SettingsError

LOCAL_ENGINES = ("whoosh", "tantivy")
"""Engines that keep their files on this machine."""

ENGINES = (*LOCAL_ENGINES, "opensearch")
_ADDRESS = re.compile(r"https?:/", re.IGNORECASE)


def is_address(index: str) -> bool:
    """Whether an index was named by an address on a cluster, and not by a folder."""
    return _ADDRESS.match(index) is not None


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set.

    ``index`` is the index directory. Where an index lies on a cluster, ``cluster`` is its address, and ``index`` the
    folder in which this machine keeps its catalogue: what it read and what waits to be indexed; a machine that only
    searches needs none. ``opensearch_*`` say how the cluster is entered and how an index is made there. ``engine``
    is the engine of a new index, None for the default (an existing index keeps its own);
    ``host`` and ``port`` are where ``timbao serve`` listens; ``threads`` how many requests it answers
    at once; ``budget_ms`` the milliseconds after which an answer is cut short; ``commit_every`` the number of articles
    between two commits while indexing; ``workers`` how many processes read pages, ``serve_workers`` how many answer;
    ``keep_lists`` whether pages are indexed that look like no story.

    ``public_url`` is the address at which readers find the web app, for links that leave it (feeds, exports, citations)
    and for the prefix of a proxy: ``https://bao.example.vn/tim``. ``trusted_proxies`` are the addresses, with commas
    between, of proxies on other machines, from which any number of connections may come. ``crawlers`` lets search
    engines list the stored articles. ``answers_mb`` bounds the answers that each process remembers; 0 remembers none.
    ``editor`` lets who knows ``editor_secret`` correct places and dates from the pages.
    """

    index: Path = Path("timbao-index")
    cluster: str | None = None
    engine: str | None = None
    host: str = "127.0.0.1"
    port: int = 8017
    threads: int = 8
    budget_ms: int = 2_000
    commit_every: int = 10_000
    workers: int = os.cpu_count() or 1
    serve_workers: int = min(os.cpu_count() or 1, 8)  # each holds some 100 MB of its own: more have to be asked for
    public_url: str = ""
    trusted_proxies: str = ""
    crawlers: bool = False
    answers_mb: int = 16
    keep_lists: bool = False
    editor: bool = False
    editor_secret: str | None = field(default=None, repr=False)
    opensearch_user: str | None = field(default=None, repr=False)
    opensearch_password: str | None = field(default=None, repr=False)
    opensearch_api_key: str | None = field(default=None, repr=False)
    opensearch_ca_file: Path | None = None
    opensearch_shards: int = 1  # a search of three costs twice that of one: more only where one grows too large
    opensearch_replicas: int = 1

    @property
    def shown(self) -> str:
        """The index as a message names it, and as ``--index`` takes it."""
        return self.cluster or str(self.index)

    @classmethod
    def load(
        cls, *, environ: Mapping[str, str] | None = None, toml: Path = Path("timbao.toml"), **options: Any
    ) -> Settings:
        """Settings from a TOML file (if it is there), the environment and options; an option of None is not given.

        Raises:
            SettingsError: a file that is no TOML, an unknown key or a value of the wrong kind.
        """
        environ = os.environ if environ is None else environ
        given: dict[str, Any] = _read_toml(toml)
        for name in (*(f.name for f in fields(cls) if f.name != "cluster"), "catalogue"):
            value = environ.get(f"TIMBAO_{name.upper()}")
            if value:
                given[name] = value
        given |= {name: value for name, value in options.items() if value is not None}
        made = replace(cls(), **{name: _converted(name, value) for name, value in _placed(given).items()})
        if (made.engine == "opensearch") != bool(made.cluster) and made.engine:
            raise SettingsError(
                "the engine opensearch takes an address as its index, as in --index http://host:9200/NAME, and no other"
                " engine does"
            )
        return made


def _placed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Which index was meant: a folder, or one on a cluster with a folder for the catalogue."""
    made = dict(given)
    catalogue = made.pop("catalogue", None)
    if is_address(str(made.get("index", ""))):
        made["cluster"] = str(made["index"]).rstrip("/")
        made["index"] = catalogue or f"timbao-catalogue-{made['cluster'].rpartition('/')[2]}"
    return made


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _address(value: str) -> str:
    """The address of the web app without a slash at its end."""
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError("not an address such as https://bao.example.vn/tim")
    return value.rstrip("/")


def _yes_or_no(value: object) -> bool:
    said = str(value).lower()
    if said not in _WORDS:
        raise ValueError(f"say one of {', '.join(_WORDS)}")
    return _WORDS[said]


_WORDS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False, "1": True, "0": False}

_KINDS: dict[str, Any] = {
    "index": Path,
    "engine": str,
    "host": str,
    "port": int,
    "threads": int,
    "budget_ms": int,
    "commit_every": int,
    "workers": int,
    "cluster": str,
    "opensearch_user": str,
    "opensearch_password": str,
    "opensearch_api_key": str,
    "opensearch_ca_file": Path,
    "opensearch_shards": int,
    "opensearch_replicas": int,
    "serve_workers": int,
    "public_url": _address,
    "trusted_proxies": str,
    "crawlers": _yes_or_no,
    "answers_mb": int,
    "keep_lists": _yes_or_no,
    "editor": _yes_or_no,
    "editor_secret": str,
}


_SECRET = ("editor_secret", "opensearch_user", "opensearch_password", "opensearch_api_key")


def _converted(name: str, value: Any) -> Any:
    if name not in _KINDS:
        raise SettingsError(f"unknown setting {name!r}; known are {', '.join(_KINDS)}")
    try:
        made = _KINDS[name](value)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"setting {name} = {'...' if name in _SECRET else repr(value)}: {error}") from error
    if name == "engine" and made not in ENGINES:
        raise SettingsError(f"unknown engine {made!r}; known are {', '.join(ENGINES)}")
    return made
