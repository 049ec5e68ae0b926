"""Checksums of files that are written once: at a file's own end, or in a list beside several.

CRC-32, as in zip and in tantivy's files: it sees every flipped bit and, but for one in 4 billion, anything else that
went wrong by accident. They are compared by ``timbao check`` and where reading a file has failed; opening one does not
read all of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

_MARK = b"timbao crc"
_PIECE = 1 << 20


def checksum(path: Path, most: int | None = None) -> int:
    """The checksum of a file, or of so many of its bytes. Raises OSError."""
    made, left = 0, most
    with path.open("rb") as file:
        while piece := file.read(_PIECE if left is None else min(_PIECE, left)):
            made = crc32(piece, made)
            left = None if left is None else left - len(piece)
    return made


def seal(path: Path) -> None:
    """Put the checksum of a file at its end, where who reads it does not look."""
    made = checksum(path)
    with path.open("ab") as file:
        file.write(_MARK + made.to_bytes(4, "little"))


def unsealed(data: bytes) -> bytes:
    """The bytes of a file that may have been sealed.

    Raises:
        ValueError: it was, and is not what it was then.
    """
    body, end = data[: -len(_MARK) - 4], data[-len(_MARK) - 4 :]
    if not end.startswith(_MARK):
        return data
    if crc32(body) != int.from_bytes(end[len(_MARK) :], "little"):
        raise ValueError("it is no longer what was written")
    return body


def is_whole(path: Path) -> bool | None:
    """Whether a sealed file is what it was; None where it was never sealed. Raises OSError."""
    size = path.stat().st_size - len(_MARK) - 4
    if size < 0:
        return None
    with path.open("rb") as file:
        file.seek(size)
        end = file.read()
    if not end.startswith(_MARK):
        return None
    return checksum(path, size) == int.from_bytes(end[len(_MARK) :], "little")


def write_list(path: Path, files: Iterable[Path]) -> None:
    """Keep the checksums of files beside them, and the list's own at its end."""
    path.write_text(json.dumps({file.name: checksum(file) for file in files}), encoding="ascii")
    seal(path)


def differing(path: Path) -> list[str]:
    """The names of files that are not what such a list says, or gone; the list's own where it is itself damaged.

    Raises:
        FileNotFoundError: there is no such list.
    """
    try:
        told = json.loads(unsealed(path.read_bytes()))
        return [name for name, made in told.items() if _differs(path.with_name(name), made)]
    except (ValueError, AttributeError):
        return [path.name]


def _differs(path: Path, made: int) -> bool:
    try:
        return checksum(path) != made
    except OSError:
        return True
