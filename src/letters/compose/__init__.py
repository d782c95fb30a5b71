"""Templates and one force's facts to a letter."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import TemplateSyntaxError

from letters.compose.composition import Composition, says, verdict_path
from letters.compose.coverage import Branch
from letters.compose.environment import (
    make_environment,
    tell_reads,
)
from letters.compose.facts import (
    NAMES_OF_FUNCTIONS,
    template_names,
    unprintable_facts,
)
from letters.compose.foot import FOOT
from letters.compose.inspection import Inspection, Known
from letters.compose.own_text import own_text_problems
from letters.compose.syntax import syntax_problem
from letters.compose.trace import TracedBlock, UnitBlock, traced_blocks, unit_blocks
from letters.letter import Letter
from letters.problems import Code, InvalidInput, Place, Problem
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import PlaceOf, read_text
from letters.workspace.source import Source


class Composer:
    """Composes the letters of one workspace; its templates are read and compiled once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._texts: dict[str, str] = {}
        self._environment = make_environment(self._text)

    def template_problems(self, letter_type: LetterType) -> list[Problem]:
        """What is wrong with the templates of a letter type, whichever force they meet."""
        problems: list[Problem] = []
        for path in self._template_paths(letter_type):
            try:
                problems += self._inspect(letter_type, path, self._text(path))
            except InvalidInput as broken:
                problems += broken.problems
        return problems

    def compose(self, letter_type: LetterType, force: Force, place_of: PlaceOf) -> tuple[Letter | None, list[Problem]]:
        """The letter of `letter_type` to `force`, or None with the problems that stand in its way.

        `place_of` gives the place of a value in the force's file, for the problems that lie there.
        """
        return Composition(self._source, self._environment, letter_type, force, place_of).letter()

    def compose_anyway(self, letter_type: LetterType, force: Force) -> Letter | None:
        """The letter of `letter_type` to `force` whatever is wrong with it; None where the templates give none."""
        return Composition(self._source, self._environment, letter_type, force, lambda _: Place("")).letter_anyway()

    def trace(self, letter_type: LetterType, force: Force) -> list[TracedBlock]:
        """The blocks of a letter as words say them, each with where its pieces come from. Raises InvalidInput."""
        stage = force.letters[letter_type.name].stage
        return [block for block in self._traced(letter_type, force) if says(block.part, stage)]

    def foot(self, letter_type: LetterType, force: Force) -> list[TracedBlock]:
        """The lines of the foot of a letter, which are not among its words. Raises InvalidInput."""
        return [block for block in self._traced(letter_type, force) if block.part == FOOT]

    def _traced(self, letter_type: LetterType, force: Force) -> list[TracedBlock]:
        composition = Composition(self._source, self._environment, letter_type, force, lambda _: Place(""))
        return [
            block
            for path in _letter_paths(letter_type)
            for block in traced_blocks(composition.run(path), path, verdict_path(letter_type))
        ]

    def trace_units(
        self, letter_type: LetterType, force: Force
    ) -> tuple[list[UnitBlock], Mapping[int, frozenset[str]]]:
        """The blocks of a letter with the units that print them, and the fields that each unit hung on.

        Of another outcome with the same answers in these fields, the unit prints the same. Raises InvalidInput.
        """
        units = self._environment.units
        composition = Composition(self._source, self._environment, letter_type, force, lambda _: Place(""))
        tell_reads(composition.records["outcome"], units.note)
        units.start()
        try:
            printed = [(composition.run(path), path) for path in _letter_paths(letter_type)]
        finally:
            read = units.stop()
        verdict, stage = verdict_path(letter_type), force.letters[letter_type.name].stage
        blocks = [one for text, path in printed for one in unit_blocks(text, path, verdict)]
        return [one for one in blocks if says(one.block.part, stage)], read

    def branches(self, letter_type: LetterType) -> set[Branch]:
        """Every branch of the templates of a letter type that has been composed or traced at least once."""
        return {branch for branch in self._environment.branches if branch.path in self._template_paths(letter_type)}

    def texts(self, letter_type: LetterType) -> list[str]:
        """The texts of the templates of a letter type."""
        return [self._text(path) for path in self._template_paths(letter_type)]

    def take_reached(self) -> set[Branch]:
        """The branches that were taken since this was last asked."""
        reached = set(self._environment.reached)
        self._environment.reached.clear()
        return reached

    def _template_paths(self, letter_type: LetterType) -> list[str]:
        paths = list(_letter_paths(letter_type))
        verdict = verdict_path(letter_type)
        return [verdict, *paths] if verdict in self._source else paths

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = read_text(self._source, path)
        return self._texts[path]

    def _inspect(self, letter_type: LetterType, path: str, text: str) -> list[Problem]:
        functions = (
            NAMES_OF_FUNCTIONS if verdict_path(letter_type) in self._source else NAMES_OF_FUNCTIONS - {"verdict"}
        )
        names = {**template_names(letter_type), **dict.fromkeys(functions)}
        known = Known(names, frozenset(letter_type.phrases), letter_type.outcome, unprintable_facts(letter_type))
        problems = list(own_text_problems(path, text, letter_type.outcome.codes()))
        try:
            problems += Inspection(path, text, known).problems(self._environment, text)
        except TemplateSyntaxError as error:
            problems.append(syntax_problem(path, text, error))
        except (RecursionError, MemoryError, SyntaxError, ValueError) as error:  # of Jinja, or of the Python it makes
            hint = "fetch the earlier version back, and put in again what was changed, a little at a time"
            why = f" ({error.msg})" if isinstance(error, SyntaxError) else ": too much in each other"
            problems.append(Problem(Code.TEMPLATE_SYNTAX, f"cannot be read{why}", Place(path), hint))
        return problems


def _letter_paths(letter_type: LetterType) -> tuple[str, str]:
    """The templates that make a letter, in order."""
    return f"{letter_type.letterhead_folder}/letterhead.md", f"{letter_type.folder}/letter.md"
