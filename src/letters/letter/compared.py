"""Two texts compared word by word: what is the same, what was removed and what was added, from left to right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from letters.letter.quotes import smart_quotes

#: Texts that share less than this part of their words are not versions of one another.
ALIKE = 0.4

#: Parts passages in a text of several.
BREAK = "\n"


class Op(StrEnum):
    """What became of a stretch of text. `MOVED`, first and without a text: the whole passage stands elsewhere."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"


class Piece(NamedTuple):
    """A stretch of text and what became of it."""

    op: Op
    text: str


@lru_cache(maxsize=16384)
def compare_texts(before: str, after: str, known: tuple[str, ...] = ()) -> tuple[Piece, ...]:
    """Two texts word by word. `known`: texts that are taken as one word each."""
    if before == after:
        return (Piece(Op.SAME, before),)
    if shared_words(before, after)[1] < ALIKE and BREAK not in before + after:
        return Piece(Op.REMOVED, before), Piece(Op.ADDED, after)
    steps = _steps(tokens(before, known), tokens(after, known))
    return tuple(_pieces(_shifted(_without_islands(steps))))


def tokens(text: str, known: Sequence[str] = ()) -> list[str]:
    """The words of a text, and what is between them, white space and punctuation a character each."""
    return _tokeniser(tuple(known)).findall(text)


@lru_cache(maxsize=1024)
def _tokeniser(known: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted((text for text in known if text), key=len, reverse=True)
    values = "".join(rf"(?<!\w){re.escape(text)}(?!\w)|" for text in longest_first)
    return re.compile(rf"{values}\w+(?:['-]\w+|[.,](?=\d)\w+)*|\s|[^\w\s]", re.S)


#: Tokens that are the same on both sides, or those removed and those added in one place.
_Step = tuple[list[str], list[str], list[str]]


def _steps(old: list[str], new: list[str]) -> list[_Step]:
    steps: list[_Step] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        steps.append((old[a:b], [], []) if op == "equal" else ([], old[a:b], new[c:d]))
    return steps


def _without_islands(steps: list[_Step]) -> list[_Step]:
    """Semantic cleanup: what is the same between two changes, and shorter than both, only happens to be the same."""
    joined = list(steps)
    number = 1
    while number < len(joined) - 1:
        left, (same, _, _), right = joined[number - 1 : number + 2]
        if same and not left[0] and not right[0] and _is_island(same, left, right):
            joined[number - 1 : number + 2] = [([], left[1] + same + right[1], left[2] + same + right[2])]
            number = max(number - 2, 1)
        else:
            number += 1
    return joined


def _is_island(same: list[str], left: _Step, right: _Step) -> bool:
    if BREAK in same:
        return False
    if not any(re.match(r"\w", token) for token in same):
        return True
    size = len("".join(same))
    return all(size <= max(len("".join(step[1])), len("".join(step[2]))) for step in (left, right))


def _shifted(steps: list[_Step]) -> list[_Step]:
    """Lossless shift: each insertion or removal that could stand in several places, in the one that reads best."""
    slid = list(steps)
    for number, (same, removed, added) in enumerate(slid):
        if same or (removed and added):
            continue
        run = removed or added
        before = slid[number - 1][0] if number else []
        after = slid[number + 1][0] if number + 1 < len(slid) else []
        line, size = before + run + after, len(run)
        first = last = len(before)
        while first > 0 and line[first - 1] == line[first + size - 1]:
            first -= 1
        while last + size < len(line) and line[last] == line[last + size]:
            last += 1
        if first == last:
            continue
        at = max(range(first, last + 1), key=lambda start: (_reads(line, start, size), -start))
        run = line[at : at + size]
        slid[number] = ([], run if removed else [], run if added else [])
        around = [(line[:at], [], []), slid[number], (line[at + size :], [], [])]
        slid[max(number - 1, 0) : number + 2] = [step for step in around if step != ([], [], [])]
    return slid


def _reads(line: list[str], start: int, size: int) -> int:
    """How well a run reads that begins at `start` of `line`: best as whole sentences, then as whole words."""
    earlier = "".join(line[max(start - 3, 0) : start])
    run = "".join(line[start : start + size])
    ends = run.endswith(" ") or start + size == len(line)
    if (not earlier or re.search(r"[.?!]['\")]?\s$", earlier)) and ends:
        return 3
    if re.search(r"[.?!]['\")]?$", run) and run.startswith(" "):
        return 2
    return 1 if (not earlier or earlier.endswith((" ", BREAK))) and ends else 0


def _pieces(steps: Iterable[_Step]) -> Iterator[Piece]:
    for same, removed, added in steps:
        for op, run in ((Op.SAME, same), (Op.REMOVED, removed), (Op.ADDED, added)):
            if run:
                yield Piece(op, "".join(run))


# -- how much two texts share


@lru_cache(maxsize=65536)
def shared_words(before: str, after: str) -> tuple[float, float]:
    """How many words two texts share, and which part of all their words that is (from 0 to 1)."""
    old, new = word_counts(before), word_counts(after)
    few, many = (old, new) if len(old) < len(new) else (new, old)
    shared = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return shared, 2 * shared / max(old.total() + new.total(), 1)


def share_within(text: str, other: str) -> float:
    """Which part of the words of `text` is in `other`."""
    return shared_words(text, other)[0] / max(word_counts(text).total(), 1)


@lru_cache(maxsize=8192)
def word_counts(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()) or [text])


def as_set(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces of a passage with quotation marks and apostrophes as letters have them, and not as words are compared."""
    was = smart_quotes("".join(text for op, text in pieces if op is not Op.ADDED))
    now = smart_quotes("".join(text for op, text in pieces if op is not Op.REMOVED))
    found, a, b = list[Piece](), 0, 0
    for op, text in pieces:
        size = len(text)
        found.append(Piece(op, was[a : a + size] if op is Op.REMOVED else now[b : b + size]))
        a += size if op is not Op.ADDED else 0
        b += size if op is not Op.REMOVED else 0
    return tuple(found)
