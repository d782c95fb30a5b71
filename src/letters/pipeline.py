"""The story: what a workspace holds, what is to be done about it, and doing it. No wording, no opinion on content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from letters.history import COMPOSED as COMPOSED_FOLDER
from letters.history import REVIEW, History
from letters.letter import CannotRender, Letter
from letters.manifest import NAME as MANIFEST
from letters.manifest import FileRecord, LetterMemory, LetterRecord, Manifest, read_manifest, write_manifest
from letters.plan import COMPOSED, EDITED, Action, Disk, Step, Wanted, make_plan
from letters.press import Cause, Failure, Press, Task, WorkerLost
from letters.problems import Place, Problem, in_order
from letters.source import Folder
from letters.survey import Survey
from letters.tools import versions, versions_for
from letters.write import OpenElsewhere, is_of_the_machine, remove_leftovers, write_file

if TYPE_CHECKING:
    from letters.proof.proofing import Proof

LOCK = ".lock"
#: How long a second build waits for the first, in seconds.
PATIENCE = 10.0
#: Of the letters that one failure met, so many are named.
_NAMED = 5


@dataclass(frozen=True)
class Request:
    """What is asked for: a workspace, an output folder, and which forces, types and formats (empty: all)."""

    root: Path
    out: Path
    slugs: Collection[str] = ()
    types: Collection[str] = ()
    forms: tuple[str, ...] = ("pdf", "docx", "html", "txt")
    jobs: int = 1
    replace_edited: bool = False
    dry_run: bool = False

    def wants(self, kind: str, slug: str) -> bool:
        """Whether a letter is asked for."""
        return (not self.types or kind in self.types) and (not self.slugs or slug in self.slugs)


@dataclass
class Result:
    """What became of a request."""

    request: Request
    survey: Survey
    problems: list[Problem]
    steps: list[Step] = field(default_factory=list)
    built: list[Wanted] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    machine_failed: bool = False

    @property
    def refused(self) -> list[Step]:
        """What was left alone to protect somebody's work."""
        return [step for step in self.steps if step.action is Action.REFUSE]


class Busy(Exception):
    """Another build is at work in the same output folder."""


def check(request: Request) -> Result:
    """Hold data, rules and templates of the letters that are asked for against all that can be known before a build."""
    survey = Survey(Folder(request.root), Manifest())
    problems = [*concerning(survey, request), *_style_problems(survey, request)]
    if not any(problem.stops for problem in problems):  # meaning only where the shape is sound
        problems += [problem for proof in proofs(survey, request) for problem in proof.problems]
    return Result(request, survey, in_order(problems), waiting=_waiting(survey, request))


def proofs(survey: Survey, request: Request) -> Iterator[Proof]:
    """The proof of each letter type that is asked for, where data and templates are sound enough to be read."""
    from letters.proof.proofing import proof

    for name, kind in survey.usable_types.items():
        broken = any(problem.stops and kind.folder in problem.place.path for problem in survey.problems)
        if not broken and (not request.types or name in request.types):
            yield proof(Folder(request.root), survey.composer, kind, survey.read)


def status(request: Request) -> Result:
    """Where each letter stands, nothing written."""
    manifest = read_manifest(request.out)
    return _planned(Survey(Folder(request.root), manifest), manifest, request)


