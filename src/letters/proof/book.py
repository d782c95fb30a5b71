"""The book of one letter type: every verdict there can be, the outcomes that lead to it, its phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from letters.compose import Composer
from letters.compose.composition import ADDED
from letters.compose.coverage import Branch
from letters.compose.trace import TracedBlock
from letters.letter import Stage
from letters.problems import InvalidInput, Problem
from letters.proof.enumerate import Enumeration, enumerate_outcomes
from letters.proof.reach import other_outcomes
from letters.proof.sample_forces import other_forces, sample_force, sample_forces
from letters.workspace.fields import Field
from letters.workspace.model import Force, LetterType, Outcome

_SAMPLE_DATE = date(2018, 1, 31)
#: Without letters and digits that are taken for one another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

Answers = Mapping[str, object]


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
class Verdict:
    """One distinct verdict: the blocks by which its letter differs from others, and who has it."""

    number: str
    blocks: tuple[TracedBlock, ...]
    outcomes: tuple[Answers, ...]
    forces: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words, a line a block."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The ids of the phrases it is made of, in order, each once."""
        ids = (span.phrase for block in self.blocks for span in block.spans)
        return tuple(dict.fromkeys(key for key in ids if key and key != ADDED))


@dataclass(frozen=True)
class Book:
    """`used`: forces that have a phrase today, by its id; `taken`: how many, by branch."""

    letter_type: LetterType
    enumeration: Enumeration
    readings: tuple[Reading, ...]
    verdicts: tuple[Verdict, ...]
    today: Mapping[str, tuple[TracedBlock, ...]] = field(default_factory=dict)
    used: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    branches: frozenset[Branch] = frozenset()
    reached: frozenset[Branch] = frozenset()
    taken: Mapping[Branch, int] = field(default_factory=dict)

    def phrase_numbers(self) -> dict[str, list[str]]:
        """By phrase id the numbers of the verdicts that it is used in."""
        numbers: dict[str, list[str]] = {key: [] for key in self.letter_type.phrases}
        for verdict in self.verdicts:
            for key in verdict.phrases:
                numbers.setdefault(key, []).append(verdict.number)
        return numbers


def write_book(composer: Composer, letter_type: LetterType, forces: Iterable[Force]) -> tuple[Book, list[Problem]]:
    """Compose every outcome of a type, and today's letters to `forces`; a book, and what could not be composed."""
    enumeration = enumerate_outcomes(letter_type.schema, outcome=letter_type.outcome)
    readings, problems = _read_all(composer, letter_type, enumeration)
    for force in _with_everything(composer, letter_type, enumeration):
        _trace(composer, letter_type, force, problems)
    reached = composer.take_reached()
    if composer.branches(letter_type) - reached:
        reached |= _reached_otherwise(composer, letter_type, enumeration)
    today: dict[str, tuple[TracedBlock, ...]] = {}
    taken: dict[Branch, int] = defaultdict(int)
    answers: dict[str, Answers] = {}
    for force in forces:
        outcome = force.letters.get(letter_type.name)
        if outcome is None or outcome.stage is Stage.AWAITED:
            continue
        today[force.slug] = _trace(composer, letter_type, force, problems)
        answers[force.slug] = outcome.answers
        for branch in composer.take_reached():
            taken[branch] += 1
    used: dict[str, list[str]] = defaultdict(list)
    for slug, blocks in today.items():
        for key in {span.phrase for block in blocks for span in block.spans} - {""}:
            used[key].append(slug)
    book = Book(
        letter_type,
        enumeration,
        tuple(readings),
        tuple(_verdicts(letter_type, readings, answers)),
        today,
        {key: tuple(slugs) for key, slugs in sorted(used.items())},
        frozenset(composer.branches(letter_type)),
        frozenset(reached),
        dict(taken),
    )
    return book, list(dict.fromkeys(problems))


def _read_all(
    composer: Composer, letter_type: LetterType, enumeration: Enumeration
) -> tuple[list[Reading], list[Problem]]:
    readings: list[Reading] = []
    problems: list[Problem] = []
    nobody = sample_force(composer.recipient)
    for answers in enumeration.outcomes if nobody else ():
        assert nobody
        force = replace(nobody, letters={letter_type.name: Outcome(Stage.READY, answers, date=_date_of(letter_type))})
        found: list[Problem] = []
        blocks = _trace(composer, letter_type, force, found)
        problems += found
        if not found:
            readings.append(Reading(answers, blocks))
    return readings, problems


