"""One frozen Settings, read once and passed down: defaults < TOML file < TIMBAO_* environment < options."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indexer.errors import SettingsError

ENGINES = ("whoosh", "tantivy")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set.

    ``index`` is the index directory; ``engine`` the engine of a new index, None for the default (an existing index
    keeps its own); ``host`` and ``port`` are where ``timbao serve`` listens; ``threads`` how many requests it answers
    at once; ``budget_ms`` the milliseconds after which an answer is cut short; ``commit_every`` the number of articles
    between two commits while indexing; ``workers`` how many processes read pages, ``serve_workers`` how many answer;
    ``keep_lists`` whether pages are indexed that look like no story.

    ``public_url`` is the address at which readers find the web app, for links that leave it (feeds, exports, citations)
    and for the prefix of a proxy: ``https://bao.example.vn/tim``. ``trusted_proxies`` are the addresses, with commas
    between, of proxies on other machines, from which any number of connections may come. ``crawlers`` lets search
    engines list the stored articles. ``answers_mb`` bounds the answers that each process remembers; 0 remembers none.
    """

    index: Path = Path("timbao-index")
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
        for name in (f.name for f in fields(cls)):
            value = environ.get(f"TIMBAO_{name.upper()}")
            if value:
                given[name] = value
        given |= {name: value for name, value in options.items() if value is not None}
        return replace(cls(), **{name: _converted(name, value) for name, value in given.items()})


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
    "serve_workers": int,
    "public_url": _address,
    "trusted_proxies": str,
    "crawlers": _yes_or_no,
    "answers_mb": int,
    "keep_lists": _yes_or_no,
}


def _converted(name: str, value: Any) -> Any:
    if name not in _KINDS:
        raise SettingsError(f"unknown setting {name!r}; known are {', '.join(_KINDS)}")
    try:
        made = _KINDS[name](value)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"setting {name} = {value!r}: {error}") from error
    if name == "engine" and made not in ENGINES:
        raise SettingsError(f"unknown engine {made!r}; known are {', '.join(ENGINES)}")
    return made