def build(request: Request, progress: Callable[[int, int], None]) -> Result:
    """Make what is out of date and prove it. `progress` is told how many letters of how many are done.

    Raises Busy when another build goes on for longer than PATIENCE, and OSError where nothing can be written at all.
    """
    if request.dry_run:
        return status(request)
    with alone(request.out), Press(request.jobs, request.forms) as press:
        remove_leftovers(request.out)
        manifest = read_manifest(request.out)
        survey = Survey(Folder(request.root), manifest, press.start_early)
        result = _planned(survey, manifest, request)
        history = History(request.out)
        try:
            _keep_what_was(history, result, manifest)
            _carry_out(result, manifest, request, press, progress)
        finally:
            _remember(result.survey, manifest)
            _save(result, manifest, request)
        _finish(history, result)
    return result


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold an output folder against every other build and review. Raises Busy after PATIENCE, and OSError."""
    # Imported here: only a build needs it, and its import takes longer than a status.
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(str(out)) from None
    try:
        yield
    finally:
        lock.release()


# -- deciding


def _planned(survey: Survey, manifest: Manifest, request: Request) -> Result:
    steps = make_plan(_wanted(survey, request), manifest.letters, _disk(request.out), _changed_tools(manifest))
    if request.replace_edited:
        steps = [replace(step, action=Action.BUILD) if step.action is Action.REFUSE else step for step in steps]
    result = Result(request, survey, concerning(survey, request), steps, waiting=_waiting(survey, request))
    result.stale = sorted(_stale(survey, manifest, request))
    return result


def _wanted(survey: Survey, request: Request) -> Iterator[Wanted]:
    tools = {form: _digest(repr(versions_for(form))) for form in request.forms}
    for slug, force in sorted(survey.forces.items()):
        for kind, facts in sorted(force.letters.items()):
            if not facts.letter or not request.wants(kind, slug) or kind not in survey.looks:
                continue
            for form in request.forms:
                yield Wanted(kind, slug, form, facts.letter, survey.looks[kind][form], tools[form])
            yield Wanted(kind, slug, COMPOSED, facts.letter, "", "")


def _disk(out: Path) -> Disk:
    def read_digest(path: str) -> str | None:
        try:
            return sha256((out / path).read_bytes()).hexdigest()
        except FileNotFoundError:
            return None
        except OSError:
            return "unreadable"

    def is_unedited(path: str) -> bool:
        from letters.render.seal import is_sealed

        try:
            return is_sealed((out / path).read_bytes())
        except OSError:
            return False

    return Disk(read_digest, is_unedited)


def _changed_tools(manifest: Manifest) -> str:
    now = versions()
    changed = [name for name in now if manifest.tools.get(name) != now[name]]
    return ", ".join(
        "letters itself" if name == "letters" else f"{name} {manifest.tools.get(name, 'none')} → {now[name]}"
        for name in changed
    )


def concerning(survey: Survey, request: Request) -> list[Problem]:
    """The survey's problems, less those of forces that nobody asked about."""
    others = {f"forces/{slug}.yaml" for slug in survey.slugs if request.slugs and slug not in request.slugs}
    return [problem for problem in survey.problems if problem.place.path not in others]


def _style_problems(survey: Survey, request: Request) -> Iterator[Problem]:
    from letters.render.docx import line_styles, missing_styles

    for kind in survey.looks:
        if request.types and kind not in request.types:
            continue
        style = survey.style(kind)
        needed = {name for part in survey.part_names(kind) for name in line_styles(part)}
        place = Place(f"templates/letterheads/{style.name}/styles.docx")
        try:
            missing = missing_styles(style.styles, sorted(needed))
        except CannotRender as error:
            yield Problem("E216", str(error), place, "fetch the earlier version back")
            continue
        hint = "open it in Word and add the style, or mend the part's name in letter.md if that is misspelt"
        for name in missing:
            yield Problem("E216", f"the style {name!r} is missing", place, hint)


def _waiting(survey: Survey, request: Request) -> list[tuple[str, str]]:
    """Type and slug of each letter that waits for its outcome, awaited or not there at all."""
    waiting = []
    for slug, force in survey.forces.items():
        for kind, facts in survey.types.items():
            found = force.letters.get(kind)
            expected = facts["expected"] == "all"
            if request.wants(kind, slug) and (
                found.letter == "" if found else expected and _is_sound(survey, slug, kind)
            ):
                waiting.append((kind, slug))
    return waiting


