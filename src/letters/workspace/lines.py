"""The lines of a text: where they begin and end, what is put between them and what goes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from letters.workspace.written import shifted

_LINE_END = re.compile("[\r\n]")


@dataclass(frozen=True, order=True)
class Splice:
    """Characters `start` to `end` of a text give way to `text`."""

    start: int
    end: int
    text: str


class Lines:
    """The lines of a text, whose ends may be any. Places are characters of it, counted from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        #: The line end that the text has.
        self.end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")

    def inserted(self, at: int, lines: list[str], column: int) -> Splice:
        """Lines behind the line that ends at `at`."""
        return Splice(at, at, "".join(self.end + line for line in further_in(lines, column)))

    def emptied(self, start: int, end: int) -> Splice:
        """What stands in one line behind a key goes, with the blanks before it unless a remark follows."""
        if not self.text[end : self.end_of(end)].strip():
            start -= len(self.text[:start]) - len(self.text[:start].rstrip(" "))
        return Splice(start, end, "")

    def without(self, start: int, end: int) -> Splice:
        """Whole lines go; at the end of a file without a last line end, the line end before them."""
        if self.text.startswith(("\r", "\n"), end):
            return Splice(start, end + (2 if self.text.startswith("\r\n", end) else 1), "")
        return Splice(self.end_of(self.start_of(start - 1)) if start else 0, end, "")

    def behind(self, end: int, column: int) -> int:
        """The end of the line that `end` is in, or of the last remark below it that stands at `column` or deeper.

        A remark in column 0 stands as deep as the line that it holds: `#   key: value` counts as 2.
        """
        at = found = self.end_of(end)
        for line in re.split("\r\n|\r|\n", self.text[at:])[1:]:
            at += (2 if self.text.startswith("\r\n", at) else 1) + len(line)
            bare = line.lstrip(" ")
            if bare.startswith("#"):
                within = len(bare) - len(bare[1:].lstrip(" ")) - 2 if bare == line else 0
                if max(len(line) - len(bare), within) < column:
                    break
                found = at
            elif bare.strip():
                break
        return found

    def start_of(self, at: int) -> int:
        """Where the line of a place begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def end_of(self, at: int) -> int:
        """Where the line of a place ends, its line end left out."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def column(self, at: int) -> int:
        """How far into its line a place is, from 0."""
        return at - self.start_of(at)


def further_in(lines: Iterable[str], column: int) -> list[str]:
    """Lines further in; a remark that begins a line keeps its sign there, so that taking the signs out is enough."""
    return [
        f"# {shifted(line[2:], column)}" if line.startswith("# ") and column else shifted(line, column)
        for line in lines
    ]
