"""The book of a letter type in English and Welsh: paragraphs, phrases and verdicts of both beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from letters.compose.trace import TracedBlock
from letters.letter import (
    BODY,
    ENGLISH,
    LANGUAGE_NAMES,
    TAGS,
    WELSH,
    Block,
    Heading,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Run,
    Stage,
    Table,
)
from letters.letter.quotes import smart_quotes
from letters.proof.apart import Answers
from letters.proof.book import Book
from letters.proof.possible import date_of
from letters.proof.sections import Verdict
from letters.render import web


@dataclass(frozen=True)
class _Row:
    """What stands beside each other: what it is called in both, and its words in English and in Welsh."""

    names: tuple[str, str]
    english: Sequence[str]
    welsh: Sequence[str]

    @property
    def cells(self) -> Sequence[tuple[str, str, Sequence[str]]]:
        """Of each language the name, the tag of the language, and the words."""
        return [(self.names[0], TAGS[ENGLISH], self.english), (self.names[1], TAGS[WELSH], self.welsh)]


def _parts(english: Book, welsh: Book) -> list[tuple[str, str, list[_Row]]]:
    """The parts of the book, those that are empty too: what each is called in addresses and headings, and its rows."""
    return [
        ("paragraphs", "Standard paragraphs", list(_standard(english, welsh))),
        ("phrases", "Phrases", list(_phrases(english, welsh))),
        ("verdicts", "Verdicts", list(_verdicts(english, welsh))),
    ]


def pair_letter(english: Book, welsh: Book, house: str, out_of_step: Sequence[str]) -> Letter:
    """The same as a letter to nobody, to be set in the style of the letterhead `house`: a table a part."""
    title = _title(english, welsh)
    heading = f"Wordings of {title}"
    blocks: list[Block] = [Heading(1, (Run(heading),))]
    if out_of_step:
        blocks += [Heading(2, (Run("Not the same in both"),))]
        blocks += [ItemList(tuple((Paragraph((Run(told),)),) for told in out_of_step))]
    columns = tuple((Run(LANGUAGE_NAMES[language]),) for language in (ENGLISH, WELSH))
    for _, name, rows in (part for part in _parts(english, welsh) if part[2]):
        blocks += [Heading(2, (Run(name),)), Table(columns, tuple(tuple(map(_cell, row.cells)) for row in rows))]
    return Letter(
        type=english.letter_type.name,
        slug="wording",
        force_name="",
        title=heading,
        date=date_of(english.letter_type),
        stage=Stage.READY,
        letterhead=house,
        parts=(Part(BODY, tuple(blocks)),),
        foot=heading,
    )


def _cell(said: tuple[str, str, Sequence[str]]) -> tuple[Run, ...]:
    """A name in bold, if there is one, and below it the words, a line a block."""
    name, tag, texts = said
    language = tag if tag != TAGS[ENGLISH] else None
    above = [Run(f"{name}\n" if texts else name, bold=True)] if name else []
    return (*above, *([Run("\n".join(texts), lang=language)] if texts else []))


def _title(english: Book, welsh: Book) -> str:
    return smart_quotes(f"{english.letter_type.title} / {welsh.letter_type.title}")


def pair_page(english: Book, welsh: Book, out_of_step: Sequence[str]) -> bytes:
    """The page, in UTF-8. `out_of_step`: what is not the same in both, as far as is known."""
    parts = _parts(english, welsh)
    return web.page(
        "proof/pair.html.j2",
        heading=_title(english, welsh),
        columns=[LANGUAGE_NAMES[language] for language in (ENGLISH, WELSH)],
        parts=[part for part in parts if part[2]],
        names=[(place, name) for place, name, rows in parts if rows],
        out_of_step=out_of_step,
    )


def _standard(english: Book, welsh: Book) -> Iterator[_Row]:
    """The blocks that every letter has, in their order."""
    here, there = _shared(english), _shared(welsh)
    matcher = SequenceMatcher(None, [block.part for block in here], [block.part for block in there], False)
    for _, a, b, c, d in matcher.get_opcodes():
        for number in range(max(b - a, d - c)):
            one, other = (_texts(side[number : number + 1]) for side in (here[a:b], there[c:d]))
            yield _Row(("", ""), one, other)


def _shared(book: Book) -> list[TracedBlock]:
    """The blocks that the letter of each outcome has."""
    said = [{block.text for block in reading.blocks} for reading in book.readings]
    first = book.readings[0].blocks if book.readings else ()
    return [block for block in first if all(block.text in texts for texts in said)]


def _texts(blocks: Sequence[TracedBlock]) -> list[str]:
    return [smart_quotes(block.text) for block in blocks]


def _phrases(english: Book, welsh: Book) -> Iterator[_Row]:
    other = welsh.letter_type.phrases
    for key, phrase in english.letter_type.phrases.items():
        translated = [smart_quotes(other[key].text)] if key in other else []
        yield _Row((key, key), [smart_quotes(phrase.text)], translated)


def _verdicts(english: Book, welsh: Book) -> Iterator[_Row]:
    """Each verdict with that of the same outcome, once; one that has none in the other language stands alone."""
    by_outcome = {_known_by(answers): verdict for verdict in welsh.verdicts for answers in verdict.outcomes}
    alone = {verdict.number: verdict for verdict in welsh.verdicts}
    for verdict in english.verdicts:
        same = [by_outcome[key] for answers in verdict.outcomes if (key := _known_by(answers)) in by_outcome]
        for other in {one.number: one for one in same}.values():
            alone.pop(other.number, None)
            yield _Row((verdict.number, other.number), _words(verdict), _words(other))
        if not same:
            yield _Row((verdict.number, ""), _words(verdict), [])
    yield from (_Row(("", verdict.number), [], _words(verdict)) for verdict in alone.values())


def _known_by(answers: Answers) -> str:
    return json.dumps(dict(answers), sort_keys=True, default=str)


def _words(verdict: Verdict) -> list[str]:
    return _texts(verdict.blocks)
