"""The parts of a Word document as a reader of today shows them: of alternatives the one that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, normpath
from xml.etree.ElementTree import Element

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


@dataclass(frozen=True)
class Related:
    """What a part refers to: the kind, and the member of the package, or the place outside it."""

    kind: str
    target: str
    outside: bool


@dataclass
class Parts(Package):
    """A package of which each part is read with its alternatives decided."""

    _related: dict[str, dict[str, Related]] = field(default_factory=dict)

    def related(self, source: str) -> Mapping[str, Related]:
        """What a part refers to, by id. Raises UnreadableDocx."""
        if source not in self._related:
            self._related[source] = dict(self._relations(source))
        return self._related[source]

    def _relations(self, source: str) -> Iterator[tuple[str, Related]]:
        relations = join(dirname(source), "_rels", f"{basename(source)}.rels")
        for relation in self.parse(relations) if relations in self.members else ():
            kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
            outside = relation.get("TargetMode") == "External" or kind == "hyperlink"
            if not outside:
                target = normpath(join("/", dirname(source), target)).lstrip("/")
            yield relation.get("Id", ""), Related(kind, target, outside)

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
