"""The formats of a report: each an ending, a media type, and a writer that is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from search_app.results.report import Report


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """How a report is written as a file."""

    ending: str
    media_type: str
    module: str

    def write(self, report: Report) -> bytes:
        """The file."""
        writer: Callable[[Report], bytes] = import_module(f"search_app.results.{self.module}").write
        return writer(report)


_OFFICE = "application/vnd.openxmlformats-officedocument"

REPORT_FORMATS = {
    one.ending: one
    for one in (
        ReportFormat("docx", f"{_OFFICE}.wordprocessingml.document", "report_docx"),
        ReportFormat("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "report_xlsx"),
        ReportFormat("html", "text/html", "report_html"),
        ReportFormat("md", "text/markdown", "report_markdown"),
    )
}
"""By ending."""
