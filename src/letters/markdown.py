"""Markdown with fenced divs to parts of a letter; whatever a letter cannot show is a problem, never dropped.

The dialect: CommonMark's paragraphs, headings, emphasis, block quotes, lists and links, GitHub's tables, and after
Pandoc the fenced div `::: {.part}` and the span `[words]{lang=cy}`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from letters.characters import refused
from letters.letter import BODY, SIGNATURE, Align, Block, Heading, ItemList, Paragraph, Part, Picture, Quote, Run, Table
from letters.load import Path, Raw
from letters.problems import Place, Problem, quoted

#: The place of a line (from 0) of the Markdown text.
Where = Callable[[int], Place]

_EVERY_PAGE = "every-page"
#: `.addressee`, `{.addressee}`, `{.sender .every-page}`, and `addressee` as Pandoc has it.
_PART = re.compile(r"\{(?:\s*\.[a-z][a-z0-9-]*)+\s*\}|\.?[a-z][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: Quotes and lists inside each other deeper than this are a mistake; the parser gives up at 20 without a word.
_DEEPEST = 10
#: Characters without a blank line among them; the parser's time grows with the square of it.
_LONGEST = 20_000
_ALIGN: Mapping[str, Align] = {"text-align:right": "right", "text-align:center": "centre"}
_LINKS = ("https://", "http://", "mailto:")
_UNSUPPORTED = {
    "code_block": ("text indented by four spaces or more", "begin the line at the left margin"),
    "fence": ("a code block (``` or ~~~) cannot be in a letter", "take its first and last line out"),
    "hr": ("a horizontal rule cannot be in a letter", "take the line out"),
    "html_block": ("HTML cannot be in a letter", "write Markdown; put a backslash before a < that is meant"),
    "html_inline": ("HTML cannot be in a letter", "write Markdown; put a backslash before a < that is meant"),
    "code_inline": ("code between ` and ` cannot be in a letter", "take the ` out; write ' for a quotation mark"),
    "hardbreak": ("a forced line end cannot be in a paragraph", "begin a paragraph, or a part, where lines are kept"),
    "image": ("a picture cannot be in a paragraph", "put it on a line of its own, in a part"),
    "container_part_open": ("a part (:::) cannot be in a list or a quote", "move it to the left margin"),
}


@cache
def _parser() -> MarkdownIt:
    # Without text_join, what stood behind a backslash stays apart from what did not.
    md = MarkdownIt("commonmark").enable("table").disable(["reference", "text_join"])
    container_plugin(md, "part", validate=lambda _params, _markup: True)
    attrs_plugin(md, after=(), spans=True)
    return md


def parse_parts(
    text: str, where: Where, has_picture: Callable[[str], bool] = lambda _: True, above: int = 0
) -> tuple[tuple[Part, ...], list[Problem]]:
    """The parts in `text`; all that stands outside divs is `body`, in as many pieces as divs cut it into.

    `has_picture`: whether there is a picture at a path below `templates/`. `above`: the level of the heading above.
    """
    mended = _mended([line.rstrip() for line in re.split(r"\r\n?|\n", text)], where)
    tokens = _parser().parse("\n".join(mended.lines))
    reader = _Reader(tokens, lambda line: where(mended.origins[line]), has_picture, above, mended.unclosed)
    return tuple(reader.parts()), [*mended.problems, *reader.problems]


def data_problems(raw: Raw, path: Path, text: str) -> list[Problem]:
    """What is wrong with a Markdown text out of a YAML file, where it stands; the letter's title is above it."""
    start = raw.place(path)
    keeps_lines = start.text[start.column - 1 : start.column] == "|"

    def where(line: int) -> Place:
        number = start.line + line
        return _at_text(replace(raw.at(number, 0), column=0)) if keeps_lines and number < len(raw.lines) else start

    fences = [number for number, line in enumerate(text.split("\n")) if _FENCE.match(line)]
    if fences:
        return [Problem("E205", "a part (:::) cannot be in a text", where(fences[0]), "parts belong in letter.md")]
    return parse_parts(text, where, above=1)[1]


