"""What a line end on paper stands for: a space, or nothing where a word goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from letters.letter import Run, normalise, plain
from letters.review.compare.content import Passage


def settled(passages: Iterable[Passage], vocabulary: AbstractSet[str], *, divides: bool) -> tuple[Passage, ...]:
    """The passages with each line end as what it stands for: a space, or nothing where a word goes on.

    On paper nobody can tell which; `vocabulary`, words of this letter or the other, decides where it can. `divides`:
    whether the program that made the file may have divided words.
    """
    return tuple(replace(passage, runs=_settled(passage.runs, vocabulary, divides)) for passage in passages)


def words_for_sure(passages: Iterable[Passage]) -> frozenset[str]:
    """The words that no line end stands in."""
    return frozenset(_bare(word) for passage in passages for word in _sure(plain(passage.runs)))


def _sure(text: str) -> Iterator[str]:
    """The words of a text less those around a line end of which it is not plain that it stands for a space."""
    lines = [line.split() for line in text.split("\n")]
    doubtful = False
    for number, words in enumerate(lines):
        kept = words[1:] if doubtful else words
        plain_end = len(words) > 1 and words[-1][-1].isalnum()
        doubtful = bool(words) and not plain_end and number + 1 < len(lines)
        yield from kept[:-1] if doubtful else kept


def _bare(word: str) -> str:
    return normalise(word).strip(".,;:?!()[]'\"").casefold()


def _settled(runs: tuple[Run, ...], vocabulary: AbstractSet[str], divides: bool) -> tuple[Run, ...]:
    text = plain(runs)
    if "\n" not in text:
        return runs
    written = list(text)
    for found in re.finditer(r"\s*\n\s*", text):
        before = "".join(written[max(found.start() - _LONGEST_WORD, 0) : found.start()]).split()[-1:]
        below = text[found.end() : found.end() + _LONGEST_WORD]
        stands_for = _line_end("".join(before), "".join(below.split()[:1]), vocabulary, divides)
        line = text[: found.start()].rpartition("\n")[2]
        if stands_for == " " and _is_broken(line, "".join(before), below, vocabulary):
            stands_for = ""
        written[found.start() : found.end()] = ["" for _ in found.group()]
        if stands_for == _NO_HYPHEN:
            written[found.start() - 1] = ""
        else:
            written[found.start()] = stands_for
    pieces = iter(written)
    return tuple(replace(run, text="".join(next(pieces) for _ in run.text)) for run in runs)


_NO_HYPHEN = "no hyphen"
_LONGEST_WORD = 400


def _line_end(before: str, after: str, vocabulary: AbstractSet[str], divides: bool) -> str:
    """What a line end between two pieces of text stands for: a space, nothing, or nothing and no hyphen either."""
    if not before or before[-1].isalnum():
        return " "
    if _bare(before + after) in vocabulary:
        return ""
    if before[-1] not in "-\u00ad":
        return "" if before[-1] == "/" else " "
    divided = divides and before[-2:-1].isalpha() and after[:1].islower()
    if divided and _bare(before[:-1] + after) in vocabulary:
        return _NO_HYPHEN
    return " " if _bare(after) in ("and", "or", "to") or not before[:-1] else ""


def _is_broken(line: str, word: str, below: str, vocabulary: AbstractSet[str]) -> bool:
    """Whether a word that is longer than a line goes on below it; nothing else stands on the line then."""
    if len(line.split()) > 1 or not word:
        return False
    for piece in (piece.split() for piece in below.split("\n")):
        word += "".join(piece[:1])
        if _bare(word) in vocabulary:
            return True
        if len(piece) != 1:
            return False
    return False
