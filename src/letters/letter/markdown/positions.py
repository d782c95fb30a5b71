"""Where in a text each character of its words was typed: markdown-it, noting the positions that it reads at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, heading, lheading, paragraph, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

#: From which character of some words on, and where in the text that one was typed; those after it stand after it.
Points = tuple[tuple[int, int], ...]

#: In `env`: how much further on each line stands in the text that the lines were taken from.
SHIFTS = "shifts"
#: In the `meta` of tokens: the `Points` of a block's source, and where in that source a piece of words begins.
_POINTS, _AT = "points", "at"
_PIPE, _MEANT_PIPE = re.compile(r"(?<!\\)\|"), re.compile(r"\\\|")
_begins = itemgetter(0)
_PIECES = frozenset({"text", "text_special", "softbreak", "hardbreak"})


def note_positions(md: MarkdownIt) -> None:
    """Have `md` note where the words of each block, and each piece of them, begin; what it reads stays the same."""
    md.inline.ruler2.before("fragments_join", "positions", _join_positions)
    paragraphs = ["paragraph", "reference"]
    md.block.ruler.at("table", _noting(table, _cells), {"alt": paragraphs})
    md.block.ruler.at("heading", _noting(heading, _heading), {"alt": [*paragraphs, "blockquote"]})
    md.block.ruler.at("lheading", _noting(lheading, _lines))
    md.block.ruler.at("paragraph", _noting(paragraph, _lines))


def typed_in_text(inline: Token, typed: Points, length: int) -> Iterator[tuple[int, int]]:
    """`Points` of `length` characters of words in the text, given those in the source of their block."""
    source: Points = inline.meta[_POINTS]
    for (start, at), (end, _) in pairwise((*typed, (length, 0))):
        further = bisect_right(source, at, key=_begins)
        yield start, source[further - 1][1] + at - source[further - 1][0]
        for begin, where in source[further : bisect_left(source, at + end - start, key=_begins)]:
            yield start + begin - at, where


def position(token: Token) -> int:
    """Where in the source of its block a piece of words begins."""
    at: int = token.meta[_AT]
    return at


# -- inside a block


class InlineParser(ParserInline):
    """Parses the source of blocks, each once: of many letters most blocks are the same."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:  # noqa: ARG002
        """Add the tokens of `src` to `tokens`. They are shared: not to be changed."""
        tokens += _parsed(md, src)
        return tokens


@lru_cache(maxsize=1024)
def _parsed(md: MarkdownIt, src: str) -> tuple[Token, ...]:
    state = _State(src, md, {}, [])
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    return tuple(state.tokens)


class _State(StateInline):
    """The state of the parser, which puts down where each piece of words begins."""

    pending_at = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta[_AT] = self.pending_at
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        if ttype == "text":
            token.meta[_AT] = self.begins()
        elif ttype in _PIECES:
            token.meta[_AT] = self.pos
        return token

    def begins(self) -> int:
        """Where a text begins that a rule makes: the words of `<https://…>`, or one of several stars in a row."""
        if self.src[self.pos] == "<":
            return self.pos + 1
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        is_next = before and before.type == "text" and before.meta[_AT] >= self.pos
        return position(before) + 1 if before and is_next else self.pos


def _join_positions(state: StateInline) -> None:
    """Texts side by side become one, which is the last of them: it begins where the first that has words does."""
    for is_text, tokens in groupby(state.tokens, lambda token: token.type == "text"):
        row = list(tokens)
        if is_text and len(row) > 1:
            row[-1].meta = next((token.meta for token in row if token.content), row[-1].meta)


# -- blocks


def _noting(rule: RuleFuncBlockType, note: Callable[[StateBlock, Sequence[Token]], None]) -> RuleFuncBlockType:
    """`rule`, after which `note` is given the tokens that it made."""

    def noting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = len(state.tokens)
        found = rule(state, start, end, silent)
        if found and not silent:
            note(state, state.tokens[first:])
        return found

    return noting


def _lines(state: StateBlock, tokens: Sequence[Token]) -> None:
    """A paragraph: each of its lines begins behind the signs of quotations and entries, and is indented as in them."""
    inline, at = tokens[1], 0
    first, points = _line(inline), []
    for line, text in enumerate(inline.content.split("\n"), first):
        begin = _begin(state, line)
        begin += _blanks(state.src[begin : state.eMarks[line]]) if line == first else -_blanks(text)
        points.append((at, begin + _shift(state, line)))
        at += len(text) + 1
    inline.meta[_POINTS] = tuple(points)


def _heading(state: StateBlock, tokens: Sequence[Token]) -> None:
    """A heading: its words begin behind its signs."""
    opening, inline = tokens[0], tokens[1]
    line = _line(inline)
    begin = _begin(state, line) + len(opening.markup)
    begin += _blanks(state.src[begin : state.eMarks[line]])
    inline.meta[_POINTS] = ((0, begin + _shift(state, line)),)


def _cells(state: StateBlock, tokens: Sequence[Token]) -> None:
    """The cells of each row of a table; what is filled up has no words."""
    cells: Iterator[Points] = iter(())
    for token in tokens:
        if token.type == "tr_open":
            cells = _row(state, _line(token))
        elif token.type == "inline":
            token.meta[_POINTS] = next(cells, ((0, 0),))


def _row(state: StateBlock, line: int) -> Iterator[Points]:
    begin = _begin(state, line)
    begin += _blanks(state.src[begin : state.eMarks[line]])
    row = state.src[begin : state.eMarks[line]]
    shift = begin + _shift(state, line)
    start = 1 if row.startswith("|") else 0
    for end in (*(pipe.start() for pipe in _PIPE.finditer(row, start)), len(row)):
        first = start + _blanks(row[start:end])
        # Of a pipe that is meant the backslash is not in the source of the cell.
        meant = enumerate(pipe.start() for pipe in _MEANT_PIPE.finditer(row, first, end))
        yield ((0, first + shift), *((at - first - number, at + 1 + shift) for number, at in meant))
        start = end + 1


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _begin(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _shift(state: StateBlock, line: int) -> int:
    shifts: Sequence[int] = state.env.get(SHIFTS, ())
    return shifts[line] if shifts else 0


def _blanks(text: str) -> int:
    """How many characters of a text are blanks that Markdown takes off its beginning."""
    return len(text) - len(text.lstrip(MD_TRIM_CHARS))
