"""The name of a folder that no other folder has, on whichever machine: whose articles are whose on a cluster."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from indexer.storage.disk import make_folder
from indexer.system.files import flush, replace

FILE = "identity"


def identity(folder: Path) -> str:
    """The name of a folder; empty where it has none yet."""
    try:
        return (folder / FILE).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def make_identity(folder: Path) -> None:
    """Give a folder a name, once."""
    if identity(folder):
        return
    make_folder(folder)
    fresh = folder / f"{FILE}.new"
    fresh.write_text(uuid4().hex, encoding="ascii")
    flush(fresh)
    replace(fresh, folder / FILE)
    flush(folder)
