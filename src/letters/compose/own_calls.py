"""Calls of the environment's own functions within compiled templates: no template can write one, and they cost little.

Jinja calls a function of a template through the sandbox, and what it gives is finished and escaped: too slow for what
only counts and marks, and is done thousands of times a letter.
"""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


def own_call(function: str, arguments: list[nodes.Expr], line: int) -> nodes.Call:
    """A call of a method of the environment, by its name; printed, it is printed as it is."""
    return nodes.Call(nodes.EnvironmentAttribute(function, lineno=line), arguments, [], None, None, lineno=line)


def is_own(node: nodes.Node) -> bool:
    """Whether a node is such a call."""
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.EnvironmentAttribute)


class OwnCalls(CodeGenerator):
    """Compiles such calls as plain ones."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if not is_own(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not is_own(node):
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not is_own(node):
            super()._output_child_post(node, frame, finalize)
