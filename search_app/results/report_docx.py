"""A report as a Word document: A4 on its side, Times New Roman, the margins of Decree 30/2020/NĐ-CP on official papers.

The table of stories is laid out as text and parsed once: made cell by cell through python-docx, 500 stories take ten
times as long. Everything that comes from a story is escaped on its way into that text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from search_app.results.docx_markup import NAMESPACES, cell, dot, field, layout, parsed, picture, row, run
from search_app.results.report import Entry, Report, Table

WIDTHS = (600, 1320, 1900, 2900, 4100, 1680, 1500)
"""Of the columns, in twentieths of a point; together the width between the margins."""

HEADS = ("number", "date", "site", "headline", "lead", "places", "link")
MARGINS_MM = {"top": 20, "bottom": 20, "left": 30, "right": 20}
SHADE = "EDE8DE"
ACCENT = (0x8F, 0x2D, 0x20)
BAR_MM = 110
"""The longest bar."""

SHOWN_LINK = 60
"""Characters of an address that are printed; the link itself is whole."""


def write(report: Report) -> bytes:
    """The file."""
    out = io.BytesIO()
    _Paper(report).made().save(out)
    return out.getvalue()


class _Paper:
    """One document under way."""

    def __init__(self, report: Report) -> None:
        from docx import Document

        self.report, self.said = report, report.words
        self.document = Document()
        self._bar = ""

    def made(self) -> Any:
        self._page()
        self._styles()
        self._properties()
        self._office()
        self._heading()
        if self.report.articles:
            self._stories()
            self._figures()
        if self.report.heading.office:
            self._paragraph(self.said["author"], bold=True, right=True, before=18)
        return self.document

    # -- the page ------------------------------------------------------------------------------------------------------

    def _page(self) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
        from docx.shared import Mm

        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        for side, size in MARGINS_MM.items():
            setattr(section, f"{side}_margin", Mm(size))
        footer = section.footer.paragraphs[0]
        footer._p.append(parsed(field(f"{self.said['page']} ", "PAGE")))
        footer.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.document.styles
        in_table = styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
        in_table.base_style = styles["Normal"]
        for name, size in (("Normal", 13), ("Cell", 10)):
            style = styles[name]
            style.font.name, style.font.size = "Times New Roman", Pt(size)
            style.paragraph_format.space_after = Pt(0 if name == "Cell" else 3)
            properties = style.element.get_or_add_rPr()
            properties.append(parsed(f'<w:lang {NAMESPACES} w:val="{self._language}" w:eastAsia="{self._language}"/>'))
        for name, size in (("Title", 16), ("Heading 1", 14)):
            font = styles[name].font
            font.name, font.size, font.bold = "Times New Roman", Pt(size), True
            font.color.rgb = None
            properties = styles[name].element.get_or_add_rPr()
            for fonts in properties.findall(f"{{{properties.nsmap['w']}}}rFonts"):
                for key in [key for key in fonts.attrib if key.endswith("Theme")]:
                    del fonts.attrib[key]

    @property
    def _language(self) -> str:
        return "en-GB" if self.report.language == "en" else "vi-VN"

    def _properties(self) -> None:
        properties = self.document.core_properties
        properties.title = (self.report.heading.title or self.said["title"])[:255]
        properties.author = (self.report.heading.office or "timbao")[:255]
        properties.comments, properties.language = "", self._language
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)

    # -- what stands above the table -----------------------------------------------------------------------------------

    def _office(self) -> None:
        """The office on the left, the name of the state on the right, as Decree 30 has them."""
        office = self.report.heading.office
        if not office:
            return
        sides = ((office.upper(), None), (self.said["state"], self.said["motto"]))
        cells = (
            f'<w:tc><w:tcPr><w:tcW w:w="{sum(WIDTHS) // 2}" w:type="dxa"/></w:tcPr>'
            + "".join(
                f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run(line, bold=True)}</w:p>' for line in lines if line
            )
            + "</w:tc>"
            for lines in sides
        )
        self._append(
            f"<w:tbl {NAMESPACES}>{layout((sum(WIDTHS) // 2,) * 2, edges=False)}<w:tr>{''.join(cells)}</w:tr></w:tbl>"
        )

    def _heading(self) -> None:
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

        title = self.document.add_paragraph(self.report.heading.title or self.said["title"], style="Title")
        title.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
        border = title._p.get_or_add_pPr()
        border.append(parsed(f'<w:pBdr {NAMESPACES}><w:bottom w:val="nil"/></w:pBdr>'))
        for line in (*self.report.heading.filters, self.report.created, self.report.size, *self.report.remarks):
            self._paragraph(line)

    def _paragraph(self, text: str, *, bold: bool = False, right: bool = False, before: int = 0) -> None:
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
        from docx.shared import Pt

        made = self.document.add_paragraph()
        made.add_run(text).bold = bold
        made.paragraph_format.space_before = Pt(before)
        if right:
            made.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT

    # -- the stories ---------------------------------------------------------------------------------------------------

    def _stories(self) -> None:
        self.document.add_paragraph(self.said["stories"], style="Heading 1")
        head = row((cell(run(self.said[name], bold=True), w, SHADE) for name, w in zip(HEADS, WIDTHS, strict=True)),
                    head=True)  # fmt: skip
        rows = "".join(self._rows())
        self._append(f"<w:tbl {NAMESPACES}>{layout(WIDTHS)}{head}{rows}</w:tbl>")

    def _rows(self) -> Iterator[str]:
        for group in self.report.groups:
            if group.heading:
                yield row([cell(run(group.heading, bold=True), sum(WIDTHS), SHADE, span=len(WIDTHS), keep=True)])
            for entry in group.entries:
                yield row(cell(text, w) for text, w in zip(self._entry(entry), WIDTHS, strict=True))

    def _entry(self, entry: Entry) -> tuple[str, ...]:
        lead = run(entry.lead)
        for n, one in enumerate(entry.also):
            shown = ", ".join(filter(None, (one.site, one.published))) or one.link
            lead += ("<w:r><w:br/></w:r>" + run(f"{self.said['also']} ", italic=True)) if not n else run("; ")
            lead += self._link(one.link, shown) if one.link else run(shown, italic=True)
        if entry.note:
            lead += "<w:r><w:br/></w:r>" + run(f"{self.said['note']}: ", bold=True) + run(entry.note)
        shown = entry.link.removeprefix("https://").removeprefix("http://")
        shown = shown if len(shown) <= SHOWN_LINK else shown[: SHOWN_LINK - 1] + "…"
        link = self._link(entry.link, shown) if entry.link else ""
        places = run(", ".join(entry.places))
        first = (run(str(entry.number)), run(entry.published), run(entry.site), run(entry.title, bold=True))
        return (*first, lead, places, link)

    def _link(self, address: str, shown: str) -> str:
        from docx.opc.constants import RELATIONSHIP_TYPE

        key = self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return f'<w:hyperlink r:id="{key}">{run(shown, link=True)}</w:hyperlink>'

    # -- the counts ----------------------------------------------------------------------------------------------------

    def _figures(self) -> None:
        self._bar, _ = self.document.part.get_or_add_image(io.BytesIO(dot(ACCENT)))
        for number, table in enumerate(self.report.tables):
            self.document.add_paragraph(table.heading, style="Heading 1")
            self._append(
                f"<w:tbl {NAMESPACES}>{layout((3600, 1200, 7200))}{''.join(self._counts(table, number))}</w:tbl>"
            )
        if self.report.tables:
            self._paragraph(self.said["several"], before=6)

    def _counts(self, table: Table, number: int) -> Iterator[str]:
        heads = ((table.kind, 3600), (self.said["articles"], 1200), ("", 7200))
        yield row((cell(run(text, bold=True), width, SHADE) for text, width in heads), head=True)
        for at, count in enumerate(table.counts):
            bar = picture(self._bar, number * 1_000 + at + 1, BAR_MM * count.articles / table.most, str(count.articles))
            yield row([cell(run(count.name), 3600), cell(run(str(count.articles)), 1200), cell(bar, 7200)])

    def _append(self, table: str) -> None:
        """A table at the end of what there is; Word wants the page's own properties last."""
        self.document.element.body.insert_element_before(parsed(table), "w:sectPr")
