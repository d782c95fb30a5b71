"""What the records of reviews come to: where the next review begins, who read what, what is asked and answered.

It depends on the records alone and not on the order in which they came; so two people who put theirs together see one
state. A baseline says for each of its letters from which state its next review begins: one that followed another
counts, and of two that knew nothing of one another the later, letter by letter. Marks that such a baseline followed
are used up. Of first builds the earliest counts, for a later one may hold changes that nobody read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from letters.letter import LetterKey
from letters.review.compare.changes import ChangeKind
from letters.review.marks.decisions import id_of
from letters.review.marks.standing import NOBODY, Answer, Query, Standing
from letters.workspace.record import REVIEWS, Fault, Record, Records, attached, canonical, read_records, time_in

BASELINE, REPORT, MARKS, ANSWER = "baseline", "report", "marks", "answer"
DONE, FIRST_BUILD = "done", "first build"


@dataclass(frozen=True)
class Base:
    """From which state the next review of one letter begins. `digest`: of the composed letter; empty: there is none.

    `record`: which baseline says so.
    """

    digest: str
    record: Record

    @property
    def pages(self) -> str:
        """The name of the PDFs that belong to it, where they are kept."""
        return self.record.digest[:16]


@dataclass(frozen=True)
class Reckoning:
    """What the records of a workspace's reviews come to."""

    records: Records
    #: Letter by letter; of a letter that is not in it there was none.
    bases: Mapping[LetterKey, Base] = field(default_factory=dict)
    #: Damaged or missing records that nobody gave up.
    faults: tuple[Fault, ...] = ()

    @property
    def reviewed(self) -> datetime | None:
        """When letters were last reviewed, or None where they never were."""
        return max((_since(record) for record in self.used if record.data["how"] == DONE), default=None)

    @property
    def since(self) -> datetime | None:
        """The time of the newest baseline in use, of whatever kind; None without any."""
        return self.reviewed or max(map(_since, self.used), default=None)

    @cached_property
    def newest(self) -> Record | None:
        """The baseline in use that was written last."""
        return max(self.used, key=_order, default=None)

    @property
    def used(self) -> Sequence[Record]:
        """The baselines from which the next review of any letter begins."""
        return [*{base.record.digest: base.record for base in self.bases.values()}.values()]

    @cached_property
    def shown(self) -> Mapping[str, Mapping[LetterKey, tuple[str, ...]]]:
        """For each change that a report showed, by its id there: in which letters, and what it is known by in each."""
        return {
            change["id"]: {LetterKey.of(about): tuple(own) for about, own in change["letters"].items()}
            for record in self.records.of_kind(REPORT)
            for change in record.data["changes"]
        }

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each change is called for a person, by its id."""
        reports = self.records.of_kind(REPORT)
        return {change["id"]: change["title"] for record in reports for change in record.data["changes"]}

    @cached_property
    def standing(self) -> Standing:
        """What readers marked and asked."""
        shown = frozenset(one for places in self.shown.values() for own in places.values() for one in own)
        faults = tuple(f"{REVIEWS}/{fault}" for fault in self.faults)
        return Standing(self._readers, shown, tuple(self._current(self.queries)), faults)

    @cached_property
    def queries(self) -> tuple[Query, ...]:
        """Every query that anybody ever made, each once, numbered in order of time."""
        asked: dict[str, Query] = {}
        for record in self.records.of_kind(MARKS):
            for mark in record.data["marks"]:
                if mark["state"] == "queried":
                    query = self._query(record, mark)
                    known = asked.setdefault(query.id, query)
                    asked[query.id] = replace(known, letters=_all(known.letters, query.letters))
        ordered = sorted(asked.values(), key=lambda query: (query.on, query.id))
        answers = {record.data["query"]: record for record in self.records.of_kind(ANSWER)}
        return tuple(
            replace(query, number=number, answer=_answer(answers.get(query.id)))
            for number, query in enumerate(ordered, 1)
        )

    def _query(self, record: Record, mark: Mapping[str, Any]) -> Query:
        change, comment = mark["change"], printable(mark["comment"], keep="\n")
        places = self.shown.get(change, {})
        letters = _all(map(LetterKey.of, mark["letters"]), places)
        own = frozenset(one for key in letters for one in places.get(key, ()))
        title = printable(mark["title"] or self.titles.get(change, ""))
        by = printable(record.by) or NOBODY
        return Query(0, (change,), title, letters, by, record.at, comment, None, own, query_id(record.by, mark))

    @cached_property
    def _readers(self) -> Mapping[str, tuple[str, ...]]:
        """Who read each change that a report showed, by what it is known by, since its letter was last reviewed."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for record in self.records.of_kind(MARKS):
            for mark in record.data["marks"]:
                places = self.shown.get(mark["change"], {})
                meant = set(map(LetterKey.of, mark["letters"])) or places.keys()
                for key in places.keys() & meant if mark["state"] == "read" else ():
                    if record.digest not in self._used_up(key) or mark["change"] in self._edited:
                        for one in places[key]:
                            found[one][printable(record.by) or NOBODY] = None
        return {one: tuple(names) for one, names in found.items()}

    @cached_property
    def _edited(self) -> frozenset[str]:
        """The ids of what somebody edited in a Word file: it differs from the letter, whatever was reviewed since."""
        changes = (change for record in self.records.of_kind(REPORT) for change in record.data["changes"])
        return frozenset(change["id"] for change in changes if change["kind"] == ChangeKind.EDITED)

    def _current(self, queries: Iterable[Query]) -> Iterator[Query]:
        """Open queries, and those answered since their letters were last reviewed."""
        answers = {record.data["query"]: record.digest for record in self.records.of_kind(ANSWER)}
        for query in queries:
            used_up = [answers.get(query.id) in self._used_up(key) for key in query.letters]
            if query.is_open or not used_up or not all(used_up):
                yield query

    def _used_up(self, key: LetterKey) -> frozenset[str]:
        """The records that the baseline of a letter followed."""
        base = self.bases.get(key)
        return self._followed[base.record.digest] if base else frozenset()

    @cached_property
    def _followed(self) -> Mapping[str, frozenset[str]]:
        return {record.digest: self.records.followed_by(record) for record in self.used}


