"""The book of wordings as one accessible web page that needs nothing else: search and filters are inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from letters.compose.trace import TracedBlock
from letters.letter.compared import Op, as_set
from letters.letter.quotes import smart_quotes
from letters.proof.apart import Answers
from letters.proof.book import Book
from letters.proof.book_text import (
    account,
    approval,
    differences,
    fields_of,
    first_words,
    here,
    marked_pieces,
    note_on_standard,
    part_name,
    section_title,
)
from letters.proof.sections import Section, Verdict, standard_numbers
from letters.proof.since import Since
from letters.render import web
from letters.workspace.model import FORCE, Number, Word

#: Two texts that stand side by side: a field and its answer, an answer and its title.
_Pairs = Sequence[tuple[str, str]]
#: A block in pieces, each with its phrase and what became of it.
_Pieces = Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class _Phrase:
    """`numbers`: of the verdicts that it is in; `shared`: whether the text that all letters have says it; `forces`: the
    names of those whose letters say it today, `otherwise`: of those that word it differently."""

    id: str
    text: str
    use: str
    plural: bool
    numbers: Sequence[str]
    shared: bool
    forces: Sequence[str]
    otherwise: Sequence[str]


@dataclass(frozen=True)
class _Choice:
    """What verdicts can be chosen by; `place`: among the closed fields, or nothing if it is none."""

    name: str
    label: str
    options: _Pairs
    place: str = ""


@dataclass(frozen=True)
class _Verdict:
    """`why`: the numbers of the changes that it has; `blocks`: its text in pieces with their phrases; `forces`: the
    names of those that have it today, and whether they word it differently; `answers`: of each outcome; `places`: those
    of each outcome's answers among the options of the closed fields; `phrases`: the places of its phrases among all."""

    number: str
    begins: str
    changed: bool
    why: Sequence[int]
    blocks: Sequence[_Pieces]
    forces: Sequence[tuple[str, bool]]
    answers: Sequence[_Pairs]
    places: Sequence[str]
    phrases: Sequence[int]


@dataclass(frozen=True)
class _Part:
    """The verdicts that hang on the same fields. `id`: where on the page they begin."""

    id: str
    title: str
    verdicts: Sequence[_Verdict]


@dataclass(frozen=True)
class _Titles:
    """Answers that are said in a few words: each with the words, and the names of those who have it today."""

    id: str
    title: str
    rows: Sequence[tuple[str, str, Sequence[str]]]


@dataclass(frozen=True)
class _Standard:
    """A stretch of the text that all letters share, in one part of the letter, its blocks with their numbers; or the
    place of what differs."""

    part: str
    blocks: Sequence[tuple[str, _Pieces]] = ()
    link: str = ""


@dataclass(frozen=True)
class _Change:
    """`pieces`: its text, each piece with what became of it; `where`: the template's line, or the phrase."""

    number: int
    phrase: str
    where: str
    pieces: _Pairs
    is_standard: bool
    numbers: Sequence[str]
    forces: Sequence[str]


def book_page(book: Book, force_names: Mapping[str, str], since: Since | None = None, word: Word = FORCE) -> bytes:
    """The page, in UTF-8. `since`: what changed since an earlier revision, to be shown and marked; `word`: what a force
    is called."""
    shown = _Shown(book, force_names, since)
    parts = list(shown.parts())
    outcomes, verdicts = book.enumeration.number, [verdict for part in parts for verdict in part.verdicts]
    figures = {"Outcomes": len(book.readings) if outcomes is None else outcomes, "Verdicts": len(verdicts)}
    figures["Used today"] = sum(bool(verdict.forces) for verdict in verdicts)
    figures |= {"Phrases": len(book.letter_type.phrases)} if book.letter_type.phrases else {}
    return web.page(
        "proof/page.html.j2",
        heading=smart_quotes(book.letter_type.title),
        figures=figures,
        account=f"{account(book)} {approval(book)}",
        phrases=list(shown.phrases()),
        differently=[(shown.name(one.slug), one.phrase, one.text) for one in shown.differences],
        choices=list(shown.choices()),
        parts=parts,
        verdicts=verdicts,
        titles=list(shown.titles()),
        standard=list(shown.standard()),
        note=note_on_standard(book.letter_type),
        marks_changes=since is not None,
        changes=list(shown.changes()),
        since=since.revision if since else "",
        word=word,
    )