def _is_sound(survey: Survey, slug: str, kind: str) -> bool:
    """Whether nothing is wrong with a force's file or a template: what has problems is to be mended, not waited for."""
    return (kind, slug) not in survey.stopped and not any(
        problem.stops and problem.place.path == f"forces/{slug}.yaml" for problem in survey.problems
    )


def _stale(survey: Survey, manifest: Manifest, request: Request) -> Iterator[str]:
    """Renditions of letters that are no longer to be made, because the force or its outcome went."""
    for kind, slug, record in _gone(survey, manifest, request):
        paths = (f"{kind}/{slug}.{form}" for form in record.files if form != COMPOSED)
        yield from (path for path in paths if (request.out / path).exists())


def _gone(survey: Survey, manifest: Manifest, request: Request) -> Iterator[tuple[str, str, LetterRecord]]:
    """Type, slug and record of each letter that was built and is no longer to be made."""
    for key, record in manifest.letters.items():
        kind, _, slug = key.partition("/")
        force = survey.forces.get(slug)
        gone = slug not in survey.slugs or (force is not None and _is_gone(force.letters.get(kind), survey, slug, kind))
        if gone and request.wants(kind, slug):
            yield kind, slug, record


def _is_gone(facts: LetterMemory | None, survey: Survey, slug: str, kind: str) -> bool:
    return not facts.letter if facts else _is_sound(survey, slug, kind)


# -- doing


def _keep_what_was(history: History, result: Result, manifest: Manifest) -> None:
    """Keep for a review what is about to be replaced: composed letters and PDFs."""
    request = result.request
    gone = (f"{COMPOSED_FOLDER}/{kind}/{slug}.json" for kind, slug, _ in _gone(result.survey, manifest, request))
    to_build = (step.wanted for step in result.steps if step.action is Action.BUILD)
    try:
        history.forget(path for path in gone if (request.out / path).exists())
        history.keep(want.path for want in to_build if want.form in ("pdf", COMPOSED))
    except OSError as error:
        result.problems.append(_cannot_write(request, request.out / REVIEW, error))
        result.machine_failed = True


def _finish(history: History, result: Result) -> None:
    try:
        history.finish(Folder(result.request.root))
    except OSError as error:
        result.problems.append(_cannot_write(result.request, result.request.out / REVIEW, error))
        result.machine_failed = True


def _carry_out(
    result: Result, manifest: Manifest, request: Request, press: Press, progress: Callable[[int, int], None]
) -> None:
    todo: dict[tuple[str, str], dict[str, Step]] = {}
    for step in result.steps:
        if step.action is Action.BUILD:
            todo.setdefault((step.wanted.type, step.wanted.slug), {})[step.wanted.form] = step
    if any("pdf" in forms for forms in todo.values()) and (missing := _missing_pango()):
        result.problems.append(missing)
        result.machine_failed = True
        for forms in todo.values():
            forms.pop("pdf", None)
    tasks = [Task(result.survey.letter(*key), tuple(forms)) for key, forms in sorted(todo.items()) if forms]
    styles = {kind: result.survey.style(kind) for kind in {task.letter.type for task in tasks}}
    failed: dict[tuple[str, Failure], list[Letter]] = {}
    try:
        for done, made in enumerate(press.make(tasks, styles), 1):
            # A letter whose renditions say different things is worse than an old one: all of them, or none.
            for form, failure in made.failures.items():
                failed.setdefault((form, failure), []).append(made.letter)
            for form, data in made.files.items() if not made.failures else ():
                _put(result, manifest, request, todo[made.letter.type, made.letter.slug][form], data, made.pages)
            progress(done, len(tasks))
    except WorkerLost:
        result.problems.append(_worker_lost())
        result.machine_failed = True
    for (form, failure), letters in failed.items():
        result.problems.append(_failure(request, form, failure, letters))
        result.machine_failed |= failure.cause is not Cause.LOOK


