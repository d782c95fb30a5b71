"""Words before and after as HTML: what was removed and added inside a passage, and through a whole letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from letters.review.compare.changes import Difference
from letters.review.compare.content import Content, Passage
from letters.review.compare.passages import Change, How
from letters.review.compare.words import BREAK, Op, Piece, as_set

#: A lone passage that did not change is shown up to this length; longer ones, and several, are folded.
_SHORT = 160
#: So many words around a change are shown where its whole passage is not.
_AROUND = 5
_TAGS = {Op.REMOVED.value: "del", Op.ADDED.value: "ins"}

#: A passage that did not change, or the number of a change in its letter and that change.
_Row = Passage | tuple[int, Change]


def marked(pieces: Iterable[tuple[str, str]], between: str = "") -> str:
    """Pieces of text, with what was removed in `del` and what was added in `ins`. `between`: set between two pieces."""
    return between.join(_piece(op, said) for op, said in pieces if said)


def _piece(op: str, said: str) -> str:
    words = escape(said).replace(BREAK, '<span class="break" aria-hidden="true">¶</span><br>')
    tag = _TAGS.get(op)
    return f"<{tag}>{words}</{tag}>" if tag else words


def excerpt(pieces: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What was removed and added with a few words around it. A passage that has neither is given whole."""
    if all(op not in _TAGS for op, _ in pieces):
        return tuple(pieces)
    last = len(pieces) - 1
    return tuple(
        (op, said if op in _TAGS else _cut(said, at_start=number == 0, at_end=number == last))
        for number, (op, said) in enumerate(pieces)
    )


def _cut(said: str, *, at_start: bool, at_end: bool) -> str:
    """Words around changes: those that touch one are kept."""
    words = re.findall(r"\s*\S+\s*", said)
    first, final = 0 if at_start else _AROUND, 0 if at_end else _AROUND
    if len(words) <= first + final:
        return said
    return "".join(words[:first]).rstrip() + " … " + "".join(words[len(words) - final :]).lstrip()


def whole_letter(difference: Difference, *, on_pages: bool = True) -> str:
    """Every passage of a letter in its order now, with what was removed and added; unchanged passages are folded.

    `on_pages`: whether its pages show the changes, by their numbers.
    """
    shown: list[str] = []
    part = ""
    for is_changed, run in groupby(_rows(difference), key=lambda row: not isinstance(row, Passage)):
        rows = list(run)
        html = []
        for row in rows:
            html.append(_row(row, _part(row) if _part(row) != part else "", on_pages=on_pages))
            part = _part(row)
        if is_changed or _is_brief(rows):
            shown.append("".join(html))
        else:
            shown.append(_folded(html))
            part = ""
    whole = " whole" if difference.before is None or difference.after is None else ""
    return f'<div class="rows{whole}">{"".join(shown)}</div>'


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


def _folded(html: list[str]) -> str:
    said = "1 passage" if len(html) == 1 else f"{len(html)} passages"
    return f'<details class="same"><summary>{said} unchanged</summary>{"".join(html)}</details>'


def _row(row: _Row, part: str, *, on_pages: bool) -> str:
    name = f'<p class="part">{escape(part.replace("-", " "))}</p>' if part else ""
    if isinstance(row, Passage):
        return f'<div class="row">{name}<p class="words {escape(_look(row))}">{escape(_written(row))}</p></div>'
    number, change = row
    how = _how(change)
    said = f'<p class="how">{how}</p>' if how else ""
    words = marked(as_set(change.pieces))
    stop = f' data-stop="{number if on_pages else ""}" tabindex="-1"' if number >= 0 else ""
    return f'<div class="row changed"{stop}>{name}<div>{said}<p class="words">{words}</p></div></div>'


def _written(passage: Passage) -> str:
    """Its words as they stand in the letter."""
    return "".join(ch for ch, _ in passage.characters)


def _look(passage: Passage) -> str:
    """The first word of what it is, or stands in: what its row is called on the page."""
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
