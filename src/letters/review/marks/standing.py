"""How far the readers of a review are: which changes somebody read, and what is asked and answered about them.

Marks belong to changes in letters (`identity`), not to reports: a group of changes is read when each change in it is,
in each of its letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from letters.letter import LetterKey
from letters.review.compare.changes import Group
from letters.review.marks.decisions import State
from letters.review.marks.identity import identities

#: What a reader is called who gave no name.
NOBODY = "somebody without a name"


@dataclass(frozen=True)
class Answer:
    """What somebody answered to a query, and when."""

    text: str
    by: str
    on: datetime


@dataclass(frozen=True)
class Query:
    """What a reader asks about a change. It is open, and holds its letters, until somebody answers it.

    `number`: by which `review --answer` knows it. `changes`: the ids of the groups it is about, as the report and its
    file of decisions name them; `identities`: the changes in them that reports are known to have shown. `title`: of the
    change, for a person. `letters`: in which it was. `comment`: may be empty, in files by earlier versions. `id`: the
    same wherever the records are.
    """

    number: int
    changes: tuple[str, ...]
    title: str
    letters: tuple[LetterKey, ...]
    by: str
    on: datetime
    comment: str
    answer: Answer | None = None
    identities: frozenset[str] = frozenset()
    id: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody answered it yet."""
        return self.answer is None

    @property
    def asks(self) -> str:
        """The first line of the comment."""
        return self.comment.partition("\n")[0]


@dataclass(frozen=True)
class Standing:
    """What the records of reviews say. `readers`: of each change, by its identity, who read it, in order of time.

    `shown`: the changes that some report showed. `queries`: open ones, and those answered since the letters were last
    reviewed, by number. `unsound`: what is to be said of records that are damaged or missing.
    """

    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    queries: tuple[Query, ...] = ()
    unsound: tuple[str, ...] = ()

    def state_of(self, group: Group) -> State:
        """Queried while a query about any change of it is open; read when each is, in each letter; else to do."""
        if any(query.is_open for query in self.queries_of(group)):
            return State.QUERIED
        return State.TO_DO if self.unread(group) else State.READ

    def read_by(self, group: Group) -> tuple[str, ...]:
        """Who read changes of a group, in order of time; perhaps not in all of its letters (see `unread`)."""
        own = (one for known in identities(group).values() for one in known)
        return tuple(dict.fromkeys(name for one in own for name in self.readers.get(one, ())))

    def unread(self, group: Group) -> tuple[LetterKey, ...]:
        """The letters of a group in which nobody read it yet."""
        return tuple(key for key, own in identities(group).items() if not all(map(self.readers.get, own)))

    def unshown(self, group: Group) -> tuple[LetterKey, ...]:
        """The letters of a group in which no report showed it yet."""
        return tuple(key for key, own in identities(group).items() if not self.shown.issuperset(own))

    def queries_of(self, group: Group) -> tuple[Query, ...]:
        """The queries about a group, answered ones too; one whose change is not known is about all in its letters."""
        places = identities(group)
        own = {one for known in places.values() for one in known}
        return tuple(
            query
            for query in self.queries
            if (own & query.identities if query.identities else places.keys() & query.letters)
        )

    @property
    def open_queries(self) -> tuple[Query, ...]:
        """The queries that nobody answered yet."""
        return tuple(query for query in self.queries if query.is_open)

    @property
    def held(self) -> frozenset[LetterKey]:
        """The letters that open queries are about."""
        return frozenset(key for query in self.open_queries for key in query.letters)

    def tally(self, groups: Iterable[Group]) -> Mapping[State, int]:
        """How many groups are in each state."""
        found = dict.fromkeys(State, 0)
        for group in groups:
            found[self.state_of(group)] += 1
        return found
