"""Slips of a YAML file that libyaml meets a line later, or says nothing of that helps: told where they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from letters.problems import Code, Place, Problem, quoted
from letters.workspace.scalars import in_quotation_marks

#: Blanks that are none to YAML, in front of a line.
_OTHER_BLANKS = re.compile("[ \t]*(?=([\u00a0\u2000-\u200b\u202f\u3000]))")
_NO_BLANK = re.compile(r"(?P<before>\s*(?:- +)?(?P<key>\w[\w.-]*):)(?P<value>[^\s/:].*)")
_ONLY_A_KEY = re.compile(r"\s*(?P<key>\w[\w.-]*)\s*")
_ENTRY = re.compile(r"(?P<indent>\s*)-\s")
_BULLET = re.compile(r"\s*[•‣▪·–—*+]\s+(?=\S)")
#: A line up to its value.
_BEFORE_A_VALUE = re.compile(r"\s*(?:- +)?(?:[\w.-]+: +)?")


@dataclass(frozen=True)
class Slips:
    """Where libyaml gave up in the lines of a file (from 0), and what it said."""

    path: str
    lines: list[str]
    said: str
    line: int
    column: int

    def problem(self) -> Problem | None:
        """The slip that is at the bottom of it, if it is one of those that are known."""
        return self._other_blanks() or self._line_above() or self._wrapped() or self._quoted() or self._first_sign()

    def _at(self, line: int, column: int) -> Place:
        return Place(self.path, line + 1, column + 1, self.lines[line])

    def _above(self, line: int) -> int:
        """The number of the line with words that is above one; -1 where there is none."""
        filled = (n for n in range(min(line, len(self.lines)) - 1, -1, -1) if self.lines[n].strip())
        return next((n for n in filled if not self.lines[n].lstrip().startswith("#")), -1)

    def _other_blanks(self) -> Problem | None:
        """No-break spaces in front of a line, of several the first."""
        first = -1
        for line in range(min(self.line, len(self.lines) - 1), -1, -1):
            if _OTHER_BLANKS.match(self.lines[line]):
                first = line
            elif line < self.line and self.lines[line].strip():
                break
        if first < 0:
            return None
        found = _OTHER_BLANKS.match(self.lines[first])
        hint = "delete what is in front of the line, and indent it with the space bar; was it pasted?"
        place = self._at(first, found.end() if found else 0)
        return Problem(Code.NOT_YAML, "a no-break space where spaces are needed", place, hint)

    def _line_above(self) -> Problem | None:
        """A key without its colon, or without the blank behind that, where nothing of YAML is wrong in itself."""
        above = self._above(self.line)
        text = self._text
        if above < 0 or text[: self._indent(self.line)].strip() or ":" not in text:
            return None
        if not self.said.startswith(("mapping values are not allowed", "did not find expected")):
            return None
        if found := _NO_BLANK.fullmatch(self.lines[above]):
            hint = f"write `{found['key']}: {found['value'].split(' #')[0].strip()}`"
            place = self._at(above, len(found["before"]))
            return Problem(Code.NOT_YAML, "no blank behind the colon", place, hint)
        if (found := _ONLY_A_KEY.fullmatch(self.lines[above])) and self._indent(self.line) >= self._indent(above):
            place = self._at(above, found.end("key"))
            return Problem(Code.NOT_YAML, "a key without its colon", place, f"write `{found['key']}:`")
        return None

    def _wrapped(self) -> Problem | None:
        """Words at the indent of the dash above them, or behind a bullet that YAML has not."""
        if not self.said.startswith("could not find expected ':'") or not self._text.strip():
            return None
        place = self._at(self.line, self._indent(self.line))
        if found := _BULLET.match(self._text):
            hint = f"write `- {self._text[found.end() :].strip()}`, indented more than the key above it"
            return Problem(Code.NOT_YAML, "a bullet that YAML does not know", place, hint)
        above = self._above(self.line)
        entry = _ENTRY.match(self.lines[above]) if above >= 0 else None
        has_colon = entry and ": " in self.lines[above]
        if not entry or has_colon or len(entry["indent"]) != self._indent(self.line):
            return None
        hint = "indent it more than the dash if it goes on from the line above; begin it with `- ` if it is an entry"
        return Problem(Code.NOT_YAML, "words at the indent of the dash above them", place, hint)

    def _quoted(self) -> Problem | None:
        """Words behind what closes a quotation in an entry of a list, such as an apostrophe."""
        if not self.said.startswith("did not find expected '-' indicator"):
            return None
        before = self._text[: self.column].rstrip()
        if not _ENTRY.match(self._text) or not before.endswith(("'", '"')):
            return None
        hint = f"put quotation marks around the whole value: {in_quotation_marks(_meant(self._value))}"
        return Problem(Code.NOT_YAML, "words after the closing quotation mark", self._at(self.line, self.column), hint)

    def _first_sign(self) -> Problem | None:
        """A sign that a value cannot begin with."""
        is_name = self.said.startswith("did not find expected alphabetic or numeric character")
        is_question = self.said.startswith("mapping keys are not allowed")
        value = self._value
        if not value or not (is_name or is_question) or value[0] not in "*&!?":
            return None
        place = self._at(self.line, self._text.index(value))
        hint = f"put quotation marks around it: {in_quotation_marks(value)}"
        if value == "?" and self.path.startswith("forces/"):
            hint = "write an answer; while it is not known, write `stage: awaited` and take this line out"
        return Problem(Code.NOT_YAML, f"a value cannot begin with {quoted(value[0])}", place, hint)

    @property
    def _text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def _value(self) -> str:
        found = _BEFORE_A_VALUE.match(self._text)
        return re.sub(r"\s+#.*", "", self._text[found.end() if found else 0 :]).rstrip()

    def _indent(self, line: int) -> int:
        return len(self.lines[line]) - len(self.lines[line].lstrip(" ")) if line < len(self.lines) else 0


def _meant(value: str) -> str:
    """The text that was meant by a value: without the marks around the whole of it, where those inside are others."""
    mark, inner = value[:1], value[1:-1]
    is_around = len(value) > 2 and value.endswith(mark)
    apostrophes = len(re.findall(r"(?<=\w)'(?=\w)|(?<=s)'(?= )", inner)) if mark == "'" else 0
    others = inner.count(mark) - apostrophes
    return inner if is_around and others % 2 == 0 and (apostrophes or not others) else value
