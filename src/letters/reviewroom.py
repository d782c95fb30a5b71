"""The story of review: two states of the letters, what is different between them, the report, and what was decided."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path as File

from letters.history import COMPOSED, INPUTS, REVIEW, REVIEWED, keep_reviewed, packed, unpacked
from letters.letter_json import to_json
from letters.manifest import Manifest
from letters.pipeline import Request, concerning, status
from letters.plan import COMPOSED as COMPOSED_FORM
from letters.plan import Action
from letters.press import Press, Task
from letters.problems import Problem
from letters.review.baseline import NoBaseline, Snapshot, as_built
from letters.review.changes import Difference, Key, Review
from letters.review.compare import difference
from letters.review.decisions import Decision, Decisions, State, group_id, letter_id, queries
from letters.review.groups import group
from letters.review.pages.views import LetterView
from letters.source import Folder
from letters.states import before_build, before_now, broken, built, chosen, now, tracer
from letters.survey import Survey
from letters.write import write_file

__all__ = [
    "Compared",
    "diff",
    "diff_files",
    "finish",
    "judge",
    "review",
    "write_redlines",
    "write_report",
]

REPORT = f"{REVIEW}/review.html"
REDLINES = f"{REVIEW}/redlines"
#: All redlines in one document.
BOOK = f"{REVIEW}/redlines.docx"
DECISIONS = f"{REVIEW}/decisions"


@dataclass(frozen=True)
class Compared:
    """A review, the two states it compares, the problems of the files as they are now, and the pages to be shown.

    `unbuilt`: whether what is new is in the files and not yet in the outputs.
    """

    request: Request
    review: Review
    before: Snapshot
    after: Snapshot
    problems: list[Problem] = field(default_factory=list)
    views: Mapping[Key, LetterView] = field(default_factory=dict)
    unbuilt: bool = False

    @property
    def identity(self) -> str:
        """Tells this review from every other: a digest of both sides of each letter."""
        digest = sha256()
        for one in self.review.differences:
            for state in (self.before, self.after):
                letter = state.letters.get(one.key)
                digest.update(to_json(letter) if letter else repr(state.contents.get(one.key)).encode())
        return digest.hexdigest()[:16]


def diff(request: Request, against: str | None) -> Compared:
    """What is different in the files as they are now. Raises NoBaseline, and NoRevision where git has none of it.

    `against`: a git revision or a folder; by default what was last reviewed, else built.
    """
    survey = Survey(Folder(request.root), Manifest())
    after = now(survey, request.out)
    before = chosen(request.root, against, after) if against else before_now(request.out, after)
    found = _compare(request, before, after, broken(survey, before), concerning(survey, request))
    last = as_built(request.out).letters
    return replace(found, unbuilt=any(after.letters.get(one.key) != last.get(one.key) for one in found.review.changed))


def diff_files(before: File, after: File) -> Compared:
    """What is different between two files. Raises NoBaseline where one cannot be read."""
    from letters.review.files import UnreadableFile, compare_files

    try:
        found = compare_files(before, after)
    except UnreadableFile as error:
        raise NoBaseline(str(error)) from None
    review = Review(before.name, (found,), group([found], lambda *_: ()))
    return Compared(Request(File(), File()), review, Snapshot(before.name, {}), Snapshot(after.name, {}))


def review(request: Request, against: str | None, *, with_pages: bool = True) -> Compared:
    """What is different in the letters as they were last built, layout and pages too. Raises NoBaseline, NoRevision."""
    result = status(request)
    after = built(result)
    before = chosen(request.root, against, after) if against else before_build(request.out)
    found = _compare(request, before, after, frozenset(), result.problems)
    to_build = (step.wanted for step in result.steps if step.action is Action.BUILD)
    waiting = sorted({want.slug for want in to_build if want.form == COMPOSED_FORM})
    if waiting:
        names = ", ".join(waiting[:5]) + (f" and {len(waiting) - 5} more" if len(waiting) > 5 else "")
        note = f"these letters are not built as the files are now, letters build makes them: {names}"
        found = replace(found, review=replace(found.review, notes=(*found.review.notes, note)))
    return _with_layout(found) if with_pages else found


# -- comparing


def _compare(
    request: Request, before: Snapshot, after: Snapshot, left_out: frozenset[Key], problems: list[Problem]
) -> Compared:
    """Two states compared and grouped. `left_out`: letters of which nothing can be said."""
    differences = tuple(_differences(request, before, after, left_out | before.left_out))
    notes = [*before.notes]
    if names := sorted({slug for _, slug in left_out}):
        notes.append(f"left out, because their files have problems: {', '.join(names)}")
    groups = group(differences, tracer(before, after))
    return Compared(request, Review(before.title, differences, groups, tuple(notes)), before, after, problems)


def _differences(request: Request, before: Snapshot, after: Snapshot, left_out: frozenset[Key]) -> Iterator[Difference]:
    renamed = _renamed(before, after)
    names_before = {new: old for old, new in renamed.items()}
    for key in sorted({*before.contents, *after.contents} - left_out):
        if request.wants(*key) and key not in renamed:
            was = names_before.get(key, key)
            yield difference(key, before.contents.get(was), after.contents.get(key))


def _renamed(before: Snapshot, after: Snapshot) -> Mapping[Key, Key]:
    """Letters whose force's file has another name now: the key before, and now."""
    gone = sorted(key for key in before.letters if key not in after.contents)
    come = sorted(key for key in after.letters if key not in before.contents)
    named = {(kind, after.letters[kind, slug].force_name): (kind, slug) for kind, slug in come}
    pairs = {old: named.get((old[0], before.letters[old].force_name)) for old in gone}
    return {old: new for old, new in pairs.items() if new}


