"""The parts of a Word document as a reader of today shows them: of alternatives the one that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from letters.machine.ooxml import Relation, list_of, relations
from letters.readback.docx import Package, open_package

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"
#: Namespaces of Office; what is in any other no reader can show.
_OFFICE = (
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
    "http://www.w3.org/",
)
_PREFIX = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*["']([^"']*)["']""")


@dataclass
class Parts(Package):
    """A package of which each part is read with its alternatives decided."""

    _related: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def related(self, source: str) -> Mapping[str, Relation]:
        """What a part refers to, by id. Raises UnreadableDocx."""
        if source not in self._related:
            listed = self.parse(list_of(source)) if list_of(source) in self.members else ()
            self._related[source] = dict(relations(source, listed))
        return self._related[source]

    def parse(self, name: str) -> Element:
        """The tree of a part. Raises UnreadableDocx."""
        root = super().parse(name)
        if b"AlternateContent" in self.members[name]:
            found = _PREFIX.findall(self.members[name])
            _decide(root, {prefix.decode("utf-8", "replace"): uri.decode("utf-8", "replace") for prefix, uri in found})
        return root


def open_parts(members: Mapping[str, bytes]) -> Parts:
    """The document made of these members of a zip file. Raises UnreadableDocx."""
    opened = open_package(members)
    return Parts(opened.members, opened.main, opened.targets, opened.marks)


def _decide(root: Element, prefixes: Mapping[str, str]) -> None:
    """Put what is shown in the place of each set of alternatives, the innermost first."""
    holders = [element for element in root.iter() if any(child.tag == _ALTERNATIVES for child in element)]
    for holder in reversed(holders):
        shown: list[Element] = []
        for child in holder:
            shown += _shown(child, prefixes) if child.tag == _ALTERNATIVES else [child]
        holder[:] = shown


def _shown(alternatives: Element, prefixes: Mapping[str, str]) -> list[Element]:
    """The first of the alternatives that a reader can show; where it can show none, the first that holds anything."""
    for branch in alternatives:
        needed = (prefixes.get(prefix, "") for prefix in branch.get("Requires", "").split())
        if len(branch) and all(uri.startswith(_OFFICE) for uri in (*needed, *_namespaces(branch))):
            return list(branch)
    return next((list(branch) for branch in alternatives if len(branch)), [])


def _namespaces(branch: Element) -> Iterator[str]:
    return (element.tag[1:].partition("}")[0] for element in branch.iter() if element is not branch)
