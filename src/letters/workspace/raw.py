"""YAML to raw data, remembering the line and column of every key and value.

Read as YAML 1.2 says: `no` is a word, a date is a word. Without tags, anchors and aliases: a file that says one thing
in one place can neither run code nor blow up, and every mistake has one place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from unicodedata import normalize

import yaml

from letters.problems import Code, InvalidInput, Place, Problem, quoted
from letters.workspace.source import Source, Unreadable

#: Deeper than any letter needs; keeps recursion bounded.
DEEPEST = 40

#: The way to a value: keys and list positions from the top.
KeyPath = tuple[str | int, ...]

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
        raise InvalidInput(*_with_syntax_problem(raw, builder.problems, error)) from None
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
    ("could not find expected ':'", "a line without its ': '", "write `key: value`, with a space after the colon"),
    ("did not find expected ',' or", "a bracket is not closed", "close it, or put quotation marks around the text"),
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
#: Of these, libyaml's own mark is where it gave up; its context is where the mistake is.
_IN_CONTEXT = ("could not find expected ':'", "did not find expected ',' or", "found unexpected")


def _with_syntax_problem(raw: Raw, before: list[Problem], error: yaml.MarkedYAMLError) -> list[Problem]:
    """The problems found before the syntax broke, and that it did, unless it is for one of them in the same line."""
    problem = _syntax_problem(raw, error)
    return before if any(other.place.line == problem.place.line for other in before) else [*before, problem]


def _syntax_problem(raw: Raw, error: yaml.MarkedYAMLError) -> Problem:
    said = error.problem or error.context or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and (said.startswith(_IN_CONTEXT) or (mark and mark.line >= len(raw.lines))):
        mark = error.context_mark
    place = raw.at(mark.line, mark.column) if mark else Place(raw.path)
    cut = (_cut_above(raw, mark.line) or _cut_bracket(raw, mark.line, mark.column, said)) if mark else None
    if cut:
        return cut
    for begins, meaning, hint in _SAID:
        if said.startswith(begins):
            if begins == "could not find expected ':'" and (entry := _entry_above(raw, place.line - 1)):
                hint = f"if it belongs to the line above it, write all of it in quotation marks: {entry}"
            return Problem(Code.NOT_YAML, meaning, place, hint)
    return _mistake_in_a_line(place, said)


#: A value without quotation marks that a # cuts off.
_CUT = re.compile(r"\s*(?:-|[\w.-]+:)\s+(?P<text>[^\s\"'|>\[{#][^#]*?)(?P<gap>\s+)(?P<cut>#(?P<blank>\s*)\S*)")


def _cut_above(raw: Raw, line: int) -> Problem | None:
    """A text that goes on in `line` (from 0), where YAML has taken its end in the line above for a remark."""
    above = raw.lines[line - 1] if 0 < line < len(raw.lines) else ""
    match = _CUT.match(above)
    indent = len(above) - len(above.lstrip())
    is_remark = match and ((len(match["gap"]) > 1 and match["blank"]) or " " not in match["text"])
    if not match or is_remark or len(raw.lines[line]) - len(raw.lines[line].lstrip()) <= indent:
        return None
    message = f"YAML takes {quoted(match['cut'])} and what follows for a remark, and the text goes on below it"
    hint = "write | behind the colon, and the text below it, indented; or put quotation marks around all of it"
    return Problem(Code.NOT_YAML, message, raw.at(line - 1, match.start("cut")), hint)


def _cut_bracket(raw: Raw, line: int, column: int, said: str) -> Problem | None:
    """A bracket that is closed behind a #, where YAML takes its end for a remark."""
    match = re.search(r"\s(#\S*).*[]}]", raw.lines[line][column:]) if line < len(raw.lines) else None
    if not match or not said.startswith("did not find expected ',' or"):
        return None
    message = f"YAML takes {quoted(match[1])} and what follows for a remark, and the bracket is not closed"
    place = raw.at(line, column + match.start(1))
    return Problem(Code.NOT_YAML, message, place, "put quotation marks around the text with the #")


def in_quotation_marks(text: str) -> str:
    """A text as YAML can have it in one line, whatever is in it."""
    is_plain = "'" in text and '"' not in text and "\\" not in text
    return f'"{text}"' if is_plain else "'" + text.replace("'", "''") + "'"


