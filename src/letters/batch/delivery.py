"""What a build makes, put on disk and into its manifest; what stands in the way becomes problems of its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from letters.batch.failures import OF_THE_LETTER, cannot_write, failure, is_open_elsewhere
from letters.batch.formats import COMPOSED
from letters.batch.guard import SEALED, Edited, core_of, disk_of, keep_ours, note_saved, place, to_prepare
from letters.batch.history import REVIEW, History
from letters.batch.kept_edits import keep
from letters.batch.manifest import NAME as MANIFEST
from letters.batch.manifest import FileRecord, LetterRecord, Manifest, write_manifest
from letters.batch.plan import EDITED, Action, State, Step, Wanted
from letters.batch.press import Failure, Made, Press, Task
from letters.batch.request import Result
from letters.batch.versions import versions
from letters.letter import Letter, LetterKey
from letters.machine.files import OpenElsewhere, Prepared, Store, is_of_the_machine
from letters.problems import Problem
from letters.workspace.record import LETTERS, just_now, written
from letters.workspace.source import Folder

#: What a build notes until it wrote the manifest: the digests of what it put there.
UNFINISHED = ".unfinished"


class Delivery:
    """Carries out what a result has planned, and keeps the manifest in step with what stands on disk."""

    def __init__(self, result: Result, manifest: Manifest) -> None:
        self._result, self._manifest = result, manifest
        self._request = result.request
        self._store = Store(result.request.out)

    # -- before

    def keep_edited(self) -> None:
        """Accept the edited Word files that stand in the way as they are, in records; each is bound to its digest."""
        request, disk = self._request, disk_of(self._request.out)
        for number, step in enumerate(self._result.steps):
            want = step.wanted
            if step.action is Action.REFUSE and (digest := disk.read_digest(want.path)):
                try:
                    core = core_of(self._store, want.path)
                    said = keep(request.root, want.key, digest, core, want.letter, request.by)
                except (OSError, ValueError) as error:
                    problem = error if isinstance(error, OSError) else OSError(str(error))
                    path = request.root / LETTERS / want.key.path
                    self._result.problems.append(cannot_write(request, path, problem))
                    continue
                self._result.steps[number] = Step(Action.KEEP, want, "", State.EDITED, said)

    def keep_what_was(self, history: History, gone: Iterable[str]) -> None:
        """Keep the first build for a review before it is replaced, and take the composed letters `gone` away."""
        with self._problems_at(self._request.out / REVIEW):
            will_build = any(step.action is Action.BUILD for step in self._result.steps)
            history.begin(pdfs_of(self._manifest), written(just_now()), will_build=will_build)
            history.forget(path for path in gone if (self._request.out / path).exists())

    # -- making

    def carry_out(self, press: Press, progress: Callable[[int, int], None]) -> None:
        """Make what is planned, and put what is proved on disk and into the manifest."""
        todo = self._todo()
        survey = self._result.survey
        tasks = [Task(survey.letter(key), tuple(formats)) for key, formats in sorted(todo.items()) if formats]
        styles = {type_name: survey.style(type_name) for type_name in {task.letter.type for task in tasks}}
        failed: dict[tuple[str, Failure], list[Letter]] = {}
        for done, made in enumerate(press.make(tasks, styles), 1):
            # A letter whose renditions say different things is worse than an old one: all of them, or none.
            steps = todo[made.letter.key]
            for format in filter(made.failures.__contains__, steps):  # in their order, whichever process was done first
                failed.setdefault((format, made.failures[format]), []).append(made.letter)
            if not made.failures:
                self._put_letter(steps, made)
            progress(done, len(tasks))
        self._store.settle()
        for (format, found), letters in failed.items():
            self._result.problems.append(failure(self._request, survey, format, found, letters))
            self._result.machine_failed |= found.cause not in OF_THE_LETTER

    def _todo(self) -> dict[LetterKey, dict[str, Step]]:
        """What is to be made of each letter, by format; no PDF where this machine makes none, which is a problem."""
        todo: dict[LetterKey, dict[str, Step]] = {}
        for step in self._result.steps:
            if step.action is Action.BUILD:
                todo.setdefault(step.wanted.key, {})[step.wanted.format] = step
        if any("pdf" in formats for formats in todo.values()) and (missing := _missing_pango()):
            self._result.problems.append(missing)
            self._result.machine_failed = True
            for formats in todo.values():
                formats.pop("pdf", None)
        return todo

    def _put_letter(self, steps: Mapping[str, Step], made: Made) -> None:
        """Put all renditions of a letter on disk; last the composed letter, and only if one of them says it."""
        paths = {format: steps[format].wanted.path for format in made.files}
        files = {paths[format]: data for format, data in made.files.items()}
        if "docx" in made.files:
            files |= to_prepare(self._store, paths["docx"], made.files["docx"])
        ready = self._store.prepare(files)
        with suppress(OSError):  # putting the files there will say what is wrong
            self._store.add_lines(UNFINISHED, (sha256(data).hexdigest() for data in files.values()))
        for format in sorted(filter(made.files.__contains__, steps), key=lambda format: format == COMPOSED):
            if format == COMPOSED and not self._is_said(steps[format].wanted):
                self._store.drop(ready[paths[format]])
            else:
                self._put(steps[format], files[paths[format]], ready, made.pages)

    def _is_said(self, want: Wanted) -> bool:
        """Whether a rendition says what a composed letter does: a review must not show words that no file says."""
        files = self._record_of(want).files
        return any(record.letter == want.letter for format, record in files.items() if format != COMPOSED)

    def _put(self, step: Step, data: bytes, ready: Mapping[str, Prepared], pages: int) -> None:
        """Put one rendition on disk. `ready`: its bytes by path, already there under other names."""
        result, want = self._result, step.wanted
        try:
            if want.format == "docx":
                # Asked once more: somebody may have edited it while the letters were made.
                aside = place(self._store, want.path, ready, replace_edited=self._request.replace_edited)
            else:
                aside = self._store.put(want.path, ready[want.path], keep_old=self._is_somebodys(want, data))
        except Edited:
            result.steps[result.steps.index(step)] = Step(Action.REFUSE, want, EDITED, State.EDITED)
        except OpenElsewhere:
            result.problems.append(is_open_elsewhere(self._request, self._store.root / want.path))
        except OSError as error:
            result.problems.append(cannot_write(self._request, self._store.root / want.path, error))
            result.machine_failed |= is_of_the_machine(error)
        else:
            if aside:
                result.moved.append((want.path, aside.rpartition("/")[2]))
            result.built.append(want)
            self._record(want, data, pages)

    def _record(self, want: Wanted, data: bytes, pages: int) -> None:
        """Put into the manifest what one rendition was made from."""
        record, force = self._record_of(want), self._result.survey.forces[want.key.slug]
        file = FileRecord(sha256(data).hexdigest(), want.letter, want.look, want.tools)
        self._manifest.letters[want.key.path] = replace(
            record,
            pages=pages if want.format == "pdf" else record.pages,
            files=dict(sorted({**record.files, want.format: file}.items())),
            force=force.name,
            stage=memory.stage if (memory := force.of(want.key)) else "",
        )

    def _is_somebodys(self, want: Wanted, data: bytes) -> bool:
        """Whether what stands in the place of a PDF, a page or a text is none that a build put there."""
        record = self._record_of(want).files.get(want.format)
        digest = disk_of(self._store.root).read_digest(want.path)
        ours = {None, sha256(data).hexdigest(), record.sha256 if record else None}
        return want.format not in ("docx", COMPOSED) and digest not in ours and digest not in _unfinished(self._store)

    def _record_of(self, want: Wanted) -> LetterRecord:
        return self._manifest.letters.get(want.key.path, LetterRecord())

    # -- after

    def complete_as_made(self) -> None:
        """Keep as they were made the Word files of an earlier version, and note what was found to be only saved."""
        left = [step for step in self._result.steps if step.action is Action.KEEP and step.wanted.format == "docx"]
        with self._problems_at(self._store.root / SEALED):
            for step in left:
                if step.state is State.OURS:
                    keep_ours(self._store, step.wanted.path)
            note_saved(self._store, [step.wanted.path for step in left if step.state is State.SAVED])

    def save(self) -> None:
        """Keep in the manifest what was learnt, for the next build to start from, and write it."""
        survey, manifest = self._result.survey, self._manifest
        manifest.tools = versions()
        manifest.templates = survey.templates_key
        manifest.types = survey.types
        manifest.looks = survey.looks
        manifest.forces = {slug: force for slug, force in survey.forces.items() if force.inputs}
        with self._problems_at(self._request.out / MANIFEST):
            write_manifest(self._request.out, manifest)
            self._store.remove(UNFINISHED)

    def finish_history(self, history: History) -> None:
        """Say that the build is done, and what its inputs were."""
        with self._problems_at(self._request.out / REVIEW):
            history.finish(Folder(self._request.root), pdfs_of(self._manifest), written(just_now()))

    @contextmanager
    def _problems_at(self, path: Path) -> Iterator[None]:
        """What stands in the way of writing there is a problem of the machine."""
        try:
            yield
        except OSError as error:
            self._result.problems.append(cannot_write(self._request, path, error))
            self._result.machine_failed = True


def pdfs_of(manifest: Manifest) -> set[LetterKey]:
    """The letters whose PDF says what the composed letter says."""
    found: set[LetterKey] = set()
    for path, record in manifest.letters.items():
        pdf, composed = record.files.get("pdf"), record.files.get(COMPOSED)
        if pdf and composed and composed.letter and pdf.letter == composed.letter:
            found.add(LetterKey.of(path))
    return found


def _unfinished(store: Store) -> frozenset[str]:
    """The digests of what builds put there that were ended before they wrote the manifest."""
    try:
        return frozenset(store.read(UNFINISHED).decode("ascii", "replace").split())
    except OSError:
        return frozenset()


def _missing_pango() -> Problem | None:
    from letters.batch.doctor import missing_pango

    return missing_pango()
