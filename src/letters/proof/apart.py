"""The parts of a letter that do not hang on one another: found by what each unit of its templates reads, and proved.

A unit that reads some fields prints the same whenever these have the same answers, so each part is read once for each
combination of answers in its own fields. That Markdown makes of the units together what it makes of each is checked in
whole letters: in each that is composed, with any two parts side by side and at random. Where it does not, they are one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from letters.compose.blocks_of_units import UnitBlock
from letters.compose.trace import TracedBlock
from letters.proof.english_rules import ends_sentence, goes_on
from letters.proof.enumerate import Rows

Answers = Mapping[str, object]
#: The blocks of a letter with the units that print them, and which fields each unit read; None where it has none.
_Units = tuple[list[UnitBlock], Mapping[int, frozenset[str]]]
Seen = _Units | None
#: Told how many letters are composed, of how many that are known to be needed.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Tell nobody."""


#: Whole letters at random, against which the parts are held.
_AT_RANDOM = 60


@dataclass(frozen=True)
class LetterPart:
    """What stands together and hangs on the same fields: its units, by number, and the fields."""

    units: frozenset[int]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Apart:
    """A letter type's letters, read part by part.

    `letters`: each outcome that was composed, and the blocks with the number of the part that each is of, or None.
    `rows`: by part the outcomes that it was read for. `is_whole`: whether none of it was read apart, because parts do
    hang on one another; then every letter was composed. `failed`: how many letters could not be composed: once one
    cannot, no more of them are than read the parts of the others.
    """

    parts: tuple[LetterPart, ...]
    letters: tuple[tuple[Answers, tuple[tuple[TracedBlock, int | None], ...]], ...]
    rows: tuple[tuple[Answers, ...], ...]
    is_whole: bool = False
    failed: int = 0


def read_apart(rows: Rows, compose: Callable[[Answers], Seen], progress: Progress = silent) -> Apart:
    """Compose as few of the outcomes as show all that each part of a letter says, and that parts are independent."""
    return _Reader(rows, compose, progress).read()


