"""What a template prints that is not its own words: facts and phrases, and the parts that it has, by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment, TemplateError, nodes

from letters.compose.counted import signs_beside
from letters.compose.stretches import FENCE, Unit, english_of, has_words, lines_meant, without_remarks
from letters.compose.ways import Way

_JINJA = Environment(autoescape=True)  # reads expressions, and prints nothing
_PRINTED = re.compile(r"\{\{(.*?)\}\}", re.S)
_LOOP = re.compile(r"\{%[-+]?\s*for\s+(\w+)\s+in\s+([\w.]+)")
_SET = re.compile(r"\{%[-+]?\s*set\s+(\w+)\s*=\s*(.*?)\s*[-+]?%\}", re.S)
_REMARK = re.compile(r"\{#-?(.*?)-?#\}", re.S)
_HEADING = re.compile(r"[ >]*#{1,6}[ \t]")
_ROOTS = ("force", "letter", "outcome")


#: What a text prints by name, each with the ways in which it does.
Ways = Mapping[str, Sequence[Way]]


@dataclass(frozen=True)
class Item:
    """A part, or what one prints on lines without words: its name in words, the part, the line where it first is,
    the ways in which it is printed, and whether a remark says that it is meant as it is."""

    name: str
    part: str
    line: int
    ways: tuple[Way, ...] = ()
    is_right: bool = False


class Printed:
    """Reads what a template prints. Facts in Welsh have the names of the English ones."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self._lines = without_remarks(text).split("\n")
        self._right = lines_meant(text)
        self._loops: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._named: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, line in enumerate(self._lines, 1):
            for name, iterated in _LOOP.findall(line):
                self._loops[name].append((number, iterated))
            for name, value in _SET.findall(line):
                self._named[name].append((number, value))

    def of_unit(self, unit: Unit) -> Ways:
        """What a stretch prints."""
        return _by_name(self._names(unit.first, "\n".join(self._lines[unit.first - 1 : unit.last])))

    def items(self) -> list[Item]:
        """Each part once, and what each part prints on lines without words of their own."""
        found: dict[tuple[str, str], Item] = {}
        for one in self._items():
            known = found.get((one.name, one.part), one)
            ways = tuple(dict.fromkeys([*known.ways, *one.ways]))
            found[one.name, one.part] = replace(known, ways=ways, is_right=known.is_right or one.is_right)
        return list(found.values())

    def _items(self) -> Iterator[Item]:
        part = ""
        for number, line in enumerate(self._lines, 1):
            if fence := FENCE.match(line):
                part = fence[1] or ""
                yield from [Item(f"the part .{part}", part, number)] if part else []
            elif not has_words(line):
                place = "the heading" if _HEADING.match(line) else ""
                for name, way in self._names(number, line):
                    plain = replace(way, makes=way.makes | way.beside)  # of no stretch, whose figures are compared
                    yield Item(f"{place} {name}".strip(), part, number, (plain,), number in self._right)

    def written_out(self) -> set[str]:
        """What Welsh words stand for that in English is a value alone, as their remarks say."""
        said = (english_of(remark) for remark in _REMARK.findall(self._whole))
        values = [one for one in said if one and not has_words(one)]
        return {name for one in values for name, _ in self._names(len(self._lines), one)}

    def of_node(self, node: nodes.Node, line: int, way: Way | None = None) -> Iterator[tuple[str, Way]]:
        """What an expression prints that stands in a line, by name."""
        way = way or Way()
        match node:
            case nodes.Filter(name="agree"):  # prints a verb
                return
            case nodes.Filter(node=nodes.Node() as value):
                yield from self.of_node(value, line, way.through(node))
                for more in node.args if node.name == "until" else ():
                    yield from self.of_node(more, line, way.through(node))
            case nodes.CondExpr(expr1=one, expr2=other):
                yield from self.of_node(one, line, way)
                yield from self.of_node(other, line, way) if other else ()
            case nodes.Call(node=nodes.Name(name="phrase"), args=[nodes.Const(value=key)]):
                yield f"the phrase {key}", way
            case nodes.Call(node=nodes.Name(name="phrases"), args=[fields, nodes.Const(value=use)]):
                for key in _constants(fields) or ["…"]:
                    yield f"the phrase {key}.{use}", way
            case nodes.Call(node=nodes.Name(name="verdict")):
                yield "the verdict", way
            case nodes.Getattr() | nodes.Getitem() | nodes.Name():
                yield from self._fact(node, line, way)
            case _:
                for child in node.iter_child_nodes():
                    yield from self.of_node(child, line, way)

    def _names(self, line: int, text: str) -> Iterator[tuple[str, Way]]:
        for code in _PRINTED.finditer(text):
            beside = Way(beside=signs_beside(text[: code.start()], text[code.end() :]))
            for node in _expressions(code[1]):
                yield from self.of_node(node, line, beside)

    def _fact(self, node: nodes.Node, line: int, way: Way) -> Iterator[tuple[str, Way]]:
        if isinstance(node, nodes.Name) and (value := _last(self._named, node.name, line)):
            at, said = value
            for inner in _expressions(said):
                yield from self.of_node(inner, at - 1, way)
            return
        steps, root = _steps(node)
        if not isinstance(root, nodes.Name):
            yield from self.of_node(root, line, way)
            return
        loop = _last(self._loops, root.name, line)
        steps = [*(loop[1].split(".") if loop else [root.name]), *steps]
        if steps[0] in _ROOTS and len(steps) > 1:
            yield ".".join(step.removesuffix("_cy") for step in steps).replace(".[", "["), way


def _steps(node: nodes.Node) -> tuple[list[str], nodes.Node]:
    """The steps of `outcome.visits[0].day` behind its root, and the root; which of a list is a step in brackets."""
    steps: list[str] = []
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        match node:
            case nodes.Getattr(attr=key) | nodes.Getitem(arg=nodes.Const(value=str(key))):
                steps = [key, *steps]
            case nodes.Getitem(arg=nodes.Slice() as cut):
                ends = (getattr(one, "value", "…") if one else "" for one in (cut.start, cut.stop))
                steps = [f"[{':'.join(map(str, ends))}]", *steps]
            case nodes.Getitem(arg=which):
                steps = [f"[{getattr(which, 'value', '…')}]", *steps]
        node = node.node
    return steps, node


def _last(known: Mapping[str, list[tuple[int, str]]], name: str, line: int) -> tuple[int, str] | None:
    """What a name stands for in a line, and where that was said."""
    return next((one for one in reversed(known.get(name, [])) if one[0] <= line), None)


def _constants(node: nodes.Node) -> list[str]:
    items = node.items if isinstance(node, nodes.List | nodes.Tuple) else []
    return [str(one.value) for one in items if isinstance(one, nodes.Const)]


def _expressions(code: str) -> Iterator[nodes.Node]:
    """What stands between `{{` and `}}`, as it is read; nothing of what cannot be."""
    try:
        tree = _JINJA.parse(f"{{{{ {code} }}}}")
    except (TemplateError, ValueError, RecursionError):
        return
    for printed in tree.find_all(nodes.Output):
        yield from printed.nodes


def _by_name(found: Iterable[tuple[str, Way]]) -> Ways:
    ways: dict[str, list[Way]] = defaultdict(list)
    for name, way in found:
        ways[name].append(way)
    return dict(ways)


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
