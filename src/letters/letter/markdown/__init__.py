"""Markdown with fenced divs to parts of a letter; whatever a letter cannot show is a problem, never dropped.

What Markdown would do with a line is often not what its writer meant: `blocks`, `lists`, `lines` and `marks` find that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from markdown_it.token import Token

from letters.letter import Part
from letters.letter.markdown.blocks import block_findings
from letters.letter.markdown.dialect import parser
from letters.letter.markdown.fences import Mended, mended_lines
from letters.letter.markdown.finding import Finding, Where
from letters.letter.markdown.positions import SHIFTS, Points
from letters.letter.markdown.reader import Reader
from letters.problems import Code, Place, Problem

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Reading:
    """The parts in a text, and for each of their innermost blocks, top to bottom, where its words were typed."""

    parts: tuple[Part, ...]
    typed: tuple[Points, ...]


def read(text: str) -> Reading:
    """The parts in `text`, whatever is wrong with it."""
    mended = mended_lines(_LINE_END.split(text), _nowhere)
    reader = Reader(_tokens(text, mended), _nowhere, lambda _: True, None, mended.unclosed)
    return Reading(tuple(reader.parts()), tuple(reader.typed))


def parse_parts(
    text: str, where: Where, has_picture: Callable[[str], bool] = lambda _: True, above: int | None = 0
) -> tuple[tuple[Part, ...], list[Problem]]:
    """The parts in `text`; all that stands outside divs is `body`, in as many pieces as divs cut it into.

    `has_picture`: whether there is a picture at a path below `templates/`. `above`: the level of the heading above,
    or None where that is not known.
    """
    mended = mended_lines(_LINE_END.split(text), where)
    tokens = _tokens(text, mended)

    def place(line: int) -> Place:
        return where(mended.origins[min(line, len(mended.origins) - 1)])

    reader = Reader(tokens, place, has_picture, above, mended.unclosed)
    parts = tuple(reader.parts())
    meant = [finding.problem(place) for finding in block_findings(tokens, mended.lines)]
    return parts, [*mended.problems, *reader.problems, *meant]


def _nowhere(_line: int) -> Place:
    return Place("")


def _tokens(text: str, mended: Mended) -> list[Token]:
    """The tokens of the mended lines of `text`, which know where in `text` they stand."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    begins = accumulate((len(line) + 1 for line in mended.lines), initial=0)
    shifts = [starts[origin] - begin for origin, begin in zip(mended.origins, begins, strict=False)]
    return parser().parse("\n".join(mended.lines), {SHIFTS: shifts})


#: A word with a path in it: of a drive, with folders, or of a domain.
_PATH = re.compile(r"(?<!\w)[A-Za-z]:\\|[^\W_]\\(?=[^\W_])|(?<!\w)[A-Z][A-Z0-9-]+\\[_#$~]")
#: A backslash in it that is not printed, for what stands behind it.
_LOST = re.compile(r"(?<=[\w:.*\\])\\(?=[!-/:-@\[-`{-~])")


def backslash_problems(text: str, where: Where) -> Iterator[Problem]:
    r"""Backslashes of paths that would not be printed: of `\\server` one of two, of `C:\_old` the only one."""
    for number, line in enumerate(text.split("\n")):
        if re.search(r"(?<![\w\\:])\\\\(?=\w)", line):
            hint = r"write four: \\\\server\share"
            yield Finding(Code.LOST_BACKSLASH, "of two backslashes one is printed", number, hint, "\\\\").problem(where)
            continue
        for word in re.findall(r"\S+", line):
            lost = _LOST.search(word) if _PATH.search(word) and "\\\\" not in word else None
            if lost:
                sign = word[lost.start() : lost.end() + 1]
                message = f"of {sign} the backslash is not printed"
                hint = rf"write two backslashes in a path: \{sign}"
                yield Finding(Code.LOST_BACKSLASH, message, number, hint, sign).problem(where)
                break


def is_one_paragraph(text: str) -> bool:
    """Whether a Markdown text is a single paragraph, which can stand inside a line of words."""
    return [token.type for token in parser().parse(text) if token.level == 0 and token.nesting > 0] == [
        "paragraph_open"
    ]
