"""One letter before and after: its words, its formatting and its hidden facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from letters.letter import LetterKey, Run
from letters.review.compare import content as known
from letters.review.compare.changes import Difference, FormatChange
from letters.review.compare.content import Cell, Content, Passage, marks_of
from letters.review.compare.hidden import facts, not_compared
from letters.review.compare.passages import Comparison, apply, compare
from letters.review.compare.versions import Look, pairs, pieces, stretches

#: What changed where the number of a list did, and the place of words in a table.
NUMBER, PLACE = "number", "place in a table"


class Unequal(AssertionError):
    """The changes found do not lead from the one letter to the other: a fault in letters, never in a user's file."""


def difference(key: LetterKey, before: Content | None, after: Content | None) -> Difference:
    """What is different between two states of a letter. Raises Unequal if that were not every changed word."""
    if before is None or after is None:
        return Difference(key, before, after)
    values = {**before.values, **after.values}
    found = compare(before.passages, after.passages, values)
    _prove(before, after, found)
    return Difference(
        key,
        before,
        after,
        found.changes,
        (*_formatting(before, after, found), *_numbers(before, after, found), *_moved_cells(before, after, found)),
        tuple(facts(before, after, found)),
        not_compared=not_compared(before, after),
    )


def _prove(before: Content, after: Content, found: Comparison) -> None:
    old, new = [passage.text for passage in before.passages], [passage.text for passage in after.passages]
    try:
        made = apply(old, found.changes)
    except ValueError as error:
        raise Unequal(f"{after.name}: {error}") from error
    if made != new:
        raise Unequal(f"{after.name}: the changes found do not give the words that it has now")


# -- formatting


def _formatting(before: Content, after: Content, found: Comparison) -> Iterator[FormatChange]:
    both = before.knows & after.knows
    if known.FORMATTING not in both:
        return
    for a, b, old, new in [*pairs(before, after, found), *pieces(before, after, found)]:
        if old.runs == new.runs and (old.part, old.style) == (new.part, new.style):
            continue
        if old.part != new.part:
            yield FormatChange("part", new.part, new.text, old.part, new.part, a, b)
        if old.style != new.style:
            yield FormatChange("style", new.part, new.text, str(old.style), str(new.style), a, b)
        for what, look in [*(_LOOKS if known.TYPOGRAPHY in both else _LOOKS[:2]), *_marks(old, new, both)]:
            for text, was, now, at in stretches(old, new, look, even_in_blanks=look is _written):
                yield FormatChange(what, new.part, text, was, now, a, b, at)


def _bold(character: tuple[str, Run]) -> str:
    return "bold" if character[1].bold else "not bold"


def _italic(character: tuple[str, Run]) -> str:
    return "italic" if character[1].italic else "not italic"


def _marks(old: Passage, new: Passage, both: frozenset[str]) -> Iterator[tuple[str, Look]]:
    """The other marks that text of either passage has, each with how to look for it."""
    if known.MARKS not in both:
        return
    for mark in dict.fromkeys(mark for run in (*old.runs, *new.runs) for mark in marks_of(run)):
        yield mark, partial(_marked, mark)


def _marked(mark: str, character: tuple[str, Run]) -> str:
    return mark if mark in marks_of(character[1]) else f"not {mark}"


def _written(character: tuple[str, Run]) -> str:
    return _NAMES.get(character[0], character[0])


_NAMES = {" ": "space", "\u00a0": "no-break space", "\n": "line break", "\t": "tab", "\u202f": "narrow no-break space"}
_LOOKS = (("bold", _bold), ("italic", _italic), ("typography", _written))


# -- the numbers of lists


def _numbers(before: Content, after: Content, found: Comparison) -> Iterator[FormatChange]:
    """Numbers and bullets that are others than before; those of passages one after the other are one change."""
    if known.NUMBERS not in before.knows & after.knows:
        return
    both = sorted([*pairs(before, after, found), *pieces(before, after, found)], key=lambda pair: pair[:2])
    for differs, run in groupby(both, key=lambda pair: _other_number(pair[2], pair[3])):
        if differs:
            stretch = [pair for pair in run if pair[2].number or pair[3].number]
            a, b, _, new = stretch[0]
            was, now = _from_to(old.number for _, _, old, _ in stretch), _from_to(new.number for *_, new in stretch)
            yield FormatChange(NUMBER, new.part, new.text, was, now, a, b)


def _other_number(old: Passage, new: Passage) -> bool:
    """Whether a number is another; that what became a list now has bullets is no more than its style says."""
    bullets_alone = old.style != new.style and {old.number, new.number} == {"", known.BULLET}
    return old.number != new.number and not bullets_alone


def _from_to(numbers: Iterable[str]) -> str:
    """Some numbers by the first and the last of them."""
    said = [number for number in numbers if number]
    if not said:
        return "no number"
    return said[0] if len(set(said)) == 1 else f"{said[0]} to {said[-1]}"


# -- the places of words in tables


def _moved_cells(before: Content, after: Content, found: Comparison) -> Iterator[FormatChange]:
    """Words that stand in another column, or in a row with others, than before; each way that they went once."""
    if known.PLACES not in before.knows & after.knows:
        return
    told: set[tuple[int, str, str]] = set()
    together = {(a, b) for a, b, _, _ in pairs(before, after, found)}
    for a, b, old, new in pairs(before, after, found):
        if not old.cell or not new.cell:
            continue
        ways = [(f"column {old.cell.column}", f"column {new.cell.column}")]
        if (a - 1, b - 1) in together or (not _above(before, a) and not _above(after, b)):
            ways.append((_row(old.cell, _above(before, a)), _row(new.cell, _above(after, b))))
        for was, now in ways:
            if was != now and (new.cell.table, was, now) not in told:
                told.add((new.cell.table, was, now))
                yield FormatChange(PLACE, new.part, new.text, was, now, a, b)


def _above(content: Content, number: int) -> Cell | None:
    """The place of the words before some in the same table."""
    here, last = content.passages[number].cell, content.passages[number - 1].cell if number else None
    return last if here and last and last.table == here.table else None


def _row(cell: Cell, last: Cell | None) -> str:
    rows = cell.row - (last.row if last else 0)
    if last and rows == 0:
        return "in the same row as the words before"
    return f"{rows} {'row' if rows == 1 else 'rows'} below {'the words before' if last else 'the top of the table'}"
