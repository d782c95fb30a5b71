"""The renditions of a letter: one function a format, all with the same signature.

The modules are imported when first used: WeasyPrint alone takes longer than all the rest of a small build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from letters.letter import HouseStyle, Letter

Renderer = Callable[[Letter, HouseStyle], bytes]


def _pdf(letter: Letter, style: HouseStyle) -> bytes:
    from letters.render.pdf import render

    return render(letter, style)


def _docx(letter: Letter, style: HouseStyle) -> bytes:
    from letters.render.docx import render

    return render(letter, style)


def _html(letter: Letter, style: HouseStyle) -> bytes:
    from letters.render.html import render

    return render(letter, style)


def _txt(letter: Letter, style: HouseStyle) -> bytes:
    from letters.render.text import render

    return render(letter, style)


#: Format to renderer, in the order in which formats are made and named.
FORMATS: Mapping[str, Renderer] = {"pdf": _pdf, "docx": _docx, "html": _html, "txt": _txt}
