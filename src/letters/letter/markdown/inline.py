"""The source of one block to the words of its lines, and to what has to be judged where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.token import Token

from letters.letter import Run
from letters.letter.markdown.dialect import inline_tokens
from letters.letter.markdown.positions import Points, position

#: A piece of words: how it is set, its text, and where in the source of its block it begins.
_Piece = tuple[Run, str, int]
#: Tokens that are sound wherever they stand.
_SOUND = frozenset({"softbreak", "strong_open", "strong_close", "em_open", "em_close", "link_close", "span_close"})


@dataclass(frozen=True)
class Words:
    """The words of one line, and where in the source of its block they were typed."""

    runs: tuple[Run, ...] = ()
    typed: Points = ()


@dataclass(frozen=True)
class Inline:
    """What the source of a block says: its lines, a picture being its line (from 0) and its token.

    `doubtful`: line and token of what may be no part of a letter.
    """

    lines: tuple[Words | tuple[int, Token], ...]
    doubtful: tuple[tuple[int, Token], ...]


# Of many letters most blocks are the same.
@lru_cache(maxsize=1024)
def read_inline(source: str, *, in_part: bool) -> Inline:
    """What the source of a block says. `in_part`: whether each of its lines is kept as one."""
    lines: list[Words | tuple[int, Token]] = []
    doubtful: list[tuple[int, Token]] = []
    pieces: list[_Piece] = []
    styles = [Run("")]
    said, before = 0, [0]  # how many texts have words, and how many had when each style began
    line = 0
    for child in inline_tokens(source):
        match child.type:
            case "image" if in_part and not pieces:
                lines.append((line, child))
                continue
            case "text" | "text_special":
                pieces.append((styles[-1], child.content, position(child)))
                said += bool(child.content.strip())
            case "softbreak" | "hardbreak" if in_part:
                lines += _words(pieces)
                pieces = []
            case "softbreak" | "hardbreak":
                pieces.append((styles[-1], " ", position(child)))
            case "strong_open" | "em_open" | "link_open" | "span_open":
                styles.append(_styled(styles[-1], child))
                before.append(said)
            case "strong_close" | "em_close" | "link_close" | "span_close":
                styles.pop()
                if before.pop() == said:
                    doubtful.append((line, child))
        is_told = child.type == "hardbreak" and any(other.type == "hardbreak" for _, other in doubtful)
        if not is_told and not _is_sound(child, in_part=in_part):
            doubtful.append((line, child))
        line += child.type in ("softbreak", "hardbreak")
    return Inline((*lines, *_words(pieces)), tuple(doubtful))


def _styled(style: Run, opening: Token) -> Run:
    """The style of what stands behind an opening token."""
    match opening.type:
        case "strong_open":
            return replace(style, bold=True)
        case "em_open":
            return replace(style, italic=True)
        case "link_open":
            return replace(style, href=str(opening.attrs.get("href", "")))
        case _:
            return replace(style, lang=str(opening.attrs.get("lang", "")) or None)


def _is_sound(token: Token, *, in_part: bool) -> bool:
    if token.type in ("text", "text_special"):
        return token.content.isascii() and token.content.isprintable() and "]" not in token.content
    return token.type in _SOUND or (token.type == "hardbreak" and in_part)


def _words(pieces: Sequence[_Piece]) -> Iterator[Words]:
    """Pieces with neighbours of the same style made one, and the white space at both ends gone; of none, nothing."""
    merged: list[tuple[Run, str]] = []
    for style, text, _ in pieces:
        if merged and merged[-1][0] == style:
            merged[-1] = (style, merged[-1][1] + text)
        else:
            merged.append((style, text))
    if not merged:
        return
    cut = len(merged[0][1]) - len(merged[0][1].lstrip(" \t"))
    merged[0] = (merged[0][0], merged[0][1][cut:])
    merged[-1] = (merged[-1][0], merged[-1][1].rstrip(" \t"))
    runs = tuple(replace(style, text=text) for style, text in merged if text)
    yield Words(runs, tuple(_points(pieces, cut)))


def _points(pieces: Sequence[_Piece], cut: int) -> Iterator[tuple[int, int]]:
    """Where the pieces were typed, `cut` characters at the beginning gone; one that only goes on has no point."""
    at, shift = -cut, None
    for _, text, begin in pieces:
        if text and at + len(text) > 0 and begin - at != shift:
            shift = begin - at
            yield max(at, 0), max(at, 0) + shift
        at += len(text)
