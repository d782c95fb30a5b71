"""Markdown texts of the data as templates print them: they stay inside the quotation or the entry they are put in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from letters.compose.marks import CLOSE, OPEN, strip_marks
from letters.letter.markdown import is_one_paragraph
from letters.problems import Place
from letters.workspace.raw import read_text
from letters.workspace.source import Source

#: What a template calls a value, as `outcome.body` or `outcome.findings.0.text`.
Name = str
_VALUE = re.compile(f"{OPEN}m([^{CLOSE}]*){CLOSE}([^{OPEN}{CLOSE}]*){OPEN}/m{CLOSE}")
#: What may stand in front of blocks on their first line: the signs of quotations and entries, and nothing else.
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_ENTRY = re.compile(r"[-*+]|\d{1,9}[.)]")
_NO_WORDS = re.compile(r"[\s>]*(?::{3}|$)")
_KEEPS_LINES = re.compile(r"\|[-+\d]*\s*(?:\s#.*)?$")
_ROW = re.compile(r"[\s>]*\|")


class MarkdownText(Markup):
    """A value that is Markdown, which knows its name."""

    name: Name

    def __new__(cls, text: str, name: Name = "") -> MarkdownText:
        """`text` as in YAML, and what templates call it."""
        made = super().__new__(cls, text)
        made.name = name
        return made


def marked_value(value: MarkdownText) -> Markup:
    """The value between marks that say where it begins and ends."""
    return Markup(f"{OPEN}m{value.name}{CLOSE}{value}{OPEN}/m{CLOSE}")


@dataclass
class Placed:
    """Rendered text with the values in their places, and which of its lines (from 0) are which line of which value.

    `first`: the lines that have signs of the template in front of a value's first line, and nothing else of its own.
    """

    text: str = ""
    lines: dict[int, tuple[Name, int]] = field(default_factory=dict)
    first: dict[int, Name] = field(default_factory=dict)


def place_values(rendered: str, refuse: Callable[[str, Name], None], *, in_line: bool = False) -> Placed:
    """The rendered text without the marks of values, each of whose lines begins as the template's does.

    `refuse` is called, with the text in front and the value's name, where several blocks are put among words; `in_line`
    says that all of the text is going to be one paragraph.
    """
    placed = Placed()
    parts: list[str] = []
    end, number = 0, 0
    for match in _VALUE.finditer(rendered):
        before = rendered[end : match.start()]
        end = match.end()
        number += before.count("\n")
        start = rendered.rfind("\n", 0, match.start()) + 1
        in_front = strip_marks(_VALUE.sub(r"\2", rendered[start : match.start()]))
        behind = strip_marks(rendered[end:].partition("\n")[0])
        is_alone = bool(_CONTAINERS.fullmatch(in_front)) and not behind.strip() and not in_line
        touches = not _ENTRY.search(in_front) and _touches(rendered[:start], rendered[end:])
        if (not is_alone or touches) and not is_one_paragraph(match[2]):
            refuse(rendered[: match.start()], match[1])
        lines = _continued(in_front, match[2]) if is_alone else [_one_line(in_front, match[2])]
        if is_alone and in_front.strip():
            placed.first[number] = match[1]
        placed.lines |= {number + at: (match[1], at) for at in range(bool(in_front.strip()), len(lines))}
        number += len(lines) - 1
        parts += [before, "\n".join(lines)]
    placed.text = "".join([*parts, rendered[end:]])
    return placed


def _touches(before: str, behind: str) -> bool:
    """Whether there are words in the line above or the line below, of which a block would become part."""
    above = before[:-1].rpartition("\n")[2]
    below = behind.partition("\n")[2].partition("\n")[0]
    return any(not _NO_WORDS.match(strip_marks(line)) for line in (above, below))


def _continued(in_front: str, text: str) -> list[str]:
    """The lines of a value, all but the first with what keeps them inside the quotations and entries of the first."""
    inside = _ENTRY.sub(lambda match: " " * len(match[0]), in_front)
    first, *others = text.split("\n")
    return [first, *((inside + line).rstrip() if not line.strip() else inside + line for line in others)]


def _one_line(in_front: str, text: str) -> str:
    """A paragraph among words; in a row of a table its | are signs like any others."""
    line = re.sub(r"[ \t]*\n[ \t]*", " ", text)
    return re.sub(r"(?<!\\)\|", r"\\|", line) if _ROW.match(in_front) else line


def line_of_text(source: Source, place: Place, line: int) -> Place:
    """The place of a line (from 0) of a text whose key stands at `place`; that itself, unless lines are kept (`|`)."""
    if place.path not in source or not _KEEPS_LINES.search(place.text):
        return place
    lines = read_text(source, place.path).split("\n")
    first = next((at for at in range(place.line, len(lines)) if lines[at].strip()), place.line)
    return Place(place.path, first + line + 1, 0, lines[first + line] if first + line < len(lines) else "")
