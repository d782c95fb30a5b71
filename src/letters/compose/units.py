"""The units of a template, the pieces that decide or print by themselves, and which fields of the outcome each reads.

What a unit prints hangs on the fields that it reads, and on nothing else of the outcome: a run that reads the same
answers prints the same. A name that a unit sets carries what was read for it to the units that use the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import nodes

from letters.compose.marks import CLOSE, OPEN
from letters.compose.own_calls import own_call


@dataclass(frozen=True)
class Unit:
    """A piece of a template: its file, the names that it uses and sets, and whether it can print."""

    path: str
    uses: frozenset[str]
    sets: frozenset[str]
    prints: bool = True


@dataclass
class Units:
    """All units of an environment's templates, and what they read while somebody watches."""

    all: dict[int, Unit] = field(default_factory=dict)
    watched: bool = False
    _current: int = 0
    _read: dict[int, set[str]] = field(default_factory=dict)

    def enter(self, number: int) -> str:
        """The mark of a unit's beginning, or with 0 of its end; nothing while nobody watches."""
        if not self.watched:
            return ""
        self._current = number
        return f"{OPEN}u{number}{CLOSE}"

    def note(self, name: str) -> None:
        """That a field of the outcome was read."""
        self._read.setdefault(self._current, set()).add(name)

    def start(self) -> None:
        """Watch, from nothing on."""
        self.watched, self._current, self._read = True, 0, {}

    def stop(self) -> dict[int, frozenset[str]]:
        """Watch no more; the fields on which each unit that prints hung, those among them that came with a name."""
        self.watched = False
        found = {number: set(names) for number, names in self._read.items()}
        while sum(self._inherit(self.all[setter], found[setter], found) for setter in list(found) if setter):
            pass
        printing = (number for number in found if not number or self.all[number].prints)
        return {number: frozenset(found[number]) for number in printing if found[number]}

    def _inherit(self, setter: Unit, fields: set[str], found: dict[int, set[str]]) -> bool:
        """Whether more units were found to hang on the fields of one that sets names."""
        if not setter.sets:
            return False
        users = (number for number, unit in self.all.items() if unit.path == setter.path and unit.uses & setter.sets)
        more = [number for number in users if not fields <= found.get(number, set())]
        for number in more:
            found[number] = found.get(number, set()) | fields
        return bool(more)

    def mark(self, tree: nodes.Template, path: str) -> None:
        """Put calls around the units of a template: each thing that it prints by itself, each tag with its inside."""
        tree.body = [made for node in tree.body for made in self._around(node, path)]

    def _around(self, node: nodes.Node, path: str) -> Iterator[nodes.Node]:
        if isinstance(node, nodes.Output):
            node.nodes = [made for child in node.nodes for made in self._printed(child, path)]
            yield node
        elif isinstance(node, nodes.Macro):
            self._number(node, path)
            yield node
        else:
            number = self._number(node, path)
            yield nodes.Output([_call(number, node.lineno)], lineno=node.lineno)
            yield node
            yield nodes.Output([_call(0, node.lineno)], lineno=node.lineno)

    def _printed(self, node: nodes.Expr, path: str) -> list[nodes.Expr]:
        if isinstance(node, nodes.TemplateData):
            return [node]
        return [_call(self._number(node, path), node.lineno), node, _call(0, node.lineno)]

    def _number(self, node: nodes.Node, path: str) -> int:
        names = list(node.find_all(nodes.Name)) + ([node] if isinstance(node, nodes.Name) else [])
        uses = {name.name for name in names if name.ctx == "load"}
        sets = {name.name for name in names if name.ctx != "load"}
        sets |= {node.name} if isinstance(node, nodes.Macro) else set()
        number = len(self.all) + 1
        prints = not isinstance(node, nodes.Macro | nodes.Assign | nodes.AssignBlock)
        self.all[number] = Unit(path, frozenset(uses), frozenset(sets), prints)
        return number


def _call(number: int, line: int) -> nodes.Call:
    return own_call("units.enter", [nodes.Const(number, lineno=line)], line)
