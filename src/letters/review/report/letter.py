"""One letter's section of the report: its verdict, pages, redline text, and all else that changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from letters.letter.compared import Op
from letters.letter.quotes import smart_quotes
from letters.review.compare.changes import ChangeKind, Difference, FactChange, Group
from letters.review.groups.stages import seen
from letters.review.pages.views import LetterView, PageView
from letters.review.report.pair import Beside
from letters.review.report.words import WholeLetter, whole_letter

#: Places of marks are fractions of a page with so many decimals: less than a tenth of a millimetre.
_DECIMALS = 4
_SIDES = ("What", "Words", "Before", "After")
_FACTS = ("Fact", "About", "Before", "After")


@dataclass(frozen=True)
class Link:
    """A letter by its name, and the id of its section, or nothing if the report has none."""

    name: str
    place: str


@dataclass(frozen=True)
class Cell:
    """What a table says in one place. `op`: what became of it; `follows`: whether it comes of changed words alone."""

    text: str
    op: str = ""
    follows: bool = False


@dataclass(frozen=True)
class Table:
    """What changed beside the words. Each row is a place to stop at."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class InWord:
    """What somebody edited in the Word file; `words`: None if no word of it."""

    words: WholeLetter | None
    tables: Sequence[Table]


@dataclass(frozen=True)
class LetterSection:
    """What the section of one letter shows: `changes`, by number and headline; `pages` of each side, with pictures by
    their numbers, sizes in millimetres and marks, or None if there are none; `words`: None if none of them changed."""

    name: str
    place: str
    verdict: str
    changes: Sequence[tuple[int, str]]
    pages: dict[str, object] | None
    stage: Table
    words: WholeLetter | None
    in_word: InWord | None
    tables: Sequence[Table]
    beside: Beside | None = None


def letter_section(
    difference: Difference,
    link: Link,
    groups: Sequence[Group],
    view: LetterView,
    picture: Callable[[PageView], int],
    beside: Beside | None = None,
) -> LetterSection:
    """The section of a letter. `groups`: those that are in it; `picture`: the number under which the report keeps the
    picture of a page; `beside`: the letter and the same in its other language."""
    has_words = difference.counts[ChangeKind.WORDS] or difference.counts[ChangeKind.LETTER]
    return LetterSection(
        name=link.name,
        place=link.place,
        verdict=difference.verdict,
        changes=[(group.number, headline(group)) for group in groups],
        pages=_pages(view, picture) if view.before or view.after else None,
        stage=Table("Stage", ("Before", "After", "What readers see"), list(_stages(difference))),
        words=whole_letter(difference) if has_words else None,
        in_word=_in_word(difference.in_word) if difference.in_word else None,
        tables=list(_tables(difference)),
        beside=beside,
    )


def headline(group: Group) -> str:
    """The title of a group, as a heading begins."""
    return capital(smart_quotes(group.title))


def capital(text: str) -> str:
    """A text as a heading begins."""
    return text[:1].upper() + text[1:]


def _stages(difference: Difference) -> Iterator[Sequence[Cell]]:
    for change in difference.stage:
        yield *_sides(change.old, change.new), Cell(seen(difference, change))


def _tables(difference: Difference) -> Iterator[Table]:
    yield Table("Formatting", _SIDES, list(_formatting(difference)))
    layout = [
        (Cell(change.what), Cell(str(change.page)), *_sides(change.old, change.new)) for change in difference.layout
    ]
    yield Table("Layout", ("What", "Page", "Before", "After"), layout)
    look = [(Cell(change.format), Cell(change.what)) for change in difference.look]
    yield Table("Look", ("Where", "What changed"), look)
    facts = [fact for fact in difference.facts if fact not in difference.stage]
    yield Table("Hidden facts", _FACTS, list(_facts(facts)))


def _in_word(inside: Difference) -> InWord:
    facts = [fact for fact in inside.facts if not fact.follows]
    tables = (
        Table("Formatting in Word", _SIDES, list(_formatting(inside))),
        Table("Hidden facts in Word", _FACTS, list(_facts(facts))),
    )
    return InWord(whole_letter(inside, on_pages=False) if inside.words else None, tables)


def _formatting(difference: Difference) -> Iterator[Sequence[Cell]]:
    for change in difference.formatting:
        yield Cell(change.what), Cell(change.text), *_sides(change.old, change.new)


def _facts(facts: Iterable[FactChange]) -> Iterator[Sequence[Cell]]:
    for fact in facts:
        yield Cell(fact.name, follows=fact.follows), Cell(fact.about), *_sides(fact.old, fact.new)


def _sides(old: str | None, new: str | None) -> Iterator[Cell]:
    for op, text in ((Op.REMOVED, old), (Op.ADDED, new)):
        yield Cell(text, op) if text else Cell("none" if text is None else "empty")


def _pages(view: LetterView, picture: Callable[[PageView], int]) -> dict[str, object]:
    sides = {"before": view.before, "after": view.after}
    return {side: [_page(page, picture(page)) for page in pages] for side, pages in sides.items()}


def _page(page: PageView, picture: int) -> dict[str, object]:
    marks = [
        [mark.op is Op.ADDED, mark.change]
        + [round(length, _DECIMALS) for length in (mark.left, mark.top, mark.width, mark.height)]
        for mark in page.marks
    ]
    return {"picture": picture, "size": [round(page.width, 1), round(page.height, 1)], "marks": marks}
