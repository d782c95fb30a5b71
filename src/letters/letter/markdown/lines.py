"""The lines of one paragraph: what was typed or pasted as lines, and would run together into one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from letters.letter.markdown.finding import Finding
from letters.letter.markdown.labels import entry_finding
from letters.problems import Code, plural

#: A line between the headings and the rows of a table.
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
#: Bullets that are nothing else, as Word and others paste them, those of Word's own fonts too; a pattern of one.
BULLET = "[•‣⁃▪▫◦●○■□◆►➢➤✓✔❖\uf000-\uf0ff]"
_BULLET = re.compile(rf"{BULLET}|·(?=\s)|[-*+o§–—·−‐](?=\t)")
WITH_HYPHENS = "begin each entry with `- ` (a hyphen and a blank), and leave a blank line above the list"
_LEADING = re.compile(r"[ \t]*(?:>[ \t]*)*")
#: Lines up to this long, in characters, that end without a stop, are lines of an address or a list.
_SHORT = 40
_GOES_ON = re.compile(
    r"[.?!;:–—,-]['\"’”)]*$|\b(?:from|to|in|of|and|or|the|an?|by|at|on|for|with|than|was|were|is|are|be|been|has|have|had|not|as|into|"
    r"under|between|that|this|these|those|which|who|your|our|my|its|his|her|their|no|both|own|called|named)$"
)
_FEWEST = 3
#: So many words make a line that is no sentence, at the most.
_FEW_WORDS = 4


def without_quote(line: str) -> str:
    """A line without the > of the quotations it stands in and the blanks around them."""
    return line[_leading(line) :]


def _leading(line: str) -> int:
    match = _LEADING.match(line)
    return match.end() if match else 0


def line_findings(lines: Sequence[str], start: int) -> Iterator[Finding]:
    """What is wrong with the `lines` of a paragraph (without what they are quoted or listed with).

    `start` is the number of the first. At most one thing is said.
    """
    for find in (_heading, _definition, _ruled, _table, _bullets, entry_finding, _columns, _short, _hyphen):
        if finding := find(lines, start):
            yield finding
            return


def _heading(lines: Sequence[str], start: int) -> Finding | None:
    for number, line in enumerate(lines):
        if match := re.match(r"(#{1,6})(?=[^\s#\d])|#{7,}", line):
            hint = f"write `{(match[1] or '#')} ` with a blank behind it; put a backslash before a # that is meant"
            return Finding(
                Code.NOT_IN_LETTERS, "a # without a blank behind it makes no heading", start + number, hint, match[0]
            )
    return None


def _definition(lines: Sequence[str], start: int) -> Finding | None:
    for number, line in enumerate(lines):
        if re.match(r":[ \t]+\S", line):
            hint = "write a sentence, or **the word**: what it means; put a backslash before a : that is meant"
            return Finding(
                Code.NOT_IN_LETTERS, "a list of definitions (:) cannot be in a letter", start + number, hint, ":"
            )
    return None


def _ruled(lines: Sequence[str], start: int) -> Finding | None:
    for number, line in enumerate(lines):
        if re.fullmatch(r"([=~*_.–—-])\1{2,}", line.strip()) and not re.fullmatch(r"\.{3}", line.strip()):
            hint = "take the line out; to make a heading begin its line with `# `"
            return Finding(
                Code.NOT_IN_LETTERS,
                f"a line of {line.strip()[0]} cannot be in a letter",
                start + number,
                hint,
                line.strip(),
            )
    return None


def _table(lines: Sequence[str], start: int) -> Finding | None:
    """A table that Markdown does not take for one."""
    for number, line in enumerate(lines):
        text = line.strip()
        if "|" in text and "-" in text and _TABLE_RULE.fullmatch(text):
            above = cells(lines[number - 1]) if number else 0
            message = f"this is no table: {plural(above, 'heading')} above a line for {plural(cells(text), 'column')}"
            hint = "write one --- for each heading, as in | --- | --- |"
            return Finding(Code.BROKEN_TABLE, message, start + number, hint, "|")
    for number, line in enumerate(lines):
        if line.lstrip().startswith("|"):
            hint = "write | --- | --- | below the headings of a table; put a backslash before a | that is meant"
            return Finding(Code.BROKEN_TABLE, "a line that begins with | and is in no table", start + number, hint, "|")
    return None


def cells(row: str) -> int:
    """How many cells a row of a table has."""
    parts = re.split(r"(?<!\\)\|", row.strip())
    parts = parts[1:] if parts and parts[0] == "" else parts
    return len(parts[:-1] if parts and parts[-1] == "" else parts)


def _bullets(lines: Sequence[str], start: int) -> Finding | None:
    for number, line in enumerate(lines):
        if match := _BULLET.match(line.lstrip()):
            return Finding(Code.NOT_A_LIST, f"{match[0]!r} makes no list", start + number, WITH_HYPHENS, match[0])
    return None


def _columns(lines: Sequence[str], start: int) -> Finding | None:
    """Lines with columns, as pasted out of a table."""
    for number, (line, below) in enumerate(pairwise(lines)):
        for sign, said in ((r"\S\t+\S", "tabs"), (r"\S\s+\|\s+\S", "|")):
            if re.search(sign, line.strip()) and re.search(sign, below.strip()):
                hint = "write | a | b | with | --- | --- | below the headings, or leave a blank line between the lines"
                message = f"lines with {said} between their words would run together into one paragraph"
                return Finding(Code.BROKEN_TABLE, message, start + number, hint)
    return None


def _short(lines: Sequence[str], start: int) -> Finding | None:
    is_forced = any(line.endswith(("  ", "\\")) for line in lines)  # said already
    if not is_forced and (short := short_lines(lines) or _short_pair(lines)):
        message = f"{len(lines)} short lines run together into one paragraph"
        hint = "leave a blank line between them, or put commas at their ends, if they are not one sentence"
        return Finding(Code.RUN_TOGETHER_LINES, message, start + short - 1, hint)
    return None


def short_lines(lines: Sequence[str]) -> int:
    """The number, from 1, of the first of several short lines that do not go on in the next; else 0."""
    ends = [
        len(line.strip()) <= _SHORT
        and not _GOES_ON.search(line.strip())
        and bool(re.match(r"[A-Z0-9(‘“'\"]", below.lstrip()))
        for line, below in pairwise(lines)
    ]
    is_list = len(lines) >= _FEWEST and all(ends) and len(lines[-1].strip()) <= _SHORT
    return 1 if is_list else 0


def _short_pair(lines: Sequence[str]) -> int:
    """1 if there are two lines, and both seem meant as such: of few words, of names, or each with a label."""
    if len(lines) != 2:
        return 0
    first, second = (re.sub(r"\]\([^)]*\)|[*_\[\]]", "", line).strip() for line in lines)
    if _GOES_ON.search(first) or _GOES_ON.search(second) or not re.match(r"[A-Z0-9(‘“'\"]", second):
        return 0
    is_short = max(len(first), len(second)) <= _SHORT
    if first.count("(") > first.count(")"):
        return 0
    are_brief = max(len(first.split()), len(second.split())) <= _FEW_WORDS
    are_alike = any(all(looks(line) for line in (first, second)) for looks in (_is_name, _is_labelled))
    are_alike = are_alike or (are_brief and not second[:1].isdigit())
    return 1 if is_short and are_alike else 0


def _is_name(line: str) -> bool:
    """Whether a line is an office or a part of an address: all of its words begin with capitals or figures."""
    words = [word for word in re.findall(r"[\w'’-]+", line) if word not in ("and", "of", "the", "for", "in", "to")]
    return all(word[0].isupper() or word[0].isdigit() for word in words)


def _is_labelled(line: str) -> bool:
    return ": " in line


def _hyphen(lines: Sequence[str], start: int) -> Finding | None:
    if (number := hyphened_line(lines)) is not None:
        hint = "write the whole word on one line: where a line ends a blank is printed"
        return Finding(
            Code.HYPHEN_AT_A_LINE_END,
            "a hyphen at the end of a line, with a blank printed behind it",
            start + number,
            hint,
        )
    return None


def hyphened_line(lines: Sequence[str]) -> int | None:
    """The number, from 0, of the first line that ends in the hyphen of a word that goes on in the next; or None.

    A hyphen for a word that comes later is sound: pre- and post-war.
    """
    for number, (line, below) in enumerate(pairwise(lines)):
        goes_on = re.match(r"(?!(?:and|or|to|nor|but|as|&)(?!\w))[^\W_]", below.lstrip())
        if re.search(r"\w-$", line.rstrip()) and goes_on:
            return number
    return None
