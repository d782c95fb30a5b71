"""Letters in the outputs that are no longer to be made, found, told and moved aside, whole and undeleted; and those
that cannot be made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from letters.batch.formats import FORMATS
from letters.batch.manifest import LetterMemory, LetterRecord, Manifest
from letters.batch.request import LeftOver, Request, Result
from letters.batch.survey import Survey
from letters.letter import LetterKey, Stage
from letters.machine.files import OpenElsewhere, Refused, Store, is_file, is_open, why
from letters.problems import Code, Place, Problem

#: Where left-over letters go, below the output folder, by day.
LEFT_OVER = "left-over"


def is_sound(survey: Survey, key: LetterKey) -> bool:
    """Whether nothing is wrong with a force's file or a template: what has problems is to be mended, not waited for."""
    return key not in survey.stopped and not any(
        problem.stops and problem.place.path == f"forces/{key.slug}.yaml" for problem in survey.problems
    )


def gone(survey: Survey, manifest: Manifest, request: Request) -> Iterator[tuple[LetterKey, LetterRecord]]:
    """Key and record of each letter that was built and is no longer to be made.

    None is where a folder of input was not read: nobody knows then.
    """
    if survey.unread:
        return
    for path, record in manifest.letters.items():
        key = LetterKey.of(path)
        force = survey.forces.get(key.slug)
        went = key.slug not in survey.slugs or (force is not None and _went(force.of(key), survey, key))
        if went and request.wants(key):
            yield key, record


def _went(facts: LetterMemory | None, survey: Survey, key: LetterKey) -> bool:
    return not facts.letter if facts else is_sound(survey, key)


def not_built(survey: Survey, manifest: Manifest, request: Request) -> list[LeftOver]:
    """The letters that something wrong keeps from being made, with the files that an earlier build left of them."""
    known = {LetterKey.of(path): record for path, record in manifest.letters.items()}
    keys = (key for key in _stopped(survey, known) if not _is_in_no_language(survey, key))
    found = (_files_of(manifest, request.out, key, known.get(key)) for key in keys)
    return sorted((one for one in found if request.wants(one.key)), key=lambda one: one.key)


def _is_in_no_language(survey: Survey, key: LetterKey) -> bool:
    """Whether its letter type is read, and has letters of its own in other languages only."""
    return key.type in survey.types and key.language not in survey.types[key.type].languages


def _stopped(survey: Survey, known: Collection[LetterKey]) -> Iterator[LetterKey]:
    """The letters with problems: those that were built before, and those whose force's file was read."""
    for key in survey.stopped | set(known):
        force = survey.forces.get(key.slug)
        if key.slug in survey.slugs and not is_sound(survey, key) and not (force and force.of(key)):
            read = survey.read.get(key.slug)
            outcome = read[0].letters.get(key.type) if read else None
            languages = survey.types[key.type].languages if key.type in survey.types else ()
            if key in known or (outcome and outcome.stage is not Stage.AWAITED and key.language in languages):
                yield key


def left_over(survey: Survey, manifest: Manifest, request: Request) -> list[LeftOver]:
    """The letters of which files are left over, because the force or its outcome went."""
    found = (_left_over(survey, manifest, request.out, *one) for one in gone(survey, manifest, request))
    return sorted((one for one in found if one.files), key=lambda one: one.key)


def _left_over(survey: Survey, manifest: Manifest, out: Path, key: LetterKey, record: LetterRecord) -> LeftOver:
    name, _ = _remembered(manifest, key, record)
    now = [other for other, force in survey.forces.items() if force.name == name and other != key.slug]
    renamed = now[0] if name and now and key.slug not in survey.slugs else ""
    return replace(_files_of(manifest, out, key, record), renamed=renamed)


def _files_of(manifest: Manifest, out: Path, key: LetterKey, record: LetterRecord | None) -> LeftOver:
    """The files of a letter that are there, as an earlier build made them."""
    if record is None:
        return LeftOver(key, ())
    store = Store(out)
    files = {f"{key.path}.{format}" for format in record.files if format in FORMATS}
    # What somebody edited and a build moved aside belongs to the letter, and stays with it.
    files |= set(store.names(f"{key.path}.edited-*.*"))
    _, stage = _remembered(manifest, key, record)
    there = tuple(path for path in sorted(files) if _is_there(store, path))
    return LeftOver(key, there, signed=stage == Stage.READY.value)


def _is_there(store: Store, path: str) -> bool:
    try:
        return is_file(store.path(path))
    except Refused:  # in a folder that leads elsewhere: whatever is there is not ours
        return False


def _remembered(manifest: Manifest, key: LetterKey, record: LetterRecord) -> tuple[str, str]:
    """The name of the force and the stage of a letter when it was built; empty where neither is known."""
    force = manifest.forces.get(key.slug)
    facts = force.of(key) if force else None
    return record.force or (force.name if force else ""), record.stage or (facts.stage if facts else "")


def remember_gone(survey: Survey, manifest: Manifest, request: Request) -> None:
    """Keep in the manifest whose letters those are that this build does not make: their forces are about to be
    forgotten."""
    known = {LetterKey.of(path): record for path, record in manifest.letters.items()}
    stopped = ((key, known[key]) for key in _stopped(survey, known) if key in known)
    for key, record in [*gone(survey, manifest, request), *stopped]:
        name, stage = _remembered(manifest, key, record)
        manifest.letters[key.path] = replace(record, force=name, stage=stage)


def move_aside(result: Result, today: str) -> str:
    """Move the left-over letters of a result below `left-over/` and the day; gives the folder, from the output folder.

    A letter goes whole or not at all; what stands in the way of it is a problem of `result`, and the others go.
    """
    store = Store(result.request.out)
    folder = _free_folder(store, today)
    for one in result.left_over:
        try:
            _move(store, folder, one)
        except OSError as error:
            place, hint = Place(f"{one.key.path}.*"), "close its files, then letters clean"
            result.problems.append(Problem(Code.NOT_MOVED_ASIDE, f"cannot be moved aside: {why(error)}", place, hint))
        else:
            result.moved += [(path, f"{folder}/{path}") for path in one.files]
    return folder


def _free_folder(store: Store, today: str) -> str:
    """A folder of the day that is not there yet: what was moved aside before stays as it was."""
    first = f"{LEFT_OVER}/{today}"
    names = chain([first], (f"{first}-{number}" for number in count(2)))
    return next(name for name in names if not store.holds(name))


def _move(store: Store, folder: str, one: LeftOver) -> None:
    for path in one.files:
        if is_open(store.path(path)):
            raise OpenElsewhere(store.path(path))
    moved: list[str] = []
    try:
        for path in one.files:
            store.rename(path, f"{folder}/{path}")
            moved.append(path)
    except OSError:
        for path in moved:
            with suppress(OSError):  # what went wrong first is what counts
                store.rename(f"{folder}/{path}", path)
        raise
