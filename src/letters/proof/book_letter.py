"""The book of wordings as a letter, for its house style in Word: phrases first, then the verdicts by finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from letters.compose.english import join
from letters.compose.trace import TracedBlock
from letters.letter import BODY, Block, Heading, Letter, Paragraph, Part, Quote, Run, Stage, Table
from letters.letter.compared import Op, as_set, compare_texts
from letters.letter.quotes import smart_quotes
from letters.letter.typography import Typographer
from letters.problems import plural
from letters.proof.apart import Answers
from letters.proof.book import Book
from letters.proof.book_text import (
    Asked,
    account,
    approval,
    differences,
    fields_of,
    first_words,
    here,
    note_on_standard,
    part_name,
    section_title,
)
from letters.proof.possible import date_of
from letters.proof.sections import Section, Verdict, standard_numbers
from letters.proof.since import Since
from letters.workspace.model import FORCE, Number, Word

#: At most so many headings of findings, for somebody who leafs through.
_GROUPS = 12
#: Of the outcomes of one verdict so many are listed.
_MOST = 6


def book_letter(
    book: Book, force_names: Mapping[str, str], house: str, since: Since | None = None, word: Word = FORCE
) -> Letter:
    """The book as a letter to nobody, to be set in the style of the letterhead `house`.

    `since`: what changed; `word`: what a force is called.
    """
    title = f"Wordings of {smart_quotes(book.letter_type.title)}"
    typographer = Typographer(book.letter_type.keep_together)
    body = Part(BODY, tuple(_Story(book, force_names, since, word).blocks(title)))
    return Letter(
        type=book.letter_type.name,
        slug="wording",
        force_name="",
        title=title,
        date=date_of(book.letter_type),
        stage=Stage.READY,
        letterhead=house,
        parts=(typographer.part(body),),
        foot=title,
    )


class _Story:
    """The blocks of one book."""

    def __init__(self, book: Book, force_names: Mapping[str, str], since: Since | None, word: Word) -> None:
        self.book = book
        self.since = since
        self.word = word
        self.names = force_names
        self.fields = fields_of(book.letter_type, book.compared.names, book.recipients)
        self.numbers = standard_numbers(book.standard)

    def blocks(self, title: str) -> Iterator[Block]:
        yield Heading(1, (Run(title),))
        yield _paragraph(account(self.book))
        yield _paragraph(approval(self.book))
        yield from self.changes(self.since) if self.since else ()
        yield from self.phrases()
        yield from self.departures()
        for section in self.book.paragraphs:
            yield from _Verdicts(self, section).blocks()
        yield from self.titles()
        yield from self.standard()

    def changes(self, since: Since) -> Iterator[Block]:
        """What is worded otherwise than before, each change once: the words that were, and those that are."""
        yield Heading(2, (Run(f"Changes since {since.revision}"),))
        for number, change in enumerate(since.changes, 1):
            yield Heading(3, (Run(f"{number}. {change.title}"),))
            for name, gone in (("Before", Op.ADDED), ("Now", Op.REMOVED)):
                said = [piece for piece in as_set(change.pieces) if piece.op is not gone and piece.text]
                if said:
                    yield _paragraph(f"{name}:")
                    yield Quote((Paragraph(tuple(Run(text, bold=op is not Op.SAME) for op, text in said)),))
            numbers = f": {', '.join(change.verdicts)}" if change.verdicts else ""
            where = f"In {plural(len(change.verdicts), 'verdict')}{numbers}"
            where = "In the text that all letters share" if change.is_standard else where
            yield _paragraph(f"{where}; {plural(len(change.forces), 'letter')} today.")
        if not since.changes:
            yield _paragraph("No word changed.")

    def phrases(self) -> Iterator[Block]:
        numbers = self.book.phrase_numbers()
        total = plural(sum(len(section.verdicts) for section in self.book.paragraphs), "verdict")
        if self.book.letter_type.phrases:
            yield Heading(2, (Run("Phrases"),))
        for key, phrase in self.book.letter_type.phrases.items():
            number = "plural" if phrase.number is Number.PLURAL else "singular"
            forces = self.book.used.get(key, ())
            today = f"{plural(len(forces), 'letter')} today" if forces else "unused today"
            verdicts = f"{len(numbers.get(key, ())):,} of {total}"
            yield Heading(3, (Run(key),))
            yield Quote((_paragraph(phrase.text),))
            yield _paragraph(f"Used {phrase.use}. {number.capitalize()}; in {verdicts}; {today}.")

    def departures(self) -> Iterator[Block]:
        found = differences(self.book)
        if not found:
            return
        yield Heading(2, (Run("Worded differently today"),))
        rows = ((self.force(one.slug), one.phrase or "a sentence added", one.text) for one in found)
        yield Table(
            _runs(self.word.one.capitalize(), "In place of", "Its letter says"), tuple(_runs(*row) for row in rows)
        )

    def titles(self) -> Iterator[Block]:
        """What says an answer in a few words, a table a question."""
        if self.book.titles:
            yield Heading(2, (Run("Answers in a few words"),))
        for section in self.book.titles:
            yield _paragraph(section_title(section, self.book))
            own = [field for field in self.fields if field.name in section.fields]
            rows = (
                (
                    "; ".join(field.said(answers) for answers in verdict.outcomes for field in own),
                    verdict.text or "nothing",
                    ", ".join(map(self.force, verdict.forces)) or "unused",
                )
                for verdict in section.verdicts
            )
            yield Table(_runs("Answer", "The letter says", "Today"), tuple(_runs(*row) for row in rows))

    def standard(self) -> Iterator[Block]:
        """What all letters share, and where the rest stands."""
        yield Heading(2, (Run("Standard paragraphs"),))
        yield _paragraph(
            f"What all letters share, in the order of the letter. {note_on_standard(self.book.letter_type)}"
        )
        for is_section, some in groupby(self.book.standard, key=lambda one: isinstance(one, Section)):
            if is_section:
                said = (here(self.book, one) for one in some if isinstance(one, Section))
                yield _paragraph(f"Here: {'; '.join(said)}")
            else:
                yield from self.shared(one for one in some if isinstance(one, TracedBlock))

    def shared(self, blocks: Iterable[TracedBlock]) -> Iterator[Block]:
        """Some blocks that all letters have, with their numbers, by part of the letter."""
        for part, some in groupby(blocks, key=lambda block: block.part):
            yield _paragraph(part_name(part))
            for block in some:
                now = tuple(self.marked(block, Op.REMOVED))
                yield Quote((Paragraph((Run(f"{self.numbers[block.text]}: "), *now)),))
                yield from self.before([block])

    def marked(self, block: TracedBlock, gone: Op) -> Iterator[Run]:
        """A block as it is, what is new in it bold; with `gone` added words as it was, what is no more bold."""
        earlier = (self.since.earlier if self.since else {}).get(block.text, block.text)
        for op, text in as_set(compare_texts(earlier, block.text)):
            if op is not gone and text:
                yield Run(text, bold=op is not Op.SAME)

    def before(self, blocks: Iterable[TracedBlock]) -> Iterator[Block]:
        """What blocks said before, of those of which it is known to be something else."""
        earlier = self.since.earlier if self.since else {}
        if was := [Paragraph(tuple(self.marked(block, Op.ADDED))) for block in blocks if block.text in earlier]:
            yield _paragraph("Before:")
            yield Quote(tuple(was))

    def force(self, slug: str) -> str:
        return self.names.get(slug, slug)


class _Verdicts:
    """The blocks of one section: its verdicts, by finding."""

    def __init__(self, story: _Story, section: Section) -> None:
        self.story = story
        self.section = section
        self.is_alone = len(story.book.paragraphs) == 1
        self.fields = tuple(field for field in story.fields if field.name in section.fields)
        leading = tuple(_leading(self.fields))
        self.leading = leading if self.is_alone or len(self.fields) > 1 else ()
        self.others = tuple(field for field in self.fields if field not in self.leading)

    def blocks(self) -> Iterator[Block]:
        for said, verdicts in self.grouped().items():
            yield from self.group(said, verdicts)

    def grouped(self) -> Mapping[tuple[str, ...], Sequence[Verdict]]:
        """The verdicts by their answers to the leading fields, in the order of the book."""
        groups: dict[tuple[str, ...], list[Verdict]] = {}
        for verdict in self.section.verdicts:
            answers = verdict.outcomes[0]
            groups.setdefault(tuple(field.said(answers) for field in self.leading), []).append(verdict)
        return groups

    def group(self, said: tuple[str, ...], verdicts: Sequence[Verdict]) -> Iterator[Block]:
        name = "Verdicts" if self.is_alone else section_title(self.section, self.story.book)
        yield Heading(2, (Run(f"{name}: {', '.join(said)}" if said else name),))
        asked = "; ".join(f"{_asked(field)} {answer}" for field, answer in zip(self.leading, said, strict=True))
        yield _paragraph(f"{f'{asked}. ' if asked else ''}{plural(len(verdicts), 'verdict')}.")
        for verdict in verdicts:
            yield from self.verdict(verdict)

    def verdict(self, verdict: Verdict) -> Iterator[Block]:
        begins = first_words(verdict.text) if verdict.blocks else "nothing is said"
        yield Heading(3, (Run(f"{verdict.number} – {begins}"),))
        yield from self.mark(verdict)
        today = f"Today: {', '.join(map(self.story.force, verdict.forces))}." if verdict.forces else "Unused today."
        first, *others = verdict.outcomes
        yield Paragraph((Run(f"{self.outcome(first)} "), Run(today, bold=bool(verdict.forces))))
        for answers in others[: _MOST - 1]:
            yield _paragraph(f"Also: {self.outcome(answers, whole=True)}")
        if len(others) >= _MOST:
            yield _paragraph(f"And {plural(len(others) - _MOST + 1, 'more outcome')}.")
        # A quotation stays with the line above it, and is seen to be what the letter says.
        if verdict.blocks:
            yield Quote(tuple(Paragraph(tuple(self.story.marked(block, Op.REMOVED))) for block in verdict.blocks))
        yield from self.story.before(verdict.blocks)

    def mark(self, verdict: Verdict) -> Iterator[Block]:
        """That a verdict is new or changed, and by which changes."""
        since = self.story.since
        if since and verdict.number in since.changed:
            why = [str(number) for number in since.of(verdict.number)]
            changes = f" ({'changes' if len(why) > 1 else 'change'} {join(why, 'and')})" if why else ""
            yield Paragraph((Run(f"New or changed since {since.revision}{changes}.", bold=True),))

    def outcome(self, answers: Answers, *, whole: bool = False) -> str:
        """An outcome on one line; what the heading says is left out, unless it is to be `whole`."""
        fields = self.fields if whole else self.others
        said = "; ".join(f"{_asked(field)} {field.said(answers)}" for field in fields)
        return f"{said}." if said else ""


def _leading(fields: Iterable[Asked]) -> Iterator[Asked]:
    """The closed fields that come first, as many as make few enough groups."""
    groups = 1
    for field in fields:
        groups *= len(field.titles)
        if not 0 < groups <= _GROUPS:
            return
        yield field


def _asked(field: Asked) -> str:
    return field.label if field.label.endswith("?") else f"{field.label}:"


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _runs(*texts: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) for text in texts)
