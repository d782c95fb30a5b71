"""The records that come of a review: what a report showed, what readers decided, answers, and where the next begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from letters.batch.delivery import pdfs_of
from letters.batch.formats import COMPOSED
from letters.batch.guard import disk_of
from letters.batch.history import (
    FIRST_PAGES,
    NEW_PAGES,
    drop_pages,
    first_build,
    forget_first,
    keep_first,
    keep_pages,
    name_pages,
    pack_of,
)
from letters.batch.manifest import read_manifest
from letters.batch.request import Request
from letters.batch.survey import letter_digest
from letters.letter import LetterKey
from letters.letter.json import to_json
from letters.review.baseline import Snapshot
from letters.review.compare.changes import Group
from letters.review.comparison import Compared
from letters.review.marks.decisions import Decision, Decisions, State, group_id
from letters.review.marks.identity import identities
from letters.review.marks.reckoning import (
    ANSWER,
    BASELINE,
    DONE,
    FIRST_BUILD,
    MARKS,
    REPORT,
    Base,
    Reckoning,
    is_letter,
    printable,
    query_id,
    reckon,
)
from letters.review.marks.standing import NOBODY, Query
from letters.review.states import baseline
from letters.workspace.record import Records, attach, has_baseline, just_now, write_record, written
from letters.workspace.source import Source

#: No title in a record is longer.
_TITLE = 1000
#: Nor is a comment, what a change is called, or a person's name; a file of decisions may hold anything.
_COMMENT, _ABOUT, _NAME = 100_000, 400, 200


def begin(request: Request) -> None:
    """Before a report: the first build becomes a record, if none says yet where a review begins. Raises OSError."""
    reckoning = reckon(request.root)
    if has_baseline(request.root):
        return
    state = baseline(request.out, reckoning)
    if state is None and keep_first(request.out, pdfs_of(read_manifest(request.out)), written(just_now())):
        state = baseline(request.out, reckoning)
    if state and state.letters:
        first = first_build(request.out)
        since = (first and first.since) or written(just_now())
        keep_baseline(request.out, reckoning.records, FIRST_BUILD, state, since, FIRST_PAGES)
    forget_first(request.out)


def keep_baseline(out: Path, records: Records, how: str, state: Snapshot, since: str, pages: str) -> None:
    """Record a state that came before all records, so that it follows none; once. Raises OSError.

    `pages`: the name of its pages in the output folder.
    """
    letters = {key: to_json(letter) for key, letter in state.letters.items()}
    data = {
        "how": how,
        "since": since,
        "letters": {key.path: sha256(composed).hexdigest() for key, composed in letters.items()},
        "pack": attach(records.folder, pack_of(letters, state.inputs.source if state.inputs else {})),
        "without": [],
    }
    if not any(one.data == data for one in records.of_kind(BASELINE)):
        made = write_record(records, BASELINE, "", data, follows=())
        name_pages(out, pages, Base("", made).pages)


def record_report(found: Compared) -> None:
    """Keep what a report shows, if no earlier one showed it. Raises OSError."""
    record_groups(found, found.review.groups, found.identity)


def record_groups(found: Compared, groups: Iterable[Group], report: str) -> None:
    """Keep that a report, known by `report`, showed some groups of a review, unless another did. Raises OSError."""
    reckoning = reckon(found.request.root)
    changes = [_change(one) for one in groups]
    if any(change["id"] not in reckoning.shown for change in changes):
        letters = {one.key.path: list(_digests(found, one.key)) for one in found.review.changed}
        write_record(reckoning.records, REPORT, "", {"report": report, "letters": letters, "changes": changes})


def _change(group: Group) -> dict[str, Any]:
    letters = {key.path: list(own) for key, own in identities(group).items()}
    return {"id": group_id(group), "kind": group.kind.value, "title": group.title[:_TITLE], "letters": letters}


def _digests(found: Compared, key: LetterKey) -> tuple[str, str]:
    return _digest(found.before, found.key_before(key)), _digest(found.after, key)


def _digest(state: Snapshot, key: LetterKey) -> str:
    """The digest of a letter as composed; empty where it is not known, which is the digest of nothing."""
    letter = state.letters.get(key)
    return sha256(to_json(letter)).hexdigest() if letter else ""


# -- decisions


@dataclass(frozen=True)
class Taken:
    """What a file of decisions came to: how many changes are read and queried in it.

    Of these, how many were known already, are no longer in the letters, or are read in no report that is known here (a
    query holds all the same). `silent`: queries without a comment. `alone`: letters marked as read by themselves.
    """

    by: str
    read: int
    queried: int
    known: int
    gone: int
    unknown: int
    silent: int
    alone: int


def take_in(found: Compared, decisions: Decisions, by: str = "") -> Taken:
    """Keep a reader's decisions. `by`: who it is, where the file does not say. Raises OSError.

    They count for each change that some report is known to have shown, whatever was built since.
    """
    reckoning = reckon(found.request.root)
    name = (decisions.reviewer or by)[:_NAME]
    marks = [*_marks(reckoning, decisions)]
    taken = replace(_taken(found, reckoning, name, marks), alone=_read_alone(decisions))
    _keep_marks(reckoning, name, decisions.report, written(decisions.saved), marks)
    return taken


def _keep_marks(reckoning: Reckoning, by: str, report: str, saved: str, marks: Sequence[Mapping[str, Any]]) -> None:
    """Record some marks, unless they are recorded."""
    data = {"report": report, "saved": saved, "marks": marks}
    if marks and not any(one.by == by and one.data == data for one in reckoning.records.of_kind(MARKS)):
        write_record(reckoning.records, MARKS, by, data)


def _marks(reckoning: Reckoning, decisions: Decisions) -> Iterator[dict[str, Any]]:
    """What a file decides, as records have it."""
    for one in decisions.changes:
        if one.state is not State.TO_DO:
            letters = one.letters or sorted(key.path for key in reckoning.shown.get(one.about, ()))
            yield _mark(one, one.about, letters)
    for one in decisions.letters:
        if one.state is State.QUERIED:
            yield _mark(one, one.about, [one.about] if is_letter(one.about) else [])


def _mark(decision: Decision, change: str, letters: Iterable[str]) -> dict[str, Any]:
    comment = decision.comment[:_COMMENT] if decision.state is State.QUERIED else ""
    title, state = decision.title[:_TITLE], decision.state.value
    return {"change": change[:_ABOUT] or "?", "title": title, "state": state, "comment": comment, "letters": [*letters]}


def _read_alone(decisions: Decisions) -> int:
    """How many letters are marked as read while a file leaves their changes to do."""
    done = all(one.state is not State.TO_DO for one in decisions.changes)
    return 0 if done else sum(one.state is State.READ for one in decisions.letters)


def _taken(found: Compared, reckoning: Reckoning, name: str, marks: Sequence[Mapping[str, Any]]) -> Taken:
    read = [mark for mark in marks if mark["state"] == State.READ]
    queried = [mark for mark in marks if mark["state"] == State.QUERIED]
    asked = {query.id for query in reckoning.queries}
    current = {one for group in found.review.groups for own in identities(group).values() for one in own}
    places = [reckoning.shown[mark["change"]] for mark in marks if mark["change"] in reckoning.shown]
    return Taken(
        name,
        len(read),
        len(queried),
        sum(query_id(name, mark) in asked for mark in queried) + sum(_is_read(reckoning, name, one) for one in read),
        sum(not any(current & set(own) for own in place.values()) for place in places),
        sum(mark["change"] not in reckoning.shown for mark in read),
        sum(not mark["comment"] for mark in queried),
        0,
    )


def _is_read(reckoning: Reckoning, name: str, mark: Mapping[str, Any]) -> bool:
    """Whether it is known that somebody of that name read a change, in all letters in which it was shown."""
    places, readers = reckoning.shown.get(mark["change"], {}), reckoning.standing.readers
    reader = printable(name) or NOBODY
    return bool(places) and all(reader in readers.get(one, ()) for own in places.values() for one in own)


def answer(root: Path, number: int, text: str, by: str) -> Query | None:
    """Answer the query with that number; gives it as it was, or None where there is none. Raises OSError."""
    reckoning = reckon(root)
    asked = next((query for query in reckoning.queries if query.number == number), None)
    if asked:
        write_record(reckoning.records, ANSWER, by, {"query": asked.id, "text": text})
    return asked


# -- done


@dataclass(frozen=True)
class Lacking:
    """What stands in the way of the letters' being reviewed. `unshown`, `unread`: groups, each with its letters.

    `unproven`: files that are not there or say other words than the letter. `unknown`: letters that cannot be compared.
    """

    queries: tuple[Query, ...] = ()
    unsound: tuple[str, ...] = ()
    unshown: tuple[tuple[Group, tuple[LetterKey, ...]], ...] = ()
    unread: tuple[tuple[Group, tuple[LetterKey, ...]], ...] = ()
    unproven: tuple[str, ...] = ()
    unknown: tuple[LetterKey, ...] = ()

    def __bool__(self) -> bool:
        return any((self.queries, self.unsound, self.unshown, self.unread, self.unproven, self.unknown))


def lacking(found: Compared, *, by: str = "") -> Lacking:
    """What stands in the way of all letters' being reviewed. `by`: who says to have read all that reports showed."""
    standing = found.standing
    unshown = [(group, letters) for group in found.review.groups if (letters := standing.unshown(group))]
    unread = [(group, letters) for group in found.review.groups if (letters := standing.unread(group))]
    return Lacking(
        standing.open_queries,
        standing.unsound,
        tuple(unshown),
        () if by else tuple(one for one in unread if one[0] not in {group for group, _ in unshown}),
        tuple(unproven(found, [one.key for one in found.review.differences])),
        tuple(sorted(found.before.left_out)),
    )


