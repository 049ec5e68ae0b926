"""The files of a tantivy index, from its ``meta.json``; nothing of tantivy is needed to read them.

``meta.json`` names segments and how many of their articles are deleted, and a segment's files bear its id and what they
hold (doc/src/index-fileformats.md in tantivy's repository). Each of these ends in a footer with a checksum of the rest
(src/directory/footer.rs): a line of JSON, its length and a mark, both of 4 bytes, little endian.
"""

from __future__ import annotations

import json
from pathlib import Path

from indexer.storage.checksums import checksum

KINDS = ("idx", "term", "pos", "store", "fast", "fieldnorm")
META, MANAGED = "meta.json", ".managed.json"

_MARK = (1337).to_bytes(4, "little")
_LONGEST = 50_000  # bytes of a footer


def committed(path: Path) -> list[str]:
    """The names of the files of the newest commit of an index in a directory; its two lists are the last.

    Raises:
        OSError, ValueError, LookupError, TypeError: its ``meta.json`` cannot be read.
    """
    names = []
    for segment in json.loads((path / META).read_bytes())["segments"]:
        name = segment["segment_id"].replace("-", "")
        names += [f"{name}.{kind}" for kind in KINDS]
        if deleted := segment["deletes"]:
            names.append(f"{name}.{deleted['opstamp']}.del")
    return [*names, MANAGED, META]


def inspect(path: Path) -> tuple[list[str], list[str]]:
    """The names of damaged files of the newest commit in a directory, and of those that nothing tells of.

    tantivy keeps no checksum of its lists, ``meta.json`` and ``.managed.json``.
    """
    try:
        names = committed(path)
    except (OSError, ValueError, LookupError, TypeError):
        return [META], [MANAGED]
    return [name for name in names[:-2] if not _is_whole(path / name)], [MANAGED, META]


def _is_whole(path: Path) -> bool:
    """Whether a file is what its footer says."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(size - _LONGEST, 0))
            end = file.read()
        length = int.from_bytes(end[-8:-4], "little")
        told = json.loads(end[-8 - length : -8])["crc"]
        return end[-4:] == _MARK and checksum(path, size - 8 - length) == told
    except (OSError, ValueError, LookupError, TypeError):
        return False
