"""What a part of an Office file refers to, whichever library its list was parsed with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from letters.machine.ooxml import OFFICE, RELATIONS, Relation, list_of, relations
from letters.machine.xml import parsed, parsed_to_edit

LIST = f"""<Relationships xmlns="{RELATIONS}">
<Relationship Id="a" Type="{OFFICE}/image" Target="media/one.png"/>
<Relationship Id="b" Type="{OFFICE}/header" Target="/word/header1.xml"/>
<Relationship Id="c" Type="{OFFICE}/customXml" Target="../customXml/item1.xml"/>
<Relationship Id="d" Type="{OFFICE}/image" Target="https://a.example/../b.png" TargetMode="External"/>
<Relationship Id="e" Type="{OFFICE}/hyperlink" Target="https://a.example/c"/>
<Relationship Id="f" Type="{OFFICE}/image" Target="../../../etc/passwd"/>
</Relationships>""".encode()


@pytest.mark.parametrize("tree", [parsed, parsed_to_edit])
def test_members_are_told_by_their_full_names(tree: Callable[[bytes], Any]) -> None:
    assert dict(relations("word/document.xml", tree(LIST))) == {
        "a": Relation("image", "word/media/one.png", False),
        "b": Relation("header", "word/header1.xml", False),
        "c": Relation("customXml", "customXml/item1.xml", False),
        "d": Relation("image", "https://a.example/../b.png", True),
        "e": Relation("hyperlink", "https://a.example/c", True),
        "f": Relation("image", "etc/passwd", False),
    }


@pytest.mark.parametrize(
    ("part", "member"),
    [
        ("", "_rels/.rels"),
        ("word/document.xml", "word/_rels/document.xml.rels"),
        ("part.xml", "_rels/part.xml.rels"),
        ("word/media/one.png", "word/media/_rels/one.png.rels"),
    ],
)
def test_each_part_has_its_list(part: str, member: str) -> None:
    assert list_of(part) == member