class _Shown:
    """What one book's page shows."""

    def __init__(self, book: Book, names: Mapping[str, str], since: Since | None) -> None:
        self.book, self.names, self.since = book, names, since or Since("")
        self.differences = differences(book)
        self.differing = {difference.slug for difference in self.differences}
        self.fields = fields_of(book.letter_type, book.compared.names, book.recipients)
        self.closed = [field for field in self.fields if field.titles]
        self.phrase_places = {key: place for place, key in enumerate(book.letter_type.phrases)}
        self.answer_places = [{key: str(place) for place, key in enumerate(field.titles)} for field in self.closed]

    def name(self, slug: str) -> str:
        """The name of a force."""
        return self.names.get(slug, slug)

    def changes(self) -> Iterator[_Change]:
        """What is worded otherwise than before, each change once."""
        for number, change in enumerate(self.since.changes, 1):
            yield _Change(
                number,
                change.phrase if change.phrase in self.phrase_places and not change.is_number else "",
                change.title,
                [(text, "" if op is Op.SAME else str(op)) for op, text in as_set(change.pieces)],
                change.is_standard,
                change.verdicts,
                [self.name(slug) for slug in change.forces],
            )

    def phrases(self) -> Iterator[_Phrase]:
        """Those of the letter type."""
        book, numbers = self.book, self.book.phrase_numbers()
        said = {span.phrase for reading in book.readings for block in reading.blocks for span in block.spans}
        for key, phrase in book.letter_type.phrases.items():
            otherwise = dict.fromkeys(self.name(one.slug) for one in self.differences if one.phrase == key)
            yield _Phrase(
                id=key,
                text=smart_quotes(phrase.text),
                use=smart_quotes(phrase.use),
                plural=phrase.number is Number.PLURAL,
                numbers=numbers.get(key, []),
                shared=key in said,
                forces=[self.name(slug) for slug in book.used.get(key, ())],
                otherwise=list(otherwise),
            )

    def choices(self) -> Iterator[_Choice]:
        """The closed fields of the outcome, and the phrases."""
        for place, field in enumerate(self.closed):
            options = [(key, smart_quotes(title)) for key, title in field.titles.items()]
            yield _Choice(f"answer.{field.name}", smart_quotes(field.label), options, str(place))
        if self.phrase_places:
            yield _Choice("phrase", "Made with the phrase", [(key, key) for key in self.phrase_places])

    def parts(self) -> Iterator[_Part]:
        """What is read, by what it hangs on."""
        for section in self.book.paragraphs:
            title = section_title(section, self.book)
            yield _Part(self._id(section), title, [self._verdict(section, verdict) for verdict in section.verdicts])

    def titles(self) -> Iterator[_Titles]:
        """What says an answer in a few words."""
        for section in self.book.titles:
            rows = [
                (
                    "; ".join(said for answers in verdict.outcomes for _, said in self._answers(section, answers)),
                    smart_quotes(verdict.text),
                    [self.name(slug) for slug in verdict.forces],
                )
                for verdict in section.verdicts
            ]
            yield _Titles(self._id(section), section_title(section, self.book), rows)

    def standard(self) -> Iterator[_Standard]:
        """The letter in order: what all letters share, and where the rest stands."""
        numbers = standard_numbers(self.book.standard)
        for part, blocks in groupby(self.book.standard, key=_part_of):
            found = list(blocks)
            if isinstance(found[0], Section):
                yield from (
                    _Standard(here(self.book, one), link=self._id(one)) for one in found if isinstance(one, Section)
                )
            else:
                shared = [block for block in found if isinstance(block, TracedBlock)]
                texts = [(numbers[block.text], self._pieces(block)) for block in shared]
                yield _Standard(part_name(str(part)), texts)

    def _id(self, section: Section) -> str:
        if self.book.paragraphs == (section,):
            return "verdicts"
        return f"part-{self.book.sections.index(section) + 1}"

    def _verdict(self, section: Section, verdict: Verdict) -> _Verdict:
        return _Verdict(
            number=verdict.number,
            begins=first_words(verdict.text) if verdict.blocks else "Nothing is said",
            changed=verdict.number in self.since.changed,
            why=self.since.of(verdict.number) if verdict.number in self.since.changed else (),
            blocks=[self._pieces(block) for block in verdict.blocks],
            forces=[(self.name(slug), slug in self.differing) for slug in verdict.forces],
            answers=[self._answers(section, answers) for answers in verdict.outcomes],
            places=list(dict.fromkeys(self._places(section, answers) for answers in verdict.outcomes)),
            phrases=[self.phrase_places[key] for key in verdict.phrases if key in self.phrase_places],
        )

    def _pieces(self, block: TracedBlock) -> _Pieces:
        earlier = self.since.earlier.get(block.text)
        return [(text, key if key in self.phrase_places else "", op) for text, key, op in marked_pieces(block, earlier)]

    def _answers(self, section: Section, answers: Answers) -> _Pairs:
        return [
            (smart_quotes(field.label), smart_quotes(field.said(answers)))
            for field in self.fields
            if field.name in section.fields
        ]

    def _places(self, section: Section, answers: Answers) -> str:
        """Of fields on which the section does not hang nothing: any answer goes with it."""
        known = zip(self.closed, self.answer_places, strict=True)
        return ".".join(
            where.get(field.key(answers), "") if field.name in section.fields else "" for field, where in known
        )


def _part_of(one: TracedBlock | Section) -> str | None:
    return one.part if isinstance(one, TracedBlock) else None
