"""Markdown with fenced divs to parts of a letter; whatever a letter cannot show is a problem, never dropped.

What Markdown would do with a line is often not what its writer meant: `blocks`, `lists`, `lines` and `marks` find that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from markdown_it.token import Token

from letters.letter import BODY, Block, Paragraph, Part, Run, innermost
from letters.letter.markdown.blocks import block_findings
from letters.letter.markdown.dialect import block_tokens
from letters.letter.markdown.fences import Mended, mended_lines
from letters.letter.markdown.finding import Finding, Where
from letters.letter.markdown.marks import lone_findings
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
    return _by_lines(text) or _whole(text)


def _whole(text: str) -> Reading:
    mended = mended_lines(_LINE_END.split(text), _nowhere)
    reader = Reader(_tokens(text, mended), _nowhere, lambda _: True, None, mended.unclosed)
    return Reading(tuple(reader.parts()), tuple(reader.typed))


# -- all possible letters are read, and in most of their paragraphs they are the same

#: With blank lines around it such a line mostly is a paragraph, whatever stands in it.
_PARAGRAPH = re.compile(r"[A-Za-z“‘(].*[^\s\\]")
#: Stands for a paragraph while the blocks of a text are found.
_STAND_IN = "x"


def _by_lines(text: str) -> Reading | None:
    """The same as `_whole`: the blocks of the text as they are whatever its lone lines say, and what these say, each
    read once; None where that cannot be told."""
    lines = text.split("\n")
    alone = set(lone_lines(lines)) if "\r" not in text else set()
    frame = [_STAND_IN if number in alone else line for number, line in enumerate(lines)]
    said = {number: one for number in alone if (one := _line(lines[number]))}
    if not alone or len(said) < len(alone):
        return None
    found, begins = _frame("\n".join(frame)), _begins(lines)
    in_frame = _begins(frame)

    def place(at: int) -> tuple[int, int]:
        number = bisect_right(in_frame, at) - 1
        return number, begins[number] + at - in_frame[number]

    parts, typed, points = [], list[Points](), iter(found.typed)
    for part in found.parts:
        blocks: list[Block] = []
        for block in part.blocks:
            own = [next(points) for _ in innermost(block)]
            number = place(own[0][0][1])[0] if own and own[0] else -1
            if number in said:
                if not isinstance(block, Paragraph) or part.name != BODY:
                    return None
                runs, inner = said.pop(number)
                blocks.append(Paragraph(runs))
                typed.append(tuple((start, at + begins[number]) for start, at in inner))
            else:
                blocks.append(block)
                typed += [tuple((start, place(at)[1]) for start, at in one) for one in own]
        parts.append(replace(part, blocks=tuple(blocks)))
    return None if said else Reading(tuple(parts), tuple(typed))


def lone_lines(lines: Sequence[str]) -> Iterator[int]:
    """The lines of the body that are paragraphs by themselves."""
    inside = False
    for number, (before, line, after) in enumerate(zip(["", *lines], lines, [*lines[1:], ""], strict=False)):
        inside ^= line.startswith(":::")
        if not (inside or before or after) and _PARAGRAPH.fullmatch(line):
            yield number


@lru_cache(maxsize=64)
def _frame(text: str) -> Reading:
    return _whole(text)


@lru_cache(maxsize=4096)
def _line(line: str) -> tuple[tuple[Run, ...], Points] | None:
    """What a paragraph of one line says; None if it is none after all."""
    match _whole(line):
        case Reading((Part("body", (Paragraph(runs),)),), (typed,)):
            return runs, typed
    return None


def _begins(lines: Iterable[str]) -> list[int]:
    """Where each line begins in the text that they make."""
    return [*accumulate((len(line) + 1 for line in lines), initial=0)]


def parse_parts(
    text: str,
    where: Where,
    has_picture: Callable[[str], bool] = lambda _: True,
    above: int | None = 0,
    is_data: Callable[[int], bool] = lambda _: False,
) -> tuple[tuple[Part, ...], list[Problem]]:
    """The parts in `text`; all that stands outside divs is `body`, in as many pieces as divs cut it into.

    `has_picture`: whether there is a picture at a path below `templates/`. `above`: the level of the heading above,
    or None where that is not known. `is_data`: whether a line is of the data, which has no titles of its own.
    """
    mended = mended_lines(_LINE_END.split(text), where)
    tokens = _tokens(text, mended)

    def place(line: int) -> Place:
        return where(mended.origins[min(line, len(mended.origins) - 1)])

    def is_of_data(line: int) -> bool:
        return is_data(mended.origins[min(line, len(mended.origins) - 1)])

    reader = Reader(tokens, place, has_picture, above, mended.unclosed, is_of_data)
    parts = tuple(reader.parts())
    meant = [finding.problem(place) for finding in block_findings(tokens, mended.lines)]
    return parts, [*mended.problems, *reader.problems, *meant]


def lone_signs(text: str) -> Iterator[Finding]:
    """The stars and underscores of a text that stress nothing and stand alone."""
    yield from lone_findings(block_tokens(text.split("\n"), {}))


def _nowhere(_line: int) -> Place:
    return Place("")


def _tokens(text: str, mended: Mended) -> list[Token]:
    """The tokens of the mended lines of `text`, which know where in `text` they stand."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    begins = accumulate((len(line) + 1 for line in mended.lines), initial=0)
    shifts = [starts[origin] - begin for origin, begin in zip(mended.origins, begins, strict=False)]
    return block_tokens(mended.lines, {SHIFTS: shifts})


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
    tokens = block_tokens([text], {})
    return [token.type for token in tokens if token.level == 0 and token.nesting > 0] == ["paragraph_open"]
