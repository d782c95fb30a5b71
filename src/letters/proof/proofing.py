"""The proof of one letter type: its book, everything that is wrong with its wording and its letters, and spelling."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from letters.letter import WELSH
from letters.machine import dictionary
from letters.problems import Code, Place, Problem, Severity
from letters.proof.book import Book
from letters.workspace.accepted import Accepted, read_accepted
from letters.workspace.source import Source


@dataclass(frozen=True)
class Proof:
    """A book, and its problems in order."""

    book: Book
    problems: list[Problem]

    def less(self, told: Collection[tuple[Code, Place]]) -> Proof:
        """Without what is told already: its code and its place."""
        return replace(self, problems=[one for one in self.problems if (one.code, one.place) not in told])


@dataclass(frozen=True)
class Reference:
    """What English is held against in one run: a British dictionary, or none and why, and what is said to be right."""

    dictionary: Any
    no_spelling: str
    accepted: Accepted = field(default_factory=Accepted)

    @property
    def spelling(self) -> str:
        """What spelling was checked with, or that it was not."""
        return f"not checked: {self.no_spelling}" if self.no_spelling else dictionary.NAME

    def problems(self) -> Iterator[Problem]:
        """A warning that spelling was not checked, if it was not."""
        if self.no_spelling:
            message = f"spelling was not checked: {self.no_spelling}"
            yield Problem(Code.SPELLING_UNCHECKED, message, Place("this machine"), dictionary.mend(), Severity.WARNING)


@dataclass(frozen=True)
class Proofs:
    """The proofs of one run, what their English was held against, and what is wrong with no one letter type."""

    proofs: list[Proof]
    against: Reference
    problems: list[Problem]

    @property
    def spelling(self) -> str:
        """What spelling was checked with, of each language that letters are in; empty where nothing was proved."""
        if not self.proofs:
            return ""
        if not any(proof.book.letter_type.language == WELSH for proof in self.proofs):
            return self.against.spelling
        words, why_not = dictionary.welsh_dictionary()
        return f"{self.against.spelling}; Welsh: {dictionary.WELSH_NAME if words else f'not checked: {why_not}'}"

    @property
    def all_problems(self) -> list[Problem]:
        """What is wrong, of all letter types."""
        found = (problem for proof in self.proofs for problem in proof.problems)
        return list(dict.fromkeys([*self.problems, *found]))


def reference(source: Source) -> tuple[Reference, list[Problem]]:
    """What the English of a workspace is held against, and what is wrong with that."""
    words, why_not = dictionary.british_dictionary()
    accepted, problems = read_accepted(source)
    return Reference(words, why_not, accepted), problems


def changed_numbers(book: Book, before: Book) -> frozenset[str]:
    """The numbers of the verdicts that are new or worded differently since `before`."""
    known = {verdict.number for verdict in before.verdicts}
    return frozenset(verdict.number for verdict in book.verdicts if verdict.number not in known)
