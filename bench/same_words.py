"""See that PDFs of other tools say the words that `letters` wrote as text. `TEXTS PDFS`"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2

# Quotes are straight in one and typographic in the other; a hyphen may be the end of a line.
_FOLDED = str.maketrans({"‘": "'", "’": "'", "-": None, "\ufffe": None, "\x02": None})


def main(texts: Path, pdfs: Path) -> None:
    """Leave with a message if a block of any text is not in its PDF."""
    for file in sorted(pdfs.glob("*.pdf")):
        mark, *blocks = _blocks((texts / f"{file.stem}.txt").read_text("utf-8"))
        document = pypdfium2.PdfDocument(file)
        said = _fold("".join(page.get_textpage().get_text_range() for page in document))
        if mark and mark not in said:
            sys.exit(f"{file.name} does not say: {mark}")
        # The mark is on every page, so in the middle of a paragraph that goes on overleaf.
        said = said.replace(mark, "")
        for block in blocks:
            if block not in said:
                sys.exit(f"{file.name} does not say: {block}")


def _blocks(text: str) -> list[str]:
    """The stage mark (empty where there is none), then each block, without white space."""
    mark, bracket, rest = text.partition("]\n")
    marked = bracket and mark.startswith("[")
    return [_fold(mark[1:]) if marked else "", *map(_fold, (rest if marked else text).split("\n\n"))]


def _fold(text: str) -> str:
    return "".join(text.translate(_FOLDED).split())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
