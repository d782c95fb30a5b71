"""The proof of one letter type: its book, everything that is wrong with its wording and its letters, and spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from letters.compose import Composer
from letters.compose.trace import Span
from letters.load import Path, load_yaml, read_text
from letters.model import Force, LetterType
from letters.problems import Broken, Place, Problem, Severity, in_order
from letters.proof.book import Book, write_book
from letters.proof.checks import book_problems, letter_problems, template_spaces
from letters.proof.spelling import WORD_LIST, british_dictionary, misspelt
from letters.source import Source

#: The place of a value in a force's file.
PlaceOf = Callable[[Path], Place]


@dataclass(frozen=True)
class Proof:
    """A book, its problems in order, and why spelling was not checked (empty if it was)."""

    book: Book
    problems: list[Problem]
    no_spelling: str


class Places:
    """The places of lines and phrases in the templates of a source."""

    def __init__(self, source: Source, kind: LetterType) -> None:
        self._source = source
        self._lines: dict[str, list[str]] = {}
        self._folder = kind.folder

    def line(self, path: str, number: int) -> Place:
        """The place of a template's line, counted from 1."""
        if path not in self._lines:
            self._lines[path] = read_text(self._source, path).split("\n") if path in self._source else []
        lines = self._lines[path]
        return Place(path, number, 0, lines[number - 1] if 0 < number <= len(lines) else "")

    def phrase(self, key: str) -> Place:
        """The place of a phrase in wording.yaml."""
        return self._key(f"{self._folder}/wording.yaml", (key,))

    def field(self, name: str) -> Place:
        """The place of a field in outcome.yaml."""
        return self._key(f"{self._folder}/outcome.yaml", ("properties", name))

    def _key(self, path: str, way: Path) -> Place:
        try:
            return load_yaml(self._source, path).place(way, key=True)
        except Broken:
            return Place(path)

    def span(self, span: Span | None) -> Place:
        """The place that a piece of a letter comes from: its phrase, or its template line."""
        if span is None:
            return Place("templates")
        return self.line(span.path, span.line)


def proof(source: Source, composer: Composer, kind: LetterType, forces: Mapping[str, tuple[Force, PlaceOf]]) -> Proof:
    """Read every possible letter of `kind`, and today's to `forces` (by slug, with the places of their values)."""
    places = Places(source, kind)
    book, problems = write_book(composer, kind, [force for force, _ in forces.values()])
    problems += book_problems(book, places.line, places.phrase, places.field)
    for path in (f"{kind.folder}/letter.md", f"{kind.folder}/verdict.md", f"{kind.letterhead_folder}/letterhead.md"):
        problems += template_spaces(path, read_text(source, path)) if path in source else ()
    names = [force.name for force, _ in forces.values()]
    for slug, blocks in book.today.items():
        force, place_of = forces[slug]
        file = place_of(("letters", kind.name))
        problems += letter_problems(kind, force, blocks, names, places.line, file)
    dictionary, why_not = british_dictionary()
    if dictionary:
        problems += _spelling_problems(source, book, dictionary, places, forces, kind)
    return Proof(book, in_order(problems), why_not)


def _spelling_problems(
    source: Source,
    book: Book,
    dictionary: object,
    places: Places,
    forces: Mapping[str, tuple[Force, PlaceOf]],
    kind: LetterType,
) -> Iterator[Problem]:
    own = read_text(source, WORD_LIST).splitlines() if WORD_LIST in source else []
    standard = {block.text: block for reading in book.readings for block in reading.blocks}
    seen: set[str] = set()
    for word, span, meant in misspelt(standard.values(), dictionary, own):
        seen.add(word)
        yield _unknown_word(word, places.span(span), meant)
    for slug, blocks in book.today.items():
        bespoke = [block for block in blocks if block.text not in standard]
        for word, _, meant in misspelt(bespoke, dictionary, [*own, *seen]):
            yield _unknown_word(word, forces[slug][1](("letters", kind.name)), meant)


def _unknown_word(word: str, place: Place, meant: list[str]) -> Problem:
    near = f"did you mean {' or '.join(meant)}? " if meant else ""
    hint = f"{near}if the word is right, add it to {WORD_LIST}"
    return Problem("W416", f"no British spelling: {word!r}", place, hint, Severity.WARNING)


def changed_numbers(book: Book, before: Book) -> frozenset[str]:
    """The numbers of the verdicts that are new or worded differently since `before`."""
    known = {verdict.number for verdict in before.verdicts}
    return frozenset(verdict.number for verdict in book.verdicts if verdict.number not in known)
