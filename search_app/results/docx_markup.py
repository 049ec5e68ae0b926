"""Pieces of WordprocessingML as text (ECMA-376): every text that goes in is escaped here."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

BAR_HEIGHT_MM = 3.2
EMU_A_MM = 36_000

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def parsed(text: str) -> Any:
    """The element that the markup spells."""
    from docx.oxml.parser import parse_xml

    return parse_xml(text)


def run(text: str, *, bold: bool = False, italic: bool = False, link: bool = False) -> str:
    """A run of text."""
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    look += '<w:color w:val="8F2D20"/><w:u w:val="single"/>' if link else ""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def cell(content: str, width: int, shade: str = "", span: int = 1, *, keep: bool = False) -> str:
    """A cell of a table with one paragraph."""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    stays = "<w:keepNext/>" if keep else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{fill}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{stays}</w:pPr>{content}</w:p></w:tc>'
    )


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """A row that no page break cuts; the head is repeated on each page."""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def layout(widths: tuple[int, ...], *, edges: bool = True) -> str:
    """The frame of a table whose columns are as wide as said, in twentieths of a point."""
    sides = "".join(
        f'<w:{side} w:val="{"single" if edges else "nil"}" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def field(before: str, name: str) -> str:
    """A number that Word fills in."""
    return (
        f'<w:r {NAMESPACES}><w:t xml:space="preserve">{escape(before)}</w:t><w:fldChar w:fldCharType="begin"/>'
        f'<w:instrText xml:space="preserve">{name}</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(key: str, number: int, width_mm: float, told: str) -> str:
    """The dot drawn out to a bar."""
    size = f'cx="{max(round(width_mm * EMU_A_MM), EMU_A_MM // 2)}" cy="{round(BAR_HEIGHT_MM * EMU_A_MM)}"'
    name = f'id="{number}" name="bar {number}" descr={quoteattr(told)}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def dot(colour: tuple[int, int, int]) -> bytes:
    """A PNG of one pixel (https://www.w3.org/TR/png-3/)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0" + bytes(colour))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
