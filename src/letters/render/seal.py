"""The seal of a DOCX: digests of its own parts, by which a file proves what became of it since it was made.

The seal is two properties of the document. One digest is of all other members: it proves that nothing at all changed.
The other is of what the document says and how it looks, without what SharePoint, OneDrive and labels write beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath

from letters.machine.archive import FIRST, NotAnArchive, read_members, write_members
from letters.machine.ooxml import OFFICE, TYPES
from letters.render.properties import Property, parsed, properties_of, with_properties

#: The member that holds the seal; no digest covers it.
SEAL = "docProps/custom.xml"
#: The digest of all other members.
WHOLE = "letters digest"
#: The digest of the text and its looks. Files of earlier versions lack it.
CORE = "letters digest of the text"
OURS = frozenset({WHOLE, CORE})

#: What services write beside a document: its properties, labels, and data of theirs.
BESIDE = ("docProps/", "customXml/", "docMetadata/")
_RELS = "_rels/.rels"
_LISTED = f"{{{TYPES}}}"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OVERRIDE = f'<Override PartName="/{SEAL}" ContentType="{_TYPE}"/>'.encode()
_RELATION = f'<Relationship Id="rIdSeal" Type="{OFFICE}/custom-properties" Target="{SEAL}"/>'.encode()


def seal(data: bytes) -> bytes:
    """`data`, a DOCX, with its members in fixed order and without dates, and the digests of them added.

    Raises NotAnArchive if `data` is not a package that can take a seal.
    """
    members = read_members(data)
    members.pop(SEAL, None)
    return seal_members(members)


def seal_members(members: Mapping[str, bytes], others: Iterable[Property] = ()) -> bytes:
    """A sealed DOCX of `members`, with properties of `others` beside the seal. Raises NotAnArchive."""
    made = {name: content for name, content in members.items() if name != SEAL}
    for name, end, child in ((FIRST, b"</Types>", _OVERRIDE), (_RELS, b"</Relationships>", _RELATION)):
        if SEAL.encode() not in made.get(name, b""):
            made[name] = add_last(made, name, end, child)
    ours = (Property(WHOLE, _whole_digest(made)), Property(CORE, core_digest(made)))
    made[SEAL] = with_properties([*ours, *(one for one in others if one.name not in OURS)])
    return write_members(made)


def is_sealed(data: bytes) -> bool:
    """Whether `data` holds exactly what it was sealed with. False for what is edited, stamped, foreign or broken."""
    try:
        members = read_members(data)
        names = [one.name for one in properties_of(members.get(SEAL, b""))]
        mark = _property(members, WHOLE)
        return mark == _whole_digest(members) and OURS.issuperset(names)
    except NotAnArchive:
        return False


def is_stamped(data: bytes) -> bool:
    """Whether `data` says and looks as it was sealed, whatever was written beside it since."""
    try:
        members = read_members(data)
        mark = _property(members, CORE)
        return mark is not None and mark == core_digest(members)
    except NotAnArchive:
        return False


def has_core(data: bytes, *, of: bytes) -> bool:
    """Whether `data` says and looks as another document does, whatever stands beside it."""
    try:
        return core_digest(read_members(data)) == core_digest(read_members(of))
    except NotAnArchive:
        return False


def digest_sealed(data: bytes) -> str | None:
    """The digest that `data` was sealed with, whatever became of it since; None where there is none to be read."""
    try:
        return _property(read_members(data), WHOLE)
    except NotAnArchive:
        return None


def core_digest(members: Mapping[str, bytes]) -> str:
    """The digest of what a document says and how it looks. Raises NotAnArchive where its parts list is broken."""
    types = _content_types(members)
    pieces = []
    for name in sorted(members):
        if name == FIRST or name.endswith("/") or name.startswith(BESIDE):
            continue
        content = members[name]
        if name.endswith(".rels"):
            content = "\n".join(sorted(_relations(name, content))).encode()
        pieces += [name.encode(), types.get(name, "").encode(), content]
    return _digest(pieces)


def _property(members: Mapping[str, bytes], name: str) -> str | None:
    """The text of one of our properties; a name that is there twice proves nothing."""
    found = [one.text for one in properties_of(members.get(SEAL, b"")) if one.name == name]
    return found[0] if len(found) == 1 else None


def _content_types(members: Mapping[str, bytes]) -> dict[str, str]:
    """The type of each member, however the list of types is written."""
    root = parsed(FIRST, members.get(FIRST, b""))
    defaults = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in root.iter(f"{_LISTED}Default")}
    overrides = {
        one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in root.iter(f"{_LISTED}Override")
    }
    return {name: overrides.get(name) or defaults.get(name.rpartition(".")[2].lower(), "") for name in members}


def _relations(name: str, content: bytes) -> Iterator[str]:
    """Each relationship of a member as one text, without those to what services write."""
    folder = dirname(dirname(name))
    for one in parsed(name, content):
        target = one.get("Target", "")
        inside = one.get("TargetMode", "Internal") == "Internal"
        place = normpath(join("/", folder, target)).lstrip("/") if inside else target
        if not (inside and place.startswith(BESIDE)):
            yield "\x1f".join((one.get("Id", ""), one.get("Type", ""), place, str(inside)))


def add_last(members: Mapping[str, bytes], name: str, end: bytes, child: bytes) -> bytes:
    """The member `name` with `child` before its `end`. Raises NotAnArchive where it has none."""
    head, found, tail = members.get(name, b"").rpartition(end)
    if not found:
        raise NotAnArchive(f"not an Office document: {name} is missing or has no {end.decode()}")
    return head + child + end + tail


def _digest(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        # The length goes first, so that no byte can move from one member into its neighbour.
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()


def _whole_digest(members: Mapping[str, bytes]) -> str:
    return _digest(piece for name in sorted(members) if name != SEAL for piece in (name.encode(), members[name]))
