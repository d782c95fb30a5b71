"""Whether a letter carries the signature, and the address of mail, of whoever signs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from letters.compose.syntax import line_place
from letters.letter import SIGNATURE, Part, Picture, block_texts
from letters.letter.names import MAIL, file_of_another, mail_of_another, name_in, names_another
from letters.problems import Code, Place, Problem
from letters.workspace.model import LetterType
from letters.workspace.texts import mail_problem

SIGNATORY = "signatory"
#: The parts that say who writes.
OF_SENDER = frozenset({"sender", "sender-details", SIGNATORY})


def signature_problems(letter_type: LetterType, parts: Sequence[Part], path: str, text: str) -> Iterator[Problem]:
    """A picture of somebody else's signature in a letter. `text`: the template at `path`, where it was named."""
    signer = _signer(letter_type, parts)
    for part in parts if signer else ():
        for block in part.blocks if part.name == SIGNATURE else ():
            if isinstance(block, Picture):
                yield from _picture_problems(block, signer, _place_of(block, path, text))


def mail_problems(letter_type: LetterType, parts: Sequence[Part], path: str, text: str) -> Iterator[Problem]:
    """An address of mail of somebody else that the template itself gives as the sender's."""
    signer = _signer(letter_type, parts)
    typed = {match[0]: number for number, line in enumerate(text.split("\n"), 1) for match in MAIL.finditer(line)}
    said = " ".join(_texts(part for part in parts if part.name in OF_SENDER))
    for address, line in typed.items():
        if signer and address in said and mail_of_another(address, signer):
            place = line_place(path, text.split("\n"), line, address)
            yield mail_problem(address, signer, place)


def _signer(letter_type: LetterType, parts: Iterable[Part]) -> str:
    """Whose name stands below the signature: the signatory's of the letter type, or the first line that is a name."""
    lines = _texts(part for part in parts if part.name == SIGNATORY)
    named = str(letter_type.signatory.get("name") or "")
    if named and (not lines or any(named.casefold() in line.casefold() for line in lines)):
        return named
    return next((line for line in lines if name_in(line)), "")


def _texts(parts: Iterable[Part]) -> list[str]:
    return [text for part in parts for block in part.blocks for text in block_texts(block)]


def _picture_problems(picture: Picture, signer: str, place: Place) -> Iterator[Problem]:
    hint = f"put the signature of {signer} there, described as such; or mend the name of who signs"
    if names_another(picture.alt, signer):
        yield Problem(Code.SIGNATURE_OF_ANOTHER, f"{picture.alt!r} stands above the name {signer!r}", place, hint)
    elif name_in(picture.alt) is None and file_of_another(picture.path, signer):
        file = picture.path.rpartition("/")[2]
        yield Problem(Code.SIGNATURE_OF_ANOTHER, f"the picture {file!r} stands above the name {signer!r}", place, hint)


def _place_of(picture: Picture, path: str, text: str) -> Place:
    """Where a template names a picture."""
    lines = text.split("\n")
    file = picture.path.rpartition("/")[2]
    found = (number for number, line in enumerate(lines, 1) if "![" in line and (file in line or picture.alt in line))
    return line_place(path, lines, next(found, 0), "![")
