"""The files of a tantivy index, from its ``meta.json``; nothing of tantivy is needed to read them.

What tantivy documents of its files (doc/src/index-fileformats.md in its repository) is used and no more: ``meta.json``
names segments and how many of their articles are deleted, and a segment's files bear its id and what they hold.
"""

from __future__ import annotations

import json
from pathlib import Path

KINDS = ("idx", "term", "pos", "store", "fast", "fieldnorm")
META, MANAGED = "meta.json", ".managed.json"


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
