"""The furniture of printed pages: what stands at their head and foot and is none of the words, told once as facts.

A guess never takes words away: of a page that stands alone only its number is furniture, and that is told too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from letters.letter import normalise
from letters.review.compare.content import Fact
from letters.review.files.facts import furniture_facts, is_stage_mark
from letters.review.files.lines import SAME_PLACE, Line

#: How pages are numbered, and what is drawn in the midst of a page but is none of its words.
PAGE_NUMBERS, BESIDE = "page numbers", "words beside the text"
#: Parts of a page's height: furniture stands within them.
_HEAD_ZONE, _FOOT_ZONE = 0.25, 0.12


# -- of pages that do not say it


def furniture(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The lines (by `id`) that are none of the words: stage marks, page numbers, and what pages repeat.

    What stands at the head of several pages counts as words on the first of them.
    """
    found = {id(line) for lines in pages for line in lines if is_stage_mark(line.text)}
    feet = _repeated([line for lines in pages for line in lines if line.y < line.height * _FOOT_ZONE])
    found |= {id(line) for line in feet}
    seen: list[Line] = []
    for lines in pages:
        rest = [line for line in lines if id(line) not in found]
        found |= {id(line) for line in _numbered(rest)}
        head = [line for line in _downwards(rest) if line.y > line.height * (1 - _HEAD_ZONE) and id(line) not in found]
        found |= {id(line) for line in _leading(head, seen)}
        seen += head
    return found


def _downwards(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: -line.y)


def _repeated(lines: Sequence[Line]) -> list[Line]:
    """The lines that stand on two pages at least, in the same place, their numbers aside."""
    places: defaultdict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in lines:
        places[re.sub(r"\d+", "#", line.text), round(line.y / SAME_PLACE)].append(line)
    return [line for same in places.values() if len({line.page for line in same}) > 1 for line in same]


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """The lowest and the highest line of a page if it ends in the page's number, set apart from the text.

    The first page of a letter has no head of further pages: there it must be the number, and no more.
    """
    ordered = _downwards(lines)
    found = []
    for ends, zone in ((ordered[::-1], _FOOT_ZONE), (ordered, _HEAD_ZONE / 2)):
        near = min(ends[0].y, ends[0].height - ends[0].y) < ends[0].height * zone if ends else False
        apart = len(ends) < 2 or abs(ends[0].y - ends[1].y) > 2 * ends[0].size
        if near and apart and len(lines) > 1:
            rest = without_page_number(ends[0].text, ends[0].page)
            if not rest or (rest != ends[0].text and ends[0].page > 1):
                found.append(ends[0])
    return found


def without_page_number(text: str, page: int) -> str:
    """The text of a line in a margin without the number of its own page: "Kent Police 2", "Page 2 of 3", "- 2 -"."""
    number = _number(page)
    return re.sub(rf"(?i)(?:^|\s+){number}$|^{number}$", "", text).strip()


def is_numbered(line: Line) -> bool:
    """Whether a line has the number of its page."""
    return without_page_number(line.text, line.page) != line.text


def _number(page: int) -> str:
    return rf"(?:(?:page|p\.)\s*)?(?:- ?)?\b{page}\b(?: ?-)?(?:\s*(?:of|/)\s*\d+)?"


def _leading(head: Sequence[Line], seen: Sequence[Line]) -> Iterator[Line]:
    """The lines that a page begins with, as long as an earlier page had them at its head as well."""
    for line in head:
        if not any(line.text == other.text and abs(line.left - other.left) < SAME_PLACE for other in seen):
            return
        yield line


# -- of pages whose tags say it


class Margins(NamedTuple):
    """The lines of a page that are none of its tagged words: above them, below them, and in their midst."""

    head: list[Line]
    foot: list[Line]
    beside: list[Line]


def margins(lines: Sequence[Line], words: Iterable[float]) -> Margins:
    """Lines outside the words by where they stand; `words`: the baselines of the page's words."""
    baselines = list(words)
    found = Margins([], [], [])
    for line in lines:
        middle = line.height / 2
        top, bottom = (max(baselines), min(baselines)) if baselines else (middle, middle)
        place = found.head if line.y > top else found.foot if line.y < bottom else found.beside
        place.append(line)
    return found


# -- facts


def facts_of(head: Sequence[Line], foot: Sequence[Line], beside: Sequence[str] = ()) -> Iterator[Fact]:
    """What lines in the margins tell: the stage, heads, feet, how pages are numbered; each said once."""
    lines = [*head, *foot]
    yield from furniture_facts(
        [without_page_number(line.text, line.page) for line in head],
        [without_page_number(line.text, line.page) for line in foot],
    )
    numbers = dict.fromkeys(_how_numbered(line) for line in lines)
    if said := " / ".join(filter(None, numbers)):
        yield Fact(PAGE_NUMBERS, said)
    if beside:
        yield Fact(BESIDE, " / ".join(dict.fromkeys(normalise(text) for text in beside)))


def _how_numbered(line: Line) -> str:
    """The number of its page as a line has it, "#" in place of the number itself."""
    rest = without_page_number(line.text, line.page)
    number = line.text.removeprefix(rest).strip() if rest else line.text
    return re.sub(rf"\b{line.page}\b", "#", number, count=1) if rest != line.text else ""
