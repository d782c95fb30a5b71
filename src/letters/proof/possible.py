"""All that letters of a type can say, whoever gets one: each outcome composed to nobody, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from letters.proof.sample_signers import signed_otherwise
from letters.workspace.model import Force, LetterType, Outcome

#: Of a letter to nobody whose type has no date.
SAMPLE_DATE = date(2018, 1, 31)


@dataclass(frozen=True)
class Possible:
    """What a type's letters can say. `reached`: the branches that its outcomes take; `otherwise`: those that only
    other facts and values do. `problems`: what could not be composed, or not be shown as it is written."""

    apart: Apart
    enumeration: Enumeration
    asked: Compared
    recipients: Kinds
    reached: frozenset[Branch]
    otherwise: frozenset[Branch]
    problems: tuple[Problem, ...]


def read_possible(composer: Composer, letter_type: LetterType, progress: Progress = silent) -> Possible:
    """Compose what a type's outcomes say. Of the same templates and recipients it is known from the time before."""
    return _known(_Asked(composer.digest, letter_type, composer, progress))


@dataclass(frozen=True)
class _Asked:
    """A letter type in one state of the templates: these alone decide what it can say."""

    templates: str
    letter_type: LetterType = field(hash=False)
    composer: Composer = field(compare=False)
    progress: Progress = field(compare=False)


@lru_cache(maxsize=8)
def _known(one: _Asked) -> Possible:
    return _Reading(one.composer, one.letter_type).read(one.progress)


@dataclass
class _Reading:
    composer: Composer
    letter_type: LetterType
    problems: list[Problem] = field(default_factory=list)
    reached: set[Branch] = field(default_factory=set)

    def read(self, progress: Progress) -> Possible:
        composer, letter_type = self.composer, self.letter_type
        composer.take_reached()
        asked, recipients = _asked(composer, letter_type), kinds_of(composer, letter_type)
        rows = Rows(letter_type.schema, letter_type.outcome, compared=asked, recipients=recipients)
        apart = read_apart(rows, self.seen, progress)
        enumeration = _enumeration(rows, apart)
        for force in _with_everything(composer, letter_type, enumeration):
            traced(composer, letter_type, force, self.problems)
            self.look(force)
        if composer.branches(letter_type) - self.reached:
            self.reached |= _signed_by_others(composer, letter_type, enumeration)
        otherwise = set[Branch]()
        if not apart.failed and composer.branches(letter_type) - self.reached:
            _meet_others(composer, letter_type, enumeration)
            otherwise = composer.take_reached() - self.reached
        if not apart.failed and composer.branches(letter_type) - self.reached - otherwise:
            otherwise |= _reached_otherwise(composer, letter_type, enumeration) - self.reached
        problems = tuple(dict.fromkeys(self.problems))
        return Possible(apart, enumeration, asked, recipients, frozenset(self.reached), frozenset(otherwise), problems)

    def seen(self, answers: Answers) -> Seen:
        """The letter of an outcome, by the units of its templates; None where it cannot be composed."""
        force = to_nobody(self.composer, self.letter_type, answers)
        if force is None:
            return None
        facts = kinds_of(self.composer, self.letter_type).fields.keys()
        try:
            found = self.composer.trace_units(self.letter_type, force, facts)
        except InvalidInput as broken:
            self.problems += _of_nobody(broken.problems, force)
            return None
        self.look(force)
        return found

    def look(self, force: Force) -> None:
        """Read the Markdown of a letter that has just been composed, if it is the first to take some branch."""
        taken = self.composer.take_reached()
        if taken <= self.reached:
            return
        self.reached |= taken
        for problem in self.composer.problems_of(self.letter_type, force):
            # One of a value that is invented has no place.
            if problem.place.path and problem.code[1] == "2":
                self.problems.append(replace(problem, seen_in=()))
        self.composer.take_reached()


def _enumeration(rows: Rows, apart: Apart) -> Enumeration:
    fields = [rows.fields] if apart.is_whole else [part.fields for part in apart.parts]
    complete = not apart.failed and all(map(rows.are_all, fields))
    by_pairs = (
        not complete and not apart.failed and all(rows.are_all(names) or rows.by_pairs(names) for names in fields)
    )
    letters = tuple(answers for answers, _ in apart.letters)
    number = rows.allowed() if complete else None
    return Enumeration(letters, complete, rows.number, rows.lacking, by_pairs, number, rows.kinds(), apart.failed)


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


# All possible letters of a type are to the same nobody.
@lru_cache(maxsize=4)
def _nobody(composer: Composer, language: str) -> Force | None:
    return sample_force(composer.recipient, language)


def to_nobody(composer: Composer, letter_type: LetterType, answers: Answers) -> Force | None:
    nobody, facts = _nobody(composer, letter_type.language), kinds_of(composer, letter_type).facts(answers)
    outcome = Outcome(Stage.READY, of_outcome(answers), date=date_of(letter_type))
    return replace(nobody, facts=facts, letters={letter_type.name: outcome}) if nobody and facts else None


def _with_everything(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> Iterator[Force]:
    """Letters with all that is known of a force, and that one letter may say for itself, so that every branch that
    asks for it is taken."""
    for answers in enumeration.outcomes[:1]:
        plain = Outcome(Stage.READY, of_outcome(answers), date=date_of(letter_type))
        copied = ("Somebody", "Somebody else")
        full = replace(plain, salutation="Somebody", copied_to=copied, salutation_cy="Rhywun", copied_to_cy=copied)
        for force in sample_forces(composer.recipient):
            yield replace(force, letters={letter_type.name: full})


def _signed_by_others(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> set[Branch]:
    """The branches that a letter takes when others sign it."""
    for answers in enumeration.outcomes[:1]:
        if force := to_nobody(composer, letter_type, answers):
            for signed in signed_otherwise(letter_type):
                traced(composer, signed, force, [])
    return composer.take_reached()


def _reached_otherwise(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> set[Branch]:
    """The branches that other values in open fields reach; that some of these make no letter is no problem."""
    for answers in other_outcomes(letter_type.schema, letter_type.outcome, enumeration, composer.texts(letter_type)):
        if force := to_nobody(composer, letter_type, answers):
            traced(composer, letter_type, force, [])
    return composer.take_reached()


def _meet_others(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> None:
    """Compose letters to forces with other facts, for the branches that ask for these."""
    for force in other_forces(composer.recipient):
        for answers in enumeration.outcomes[:1]:
            outcome = Outcome(Stage.READY, of_outcome(answers), date=date_of(letter_type))
            traced(composer, letter_type, replace(force, letters={letter_type.name: outcome}), [])


def date_of(letter_type: LetterType) -> date:
    """The date of a letter to nobody, and of the type's book: the same book is the same bytes."""
    return letter_type.date or SAMPLE_DATE


def traced(
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