#: The line that opens or closes a part.
_FENCE = re.compile(r" {0,3}:{3,}(.*)")


@dataclass
class _Mended:
    """Lines with each part closed where the next one begins, so that one missing line is one problem."""

    lines: list[str] = field(default_factory=list)
    #: The number of the line that each comes from.
    origins: list[int] = field(default_factory=list)
    #: Which of them open a part that is not closed.
    unclosed: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: str, origin: int) -> None:
        self.lines.append(line)
        self.origins.append(origin)


def _mended(lines: list[str], where: Where) -> _Mended:
    mended = _Mended()
    opened: tuple[str, int] | None = None
    too_long = _too_long(lines)

    def close(at: int, hint: str) -> None:
        if opened:
            info, line = opened
            place = _at_text(where(mended.origins[line]))
            mended.problems.append(Problem("E206", f"the part {quoted(info)} is not closed", place, hint))
            mended.unclosed.add(line)
            mended.add(":::", at)

    for number, line in enumerate(lines):
        fence = _FENCE.fullmatch(line)
        if fence and fence[1].strip():
            close(number, "close it with a line `:::` before the next part begins")
            opened = (fence[1].strip(), len(mended.lines))
        elif fence and opened:
            opened = None
        elif fence:
            hint = "take the line out, or open a part above it with `::: {.name}`"
            mended.problems.append(Problem("E206", "`:::` closes no part", _at_text(where(number)), hint))
            line = ""
        if too_long.get(number):
            message = f"more than {_LONGEST:,} characters without a blank line"
            mended.problems.append(Problem("E205", message, _at_text(where(number)), "make paragraphs of it"))
        mended.add("" if number in too_long else f":::{fence[1]}" if fence and line else line, number)
    close(len(lines) - 1, "close it with a line `:::`")
    return mended


def _too_long(lines: list[str]) -> dict[int, bool]:
    """The lines of paragraphs that are too long to read, and whether each is the first of one."""
    found: dict[int, bool] = {}
    start, length = 0, 0
    for number, line in enumerate([*lines, ""]):
        if line:
            length += len(line)
        else:
            if length > _LONGEST:
                found |= {at: at == start for at in range(start, number)}
            start, length = number + 1, 0
    return found


