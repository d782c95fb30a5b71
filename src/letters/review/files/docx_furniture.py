"""The heads and feet of a Word document, by the pages that show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from letters.readback.docx import R, W, targets
from letters.review.compare import content as known
from letters.review.compare.content import Fact
from letters.review.files.docx_parts import Parts
from letters.review.files.docx_styles import is_on
from letters.review.files.facts import is_stage_mark

#: The place and the kind of page: ("header", "even").
_Shown = dict[tuple[str, str], str]


class Furniture:
    """Which members hold the heads and feet that are shown.

    `head`: of the first page, whose words are the letter's; `later_heads`: of the pages after it; `feet`: of both;
    `members`: all, those of even pages and of the first pages of later sections included, each once, the head first.
    """

    def __init__(self, root: Element, parts: Parts) -> None:
        self._parts = parts
        has_even = _has_even(parts)
        sections = list(self._sections(root))
        first = sections[0] if sections else ({}, False)
        self._opening = "first" if first[1] else "default"
        self.head = _filled(first[0].get(("header", self._opening)))
        self._first_foot = _filled(first[0].get(("footer", self._opening)))
        self.later_heads = _each(shown.get(("header", "default")) for shown, _ in sections)
        self.feet = list(dict.fromkeys([*self._first_foot, *_each(s.get(("footer", "default")) for s, _ in sections)]))
        self._even = {place: _each(s.get((place, "even")) for s, _ in sections if has_even) for place in _PLACES}
        later = [shown for shown, titled in sections[1:] if titled]
        self._firsts = {place: _each(shown.get((place, "first")) for shown in later) for place in _PLACES}
        others = [*self._even.values(), *self._firsts.values()]
        every = [*self.head, *self.later_heads, *self.feet, *(name for names in others for name in names)]
        self.members = list(dict.fromkeys(every))

    def _sections(self, root: Element) -> Iterator[tuple[_Shown, bool]]:
        """What each section shows, taken over from the one before where it says nothing, and whether its first page
        has a head and a foot of its own."""
        shown: _Shown = {}
        for section in root.iter(f"{W}sectPr"):
            for place in _PLACES:
                for reference in section.findall(f"{W}{place}Reference"):
                    member = self._parts.targets.get(reference.get(f"{R}id", ""), "")
                    if member in self._parts.members:
                        shown = {**shown, (place, reference.get(f"{W}type", "default")): member}
            yield shown, bool(is_on(section.find(f"{W}titlePg")))

    def facts(self, told: Mapping[str, list[str]]) -> Iterator[Fact]:
        """What is shown on some pages only. `told`: the lines of each member."""
        wanted = (
            (known.FIRST_FOOT, self._first_foot if self._opening == "first" else []),
            (known.EVEN_HEAD, self._even["header"]),
            (known.EVEN_FOOT, self._even["footer"]),
            (known.FIRST_HEAD, self._firsts["header"]),
            (known.FIRST_FOOT, self._firsts["footer"]),
        )
        for name, members in wanted:
            lines = [line for member in members for line in told[member] if line and not is_stage_mark(line)]
            if lines:
                yield Fact(name, " / ".join(lines))


_PLACES = ("header", "footer")


def _has_even(parts: Parts) -> bool:
    """Whether even pages have heads and feet of their own."""
    names = (name for name in targets(parts, parts.main, "settings").values() if name in parts.members)
    return any(is_on(parts.parse(name).find(f"{W}evenAndOddHeaders")) for name in names)


def _filled(member: str | None) -> list[str]:
    return [member] if member else []


def _each(members: Iterator[str | None]) -> list[str]:
    return list(dict.fromkeys(member for member in members if member))
