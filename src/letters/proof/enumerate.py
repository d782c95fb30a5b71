"""Every outcome that an `outcome.yaml` allows, from the schema alone.

Closed fields take each of their answers, and none where they may be left out; lists of them each choice of answers,
where these are few; open ones (names, prose) take a sample. Rules of severity `warning` do not forbid.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from math import prod
from random import Random

from letters.proof.choices import ABSENT, Choices, as_answers, each_once, every
from letters.proof.compared import Compared
from letters.proof.recipients import PREFIX, Kinds
from letters.proof.rules import joined_fields, without_warnings
from letters.workspace.fields import Field
from letters.workspace.outcome import read
from letters.workspace.schema import Checker, Schema

#: From here on outcomes are covered pairwise: each two answers of two fields together at least once, where allowed.
MOST = 100_000
_TRIES = 200
#: Pairs of answers, beyond which each answer is tried once and then at random: the search for rows takes their square.
MOST_PAIRS = 10_000
MOST_ROWS = 500


@dataclass(frozen=True)
class Enumeration:
    """Outcomes of one letter type: the answers of each, whether they are all there are, and what none could have."""

    outcomes: tuple[Mapping[str, object], ...]
    complete: bool
    combinations: int
    #: The open fields of which no value was found that they allow.
    lacking: tuple[Field, ...] = ()
    #: Where they are not all there are: whether any two answers of two fields meet in one of them.
    by_pairs: bool = False
    #: How many outcomes there are, each with all of its answers, where that is known: parts of a letter that do not
    #: hang on one another are read apart, and most outcomes are then no letter that was composed.
    number: int | None = None
    #: How many kinds of recipients each of them may have.
    kinds: int = 1
    #: How many of those that were tried give no letter, which is told: of the others no more is known than was read.
    failed: int = 0


def enumerate_outcomes(schema: Schema, most: int = MOST, outcome: Field | None = None) -> Enumeration:
    """All outcomes that `schema` and its rules allow; pairwise cover where there are more than `most` combinations.

    `outcome`: what is read of the schema, if it has been.
    """
    rows = Rows(schema, outcome or read(schema), most)
    outcomes = tuple(rows.of(rows.fields))
    return Enumeration(outcomes, rows.are_all(rows.fields), rows.number, rows.lacking, rows.by_pairs(rows.fields))


class Rows:
    """The outcomes that a schema and its rules allow, all of them or those that differ in some fields only.

    `number`: of all combinations of answers. `base`: the first outcome that is allowed, if one is. What decides of a
    recipient is a field as well.
    """

    def __init__(
        self,
        schema: Schema,
        outcome: Field,
        most: int = MOST,
        compared: Compared | None = None,
        recipients: Kinds | None = None,
    ) -> None:
        """`compared`: the numbers and dates that are to have a value on each side of something; `recipients`: the kinds
        that letters differ by."""
        self._most = most
        found = Choices(schema, compared)
        own = found.of_object(outcome, ())
        self._recipients = recipients if recipients and recipients.fields else None
        facts = self._recipients.choices if self._recipients else {}
        self._choices: dict[str, Sequence[object]] = {**own, **facts}
        self._checker = Checker(without_warnings(schema))
        self.number, self.lacking = found.number * prod(map(len, facts.values())), tuple(found.lacking)
        self._numbers = {name: found.number_of(name, values) for name, values in own.items()}
        self._numbers |= {name: len(values) for name, values in facts.items()}
        self._of_outcome = joined_fields(without_warnings(schema), tuple(own))
        self._of_recipient = self._recipients.joined if self._recipients else ()
        self._joined = (*self._of_outcome, *self._of_recipient)
        self._found: dict[frozenset[str], list[dict[str, object]]] = {}
        self.base = next(self._first(), None)

    def _fits(self, answers: Mapping[str, object]) -> bool:
        if self._recipients is None:
            return self._checker.fits(answers)
        return self._recipients.fits(answers) and self._checker.fits(of_outcome(answers))

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field, in order."""
        return tuple(self._choices)

    def _first(self) -> Iterator[dict[str, object]]:
        rows = islice(every(self._choices), self._most)
        yield from (answers for answers in rows if self._fits(answers))
        if self.number > self._most:
            yield from self._covering(self._choices)

    def of(self, fields: Collection[str]) -> list[dict[str, object]]:
        """An outcome for each combination of answers in `fields` that is allowed with some of the others.

        Where there are too many, a cover of them (see `are_all`).
        """
        if self.base is None:
            return []
        known = frozenset(fields)
        if known not in self._found:
            self._found[known] = self._list(known)
        return self._found[known]

    def begin_with(self, answers: Mapping[str, object]) -> None:
        """From now on give what is listed these answers in all other fields."""
        self.base = dict(answers)
        self._found.clear()

    def _list(self, fields: Collection[str]) -> list[dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        choices = self._within(self._with_joined(fields))
        are_few = prod(len(values) for values in choices.values()) <= self._most
        rows = every(choices) if are_few else self._covering(choices)
        for answers in rows:
            key = repr([answers.get(name, ABSENT) for name in self._choices if name in fields])
            if key not in found and self._fits(answers):
                found[key] = answers
        return list(found.values())

    def are_all(self, fields: Collection[str]) -> bool:
        """Whether `of` gives every combination of answers in these fields."""
        return prod(self._numbers[name] for name in self._with_joined(fields)) <= self._most

    def by_pairs(self, fields: Collection[str]) -> bool:
        """Whether `of` gives at least every two answers of two of these fields together, but not all combinations."""
        return not self.are_all(fields) and _pairs(self._within(self._with_joined(fields))) <= MOST_PAIRS

    def allowed(self) -> int | None:
        """How many outcomes there are, where they can be counted: listed for no more than fields that rules join."""
        if self.base is None or not all(map(self.are_all, self._of_outcome)):
            return None if self.base else 0
        return prod(len(self.of(joined)) for joined in self._of_outcome)

    def kinds(self) -> int:
        """How many kinds of recipients there are, as far as they were listed."""
        return prod(len(self.of(joined)) for joined in self._of_recipient)

    def some(self, number: int) -> Iterator[dict[str, object]]:
        """So many outcomes at random, the same ones every time; fewer where most are forbidden."""
        chance = Random(0)
        rows = ([chance.choice(values) for values in self._choices.values()] for _ in range(number * _TRIES))
        allowed = (answers for row in rows if self._fits(answers := as_answers(self._choices, row)))
        yield from islice(allowed, number)

    def with_both(
        self, one: Mapping[str, object], fields: Collection[str], other: Mapping[str, object]
    ) -> dict[str, object] | None:
        """The outcome `other` with the answers of `one` in `fields`, if that is allowed."""
        mixed = {name: (one if name in fields else other).get(name, ABSENT) for name in self._choices}
        answers = as_answers(self._choices, list(mixed.values()))
        return answers if self._fits(answers) else None

    def _covering(self, choices: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
        if _pairs(choices) <= MOST_PAIRS:
            return _pairwise(choices, self._fits)
        return (answers for answers in each_once(choices, MOST_ROWS) if self._fits(answers))

    def _with_joined(self, fields: Collection[str]) -> set[str]:
        return {name for joined in self._joined if joined & set(fields) for name in joined}

    def _within(self, fields: Collection[str]) -> dict[str, Sequence[object]]:
        """The answers of these fields, and of the others the one that `base` has."""
        base = self.base or {}
        return {name: values if name in fields else [base.get(name, ABSENT)] for name, values in self._choices.items()}


def of_outcome(answers: Mapping[str, object]) -> dict[str, object]:
    """Those of some answers that are of the outcome, and not of a recipient."""
    return {name: value for name, value in answers.items() if not name.startswith(PREFIX)}


def _pairs(choices: Mapping[str, Sequence[object]]) -> int:
    """How many pairs of answers there are of any two fields."""
    numbers = [len(values) for values in choices.values()]
    return (sum(numbers) ** 2 - sum(number**2 for number in numbers)) // 2


def _pairwise(
    choices: Mapping[str, Sequence[object]], fits: Callable[[Mapping[str, object]], bool]
) -> Iterator[dict[str, object]]:
    # Imported here: no letter type has needed it so far, and most runs enumerate nothing.
    from allpairspy import AllPairs

    names = list(choices)
    if len(names) < 2:
        yield from every(choices)
        return

    def is_allowed(row: list[object]) -> bool:
        return fits(as_answers(choices, row))

    columns = [list(values) for values in choices.values()]
    # Not its own filter: that tries every way to fill a row out before it gives a forbidden pair up.
    rows = [list(row) for row in AllPairs(columns) if is_allowed(list(row))]
    yield from (as_answers(choices, row) for row in (*rows, *_with_pairs_left_out(columns, rows, is_allowed)))


def _with_pairs_left_out(
    columns: list[list[object]], rows: list[list[object]], is_allowed: Callable[[list[object]], bool]
) -> Iterator[list[object]]:
    """Rows with the pairs that no row has, because a rule forbids the row that was to have them.

    A pair that is allowed neither in a row that is, nor with any random filling, is taken to be forbidden.
    """
    numbered = [range(len(values)) for values in columns]
    seen = {
        (a, columns[a].index(row[a]), b, columns[b].index(row[b]))
        for row in rows
        for a, b in combinations(range(len(columns)), 2)
    }
    chance = Random(0)  # the same rows every time
    for a, b in combinations(range(len(columns)), 2):
        for x, y in product(numbered[a], numbered[b]):
            if (a, x, b, y) in seen:
                continue
            random_rows = ([chance.choice(values) for values in columns] for _ in range(_TRIES))
            for row in chain(map(list, rows), random_rows):
                row[a], row[b] = columns[a][x], columns[b][y]
                if is_allowed(row):
                    yield row
                    break
