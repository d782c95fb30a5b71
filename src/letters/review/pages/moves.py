"""What stands elsewhere on the pages of a letter, or is set otherwise, beyond what its changed words account for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten

from letters.problems import plural
from letters.review.compare import content as known
from letters.review.compare.changes import Difference, LayoutChange, Moved
from letters.review.compare.passages import Comparison, How, compare
from letters.review.pages.layout import Layout, Line, Typeface, require_words

#: Words that stand no further than so many points from where they stood have not moved; nobody sees it.
TOLERANCE = 0.5
#: So little only rounding makes: what moved no more looks as it did, dot for dot.
_EXACT = 0.01
#: Around a passage that changed: room for the rules and shades that go with it, in points.
_AROUND = 6.0
#: A point in millimetres.
MM = 25.4 / 72
_SHORT = 50
#: Facts that show on the pages outside the words.
_SHOWN = {known.STAGE, known.LETTERHEAD, known.FOOT, known.PICTURE, known.REPEATED}

Pair = tuple[int, int]


def changes_of(both: Both) -> tuple[LayoutChange, ...]:
    """What the pages show elsewhere or in another type. Raises ValueError if the layouts are not of these letters.

    Where words or formatting changed, what is below them moves as a matter of course: then only the number of pages,
    page breaks and type are told.
    """
    before, after, difference = both.before, both.after, both.difference
    if difference.before is None or difference.after is None:
        return ()
    require_words(before, difference.before.passages)
    require_words(after, difference.after.passages)
    breaks = tuple(_breaks(both))
    places = () if difference.words or difference.formatting else _places(both, {change.page for change in breaks})
    return (*_pages(before, after), *breaks, *places, *_types(both))


@dataclass(frozen=True)
class Both:
    """The layouts of a letter before and after, and which passages are the same in both."""

    before: Layout
    after: Layout
    difference: Difference

    @cached_property
    def found(self) -> Comparison:
        """The comparison of the words, once more for its pairs."""
        old, new = self.difference.before, self.difference.after
        assert old is not None
        assert new is not None
        return compare(old.passages, new.passages, {**old.values, **new.values})

    @cached_property
    def kept(self) -> tuple[Pair, ...]:
        """The passages (before, after) of which neither words nor formatting changed."""
        old = {number for change in self.difference.words for number in range(*change.before)}
        new = {number for change in self.difference.words for number in range(*change.after)}
        old |= {change.before_passage for change in self.difference.formatting}
        new |= {change.after_passage for change in self.difference.formatting}
        return tuple((a, b) for a, b in self.found.pairs if a not in old and b not in new)

    @property
    def is_furnished_otherwise(self) -> bool:
        """Whether something changed that is seen on the pages outside the words: the stage, a part on every page."""
        contents = [content for content in (self.difference.before, self.difference.after) if content]
        repeated = {fact.about for content in contents for fact in content.facts if fact.name == known.REPEATED}
        changed = {change.part for change in self.difference.words}
        changed |= {change.part for change in self.difference.formatting}
        return bool(repeated & changed) or any(fact.name in _SHOWN for fact in self.difference.facts)

    def accounted(self, page: int) -> tuple[tuple[float, float], ...]:
        """The bands of a page (from, to: points from the top) in which it is known why its looks changed, if they did:
        those of all passages that are not exactly as and where they were."""
        still = [(a, b) for a, b in self.kept if _is_still(self.before.passages[a], self.after.passages[b])]
        sides = (self.before, {a for a, _ in still}), (self.after, {b for _, b in still})
        return tuple(band for layout, same in sides for band in _bands(layout, page, same))


def _is_still(old: Sequence[Line], new: Sequence[Line]) -> bool:
    shift = _shift(old, new)
    types = [line.typefaces for line in old] == [line.typefaces for line in new]
    return types and shift is not None and shift.greatest <= _EXACT


def _bands(layout: Layout, page: int, still: set[int]) -> Iterator[tuple[float, float]]:
    """A band for each run of passages that are not `still`, with what is between them."""
    run: list[Line] = []
    for number in (*layout.on_page.get(page, ()), -1):
        if number >= 0 and number not in still:
            run += layout.passages[number]
        elif run:
            yield min(line.top for line in run) - _AROUND, max(line.bottom for line in run) + _AROUND
            run = []


# -- pages


def _pages(before: Layout, after: Layout) -> Iterator[LayoutChange]:
    old, new = len(before.pages), len(after.pages)
    if old != new:
        yield LayoutChange(Moved.PAGES, new, plural(old, "page"), plural(new, "page"))
    for page, (was, now) in enumerate(zip(before.pages, after.pages, strict=False), 1):
        if max(abs(was[0] - now[0]), abs(was[1] - now[1])) > TOLERANCE:
            yield LayoutChange(Moved.LOOKS, page, _paper(was), _paper(now))


def _paper(size: tuple[float, float]) -> str:
    return f"page of {size[0] * MM:.0f} × {size[1] * MM:.0f} mm"


def _breaks(both: Both) -> Iterator[LayoutChange]:
    """A break falls elsewhere if any passage came from its one side to its other."""
    pairs = [*_in_order(both.found)]
    for page in range(2, min(len(both.before.pages), len(both.after.pages)) + 1):
        old, new = both.before.on_page.get(page), both.after.on_page.get(page)
        if old and new and any((a < old[0]) != (b < new[0]) for a, b in pairs):
            yield LayoutChange(
                Moved.BREAK, page, _begins(both.difference.before, old[0]), _begins(both.difference.after, new[0])
            )


def _in_order(found: Comparison) -> Iterator[Pair]:
    """The pairs that say on which side of a break a passage is: less those that moved, with those split or joined."""
    moved = {change.after[0] for change in found.changes if change.how is How.MOVED}
    yield from ((a, b) for a, b in found.pairs if b not in moved)
    for change in found.changes:
        if change.how in (How.SPLIT, How.JOINED):
            yield from ((a, b) for a in range(*change.before) for b in range(*change.after))


def _begins(content: known.Content | None, number: int) -> str:
    assert content
    return f"begins “{shorten(content.passages[number].text, _SHORT, placeholder=' …')}”"


# -- type


def _types(both: Both) -> Iterator[LayoutChange]:
    """Each other font, size or colour once, with the first page on which it is."""
    told: dict[tuple[str, str], int] = {}
    for a, b in both.kept:
        old, new = both.before.passages[a], both.after.passages[b]
        for was, now in _counterparts(_typefaces(old), _typefaces(new)):
            told.setdefault(_told_type(was, now), new[0].page)
    for (was_said, now_said), page in told.items():
        yield LayoutChange(Moved.LOOKS, page, was_said, now_said)


#: The types of a passage, in their order.
Types = tuple[Typeface, ...]


def _typefaces(lines: Sequence[Line]) -> Types:
    return tuple(dict.fromkeys(typeface for line in lines for typeface in line.typefaces))


def _counterparts(old: Types, new: Types) -> list[tuple[Types, Types]]:
    """The types that are other ones now: each with its own where there are as many, else all with all."""
    if len(old) == len(new):
        return [((was,), (now,)) for was, now in zip(old, new, strict=True) if was != now]
    return [(old, new)]


_ASPECTS: tuple[Callable[[Typeface], str], ...] = (
    lambda typeface: f"font {typeface.font}",
    lambda typeface: f"{typeface.size:g} pt",
    lambda typeface: "black" if typeface.colour == "#000000" else f"colour {typeface.colour}",
)


def _told_type(was: Types, now: Types) -> tuple[str, str]:
    """What is different between the types of a passage, and nothing that is not."""
    said = [tuple(" and ".join(dict.fromkeys(map(aspect, side))) for side in (was, now)) for aspect in _ASPECTS]
    said = [(old, new) for old, new in said if old != new]
    return ", ".join(old for old, _ in said), ", ".join(new for _, new in said)


# -- places


@dataclass(frozen=True)
class _Shift:
    """How far a passage moved to the right and down, and how much wider it is, in points."""

    right: float
    down: float
    wider: float

    @property
    def greatest(self) -> float:
        return max(abs(self.right), abs(self.down), abs(self.wider))


def _shift(old: Sequence[Line], new: Sequence[Line]) -> _Shift | None:
    """How far a passage moved at most; None if its lines are other lines, or on another page."""
    if [(line.page, line.letters) for line in old] != [(line.page, line.letters) for line in new]:
        return None
    lines = list(zip(old, new, strict=True))
    return _Shift(
        max((b.left - a.left for a, b in lines), key=abs),
        max((b.baseline - a.baseline for a, b in lines), key=abs),
        max((b.right - b.left - a.right + a.left for a, b in lines), key=abs),
    )


def _places(both: Both, broken: set[int]) -> Iterator[LayoutChange]:
    """One change for each page on which passages stand elsewhere. On a page that begins with another passage
    (`broken`) all stand higher or lower for that reason."""
    pages: defaultdict[int, list[_Shift | None]] = defaultdict(list)
    for a, b in both.kept:
        old, new = both.before.passages[a], both.after.passages[b]
        if old[0].page == new[0].page:
            pages[new[0].page].append(_shift(old, new))
    for page, shifts in sorted(pages.items()):
        if said := "; ".join(_told(shifts, told_down=page not in broken)):
            yield LayoutChange(Moved.PLACE, page, "", said)


def _told(shifts: Sequence[_Shift | None], *, told_down: bool) -> Iterator[str]:
    wrapped = sum(shift is None for shift in shifts)
    stayed = [shift for shift in shifts if shift]
    if wrapped:
        yield f"{_passages(wrapped, len(shifts))} in other lines"
    for distances, more, less in (
        ([shift.down for shift in stayed if told_down], "lower", "higher"),
        ([shift.right for shift in stayed], "further right", "further left"),
        ([shift.wider for shift in stayed], "wider", "narrower"),
    ):
        far = [distance for distance in distances if abs(distance) > TOLERANCE]
        if far:
            way = more if min(far) > 0 else less if max(far) < 0 else f"{more} or {less}"
            yield f"{_passages(len(far), len(shifts))} {_millimetres(max(map(abs, far)))} {way}"


def _passages(count: int, of: int) -> str:
    return "all passages" if count == of > 1 else plural(count, "passage")


def _millimetres(points: float) -> str:
    """Rounded, so that the same change in another letter is told alike."""
    return f"up to {points * MM:.0f} mm" if points * MM >= 1 else "less than 1 mm"
