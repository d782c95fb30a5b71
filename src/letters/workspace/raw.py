"""YAML to raw data, remembering the line and column of every key and value.

Read as YAML 1.2 says: `no` is a word, a date is a word. Without tags, anchors and aliases: a file that says one thing
in one place can neither run code nor blow up, and every mistake has one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from unicodedata import normalize

import yaml

from letters.problems import Code, InvalidInput, Place, Problem, quoted
from letters.workspace.scalars import resolve
from letters.workspace.source import Source, Unreadable
from letters.workspace.yaml_said import Stopped

#: Deeper than any letter needs; keeps recursion bounded.
DEEPEST = 40

#: The way to a value: keys and list positions from the top.
KeyPath = tuple[str | int, ...]
#: Gives the place of a value of a file.
PlaceOf = Callable[[KeyPath], Place]

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Raw:
    """One YAML file: its data, and where each value begins and ends and each key stands (line and column, from 0)."""

    path: str
    lines: list[str]
    data: object
    values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    ends: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: KeyPath = (), *, key: bool = False) -> Place:
        """The place of a value, or of its key; of the nearest thing around it where there is none."""
        for length in range(len(path), -1, -1):
            marks = self.keys if key and path[:length] in self.keys else self.values
            if path[:length] in marks:
                return self.at(*marks[path[:length]])
        return Place(self.path)

    def at(self, line: int, column: int) -> Place:
        """The place of a line and column counted from 0."""
        return Place(self.path, line + 1, column + 1, self.lines[line] if line < len(self.lines) else "")

    def written(self, path: KeyPath) -> Iterator[tuple[int, int, str]]:
        """How a text is written in the file: line and column (from 0) and characters of each of its lines."""
        (line, column), (last, stop) = self.values[path], self.ends[path]
        for number in range(line, min(last + 1, len(self.lines))):
            begin = column if number == line else 0
            yield number, begin, self.lines[number][begin : stop if number == last else None]


#: The most that a file of words may hold, in bytes: some hundred letters. What is read takes time in proportion.
LARGEST_TEXT = 500_000
#: Characters of one line of words. What looks for mistakes in a line may take time in proportion to its square.
LONGEST_LINE = 10_000


def read_text(source: Source, path: str) -> str:
    """The text of a UTF-8 file, its lines parted by line feeds. Raises InvalidInput where it cannot be read as such.

    An accent and its letter become one character (NFC): a name is one thing, however it was typed.
    """
    data = read_bytes(source, path)
    if len(data) > LARGEST_TEXT:
        message = f"holds {len(data) / 1e6:.1f} MB, and {LARGEST_TEXT / 1e6:.1f} MB is the most for a file of words"
        raise InvalidInput(
            Problem(
                Code.UNREADABLE_FILE, message, Place(path), "was it saved by another program, or under a wrong name?"
            )
        )
    text = normalize("NFC", _decoded(data, path)).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if path.endswith(_WORDS) and (
        number := next((n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), 0)
    ):
        hint = "begin a new line wherever a sentence ends; if these are no words, take them out"
        message = f"a line of more than {LONGEST_LINE:,} characters"
        raise InvalidInput(
            Problem(Code.UNREADABLE_FILE, message, Place(path, number, 1, lines[number - 1][:_SHOWN]), hint)
        )
    if "<<<<<<< " in text:
        number = next((n for n, line in enumerate(lines, 1) if line.startswith("<<<<<<< ")), 0)
        if number:
            hint = "keep one of the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>"
            place = Place(path, number, 1, lines[number - 1])
            raise InvalidInput(
                Problem(Code.NOT_YAML, "two versions that nobody has chosen between begin here", place, hint)
            )
    return text


def read_bytes(source: Source, path: str) -> bytes:
    """The bytes of a file. Raises InvalidInput where it is missing or cannot be read."""
    try:
        return source[path]
    except KeyError:
        hint = "put it there: fetch the earlier version back, or copy that of another folder and change it"
        raise InvalidInput(Problem(Code.MISSING_FILE, "this file is missing", Place(path), hint)) from None
    except Unreadable as error:
        hint = "put an ordinary file of words there, or delete it"
        raise InvalidInput(Problem(Code.UNREADABLE_FILE, f"cannot be read: {error}", Place(path), hint)) from None


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save it again as UTF-8 (in Notepad: File, Save as, Encoding: UTF-8)"
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InvalidInput(
                Problem(Code.UNREADABLE_FILE, "is UTF-16 text, and UTF-8 is wanted", Place(path), hint)
            ) from None
        if b"\0" in data:
            hint = "write it in a text editor such as Notepad; a Word document cannot be read here"
            raise InvalidInput(Problem(Code.UNREADABLE_FILE, "is not a text file", Place(path), hint)) from None
        data = error.object  # without a byte order mark, which positions do not count
        line = data[data.rfind(b"\n", 0, error.start) + 1 :].partition(b"\n")[0].decode("cp1252", "replace")
        column = error.start - data.rfind(b"\n", 0, error.start)
        place = Place(path, data.count(b"\n", 0, error.start) + 1, column, line)
        raise InvalidInput(
            Problem(Code.UNREADABLE_FILE, f"is not UTF-8 text: {line[column - 1]!r} is not", place, hint)
        ) from None


#: Files of words, each of which somebody wrote; a style sheet may be all in one line.
_WORDS = (".yaml", ".md", ".txt")
#: Of a line that is much too long, so many characters are shown.
_SHOWN = 60

#: Where libyaml begins a new line.
_LINE_END = re.compile("[\n\x85\u2028\u2029]")


def load_yaml(source: Source, path: str) -> Raw:
    """The data of a YAML file with its places. Raises InvalidInput with every problem of its syntax."""
    text = read_text(source, path)
    raw = Raw(path, _LINE_END.split(text), None)
    builder = _Builder(raw)
    try:
        data = builder.document(yaml.parse(text, Loader=_Parser))
    except yaml.MarkedYAMLError as error:
        raise InvalidInput(*_with_syntax_problem(builder.problems, _syntax_problem(raw, error))) from None
    except yaml.reader.ReaderError:
        raise InvalidInput(_character_problem(raw)) from None
    if builder.problems:
        raise InvalidInput(*builder.problems)
    if data is None:
        hint = "delete it, and let `letters new` write one to fill in" if path.startswith("forces/") else "fill it in"
        raise InvalidInput(Problem(Code.NOT_YAML, "this file says nothing", Place(path), hint))
    return Raw(path, raw.lines, data, raw.values, raw.ends, raw.keys)


class _Builder:
    """Turns YAML events into plain data, noting places and problems as it goes."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.problems: list[Problem] = []
        self.extras: set[str] = set()

    def document(self, events: Iterator[yaml.Event]) -> object:
        data: object = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    hint = "take out the line `---`, and what follows it if it belongs in a file of its own"
                    self.problem(Code.NOT_YAML, "a second document begins here", event, hint)
                    break
                seen = True
                data = self.value(next(events), events, ())
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> object:
        self.raw.values[path] = _mark(event)
        self.refuse_extras(event)
        if len(path) > DEEPEST:
            hint = "put quotation marks around text that begins with [ or {"
            raise InvalidInput(
                *self.problems, self.made(Code.FORBIDDEN_YAML, f"nested more than {DEEPEST} deep", event, hint)
            )
        if isinstance(event, yaml.ScalarEvent):
            self.raw.ends[path] = (event.end_mark.line, event.end_mark.column) if event.end_mark else _mark(event)
            return resolve(event.value) if event.implicit[0] else normalize("NFC", event.value)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return None

    def mapping(self, events: Iterator[yaml.Event], path: KeyPath) -> dict[str, object]:
        result: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise InvalidInput(*self.problems, self.no_key(event))
            self.refuse_extras(event)
            key = event.value
            if key in result:
                first = self.raw.keys[(*path, key)][0] + 1
                self.problem(
                    Code.KEY_TWICE, f"{quoted(key)} is given twice (first in line {first})", event, "keep one of them"
                )
            else:
                self.raw.keys[(*path, key)] = _mark(event)
            result[key] = self.value(next(events), events, (*path, key))
        return result

    def sequence(self, events: Iterator[yaml.Event], path: KeyPath) -> list[object]:
        result: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self.value(event, events, (*path, len(result))))
        return result

    def refuse_extras(self, event: yaml.Event) -> None:
        """Aliases, anchors and tags: YAML's ways to repeat, blow up or run things. Each is said once."""
        hint = "if it is text, put quotation marks around it; otherwise take it out, and write out what is meant"
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.extra(f"*{anchor}", "repeats something said elsewhere", event, hint)
        elif anchor:
            self.extra(f"&{anchor}", "names something to be repeated elsewhere", event, hint)
        elif tag and tag != "!":
            self.extra(tag.replace("tag:yaml.org,2002:", "!!"), "says how to read a value", event, hint)

    def extra(self, written: str, what: str, event: yaml.Event, hint: str) -> None:
        if written not in self.extras:
            self.extras.add(written)
            self.problem(Code.FORBIDDEN_YAML, f"{quoted(written)} {what}, which these files do not do", event, hint)

    def no_key(self, event: yaml.Event) -> Problem:
        place = self.raw.at(*_mark(event))
        if place.text[: place.column].endswith("{{"):
            hint = "write the words themselves; only letter.md and verdict.md have {{ … }}"
            return self.made(Code.NOT_YAML, "{{ … }} is for templates, and this is none", event, hint)
        hint = "put quotation marks around text that begins with {, [, *, & or !"
        return self.made(Code.NOT_YAML, "a key must be a plain word", event, hint)

    def problem(self, code: Code, message: str, event: yaml.Event, hint: str) -> None:
        self.problems.append(self.made(code, message, event, hint))

    def made(self, code: Code, message: str, event: yaml.Event, hint: str) -> Problem:
        return Problem(code, message, self.raw.at(*_mark(event)), hint)


def _mark(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 0, of where an event begins."""
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _syntax_problem(raw: Raw, error: yaml.MarkedYAMLError) -> Problem:
    at, context = error.problem_mark or error.context_mark, error.context_mark
    said = error.problem or error.context or ""
    return Stopped(
        raw.path,
        raw.lines,
        said,
        (at.line, at.column) if at else (0, 0),
        (context.line, context.column) if context else None,
    ).problem()


def _with_syntax_problem(before: list[Problem], problem: Problem) -> list[Problem]:
    """The problems found before the syntax broke, and that it did, unless it is for one of them in the same line."""
    return before if any(other.place.line == problem.place.line for other in before) else [*before, problem]


#: What YAML forbids (YAML 1.2.2, production 1).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _character_problem(raw: Raw) -> Problem:
    """The first character that YAML forbids (libyaml gives the position in bytes)."""
    found = ((line, match) for line, text in enumerate(raw.lines) if (match := _FORBIDDEN.search(text)))
    line, match = next(found, (0, None))
    code = f" (U+{ord(match[0]):04X})" if match else ""
    place = raw.at(line, match.start() if match else 0)
    return Problem(Code.NOT_YAML, f"an invisible control character{code}", place, "delete it; above it is shown as �")
