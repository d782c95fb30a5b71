"""English that a template in Welsh would print: the English form of a fact that has a Welsh one, free text of the data.

A fact `X` has its Welsh beside it as `X_cy`. What is marked as English, `[{{ … }}]{lang=en}`, is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from letters.compose.syntax import line_place
from letters.letter import WELSH
from letters.problems import Code, Place, Problem, Severity
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import own_key
from letters.workspace.raw import KeyPath
from letters.workspace.source import RECIPIENT

#: Facts that are the same in any language: names, addresses, numbers.
_NO_WORDS = frozenset("name address email telephone phone fax mobile postcode slug reference".split())
#: The pattern of a text that is not empty; one that says more is of a code or a number.
_ANYTHING = (None, r"\S")
_MARKED = re.compile(r"\[[^\[\]]*\{\{[^{}]*\}\}[^\[\]]*\]\{[^{}]*lang=")


@dataclass(frozen=True)
class EnglishFacts:
    """Looks through the syntax tree of a Welsh template. `described`: what is known of `outcome` and `force`; `letter`:
    what templates may name of a letter, as a tree; `has_english`: whether such letters go out in English as well, so
    that what is free text may be that."""

    path: str
    lines: list[str]
    described: Mapping[str, Field]
    letter: Mapping[str, object]
    has_english: bool = True
    seen: set[tuple[int, str]] = field(default_factory=set)

    def problems(self, tree: nodes.Node) -> Iterator[Problem]:
        """Each English form that is printed where a Welsh one is known, and each free text."""
        yield from self._walk(tree, {})

    def _walk(self, node: nodes.Node, loops: Mapping[str, KeyPath]) -> Iterator[Problem]:
        match node:
            case nodes.For(iter=iterated, target=nodes.Name(name=name)):
                for way in _ways(iterated, loops):
                    yield from self._with_welsh(iterated.lineno, way)
                    loops = {**loops, name: (*way, 0)}
            case nodes.Output(nodes=printed):
                for one in printed:
                    for way in _ways(one, loops):
                        yield from self._with_welsh(one.lineno, way) or self._free_text(one.lineno, way)
        for child in node.iter_child_nodes():
            yield from self._walk(child, loops)

    def _with_welsh(self, line: int, way: KeyPath) -> list[Problem]:
        name = _name(way)
        if isinstance(way[-1], int) or own_key(str(way[-1]), WELSH) not in self._beside(way):
            return []
        hint = f"write {own_key(name, WELSH)}; if the English is meant, mark it: [{{{{ {name} }}}}]{{lang=en}}"
        message = f"prints {name} in a letter in Welsh, and there is {own_key(name, WELSH)}"
        return self._told(Code.ENGLISH_FACT, Severity.ERROR, message, hint, line, name)

    def _free_text(self, line: int, way: KeyPath) -> list[Problem]:
        if not self.has_english:
            return []
        keys = [key for key in way if isinstance(key, str)]
        at = way.index(keys[-1])
        around = self._beside(way[: at + 1])
        own = around.get(keys[-1])
        if keys[0] not in self.described or not isinstance(own, Field) or keys[-1].endswith(f"_{WELSH}"):
            return []
        if _NO_WORDS & {*keys} or own_key(keys[-1], WELSH) in around or not _is_free(own):
            return []
        name, file = ".".join(keys), RECIPIENT if keys[0] == "force" else "outcome.yaml"
        hint = f"write it as {keys[-1]} and {own_key(keys[-1], WELSH)} in {file}, and print {own_key(name, WELSH)} here"
        message = f"prints {name} in a letter in Welsh, which is written once, for the English as well"
        return self._told(Code.FREE_TEXT_IN_WELSH, Severity.WARNING, message, hint, line, keys[-1])

    def _beside(self, way: KeyPath) -> Mapping[str, object]:
        """What is known beside a fact, and the fact itself, by name."""
        root, *steps = way[:-1] or ("",)
        if root in self.described:
            around = self.described[str(root)].at(tuple(steps)) if steps else self.described[str(root)]
            return {key: inner for one in around.each_kind() for key, inner in one.fields.items()}
        found: object = self.letter if root == "letter" else None
        for step in steps:
            found = found.get(str(step)) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def _told(self, code: Code, severity: Severity, message: str, hint: str, line: int, needle: str) -> list[Problem]:
        is_marked = any(needle in marked[0] for marked in _MARKED.finditer(self.lines[line - 1]))
        if is_marked or (line, needle) in self.seen:
            return []
        self.seen.add((line, needle))
        place: Place = line_place(self.path, self.lines, line, needle)
        return [Problem(code, message, place, hint, severity)]


def _is_free(own: Field) -> bool:
    """Whether a field takes any words, or a list of such."""
    own = own.item if own.kind is FieldKind.LIST and own.item else own
    is_text = own.kind in (FieldKind.TEXT, FieldKind.MARKDOWN) and not own.answers
    return is_text and "format" not in own.says and own.says.get("pattern") in _ANYTHING


def _ways(node: nodes.Node, loops: Mapping[str, KeyPath]) -> Iterator[KeyPath]:
    """The facts that an expression prints, as the ways to them: `("force", "name")`."""
    match node:
        case nodes.Filter(node=inner) if inner:
            yield from _ways(inner, loops)
        case nodes.CondExpr(expr1=one, expr2=other):
            yield from _ways(one, loops)
            yield from _ways(other, loops) if other else ()
        case nodes.List(items=items) | nodes.Tuple(items=items):
            for item in items:
                yield from _ways(item, loops)
        case nodes.Getattr() | nodes.Getitem() | nodes.Name():
            way = _way(node, loops)
            if len(way) > 1:
                yield way


def _way(node: nodes.Node, loops: Mapping[str, KeyPath]) -> KeyPath:
    match node:
        case nodes.Name(name=name):
            return loops.get(name, (name,))
        case nodes.Getattr(node=inner, attr=key) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(key))):
            around = _way(inner, loops)
            return (*around, key) if around else ()
        case _:
            return ()


def _name(way: KeyPath) -> str:
    return ".".join(str(key) for key in way if isinstance(key, str))
