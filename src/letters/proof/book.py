"""The book of one letter type: every wording there can be, the outcomes that lead to it, its phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from letters.compose import Composer
from letters.compose.coverage import Branch
from letters.compose.trace import TracedBlock
from letters.letter import Stage
from letters.problems import Problem
from letters.proof.apart import Answers, Progress, silent
from letters.proof.compared import Compared
from letters.proof.enumerate import Enumeration
from letters.proof.possible import read_possible, to_nobody, traced
from letters.proof.recipients import Kinds
from letters.proof.sections import Section, Today, Verdict, sections_of, standard_text
from letters.workspace.model import Force, LetterType
from letters.workspace.recipient import shipped


@dataclass(frozen=True)
class Reading:
    """One outcome and the letter it gives: its blocks with where they come from."""

    answers: Answers
    blocks: tuple[TracedBlock, ...]

    @property
    def text(self) -> str:
        """All words of the letter."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class Book:
    """`sections`: what differs from letter to letter, by what it hangs on; `standard`: the letter in order, the blocks
    that all have and the places of the sections among them. `used`: forces that have a phrase today, by its id;
    `taken`: how many, by branch."""

    letter_type: LetterType
    enumeration: Enumeration
    readings: tuple[Reading, ...]
    sections: tuple[Section, ...]
    standard: tuple[TracedBlock | Section, ...] = ()
    today: Mapping[str, tuple[TracedBlock, ...]] = field(default_factory=dict)
    used: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    branches: frozenset[Branch] = frozenset()
    reached: frozenset[Branch] = frozenset()
    taken: Mapping[Branch, int] = field(default_factory=dict)
    #: Branches that only values reach which no letter of the book has.
    otherwise: frozenset[Branch] = frozenset()
    compared: Compared = field(default_factory=Compared)
    recipients: Kinds = field(default_factory=lambda: Kinds(shipped()))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Those of all sections."""
        return tuple(verdict for section in self.sections for verdict in section.verdicts)

    @property
    def paragraphs(self) -> tuple[Section, ...]:
        """The sections that are read; all of them, if each is a few words."""
        return tuple(section for section in self.sections if not section.is_short) or self.sections

    @property
    def titles(self) -> tuple[Section, ...]:
        """The sections that say an answer in a few words, in a table or among the lines of an address."""
        return tuple(section for section in self.sections if section not in self.paragraphs)

    def phrase_numbers(self) -> dict[str, list[str]]:
        """By phrase id the numbers of the verdicts that it is used in."""
        numbers: dict[str, list[str]] = {key: [] for key in self.letter_type.phrases}
        for verdict in self.verdicts:
            for key in verdict.phrases:
                numbers.setdefault(key, []).append(verdict.number)
        return numbers


def write_book(
    composer: Composer, letter_type: LetterType, forces: Iterable[Force], progress: Progress = silent
) -> tuple[Book, list[Problem]]:
    """Compose what a type's outcomes say, and today's letters to `forces`; a book, and what could not be composed."""
    possible = read_possible(composer, letter_type, progress)
    today: dict[str, tuple[TracedBlock, ...]] = {}
    taken: dict[Branch, int] = defaultdict(int)
    answers: dict[str, Answers] = {}
    composer.take_reached()
    for force in forces:
        outcome = force.letters.get(letter_type.name)
        if outcome is None or outcome.stage is Stage.AWAITED:
            continue
        if not (blocks := traced(composer, letter_type, force, [])):
            continue  # it cannot be composed, which is told of the letter itself
        today[force.slug] = blocks
        answers[force.slug] = {**outcome.answers, **possible.recipients.of(force, outcome)}
        for branch in composer.take_reached():
            taken[branch] += 1
    used: dict[str, list[str]] = defaultdict(list)
    for slug, blocks in today.items():
        for key in {span.phrase for block in blocks for span in block.spans} - {""}:
            used[key].append(slug)
    apart = possible.apart
    sections = sections_of(apart, Today(letter_type.outcome, answers, today, possible.asked, possible.recipients))
    book = Book(
        letter_type,
        possible.enumeration,
        tuple(Reading(answers, tuple(block for block, _ in blocks)) for answers, blocks in apart.letters),
        tuple(section for section in sections if section),
        standard_text(apart, sections),
        today,
        {key: tuple(slugs) for key, slugs in sorted(used.items())},
        frozenset(composer.branches(letter_type)),
        possible.reached | possible.otherwise,
        dict(taken),
        possible.otherwise - taken.keys(),
        possible.asked,
        possible.recipients,
    )
    return book, list(possible.problems)


def letter_of(composer: Composer, letter_type: LetterType, answers: Answers) -> tuple[TracedBlock, ...]:
    """The blocks of the letter of an outcome to nobody; none where it cannot be composed."""
    force = to_nobody(composer, letter_type, answers)
    return traced(composer, letter_type, force, []) if force else ()


def sample_foot(composer: Composer, book: Book) -> list[TracedBlock]:
    """The lines of the foot of a letter to nobody; none where no letter could be composed."""
    for reading in book.readings[:1]:
        if force := to_nobody(composer, book.letter_type, reading.answers):
            return composer.foot(book.letter_type, force)
    return []
