"""Three people, three copies of a workspace, some days of edits, builds, reports and files of decisions in any order.

What is held against the records is kept beside them by the test: which words were in a report, which of them somebody
marked as read, and what was asked and answered.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from conftest import Workspace, copy_workspace
from letters.batch.request import Request
from letters.review.compare.changes import ChangeKind
from letters.review.comparison import Compared
from letters.review.comparison import review as reviewed_now
from letters.review.marks.decisions import Decision, Decisions, State, group_id, to_json
from letters.review.marks.reckoning import reckon
from support.counts import SOAK
from support.reviewing import KENT, LETTER, ask, build, copy

pytestmark = pytest.mark.slow

TEXT = ("--format", "txt")
PEOPLE = ("Ann", "Bob", "Cat")
#: The places that somebody edits, each with the words that stand there in turn.
PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (LETTER, ("highlighted our concerns", "raised our concerns", "voiced our concerns")),
    (LETTER, ("did not have the capability", "had not the capability", "lacked the capability")),
    (KENT, ("it_monitoring: not_provided", "it_monitoring: started")),
    ("forces/essex.yaml", ("it_monitoring: not_started", "it_monitoring: started")),
)
#: A change as a reader sees it: the letter, the paragraph before, and what is marked in it.
Seen = tuple[object, ...]


@dataclass
class Truth:
    """What happened, whoever knows of it."""

    reported: set[Seen] = field(default_factory=set)
    read: set[Seen] = field(default_factory=set)
    asked: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    about: dict[tuple[str, str, str], set[Seen]] = field(default_factory=dict)
    passed: int = 0
    refused: int = 0


def seen(found: Compared) -> Iterator[tuple[int, Seen]]:
    """The changes of each group, by its number."""
    by_key = {one.key: one for one in found.review.differences}
    for group in found.review.groups:
        for place in group.occurrences:
            one = by_key[place.key]
            where = one.words[place.change].removed if group.kind is ChangeKind.WORDS else group.title
            for is_same, run in groupby(place.pieces, key=lambda piece: piece[0] == "same"):
                if not is_same:
                    yield group.number, (place.key, group.kind, where, tuple(run))


class Office:
    """The three copies, and what happens to them."""

    def __init__(self, first: Workspace, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.copies = {name: copy(first, folder / name) for name in PEOPLE}
        self.files: list[tuple[str, Path]] = []
        self.truth = Truth()
        self.place = PLACES[0]
        self.clock = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def half_a_day(self) -> None:
        """What one of them does: edits, reads what that changes, and something else."""
        name = self.random.choice(PEOPLE)
        others = [self.take_in, self.share, self.answer, self.done, self.edit, self.report, self.decide]
        last = self.random.choices(others, [2, 3, 3, 3, 1, 1, 1])[0]
        for happens, how_often in ((self.edit, 0.8), (self.read, 0.7), (last, 0.9)):
            if self.random.random() < how_often:
                happens(name)
                self.hold(name)

    def edit(self, name: str) -> None:
        workspace = self.copies[name]
        again = self.random.random() < 0.6  # who found better words finds better ones still
        self.place = self.place if again else self.random.choice(PLACES)
        for path, words in dict.fromkeys([self.place, self.random.choice([self.place, *PLACES])]):
            text = workspace.read(path)
            [now] = [one for one in words if one in text]
            workspace.write(path, text.replace(now, self.random.choice([one for one in words if one != now])))
        assert build(workspace, *TEXT).status == 0

    def compared(self, name: str) -> Compared:
        workspace = self.copies[name]
        return reviewed_now(Request(workspace.root, workspace.path("outputs")), None, with_pages=False)

    def report(self, name: str) -> None:
        assert ask(self.copies[name], "review").status == 0
        self.truth.reported.update(change for _, change in seen(self.compared(name)))

    def decide(self, name: str) -> None:
        """Somebody decides in the report as it was written, or of words that no report showed."""
        found = self.compared(name)
        shown: dict[int, tuple[Seen, ...]] = {group.number: () for group in found.review.groups}
        for number, change in seen(found):
            shown[number] = (*shown[number], change)
        decided = []
        for group in found.review.groups:
            state = self.random.choice([State.READ] * 8 + [State.QUERIED, State.TO_DO])
            comment = f"Why, says {name}?" if state is State.QUERIED else ""
            decided.append(Decision(group_id(group), group.title, state, comment))
            if state is State.READ:
                self.truth.read.update(shown[group.number])
            elif state is State.QUERIED:
                self.truth.about.setdefault((name, group_id(group), comment), set()).update(shown[group.number])
        self.clock += timedelta(hours=1)
        path = self.folder / f"{name}-{len(self.files)}.json"
        path.write_bytes(to_json(Decisions(found.identity, name, self.clock, tuple(decided))))
        self.files.append((name, path))

    def read(self, name: str) -> None:
        """A report is written and read, and the decisions are taken in; or lie about until later."""
        self.report(name)
        self.decide(name)
        if self.random.random() < 0.7:
            self.take_in(name, self.files[-1:])

    def take_in(self, name: str, files: Sequence[tuple[str, Path]] = ()) -> None:
        files = files or self.random.sample(self.files, min(len(self.files), self.random.choice([1, 1, 2, 4])))
        if not files:
            return
        workspace = self.copies[name]
        ran = ask(workspace, "review", "--import", *(str(path) for _, path in files))
        assert "Traceback" not in ran.err
        for by, path in files:
            for mark in Path(path).read_text("utf-8").split('"about"')[1:]:
                if '"queried"' in mark:
                    about = mark.split('"')[1]
                    self.truth.asked.setdefault((by, about, f"Why, says {by}?"), False)

    def share(self, name: str) -> None:
        """Another's records are copied into this copy; sometimes their forces and templates, too."""
        other = self.copies[self.random.choice([one for one in PEOPLE if one != name])]
        merge(other, self.copies[name], self.random)
        if self.random.random() < 0.6:
            for folder in ("forces", "templates"):
                shutil.copytree(other.path(folder), self.copies[name].path(folder), dirs_exist_ok=True)
            assert build(self.copies[name], *TEXT).status == 0

    def answer(self, name: str) -> None:
        queries = reckon(self.copies[name].root).standing.open_queries
        if queries:
            query = self.random.choice(queries)
            ran = ask(self.copies[name], "review", "--answer", str(query.number), "Because.", "--by", name)
            assert ran.status == 0
            self.truth.asked[query.by, query.changes[0], query.comment] = True

    def done(self, name: str) -> None:
        found = self.compared(name)
        changes = {change for _, change in seen(found)}
        by = self.random.random() < 0.3
        ran = ask(self.copies[name], "review", "--done", *(["--by", name] if by else []))
        assert ran.status in (0, 4), ran
        if ran.status:
            self.truth.refused += 1
            return
        self.truth.passed += 1
        assert found.standing.open_queries == ()
        assert changes <= self.truth.reported
        if by:
            self.truth.read |= changes
        assert changes <= self.truth.read
        assert not [*seen(self.compared(name))]

    def hold(self, name: str) -> None:
        """No mark counts for words that no report showed, that nobody marked, or that somebody asks about."""
        found = self.compared(name)
        asked = [query for query in found.standing.open_queries if query.identities]
        held = {one for query in asked for one in self.truth.about[query.by, query.changes[0], query.comment]}
        for number, change in seen(found):
            group = found.review.groups[number - 1]
            if found.standing.state_of(group) is State.READ:
                assert change in self.truth.reported
                assert change in self.truth.read
                assert change not in held

    def end(self) -> None:
        """All put their records together, in whatever order: they see one state, and no query is lost."""
        for _ in range(2):
            for name in self.random.sample(PEOPLE, len(PEOPLE)):
                for other in self.random.sample(PEOPLE, len(PEOPLE)):
                    if other != name:
                        merge(self.copies[other], self.copies[name], self.random)
        found = [reckon(workspace.root) for workspace in self.copies.values()]
        for one in found:
            assert one.faults == ()
            assert (one.standing, one.bases.keys()) == (found[0].standing, found[0].bases.keys())
            assert {key: base.digest for key, base in one.bases.items()} == {
                key: base.digest for key, base in found[0].bases.items()
            }
            known = {(query.by, query.changes[0], query.comment): not query.is_open for query in one.queries}
            assert known == self.truth.asked
        for name in PEOPLE:
            if any(not answered for answered in self.truth.asked.values()):
                assert ask(self.copies[name], "review", "--done", "--by", name).status == 4


def merge(source: Workspace, target: Workspace, by: random.Random) -> None:
    """Copy all records, file by file, in any order."""
    target.path("records/reviews").mkdir(parents=True, exist_ok=True)
    paths = [*source.path("records/reviews").glob("*")] if source.path("records/reviews").exists() else []
    for path in by.sample(paths, len(paths)):
        shutil.copy(path, target.path("records/reviews") / path.name)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = copy_workspace(tmp_path_factory.mktemp("together") / "workspace")
    workspace.keep_forces("kent", "essex")
    assert build(workspace, *TEXT).status == 0
    return workspace


@pytest.mark.parametrize("seed", range(20 if SOAK else 1))
def test_nothing_is_lost_over_three_days_and_three_people(seed: int, first: Workspace, tmp_path: Path) -> None:
    office = Office(first, tmp_path, seed)
    for name in PEOPLE:  # each finds better words, has them read, and finds better ones still
        for happens in (office.edit, office.read, office.edit):
            happens(name)
            office.hold(name)
    for _ in range(30 if SOAK else 6):
        office.half_a_day()
    office.end()
