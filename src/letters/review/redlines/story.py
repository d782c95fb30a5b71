"""One story of a letter, before and after, made into one with tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace

from letters.review.redlines.align import Aligned, Block
from letters.review.redlines.paragraph import paragraph, vanishing
from letters.review.redlines.text import Setting, merged, whole
from letters.review.redlines.xml import Changes, Element, State, canonical, element, local, w


def combine(aligned: Aligned, changes: Changes) -> list[Element]:
    """The paragraphs and tables of both sides, with their tracked changes."""
    made: list[Setting | Element] = []
    a = b = 0
    for old, new in (*aligned.matches, ((len(aligned.old.blocks),), (len(aligned.new.blocks),))):
        for number in range(a, old[0]):
            made.append(_whole(aligned.old.blocks[number], State.REMOVED, aligned.away.get(number, ""), changes))
        for number in range(b, new[0]):
            made.append(_whole(aligned.new.blocks[number], State.ADDED, aligned.here.get(number, ""), changes))
        if old[0] < len(aligned.old.blocks) or new[0] < len(aligned.new.blocks):
            made += _both(aligned, old, new, changes)
        a, b = old[-1] + 1, new[-1] + 1
    _mend_end(made)
    return list(_set(made, changes))


def _whole(block: Block, state: State, move: str, changes: Changes) -> Setting | Element:
    if block.line is None:
        return _table(block.element, [_whole_row(block, row, state, changes) for row in range(len(block.rows))])
    moved = {State.REMOVED: State.MOVED_AWAY, State.ADDED: State.MOVED_HERE}
    return whole(block.line, moved[state] if move else state, move)


def _both(aligned: Aligned, old: tuple[int, ...], new: tuple[int, ...], changes: Changes) -> list[Setting | Element]:
    olds = [aligned.old.blocks[number] for number in old]
    news = [aligned.new.blocks[number] for number in new]
    if olds[0].rows:
        return [_both_tables(aligned, olds[0], news[0], aligned.rows[old[0], new[0]], changes)]
    was, now = ([block.line for block in side if block.line] for side in (olds, news))
    return list(merged(was, now, aligned.known))


def _mend_end(made: list[Setting | Element]) -> None:
    """The mark that ends a story can be neither removed nor added: make it the last of both sides."""
    start = max((n for n, one in enumerate(made, 1) if not isinstance(one, Setting)), default=0)
    last_table, tail = start, [one for one in made[start:] if isinstance(one, Setting)]
    if not tail or tail[-1].state is State.SAME:
        return
    kept = max((n for n, one in enumerate(tail) if one.state is State.SAME), default=-1)
    _stay({one.move for one in tail[kept + 1 :] if one.move}, made)
    last = tail[-1]
    other = max((n for n in range(kept + 1, len(tail)) if tail[n].state is not last.state), default=-1)
    if other >= 0:
        # Two that end the story on either side share its last mark.
        last.steps[:0] = tail[other].steps
        last.old = tail[other].old if last.old is None else last.old
        last.new = tail[other].new if last.new is None else last.new
        del made[last_table + other]
    elif kept >= 0:
        # The mark that stays is the last; the one that ended the story is added or removed in its place.
        _pass_mark(tail[kept], last)
    else:
        last.old = last.new = last.new if last.old is None else last.old
    last.state = State.SAME


def _pass_mark(kept: Setting, last: Setting) -> None:
    kept.state = last.state
    if last.state is State.ADDED:
        last.old, kept.old = kept.old, None
    else:
        last.new, kept.new = kept.new, None


def _stay(moves: set[str], made: Iterable[Setting | Element]) -> None:
    """Make moves plain: what is removed here and added there."""
    plain = {State.MOVED_AWAY: State.REMOVED, State.MOVED_HERE: State.ADDED}
    for one in made:
        if isinstance(one, Setting) and one.move in moves:
            one.state, one.move = plain[one.state], ""
            one.steps = [replace(step, state=plain[step.state]) for step in one.steps]


def _set(made: Iterable[Setting | Element], changes: Changes) -> Iterator[Element]:
    last: Setting | Element | None = None
    for one in made:
        if isinstance(one, Setting):
            if isinstance(last, Setting) and last.ends_with_new and one.begins_with_new:
                changes.part_from_last()
            yield from _with_range(one, changes) if one.move else [paragraph(one, changes)]
        else:
            if last is not None and not isinstance(last, Setting):
                yield vanishing(changes)  # Word makes one table of two that touch
            yield one
        last = one


def _with_range(setting: Setting, changes: Changes) -> Iterator[Element]:
    """A moved paragraph between the marks by which Word finds the other place."""
    start = changes.mark(f"{setting.state}RangeStart")
    start.set(w("name"), setting.move)
    made = paragraph(setting, changes)
    made.insert(1, start)
    yield made
    yield element(f"{setting.state}RangeEnd", id=start.get(w("id"), ""))


# -- tables


def _table(source: Element, rows: Iterable[Element]) -> Element:
    made = element("tbl", *(deepcopy(child) for child in source if local(child) != "tr"))
    made.extend(rows)
    return made


def _both_tables(
    aligned: Aligned, old: Block, new: Block, pairs: Sequence[tuple[int, int]], changes: Changes
) -> Element:
    rows: list[Element] = []
    a = b = 0
    for was, now in (*pairs, (len(old.rows), len(new.rows))):
        rows += [_whole_row(old, number, State.REMOVED, changes) for number in range(a, was)]
        rows += [_whole_row(new, number, State.ADDED, changes) for number in range(b, now)]
        if was < len(old.rows):
            cells = zip(old.rows[was], new.rows[now], strict=True)
            rows.append(_row(new, now, (next(merged([x], [y], aligned.known)) for x, y in cells), changes))
        a, b = was + 1, now + 1
    made = _table(new.element, rows)
    properties, before = made.find(w("tblPr")), old.element.find(w("tblPr"))
    if properties is not None and canonical(properties) != canonical(before):
        changes.of_properties(properties, before)
    return made


def _whole_row(table: Block, number: int, state: State, changes: Changes) -> Element:
    row = _row(table, number, (whole(cell, state) for cell in table.rows[number]), changes)
    properties = row.find(w("trPr"))
    if properties is None:
        properties = element("trPr")
        row.insert(0, properties)
    properties.append(changes.mark(state))
    return row


def _row(table: Block, number: int, cells: Iterable[Setting], changes: Changes) -> Element:
    source = table.element.findall(w("tr"))[number]
    row = element("tr", *(deepcopy(child) for child in source if local(child) != "tc"))
    for cell, setting in zip(source.findall(w("tc")), cells, strict=True):
        row.append(element("tc", *(deepcopy(child) for child in cell if local(child) != "p")))
        row[-1].append(paragraph(setting, changes))
    return row