class _Reader:
    """Walks the tokens of one text once, in order, noting problems on the way."""

    def __init__(
        self, tokens: list[Token], where: Where, has_picture: Callable[[str], bool], level: int, unclosed: set[int]
    ) -> None:
        self.tokens = tokens
        self.at = 0
        self.where = where
        self.has_picture = has_picture
        self.level = level
        self.unclosed = unclosed
        self.problems: list[Problem] = []
        self.line = 0
        self.too_deep = False

    # -- parts

    def parts(self) -> Iterator[Part]:
        body: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.type != "container_part_open":
                body += self.block(in_part=False)
                continue
            if body:
                yield Part(BODY, tuple(body))
                body = []
            yield self.div()
        if body:
            yield Part(BODY, tuple(body))

    def div(self) -> Part:
        token = self.next()
        self.line = start = token.map[0] if token.map else self.line
        before = len(self.problems)
        name, every_page = self.div_name(token)
        blocks: list[Block] = []
        while self.tokens[self.at].type != "container_part_close":
            blocks += self.block(in_part=True)
        self.at += 1
        if not blocks and name != SIGNATURE and start not in self.unclosed and len(self.problems) == before:
            hint = "give it words, or leave all of it out with {% if … %}"
            self.problem("E207", f"the part .{name} is empty", start, hint)
        return Part(name, tuple(blocks), every_page)

    def div_name(self, token: Token) -> tuple[str, bool]:
        info = token.info.strip()
        match = _PART.fullmatch(info)
        names = info.strip("{}").replace(".", " ").split() if match else []
        others = [name for name in names if name != _EVERY_PAGE]
        if len(others) != 1:
            hint = "write `::: {.addressee}`, or `::: {.sender .every-page}` to repeat it on every page"
            self.problem("E206", f"{quoted(info)} does not name a part", self.line, hint, info)
            return "", False
        return others[0], _EVERY_PAGE in names

    # -- blocks

    def block(self, *, in_part: bool) -> list[Block]:
        """The block at the cursor; a paragraph of a part is as many lines as it has."""
        token = self.next()
        self.line = token.map[0] if token.map else self.line
        if token.level > _DEEPEST and not self.too_deep:
            self.too_deep = True
            hint = "quote a quotation in one level less"
            self.problem("E205", f"quotes or lists more than {_DEEPEST} deep in each other", self.line, hint)
        match token.type:
            case "paragraph_open":
                lines = self.paragraph_lines(in_part=in_part)
                return [line if isinstance(line, Picture) else Paragraph(line) for line in lines]
            case "heading_open":
                return [self.heading(int(token.tag[1]))]
            case "blockquote_open":
                return [Quote(self.until("blockquote_close", "a quote"))]
            case "bullet_list_open" | "ordered_list_open":
                return [self.item_list(token)]
            case "table_open":
                return [self.table()]
            case "container_part_close":
                return []
            case _:
                self.unsupported(token)
                return []

    def heading(self, level: int) -> Heading:
        runs = self.one(self.next())
        self.at += 1
        if not runs:
            self.problem("E207", "a heading without words", self.line, "give it words, or take the # out")
        if level > self.level + 1:
            message = f"a heading of level {level} after one of level {self.level or 'none'}"
            hint = f"begin it with {'#' * (self.level + 1)}: who cannot see the page finds the way by the levels"
            self.problem("E219", message, self.line, hint)
        self.level = level
        return Heading(level, runs)

    def until(self, closing: str, what: str) -> tuple[Block, ...]:
        blocks: list[Block] = []
        start, before = self.line, len(self.problems)
        while self.tokens[self.at].type != closing:
            blocks += self.block(in_part=False)
        self.at += 1
        if not blocks and len(self.problems) == before and not self.too_deep:
            self.problem("E207", f"{what} without words", start, "give it words, or take the line out")
        return tuple(blocks)

    def item_list(self, opening: Token) -> ItemList:
        closing = opening.type.replace("_open", "_close")
        items = []
        while (token := self.next()).type != closing:
            self.line = token.map[0] if token.map else self.line
            items.append(self.until("list_item_close", "an entry of a list"))
        return ItemList(tuple(items), opening.type.startswith("ordered"), int(opening.attrs.get("start", 1)))

    def table(self) -> Table:
        rows: list[tuple[tuple[Run, ...], ...]] = []
        cells: list[tuple[Run, ...]] = []
        aligns: list[Align] = []
        while (token := self.next()).type != "table_close":
            if token.type == "th_open":
                aligns.append(_ALIGN.get(str(token.attrs.get("style", "")), "left"))
            if token.type == "tr_open":
                cells = []
                self.line = token.map[0] if token.map else self.line
            elif token.type == "inline":
                cells.append(self.one(token))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
        return Table(rows[0], tuple(rows[1:]), tuple(aligns) if set(aligns) != {"left"} else ())

    def paragraph_lines(self, *, in_part: bool) -> list[tuple[Run, ...] | Picture]:
        token = self.next()
        self.at += 1
        return self.inline(token, in_part=in_part)

    def one(self, token: Token) -> tuple[Run, ...]:
        return next((line for line in self.inline(token, in_part=False) if not isinstance(line, Picture)), ())

    # -- inline

    def inline(self, token: Token, *, in_part: bool) -> list[tuple[Run, ...] | Picture]:
        self.line = token.map[0] if token.map else self.line
        lines: list[tuple[Run, ...] | Picture] = []
        runs: list[Run] = []
        styles = [Run("")]
        for child in token.children or ():
            match child.type:
                case "text" | "text_special":
                    self.check_text(child)
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
                    self.line += child.type == "hardbreak"
        return [*lines, tuple(_merged(runs))] if runs else lines

    def check_text(self, token: Token) -> None:
        """What should have been a link or a span, and what `&…;` stands for; what is written out is found elsewhere."""
        text = token.content
        is_typed = token.type == "text"  # and not behind a backslash, where a bracket is meant
        if is_typed and (brackets := re.search(r"(?:\[[^\[\]]*)?\][({]", text)):
            hint = "write [words](https://…), or [words]{lang=cy}; put a backslash before a [ that is meant"
            self.problem("E205", "this is neither a link nor a language", self.line, hint, brackets[0])
        for at, said in refused(text):
            if text[at] not in self.where(self.line).text:
                self.problem("E110", said, self.line, "take the & … ; out, or write it in words", "&")

    def link(self, token: Token) -> str:
        target = str(token.attrs.get("href", ""))
        if not target:
            self.problem("E205", "a link that leads nowhere", self.line, "write [words](https://…)", "]()")
        elif not target.startswith(_LINKS):
            hint = f"begin it with {', '.join(_LINKS[:-1])} or {_LINKS[-1]}"
            message = f"a link to {quoted(target)} leads nowhere on paper or in a mail"
            self.problem("E205", message, self.line, hint, target)
        if token.attrs.get("title"):
            self.problem("E205", "a link with a title, which no letter shows", self.line, "take the title out", "](")
        return target

    def span(self, token: Token) -> str | None:
        language = str(token.attrs.get("lang", ""))
        if len(token.attrs) != 1 or token.meta or not _LANGUAGE.fullmatch(language):
            hint = "write [words]{lang=cy}, with the language's code: cy is Welsh, fr French"
            self.problem("E205", "words in [ ] { } can only be given a language", self.line, hint, "]{")
        return language or None

    def picture(self, token: Token) -> Picture:
        alt, source = token.content, str(token.attrs.get("src", ""))
        if not alt.strip():
            hint = "write ![What it shows](file), for who cannot see it"
            self.problem("E205", f"the picture {quoted(source)} has no description", self.line, hint, "![")
        folder = posixpath.dirname(self.where(self.line).path)
        path = posixpath.normpath(posixpath.join(folder, unquote(source))).removeprefix("templates/")
        if not self.has_picture(path):
            hint = "put it beside letter.md or letterhead.md, as .png, .jpg or .svg; or mend its name"
            self.problem("E215", f"there is no picture {quoted(source)} for this letter", self.line, hint, source)
        return Picture(path, alt)

    # -- helpers

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def unsupported(self, token: Token) -> None:
        message, hint = _UNSUPPORTED.get(token.type, (f"{token.type} cannot be in a letter", "write a paragraph"))
        if token.content.lstrip().startswith("<!--"):
            hint = "take it out; a remark in letter.md that is not printed is {# written so #}"
        needle = {"code_inline": "`", "html_inline": "<", "image": "!["}.get(token.type, "")
        self.problem("E205", message, self.line, hint, needle)

    def problem(self, code: str, message: str, line: int, hint: str, needle: str = "") -> None:
        """`needle`: what the column is that of, if it is found in the line."""
        place = self.where(line)
        column = place.text.find(needle) + 1 if needle else 0
        place = replace(place, column=column) if column else _at_text(place)
        self.problems.append(Problem(code, message, place, hint))


def _at_text(place: Place) -> Place:
    """A place in a line, at the first character that is no space where no column is known."""
    start = len(place.text) - len(place.text.lstrip()) + 1
    return place if place.column or not place.text.strip() else replace(place, column=start)


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
