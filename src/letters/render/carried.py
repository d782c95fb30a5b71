"""What services put into a Word file of ours, carried over into the file that replaces it: labels and customXml.

Without that every build would strip the labels, and the next sync would stamp all files again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from letters.machine.archive import FIRST, NotAnArchive, read_members
from letters.machine.ooxml import OFFICE, RELATIONS
from letters.render.properties import MOST, Property, parsed, properties_of
from letters.render.seal import OURS, SEAL, add_last, core_digest, seal_members

_DOCUMENT_RELS, _RELS = "word/_rels/document.xml.rels", "_rels/.rels"
_ITEM = re.compile(r"customXml/item(\d{1,6})\.xml")
_ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_LABEL = "docMetadata/LabelInfo.xml"
_LABEL_TYPE = "application/vnd.ms-office.classificationlabels+xml"
_LABEL_RELATION = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
#: No service writes more, in parts and in bytes.
_MOST_PARTS, _MOST_BYTES = 50, 1024 * 1024


def carry_over(old: bytes, new: bytes) -> bytes:
    """`new`, a sealed DOCX, with what services wrote into `old` beside its text; `new` itself where there is nothing.

    What cannot be read, or is larger than any service writes it, stays behind.
    """
    try:
        parts, others = _parts(read_members(old)), _others(old)
        if not (parts or others):
            return new
        members = read_members(new)
        made = seal_members(_with_parts(members, parts), others)
        if core_digest(read_members(made)) == core_digest(members):
            return made
    except NotAnArchive:
        pass
    return new


def _others(data: bytes) -> list[Property]:
    found = [one for one in properties_of(read_members(data).get(SEAL, b"")) if one.name not in OURS]
    return found if len(found) <= MOST else []


def _parts(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The members that services wrote: data with its properties, and a label."""
    found = dict(_data(members))
    if _LABEL in members and _is_xml(_LABEL, members[_LABEL]):
        found[_LABEL] = members[_LABEL]
    few = len(found) <= _MOST_PARTS and sum(map(len, found.values())) <= _MOST_BYTES
    return found if few else {}


def _data(members: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(members):
        match = _ITEM.fullmatch(name)
        if match and _is_xml(name, members[name]):
            yield name, members[name]
            about = _about(match[1])
            if about in members and _is_xml(about, members[about]):
                yield about, members[about]


def _about(number: str) -> str:
    return f"customXml/itemProps{number}.xml"


def _is_xml(name: str, content: bytes) -> bool:
    try:
        parsed(name, content)
    except NotAnArchive:
        return False
    return True


def _with_parts(members: Mapping[str, bytes], parts: Mapping[str, bytes]) -> dict[str, bytes]:
    made = {**members, **parts}
    for name in parts:
        if match := _ITEM.fullmatch(name):
            number = match[1]
            _relate(made, _DOCUMENT_RELS, f"rIdData{number}", f"{OFFICE}/customXml", f"../{name}")
            _declare(made, name, "application/xml")
            if _about(number) in parts:
                rels = f"customXml/_rels/item{number}.xml.rels"
                made[rels] = f'<Relationships xmlns="{RELATIONS}"></Relationships>'.encode()
                _relate(made, rels, "rId1", f"{OFFICE}/customXmlProps", f"itemProps{number}.xml")
                _declare(made, _about(number), _ITEM_TYPE)
        elif name == _LABEL:
            _relate(made, _RELS, "rIdLabel", _LABEL_RELATION, name)
            _declare(made, name, _LABEL_TYPE)
    return made


def _relate(members: dict[str, bytes], rels: str, number: str, kind: str, target: str) -> None:
    child = f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'
    members[rels] = add_last(members, rels, b"</Relationships>", child.encode())


def _declare(members: dict[str, bytes], name: str, kind: str) -> None:
    members[FIRST] = add_last(
        members, FIRST, b"</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/>'.encode()
    )
