"""The states in which a workspace's letters can be compared: as the files are now, as built, at a git revision, …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from letters.batch.manifest import Manifest
from letters.batch.request import Request, Result
from letters.batch.survey import Survey
from letters.letter import HouseStyle, LetterKey
from letters.review.baseline import (
    NoBaseline,
    Snapshot,
    as_built,
    in_folder,
    recorded,
    snapshot,
    unrecorded,
)
from letters.review.compare.changes import Cause, Difference, Group
from letters.review.groups.causes import Causes
from letters.review.marks.reckoning import Reckoning
from letters.workspace.forces import force_files
from letters.workspace.revision import NoRevision, Revision, meant
from letters.workspace.source import Folder, Source, letter_type_names


def nothing_built(source: Source) -> str:
    """That there is no earlier state of a workspace, and what to do first in it."""
    types, slugs = letter_type_names(source), force_files(source)[0]
    following = "letters build" if types and slugs else "letters new NAME" if types else "letters new --type NAME"
    return f"there is nothing to compare with yet: nothing was built. Next: {following}"


def now(survey: Survey) -> Snapshot:
    """The letters as the files are now, composed in memory: there is no PDF of them."""
    return _composed_by(survey, "the files as they are now")


def built(result: Result, reckoning: Reckoning) -> Snapshot:
    """The letters as they were last built, less those that are no longer to be made. `result`: that of a status.

    Raises NoBaseline where nothing was ever built.
    """
    state = as_built(result.request.out)
    if not state.letters and not reckoning.faults and baseline(result.request.out, reckoning) is None:
        raise NoBaseline(nothing_built(Folder(result.request.root)))
    wanted = {step.wanted.key for step in result.steps} | broken(result.survey, state)
    letters = {key: letter for key, letter in state.letters.items() if key in wanted}
    return replace(state, letters=letters, contents={key: state.contents[key] for key in letters})


def broken(survey: Survey, known: Snapshot) -> frozenset[LetterKey]:
    """The letters of which nothing can be said as the files are now, because these or the templates have problems.

    `known`: the letters as they were, for a file that cannot be read does not say which letters it had.
    """
    stopping = {problem.place.path for problem in survey.problems if problem.stops}
    in_broken_files = {
        key for key in known.contents if f"forces/{key.slug}.yaml" in stopping and key.slug in survey.slugs
    }
    return frozenset(in_broken_files | survey.stopped)


def at_revision(root: Path, name: str) -> Snapshot:
    """The letters as a git revision has them, composed in memory. Raises NoRevision, and NoBaseline without any."""
    wanted = meant(root, name)
    survey = Survey(Revision(root, wanted.name), Manifest())
    state = _composed_by(survey, wanted.title)
    if not state.letters:
        raise NoBaseline(f"no letter can be composed from {wanted.title}")
    return replace(state, styles=survey.style, notes=(wanted.note,) if wanted.note else ())


def chosen(request: Request, against: str, known: Snapshot) -> Snapshot:
    """The state that a user names: a folder or a git revision. Raises NoBaseline."""
    folder = Path(against)
    if not folder.is_dir():
        try:
            return at_revision(request.root, against)
        except NoRevision as error:
            raise NoBaseline(f"{against!r} is neither a folder nor a revision: {error}") from None
    return in_folder(folder, {key: content for key, content in known.contents.items() if request.wants(key)})


def baseline(out: Path, reckoning: Reckoning) -> Snapshot | None:
    """The state from which the next review begins: what was last reviewed, else the first build; None without any."""
    state = recorded(out, reckoning)
    return replace(state, styles=_styles(state)) if state else unrecorded(out)


def _styles(state: Snapshot) -> Callable[[str], HouseStyle]:
    def style(type_name: str) -> HouseStyle:
        found = style_of(state, type_name)
        if found is None:
            raise NoBaseline(f"the look of {type_name} as it was is not known")
        return found

    return style


def before_now(request: Request, reckoning: Reckoning, last: Snapshot) -> Snapshot:
    """What the files as they are now are compared with: the baseline, or else the `last` build. Raises NoBaseline."""
    if found := baseline(request.out, reckoning):
        return found
    if reckoning.faults or not last.letters:
        return before_build(request, reckoning)
    return last


def before_build(request: Request, reckoning: Reckoning) -> Snapshot:
    """What the last build is compared with: the baseline. Raises NoBaseline where nothing was ever built."""
    if found := baseline(request.out, reckoning):
        return found
    if reckoning.faults:  # every letter is to be read again
        return Snapshot("nothing: the records of what was reviewed are missing or damaged", {})
    raise NoBaseline(nothing_built(Folder(request.root)))


def style_of(state: Snapshot, type_name: str) -> HouseStyle | None:
    """The house style of a letter type as a state has it, or None where that is not known."""
    if state.inputs is None or type_name not in state.inputs.types:
        return None
    style, _ = state.inputs.house_style(type_name)
    return style


def tracer(before: Snapshot, after: Snapshot) -> Callable[[Sequence[Difference], Group], tuple[Cause, ...]]:
    """What finds the causes of changes, if both states can be composed; they are read when it is first asked."""
    found: list[Causes | None] = []

    def trace(letters: Sequence[Difference], one: Group) -> tuple[Cause, ...]:
        if not found:
            found.append(Causes(before.inputs, after.inputs) if before.inputs and after.inputs else None)
        return found[0](letters, one) if found[0] else ()

    return trace


def _composed_by(survey: Survey, title: str) -> Snapshot:
    """All letters that a survey finds sound."""
    found = (one for slug, force in survey.forces.items() for one in force.keyed(slug))
    letters = {key: survey.letter(key) for key, facts in found if facts.letter}
    return snapshot(title, letters, inputs=survey.inputs)
