"""An environment that watches templates at work: which branches they take, and that they keep within their bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, cast

from jinja2 import TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from letters.compose.bounds import CALL, Budget
from letters.compose.forbidden import FORBIDDEN
from letters.compose.marks import strip_marks
from letters.compose.own_calls import OwnCalls, own_call
from letters.compose.units import Units


@dataclass(frozen=True, order=True)
class Branch:
    """One way through a template: its file, the line of its `{% if %}`, `{% elif %}` or `{% else %}`, and which.

    `inside`: the way that leads to it, if it is in another's.
    """

    path: str
    line: int
    word: str
    inside: Branch | None = field(default=None, compare=False, repr=False)


class WatchingEnvironment(ImmutableSandboxedEnvironment):
    """Compiles templates so that they say which branches they take, and spend from a budget for all they do.

    `reached` is the caller's to empty, `budget` to replenish.
    """

    code_generator_class = OwnCalls

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.budget = Budget()
        self.branches: set[Branch] = set()
        self.reached: set[Branch] = set()
        self.units = Units()

    def reach(self, path: str, line: int, word: str) -> str:
        """Note that a branch is taken; for instrumented templates, as those below."""
        self.budget.spend(CALL)
        self.reached.add(Branch(path, line, word))
        return ""

    def say(self, size: int) -> str:
        """Count what a template says itself, in characters."""
        self.budget.spend(size)
        return ""

    def turns(self, items: Any) -> Any:
        """The items of a loop, each turn counted."""
        return items if isinstance(items, Undefined) or items is None else self.budget.turns(items)

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **options: Any) -> CodeType:  # type: ignore[override]
        """Compile a template, its branches instrumented."""
        if isinstance(source, str):
            lines = source.splitlines()
            tree = self.parse(source, name, filename)
            _refuse(tree)
            self._instrument_all(tree, str(filename), lines, None)
            if not str(filename).endswith("verdict.md"):  # which is within a unit of the letter
                self.units.mark(tree, str(filename))
            _Counting().visit(tree)
            source = tree
        return super().compile(source, name, filename, *rest, **options)  # type: ignore[no-any-return]

    def _instrument_all(self, node: nodes.Node, path: str, lines: list[str], inside: Branch | None) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.If):
                self._instrument(child, path, lines, inside)
            else:
                self._instrument_all(child, path, lines, inside)

    def _instrument(self, node: nodes.If, path: str, lines: list[str], inside: Branch | None) -> None:
        taken = Branch(path, node.lineno, "if", inside)
        self._instrument_all(nodes.Scope(node.body), path, lines, taken)
        for other in node.elif_:
            self._instrument(other, path, lines, inside)
        if node.else_:
            left = Branch(path, _line_of_else(node, lines), "else", inside)
            self._instrument_all(nodes.Scope(node.else_), path, lines, left)
            self._note(node.else_, left)
        self._note(node.body, taken)

    def _note(self, body: list[nodes.Node], branch: Branch) -> None:
        self.branches.add(branch)
        line = branch.line
        told: list[nodes.Expr] = [nodes.Const(said, lineno=line) for said in (branch.path, line, branch.word)]
        call = own_call("reach", told, line)
        body.insert(0, nodes.Output([call], lineno=line))


def _refuse(tree: nodes.Template) -> None:
    """Templates of an earlier state are composed uninspected. Raises TemplateSyntaxError for what no bound holds."""
    for node in tree.find_all(tuple(FORBIDDEN)):
        said, _ = FORBIDDEN[type(node)]
        raise TemplateSyntaxError(f"{said} is not for templates", node.lineno)


class _Counting(NodeTransformer):
    """Puts counting into a template: of what it says itself, of the turns of its loops, of the lists it makes."""

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        size = sum(len(strip_marks(part.data)) for part in node.nodes if isinstance(part, nodes.TemplateData))
        self.generic_visit(node)
        if size:
            node.nodes.insert(0, own_call("say", [nodes.Const(size)], node.lineno))
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        node.iter = own_call("turns", [cast(nodes.Expr, node.iter)], node.lineno)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Call:
        self.generic_visit(node)
        return own_call("budget.listed", [node], node.lineno)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:
        self.generic_visit(node)
        return own_call("budget.listed", [node], node.lineno) if node.ctx == "load" else node


def _line_of_else(node: nodes.If, lines: list[str]) -> int:
    """The line of an `{% else %}`, which the syntax tree does not keep: the last one before what follows it."""
    first = min(_lines(node.else_), default=node.lineno)
    return next((n for n in range(first, node.lineno - 1, -1) if "else" in lines[n - 1]), first)


def _lines(body: Iterable[nodes.Node]) -> Iterator[int]:
    for node in body:
        if not (isinstance(node, nodes.Output) and all(_is_blank(child) for child in node.nodes)):
            yield node.lineno


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData) and not strip_marks(node.data).strip()
