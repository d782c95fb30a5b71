"""Cut Liberation Sans to the characters of letters, under a name of our own: `python cut_fonts.py LIBERATION_DIR`."""

from __future__ import annotations

import sys
from copy import deepcopy
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "src" / "letters" / "render" / "fonts"
FAMILY = "Letters Sans"
STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "Bold Italic"}
RANGES = ((0x20, 0x7E), (0xA0, 0x17F))
SINGLE = "ȘșȚțẀẁẂẃẄẅỲỳ‐‒–—―‘’‚“”„†‡•…‰′″‹›⁄€№™−"
COPYRIGHT = (
    "Digitized data copyright (c) 2010 Google Corporation with Reserved Font Arimo, Tinos and Cousine. "
    "Copyright (c) 2012 Red Hat, Inc. with Reserved Font Name Liberation."
)


def cut(source: Path, style: str) -> TTFont:
    """The font of `source` with our characters only, kerned, without hints."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=["kern"], notdef_outline=True)
    options.drop_tables += ["FFTM", "GDEF", "GSUB", "gasp", "kern"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={*(c for first, last in RANGES for c in range(first, last + 1)), *map(ord, SINGLE)})
    subsetter.subset(font)
    add_no_break_hyphen(font)
    rename(font, style)
    return font


def add_no_break_hyphen(font: TTFont) -> None:
    """Draw U+2011, which the source lacks, as U+2010: a glyph of its own, else a PDF could not tell the two apart."""
    like = font.getBestCmap()[0x2010]
    font.setGlyphOrder([*font.getGlyphOrder(), "uni2011"])
    font["glyf"]["uni2011"] = deepcopy(font["glyf"][like])
    font["hmtx"]["uni2011"] = font["hmtx"][like]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2011] = "uni2011"


def rename(font: TTFont, style: str) -> None:
    """Replace every name, since the licence reserves "Liberation" to the original."""
    version = font["name"].getDebugName(5)
    names = {
        0: COPYRIGHT,
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}, cut from {version}",
        4: FAMILY if style == "Regular" else f"{FAMILY} {style}",
        5: version,
        6: f"LettersSans-{style.replace(' ', '')}",
        9: "Steve Matteson",
        13: "Licensed under the SIL Open Font License, Version 1.1",
        14: "https://openfontlicense.org",
    }
    font["name"].names = []
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].achVendID = "NONE"


def main(source: Path) -> None:
    """Write the four styles."""
    for file_style, style in STYLES.items():
        cut(source / f"LiberationSans-{file_style}.ttf", style).save(FONTS / f"LettersSans-{file_style}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
