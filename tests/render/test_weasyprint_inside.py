"""What is used of WeasyPrint and pydyf past their documents is there, as it was seen, and used in one module alone."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from pkgutil import resolve_name
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import ROOT
from letters.render import pdf
from letters.render.weasyprint_inside import VERSIONS, Box, Page, characters_lacking, note_when_painted, root_of

PAGE = """<html lang="en"><head><title>t</title></head><body><h1>Heading</h1><ul><li>entry</li></ul>
<p><a href="https://example.org">link</a> 漢</p><div style="position: absolute; top: 0">aside</div>
<table><thead><tr><th>head</th></tr></thead><tbody><tr><td>cell</td></tr></tbody></table></body></html>"""
SHEET = (
    "@page :first { size: 400px; margin: 40px; @bottom-right { content: 'foot' } } body { font-family: 'Letters Sans' }"
)

#: Functions that are called, or watched while they run, and what they take.
SIGNATURES = {
    "weasyprint.document:Page.paint": "(self, stream, scale=1)",
    "weasyprint.formatting_structure.boxes:Box.content_box_x": "(self)",
    "weasyprint.formatting_structure.boxes:Box.content_box_y": "(self)",
    "weasyprint.formatting_structure.boxes:Box.margin_height": "(self)",
    "weasyprint.pdf.stream:Stream.marked": "(self, box, tag)",
    "pydyf:Stream.begin_marked_content": "(self, tag, property_list=None)",
}
#: Names by which WeasyPrint is reached into, less those that others have too.
NAMES = frozenset(
    "_box _page_box _tags at_keyword content_box_x content_box_y element_tag etree_element is_header link_annotation"
    " margin_height missing position_y".split()
)


@pytest.fixture(scope="module")
def opened() -> Mapping[str, Any]:
    """A document that was painted, and what is inside it."""
    weasyprint = import_module("weasyprint")  # as it is set up by `pdf`
    html = weasyprint.HTML(string=PAGE)
    sheets = [pdf.set_up().css, weasyprint.CSS(string=SHEET)]
    document = html.render(font_config=pdf.set_up().fonts, stylesheets=sheets, pdf_tags=True)
    (page,), painted, streams = document.pages, list[Page](), list[Any]()
    paint = page.paint

    def watched(stream: Any, scale: float = 1) -> None:
        streams.append(stream)
        paint(stream, scale)

    page.paint = watched
    note_when_painted(page, painted)
    document.write_pdf(pdf_tags=True)
    boxes = list(inner(page._page_box))
    return {
        "html": html,
        "document": document,
        "page": page,
        "stream": streams[0],
        "font": next(iter(document.fonts.values())),
        "box": next(box for box in boxes if getattr(box, "element_tag", "") == "h1"),
        "margin": next(box for box in boxes if type(box).__name__ == "MarginBox"),
        "head": next(box for box in boxes if getattr(box, "element_tag", "") == "thead"),
        "placeholder": next(box for box in boxes if type(box).__name__ == "AbsolutePlaceholder"),
        "painted": painted[0],
    }


def inner(box: Any) -> Iterator[Any]:
    yield box
    for child in box.children:
        yield from inner(child)


#: What is asked of each thing inside.
ATTRIBUTES = {
    "html": "etree_element",
    "page": "_page_box height",
    "document": "fonts",
    "font": "missing",
    "stream": "_tags stream",
    "box": "element element_tag children link_annotation width height position_y margin_top margin_bottom",
    "margin": "at_keyword children position_y",
    "head": "is_header element",
    "placeholder": "_box",
}


def lacking(thing: Any, names: str) -> list[str]:
    return [name for name in names.split() if not hasattr(thing, name)]


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_what_is_asked_for_is_there(opened: Mapping[str, Any], name: str) -> None:
    assert lacking(opened[name], ATTRIBUTES[name]) == []


def test_a_name_that_is_gone_is_found() -> None:
    assert lacking(SimpleNamespace(element=1), "element element_tag") == ["element_tag"]


@pytest.mark.parametrize("function", SIGNATURES)
def test_functions_take_what_they_took(function: str) -> None:
    assert str(inspect.signature(resolve_name(function))) == SIGNATURES[function]


def test_what_comes_back_means_what_it_did(opened: Mapping[str, Any]) -> None:
    page: Page = opened["painted"]
    boxes = list(all_in(page.box))
    named = {box.name: box for box in boxes if box.element is not None}
    assert {box.margin for box in boxes} == {"", "@top-left", "@bottom-right"}
    assert named["h1"].element in list(root_of(opened["html"]).iter())
    assert {"li::marker", "a", "thead"} <= named.keys()
    assert [box.name for box in boxes if box.is_head_of_table] == ["thead"]
    assert {box.name for box in boxes if box.annotation} == {"a"}
    assert page.box.content == (40, 40, 360, 360)
    assert (page.height, page.box.depth_of_margin("top"), page.box.top, page.box.bottom) == (400, 40, 0, 400)
    assert sorted(box.mcid for box in boxes if box.mcid is not None) == list(range(page.marks))
    assert characters_lacking(opened["document"]) == [ord("漢")]


def all_in(box: Box) -> Iterator[Box]:
    yield box
    for child in box:
        yield from all_in(child)


def unseen(versions: Mapping[str, str]) -> dict[str, str]:
    """Those of `versions` that nobody has looked at."""
    return {name: known for name, known in versions.items() if VERSIONS.get(name) != known}


def test_these_are_the_versions_that_were_looked_at() -> None:
    locked = re.findall(r"^(weasyprint|pydyf)==(\S+)", (ROOT / "requirements/build.txt").read_text("utf-8"), re.M)
    assert len(locked) == len(VERSIONS)
    assert unseen(dict(locked)) == {}
    assert unseen({name: version(name) for name in VERSIONS}) == {}


def test_another_version_is_found() -> None:
    assert unseen({"weasyprint": "70.1", "pydyf": VERSIONS["pydyf"]}) == {"weasyprint": "70.1"}


def reaches(code: str) -> set[str]:
    """The names in `code`, as they are or in quotation marks, by which WeasyPrint is reached into."""
    nodes = list(ast.walk(ast.parse(code)))
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    used |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return used & NAMES


def test_nobody_else_reaches_in() -> None:
    modules = {file.name: file for file in (ROOT / "src/letters/render").glob("*.py")}
    own = reaches(modules.pop("weasyprint_inside.py").read_text("utf-8"))
    assert {name: reaches(file.read_text("utf-8")) for name, file in modules.items()} == {
        name: set() for name in modules
    }
    assert own == NAMES


@pytest.mark.parametrize("planted", ["page._page_box", "getattr(box, '_box', box)", "hasattr(box, 'at_keyword')"])
def test_a_planted_reach_is_found(planted: str) -> None:
    assert reaches(planted)