def lacking_of_some(found: Compared) -> Lacking:
    """What stands in the way of the letters of some forces' being reviewed because somebody says so."""
    keys = {one.key for one in found.review.differences}
    asked = found.standing.open_queries
    held = tuple(query for query in asked if not query.letters or keys.intersection(query.letters))
    return Lacking(held, unproven=tuple(unproven(found, keys)))


def unproven(found: Compared, keys: Iterable[LetterKey]) -> Iterator[str]:
    """The renditions that are not there, or were made from other words than the letter's: by path in the outputs."""
    out = found.request.out
    manifest, disk = read_manifest(out), disk_of(out)
    source = found.after.inputs.source if found.after.inputs else {}
    for key in keys:
        if key not in found.after.letters:
            continue
        record, digest = manifest.letters.get(key.path), letter_digest(found.after.letters[key], source)
        files = {format: file for format, file in record.files.items() if format != COMPOSED} if record else {}
        if not files:
            yield key.path
        for format, file in files.items():
            there = disk.read_digest(f"{key.path}.{format}")
            # A Word file that somebody edited is told as such, as a change to be read.
            if file.letter != digest or there is None or (format != "docx" and there != file.sha256):
                yield f"{key.path}.{format}"


def unseen(found: Compared) -> list[LetterKey]:
    """The letters of a review in which a change was in no report."""
    return sorted({key for group in found.review.groups for key in found.standing.unshown(group)})


