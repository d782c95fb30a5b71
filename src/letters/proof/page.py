"""The book of wordings as one accessible web page that needs nothing else: search and filters are inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from letters.compose.trace import TracedBlock
from letters.letter.quotes import smart_quotes
from letters.proof.book import Answers, Book
from letters.proof.book_text import account, approval, differences, fields_of, first_words, pieces
from letters.render import web
from letters.workspace.model import FORCE, Number, Word

#: Two texts that stand side by side: a field and its answer, an answer and its title, a piece of text and its phrase.
_Pairs = Sequence[tuple[str, str]]


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
    """`blocks`: its text in pieces with their phrases; `forces`: the names of those that have it today, and whether
    they word it differently; `answers`: of each outcome; `places`: those of each outcome's answers among the options of
    the closed fields; `phrases`: the places of its phrases among all."""

    number: str
    begins: str
    changed: bool
    blocks: Sequence[_Pairs]
    forces: Sequence[tuple[str, bool]]
    answers: Sequence[_Pairs]
    places: Sequence[str]
    phrases: Sequence[int]


def book_page(
    book: Book,
    force_names: Mapping[str, str],
    changed: frozenset[str] | None = None,
    since: str = "",
    word: Word = FORCE,
) -> bytes:
    """The page, in UTF-8. `changed`: the numbers of the verdicts that are new or changed since the revision `since`;
    `word`: what a force is called."""
    shown = _Shown(book, force_names, changed or frozenset())
    figures = {"Outcomes": len(book.readings), "Verdicts": len(book.verdicts)}
    figures["Used today"] = sum(bool(verdict.forces) for verdict in book.verdicts)
    figures |= {"Phrases": len(book.letter_type.phrases)} if book.letter_type.phrases else {}
    return web.page(
        "proof/page.html.j2",
        heading=smart_quotes(book.letter_type.title),
        figures=figures,
        account=f"{account(book)} {approval(book)}",
        phrases=list(shown.phrases()),
        differently=[(shown.name(one.slug), one.phrase, one.text) for one in shown.differences],
        choices=list(shown.choices()),
        verdicts=list(shown.verdicts()),
        marks_changes=changed is not None,
        since=since or "the earlier version",
        word=word,
    )


class _Shown:
    """What one book's page shows."""

    def __init__(self, book: Book, names: Mapping[str, str], changed: frozenset[str]) -> None:
        self.book, self.names, self.changed = book, names, changed
        self.differences = differences(book)
        self.differing = {difference.slug for difference in self.differences}
        self.fields = fields_of(book.letter_type)
        self.closed = [field for field in self.fields if field.titles]
        self.phrase_places = {key: place for place, key in enumerate(book.letter_type.phrases)}
        self.answer_places = [{key: str(place) for place, key in enumerate(field.titles)} for field in self.closed]

    def name(self, slug: str) -> str:
        """The name of a force."""
        return self.names.get(slug, slug)

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

    def verdicts(self) -> Iterator[_Verdict]:
        """Those of the book."""
        for verdict in self.book.verdicts:
            yield _Verdict(
                number=verdict.number,
                begins=first_words(verdict.text),
                changed=verdict.number in self.changed,
                blocks=[self._pieces(block) for block in verdict.blocks],
                forces=[(self.name(slug), slug in self.differing) for slug in verdict.forces],
                answers=[self._answers(answers) for answers in verdict.outcomes],
                places=list(dict.fromkeys(map(self._places, verdict.outcomes))),
                phrases=[self.phrase_places[key] for key in verdict.phrases if key in self.phrase_places],
            )

    def _pieces(self, block: TracedBlock) -> _Pairs:
        return [(text, key if key in self.phrase_places else "") for text, key in pieces(block)]

    def _answers(self, answers: Answers) -> _Pairs:
        return [(smart_quotes(field.label), smart_quotes(field.said(answers))) for field in self.fields]

    def _places(self, answers: Answers) -> str:
        known = zip(self.closed, self.answer_places, strict=True)
        return ".".join(where.get(field.key(answers), "") for field, where in known)
