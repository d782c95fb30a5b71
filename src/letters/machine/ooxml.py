"""How the parts of an Office file hang together: what each refers to, and the namespaces all are read by (ECMA-376)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath
from typing import Protocol

#: Text; relations, as text names them; relations and types of content, as the package lists them.
WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True)
class Relation:
    """What a part refers to: the kind, and the member of the file, or the place outside it."""

    kind: str
    target: str
    outside: bool


class _Listed(Protocol):
    """An element, of whichever library."""

    def get(self, key: str, default: str, /) -> str: ...


def list_of(part: str) -> str:
    """The member that lists what a part refers to; of `""` what the file itself does."""
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def relations(part: str, listed: Iterable[_Listed]) -> Iterator[tuple[str, Relation]]:
    """What `part` refers to, by id, of the elements in the root of its list."""
    for one in listed:
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        outside = one.get("TargetMode", "") == "External" or kind == "hyperlink"
        if not outside:
            target = normpath(join("/", dirname(part), target)).lstrip("/")
        yield one.get("Id", ""), Relation(kind, target, outside)
