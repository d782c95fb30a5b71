"""What is wrong with a template before it meets any force: names, filters, holes, and what templates may not do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.compose.environment import FILTERS
from letters.problems import Place, Problem, did_you_mean

#: The names a template may use, as a tree: None is a value, a mapping is a set of facts.
Names = Mapping[str, "Names | None"]

_FORBIDDEN: dict[type[nodes.Node], str] = {
    nodes.Extends: "{% extends %}",
    nodes.Include: "{% include %}",
    nodes.Import: "{% import %}",
    nodes.FromImport: "{% from … import %}",
    nodes.Block: "{% block %}",
    nodes.FilterBlock: "{% filter %}",
    nodes.CallBlock: "{% call %}",
    nodes.ScopedEvalContextModifier: "{% autoescape %}",
    nodes.Concat: "joining with ~",
    nodes.Add: "arithmetic",
    nodes.Sub: "arithmetic",
    nodes.Mul: "arithmetic",
    nodes.Div: "arithmetic",
    nodes.FloorDiv: "arithmetic",
    nodes.Mod: "arithmetic",
    nodes.Pow: "arithmetic",
    nodes.Dict: "a dictionary",
}


class Inspection:
    """Looks at the syntax tree of one template file."""

    def __init__(self, path: str, text: str, names: Names, phrases: frozenset[str]) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.names = names
        self.phrases = phrases

    def problems(self, environment: ImmutableSandboxedEnvironment, text: str) -> list[Problem]:
        """Every problem of the template; a syntax error is the caller's to report."""
        tree = environment.parse(text, self.path)
        own = _own_names(tree)
        found: list[Problem] = []
        for node in _every_node(tree):
            found += self._node_problems(node, own)
        return found

    def _node_problems(self, node: nodes.Node, own: frozenset[str]) -> Iterator[Problem]:
        forbidden = next((said for kind, said in _FORBIDDEN.items() if type(node) is kind), None)
        if forbidden:
            yield self._problem("E218", f"{forbidden} is not for templates", node, "templates hold words, if and for")
        match node:
            case nodes.CondExpr(expr2=None):
                hint = "add `else`, or write {% if … %}…{% endif %}: without it a blank is printed"
                yield self._problem("E209", "an `if` inside {{ }} without `else`", node, hint)
            case nodes.If(elif_=elifs, else_=otherwise) if elifs and not otherwise:
                hint = "make the last {% elif … %} an {% else %}: a case that nobody thought of leaves a hole"
                yield self._problem("E210", "{% if %} with {% elif %} but without {% else %}", node, hint)
            case nodes.Filter(name=name) if name not in FILTERS:
                yield self._problem("E204", f"there is no filter {name!r}", node, did_you_mean(name, FILTERS))
            case nodes.Name(name=name, ctx="load") if name not in own and name not in self.names:
                hint = did_you_mean(name, [*self.names, *sorted(own)])
                yield self._problem("E203", f"there is no {name!r}", node, hint)
            case nodes.Getattr() | nodes.Getitem():
                yield from self._attribute_problems(node, own)
            case nodes.Call(node=called) if not isinstance(called, nodes.Name):
                yield self._problem("E218", "only functions by name can be called", node, "use a filter")
            case nodes.Call(node=nodes.Name(name="phrase"), args=[nodes.Const(value=str(key))]):
                if key not in self.phrases:
                    hint = did_you_mean(key, sorted(self.phrases)) or "write it into wording.yaml"
                    yield self._problem("E208", f"there is no phrase {key!r} in wording.yaml", node, hint)

    def _attribute_problems(self, node: nodes.Node, own: frozenset[str]) -> Iterator[Problem]:
        chain = _chain(node)
        if not chain or chain[0] in own or chain[0] not in self.names:
            return
        known: Names | None = self.names
        for position, key in enumerate(chain):
            if known is None:
                said = ".".join(chain[:position])
                yield self._problem("E203", f"{said} is a value and has no {key!r}", node, f"write {{{{ {said} }}}}")
                return
            if not known:
                return  # a set of facts whose keys nobody has listed
            if key not in known:
                said = ".".join(chain[:position])
                yield self._problem("E203", f"{said} has no {key!r}", node, did_you_mean(key, known))
                return
            known = known.get(key)

    def _problem(self, code: str, message: str, node: nodes.Node, hint: str) -> Problem:
        line = node.lineno
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Problem(code, message, Place(self.path, line, 0, text), hint)


def _every_node(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _every_node(child)


def _own_names(tree: nodes.Node) -> frozenset[str]:
    """Names that the template itself makes: set, for, macro and its arguments."""
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    return frozenset({*stored, *(macro.name for macro in tree.find_all(nodes.Macro)), "loop"})


def _chain(node: nodes.Node) -> list[str]:
    """`['force', 'chief_officer', 'rank']` for `force.chief_officer.rank`; empty where it is anything else."""
    match node:
        case nodes.Name(name=name):
            return [name]
        case nodes.Getattr(node=inner, attr=key) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(key))):
            chain = _chain(inner)
            return [*chain, key] if chain else []
        case _:
            return []
