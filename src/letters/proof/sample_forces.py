"""Forces that there are not, to which the letters of the proof are: facts made up as recipient.yaml describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from letters.letter import ENGLISH
from letters.problems import Code, Problem
from letters.proof.enumerate import enumerate_outcomes
from letters.proof.rules import without_warnings
from letters.proof.samples import sample, wrong_examples
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import Force
from letters.workspace.raw import load_yaml
from letters.workspace.recipient import AREA, Recipient, suggestions
from letters.workspace.schema import Checker
from letters.workspace.source import RECIPIENT, Source

SLUG = "sample"
Facts = dict[str, object]


def sample_force(recipient: Recipient, language: str = ENGLISH) -> Force | None:
    """A force of which only what is required is known; None where no such one is allowed.

    To be written to in `language`, it has its facts in that language as well (`name_cy`).
    """
    return next(_forces(recipient, _plain(recipient, language)), None)


def sample_forces(recipient: Recipient) -> tuple[Force, ...]:
    """Forces of which all is known, for each answer in a closed field one; less those that a rule forbids."""
    return tuple(_forces(recipient, _full(recipient)))


def other_forces(recipient: Recipient) -> Iterator[Force]:
    """Forces of which one thing more than what is required is known, or one less than all, or another answer."""
    made = _Made(recipient)
    facts = recipient.facts
    full, plain = made.of(facts, everything=True), made.of(facts, everything=False)
    others = [{**plain, name: full[name]} for name in full.keys() - plain.keys()]
    others += [{key: value for key, value in full.items() if key != name} for name in full.keys() - plain.keys()]
    yield from _forces(recipient, chain(others, _with_each_answer(facts, plain)))


def _plain(recipient: Recipient, language: str) -> Iterator[Facts]:
    """Facts with nothing but what is required; where a rule forbids these, whatever it allows."""
    yield (plain := _Made(recipient, language).of(recipient.facts, everything=False))
    yield from _with_each_answer(recipient.facts, plain)
    yield from (dict(facts) for facts in enumerate_outcomes(recipient.schema, outcome=recipient.facts).outcomes)


def _full(recipient: Recipient) -> Iterator[Facts]:
    full = _Made(recipient).of(recipient.facts, everything=True)
    yield full
    yield from _with_each_answer(recipient.facts, full)


def _forces(recipient: Recipient, every: Iterator[Facts]) -> Iterator[Force]:
    allowed = Checker(without_warnings(recipient.schema))
    return (Force(SLUG, facts, {}) for facts in every if allowed.fits(facts))


def recipient_problems(source: Source, recipient: Recipient) -> list[Problem]:
    """Why recipient.yaml gives no force that letters could be proved with, and what is wrong with its examples."""
    if RECIPIENT not in source:
        return []
    raw = load_yaml(source, RECIPIENT)
    problems = []
    for field in recipient.facts.every():
        for example in wrong_examples(recipient.schema, field):
            message = f"{example!r} is an example for {field.name!r}, and is not allowed there"
            hint = "mend the example, or what the field allows"
            problems.append(Problem(Code.WRONG_EXAMPLE, message, raw.place((*field.way, "examples")), hint))
    if not problems and sample_force(recipient) is None:
        hint = "give each field that is required a line `examples: [...]` with what somebody might write"
        message = f"no {recipient.word.one} is known that fits this file, so that no letter was proved"
        problems.append(Problem(Code.NO_SAMPLE_RECIPIENT, message, raw.place(("properties",), key=True), hint))
    return problems


@dataclass(frozen=True)
class _Made:
    """Makes facts up."""

    recipient: Recipient
    language: str = ENGLISH

    def of(self, field: Field, *, everything: bool) -> Facts:
        """The facts of an object: all that are described, or only those that are required."""
        return {
            name: self.value(inner, everything=everything)
            for name, inner in field.fields.items()
            if everything or inner.required or self._is_told(name)
        }

    def _is_told(self, name: str) -> bool:
        return self.language != ENGLISH and name.endswith(f"_{self.language}")

    def value(self, field: Field, *, everything: bool) -> object:
        """A value of a field: the first of its examples, what is suggested, or another that it allows."""
        field = field.each_kind()[0]
        examples = field.says.get("examples")
        if isinstance(examples, list) and examples:
            return examples[0]
        match field.kind:
            case FieldKind.OBJECT:
                return self.of(field, everything=everything)
            case FieldKind.LIST if field.item:
                return [self.value(field.item, everything=everything)]
            case FieldKind.CLOSED:
                return next(iter(field.answers), None)
            case _:
                return next(iter(suggestions(field, AREA)), None) or sample(self.recipient.schema, field)


def _with_each_answer(field: Field, facts: Mapping[str, object]) -> Iterator[Facts]:
    """The facts with each other answer in each closed field of them, one at a time."""
    for name, value in facts.items():
        inner = field.at((name,))
        if isinstance(value, Mapping):
            yield from ({**facts, name: other} for other in _with_each_answer(inner, value))
        elif inner.is_answer(value):
            yield from ({**facts, name: other} for other in inner.answers if other != value)
