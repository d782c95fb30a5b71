"""The properties that a document carries beside its text: ours, and those that others put there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from letters.machine import xml
from letters.machine.archive import NotAnArchive

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_CUSTOM = f"{{{_OFFICE}custom-properties}}"
_TYPED = f"{{{_OFFICE}docPropsVTypes}}"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: The number of the first property; Office keeps 0 and 1 to itself.
_FIRST = 2
#: Values that are one text; no other is carried over.
_KINDS = frozenset("lpwstr lpstr bool i1 i2 i4 i8 int ui1 ui2 ui4 ui8 uint r4 r8 decimal filetime date bstr".split())
#: No label or service writes more.
MOST = 200
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Property:
    """One property: its name, its value as text, and the type that Office gives it."""

    name: str
    text: str
    kind: str = "lpwstr"


def properties_of(custom_xml: bytes) -> list[Property]:
    """The properties in `docProps/custom.xml` (empty: there is none), in order; a value that is no text is left empty.

    Raises NotAnArchive where it cannot be read.
    """
    return list(_properties(parsed("docProps/custom.xml", custom_xml))) if custom_xml else []


def _properties(root: Element) -> Iterator[Property]:
    for one in root.iter(f"{_CUSTOM}property"):
        value = next(iter(one), None)
        kind = "" if value is None else value.tag.removeprefix(_TYPED)
        text = value.text or "" if value is not None and kind in _KINDS else ""
        yield Property(one.get("name", ""), text, kind)


def with_properties(properties: Iterable[Property]) -> bytes:
    """`docProps/custom.xml` of these properties; the same properties give the same bytes."""
    kept = (one for one in properties if one.name and one.kind in _KINDS)
    listed = "".join(_written(number, one) for number, one in enumerate(kept, _FIRST))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}custom-properties" xmlns:vt="{_OFFICE}docPropsVTypes">{listed}</Properties>'
    ).encode()


def _written(number: int, one: Property) -> str:
    name = quoteattr(_UNPRINTABLE.sub("", one.name), {'"': "&quot;"})
    value = f"<vt:{one.kind}>{escape(_UNPRINTABLE.sub('', one.text))}</vt:{one.kind}>"
    return f'<property fmtid="{_SET}" pid="{number}" name={name}>{value}</property>'


def parsed(name: str, content: bytes) -> Element:
    """An XML member. Raises NotAnArchive where it is none, or could grow without end."""
    try:
        return xml.parsed(content)
    except xml.DeclaresType as error:
        raise NotAnArchive(f"{name} {error}") from error
    except xml.NotXml as error:
        raise NotAnArchive(f"{name} is not XML: {error}") from error
