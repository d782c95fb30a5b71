"""The passages of two letters compared: which changed, moved, were split or joined, came or went.

Nothing is left out and nothing is estimated: the changes, applied to the words before, give the words after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from letters.letter.compared import ALIKE, BREAK, Op, Piece, compare_texts, share_within, shared_words, word_counts
from letters.review.compare.content import Passage

#: A passage that stands elsewhere and was edited as well must share this part of its words to be called moved.
MOVED_ALIKE = 0.6
MOVED_WORDS = 4
#: One passage is at most split into so many, or made of so many.
MOST_PIECES = 4
#: Among more passages than this (before, times after) no versions are looked for; they are removed and added.
MOST_PAIRS = 20_000


class How(StrEnum):
    """What became of a passage, or of several that make one change."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"


@dataclass(frozen=True)
class Change:
    """One change of words.

    `before`, `after`: which passages (from, up to) of each side; where there is none, the place it would have.
    `pieces`: the words of both, from left to right; BREAK stands between passages.
    """

    how: How
    part: str
    before: tuple[int, int]
    after: tuple[int, int]
    pieces: tuple[Piece, ...]

    @property
    def removed(self) -> str:
        """The text before."""
        return "".join(piece.text for piece in self.pieces if piece.op is not Op.ADDED)

    @property
    def added(self) -> str:
        """The text after."""
        return "".join(piece.text for piece in self.pieces if piece.op is not Op.REMOVED)


@dataclass(frozen=True)
class Comparison:
    """The changes from one letter to another, in reading order, and the pairs of passages (before, after) that are
    versions of one another, unchanged ones included."""

    changes: tuple[Change, ...]
    pairs: tuple[tuple[int, int], ...]


def compare(before: Sequence[Passage], after: Sequence[Passage], values: Mapping[str, str]) -> Comparison:
    """What became of the words. `values`: the texts that are data of a force, each taken as one word."""
    known = tuple(sorted(values))
    same, rest, moved = _aligned(before, after)
    in_order = [*((old, new) for old, new in same), *((old[-1], new[-1]) for old, new in rest if old and new)]
    changes = [_change(before, after, match, known, in_order) for match in rest]
    changes = [change for change in changes if change.how is not How.CHANGED or change.removed != change.added]
    changes += [replace(_change(before, after, match, known, in_order), how=How.MOVED) for match in moved]
    lone = [(old[0], new[0]) for old, new in [*rest, *moved] if len(old) == len(new) == 1]
    order = sorted(changes, key=lambda change: (change.after, change.before))
    return Comparison(tuple(order), tuple(sorted([*same, *lone])))


def apply(before: Sequence[str], changes: Iterable[Change]) -> list[str]:
    """The words after, from the words before and the changes. Raises ValueError where they do not fit together."""
    taken: set[int] = set()
    put: dict[int, str] = {}
    for change in changes:
        old, new = range(*change.before), range(*change.after)
        if BREAK.join(before[slice(*change.before)]) != change.removed:
            raise ValueError(f"a change of {change.part} does not begin with the words before")
        if taken.intersection(old) or put.keys() & set(new):
            raise ValueError(f"two changes of {change.part} are about the same words")
        taken.update(old)
        put.update(zip(new, change.added.split(BREAK) if new else [], strict=True))
    kept = [text for number, text in enumerate(before) if number not in taken]
    free = [number for number in range(len(kept) + len(put)) if number not in put]
    if len(free) != len(kept):
        raise ValueError("a change puts words where there is no place for them")
    put.update(zip(free, kept, strict=True))
    return [put[number] for number in range(len(put))]


def _change(
    before: Sequence[Passage],
    after: Sequence[Passage],
    match: _Match,
    known: tuple[str, ...],
    in_order: Sequence[tuple[int, int]],
) -> Change:
    """A match as a change. `in_order`: pairs of passages that stayed in order, for the place of what is on one side."""
    old, new = match
    olds, news = [before[number].text for number in old], [after[number].text for number in new]
    part = (after[new[0]] if new else before[old[0]]).part
    if not old:
        place = max((b + 1 for b, a in in_order if a < new[0]), default=0)
        return Change(How.ADDED, part, (place, place), _span(new), (Piece(Op.ADDED, BREAK.join(news)),))
    if not new:
        place = max((a + 1 for b, a in in_order if b < old[0]), default=0)
        return Change(How.REMOVED, part, _span(old), (place, place), (Piece(Op.REMOVED, BREAK.join(olds)),))
    how = How.CHANGED if len(old) == len(new) else How.SPLIT if len(old) < len(new) else How.JOINED
    return Change(how, part, _span(old), _span(new), compare_texts(BREAK.join(olds), BREAK.join(news), known))


def _span(numbers: tuple[int, ...]) -> tuple[int, int]:
    return numbers[0], numbers[-1] + 1


# -- which passages belong together

#: Numbers of passages before and after that make one change; one of them may be empty.
_Match = tuple[tuple[int, ...], tuple[int, ...]]


