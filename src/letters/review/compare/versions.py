"""Which passages of two letters are held against one another, and what is said otherwise of the words in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby, pairwise, repeat

from letters.letter import Run
from letters.letter.compared import BREAK, Op, compare_texts
from letters.review.compare.content import Content, Passage
from letters.review.compare.passages import Comparison, How

#: What of a character is looked at.
Look = Callable[[tuple[str, Run]], str]


def pairs(before: Content, after: Content, found: Comparison) -> Iterator[tuple[int, int, Passage, Passage]]:
    """Passages that are versions of one another, with their numbers."""
    return ((a, b, before.passages[a], after.passages[b]) for a, b in found.pairs)


def pieces(before: Content, after: Content, found: Comparison) -> Iterator[tuple[int, int, Passage, Passage]]:
    """The same of those that were split or joined: the one of the one side is cut as the several of the other."""
    for change in found.changes:
        olds, news = before.passages[slice(*change.before)], after.passages[slice(*change.after)]
        if change.how is How.SPLIT:
            yield from zip(repeat(change.before[0]), count(change.after[0]), _cut(olds[0], news), news, strict=False)
        elif change.how is How.JOINED:
            yield from zip(count(change.before[0]), repeat(change.after[0]), olds, _cut(news[0], olds), strict=False)


def _cut(one: Passage, several: Sequence[Passage]) -> list[Passage]:
    """A passage cut into pieces where `several`, which say much the same, begin."""
    cuts, at = [0], 0
    for piece in compare_texts(one.text, BREAK.join(passage.text for passage in several)):
        cuts += [at] * piece.text.count(BREAK)
        at += len(piece.text) if piece.op is not Op.ADDED else 0
    return [_stretch(one, start, end) for start, end in pairwise([*cuts, len(one.text)])]


def _stretch(passage: Passage, start: int, end: int) -> Passage:
    runs = (replace(run, text=written) for written, run in passage.characters[start:end])
    return Passage(passage.part, passage.style, tuple(runs), "" if start else passage.number)


def versions(before: Content, after: Content, found: Comparison) -> Iterator[tuple[Passage, Passage]]:
    """Every passage of either side, with nothing where it came or went."""
    yield from ((old, new) for _, _, old, new in (*pairs(before, after, found), *pieces(before, after, found)))
    for change in found.changes:
        if change.how is How.REMOVED:
            yield from ((passage, _nothing(passage)) for passage in before.passages[slice(*change.before)])
        elif change.how is How.ADDED:
            yield from ((_nothing(passage), passage) for passage in after.passages[slice(*change.after)])


def _nothing(passage: Passage) -> Passage:
    return Passage(passage.part, passage.style, ())


# -- what is looked at in the words of both


def stretches(
    old: Passage, new: Passage, look: Look, *, even_in_blanks: bool = False
) -> Iterator[tuple[str, str, str, int]]:
    """The stretches of words in both passages of which `look` says something else than before: text, before, after, and
    from which character of `old`."""
    both = list(characters_in_both(old, new))
    marks = [(a, b, look(old.characters[a]), look(new.characters[b])) for a, b in both]
    for (was, now), run in groupby(marks, key=lambda mark: mark[2:]):
        stretch = list(run)
        text = "".join(new.text[b] for _, b, _, _ in stretch)
        # White space between words of different looks has the look of either, and nobody sees which. Beside words that
        # changed it is theirs.
        if was != now and (text.strip() or (even_in_blanks and _is_among_same(old, new, both, stretch))):
            yield text.strip() or text, was, now, stretch[0][0]


def _is_among_same(
    old: Passage, new: Passage, both: Sequence[tuple[int, int]], stretch: Sequence[tuple[int, int, str, str]]
) -> bool:
    """Whether the characters before and after a stretch, if there are any, are in both passages too."""
    (a, b, *_), (c, d, *_) = stretch[0], stretch[-1]
    before = {(a - 1, b - 1)} if a or b else set()
    after = {(c + 1, d + 1)} if c + 1 < len(old.text) or d + 1 < len(new.text) else set()
    return (before | after) <= set(both)


def characters_in_both(old: Passage, new: Passage) -> Iterator[tuple[int, int]]:
    """The positions, in the words of either passage, of each character that is in both."""
    a = b = 0
    for piece in compare_texts(old.text, new.text):
        size = len(piece.text)
        if piece.op is Op.SAME:
            yield from zip(range(a, a + size), range(b, b + size), strict=True)
        a += size if piece.op is not Op.ADDED else 0
        b += size if piece.op is not Op.REMOVED else 0
