"""What is planned, made and put on disk, and what stands in the way of it, as problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import assert_never

from letters.batch.formats import COMPOSED
from letters.batch.guard import SEALED, Edited, core_of, keep_ours, look_at, note_saved, notes, place, to_prepare
from letters.batch.history import REVIEW, History
from letters.batch.keeping import keep, kept
from letters.batch.manifest import NAME as MANIFEST
from letters.batch.manifest import FileRecord, LetterRecord, Manifest, write_manifest
from letters.batch.plan import EDITED, Action, Disk, Kept, State, Step, Wanted
from letters.batch.press import Cause, Failure, Made, Press, Task
from letters.batch.request import Request, Result
from letters.batch.survey import Survey
from letters.batch.versions import versions
from letters.letter import Letter, LetterKey
from letters.machine.files import OpenElsewhere, Prepared, Store, is_of_the_machine, why
from letters.problems import Code, Place, Problem
from letters.workspace.record import LETTERS, just_now, written
from letters.workspace.source import Folder

#: What a build notes until it wrote the manifest: the digests of what it put there.
UNFINISHED = ".unfinished"
#: Of the letters that one failure met, so many are named.
_NAMED = 5


def disk_of(out: Path, root: Path | None = None) -> Disk:
    """What stands in an output folder, looked at when asked. `root`: the workspace, which knows what is to stay."""

    store = Store(out)

    def read_digest(path: str) -> str | None:
        try:
            return sha256(store.read(path)).hexdigest()
        except FileNotFoundError:
            return None
        except OSError:
            return "unreadable"

    def is_kept(want: Wanted, digest: str) -> Kept | None:
        return kept(root, want.key, digest, partial(core_of, store, want.path)) if root else None

    return Disk(read_digest, lambda path: look_at(store, path, notes(store)), is_kept)


def keep_edited(result: Result) -> None:
    """Accept the edited Word files that stand in the way as they are, in records; each is bound to its digest."""
    request = result.request
    disk, store = disk_of(request.out), Store(request.out)
    for number, step in enumerate(result.steps):
        want = step.wanted
        if step.action is Action.REFUSE and (digest := disk.read_digest(want.path)):
            try:
                said = keep(request.root, want.key, digest, core_of(store, want.path), want.letter, request.by)
            except (OSError, ValueError) as error:
                problem = error if isinstance(error, OSError) else OSError(str(error))
                result.problems.append(_cannot_write(request, request.root / LETTERS / want.key.path, problem))
                continue
            result.steps[number] = Step(Action.KEEP, want, "", State.EDITED, said)


def complete_as_made(result: Result) -> None:
    """Keep as they were made the Word files that an earlier version made, and note what was found to be only saved."""
    store = Store(result.request.out)
    left = [step for step in result.steps if step.action is Action.KEEP and step.wanted.format == "docx"]
    try:
        for step in left:
            if step.state is State.OURS:
                keep_ours(store, step.wanted.path)
        note_saved(store, [step.wanted.path for step in left if step.state is State.SAVED])
    except OSError as error:
        result.problems.append(_cannot_write(result.request, store.root / SEALED, error))
        result.machine_failed = True


def keep_what_was(history: History, result: Result, manifest: Manifest, gone: Iterable[str]) -> None:
    """Keep the first build for a review before it is replaced, and take the composed letters `gone` away."""
    request = result.request
    try:
        will_build = any(step.action is Action.BUILD for step in result.steps)
        history.begin(pdfs_of(manifest), written(just_now()), will_build=will_build)
        history.forget(path for path in gone if (request.out / path).exists())
    except OSError as error:
        result.problems.append(_cannot_write(request, request.out / REVIEW, error))
        result.machine_failed = True


def pdfs_of(manifest: Manifest) -> set[LetterKey]:
    """The letters whose PDF says what the composed letter says."""
    found: set[LetterKey] = set()
    for path, record in manifest.letters.items():
        pdf, composed = record.files.get("pdf"), record.files.get(COMPOSED)
        if pdf and composed and composed.letter and pdf.letter == composed.letter:
            found.add(LetterKey.of(path))
    return found


def finish_history(history: History, result: Result, manifest: Manifest) -> None:
    """Say that the build is done, and what its inputs were."""
    try:
        history.finish(Folder(result.request.root), pdfs_of(manifest), written(just_now()))
    except OSError as error:
        result.problems.append(_cannot_write(result.request, result.request.out / REVIEW, error))
        result.machine_failed = True


def carry_out(
    result: Result, manifest: Manifest, request: Request, press: Press, progress: Callable[[int, int], None]
) -> None:
    """Make what is planned, and put what is proved on disk and into the manifest; all else is a problem of `result`."""
    todo: dict[LetterKey, dict[str, Step]] = {}
    for step in result.steps:
        if step.action is Action.BUILD:
            todo.setdefault(step.wanted.key, {})[step.wanted.format] = step
    if any("pdf" in formats for formats in todo.values()) and (missing := _missing_pango()):
        result.problems.append(missing)
        result.machine_failed = True
        for formats in todo.values():
            formats.pop("pdf", None)
    tasks = [Task(result.survey.letter(key), tuple(formats)) for key, formats in sorted(todo.items()) if formats]
    styles = {type_name: result.survey.style(type_name) for type_name in {task.letter.type for task in tasks}}
    failed: dict[tuple[str, Failure], list[Letter]] = {}
    store = Store(request.out)
    for done, made in enumerate(press.make(tasks, styles), 1):
        # A letter whose renditions say different things is worse than an old one: all of them, or none.
        steps = todo[made.letter.key]
        for format in filter(made.failures.__contains__, steps):  # in their order, whichever process was done first
            failed.setdefault((format, made.failures[format]), []).append(made.letter)
        if not made.failures:
            _put_letter(result, manifest, store, steps, made)
        progress(done, len(tasks))
    store.settle()
    for (format, failure), letters in failed.items():
        result.problems.append(_failure(request, format, failure, letters))
        result.machine_failed |= failure.cause not in _OF_THE_LETTER


def _put_letter(result: Result, manifest: Manifest, store: Store, steps: Mapping[str, Step], made: Made) -> None:
    """Put all renditions of a letter on disk; last the composed letter, and only if one of them says it."""
    paths = {format: steps[format].wanted.path for format in made.files}
    files = {paths[format]: data for format, data in made.files.items()}
    if "docx" in made.files:
        files |= to_prepare(store, paths["docx"], made.files["docx"])
    ready = store.prepare(files)
    with suppress(OSError):  # putting the files there will say what is wrong
        store.add_lines(UNFINISHED, (sha256(data).hexdigest() for data in files.values()))
    for format in sorted(filter(made.files.__contains__, steps), key=lambda format: format == COMPOSED):
        if format == COMPOSED and not _is_said(steps[format].wanted, manifest):
            store.drop(ready[paths[format]])
        else:
            _put(result, manifest, store, steps[format], files[paths[format]], ready, made.pages)


def _is_said(want: Wanted, manifest: Manifest) -> bool:
    """Whether a rendition says what a composed letter does: a review must not show words that no file says."""
    files = manifest.letters.get(want.key.path, LetterRecord()).files
    return any(record.letter == want.letter for format, record in files.items() if format != COMPOSED)


def _put(
    result: Result,
    manifest: Manifest,
    store: Store,
    step: Step,
    data: bytes,
    ready: Mapping[str, Prepared],
    pages: int,
) -> None:
    """Put one rendition on disk. `ready`: its bytes by path, already there under other names."""
    request, want, path = result.request, step.wanted, store.root / step.wanted.path
    try:
        if want.format == "docx":
            # Asked once more: somebody may have edited it while the letters were made.
            aside = place(store, want.path, ready, replace_edited=request.replace_edited)
        else:
            aside = store.put(want.path, ready[want.path], keep_old=_is_somebodys(want, manifest, store, data))
    except Edited:
        result.steps[result.steps.index(step)] = Step(Action.REFUSE, want, EDITED, State.EDITED)
        return
    except OpenElsewhere:
        hint = "close it there, then run the same command again"
        result.problems.append(
            Problem(
                Code.NOT_WRITTEN, "is open in Word or LibreOffice, and was left as it is", _shown(request, path), hint
            )
        )
        return
    except OSError as error:
        result.problems.append(_cannot_write(request, path, error))
        result.machine_failed |= is_of_the_machine(error)
        return
    if aside:
        result.moved.append((want.path, aside.rpartition("/")[2]))
    result.built.append(want)
    record = manifest.letters.get(want.key.path, LetterRecord())
    file = FileRecord(sha256(data).hexdigest(), want.letter, want.look, want.tools)
    force = result.survey.forces[want.key.slug]
    manifest.letters[want.key.path] = replace(
        record,
        pages=pages if want.format == "pdf" else record.pages,
        files=dict(sorted({**record.files, want.format: file}.items())),
        force=force.name,
        stage=force.letters[want.key.type].stage,
    )


def _is_somebodys(want: Wanted, manifest: Manifest, store: Store, data: bytes) -> bool:
    """Whether what stands in the place of a PDF, a page or a text is none that a build put there."""
    record = manifest.letters.get(want.key.path, LetterRecord()).files.get(want.format)
    digest = disk_of(store.root).read_digest(want.path)
    ours = {None, sha256(data).hexdigest(), record.sha256 if record else None}
    return want.format not in ("docx", COMPOSED) and digest not in ours and digest not in _unfinished(store)


def _unfinished(store: Store) -> frozenset[str]:
    """The digests of what builds put there that were ended before they wrote the manifest."""
    try:
        return frozenset(store.read(UNFINISHED).decode("ascii", "replace").split())
    except OSError:
        return frozenset()


def save(result: Result, manifest: Manifest, request: Request) -> None:
    """Write the manifest; what stands in the way is a problem of `result`."""
    try:
        write_manifest(request.out, manifest)
        Store(request.out).remove(UNFINISHED)
    except OSError as error:
        result.problems.append(_cannot_write(request, request.out / MANIFEST, error))
        result.machine_failed = True


def _cannot_write(request: Request, path: Path, error: OSError) -> Problem:
    reason = why(error)
    mend = "make room, or choose another folder with --out" if is_of_the_machine(error) else "mend its permissions"
    return Problem(Code.NOT_WRITTEN, f"cannot be written: {reason}", _shown(request, path), mend)


def _shown(request: Request, path: Path) -> Place:
    """A path as a user knows it: from the workspace if it is below it."""
    return Place(path.relative_to(request.root).as_posix() if path.is_relative_to(request.root) else str(path))


def _failure(request: Request, format: str, failure: Failure, letters: Sequence[Letter]) -> Problem:
    """One problem for one failure, however many letters it met."""
    first = letters[0]
    file = _shown(request, request.out / f"{first.key.path}.{format}")
    others = f" and {len(letters) - _NAMED} more" if len(letters) > _NAMED else ""
    left = f"left as they are: the files of {', '.join(letter.slug for letter in letters[:_NAMED])}{others}"
    look = f"templates/letterheads/{first.letterhead}/{'styles.docx' if format == 'docx' else 'letter.css'}"
    match failure.cause:
        case Cause.LOOK:
            return Problem(Code.MISSING_STYLE, failure.reason, Place(look), f"mend it; {left}")
        case Cause.PAPER:
            hint = f"was {look} edited? Without it the page says the words: mend it; {left}"
            return Problem(Code.OTHER_WORDS, f"does not say what the letter says: {failure.reason}", file, hint)
        case Cause.WORDS:
            hint = f"was {look} edited? If not, this is a fault in letters, please report it; {left}"
            return Problem(Code.OTHER_WORDS, f"does not say what the letter says: {failure.reason}", file, hint)
        case Cause.MACHINE:
            hint = f"is the disk for temporary files full? The variable TMPDIR can name another folder; {left}"
            return Problem(Code.NOT_MADE, f"could not be made: {failure.reason}", file, hint)
        case Cause.FAULT:
            hint = f"this is a fault in letters, or in {look}; please report it; {left}"
            return Problem(Code.FAULT_IN_LETTERS, f"could not be made: {failure.reason}", file, hint)
        case Cause.TIME:
            more = f"letters build --time-limit {ceil(request.bounds.seconds * 5)}"
            return Problem(Code.LETTER_TIME, failure.reason, file, f"{_simpler(look)}; or give it more: {more}; {left}")
        case Cause.MEMORY:
            return Problem(Code.LETTER_MEMORY, failure.reason, file, f"{_simpler(look)}; {left}")
        case Cause.CRASH:
            return Problem(Code.LIBRARY_CRASH, failure.reason, file, f"{_simpler(look)}; {left}")
        case Cause.LOST:
            message = f"{failure.reason}: is memory short?"
            return Problem(Code.PROCESS_LOST, message, Place("this machine"), f"run `letters build --jobs 1`; {left}")
        case _:
            assert_never(failure.cause)


#: What is mended in the letter, and not on the machine.
_OF_THE_LETTER = (Cause.LOOK, Cause.PAPER, Cause.TIME, Cause.MEMORY, Cause.CRASH)


def _simpler(look: str) -> str:
    """What to try with a letter that is too much for a library."""
    return f"is its text very long, or a picture very large? make them smaller; was {look} edited? make it simpler"


def _missing_pango() -> Problem | None:
    from letters.batch.doctor import missing_pango

    return missing_pango()


def remember(survey: Survey, manifest: Manifest) -> None:
    """Keep what was learnt, for the next build to start from."""
    manifest.tools = versions()
    manifest.templates = survey.templates_key
    manifest.types = survey.types
    manifest.looks = survey.looks
    manifest.forces = {slug: force for slug, force in survey.forces.items() if force.inputs}
