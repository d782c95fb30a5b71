"""The story: what a workspace holds, what is to be done about it, and doing it. No wording, no opinion on content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from letters.batch.cleaning import gone, is_sound, left_over, move_aside, not_built, remember_gone
from letters.batch.concern import Concern
from letters.batch.delivery import Delivery
from letters.batch.formats import COMPOSED
from letters.batch.guard import disk_of
from letters.batch.history import COMPOSED as COMPOSED_FOLDER
from letters.batch.history import History
from letters.batch.manifest import Manifest, read_manifest
from letters.batch.outputs import claim
from letters.batch.plan import EDITED, Action, State, Step, Wanted, make_plan
from letters.batch.press import Press
from letters.batch.request import Request, Result
from letters.batch.survey import Survey
from letters.batch.versions import versions, versions_for
from letters.letter import LetterKey
from letters.machine.files import Locked, Store
from letters.problems import Problem, in_order
from letters.workspace.record import has_baseline
from letters.workspace.source import Folder

LOCK = ".lock"
#: How long a second build waits for the first, in seconds.
PATIENCE = 10.0


class Busy(Exception):
    """Another build is at work in the same output folder."""


#: Reads letters that are ready as a person would: what is wrong with them, each with the slug of a force.
ReadReady = Callable[[Survey, list[LetterKey]], list[tuple[str, Problem]]]


def status(request: Request, read_ready: ReadReady | None = None) -> Result:
    """Where each letter stands, nothing written. `read_ready`: as in `build`."""
    manifest = read_manifest(request.out)
    return _with_ready(_planned(_survey(request, manifest), manifest, request), read_ready)


def build(request: Request, progress: Callable[[int, int], None], read_ready: ReadReady | None = None) -> Result:
    """Make what is out of date and prove it. `progress` is told how many letters of how many are done; `read_ready`
    says what is wrong with the ready ones among those that are read, which are made all the same.

    Raises Busy when another build goes on for longer than PATIENCE, and OSError where nothing can be written at all.
    """
    if request.dry_run:
        return status(request, read_ready)
    with alone(request.out), Press(request.jobs, request.formats, request.bounds) as press:
        Store(request.out).remove_leftovers("", "*", "composed/*", "review", ".sealed/*", ".sealed/review/*")
        manifest = read_manifest(request.out)
        result = _planned(_survey(request, manifest, press.start_early), manifest, request)
        if not _is_true(result):
            result = _planned(_survey(request, Manifest()), manifest, request)
        result = _with_ready(result, read_ready)
        history = History(request.out, has_baseline=has_baseline(request.root))
        delivery = Delivery(result, manifest)
        try:
            if request.keep_edited:
                delivery.keep_edited()
            delivery.keep_what_was(history, _gone_letters(result, manifest))
            delivery.carry_out(press, progress)
            delivery.complete_as_made()
        finally:
            remember_gone(result.survey, manifest, Request(request.root, request.out))
            delivery.save()
        delivery.finish_history(history)
    return result


def clean(request: Request, today: str) -> tuple[Result, str]:
    """Move left-over letters aside; gives what was moved, and the folder, from the output folder. `today`: as ISO date.

    Raises Busy, and OSError where nothing can be written at all.
    """
    if request.dry_run or not request.out.exists():
        return _to_clean(request), ""
    with alone(request.out):
        result = _to_clean(request)
        return result, move_aside(result, today) if result.left_over else ""


def _to_clean(request: Request) -> Result:
    """What is left over; nothing that is wrong with other letters stands in its way."""
    manifest = read_manifest(request.out)
    survey = Survey(Folder(request.root), manifest)
    return Result(request, survey, list(survey.unread), left_over=left_over(survey, manifest, request))


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold an output folder against every other build and review. Raises Busy after PATIENCE, and OSError: Refused
    where it holds files that are not ours."""
    claim(out)
    try:
        with Store(out).locked(LOCK, PATIENCE):
            yield
    except Locked:
        raise Busy(str(out)) from None


# -- deciding


def _survey(request: Request, manifest: Manifest, before_reading: Callable[[], None] | None = None) -> Survey:
    return Survey(Folder(request.root), manifest, before_reading, compares_looks=True)


def _is_true(result: Result) -> bool:
    """Whether each letter to be built is there: a manifest may be somebody else's, and remember what is not so."""
    try:
        for step in result.steps:
            if step.action is Action.BUILD:
                result.survey.letter(step.wanted.key)
                result.survey.style(step.wanted.key.type)
    except KeyError:
        return False
    return True


def _planned(survey: Survey, manifest: Manifest, request: Request) -> Result:
    steps = make_plan(
        _wanted(survey, request), manifest.letters, disk_of(request.out, request.root), _changed_tools(manifest)
    )
    steps = [replace(step, action=Action.BUILD, reason=EDITED) if _replaces(request, step) else step for step in steps]
    told = Concern(survey, request).of(survey.problems)
    result = Result(request, survey, told, steps, waiting=waiting(survey, request))
    result.elsewhere = len(survey.problems) - len(told)
    result.left_over = left_over(survey, manifest, request)
    result.not_built = not_built(survey, manifest, request)
    return result


def _with_ready(result: Result, read_ready: ReadReady | None) -> Result:
    """A result with what is wrong with its letters that are ready; it is told until it is mended."""
    letters = [key for key in result.survey.ready() if result.request.wants(key)]
    found = read_ready(result.survey, letters) if read_ready and letters else []
    for slug, _ in found:
        result.survey.look_again(slug)
    if found:
        result.problems = in_order([*result.problems, *(problem for _, problem in found)])
    return result


def _replaces(request: Request, step: Step) -> bool:
    """Whether an edited Word file is to be replaced; one that was said to stay only where its force is named."""
    return request.replace_edited and step.state is State.EDITED and (step.kept is None or bool(request.slugs))


def _wanted(survey: Survey, request: Request) -> Iterator[Wanted]:
    tools = {format: _digest(repr(versions_for(format))) for format in request.formats}
    for slug, force in sorted(survey.forces.items()):
        for key, facts in sorted(force.keyed(slug)):
            if not facts.letter or not request.wants(key) or key.type not in survey.looks:
                continue
            for format in request.formats:
                yield Wanted(key, format, facts.letter, survey.looks[key.type][format], tools[format])
            yield Wanted(key, COMPOSED, facts.letter, "", "")


def _changed_tools(manifest: Manifest) -> str:
    now = versions()
    changed = [name for name in now if manifest.tools.get(name) != now[name]]
    return ", ".join(
        "letters itself" if name == "letters" else f"{name} {manifest.tools.get(name, 'none')} → {now[name]}"
        for name in changed
    )


def waiting(survey: Survey, request: Request) -> list[LetterKey]:
    """Each letter that waits for its outcome, awaited or not there at all; in several languages it is one."""
    waiting = []
    for slug, force in survey.forces.items():
        for type_name, facts in survey.types.items():
            key = facts.first(type_name, slug)
            found = force.of(key)
            expected = facts.expected == "all"
            if request.wants(key) and (found.letter == "" if found else expected and is_sound(survey, key)):
                waiting.append(key)
    return waiting


def _gone_letters(result: Result, manifest: Manifest) -> Iterator[str]:
    """The composed letters that are no longer to be made, by path in the output folder."""
    for key, _ in gone(result.survey, manifest, result.request):
        yield f"{COMPOSED_FOLDER}/{key.path}.json"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
