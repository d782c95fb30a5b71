"""The words of two letters compared: which passages changed, moved, were split or joined, and inside them word by word.

Nothing is left out and nothing is estimated: the changes, applied to the words before, give the words after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from letters.review.content import Passage

#: Passages that share less than this part of their words are not versions of one another, lines of an address aside.
ALIKE = 0.4
#: A passage that stands elsewhere and was edited as well must share this part of its words to be called moved.
MOVED_ALIKE = 0.6
MOVED_WORDS = 4
#: One passage is at most split into so many, or made of so many.
MOST_PIECES = 4
#: Among more passages than this (before, times after) no versions are looked for; they are removed and added.
MOST_PAIRS = 20_000

#: Parts passages in a change's pieces.
BREAK = "\n"


class Op(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what became of it."""

    op: Op
    text: str


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
    best: dict[tuple[int, int], tuple[float, list[_Match]]] = {}
    for i in reversed(range(len(olds) + 1)):
        for j in reversed(range(len(news) + 1)):
            options: list[tuple[float, list[_Match]]] = []
            if i < len(olds):
                score, chain = best[i + 1, j]
                options.append((score, [((olds[i],), ()), *chain]))
            if j < len(news):
                score, chain = best[i, j + 1]
                options.append((score, [((), (news[j],)), *chain]))
            for old, new in _possible(i, j, len(olds), len(news)):
                gain = _shared(before, after, olds[i : i + old], news[j : j + new])
                if gain:
                    score, chain = best[i + old, j + new]
                    options.append((score + gain, [(tuple(olds[i : i + old]), tuple(news[j : j + new])), *chain]))
            best[i, j] = max(options, key=lambda option: option[0], default=(0.0, []))
    return best[0, 0][1]


def _possible(i: int, j: int, olds: int, news: int) -> Iterator[tuple[int, int]]:
    """How many passages from `i` and `j` on may be versions of one another: one of one, or one of several."""
    if i < olds and j < news:
        yield 1, 1
        yield from ((1, many) for many in range(2, min(MOST_PIECES, news - j) + 1))
        yield from ((many, 1) for many in range(2, min(MOST_PIECES, olds - i) + 1))


def _shared(before: Sequence[Passage], after: Sequence[Passage], olds: range, news: range) -> float:
    """How many words passages share, if enough to be versions of one another; 0 if not."""
    old, new = [before[number] for number in olds], [after[number] for number in news]
    if len({passage.part for passage in (*old, *new)}) > 1 and (len(olds), len(news)) != (1, 1):
        return 0
    count, alike = _alike(" ".join(p.text for p in old), " ".join(p.text for p in new))
    if (len(olds), len(news)) == (1, 1):
        # A line of an address is what stands in its place, whatever it says.
        in_place = old[0].part == new[0].part != "body"
        return count if alike >= ALIKE else 0.01 if in_place else 0
    # Each of several must have come from the one, or gone into it: else it was added or removed beside it.
    one, several = (old[0], new) if len(olds) == 1 else (new[0], old)
    inside = all(_within(passage.text, one.text) >= MOVED_ALIKE for passage in several)
    return count if inside and alike >= MOVED_ALIKE else 0


@lru_cache(maxsize=65536)
def _alike(before: str, after: str) -> tuple[float, float]:
    """How many words two texts share, and which part of all their words that is (from 0 to 1)."""
    old, new = _word_counts(before), _word_counts(after)
    shared = (old & new).total()
    return shared, 2 * shared / max(old.total() + new.total(), 1)


def _within(text: str, other: str) -> float:
    """Which part of the words of `text` is in `other`."""
    words = _word_counts(text)
    return (words & _word_counts(other)).total() / max(words.total(), 1)


@lru_cache(maxsize=8192)
def _word_counts(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()) or [text])


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
    few = min(_word_counts(old).total(), _word_counts(new).total()) < MOVED_WORDS
    return 0.0 if few else _alike(old, new)[1]


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


# -- inside a passage


@lru_cache(maxsize=16384)
def compare_texts(before: str, after: str, known: tuple[str, ...] = ()) -> tuple[Piece, ...]:
    """Two texts word by word. `known`: texts that are taken as one word each."""
    if before == after:
        return (Piece(Op.SAME, before),)
    if _alike(before, after)[1] < ALIKE and BREAK not in before + after:
        return Piece(Op.REMOVED, before), Piece(Op.ADDED, after)
    steps = _steps(tokens(before, known), tokens(after, known))
    return tuple(_pieces(_slid(_joined(steps))))


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


def _joined(steps: list[_Step]) -> list[_Step]:
    """Without islands: what is the same between two changes, and shorter than both, only happens to be the same."""
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


def _slid(steps: list[_Step]) -> list[_Step]:
    """Each insertion or removal that could stand in several places in the one that reads best."""
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
