"""The first pages of a book of redlines: each change once, with tracked changes, in which letters and where from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from letters.letter import LetterKey
from letters.letter.compared import BREAK, Op, Piece, as_set
from letters.problems import plural
from letters.review.compare.changes import ChangeKind, Group, Review
from letters.review.redlines.package import Package
from letters.review.redlines.xml import SPACE, Element, element, w

#: Of the places of one change in its first letter so many are shown.
PLACES = 3
#: So many words around a change are shown; a sentence has seldom more.
_AROUND = 30
_MARKS = {Op.REMOVED: ("del", "delText"), Op.ADDED: ("ins", "t")}


@dataclass(frozen=True)
class Once:
    """What the first pages say. `about`: what is compared, and when. `names` of the forces."""

    review: Review
    names: Mapping[LetterKey, str]
    about: str


class Pages:
    """The first pages, while they are written into a package.

    `bookmarks`: where in the book a letter is, if it is there.
    """

    def __init__(self, once: Once, package: Package, bookmarks: Mapping[LetterKey, str]) -> None:
        self._once = once
        self._package = package
        self._bookmarks = bookmarks
        self._title = self._style("Change Title", size=32, before=0, after=120, level=0)
        self._heading = self._style("Change Heading", size=24, before=320, after=80, level=1)
        self._text = self._style("Change Text", size=22, before=0, after=80)
        self._note = self._style("Change Note", size=18, before=0, after=40, colour="595959")

    def blocks(self) -> Iterator[Element]:
        """The paragraphs."""
        review = self._once.review
        yield self._paragraph(self._title, _run("Each change once"))
        letters = f"{len(review.changed)} of {_letters(len(review.differences))}"
        yield self._paragraph(self._note, _run(f"{plural(len(review.groups), 'change')} in {letters}"))
        yield from (self._paragraph(self._note, _run(line)) for line in self._once.about.split("\n"))
        for group in review.groups:
            yield from self._change(group)

    def _change(self, group: Group) -> Iterator[Element]:
        kind = "" if group.kind in (ChangeKind.WORDS, ChangeKind.LOOK) else f"{group.kind}: "
        title = f"{kind}{_as_set(group.title)}"
        yield self._paragraph(self._heading, _run(f"{group.number}. {title[:1].upper()}{title[1:]}"))
        own = [one for one in group.occurrences if one.key == group.letters[0] and one.pieces]
        for one in own[:PLACES]:
            yield self._paragraph(self._text, *self._runs(group, one.pieces))
        if len(own) > PLACES:
            yield self._paragraph(self._note, _run(f"… and in {len(own) - PLACES} more places of this letter"))
        if group.kind is ChangeKind.EDITED:
            yield self._paragraph(self._note, _run("The Word file of this letter and its PDF say different things."))
        yield self._paragraph(self._note, *self._where(group))
        if group.causes:
            yield self._paragraph(self._note, _run(f"From {'; '.join(map(str, group.causes))}"))

    def _runs(self, group: Group, pieces: Sequence[Piece]) -> Iterator[Element]:
        is_words = group.kind in (ChangeKind.WORDS, ChangeKind.EDITED)
        shown = _near(as_set(pieces)) if is_words else pieces
        for number, (op, text) in enumerate(shown):
            said = text.replace(BREAK, " ¶ ") + ("" if is_words or number + 1 == len(shown) else " ")
            mark, tag = _MARKS.get(op, ("", "t"))
            if said.strip() and mark:
                yield self._package.changes.mark(mark, _run(said, tag))
            elif said:
                yield _run(said)

    def _where(self, group: Group) -> Iterator[Element]:
        """The letters that a change is in, each a link to its redline."""
        letters = group.letters
        kinds = {key.type for key in letters}
        every = [one.key for one in self._once.review.differences if one.key.type in kinds]
        if len(letters) == len(every) > 1:
            yield _run(f"In all {len(every)} letters")
            return
        yield _run(f"In {_letters(len(letters))}: " if letters[0][0] else "")
        for number, key in enumerate(letters):
            name = _run(self._once.names.get(key, key.name))
            there = self._bookmarks.get(key)
            yield element("hyperlink", name, anchor=there) if there else name
            if number + 1 < len(letters):
                yield _run(", ")

    def _paragraph(self, style: str, *children: Element) -> Element:
        return element("p", element("pPr", element("pStyle", val=style)), *children)

    def _style(
        self, name: str, *, size: int, before: int, after: int, level: int | None = None, colour: str = "000000"
    ) -> str:
        look = element("pPr", *([element("keepNext")] if level is not None else []))
        look.append(element("spacing", before=str(before), after=str(after)))
        look.append(element("ind", left="0", right="0", firstLine="0"))
        look.append(element("jc", val="left"))
        if level is not None:
            look.append(element("outlineLvl", val=str(level)))
        font = element("rPr", *([element("b")] if level is not None else []))
        font.extend((element("color", val=colour), element("sz", val=str(size)), element("szCs", val=str(size))))
        style = element("style", element("name", val=name), look, font, type="paragraph", customStyle="1")
        style.set(w("styleId"), name.replace(" ", ""))
        return self._package.house.add_style(style)


def _run(text: str, tag: str = "t") -> Element:
    said = element(tag)
    said.text = text
    said.set(SPACE, "preserve")
    return element("r", said)


def _as_set(title: str) -> str:
    return as_set([Piece(Op.SAME, title)])[0].text


def _near(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with no more than the words around each change."""
    last = len(pieces) - 1
    return [
        Piece(op, text if op in _MARKS else _cut(text, from_start=number > 0, to_end=number < last))
        for number, (op, text) in enumerate(pieces)
    ]


def _cut(text: str, *, from_start: bool, to_end: bool) -> str:
    """A text between changes: its first words if one stands before it, its last if one follows."""
    found = re.findall(r"\s*\S+\s*", text)
    head, tail = _AROUND * from_start, _AROUND * to_end
    if len(found) <= head + tail or not head + tail:
        return text
    return "".join(found[:head]) + "… " * bool(head or tail) + "".join(found[len(found) - tail :])


def _letters(count: int) -> str:
    return plural(count, "letter")
