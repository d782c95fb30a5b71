"""Where the templates name a part."""

from __future__ import annotations

import re
from collections.abc import Iterable

from letters.problems import Place
from letters.workspace.raw import read_text
from letters.workspace.source import Source


def part_place(source: Source, paths: Iterable[str], part: str) -> Place | None:
    """The place of the first `::: {.part}` in the templates at `paths`, or None where none names it."""
    opening = re.compile(rf" {{0,3}}:{{3,}}[^\n]*?\b({re.escape(part)})(?![\w-])")
    for path in paths:
        for number, line in enumerate(read_text(source, path).split("\n") if path in source else (), 1):
            if match := opening.match(line):
                return Place(path, number, match.start(1) + 1, line)
    return None


def parts_named(source: Source, paths: Iterable[str]) -> frozenset[str]:
    """The names of all parts in the templates at `paths`."""
    texts = [read_text(source, path) for path in paths if path in source]
    return frozenset(name for text in texts for name in _NAMED.findall(text))


_NAMED = re.compile(r"^ {0,3}:{3,}[ \t]*\{?[ \t]*\.?([A-Za-z][\w-]*)", re.MULTILINE)


def pictures_in(source: Source, path: str, part: str) -> list[str]:
    """The pictures that a template has in parts of this name, as it names them."""
    text = read_text(source, path) if path in source else ""
    opened = re.compile(
        rf"^ {{0,3}}:{{3,}}[^\n]*\.{re.escape(part)}(?![\w-])[^\n]*\n(.*?)^ {{0,3}}:{{3,}}\s*$", re.M | re.S
    )
    return [name for inside in opened.findall(text) for name in _PICTURE.findall(inside)]


_PICTURE = re.compile(r"!\[[^\]\n]*\]\(([^)\s]+)\)")
