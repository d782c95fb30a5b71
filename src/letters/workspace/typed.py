"""What was typed in YAML and would not come out so: cut off, folded into one line, or marks that mean nothing there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum, auto

from letters.letter.markdown import backslash_problems, parse_parts
from letters.letter.markdown.fences import FENCE
from letters.letter.markdown.finding import at_text
from letters.letter.markdown.lines import hyphened_line, short_lines
from letters.letter.markdown.marks import field_marks
from letters.problems import Code, Place, Problem, Severity, quoted
from letters.workspace.raw import KeyPath, Raw


class TextKind(Enum):
    """What a text is for: an answer of a closed field (or a date), a remark for readers of the file, words of a letter
    as they stand, or Markdown."""

    CLOSED = auto()
    REMARK = auto()
    WORDS = auto()
    MARKDOWN = auto()


#: What a text at a path is for.
KindOf = Callable[[KeyPath], TextKind]


def typed_problems(raw: Raw, path: KeyPath, value: object, kind_of: KindOf) -> list[Problem]:
    """What is wrong with how the texts in `value`, at `path`, are typed; of Markdown, only what is cut off."""
    problems: list[Problem] = []
    for where, text in texts(path, value):
        kind = kind_of(where)
        if kind is not TextKind.CLOSED:
            problems += _cut_problems(raw, where)
        if kind is TextKind.WORDS:
            problems += [*folded_problems(raw, where, text), *_mark_problems(raw, where, text)]
    return problems


def texts(path: KeyPath, value: object) -> Iterator[tuple[KeyPath, str]]:
    """Every text in `value`, which stands at `path`, with its own path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts((*path, key), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts((*path, number), inner)


def _sign(raw: Raw, path: KeyPath) -> str:
    """How a text begins in the file: `"` or `'`, `|` or `>`, or nothing of these."""
    place = raw.place(path)
    sign = place.text[place.column - 1 : place.column]
    return sign if sign and sign in "\"'|>" else ""


# -- cut off

_FOR_A_REMARK = "before a remark leave two blanks, and one behind its #"


def _cut_problems(raw: Raw, path: KeyPath) -> Iterator[Problem]:
    """Words behind a # that YAML takes for a remark, unless it is written as one: behind two blanks, `# ` and words."""
    if path not in raw.ends:
        return
    sign = _sign(raw, path)
    line, column = _cut_in_block(raw, path) if sign in ("|", ">") else _cut_behind(raw, path, is_quoted=bool(sign))
    if line < 0:
        return
    message = f"YAML takes {quoted(raw.lines[line][column:].strip())} for a remark, and the text ends before it"
    hint = f"put quotation marks around the text; {_FOR_A_REMARK}"
    if sign in ("|", ">"):
        hint = "indent it as the lines above it; begin a remark at the left margin, with a blank behind its #"
    elif sign:
        hint = f"put it inside the quotation marks; {_FOR_A_REMARK}"
    yield Problem(Code.CUT_OFF_BY_A_REMARK, message, raw.at(line, column), hint)


_NOWHERE = (-1, 0)


def _cut_behind(raw: Raw, path: KeyPath, *, is_quoted: bool) -> tuple[int, int]:
    """Line and column of a # that cuts off what is not in a block: in its last line, or in the lines below it."""
    line, column = raw.ends[path]
    behind = raw.lines[line][column:] if line < len(raw.lines) else ""
    match = re.match(r"(\s*)#(\s*)(.*)", behind)
    if match and match[3]:
        is_remark = bool(match[2]) if is_quoted else len(match[1]) > 1 and match[2] and not match[3][0].isdigit()
        return _NOWHERE if is_remark else (line, column + len(match[1]))
    base = raw.keys[path][1] if path in raw.keys else _indent(raw, raw.values[path][0])
    return next(_remarks_below(raw, line + 1, base), _NOWHERE) if not behind.strip() and not is_quoted else _NOWHERE


def _remarks_below(raw: Raw, start: int, base: int) -> Iterator[tuple[int, int]]:
    """Where words go on in remarks: a # without a blank behind it, indented more than `base`."""
    for number in range(start, len(raw.lines)):
        text = raw.lines[number].strip()
        if text and not text.startswith("#"):
            return
        if re.match(r"#[^\s#]", text) and _indent(raw, number) > base:
            yield number, _indent(raw, number)


def _cut_in_block(raw: Raw, path: KeyPath) -> tuple[int, int]:
    """Line and column of a # right below a block of text that is indented less than it, and is no remark."""
    start = raw.values[path][0] + 1
    first = next((number for number in range(start, len(raw.lines)) if raw.lines[number].strip()), start)
    indent = _indent(raw, first) if first < len(raw.lines) else 0
    base = raw.keys[path][1] if path in raw.keys else _indent(raw, raw.values[path][0])
    for number in range(first, len(raw.lines)):
        text = raw.lines[number].strip()
        if not text or _indent(raw, number) >= indent:
            continue
        is_cut = text.startswith("#") and (_indent(raw, number) > base or re.match(r"#\d", text))
        return (number, _indent(raw, number)) if is_cut else _NOWHERE
    return _NOWHERE


# -- folded

#: A row of a table without signs at its ends.
_ROW = re.compile(r"[^|]+\s\|\s[^|]+")
_BULLET = re.compile(r"[-*•]\s|>\s(?![\d£€$])")
_HEADING = re.compile(r"#{1,6}\s")
_ENTRY = re.compile(r"(?:[-*+•‣▪·–—o§]|\d{1,9}[.)]|\(?[a-zA-Z][.)]|#{1,6}|\(?[ivx]{1,4}\))\s|[|>]")


def folded_problems(raw: Raw, path: KeyPath, text: str, *, markdown: bool = False) -> list[Problem]:
    """Lines of a text that were meant as lines or paragraphs, and would run together into one."""
    sign = _sign(raw, path)
    if markdown and (sign == "|" or len(list(raw.written(path))) == 1):
        return []
    lines = _written_lines(raw, path, text, sign)
    hint = _fold_hint(sign, markdown=markdown)
    if (at := _entries_at(lines) or _paragraphs_at(lines)) is not None:
        message = "what is typed as lines or paragraphs would run together into one"
        return [Problem(Code.RUN_TOGETHER_IN_YAML, message, _line_place(raw, path, at), hint)]
    if not markdown and "\n" in text.strip():
        return [
            Problem(
                Code.RUN_TOGETHER_IN_YAML,
                "what is typed as lines would run together into one",
                _second(raw, path, lines),
                hint,
            )
        ]
    if (at := hyphened_line([line for _, line in lines])) is not None:
        message = "a hyphen at the end of a line, with a blank printed behind it"
        place = _line_place(raw, path, lines[at][0])
        return [
            Problem(Code.HYPHEN_AT_A_LINE_END, message, place, "write the whole word on one line", Severity.WARNING)
        ]
    filled = [line for _, line in lines if line]
    if len(filled) == len(lines) and short_lines(filled):
        place = _line_place(raw, path, lines[0][0])
        return [
            Problem(
                Code.RUN_TOGETHER_LINES,
                f"{len(filled)} short lines run together into one",
                place,
                hint,
                Severity.WARNING,
            )
        ]
    return []


def _second(raw: Raw, path: KeyPath, lines: list[tuple[int, str]]) -> Place:
    """The place of the second line of a text."""
    return _line_place(raw, path, lines[1][0]) if len(lines) > 1 else raw.place(path)


def _fold_hint(sign: str, *, markdown: bool) -> str:
    if markdown:
        return "write | instead of >" if sign == ">" else "write | behind the colon, and the text below it, indented"
    return "this field is one line: write it as one, with commas, or give each line an entry of its own"


def _written_lines(raw: Raw, path: KeyPath, text: str, sign: str) -> list[tuple[int, str]]:
    """The lines of a text as they stand in the file, with their numbers, without blank ones at the ends."""
    if path not in raw.ends:
        return []
    written = [(number, line.strip()) for number, _, line in raw.written(path)]
    if sign in ("|", ">"):
        written = written[1:]
        indent = _indent(raw, written[0][0]) if written else 0
        written = [(number, line) for number, line in written if not line or _indent(raw, number) >= indent]
    elif "\n" in text.strip() and len(written) == 1:
        written = [(written[0][0], line.strip()) for line in text.strip().split("\n")]
    while written and not written[-1][1]:
        written.pop()
    return written


def _indent(raw: Raw, line: int) -> int:
    return len(raw.lines[line]) - len(raw.lines[line].lstrip())


def _entries_at(lines: list[tuple[int, str]]) -> int | None:
    """The number of the first of several lines that begin as entries, rows, headings or quotations do."""
    found = [at for at, (_, line) in enumerate(lines) if _ENTRY.match(line)]
    behind_colon = [at for at in found if at and lines[at - 1][1].endswith(":")]
    if len(lines) > 1 and (len(found) > 1 or behind_colon or any(_HEADING.match(lines[at][1]) for at in found)):
        return lines[found[0]][0]
    rows = [number for number, line in lines if _ROW.fullmatch(line)]
    if len(rows) > 1:
        return rows[0]
    bullets = [at for at in found if at and _BULLET.match(lines[at][1])]
    return lines[bullets[0]][0] if bullets and not _is_aside(lines[bullets[0] :]) else None


def _is_aside(lines: list[tuple[int, str]]) -> bool:
    """Whether the words of lines that begin with a dash stand between two."""
    return bool(re.search(r"\s[-–]\s", " ".join(line for _, line in lines)[1:]))


def _paragraphs_at(lines: list[tuple[int, str]]) -> int | None:
    """The number of the first line behind a blank one."""
    return next((lines[at][0] for at in range(1, len(lines)) if lines[at][1] and not lines[at - 1][1]), None)


def _line_place(raw: Raw, path: KeyPath, line: int) -> Place:
    place = raw.at(line, 0)
    return replace(place, column=_indent(raw, line) + 1) if line + 1 != raw.place(path).line else raw.place(path)


# -- marks


def _mark_problems(raw: Raw, path: KeyPath, text: str) -> Iterator[Problem]:
    """Marks of Markdown or HTML in a field of plain words, which would be printed as typed."""
    for what, written in field_marks(text):
        found = ((line, column, part.find(written)) for line, column, part in raw.written(path))
        place = next((raw.at(line, column + at) for line, column, at in found if at >= 0), raw.place(path))
        message = f"{what} cannot be in this field: the signs would be printed"
        hint = "take the signs out: letter.md has them, and fields that outcome.yaml says are Markdown"
        yield Problem(Code.NOT_IN_LETTERS, message, place, hint)


def data_problems(raw: Raw, path: KeyPath, text: str) -> list[Problem]:
    """What is wrong with a Markdown text out of a YAML file, where it stands."""
    start = raw.place(path)
    keeps_lines = start.text[start.column - 1 : start.column] == "|"

    def where(line: int) -> Place:
        number = start.line + line
        return at_text(replace(raw.at(number, 0), column=0)) if keeps_lines and number < len(raw.lines) else start

    fences = [number for number, line in enumerate(text.split("\n")) if FENCE.match(line)]
    if fences:
        return [
            Problem(
                Code.NOT_IN_LETTERS, "a part (:::) cannot be in a text", where(fences[0]), "parts belong in letter.md"
            )
        ]
    return [*backslash_problems(text, where), *parse_parts(text, where, above=None)[1]]
