"""Texts that fit a pattern: what a letter would say there, or what the pattern spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What a pattern's classes stand for: the first that is allowed is taken.
_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": " ", "S": "a"}
#: What fields of letters often hold.
LIKELY = (
    "12 March 2018",
    "1 March 2018",
    "March 2018",
    "2018",
    "2018-01-31",
    "31/01/2018",
    "10.30 a.m.",
    "10:30",
    "1",
    "12",
    "123",
    "1,234",
    "4.5",
    "45%",
    "45 per cent",
    "£1,234",
    "A",
    "AB1",
    "AB12",
    "AB/12/2018",
    "SW1V 1PN",
    "020 3513 0500",
    "07802 948502",
    "office@example.org",
    "https://example.org",
    "1 Example Road",
    "Example",
    "example",
    "An Example",
    "an example",
)


#: Characters of an example: repetitions of repetitions grow fast.
_LONGEST = 10_000


def from_pattern(pattern: str) -> Iterator[str]:
    """Texts that a pattern may allow: each repetition as seldom as it can be, and then more often."""
    for more in (0, 1, 2, 3, 5, 8, 13, 21, 34):
        try:
            yield _Pattern(pattern, more).text()
        except (IndexError, ValueError, RecursionError):
            return


class _Pattern:
    """Reads a pattern of JSON Schema from left to right, and writes a text that fits it."""

    def __init__(self, pattern: str, more: int) -> None:
        self.pattern = pattern
        self.more = more
        self.at = 0

    def text(self) -> str:
        """The text of the pattern from here to its end, or to the bracket that closes what is read."""
        said = ""
        while self.at < len(self.pattern) and self.pattern[self.at] != ")":
            if self.pattern[self.at] == "|":  # the first way is enough
                self._skip_to_bracket()
                break
            said += self._piece()
        return said

    def _piece(self) -> str:
        ch = self.pattern[self.at]
        self.at += 1
        if ch in "^$":
            return ""
        if ch == "(":
            one = self._group()
        elif ch == "[":
            one = self._class()
        elif ch == "\\":
            one = self._escaped()
        else:
            one = "a" if ch == "." else ch
        times = self._times()
        if len(one) * times > _LONGEST:
            raise ValueError("longer than any field of a letter")
        return one * times

    def _group(self) -> str:
        for start in ("?:", "?=", "?!", "?<=", "?<!"):
            if self.pattern.startswith(start, self.at):
                self.at += len(start)
                said = self.text()
                self.at += 1
                return said if start == "?:" else ""
        said = self.text()
        self.at += 1
        return said

    def _class(self) -> str:
        end = self.pattern.index("]", self.at + 1)
        inner = self.pattern[self.at : end]
        self.at = end + 1
        if inner.startswith("^"):
            return next((ch for ch in "aA1 " if not re.match(f"[{inner[1:]}]", ch)), "a")
        return _CLASSES.get(inner[1], inner[1]) if inner.startswith("\\") else inner[0]

    def _escaped(self) -> str:
        ch = self.pattern[self.at]
        self.at += 1
        if ch in "bB":
            return ""
        return _CLASSES.get(ch, ch)

    def _times(self) -> int:
        found = re.compile(r"(?:\{(\d+)(,(\d*))?\}|([*+?]))\??").match(self.pattern, self.at)
        if not found:
            return 1
        self.at = found.end()
        least, most = {"*": (0, 99), "+": (1, 99), "?": (0, 1)}.get(found[4] or "", (int(found[1] or 0), 99))
        if found[1]:
            most = least if not found[2] else int(found[3] or 99)
        return min(least + self.more, most, 99) if least < most else least

    def _skip_to_bracket(self) -> None:
        depth = 0
        while self.at < len(self.pattern):
            ch = self.pattern[self.at]
            if ch == "\\":
                self.at += 1
            elif ch == "(":
                depth += 1
            elif ch == ")":
                if depth == 0:
                    return
                depth -= 1
            self.at += 1
