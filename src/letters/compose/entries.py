"""Of which entries of a list a template prints something: what it asks of a loop, and of the entry, around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateError, nodes

from letters.compose.entry_tests import Test, asked_in, asks_of_entry, listed, same
from letters.compose.printed import Printed
from letters.compose.stretches import lines_meant, without_remarks

_JINJA = Environment(autoescape=True)  # reads templates, and prints nothing
#: What words of the template's own are called here.
WORDS = "words"


@dataclass
class Entries:
    """What is printed of the entries of one list: `name`, a fact or words, in a loop in the lines `first` to `last`.

    `when`: the tests under which it is, each time that it stands there. `is_right`: whether a remark says that it is
    meant.
    """

    name: str
    first: int
    last: int
    is_right: bool
    when: list[tuple[Test, ...]] = field(default_factory=list)

    @property
    def where(self) -> str:
        """Of which entries, in words."""
        return "of every entry" if () in self.when else f"only where {listed(self.when)}"

    def is_of_the_same(self, other: Entries) -> bool:
        """Whether it is printed of the same entries as another."""
        return same(self.when, other.when)


def entries(text: str) -> Mapping[tuple[str, str], Entries]:
    """What a template prints of lists: by the list, and what of it. Of one that cannot be read nothing."""
    try:
        tree = _JINJA.parse(without_remarks(text))
    except (TemplateError, ValueError, RecursionError):
        return {}
    reader = _Reader(text)
    reader.read(tree.body)
    return reader.found


@dataclass(frozen=True)
class _Loop:
    """A loop: what it goes through, the name of each entry, its lines."""

    iterated: str
    name: str
    first: int
    last: int


@dataclass(frozen=True)
class _Around:
    """The loops around a place of a template, and the tests that hang on them."""

    loops: tuple[_Loop, ...] = ()
    tests: tuple[Test, ...] = ()

    def under(self, test: nodes.Node, holds: bool) -> _Around:
        """The same, where a test holds, or does not."""
        made = asked_in(test, frozenset(loop.name for loop in self.loops), holds)
        return _Around(self.loops, (*self.tests, *(one for one in made if asks_of_entry(one))))


class _Reader:
    """Walks through a template, with the loops and the tests around each place."""

    def __init__(self, text: str) -> None:
        self.found: dict[tuple[str, str], Entries] = {}
        self._printed = Printed(text)
        self._right = lines_meant(text)

    def read(self, body: Sequence[nodes.Node], around: _Around | None = None) -> None:
        """Note what some tags and texts print."""
        around = around or _Around()
        for node in body:
            match node:
                case nodes.For(target=nodes.Name(name=name)):
                    self._loop(node, name, around)
                case nodes.If():
                    self._branches(node, around)
                case nodes.Output(nodes=printed) if around.loops:
                    for one in printed:
                        self._output(one, around)
                case nodes.Macro(body=inside):
                    self.read(inside)

    def _loop(self, node: nodes.For, name: str, around: _Around) -> None:
        iterated = next((one for one, _ in self._printed.of_node(node.iter, node.lineno)), "")
        if not iterated:  # of words that the template itself lists
            return
        last = max((one.lineno for one in node.find_all(nodes.Expr)), default=node.lineno)
        inside = _Around((*around.loops, _Loop(iterated, name, node.lineno, last)), around.tests)
        self.read(node.body, inside.under(node.test, True) if node.test else inside)

    def _branches(self, node: nodes.If, around: _Around) -> None:
        for one in (node, *node.elif_):
            self.read(one.body, around.under(one.test, True))
            around = around.under(one.test, False)
        self.read(node.else_, around)

    def _output(self, node: nodes.Node, around: _Around) -> None:
        match node:
            case nodes.CondExpr(test=test, expr1=one, expr2=other):
                self._output(one, around.under(test, True))
                if other:
                    self._output(other, around.under(test, False))
            case nodes.TemplateData(data=said) | nodes.Const(value=str(said)):
                if any(map(str.isalpha, said)):
                    self._note(WORDS, around)
            case _:
                for name, _ in self._printed.of_node(node, node.lineno):
                    self._note(name, around)

    def _note(self, name: str, around: _Around) -> None:
        loop = around.loops[-1]
        is_right = bool(self._right & set(range(loop.first, loop.last + 1)))
        made = Entries(name, loop.first, loop.last, is_right)
        self.found.setdefault((loop.iterated, name), made).when.append(around.tests)
