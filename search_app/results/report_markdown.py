"""A report as Markdown: tables as GitHub, Pandoc and wikis read them, pictures as bars of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search_app.results.report import Entry, Report, Table

BAR = 24
"""Blocks of the longest bar."""

_SPECIAL = re.compile(r"([\\`*_\[\]#|~])")
_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "|": "%7C", "\\": "%5C"})


def write(report: Report) -> bytes:
    """The file, UTF-8."""
    return ("\n".join(_lines(report)).rstrip() + "\n").encode()


def escaped(text: str) -> str:
    """Text that stands for itself, in a line or in a cell of a table.

    >>> escaped("a|b <c> [d](e)")
    'a\\\\|b &lt;c&gt; \\\\[d\\\\](e)'
    """
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _lines(report: Report) -> Iterator[str]:
    said, heading = report.words, report.heading
    yield f"# {escaped(heading.title or said['title'])}\n"
    lines = [heading.office, *heading.filters, report.created, report.size, *report.remarks]
    yield from (f"- {escaped(line)}" for line in lines if line)
    for group in report.groups:
        yield f"\n## {escaped(group.heading or said['stories'])}\n"
        columns = [said[name] for name in ("number", "date", "site", "headline", "lead", "places", "link")]
        yield from _row(columns, ["---:", *["---"] * (len(columns) - 1)])
        for entry in group.entries:
            yield from _row(_cells(entry, said["also"], said["note"]))
    for table in report.tables:
        yield f"\n## {escaped(table.heading)}\n"
        yield from _counts(table, said["articles"])


def _row(*rows: list[str]) -> Iterator[str]:
    yield from (f"| {' | '.join(cells)} |" for cells in rows)


def _cells(entry: Entry, also: str, note: str) -> list[str]:
    lead = escaped(entry.lead)
    if entry.also:
        others = "; ".join(", ".join(filter(None, (one.site, one.published))) for one in entry.also)
        lead += f"<br>*{also}: {escaped(others)}*"
    if entry.note:
        lead += f"<br>**{note}:** {escaped(entry.note)}"
    link = f"<{entry.link.translate(_ADDRESS)}>" if entry.link else ""
    places = escaped(", ".join(entry.places))
    return [str(entry.number), escaped(entry.published), escaped(entry.site), escaped(entry.title), lead, places, link]


def _counts(table: Table, articles: str) -> Iterator[str]:
    yield from _row([table.kind, articles, " "], ["---", "---:", "---"])
    for count in table.counts:
        yield from _row([escaped(count.name), str(count.articles), "█" * max(1, BAR * count.articles // table.most)])
