"""The words of a finished file, read back, and whether they are the words of the letter it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.letter import TAGS, Letter, Stage, normalise, plain, stage_mark, words

#: Letters that are shown on both sides of the place where a text differs.
_NEAR = 30


@dataclass(frozen=True)
class Reading:
    """What a file says.

    `words`: one string a block, in reading order; a line end inside a block stands as `\\n`, for on paper nobody can
    tell whether a space was there.
    `furniture`: for each page (for DOCX: the first page, then any further page) the pieces of text outside the words.
    `pages`: how many pages, or None where the format has none of its own.
    `unseen`: in sentences for a person, which words are in the file and yet cannot be read on paper.
    """

    words: tuple[str, ...]
    furniture: tuple[tuple[str, ...], ...]
    pages: int | None = None
    unseen: tuple[str, ...] = ()


def faults(letter: Letter, reading: Reading) -> list[str]:
    """What the file says differently from `letter`, in sentences for a person; an empty list if nothing."""
    # A cell without words is a block in some formats, and none in a letter's words.
    said = tuple(text for text in reading.words if normalise(text))
    differing = (*_word_faults(words(letter), said), *_furniture_faults(letter, reading))
    return [*reading.unseen, *differing]


def _word_faults(expected: Sequence[str], read: Sequence[str]) -> Iterator[str]:
    at = other = 0
    while at < len(expected) or other < len(read):
        want, got = _nth(expected, at), _nth(read, other)
        if want is not None and got is not None and same_words(want, got):
            at, other = at + 1, other + 1
        elif want is not None and (got is None or _agree(_nth(expected, at + 1), got)):
            yield f"block {at + 1} is in the letter but not in the file: {_short(want)!r}"
            at += 1
        elif got is not None and (want is None or _agree(want, _nth(read, other + 1))):
            yield f"block {other + 1} is in the file but not in the letter: {_short(normalise(got))!r}"
            other += 1
        else:
            yield f"block {at + 1} reads {_where_they_differ(want or '', normalise(got or ''))}"
            at, other = at + 1, other + 1


def _nth(texts: Sequence[str], at: int) -> str | None:
    return texts[at] if at < len(texts) else None


def _agree(want: str | None, got: str | None) -> bool:
    return want is not None and got is not None and same_words(want, got)


def _short(text: str) -> str:
    return _around(text, 0)


def _where_they_differ(want: str, got: str) -> str:
    """Both texts at the first place where they differ, with a few words around it."""
    at = next((at for at, (one, other) in enumerate(zip(want, got, strict=False)) if one != other), 0)
    at = at or min(len(want), len(got))
    return f"{_around(got, at)!r} instead of {_around(want, at)!r}"


def _around(text: str, at: int) -> str:
    start, end = max(0, at - _NEAR), at + _NEAR
    start = text.rfind(" ", 0, start) + 1 if start else 0
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def same_words(expected: str, read: str) -> bool:
    """Whether `read`, whose line ends are `\n`, says exactly `expected` (already folded).

    A line end stands for a space, or for nothing where a line may break without one: beside a character that is
    neither letter nor digit, such as the hyphen of "counter-corruption" or a dash without blanks, and within a word
    where the lines are too short for the words.
    """
    at = 0
    lines = read.split("\n")
    narrow = 2 * max(map(len, expected.split()), default=0) >= max(map(len, lines))
    for number, line in enumerate(lines):
        said = normalise(line)
        if number and expected[at : at + 1] == " ":
            at += 1
        elif number and said and at and expected[at - 1 : at + 1].isalnum() and not narrow:
            return False
        if not expected.startswith(said, at):
            return False
        at += len(said)
    return at == len(expected)


def _furniture_faults(letter: Letter, reading: Reading) -> Iterator[str]:
    without_foot = 1 if reading.pages is not None and len(letter.feet) > 1 else 0  # the first page of a second letter
    for number, page in enumerate(reading.furniture, 1):
        said = _without_space(" ".join(page))
        says = [foot for foot in letter.feet if _without_space(foot) in said]
        feet = letter.feet[-1:] if number == len(reading.furniture) else letter.feet
        if number > 1 and not says and without_foot:
            without_foot -= 1
        elif number > 1 and not any(foot in says for foot in feet):
            yield f"page {number} does not say {normalise(feet[-1])!r}"
        for wanted in _expected_furniture(letter, first=number == 1):
            if _without_space(wanted) not in said:
                yield f"page {number} does not say {wanted!r}"
        own = _without_space(letter.stage_mark or "")
        marks = (stage_mark(stage, language, word=letter.recipient) for stage in Stage for language in TAGS)
        for mark in filter(None, marks):
            if _without_space(mark) not in own and _without_space(mark) in said:
                yield f"page {number} says {mark!r}, though the letter is {letter.stage.value}"


def _without_space(text: str) -> str:
    """Furniture is compared so: of its lines nobody can tell whether a space or a long word ends there."""
    return "".join(normalise(text).split())


def _expected_furniture(letter: Letter, *, first: bool) -> Iterator[str]:
    if letter.stage_mark:
        yield normalise(letter.stage_mark)
    if first:
        return
    for part in letter.parts:
        if part.every_page:
            yield from (normalise(plain(block.runs)) for block in part.blocks if hasattr(block, "runs"))
