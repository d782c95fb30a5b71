"""What comes of a review: the report and the redlines that are read, and what the reader decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path as File
from typing import Any

from letters.files import Store, read_file
from letters.history import COMPOSED, INPUTS, REVIEW, REVIEWED, keep_reviewed, packed, unpacked
from letters.letter import CannotRender, HouseStyle, Letter
from letters.letter_json import to_json
from letters.review.baseline import NoBaseline, Snapshot
from letters.review.changes import Key
from letters.review.decisions import Decision, Decisions, State, group_id, letter_id
from letters.reviewroom import Compared
from letters.states import style_of

REPORT = f"{REVIEW}/review.html"
REDLINES = f"{REVIEW}/redlines"
#: All redlines in one document.
BOOK = f"{REVIEW}/redlines.docx"
DECISIONS = f"{REVIEW}/decisions"
#: What each report shows, by its identity.
REPORTS = f"{REVIEW}/reports"


def write_report(found: Compared) -> File:
    """Write the report that a reviewer reads, and what decisions about it will be held against; gives its path.

    Redlines of an earlier report go: they show other changes. Raises OSError.
    """
    from letters.review.report.page import review_page

    out = found.request.out
    store = Store(out)
    _remove_redlines(out)
    store.write(f"{REPORTS}/{found.identity}.json", _reported(found))
    made = f"Compared: {found.before.title}, and {found.after.title}"
    store.write(REPORT, review_page(found.review, found.views, _names(found), found.identity, made))
    return out / REPORT


def _remove_redlines(out: File) -> None:
    store = Store(out)
    store.remove_tree(REDLINES)
    store.remove(BOOK)


def _reported(found: Compared) -> bytes:
    """What a report shows: the letters that changed with the digest of each, and its groups with their letters."""
    digests = {letter_id(one.key): _digest(found.after, one.key) for one in found.review.changed}
    groups = {group_id(one): [letter_id(key) for key in one.letters] for one in found.review.groups}
    causes = {group_id(one): [str(cause) for cause in one.causes] for one in found.review.groups}
    return json.dumps({"format": 1, "letters": digests, "groups": groups, "causes": causes}, indent=1).encode()


def _digest(state: Snapshot, key: Key) -> str:
    letter = state.letters.get(key)
    return sha256(to_json(letter)).hexdigest() if letter else ""


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
    _remove_redlines(out)
    try:
        made = {f"{REDLINES}/{kind}/{slug}.docx": redline(*sides) for (kind, slug), sides in items}
        if items:
            made[BOOK] = redline_book([(names[key], *sides) for key, sides in items])
    except CannotRender as error:
        raise NoBaseline(f"the redlines cannot be made: {error}") from None
    for path, data in made.items():
        Store(out).write(path, data)
    return [out / path for path in made]


def _to_redline(found: Compared) -> Iterator[tuple[Key, tuple[Letter | None, Letter | None, HouseStyle]]]:
    """Each letter that Word can show, before and after, and how it looks."""
    styles: dict[str, HouseStyle] = {}
    for one in found.review.changed:
        kind = one.key[0]
        old, new = found.before.letters.get(found.key_before(one.key)), found.after.letters.get(one.key)
        if (one.before and not old) or (one.after and not new):
            raise NoBaseline("a redline needs the whole letter; a PDF or Word file gives its words alone")
        if one.shows_in_word:
            if kind not in styles:
                styles[kind] = _style_of_both(found, kind)
            yield one.key, (old, new, styles[kind])


def _style_of_both(found: Compared, kind: str) -> HouseStyle:
    """The house style of today; a picture that is no longer there is still in the letter before."""
    if found.survey is None or kind not in found.survey.looks:
        raise NoBaseline(f"the redlines cannot be made: the letter type {kind} has problems, see letters check")
    style, was = found.survey.style(kind), style_of(found.before, kind)
    return replace(style, pictures={**was.pictures, **style.pictures}) if was else style


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
    for old in found.names_before.values():
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


def unseen(found: Compared) -> list[Key]:
    """The letters that changed and were in no report as they are now built."""
    shown = {
        (about, digest)
        for path in (found.request.out / REPORTS).glob("*.json")
        for about, digest in _read_record(path)["letters"].items()
    }
    changed = (one.key for one in found.review.changed)
    return [key for key in changed if (letter_id(key), _digest(found.after, key)) not in shown]


@dataclass(frozen=True)
class Query:
    """A query of a reviewer: about what, in which letters and from where in the files, and the comment."""

    about: str
    letters: tuple[str, ...]
    causes: tuple[str, ...]
    comment: str


@dataclass(frozen=True)
class Judged:
    """What a file of decisions came to: the queries, how many letters count as reviewed, and how many would if they had
    not been built anew since. `known`: whether the report it is about was written here."""

    queries: tuple[Query, ...]
    reviewed: int
    outdated: int
    known: bool


def judge(found: Compared, decisions: Decisions, data: bytes, today: date) -> Judged:
    """Keep a reviewer's decisions, and the letters that were read without a query as reviewed. Raises OSError.

    They are held against the report that they are about, whatever was reviewed or built since. `found`: the letters as
    they are now built.
    """
    out = found.request.out
    record = _read_record(out / REPORTS / f"{decisions.report}.json")
    Store(out).write(f"{DECISIONS}/{decisions.report}-{sha256(data).hexdigest()[:8]}.json", data)
    read = [tuple(about.split("/", 1)) for about in _read(record, decisions)]
    asked = [(kind, slug) for kind, slug in read if found.request.wants(kind, slug)]
    current = [key for key in asked if _digest(found.after, key) == record["letters"][letter_id(key)]]
    if current:
        finish(found, current, today, decisions.reviewer)
    asking = (one for one in (*decisions.changes, *decisions.letters) if one.state is State.QUERIED)
    found_queries = tuple(_query(one, record) for one in asking)
    return Judged(found_queries, len(current), len(asked) - len(current), bool(record["known"]))


def _read_record(path: File) -> dict[str, Any]:
    """What `_reported` wrote; empty where it is not there or garbled."""
    empty: dict[str, Any] = {"letters": {}, "groups": {}, "causes": {}}
    try:
        record = json.loads(read_file(path))
        return {**{name: dict(record[name]) for name in empty}, "known": True}
    except (OSError, ValueError, KeyError, TypeError):
        return {**empty, "known": False}


def _read(record: dict[str, Any], decisions: Decisions) -> Iterator[str]:
    """The letters that are read, themselves or all their changes, and none of whose changes is queried."""
    letters = {one.about: one.state for one in decisions.letters}
    changes = {one.about: one.state for one in decisions.changes}
    for about in record["letters"]:
        own = [changes.get(number) for number, touched in record["groups"].items() if about in touched]
        state = letters.get(about)
        all_read = bool(own) and all(one is State.READ for one in own)
        if State.QUERIED not in own and (state is State.READ or (state is State.TO_DO and all_read)):
            yield about


def _query(decision: Decision, record: dict[str, Any]) -> Query:
    letters = record["groups"].get(decision.about, ())
    return Query(decision.title, tuple(letters), tuple(record["causes"].get(decision.about, ())), decision.comment)
