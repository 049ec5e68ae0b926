r"""How a file is called: long names, reserved ones, capitals, and addresses.

Windows knows paths of 260 characters, takes ``con.html`` for the keyboard, and drops a dot at the end of a name, unless
a path begins with ``\\?\``. Neither it nor macOS tells ``Bao.html`` from ``bao.html``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

from indexer.system import MACOS, WINDOWS

_LONGEST = 240
"""Characters of a path that Windows takes without more ado: 260 in all, 248 for a folder, and a few to spare."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:[.:].*)?", re.IGNORECASE)


def reachable(path: Path) -> Path:
    """The path by which a file can be opened, whatever it is called. ``path`` is absolute."""
    return Path(extended(str(path))) if WINDOWS else path


def extended(path: str) -> str:
    r"""An absolute path of Windows, in the form that is taken as it stands where it has to be.

    >>> extended(r"C:\Bao\tin.html"), extended(r"C:\Bao\con.html")
    ('C:\\Bao\\tin.html', '\\\\?\\C:\\Bao\\con.html')
    >>> extended(r"\\may\kho\nul.html")
    '\\\\?\\UNC\\may\\kho\\nul.html'
    """
    if path.startswith("\\\\?\\") or not (len(path) > _LONGEST or any(map(_is_odd, path.split("\\")))):
        return path
    return "\\\\?\\UNC\\" + path[2:] if path.startswith("\\\\") else "\\\\?\\" + path


def _is_odd(name: str) -> bool:
    return name not in (".", "..") and (name.endswith((".", " ")) or _RESERVED.fullmatch(name) is not None)


def as_listed(path: Path) -> Path:
    """An absolute path in the letters in which its folders list it, where a system takes other letters for the same.

    So a file has one name in the catalogue, however it was typed. What is not there stays as it is.
    """
    return _as_listed(path) if WINDOWS or MACOS else path


def _as_listed(path: Path) -> Path:
    made = Path(path.anchor)
    for part in path.parts[1:]:
        try:
            names = [one.name for one in reachable(made).iterdir()]
        except OSError:
            names = []
        alike = [part] if part in names else [name for name in names if _folded(name) == _folded(part)]
        made /= alike[0] if len(alike) == 1 else part
    return made


def _folded(name: str) -> str:
    return normalize("NFC", name).casefold()


def key(path: Path) -> str:
    """The same for two paths that this system takes for one."""
    return os.path.normcase(path)


def sqlite_address(path: Path) -> str:
    """An absolute path as SQLite takes an address; ``file://server/share`` it does not.

    >>> sqlite_address(Path("/bao cũ/a?.sqlite"))
    'file:///bao%20c%C5%A9/a%3F.sqlite'
    """
    return _sqlite_address(path.as_posix()) if WINDOWS else path.as_uri()


def _sqlite_address(path: str) -> str:
    r"""The address of a path of Windows, with its strokes turned.

    >>> _sqlite_address("C:/Bao cũ/a.sqlite"), _sqlite_address("//may/kho/a.sqlite")
    ('file:///C:/Bao%20c%C5%A9/a.sqlite', 'file:////may/kho/a.sqlite')
    """
    return ("file://" if path.startswith("//") else "file:///") + quote(path, safe="/:")
