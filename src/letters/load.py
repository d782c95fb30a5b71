"""YAML to raw data, remembering the line and column of every key and value.

Read as YAML 1.2 says: `no` is a word, a date is a word. Without tags, anchors and aliases: a file that says one thing
in one place can neither run code nor blow up, and every mistake has one place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from letters.problems import Broken, Place, Problem
from letters.source import Source, Unreadable

#: Deeper than any letter needs; keeps recursion bounded.
DEEPEST = 40

#: The way to a value: keys and list positions from the top.
Path = tuple[str | int, ...]

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Raw:
    """One YAML file: its data, and where each value and each key stands (line and column, from 0)."""

    path: str
    lines: list[str]
    data: object
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """The place of a value, or of its key; of the nearest thing around it where there is none."""
        for length in range(len(path), -1, -1):
            marks = self.keys if key and path[:length] in self.keys else self.values
            if path[:length] in marks:
                return self.at(*marks[path[:length]])
        return Place(self.path)

    def at(self, line: int, column: int) -> Place:
        """The place of a line and column counted from 0."""
        return Place(self.path, line + 1, column + 1, self.lines[line] if line < len(self.lines) else "")


def read_text(source: Source, path: str) -> str:
    """The text of a UTF-8 file. Raises Broken where it cannot be read or is not UTF-8."""
    try:
        data = source[path]
    except KeyError:
        raise Broken(Problem("E201", f"{path} is missing", Place(path))) from None
    except Unreadable as error:
        raise Broken(Problem("E101", f"cannot be read: {error}", Place(path))) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = f"is not UTF-8 text: byte {data[error.start]:#04x}"
        hint = "save it again as UTF-8 (in Notepad: File, Save as, Encoding: UTF-8)"
        raise Broken(Problem("E101", message, Place(path, line, column), hint)) from None


def load_yaml(source: Source, path: str) -> Raw:
    """The data of a YAML file with its places. Raises Broken with every problem of its syntax."""
    text = read_text(source, path)
    raw = Raw(path, text.splitlines(), None)
    if not text.strip():
        raise Broken(Problem("E102", "is empty", Place(path), "`letters new` writes a file to fill in"))
    builder = _Builder(raw)
    try:
        data = builder.document(yaml.parse(text, Loader=_Parser))
    except yaml.MarkedYAMLError as error:
        raise Broken(*builder.problems, _syntax_problem(raw, error)) from None
    except yaml.reader.ReaderError as error:
        raise Broken(_character_problem(raw, text, error)) from None
    if builder.problems:
        raise Broken(*builder.problems)
    return Raw(path, raw.lines, data, raw.values, raw.keys)


class _Builder:
    """Turns YAML events into plain data, noting places and problems as it goes."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> object:
        data: object = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self.problem("E102", "a second document begins here", event, "take out the line `---`")
                    break
                seen = True
                data = self.value(next(events), events, ())
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> object:
        self.raw.values[path] = _mark(event)
        self.refuse_extras(event)
        if len(path) > DEEPEST:
            raise Broken(*self.problems, self.made("E111", f"nested more than {DEEPEST} deep", event, ""))
        if isinstance(event, yaml.ScalarEvent):
            return resolve(event.value) if event.implicit[0] else event.value
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return None

    def mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, object]:
        result: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                hint = "put quotation marks around text that begins with {, [, *, & or !"
                raise Broken(*self.problems, self.made("E102", "a key must be a plain word", event, hint))
            self.refuse_extras(event)
            key = event.value
            if key in result:
                first = self.raw.keys[(*path, key)][0] + 1
                self.problem("E103", f"{key!r} is given twice (first in line {first})", event, "keep one of them")
            else:
                self.raw.keys[(*path, key)] = _mark(event)
            result[key] = self.value(next(events), events, (*path, key))
        return result

    def sequence(self, events: Iterator[yaml.Event], path: Path) -> list[object]:
        result: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self.value(event, events, (*path, len(result))))
        return result

    def refuse_extras(self, event: yaml.Event) -> None:
        """Aliases, anchors and tags: YAML's ways to repeat, blow up or run things."""
        quote = "if it is text, put it in quotation marks"
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.problem("E111", f"an alias (*{anchor}) is not used here", event, f"write it out; {quote}")
        elif anchor:
            self.problem("E111", f"an anchor (&{anchor}) is not used here", event, f"take it out; {quote}")
        elif tag and tag != "!":
            self.problem("E111", f"a tag ({tag}) is not used here", event, f"take it out; {quote}")

    def problem(self, code: str, message: str, event: yaml.Event, hint: str) -> None:
        self.problems.append(self.made(code, message, event, hint))

    def made(self, code: str, message: str, event: yaml.Event, hint: str) -> Problem:
        return Problem(code, message, self.raw.at(*_mark(event)), hint)


def _mark(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 0, of where an event begins."""
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def resolve(text: str) -> object:
    """The value of an unquoted YAML scalar, by the core schema of YAML 1.2 (section 10.3.2)."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


#: What libyaml says (its beginning), what is meant, and what to do.
_SAID = (
    ("mapping values are not allowed", "a second ': ' where a value stands", "put quotation marks around the value"),
    ("could not find expected ':'", "a line without its ':'", "write `key: value`, or indent the line to continue"),
    ("did not find expected key", "this does not continue what is above", "check the indentation and quotation marks"),
    ("did not find expected '-' indicator", "this is not an item of the list above", "check the indentation"),
    ("found unexpected end of stream", "a quotation mark is never closed", "close it"),
    ("did not find expected ',' or", "a bracket is never closed", "close it, or put the text in quotation marks"),
    ("block sequence entries are not allowed", "a '- ' where no list can stand", "begin the list on a line of its own"),
    ("found unknown escape character", 'a backslash in "…"', "write '…' instead, or two backslashes"),
    ("control characters are not allowed", "an invisible control character", "delete it"),
    ("did not find expected <document start>", "this does not continue what is above", "check the indentation"),
    ("found a tab character", "a tab where spaces are needed", "indent with spaces"),
    ("found character '\\t'", "a tab where spaces are needed", "indent with spaces"),
    ("found undefined tag handle", "a '!' begins a tag", "put quotation marks around the text"),
)


def _syntax_problem(raw: Raw, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = error.problem or error.context or "this is not YAML"
    place = raw.at(mark.line, mark.column) if mark else Place(raw.path)
    if mark and mark.line >= len(raw.lines) and error.context_mark:
        place = raw.at(error.context_mark.line, error.context_mark.column)
    here = place.text[place.column - 1 : place.column] if place.column else ""
    if said.startswith("found character that cannot start any token"):
        if here == "\t":
            return Problem("E102", "a tab where spaces are needed", place, "indent with spaces")
        return Problem("E102", f"a value cannot begin with {here!r}", place, "put quotation marks around it")
    for begins, meaning, hint in _SAID:
        if said.startswith(begins):
            return Problem("E102", meaning, place, hint)
    return Problem("E102", f"not readable as YAML: {said}", place, "check the indentation and quotation marks")


def _character_problem(raw: Raw, text: str, error: yaml.reader.ReaderError) -> Problem:
    """A character that YAML forbids: the first control character there is (libyaml's position counts bytes)."""
    at = next((i for i, ch in enumerate(text) if not ch.isprintable() and ch not in "\t\r\n\x85\u2028\u2029"), 0)
    place = raw.at(text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1)
    return Problem(
        "E102", f"an invisible control character (U+{ord(text[at]):04X})", place, f"delete it ({error.reason})"
    )