def sample_foot(composer: Composer, book: Book) -> list[TracedBlock]:
    """The lines of the foot of a letter to nobody; none where no letter could be composed."""
    nobody = sample_force(composer.recipient)
    for reading in book.readings[:1] if nobody else ():
        assert nobody
        outcome = Outcome(Stage.READY, reading.answers, date=_date_of(book.letter_type))
        return composer.foot(book.letter_type, replace(nobody, letters={book.letter_type.name: outcome}))
    return []


def _with_everything(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> Iterator[Force]:
    """Letters with all that is known of a force, and that one letter may say for itself, so that every branch that
    asks for it is taken."""
    for answers in enumeration.outcomes[:1]:
        plain = Outcome(Stage.READY, answers, date=_date_of(letter_type))
        copied = ("Somebody", "Somebody else")
        full = replace(plain, salutation="Somebody", copied_to=copied, salutation_cy="Rhywun", copied_to_cy=copied)
        for force in sample_forces(composer.recipient):
            yield from (replace(force, letters={letter_type.name: outcome}) for outcome in (plain, full))


def _reached_otherwise(composer: Composer, letter_type: LetterType, enumeration: Enumeration) -> set[Branch]:
    """The branches that other values in open fields reach, and other facts of a force; that some of these make no
    letter is no problem."""
    nobody = sample_force(composer.recipient)
    for answers in other_outcomes(letter_type.schema, letter_type.outcome, enumeration, composer.texts(letter_type)):
        outcome = Outcome(Stage.READY, answers, date=_date_of(letter_type))
        if nobody:
            _trace(composer, letter_type, replace(nobody, letters={letter_type.name: outcome}), [])
    for force in other_forces(composer.recipient):
        for answers in enumeration.outcomes[:1]:
            outcome = Outcome(Stage.READY, answers, date=_date_of(letter_type))
            _trace(composer, letter_type, replace(force, letters={letter_type.name: outcome}), [])
    return composer.take_reached()


def _date_of(letter_type: LetterType) -> date:
    return letter_type.date or _SAMPLE_DATE


def _trace(
    composer: Composer, letter_type: LetterType, force: Force, problems: list[Problem]
) -> tuple[TracedBlock, ...]:
    try:
        return tuple(composer.trace(letter_type, force))
    except InvalidInput as broken:
        # The same hole in a hundred outcomes is one problem: what names the force goes.
        about = f" (in the letter to {force.name})"
        problems += [replace(problem, message=problem.message.replace(about, "")) for problem in broken.problems]
        return ()


def _shape(value: object, field: Field) -> object:
    """An outcome less the words in its open fields, by which the book's samples differ from what anybody wrote."""
    if isinstance(value, Mapping):
        return {key: _shape(inner, field.at((key,))) for key, inner in value.items()}
    if isinstance(value, list) and any(inner.answers for inner in field.at((0,)).every()):
        return [_shape(inner, field.at((number,))) for number, inner in enumerate(value)]
    return value if field.is_answer(value) or isinstance(value, bool) else "given"


def _verdicts(letter_type: LetterType, readings: list[Reading], letters: Mapping[str, Answers]) -> Iterator[Verdict]:
    today = {slug: _shape(answers, letter_type.outcome) for slug, answers in letters.items()}
    counts: dict[str, int] = defaultdict(int)
    for reading in readings:
        for text in {block.text for block in reading.blocks}:
            counts[text] += 1
    by_text: dict[str, list[Reading]] = defaultdict(list)
    distinct: dict[str, tuple[TracedBlock, ...]] = {}
    for reading in readings:
        own = tuple(block for block in reading.blocks if counts[block.text] < len(readings)) or reading.blocks[-1:]
        text = "\n".join(block.text for block in own)
        by_text[text].append(reading)
        distinct[text] = own
    numbers = _numbers(by_text)
    for text, same in by_text.items():
        outcomes = tuple(reading.answers for reading in same)
        shapes = [_shape(one, letter_type.outcome) for one in outcomes]
        forces = tuple(slug for slug, answers in today.items() if answers in shapes)
        yield Verdict(numbers[text], distinct[text], outcomes, forces)


def _numbers(texts: Iterable[str]) -> dict[str, str]:
    """A short number for each text, made from its words alone; one character more where two would be the same."""
    numbers: dict[str, str] = {}
    taken: dict[str, str] = {}
    for text in texts:
        digest = int.from_bytes(sha256(text.encode()).digest())
        letters = "".join(_ALPHABET[(digest >> 5 * place) % 32] for place in range(12))
        length = next(n for n in range(5, 13) if taken.get(letters[:n], text) == text)
        numbers[text] = letters[:length]
        taken[letters[:length]] = text
    return numbers
