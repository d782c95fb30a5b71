"""The dialect: CommonMark's paragraphs, headings, emphasis, block quotes, lists and links, GitHub's tables, and after
Pandoc the fenced div `::: {.part}` and the span `[words]{lang=cy}`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from letters.letter.markdown.positions import InlineParser, note_positions


@cache
def parser() -> MarkdownIt:
    """The one parser of letters."""
    # Without text_join, what stood behind a backslash stays apart from what did not.
    # It counts a list twice, and leaves out without a word what is deeper than it may go.
    md = MarkdownIt()
    md.inline = InlineParser()
    md.configure("commonmark", {"maxNesting": 100}).enable("table").disable(["reference", "text_join"])
    container_plugin(md, "part", validate=lambda _params, _markup: True)
    attrs_plugin(md, after=(), spans=True)
    note_positions(md)
    return md


def block_tokens(lines: Iterable[str], env: EnvType) -> list[Token]:
    """The tokens of the lines of a text."""
    # The plugin of `:::` looks at the first character of a line even where the text ends before it.
    return parser().parse("\n".join([*lines, ""]), env)


def inline_tokens(source: str) -> list[Token]:
    """The tokens of the source of one block."""
    md = parser()
    return md.inline.parse(source, md, {}, [])
