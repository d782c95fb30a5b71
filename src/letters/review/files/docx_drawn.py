"""What is drawn in a Word document: the words in it, the bytes of its pictures, and what is only counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from xml.etree.ElementTree import Element

from letters.letter import normalise
from letters.readback.docx import SKIPPED, R, W
from letters.review.files.docx_parts import Parts

_VML, _OLD_OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/"
_A = f"{{{_DRAWN}main}}"
_PLACED = f"{{{_DRAWN}wordprocessingDrawing}}docPr"
_BLIP, _BOX, _WORD_ART = f"{_A}blip", f"{W}txbxContent", f"{_VML}textpath"
_CHARTS = (f"{{{_DRAWN}chart}}chart", "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart")
_CACHED = f"{{{_DRAWN}chart}}v"
_DIAGRAM = f"{{{_DRAWN}diagram}}relIds"
_SHAPES = {f"{_VML}{name}" for name in "arc curve line oval polyline rect roundrect shape".split()}
_SHAPES.add("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp")
_INK = "{http://schemas.microsoft.com/office/word/2010/wordprocessingInk}contentPart"
_SAYS = {_BOX, _WORD_ART, _BLIP, f"{_VML}imagedata", f"{_A}t"}


@dataclass(frozen=True)
class Drawn:
    """Words that are drawn. `box`: what holds paragraphs as the text has them; else `texts` says them.

    `values`: the data that a chart shows. `hidden`: nobody sees it.
    """

    style: str
    box: Element | None = None
    texts: tuple[str, ...] = ()
    values: str | None = None
    hidden: bool = False


def drawn(element: Element, parts: Parts, source: str) -> Iterator[Drawn]:
    """The words that are drawn in an element of a part, in order."""
    for child in element:
        if child.tag == _BOX:
            yield Drawn("text box", child)
        elif child.tag == _WORD_ART:
            yield Drawn("text box", texts=(child.get("string", ""),))
        elif child.tag == f"{_A}p":
            yield Drawn("text box", texts=(_said(child),))
        elif child.tag in _CHARTS:
            yield from _chart(child.get(f"{R}id", ""), parts, source)
        elif child.tag == _DIAGRAM:
            yield from _diagram(child.get(f"{R}dm", ""), parts, source)
        elif child.tag not in SKIPPED:
            hidden = _is_hidden(child)
            yield from (replace(one, hidden=hidden or one.hidden) for one in drawn(child, parts, source))


def _is_hidden(element: Element) -> bool:
    """Whether an element is drawn, and not shown."""
    placed = element.find(_PLACED)
    if placed is None:
        placed = element.find(f"*/{_PLACED}") if element.tag == f"{W}drawing" else None
    if placed is not None and placed.get("hidden") in ("1", "true"):
        return True
    return element.tag in _SHAPES and bool(re.search(r"visibility\s*:\s*hidden", element.get("style", "")))


def _said(paragraph: Element) -> str:
    return "".join(
        "\n" if child.tag == f"{_A}br" else child.text or ""
        for child in paragraph.iter()
        if child.tag in (f"{_A}t", f"{_A}br")
    )


def _other_part(key: str, parts: Parts, source: str) -> str | None:
    related = parts.related(source).get(key)
    return related.target if related and not related.outside and related.target in parts.members else None


def _chart(key: str, parts: Parts, source: str) -> Iterator[Drawn]:
    if name := _other_part(key, parts, source):
        root = parts.parse(name)
        texts = tuple(_said(paragraph) for paragraph in root.iter(f"{_A}p"))
        yield Drawn("chart", texts=texts, values=_values(root, parts.members[name]))


def _values(root: Element, data: bytes) -> str:
    """What a chart is drawn from, in short; a chart of a kind that is not known by its bytes."""
    cached = [normalise(value.text or "") for value in root.iter(_CACHED)]
    kinds = [element.tag.partition("}")[2] for element in root.iter() if element.tag.endswith("Chart")]
    if not cached and not kinds:
        return f"{len(data):,} bytes, {sha256(data).hexdigest()[:8]}"
    return f"{', '.join(kinds)}: {' | '.join(cached)}"


def _diagram(key: str, parts: Parts, source: str) -> Iterator[Drawn]:
    if name := _other_part(key, parts, source):
        yield Drawn("diagram", texts=tuple(_said(paragraph) for paragraph in parts.parse(name).iter(f"{_A}p")))


# -- pictures


@dataclass(frozen=True)
class Shown:
    """A picture: what is said of it, and what it shows, as the digest of its bytes or the place that it is at."""

    alt: str | None
    values: tuple[str, ...]


def pictures(element: Element, parts: Parts, source: str) -> Iterator[Shown]:
    """The pictures of an element in order, those of text boxes included, however they are put in."""
    for child in element:
        if child.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            values = tuple(_values_of(child, parts, source))
            if values:
                yield Shown(_alt(child), values)
            yield from (Shown(one.alt, one.values) for box in _boxes(child) for one in pictures(box, parts, source))
        elif child.tag not in SKIPPED or child.tag == _BOX:
            yield from pictures(child, parts, source)


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(child)


def _alt(element: Element) -> str | None:
    """What is said of a picture; None of one that is none of the text's own, such as the face of a control."""
    if element.tag == f"{W}drawing":
        placed = next(element.iter(_PLACED), None)
        return "" if placed is None else placed.get("descr", "")
    return None