def mark_all(found: Compared, by: str) -> None:
    """Somebody read every change of a review. Raises OSError."""
    reckoning, now = reckon(found.request.root), written(just_now())
    decided = [Decision(group_id(group), group.title, State.READ) for group in found.review.groups]
    marks = [*_marks(reckoning, Decisions(found.identity, by, just_now(), tuple(decided)))]
    _keep_marks(reckoning, by, found.identity, now, marks)


def finish(found: Compared, by: str = "") -> int:
    """Record all letters of a review as reviewed, as they were built; gives how many there are. Raises OSError.

    The record comes last: whoever is interrupted before has done nothing.
    """
    request, after = found.request, found.after
    reckoning = reckon(request.root)
    keys = [
        *(one.key for one in found.review.differences),
        *filter(request.wants, found.before.left_out),
    ]
    letters = {key: to_json(after.letters[key]) for key in keys if key in after.letters}
    digests = {key: sha256(composed).hexdigest() for key, composed in letters.items()}
    gone = {key for key in (*keys, *found.names_before.values()) if key not in letters}
    manifest = read_manifest(request.out)
    keep_pages(request.out, NEW_PAGES, pdfs_of(manifest) & digests.keys())
    data = {
        "how": DONE,
        "since": written(just_now()),
        "letters": {key.path: digests.get(key, "") for key in (*digests, *gone)},
        "pack": attach(reckoning.records.folder, pack_of(letters, _inputs(found, keys))),
        "without": sorted({fault.name for fault in reckoning.records.faults}),
    }
    made = write_record(reckoning.records, BASELINE, by, data)
    name_pages(request.out, NEW_PAGES, Base("", made).pages)
    drop_pages(request.out, {base.pages for base in reckon(request.root).bases.values()})
    return len(letters)


def _inputs(found: Compared, keys: Iterable[LetterKey]) -> Source:
    """The files that the reviewed letters were made from: of the forces reviewed now, and the others as before."""
    old, new = (side.inputs.source if side.inputs else {} for side in (found.before, found.after))
    if not found.request.slugs and not found.request.types:
        return new
    paths = {f"forces/{slug}.yaml" for slug in {key.slug for key in keys}}
    merged = {path: old[path] for path in old if path not in paths}
    return {**merged, **{path: new[path] for path in paths if path in new}}
