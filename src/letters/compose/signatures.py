"""Whether a letter carries the signature, and the address of mail, of whoever signs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from letters.compose.syntax import line_place
from letters.letter import SIGNATURE, Part, Picture, block_texts, pictures_of
from letters.letter.names import MAIL, file_of_another, mail_of_another, name_in, names_another
from letters.problems import Code, Place, Problem
from letters.workspace.model import LetterType
from letters.workspace.source import SIGNATORIES
from letters.workspace.texts import mail_problem

SIGNATORY = "signatory"
#: How templates name the picture of a signatory.
_NAMED = "signatory.picture"
#: The parts that say who writes.
OF_SENDER = frozenset({"sender", "sender-details", SIGNATORY})


def signature_problems(
    letter_type: LetterType, parts: Sequence[Part], path: str, text: str, *, is_usual: bool = True
) -> Iterator[Problem]:
    """A picture of somebody else's signature in a letter. `text`: the template at `path`, where it was named.

    `is_usual`: whether who signs is who signs all letters of this type.
    """
    signer = _signer(letter_type, parts)
    for part in parts:
        for picture in pictures_of(part.blocks):
            place = _place_of(picture, path, text)
            if part.name != SIGNATURE:
                yield from _elsewhere(picture, place)
            elif signer:
                yield from _picture_problems(picture, signer, place, own_picture(letter_type), is_usual=is_usual)


def own_picture(letter_type: LetterType) -> str:
    """The path, below `templates/`, of the picture that is named beside the name of who signs; empty for none."""
    if letter_type.signed_by:
        return letter_type.signed_by.picture
    picture = letter_type.signatory.get("picture")
    return f"{letter_type.name}/{picture}" if isinstance(picture, str) else ""


def _elsewhere(picture: Picture, place: Place) -> Iterator[Problem]:
    """A signature that letters would carry before they are ready."""
    if picture.path.startswith(f"{SIGNATORIES}/"):
        message = "the picture of a signatory stands outside of the part `signature`, which only ready letters show"
        hint = "put it on a line of its own between ::: {.signature} and :::"
        yield Problem(Code.SIGNATURE_ELSEWHERE, message, place, hint)


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


def _picture_problems(picture: Picture, signer: str, place: Place, own: str, *, is_usual: bool) -> Iterator[Problem]:
    """`own`: the picture in the file of who signs, if there is one."""
    hint = f"put the signature of {signer} there, described as such; or mend the name of who signs"
    of_signatory = picture.path.startswith(f"{SIGNATORIES}/")
    is_said = name_in(picture.alt) is not None
    file = picture.path.rpartition("/")[2]
    if names_another(picture.alt, signer):
        yield Problem(Code.SIGNATURE_OF_ANOTHER, f"{picture.alt!r} stands above the name {signer!r}", place, hint)
    elif (of_signatory and picture.path != own) or (
        (picture.path == own or not is_said) and file_of_another(picture.path, signer)
    ):
        yield Problem(Code.SIGNATURE_OF_ANOTHER, f"the picture {file!r} stands above the name {signer!r}", place, hint)
    elif not is_usual and not of_signatory and not is_said:
        message = f"the picture {file!r} is that of all letters, and {signer} signs this one"
        hint = "write {{ letter.signatory.picture }} in its place: the picture then is that of whoever signs"
        yield Problem(Code.SIGNATURE_OF_ANOTHER, message, place, hint)


def _place_of(picture: Picture, path: str, text: str) -> Place:
    """Where a template names a picture."""
    lines = text.split("\n")
    file = picture.path.rpartition("/")[2]
    typed = [number for number, line in enumerate(lines, 1) if "![" in line and (file in line or picture.alt in line)]
    named = [number for number, line in enumerate(lines, 1) if _NAMED in line]
    if typed or not named:
        return line_place(path, lines, typed[0] if typed else 0, "![")
    return line_place(path, lines, named[0], _NAMED)
