"""The nouns of a review: what is different between two states of a letter, in four kinds that are counted apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from letters.letter import LetterKey
from letters.letter.compared import Piece
from letters.review.compare.content import STAGE, Content, counted
from letters.review.compare.passages import Change

#: So many lines of one template are named as the causes of one change, and so many files of forces.
MOST_CAUSES = 3

#: The name of a fact that stands for whatever else was edited in a Word file.
ELSE = "something else than words"


class ChangeKind(StrEnum):
    """What a change is a change of. `EDITED`: what the Word file says and the letter does not; `LOOK`: how Word and a
    browser set it."""

    STAGE = "stage"
    LETTER = "whole letter"
    WORDS = "words"
    EDITED = "edited in Word"
    FORMATTING = "formatting"
    LAYOUT = "layout"
    LOOK = "look"
    FACTS = "hidden facts"


@dataclass(frozen=True)
class FormatChange:
    """A stretch of text that says the same and looks different. `what`: bold, italic, style, part, typography.

    `before_passage`, `after_passage`: the passage it is in, its number on either side; `at`: from which character of
    the one before, or -1 for the whole passage. `old` and `new` in a person's words.
    """

    what: str
    part: str
    text: str
    old: str
    new: str
    before_passage: int = 0
    after_passage: int = 0
    at: int = -1


@dataclass(frozen=True)
class FactChange:
    """A hidden fact that is new (`old` is None), gone (`new` is None) or different.

    `follows`: it says no more than the changes of words do, as the title of a document does that holds a force's name;
    such a change is shown with its letter, and not counted. `within`, `at`: of a fact about words, the passage that
    they are in, as it was before if it was there, and from which character; -1 where only one side has the words.
    """

    name: str
    about: str
    old: str | None
    new: str | None
    follows: bool = False
    within: str = ""
    at: int = -1


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
class LookChange:
    """How a letter looks in `format` (Word, HTML), where no picture of its pages shows it. `what`: in a person's words.
    `digests`: of its file before and after."""

    format: str
    path: str
    what: str
    digests: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Difference:
    """One letter before and after. A side that is not there is None: the letter was added, or removed.

    `not_compared`: how many there are of what was not looked at, or on one side only, by name in the singular.
    `in_word`: from the letter as it was composed to its Word file, if somebody edited that.
    """

    key: LetterKey
    before: Content | None
    after: Content | None
    words: tuple[Change, ...] = ()
    formatting: tuple[FormatChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    layout: tuple[LayoutChange, ...] = ()
    layout_compared: bool = False
    not_compared: Mapping[str, int] = field(default_factory=dict)
    look: tuple[LookChange, ...] = ()
    in_word: Difference | None = None

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind."""
        in_word = self.in_word.counts if self.in_word else {}
        return {
            ChangeKind.STAGE: len(self.stage),
            ChangeKind.LETTER: int(self.before is None or self.after is None),
            ChangeKind.WORDS: len(self.words),
            ChangeKind.EDITED: sum(in_word.values()),
            ChangeKind.FORMATTING: len(self.formatting),
            ChangeKind.LAYOUT: len(self.layout),
            ChangeKind.LOOK: len({change.format for change in self.look}),
            ChangeKind.FACTS: sum(not fact.follows for fact in self.facts) - len(self.stage),
        }

    @property
    def stage(self) -> tuple[FactChange, ...]:
        """The change of its stage, if there is one: every page shows it."""
        return tuple(fact for fact in self.facts if fact.name == STAGE and not fact.follows)

    @property
    def is_same(self) -> bool:
        """Whether nothing is different of what was compared: `not_compared` says what was not."""
        return not any(self.counts.values())

    @property
    def shows_in_word(self) -> bool:
        """Whether a Word document can show what changed in the letter: words, formatting or facts."""
        return any(count for kind, count in self.counts.items() if kind not in _NOT_IN_WORD)

    @property
    def verdict(self) -> str:
        """In one line, for a person: what is different, and what was found the same."""
        if self.before is None or self.after is None:
            whole = "a letter that was not there before" if self.before is None else "this letter is no longer there"
            return "; ".join((whole, *self._first({ChangeKind.EDITED: 1} if self.in_word else {})))
        if self.is_same and self.not_compared:
            return f"no change in the words; not compared: {counted(self.not_compared)}"
        if self.is_same:
            return (
                "nothing changed" if self.layout_compared else "nothing changed in words, formatting and hidden facts"
            )
        counts = {kind: count for kind, count in self.counts.items() if count}
        if list(counts) == [ChangeKind.LAYOUT]:
            return "words the same, layout moved"
        said = [*self._first(counts)]
        said += [] if ChangeKind.WORDS in counts else ["words the same"]
        if rest := [f"{kind} {_times(count)}" for kind, count in counts.items() if kind not in _SAID_APART]:
            said.append(f"changed: {', '.join(rest)}")
        said += [f"the {format} look changed" for format in dict.fromkeys(change.format for change in self.look)]
        return "; ".join(said)

    def _first(self, counts: Mapping[ChangeKind, int]) -> Iterator[str]:
        """What is said of a letter before all else, in words of its own."""
        for one in self.stage:
            yield f"{one.old or 'no stage'} → {one.new or 'no stage'}"
        if ChangeKind.EDITED in counts:
            yield "its Word file was edited and says something else than its PDF"


_SAID_APART = (ChangeKind.STAGE, ChangeKind.EDITED, ChangeKind.LOOK)
_NOT_IN_WORD = (ChangeKind.LAYOUT, ChangeKind.LOOK, ChangeKind.EDITED)


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

    `pieces`: of its passage, in which only this change is marked, and not others'.
    `change`: its number in `Difference.words`, if it is one of words; `passage`: that of the passage, if of formatting.
    `identities`: what the changes in it are known by in each report (see `identity`), to which a reader's mark belongs.
    """

    key: LetterKey
    part: str
    pieces: tuple[Piece, ...]
    change: int = -1
    passage: int = -1
    identities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """The same change in one letter or several, read once.

    `title`: in a person's words. `occurrences`: each place, in the order of the letters; the first serves as example.
    """

    kind: ChangeKind
    title: str
    occurrences: tuple[Occurrence, ...]
    causes: tuple[Cause, ...] = ()
    number: int = 0

    @property
    def letters(self) -> tuple[LetterKey, ...]:
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
