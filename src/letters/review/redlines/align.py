"""One side of a story of a letter – its text, a header, a footer – and what of it belongs to the other side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from letters.letter import Run
from letters.review.compare.content import PARAGRAPH, Passage
from letters.review.compare.passages import Comparison, How, compare
from letters.review.redlines.text import Line, read_line
from letters.review.redlines.xml import Changes, Element, local, w


@dataclass(frozen=True, eq=False)
class Block:
    """A paragraph, or a table: its rows of cells, each of one paragraph."""

    element: Element
    line: Line | None = None
    rows: tuple[tuple[Line, ...], ...] = ()

    @property
    def width(self) -> int:
        """How many columns a table has; 0 for a paragraph."""
        return len(self.rows[0]) if self.rows else 0


#: Where a passage is: its block, and in a table its row and column.
_Place = tuple[int, int, int]
_PARAGRAPH = -1
#: Blocks (or rows) before and after that are versions of one another.
_Match = tuple[tuple[int, ...], tuple[int, ...]]


class Story:
    """One side of a story."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.blocks = [_block(element) for element in elements]

    @cached_property
    def lines(self) -> list[tuple[_Place, Line]]:
        """Every paragraph with words in it, those of tables too, in reading order."""
        found: list[tuple[_Place, Line]] = []
        for number, block in enumerate(self.blocks):
            if block.line:
                found.append(((number, _PARAGRAPH, 0), block.line))
            for r, row in enumerate(block.rows):
                found += [((number, r, c), cell) for c, cell in enumerate(row)]
        return [(place, line) for place, line in found if line.text]

    def passages(self) -> list[Passage]:
        """Its paragraphs as a comparison sees them, each of the part that its style names."""
        return [Passage(_style(line.properties), PARAGRAPH, (Run(line.text),)) for _, line in self.lines]


def _block(element: Element) -> Block:
    if local(element) == "p":
        return Block(element, read_line(element))
    rows = element.findall(w("tr"))
    return Block(element, None, tuple(tuple(map(read_line, row.iterfind(f"{w('tc')}/{w('p')}"))) for row in rows))


def _style(properties: Element | None) -> str:
    style = properties.find(w("pStyle")) if properties is not None else None
    return "" if style is None else style.get(w("val"), "")


@dataclass(frozen=True)
class Aligned:
    """Both sides of a story, and which blocks, rows and moved paragraphs belong together.

    `away`, `here`: the blocks that moved, by the name of the move. `known`: see `words.compare_texts`.
    """

    old: Story
    new: Story
    known: tuple[str, ...]
    matches: tuple[_Match, ...]
    rows: Mapping[tuple[int, int], tuple[tuple[int, int], ...]]
    away: Mapping[int, str]
    here: Mapping[int, str]


def align(
    old: Story,
    new: Story,
    passages: tuple[Sequence[Passage], Sequence[Passage]],
    values: Mapping[str, str],
    changes: Changes,
) -> Aligned:
    """What of a story belongs together, as `words.compare` finds it for `passages`."""
    found = compare(*passages, values)
    gone = [place for place, _ in old.lines]
    come = [place for place, _ in new.lines]
    moved = {(change.before[0], change.after[0]) for change in found.changes if change.how is How.MOVED}
    pairs = [(gone[a], come[b]) for a, b in found.pairs if (a, b) not in moved]
    matches = [*_paragraphs(pairs), *_tables(old, new, pairs), *_split_or_joined(found, gone, come)]
    matches = list(_in_order(matches))
    matches = [match for gap in _gaps(old, new, matches) for match in gap]
    rows = {(a[0], b[0]): tuple(_rows(old, new, a[0], b[0], pairs)) for a, b in matches if old.blocks[a[0]].rows}
    names = {pair: f"move{next(changes.moves)}" for pair in sorted(_moves(old, new, moved, gone, come))}
    away, here = ({pair[side]: name for pair, name in names.items()} for side in (0, 1))
    return Aligned(old, new, tuple(sorted(values)), tuple(matches), rows, away, here)


def _paragraphs(pairs: Iterable[tuple[_Place, _Place]]) -> Iterator[_Match]:
    for (a, row, _), (b, other, _) in pairs:
        if row == other == _PARAGRAPH:
            yield (a,), (b,)


def _tables(old: Story, new: Story, pairs: Iterable[tuple[_Place, _Place]]) -> Iterator[_Match]:
    """Tables of the same width that share most of their words, each in one pair."""
    shared = Counter((a, b) for (a, row, _), (b, other, _) in pairs if _PARAGRAPH not in (row, other))
    taken: set[tuple[str, int]] = set()
    for (a, b), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        fits = old.blocks[a].width == new.blocks[b].width
        if fits and not taken & {("old", a), ("new", b)}:
            taken |= {("old", a), ("new", b)}
            yield (a,), (b,)


