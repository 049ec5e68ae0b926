"""What ``timbao check`` finds, in the reader's language.

Findings come as English sentences: how many articles, what is wrong with them, and in brackets a reason that SQLite or
an engine gave, which stays as it is.
"""

from __future__ import annotations

import re

from search_app.cli.language import language, tell

_PARTS = re.compile(
    r"(?P<count>[\d,]+ )?(?P<articles>articles?: )?(?P<what>[^(]*?)(?P<why> \(.*\))?(?P<more>: [^()]*)?"
)
_COMPARED = re.compile(r" \(of ([\d,]+) compared\)")
_NAMING = "files are damaged or gone: "


def translated(finding: str) -> str:
    """A finding in the reader's language.

    >>> translated("the index cannot be read (disk I/O error)")
    'the index cannot be read (disk I/O error)'
    """
    parts = _PARTS.fullmatch(finding)
    if language() == "en" or parts is None:
        return finding
    if finding.startswith(_NAMING):
        return tell(_NAMING) + finding.removeprefix(_NAMING)
    count = f"{parts['count']}{'bài: ' if parts['articles'] else ''}" if parts["count"] else ""
    why = _COMPARED.sub(lambda found: f" (trong {found[1]} bài được so)", parts["why"] or "")
    return f"{count}{tell(parts['what'])}{why}{tell(parts['more']) if parts['more'] else ''}"
