"""Where pages come from: files and folders, JSON, MHTML, mail, ZIP and web archives, each page as a ``RawPage``.

``files`` finds the files, with their size and time, so that what has not changed since the last run is never opened;
``reading`` streams the pages in one of them through the reader of its kind (``kinds``): ``single``, ``records`` (JSON),
``messages`` (MHTML, mail), ``zips``, ``warc``, ``arc``. ``snapshots`` knows the folders of ArchiveBox.

Nothing here raises for a bad file or record: an ``Unreadable`` stands in its place and the run goes on. One guard does
that, in ``reading``, around every file and every record.
"""

from indexer.sources.files import PassedOver, SourceFile, find_files, full_path, source_name
from indexer.sources.reading import read_file, walk

__all__ = ["PassedOver", "SourceFile", "find_files", "full_path", "read_file", "source_name", "walk"]
