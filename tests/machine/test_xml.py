"""XML of strangers is parsed in one module, which refuses what declares entities where nothing honest does."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from conftest import ROOT
from letters.machine.xml import DeclaresType, NotXml, parsed, parsed_drawing, parsed_to_edit, tell

PACKAGE = ROOT / "src/letters"
DOOR = "machine/xml.py"
TREES: tuple[Callable[[bytes], object], ...] = (parsed, parsed_to_edit)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
HARM = {
    "a short form of a long text": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l8;</d>',
    "a file": '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><d>&f;</d>',
    "a type elsewhere": '<!DOCTYPE d SYSTEM "https://a.example/d.dtd"><d/>',
    "a parameter": '<!DOCTYPE d [<!ENTITY % p SYSTEM "https://a.example/d.dtd"> %p;]><d/>',
}


def encoded(text: str, encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("harm", HARM)
def test_what_declares_a_type_is_refused(tree: Callable[[bytes], object], harm: str, encoding: str) -> None:
    with pytest.raises(DeclaresType, match="declares a document type"):
        tree(encoded(HARM[harm], encoding))


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "cp037"])
@pytest.mark.parametrize("tree", TREES)
def test_no_other_encoding_gets_round_it(tree: Callable[[bytes], object], encoding: str) -> None:
    """Both parsers either know no such encoding, or leave the entity as it is."""
    try:
        found = tree(encoded('<!DOCTYPE d [<!ENTITY a "grown">]><d>&a;</d>', encoding))
    except (NotXml, DeclaresType):
        return
    assert getattr(found, "text", None) != "grown"


@pytest.mark.parametrize("tree", [*TREES, parsed_drawing])
@pytest.mark.parametrize("data", [b"", b"words", b"<a><b></a>", b"<a>\xff</a>", b"<a>\0</a>", b"<a>&b;</a>"])
def test_what_is_no_xml_is_said(tree: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(NotXml):
        tree(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_both_read_the_same(encoding: str) -> None:
    data = encoded("<d><!-- a remark --><p>£5 &amp; more</p><?program this?></d>", encoding)
    assert parsed(data).findtext("p") == parsed_to_edit(data).findtext("p") == "£5 & more"
    assert len(parsed_to_edit(data)) == 3
    assert len(parsed_to_edit(data, with_remarks=False)) == 1


def test_a_drawing_may_declare_a_type() -> None:
    svg = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>'
    assert parsed_drawing(svg).tag == "svg"


class Noting:
    """Notes all that it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def instruction(self, target: str, said: str) -> None:
        self.told.append((target, said))

    def entity(self, name: str, *_: object) -> None:
        self.told.append(name)

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.told.append((tag, attributes))

    def end(self, tag: str) -> None:
        self.told.append(tag)

    def text(self, said: str) -> None:
        self.told.append(said)


def test_what_is_there_is_told_in_order() -> None:
    noting = Noting()
    tell(b'<!DOCTYPE d [<!ENTITY e "x">]><?do this?><a xmlns="urn:n" b="c">text</a>', noting)
    assert noting.told == ["e", ("do", "this"), ("urn:n a", {"b": "c"}), "text", "urn:n a"]
    with pytest.raises(NotXml):
        tell(b"<a>", noting)


#: By what names XML is parsed, whichever module has them.
PARSERS = frozenset(
    "fromstring fromstringlist XML XMLID XMLParser XMLPullParser XMLTreeBuilder TreeBuilder iterparse ParserCreate"
    " parseString parse_xml make_parser ETCompatXMLParser".split()
)
MODULES = (
    "xml.parsers",
    "xml.dom",
    "xml.dom.minidom",
    "xml.sax",
    "xml.sax.expatreader",
    "pyexpat",
    "defusedxml",
    "lxml.html",
)


def parses(code: str) -> Iterator[str]:
    """What in some code parses XML."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(value=of, attr=name) if name in PARSERS or (
                name == "parse" and "tree" in ast.unparse(of)
            ):
                yield ast.unparse(node)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (one.name for one in names if module.startswith(MODULES[:1]) or module in MODULES)
                yield from (one.name for one in names if one.name in PARSERS)
            case ast.Import(names=names):
                yield from (one.name for one in names if one.name.startswith(MODULES[:1]) or one.name in MODULES)


def test_nobody_else_parses_xml() -> None:
    modules = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    assert list(parses(modules.pop(DOOR).read_text("utf-8")))
    found = {name: list(parses(path.read_text("utf-8"))) for name, path in modules.items()}
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "etree.fromstring(data)",
        "ElementTree.XML(data)",
        "etree.XMLParser(resolve_entities=False)",
        "etree.parse(file)",
        "ElementTree.iterparse(file)",
        "from xml.etree.ElementTree import fromstring",
        "from xml.parsers import expat",
        "import xml.parsers.expat",
        "import xml.dom.minidom",
        "from docx.oxml.parser import parse_xml",
    ],
)
def test_a_planted_parser_is_found(planted: str) -> None:
    assert list(parses(planted))


@pytest.mark.parametrize(
    "sound", ["from xml.etree.ElementTree import Element", "from xml.sax.saxutils import escape", "yaml.parse(text)"]
)
def test_what_parses_nothing_is_not_found(sound: str) -> None:
    assert list(parses(sound)) == []
