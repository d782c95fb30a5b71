"""XML of strangers to trees and events: parts of Word documents, and drawings. Nothing it names is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.etree import ElementTree
from xml.parsers import expat

if TYPE_CHECKING:
    from lxml import etree

#: Where entities are declared, by which a short text can grow without end; in each encoding that Office knows.
_DECLARED = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


class NotXml(ValueError):
    """The bytes are no XML; the text is what the parser says, with line and column."""


class DeclaresType(ValueError):
    """The bytes declare a document type, and with it perhaps entities: no part of a Word document does."""

    def __init__(self) -> None:
        super().__init__("declares a document type")


def _refuse_type(data: bytes) -> None:
    if any(declared in data for declared in _DECLARED):
        raise DeclaresType


def parsed(data: bytes) -> ElementTree.Element:
    """The root of a part of a Word document. Raises NotXml, DeclaresType."""
    _refuse_type(data)
    return parsed_drawing(data)


def parsed_drawing(data: bytes) -> ElementTree.Element:
    """The root of an SVG file, many of which declare a document type: what its entities come to, expat itself bounds.
    Raises NotXml."""
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise NotXml(str(error)) from error


def parsed_to_edit(data: bytes, *, with_remarks: bool = True) -> etree._Element:
    """As `parsed`, as a tree of lxml, which keeps prefixes. `with_remarks`: with comments and instructions."""
    from lxml import etree

    _refuse_type(data)
    remove = not with_remarks
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=remove, remove_pis=remove)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotXml(str(error)) from error


class Reader(Protocol):
    """What is told of XML as it is met; whatever it raises ends the reading. Names are `namespace name`."""

    def instruction(self, target: str, said: str, /) -> None: ...
    def entity(self, name: str, /, *_: object) -> None: ...
    def begin(self, tag: str, attributes: dict[str, str], /) -> None: ...
    def end(self, tag: str, /) -> None: ...
    def text(self, said: str, /) -> None: ...


def tell(data: bytes, reader: Reader) -> None:
    """Tell `reader` what is in some XML, from its beginning to its end. Raises NotXml."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ProcessingInstructionHandler = reader.instruction
    parser.EntityDeclHandler = reader.entity
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:
        raise NotXml(str(error)) from error
