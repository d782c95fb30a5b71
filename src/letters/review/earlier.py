"""What earlier versions of letters kept of reviews below `outputs/`, taken over once, and their files of decisions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path

from letters.batch.history import (
    DECISIONS,
    EARLIER,
    NEW_PAGES,
    PREVIOUS,
    REPORTS,
    REVIEWED,
    keep_pages,
    put_earlier_aside,
)
from letters.batch.request import Request
from letters.machine.files import read_file
from letters.machine.kept import made, parsed
from letters.review.baseline import reviewed_on, unrecorded
from letters.review.compare.changes import Group
from letters.review.comparison import Compared
from letters.review.marks.decisions import MOST_BYTES, Decisions, group_id, read_decisions
from letters.review.marks.reckoning import DONE, is_letter, reckon
from letters.review.recording import begin, keep_baseline, record_groups, take_in
from letters.workspace.record import just_now, written

#: No report of an earlier version is longer, in bytes.
_MOST = 50_000_000


@dataclass(frozen=True)
class TakenOver:
    """What is to be said of what was taken over: notes, and how many queries are open now that were in no list."""

    notes: tuple[str, ...] = ()
    queries: int = 0


def is_there(request: Request) -> bool:
    """Whether an output folder holds anything of reviews by an earlier version."""
    return any((request.out / folder).is_dir() for folder in (REVIEWED, PREVIOUS, REPORTS, DECISIONS))


def take_over_baseline(request: Request) -> tuple[str, ...]:
    """Record what an earlier version kept as last reviewed, or as the first build; gives notes. Raises OSError."""
    records = reckon(request.root).records
    state = unrecorded(request.out) if (request.out / REVIEWED).is_dir() else None
    if state is None:
        begin(request)
        return ()
    day = reviewed_on(request.out)
    since = datetime.combine(day, time(), UTC) if day else just_now()
    if state.letters:
        keep_pages(request.out, NEW_PAGES, state.letters, REVIEWED)
        keep_baseline(request.out, records, DONE, state, written(since), NEW_PAGES)
    return state.notes


def take_over_decisions(found: Compared) -> TakenOver:
    """Take in the decisions that an earlier version kept, and put all it kept aside. Raises OSError."""
    out = found.request.out
    notes, asked = [], len(found.standing.open_queries)
    for path in sorted((out / DECISIONS).glob("*.json")):
        try:
            decisions = read_decisions(read_file(path, MOST_BYTES))
        except (OSError, ValueError) as error:
            notes.append(f"decisions of an earlier version are left out, {path.name}: {error}")
            continue
        take_in(found, understood(found, decisions))
    put_earlier_aside(out)
    return TakenOver(tuple(notes), len(reckon(found.request.root).standing.open_queries) - asked)


def understood(found: Compared, decisions: Decisions) -> Decisions:
    """A file of decisions with today's ids of the changes, of those that are still as its report showed them.

    Of the others the letters are kept, for queries hold them.
    """
    if decisions.format != 1:
        return decisions
    shown = _shown(found.request.out, decisions.report)
    today = {_earlier_id(group): group for group in found.review.groups}
    still = {about: group for about in shown if (group := today.get(about.partition("-")[2]))}
    record_groups(found, [still[one.about] for one in decisions.changes if one.about in still], decisions.report)
    changes = []
    for one in decisions.changes:
        group = still.get(one.about)
        about = group_id(group) if group else one.about
        changes.append(replace(one, about=about, letters=() if group else shown.get(one.about, ())))
    return replace(decisions, changes=tuple(changes))


def _earlier_id(group: Group) -> str:
    """The digest by which a report of an earlier version knew a group, less its number there."""
    places = [[place.key.type, place.key.slug, place.part, *map(list, place.pieces)] for place in group.occurrences]
    return sha256(json.dumps([group.kind, group.title, places]).encode()).hexdigest()[:12]


def _shown(out: Path, report: str) -> Mapping[str, tuple[str, ...]]:
    """The changes that a report of an earlier version showed, by id, each with its letters; none if it is not kept."""
    for folder in (out / REPORTS, out / EARLIER / "reports"):
        try:
            groups = made(dict[str, tuple[str, ...]], parsed(read_file(folder / f"{report}.json", _MOST))["groups"])
            return {about: tuple(filter(is_letter, letters)) for about, letters in groups.items()}
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return {}
