"""Where in a sound YAML file each key, value and entry begins and ends: what the lossless writer goes by."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from letters.workspace.raw import KeyPath

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Span:
    """A value as it is written: characters `start` to `end` of the text, counted from 0.

    Of a collection in lines (not in brackets) `end` is that of the last thing in it, remarks behind it left out.
    `style`: the sign that a text begins with (`'`, `"`, `|`, `>`), empty for one without.
    """

    start: int
    end: int
    style: str = ""
    is_flow: bool = False
    keys: dict[str, Span] = field(default_factory=dict)
    values: dict[str, Span] = field(default_factory=dict)
    entries: tuple[Span, ...] | None = None
    is_mapping: bool = False

    @property
    def is_scalar(self) -> bool:
        """Whether it is neither keys with values nor a list."""
        return not self.is_mapping and self.entries is None

    @property
    def is_block_text(self) -> bool:
        """Whether it is a text in lines of its own, behind `|` or `>`."""
        return self.style in ("|", ">")

    def inside(self) -> list[Span]:
        """The values or entries of a collection, in order."""
        return list(self.values.values()) if self.is_mapping else list(self.entries or ())

    def at(self, path: KeyPath) -> Span | None:
        """What stands at a path, or None."""
        here: Span | None = self
        for step in path:
            if here is None:
                return None
            if isinstance(step, int):
                here = here.entries[step] if here.entries and 0 <= step < len(here.entries) else None
            else:
                here = here.values.get(step)
        return here


def read_spans(text: str) -> Span:
    """The spans of a text that the loader has read without a problem, a byte order mark taken off."""
    node = yaml.compose(text, Loader=_Loader)
    assert node is not None
    return _span(node, text)


def _span(node: yaml.Node, text: str) -> Span:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        style = node.style or ""
        return Span(start, _end_of_block(text, start, end) if style in ("|", ">") else end, style)
    assert isinstance(node, yaml.CollectionNode)
    is_flow = bool(node.flow_style)
    if isinstance(node, yaml.SequenceNode):
        entries = tuple(_span(entry, text) for entry in node.value)
        return Span(start, end if is_flow else _last(entries, end), is_flow=is_flow, entries=entries)
    keys = {key.value: _span(key, text) for key, _ in node.value}
    values = {key.value: _span(value, text) for key, value in node.value}
    end = end if is_flow else _last(tuple(values.values()), end)
    return Span(start, end, is_flow=is_flow, keys=keys, values=values, is_mapping=True)


def _last(inside: tuple[Span, ...], end: int) -> int:
    return inside[-1].end if inside else end


def _end_of_block(text: str, start: int, end: int) -> int:
    """Where the last line of a text behind `|` or `>` ends, blank lines behind it left out, and remarks."""
    lines = text[start:end].splitlines(keepends=True)
    header, body = lines[0], lines[1:]
    said = header.partition("#")[0]
    keeps, is_told = "+" in said, any(sign.isdigit() for sign in said)
    full = [line for line in body if line.strip() and not (is_told and line.lstrip().startswith("#"))]
    indents = [_indent(line) for line in full] or [0]
    indent = min(indents) if is_told else indents[0]
    while body and not keeps and (not body[-1].strip() or (_indent(body[-1]) < indent)):
        body.pop()
    return start + len("".join([header, *body]).rstrip("\r\n"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
