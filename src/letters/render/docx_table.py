"""A table of a letter as a table of Word, with columns as wide as in the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from docx.oxml.xmlchemy import BaseOxmlElement

from letters.letter import Run, Table
from letters.render.breaks import HIGHEST_ROW
from letters.render.columns import Columns, columns
from letters.render.docx_template import Styles
from letters.render.docx_xml import Look, Words, element, properties

#: Twentieths of a point to the millimetre.
TWIPS = 1440 / 25.4
_ALIGN = {"left": None, "centre": "center", "right": "right"}


@dataclass(frozen=True)
class _Row:
    """Cells of one row, how they look, whether they are headings, and about how high they are, in millimetres."""

    cells: Sequence[tuple[Run, ...]]
    look: Look
    heading: bool
    height: float


def set_table(table: Table, left: int, room: int, words: Words, styles: Styles) -> BaseOxmlElement:
    """The table, `left` of the text's side and as wide as `room`, both in twentieths of a point."""
    found = columns(table, room / TWIPS)
    stops = [round(stop * room / sum(found.widths)) for stop in accumulate(found.widths, initial=0)]
    widths = [after - before for before, after in pairwise(stops)]
    together = found.short
    rows = [_Row(table.header, Look("Table Heading", keep_next=True), True, found.rows[0])]
    for number, (cells, height) in enumerate(zip(table.rows, found.rows[1:], strict=True), 1):
        keep = together and number < len(table.rows)
        rows.append(_Row(cells, Look("Table Text", keep_next=keep), False, height))
    return element(
        "w:tbl",
        _table_properties(left, room, found, styles),
        element("w:tblGrid", *(element("w:gridCol", w=str(width)) for width in widths)),
        *(_row(row, widths, table, words, styles) for row in rows),
    )


def _table_properties(left: int, room: int, found: Columns, styles: Styles) -> BaseOxmlElement:
    margins = [element("w:tblCellMar", element("w:right", w=str(round(found.padding * TWIPS)), type="dxa"))]
    return element(
        "w:tblPr",
        element("w:tblStyle", val=styles.id("Table Grid", "a table")),
        element("w:tblW", w=str(room), type="dxa"),
        *([element("w:tblInd", w=str(left), type="dxa")] if left else []),
        element("w:tblLayout", type="fixed"),
        *(margins if found.dense else []),
        element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0"),
    )


def _row(row: _Row, widths: Sequence[int], table: Table, words: Words, styles: Styles) -> BaseOxmlElement:
    # A row that is higher than a page must be allowed to go on on the next one; Word would cut it off.
    whole = row.height <= HIGHEST_ROW
    marks = [*([element("w:cantSplit")] if whole else []), *([element("w:tblHeader")] if row.heading else [])]
    cells = []
    for number, (runs, width) in enumerate(zip(row.cells, widths, strict=True)):
        align = _ALIGN[table.align[number]] if table.align else None
        look = Look(row.look.style, keep_next=row.look.keep_next, may_split=not whole, align=align)
        low = [element("w:vAlign", val="bottom")] if row.heading else []
        about = element("w:tcPr", element("w:tcW", w=str(width), type="dxa"), *low)
        cells.append(element("w:tc", about, element("w:p", properties(look, styles), *words.set(runs))))
    return element("w:tr", *([element("w:trPr", *marks)] if marks else []), *cells)
