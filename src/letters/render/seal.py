"""The seal of a DOCX: a digest of its own parts, by which a file proves that nobody edited it since it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from letters.members import FIRST, NotAnArchive, read_members, write_members

#: The member that holds the seal; the digest covers all the others.
SEAL = "docProps/custom.xml"
PROPERTY = "letters digest"

_RELS = "_rels/.rels"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OVERRIDE = f'<Override PartName="/{SEAL}" ContentType="{_TYPE}"/>'.encode()
_RELATION = f'<Relationship Id="rIdSeal" Type="{_NAMESPACE}relationships/custom-properties" Target="{SEAL}"/>'.encode()


def seal(data: bytes) -> bytes:
    """`data`, a DOCX, with its members in fixed order and without dates, and the digest of them all added.

    Raises NotAnArchive if `data` is not a package that can take a seal.
    """
    members = read_members(data)
    members.pop(SEAL, None)
    members[FIRST] = _with_last(members, FIRST, b"</Types>", _OVERRIDE)
    members[_RELS] = _with_last(members, _RELS, b"</Relationships>", _RELATION)
    members[SEAL] = _custom_xml(_digest(members))
    return write_members(members)


def is_sealed(data: bytes) -> bool:
    """Whether `data` holds exactly the members it was sealed with. False for whatever is edited, foreign or broken."""
    try:
        members = read_members(data)
    except NotAnArchive:
        return False
    found = members.pop(SEAL, None)
    return found is not None and found == _custom_xml(_digest(members))


def _with_last(members: Mapping[str, bytes], name: str, end: bytes, child: bytes) -> bytes:
    head, found, tail = members.get(name, b"").rpartition(end)
    if not found:
        raise NotAnArchive(f"not an Office document: {name} is missing or has no {end.decode()}")
    return members[name] if child in head else head + child + end + tail


def _digest(members: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(members):
        for piece in (name.encode(), members[name]):
            # The length goes first, so that no byte can move from one member into its neighbour.
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
    return digest.hexdigest()


def _custom_xml(digest: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_NAMESPACE}custom-properties" xmlns:vt="{_NAMESPACE}docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{PROPERTY}">'
        f"<vt:lpwstr>{digest}</vt:lpwstr></property></Properties>"
    ).encode()
