"""What comes of a review: the report and the redlines that are read, and what the reader decided."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as File

from letters.history import COMPOSED, INPUTS, REVIEW, REVIEWED, keep_reviewed, packed, unpacked
from letters.letter import CannotRender, HouseStyle, Letter
from letters.letter_json import to_json
from letters.pipeline import status
from letters.review.baseline import NoBaseline, Snapshot
from letters.review.changes import Key, Review
from letters.review.decisions import Decision, Decisions, State, group_id, letter_id, queries
from letters.reviewroom import Compared, renamings
from letters.states import style_of
from letters.write import write_file

REPORT = f"{REVIEW}/review.html"
REDLINES = f"{REVIEW}/redlines"
#: All redlines in one document.
BOOK = f"{REVIEW}/redlines.docx"
DECISIONS = f"{REVIEW}/decisions"


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

    Raises NoBaseline where a side is not known as composed or cannot be set, and OSError.
    """
    from letters.review.redlines import redline, redline_book

    out, names, items = found.request.out, _names(found), list(_to_redline(found))
    shutil.rmtree(out / REDLINES, ignore_errors=True)
    (out / BOOK).unlink(missing_ok=True)
    try:
        made = {out / REDLINES / kind / f"{slug}.docx": redline(*sides) for (kind, slug), sides in items}
        if items:
            made[out / BOOK] = redline_book([(names[key], *sides) for key, sides in items])
    except CannotRender as error:
        raise NoBaseline(f"the redlines cannot be made: {error}") from None
    for path, data in made.items():
        write_file(path, data)
    return list(made)


def _to_redline(found: Compared) -> Iterator[tuple[Key, tuple[Letter | None, Letter | None, HouseStyle]]]:
    """Each letter that Word can show, before and after, and how it looks."""
    names_before = {new: old for old, new in renamings(found.before, found.after).items()}
    survey = status(found.request).survey
    for one in found.review.changed:
        kind = one.key[0]
        old, new = found.before.letters.get(names_before.get(one.key, one.key)), found.after.letters.get(one.key)
        if (one.before and not old) or (one.after and not new):
            raise NoBaseline("redlines need composed letters on both sides, and a folder of files has none")
        if one.shows_in_word and kind not in survey.looks:
            raise NoBaseline(f"the redlines cannot be made: the letter type {kind} has problems, see letters check")
        if one.shows_in_word:
            style, was = survey.style(kind), style_of(found.before, kind)
            # A picture that is no longer there is still in the letter before.
            pictures = {**was.pictures, **style.pictures} if was else style.pictures
            yield one.key, (old, new, replace(style, pictures=pictures))


# -- decisions


def finish_all(found: Compared, today: date) -> int:
    """Keep all letters of a review as what was last reviewed; gives how many there are. Raises OSError."""
    finish(found, [one.key for one in found.review.differences], today)
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
    for old in renamings(before, after):
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