def _values_of(element: Element, parts: Parts, source: str) -> Iterator[str]:
    for child in element:
        if child.tag == _BOX:
            continue
        keys = [key for name in _REFERENCES.get(child.tag, ()) if (key := child.get(name))]
        if keys:
            crop = _cropped(element, child)
            yield _value(keys[0], parts, source) + crop
        yield from _values_of(child, parts, source)


_REFERENCES = {
    _BLIP: (f"{R}embed", f"{R}link"),
    f"{_VML}imagedata": (f"{R}id", f"{R}pict", f"{R}href", f"{_OLD_OFFICE}relid", "src"),
    f"{_VML}fill": (f"{R}id", f"{_OLD_OFFICE}relid"),
    f"{_VML}stroke": (f"{R}id",),
}


def _value(key: str, parts: Parts, source: str) -> str:
    related = parts.related(source).get(key)
    if related is None:
        return "a picture that is not there"
    if related.outside or related.target not in parts.members:
        return f"a picture at {related.target}"
    data = parts.members[related.target]
    return f"{len(data):,} bytes, {sha256(data).hexdigest()[:8]}"


def _cropped(holder: Element, picture: Element) -> str:
    """How much of a picture is cut off at its sides, in thousandths of a per cent, if any is."""
    crop = holder.find(f"{_A}srcRect") if picture.tag == _BLIP else None
    cuts = {side: crop.get(side, "0") for side in "ltrb"} if crop is not None else {}
    said = ", ".join(f"{side} {cut}" for side, cut in cuts.items() if cut not in ("", "0"))
    return f", cut off: {said}" if said else ""


# -- what is only counted


def counted(element: Element) -> Counter[str]:
    """How many there are, in an element, of what is drawn and not read, by its name."""
    counts: Counter[str] = Counter()
    _count(element, counts)
    return counts


def _count(element: Element, counts: Counter[str]) -> None:
    for child in element:
        if child.tag in SKIPPED and child.tag != _BOX:
            continue
        if child.tag == _INK:
            counts["drawing in ink"] += 1
        elif child.tag in _SHAPES and not _says_something(child):
            counts["drawn shape"] += 1
        elif child.tag in (f"{W}control", f"{_OLD_OFFICE}OLEObject") and not _says_something(element):
            counts["form control" if child.tag == f"{W}control" else "embedded object"] += 1
        elif child.tag == f"{W}movie":
            counts["film"] += 1
        _count(child, counts)


def _says_something(shape: Element) -> bool:
    """Whether what a shape shows is read: words, or a picture. A rule across the page says nothing."""
    return shape.get(f"{_OLD_OFFICE}hr") in ("t", "true") or any(child.tag in _SAYS for child in shape.iter())
