"""Tokens of Markdown to parts and blocks of a letter; whatever a letter cannot show is a problem, never dropped."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import unquote

from markdown_it.token import Token

from letters.letter import (
    BODY,
    SIGNATURE,
    Align,
    Block,
    Heading,
    ItemList,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Table,
    plain,
)
from letters.letter.characters import refused
from letters.letter.languages import marked
from letters.letter.markdown.finding import Finding, Where
from letters.letter.markdown.inline import Words, read_inline
from letters.letter.markdown.positions import Points, typed_in_text
from letters.problems import Code, Problem, quoted

_EVERY_PAGE = "every-page"
#: `.addressee`, `{.addressee}`, `{.sender .every-page}`, `{.salutation lang=cy}`, and `addressee` as Pandoc has it.
_PART = re.compile(
    r"\{((?:\s*\.[a-z][a-z0-9-]*)+)(?:\s+lang=([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\s*\}|\.?[a-z][a-z0-9-]*"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: Quotations and lists inside each other deeper than this are a mistake.
_DEEPEST = 10
_ALIGN: Mapping[str, Align] = {"text-align:right": "right", "text-align:center": "centre"}
_LINKS = ("https://", "http://", "mailto:")
_UNSUPPORTED = {
    "code_block": ("text indented by four spaces or more", "begin the line at the left margin"),
    "fence": ("a code block (``` or ~~~) cannot be in a letter", "take its first and last line out"),
    "hr": ("a horizontal rule cannot be in a letter", "take the line out"),
    "html_block": ("HTML cannot be in a letter", "write Markdown; put a backslash before a < that is meant"),
    "html_inline": ("HTML cannot be in a letter", "write Markdown; put a backslash before a < that is meant"),
    "code_inline": ("code between ` and ` cannot be in a letter", "take the ` out; write ' for a quotation mark"),
    "image": (
        "a picture cannot be in a paragraph",
        "put it in letter.md, on a line of its own, between the lines ::: {.figure} and :::",
    ),
    "container_part_open": ("a part (:::) cannot be in a list or a quote", "move it to the left margin"),
}


class Reader:
    """Walks the tokens of one text once, in order, noting problems on the way.

    `typed`: where the words of each innermost block read so far were typed.
    """

    def __init__(
        self,
        tokens: list[Token],
        where: Where,
        has_picture: Callable[[str], bool],
        level: int | None,
        unclosed: set[int],
        is_data: Callable[[int], bool] = lambda _: False,
    ) -> None:
        self.tokens = tokens
        self.at = 0
        self.where = where
        self.has_picture = has_picture
        self.level = level
        self.unclosed = unclosed
        self.is_data = is_data
        self.has_title = False
        self.problems: list[Problem] = []
        self.typed: list[Points] = []
        self.line = 0
        self.too_deep = False
        self.depth = 0
        self.lists = 0

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
        name, every_page, language = self.div_name(token)
        blocks: list[Block] = []
        while self.tokens[self.at].type != "container_part_close":
            blocks += self.block(in_part=True)
        self.at += 1
        if not blocks and name != SIGNATURE and start not in self.unclosed and len(self.problems) == before:
            hint = "give it words, or leave all of it out with {% if … %}"
            self.problem(Code.NO_WORDS, f"the part .{name} is empty", start, hint)
        part = Part(name, tuple(blocks), every_page)
        return marked(part, language) if language else part

    def div_name(self, token: Token) -> tuple[str, bool, str]:
        """The name of a part, whether it is repeated, and the language of its words where that is said."""
        info = token.info.strip()
        match = _PART.fullmatch(info)
        names = (match[1] or match[0]).replace(".", " ").split() if match else []
        others = [name for name in names if name != _EVERY_PAGE]
        if len(others) != 1:
            hint = "write `::: {.addressee}`, or `::: {.sender .every-page}` to repeat it on every page"
            self.problem(Code.BROKEN_PART, f"{quoted(info)} does not name a part", self.line, hint, info)
            return "", False, ""
        return others[0], _EVERY_PAGE in names, (match[2] if match else "") or ""

    # -- blocks

    def block(self, *, in_part: bool) -> list[Block]:
        """The block at the cursor; a paragraph of a part is as many lines as it has."""
        token = self.next()
        self.line = token.map[0] if token.map else self.line
        match token.type:
            case "paragraph_open":
                return self.paragraph(in_part=in_part)
            case "heading_open":
                return [self.heading(int(token.tag[1]), is_underlined=token.markup in ("=", "-"))]
            case "blockquote_open":
                with self.inside():
                    return [Quote(self.until("blockquote_close", "a quote"))]
            case "bullet_list_open" | "ordered_list_open":
                with self.inside():
                    self.lists += 1
                    listed = self.item_list(token)
                    self.lists -= 1
                    return [listed]
            case "table_open":
                return [self.table()]
            case "container_part_close":
                return []
            case _:
                self.unsupported(token)
                return []

    @contextmanager
    def inside(self) -> Iterator[None]:
        """In one more quotation or list."""
        self.depth += 1
        if self.depth > _DEEPEST and not self.too_deep:
            self.too_deep = True
            hint = "take one level of lists or quotations out"
            self.problem(
                Code.NOT_IN_LETTERS, f"quotations and lists more than {_DEEPEST} deep in each other", self.line, hint
            )
        yield
        self.depth -= 1

    def heading(self, level: int, *, is_underlined: bool) -> Heading:
        runs = self.one(self.next())
        self.at += 1
        if not runs:
            self.problem(Code.NO_WORDS, "a heading without words", self.line, "give it words, or take the # out")
        if not is_underlined:
            self.check_level(level)
        return Heading(level, runs)

    def check_level(self, level: int) -> None:
        if self.level is not None and level > self.level + 1:
            message = f"a heading of level {level} after one of level {self.level or 'none'}"
            hint = f"begin it with {'#' * (self.level + 1)}: who cannot see the page finds the way by the levels"
            self.problem(Code.SKIPPED_HEADING_LEVEL, message, self.line, hint)
        if level == 1 and self.has_title and not self.lists and self.is_data(self.line):
            hint = "begin it with ##; put a backslash before the # if it is meant"
            self.problem(Code.SKIPPED_HEADING_LEVEL, "a second title in the letter", self.line, hint, "#")
        self.has_title |= level == 1
        self.level = level

    def until(self, closing: str, what: str) -> tuple[Block, ...]:
        blocks: list[Block] = []
        start, before = self.line, len(self.problems)
        while self.tokens[self.at].type != closing:
            blocks += self.block(in_part=False)
        self.at += 1
        if not blocks and len(self.problems) == before and not self.too_deep:
            self.problem(Code.NO_WORDS, f"{what} without words", start, "give it words, or take the line out")
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

    def paragraph(self, *, in_part: bool) -> list[Block]:
        token = self.next()
        self.at += 1
        lines = self.inline(token, in_part=in_part)
        return [line if isinstance(line, Picture) else Paragraph(line) for line in lines]

    def one(self, token: Token) -> tuple[Run, ...]:
        lines = [line for line in self.inline(token, in_part=False) if not isinstance(line, Picture)]
        if not lines:
            self.typed.append(())
        return lines[0] if lines else ()

    # -- inline

    def inline(self, token: Token, *, in_part: bool) -> list[tuple[Run, ...] | Picture]:
        start = token.map[0] if token.map else self.line
        read = read_inline(token.content, in_part=in_part)
        for line, child in read.doubtful:
            self.line = start + line
            self.judge(child)
        lines: list[tuple[Run, ...] | Picture] = []
        for found in read.lines:
            if isinstance(found, Words):
                lines.append(found.runs)
                self.typed.append(tuple(typed_in_text(token, found.typed, len(plain(found.runs)))))
            else:
                self.line = start + found[0]
                lines.append(self.picture(found[1]))
        return lines

    def judge(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self.check_text(token)
            case "link_open":
                self.check_link(token)
            case "span_open":
                self.check_span(token)
            case "link_close" | "span_close":
                self.without_words()
            case "hardbreak":
                self.forced_line_end()
            case _:
                self.unsupported(token)

    def check_text(self, token: Token) -> None:
        """What should have been a link or a span, and what `&…;` stands for; what is written out is found elsewhere."""
        text = token.content
        is_typed = token.type == "text"  # and not behind a backslash, where a bracket is meant
        if is_typed and (brackets := re.search(r"(?:\[[^\[\]]*)?\][({]", text)):
            hint = "write [words](https://…), or [words]{lang=cy}; put a backslash before a [ that is meant"
            self.problem(Code.NOT_IN_LETTERS, "this is neither a link nor a language", self.line, hint, brackets[0])
        for at, said in refused(text):
            if text[at] not in self.where(self.line).text:
                self.problem(
                    Code.UNPRINTABLE_CHARACTER, said, self.line, "take the & … ; out, or write it in words", "&"
                )

    def check_link(self, token: Token) -> None:
        target = str(token.attrs.get("href", ""))
        if not target:
            self.problem(Code.NOT_IN_LETTERS, "a link that leads nowhere", self.line, "write [words](https://…)", "]()")
        elif not target.lower().startswith(_LINKS):
            hint = f"begin it with {', '.join(_LINKS[:-1])} or {_LINKS[-1]}"
            if re.fullmatch(r"\(?\w{1,4}\)?", target):
                hint = rf"put backslashes before the brackets, \[…\]({target}), if they are meant; {hint}"
            message = f"a link to {quoted(target)} leads nowhere on paper or in a mail"
            self.problem(Code.NOT_IN_LETTERS, message, self.line, hint, target)
        elif target.endswith((".", ",", ";", ":")):
            message = f"the address {quoted(target)} ends in a mark that belongs to the sentence"
            self.problem(Code.NOT_IN_LETTERS, message, self.line, "put the mark behind the link", target)
        if token.attrs.get("title"):
            self.problem(
                Code.NOT_IN_LETTERS, "a link with a title, which no letter shows", self.line, "take the title out", "]("
            )

    def without_words(self) -> None:
        hint = "write words between [ and ], or take it out"
        self.problem(
            Code.NO_WORDS, "a link or language without words, of which nothing is printed", self.line, hint, "["
        )

    def check_span(self, token: Token) -> None:
        language = str(token.attrs.get("lang", ""))
        if len(token.attrs) != 1 or token.meta or not _LANGUAGE.fullmatch(language):
            hint = "write [words]{lang=cy}, with the language's code: cy is Welsh, fr French"
            self.problem(Code.NOT_IN_LETTERS, "words in [ ] { } can only be given a language", self.line, hint, "]{")

    def picture(self, token: Token) -> Picture:
        alt, source = token.content, str(token.attrs.get("src", ""))
        if not alt.strip():
            hint = "write ![What it shows](file), for who cannot see it"
            self.problem(Code.NOT_IN_LETTERS, f"the picture {quoted(source)} has no description", self.line, hint, "![")
        folder = posixpath.dirname(self.where(self.line).path)
        path = posixpath.normpath(posixpath.join(folder, unquote(source))).removeprefix("templates/").removeprefix("/")
        if not self.has_picture(path):
            hint = "put it beside letter.md or letterhead.md, as .png, .jpg or .svg; or mend its name"
            self.problem(
                Code.UNUSABLE_PICTURE, f"there is no picture {quoted(source)} for this letter", self.line, hint, source
            )
        return Picture(path, alt)

    # -- helpers

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def forced_line_end(self) -> None:
        sign = "the backslash" if self.where(self.line).text.rstrip().endswith("\\") else "the two blanks"
        hint = f"take {sign} at the end of the line out, or begin a paragraph, or a part, where lines are kept"
        self.problem(Code.NOT_IN_LETTERS, "a forced line end cannot be in a paragraph", self.line, hint)

    def unsupported(self, token: Token) -> None:
        message, hint = _UNSUPPORTED.get(token.type, (f"{token.type} cannot be in a letter", "write a paragraph"))
        if token.content.lstrip().startswith("<!--"):
            hint = "take it out; a remark in letter.md that is not printed is {# written so #}"
        needle = {"code_inline": "`", "html_inline": "<", "image": "!["}.get(token.type, "")
        self.problem(Code.NOT_IN_LETTERS, message, self.line, hint, needle)

    def problem(self, code: Code, message: str, line: int, hint: str, needle: str = "") -> None:
        """`needle`: what the column is that of, if it is found in the line."""
        self.problems.append(Finding(code, message, line, hint, needle).problem(self.where))
