"""What libyaml says where a file is no YAML, by PyYAML, said for people who write letters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from letters.problems import Code, Place, Problem, quoted
from letters.workspace.scalars import in_quotation_marks
from letters.workspace.yaml_slips import Slips

#: The versions whose words these are. A test has them say each; with others, see that it passes and write them here.
VERSIONS = {"pyyaml": "6.0.3", "libyaml": "0.2.5"}

_NO_COLON, _NOT_CLOSED = "could not find expected ':'", "did not find expected ',' or"
#: The beginning of what it says, what is meant, and what to do.
SAID = (
    (_NO_COLON, "a line without its ': '", "write `key: value`, with a space after the colon"),
    (_NOT_CLOSED, "a bracket is not closed", "close it, or put quotation marks around the text"),
    ("block sequence entries are not allowed", "a '- ' where no list can stand", "begin the list on a line of its own"),
    ("found unknown escape character", 'a backslash in "…"', "write '…' instead, or two backslashes"),
    ("did not find expected comment or line", "words right behind | or >", "begin them on the next line, indented"),
    ("did not find expected hexdecimal number", 'a backslash in "…"', "write '…' instead, or two backslashes"),
    ("found unexpected end of stream", "a quotation mark is never closed", "close it"),
    ("found unexpected document indicator", "a quotation mark is never closed", "close it"),
    ("found a tab character", "a tab where spaces are needed", "indent with spaces"),
    ("found character '\\t'", "a tab where spaces are needed", "indent with spaces"),
    ("found undefined tag handle", "a '!' begins a tag", "put quotation marks around the text"),
    ("found incompatible YAML document", "a line that begins with % instructs YAML", "take it out"),
    ("found unknown directive", "a line that begins with % instructs YAML", "take it out"),
    ("found duplicate %", "a line that begins with % instructs YAML", "take it out"),
)
#: What says little by itself: what stands there tells the rest.
NO_TOKEN = "cannot start any token"
NO_MAPPING = "mapping values are not allowed"
NOT_EXPECTED, NO_KEY = "did not find expected", "did not find expected key"
#: Of these, its own mark is where it gave up; its context is where the mistake is.
_IN_CONTEXT = (_NO_COLON, _NOT_CLOSED, "found unexpected")

#: Line and column, from 0.
Mark = tuple[int, int]


@dataclass(frozen=True)
class Stopped:
    """Where libyaml gave up in the lines of a file, what it said, and what it was reading then."""

    path: str
    lines: list[str]
    said: str
    mark: Mark
    context: Mark | None

    def problem(self) -> Problem:
        line, column = self._mistake()
        if cut := self._cut_above(line) or self._cut_bracket(line, column):
            return cut
        if slip := Slips(self.path, self.lines, self.said, line, column).problem():
            return slip
        place = self._place(line, column)
        for begins, meaning, hint in SAID:
            if self.said.startswith(begins):
                if begins == _NO_COLON and (entry := self._entry_above(line)):
                    hint = f"if it belongs to the line above it, write all of it in quotation marks: {entry}"
                return Problem(Code.NOT_YAML, meaning, place, hint)
        found = _mistake_in_a_line(place, self.said)
        if found.message.startswith("indented") and self._is_one_too_many(line):
            return replace(found, hint=f"{found.hint}; if a # was taken out there, take out the space behind it too")
        return found

    def _is_one_too_many(self, line: int) -> bool:
        """Whether a line (from 0) stands one space further in than one above it, or than a remark there."""
        indent = _indent(self.lines[line]) if line < len(self.lines) else 0
        above = (_indent(one) for one in self.lines[:line] if one.strip())
        return indent > 1 and indent - 1 in {*above}

    def _mistake(self) -> Mark:
        is_end = self.mark[0] >= len(self.lines)
        return self.context if self.context and (is_end or self.said.startswith(_IN_CONTEXT)) else self.mark

    def _place(self, line: int, column: int) -> Place:
        return Place(self.path, line + 1, column + 1, self.lines[line] if line < len(self.lines) else "")

    def _cut_above(self, line: int) -> Problem | None:
        """A text that goes on in `line` (from 0), where YAML has taken its end in the line above for a remark."""
        above = self.lines[line - 1] if 0 < line < len(self.lines) else ""
        match = _CUT.match(above)
        indent = len(above) - len(above.lstrip())
        is_remark = match and ((len(match["gap"]) > 1 and match["blank"]) or " " not in match["text"])
        if not match or is_remark or len(self.lines[line]) - len(self.lines[line].lstrip()) <= indent:
            return None
        message = f"YAML takes {quoted(match['cut'])} and what follows for a remark, and the text goes on below it"
        hint = "write | behind the colon, and the text below it, indented; or put quotation marks around all of it"
        return Problem(Code.NOT_YAML, message, self._place(line - 1, match.start("cut")), hint)

    def _cut_bracket(self, line: int, column: int) -> Problem | None:
        """A bracket that is closed behind a #, where YAML takes its end for a remark."""
        match = re.search(r"\s(#\S*).*[]}]", self.lines[line][column:]) if line < len(self.lines) else None
        if not match or not self.said.startswith(_NOT_CLOSED):
            return None
        message = f"YAML takes {quoted(match[1])} and what follows for a remark, and the bracket is not closed"
        place = self._place(line, column + match.start(1))
        return Problem(Code.NOT_YAML, message, place, "put quotation marks around the text with the #")

    def _entry_above(self, line: int) -> str:
        """An entry of a list with a colon in it that goes on in `line` (from 0), whole and in quotation marks."""
        above = next((number for number in range(line - 1, -1, -1) if re.match(r"\s*- ", self.lines[number])), -1)
        entry = re.match(r"( *)- +(?=[^\s'\"|>{\[&*!#])\S.*: \S", self.lines[above]) if above >= 0 else None
        if not entry:
            return ""
        inside = re.compile(rf" {{{len(entry[1]) + 1},}}\S")
        lines = [self.lines[above].strip()[2:]]
        for text in self.lines[above + 1 :]:
            if not inside.match(text):
                break
            lines.append(text)
        if above + len(lines) <= line:
            return ""
        return in_quotation_marks(" ".join(_without_remark(text).strip() for text in lines))


