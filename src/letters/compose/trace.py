"""Where each piece of a composed letter comes from: the template's line, and the phrase, if it is one.

The marks of a rendered template are taken out before it is read (see `environment`). Each character of the words that
the letter then has knows where it was typed, and what the marks say of that place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

from letters.compose.marks import MARK
from letters.letter import BODY, Run, innermost, normalise, plain
from letters.letter.markdown import read
from letters.letter.markdown.positions import Points
from letters.letter.sentences import sentence_starts


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

    @cached_property
    def sentences(self) -> tuple[TracedBlock, ...]:
        """The block's sentences, each with its own pieces."""
        starts = (0, *sentence_starts(self.text), len(self.text))
        return tuple(self._cut(start, end) for start, end in pairwise(starts))

    def _cut(self, start: int, end: int) -> TracedBlock:
        inside = (span for span in self.spans if span.start < end and span.end > start)
        cut = (replace(span, start=max(span.start - start, 0), end=min(span.end, end) - start) for span in inside)
        return TracedBlock(self.part, self.text[start:end].rstrip(), tuple(cut), self.running)

    def marked(self, language: str) -> TracedBlock:
        """The block, its words marked as a language where nothing else is said of them."""
        spans = tuple(span if span.lang else replace(span, lang=language) for span in self.spans)
        return replace(self, spans=spans)

    def at(self, position: int) -> Span | None:
        """The piece that a position of the text is in, or the last one before it."""
        before = [span for span in self.spans if span.start <= position]
        return before[-1] if before else next(iter(self.spans), None)


#: What the marks say of a place: the path, the line, the phrase, and the language that the words there are in.
_Origin = tuple[str, int, str, str]
#: From which character of some words on, and where they come from.
_Pieces = tuple[tuple[int, _Origin], ...]


# The letterhead is the same in every letter of a batch.
@lru_cache(maxsize=64)
def traced_blocks(marked: str, path: str, verdict_path: str) -> tuple[TracedBlock, ...]:
    """The blocks of a rendered template with marks, in order. `verdict_path`: the file that `v` marks are lines of."""
    return tuple(block for block, _, _ in placed_blocks(MARK.split(marked), path, verdict_path))


def placed_blocks(pieces: list[str], path: str, verdict_path: str) -> Iterator[tuple[TracedBlock, int, int]]:
    """The blocks of a rendered template, and from where to where in its text without marks each was typed."""
    text = "".join(pieces[::2])
    reading, origins = read(text), _Origins(pieces, path, verdict_path)
    typed = iter(reading.typed)
    for part in reading.parts:
        for runs, is_prose in (one for block in part.blocks for one in innermost(block)):
            points, said = next(typed), plain(runs)
            if said.strip():
                running = is_prose and part.name == BODY and not _is_title(runs, points, text)
                block = _block(part.name, said, origins.pieces(runs, points, len(said)), running)
                yield block, points[0][1], points[-1][1] + len(said) - points[-1][0]


def _is_title(runs: tuple[Run, ...], points: Points, text: str) -> bool:
    """Whether a paragraph stands for a heading: one line, bold as a whole, that ends no sentence."""
    said = plain(runs)
    is_line = "\n" not in text[points[0][1] : points[-1][1] + len(said) - points[-1][0]]
    return is_line and all(run.bold for run in runs) and not said.endswith((".", "?", "!", ":", ";"))


# Of two letters most blocks are the same.
@lru_cache(maxsize=4096)
def _block(part: str, said: str, pieces: _Pieces, running: bool) -> TracedBlock:
    """What is said as words are compared, and its pieces."""
    text = normalise(said)
    starts = [start for start, _ in pieces]
    if len(text) != len(said):  # white space is folded, or accents are made one with their letters
        starts = [min(len(normalise(f"{said[:start]}x")) - 1, len(text)) for start in starts]
    ends = [*starts[1:], len(text)]
    spans = (Span(start, end, *origin) for start, end, (_, origin) in zip(starts, ends, pieces, strict=True))
    return TracedBlock(part, text, tuple(span for span in spans if span.start < span.end), running)


class _Origins:
    """What the marks of a rendered template say of the places of its text."""

    def __init__(self, pieces: list[str], path: str, verdict_path: str) -> None:
        at, file, line, phrase = 0, path, 1, ""
        self.starts, self.origins = [at], [(file, line, phrase, "")]
        at = len(pieces[0])
        for mark, text in zip(pieces[1::2], pieces[2::2], strict=True):
            match mark[0]:
                case "+":
                    phrase = mark[1:]
                case "-":
                    phrase = ""
                case "u":
                    at += len(text)
                    continue
                case "v":
                    file, line = verdict_path, int(mark[1:])
                case _:
                    file, line = path, int(mark)
            self.starts.append(at)
            self.origins.append((file, line, phrase, ""))
            at += len(text)

    def pieces(self, runs: tuple[Run, ...], points: Points, length: int) -> _Pieces:
        """Where the words of a block come from, so many characters, which were typed at `points`."""
        found = dict(self._by_marks(points, length))
        if any(run.lang for run in runs):
            found = dict(_by_language(runs, found))
        return tuple(next(same) for _, same in groupby(found.items(), itemgetter(1)))

    def _by_marks(self, points: Points, length: int) -> Iterator[tuple[int, _Origin]]:
        for (start, typed), (end, _) in pairwise((*points, (length, 0))):
            first = bisect_right(self.starts, typed)
            yield start, self.origins[first - 1]
            for mark in range(first, bisect_left(self.starts, typed + end - start)):
                yield start + self.starts[mark] - typed, self.origins[mark]


def _by_language(runs: tuple[Run, ...], pieces: Mapping[int, _Origin]) -> Iterator[tuple[int, _Origin]]:
    """The pieces, cut where a language begins or ends."""
    at = 0
    ends = [*pieces, sum(len(run.text) for run in runs)][1:]
    for run in runs:
        for (start, origin), end in zip(pieces.items(), ends, strict=True):
            if start < at + len(run.text) and end > at:
                yield max(start, at), (*origin[:3], run.lang or "")
        at += len(run.text)
