"""Which facts of a recipient templates decide by: what they compare, test and loop over, and not what they only print.

Facts are known by their way below `force`; an entry of a list is at 0 in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from letters.workspace.fields import Field, FieldKind
from letters.workspace.raw import KeyPath

Constant = int | float | str


@dataclass
class Decisions:
    """`decided`: the facts; `constants`: what each is compared with; `others`: the facts of a recipient, and `outcome`
    the names of those of an outcome, with which it is; `lengths`: how many entries of a list make a difference."""

    decided: set[KeyPath] = field(default_factory=set)
    constants: dict[KeyPath, set[Constant]] = field(default_factory=lambda: defaultdict(set))
    others: dict[KeyPath, set[KeyPath]] = field(default_factory=lambda: defaultdict(set))
    outcome: dict[KeyPath, set[str]] = field(default_factory=lambda: defaultdict(set))
    lengths: dict[KeyPath, set[int]] = field(default_factory=lambda: defaultdict(set))

    def is_decided(self, way: KeyPath) -> bool:
        """Whether a fact, or one in it, decides."""
        return any(one[: len(way)] == way for one in self.decided)


def decisions(texts: Iterable[str], facts: Field) -> Decisions:
    """What some templates decide by. `facts`: those that are known of a recipient.

    A closed fact decides wherever it is read: its answers are words of the workspace.
    """
    found = Decisions()
    for text in texts:
        try:
            tree = Environment().parse(text)
        except TemplateSyntaxError:  # which is told elsewhere
            continue
        _Reader(facts, found).read(tree)
    return found


class _Reader:
    """Reads one template."""

    def __init__(self, facts: Field, found: Decisions) -> None:
        self.facts, self.found = facts, found
        #: What names of the template stand for; facts that went into a macro stand for any of its names.
        self.names: dict[str, KeyPath] = {"force": ()}
        self.given: set[KeyPath] = set()

    def read(self, tree: nodes.Template) -> None:
        for node in tree.find_all((nodes.Assign, nodes.For)):
            self._name(node)
        for call in tree.find_all(nodes.Call):
            self.given |= {way for one in _arguments(call) if (way := self._way(one)) is not None}
            self.given |= {() for one in _arguments(call) if _chain(one) == ["force"]}
        self._visit(tree, is_printed=False)

    def _name(self, node: nodes.Node) -> None:
        """What a name that is set, or that a loop gives its entries, stands for."""
        value, more = (_list_of(node), (0,)) if isinstance(node, nodes.For) else (node.node, ())  # type: ignore[attr-defined]
        way = self._way(value)
        if way is not None and isinstance(target := node.target, nodes.Name):  # type: ignore[attr-defined]
            self.names[target.name] = (*way, *more)

    def _visit(self, node: nodes.Node, *, is_printed: bool) -> None:
        if _chain(node):
            for way in self._ways(node):
                self._note(way, is_printed=is_printed)
            return
        match node:
            case nodes.Compare():
                sides: Sequence[nodes.Node] = [node.expr, *(operand.expr for operand in node.ops)]
                for one in sides:
                    self._compared(one, [other for other in sides if other is not one])
            case nodes.If() | nodes.CondExpr():
                self._tested(node.test)
            case nodes.Not() | nodes.And() | nodes.Or():
                self._tested(node)
            case nodes.Filter(name="length"):
                self._length(node, {1})
            case nodes.For() if _asks_where(node):
                for way in self._ways(_list_of(node)):
                    self.found.lengths[way] |= {1, 2}
        keeps = isinstance(node, nodes.Output | nodes.Concat | nodes.Filter | nodes.CondExpr)
        for child in node.iter_child_nodes():
            is_test = isinstance(node, nodes.CondExpr) and child is node.test
            self._visit(child, is_printed=(isinstance(node, nodes.Output) or (keeps and is_printed)) and not is_test)

    def _note(self, way: KeyPath, *, is_printed: bool) -> None:
        if way and (not is_printed or self.facts.at(way).is_closed):
            self.found.decided.add(way)

    def _tested(self, test: nodes.Node) -> None:
        """That something is there; of a list, entries."""
        match test:
            case nodes.And() | nodes.Or():
                self._tested(test.left)
                self._tested(test.right)
            case nodes.Not():
                self._tested(test.node)
            case nodes.Filter(name="length"):
                self._length(test, {0})
            case _:
                for way in self._ways(test):
                    self.found.lengths[way] |= {0}

    def _compared(self, one: nodes.Node, others: Sequence[nodes.Node]) -> None:
        constants = {value for other in others for value in _constants(other)}
        if isinstance(one, nodes.Filter) and one.name == "length":
            self._length(one, {value for value in constants if isinstance(value, int)})
        for way in self._ways(one):
            self.found.constants[way] |= constants
            self.found.others[way] |= {found for other in others for found in self._ways(other)}
            self.found.outcome[way] |= {name for other in others if (name := _of_outcome(other))}

    def _length(self, node: nodes.Filter, points: set[int]) -> None:
        for way in self._ways(node.node):
            self.found.decided.add(way)
            self.found.lengths[way] |= points

    def _ways(self, node: nodes.Node | None) -> Iterator[KeyPath]:
        """The facts that an expression may be: one, or each that a macro was given."""
        chain = _chain(node)
        way = self._way(node)
        if way is not None:
            yield way
        elif chain and chain[0] not in ("outcome", "letter", "loop"):
            yield from (self._at((*given, *chain[1:])) for given in self.given)

    def _way(self, node: nodes.Node | None) -> KeyPath | None:
        """The way to the fact that an expression is; None where it is none, or all of them."""
        chain = _chain(node)
        if not chain or chain[0] not in self.names:
            return None
        return self._at((*self.names[str(chain[0])], *chain[1:])) or None

    def _at(self, way: KeyPath) -> KeyPath:
        """A way less what is no fact of a file: the title of an answer, a method."""
        found, at = self.facts, 0
        while at < len(way) and (inner := _inside(found, way[at])):
            found, at = inner, at + 1
        return way[:at]


def _inside(field: Field, step: str | int) -> Field | None:
    for one in field.each_kind():
        inner = one.item if isinstance(step, int) and one.kind is FieldKind.LIST else one.fields.get(str(step))
        if inner:
            return inner
    return None


def _list_of(loop: nodes.For) -> nodes.Node:
    """What a loop goes through: of `force.boats or []` the first."""
    found: nodes.Node = loop.iter
    while isinstance(found, nodes.Or | nodes.Filter) and (
        inner := found.left if isinstance(found, nodes.Or) else found.node
    ):
        found = inner
    return found


def _asks_where(loop: nodes.For) -> bool:
    """Whether a loop says something else of its first or last entry."""
    return any(name.name == "loop" for name in loop.find_all(nodes.Name))


def _arguments(call: nodes.Call) -> Iterator[nodes.Node]:
    yield from call.args
    yield from (one.value for one in call.kwargs)


def _chain(node: nodes.Node | None) -> list[str | int]:
    """`force.head.name` as a list; nothing of any other expression."""
    match node:
        case nodes.Name():
            return [node.name]
        case nodes.Getattr():
            inner: list[str | int] = _chain(node.node)
            return [*inner, node.attr] if inner else []
        case nodes.Getitem(arg=nodes.Const(value=str() | int() as key)):
            inner = _chain(node.node)
            return [*inner, 0 if isinstance(key, int) else key] if inner else []
        case _:
            return []


def _constants(node: nodes.Node) -> Iterator[Constant]:
    match node:
        case nodes.Const(value=str() | int() | float() as value) if not isinstance(value, bool):
            yield value
        case nodes.Neg(node=nodes.Const(value=int() | float() as value)):
            yield -value
        case nodes.List() | nodes.Tuple():
            for one in node.items:
                yield from _constants(one)


def _of_outcome(node: nodes.Node) -> str:
    chain = _chain(node)
    return str(chain[-1]) if chain[:1] == ["outcome"] else ""


def ways(described: Field, found: Decisions) -> Mapping[KeyPath, Field]:
    """The facts that decide, each by its way: of what is required what is in it, of what may be left out the whole."""
    return dict(_ways_in((), described, found))


def _ways_in(way: KeyPath, described: Field, found: Decisions) -> Iterator[tuple[KeyPath, Field]]:
    for name, inner in described.fields.items():
        here = (*way, name)
        if inner.kind is FieldKind.OBJECT and inner.required:
            yield from _ways_in(here, inner, found)
        elif found.is_decided(here):
            yield here, inner
