"""Words before and after: what was removed and added inside a passage, and through a whole letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from letters.letter.compared import Op, Piece, as_set
from letters.review.compare.changes import Difference
from letters.review.compare.content import Content, Passage
from letters.review.compare.passages import Change, How

#: A lone passage that did not change is shown up to this length; longer ones, and several, are folded.
_SHORT = 160
#: So many words around a change are shown where its whole passage is not.
_AROUND = 5
_CHANGES = (Op.REMOVED, Op.ADDED)

#: A passage that did not change, or the number of a change in its letter and that change.
_Row = Passage | tuple[int, Change]
Pieces = Sequence[Piece]


@dataclass(frozen=True)
class Row:
    """A passage as it stands, with its `look`, or, in `pieces`, what changed in it and, beyond words, how.

    `part`: the part of the letter, where it begins. `stop`: the number of the change, or nothing if no page shows it;
    None where nobody is to stop.
    """

    part: str
    look: str = ""
    text: str = ""
    how: str = ""
    pieces: Pieces | None = None
    stop: str | None = None


@dataclass(frozen=True)
class Stretch:
    """Passages in a row that changed, or that did not and are folded away unless there is one and it is short."""

    rows: Sequence[Row]
    is_folded: bool


@dataclass(frozen=True)
class WholeLetter:
    """Every passage in its order now. `is_whole`: all of it was added, or removed."""

    stretches: Sequence[Stretch]
    is_whole: bool


def excerpt(pieces: Pieces) -> tuple[Piece, ...]:
    """What was removed and added with a few words around it. A passage that has neither is given whole."""
    if all(op not in _CHANGES for op, _ in pieces):
        return tuple(pieces)
    last = len(pieces) - 1
    return tuple(
        Piece(op, said if op in _CHANGES else _cut(said, at_start=number == 0, at_end=number == last))
        for number, (op, said) in enumerate(pieces)
    )


def _cut(said: str, *, at_start: bool, at_end: bool) -> str:
    """Words around changes: those that touch one are kept."""
    words = re.findall(r"\s*\S+\s*", said)
    first, final = 0 if at_start else _AROUND, 0 if at_end else _AROUND
    if len(words) <= first + final:
        return said
    return "".join(words[:first]).rstrip() + " … " + "".join(words[len(words) - final :]).lstrip()


def whole_letter(difference: Difference, *, on_pages: bool = True) -> WholeLetter:
    """A letter with what was removed and added. `on_pages`: whether its pages show the changes, by their numbers."""
    stretches: list[Stretch] = []
    part = ""
    for is_changed, run in groupby(_rows(difference), key=lambda row: not isinstance(row, Passage)):
        rows = list(run)
        shown = []
        for row in rows:
            shown.append(_shown(row, _part(row) if _part(row) != part else "", on_pages=on_pages))
            part = _part(row)
        is_folded = not is_changed and not _is_brief(rows)
        stretches.append(Stretch(shown, is_folded))
        part = "" if is_folded else part
    return WholeLetter(stretches, difference.before is None or difference.after is None)


def _rows(difference: Difference) -> Iterator[_Row]:
    """What a letter says, top to bottom: as it is now, and what was removed at the place where it stood."""
    if difference.before is None or difference.after is None:
        yield from _one_sided(difference.before, difference.after)
        return
    passages, waiting, place = difference.after.passages, list(enumerate(difference.words)), 0
    while place < len(passages) or waiting:
        if waiting and (waiting[0][1].after[0] <= place or place >= len(passages)):
            yield waiting[0]
            place = max(place, waiting.pop(0)[1].after[1])
        else:
            yield passages[place]
            place += 1


def _one_sided(before: Content | None, after: Content | None) -> Iterator[_Row]:
    """A letter that was added or removed, as changes of its passages; the first is the place to stop at."""
    how, op = (How.ADDED, Op.ADDED) if before is None else (How.REMOVED, Op.REMOVED)
    for number, passage in enumerate((after or before or Content("", ())).passages):
        place = (number, number + 1)
        yield -min(number, 1), Change(how, passage.part, place, place, (Piece(op, passage.text),))


def _part(row: _Row) -> str:
    return row.part if isinstance(row, Passage) else row[1].part


def _is_brief(rows: list[_Row]) -> bool:
    return len(rows) == 1 and isinstance(rows[0], Passage) and len(rows[0].text) <= _SHORT


def _shown(row: _Row, part: str, *, on_pages: bool) -> Row:
    if isinstance(row, Passage):
        return Row(part, _look(row), _written(row))
    number, change = row
    pieces = as_set(change.pieces)
    stop = (str(number) if on_pages else "") if number >= 0 else None
    return Row(part, how=_how(change), pieces=pieces, stop=stop)


def _written(passage: Passage) -> str:
    """Its words as they stand in the letter."""
    return "".join(ch for ch, _ in passage.characters)


def _look(passage: Passage) -> str:
    return next(iter(str(passage.style).replace(",", " ").split()), "paragraph")


def _how(change: Change) -> str:
    """What the words alone do not show."""
    match change.how:
        case How.MOVED:
            return f"Moved: passage {change.before[0] + 1} before, passage {change.after[0] + 1} now"
        case How.SPLIT:
            return "Split into several"
        case How.JOINED:
            return "Several made into one"
        case _:
            return ""
