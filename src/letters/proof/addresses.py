"""Addresses of mail beside the name of somebody else, where only a dictionary tells that a word is a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from letters.compose.signatures import OF_SENDER, SIGNATORY
from letters.compose.trace import TracedBlock
from letters.letter.names import MAIL, lone_name_of_another
from letters.problems import Code, Problem, quoted
from letters.proof.book import Book
from letters.proof.places import Places
from letters.proof.spelt_values import people_of
from letters.workspace.model import Force, LetterType
from letters.workspace.texts import mail_problem

#: What an address of mail is made of: no blank, no comma, a domain of at least two words.
_MAIL = re.compile(r"[^\s@,;<>()]+@(?:[^\s@,;.<>()]+\.)+[A-Za-z]{2,}")
_NUMBERS = frozenset({"telephone", "phone", "fax", "mobile"})
#: A letter that was typed for a figure.
_LETTER_IN_NUMBER = re.compile(r"(?<=\d)[OolI](?=[\d ])|(?<=[\d ])[OolI](?=\d)|(?<=\d)[OolI]$")


def contact_problems(letter_type: LetterType, places: Places) -> Iterator[Problem]:
    """Addresses of mail that are none, and telephones with a letter among their figures, of those whom letters name."""
    for file, at, who in people_of(letter_type):
        for field, value in who.items():
            place = places.value(file, (*at, field))
            if not isinstance(value, str):
                continue
            if field == "email" and "@" in value and not _MAIL.fullmatch(value.strip()):
                message = f"{quoted(value)} is no address of mail"
                yield Problem(Code.UNFIT_CONTACT, message, place, "write it as in anne.example@example.org")
            elif field in _NUMBERS and (letter := _LETTER_IN_NUMBER.search(value)):
                message = f"{quoted(value)} has the letter {letter[0]} among its figures"
                yield Problem(Code.UNFIT_CONTACT, message, place, "write the figure: 0 or 1")


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