def _with_layout(found: Compared) -> Compared:
    """The same with what the PDFs show: pages, and what stands elsewhere on them."""
    from letters.review.pages.pictures import letter_views

    names_before = {new: old for old, new in _renamed(found.before, found.after).items()}
    pdfs = dict(_pdfs(found, names_before))
    pairs = [(one, *pdfs[one.key]) for one in found.review.differences if _shows(one, *pdfs[one.key])]
    views: dict[Key, LetterView] = {}
    compared: dict[Key, Difference] = {}
    notes = list(found.review.notes)
    for (one, _, _), seen in zip(pairs, letter_views(pairs, found.request.jobs), strict=True):
        compared[one.key] = replace(one, layout=seen.layout, layout_compared=seen.compared)
        views[one.key] = seen.view
        if seen.problem:
            notes.append(f"the pages of {one.key[1]} are not compared: {seen.problem}")
    differences = [compared.get(one.key) or replace(one, layout_compared=True) for one in found.review.differences]
    groups = group(differences, tracer(found.before, found.after))
    review = Review(found.review.against, tuple(differences), groups, tuple(notes))
    return replace(found, review=review, views=views)


def _shows(one: Difference, old: bytes | None, new: bytes | None) -> bool:
    """Whether a letter has anything to show: a change, or a PDF that is not the same byte for byte."""
    return not one.is_same or (old is not None and new is not None and old != new)


def _pdfs(found: Compared, names_before: Mapping[Key, Key]) -> Iterator[tuple[Key, tuple[bytes | None, bytes | None]]]:
    """The PDF of each letter before and after. One that is not there is made, where the letter and its look are."""
    before, after = found.before, found.after
    pairs = {
        one.key: (before.pdf(names_before.get(one.key, one.key)), after.pdf(one.key))
        for one in found.review.differences
    }
    to_make = {
        one.key: names_before.get(one.key, one.key)
        for one in found.review.differences
        if before.styles and pairs[one.key][0] is None and names_before.get(one.key, one.key) in before.letters
    }
    tasks = {key: Task(before.letters[was], ("pdf",)) for key, was in to_make.items()}
    styles = {kind: before.styles(kind) for kind, _ in tasks} if before.styles else {}
    made: dict[Key, bytes] = {}
    if tasks:
        with Press(found.request.jobs, ("pdf",)) as press:
            for one in press.make(list(tasks.values()), styles):
                if "pdf" in one.files:
                    made[one.letter.type, one.letter.slug] = one.files["pdf"]
    for key, (old, new) in pairs.items():
        yield key, (made.get(to_make[key]) if key in to_make else old, new)


# -- the report, and redlines


def write_report(found: Compared) -> File:
    """Write the report that a reviewer reads; gives its path. Raises OSError."""
    from letters.review.report.page import review_page

    made = f"{found.before.title} compared with {found.after.title}"
    path = found.request.out / REPORT
    write_file(path, review_page(found.review, found.views, _names(found), found.identity, made))
    return path


def _names(found: Compared) -> dict[Key, str]:
    letters = {**found.before.letters, **found.after.letters}
    return {
        one.key: letters[one.key].force_name if one.key in letters else one.key[1] for one in found.review.differences
    }


