"""ArchiveBox keeps one page in many forms in a folder; the best of them is the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from indexer.system.names import reachable

_MARK = "index.json"
_LARGEST = 5_000_000
# What it makes of a page, the truest first: the page as a browser showed it, its tree, its text.
_FORMS = (
    *("singlefile.html", "output.html", "readability/content.html", "mercury/content.html"),
    *("readability/content.txt", "htmltotext.txt"),
)


class Snapshot(NamedTuple):
    """The form to read, and the address that was saved."""

    path: Path
    url: str


def best_of_snapshot(folder: Path, names: Sequence[str]) -> Snapshot | None:
    """The page in a folder of ArchiveBox; None for any other folder."""
    if _MARK not in names:
        return None
    import orjson  # only here: folders rarely hold this file

    try:
        index = reachable(folder / _MARK)
        told = orjson.loads(index.read_bytes()) if index.stat().st_size <= _LARGEST else None
    except (OSError, ValueError):
        return None
    if not (isinstance(told, dict) and isinstance(told.get("url"), str) and "timestamp" in told):
        return None
    form = next((folder / form for form in _FORMS if reachable(folder / form).is_file()), None)
    return Snapshot(form, told["url"]) if form else None
