"""The files of a Whoosh index: segments, posting lists, table of contents. The only module that imports Whoosh.

Whoosh 2.7.4 contributes its segments, their term dictionary and the table of contents with its atomic commits. Its
analyzers, matchers and collectors visit postings one by one in Python and are not used: a posting list is written and
read whole, as arrays, by a posting writer of our own (an extension point of Whoosh's codecs). There will be no further
release of Whoosh, so relying on its codec classes is safe.

Dictionaries and table of contents hold pickles: never open an index that somebody else made.
"""

from __future__ import annotations

import mmap
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from indexer.engines import directory as layout
from indexer.engines.whoosh.columns import Columns, Ints, Mask, read_columns, write_columns
from indexer.engines.whoosh.inverting import FIELDS, Field
from indexer.engines.whoosh.packing import Packed, Postings, unpack, unpack_hits
from indexer.errors import IndexBroken, TimbaoError
from indexer.storage.checksums import differing, seal, unsealed, write_list
from indexer.system import files

with warnings.catch_warnings():
    # Whoosh's source has `is 0` and stray backslashes, of which Python warns whenever it compiles them.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats
    from whoosh.codec.base import PostingsWriter
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.index import TOC, clean_files
    from whoosh.reading import TermNotFound

_INDEX = "timbao"  # how Whoosh's file names start
_COLUMNS = ".columns"
_SUMS = ".sums"  # the checksums of a segment's other files
_MARK = b"timbao"  # at both ends of the posting lists
_FIELD = fields.FieldType(formats.Frequency(), analyzer=None)
_SCHEMA = fields.Schema(**{field.name: _FIELD for field in FIELDS})
_BY_NAME = {field.name: number for number, field in enumerate(FIELDS)}

Segment: TypeAlias = Any  # a W3Segment; Whoosh has no types


@contextmanager
def reading(generation: Path) -> Iterator[None]:
    """Turn whatever a damaged file provokes in Whoosh, pickle, zlib or numpy into our own error."""
    try:
        yield
    except (TimbaoError, FileNotFoundError):
        raise
    except Exception as error:
        raise layout.broken(generation.parent, error) from error


class _Storage(FileStorage):  # type: ignore[misc]
    """Whoosh's storage, with files mapped into memory for reading and a commit that survives power loss."""

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        with Path(self._fpath(name)).open("rb") as file:  # no other file will ever take this one's name
            return _MappedFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name=name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        seal(Path(self._fpath(oldname)))
        files.flush(Path(self._fpath(oldname)))
        files.flush(Path(self.folder))  # what the table of contents is about to name has to be there before it is
        super().rename_file(oldname, newname, safe=safe)
        files.flush(Path(self.folder))


class _MappedFile(StructFile):  # type: ignore[misc]
    """A file to read from in several threads: ``get`` moves no file pointer."""

    def get(self, position: int, length: int) -> bytes:
        data: bytes = self.file[position : position + length]
        return data


