"""Signs of Markdown in templates that stand alone or make a block: known before any letter, in each branch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.compose.syntax import code_as
from letters.letter.markdown import lone_signs
from letters.letter.markdown.finding import Finding
from letters.problems import Code, Place, Problem

_BEGINS = re.compile(r"(?:[-*+>]|#{1,6})(?=\s+\S)")
_VERDICT = re.compile(r"/verdict\.(?:\w\w\.)?md$")


def template_signs(path: str, text: str) -> Iterator[Problem]:
    """Signs in a template's own words, in each branch, that stress nothing; and in verdict.md, whose lines become one
    paragraph, those that would begin a list, a quotation or a heading."""
    lines, is_verdict = text.split("\n"), bool(_VERDICT.search(path))
    words = code_as("0", text)

    def where(line: int) -> Place:
        return Place(path, line + 1, 0, lines[line])

    for found in lone_signs("\n".join(line.lstrip() for line in words.split("\n"))):
        yield found.problem(where)
    for number, line in enumerate(words.split("\n")) if is_verdict else ():
        if match := _BEGINS.match(line.lstrip()):
            hint = f"take it out: what verdict.md says is one paragraph; write \\{match[0][0]} if the sign is meant"
            message = f"{match[0]} at the beginning of a line is printed among the words, or makes a block of them"
            yield Finding(Code.SIGN_MAKES_A_BLOCK, message, number, hint, match[0]).problem(where)