@dataclass
class _Reader:
    rows: Rows
    compose: Callable[[Answers], Seen]
    progress: Progress
    seen: dict[str, tuple[Answers, Seen]] = field(default_factory=dict)
    joined: list[frozenset[int]] = field(default_factory=list)
    #: Which part each block is of, for some parts, and so many letters.
    _labelled_for: tuple[tuple[LetterPart, ...], int] = ((), -1)
    _labels: dict[str, list[tuple[TracedBlock, int | None]]] = field(default_factory=dict)
    _number: dict[int, int] = field(default_factory=dict)
    _within: frozenset[int] = frozenset()

    def read(self) -> Apart:
        """All parts, as far as letters can be composed."""
        self.begin()
        parts = self.parts()
        while True:
            read = [self.rows.of(part.fields) for part in parts]
            if not self.see([*(row for of_part in read for row in of_part), *self.untold(parts)]):
                self.see(self.checks(parts, read))
                wrong = self.contradictions(parts, read)
                self.joined += wrong
                if self.parts() == parts:
                    break
            parts = self.parts()
        if wrong or any(0 in seen[1] for _, seen in self.composed()):
            return self.whole()
        letters = [(answers, tuple(self.labelled(parts, answers))) for answers, _ in self.composed()]
        rows = tuple(tuple(row for row in of_part if self.is_composed(row)) for of_part in read)
        return Apart(parts, tuple(letters), rows, failed=len(self.seen) - len(letters))

    def begin(self) -> None:
        """See the first letter that can be composed: of the others no more than one answer each, and some at random.

        What is read of each part has of the other fields what that letter has.
        """
        if self.rows.base is None:
            return
        self.see([self.rows.base])
        if not self.composed():
            self.see([*self.untold(()), *self.rows.some(_AT_RANDOM)])
            for answers, _ in self.composed()[:1]:
                self.rows.begin_with(answers)

    def whole(self) -> Apart:
        """Every letter as one part; where some cannot be composed, which is to be mended first, those that were."""
        if len(self.composed()) == len(self.seen):
            self.see(self.rows.of(self.rows.fields))
        found = self.composed()
        letters = [(answers, tuple((one.block, None) for one in seen[0])) for answers, seen in found]
        return Apart((), tuple(letters), (), is_whole=True, failed=len(self.seen) - len(found))

    def composed(self) -> list[tuple[Answers, _Units]]:
        """The letters that could be composed."""
        return [(answers, seen) for answers, seen in self.seen.values() if seen is not None]

    def is_composed(self, answers: Answers) -> bool:
        """Whether the letter of an outcome that was seen could be composed."""
        return self.seen[_key(answers, self.rows.fields)][1] is not None

    def see(self, rows: Collection[Answers]) -> bool:
        """Compose what was not composed before; whether there was any."""
        new = {_key(row, self.rows.fields): row for row in rows}
        new = {key: row for key, row in new.items() if key not in self.seen}
        total = len(self.seen) + len(new)
        for key, row in new.items():
            self.seen[key] = row, self.compose(row)
            self.progress(len(self.seen), total)
        return bool(new)

    def untold(self, parts: Collection[LetterPart]) -> Iterator[Answers]:
        """Each answer of the fields that no part reads: that nothing is said of them is to be seen."""
        told = {name for part in parts for name in part.fields}
        for name in self.rows.fields:
            if name not in told:
                yield from self.rows.of({name})

    def parts(self) -> tuple[LetterPart, ...]:
        """The units that were seen to share a block together, in order."""
        found: dict[int, set[str]] = {}
        together = list(self.joined)
        for _, seen in self.seen.values():
            blocks, read = seen or ((), {})
            for unit, names in read.items():
                found.setdefault(unit, set()).update(names)
            shared = {frozenset(one.units & read.keys()) for one in blocks if len(one.units) > 1}
            together += (units for units in shared if len(units) > 1)
        groups = _joined([frozenset({unit}) for unit in found if unit], together)
        parts = []
        for units in groups:
            hangs_on = {name for unit in units for name in found[unit]}
            parts.append(LetterPart(units, tuple(name for name in self.rows.fields if name in hangs_on)))
        return tuple(sorted(parts, key=lambda part: min(part.units)))

    # -- which blocks are of which part

    def labelled(self, parts: tuple[LetterPart, ...], answers: Answers) -> list[tuple[TracedBlock, int | None]]:
        """The blocks of a letter, each with the number of its part; None of those that all letters have."""
        if self._labelled_for != (parts, len(self.seen)):
            self._labelled_for, self._labels = (parts, len(self.seen)), {}
            self._number = {unit: at for at, part in enumerate(parts) for unit in part.units}
            self._within = self.within() & self._number.keys()
        key = _key(answers, self.rows.fields)
        if key not in self._labels:
            _, seen = self.seen[key]
            self._labels[key] = [(one.block, self.part_of(one)) for one in (seen[0] if seen else ())]
        return self._labels[key]

    def part_of(self, one: UnitBlock) -> int | None:
        """The number of the part that prints a block, or in whose place it stands."""
        own = one.units & self._number.keys() or one.beside & self._within
        return self._number[next(iter(own))] if own else None

    def within(self) -> frozenset[int]:
        """The units that were seen to print words of a block beside other words in it: empty they belong to it too."""
        blocks = (one for _, seen in self.seen.values() if seen for one in seen[0] if one.units)
        return frozenset(unit for one in blocks if one.is_mixed or len(one.units) > 1 for unit in one.units)

    # -- whether they are independent

    def checks(self, parts: tuple[LetterPart, ...], read: list[list[dict[str, object]]]) -> list[Answers]:
        """Whole letters, in which any two parts that may meet do so in each form, and some at random."""
        if len(parts) < 2:
            return []
        found: list[Answers] = list(self.rows.some(_AT_RANDOM))
        forms = [self.forms(parts, at, rows) for at, rows in enumerate(read)]
        for at in range(len(parts)):
            for following in range(at + 1, len(parts)):
                found += self.meetings(parts[at], forms[at].values(), forms[following].values())
                if () not in forms[following]:
                    break  # it always stands between
        return found

    def forms(
        self, parts: tuple[LetterPart, ...], at: int, rows: list[dict[str, object]]
    ) -> dict[tuple[object, ...], Answers]:
        """By how a part begins and ends, the first outcome in which it does; () where it says nothing."""
        found: dict[tuple[object, ...], Answers] = {}
        for row in filter(self.is_composed, rows):
            blocks = [block for block, part in self.labelled(parts, row) if part == at]
            form = tuple(
                (one.running, goes_on(one.text), ends_sentence(one.text)) for one in (blocks[:1] + blocks[-1:])
            )
            found.setdefault(form, row)
        return found

    def meetings(
        self, part: LetterPart, rows: Collection[Answers], others: Collection[Answers]
    ) -> Iterator[dict[str, object]]:
        for one in rows:
            for other in others:
                if both := self.rows.with_both(one, part.fields, other):
                    yield both

    def contradictions(
        self, parts: tuple[LetterPart, ...], read: list[list[dict[str, object]]]
    ) -> list[frozenset[int]]:
        """The units to be joined, because some letter does not say what its parts foretell."""
        said: list[dict[str, list[TracedBlock]]] = [{} for _ in parts]
        for at, rows in enumerate(read):
            for row in filter(self.is_composed, rows):
                own = [block for block, part in self.labelled(parts, row) if part == at]
                said[at][_key(row, parts[at].fields)] = own
        shared: list[TracedBlock] | None = None
        for answers, _ in self.composed():
            blocks = self.labelled(parts, answers)
            common = [block for block, part in blocks if part is None]
            shared = common if shared is None else shared
            if not _same(common, shared):
                return [frozenset(unit for part in parts for unit in part.units)]
            wrong = [
                at
                for at, part in enumerate(parts)
                if (foretold := said[at].get(_key(answers, part.fields))) is not None
                and not _same(foretold, [block for block, own in blocks if own == at])
            ]
            if wrong:
                others = range(len(parts)) if len(wrong) == 1 else wrong
                return [frozenset(unit for at in others for unit in parts[at].units)]
        return []


def _same(some: list[TracedBlock], others: list[TracedBlock]) -> bool:
    """Whether two runs of blocks say the same in the same parts of a letter."""
    if len(some) != len(others):
        return False
    return all(
        one is other or (one.part, one.text, one.running) == (other.part, other.text, other.running)
        for one, other in zip(some, others, strict=True)
    )


def _key(answers: Answers, fields: Collection[str]) -> str:
    return repr([(name, answers[name]) for name in fields if name in answers])


def _joined(sets: list[frozenset[int]], together: Collection[frozenset[int]]) -> list[frozenset[int]]:
    """Sets of units, those that are to be together made one."""
    for group in set(together):
        touching = [one for one in sets if one & group]
        if touching:
            sets = [one for one in sets if not one & group] + [frozenset[int]().union(*touching)]
    return sets
