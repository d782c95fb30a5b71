"""Which branches of the templates are reached: an environment that notes each `if`, `elif` and `else` it goes into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.compose.marks import strip_marks

#: The function that instrumented templates call. No template can: its name is not among those it may use.
_REACH = "reach__"


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
    """Compiles templates so that they say which branches they take; `reached` is the caller's to empty."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.branches: set[Branch] = set()
        self.reached: set[Branch] = set()

    def watch(self) -> None:
        """Make the function that templates call; to be done after the globals are set."""
        self.globals[_REACH] = self._reach

    def _reach(self, path: str, line: int, word: str) -> Markup:
        self.reached.add(Branch(path, line, word))
        return Markup("")

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **options: Any) -> CodeType:  # type: ignore[override]
        """Compile a template, its branches instrumented."""
        if isinstance(source, str):
            lines = source.splitlines()
            tree = self.parse(source, name, filename)
            self._instrument_all(tree, str(filename), lines, None)
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
        call = nodes.Call(
            nodes.Name(_REACH, "load", lineno=line),
            [nodes.Const(said, lineno=line) for said in (branch.path, line, branch.word)],
            [],
            None,
            None,
            lineno=line,
        )
        body.insert(0, nodes.Output([call], lineno=line))


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
