"""What a change of one letter is known by: the same in every report, as long as its words and its place are the same.

The place is one of the letter *before*: so a change stays the one that somebody read when the letter is built again,
when something else is edited in it, and when other letters get the same change. Other words are another change.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256

from letters.letter import LetterKey
from letters.letter.compared import BREAK, Op
from letters.review.compare.changes import (
    ChangeKind,
    Difference,
    FactChange,
    FormatChange,
    Group,
    LayoutChange,
    LookChange,
    Occurrence,
)
from letters.review.compare.content import Content, Passage
from letters.review.compare.passages import Change, How

#: Digits of the digest that a change is known by.
_DIGITS = 24


def known_by(kind: ChangeKind, key: LetterKey, *said: object) -> str:
    """A digest of all that makes a change of one letter this change; `said` is what JSON can hold."""
    return sha256(json.dumps([kind.value, *key.path.split("/"), *said]).encode()).hexdigest()[:_DIGITS]


def apart(identities: Iterable[str]) -> list[str]:
    """The identities of the changes of one letter in its order: those that would be the same are numbered."""
    counts: Counter[str] = Counter()
    found = []
    for one in identities:
        counts[one] += 1
        found.append(one if counts[one] == 1 else f"{one}.{counts[one]}")
    return found


def identities(group: Group) -> dict[LetterKey, tuple[str, ...]]:
    """What the changes of a group are known by, letter by letter."""
    found: dict[LetterKey, dict[str, None]] = {}
    for occurrence in group.occurrences:
        found.setdefault(occurrence.key, {}).update(dict.fromkeys(_of(group.kind, occurrence)))
    return {key: tuple(own) for key, own in found.items()}


def _of(kind: ChangeKind, occurrence: Occurrence) -> tuple[str, ...]:
    pieces = [list(piece) for piece in occurrence.pieces]
    return occurrence.identities or (known_by(kind, occurrence.key, occurrence.part, pieces),)


def of_letter(difference: Difference) -> str:
    """A letter that came or went, known by all that it says."""
    content = difference.after or difference.before
    assert content is not None
    came = "added" if difference.before is None else "removed"
    said = [[passage.part, str(passage.style), repr(passage.runs)] for passage in content.passages]
    return known_by(
        ChangeKind.LETTER, difference.key, came, said, [[one.name, one.about, one.value] for one in content.facts]
    )


def of_formatting(difference: Difference, places: Places, change: FormatChange) -> str:
    """Where in the letter before, and what looks otherwise there."""
    where = places.passage(change.before_passage)
    text = [change.at, change.text] if change.at >= 0 else []
    return known_by(
        ChangeKind.FORMATTING, difference.key, change.what, change.part, where, text, change.old, change.new
    )


def of_fact(key: LetterKey, fact: FactChange) -> str:
    """Which fact, of which words, and what it was and is."""
    return known_by(ChangeKind.FACTS, key, fact.name, fact.about, fact.within, fact.at, fact.old, fact.new)


def of_layout(key: LetterKey, change: LayoutChange) -> str:
    """On which page, and what is otherwise there."""
    return known_by(ChangeKind.LAYOUT, key, change.what.value, change.page, change.old, change.new)


def of_look(key: LetterKey, change: LookChange) -> str:
    """Which file of the letterhead, and what it was and is."""
    return known_by(ChangeKind.LOOK, key, change.format, change.path, change.digests)


def of_edit(key: LetterKey, inside: str) -> str:
    """What a Word file says; `inside`: what the same change would be known by if the letter itself said it."""
    return known_by(ChangeKind.EDITED, key, inside)


class Places:
    """The places of one letter as it was before, by which changes of today's are known."""

    def __init__(self, difference: Difference) -> None:
        assert difference.before is not None
        assert difference.after is not None
        self._key = difference.key
        self._words = difference.words
        self._before: Content = difference.before
        self._after: Content = difference.after

    def passage(self, number: int) -> list[object]:
        """A passage of the letter before: its part, its text, and which of those that say the same; empty for none."""
        if not 0 <= number < len(self._before.passages):
            return []
        passage = self._before.passages[number]
        return [passage.part, passage.text, self._which[number]]

    def of_words(self, number: int, start: int, end: int) -> str:
        """What the pieces `start` to `end` of a change of words, by its number, are known by."""
        change = self._words[number]
        removed = "".join(piece.text for piece in change.pieces[start:end] if piece.op is not Op.ADDED)
        added = "".join(piece.text for piece in change.pieces[start:end] if piece.op is not Op.REMOVED)
        where = self._where(number, sum(len(p.text) for p in change.pieces[:start] if p.op is not Op.ADDED))
        return known_by(ChangeKind.WORDS, self._key, change.part, where, removed, added)

    def _where(self, number: int, offset: int) -> list[object]:
        change = self._words[number]
        match change.how:
            case How.ADDED:
                place = change.before[0]
                return ["between", self.passage(place - 1), self.passage(place), self._sibling(number)]
            case How.REMOVED:
                return ["passages", [self.passage(one) for one in range(*change.before)]]
            case How.MOVED:
                return ["moved", self.passage(change.before[0]), *self._left(change.after[0])]
            case How.CHANGED | How.SPLIT | How.JOINED:
                passage, inside = self._inside(change, offset)
                return ["within", self.passage(passage), inside]

    def _inside(self, change: Change, offset: int) -> tuple[int, int]:
        """The passage before that an offset in the text of a change is in, and the offset in that."""
        for number in range(*change.before):
            size = len(self._before.passages[number].text)
            if offset <= size or number + 1 == change.before[1]:
                return number, offset
            offset -= size + len(BREAK)
        raise AssertionError("a change of words that were there has a passage")

    def _sibling(self, number: int) -> str:
        """The text that was put in the same place just before, on which the order of the two depends."""
        if number and self._words[number - 1].how is How.ADDED:
            earlier = self._words[number - 1]
            return earlier.added if earlier.before == self._words[number].before else ""
        return ""

    def _left(self, after: int) -> tuple[object, object]:
        """What stands to the left of a passage of today's letter: the nearest passage that was there before, and the
        text in between."""
        between: list[str] = []
        for number in range(after - 1, -1, -1):
            if number in self._came_from:
                return self.passage(self._came_from[number]), between
            between.append(self._after.passages[number].text)
        return [], between

    @cached_property
    def _which(self) -> list[int]:
        counts: Counter[tuple[str, str]] = Counter()
        found = []
        for passage in self._before.passages:
            counts[_said(passage)] += 1
            found.append(counts[_said(passage)])
        return found

    @cached_property
    def _came_from(self) -> Mapping[int, int]:
        """For each passage of today that did not move, which it was before."""
        found: dict[int, int] = {}
        old, new = set(range(len(self._before.passages))), set(range(len(self._after.passages)))
        for change in self._words:
            old.difference_update(range(*change.before))
            new.difference_update(range(*change.after))
            if change.how in (How.CHANGED, How.SPLIT, How.JOINED):
                found.update(dict.fromkeys(range(*change.after), change.before[0]))
        found.update(zip(sorted(new), sorted(old), strict=False))
        return found


def _said(passage: Passage) -> tuple[str, str]:
    return passage.part, passage.text
