"""The package of a redline: the parts of several Word documents brought into one, with ids of its own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cached_property
from itertools import count

from lxml import etree

from letters.machine.archive import FIRST, read_members, write_members
from letters.machine.ooxml import OFFICE, RELATIONS, TYPES, Relation, list_of, relations
from letters.machine.xml import parsed_to_edit
from letters.review.redlines.styles import NUMBERING, STYLES, Guest, House, Sheet
from letters.review.redlines.xml import (
    EMBEDDED,
    NAMESPACES,
    RELATION,
    WP,
    Changes,
    Element,
    element,
    local,
    place,
    referring,
    root_element,
    w,
    written,
)

DOCUMENT, SETTINGS, CORE = "word/document.xml", "word/settings.xml", "docProps/core.xml"
_PART_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SEAL = "docProps/custom.xml"
#: What the text refers to that is written anew; all else of the first document is taken over.
_WRITTEN_ANEW = ("header", "footer", "image", "hyperlink")
_BEFORE_TRACKING = (
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
    *("printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts"),
    *("saveFormsData", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader"),
    *("bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors", "hideGrammaticalErrors"),
    *("activeWritingStyle", "proofState", "formsDesign", "attachedTemplate", "linkStyles", "stylePaneFormatFilter"),
    *("stylePaneSortMethod", "documentType", "mailMerge", "revisionView"),
)


class Rendition:
    """A letter as it was rendered for Word."""

    def __init__(self, data: bytes) -> None:
        self.members = read_members(data)
        self.sheet = Sheet(self.members[STYLES], self.members.get(NUMBERING))

    @cached_property
    def body(self) -> Element:
        """The text and, last, its page setup."""
        return parsed_to_edit(self.members[DOCUMENT])[0]

    @property
    def section(self) -> Element:
        """The page setup."""
        return self.body[-1]

    def story(self, tag: str, kind: str) -> tuple[str, list[Element]]:
        """A header or footer (`tag`) of the `first` or `default` kind: its part and its paragraphs; none if it has
        none."""
        for reference in self.section.iterfind(w(tag)):
            if reference.get(w("type")) == kind:
                part = self.relations(DOCUMENT)[reference.get(RELATION, "")].target
                return part, list(parsed_to_edit(self.members[part]))
        return "", []

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by id; members by their full names."""
        return dict(_relations(self.members, part))


def _relations(members: dict[str, bytes], part: str) -> Iterator[tuple[str, Relation]]:
    return relations(part, parsed_to_edit(members[list_of(part)]) if list_of(part) in members else ())


class Part:
    """A part that is being written: the text, a header or a footer."""

    def __init__(self, name: str, root: Element, relations: Iterable[tuple[str, Relation]] = ()) -> None:
        self.name = name
        self.root = root
        self._ids = {relation: key for key, relation in relations}

    def relate(self, relation: Relation) -> str:
        """The id of a relation, the same for the same."""
        taken = set(self._ids.values())
        return self._ids.setdefault(relation, next(f"rId{n}" for n in count(1) if f"rId{n}" not in taken))

    def relations(self) -> bytes:
        """The member that holds them; empty if there are none."""
        root = parsed_to_edit(f'<Relationships xmlns="{RELATIONS}"/>'.encode())
        for relation, key in self._ids.items():
            target = relation.target if relation.outside else posixpath.relpath(relation.target, "word")
            attributes = {"Id": key, "Type": f"{OFFICE}/{relation.kind}", "Target": target}
            mode = {"TargetMode": "External"} if relation.outside else {}
            etree.SubElement(root, f"{{{RELATIONS}}}Relationship", {**attributes, **mode})
        return written(root) if self._ids else b""