class _ArrayPostingsWriter(PostingsWriter):  # type: ignore[misc]
    """Writes whole posting lists. Whoosh calls start and finish, we call ``write`` between them."""

    def __init__(self, file: StructFile) -> None:
        self._file = file
        self._info: Any = None

    def start_postings(self, _format: object, info: Any) -> None:
        self._info = info

    def write(self, packed: Packed) -> None:
        self._info._df = packed.articles
        self._info.set_extent(self._file.tell(), len(packed.data))
        self._file.write(packed.data)

    def finish_postings(self) -> Any:
        return self._info


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec but for the posting lists. Tables of contents name this class: moving it is a new schema."""

    def postings_writer(self, dbfile: StructFile, byteids: bool = False) -> _ArrayPostingsWriter:
        """What writes the posting lists of a segment."""
        return _ArrayPostingsWriter(dbfile)


class SegmentFiles:
    """One segment, opened for reading."""

    def __init__(self, store: Store, segment: Segment) -> None:
        self._directory = store.path
        with reading(self._directory):
            self.columns: Columns = read_columns(store.path / segment.make_filename(_COLUMNS))
            self._terms = segment.codec().terms_reader(store.storage, segment)
            self._file = self._terms._postfile
            if self._file.file[-len(_MARK) :] != _MARK:
                raise ValueError("the posting lists are cut short")
        self.live: Mask = np.ones(len(self.columns), bool)
        self.live[list(segment.deleted_docs())] = False
        self.whole = not segment.has_deletions()

    def _read(self, info: Any) -> bytes:
        offset, (length,) = info.extent()  # Whoosh forgets to unwrap the length
        data: bytes = self._file.get(offset, length)
        return data

    def _data(self, field: Field, token: str) -> bytes | None:
        try:
            return self._read(self._terms.term_info(field.name, token.encode()))
        except TermNotFound:
            return None

    def hits(self, field: Field, token: str) -> tuple[Ints, Ints] | None:
        """Articles and frequencies of a token, deleted ones included; None if it is not there."""
        with reading(self._directory):
            data = self._data(field, token)
            return unpack_hits(data) if data else None

    def postings(self, field: Field, token: str) -> Postings | None:
        """All of a posting list, deleted articles included; None if it is not there."""
        with reading(self._directory):
            data = self._data(field, token)
            return unpack(data) if data else None

    def tokens(self, field: Field, prefix: str) -> Iterator[tuple[bytes, int]]:
        """Tokens that start so, in order of their bytes, with the number of live articles they stand in."""
        start = prefix.encode()
        with reading(self._directory):
            for (name, token), info in self._terms.items_from(field.name, start):
                if name != field.name or not token.startswith(start):
                    return
                count = info._df if self.whole else self._count_live(info)
                if count:
                    yield token, count

    def _count_live(self, info: Any) -> int:
        docs, _ = unpack_hits(self._read(info))
        return int(np.count_nonzero(self.live[docs]))

    def all_postings(self) -> Iterator[tuple[tuple[int, bytes], Postings]]:
        """Every posting list, keyed and ordered by (number of the field, token)."""
        with reading(self._directory):
            for (name, token), info in self._terms.items():
                yield (_BY_NAME[name], token), unpack(self._read(info))


class Store:
    """The directory of one generation: its table of contents and its segments."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = _Storage(str(path))

    def latest(self) -> int:
        """The number of the last commit."""
        return int(TOC._latest_generation(self.storage, _INDEX))

    def read(self) -> tuple[int, list[Segment]]:
        """The last commit and its segments."""
        if self.latest() < 0:
            raise FileNotFoundError(f"{self.path} has no table of contents")
        with reading(self.path):
            self._see_contents()
            toc = TOC.read(self.storage, _INDEX, schema=_SCHEMA)
            return toc.generation, toc.segments

    def _see_contents(self) -> None:
        """Refuse a table of contents that is not what was written: what is read of it are pickles."""
        unsealed((self.path / TOC._filename(_INDEX, self.latest())).read_bytes())

    def inspect(self) -> tuple[list[str], list[str]]:
        """The names of damaged files of the last commit, and of those that nothing tells of."""
        try:
            _, segments = self.read()
        except (FileNotFoundError, IndexBroken):
            return ["the table of contents"], []
        damaged, unchecked = [], []
        for segment in segments:
            try:
                damaged += differing(self.path / segment.make_filename(_SUMS))
            except FileNotFoundError:  # from before there were any
                unchecked += segment.list_files(self.storage)
        return damaged, unchecked

    def committed(self) -> list[str]:
        """The names of the files of the last commit; the table of contents is the last."""
        number, segments = self.read()
        names = [name for segment in segments for name in segment.list_files(self.storage)]
        return [*names, str(TOC._filename(_INDEX, number))]

    def commit(self, number: int, segments: list[Segment]) -> None:
        """Make these segments the index, durably, and remove the files that no longer belong to it."""
        TOC(_SCHEMA, segments, number).write(self.storage, _INDEX)
        clean_files(self.storage, _INDEX, number, segments)
        for leftover in self.path.glob("*.toc.*"):  # of a writer that was killed while it committed
            files.remove(leftover)

    def write_segment(self, columns: Columns, postings: Iterable[tuple[Field, Iterable[Packed]]]) -> Segment:
        """Write a segment, durably. It belongs to the index only when committed. Fields come in order of ``FIELDS``."""
        codec = ArrayCodec()
        segment = W3Segment(codec, _INDEX)
        writer = codec.field_writer(self.storage, segment)
        writer._postfile.write(_MARK)  # an empty file could not be mapped
        for field, lists in postings:
            writer.start_field(field.name, _FIELD)
            for packed in lists:
                writer.start_term(packed.token)
                writer._postwriter.write(packed)
                writer.finish_term()
            writer.finish_field()
        writer._postfile.write(_MARK)  # whether it is still there tells a file that was cut short
        writer.close()
        write_columns(self.path / segment.make_filename(_COLUMNS), columns)
        segment.set_doc_count(len(columns))
        written = [self.path / name for name in segment.list_files(self.storage)]
        write_list(self.path / segment.make_filename(_SUMS), written)
        for name in segment.list_files(self.storage):
            files.flush(self.path / name)
        return segment

    def remove(self, segments: Iterable[Segment]) -> None:
        """Delete the files of segments that were never committed."""
        for segment in segments:
            for name in segment.list_files(self.storage):
                files.remove(self.path / name)
