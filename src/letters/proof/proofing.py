"""The proof of one letter type: its book, everything that is wrong with its wording and its letters, and spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from letters.compose import Composer
from letters.machine import dictionary
from letters.problems import Code, Place, Problem, Severity, in_order
from letters.proof.accepted import Accepted, read_accepted
from letters.proof.addresses import address_problems
from letters.proof.book import Book, sample_foot, write_book
from letters.proof.checks import outcome_problems, schema_problems
from letters.proof.english import book_findings
from letters.proof.finding_problems import problem_of
from letters.proof.finished import Finished, relative_dates
from letters.proof.force_names import ForceNames
from letters.proof.own_findings import own_findings
from letters.proof.phrases import departure_problems, phrase_problems
from letters.proof.places import Places
from letters.proof.spaces import doubled_space
from letters.proof.spelt_values import spelling_problems
from letters.workspace.model import Force, LetterType
from letters.workspace.raw import KeyPath, read_text
from letters.workspace.source import Source

#: The place of a value in a force's file.
PlaceOf = Callable[[KeyPath], Place]


@dataclass(frozen=True)
class Proof:
    """A book, and its problems in order."""

    book: Book
    problems: list[Problem]


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
    def all_problems(self) -> list[Problem]:
        """What is wrong, of all letter types."""
        found = (problem for proof in self.proofs for problem in proof.problems)
        return list(dict.fromkeys([*self.problems, *found]))


def reference(source: Source) -> tuple[Reference, list[Problem]]:
    """What the English of a workspace is held against, and what is wrong with that."""
    words, why_not = dictionary.british_dictionary()
    accepted, problems = read_accepted(source)
    found = Reference(words, why_not, accepted)
    return found, [*problems, *found.problems()]


def proof(
    source: Source,
    composer: Composer,
    letter_type: LetterType,
    forces: Mapping[str, tuple[Force, PlaceOf]],
    against: Reference,
) -> Proof:
    """Read every possible letter of a type, and today's to `forces` (by slug, with the places of their values)."""
    places, accepted = Places(source, letter_type), against.accepted
    read = {slug: force for slug, (force, _) in forces.items()}
    book, problems = write_book(composer, letter_type, list(read.values()))
    more, misfits = phrase_problems(book, places, accepted, against.dictionary)
    findings = book_findings(book, places, accepted, misfits)
    problems += schema_problems(book, places)
    problems += outcome_problems(
        book, places, is_hole=any(finding.code in (Code.NOTHING_SAID, Code.MISSING_WORDS) for finding in findings)
    )
    problems += [*more, *findings, *own_findings(book, composer, read, places, accepted, misfits, findings)]
    problems += departure_problems(book, read, places, accepted, against.dictionary)
    problems += relative_dates(book, places, accepted)
    for path in (
        f"{letter_type.folder}/letter.md",
        f"{letter_type.folder}/verdict.md",
        f"{letter_type.letterhead_folder}/letterhead.md",
    ):
        problems += _template_spaces(path, read_text(source, path), accepted) if path in source else ()
    names = ForceNames(force.name for force in read.values())
    for slug, blocks in book.today.items():
        file = forces[slug][1](()).path
        problems += Finished(letter_type, read[slug], names, places, accepted, file).problems(blocks)
    if against.dictionary:
        problems += spelling_problems(book, sample_foot(composer, book), read, places, accepted, against.dictionary)
        problems += address_problems(book, read, places, against.dictionary)
    return Proof(book, in_order(dict.fromkeys(problems)))


#: Code, comments, tables, and the marks that begin a line: what stands apart in them is no words.
_NO_WORDS = re.compile(r"\{#.*?(?:#\}|\Z)|\{[{%].*?[}%]\}", re.S)
_MARKS = re.compile(r"\s*(?:(?:>|#{1,6}|[-*+]|\d{1,9}[.)]|:::)\s+)+")


def _template_spaces(path: str, text: str, accepted: Accepted) -> Iterator[Problem]:
    """Two spaces in a template's own words: folded in the text rendition, but seen in Word and PDF."""
    words = _NO_WORDS.sub(lambda code: re.sub(r"[^\n]", "x", code[0]), text)
    for number, (line, bare) in enumerate(zip(text.split("\n"), words.split("\n"), strict=True), 1):
        marks = _MARKS.match(bare)
        bare = "x" * marks.end() + bare[marks.end() :] if marks else bare
        for finding in doubled_space(bare) if "|" not in bare else ():
            if not accepted.covers(line, finding.at, finding.end):
                yield problem_of(finding, line, Place(path, number, finding.at + 1, line))


def changed_numbers(book: Book, before: Book) -> frozenset[str]:
    """The numbers of the verdicts that are new or worded differently since `before`."""
    known = {verdict.number for verdict in before.verdicts}
    return frozenset(verdict.number for verdict in book.verdicts if verdict.number not in known)
