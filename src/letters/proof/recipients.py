"""Kinds of recipients: the facts that a letter type's templates decide by, each with the values that make a difference.

They stand beside the answers of an outcome, as `force.head.name`. All other facts are as those of a sample recipient.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product

from letters.compose.deciding import Decisions, ways
from letters.proof.choices import ABSENT, Choices, every
from letters.proof.compared import Compared, on_each_side, side
from letters.proof.rules import joined_fields, without_warnings
from letters.proof.samples import fitting, samples
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import Force, Outcome
from letters.workspace.raw import KeyPath
from letters.workspace.recipient import Recipient
from letters.workspace.schema import Checker

#: In front of the name of a fact, to tell it from an answer of an outcome.
PREFIX = "force."
#: Ways to fill the facts that rules name beside those that decide.
_TRIES = 500
#: Entries of a list that is made longer or shorter.
_LONGEST = 100
#: Facts that a line of a template names.
_ASKED = re.compile(r"\bforce\.([\w.]+)")
Facts = Mapping[str, object]


@dataclass(frozen=True)
class Kinds:
    """The kinds of recipients that a letter type's letters differ by.

    `base`: the facts of the sample recipient, None where there is none; `outcome`: what templates compare of outcomes.
    """

    recipient: Recipient
    base: Facts | None = None
    decisions: Decisions = field(default_factory=Decisions)
    outcome: Compared = field(default_factory=Compared)

    @cached_property
    def _ways(self) -> Mapping[str, tuple[KeyPath, Field]]:
        """The facts that decide; not those of which one value is as good as any other."""
        return {name: one for name, one in self._decided.items() if name in self.choices}

    @cached_property
    def _decided(self) -> Mapping[str, tuple[KeyPath, Field]]:
        found = ways(self.recipient.facts, self.decisions) if self.base is not None else {}
        return {PREFIX + ".".join(map(str, way)): (way, described) for way, described in found.items()}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The facts that decide, by name, as recipient.yaml describes them."""
        return {name: described for name, (_, described) in self._ways.items()}

    @cached_property
    def choices(self) -> Mapping[str, Sequence[object]]:
        """The values of each: first that of the sample recipient; ABSENT where it may be left out."""
        found = {}
        for name, (way, described) in self._decided.items():
            own = _at(self.base, way)
            values = [] if own is ABSENT else [own]
            values += [one for one in self._values(way, described) if not _is_in(one, values)]
            values += [] if described.required or own is ABSENT else [ABSENT]
            sides = {repr(self._side(way, described, one)): one for one in reversed(values)}
            kept = [one for one in values if any(one is other for other in sides.values())]
            found[name] = [ABSENT, *kept] if own is ABSENT else kept
        return {name: values for name, values in found.items() if len(values) > 1}

    @cached_property
    def joined(self) -> tuple[frozenset[str], ...]:
        """The facts in sets of which rules join none with those of another."""
        tops = tuple(self.recipient.facts.fields)
        sets = joined_fields(without_warnings(self.recipient.schema), tops)
        found = (frozenset(name for name, (way, _) in self._ways.items() if way[0] in one) for one in sets)
        return tuple(one for one in found if one)

    def fits(self, answers: Facts) -> bool:
        """Whether there may be a recipient of whom this is true."""
        return self.facts(answers) is not None

    def facts(self, answers: Facts) -> Facts | None:
        """The facts of a recipient of whom the answers are true that are about it; None where there is none."""
        if not self.fields and not any(name.startswith(PREFIX) for name in answers):
            return self.base
        key = repr([(name, value) for name, value in answers.items() if name.startswith(PREFIX)])
        if key not in self._known:
            self._known[key] = self._made(answers)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[str, Facts | None]:
        return {}

    def _made(self, answers: Facts) -> Facts | None:
        if self.base is None:
            return None
        given = {name: answers.get(name, ABSENT) for name in self.fields if name in answers or self._is_open(name)}
        given |= {name: value for name, value in answers.items() if name.startswith(PREFIX)}
        made: Facts = self.base
        for name, value in given.items():
            made = _with(made, tuple(name.removeprefix(PREFIX).split(".")), value)
        completed = ({**made, **others} for others in self._others)
        allowed = (one for one in (made, *map(_present, completed)) if self._checker.fits(one))
        return next(allowed, None)

    def _is_open(self, name: str) -> bool:
        return not self.fields[name].required

    @cached_property
    def _checker(self) -> Checker:
        return Checker(without_warnings(self.recipient.schema))

    @cached_property
    def _others(self) -> list[Facts]:
        """Ways to fill the facts that do not decide, and that rules name beside those that do."""
        described = self.recipient.facts.fields
        own = {way[0] for way, _ in self._ways.values()}
        sets = joined_fields(without_warnings(self.recipient.schema), tuple(described))
        beside = [name for one in sets if one & own for name in one - own]
        known = Choices(self.recipient.schema).of_object(self.recipient.facts, ())
        return list(islice(_fillings({name: known[name] for name in beside}), _TRIES)) if beside else []

    # -- what is known of a recipient

    def of(self, force: Force, outcome: Outcome) -> dict[str, object]:
        """What is true of a recipient, as a letter to it says it."""
        facts = {**force.facts, **outcome.facts}
        found = {name: _at(facts, way) for name, (way, _) in self._ways.items()}
        return {name: value for name, value in found.items() if value is not ABSENT and value is not None}

    def side(self, name: str, answers: Facts) -> object:
        """By what of a fact a wording is known: its answer, that it is there, on which side of a comparison it is."""
        way, described = self._ways[name]
        return self._side(way, described, answers.get(name, ABSENT))

    def invented(self) -> Iterator[str]:
        """The texts among the values that nobody wrote."""
        for name, (way, _) in self._ways.items():
            for value in self.choices[name]:
                yield from self._texts(way, value)

    def _texts(self, way: KeyPath, value: object) -> Iterator[str]:
        match value:
            case Mapping():
                for key, inner in value.items():
                    yield from self._texts((*way, key), inner)
            case list():
                for inner in value:
                    yield from self._texts((*way, 0), inner)
            case str():
                is_ours = self.recipient.facts.at(way).is_answer(value) or value in self.decisions.constants.get(
                    way, ()
                )
                if not is_ours and value != _at(self.base, way):
                    yield value

    def is_compared(self, name: str) -> bool:
        """Whether templates compare a fact, so that its value is to be told."""
        return bool(self._points(self._ways[name][0]) - {0})

    def may_meet(self, condition: str) -> bool:
        """Whether a line of a template asks for a fact that may have values of which none was tried."""
        asked = (tuple(way.split(".")) for way in _ASKED.findall(condition))
        return any(not self.recipient.facts.at(way).is_closed for way in asked)

    # -- the values of a fact

    def _values(self, way: KeyPath, described: Field) -> list[object]:
        return [value for one in described.each_kind() for value in self._of_kind(way, one)]

    def _of_kind(self, way: KeyPath, described: Field) -> list[object]:
        match described.kind:
            case FieldKind.CLOSED:
                return list(described.answers)
            case FieldKind.OBJECT:
                return self._objects(way, described)
            case FieldKind.LIST:
                return self._lists(way, described)
            case _:
                return self._open(way, described)

    def _open(self, way: KeyPath, described: Field) -> list[object]:
        """A sample of words, a number or a date, and values on each further side of what it is compared with."""
        schema, points = self.recipient.schema, self._points(way)
        first = list(islice(samples(schema, described), 1))
        if described.kind in (FieldKind.NUMBER, FieldKind.DATE):
            return on_each_side(schema, described, first[0], points) if first and points else first
        words = sorted({point for point in points if isinstance(point, str)})
        return [*first, *fitting(schema, described, list(words))]

    def _objects(self, way: KeyPath, described: Field) -> list[object]:
        """Ways to fill an object: what decides in it with each value, of the rest what is required."""
        inside = {}
        for name, inner in described.fields.items():
            here = (*way, name)
            values = self._values(here, inner)
            values = values if self.decisions.is_decided(here) else values[:1]
            if inner.required:
                inside[name] = values
            elif self.decisions.is_decided(here):
                inside[name] = [ABSENT, *values]
        return list(islice(every(inside), _TRIES))

    def _lists(self, way: KeyPath, described: Field) -> list[object]:
        """Lists of each entry that makes a difference, and of as many as make one."""
        found = Choices(self.recipient.schema).of(described)
        items = self._values((*way, 0), described.item) if described.item else []
        made: list[object] = [[one] for one in items] if self._points((*way, 0)) else []
        own = found[0]
        items = own if isinstance(own, list) and own else items
        lengths = {point + more for point in self.decisions.lengths.get(way, ()) for more in (-1, 0, 1)}
        for length in sorted(one for one in lengths if 0 <= one <= _LONGEST):
            made += self._of_length(described, items, length)
        return [*found, *fitting(self.recipient.schema, described, made)]

    def _of_length(self, described: Field, items: list[object], length: int) -> Iterator[object]:
        """A list of so many entries, of different ones where it must be."""
        others = islice(samples(self.recipient.schema, described.item), length) if described.item else ()
        for some in (items, [*items, *(one for one in others if one not in items)]):
            if some or not length:
                yield [some[at % len(some)] for at in range(length)]

    def _points(self, way: KeyPath) -> set[object]:
        """What a fact is compared with."""
        points: set[object] = set(self.decisions.constants.get(way, ()))
        for other in self.decisions.others.get(way, ()):
            points.add(_at(self.base, other))
        for name in self.decisions.outcome.get(way, ()):
            if name in self.outcome.fields:
                points.add(self.outcome.sample(self.outcome.fields[name]))
        return {point for point in points if isinstance(point, int | float | str)}

    def _side(self, way: KeyPath, described: Field, value: object) -> object:
        """What of a value makes a difference."""
        described = described.of(value)
        match value:
            case Mapping():
                return {
                    key: self._side((*way, key), described.at((key,)), inner)
                    for key, inner in sorted(value.items())
                    if self.decisions.is_decided((*way, key))
                }
            case list():
                lengths = [(len(value) > point) - (len(value) < point) for point in sorted(self._lengths(way))]
                item = described.at((0,))
                kept = [self._side((*way, 0), item, one) for one in value]
                return lengths, kept if any(one.answers for one in item.every()) else sorted(
                    {repr(one) for one in kept}
                )
            case None:
                return None
            case _ if value is ABSENT or described.is_answer(value) or isinstance(value, bool):
                return value
        if isinstance(value, str) and described.kind is not FieldKind.DATE:
            texts = sorted(point for point in self._points(way) if isinstance(point, str))
            return [(value == point, point in value) for point in texts]
        return side(value, sorted(self._points(way), key=repr))

    def _lengths(self, way: KeyPath) -> set[int]:
        return self.decisions.lengths.get(way, set())


def _at(facts: object, way: KeyPath) -> object:
    for step in way:
        facts = facts.get(str(step), ABSENT) if isinstance(facts, Mapping) else ABSENT
    return facts


def _with(facts: Facts, way: KeyPath, value: object) -> Facts:
    """The facts with another value at a way, or without any."""
    first, rest = str(way[0]), way[1:]
    if rest:
        inner = facts.get(first)
        value = _with(inner if isinstance(inner, Mapping) else {}, rest, value)
    others = {key: one for key, one in facts.items() if key != first or value is not ABSENT}
    return others if value is ABSENT else {**others, first: value}


def _present(facts: Facts) -> Facts:
    return {key: value for key, value in facts.items() if value is not ABSENT}


def _fillings(choices: Mapping[str, Sequence[object]]) -> Iterator[Facts]:
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def _is_in(value: object, values: Sequence[object]) -> bool:
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in values)
