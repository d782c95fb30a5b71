"""What an edit did to templates beside their words: what is stressed, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: The marks of emphasis, and the target of a link.
_MARKS = re.compile(r"(?<!\\)[*_]|\]\([^)\s]*\)|\[|\]\{[^}]*\}")


@dataclass(frozen=True)
class Looks:
    """A paragraph of a template whose words are the same and its marks are not: the line where it begins, and its text
    before and after."""

    line: int
    lines: int
    before: str
    after: str


def look_changes(before: str, after: str) -> Iterator[Looks]:
    """The paragraphs of which only the marks changed, from one text of a template to the next."""
    was, now = [text for _, _, text in _paragraphs(before)], list(_paragraphs(after))
    plain_was, plain_now = ([_plain(text) for text in texts] for texts in (was, [text for _, _, text in now]))
    for tag, a, b, c, _ in SequenceMatcher(None, plain_was, plain_now, autojunk=False).get_opcodes():
        for old, (line, lines, new) in zip(was[a:b], now[c:], strict=False) if tag == "equal" else ():
            if old != new:
                yield Looks(line, lines, old, new)


def _paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    """The paragraphs of a template on one line each: the number of the first line, how many there are, and the text."""
    start, lines = 1, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            start = start if lines else number
            lines.append(line.strip())
        elif lines:
            yield start, len(lines), " ".join(lines)
            lines = []


def _plain(text: str) -> str:
    return _MARKS.sub("", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", lambda code: re.sub(r"[*_\[\]]", "-", code[0]), text))