def _aligned(
    before: Sequence[Passage], after: Sequence[Passage]
) -> tuple[list[tuple[int, int]], list[_Match], list[_Match]]:
    """The pairs that are the same and in the same order; the others, versions of one another or alone, in the same
    order; and those that moved."""
    keys = [(passage.part, passage.text) for passage in before], [(passage.part, passage.text) for passage in after]
    same: list[tuple[int, int]] = []
    rest: list[_Match] = []
    for op, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if op == "equal":
            same += zip(range(a, b), range(c, d), strict=True)
        else:
            rest += _versions(before, after, range(a, b), range(c, d))
    return same, *_with_moves(before, after, rest)


def _versions(before: Sequence[Passage], after: Sequence[Passage], olds: range, news: range) -> list[_Match]:
    """Which passages of a gap are versions of one another, in order; found by the greatest sum of words shared."""
    if len(olds) * len(news) > MOST_PAIRS or not olds or not news:
        return [*(((old,), ()) for old in olds), *(((), (new,)) for new in news)]
    best: dict[tuple[int, int], float] = {}
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    for i in reversed(range(len(olds) + 1)):
        for j in reversed(range(len(news) + 1)):
            options = [(best[i + 1, j], (1, 0))] if i < len(olds) else []
            options += [(best[i, j + 1], (0, 1))] if j < len(news) else []
            for old, new in _possible(i, j, len(olds), len(news)):
                if gain := _shared(before[olds[i] : olds[i] + old], after[news[j] : news[j] + new]):
                    options.append((best[i + old, j + new] + gain, (old, new)))
            best[i, j], steps[i, j] = max(options, key=lambda option: option[0], default=(0.0, (0, 0)))
    return list(_chain(steps, olds, news))


def _chain(steps: Mapping[tuple[int, int], tuple[int, int]], olds: range, news: range) -> Iterator[_Match]:
    """The matches that the best steps lead through, from the first passages of a gap on."""
    i = j = 0
    while i < len(olds) or j < len(news):
        old, new = steps[i, j]
        yield tuple(olds[i : i + old]), tuple(news[j : j + new])
        i, j = i + old, j + new


def _possible(i: int, j: int, olds: int, news: int) -> Iterator[tuple[int, int]]:
    """How many passages from `i` and `j` on may be versions of one another: one of one, or one of several."""
    if i < olds and j < news:
        yield 1, 1
        yield from ((1, many) for many in range(2, min(MOST_PIECES, news - j) + 1))
        yield from ((many, 1) for many in range(2, min(MOST_PIECES, olds - i) + 1))


def _shared(old: Sequence[Passage], new: Sequence[Passage]) -> float:
    """How many words passages share, if enough to be versions of one another; 0 if not."""
    if len({passage.part for passage in (*old, *new)}) > 1 and not len(old) == len(new) == 1:
        return 0
    if len(old) == len(new) == 1:
        count, alike = shared_words(old[0].text, new[0].text)
        # A line of an address is what stands in its place, whatever it says.
        in_place = old[0].part == new[0].part != "body"
        return count if alike >= ALIKE else 0.01 if in_place else 0
    # Each of several must have come from the one, or gone into it: else it was added or removed beside it.
    one, several = (old[0], new) if len(old) == 1 else (new[0], old)
    if any(share_within(passage.text, one.text) < MOVED_ALIKE for passage in several):
        return 0
    count, alike = _alike(old, new)
    return count if alike >= MOVED_ALIKE else 0


def _alike(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[float, float]:
    """How many words some passages share with others, and which part of all their words that is (from 0 to 1)."""
    olds, news = [word_counts(passage.text) for passage in old], [word_counts(passage.text) for passage in new]
    shared = (_sum(olds) & _sum(news)).total()
    return shared, 2 * shared / max(sum(counts.total() for counts in (*olds, *news)), 1)


def _sum(counts: Sequence[Counter[str]]) -> Counter[str]:
    total = counts[0]
    for one in counts[1:]:
        total = total + one
    return total


def _with_moves(
    before: Sequence[Passage], after: Sequence[Passage], rest: list[_Match]
) -> tuple[list[_Match], list[_Match]]:
    """What is left of `rest` when a passage that went and one that came are one that moved; and those that moved."""
    gone = [old[0] for old, new in rest if not new]
    come = [new[0] for old, new in rest if not old]
    if not gone or not come or len(gone) * len(come) > MOST_PAIRS:
        return rest, []
    ranked = sorted(
        (-alike, old, new)
        for old in gone
        for new in come
        if (alike := _moved_alike(before[old].text, after[new].text)) >= MOVED_ALIKE
    )
    pairs: dict[int, int] = {}
    for _, old, new in ranked:
        if old not in pairs and new not in pairs.values():
            pairs[old] = new
    came = set(pairs.values())
    left = [
        (old, new)
        for old, new in rest
        if (old and new) or (old and old[0] not in pairs) or (new and new[0] not in came)
    ]
    return left, [((old,), (new,)) for old, new in pairs.items()]


def _moved_alike(old: str, new: str) -> float:
    if old == new:
        return 2.0
    few = min(word_counts(old).total(), word_counts(new).total()) < MOVED_WORDS
    return 0.0 if few else shared_words(old, new)[1]
