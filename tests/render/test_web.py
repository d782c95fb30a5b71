"""Pages of our own: HTML stands in templates, and what they print is escaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError, nodes

from conftest import ROOT
from letters.letter import LetterKey, Run
from letters.letter.compared import Op, Piece
from letters.letter.quotes import smart_quotes
from letters.render import web
from letters.review.compare.changes import ChangeKind, Difference, FormatChange, Group, Occurrence, Review
from letters.review.compare.content import PARAGRAPH, Content, Passage
from letters.review.compare.passages import Change, How
from letters.review.report.page import review_page

PACKAGE = ROOT / "src/letters"
TEMPLATES = sorted(PACKAGE.rglob("*.html.j2"))
#: The letters themselves, whose bytes hang on how these write them, and what knows their HTML by its beginning.
LETTERS = {"render/html.py", "render/markup.py", "render/pdf.py", "render/specimen.py", "review/files/kinds.py"}
_TAG = re.compile(
    r"(?<!\?P)</?(?:a|article|blockquote|body|br|code|dd|del|details|div|dl|dt|em|fieldset|form|h[1-6]|head|header|html|img"
    r"|input|ins|label|li|link|main|meta|nav|ol|option|p|script|section|select|span|strong|style|summary|table|tbody|td"
    r"|textarea|th|thead|title|tr|ul|wbr)[\s>/]"
)


def html_in(code: str) -> Iterator[str]:
    """Texts in Python that have tags, and imports of what escapes by hand."""
    tree = ast.parse(code)
    documented = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {id(node.body[0].value) for node in documented if node.body and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            text = node.value.decode("latin-1") if isinstance(node.value, bytes) else str(node.value)
            if _TAG.search(text):
                yield text
        elif isinstance(node, ast.ImportFrom) and node.module in ("html", "markupsafe"):
            yield from (alias.name for alias in node.names if alias.name == "escape")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in ("html", "markupsafe"))


def test_html_is_written_in_templates_alone() -> None:
    modules = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    found = {name for name, path in modules.items() if list(html_in(path.read_text("utf-8")))}
    assert found == LETTERS


@pytest.mark.parametrize(
    "planted",
    [
        'f"<p>{text}</p>"',
        "'<div class=\"' + name + '\">'",
        "x = b'<br>'",
        "from html import escape",
        "from markupsafe import Markup, escape",
        "import html",
        'def f():\n    """Says <p>."""\n    return "</span>"',
    ],
)
def test_html_in_python_is_found(planted: str) -> None:
    assert list(html_in(planted))


@pytest.mark.parametrize(
    "sound", ['"""Writes a <p> for each."""', 'r"(?P<a>x)"', '"a < b > c"', "from html.parser import X"]
)
def test_what_is_no_html_is_not_found(sound: str) -> None:
    assert list(html_in(sound)) == []


def unescaped(template: str) -> list[str]:
    """What a template prints without escaping it: anything but its own words marked as safe, or with escaping off."""
    tree = Environment().parse(template)
    marked = [
        one for one in tree.find_all(nodes.Filter) if one.name == "safe" and not isinstance(one.node, nodes.Const)
    ]
    return [f"line {node.lineno}" for node in (*marked, *tree.find_all(nodes.EvalContextModifier))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_prints_nothing_unescaped(path: Path) -> None:
    assert unescaped(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    ["{{ name | safe }}", "{{ name | upper | safe }}", "{% autoescape false %}{{ name }}{% endautoescape %}"],
)
def test_what_is_printed_unescaped_is_found(planted: str) -> None:
    assert unescaped("{% macro x(name) %}" + planted + "{% endmacro %}") == ["line 1"]


def test_a_name_that_nobody_gave_is_an_error_and_not_left_out() -> None:
    with pytest.raises(UndefinedError, match="'heading' is undefined"):
        web.page("proof/page.html.j2")


HOSTILE = """</script></style><script>x</script><img src=x onerror=y> & "two" 'one' --> ]]> {{ 7 * 7 }} {% if %}"""


class Elements(HTMLParser):
    """What is in a page: its elements, its attributes and its words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def hostile_report(said: str) -> Elements:
    """A report of one letter in which everything that anybody typed is the same."""
    key = LetterKey("kind", "kent")
    sides = [Content(said, (Passage("body", PARAGRAPH, (Run(said),)),)) for _ in range(2)]
    change = Change(How.CHANGED, "body", (0, 1), (0, 1), (Piece(Op.REMOVED, said), Piece(Op.ADDED, said)))
    look = FormatChange("bold", "body", said, said, said)
    one = Difference(key, sides[0], sides[1], (change,), (look,))
    place = Occurrence(key, "body", change.pieces, 0, identities=("x",))
    found = Review(said, (one,), (Group(ChangeKind.WORDS, said, (place,), number=1),), (said,))
    return Elements(review_page(found, {}, {key: said}, said, said))


def test_hostile_words_are_shown_as_typed_and_are_no_elements() -> None:
    hostile, plain = hostile_report(HOSTILE), hostile_report("words")
    assert hostile.tags == plain.tags
    assert hostile.texts.count(HOSTILE) >= 5
    assert f"1 {smart_quotes(HOSTILE)}" in hostile.values


def test_the_planted_words_would_be_elements() -> None:
    assert Elements(HOSTILE.encode()).tags == ["script", "img"]
