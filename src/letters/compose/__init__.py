"""Templates and one force's facts to a letter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from letters.compose.blocks_of_units import UnitBlock, unit_blocks
from letters.compose.composition import Composition, says
from letters.compose.coverage import Branch
from letters.compose.environment import (
    make_environment,
    tell_facts,
    tell_reads,
)
from letters.compose.facts import (
    NAMES_OF_FUNCTIONS,
    template_names,
    unprintable_facts,
)
from letters.compose.foot import FOOT
from letters.compose.inspection import Inspection, Known
from letters.compose.invented import invented_sender
from letters.compose.out_of_step import OutOfStep, not_ready
from letters.compose.own_text import own_text_problems
from letters.compose.signs import template_signs
from letters.compose.syntax import syntax_problem
from letters.compose.trace import TracedBlock, traced_blocks
from letters.letter import ENGLISH, TAGS, WELSH, Letter, Stage
from letters.letter.languages import together
from letters.problems import Code, InvalidInput, Place, Problem
from letters.workspace.accepted import read_accepted
from letters.workspace.digests import templates_digest
from letters.workspace.model import Force, LetterType, own_key
from letters.workspace.raw import PlaceOf, read_text
from letters.workspace.recipient import Recipient, recipient_of
from letters.workspace.source import Source

if TYPE_CHECKING:
    from letters.compose.lockstep import Lockstep
    from letters.compose.said import Lines


class Composer:
    """Composes the letters of one workspace; its templates are read and compiled once."""

    def __init__(self, source: Source, recipient: Recipient | None = None) -> None:
        """`recipient`: who its letters go to, if that has been read."""
        self._source = source
        self.recipient = recipient or recipient_of(source)
        #: What the workspace says is right; what is wrong with that list is told where its English is read.
        self.accepted, _ = read_accepted(source)
        self._texts: dict[str, str] = {}
        self._environments = {language: make_environment(self._text, language) for language in TAGS}
        #: The letters, by type and force, whose Welsh is not up to date with their English.
        self.behind: set[tuple[str, str]] = set()
        self._locksteps: dict[str, Lockstep] = {}
        self._lockstep: dict[str, list[OutOfStep]] = {}

    def template_problems(self, letter_type: LetterType) -> list[Problem]:
        """What is wrong with the templates of a letter type, whichever force they meet, in each of its languages."""
        problems: list[Problem] = []
        in_english = frozenset(letter_type.edition(ENGLISH).phrases)
        has_english = any(edition.language == ENGLISH for edition in letter_type.editions)
        for edition in letter_type.editions:
            for path in self._template_paths(edition):
                try:
                    problems += self._inspect(edition, path, self._text(path), in_english, has_english)
                except InvalidInput as broken:
                    problems += broken.problems
        if not any(problem.stops for problem in problems):
            problems += (one.problem for one in self.out_of_step(letter_type))
        return list(dict.fromkeys(problems))

    def out_of_step(self, letter_type: LetterType) -> list[OutOfStep]:
        """What of a letter type does not say the same in English and Welsh, as far as its drafter noted that."""
        if letter_type.name not in self._lockstep:
            self._lockstep[letter_type.name] = self._in_step(letter_type).found() if letter_type.others else []
        return self._lockstep[letter_type.name]

    def astray(self, letter_type: LetterType, english: Lines, welsh: Lines) -> list[OutOfStep]:
        """What two letters of one outcome do not say alike, given the lines of templates that each says, in order."""
        return self._in_step(letter_type).astray(english, welsh) if letter_type.others else []

    def _in_step(self, letter_type: LetterType) -> Lockstep:
        # Imported here, as below: most workspaces have one language.
        from letters.compose.lockstep import Lockstep

        if letter_type.name not in self._locksteps:
            self._locksteps[letter_type.name] = Lockstep(letter_type, self._source, self.accepted)
        return self._locksteps[letter_type.name]

    def letters(self, letter_type: LetterType, force: Force, place_of: PlaceOf) -> tuple[list[Letter], list[Problem]]:
        """The letters of `letter_type` to `force`, one a language or one in both together, and what is wrong with them.

        What is ready goes out in all of its languages, or not at all: none is given where one is out of step.
        """
        made = [self._composition(edition, force, place_of) for edition in letter_type.editions]
        results = [(one, *one.letter()) for one in made]
        problems = [problem for _, _, found in results for problem in found]
        problems = _each_once(problems, made) if len(results) > 1 else problems
        letters = [letter for _, letter, _ in results if letter]
        astray = self._astray(letter_type, made) if len(letters) == len(made) > 1 else []
        problems += (one.problem for one in astray)
        own = self.own_twins(letter_type, force, place_of) if len(made) > 1 else []
        problems += (one.problem for one in own)
        held = [*self._held(letter_type, made), *astray, *own] if letters else []
        if held:
            self.behind.add((letter_type.name, force.slug))
        if letters and letters[0].stage is Stage.READY:
            found = [not_ready(held, place_of(("letters", letter_type.name, "stage")))] if held else []
            invented = invented_sender(made[0].letter_type, self._source)
            if found or invented:
                return [], [*problems, *found, *([invented] if invented else [])]
        if letter_type.together and letters:
            letters = [together(*letters)] if len(letters) == len(made) else []
        return letters, problems

    def _astray(self, letter_type: LetterType, made: list[Composition]) -> list[OutOfStep]:
        """What the letters of one outcome do not say alike."""
        said = {one.language: [line for lines in one.said.values() for line in lines] for one in made}
        return self.astray(letter_type, said[ENGLISH], said[WELSH])

    def own_twins(self, letter_type: LetterType, force: Force, place_of: PlaceOf) -> list[OutOfStep]:
        """Where what a force's file says twice has other figures in Welsh than in English, or no Welsh."""
        from letters.compose.own_twins import OwnTwins

        return [OutOfStep(one) for one in OwnTwins(self.accepted, place_of).problems(force, letter_type.name)]

    def _held(self, letter_type: LetterType, made: list[Composition]) -> list[OutOfStep]:
        """What is out of step of what some letters say."""
        if not (found := self.out_of_step(letter_type)):
            return []
        phrases = {key for one in made for key in one.standard}
        lines = {line for one in made for line in one.lines}
        return [one for one in found if one.concerns(phrases, lines)]

    def compose(self, letter_type: LetterType, force: Force, place_of: PlaceOf) -> tuple[Letter | None, list[Problem]]:
        """The letter of `letter_type` to `force`, or None with the problems that stand in its way.

        `place_of` gives the place of a value in the force's file, for the problems that lie there.
        """
        return self._composition(letter_type, force, place_of).letter()

    def compose_anyway(self, letter_type: LetterType, force: Force) -> Letter | None:
        """The letter of `letter_type` to `force` whatever is wrong with it; None where the templates give none.

        One that is in two languages together is whole.
        """
        editions = letter_type.editions if letter_type.together else (letter_type,)
        made = [self._composition(edition, force).letter_anyway() for edition in editions]
        letters = [letter for letter in made if letter]
        return (together(*letters) if len(editions) > 1 else letters[0]) if len(letters) == len(editions) else None

    def trace(self, letter_type: LetterType, force: Force) -> list[TracedBlock]:
        """The blocks of a letter as words say them, each with where its pieces come from. Raises InvalidInput."""
        stage = force.letters[letter_type.name].stage
        return [block for block in self._traced(letter_type, force) if says(block.part, stage)]

    def foot(self, letter_type: LetterType, force: Force) -> list[TracedBlock]:
        """The lines of the foot of a letter, which are not among its words. Raises InvalidInput."""
        return [block for block in self._traced(letter_type, force) if block.part == FOOT]

    def _traced(self, letter_type: LetterType, force: Force) -> list[TracedBlock]:
        composition = self._composition(letter_type, force)
        return [
            block.marked(language) if language else block
            for path, language in _letter_languages(letter_type)
            for block in traced_blocks(composition.run(path), path, letter_type.verdict_path)
        ]

    def trace_units(
        self, letter_type: LetterType, force: Force, facts: Collection[str] = ()
    ) -> tuple[list[UnitBlock], Mapping[int, frozenset[str]]]:
        """The blocks of a letter with the units that print them, and the fields that each unit hung on, and which of
        some `facts` of the force (`force.head.name`).

        Of another outcome with the same answers in these fields, the unit prints the same. Raises InvalidInput.
        """
        composition = self._composition(letter_type, force)
        units = composition.environment.units
        tell_reads(composition.records["outcome"], units.note)
        if facts:
            tell_facts(composition.records["force"], facts, units.note)
        units.start()
        try:
            printed = [(composition.run(path), path, language) for path, language in _letter_languages(letter_type)]
        finally:
            read = units.stop()
        verdict, stage = letter_type.verdict_path, force.letters[letter_type.name].stage
        blocks = [
            replace(one, block=one.block.marked(language)) if language else one
            for text, path, language in printed
            for one in unit_blocks(text, path, verdict)
            if says(one.block.part, stage)
        ]
        return blocks, read

    def problems_of(self, letter_type: LetterType, force: Force) -> list[Problem]:
        """What is wrong with the letter to a force that there is not, in one language. Raises InvalidInput."""
        return self._composition(letter_type, force).letter()[1]

    @cached_property
    def digest(self) -> str:
        """Tells the templates and recipient.yaml from any other state of them."""
        return templates_digest(self._source)

    def _composition(
        self, letter_type: LetterType, force: Force, place_of: PlaceOf = lambda _: Place("")
    ) -> Composition:
        environment = self._environments[letter_type.language]
        return Composition(self._source, environment, letter_type, force, self.recipient, place_of)

    def branches(self, letter_type: LetterType) -> set[Branch]:
        """Every branch of the templates of a letter type that has been composed or traced at least once."""
        known = self._environments[letter_type.language].branches
        return {branch for branch in known if branch.path in self._template_paths(letter_type)}

    def texts(self, letter_type: LetterType) -> list[str]:
        """The texts of the templates of a letter type."""
        return [self._text(path) for path in self._template_paths(letter_type)]

    def take_reached(self) -> set[Branch]:
        """The branches that were taken since this was last asked."""
        reached: set[Branch] = set()
        for environment in self._environments.values():
            reached |= environment.reached
            environment.reached.clear()
        return reached

    def _template_paths(self, letter_type: LetterType) -> list[str]:
        paths = list(_letter_paths(letter_type))
        verdict = letter_type.verdict_path
        return [verdict, *paths] if verdict in self._source else paths

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = read_text(self._source, path)
        return self._texts[path]

    def _inspect(
        self, letter_type: LetterType, path: str, text: str, in_english: frozenset[str], has_english: bool
    ) -> list[Problem]:
        functions = NAMES_OF_FUNCTIONS if letter_type.verdict_path in self._source else NAMES_OF_FUNCTIONS - {"verdict"}
        facts = self.recipient.facts
        names = {**template_names(letter_type, facts), **dict.fromkeys(functions)}
        unprintable = unprintable_facts(letter_type, facts)
        title = own_key("title", letter_type.language)
        known = Known(names, frozenset(letter_type.phrases), letter_type.outcome, facts, unprintable, title)
        if letter_type.language != ENGLISH:
            file = letter_type.wording_path.rpartition("/")[2]
            known = replace(known, wording=file, in_english=in_english, is_in_english=has_english)
        problems = list(
            own_text_problems(path, text, letter_type.outcome.codes() | facts.codes(), self.recipient.word.nouns)
        )
        problems += template_signs(path, text)
        try:
            problems += Inspection(path, text, known).problems(self._environments[letter_type.language], text)
        except TemplateSyntaxError as error:
            problems.append(syntax_problem(path, text, error))
        except (RecursionError, MemoryError, SyntaxError, ValueError) as error:  # of Jinja, or of the Python it makes
            hint = "fetch the earlier version back, and put in again what was changed, a little at a time"
            why = f" ({error.msg})" if isinstance(error, SyntaxError) else ": too much in each other"
            problems.append(Problem(Code.TEMPLATE_SYNTAX, f"cannot be read{why}", Place(path), hint))
        return problems


def _each_once(problems: list[Problem], made: list[Composition]) -> list[Problem]:
    """The problems of some letters, what all of them have no place for told once."""
    files = [one.letter_type.letter_path.rpartition("/")[2] for one in made]
    told: dict[Problem, Problem] = {}
    for problem in problems:
        key = replace(problem, hint="") if problem.code is Code.UNUSED_IN_LETTER else problem
        hint = f"take it out: neither {' nor '.join(files)} has a place for it"
        told[key] = replace(problem, hint=hint) if key in told and key != problem else problem
    return list(told.values())


def _letter_languages(letter_type: LetterType) -> Iterator[tuple[str, str]]:
    """The templates that make a letter, each with the language of its words, where that is not the letter's: English,
    of a letterhead that has none in the letter's language."""
    letterhead, letter = _letter_paths(letter_type)
    yield letterhead, "" if letter_type.has_letterhead else TAGS[ENGLISH]
    yield letter, ""


def _letter_paths(letter_type: LetterType) -> tuple[str, str]:
    """The templates that make a letter, in order."""
    return letter_type.letterhead_path, letter_type.letter_path
