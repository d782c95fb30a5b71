"""The book of one letter type: every wording there can be, the outcomes that lead to it, its phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from letters.compose import Composer
from letters.compose.comparisons import comparisons
from letters.compose.coverage import Branch
from letters.compose.deciding import decisions
from letters.compose.trace import TracedBlock
from letters.letter import Stage
from letters.problems import InvalidInput, Problem
from letters.proof.apart import Answers, Apart, Progress, Seen, read_apart, silent
from letters.proof.compared import Compared, compared
from letters.proof.enumerate import Enumeration, Rows, of_outcome
from letters.proof.reach import other_outcomes
from letters.proof.recipients import Kinds
from letters.proof.sample_forces import other_forces, sample_force, sample_forces
from letters.proof.sections import Section, Today, Verdict, sections_of, standard_text
from letters.workspace.model import Force, LetterType, Outcome
from letters.workspace.recipient import shipped

#: Of a letter to nobody whose type has no date.
SAMPLE_DATE = date(2018, 1, 31)


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
    problems: list[Problem] = []
    asked = _asked(composer, letter_type)
    recipients = kinds_of(composer, letter_type)
    rows = Rows(letter_type.schema, letter_type.outcome, compared=asked, recipients=recipients)
    apart = read_apart(rows, lambda answers: _seen(composer, letter_type, answers, problems), progress)
    enumeration = _enumeration(rows, apart)
    for force in _with_everything(composer, letter_type, enumeration):
        _trace(composer, letter_type, force, problems)
    reached, otherwise = composer.take_reached(), set[Branch]()
    if composer.branches(letter_type) - reached:
        _meet_others(composer, letter_type, enumeration)
        otherwise = composer.take_reached() - reached
    if composer.branches(letter_type) - reached - otherwise:
        otherwise |= _reached_otherwise(composer, letter_type, enumeration) - reached
    today: dict[str, tuple[TracedBlock, ...]] = {}
    taken: dict[Branch, int] = defaultdict(int)
    answers: dict[str, Answers] = {}
    for force in forces:
        outcome = force.letters.get(letter_type.name)
        if outcome is None or outcome.stage is Stage.AWAITED:
            continue
        today[force.slug] = _trace(composer, letter_type, force, problems)
        answers[force.slug] = {**outcome.answers, **recipients.of(force, outcome)}
        for branch in composer.take_reached():
            taken[branch] += 1
    used: dict[str, list[str]] = defaultdict(list)
    for slug, blocks in today.items():
        for key in {span.phrase for block in blocks for span in block.spans} - {""}:
            used[key].append(slug)
    sections = sections_of(apart, Today(letter_type.outcome, answers, today, asked, recipients))
    book = Book(
        letter_type,
        enumeration,
        tuple(Reading(answers, tuple(block for block, _ in blocks)) for answers, blocks in apart.letters),
        tuple(section for section in sections if section),
        standard_text(apart, sections),
        today,
        {key: tuple(slugs) for key, slugs in sorted(used.items())},
        frozenset(composer.branches(letter_type)),
        frozenset(reached | otherwise),
        dict(taken),
        frozenset(otherwise),
        asked,
        recipients,
    )
    return book, list(dict.fromkeys(problems))


def _enumeration(rows: Rows, apart: Apart) -> Enumeration:
    fields = [rows.fields] if apart.is_whole else [part.fields for part in apart.parts]
    complete = all(map(rows.are_all, fields))
    by_pairs = not complete and all(rows.are_all(names) or rows.by_pairs(names) for names in fields)
    letters = tuple(rows.of(rows.fields)) if apart.is_whole else tuple(answers for answers, _ in apart.letters)
    number = rows.allowed() if complete else None
    return Enumeration(letters, complete, rows.number, rows.lacking, by_pairs, number, rows.kinds())


def _asked(composer: Composer, letter_type: LetterType) -> Compared:
    found = comparisons(composer.texts(letter_type))
    return compared(letter_type.schema, letter_type.outcome, found, letter_type.date)


def kinds_of(composer: Composer, letter_type: LetterType) -> Kinds:
    """The kinds of recipients that the letters of a type differ by."""
    known = _kinds(composer)
    if letter_type.called not in known:
        nobody, facts = _nobody(composer, letter_type.language), composer.recipient.facts
        found = decisions(composer.texts(letter_type), facts)
        own = Kinds(composer.recipient, nobody.facts if nobody else None, found, _asked(composer, letter_type))
        known[letter_type.called] = own
    return known[letter_type.called]


# Of the composer as it is, and of the one of an earlier state.
@lru_cache(maxsize=4)
def _kinds(composer: Composer) -> dict[str, Kinds]:  # noqa: ARG001 - which it is for
    return {}


def letter_of(composer: Composer, letter_type: LetterType, answers: Answers) -> tuple[TracedBlock, ...]:
    """The blocks of the letter of an outcome to nobody; none where it cannot be composed."""
    force = _to_nobody(composer, letter_type, answers)
    return _trace(composer, letter_type, force, []) if force else ()


# All possible letters of a type are to the same nobody.
@lru_cache(maxsize=4)
def _nobody(composer: Composer, language: str) -> Force | None:
    return sample_force(composer.recipient, language)


def _to_nobody(composer: Composer, letter_type: LetterType, answers: Answers) -> Force | None:
    nobody, facts = _nobody(composer, letter_type.language), kinds_of(composer, letter_type).facts(answers)
    outcome = Outcome(Stage.READY, of_outcome(answers), date=_date_of(letter_type))
    return replace(nobody, facts=facts, letters={letter_type.name: outcome}) if nobody and facts else None


def _seen(composer: Composer, letter_type: LetterType, answers: Answers, problems: list[Problem]) -> Seen:
    force = _to_nobody(composer, letter_type, answers)
    if force is None:
        return None
    try:
        return composer.trace_units(letter_type, force, kinds_of(composer, letter_type).fields.keys())
    except InvalidInput as broken:
        problems += _of_nobody(broken.problems, force)
        return None


def sample_foot(composer: Composer, book: Book) -> list[TracedBlock]:
    """The lines of the foot of a letter to nobody; none where no letter could be composed."""
    for reading in book.readings[:1]:
        if force := _to_nobody(composer, book.letter_type, reading.answers):
            return composer.foot(book.letter_type, force)
    return []


def _with_everything(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> Iterator[Force]:
    """Letters with all that is known of a force, and that one letter may say for itself, so that every branch that
    asks for it is taken."""
    for answers in enumeration.outcomes[:1]:
        plain = Outcome(Stage.READY, of_outcome(answers), date=_date_of(letter_type))
        copied = ("Somebody", "Somebody else")
        full = replace(plain, salutation="Somebody", copied_to=copied, salutation_cy="Rhywun", copied_to_cy=copied)
        for force in sample_forces(composer.recipient):
            yield replace(force, letters={letter_type.name: full})


def _reached_otherwise(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> set[Branch]:
    """The branches that other values in open fields reach; that some of these make no letter is no problem."""
    for answers in other_outcomes(letter_type.schema, letter_type.outcome, enumeration, composer.texts(letter_type)):
        if force := _to_nobody(composer, letter_type, answers):
            _trace(composer, letter_type, force, [])
    return composer.take_reached()


def _meet_others(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> None:
    """Compose letters to forces with other facts, for the branches that ask for these."""
    for force in other_forces(composer.recipient):
        for answers in enumeration.outcomes[:1]:
            outcome = Outcome(Stage.READY, of_outcome(answers), date=_date_of(letter_type))
            _trace(composer, letter_type, replace(force, letters={letter_type.name: outcome}), [])


def _date_of(letter_type: LetterType) -> date:
    return letter_type.date or SAMPLE_DATE


def _trace(
    composer: Composer, letter_type: LetterType, force: Force, problems: list[Problem]
) -> tuple[TracedBlock, ...]:
    try:
        return tuple(composer.trace(letter_type, force))
    except InvalidInput as broken:
        problems += _of_nobody(broken.problems, force)
        return ()


def _of_nobody(problems: Iterable[Problem], force: Force) -> Iterator[Problem]:
    """Problems without the name of the force: the same hole in a hundred outcomes is one problem."""
    about = f" (in the letter to {force.name})"
    return (replace(problem, message=problem.message.replace(about, "")) for problem in problems)
