"""Markdown with fenced divs to parts of a letter; whatever a letter cannot show is a problem, never dropped.

The dialect: CommonMark's paragraphs, headings, emphasis, block quotes, lists and links, GitHub's tables, and after
Pandoc the fenced div `::: {.part}` and the span `[words]{lang=cy}`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin

from letters.letter import BODY, SIGNATURE, Block, Heading, ItemList, Paragraph, Part, Picture, Quote, Run, Table
from letters.load import Path, Raw
from letters.problems import Place, Problem

#: The place of a line (from 0) of the Markdown text.
Where = Callable[[int], Place]

_EVERY_PAGE = "every-page"
_LINKS = ("https://", "http://", "mailto:")
_UNSUPPORTED = {
    "code_block": ("text indented by four spaces (Markdown's code)", "begin the line at the left margin"),
    "fence": ("a code block", "letters have none: take the ``` or ~~~ lines out"),
    "hr": ("a horizontal rule", "letters have none: take the line out"),
    "html_block": ("HTML", "write Markdown; for a remark that is not printed write {# … #}"),
    "html_inline": ("HTML", "write Markdown; put a backslash before a < that is meant"),
    "code_inline": (
        "code between backticks",
        "write the words without the `; put a backslash before one that is meant",
    ),
    "hardbreak": ("a forced line end", "begin a paragraph, or a part, where lines are kept"),
}


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark").enable("table").disable("reference")
    container_plugin(md, "part", validate=lambda _params, _markup: True)
    attrs_plugin(md, after=(), spans=True)
    return md


@dataclass
class _Div:
    """A fenced div that has been opened: its part so far."""

    part: Part
    line: int


def parse_parts(text: str, where: Where) -> tuple[tuple[Part, ...], list[Problem]]:
    """The parts in `text`; all that stands outside divs is `body`, in as many pieces as divs cut it into."""
    lines = [line.rstrip() for line in text.split("\n")]
    reader = _Reader(_parser().parse("\n".join(lines)), where)
    return tuple(reader.parts(lines)), reader.problems


def data_problems(raw: Raw, path: Path, text: str) -> list[Problem]:
    """What is wrong with a Markdown text out of a YAML file, where it stands."""
    start = raw.place(path)
    first = start.line if start.text[start.column - 1 : start.column] in "|>" else start.line - 1

    def where(line: int) -> Place:
        return raw.at(first + line, 0) if first + line < len(raw.lines) else start

    parts, problems = parse_parts(text, where)
    for part in parts:
        if part.name != BODY:
            problems.append(Problem("E205", "a part (:::) inside a text", start, "parts belong in letter.md"))
    return problems


class _Reader:
    """Walks the tokens of one text once, in order, noting problems on the way."""

    def __init__(self, tokens: list[Token], where: Where) -> None:
        self.tokens = tokens
        self.at = 0
        self.where = where
        self.problems: list[Problem] = []
        self.line = 0

    # -- parts

    def parts(self, lines: list[str]) -> Iterator[Part]:
        body: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.type != "container_part_open":
                body += self.block(in_part=False)
                continue
            if body:
                yield Part(BODY, tuple(body))
                body = []
            yield from self.div(lines)
        if body:
            yield Part(BODY, tuple(body))

    def div(self, lines: list[str]) -> Iterator[Part]:
        token = self.next()
        start, end = token.map or [self.line, self.line]
        self.line = start
        name, every_page = self.div_name(token)
        if name and not (end < len(lines) and lines[end].startswith(":::")):
            self.problem("E206", f"the part .{name} is never closed", start, "close it with a line `:::`")
        blocks: list[Block] = []
        while self.tokens[self.at].type != "container_part_close":
            if self.tokens[self.at].type == "container_part_open":
                inner = (self.tokens[self.at].map or [start])[0]
                hint = "close it with a line `:::` before the next part begins"
                self.problem("E206", f"the part .{name} is not closed (line {start + 1})", inner, hint)
                list(self.div(lines))
            else:
                blocks += self.block(in_part=True)
        self.at += 1
        if not blocks and name and name != SIGNATURE:
            self.problem("E207", f"the part .{name} is empty", start, "give it words, or leave it out with {% if … %}")
        yield Part(name, tuple(blocks), every_page)

    def div_name(self, token: Token) -> tuple[str, bool]:
        info = token.info.strip()
        if not info:
            self.problem("E206", "`:::` closes no part", self.line, "open a part with `::: {.name}`")
            return "", False
        try:
            _, attributes = parse(info if info.startswith("{") else f"{{.{info}}}")
        except ParseError:
            attributes = {}
        classes = attributes.pop("class", "").split()
        names = [name for name in classes if name != _EVERY_PAGE]
        if len(names) != 1 or attributes or info.endswith("}") != info.startswith("{"):
            hint = "write `::: {.addressee}`, or `::: {.sender .every-page}` to repeat it on every page"
            self.problem("E206", f"{info!r} does not name a part", self.line, hint)
            return "", False
        return names[0], _EVERY_PAGE in classes

    # -- blocks

    def block(self, *, in_part: bool) -> list[Block]:
        """The block at the cursor; a paragraph of a part is as many lines as it has."""
        token = self.next()
        self.line = token.map[0] if token.map else self.line
        match token.type:
            case "paragraph_open":
                lines = self.paragraph_lines(in_part=in_part)
                return [line if isinstance(line, Picture) else Paragraph(line) for line in lines]
            case "heading_open":
                runs = self.one(self.next(), in_part=False)
                self.at += 1
                return [Heading(int(token.tag[1]), runs)]
            case "blockquote_open":
                return [Quote(tuple(self.until("blockquote_close")))]
            case "bullet_list_open" | "ordered_list_open":
                return [self.item_list(token)]
            case "table_open":
                return [self.table()]
            case _:
                self.unsupported(token)
                return []

    def until(self, closing: str) -> Iterator[Block]:
        while self.tokens[self.at].type != closing:
            yield from self.block(in_part=False)
        self.at += 1

    def item_list(self, opening: Token) -> ItemList:
        closing = opening.type.replace("_open", "_close")
        items = []
        while self.next().type != closing:
            items.append(tuple(self.until("list_item_close")))
        return ItemList(tuple(items), opening.type.startswith("ordered"), int(opening.attrs.get("start", 1)))

    def table(self) -> Table:
        rows: list[tuple[tuple[Run, ...], ...]] = []
        cells: list[tuple[Run, ...]] = []
        while (token := self.next()).type != "table_close":
            if token.type == "tr_open":
                cells = []
                self.line = token.map[0] if token.map else self.line
            elif token.type == "inline":
                cells.append(self.one(token, in_part=False))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
        return Table(rows[0], tuple(rows[1:]))

    def paragraph_lines(self, *, in_part: bool) -> list[tuple[Run, ...] | Picture]:
        token = self.next()
        self.at += 1
        return self.inline(token, in_part=in_part)

    def one(self, token: Token, *, in_part: bool) -> tuple[Run, ...]:
        return next((line for line in self.inline(token, in_part=in_part) if not isinstance(line, Picture)), ())

    # -- inline

    def inline(self, token: Token, *, in_part: bool) -> list[tuple[Run, ...] | Picture]:
        self.line = token.map[0] if token.map else self.line
        lines: list[tuple[Run, ...] | Picture] = []
        runs: list[Run] = []
        styles = [Run("")]
        for child in token.children or ():
            match child.type:
                case "text" | "text_special":
                    runs.append(replace(styles[-1], text=child.content))
                case "softbreak" if not in_part:
                    runs.append(replace(styles[-1], text=" "))
                    self.line += 1
                case "softbreak" | "hardbreak" if in_part:
                    lines += [tuple(_merged(runs))] if runs else []
                    runs = []
                    self.line += 1
                case "strong_open":
                    styles.append(replace(styles[-1], bold=True))
                case "em_open":
                    styles.append(replace(styles[-1], italic=True))
                case "link_open":
                    styles.append(replace(styles[-1], href=self.link(child)))
                case "span_open":
                    styles.append(replace(styles[-1], lang=self.span(child)))
                case "strong_close" | "em_close" | "link_close" | "span_close":
                    styles.pop()
                case "image" if in_part and not runs:
                    lines.append(self.picture(child))
                case _:
                    self.unsupported(child)
        return [*lines, tuple(_merged(runs))] if runs else lines

    def link(self, token: Token) -> str:
        target = str(token.attrs.get("href", ""))
        if not target.startswith(_LINKS):
            hint = f"begin it with {', '.join(_LINKS)}"
            self.problem("E205", f"a link to {target!r} goes nowhere on paper or in a mail", self.line, hint)
        if token.attrs.get("title"):
            self.problem("E205", "a link with a title, which no letter shows", self.line, "take the title out")
        return target

    def span(self, token: Token) -> str | None:
        language = token.attrs.get("lang")
        if not language or len(token.attrs) > 1:
            self.problem("E205", "a span says more than its language", self.line, "write [words]{lang=cy}")
        return str(language) if language else None

    def picture(self, token: Token) -> Picture:
        alt, source = token.content, str(token.attrs.get("src", ""))
        if not alt.strip():
            self.problem(
                "E205", f"the picture {source!r} has no description", self.line, "write ![What it shows](file)"
            )
        folder = posixpath.dirname(self.where(self.line).path)
        path = posixpath.normpath(posixpath.join(folder, source)).removeprefix("templates/")
        return Picture(path, alt)

    # -- helpers

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def unsupported(self, token: Token) -> None:
        what = ("a picture in the text", "pictures stand alone on a line of a part")
        what = what if token.type == "image" else _UNSUPPORTED.get(token.type, (token.type, "write it as a paragraph"))
        self.problem("E205", f"{what[0]} cannot be shown in a letter", self.line, what[1])

    def problem(self, code: str, message: str, line: int, hint: str) -> None:
        self.problems.append(Problem(code, message, self.where(line), hint))


def _merged(runs: list[Run]) -> Iterator[Run]:
    """Runs with neighbours of the same style made one, and the white space at both ends gone."""
    merged: list[Run] = []
    for run in runs:
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    merged[0] = replace(merged[0], text=merged[0].text.lstrip(" \t"))
    merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip(" \t"))
    return (run for run in merged if run.text)