def write_redlines(found: Compared) -> list[File]:
    """Write each changed letter as a Word document with tracked changes, and all of them as one; gives the paths.

    Raises NoBaseline where a side is not known as composed, and OSError.
    """
    from letters.review.redline import redline, redline_book

    names_before = {new: old for old, new in _renamed(found.before, found.after).items()}
    survey = status(found.request).survey
    items = []
    for one in found.review.changed:
        old, new = found.before.letters.get(names_before.get(one.key, one.key)), found.after.letters.get(one.key)
        if (one.before and not old) or (one.after and not new):
            raise NoBaseline("redlines need composed letters on both sides, and a folder of files has none")
        if one.shows_in_word:
            items.append((one.key, old, new, survey.style(one.key[0])))
    folder = found.request.out / REDLINES
    if folder.exists():
        shutil.rmtree(folder)
    paths = []
    for (kind, slug), old, new, style in items:
        path = folder / kind / f"{slug}.docx"
        write_file(path, redline(old, new, style))
        paths.append(path)
    if items:
        names = _names(found)
        path = found.request.out / BOOK
        write_file(path, redline_book([(names[key], old, new, style) for key, old, new, style in items]))
        paths.append(path)
    return paths


# -- decisions


def finish_all(request: Request, today: date) -> int:
    """Keep the letters as last built as what was last reviewed; gives how many. Raises NoBaseline, OSError."""
    result = status(request)
    after = built(result)
    try:
        before = before_build(request.out)
    except NoBaseline:  # the first build: nothing was there before
        before = Snapshot("nothing", {})
    found = _compare(request, before, after, frozenset(), result.problems)
    keys = [one.key for one in found.review.differences]
    finish(found, keys, today)
    return sum(one.after is not None for one in found.review.differences)


def finish(found: Compared, keys: Sequence[Key], today: date, reviewer: str = "") -> None:
    """Keep the letters `keys` as they are now as what was last reviewed; the others as they were. Raises OSError."""
    out, before, after = found.request.out, found.before, found.after
    files: dict[str, bytes | None] = {}
    every = {one.key for one in found.review.differences}
    if not (out / REVIEWED).exists():
        for key in {*before.letters} - set(keys):
            files.update(_files(before, key))
    for key in keys:
        files.update(_files(after, key))
    for old in _renamed(before, after):
        files.update(dict.fromkeys(_files(before, old)))
    whole = every <= set(keys) and not found.request.slugs and not found.request.types
    files[INPUTS] = packed(after.inputs or {}) if whole else _inputs(found, keys)
    note = {"format": 1, "on": today.isoformat(), "letters": len(keys), "reviewer": reviewer}
    keep_reviewed(out, files, (json.dumps(note, ensure_ascii=False, indent=1) + "\n").encode())


def _files(state: Snapshot, key: Key) -> dict[str, bytes | None]:
    letter = state.letters.get(key)
    pdf = state.pdf(key) if letter else None
    return {f"{COMPOSED}/{key[0]}/{key[1]}.json": to_json(letter) if letter else None, f"{key[0]}/{key[1]}.pdf": pdf}


def _inputs(found: Compared, keys: Sequence[Key]) -> bytes:
    """The files that were last reviewed, with those of the forces reviewed now."""
    old = unpacked(found.request.out / REVIEWED / INPUTS) or found.before.inputs or {}
    new = found.after.inputs or {}
    paths = {f"forces/{slug}.yaml" for _, slug in keys}
    merged = {path: old[path] for path in old if path not in paths}
    return packed({**merged, **{path: new[path] for path in paths if path in new}})


@dataclass(frozen=True)
class Judged:
    """What a file of decisions came to: the queries, and how many letters count as reviewed now."""

    queries: tuple[Decision, ...]
    reviewed: int
    record: File
    about_another: bool


def judge(found: Compared, decisions: Decisions, data: bytes, today: date) -> Judged:
    """Keep a reviewer's decisions, and the letters that were read without a query as reviewed. Raises OSError.

    Decisions about another state of the letters are kept as well, but nothing counts as reviewed by them.
    """
    about_another = decisions.report != found.identity
    read = [] if about_another else list(_read(found.review, decisions))
    record = found.request.out / DECISIONS / f"{decisions.report or 'report'}.json"
    if not record.name.removesuffix(".json").isalnum():
        record = record.with_name("report.json")
    write_file(record, data)
    if read:
        finish(found, read, today, decisions.reviewer)
    return Judged(queries(decisions), len(read), record, about_another)


def _read(found: Review, decisions: Decisions) -> Iterator[Key]:
    """The letters that are read, and none of whose changes is queried; with them those that have no change at all."""
    letters = {one.about: one.state for one in decisions.letters}
    changes = {one.about: one.state for one in decisions.changes}
    queried = {key for one in found.groups if changes.get(group_id(one)) is State.QUERIED for key in one.letters}
    for one in found.differences:
        if one.is_same or (letters.get(letter_id(one.key)) is State.READ and one.key not in queried):
            yield one.key
