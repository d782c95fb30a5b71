"""The nouns of a review: what is different between two states of a letter, in four kinds that are counted apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from letters.review.content import Content, counted
from letters.review.passages import Change

#: So many lines of one template are named as the causes of one change, and so many files of forces.
MOST_CAUSES = 3

#: A letter: its type and the slug of its force.
Key = tuple[str, str]


class Kind(StrEnum):
    """What a change is a change of."""

    LETTER = "whole letter"
    WORDS = "words"
    FORMATTING = "formatting"
    LAYOUT = "layout"
    FACTS = "hidden facts"


@dataclass(frozen=True)
class FormatChange:
    """A stretch of text that says the same and looks different. `what`: bold, italic, style, part, typography.

    `after`: the passage it is in (its number after). `old` and `new` in a person's words.
    """

    what: str
    part: str
    text: str
    old: str
    new: str
    before_passage: int = 0
    after_passage: int = 0


@dataclass(frozen=True)
class FactChange:
    """A hidden fact that is new (`old` is None), gone (`new` is None) or different.

    `follows`: it says no more than the changes of words do, as the title of a document does that holds a force's name;
    such a change is shown with its letter, and not counted.
    """

    name: str
    about: str
    old: str | None
    new: str | None
    follows: bool = False


class Moved(StrEnum):
    """How the layout of a letter changed."""

    PAGES = "number of pages"
    BREAK = "page break"
    PLACE = "place on the page"
    LOOKS = "appearance"


@dataclass(frozen=True)
class LayoutChange:
    """What a PDF shows elsewhere or otherwise than before, beyond what the changed words themselves account for.

    `page`: of the letter as it is now, from 1. `old` and `new` in a person's words, the same for the same change in
    several letters.
    """

    what: Moved
    page: int
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """One letter before and after. A side that is not there is None: the letter was added, or removed.

    `not_compared`: how many there are of what was not looked at, or on one side only, by name in the singular.
    """

    key: Key
    before: Content | None
    after: Content | None
    words: tuple[Change, ...] = ()
    formatting: tuple[FormatChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    layout: tuple[LayoutChange, ...] = ()
    layout_compared: bool = False
    not_compared: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many changes there are of each kind."""
        return {
            Kind.LETTER: int(self.before is None or self.after is None),
            Kind.WORDS: len(self.words),
            Kind.FORMATTING: len(self.formatting),
            Kind.LAYOUT: len(self.layout),
            Kind.FACTS: sum(not fact.follows for fact in self.facts),
        }

    @property
    def is_same(self) -> bool:
        """Whether nothing is different of what was compared: `not_compared` says what was not."""
        return not any(self.counts.values())

    @property
    def shows_in_word(self) -> bool:
        """Whether a Word document can show what changed: words, formatting or facts, and not layout alone."""
        return any(count for kind, count in self.counts.items() if kind is not Kind.LAYOUT)

    @property
    def verdict(self) -> str:
        """In one line, for a person: what is different, and what was found the same."""
        if self.before is None:
            return "a letter that was not there before"
        if self.after is None:
            return "this letter is no longer there"
        if self.is_same and self.not_compared:
            return f"no change in the words; not compared: {counted(self.not_compared)}"
        if self.is_same:
            return (
                "nothing changed" if self.layout_compared else "nothing changed in words, formatting and hidden facts"
            )
        counts = {kind: count for kind, count in self.counts.items() if count}
        if list(counts) == [Kind.LAYOUT]:
            return "words the same, layout moved"
        said = ", ".join(f"{kind} {_times(count)}" for kind, count in counts.items())
        return f"changed: {said}" if Kind.WORDS in counts else f"words the same; changed: {said}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


@dataclass(frozen=True)
class Cause:
    """Where in the files a change comes from: path and line (from 1, or 0), and the phrase or key there, if any."""

    path: str
    line: int = 0
    name: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place} ({self.name})" if self.name else place


@dataclass(frozen=True)
class Occurrence:
    """One place in one letter where a group's change is: what was removed and added there, within its passage.

    `pieces`: what became of a text, and the text (see `words.Piece`); others' changes of the passage are not marked.
    `change`: its number in `Difference.words`, if it is one of words; `passage`: that of the passage, if of formatting.
    """

    key: Key
    part: str
    pieces: tuple[tuple[str, str], ...]
    change: int = -1
    passage: int = -1


@dataclass(frozen=True)
class Group:
    """The same change in one letter or several, read once.

    `title`: in a person's words. `occurrences`: each place, in the order of the letters; the first serves as example.
    """

    kind: Kind
    title: str
    occurrences: tuple[Occurrence, ...]
    causes: tuple[Cause, ...] = ()
    number: int = 0

    @property
    def letters(self) -> tuple[Key, ...]:
        """The letters it touches, in order."""
        return tuple(dict.fromkeys(occurrence.key for occurrence in self.occurrences))


@dataclass(frozen=True)
class Review:
    """All that is different between two states of a batch. `against`: the state before, in a person's words."""

    against: str
    differences: tuple[Difference, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def not_compared(self) -> Mapping[str, int]:
        """What was not looked at in its letters, each counted by name."""
        total: Counter[str] = Counter()
        for difference in self.differences:
            total.update(difference.not_compared)
        return dict(sorted(total.items()))

    @property
    def changed(self) -> tuple[Difference, ...]:
        """The letters in which anything is different."""
        return tuple(difference for difference in self.differences if not difference.is_same)