class Package:
    """The document that is being made, in the house style of `first`."""

    def __init__(self, first: Rendition) -> None:
        self.changes = Changes()
        self.house = House(Sheet(first.members[STYLES], first.members.get(NUMBERING)))
        self._first = first
        kept = [(key, one) for key, one in _relations(first.members, DOCUMENT) if one.kind not in _WRITTEN_ANEW]
        if all(one.kind != "numbering" for _, one in kept):
            kept.append(("rIdNumbering", Relation("numbering", NUMBERING, False)))
        body = element("body")
        self.document = Part(DOCUMENT, root_element("document", body), kept)
        self.body = body
        self._parts = [self.document]
        self._pictures: dict[bytes, str] = {}
        self._empty: dict[str, Part] = {}
        #: The id of the style that the names of letters are set in, once there is one.
        self.heading_style: str | None = None

    def guest(self, rendition: Rendition, label: str) -> Guest:
        """The styles and numbers of another document, to be brought with `bring`."""
        return self.house.guest(rendition.sheet, label)

    def add_part(self, tag: str) -> Part:
        """A new header or footer, as `tag` says: hdr or ftr."""
        name = {"hdr": "header", "ftr": "footer"}[tag]
        number = sum(part.root.tag == w(tag) for part in self._parts) + 1
        part = Part(f"word/{name}{number}.xml", root_element(tag))
        self._parts.append(part)
        return part

    def empty_part(self, tag: str) -> Part:
        """The one header or footer without words."""
        if tag not in self._empty:
            self._empty[tag] = self.add_part(tag)
            self._empty[tag].root.append(element("p"))
        return self._empty[tag]

    def refer(self, section: Element, part: Part, kind: str) -> None:
        """Let a section have a header or footer on its first page or by default, as `kind` says."""
        name = "header" if part.root.tag == w("hdr") else "footer"
        relation = self.document.relate(Relation(name, part.name, False))
        reference = referring(f"{name}Reference", relation, type=kind)
        place(section, reference, ("headerReference", "footerReference"))

    def bring(
        self, elements: Iterable[Element], source: Rendition, guest: Guest, part: str, into: Part
    ) -> list[Element]:
        """Copies of paragraphs and tables of `part` of another document, with the ids that they have in this one."""
        relations = source.relations(part)
        copies = [deepcopy(one) for one in elements]
        for one in (inner for copy in copies for inner in copy.iter(etree.Element)):
            match local(one):
                case "pStyle" | "rStyle" | "tblStyle":
                    one.set(w("val"), guest.style(one.get(w("val"), "")))
                case "numId":
                    one.set(w("val"), guest.number(one.get(w("val"), "")))
                case "hyperlink":
                    one.set(RELATION, into.relate(relations[one.get(RELATION, "")]))
                case "blip":
                    one.set(EMBEDDED, into.relate(self._picture(source, relations[one.get(EMBEDDED, "")])))
                case "docPr":
                    # Numbered at the end; with the numbers they came with the same picture would seem another.
                    one.attrib.update({"id": "0", "name": "Picture"})
                case _:
                    pass
        return copies

    def _picture(self, source: Rendition, relation: Relation) -> Relation:
        data = source.members[relation.target]
        suffix = posixpath.splitext(relation.target)[1]
        name = self._pictures.setdefault(data, f"word/media/picture{len(self._pictures) + 1}{suffix}")
        return Relation("image", name, False)

    def save(self, title: str = "") -> bytes:
        """The finished document. `title`: of the file, if not that of the first letter."""
        self._number_pictures()
        used = {one.get(w("val"), "") for part in self._parts for one in part.root.iter(w("numId"))}
        self.house.drop_numbers(used)
        members = self._taken_over()
        members |= {name: data for data, name in self._pictures.items()}
        members[STYLES], members[NUMBERING] = written(self.house.sheet.styles), written(self.house.sheet.numbering)
        members[SETTINGS] = self._settings()
        for part in self._parts:
            etree.cleanup_namespaces(part.root, keep_ns_prefixes=list(NAMESPACES))
            members[part.name] = written(part.root)
            if listed := part.relations():
                members[list_of(part.name)] = listed
        if title:
            members[CORE] = _titled(members[CORE], title)
        members["_rels/.rels"], members[FIRST] = self._package_relations(), self._content_types(members)
        return write_members(members)

    def _taken_over(self) -> dict[str, bytes]:
        """The members of the first document that are not written anew."""
        first = self._first.members
        named = {one.target for _, one in _relations(first, DOCUMENT) if one.kind in _WRITTEN_ANEW} | {DOCUMENT}
        named |= {one.target for part in named for _, one in _relations(first, part) if one.kind == "image"}
        left_out = {*named, *map(list_of, named), _SEAL}
        return {name: data for name, data in first.items() if name not in left_out}

    def _number_pictures(self) -> None:
        ids = count(1)
        for part in self._parts:
            for picture in part.root.iter(f"{{{WP}}}docPr"):
                number = str(next(ids))
                picture.attrib.update({"id": number, "name": f"Picture {number}"})

    def _settings(self) -> bytes:
        """Those of the first document; what a reader of a redline changes is a tracked change as well."""
        settings = parsed_to_edit(self._first.members[SETTINGS])
        place(settings, element("trackRevisions"), _BEFORE_TRACKING)
        return written(settings)

    def _package_relations(self) -> bytes:
        root = parsed_to_edit(self._first.members["_rels/.rels"])
        for one in list(root):
            if one.get("Type", "").endswith("/custom-properties"):
                root.remove(one)
        return written(root)

    def _content_types(self, members: Iterable[str]) -> bytes:
        root = parsed_to_edit(self._first.members[FIRST])
        anew = {f"/{part.name}" for part in self._parts[1:]} | {f"/{NUMBERING}"}
        for one in list(root):
            name = one.get("PartName", "")
            if name and (name in anew or name[1:] not in members):
                root.remove(one)
        known = {one.get("Extension", "").lower() for one in root}
        for suffix in sorted({posixpath.splitext(name)[1][1:].lower() for name in self._pictures.values()} - known):
            kind = {"jpg": "image/jpeg"}.get(suffix, f"image/{suffix}")
            root.insert(0, etree.Element(f"{{{TYPES}}}Default", {"Extension": suffix, "ContentType": kind}))
        overrides = {part.name: local(part.root) for part in self._parts[1:]}
        kinds = {"hdr": "header", "ftr": "footer"}
        for name, kind in {**{name: kinds[tag] for name, tag in overrides.items()}, NUMBERING: "numbering"}.items():
            override = {"PartName": f"/{name}", "ContentType": f"{_PART_TYPE}.{kind}+xml"}
            etree.SubElement(root, f"{{{TYPES}}}Override", override)
        return written(root)


def _titled(core: bytes, title: str) -> bytes:
    root = parsed_to_edit(core)
    for one in root.iterfind(_TITLE):
        one.text = title
    return written(root)
