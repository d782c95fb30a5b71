"""The words of a text rendition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from letters.letter import stage_marked
from letters.readback import Reading

#: The line above a second letter in one file.
_SECOND = re.compile("={60}")
#: The numbers or bullets that an indented block begins with.
_LABELS = re.compile(r"^ {2,}(?:(?:•|\d+\.)(?: +|$))+")
#: What the text says beyond the words of the letter, which have no such space there.
_TARGET = re.compile(r"\u00a0\((?:[^\s()]|\([^\s()]*\))+\)")
_PICTURE_OR_TARGET = re.compile(rf"\[Picture:\u00a0.*\]$|{_TARGET.pattern}")
_PICTURE = re.compile(r"^\[Picture:\u00a0.*\]$")
#: The rule below the headings of a table, and what begins each record of a table that is too wide for columns.
_RULE = re.compile(r"\|(?:-+\|)+")
_RECORD = "|---"
_IS = ":\u00a0"


def read(data: bytes) -> Reading:
    """The blocks between empty lines, without the marks of list items and the stage; of a table each cell is one."""
    blocks = [block for block in data.decode().split("\n\n") if block.strip() and not _SECOND.fullmatch(block.strip())]
    marks = tuple(block for block in blocks[:1] if block == f"[{block[1:-1]}]" and stage_marked(block[1:-1]))
    said = (text for block in blocks[len(marks) :] for text in _texts(block))
    return Reading(tuple(text for text in said if text), (marks,), 1)


def beside_words(data: bytes) -> tuple[str, ...]:
    """What the text says that is none of the words: where links lead, and what pictures show."""
    found = (_PICTURE_OR_TARGET.findall(line) for line in data.decode().splitlines())
    return tuple(said.strip("\u00a0")[1:-1].replace("\u00a0", " ") for line in found for said in line)


def _texts(block: str) -> Iterator[str]:
    lines = [line.strip(" ") for line in block.strip("\n").split("\n")]
    rules = [number for number, line in enumerate(lines) if _RULE.fullmatch(line)]
    if rules and all(line.startswith("|") for line in lines):
        cells = _cells(lines, rules)
    elif lines[0] == _RECORD and all(line.startswith("|") for line in lines):
        cells = _records(lines)
    else:
        words = _LABELS.sub("", block).strip(" \n")
        cells = iter([] if _PICTURE.fullmatch(words) else [words])
    yield from (_TARGET.sub("", cell).strip() for cell in cells)


def _cells(lines: Sequence[str], rules: Sequence[int]) -> Iterator[str]:
    """The cells of a table in columns, row by row; a row has several lines if there is a rule below each."""
    bars = [at for at, char in enumerate(lines[rules[0]]) if char == "|"]
    ends = [*rules, len(lines)] if len(rules) > 1 else [rules[0], *range(rules[0] + 2, len(lines) + 1)]
    starts = [0, *(end + 1 for end in ends)] if len(rules) > 1 else [0, *range(rules[0] + 1, len(lines))]
    for start, end in zip(starts, ends, strict=False):
        for left, right in pairwise(bars):
            yield "\n".join(line[left + 1 : right].strip(" ") for line in lines[start:end]).strip("\n")


def _records(lines: Sequence[str]) -> Iterator[str]:
    """The headings of a table in records, and the values of each; headings again where they are not the same."""
    records: list[list[tuple[str, str]]] = []
    for line in lines:
        if line == _RECORD:
            records.append([])
        else:
            heading, found, value = line[2:].partition(_IS)
            records[-1].append((heading, value) if found else ("", heading))
    headings = [heading for heading, _ in records[0]]
    yield from headings
    for record in records:
        if [heading for heading, _ in record] != headings:
            yield from (heading for heading, _ in record)
        yield from (value for _, value in record)