#: What YAML has without quotation marks: words whose first character says nothing else.
_PLAIN = re.compile(r"[\w£€(](?:[^:#\n]|:(?=\S)|(?<=\S)#)*")


def as_typed(value: object) -> str:
    """A word, a number, true or false, or nothing, as it is typed in YAML: in quotation marks where it needs them."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            is_plain = _PLAIN.fullmatch(value) and value == value.strip() and resolve(value) == value
            return value if is_plain else in_quotation_marks(value)
        case _:
            return str(value)


#: The beginning of a line, up to a value that is not in quotation marks.
_BEFORE_A_VALUE = re.compile(r"\s*(?:-\s+|[^\s:'\"-][^:]*:\s+)(?=[^\s'\"|>{\[&*!#])")


def _with_marks(line: str) -> str:
    """What to do about a value with a colon in it: the value of `line` in quotation marks."""
    start = _BEFORE_A_VALUE.match(line)
    hint = "put quotation marks around the value"
    return f"{hint}: {in_quotation_marks(_without_remark(line[start.end() :]))}" if start else hint


def _without_remark(text: str) -> str:
    return re.sub(r"\s+#.*", "", text).rstrip()


def _entry_above(raw: Raw, line: int) -> str:
    """An entry of a list with a colon in it that goes on in `line` (from 0), whole and in quotation marks."""
    above = next((number for number in range(line - 1, -1, -1) if re.match(r"\s*- ", raw.lines[number])), -1)
    entry = re.match(r"( *)- +(?=[^\s'\"|>{\[&*!#])\S.*: \S", raw.lines[above]) if above >= 0 else None
    if not entry:
        return ""
    inside = re.compile(rf" {{{len(entry[1]) + 1},}}\S")
    lines = [raw.lines[above].strip()[2:]]
    for text in raw.lines[above + 1 :]:
        if not inside.match(text):
            break
        lines.append(text)
    if above + len(lines) <= line:
        return ""
    return in_quotation_marks(" ".join(_without_remark(text).strip() for text in lines))


def _mistake_in_a_line(place: Place, said: str) -> Problem:
    """What is wrong where libyaml says no more than that it cannot go on."""
    before, here = place.text[: max(place.column - 1, 0)], place.text[place.column - 1 : place.column]
    indent = len(place.text) - len(place.text.lstrip(" "))
    at_start = not before.strip()
    same = "give lines that belong together the same number of spaces in front"
    if "cannot start any token" in said:
        if here == "\t":
            return Problem(Code.NOT_YAML, "a tab where spaces are needed", place, "indent with spaces")
        return Problem(Code.NOT_YAML, f"a value cannot begin with {here!r}", place, "put quotation marks around it")
    if "mapping values are not allowed" in said:
        if before.count(": ") or before.lstrip().startswith("- "):
            return Problem(Code.NOT_YAML, "a second ': ' in one line", place, _with_marks(place.text))
        place = Place(place.path, place.line, indent + 1, place.text)
        return Problem(Code.NOT_YAML, "indented more than the line above it", place, same)
    if "did not find expected" in said and at_start:
        return Problem(Code.NOT_YAML, "indented differently from what is above it", place, same)
    if "did not find expected key" in said and before.rstrip().endswith(("'", '"')):
        hint = "put quotation marks around the whole value, and none inside"
        if _BEFORE_A_VALUE.match(place.text):
            hint = _with_marks(place.text)
        return Problem(Code.NOT_YAML, "words after the closing quotation mark", place, hint)
    return Problem(
        Code.NOT_YAML, f"not YAML ({said})", place, "put quotation marks around the value; check the indentation"
    )


#: What YAML forbids (YAML 1.2.2, production 1).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _character_problem(raw: Raw) -> Problem:
    """The first character that YAML forbids (libyaml gives the position in bytes)."""
    found = ((line, match) for line, text in enumerate(raw.lines) if (match := _FORBIDDEN.search(text)))
    line, match = next(found, (0, None))
    code = f" (U+{ord(match[0]):04X})" if match else ""
    place = raw.at(line, match.start() if match else 0)
    return Problem(Code.NOT_YAML, f"an invisible control character{code}", place, "delete it; above it is shown as �")
