"""An equation of a Word document as one line of text: its operators, brackets, fractions and places are in it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from letters.readback.docx import SKIPPED

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATION = f"{M}oMath"
#: What stands for an operator, an accent or a brace that is not said.
_INTEGRAL, _HAT, _BRACE = "∫", "\u0302", "⏟"
#: Elements that say how an equation looks, by their end.
_ABOUT = "Pr"


def equation(element: Element) -> str:
    """An element of an equation, and all that is in it, from left to right."""
    name = element.tag.removeprefix(M)
    match name:
        case "t":
            return element.text or ""
        case "f":
            return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
        case "nary":
            return f"{_sign(element, 'chr', _INTEGRAL)}{_below(element, 'sub')}{_above(element, 'sup')} {_in(element)}"
        case "sSub" | "sSup" | "sSubSup":
            return f"{_in(element)}{_below(element, 'sub')}{_above(element, 'sup')}"
        case "sPre":
            return f"{_below(element, 'sub')}{_above(element, 'sup')}{_in(element)}"
        case "limLow":
            return f"{_in(element)}{_below(element, 'lim')}"
        case "limUpp":
            return f"{_in(element)}{_above(element, 'lim')}"
        case "rad":
            return f"√{f'[{degree}]' if (degree := _part(element, 'deg')) else ''}{_grouped(element, 'e')}"
        case "d":
            inner = _sign(element, "sepChr", "|").join(equation(child) for child in element.findall(f"{M}e"))
            return f"{_sign(element, 'begChr', '(')}{inner}{_sign(element, 'endChr', ')')}"
        case "acc":
            return f"{_grouped(element, 'e')}{_sign(element, 'chr', _HAT)}"
        case "groupChr":
            return f"{_sign(element, 'chr', _BRACE)}{_grouped(element, 'e')}"
        case "bar":
            return f"{'‾' if _sign(element, 'pos', 'bot') == 'top' else '_'}{_grouped(element, 'e')}"
        case "m" | "eqArr":
            rows = element.findall(f"{M}mr") if name == "m" else element.findall(f"{M}e")
            return f"[{'; '.join(equation(row) for row in rows)}]"
        case "mr":
            return ", ".join(equation(cell) for cell in element.findall(f"{M}e"))
        case _:
            return "".join(_inner(element))


def _inner(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag not in SKIPPED and not child.tag.endswith(_ABOUT):
            yield equation(child)


def _part(element: Element, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else equation(found)


def _in(element: Element) -> str:
    return _part(element, "e")


def _grouped(element: Element, name: str) -> str:
    """A part of an element, in brackets where it is more than one sign."""
    said = _part(element, name)
    return f"({said})" if len(said) > 1 else said


def _below(element: Element, name: str) -> str:
    return f"_{said}" if (said := _grouped(element, name)) else ""


def _above(element: Element, name: str) -> str:
    return f"^{said}" if (said := _grouped(element, name)) else ""


def _sign(element: Element, name: str, usual: str) -> str:
    """The sign that the properties of an element name."""
    found = element.find(f"{element.tag}{_ABOUT}/{M}{name}")
    return usual if found is None else found.get(f"{M}val", "")