def reckon(root: Path) -> Reckoning:
    """What the records of reviews in a workspace come to. Never raises for anything that lies there."""
    folder = root / REVIEWS
    records = read_records(folder, lambda record: _fault(folder, record))
    given_up = {name for record in records.of_kind(BASELINE) for name in record.data["without"]}
    faults = tuple(fault for fault in records.faults if fault.name not in given_up)
    return Reckoning(records, _bases(records), faults)


def _fault(folder: Path, record: Record) -> str:
    """What is wrong with a record of a review that is sound by itself, or nothing."""
    match record.kind:
        case "baseline":
            if not _is_time(record.data["since"]):
                return "has a time that there is not"
            pack = record.data["pack"]
            return "" if attached(folder, pack) else f"needs {pack}.zip, which is missing or damaged"
        case "report":
            lies = any(change["id"] != id_of(change["letters"]) for change in record.data["changes"])
            return "names a change by another's id" if lies else ""
        case "marks" | "answer":
            return ""
        case _:
            return "is of a kind that this version of letters does not know"


def _bases(records: Records) -> dict[LetterKey, Base]:
    """Letter by letter, from which state its next review begins."""
    every = records.of_kind(BASELINE)
    first = min((record for record in every if record.data["how"] == FIRST_BUILD), key=_order, default=None)
    found = {key: Base(digest, first) for key, digest in _letters(first).items()} if first else {}
    claims: defaultdict[LetterKey, list[Record]] = defaultdict(list)
    for record in every:
        if record.data["how"] == DONE:
            for key in _letters(record):
                claims[key].append(record)
    followed = {record.digest: records.followed_by(record) for record in every}
    for key, rivals in claims.items():
        heads = [one for one in rivals if not any(one.digest in followed[other.digest] for other in rivals)]
        newest = max(heads, key=_order)
        found[key] = Base(_letters(newest)[key], newest)
    return found


def _letters(record: Record) -> Mapping[LetterKey, str]:
    return {LetterKey.of(about): digest for about, digest in record.data["letters"].items()}


def _since(record: Record) -> datetime:
    return datetime.fromisoformat(record.data["since"])


def _is_time(text: str) -> bool:
    try:
        return bool(time_in(text))
    except ValueError:
        return False


def _order(record: Record) -> tuple[datetime, datetime, str]:
    return _since(record), record.at, record.digest


def query_id(by: str, mark: Mapping[str, Any]) -> str:
    """What a query is known by: who asks, about which change, and what. The same file taken in twice asks once."""
    return sha256(canonical({"by": by, "change": mark["change"], "comment": mark["comment"]})).hexdigest()


def _answer(record: Record | None) -> Answer | None:
    return (
        Answer(printable(record.data["text"], keep="\n"), printable(record.by) or NOBODY, record.at) if record else None
    )


_LETTER = re.compile(r"[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*/[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*")


def is_letter(about: str) -> bool:
    """Whether a text is what records call a letter, and no path to anywhere else."""
    return len(about) <= 400 and bool(_LETTER.fullmatch(about))


def _all(*several: Iterable[LetterKey]) -> tuple[LetterKey, ...]:
    return tuple(sorted({key for keys in several for key in keys}))


def printable(text: str, keep: str = "") -> str:
    """A text without characters that would do something in a terminal or turn its direction."""
    return "".join(ch if ch in keep or unicodedata.category(ch) not in {"Cc", "Cf", "Cs"} else " " for ch in text)