def _split_or_joined(found: Comparison, gone: Sequence[_Place], come: Sequence[_Place]) -> Iterator[_Match]:
    for change in found.changes:
        if change.how in (How.SPLIT, How.JOINED):
            sides = gone[slice(*change.before)], come[slice(*change.after)]
            a, b = (tuple(block for block, _, _ in side) for side in sides)
            in_tables = any(row != _PARAGRAPH for side in sides for _, row, _ in side)
            in_a_row = all(side[-1] - side[0] == len(side) - 1 for side in (a, b))
            if in_a_row and not in_tables:
                yield a, b


def _in_order(matches: Iterable[_Match]) -> Iterator[_Match]:
    a = b = -1
    for old, new in sorted(matches, key=lambda match: match[1]):
        if old[0] > a and new[0] > b:
            yield old, new
            a, b = old[-1], new[-1]


def _gaps(old: Story, new: Story, matches: Sequence[_Match]) -> Iterator[list[_Match]]:
    """The matches, and between them the paragraphs without words that belong together: pictures, what parts tables."""
    a = b = 0
    for match in (*matches, ((len(old.blocks),), (len(new.blocks),))):
        olds, news = _wordless(old, a, match[0][0]), _wordless(new, b, match[1][0])
        kinds = [_kind(old.blocks[n]) for n in olds], [_kind(new.blocks[n]) for n in news]
        same = SequenceMatcher(None, *kinds, autojunk=False).get_matching_blocks()
        yield [((olds[i + n],), (news[j + n],)) for i, j, size in same for n in range(size)]
        if match[0][0] < len(old.blocks) or match[1][0] < len(new.blocks):
            yield [match]
        a, b = match[0][-1] + 1, match[1][-1] + 1


def _wordless(story: Story, start: int, end: int) -> list[int]:
    found = ((number, story.blocks[number].line) for number in range(start, end))
    return [number for number, line in found if line and not line.text]


def _kind(block: Block) -> bool:
    return block.element.find(f".//{w('drawing')}") is not None


def _moves(
    old: Story, new: Story, moved: Iterable[tuple[int, int]], gone: Sequence[_Place], come: Sequence[_Place]
) -> Iterator[tuple[int, int]]:
    """The paragraphs that moved just as they are. What was edited as well is removed and added: Word keeps no change
    within a move."""
    for number, other in moved:
        (a, row, _), (b, other_row, _) = gone[number], come[other]
        was, now = old.blocks[a].line, new.blocks[b].line
        if row == other_row == _PARAGRAPH and was and now and was.look == now.look:
            yield a, b


def _shared(old: Block, new: Block, pairs: Iterable[tuple[_Place, _Place]]) -> Counter[tuple[int, int]]:
    """How much each two rows of two tables share: a cell that is the same counts twice. Headings are headings."""
    shared = Counter({(0, 0): 1})  # the column headings
    for (_, row, column), (_, other, place) in pairs:
        if column == place and (row == 0) == (other == 0):
            shared[row, other] += 1 + (old.rows[row][column].text == new.rows[other][place].text)
    return shared


def _rows(before: Story, after: Story, a: int, b: int, pairs: Iterable[tuple[_Place, _Place]]) -> list[tuple[int, int]]:
    """The rows of two tables that are versions of one another, in order: as much shared as can be."""
    old, new = before.blocks[a], after.blocks[b]
    shared = _shared(old, new, (pair for pair in pairs if (pair[0][0], pair[1][0]) == (a, b)))
    best: dict[tuple[int, int], tuple[int, list[tuple[int, int]]]] = {}
    for i in reversed(range(len(old.rows) + 1)):
        for j in reversed(range(len(new.rows) + 1)):
            options = [best[place] for place in ((i + 1, j), (i, j + 1)) if place in best]
            if shared[i, j]:
                score, chain = best[i + 1, j + 1]
                options.append((score + shared[i, j], [(i, j), *chain]))
            best[i, j] = max(options, key=lambda option: option[0], default=(0, []))
    return best[0, 0][1]


# -- lists


def share_numbering(aligned: Aligned, alike: Mapping[str, bytes]) -> None:
    """Let a list keep its number where it is a version of the other side's, so that it does not seem to have changed.

    `alike`: how each number counts; only those that count alike are the same list.
    """
    shared: dict[str, str] = {}
    for old, new in aligned.matches:
        was, now = _number(aligned.old.blocks[old[0]]), _number(aligned.new.blocks[new[0]])
        if was and now and alike[was] == alike[now] and was not in shared and now not in shared.values():
            shared[was] = now
    for block in aligned.old.blocks:
        number = block.element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        if number is not None:
            value = number.get(w("val"), "")
            number.set(w("val"), shared.get(value, value))


def _number(block: Block) -> str:
    found = block.element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    return "" if found is None else found.get(w("val"), "")
