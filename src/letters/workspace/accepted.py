"""The words and phrases that somebody said are right: the lines of `templates/words.txt`, and which are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from letters.letter import normalise
from letters.problems import Code, InvalidInput, Place, Problem, Severity
from letters.workspace.raw import read_text
from letters.workspace.source import Source

#: A word or several words a line; what follows a `#` is a remark.
WORD_LIST = "templates/words.txt"
#: What the hint of each rule of English says beside how to mend it.
OR_ACCEPT = f"if it is right as it stands, put these words on a line of {WORD_LIST}"


@dataclass(frozen=True)
class Line:
    """A line of the list: its words, and where they stand."""

    words: str
    place: Place

    @property
    def is_word(self) -> bool:
        """Whether it is a single word, which is about spelling first."""
        return " " not in self.words


@dataclass
class Accepted:
    """What was said to be right, and how often each line was needed so far."""

    lines: tuple[Line, ...] = ()
    needed: dict[Line, int] = field(default_factory=dict)

    def covers(self, text: str, at: int, end: int) -> bool:
        """Whether somebody said that the words of `text` around `at` to `end` are right."""
        for line in self.lines:
            for match in whole(line.words).finditer(text):
                if match.start() <= at and end <= match.end():
                    self._note(line)
                    return True
        return False

    def is_spelt(self, word: str) -> bool:
        """Whether somebody said that a word is spelt right."""
        line = next((line for line in self.lines if line.words.lower() == word.lower()), None)
        if line:
            self._note(line)
        return line is not None

    def without(self, text: str) -> str:
        """A text less the words of it that somebody said are right."""
        for line in self.lines:
            left = whole(line.words).sub(" ", text)
            if left != text:
                self._note(line)
            text = left
        return text

    def unneeded(self, *, spelling: bool) -> Iterator[Problem]:
        """A warning for each line that nothing needs. `spelling`: whether single words can be judged."""
        for line in self.lines:
            if line not in self.needed and (spelling or not line.is_word):
                message = f"{line.words!r} is said to be right, and nothing is said against it any more"
                yield Problem(Code.UNNEEDED_ACCEPTANCE, message, line.place, "take the line out", Severity.WARNING)

    def _note(self, line: Line) -> None:
        self.needed[line] = self.needed.get(line, 0) + 1


def read_accepted(source: Source) -> tuple[Accepted, list[Problem]]:
    """What `templates/words.txt` says is right; nothing, with the problems, where it cannot be read."""
    if WORD_LIST not in source:
        return Accepted(), []
    try:
        text = read_text(source, WORD_LIST)
    except InvalidInput as broken:
        return Accepted(), list(broken.problems)
    return Accepted(tuple(_lines(text))), []


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), 1):
        words = normalise(re.sub(r"(?:^|\s)#.*", "", line))
        if words:
            yield Line(words, Place(WORD_LIST, number, line.index(line.split()[0]) + 1, line))


@cache
def whole(words: str) -> re.Pattern[str]:
    """Where `words`, which are folded, stand as whole words: whatever their quotation marks, white space, capitals."""
    begin, end = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
    pattern = re.escape(words).replace("'", "['‘’]").replace('"', '["“”]').replace("\\ ", r"\s+")
    return re.compile(begin + pattern + end, re.IGNORECASE)