#: A value without quotation marks that a # cuts off.
_CUT = re.compile(r"\s*(?:-|[\w.-]+:)\s+(?P<text>[^\s\"'|>\[{#][^#]*?)(?P<gap>\s+)(?P<cut>#(?P<blank>\s*)\S*)")
#: The beginning of a line, up to a value that is not in quotation marks.
_BEFORE_A_VALUE = re.compile(r"\s*(?:-\s+|[^\s:'\"-][^:]*:\s+)(?=[^\s'\"|>{\[&*!#])")


def _with_marks(line: str) -> str:
    """What to do about a value with a colon in it: the value of `line` in quotation marks."""
    start = _BEFORE_A_VALUE.match(line)
    hint = "put quotation marks around the value"
    return f"{hint}: {in_quotation_marks(_without_remark(line[start.end() :]))}" if start else hint


def _without_remark(text: str) -> str:
    return re.sub(r"\s+#.*", "", text).rstrip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _mistake_in_a_line(place: Place, said: str) -> Problem:
    """What is wrong where libyaml says no more than that it cannot go on."""
    before, here = place.text[: max(place.column - 1, 0)], place.text[place.column - 1 : place.column]
    indent = len(place.text) - len(place.text.lstrip(" "))
    at_start = not before.strip()
    same = "give lines that belong together the same number of spaces in front"
    if NO_TOKEN in said:
        if here == "\t":
            return Problem(Code.NOT_YAML, "a tab where spaces are needed", place, "indent with spaces")
        return Problem(Code.NOT_YAML, f"a value cannot begin with {here!r}", place, "put quotation marks around it")
    if said.startswith(NO_MAPPING):
        if before.count(": ") or before.lstrip().startswith("- "):
            return Problem(Code.NOT_YAML, "a second ': ' in one line", place, _with_marks(place.text))
        place = Place(place.path, place.line, indent + 1, place.text)
        return Problem(Code.NOT_YAML, "indented more than the line above it", place, same)
    if said.startswith(NOT_EXPECTED) and at_start:
        return Problem(Code.NOT_YAML, "indented differently from what is above it", place, same)
    if said.startswith(NO_KEY) and before.rstrip().endswith(("'", '"')):
        hint = "put quotation marks around the whole value, and none inside"
        if _BEFORE_A_VALUE.match(place.text):
            hint = _with_marks(place.text)
        return Problem(Code.NOT_YAML, "words after the closing quotation mark", place, hint)
    return Problem(
        Code.NOT_YAML, f"not YAML ({said})", place, "put quotation marks around the value; check the indentation"
    )
