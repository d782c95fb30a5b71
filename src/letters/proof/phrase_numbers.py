"""A phrase whose words seem to be singular and that wording.yaml says is plural, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters.compose import Composer
from letters.compose.grammar import seems
from letters.problems import Code, Problem
from letters.proof.book import Book, letter_of
from letters.proof.places import Places
from letters.workspace.accepted import OR_ACCEPT, Accepted
from letters.workspace.model import Number


def phrase_number_problems(book: Book, composer: Composer, places: Places, accepted: Accepted) -> Iterator[Problem]:
    """Each such phrase that some letter agrees with, at the line of its `number:`."""
    for key, phrase in book.letter_type.phrases.items():
        number = seems(phrase.text)
        if number in (None, phrase.number) or not _is_agreed_with(book, composer, key, number):
            continue
        text = " ".join(phrase.text.split())
        if not accepted.covers(text, 0, len(text)):
            message = f"{text!r} seems to be {number.value}, and {key} is {phrase.number.value}"
            place = places.value(book.letter_type.wording_path, (key, "number"))
            yield Problem(Code.PHRASE_NUMBER, message, place, f"write `number: {number.value}`; {OR_ACCEPT}")


def _is_agreed_with(book: Book, composer: Composer, key: str, number: Number) -> bool:
    """Whether some letter would read otherwise if a phrase had another number."""
    phrases = book.letter_type.phrases
    other = replace(book.letter_type, phrases={**phrases, key: replace(phrases[key], number=number)})
    return any(
        [block.text for block in reading.blocks] != [block.text for block in letter_of(composer, other, answers)]
        for reading in book.readings
        if any(span.phrase == key for block in reading.blocks for span in block.spans)
        for answers in (reading.answers,)
    )
