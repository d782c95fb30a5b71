"""What concerns the letters that were asked about, and what can wait."""

from __future__ import annotations

from collections.abc import Iterable

from letters.batch.request import Request
from letters.batch.survey import Survey
from letters.problems import Problem
from letters.workspace.source import LETTERHEADS, SIGNATORIES, letter_type_names


class Concern:
    """Tells apart what is wrong with the letters that were asked about, and what is wrong with others only."""

    def __init__(self, survey: Survey, request: Request) -> None:
        self._asked = request.slugs
        self._others = {f"forces/{slug}.yaml" for slug in survey.slugs if request.slugs and slug not in request.slugs}
        known = [survey.forces[slug] for slug in request.slugs if slug in survey.forces]
        self._names = {force.name for force in known}
        self._all_names = set(survey.names)
        # A file that cannot be read may have a letter of any type.
        all_known = len(known) == len(request.slugs)
        of_forces = {type_name for slug in request.slugs for type_name in _types(survey, slug)} if all_known else None
        self._types = set(request.types) if request.types else of_forces if request.slugs else None

    def has_type(self, type_name: str) -> bool:
        """Whether a letter of this type was asked about."""
        return self._types is None or type_name in self._types

    def of(self, problems: Iterable[Problem]) -> list[Problem]:
        """Those of `problems` that concern what was asked about."""
        return [problem for problem in problems if self._has(problem)]

    def _has(self, problem: Problem) -> bool:
        if problem.place.path in self._others:
            return False
        seen_in = set(problem.seen_in)
        # Seen in a letter to somebody who is made up, it may be in any.
        if seen_in and seen_in <= self._all_names and self._names and not self._names & seen_in:
            return False
        folder, _, rest = problem.place.path.partition("/")
        type_name = rest.partition("/")[0]
        return folder != "templates" or not rest or type_name in (LETTERHEADS, SIGNATORIES) or self.has_type(type_name)


def _types(survey: Survey, slug: str) -> set[str]:
    """The letter types that a force has an outcome for, sound or not."""
    types = {key.type for key, _ in survey.forces[slug].keyed(slug)}
    if slug in survey.read:
        _, place_of = survey.read[slug]
        # A key that is not there has the place of what is around it.
        named = letter_type_names(survey.source)
        types |= {type_name for type_name in named if place_of(("letters", type_name)) != place_of(("letters",))}
    return types
