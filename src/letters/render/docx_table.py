"""A table of a letter as a table of Word, with columns as wide as in the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from docx.oxml.xmlchemy import BaseOxmlElement

from letters.letter import Run, Table
from letters.render.breaks import HIGHEST_ROW
from letters.render.columns import LEADING, SIZE, Columns, columns
from letters.render.docx_template import Styles
from letters.render.docx_xml import Look, Words, element, properties

#: Twentieths of a point to the millimetre.
TWIPS = 1440 / 25.4
_ALIGN = {"left": None, "centre": "center", "right": "right"}


@dataclass(frozen=True)
class Setter:
    """Sets tables with the words and the styles of one story."""

    words: Words
    styles: Styles

    def set(self, table: Table, left: int, room: int) -> BaseOxmlElement:
        """The table, `left` of the text's side and as wide as `room`, both in twentieths of a point."""
        found = columns(table, room / TWIPS)
        stops = [round(stop * room / sum(found.widths)) for stop in accumulate(found.widths, initial=0)]
        widths = [after - before for before, after in pairwise(stops)]
        small = found.size if found.size < SIZE else None
        line = None if small is None else round(small * LEADING * 20)
        aligns = [_ALIGN[align] for align in table.align] or [None] * len(widths)
        rows = []
        for number, (cells, height) in enumerate(zip((table.header, *table.rows), found.rows, strict=True)):
            keep = number == 0 or (found.short and number < len(table.rows))
            style = "Table Text" if number else "Table Heading"
            split = height > HIGHEST_ROW
            # Exactly, for at least as high as the type of the style would be as high as that.
            look = Look(style, keep_next=keep, may_split=split, line=line, exactly=line is not None, size=small)
            looks = [replace(look, align=align) for align in aligns]
            rows.append(self._row(cells, looks, widths, heading=number == 0))
        grid = element("w:tblGrid", *(element("w:gridCol", w=str(width)) for width in widths))
        return element("w:tbl", self._properties(left, room, found), grid, *rows)

    def _properties(self, left: int, room: int, found: Columns) -> BaseOxmlElement:
        margins = element("w:tblCellMar", element("w:right", w=str(round(found.padding * TWIPS)), type="dxa"))
        return element(
            "w:tblPr",
            element("w:tblStyle", val=self.styles.id("Table Grid", "a table")),
            element("w:tblW", w=str(room), type="dxa"),
            *([element("w:tblInd", w=str(left), type="dxa")] if left else []),
            element("w:tblLayout", type="fixed"),
            *([margins] if found.dense else []),
            element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0"),
        )

    def _row(
        self, cells: Sequence[tuple[Run, ...]], looks: Sequence[Look], widths: Sequence[int], *, heading: bool
    ) -> BaseOxmlElement:
        # A row that is higher than a page must be allowed to go on on the next one; Word would cut it off.
        marks = [] if looks[0].may_split else [element("w:cantSplit")]
        marks += [element("w:tblHeader")] if heading else []
        low = [element("w:vAlign", val="bottom")] if heading else []
        made = [
            element(
                "w:tc",
                element("w:tcPr", element("w:tcW", w=str(width), type="dxa"), *deepcopy(low)),
                element("w:p", properties(look, self.styles), *self.words.set(runs, look.size)),
            )
            for runs, look, width in zip(cells, looks, widths, strict=True)
        ]
        return element("w:tr", *([element("w:trPr", *marks)] if marks else []), *made)
