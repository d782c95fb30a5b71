"""Tests that a template makes of the entry that a loop is at, held against each other by all answers there can be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from jinja2 import nodes

from letters.compose.comparisons import OPPOSITE, SIGNS

_TURNED = {" == ": " != ", " < ": " >= ", " <= ": " > "}
#: What says the same otherwise.
_SAME = {"loop.index == 1": "loop.first", "loop.index <= 1": "loop.first", "loop.index < 2": "loop.first"}
_SAME |= {"loop.index == loop.length": "loop.last", "loop.length == loop.index": "loop.last"}
_ENTRY = "the entry"
#: So many questions are looked at; more are not judged.
_MOST = 10


@dataclass(frozen=True)
class Test:
    """A question that is answered by yes or no, `text`, or several: all of `parts`, or with `is_any` one of them, must
    hold. With `holds` false the opposite is meant."""

    text: str = ""
    parts: tuple[Test, ...] = ()
    is_any: bool = False
    holds: bool = True

    def __str__(self) -> str:
        said = self.text or (" or " if self.is_any else " and ").join(map(str, self.parts))
        said = said if self.text or len(self.parts) == 1 else f"({said})"
        if self.holds:
            return said
        sign = next((sign for sign in _TURNED if sign in self.text), "")
        return self.text.replace(sign, _TURNED[sign]) if sign else f"not {said}"

    def questions(self) -> Iterator[str]:
        """What it asks."""
        yield from [self.text] if self.text else (one for part in self.parts for one in part.questions())

    def is_met(self, yes: Collection[str]) -> bool:
        """Whether it is met where these questions are answered by yes."""
        each = (part.is_met(yes) for part in self.parts)
        found = self.text in yes if self.text else any(each) if self.is_any else all(each)
        return found == self.holds


def asked_in(node: nodes.Node, entries: Collection[str], holds: bool) -> Sequence[Test]:
    """The tests that must all be met where an expression holds, or does not. `entries`: what entries of loops are
    called in it."""
    match node:
        case nodes.And(left=one, right=other) if holds:
            return [*asked_in(one, entries, True), *asked_in(other, entries, True)]
        case nodes.Or(left=one, right=other) if not holds:
            return [*asked_in(one, entries, False), *asked_in(other, entries, False)]
        case nodes.Not(node=one):
            return asked_in(one, entries, not holds)
        case nodes.And(left=one, right=other) | nodes.Or(left=one, right=other):
            parts = tuple(_all(asked_in(side, entries, True)) for side in (one, other))
            return [Test("", parts, isinstance(node, nodes.Or), holds)]
        case nodes.Compare(expr=one, ops=[nodes.Operand(op=op, expr=other)]) if op in OPPOSITE:
            return asked_in(nodes.Compare(one, [nodes.Operand(OPPOSITE[op], other)]), entries, not holds)
        case nodes.Compare(expr=one, ops=[nodes.Operand(op="in", expr=nodes.List(items=items))]) if items:
            every = (nodes.Compare(one, [nodes.Operand("eq", item)]) for item in items)
            return [Test("", tuple(_all(asked_in(each, entries, True)) for each in every), True, holds)]
        case _:
            text = _written(node, entries)
            return [Test(_SAME.get(text, text), holds=holds)]


def _all(tests: Sequence[Test]) -> Test:
    return tests[0] if len(tests) == 1 else Test("", tuple(tests))


def asks_of_entry(test: Test) -> bool:
    """Whether a test hangs on the entry that a loop is at."""
    return any("loop." in text or _ENTRY in text for text in test.questions())


def same(one: Sequence[Sequence[Test]], other: Sequence[Sequence[Test]]) -> bool:
    """Whether of two lists of tests, of which one must be met as a whole, the same answers meet one.

    Where they ask too much to be judged they count as the same.
    """
    questions = list(dict.fromkeys(text for each in (*one, *other) for test in each for text in test.questions()))
    if len(questions) > _MOST:
        return True
    for answers in product((False, True), repeat=len(questions)):
        yes = {text for text, is_so in zip(questions, answers, strict=True) if is_so}
        if any(_met(each, yes) for each in one) != any(_met(each, yes) for each in other):
            return False
    return True


def _met(tests: Sequence[Test], yes: Collection[str]) -> bool:
    return all(test.is_met(yes) for test in tests)


def listed(when: Sequence[Sequence[Test]]) -> str:
    """The tests of which one must be met, in words."""
    return ", or ".join(dict.fromkeys(" and ".join(map(str, tests)) for tests in when))


def _written(node: nodes.Node, entries: Collection[str]) -> str:
    """An expression as it is written, with Welsh facts as the English ones and one word for what loops are at."""
    match node:
        case nodes.Name(name=name):
            return _ENTRY if name in entries else name
        case nodes.Getattr(node=inner, attr=key) | nodes.Getitem(node=inner, arg=nodes.Const(value=key)):
            return f"{_written(inner, entries)}.{str(key).removesuffix('_cy')}"
        case nodes.Const(value=value):
            return repr(value)
        case nodes.Compare(expr=one, ops=ops):
            more = (f"{SIGNS.get(op.op, op.op)} {_written(op.expr, entries)}" for op in ops)
            return " ".join([_written(one, entries), *more])
        case nodes.Filter(node=nodes.Node() as inner, name=name) | nodes.Test(node=inner, name=name):
            sign = "|" if isinstance(node, nodes.Filter) else "is"
            return f"{_written(inner, entries)} {sign} {name}"
        case nodes.List(items=items) | nodes.Tuple(items=items):
            return f"[{', '.join(_written(item, entries) for item in items)}]"
        case _:
            return "…".join(_written(child, entries) for child in node.iter_child_nodes()) or "…"