def _put(result: Result, manifest: Manifest, request: Request, step: Step, data: bytes, pages: int) -> None:
    want, path = step.wanted, request.out / step.wanted.path
    # Asked once more: somebody may have edited it while the letters were made.
    edited = (
        want.form == "docx" and make_plan([want], manifest.letters, _disk(request.out), "")[0].action is Action.REFUSE
    )
    if edited and not request.replace_edited:
        result.steps[result.steps.index(step)] = Step(Action.REFUSE, want, EDITED)
        return
    try:
        aside = write_file(path, data, keep_old=edited)
    except OpenElsewhere:
        hint = "close it there, then run the same command again"
        result.problems.append(
            Problem("E302", "is open in Word or LibreOffice, and was left as it is", _shown(request, path), hint)
        )
        return
    except OSError as error:
        result.problems.append(_cannot_write(request, path, error))
        result.machine_failed |= is_of_the_machine(error)
        return
    if aside:
        result.moved.append((want.path, aside.name))
    result.built.append(want)
    record = manifest.letters.get(want.key, LetterRecord())
    file = FileRecord(sha256(data).hexdigest(), want.letter, want.look, want.tools)
    files = dict(sorted({**record.files, want.form: file}.items()))
    manifest.letters[want.key] = LetterRecord(pages if want.form == "pdf" else record.pages, files)


def _save(result: Result, manifest: Manifest, request: Request) -> None:
    try:
        write_manifest(request.out, manifest)
    except OSError as error:
        result.problems.append(_cannot_write(request, request.out / MANIFEST, error))
        result.machine_failed = True


def _cannot_write(request: Request, path: Path, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    mend = "make room, or choose another folder with --out" if is_of_the_machine(error) else "mend its permissions"
    return Problem("E302", f"cannot be written: {reason}", _shown(request, path), mend)


def _shown(request: Request, path: Path) -> Place:
    """A path as a user knows it: from the workspace if it is below it."""
    return Place(path.relative_to(request.root).as_posix() if path.is_relative_to(request.root) else str(path))


def _failure(request: Request, form: str, failure: Failure, letters: Sequence[Letter]) -> Problem:
    """One problem for one failure, however many letters it met."""
    first = letters[0]
    file = _shown(request, request.out / first.type / f"{first.slug}.{form}")
    others = f" and {len(letters) - _NAMED} more" if len(letters) > _NAMED else ""
    left = f"left as they are: the files of {', '.join(letter.slug for letter in letters[:_NAMED])}{others}"
    look = f"templates/letterheads/{first.letterhead}/{'styles.docx' if form == 'docx' else 'letter.css'}"
    match failure.cause:
        case Cause.LOOK:
            return Problem("E216", failure.reason, Place(look), f"mend it; {left}")
        case Cause.WORDS:
            hint = f"was {look} edited? If not, this is a fault in letters, please report it; {left}"
            return Problem("E304", f"does not say what the letter says: {failure.reason}", file, hint)
        case Cause.MACHINE:
            hint = f"is the disk for temporary files full? The variable TMPDIR can name another folder; {left}"
            return Problem("E303", f"could not be made: {failure.reason}", file, hint)
        case Cause.FAULT:
            hint = f"this is a fault in letters, or in {look}; please report it; {left}"
            return Problem("E306", f"could not be made: {failure.reason}", file, hint)
        case _:
            assert_never(failure.cause)


def _worker_lost() -> Problem:
    message = "a process that was making letters was ended by something else: is memory short?"
    return Problem("E307", message, Place("this machine"), "run `letters build --jobs 1`; nothing was lost")


def _missing_pango() -> Problem | None:
    from letters.doctor import missing_pango

    return missing_pango()


def _remember(survey: Survey, manifest: Manifest) -> None:
    """Keep what was learnt, for the next build to start from."""
    manifest.tools = versions()
    manifest.templates = survey.templates_key
    manifest.types = survey.types
    manifest.looks = survey.looks
    manifest.forces = {slug: force for slug, force in survey.forces.items() if force.inputs}


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
