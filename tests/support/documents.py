"""What stands in the documents: code blocks by language, tables by the heads of their columns, sections by heading."""

from __future__ import annotations

import re
import textwrap

from conftest import ROOT


def document(name: str) -> str:
    """The text of a document, by its path from the project."""
    return (ROOT / name).read_text("utf-8")


def fenced(text: str, *languages: str) -> list[str]:
    """The code blocks of some languages (`""`: of none), their indentation taken off, in order."""
    blocks: list[str] = []
    inside: list[str] | None = None
    wanted = False
    for line in text.splitlines(keepends=True):
        if not line.strip().startswith("```"):
            if inside is not None:
                inside.append(line)
        elif inside is None:
            inside, wanted = [], line.strip().removeprefix("```") in languages
        else:
            blocks += [textwrap.dedent("".join(inside))] if wanted else []
            inside = None
    return blocks


def section(text: str, heading: str) -> str:
    """What stands below a heading, down to the next of its level or a higher one; a `#` in code is none."""
    level = heading.count("#", 0, heading.index(" "))
    found: list[str] = []
    inside = is_code = False
    for line in text.splitlines(keepends=True):
        is_code ^= line.startswith("```")
        if inside and not is_code and re.match(rf"#{{1,{level}}} ", line):
            break
        if inside:
            found.append(line)
        inside = inside or line.rstrip() == heading
    assert found, heading
    return "".join(found)


def rows(text: str, *columns: str) -> list[tuple[str, ...]]:
    r"""The cells of these columns of every table that has them all; code without its signs, `\|` as `|`."""
    found: list[tuple[str, ...]] = []
    heads: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not line.startswith("|"):
            heads = []
        elif not heads:
            heads = cells
        elif not set(line) <= set("|-: ") and all(column in heads for column in columns):
            found.append(tuple(cells[heads.index(column)].strip("`") for column in columns))
    return found
