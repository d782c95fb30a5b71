"""What is not for templates: constructs of Jinja that no letter needs, or that no bound would hold."""

from __future__ import annotations

from jinja2 import nodes

#: What it is, how it is called, and how it is written.
FORBIDDEN: dict[type[nodes.Node], tuple[str, str]] = {
    nodes.Extends: ("{% extends %}", "extends"),
    nodes.Include: ("{% include %}", "include"),
    nodes.Import: ("{% import %}", "import"),
    nodes.FromImport: ("{% from … import %}", "from"),
    nodes.Block: ("{% block %}", "block"),
    nodes.FilterBlock: ("{% filter %}", "filter"),
    nodes.CallBlock: ("{% call %}", "call"),
    nodes.With: ("{% with %}", "with"),
    nodes.ScopedEvalContextModifier: ("{% autoescape %}", "autoescape"),
    nodes.Concat: ("joining with ~", "~"),
    nodes.Add: ("arithmetic", "+"),
    nodes.Sub: ("arithmetic", "-"),
    nodes.Mul: ("arithmetic", "*"),
    nodes.Div: ("arithmetic", "/"),
    nodes.FloorDiv: ("arithmetic", "//"),
    nodes.Mod: ("arithmetic", "%"),
    nodes.Pow: ("arithmetic", "**"),
    nodes.Dict: ("a dictionary", "{"),
    nodes.NSRef: ("setting a fact", "set"),
}
