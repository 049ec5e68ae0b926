"""What can go wrong, as one tree. Every message is one line that a reader of the command line can act on.

TimbaoError
+-- PageError           a page gives no article (carries .source)
|   +-- UnreadablePage  it cannot be decoded or parsed
|   +-- NotAnArticle    it was read, and is no article
+-- IndexMissing        there is no index where one was asked for
+-- IndexOutdated       the index was made by another version, segmenter or gazetteer
+-- IndexBusy           another process is writing
+-- IndexNotWritten     the disk is full, or refuses otherwise
+-- IndexBroken         the engine's files cannot be read
+-- IndexUnreachable    no part of the index can be reached
|   +-- IndexTimedOut   it did not answer in time
+-- QueryError          a filter value that names nothing (carries .value)
+-- SettingsError       a setting that cannot be used
+-- BackupError         a backup cannot be made there, or cannot be restored (carries .template and .values)
"""

from __future__ import annotations

import shlex
from pathlib import Path


def to_run(command: str, index: Path | str) -> str:
    """A command of timbao on an index, as it can be pasted into a shell.

    >>> to_run("rebuild", Path("my index"))
    "timbao rebuild --index 'my index'"
    """
    return f"timbao {command} --index {shlex.quote(str(index))}"


class TimbaoError(Exception):
    """Root of all errors that timbao raises on purpose. ``exit_code`` is what the command line ends with."""

    exit_code = 2


class PageError(TimbaoError):
    """A page gives no article. ``source`` is its path or address, ``reason`` says why."""

    readable = False

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class UnreadablePage(PageError):
    """The page cannot be decoded or parsed."""


class NotAnArticle(PageError):
    """The page was read, and is a list, an error page or otherwise no article."""

    readable = True


class IndexMissing(TimbaoError):
    """There is no index where one was asked for."""

    exit_code = 3


class IndexOutdated(TimbaoError):
    """The index was made by another schema, segmenter or gazetteer; the message names the command to run."""

    exit_code = 3


class IndexBusy(TimbaoError):
    """Another process is writing to this index."""


class IndexNotWritten(TimbaoError):
    """The disk is full, read-only or failing; what was indexed before is untouched, the next run finishes the rest."""


class IndexBroken(TimbaoError):
    """The engine's files cannot be read; the message names the command that mends it."""

    exit_code = 3


class IndexUnreachable(TimbaoError):
    """No part of the index can be reached; it may be again in a moment."""

    exit_code = 4


class IndexTimedOut(IndexUnreachable):
    """The index did not answer in time."""


class QueryError(TimbaoError):
    """A filter value that names nothing known. ``value`` is what was given."""

    def __init__(self, message: str, value: str) -> None:
        super().__init__(message)
        self.value = value


class SettingsError(TimbaoError):
    """A setting that cannot be used."""


class BackupError(TimbaoError):
    """A backup cannot be made there, or cannot be restored. ``template`` filled with ``values`` is the message."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values
