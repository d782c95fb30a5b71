"""The places of a letter where words were removed and added, and what makes one the same in another letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from letters.letter import LetterKey
from letters.letter.compared import Op, Piece, tokens
from letters.review.compare.changes import Difference
from letters.review.compare.content import LANGUAGE
from letters.review.compare.passages import Change, How
from letters.review.marks.identity import Places, apart

#: So many words on either side tell apart changes that have no words of their own.
CONTEXT = 3

#: The language that a change is in, and what it says: the same in each letter that it is in.
Said = tuple[str, ...]


@dataclass(frozen=True)
class Hunk:
    """Words that were removed and added in one place: some neighbouring pieces of a change of one letter.

    `place`: the number of the change, or of the first of passages that came together or went together. `identity`: what
    it is known by in every report.
    """

    key: LetterKey
    number: int
    pieces: tuple[int, int]
    said: Said
    place: int
    identity: str


def hunks_of(difference: Difference) -> Iterator[Hunk]:
    """The places of one letter where words were removed or added; a passage that moved is one place."""
    if difference.before is None or difference.after is None:
        return
    hunks = list(_hunks(difference, {**difference.before.values, **difference.after.values}))
    places = Places(difference)
    known = apart(places.of_words(hunk.number, *hunk.pieces) for hunk in hunks)
    yield from (replace(hunk, identity=identity) for hunk, identity in zip(hunks, known, strict=True))


def _hunks(difference: Difference, values: Mapping[str, str]) -> Iterator[Hunk]:
    """The same, not yet known by anything."""
    place = 0
    for number, change in enumerate(difference.words):
        if not number or not _is_next(difference.words[number - 1], change):
            place = number
        if change.how is How.MOVED:
            texts = general(change.removed, values), general(change.added, values)
            moved = (language_of(difference, change), change.how.value, *texts)
            yield Hunk(difference.key, number, (0, len(change.pieces)), moved, place, "")
            continue
        for start, end in _runs(change.pieces):
            said = (language_of(difference, change), *_said(change, start, end, values))
            yield Hunk(difference.key, number, (start, end), said, place, "")


def language_of(difference: Difference, change: Change) -> str:
    """The language that a changed passage is in, its own or that of its letter: `en`, `cy`."""
    side, (number, _) = (difference.after, change.after) if change.added else (difference.before, change.before)
    assert side  # that has the passage
    marked = {run.lang for run in side.passages[number].runs if run.text.strip()}
    own = marked.pop() if len(marked) == 1 else None
    of_letter = next((fact.value for fact in side.facts if fact.name == LANGUAGE), difference.key.language)
    return (own or of_letter).partition("-")[0].lower()


def _is_next(one: Change, other: Change) -> bool:
    """Whether two passages came one right after the other, or went."""
    ends, starts = (one.before[1], one.after[1]), (other.before[0], other.after[0])
    return one.how is other.how and one.part == other.part and one.how in (How.ADDED, How.REMOVED) and ends == starts


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """From where to where pieces are removed or added."""
    start = None
    for number, piece in enumerate(pieces):
        if piece.op is Op.SAME:
            if start is not None:
                yield start, number
            start = None
        elif start is None:
            start = number
    if start is not None:
        yield start, len(pieces)


def _said(change: Change, start: int, end: int, values: Mapping[str, str]) -> Said:
    removed = "".join(piece.text for piece in change.pieces[start:end] if piece.op is Op.REMOVED)
    added = "".join(piece.text for piece in change.pieces[start:end] if piece.op is Op.ADDED)
    old, new = general(removed, values), general(added, values)
    if old == new and removed != added:
        old, new = removed, added  # the data itself changed
    # A paragraph that comes or goes as a whole is not the same change as the same words inside another.
    how = change.how.value if change.how in (How.ADDED, How.REMOVED) else ""
    if re.search(r"\w", removed + added):
        return how, old, new
    around = [
        "".join(piece.text for piece in change.pieces[:start]),
        "".join(piece.text for piece in change.pieces[end:]),
    ]
    before, after = (general(text, values).split() for text in around)
    return how, old, new, *before[-CONTEXT:], *after[:CONTEXT]


def general(text: str, values: Mapping[str, str]) -> str:
    """A text with the name of each value of the force in place of the value: the same for every force."""
    return "".join(f"⟨{values[token]}⟩" if token in values else token for token in tokens(text, tuple(values)))
