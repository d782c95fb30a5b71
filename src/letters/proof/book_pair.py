"""The book of a letter type in English and Welsh: paragraphs, phrases and verdicts of both beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from letters.compose.trace import TracedBlock
from letters.letter import ENGLISH, LANGUAGE_NAMES, TAGS, WELSH
from letters.letter.quotes import smart_quotes
from letters.proof.apart import Answers
from letters.proof.book import Book
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


def pair_page(english: Book, welsh: Book, out_of_step: Sequence[str]) -> bytes:
    """The page, in UTF-8. `out_of_step`: what is not the same in both, as far as is known."""
    parts = (
        ("paragraphs", "Standard paragraphs", list(_standard(english, welsh))),
        ("phrases", "Phrases", list(_phrases(english, welsh))),
        ("verdicts", "Verdicts", list(_verdicts(english, welsh))),
    )
    return web.page(
        "proof/pair.html.j2",
        heading=smart_quotes(f"{english.letter_type.title} / {welsh.letter_type.title}"),
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
