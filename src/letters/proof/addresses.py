"""Addresses of mail beside the name of somebody else, where only a dictionary tells that a word is a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from letters.compose.signatures import OF_SENDER, SIGNATORY
from letters.compose.trace import TracedBlock
from letters.letter.names import MAIL, lone_name_of_another
from letters.problems import Problem
from letters.proof.book import Book
from letters.proof.places import Places
from letters.proof.spelt_values import people_of
from letters.workspace.model import Force
from letters.workspace.texts import mail_problem


def address_problems(book: Book, forces: Mapping[str, Force], places: Places, dictionary: Any) -> Iterator[Problem]:
    """Addresses such as `cunningham@` that are given for somebody of another name."""
    is_place = {word.lower() for force in forces.values() for word in force.name.split()}

    def is_of_another(address: str, person: str) -> bool:
        word = lone_name_of_another(address, person)
        return any(_is_name(name, dictionary) and name not in is_place for name in (word, word[1:], word[:-1]))

    people = list(people_of(book.letter_type))
    for file, at, who in people:
        for field, address in who.items():
            name = str(who.get("name") or "")
            if isinstance(address, str) and MAIL.fullmatch(address) and is_of_another(address, name):
                yield mail_problem(address, name, places.value(file, (*at, field), address))
    given = {value for _, _, who in people for value in who.values() if isinstance(value, str)}
    for slug, blocks in book.today.items():
        signer = _signer(book, forces[slug], blocks)
        for block in blocks if signer else ():
            for match in MAIL.finditer(block.text) if block.part in OF_SENDER else ():
                if match[0] not in given and is_of_another(match[0], signer):
                    typed = places.span(block.at(match.start()), match[0])
                    place = typed if typed.column else places.in_force(f"forces/{slug}.yaml", match[0]) or typed
                    yield mail_problem(match[0], signer, place)


def _signer(book: Book, force: Force, blocks: tuple[TracedBlock, ...]) -> str:
    signed = book.letter_type.signed(force.letters[book.letter_type.name])
    named = str(signed.signatory.get("name") or "")
    return named or next((block.text for block in blocks if block.part == SIGNATORY), "")


def _is_name(word: str, dictionary: Any) -> bool:
    """Whether a word is one only where it has a capital."""
    return len(word) > 3 and not dictionary.check(word) and bool(dictionary.check(word.capitalize()))
