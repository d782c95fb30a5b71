"""What a template prints that is not its own words: facts and phrases, and the parts that it has, by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateError, nodes

from letters.compose.stretches import FENCE, Unit, english_of, has_words, without_remarks

_JINJA = Environment(autoescape=True)  # reads expressions, and prints nothing
_PRINTED = re.compile(r"\{\{(.*?)\}\}", re.S)
_LOOP = re.compile(r"\{%[-+]?\s*for\s+(\w+)\s+in\s+([\w.]+)")
_REMARK = re.compile(r"\{#-?(.*?)-?#\}", re.S)
_HEADING = re.compile(r"[ >]*#{1,6}[ \t]")
_ROOTS = ("force", "letter", "outcome")


@dataclass(frozen=True)
class Item:
    """A part, or what one prints on lines without words: its name in words, the part, the line."""

    name: str
    part: str
    line: int


class Printed:
    """Reads what a template prints. Facts in Welsh have the names of the English ones."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self._lines = without_remarks(text).split("\n")
        self._loops: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, line in enumerate(self._lines, 1):
            for name, iterated in _LOOP.findall(line):
                self._loops[name].append((number, iterated))

    def of_unit(self, unit: Unit) -> set[str]:
        """What a stretch prints."""
        return set(self._names(unit.first, "\n".join(self._lines[unit.first - 1 : unit.last])))

    def items(self) -> Iterator[Item]:
        """Each part once, and what each part prints on lines without words of their own."""
        part = ""
        seen: set[tuple[str, str]] = set()
        for number, line in enumerate(self._lines, 1):
            fence = FENCE.match(line)
            if fence:
                part = fence[1] or ""
            names = [f"the part .{part}"] if fence and part else []
            if not fence and not has_words(line):
                place = "the heading" if _HEADING.match(line) else ""
                names = [f"{place} {name}".strip() for name in self._names(number, line)]
            for name in names:
                if (name, part) not in seen:
                    seen.add((name, part))
                    yield Item(name, part, number)

    def written_out(self) -> set[str]:
        """What Welsh words stand for that in English is a value alone, as their remarks say."""
        said = (english_of(remark) for remark in _REMARK.findall(self._whole))
        values = [one for one in said if one and not has_words(one)]
        return {name for one in values for name in self._names(len(self._lines), one)}

    def _names(self, line: int, text: str) -> Iterator[str]:
        for code in _PRINTED.findall(text):
            try:
                tree = _JINJA.parse(f"{{{{ {code} }}}}")
            except (TemplateError, ValueError, RecursionError):
                continue
            for printed in tree.find_all(nodes.Output):
                for node in printed.nodes:
                    yield from self._of_node(node, line)

    def _of_node(self, node: nodes.Node, line: int) -> Iterator[str]:
        match node:
            case nodes.Filter(name="agree"):  # prints a verb
                return
            case nodes.CondExpr(expr1=one, expr2=other):
                yield from self._of_node(one, line)
                yield from self._of_node(other, line) if other else ()
            case nodes.Call(node=nodes.Name(name="phrase"), args=[nodes.Const(value=key)]):
                yield f"the phrase {key}"
            case nodes.Call(node=nodes.Name(name="verdict")):
                yield "the verdict"
            case nodes.Getattr() | nodes.Name():
                yield from self._fact(node, line)
            case _:
                for child in node.iter_child_nodes():
                    yield from self._of_node(child, line)

    def _fact(self, node: nodes.Node, line: int) -> Iterator[str]:
        way: list[str] = []
        while isinstance(node, nodes.Getattr):
            way, node = [node.attr, *way], node.node
        if not isinstance(node, nodes.Name):
            yield from self._of_node(node, line)
            return
        before = [iterated for number, iterated in self._loops.get(node.name, ()) if number <= line]
        way = [*(before[-1].split(".") if before else [node.name]), *way]
        if way[0] in _ROOTS and len(way) > 1:
            yield ".".join(step.removesuffix("_cy") for step in way)


def missing(english: Printed, welsh: Printed) -> Iterator[Item]:
    """Parts, and what they print, of the English that the Welsh does not have, each in its part."""
    made = {(item.name, item.part) for item in welsh.items()}
    parts = {"", *(part for _, part in made)}
    written_out = welsh.written_out()
    for item in english.items():
        is_part = item.name.startswith("the part ")
        if (item.name, item.part) in made or item.name in written_out or (item.part not in parts and not is_part):
            continue
        yield item
