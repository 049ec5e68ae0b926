"""Plain arrays in one file that is mapped, not read, so that opening costs nothing and processes share it.

The file: a length (8 bytes, little endian), that many bytes of JSON (version, numbers, and of each array its name, type
and length), then the arrays in that order, each at a multiple of 64 bytes, then a checksum
(:mod:`indexer.storage.checksums`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from indexer.storage.checksums import seal
from indexer.system.files import flush, mapped, replace

T = TypeVar("T")

_ALIGNED = 64  # bytes: an array that is mapped begins where a cache line does


def write(fields: Mapping[str, Any], path: Path, version: int) -> None:
    """Put these numbers and arrays in the place of an older file, whole or not at all. Raises OSError."""
    arrays = {name: value for name, value in fields.items() if isinstance(value, np.ndarray)}
    header = json.dumps(
        {
            "version": version,
            "numbers": {name: value for name, value in fields.items() if name not in arrays},
            "arrays": [[name, array.dtype.str, len(array)] for name, array in arrays.items()],
        }
    ).encode()
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            file.write(bytes(-file.tell() % _ALIGNED))
            file.write(np.ascontiguousarray(array).data)
    seal(fresh)
    flush(fresh)
    replace(fresh, path)


def read(path: Path, version: int) -> dict[str, Any] | None:
    """The numbers and arrays of a file, mapped; None where there is none that this version can use."""
    try:
        data = mapped(path)
        past = 8 + int.from_bytes(data[:8], "little")
        header = json.loads(data[8:past])
        if header["version"] != version:
            return None
        fields: dict[str, Any] = dict(header["numbers"])
        for name, dtype, length in header["arrays"]:
            past += -past % _ALIGNED
            fields[name] = np.frombuffer(data, dtype, length, past)
            past += fields[name].nbytes
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return fields


def read_as(kind: type[T], path: Path, version: int) -> T | None:
    """The same as a record of a class whose fields they are; None where it has others, too."""
    fields = read(path, version)
    try:
        return None if fields is None else kind(**fields)
    except TypeError:
        return None


def stamp(path: str | Path) -> tuple[int, int] | None:
    """Another one when a file was written anew; None where there is none."""
    try:
        state = os.stat(path)  # noqa: PTH116 - asked at each search
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ino
