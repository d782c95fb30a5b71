"""Blocks that Markdown makes of lines whose writer may have meant something else.

A list made of a sign, a heading made of a line of dashes, a line swallowed by the list above it: each is told, with
what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from letters.letter.markdown.finding import Finding
from letters.letter.markdown.lines import cells, line_findings, without_quote
from letters.letter.markdown.lists import SHARE, entries, list_findings
from letters.letter.markdown.marks import mark_findings, remarks_in
from letters.problems import Code, plural

_BLOCKS = {
    "paragraph_open": "words",
    "heading_open": "a heading",
    "blockquote_open": "a quotation",
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
    "table_open": "a table",
}
_LISTS = ("bullet_list_open", "ordered_list_open")
#: What is more than a number, and no more than that: `5 per cent`, `= £5m`.
_NUMBER = re.compile(r"=|[£€$]?\.?\d[\d.,]*(?![.)]\s)\S*(?:\s+[^\s\d]+){0,2}$")
_FENCE = re.compile(r" {0,3}:{3,}")


@dataclass
class _Open:
    """A block that is open: its first token, what the last block in it was, and where its last numbered list ended."""

    token: Token | None = None
    last: Token | None = None
    #: Whether something was said of that block that what follows it is a consequence of.
    last_is_told: bool = False
    #: The number that the next numbered list would have if it went on.
    next_number: int | None = None


@dataclass
class _Walk:
    """One way through the tokens of a text, and what is open at each."""

    lines: Sequence[str]
    tokens: Sequence[Token]
    stack: list[_Open] = field(default_factory=lambda: [_Open()])

    def findings(self) -> Iterator[Finding]:
        remarks = remarks_in(self.tokens)
        for at, token in enumerate(self.tokens):
            if token.nesting < 0:
                self.stack.pop()
                continue
            if token.type == "inline":
                yield from mark_findings(token, remarks, is_entry=self.is_entry(at))
                continue
            found = list(self.block(at, token))
            yield from found
            parent = self.stack[-1]
            parent.last_is_told = any(
                finding.code in (Code.RUN_TOGETHER_BLOCKS, Code.UNDERLINED_HEADING, Code.BLOCK_IN_AN_ENTRY)
                for finding in found
            )
            parent.last = token
            if token.type == "ordered_list_open":
                listed = entries(self.tokens, at)
                parent.next_number = int(listed[0].info) + len(listed)
            if token.nesting > 0:
                self.stack.append(_Open(token))

    def is_entry(self, at: int) -> bool:
        """Whether the words of token number `at` are the first of an entry of a list."""
        return at > 1 and self.tokens[at - 2].type == "list_item_open"

    def block(self, at: int, token: Token) -> Iterator[Finding]:
        """What is wrong with the block whose token is number `at`; one thing, where one follows of another."""
        if token.type not in _BLOCKS or not token.map:
            if token.type == "tr_open" and token.map:
                yield from self.row(at, token)
            return
        found = list(self.own(at, token))
        yield from found or self.beginning(token)
        if token.type == "paragraph_open":
            swallowed = list(self.swallowed(token))
            yield from swallowed or self.paragraph(token)

    def own(self, at: int, token: Token) -> Iterator[Finding]:
        """What is wrong with a block of this kind, wherever it stands."""
        line = token.map[0] if token.map else 0
        match token.type:
            case "heading_open":
                yield from self.heading(token)
            case "blockquote_open":
                yield from self.quote(at, token)
            case "bullet_list_open" | "ordered_list_open":
                parent = self.stack[-1].token
                if parent and parent.type == "list_item_open" and parent.map and parent.map[0] == line:
                    yield _behind_a_bullet(line, self.lines[line])
                else:
                    found = list_findings(self.tokens, at, self.lines, self.stack[-1].next_number)
                    # Behind the sign of an entry around it, a list has not the column of its line.
                    yield from (
                        finding
                        for finding in found
                        if finding.code != Code.RUN_TOGETHER_BLOCKS or not self.begins_inside(line)
                    )

    def begins_inside(self, line: int) -> bool:
        """Whether an entry that is open begins in the same line."""
        opened = (around.token for around in self.stack if around.token and around.token.type == "list_item_open")
        return any(token.map and token.map[0] == line for token in opened)

    def heading(self, token: Token) -> Iterator[Finding]:
        first, end = token.map or (0, 0)
        line = without_quote(self.lines[first])
        if token.markup in ("=", "-"):
            sign = without_quote(self.lines[end - 1]).strip()
            hint = "to make a heading begin its line with `# `; else take the line out"
            message = f"the line {sign} makes a heading of the line above it"
            yield Finding(Code.UNDERLINED_HEADING, message, end - 1, hint, sign)
        elif self.stack[-1].token and self.stack[-1].token.type == "list_item_open":
            hint = "put a backslash before the # if it is meant, or move the heading out of the list"
            yield Finding(Code.BLOCK_IN_AN_ENTRY, "a heading in an entry of a list", first, hint, "#")
        elif re.search(r"\S\s+#+$", line.rstrip()) and not re.fullmatch(r"#+\s+#+", line.strip()):
            hint = "take them out, or put a backslash before a # that is meant"
            yield Finding(Code.NOT_IN_LETTERS, "# at the end of a heading is not printed", first, hint)

    def quote(self, at: int, token: Token) -> Iterator[Finding]:
        line = token.map[0] if token.map else 0
        inside = self.tokens[at + 2].content if at + 2 < len(self.tokens) else ""
        is_led_in = not without_quote(self.lines[line]).strip()
        hint = r"put a backslash before it (\>) if it means more than; above a quotation write a line with > alone"
        message = "a > before a number makes a quotation, and is not printed"
        if inside and not is_led_in and all(_NUMBER.match(text) for text in inside.split("\n")):
            yield Finding(Code.SIGN_MAKES_A_BLOCK, message, line, hint, ">")
        elif not is_led_in and SHARE.match(inside):
            yield Finding(Code.SIGN_MAKES_A_BLOCK_PERHAPS, message, line, hint, ">")

    def beginning(self, token: Token) -> Iterator[Finding]:
        """A block right below another one."""
        line = token.map[0] if token.map else 0
        parent = self.stack[-1]
        above = self.lines[line - 1] if line else ""
        if parent.last is None or parent.last.type not in _BLOCKS or parent.last_is_told or _FENCE.match(above):
            return
        if without_quote(above).strip():
            is_item = parent.token is not None and parent.token.type == "list_item_open"
            if not (is_item and token.type in _LISTS and parent.last.type == "paragraph_open"):
                yield self.right_below(token, parent.last, line)
        elif token.type == "paragraph_open" and parent.last.type in _LISTS and self.is_inside(line, parent.last):
            hint = "indent it as far as the words of that entry, or begin it at the left margin"
            yield Finding(
                Code.RUN_TOGETHER_BLOCKS, "indented, but not far enough to belong to the entry above", line, hint
            )

    def is_inside(self, line: int, listed: Token) -> bool:
        """Whether a line is indented more than the list above it."""
        return _column(self.lines[line]) > self.column(listed.map[0] if listed.map else 0, len(self.stack))

    def column(self, line: int, depth: int) -> int:
        """The column of the sign of a list or an entry that begins in `line`, with `depth` blocks open around it.

        Signs of entries around it may stand in front of it.
        """
        text = self.lines[line].expandtabs(4)
        at = _column(text)
        for opened in self.stack[:depth]:
            is_item = opened.token is not None and opened.token.type == "list_item_open"
            if is_item and opened.token and opened.token.map and opened.token.map[0] == line:
                sign = re.match(r"(?:[-*+]|\d{1,9}[.)])[ >]*", text[at:])
                at += sign.end() if sign else 0
        return at

    def right_below(self, token: Token, last: Token, line: int) -> Finding:
        what, above = _BLOCKS[token.type], _BLOCKS[last.type]
        text = without_quote(self.lines[line])
        hint = f"leave a blank line between them{_or_backslash(token, text)}"
        if token.type in _LISTS and last.type in _LISTS:
            if self.is_inside(line, last):
                hint = "indent it as far as the words of the entry above, to put it inside that entry"
            else:
                hint = "begin all entries of a list with the same sign; else leave a blank line between the lists"
            return Finding(Code.RUN_TOGETHER_BLOCKS, "another list begins right below a list", line, hint)
        return Finding(Code.RUN_TOGETHER_BLOCKS, f"{what} right below {above}", line, hint)

    def swallowed(self, token: Token) -> Iterator[Finding]:
        """Lines right below a list or a quotation, neither indented nor marked, that would become part of it."""
        first, end = token.map or (0, 0)
        quotes, item = self.containers()
        for line in range(first + 1, end):
            text = self.lines[line]
            if _quotes(text) < quotes:
                hint = "leave a blank line before it, or begin it with > if it belongs to the quotation"
                yield Finding(
                    Code.RUN_TOGETHER_BLOCKS, "this line would become part of the quotation above it", line, hint
                )
                return
            if item is not None and _column(text) <= item:
                hint = "leave a blank line before it, or indent it if it belongs to the entry"
                yield Finding(Code.RUN_TOGETHER_BLOCKS, "this line would become part of the entry above it", line, hint)
                return

    def containers(self) -> tuple[int, int | None]:
        """How many quotations are open, and the column of the sign of the entry that is open in the innermost."""
        quotes: int = 0
        item: int | None = None
        for depth, opened in enumerate(self.stack):
            if opened.token and opened.token.type == "blockquote_open":
                quotes, item = quotes + 1, None
            elif opened.token and opened.token.type == "list_item_open":
                item = self.column(opened.token.map[0], depth) if opened.token.map else None
        return quotes, item

    def paragraph(self, token: Token) -> Iterator[Finding]:
        first, end = token.map or (0, 0)
        if any(opened.token and opened.token.type == "container_part_open" for opened in self.stack):
            return  # its lines are kept as they are
        parent = self.stack[-1].token
        lines = [without_quote(line) for line in self.lines[first:end]]
        if parent and parent.type == "list_item_open" and parent.map and parent.map[0] == first:
            lines[0] = re.sub(r"^(?:[-*+]|\d{1,9}[.)])\s+", "", lines[0])
        yield from line_findings(lines, first)

    def row(self, at: int, token: Token) -> Iterator[Finding]:
        """A row of a table; `at` is the number of its token."""
        line = token.map[0] if token.map else 0
        text = without_quote(self.lines[line])
        columns = self.columns(at)
        found = cells(text)
        if self.tokens[at - 1].type == "thead_open":
            return
        if "|" not in text or (self.rows_begin_with_a_sign() and not text.startswith("|")):
            hint = "leave a blank line before it; begin it with | if it is a row"
            yield Finding(Code.RUN_TOGETHER_BLOCKS, "this line would become a row of the table above it", line, hint)
        elif found > columns:
            message = f"{plural(found, 'cell')} below {plural(columns, 'heading')}: what is beyond them is not printed"
            hint = r"add a heading, and --- below it; put a backslash before a | that is meant (\|)"
            yield Finding(Code.BROKEN_TABLE, message, line, hint, "|")
        elif found < columns:
            message = f"{plural(found, 'cell')} below {plural(columns, 'heading')}: the last ones stay empty"
            yield Finding(Code.SHORT_ROW, message, line, "write | | for a cell that is empty", "|")

    def rows_begin_with_a_sign(self) -> bool:
        """Whether the headings of the table that is open begin with |."""
        table = next(
            (around.token for around in reversed(self.stack) if around.token and _is_table(around.token)), None
        )
        line = self.lines[table.map[0]] if table and table.map else ""
        return re.sub(r"^(?:(?:[-*+]|\d{1,9}[.)])\s+)*", "", without_quote(line)).startswith("|")

    def columns(self, at: int) -> int:
        """How many columns the table has that the row with the token number `at` is in."""
        count = 0
        for token in self.tokens[at + 1 :]:
            if token.type == "tr_close":
                break
            count += token.type in ("th_open", "td_open")
        return count


def block_findings(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    """What is wrong with the blocks that `tokens` make of `lines`, and with the marks inside them."""
    return _Walk(lines, tokens).findings()


def _is_table(token: Token) -> bool:
    return token.type == "table_open"


def _behind_a_bullet(line: int, text: str) -> Finding:
    number = re.search(r"[-*+]\s+(\d{1,9})([.)])", text)
    if number:
        hint = rf"put a backslash behind the number: {number[1]}\{number[2]}; write the words first if it is a list"
        return Finding(
            Code.BLOCK_IN_AN_ENTRY,
            f"the number {number[1]}{number[2]} right behind a bullet makes a list in it",
            line,
            hint,
            number[1],
        )
    hint = "write words in front of the inner list, or put a backslash before a sign that is meant"
    return Finding(Code.BLOCK_IN_AN_ENTRY, "a list right behind the bullet or number of another", line, hint)


def _or_backslash(token: Token, text: str) -> str:
    """What to do if the sign that made a block was meant."""
    match = re.match(r"(\d{1,9})([.)])|[-*+>#|]", text)
    if token.type == "paragraph_open" or not match:
        return ""
    sign = rf"{match[1]}\{match[2]}" if match[1] else rf"\{match[0]}"
    return f"; write {sign} if that sign belongs to the words"


def _quotes(line: str) -> int:
    """How many > a line begins with."""
    match = re.match(r"[ \t]*(?:>[ \t]*)*", line)
    return match[0].count(">") if match else 0


def _column(line: str) -> int:
    """The column of the first character behind blanks and >."""
    expanded = line.expandtabs(4)
    return len(expanded) - len(without_quote(expanded))
