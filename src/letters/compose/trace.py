"""Where each piece of a composed letter comes from: the template's line, and the phrase, if it is one.

Read off a rendered template whose marks are still in it (see `environment`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from letters.compose.marks import MARK
from letters.letter import BODY, fold
from letters.letter.sentences import sentence_starts

#: Markdown that is no word: the markers of quotations, headings and items at the beginning of a line.
_LEADING = re.compile(r"\s*(?:(?:>|#{1,6}|[-*+]|\d{1,9}[.)])(?:\s+|$))*")
#: What is no word inside a line: escapes, links, languages and emphasis; a _ between letters is a letter's.
_INLINE = re.compile(
    r"\\([!-/:-@\[-`{-~])|!?\[([^\]]*)\](?:\([^)]*\)|\{([^}]*)\})"
    r"|(?<=\S)\*+|\*+(?=\S)|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)"
)
_LANGUAGE = re.compile(r"\blang=[\"']?([\w-]+)")
_NOT_RUNNING = re.compile(r"(#{1,6}|[-*+]|\d{1,9}[.)])\s")
_TABLE_RULE = re.compile(r"\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
#: A line that is bold as a whole stands for a heading.
_TITLE = re.compile(r"(\*\*|__)(?=\S)[^*_]*[^*_.?!:;]\1")


@dataclass(frozen=True)
class Span:
    """A stretch of a block's text (from, to) and its origin. `phrase`: the id of a phrase, or empty.

    `lang`: the language that it is marked as, where that is not the letter's own.
    """

    start: int
    end: int
    path: str
    line: int
    phrase: str = ""
    lang: str = ""


@dataclass(frozen=True)
class TracedBlock:
    """One block of a letter as words say it, the part it is in, and where its pieces come from.

    `running`: whether it is made of sentences, as paragraphs and quotations are, and headings and addresses are not.
    """

    part: str
    text: str
    spans: tuple[Span, ...]
    running: bool = False

    def sentences(self) -> Iterator[TracedBlock]:
        """The block's sentences, each with its own pieces."""
        start = 0
        for end in (*sentence_starts(self.text), len(self.text)):
            yield self._cut(start, end)
            start = end

    def _cut(self, start: int, end: int) -> TracedBlock:
        inside = (span for span in self.spans if span.start < end and span.end > start)
        cut = (replace(span, start=max(span.start - start, 0), end=min(span.end, end) - start) for span in inside)
        return TracedBlock(self.part, self.text[start:end].rstrip(), tuple(cut), self.running)

    def at(self, position: int) -> Span | None:
        """The piece that a position of the text is in, or the last one before it."""
        before = [span for span in self.spans if span.start <= position]
        return before[-1] if before else next(iter(self.spans), None)


@dataclass
class _Origin:
    """What the marks read so far say about the text that follows."""

    path: str
    line: int = 1
    phrase: str = ""


# The letterhead is the same in every letter of a batch, and of all possible ones.
@lru_cache(maxsize=64)
def traced_blocks(marked: str, path: str, verdict_path: str) -> tuple[TracedBlock, ...]:
    """The blocks of a rendered template with marks, in order. `verdict_path`: the file that `v` marks are lines of."""
    origin = _Origin(path)
    blocks: list[TracedBlock] = []
    part = BODY
    pending: list[tuple[str, Span]] = []
    lines: list[str] = []
    running = True

    def end_block() -> None:
        is_title = len(lines) == 1 and _TITLE.fullmatch(lines[0])
        if block := _block(part, tuple(pending), running and not is_title):
            blocks.append(block)
        pending.clear()
        lines.clear()

    for line in marked.split("\n"):
        pieces = list(_pieces(line, origin, path, verdict_path))
        plain = "".join(text for text, _ in pieces).strip()
        if plain.startswith(":::"):
            end_block()
            name = re.search(r"\.([\w-]+)", plain)
            part = name[1] if name else BODY
        elif not plain or plain == ">" or _PICTURE.fullmatch(plain) or _TABLE_RULE.fullmatch(plain):
            end_block()
        elif plain.startswith("|"):
            end_block()
            blocks += _cells(part, pieces)
        else:
            is_alone = part != BODY or _NOT_RUNNING.match(plain)
            if is_alone:
                end_block()
            running = running and not is_alone if pending else not is_alone
            pending += [*_without_marker(pieces), (" ", pieces[-1][1])]
            lines.append(plain)
            if plain.startswith("#"):
                end_block()
    end_block()
    return tuple(blocks)


def _cells(part: str, pieces: list[tuple[str, Span]]) -> Iterator[TracedBlock]:
    """The cells of one row of a table."""
    cell: list[tuple[str, Span]] = []
    for text, span in pieces:
        first, *others = re.split(r"(?<!\\)\|", text)
        cell.append((first, span))
        for other in others:
            if block := _block(part, tuple(cell), running=False):
                yield block
            cell = [(other, span)]


def _pieces(line: str, origin: _Origin, path: str, verdict_path: str) -> Iterator[tuple[str, Span]]:
    """The texts of a line between marks, each with its origin; `origin` goes on to the next line."""
    for number, piece in enumerate(MARK.split(line)):
        if number % 2 == 0:
            if piece:
                yield piece, Span(0, 0, origin.path, origin.line, origin.phrase)
        elif piece[0] == "+":
            origin.phrase = piece[1:]
        elif piece == "-":
            origin.phrase = ""
        elif piece[0] == "v":
            origin.path, origin.line = verdict_path, int(piece[1:])
        else:
            origin.path, origin.line = path, int(piece)


# Of two letters most blocks are the same.
@lru_cache(maxsize=4096)
def _block(part: str, pieces: tuple[tuple[str, Span], ...], running: bool) -> TracedBlock | None:
    """Pieces of Markdown as one block of words: emphasis, links and backslashes gone, white space folded."""
    characters: list[tuple[str, Span]] = []
    for ch, span in _without_markdown(pieces):
        if not ch.isspace():
            characters.append((ch, span))
        elif characters and characters[-1][0] != " ":
            characters.append((" ", span))
    while characters and characters[-1][0] == " ":
        characters.pop()
    if not characters:
        return None
    text = "".join(ch for ch, _ in characters)
    return TracedBlock(part, fold(text), tuple(_spans(characters)), running)


def _without_markdown(pieces: tuple[tuple[str, Span], ...]) -> Iterator[tuple[str, Span]]:
    characters = [(ch, span) for text, span in pieces for ch in text]
    at = 0
    for match in _INLINE.finditer("".join(ch for ch, _ in characters)):
        yield from characters[at : match.start()]
        group = 1 if match[1] else 2
        inside = characters[match.start(group) : match.end(group)] if match[1] or match[2] else []
        language = _LANGUAGE.search(match[3] or "")
        yield from ((ch, replace(span, lang=language[1])) for ch, span in inside) if language else inside
        at = match.end()
    yield from characters[at:]


def _without_marker(pieces: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The pieces of a line less the marker of a quotation, heading or item that it begins with."""
    leading = _LEADING.match("".join(text for text, _ in pieces))
    left, cut = leading.end() if leading else 0, []
    for text, span in pieces:
        cut.append((text[left:], span))
        left = max(left - len(text), 0)
    return cut


def _spans(characters: list[tuple[str, Span]]) -> Iterator[Span]:
    start = 0
    for at in range(1, len(characters) + 1):
        if at == len(characters) or characters[at][1] != characters[start][1]:
            _, origin = characters[start]
            yield replace(origin, start=start, end=at)
            start = at
