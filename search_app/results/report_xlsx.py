"""A report as a workbook: the stories on one sheet, filtered and printed as a table; counts with charts on another.

Every cell is written as text, a number or a date, never as a formula, whatever a headline begins with.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from search_app.results.report import Entry, Report, Table

LONGEST_LINK = 2_000
"""Excel takes addresses of 2,079 characters, and 65,530 of them a sheet."""

MOST_LINKS = 60_000
CHART_ROWS = 40
"""Bars that a chart still tells apart; the table beside it has all."""


def write(report: Report) -> bytes:
    """The file."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(out, safe)
    book.set_properties({"title": report.heading.title or report.words["title"], "author": report.heading.office})
    _Sheets(book, report).fill()
    book.close()
    return out.getvalue()


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, report: Report) -> None:
        self.book, self.report = book, report
        font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        edge = font | {"border": 1, "border_color": "#999999"}
        self.plain = book.add_format(font)
        self.title = book.add_format(font | {"bold": True, "font_size": 14})
        self.head = book.add_format(edge | {"bold": True, "bg_color": "#E7E3DA", "text_wrap": True, "align": "center"})
        self.cell = book.add_format(edge | {"text_wrap": True})
        self.number = book.add_format(edge | {"num_format": "0"})
        self.day = book.add_format(edge | {"num_format": "dd/mm/yyyy", "align": "left"})
        self.link = book.add_format(edge | {"text_wrap": True, "font_color": "#8F2D20", "underline": 1})

    def fill(self) -> None:
        """Both sheets."""
        self._stories(self.book.add_worksheet(_sheet_name(self.report.words["stories"])))
        if self.report.tables:
            self._figures(self.book.add_worksheet(_sheet_name(self.report.words["figures"])))

    def _stories(self, sheet: Any) -> None:
        report, said = self.report, self.report.words
        heading = report.heading
        sheet.write_string(0, 0, heading.title or said["title"], self.title)
        lines = [
            line for line in (heading.office, *heading.filters, report.created, report.size, *report.remarks) if line
        ]
        for row, line in enumerate(lines, 1):
            sheet.write_string(row, 0, line, self.plain)
        grouped = any(group.heading for group in report.groups)
        names = ("number", "date", "site", "headline", "lead", "places", "link", "also", "note")
        columns = [*(said[name] for name in names), *([said["stories"]] if grouped else [])]
        top = len(lines) + 2
        for column, name in enumerate(columns):
            sheet.write_string(top, column, name, self.head)
        row = top
        for group in report.groups:
            for entry in group.entries:
                row += 1
                self._entry(sheet, row, entry)
                if grouped:
                    sheet.write_string(row, len(columns) - 1, group.heading, self.cell)
        for column, width in enumerate((5, 11, 22, 40, 60, 24, 34, 24, 20, 22)):
            sheet.set_column(column, column, width)
        sheet.autofilter(top, 0, max(row, top), len(columns) - 1)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        _for_paper(sheet, f"&C{said['page']} &P/&N")

    def _entry(self, sheet: Any, row: int, entry: Entry) -> None:
        sheet.write_number(row, 0, entry.number, self.number)
        if entry.day and entry.day.year >= 1900:  # before it Excel knows no days
            sheet.write_datetime(row, 1, datetime.combine(entry.day, time()), self.day)
        else:
            sheet.write_string(row, 1, entry.published, self.cell)
        also = "; ".join(", ".join(filter(None, (one.site, one.published, one.link))) for one in entry.also)
        for column, text in ((2, entry.site), (3, entry.title), (4, entry.lead), (5, ", ".join(entry.places))):
            sheet.write_string(row, column, text, self.cell)
        self._link(sheet, row, entry)
        sheet.write_string(row, 7, also, self.cell)
        sheet.write_string(row, 8, entry.note, self.cell)

    def _link(self, sheet: Any, row: int, entry: Entry) -> None:
        if entry.link and len(entry.link) <= LONGEST_LINK and row < MOST_LINKS:
            sheet.write_url(row, 6, entry.link, self.link, string=entry.link[:250])
        else:
            sheet.write_string(row, 6, entry.link, self.cell)

    def _figures(self, sheet: Any) -> None:
        row = 0
        sheet.set_column(0, 0, 28)
        for table in self.report.tables:
            row = self._counts(sheet, row, table)
        _for_paper(sheet, "")

    def _counts(self, sheet: Any, top: int, table: Table) -> int:
        """A table of counts with its chart beside it; the row after both."""
        sheet.write_string(top, 0, table.heading, self.title)
        sheet.write_string(top + 1, 0, table.kind, self.head)
        sheet.write_string(top + 1, 1, self.report.words["articles"], self.head)
        for row, count in enumerate(table.counts, top + 2):
            sheet.write_string(row, 0, count.name, self.cell)
            sheet.write_number(row, 1, count.articles, self.number)
        shown = min(len(table.counts), CHART_ROWS)
        in_time = table.kind == self.report.words["month"]
        chart = self.book.add_chart({"type": "column" if in_time else "bar"})
        last = top + 1 + shown
        chart.add_series(
            {
                "name": table.heading,
                "categories": [sheet.get_name(), top + 2, 0, last, 0],
                "values": [sheet.get_name(), top + 2, 1, last, 1],
                "fill": {"color": "#8F2D20"},
                "gap": 40,
            }
        )
        chart.set_legend({"none": True})
        chart.set_title({"name": table.heading, "name_font": {"size": 11}})
        if not in_time:
            chart.set_y_axis({"reverse": True})
        height = max(220, 20 * shown + 80) if not in_time else 260
        chart.set_size({"width": 560, "height": height})
        sheet.insert_chart(top, 3, chart, {"description": table.heading})
        return int(top + max(len(table.counts) + 4, height // 20 + 2))


def _sheet_name(name: str) -> str:
    return name[:31]


def _for_paper(sheet: Any, footer: str) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if footer:
        sheet.set_footer(footer)
