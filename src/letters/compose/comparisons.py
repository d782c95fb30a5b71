"""What templates compare the facts of an outcome with: numbers, dates and one another. Facts are known by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from jinja2 import Environment, TemplateSyntaxError, nodes

#: How comparisons are written, by what Jinja calls them, and which of them ask the opposite of which.
SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}
OPPOSITE = {"ne": "eq", "notin": "in", "gteq": "lt", "gt": "lteq"}
#: What the date of a letter is called among the facts that are compared.
LETTER_DATE = "letter.date"


@dataclass(frozen=True)
class Comparison:
    """That a fact called `name` is compared with a constant, or with a fact called `other`.

    `is_span`: no comparison, but a first day (`name`) that is printed with a last (`other`).
    """

    name: str
    constant: int | float | str | None = None
    other: str = ""
    is_span: bool = False


def comparisons(texts: Iterable[str]) -> list[Comparison]:
    """All of some templates, each once, in order."""
    found: list[Comparison] = []
    for text in texts:
        try:
            tree = Environment().parse(text)
        except TemplateSyntaxError:  # which is told elsewhere
            continue
        for node in tree.find_all((nodes.Compare, nodes.Filter)):
            found += _of_node(node)
    return list(dict.fromkeys(found))


def _of_node(node: nodes.Node) -> Iterator[Comparison]:
    match node:
        case nodes.Compare():
            sides = [node.expr, *(operand.expr for operand in node.ops)]
            for left, right in pairwise(sides):
                yield from _of_sides(left, right)
        case nodes.Filter(name="until", args=[last, *_]):
            if (first := _name(node.node)) and (name := _name(last)):
                yield Comparison(first, other=name, is_span=True)


def _of_sides(left: nodes.Node, right: nodes.Node) -> Iterator[Comparison]:
    one, other = _name(left), _name(right)
    if one and other:
        yield Comparison(one, other=other)
    for name, side in ((one, right), (other, left)):
        constant = _constant(side)
        if name and constant is not None:
            yield Comparison(name, constant)


def _constant(node: nodes.Node) -> int | float | str | None:
    if isinstance(node, nodes.Neg):
        found = _constant(node.node)
        return -found if isinstance(found, int | float) else None
    value = node.value if isinstance(node, nodes.Const) else None
    return value if isinstance(value, int | float | str) and not isinstance(value, bool) else None


def _name(node: object) -> str:
    """The name of the fact that an expression asks for, the last of `outcome.visit.first`; empty for anything else."""
    match node:
        case nodes.Getattr(node=nodes.Name(name="letter"), attr="date"):
            return LETTER_DATE
        case nodes.Getattr():
            return str(node.attr)
        case nodes.Getitem(arg=nodes.Const(value=str(key))):
            return key
        case nodes.Name():
            return str(node.name)
        case _:
            return ""
